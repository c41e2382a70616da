"""The timetable of a tender: its steps in order, how long each takes, and a day for each with its working."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from itertools import pairwise

from procure import words
from procure.choices import Labelled
from procure.law.periods import (
    MINIMUM_PERIODS,
    Circumstance,
    MinimumPeriod,
    deadline_advice,
    earliest_deadline,
    planned_notice_qualifies,
)
from procure.law.standstill import UNDER_THE_ACT, StandstillRule
from procure.law.timetable import OPEN_PROCEDURE, Count
from procure.law.working_days import (
    ONE_DAY,
    Calendar,
    DayRow,
    Working,
    count_after,
    count_from,
    why_not_working,
    working_days_between,
)

QUESTIONS_CLOSE = time(17)
"""The time of day, in London, by which a question must have come on the last day for questions."""


class PlannedStep(Labelled):
    """A day of the timetable, in the order in which they come."""

    NOTICE = "notice", "Tender notice published"
    QUESTIONS = "questions", "Last day for questions"
    ANSWERS = "answers", "Answers published by"
    CLOSES = "closes", "Bids due"
    OPENED = "opened", "Bids opened and checked"
    SCORED = "scored", "Individual scores finished"
    MODERATED = "moderated", "Scores agreed"
    DECIDED = "decided", "Award decision signed"
    CALL_IN = "call_in", "Decision published, call-in over"
    SUMMARIES = "summaries", "Assessment summaries sent"
    AWARD_NOTICE = "award_notice", "Award notice published"
    STANDSTILL = "standstill", "Standstill ends"
    SIGNED = "signed", "Contract signed"
    STARTS = "starts", "Service starts"


S = PlannedStep
GIVEN = (S.NOTICE, S.CLOSES)
"""What the officer enters; every other day is worked out from these, or moved by hand."""
ONLY_AFTER_A_NOTICE = (S.CALL_IN, S.AWARD_NOTICE, S.STANDSTILL)
"""Steps that a purchase on quotes doesn't have."""
QUOTES_LABELS = {
    S.NOTICE: "Quotes asked for",
    S.CLOSES: "Quotes due",
    S.OPENED: "Quotes opened and checked",
    S.SUMMARIES: "Suppliers told the result",
}


@dataclass(frozen=True)
class LeadTime:
    """How long one step usually takes in this council, from a day on. Days are counted back where `before` is true."""

    step: PlannedStep
    days: int
    from_: PlannedStep
    from_on: date
    source: str
    before: bool = False
    counts_first: bool = False
    """True where the day it is counted from is itself day 1, if it is a working day."""


_OURS = "The council’s own lead times for an open procedure, measured from its past tenders. No law sets them"
_SINCE = date(2025, 2, 24)
_USUAL = {step.key: step.days for step in OPEN_PROCEDURE}


def _lead(step: PlannedStep, days: int, from_: PlannedStep, *, before: bool = False, first: bool = False) -> LeadTime:
    return LeadTime(step, days, from_, _SINCE, _OURS, before, first)


LEAD_TIMES: tuple[LeadTime, ...] = (
    _lead(S.QUESTIONS, 10, S.CLOSES, before=True),
    _lead(S.ANSWERS, 5, S.CLOSES, before=True),
    _lead(S.OPENED, _USUAL["opening"], S.CLOSES, first=True),
    _lead(S.SCORED, _USUAL["scoring"], S.OPENED),
    _lead(S.MODERATED, _USUAL["moderation"], S.SCORED),
    _lead(S.DECIDED, _USUAL["award_report"], S.MODERATED),
    _lead(S.CALL_IN, _USUAL["award_call_in"], S.DECIDED),
    _lead(S.SUMMARIES, _USUAL["summaries"], S.CALL_IN),
    _lead(S.AWARD_NOTICE, 1, S.SUMMARIES),
    _lead(S.SIGNED, _USUAL["signing"], S.STANDSTILL),
    _lead(S.STARTS, _USUAL["mobilisation"], S.SIGNED),
)
USUAL_TENDER_DAYS = next(step.days for step in OPEN_PROCEDURE if step.count is Count.CALENDAR)


