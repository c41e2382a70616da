"""Powers of a resolution after it was recorded: another one added under it, a wrongly recorded one put right."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from procure.audit.actions import Actor, act
from procure.authority.delegating import Powers, columns_of, give, must_agree_with_itself, must_be_whole
from procure.authority.meeting_actions import CorrectionRefused, GivesNoAuthority, refuse_correction
from procure.authority.minutes import why_not_those_acts
from procure.authority.models import Decision, Delegation, DelegationConsultee, DelegationDelegate, Resolution
from procure.authority.rules import DecisionState, ResolutionStatus
from procure.extensions import db
from procure.now import legal_day
from procure.people.access import holds
from procure.people.models import Person, Post

UNDER_WAY = (DecisionState.CONSULTING, DecisionState.SENT)


def add_power(
    resolution: Resolution, powers: Powers, *, because: str, by: Actor, at: datetime, sees: int | None = None
) -> None:
    """Record another power that the same words give: for another act, or with others consulted.

    Refused without a reason, to a holder of the post, and where the post has the same power under it already.
    """
    with act("recorded another power of a resolution", on=resolution, by=by, at=at, note=because, sees=sees):
        refuse_correction(resolution.meeting, because, by, at)
        if resolution.status is ResolutionStatus.RESCINDED:
            raise CorrectionRefused(f"Resolution {resolution.numeral} is rescinded, so it gives no power.")
        if refusal := why_not_those_acts(resolution.kind, resolution.numeral, powers.acts):
            raise GivesNoAuthority(refusal, field="acts")
        must_be_whole(powers, resolution.procurement)
        _refuse_own_limits([powers.post, *powers.others], by, at)
        _refuse_twice(resolution, powers)
        give(resolution, powers, resolution.procurement, is_example=resolution.meeting.is_example)


def _refuse_twice(resolution: Resolution, powers: Powers) -> None:
    for row in resolution.delegations:
        if row.post_id == powers.post.id and row.act in powers.acts and row.superseded_on is None:
            raise CorrectionRefused(
                f"The {row.post.name} may {row.act.label} under it already. Correct that power instead.", field="acts"
            )


def correct_powers(
    resolution: Resolution, powers: Powers, *, because: str, by: Actor, at: datetime,
    rows: Sequence[Delegation] | None = None, sees: int | None = None,
) -> None:  # fmt: skip
    """Make powers of a resolution say what its words say, act by act. What was decided is superseded, never edited.

    `rows` are the powers put right, all of them where it is None; which acts they are for stays as it was. Refused
    without a reason, to a holder of the post itself, while a decision under the power is out for views or with the
    decision maker, and, once one has been signed, to all but the Monitoring Officer.
    """
    with act("corrected the powers of a resolution", on=resolution, by=by, at=at, note=because, sees=sees):
        refuse_correction(resolution.meeting, because, by, at)
        chosen = list(resolution.delegations if rows is None else rows)
        before = [post for row in chosen for post in (row.post, *(one.post for one in row.others))]
        _refuse_own_limits([powers.post, *powers.others, *before], by, at)
        _refuse_while_under_way(chosen)
        must_agree_with_itself(powers)
        for row in chosen:
            for name, value in columns_of(powers).items():
                setattr(row, name, value)
            _ask_these(row, powers)
            _these_may_too(row, powers)


def _ask_these(row: Delegation, powers: Powers) -> None:
    """Those consulted as the words name them; who stays keeps the row, so that the trail tells what changed."""
    wanted = {post.id: (post, mode) for post, mode in powers.asked}
    for old in [one for one in row.consultees if one.post_id not in wanted]:
        db.session.delete(old)
    db.session.flush()
    db.session.expire(row, ["consultees"])
    standing = {one.post_id: one for one in row.consultees}
    number = max((one.number for one in row.consultees), default=0)
    for key, (post, mode) in wanted.items():
        if key in standing:
            standing[key].mode = mode
        else:
            number += 1
            db.session.add(DelegationConsultee(delegation=row, number=number, post=post, mode=mode))


def _these_may_too(row: Delegation, powers: Powers) -> None:
    wanted = {post.id: post for post in powers.others}
    standing = {one.post_id for one in row.others}
    for old in [one for one in row.others if one.post_id not in wanted]:
        db.session.delete(old)
    for key, post in wanted.items():
        if key not in standing:
            db.session.add(DelegationDelegate(delegation=row, post=post))


def _refuse_own_limits(posts: Sequence[Post], by: Actor, at: datetime) -> None:
    if isinstance(by, Person) and any(holds(by, post.id, legal_day(at)) for post in posts):
        raise CorrectionRefused(
            "You hold this power, so you can’t change its limits.", who_can="Democratic services, or another officer"
        )


def _refuse_while_under_way(rows: Sequence[Delegation]) -> None:
    found = db.session.scalars(
        select(Decision)
        .where(Decision.delegation_id.in_([row.id for row in rows]), Decision.state.in_(UNDER_WAY))
        .limit(1)
    ).first()
    if found is not None:
        raise CorrectionRefused(
            f"{found.reference} is out under this power. It must be returned to the officer first.",
            who_can=f"The {found.post.name} can return it",
        )
