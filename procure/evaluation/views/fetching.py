"""What every page of this room shares: the lot, its bids, and whether prices may be seen."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, redirect, render_template, url_for
from werkzeug.wrappers import Response

from procure.evaluation.facts import bids_of, prices_are_open
from procure.evaluation.models import Bid
from procure.evaluation.rules import EvaluatorRole
from procure.now import today
from procure.people.access import roles_of, signed_in
from procure.people.rules import Role
from procure.procurement.access import procurement_to_change
from procure.procurement.models import Lot

pages = Blueprint("evaluation", __name__)

Answer = str | Response | tuple[str, int]


def lot_to_change(reference: str) -> Lot:
    """The lot of a file which the person runs, once its bids are open; before that there is nothing to enter."""
    lot = procurement_to_change(signed_in(), reference, today()).only_lot
    if lot.evaluation is None:
        abort(404)
    return lot


def bid_at(lot: Lot, place: int) -> Bid:
    """The bid in that place of the list, or 404."""
    bids = bids_of(lot)
    if not 1 <= place <= len(bids):
        abort(404)
    return bids[place - 1]


def may_see_prices(lot: Lot, bids: list[Bid]) -> bool:
    """Evaluators see no price before every score is agreed, so that it can't sway one (B15)."""
    person = signed_in()
    roles = roles_of(person, today(), lot.procurement_id)
    members = lot.evaluation.panel if lot.evaluation else []
    scores = any(one.person_id == person.id and one.role is EvaluatorRole.EVALUATOR for one in members)
    if Role.OFFICER in roles and not scores:
        return True
    return prices_are_open(lot, bids) or not (scores or roles & {Role.EVALUATOR, Role.MODERATOR})


def page(template: str, lot: Lot, **more: Any) -> str:
    """A page of this room."""
    return render_template(
        f"evaluation/{template}.html", procurement=lot.procurement, lot=lot, page="evaluation", **more
    )  # fmt: skip


def to(endpoint: str, lot: Lot, **values: Any) -> Response:
    """On to another page of this room."""
    return redirect(url_for(f"evaluation.{endpoint}", reference=lot.procurement.reference, **values))
