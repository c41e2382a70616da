"""What a person may do with a body's decision: record it, its resolutions and its publication; end them; put right."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from procure.audit.actions import Actor, act
from procure.authority.delegating import Powers, give, must_be_whole
from procure.authority.minutes import meeting_reference, numeral, why_not_that_option, why_not_those_acts
from procure.authority.models import Decision, Delegation, FollowUp, Meeting, Resolution
from procure.authority.rules import DecisionState, ResolutionKind, ResolutionStatus
from procure.budget.actions import SetAside, ring_fence
from procure.budget.models import RingFence
from procure.council.facts import call_in_days_on
from procure.extensions import db
from procure.now import legal_day
from procure.people.access import roles_of
from procure.people.models import Person, Post
from procure.people.rules import Role
from procure.procurement.models import Procurement
from procure.refusals import Refusal


class AlreadyRecorded(Refusal):
    """The same item of the same meeting stands in the record."""


class NotYetHeld(Refusal):
    """A meeting is recorded once it has been held."""


class OptionNotPreferred(Refusal):
    """An approval must follow the options appraisal of its file."""


class GivesNoAuthority(Refusal):
    """A resolution of this kind can't give the power asked for."""


class PublicationRefused(Refusal):
    """The day of publication can't be right."""


class CorrectionRefused(Refusal):
    """The record can't be corrected this way, or by this person."""


def record_meeting(
    *,
    body: str,
    held_on: date,
    item: str,
    title: str,
    by: Actor,
    at: datetime,
    call_in_days: int | None = None,
    is_example: bool = False,
    **minuted: Any,
) -> Meeting:
    """Record an item of a meeting that was held. `minuted` are the rest of its columns: reasons, alternatives…

    The call-in lasts as many working days as the council gives, unless the meeting's own number is handed in.
    """
    reference = _free_reference(meeting_reference(body, held_on, item))
    with act(f"recorded the decision of {body}", on=reference, by=by, at=at):
        if held_on > legal_day(at):
            raise NotYetHeld("You can record a decision once the meeting has been held.", field="held_on")
        if _known(body, held_on, item):
            raise AlreadyRecorded(f"{body}, item {item}, is recorded already on that day.", field="item")
        if call_in_days is None:
            call_in_days = call_in_days_on(held_on)
        meeting = Meeting(
            reference=reference, body=body, held_on=held_on, item=item, title=title, call_in_days=call_in_days,
            is_example=is_example, **minuted,
        )  # fmt: skip
        db.session.add(meeting)
    return meeting


def _known(body: str, held_on: date, item: str) -> bool:
    found = select(Meeting.id).where(Meeting.body == body, Meeting.held_on == held_on, Meeting.item == item)
    return db.session.scalars(found).first() is not None


def _free_reference(wanted: str) -> str:
    taken = set(db.session.scalars(select(Meeting.reference).where(Meeting.reference.like(f"{wanted}%"))))
    place, reference = 1, wanted
    while reference in taken:
        place += 1
        reference = f"{wanted}-{place}"
    return reference


def resolve(
    meeting: Meeting,
    kind: ResolutionKind,
    words: str,
    *,
    by: Actor,
    at: datetime,
    status: ResolutionStatus = ResolutionStatus.RESOLVED,
    owner_post: Post | None = None,
    follow_up: str = "",
    follow_up_by: date | None = None,
    procurement: Procurement | None = None,
    option_number: int | None = None,
    powers: Powers | None = None,
    set_aside: SetAside | RingFence | None = None,
    printed: str = "",
    sees: int | None = None,
) -> Resolution:
    """Add the next resolution in the words of the minute, with what its kind brings: rows of authority, a ring-fence.

    Its numeral is the one `printed` in the minute, where that is known; else (i), (ii)…

    Raises `OptionNotPreferred`, `GivesNoAuthority`, `PowerIncomplete`, or what the ring-fence refuses.
    """
    with act("recorded a resolution", on=meeting, by=by, at=at, sees=sees):
        number = len(meeting.resolutions) + 1
        said = printed or numeral(number)
        _refuse_wrong_kind(kind, said, procurement, option_number, powers)
        resolution = Resolution(
            meeting=meeting, number=number, numeral=said, kind=kind, status=status, words=words,
            owner_post=owner_post, procurement=procurement, option_number=option_number,
        )  # fmt: skip
        if follow_up:
            resolution.follow_ups = [FollowUp(what=follow_up, due_on=follow_up_by, post=owner_post)]
        db.session.add(resolution)
        db.session.flush()
        if powers is not None:
            give(resolution, powers, procurement, is_example=meeting.is_example)
        if kind is ResolutionKind.RING_FENCE:
            _hold(resolution, set_aside, by=by, at=at)
    return resolution


def _refuse_wrong_kind(
    kind: ResolutionKind, said: str, procurement: Procurement | None, option: int | None, powers: Powers | None
) -> None:
    if powers is not None and (refusal := why_not_those_acts(kind, said, powers.acts)):
        raise GivesNoAuthority(refusal, field="kind")
    if kind is ResolutionKind.APPROVE_PROCUREMENT:
        if procurement is None:
            raise OptionNotPreferred("Choose the file whose procurement was approved.", field="procurement")
        appraisal = procurement.appraisal
        preferred = appraisal.preferred.number if appraisal and appraisal.preferred else None
        if refusal := why_not_that_option(said, option, preferred):
            raise OptionNotPreferred(refusal, field="option_number", who_can="The case officer")
    if kind is ResolutionKind.DELEGATE:
        must_be_whole(powers, procurement)


