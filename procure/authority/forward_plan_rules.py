"""When a key decision may be taken, by the notice the public had of it. SI 2012/2089 regulations 9, 10 and 11."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from procure import words
from procure.authority.rules import NoticeRoute
from procure.law.call_in import call_in
from procure.law.periods import (
    GENERAL_EXCEPTION_NOTICE,
    KEY_DECISION_NOTICE,
    agenda_by,
    general_exception_by,
    key_decision_notice_by,
)
from procure.law.working_days import (
    Calendar,
    Working,
    add_working_days,
    next_working_day,
)

USUAL_PUBLICATION = timedelta(days=3)


@dataclass(frozen=True)
class Notice:
    """What was done to tell the public, and the scrutiny chair, of a key decision to come."""

    decision_on: date
    route: NoticeRoute = NoticeRoute.FORWARD_PLAN
    published_on: date | None = None
    exception_reason: str = ""
    chair_name: str = ""
    told_on: date | None = None
    agreed_on: date | None = None
    exception_published_on: date | None = None
    """Day on which the public could read why the exception was used."""
    withdrawn_on: date | None = None


@dataclass(frozen=True)
class NoticeState:
    """Whether the decision may be taken on its day as things stand, in a sentence; by when notice had to be given."""

    is_lawful: bool
    sentence: str
    notice_by: Working
    earliest_on: date | None = None
    """First day on which the decision may be taken under the notice as it is; None while there is none."""
    missing: tuple[str, ...] = field(default=())

    @property
    def latest_on(self) -> date:
        """Last day for the notice of 28 clear days."""
        return self.notice_by.answer


def state_of(notice: Notice, today: date, england: Calendar) -> NoticeState:
    """Where a notice stands on a day. What a route asks is named one by one while it is missing."""
    by = key_decision_notice_by(notice.decision_on)
    if notice.withdrawn_on is not None:
        return NoticeState(False, f"It was withdrawn on {words.day(notice.withdrawn_on)}.", by)
    if notice.published_on is not None and is_in_time(notice.published_on, notice.decision_on):
        told = f"Published on {words.day(notice.published_on)}, in time for {words.weekday(notice.decision_on)}."
        return NoticeState(True, told, by, _after_28_days(notice.published_on))
    missing = tuple(_missing(notice))
    if missing:
        return NoticeState(False, _not_yet(notice, missing[0], by, today), by, missing=missing)
    earliest = _earliest(notice, england)
    when = words.weekday(earliest)
    if notice.decision_on < earliest:
        return NoticeState(False, _too_early(notice, by, when), by, earliest)
    return NoticeState(True, _in_time(notice), by, earliest)


def is_in_time(published_on: date | None, decision_on: date) -> bool:
    """Whether a notice published on a day keeps 28 clear days before a decision. Reg 9."""
    return published_on is not None and published_on <= key_decision_notice_by(decision_on).answer


def _missing(notice: Notice) -> list[str]:
    found = []
    if notice.route is not NoticeRoute.FORWARD_PLAN and not notice.exception_reason:
        found.append("Say why 28 clear days can’t be kept.")
    if notice.route is NoticeRoute.GENERAL_EXCEPTION and notice.told_on is None:
        found.append("Tell the chair of scrutiny, and record the day.")
    if notice.route is NoticeRoute.SPECIAL_URGENCY and notice.agreed_on is None:
        found.append("Ask the chair of scrutiny to agree, and record the day.")
    if notice.route is NoticeRoute.FORWARD_PLAN and notice.published_on is None:
        found.append("Publish the notice.")
    if notice.route is not NoticeRoute.FORWARD_PLAN and notice.exception_published_on is None:
        found.append("Publish the reasons, and record the day.")
    return found


def _not_yet(notice: Notice, next_step: str, by: Working, today: date) -> str:
    last = by.answer
    if notice.route is not NoticeRoute.FORWARD_PLAN:
        return f"{notice.route.label}: not complete. {next_step}"
    if today > last:
        return (
            f"28 clear days can’t be kept any more: the last day was {words.weekday(last)}. Choose a later day for the "
            f"decision, or use an exception."
        )
    return f"The public must have notice by {words.weekday(last)}. {next_step}"


def _too_early(notice: Notice, by: Working, when: str) -> str:
    if notice.route is NoticeRoute.FORWARD_PLAN and notice.published_on is not None:
        return (
            f"The notice of {words.day(notice.published_on)} is too late: 28 clear days end on {words.day(by.answer)}. "
            f"Choose a later meeting, from {when}, or record the exception used."
        )
    if notice.route is NoticeRoute.SPECIAL_URGENCY:
        return (
            f"Special urgency: the decision may be taken from {when}, once the chair agreed and the reasons are public."
        )
    return f"General exception: five clear days must pass first. The decision may be taken from {when}."


def _in_time(notice: Notice) -> str:
    assert notice.exception_published_on is not None
    public = f"the reasons were published on {words.day(notice.exception_published_on)}"
    who = notice.chair_name or "the chair of scrutiny"
    if notice.route is NoticeRoute.GENERAL_EXCEPTION:
        assert notice.told_on is not None
        return f"General exception: {who} was told on {words.day(notice.told_on)}, and {public}."
    assert notice.agreed_on is not None
    return f"Special urgency: {who} agreed on {words.day(notice.agreed_on)}, and {public}."


def _after_28_days(published_on: date) -> date:
    return published_on + timedelta(days=KEY_DECISION_NOTICE.days + 1)


def _after_five_days(public_on: date, england: Calendar) -> date:
    return add_working_days(public_on, GENERAL_EXCEPTION_NOTICE.days + 1, england)


def _earliest(notice: Notice, england: Calendar) -> date:
    """First lawful day of the decision under a notice that is complete."""
    if notice.route is NoticeRoute.FORWARD_PLAN:
        assert notice.published_on is not None
        return _after_28_days(notice.published_on)
    assert notice.exception_published_on is not None
    if notice.route is NoticeRoute.GENERAL_EXCEPTION:
        assert notice.told_on is not None
        return _after_five_days(max(notice.exception_published_on, notice.told_on), england)
    assert notice.agreed_on is not None
    return max(notice.exception_published_on, notice.agreed_on)


def earliest_if_public_on(day: date, england: Calendar) -> dict[NoticeRoute, date]:
    """First day of the decision by each route, if all that the route asks is done and public on a day."""
    return {
        NoticeRoute.FORWARD_PLAN: _after_28_days(day),
        NoticeRoute.GENERAL_EXCEPTION: _after_five_days(day, england),
        NoticeRoute.SPECIAL_URGENCY: day,
    }


@dataclass(frozen=True)
class Milestone:
    """One date around a meeting, with how it is worked out."""

    what: str
    on: date
    working: Working | None = None


def around_a_meeting(meeting_on: date, call_in_days: int, england: Calendar) -> tuple[Milestone, ...]:
    """Every date that hangs on a meeting: notice, exception, agenda, publication, call-in, effect."""
    notice, agenda = key_decision_notice_by(meeting_on), agenda_by(meeting_on, england)
    exception = general_exception_by(meeting_on, england)
    published = _on_a_working_day(meeting_on + USUAL_PUBLICATION, england)
    found = [
        Milestone("Last day for the notice of a key decision", notice.answer, notice),
        Milestone(
            "Last day for the agenda and reports, and for the second notice of private business", agenda.answer, agenda
        ),
        Milestone("Last day for a general exception", exception.answer, exception),
        Milestone("The meeting", meeting_on),
        Milestone("The decision is published (usually within three days)", published),
    ]
    if call_in_days:
        period = call_in(published, england, call_in_days)
        found.append(Milestone("Call-in ends", period.ends_on, period.working))
        found.append(Milestone("The decision takes effect", period.effective_on))
    return tuple(sorted(found, key=lambda one: one.on))


def _on_a_working_day(day: date, england: Calendar) -> date:
    return next_working_day(day - timedelta(days=1), england)


def why_not_that_day(published_on: date | None, was: date, to: date) -> str | None:
    """Why a decision that the public was told of can't be moved to a day; None where it can.

    Later than was notified harms nobody who relied on the notice. Earlier does.
    """
    if published_on is not None and to < was:
        return (
            f"The public was told of {words.day(was)}. An earlier day needs a new notice. Withdraw this one and enter "
            f"another."
        )
    return None
