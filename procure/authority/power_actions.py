"""Putting right a power that was recorded wrongly: its post, whom it consults, its limits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import select

from procure.audit.actions import Actor, act
from procure.authority.meeting_actions import CorrectionRefused, refuse_correction
from procure.authority.models import Decision, DelegationConsultee, Resolution
from procure.authority.rules import DecisionState
from procure.extensions import db
from procure.now import legal_day
from procure.people.access import holds
from procure.people.models import Person, Post

UNDER_WAY = (DecisionState.CONSULTING, DecisionState.SENT)


@dataclass(frozen=True)
class Limits:
    """Within what a power holds; None or empty where the words state no limit."""

    max_value_gross: Decimal | None = None
    max_months: int | None = None
    counterparty: str = ""
    scope: str = ""
    conditions: str = ""
    until_on: date | None = None


def correct_powers(
    resolution: Resolution, *, post: Post, consultees: Sequence[Post], limits: Limits, because: str, by: Actor,
    at: datetime, sees: int | None = None,
) -> None:  # fmt: skip
    """Make every power of a resolution say what its words say. What was decided is superseded, never edited.

    Refused without a reason, to a holder of the post itself, while a decision under the power is out for views or
    with the decision maker, and, once one has been signed, to all but the Monitoring Officer.
    """
    with act("corrected the powers of a resolution", on=resolution, by=by, at=at, note=because, sees=sees):
        refuse_correction(resolution.meeting, because, by, at)
        _refuse_own_limits(resolution, post, by, at)
        _refuse_while_under_way(resolution)
        for row in resolution.delegations:
            row.post = post
            row.max_value_gross, row.max_months = limits.max_value_gross, limits.max_months
            row.counterparty, row.scope, row.conditions = limits.counterparty, limits.scope, limits.conditions
            row.until_on = limits.until_on
            wanted = [one.id for one in consultees]
            for old in [one for one in row.consultees if one.post_id not in wanted]:
                db.session.delete(old)
            db.session.flush()
            db.session.expire(row, ["consultees"])
            standing = {one.post_id for one in row.consultees}
            number = max((one.number for one in row.consultees), default=0)
            for new in (one for one in consultees if one.id not in standing):
                number += 1
                db.session.add(DelegationConsultee(delegation=row, number=number, post=new))


def _refuse_own_limits(resolution: Resolution, post: Post, by: Actor, at: datetime) -> None:
    posts = {post.id, *(row.post_id for row in resolution.delegations)}
    if isinstance(by, Person) and any(holds(by, one, legal_day(at)) for one in posts):
        raise CorrectionRefused(
            "You hold this power, so you can’t change its limits.", who_can="Democratic services, or another officer"
        )


def _refuse_while_under_way(resolution: Resolution) -> None:
    rows = [row.id for row in resolution.delegations]
    found = db.session.scalars(
        select(Decision).where(Decision.delegation_id.in_(rows), Decision.state.in_(UNDER_WAY)).limit(1)
    ).first()
    if found is not None:
        raise CorrectionRefused(
            f"{found.reference} is out under this power. It must be returned to the officer first.",
            who_can=f"The {found.post.name} can return it",
        )
