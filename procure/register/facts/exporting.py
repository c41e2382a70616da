"""Contracts as rows of a table: the Transparency Code's fields first, then what else a register is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import selectinload

from procure.award.models import Award
from procure.contract.models import Contract, Payment
from procure.contract.rules import last_possible_end
from procure.extensions import db
from procure.procurement.models import Lot
from procure.register.facts.listing import Reach, contracts_at, page_of
from procure.register.models import ContractPlace
from procure.register.rules.listing import Asked, OnIt
from procure.register.rules.redacting import WITHHELD, Hidden
from procure.register.rules.spreadsheets import Value
from procure.suppliers.models import Supplier

CODE_HEADS = (
    "Reference number", "Title of agreement", "Department responsible", "Description of goods or services",
    "Supplier name", "Supplier address", "Sum to be paid or estimate", "What is known of its VAT",
    "VAT that cannot be recovered", "Start date", "End date", "Review date",
    "Invitation to quote or published invitation to tender", "Small or medium-sized enterprise",
    "Voluntary or community organisation", "Registration number",
)  # fmt: skip
"""Local Government Transparency Code 2015, part 2.1: what is published of each contract."""

FURTHER_HEADS = (
    "Status", "Reference in the council's own list", "OCID", "Notices", "CPV", "Last possible end", "Options used",
    "Net value", "VAT", "Gross value", "Spent to date", "Looked after by", "Who is on its end", "Tier",
)  # fmt: skip

HEADS = (*CODE_HEADS, *FURTHER_HEADS)
AT_ONCE = 500

NEEDS = (
    selectinload(Contract.options), selectinload(Contract.reviews),
    selectinload(Contract.award).selectinload(Award.lot).selectinload(Lot.notices),
    selectinload(Contract.award).selectinload(Award.lot).selectinload(Lot.procurement),
)  # fmt: skip


def registration_of(supplier: Supplier | None) -> str:
    """A supplier's number at Companies House or the Charity Commission."""
    return (supplier.company_number or supplier.charity_number or supplier.identifier) if supplier else ""


def how_bought(contract: Contract) -> str:
    """Whether it came of an invitation to quote or a published invitation to tender; empty where nobody says."""
    if contract.award is not None:
        return f"Invitation: {contract.award.lot.procurement.procedure.label}"
    return contract.procedure_said


def review_of(contract: Contract, today: date) -> date | None:
    """The next review; the last one where none is to come."""
    days = [review.due_on for review in contract.reviews]
    return min((day for day in days if day >= today), default=max(days, default=None))


def code_row(contract: Contract, today: date, hidden: frozenset[Hidden] = frozenset()) -> list[Value]:
    """What the Code asks for, less what is kept back."""
    supplier = contract.supplier
    supplier_hidden = Hidden.SUPPLIER in hidden

    def unless(part: Hidden, value: Value) -> Value:
        return WITHHELD if part in hidden else value

    return [
        contract.reference, unless(Hidden.TITLE, contract.title), contract.department,
        unless(Hidden.DESCRIPTION, contract.description), unless(Hidden.SUPPLIER, supplier.name if supplier else ""),
        unless(Hidden.SUPPLIER, supplier.address if supplier else ""), unless(Hidden.VALUE, contract.worth),
        None if Hidden.VALUE in hidden or contract.worth is None else contract.value_basis.label,
        None if Hidden.VALUE in hidden else contract.irrecoverable_vat, contract.starts_on, contract.ends_on,
        review_of(contract, today), how_bought(contract),
        None if supplier is None or supplier_hidden else supplier.is_sme,
        None if supplier is None or supplier_hidden else supplier.is_vcse,
        unless(Hidden.SUPPLIER, registration_of(supplier)),
    ]  # fmt: skip


def _further(contract: Contract, on_it: OnIt, spent: Decimal) -> list[Value]:
    lot = contract.award.lot if contract.award else None
    last = last_possible_end(contract.ends_on, contract.open_options) if contract.ends_on else None
    return [
        contract.state.label, contract.source_reference, lot.procurement.ocid if lot else "",
        " ".join(notice.reference for notice in lot.notices) if lot else "", contract.cpv, last,
        sum(1 for option in contract.options if option.used_on is not None), contract.value_net, contract.value_vat,
        contract.value_gross, spent, contract.manager_post.name if contract.manager_post else "", on_it.label,
        contract.tier.label if contract.tier else "",
    ]  # fmt: skip


def batches(asked: Asked, reach: Reach, *more: ColumnElement[bool]) -> Iterator[list[tuple[ContractPlace, Contract]]]:
    """All that is asked for, so many at once."""
    after = 0
    while True:
        page = page_of(asked, reach, *more, after=after, count=AT_ONCE)
        if page.places:
            yield contracts_at(page.places, *NEEDS)
        if page.next_after is None:
            return
        after = page.next_after


def rows_of(asked: Asked, reach: Reach, today: date) -> Iterator[Sequence[Value]]:
    """The rows of a list somebody has asked for, as far as they may read it."""
    for batch in batches(asked, reach):
        spent = spent_on([contract.id for _, contract in batch], today)
        for place, contract in batch:
            further = _further(contract, OnIt(place.on_it), spent.get(contract.id, Decimal(0)))
            yield [*code_row(contract, today), *further]


def spent_on(contract_ids: Sequence[int], day: date) -> dict[int, Decimal]:
    """What was paid on contracts up to a day, VAT included."""
    paid = (
        select(Payment.contract_id, func.sum(Payment.amount_gross))
        .where(Payment.contract_id.in_(contract_ids), Payment.paid_on <= day)
        .group_by(Payment.contract_id)
    )
    return {row[0]: row[1] for row in db.session.execute(paid)}
