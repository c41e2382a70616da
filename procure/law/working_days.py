"""Counting days as the law counts them, and showing the count.

Two calendars matter: the Act leaves out a bank holiday in any part of the UK, a council's own periods leave out
England's. A count outside the days for which bank holidays have been published is refused; a planning calendar
(see `calendars.planning_calendar`) goes on past them and says that its answer is provisional.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from types import MappingProxyType
from zoneinfo import ZoneInfo

from procure import words
from procure.refusals import BeyondOfficialCalendar

ONE_DAY = timedelta(days=1)
SATURDAY = 5
LONDON = ZoneInfo("Europe/London")


@dataclass(frozen=True, eq=False)
class Calendar:
    """The days that are not working days, and how far anyone knows them. Weekends need no entry."""

    name: str
    """Whose bank holidays: "England", "the United Kingdom"."""
    holidays: Mapping[date, str]
    """Day to name in words, as "St Andrew’s Day, bank holiday in Scotland"."""
    known_until: date
    """Last day for which bank holidays have been published."""
    known_from: date = date.min
    source: str = ""
    """Where the list came from, in words a page can show."""
    version: str = ""
    """Which edition of that list: shown beside every date worked out from it."""
    nations: tuple[str, ...] = ()
    """The parts of the UK whose holidays count, as `calendars` names them."""
    planned_from: date | None = None
    planned_until: date | None = None
    """How far a planning calendar goes on without official data; None for an official one."""

    def covers(self, day: date) -> bool:
        """True where the calendar can say whether a day is worked, officially or for planning."""
        return (self.planned_from or self.known_from) <= day <= (self.planned_until or self.known_until)

    def knows(self, day: date) -> bool:
        """True where the answer for this day rests on published bank holidays."""
        return self.known_from <= day <= self.known_until

    def official(self) -> Calendar:
        """The same calendar without its planning years: the only one a legal deadline may be counted on."""
        return replace(self, planned_from=None, planned_until=None)

    def also_closed(self, days: Mapping[date, str], noted_as: str = "the council’s closure days") -> Calendar:
        """The same calendar with a council's closure days, or a bank holiday proclaimed since, left out too."""
        version = f"{self.version}, and {noted_as}".removeprefix(", and ") if days else self.version
        return replace(self, holidays=MappingProxyType({**self.holidays, **days}), version=version)

    @property
    def edition(self) -> str:
        """Source and version in one line, to stand beneath a count."""
        return f"{self.source} ({self.version})" if self.version else self.source


@dataclass(frozen=True)
class DayRow:
    """One line of a count."""

    day: date
    counted: int | None
    """Which day of the period it is; None where it is not counted."""
    why: str = ""
    """Why it is not counted, or what happened on it; empty for an ordinary counted day."""


@dataclass(frozen=True)
class Working:
    """A date with the count that led to it, so that a page can show "How is this worked out?"."""

    answer: date
    days: tuple[DayRow, ...]
    rule: str
    source: str
    calendar: str = ""
    """Which list of bank holidays was used; empty where every day counts."""
    provisional: bool = False
    """True where the count rests on bank holidays that nobody has published yet."""
    unchecked: bool = False
    """True where the figure was not confirmed in the text of the law."""


# ── one day ──


def is_working_day(day: date, calendar: Calendar) -> bool:
    """True for a weekday that is no holiday. `BeyondOfficialCalendar` where the calendar cannot say."""
    return why_not_working(day, calendar) is None


def why_not_working(day: date, calendar: Calendar) -> str | None:
    """Why it is no working day: "Weekend", "St Andrew’s Day, bank holiday in Scotland"; None if it is one."""
    _require(day, calendar)
    if day.weekday() >= SATURDAY:
        return "Weekend"
    return calendar.holidays.get(day)


def previous_working_day(day: date, calendar: Calendar) -> date:
    """The last working day before this one."""
    return subtract_working_days(day, 1, calendar)


def next_working_day(day: date, calendar: Calendar) -> date:
    """The first working day after this one."""
    return add_working_days(day, 1, calendar)


def working_day_on_or_before(day: date, calendar: Calendar) -> date:
    """The day itself if it is worked, else the working day before it: when a letter due on this day is sent."""
    return day if is_working_day(day, calendar) else previous_working_day(day, calendar)


