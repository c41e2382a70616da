"""How long buying again takes, and so the last day to begin.

Counts back from the first day of the new service, stage by stage. It is a plan: hand it planning calendars, and it
says where it rests on bank holidays that nobody has published yet.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from procure import words
from procure.law.working_days import (
    ONE_DAY,
    Calendar,
    nth_working_day_from,
    subtract_working_days,
    working_day_on_or_after,
    working_day_on_or_before,
)
from procure.refusals import BadFigure

DAYS_IN_A_MONTH = Decimal("30.4375")


class Count(StrEnum):
    """Which days a step counts."""

    WORKING = "working days"
    CALENDAR = "days"
    UK_WORKING = "UK working days"


@dataclass(frozen=True)
class Step:
    """One piece of the work and how long it takes."""

    key: str
    name: str
    days: int
    count: Count
    begins_at_meeting: bool = False
    """True where it can begin only on a day on which the deciding body meets."""


OPEN_PROCEDURE: tuple[Step, ...] = (
    Step("appraisal", "Options appraisal and market engagement", 40, Count.WORKING),
    Step("report", "Cabinet report and clearances", 30, Count.WORKING),
    Step("call_in", "Decision published and call-in", 8, Count.WORKING, begins_at_meeting=True),
    Step("pack", "Final pack, conflicts assessment and notices", 15, Count.WORKING),
    Step("tender", "Open to bids", 35, Count.CALENDAR),
    Step("opening", "Opening and compliance", 2, Count.WORKING),
    Step("scoring", "Individual evaluation", 10, Count.WORKING),
    Step("moderation", "Moderation, clarification and due diligence", 10, Count.WORKING),
    Step("award_report", "Award report, consultees and sign-off", 12, Count.WORKING),
    Step("award_call_in", "Award decision published and call-in", 6, Count.WORKING),
    Step("summaries", "Assessment summaries and award notice", 2, Count.WORKING),
    Step("standstill", "Standstill", 8, Count.UK_WORKING),
    Step("signing", "Sign or seal", 5, Count.WORKING),
    Step("mobilisation", "Mobilisation", 60, Count.WORKING),
)
"""Usual practice for services of about £600,000 decided by Cabinet. The standstill and the floor under the tender
period are law (see `standstill` and `periods`); the rest each council measures for itself."""


@dataclass(frozen=True)
class Stage:
    """A step with its dates."""

    step: Step
    latest_start_on: date
    must_end_before: date
    """The day the next step must begin: this one is over by the evening before."""
    earliest_start_on: date | None
    """When it would begin if the work began on a given day; None where no day was given."""
    provisional: bool
    note: str = ""
    """What moved it, in a sentence: a meeting, or none found."""

    @property
    def float_days(self) -> int:
        """Calendar days to spare, below 0 where it is late; 0 where no beginning was given."""
        return (self.latest_start_on - self.earliest_start_on).days if self.earliest_start_on else 0


@dataclass(frozen=True)
class StartBy:
    """The whole way back from an end date."""

    ends_on: date
    start_by: date
    """Last day to begin without a gap in the service."""
    stages: tuple[Stage, ...]

    @property
    def days(self) -> int:
        """Calendar days from the last day to begin to the end date."""
        return (self.ends_on - self.start_by).days

    @property
    def months(self) -> Decimal:
        """The same in months of average length, to one place."""
        return (self.days / DAYS_IN_A_MONTH).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)

    @property
    def provisional(self) -> bool:
        """True where any stage rests on bank holidays that are not published yet."""
        return any(stage.provisional for stage in self.stages)


def with_durations(days: Mapping[str, int], steps: Sequence[Step] = OPEN_PROCEDURE) -> tuple[Step, ...]:
    """The steps with a council's own number of days by key. `BadFigure` for a step nobody knows or less than 0 days."""
    unknown = sorted(set(days) - {step.key for step in steps})
    if unknown:
        raise BadFigure(f"There is no step called {words.joined(unknown)} in this timetable.")
    return tuple(replace(step, days=days.get(step.key, step.days)) for step in steps)


def start_by(
    ends_on: date,
    *,
    england: Calendar,
    uk_any: Calendar,
    steps: Sequence[Step] = OPEN_PROCEDURE,
    meetings: Collection[date] = (),
    begins_on: date | None = None,
) -> StartBy:
    """The latest start of every stage so that the new service begins on the day after the end.

    `meetings` are the days the deciding body meets, where known; `begins_on` adds what there is to spare.
    """
    _refuse_lengths(steps)
    before, back = ends_on + ONE_DAY, list[Stage]()
    for step in reversed(steps):
        back.append(_latest(step, before, england, uk_any, meetings))
        before = back[-1].latest_start_on
    stages = _with_earliest(back[::-1], begins_on, england, uk_any) if begins_on else back[::-1]
    return StartBy(ends_on, before, tuple(stages))


@dataclass(frozen=True)
class Leg:
    """A step in a plan that is laid out from one end or the other."""

    step: Step
    start_on: date
    before: date
    """The day the next step begins, or the service after the last one."""
    provisional: bool
    note: str = ""
    """What moved it, in a sentence: a meeting, or a day it is held to."""
    refused: str = ""
    """Why the day it is held to can’t be kept; empty where it is kept, or none was given."""


