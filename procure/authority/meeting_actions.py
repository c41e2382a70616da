"""What a person may do with a body's decision: record it, its resolutions and its publication; call-in; put right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from procure.audit.actions import Actor, act
from procure.authority.call_in import CallInResult, why_no_call_in
from procure.authority.meeting_facts import published
from procure.authority.minutes import meeting_reference, numeral, why_not_that_option, why_not_those_acts
from procure.authority.models import Decision, Delegation, DelegationConsultee, FollowUp, Meeting, Resolution
from procure.authority.rules import ActKind, DecisionState, ResolutionKind
from procure.budget.actions import SetAside, ring_fence
from procure.budget.models import RingFence
from procure.council.facts import call_in_days_on
from procure.extensions import db
from procure.law.calendars import england
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


class PowerIncomplete(Refusal):
    """A delegation names one post, at least one act and a file."""


class PublicationRefused(Refusal):
    """The day of publication can't be right."""


class CallInRefused(Refusal):
    """A call-in can't be recorded as asked."""


class CorrectionRefused(Refusal):
    """The record can't be corrected this way, or by this person."""


@dataclass(frozen=True)
class Powers:
    """What a resolution delegates: one post, the acts, whom to consult, and the limits the words state (or None)."""

    post: Post
    acts: Sequence[ActKind]
    consultees: Sequence[Post] = ()
    max_value_gross: Decimal | None = None
    max_months: int | None = None
    counterparty: str = ""
    scope: str = ""
    conditions: str = ""
    from_on: date | None = None
    until_on: date | None = None


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
    owner_post: Post | None = None,
    follow_up: str = "",
    follow_up_by: date | None = None,
    procurement: Procurement | None = None,
    option_number: int | None = None,
    powers: Powers | None = None,
    set_aside: SetAside | RingFence | None = None,
    sees: int | None = None,
) -> Resolution:
    """Add the next resolution in the words of the minute, with what its kind brings: rows of authority, a ring-fence.

    Raises `OptionNotPreferred`, `GivesNoAuthority`, `PowerIncomplete`, or what the ring-fence refuses.
    """
    with act("recorded a resolution", on=meeting, by=by, at=at, sees=sees):
        number = len(meeting.resolutions) + 1
        _refuse_wrong_kind(kind, numeral(number), procurement, option_number, powers)
        resolution = Resolution(
            meeting=meeting, number=number, numeral=numeral(number), kind=kind, words=words, owner_post=owner_post,
            procurement=procurement, option_number=option_number,
        )  # fmt: skip
        if follow_up:
            resolution.follow_ups = [FollowUp(what=follow_up, due_on=follow_up_by, post=owner_post)]
        db.session.add(resolution)
        db.session.flush()
        if powers is not None:
            _give(resolution, powers, procurement, meeting.is_example)
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
        if powers is None or not powers.acts:
            raise PowerIncomplete("Choose at least one act that is delegated.", field="acts")
        if procurement is None:
            raise PowerIncomplete("Choose the file for which the power is given.", field="procurement")
        if powers.post in powers.consultees:
            raise PowerIncomplete("The post that decides can’t also be consulted.", field="consultees")


def _give(resolution: Resolution, powers: Powers, procurement: Procurement | None, is_example: bool) -> None:
    """One row for each act, each with every consultee."""
    for kind in sorted(set(powers.acts), key=list(ActKind).index):
        row = Delegation(
            resolution=resolution, act=kind, post=powers.post, procurement=procurement,
            max_value_gross=powers.max_value_gross, max_months=powers.max_months, counterparty=powers.counterparty,
            scope=powers.scope, conditions=powers.conditions, from_on=powers.from_on, until_on=powers.until_on,
            is_example=is_example,
        )  # fmt: skip
        row.consultees = [
            DelegationConsultee(number=place, post=post) for place, post in enumerate(powers.consultees, start=1)
        ]
        db.session.add(row)


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


def call_in(meeting: Meeting, *, on: date, because: str, by: Actor, at: datetime, sees: int | None = None) -> None:
    """Record that members called the decision in. Until it ends nothing may be done under it."""
    with act("recorded a call-in", on=meeting, by=by, at=at, note=because, sees=sees):
        if on > legal_day(at):
            raise CallInRefused("The day of the call-in can’t be in the future.", field="called_in_on")
        if refusal := why_no_call_in(published(meeting), on, england()):
            raise CallInRefused(refusal, field="called_in_on")
        meeting.called_in_on = on


def end_call_in(
    meeting: Meeting, *, on: date, result: CallInResult, by: Actor, at: datetime, sees: int | None = None
) -> None:
    """Record what scrutiny made of a called-in decision: it stands, or it must be taken again."""
    with act("recorded the end of a call-in", on=meeting, by=by, at=at, note=result.label, sees=sees):
        if meeting.called_in_on is None or meeting.call_in_ended_on is not None:
            raise CallInRefused("No call-in of this decision is open.")
        if not meeting.called_in_on <= on <= legal_day(at):
            raise CallInRefused("Enter a day from the call-in until today.", field="call_in_ended_on")
        meeting.call_in_ended_on, meeting.call_in_result = on, result


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


def finish_follow_up(task: FollowUp, *, on: date, by: Actor, at: datetime, sees: int | None = None) -> None:
    """Record that what was to follow a resolution has been done."""
    with act("finished a follow-up", on=task, by=by, at=at, sees=sees):
        if not task.resolution.meeting.held_on <= on <= legal_day(at):
            raise CorrectionRefused("Enter a day from the meeting until today.", field="done_on")
        task.done_on = on


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
