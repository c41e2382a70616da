"""What came before: the line of contracts and purchases, and what is known of the contract that ends."""

from __future__ import annotations

from collections.abc import Callable

from flask import abort, render_template

from procure.contract import access
from procure.contract.access import contract_for
from procure.contract.before import what_came_before
from procure.contract.lineage import lineage_of
from procure.contract.lineage_picture import lineage_picture
from procure.contract.models import Contract
from procure.contract.views.room import pages
from procure.now import today
from procure.people.access import enter, signed_in
from procure.people.models import Person
from procure.procurement.access import lot_for, may_read
from procure.procurement.models import Procurement


def _opening(person: Person) -> Callable[[Contract | Procurement], bool]:
    """Whether the reader may open a contract or a purchase."""
    day = today()
    return lambda row: access.may_read(person, row, day) if isinstance(row, Contract) else may_read(person, row, day)


@pages.get("/procurements/<reference>/before")
@enter()
def before(reference: str) -> str:
    """What a purchase starts from: spend, performance, changes, lessons and papers of the contract that ends."""
    lot = lot_for(signed_in(), reference, today())
    contract = lot.procurement.ending_contract
    if contract is None:
        abort(404)
    opens = _opening(signed_in())
    line = lineage_of(lot.procurement, opens)
    return render_template(
        "contract/before.html", procurement=lot.procurement, lot=lot, page="overview", is_task=True, contract=contract,
        before=what_came_before(contract, today()), opens=opens(contract), line=line, picture=lineage_picture(line),
    )  # fmt: skip


@pages.get("/contracts/<reference>/lineage")
@enter()
def lineage(reference: str) -> str:
    """Where a contract comes from, and what came of it."""
    contract = contract_for(signed_in(), reference, today())
    line = lineage_of(contract, _opening(signed_in()))
    return render_template(
        "contract/lineage.html", contract=contract, page="overview", is_task=True, line=line,
        picture=lineage_picture(line),
    )  # fmt: skip
