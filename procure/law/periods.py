"""Periods counted in calendar days: notices, copies, tender periods, clear days before a meeting.

"N days beginning with" a day makes that day the first. A tender period begins on the day after the notice. N clear
days leave N whole days between. The three are never interchangeable.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from procure import words
from procure.law.working_days import (
    ONE_DAY,
    Calendar,
    DayRow,
    Working,
    clear_days_before,
    clear_working_days_before,
    days_beginning_with,
    last_day_of_months_beginning,
    months_after,
    why_not_working,
)
from procure.refusals import BadFigure

ACT_BEGINS = date(2025, 2, 24)


# ── periods that begin with the day of an event ──


class Deadline(StrEnum):
    """What must be done by the end of a period that begins with the day of an event."""

    DETAILS_NOTICE = "contract details notice"
    CONTRACT_COPY = "copy of the contract"
    TERMINATION_NOTICE = "contract termination notice"
    CHANGE_COPY = "copy of the change"
    PIPELINE_NOTICE = "pipeline notice"
    PERFORMANCE_NOTICE = "contract performance notice"
    INVOICE = "payment of an invoice"
    PAYMENTS_COMPLIANCE = "payments compliance notice"
    PAYMENT_NOTICES = "contract payment notices"
    CLAIM = "claim by a supplier"


@dataclass(frozen=True)
class Period:
    """Days, or months, beginning with the day of an event, for events from a day on."""

    deadline: Deadline
    light_touch: bool | None
    """Which contracts the row is for; None for every kind."""
    days: int
    months: int
    event: str
    from_on: date
    until_on: date | None
    source: str
    unchecked: bool = False


def _days(deadline: Deadline, light_touch: bool | None, days: int, event: str, from_on: date, section: str) -> Period:
    return Period(deadline, light_touch, days, 0, event, from_on, None, f"Procurement Act 2023, section {section}")


_ENTERED = "the contract is entered into"

PERIODS: tuple[Period, ...] = (
    _days(Deadline.DETAILS_NOTICE, False, 30, _ENTERED, ACT_BEGINS, "53(1)"),
    _days(Deadline.DETAILS_NOTICE, True, 120, _ENTERED, ACT_BEGINS, "53(1)"),
    _days(Deadline.CONTRACT_COPY, False, 90, _ENTERED, ACT_BEGINS, "53(3)"),
    _days(Deadline.CONTRACT_COPY, True, 180, _ENTERED, ACT_BEGINS, "53(3)"),
    _days(Deadline.TERMINATION_NOTICE, None, 30, "the contract ends", ACT_BEGINS, "80"),
    _days(Deadline.CHANGE_COPY, False, 90, "the change is made", ACT_BEGINS, "77"),
    _days(Deadline.PIPELINE_NOTICE, None, 56, "the financial year begins", ACT_BEGINS, "93"),
    _days(Deadline.INVOICE, None, 30, "a valid invoice is received", ACT_BEGINS, "68"),
    _days(Deadline.PAYMENTS_COMPLIANCE, None, 30, "the half-year ends", date(2026, 1, 1), "69"),
    _days(Deadline.PAYMENT_NOTICES, None, 30, "the quarter ends", date(2026, 4, 1), "70"),
    _days(Deadline.CLAIM, None, 30, "the supplier knew, or ought to have known", ACT_BEGINS, "106"),
    Period(
        Deadline.PERFORMANCE_NOTICE, False, 0, 12, _ENTERED, ACT_BEGINS, None,
        "Procurement Act 2023, section 71 (in force 1 January 2026)",
    ),
)  # fmt: skip


def period_for(
    deadline: Deadline, event_on: date, *, light_touch: bool = False, table: Sequence[Period] = PERIODS
) -> Period:
    """The row in force on the day of the event. `BadFigure` where there is no such duty then."""
    for row in table:
        in_force = row.from_on <= event_on and (row.until_on is None or event_on <= row.until_on)
        if row.deadline is deadline and in_force and row.light_touch in (None, light_touch):
            return row
    kind = "a light touch contract" if light_touch else "a contract"
    raise BadFigure(f"No {deadline} is due for {kind} on {words.day(event_on)} under the law held here.")


def due(deadline: Deadline, event_on: date, *, light_touch: bool = False, table: Sequence[Period] = PERIODS) -> Working:
    """Last day to do it. Weekends and bank holidays count, and the period does not run on from one."""
    row = period_for(deadline, event_on, light_touch=light_touch, table=table)
    return _counted_in_months(row, event_on) if row.months else _counted_in_days(row, event_on)


def details_notice_due(entered_on: date, *, light_touch: bool = False, table: Sequence[Period] = PERIODS) -> Working:
    """Last day to publish the contract details notice: 30 days beginning with entry, 120 if light touch. s.53(1).

    A notifiable contract below threshold has no number of days: "as soon as reasonably practicable", s.87(3).
    """
    return due(Deadline.DETAILS_NOTICE, entered_on, light_touch=light_touch, table=table)


def contract_copy_due(entered_on: date, *, light_touch: bool = False, table: Sequence[Period] = PERIODS) -> Working:
    """Last day to publish the contract itself, where it is over £5 million: 90 days, 180 if light touch. s.53(3)."""
    return due(Deadline.CONTRACT_COPY, entered_on, light_touch=light_touch, table=table)


def termination_notice_due(ended_on: date, *, table: Sequence[Period] = PERIODS) -> Working:
    """Last day to publish the contract termination notice: 30 days beginning with the last day. Expiry counts. s.80."""
    return due(Deadline.TERMINATION_NOTICE, ended_on, table=table)


def _counted_in_days(row: Period, event_on: date) -> Working:
    days = [DayRow(event_on + timedelta(days=n), n + 1) for n in range(row.days)]
    days[0] = replace(days[0], why=f"The day {row.event}")
    days[-1] = replace(days[-1], why="Last day")
    rule = f"{row.days} days beginning with the day {row.event}. That day is day 1, and every day counts."
    return Working(days_beginning_with(event_on, row.days), tuple(days), rule, row.source, unchecked=row.unchecked)


def _counted_in_months(row: Period, event_on: date) -> Working:
    last = last_day_of_months_beginning(event_on, row.months)
    days = (DayRow(event_on, None, f"The day {row.event}"), DayRow(last, None, "Last day"))
    rule = f"{words.sentence(words.months_label(row.months))} beginning with the day {row.event}."
    return Working(last, days, rule, row.source, unchecked=row.unchecked)


# ── how long bidders must have ──


class BidPeriod(StrEnum):
    """What suppliers are given time for: asking to take part, or tendering."""

    PARTICIPATION = "participation period"
    TENDERING = "tendering period"


class Circumstance(StrEnum):
    """What shortens or lengthens the time suppliers must have."""

    LIGHT_TOUCH = "light touch contract"
    URGENCY = "state of urgency"
    NEGOTIATED = "period agreed with pre-selected suppliers"
    PRESELECTED = "only pre-selected suppliers may tender"
    PLANNED_NOTICE = "qualifying planned procurement notice"
    DYNAMIC_MARKET = "award under a dynamic market"
    ELECTRONIC = "electronic tenders, all documents with the notice"
    ELECTRONIC_DOCUMENTS_LATER = "electronic tenders, documents not all with the notice"
    PAPER = "tenders not electronic, all documents with the notice"
    PAPER_DOCUMENTS_LATER = "tenders not electronic, documents not all with the notice"
    ORDINARY = "no special circumstance"


@dataclass(frozen=True)
class MinimumPeriod:
    """The fewest calendar days suppliers must have in one circumstance; 0 where the Act sets none."""

    period: BidPeriod
    circumstance: Circumstance
    days: int
    from_on: date = ACT_BEGINS
    source: str = "Procurement Act 2023, section 54"
    until_on: date | None = None
    unchecked: bool = False


MINIMUM_PERIODS: tuple[MinimumPeriod, ...] = (
    MinimumPeriod(BidPeriod.PARTICIPATION, Circumstance.LIGHT_TOUCH, 0),
    MinimumPeriod(BidPeriod.PARTICIPATION, Circumstance.URGENCY, 10),
    MinimumPeriod(BidPeriod.PARTICIPATION, Circumstance.ORDINARY, 25),
    MinimumPeriod(BidPeriod.TENDERING, Circumstance.LIGHT_TOUCH, 0),
    MinimumPeriod(BidPeriod.TENDERING, Circumstance.NEGOTIATED, 0),
    MinimumPeriod(BidPeriod.TENDERING, Circumstance.PRESELECTED, 10),
    MinimumPeriod(BidPeriod.TENDERING, Circumstance.PLANNED_NOTICE, 10),
    MinimumPeriod(BidPeriod.TENDERING, Circumstance.URGENCY, 10),
    MinimumPeriod(BidPeriod.TENDERING, Circumstance.DYNAMIC_MARKET, 10),
    MinimumPeriod(BidPeriod.TENDERING, Circumstance.ELECTRONIC, 25),
    MinimumPeriod(BidPeriod.TENDERING, Circumstance.ELECTRONIC_DOCUMENTS_LATER, 30),
    MinimumPeriod(BidPeriod.TENDERING, Circumstance.PAPER, 30),
    MinimumPeriod(BidPeriod.TENDERING, Circumstance.PAPER_DOCUMENTS_LATER, 35),
)


def minimum_period(
    circumstances: Collection[Circumstance],
    period: BidPeriod = BidPeriod.TENDERING,
    *,
    notice_on: date | None = None,
    table: Sequence[MinimumPeriod] = MINIMUM_PERIODS,
) -> MinimumPeriod:
    """The shortest row that applies: that one governs. `BadFigure` where none of the circumstances has a row.

    `notice_on` chooses among rows of different times; without it every row is looked at, as the shipped ones may be.
    """
    rows = [
        row for row in table if row.period is period and row.circumstance in circumstances and _holds(row, notice_on)
    ]
    if not rows:
        raise BadFigure(f"Say how tenders will be made, so that the shortest {period} can be worked out.")
    return min(rows, key=lambda row: row.days)


def _holds(row: MinimumPeriod, on: date | None) -> bool:
    """Whether a row is in force for a notice of a day; the oldest holds for what came before it, too."""
    if on is None:
        return True
    return (row.from_on <= on or row.from_on == ACT_BEGINS) and (row.until_on is None or on <= row.until_on)


def earliest_deadline(
    notice_on: date,
    circumstances: Collection[Circumstance],
    period: BidPeriod = BidPeriod.TENDERING,
    *,
    table: Sequence[MinimumPeriod] = MINIMUM_PERIODS,
) -> Working:
    """Earliest lawful deadline: the period begins on the day after the notice and ends on the deadline. s.54.

    A floor, not advice. Where the Act sets no period the answer is the day of the notice: the time must be reasonable.
    """
    row = minimum_period(circumstances, period, notice_on=notice_on, table=table)
    days = [DayRow(notice_on, None, "Notice published")]
    days += [DayRow(notice_on + timedelta(days=n), n) for n in range(1, row.days + 1)]
    if row.days:
        days[-1] = replace(days[-1], why="Earliest deadline")
    rule = (
        f"At least {row.days} days ({row.circumstance}). The day after the notice is day 1, and every day counts."
        if row.days
        else f"The Act sets no shortest period ({row.circumstance}). The time must still be reasonable."
    )
    return Working(days[-1].day, tuple(days), rule, row.source, unchecked=row.unchecked)


def deadline_advice(deadline_on: date, england: Calendar) -> str | None:
    """What speaks against a lawful deadline, in a sentence; None where nothing does."""
    why = why_not_working(deadline_on, england)
    if why is None:
        return None
    return f"{words.weekday(deadline_on)} is no working day ({why}). A later deadline is wiser."


@dataclass(frozen=True)
class PlannedNoticeWindow:
    """How long before the tender notice a planned procurement notice must have stood to shorten the tender period."""

    days: int
    months: int
    from_on: date
    source: str


PLANNED_NOTICE_WINDOW = PlannedNoticeWindow(40, 12, ACT_BEGINS, "Procurement Act 2023, section 15(3)")


def planned_notice_qualifies(planned_on: date, tender_on: date) -> bool:
    """True from 40 days to 12 months before the tender notice, both included. s.15."""
    window = PLANNED_NOTICE_WINDOW
    return planned_on + timedelta(days=window.days) <= tender_on <= months_after(planned_on, window.months)


# ── clear days before a meeting ──


@dataclass(frozen=True)
class ClearDays:
    """Whole days that must lie between a publication and a meeting."""

    what: str
    days: int
    working: bool
    from_on: date
    source: str
    unchecked: bool = False


_EXECUTIVE = (
    "Local Authorities (Executive Arrangements) (Meetings and Access to Information) (England) Regulations 2012"
)
_2012 = date(2012, 9, 10)

KEY_DECISION_NOTICE = ClearDays("notice of a key decision", 28, False, _2012, f"{_EXECUTIVE}, regulation 9")
GENERAL_EXCEPTION_NOTICE = ClearDays("general exception notice", 5, True, _2012, f"{_EXECUTIVE}, regulation 10", True)
AGENDA = ClearDays("agenda and reports", 5, True, _2012, f"{_EXECUTIVE}, regulation 7", True)


def key_decision_notice_by(meeting_on: date) -> Working:
    """Last day to publish notice of a key decision: 28 clear days, every day counted. 2012 Regulations reg 9."""
    return _clear_of(KEY_DECISION_NOTICE, meeting_on, clear_days_before(meeting_on, KEY_DECISION_NOTICE.days), None)


def agenda_by(meeting_on: date, england: Calendar) -> Working:
    """Last working day to publish the agenda and reports: 5 clear working days."""
    return _clear_working(AGENDA, meeting_on, england)


def general_exception_by(decision_on: date, england: Calendar) -> Working:
    """Last working day to tell the chair of scrutiny where 28 days are impracticable: 5 clear days. reg 10."""
    return _clear_working(GENERAL_EXCEPTION_NOTICE, decision_on, england)


def _clear_working(row: ClearDays, meeting_on: date, england: Calendar) -> Working:
    official = england.official()
    return _clear_of(row, meeting_on, clear_working_days_before(meeting_on, row.days, official), official)


def _clear_of(row: ClearDays, meeting_on: date, publish_by: date, calendar: Calendar | None) -> Working:
    """The rows of the count, from the last day to publish to the meeting, with the days between numbered."""
    rows = [DayRow(publish_by, None, "Last day to publish")]
    counted, day = 0, publish_by + ONE_DAY
    while day < meeting_on:
        why = why_not_working(day, calendar) if calendar else None
        counted += why is None
        rows.append(DayRow(day, counted if why is None else None, why or ""))
        day += ONE_DAY
    rows.append(DayRow(meeting_on, None, "Meeting"))
    kind = "clear working days" if row.working else "clear days"
    return Working(
        answer=publish_by,
        days=tuple(rows),
        rule=f"{row.days} {kind} between the {row.what} and the meeting. Neither end counts.",
        source=row.source,
        calendar=calendar.edition if calendar else "",
        unchecked=row.unchecked,
    )
