"""A bid that came after the deadline: held apart until the Monitoring Officer decides, with reasons (B17)."""

from __future__ import annotations

from datetime import datetime

from procure.evaluation.actions.bids import begin_again
from procure.evaluation.actions.changing import changing
from procure.evaluation.facts import came_late
from procure.evaluation.models import Bid, LateDecision
from procure.extensions import db
from procure.now import legal_day
from procure.people.access import global_roles_of
from procure.people.models import Person
from procure.people.rules import Role
from procure.refusals import Refusal


class NotForYou(Refusal):
    """Only the Monitoring Officer decides about a late bid."""


class NothingLate(Refusal):
    """The bid came in time, or is decided already."""


def decide_late(bid: Bid, *, is_admitted: bool, reason: str, by: Person, at: datetime) -> LateDecision:
    """Say whether a late bid is evaluated. It stands for good; an admitted one is scored like any."""
    said = f"{'admitted' if is_admitted else 'refused'} the late bid of {bid.supplier.name}"
    with changing(bid.lot, said, on=bid, by=by, at=at, note=reason.strip() or None) as evaluation:
        if Role.MONITORING_OFFICER not in global_roles_of(by, legal_day(at)):
            raise NotForYou("Only the Monitoring Officer decides about a late bid.")
        if not came_late(bid) or bid.late_decision is not None:
            raise NothingLate("This bid came in time, or has been decided about.")
        if not reason.strip():
            raise NothingLate("Say why. The reason goes on record and to the bidder.", field="reason")
        decision = LateDecision(
            bid=bid, is_admitted=is_admitted, reason=reason.strip(), decided_by=by, decided_at=at
        )  # fmt: skip
        db.session.add(decision)
        bid.was_assessed = is_admitted
        bid.set_aside_because = "" if is_admitted else f"It came in late. {reason.strip()}"
        if is_admitted:
            begin_again(evaluation, bid, at)
        db.session.flush()
    return decision
