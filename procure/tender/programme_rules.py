"""The timetable of a whole purchase: its stages laid out from one end, and the rules that a plan would break."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from procure import words
from procure.choices import Labelled
from procure.law.periods import agenda_by, key_decision_notice_by
from procure.law.timetable import OPEN_PROCEDURE, Leg, Step, laid_backwards, laid_forwards
from procure.law.working_days import ONE_DAY, Calendar
from procure.refusals import BeyondOfficialCalendar
from procure.tender.timetable_rules import Planned, PlannedStep

MOST_DAYS = 400
"""A stage that takes longer than that is a slip of the keyboard."""


class Counted(Labelled):
    """From which end a timetable is counted."""

    BACKWARDS = "backwards", "Backwards, from the first day of the service"
    FORWARDS = "forwards", "Forwards, from the day the work begins"


WITHOUT_CABINET = ("report", "call_in", "award_call_in", "standstill")
"""Stages that a purchase on quotes doesn't have."""
SHORT_NAMES = {
    "appraisal": "Options", "report": "Report", "call_in": "Call-in", "pack": "Papers", "tender": "Open to bids",
    "opening": "Opening", "scoring": "Scoring", "moderation": "Moderation", "award_report": "Award report",
    "award_call_in": "Call-in", "summaries": "Summaries", "standstill": "Standstill", "signing": "Signing",
    "mobilisation": "Mobilising",
}  # fmt: skip
"""The names of the stages for a picture."""
BEGINS_WITH = {
    "tender": PlannedStep.NOTICE, "opening": PlannedStep.CLOSES, "scoring": PlannedStep.OPENED,
    "moderation": PlannedStep.SCORED, "award_report": PlannedStep.MODERATED, "award_call_in": PlannedStep.DECIDED,
    "summaries": PlannedStep.CALL_IN, "standstill": PlannedStep.AWARD_NOTICE, "signing": PlannedStep.STANDSTILL,
    "mobilisation": PlannedStep.SIGNED,
}  # fmt: skip
"""The day of the tender's own timetable with which a stage begins."""


@dataclass(frozen=True)
class Plan:
    """What the days of a whole purchase are laid out from."""

    counted: Counted
    anchor_on: date
    """The first day of the service, or the day the work begins."""
    steps: tuple[Step, ...] = OPEN_PROCEDURE
    held: Mapping[str, date] = field(default_factory=dict)
    """Stages that begin on a day of their own."""
    meetings: tuple[date, ...] = ()
    began: Mapping[str, date] = field(default_factory=dict)
    """Stages that have begun: what follows counts from those days when the plan is counted forwards."""


@dataclass(frozen=True)
class Limits:
    """What the law and the council's rules ask of the lengths, and what the purchase must meet."""

    least_tender_days: int = 0
    tender_source: str = ""
    standstill_days: int = 0
    """Working days that one lasts at least, where there is one; 0 where the law knows none."""
    standstill_binds: bool = False
    standstill_source: str = ""
    call_in_days: int = 5
    service_ends_on: date | None = None
    """Last day of the contract that this purchase follows."""
    service_starts_on: date | None = None
    """What the file says."""


@dataclass(frozen=True)
class Broken:
    """A rule that a plan would break, at a stage or of the whole."""

    key: str
    sentence: str
    source: str = ""


def steps_for(steps: Sequence[Step], *, is_quotes: bool) -> tuple[Step, ...]:
    """The stages that a purchase has."""
    return tuple(step for step in steps if not (is_quotes and step.key in WITHOUT_CABINET))


def with_lengths(steps: Sequence[Step], days: Mapping[str, int]) -> tuple[Step, ...]:
    """The stages with other lengths; one that isn't named keeps its own."""
    return tuple(replace(step, days=days.get(step.key, step.days)) for step in steps)