def lead_time(step: PlannedStep, on: date) -> LeadTime:
    """The lead time in force on a day; the newest row whose day has come, or the oldest there is."""
    rows = sorted((row for row in LEAD_TIMES if row.step is step), key=lambda row: row.from_on)
    return next((row for row in reversed(rows) if row.from_on <= on), rows[0])


@dataclass(frozen=True)
class Basis:
    """What the timetable of one lot is worked out from."""

    notice_on: date
    closes_on: date
    is_quotes: bool = False
    is_light_touch: bool = False
    is_under_the_act: bool = True
    service_starts_on: date | None = None
    """Where the file says it already."""
    standstill: StandstillRule = UNDER_THE_ACT
    minimum_periods: tuple[MinimumPeriod, ...] = MINIMUM_PERIODS

    @property
    def steps(self) -> tuple[PlannedStep, ...]:
        """The steps this purchase has, in order."""
        return tuple(step for step in PlannedStep if not (self.is_quotes and step in ONLY_AFTER_A_NOTICE))

    @property
    def standstill_binds(self) -> bool:
        """Whether the Act itself asks for a standstill: not of a light touch contract, nor below threshold."""
        return self.is_under_the_act and not self.is_light_touch and not self.is_quotes


@dataclass(frozen=True)
class Planned:
    """One step with its day, how that day would be worked out, and whether the officer chose another."""

    step: PlannedStep
    label: str
    on: date
    working: Working | None
    """None for what the officer enters."""
    advice: str = ""

    @property
    def is_moved(self) -> bool:
        """Whether the officer chose another day than the one worked out."""
        return self.working is not None and self.working.answer != self.on


def label_of(step: PlannedStep, *, is_quotes: bool) -> str:
    """What a step is called on this way of buying."""
    return QUOTES_LABELS.get(step, step.label) if is_quotes else step.label


def plan(
    basis: Basis, *, england: Calendar, uk_any: Calendar, chosen: Mapping[PlannedStep, date | None] | None = None
) -> tuple[Planned, ...]:
    """A day for every step. A day that was chosen stands, and what comes after it is counted from it."""
    days: dict[PlannedStep, date] = {S.NOTICE: basis.notice_on, S.CLOSES: basis.closes_on}
    workings: dict[PlannedStep, Working] = {}
    for step in basis.steps:
        if step in GIVEN:
            continue
        workings[step] = _worked_out(step, basis, days, england, uk_any)
        days[step] = (chosen or {}).get(step) or workings[step].answer
    return tuple(
        Planned(
            step, label_of(step, is_quotes=basis.is_quotes), days[step], workings.get(step),
            _advice(step, basis, days, england),
        )
        for step in basis.steps
    )  # fmt: skip


def _worked_out(
    step: PlannedStep, basis: Basis, days: Mapping[PlannedStep, date], england: Calendar, uk_any: Calendar
) -> Working:
    if step is S.STANDSTILL:
        return _standstill(days[S.AWARD_NOTICE], basis, uk_any)
    if step is S.STARTS and basis.service_starts_on:
        rule = "The file says when the service must start: see Value and term."
        row = DayRow(basis.service_starts_on, None, "Service starts")
        return Working(basis.service_starts_on, (row,), rule, "This file")
    lead = lead_time(step, basis.notice_on)
    from_ = next(earlier for earlier in _back_from(lead.from_) if earlier in days)
    begun, label = days[from_], label_of(from_, is_quotes=basis.is_quotes)
    if lead.before:
        return _counted_back(lead, begun, label, england)
    return _counted_on(lead, begun, label, england)


def _back_from(step: PlannedStep) -> list[PlannedStep]:
    """A step and those before it, nearest first: what to count from where a purchase lacks the usual one."""
    order = list(PlannedStep)
    return order[: order.index(step) + 1][::-1]


def _counted_on(lead: LeadTime, begun: date, label: str, england: Calendar) -> Working:
    if lead.counts_first:
        rows = list(count_from(begun, lead.days, england))
        rows[0] = replace(rows[0], why=". ".join(part for part in (label, rows[0].why) if part))
        how = "That day is day 1 if it is a working day."
    else:
        rows = [DayRow(begun, None, label), *count_after(begun, lead.days, england)]
        how = "The working day after it is day 1."
    number = words.plural(lead.days, "working day")
    return _of_council(rows, rows[-1].day, f"{words.sentence(number)} from “{label}”. {how}", lead, england)


