"""What every page of this room shares: the lot, its bids, the reader's place on the panel, what they may see."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, redirect, render_template, url_for
from werkzeug.wrappers import Response

from procure.evaluation import access as room_access
from procure.evaluation import actions
from procure.evaluation.facts import bids_of, member_for, panel_of, prices_are_open
from procure.evaluation.models import Bid, PanelMember
from procure.evaluation.rules import EvaluatorRole
from procure.now import now, today
from procure.people.access import signed_in
from procure.people.models import Person
from procure.procurement import access
from procure.procurement.models import Lot

pages = Blueprint("evaluation", __name__)

Answer = str | Response | tuple[str, int]


def lot_to_change(reference: str) -> Lot:
    """The lot of a file which the person runs, once its bids are open; before that there is nothing to enter."""
    return _opened(access.lot_to_change(signed_in(), reference, today()))


def lot_to_read(reference: str) -> Lot:
    """The lot of a file which the person may read, once its bids are open."""
    return _opened(access.lot_for(signed_in(), reference, today()))


def _opened(lot: Lot) -> Lot:
    if lot.evaluation is None:
        abort(404)
    return lot


def own_place(lot: Lot, role: EvaluatorRole | None = None) -> PanelMember:
    """The reader's place on the panel, or 403. With a role, their place in that role."""
    member = member_for(lot, signed_in())
    if member is None or (role is not None and member.role is not role):
        abort(403)
    return member


def member_at(lot: Lot, key: int) -> PanelMember:
    """The member of the panel with that number, or 404."""
    return next((one for one in panel_of(lot) if one.id == key), None) or abort(404)


def bid_at(lot: Lot, place: int) -> Bid:
    """The bid in that place of the list, or 404."""
    bids = bids_of(lot)
    if not 1 <= place <= len(bids):
        abort(404)
    return bids[place - 1]


def reads_bids(lot: Lot, person: Person) -> bool:
    """Whether somebody may read bids at all, today."""
    return room_access.reads_bids(lot, person, today())


def may_see_prices(lot: Lot, bids: list[Bid]) -> bool:
    """The panel, and whoever may not read bids, sees no price before every score is agreed (B15)."""
    person = signed_in()
    if prices_are_open(lot, bids):
        return True
    return member_for(lot, person) is None and reads_bids(lot, person)


def must_be_cleared(lot: Lot, what: str) -> None:
    """Let in whoever reads bids, a panel member only after declaring; record who tried too early (G3)."""
    if not reads_bids(lot, signed_in()):
        abort(403)
    actions.clear_to_see(lot, signed_in(), what, at=now())


def page(template: str, lot: Lot, **more: Any) -> str:
    """A page of this room."""
    return render_template(
        f"evaluation/{template}.html", procurement=lot.procurement, lot=lot, page="evaluation", **more
    )  # fmt: skip


def to(endpoint: str, lot: Lot, **values: Any) -> Response:
    """On to another page of this room."""
    return redirect(url_for(f"evaluation.{endpoint}", reference=lot.reference, **values))