def legs_of(plan: Plan, *, england: Calendar, uk_any: Calendar) -> tuple[Leg, ...]:
    """The stages with their days."""
    if plan.counted is Counted.BACKWARDS:
        return laid_backwards(
            plan.anchor_on, england=england, uk_any=uk_any, steps=plan.steps, meetings=plan.meetings, held=plan.held
        )
    return laid_forwards(
        plan.anchor_on, england=england, uk_any=uk_any, steps=plan.steps, meetings=plan.meetings, held=plan.held,
        began=plan.began,
    )  # fmt: skip


def with_tender_days(legs: Sequence[Leg], planned: Sequence[Planned]) -> tuple[Leg, ...]:
    """The same with the days of the tender's own timetable, where it has them: those are what bidders were told."""
    on = {one.step: one.on for one in planned}
    starts = {leg.step.key: on.get(BEGINS_WITH[leg.step.key], leg.start_on) if leg.step.key in BEGINS_WITH
              else leg.start_on for leg in legs}  # fmt: skip
    if PlannedStep.STANDSTILL in on and "signing" in starts:
        starts["signing"] = on[PlannedStep.STANDSTILL] + ONE_DAY
    ends = [starts[leg.step.key] for leg in legs[1:]] + [on.get(PlannedStep.STARTS, legs[-1].before)]
    return tuple(
        replace(leg, start_on=starts[leg.step.key], before=max(end, starts[leg.step.key]),
                note="" if leg.step.key in BEGINS_WITH else leg.note)
        for leg, end in zip(legs, ends, strict=True)
    )  # fmt: skip


def broken_by(legs: Sequence[Leg], plan: Plan, limits: Limits, england: Calendar, today: date) -> tuple[Broken, ...]:
    """Every rule that a plan would break, in the order of its stages. What has begun is judged where it happened."""
    reached = max((place for place, leg in enumerate(legs) if leg.step.key in plan.began), default=-1)
    to_come = legs[reached + 1 :]
    by_key = {leg.step.key: leg for leg in to_come}
    found = [Broken(leg.step.key, leg.refused) for leg in to_come if leg.refused]
    if plan.counted is Counted.BACKWARDS and to_come and to_come[0].start_on < today:
        late = words.plural((today - to_come[0].start_on).days, "day")
        found.append(
            Broken(
                to_come[0].step.key,
                f"“{to_come[0].step.name}” should have begun on {words.weekday(to_come[0].start_on)}, {late} ago. "
                "Shorten stages, or let the service begin later.",
            )
        )
    found += _meeting_rules(by_key.get("call_in"), england, today)
    call_in = by_key.get("call_in")
    if call_in is not None and call_in.step.days < limits.call_in_days:
        least = words.plural(limits.call_in_days, "working day")
        found.append(Broken("call_in", f"Call-in alone takes {least} after the decision is published.", "Constitution"))
    found += _lengths(by_key, limits)
    found += _service(legs, limits)
    return tuple(found)


def _meeting_rules(leg: Leg | None, england: Calendar, today: date) -> list[Broken]:
    """A key decision needs its notice 28 clear days before the meeting, and the papers five clear working days."""
    if leg is None or leg.start_on < today:
        return []
    found = []
    notice = key_decision_notice_by(leg.start_on)
    if notice.answer < today:
        found.append(
            Broken(
                "call_in",
                f"For a decision on {words.weekday(leg.start_on)} the notice of a key decision was due by "
                f"{words.weekday(notice.answer)}. Decide later, or use the general exception.",
                notice.source,
            )
        )
    try:
        papers = agenda_by(leg.start_on, england)
    except BeyondOfficialCalendar:
        return found
    if papers.answer < today:
        found.append(Broken("call_in", f"Agenda and report were due by {words.weekday(papers.answer)}.", papers.source))
    return found