def _counted_back(lead: LeadTime, closes_on: date, label: str, england: Calendar) -> Working:
    rows, day, counted = [DayRow(closes_on, None, label)], closes_on, 0
    while counted < lead.days:
        day -= ONE_DAY
        why = why_not_working(day, england)
        counted += why is None
        rows.append(DayRow(day, counted if why is None else None, why or ""))
    number = words.plural(lead.days, "working day")
    rule = f"{words.sentence(number)} before “{label}”, counted back. The working day before it is day 1."
    return _of_council(rows[::-1], day, rule, lead, england)


def _of_council(rows: list[DayRow], answer: date, rule: str, lead: LeadTime, calendar: Calendar) -> Working:
    provisional = not all(calendar.knows(row.day) for row in rows)
    return Working(answer, tuple(rows), rule, lead.source, calendar.edition, provisional)


def _standstill(notice_on: date, basis: Basis, uk_any: Calendar) -> Working:
    row = basis.standstill
    rows = list(count_from(notice_on, row.days, uk_any))
    rows[0] = replace(rows[0], why=". ".join(part for part in ("Award notice published", rows[0].why) if part))
    rows[-1] = replace(rows[-1], why="Ends at midnight")
    rule = row.rule.format(days=words.sentence(words.number_word(row.days)))
    if not basis.standstill_binds:
        rule += (
            " The Act doesn’t ask for it here. The council may offer it, and once the award notice states it, it binds."
        )
    provisional = not all(uk_any.knows(one.day) for one in rows)
    return Working(rows[-1].day, tuple(rows), rule, row.source, uk_any.edition, provisional)


# ── what speaks against a day ──


def _advice(step: PlannedStep, basis: Basis, days: Mapping[PlannedStep, date], england: Calendar) -> str:
    on = days[step]
    if step is S.CLOSES:
        return " ".join(deadline_warnings(basis, england))
    if step is S.STARTS:
        return _time_to_begin(days, basis, england)
    if step is S.STANDSTILL:
        return ""
    why = why_not_working(on, england)
    return f"{words.weekday(on)} is no working day ({why})." if why else ""


def _time_to_begin(days: Mapping[PlannedStep, date], basis: Basis, england: Calendar) -> str:
    usual = lead_time(S.STARTS, basis.notice_on).days
    left = working_days_between(days[S.SIGNED] + ONE_DAY, days[S.STARTS] - ONE_DAY, england)
    if left >= usual:
        return ""
    return f"That leaves {words.plural(left, 'working day')} to get ready. The council allows {usual}."


def deadline_warnings(basis: Basis, england: Calendar) -> list[str]:
    """What speaks against a lawful deadline: no working day, holidays in the period, a short time. T1, T2, T6."""
    found = [advice] if (advice := deadline_advice(basis.closes_on, england)) else []
    first, days = basis.notice_on + ONE_DAY, (basis.closes_on - basis.notice_on).days
    lost = [
        name
        for n in range(days)
        if (first + timedelta(days=n)).weekday() < 5 and (name := why_not_working(first + timedelta(days=n), england))
    ]
    if lost and days < USUAL_TENDER_DAYS:
        left = words.plural(working_days_between(first, basis.closes_on, england), "working day")
        which = words.joined(dict.fromkeys(name.split(",")[0] for name in lost))
        found.append(f"{which} {'falls' if len(lost) == 1 else 'fall'} within the time for bids, which leaves {left}.")
    if basis.is_light_touch and days < _USUAL_FLOOR:
        number = words.plural(days, "day")
        found.append(
            f"Bidders would have {number}. The Act sets no shortest time for a light touch contract, but the time must "
            "be reasonable. Is it?"
        )
    return found


_USUAL_FLOOR = 25


# ── what refuses a timetable ──


@dataclass(frozen=True)
class DateProblem:
    """Why a day can’t stand, and the step at whose field that is said; None for the day of the planned notice."""

    step: PlannedStep | None
    sentence: str