def laid_forwards(
    begins_on: date,
    *,
    england: Calendar,
    uk_any: Calendar,
    steps: Sequence[Step] = OPEN_PROCEDURE,
    meetings: Collection[date] = (),
    held: Mapping[str, date] | None = None,
    began: Mapping[str, date] | None = None,
) -> tuple[Leg, ...]:
    """Every step as early as it can begin. `held` names steps that begin on a day of their own, or later if they must.

    A step that begins at a meeting waits for the first one in the calendar. `began` are the days on which steps really
    began: whatever was planned, what follows counts from them.
    """
    _refuse_lengths(steps)
    free, laid = working_day_on_or_after(begins_on, england), list[tuple[Step, date, date, str, str]]()
    for step in steps:
        start, note, refused = _kept(step, free, held or {}, not_before=True)
        if began and step.key in began:
            start, note, refused = began[step.key], "", ""
        elif step.begins_at_meeting and meetings:
            start, waits = _first_meeting(start, meetings)
            note = waits or note
        after = end_of(step, start, england=england, uk_any=uk_any)
        laid.append((step, start, after, note, refused))
        free = after
    starts = [start for _, start, _, _, _ in laid[1:]] + [laid[-1][2]]
    return tuple(
        Leg(step, start, max(before, start), not _knows(step, start, before, england, uk_any), note, refused)
        for (step, start, _, note, refused), before in zip(laid, starts, strict=True)
    )


def laid_backwards(
    service_on: date,
    *,
    england: Calendar,
    uk_any: Calendar,
    steps: Sequence[Step] = OPEN_PROCEDURE,
    meetings: Collection[date] = (),
    held: Mapping[str, date] | None = None,
) -> tuple[Leg, ...]:
    """Every step as late as it may begin so that the service begins on a day. `held` names steps that begin earlier."""
    _refuse_lengths(steps)
    before, back = service_on, list[Leg]()
    for step in reversed(steps):
        stage = _latest(step, before, england, uk_any, meetings)
        start, note, refused = _kept(step, stage.latest_start_on, held or {}, not_before=False)
        back.append(
            Leg(step, start, before, not _knows(step, start, before, england, uk_any), note or stage.note, refused)
        )
        before = start
    return tuple(back[::-1])


def _kept(step: Step, free: date, held: Mapping[str, date], *, not_before: bool) -> tuple[date, str, str]:
    """The day a step begins, given the day it could or must and the one it is held to."""
    wanted = held.get(step.key)
    if wanted is None:
        return free, "", ""
    if wanted >= free if not_before else wanted <= free:
        return wanted, "Held to this day." if wanted != free else "", ""
    if not_before:
        return free, "", f"{step.name} can’t begin on {words.weekday(wanted)}: what comes before takes until then."
    return free, "", f"{step.name} must begin before {words.weekday(wanted)}, or what comes after is late."


def _first_meeting(free: date, meetings: Collection[date]) -> tuple[date, str]:
    to_come = [meeting for meeting in meetings if meeting >= free]
    if not to_come:
        return free, f"The calendar of meetings ends on {words.day(max(meetings))}, so no meeting is reserved."
    first = min(to_come)
    return first, f"Waits for the meeting on {words.weekday(first)}." if first != free else ""


def _knows(step: Step, start: date, before: date, england: Calendar, uk_any: Calendar) -> bool:
    calendar = _calendar_of(step, england, uk_any)
    return calendar.knows(start) and calendar.knows(before - ONE_DAY)


def _refuse_lengths(steps: Sequence[Step]) -> None:
    if not steps or any(step.days < 0 for step in steps):
        raise BadFigure("A timetable needs at least one step, and no step can take less than 0 days.")


def end_of(step: Step, start_on: date, *, england: Calendar, uk_any: Calendar) -> date:
    """First day free after a step that begins on a day: the earliest the next one can begin, an English working day."""
    if step.days == 0:
        free = start_on
    elif step.count is Count.CALENDAR:
        free = start_on + timedelta(days=step.days)
    else:
        free = nth_working_day_from(start_on, step.days, _calendar_of(step, england, uk_any)) + ONE_DAY
    return working_day_on_or_after(free, england)


def _latest(step: Step, before: date, england: Calendar, uk_any: Calendar, meetings: Collection[date]) -> Stage:
    calendar = _calendar_of(step, england, uk_any)
    if step.count is Count.CALENDAR:
        latest = working_day_on_or_before(before - timedelta(days=step.days), england)
    else:
        latest = subtract_working_days(before, step.days, calendar)
    start, note = _at_meeting(latest, meetings) if step.begins_at_meeting and meetings else (latest, "")
    provisional = not (calendar.knows(start) and calendar.knows(before - ONE_DAY))
    return Stage(step, start, before, None, provisional, note)


MEETINGS_KNOWN_BEYOND = timedelta(days=62)
"""So long after its last day a calendar of meetings is taken to say that there are none; after that it says nothing."""


def _at_meeting(latest: date, meetings: Collection[date]) -> tuple[date, str]:
    if latest > max(meetings) + MEETINGS_KNOWN_BEYOND:
        return latest, f"The calendar of meetings ends on {words.day(max(meetings))}, so no meeting is reserved."
    in_time = [meeting for meeting in meetings if meeting <= latest]
    if not in_time:
        return latest, f"No meeting is in the calendar on or before {words.weekday(latest)}."
    meeting = max(in_time)
    return meeting, f"Waits for the meeting on {words.weekday(meeting)}, the last in time."


def _with_earliest(stages: list[Stage], begins_on: date, england: Calendar, uk_any: Calendar) -> list[Stage]:
    earliest, dated = working_day_on_or_after(begins_on, england), list[Stage]()
    for stage in stages:
        dated.append(replace(stage, earliest_start_on=earliest))
        earliest = end_of(stage.step, earliest, england=england, uk_any=uk_any)
    return dated


def _calendar_of(step: Step, england: Calendar, uk_any: Calendar) -> Calendar:
    return uk_any if step.count is Count.UK_WORKING else england