def _lengths(by_key: Mapping[str, Leg], limits: Limits) -> list[Broken]:
    found = []
    tender, pause = by_key.get("tender"), by_key.get("standstill")
    if tender is not None and (tender.before - tender.start_on).days < limits.least_tender_days:
        given = words.plural((tender.before - tender.start_on).days, "day")
        said = f"Bidders would have {given}. The law gives them {limits.least_tender_days} at least."
        found.append(Broken("tender", said, limits.tender_source))
    offered = pause is not None and (pause.step.days or limits.standstill_binds)
    if pause is not None and offered and pause.step.days < limits.standstill_days:
        least = words.plural(limits.standstill_days, "working day")
        found.append(Broken("standstill", f"The standstill can’t be shorter than {least}.", limits.standstill_source))
    return found


def _service(legs: Sequence[Leg], limits: Limits) -> list[Broken]:
    begins, found = legs[-1].before, list[Broken]()
    if limits.service_ends_on is not None and begins > limits.service_ends_on + ONE_DAY:
        gap = words.plural((begins - limits.service_ends_on).days - 1, "day")
        found.append(
            Broken(
                legs[-1].step.key,
                f"The present contract ends on {words.day(limits.service_ends_on)}, and the service would begin on "
                f"{words.day(begins)}: {gap} without one.",
            )
        )
    elif limits.service_starts_on is not None and begins > limits.service_starts_on:
        late = words.plural((begins - limits.service_starts_on).days, "day")
        found.append(
            Broken(
                legs[-1].step.key,
                f"The service would begin on {words.day(begins)}, {late} later than the file says.",
            )
        )
    return found


# ── what a change would move ──


@dataclass(frozen=True)
class Moved:
    """A stage with the day it begins now, and the one it would begin on."""

    name: str
    was_on: date
    would_be_on: date

    @property
    def days(self) -> int:
        """By how many days it would be later; below 0 for earlier."""
        return (self.would_be_on - self.was_on).days

    @property
    def said(self) -> str:
        """3 days later; stays."""
        if not self.days:
            return "Stays"
        return f"{words.plural(abs(self.days), 'day')} {'later' if self.days > 0 else 'earlier'}"


def moved_between(old: Sequence[Leg], new: Sequence[Leg]) -> tuple[Moved, ...]:
    """Stage by stage what a change would move, and the first day of the service."""
    before = {leg.step.key: leg.start_on for leg in old}
    rows = [Moved(leg.step.name, before.get(leg.step.key, leg.start_on), leg.start_on) for leg in new]
    return (*rows, Moved("Service begins", old[-1].before, new[-1].before))


def held_by_hand(
    planned: Sequence[Planned], typed: Mapping[PlannedStep, date | None]
) -> dict[PlannedStep, date | None]:
    """Which days of a page stand: those typed now, and those chosen by hand before. Every other one follows."""
    stood = {one.step: one for one in planned}
    return {
        step: on
        for step, on in typed.items()
        if on is not None and (step not in stood or on != stood[step].on or stood[step].is_moved)
    }


def moved_days(old: Sequence[Planned], new: Sequence[Planned]) -> tuple[Moved, ...]:
    """Step by step what a change of the tender’s own days would move."""
    stood = {one.step: one.on for one in old}
    return tuple(Moved(one.label, stood.get(one.step, one.on), one.on) for one in new)


# ── what happened ──


def headline(legs: Sequence[Leg], came: Mapping[str, Came], *, counted: Counted) -> str:
    """Where the purchase stands against its plan, in a sentence or two."""
    service = f"the service begins on {words.day(legs[-1].before)}"
    reached = max((place for place, leg in enumerate(legs) if leg.step.key in came), default=-1)
    if reached < 0 and counted is Counted.BACKWARDS:
        return f"The work must begin by {words.weekday(legs[0].start_on)}, so that {service}."
    if reached < 0:
        return f"Begun on {words.weekday(legs[0].start_on)}, {service}."
    if reached == len(legs) - 1:
        return words.sentence(f"{service}.")
    following = legs[reached + 1]
    return f"Next: {following.step.name}, by {words.weekday(following.start_on)}. {words.sentence(service)} as planned."


@dataclass(frozen=True)
class Came:
    """When a stage really began, and when it was over; None while it isn't."""

    began_on: date
    over_on: date | None = None