def floor_of(basis: Basis, circumstance: Circumstance | None, planned_notice_on: date | None = None) -> Working | None:
    """The earliest lawful deadline, with its working; None where no law sets a time. Section 54; T1 to T6.

    A planned procurement notice shortens the time only if it qualifies: 40 days to 12 months before the tender notice.
    """
    if basis.is_quotes or not basis.is_under_the_act:
        return None
    if basis.is_light_touch:
        return earliest_deadline(basis.notice_on, [Circumstance.LIGHT_TOUCH], table=basis.minimum_periods)
    how = circumstance or Circumstance.ELECTRONIC
    if how is Circumstance.PLANNED_NOTICE and not _qualifies(planned_notice_on, basis.notice_on):
        how = Circumstance.ELECTRONIC
    return earliest_deadline(basis.notice_on, [how], table=basis.minimum_periods)


def _qualifies(planned_on: date | None, notice_on: date) -> bool:
    return planned_on is not None and planned_notice_qualifies(planned_on, notice_on)


def planned_notice_problem(circumstance: Circumstance | None, planned_on: date | None, notice_on: date) -> str:
    """Why a planned procurement notice doesn’t shorten the time for bids; empty where it does, or none is relied on."""
    if circumstance is not Circumstance.PLANNED_NOTICE:
        return ""
    if planned_on is None:
        return "Enter the day the planned procurement notice was published."
    if planned_notice_qualifies(planned_on, notice_on):
        return ""
    days = (notice_on - planned_on).days
    how_long = f"{words.plural(days, 'day')} before" if days >= 0 else "after"
    return (
        f"It was published {how_long} the tender notice, so it doesn’t shorten the time for bids. It must stand at "
        "least 40 days and at most 12 months before."
    )


def date_problems(
    basis: Basis,
    planned: tuple[Planned, ...],
    circumstance: Circumstance | None = None,
    planned_notice_on: date | None = None,
    *,
    is_recorded: bool = False,
) -> list[DateProblem]:
    """Every day that can’t stand: below the floor of the tender period, out of order, or within the standstill.

    `is_recorded` says that the notice is out, so that its own days were judged when it was recorded.
    """
    found = [] if is_recorded else _deadline_problems(basis, circumstance, planned_notice_on)
    found += _out_of_order(planned)
    on = {one.step: one.on for one in planned}
    standstill = next((one.working for one in planned if one.step is S.STANDSTILL), None)
    if standstill and basis.standstill_binds and on[S.STANDSTILL] < standstill.answer:
        said = f"The standstill can’t end before {words.weekday(standstill.answer)}. {standstill.rule}"
        found.append(DateProblem(S.STANDSTILL, said))
    if S.STANDSTILL in on and on[S.STANDSTILL] > on[S.AWARD_NOTICE] and on[S.SIGNED] == on[S.STANDSTILL]:
        said = "The contract can be signed on the day after the standstill at the earliest."
        found.append(DateProblem(S.SIGNED, said))
    return found


def _deadline_problems(
    basis: Basis, circumstance: Circumstance | None, planned_notice_on: date | None
) -> list[DateProblem]:
    relied_on = planned_notice_problem(circumstance, planned_notice_on, basis.notice_on)
    if relied_on:
        return [DateProblem(None, relied_on)]
    if basis.closes_on <= basis.notice_on:
        what = "Quotes" if basis.is_quotes else "Bids"
        return [DateProblem(S.CLOSES, f"{what} must be due after {words.weekday(basis.notice_on)}.")]
    floor = floor_of(basis, circumstance, planned_notice_on)
    if floor is not None and basis.closes_on < floor.answer:
        said = f"Bidders must have until {words.weekday(floor.answer)} at least. {floor.rule}"
        return [DateProblem(S.CLOSES, said)]
    return []


def _out_of_order(planned: tuple[Planned, ...]) -> list[DateProblem]:
    found = []
    for before, after in pairwise(planned):
        if after.on >= before.on or (after.step is S.CLOSES and before.step is S.NOTICE):
            continue
        said = f"“{after.label}” can’t be before “{before.label}”, {words.weekday(before.on)}."
        if after.step is S.CLOSES:  # the deadline is what the officer entered: mend the day before it
            said = f"“{before.label}” can’t be after “{after.label}”, {words.weekday(after.on)}."
        found.append(DateProblem(before.step if after.step is S.CLOSES else after.step, said))
    return found