def _hold(resolution: Resolution, aside: SetAside | RingFence | None, *, by: Actor, at: datetime) -> None:
    """Ring-fence what the words hold back; a ring-fence that is on record already is tied to them."""
    if aside is None:
        raise GivesNoAuthority("Say which budget is ring-fenced, for what and until when.", field="name")
    if isinstance(aside, RingFence):
        aside.resolution = resolution
    else:
        ring_fence(aside, by=by, at=at, resolution=resolution, is_example=resolution.meeting.is_example)


def publish(meeting: Meeting, *, on: date, by: Actor, at: datetime, sees: int | None = None) -> None:
    """Record the day the decision was published, from which call-in counts."""
    with act("recorded the day the decision was published", on=meeting, by=by, at=at, sees=sees):
        if meeting.published_on is not None:
            raise PublicationRefused("That day is recorded already. Correct the record instead.", field="published_on")
        _refuse_publication(meeting.held_on, on, legal_day(at))
        if not meeting.resolutions:
            raise PublicationRefused("Record what was resolved first. Nothing stands under this item yet.")
        meeting.published_on = on


def _refuse_publication(held_on: date, on: date, today: date) -> None:
    if on < held_on:
        raise PublicationRefused("A decision can’t be published before the meeting.", field="published_on")
    if on > today:
        raise PublicationRefused("The day of publication can’t be in the future.", field="published_on")


def supersede(resolution: Resolution, *, on: date, because: str, by: Actor, at: datetime) -> None:
    """End every power a resolution gave, from a day, because a later decision took its place."""
    with act("ended the powers of a resolution", on=resolution, by=by, at=at, note=because):
        alive = [row for row in resolution.delegations if row.superseded_on is None]
        if not because:
            raise CorrectionRefused("Say what takes its place.", field="reason")
        if not alive:
            raise CorrectionRefused("This resolution gives no power that could be ended.")
        if not resolution.meeting.held_on <= on <= legal_day(at):
            raise CorrectionRefused("Enter a day from the meeting until today.", field="superseded_on")
        for row in alive:
            row.superseded_on = on


def rescind(
    resolution: Resolution, *, on: date, because: str, by: Actor, at: datetime, sees: int | None = None
) -> None:
    """Record that the body took a resolution back. It gives no power from then on; what was signed stands."""
    with act("recorded that a resolution was rescinded", on=resolution, by=by, at=at, note=because, sees=sees):
        if not because.strip():
            raise CorrectionRefused("Say which decision rescinds it, and why.", field="reason")
        if resolution.status is ResolutionStatus.RESCINDED:
            raise CorrectionRefused(f"Resolution {resolution.numeral} is rescinded already.")
        if not resolution.meeting.held_on <= on <= legal_day(at):
            raise CorrectionRefused("Enter a day from the meeting until today.", field="rescinded_on")
        resolution.status = ResolutionStatus.RESCINDED
        for row in resolution.delegations:
            if row.superseded_on is None:
                row.superseded_on = on


def correct_meeting(
    meeting: Meeting, *, because: str, by: Actor, at: datetime, sees: int | None = None, **facts: Any
) -> None:
    """Put right what was typed wrong in the record of a meeting; the trail keeps the old value and the reason."""
    with act("corrected the record of a meeting", on=meeting, by=by, at=at, note=because, sees=sees):
        refuse_correction(meeting, because, by, at)
        if facts.get("published_on") is not None:
            _refuse_publication(facts.get("held_on", meeting.held_on), facts["published_on"], legal_day(at))
        for name, value in facts.items():
            setattr(meeting, name, value)


def correct_resolution(
    resolution: Resolution, *, because: str, by: Actor, at: datetime, sees: int | None = None, **facts: Any
) -> None:
    """Put right words, owner or follow-up of a resolution. What it decided is superseded, never edited."""
    with act("corrected a resolution", on=resolution, by=by, at=at, note=because, sees=sees):
        refuse_correction(resolution.meeting, because, by, at)
        for name, value in facts.items():
            setattr(resolution, name, value)


def refuse_correction(meeting: Meeting, because: str, by: Actor, at: datetime) -> None:
    """A reason always; after a signature the Monitoring Officer, as the second person."""
    if not because:
        raise CorrectionRefused("Say why the record is corrected.", field="reason")
    signed = db.session.scalars(
        select(Decision.id)
        .join(Delegation, Decision.delegation_id == Delegation.id)
        .join(Resolution, Delegation.resolution_id == Resolution.id)
        .where(Resolution.meeting_id == meeting.id, Decision.state == DecisionState.SIGNED)
        .limit(1)
    ).first()
    if signed and isinstance(by, Person) and Role.MONITORING_OFFICER not in roles_of(by, legal_day(at)):
        raise CorrectionRefused(
            "A decision has been signed under this record. Only the Monitoring Officer can correct it now.",
            who_can="The Monitoring Officer",
        )