def working_day_on_or_after(day: date, calendar: Calendar) -> date:
    """The day itself if it is worked, else the next working day."""
    return nth_working_day_from(day, 1, calendar)


def legal_day(at: datetime) -> date:
    """The Europe/London date of a moment: 23:30 UTC in June is already tomorrow. ValueError without a time zone."""
    if at.tzinfo is None:
        raise ValueError("a moment must say its zone before it has a legal day")
    return at.astimezone(LONDON).date()


# ── counting working days ──


def nth_working_day_from(start: date, n: int, calendar: Calendar) -> date:
    """The nth working day where the start counts as the first, if it is worked: how a standstill is counted."""
    return count_from(start, n, calendar)[-1].day


def add_working_days(start: date, n: int, calendar: Calendar) -> date:
    """n working days after a day; the day after is day 1, and 0 gives the day itself: how a call-in is counted."""
    return count_after(start, n, calendar)[-1].day if n else start


def subtract_working_days(start: date, n: int, calendar: Calendar) -> date:
    """n working days before a day; the day before is day 1, and 0 gives the day itself."""
    if n < 0:
        raise ValueError("working days are counted in whole numbers from 0")
    day = start
    while n:
        day -= ONE_DAY
        n -= is_working_day(day, calendar)
    return day


def working_days_between(first: date, last: date, calendar: Calendar) -> int:
    """How many working days lie from one day to another, both counted."""
    return sum(is_working_day(day, calendar) for day in _days(first, last))


def count_from(start: date, n: int, calendar: Calendar) -> tuple[DayRow, ...]:
    """Every day from the start to the nth working day, each with its number or why it has none."""
    if n < 1:
        raise ValueError("a period lasts at least one day")
    rows: list[DayRow] = []
    counted, day = 0, start
    while counted < n:
        why = why_not_working(day, calendar)
        counted += why is None
        rows.append(DayRow(day, counted if why is None else None, why or ""))
        day += ONE_DAY
    return tuple(rows)


def count_after(start: date, n: int, calendar: Calendar) -> tuple[DayRow, ...]:
    """Every day after the start up to the nth working day: the start itself is not in the count."""
    return count_from(start + ONE_DAY, n, calendar)


# ── counting calendar days and months ──


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier, clipped to the end of a shorter month: 31 March less 1 is 28 February."""
    return months_after(day, -months)


def months_after(day: date, months: int) -> date:
    """The same day so many months later, clipped to the end of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, _last_day_of(year, month + 1)))


def last_day_of_months_beginning(start: date, months: int) -> date:
    """Last day of a period of months beginning with a day: 12 months beginning 15 June end on 14 June."""
    anniversary = months_after(start, months)
    return anniversary if anniversary.day != start.day else anniversary - ONE_DAY


def days_beginning_with(start: date, n: int) -> date:
    """Last day of "n days beginning with" a day: that day is day 1, so 30 days end 29 days later."""
    return start + timedelta(days=n - 1)


def clear_days_before(meeting: date, n: int) -> date:
    """Last day to act so that n whole days lie between it and the meeting."""
    return meeting - timedelta(days=n + 1)


def clear_working_days_before(meeting: date, n: int, calendar: Calendar) -> date:
    """Last working day to act so that n whole working days lie between it and the meeting."""
    return subtract_working_days(meeting, n + 1, calendar)


# ── the parts they share ──


def _require(day: date, calendar: Calendar) -> None:
    if calendar.covers(day):
        return
    held_from = calendar.planned_from or calendar.known_from
    if day < held_from:
        known = f"are not held before {words.day(held_from)}"
    else:
        known = f"are known only up to {words.day(calendar.planned_until or calendar.known_until)}"
    raise BeyondOfficialCalendar(
        f"Bank holidays in {calendar.name} {known}, so a date that depends on {words.day(day)} cannot be worked out.",
        who_can="an administrator, when GOV.UK has published the bank holidays of that year",
    )


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=n) for n in range((last - first).days + 1))


def _last_day_of(year: int, month: int) -> int:
    following = date(year + month // 12, month % 12 + 1, 1)
    return (following - ONE_DAY).day
