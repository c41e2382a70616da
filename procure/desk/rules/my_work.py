"""My work as sentences and weeks: pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from procure import words
from procure.procurement.rules import Waiting


@dataclass(frozen=True)
class Item:
    """A thing that waits, as the list shows it."""

    what: str
    href: str
    file: str
    when: str
    day: date | str
    late: bool
    who: str = ""
    chase_url: str = ""


def items(waiting: Sequence[Waiting], today: date) -> list[Item]:
    """Things that wait, overdue first because they come first by date."""
    return [
        Item(
            one.what,
            one.href,
            one.file,
            words.sentence(words.in_words(one.day, today)) if one.day else "No date set",
            one.day or "",
            one.day is not None and one.day < today,
            one.who,
            one.chase,
        )
        for one in waiting
    ]


def first_line(waiting: Sequence[Waiting], today: date) -> tuple[str, str]:
    """ "3 things wait for you." and "The first is due tomorrow." """
    if not waiting:
        return "Nothing waits for you.", ""
    count = len(waiting)
    said = (
        f"{words.sentence(words.number_word(count))} things wait for you." if count > 1 else "One thing waits for you."
    )
    dated = [one.day for one in waiting if one.day is not None]
    if not dated:
        return said, ""
    first = min(dated)
    subject = "The first" if count > 1 else "It"
    if first < today:
        return said, f"{subject} is {_late(first, today)}."
    return said, f"{subject} is due {words.in_words(first, today)}."


def _late(day: date, today: date) -> str:
    days = (today - day).days
    return "one day late" if days == 1 else f"{words.number_word(days)} days late"


@dataclass(frozen=True)
class DayOf:
    """A date within a week."""

    day: str
    what: str
    href: str | None = None


@dataclass
class Week:
    """One of the next eight weeks."""

    label: str
    is_now: bool
    days: list[DayOf] = field(default_factory=list)


def next_weeks(dates: Sequence[tuple[date, str, str | None]], today: date, count: int = 8) -> list[Week]:
    """The next eight weeks, Monday to Sunday, each with its dates."""
    monday = today - timedelta(days=today.weekday())
    weeks = []
    for number in range(count):
        start = monday + timedelta(weeks=number)
        end = start + timedelta(days=6)
        week = Week(_label(start, end, number == 0), number == 0)
        week.days = [
            DayOf(f"{words.weekday(day)[:3]} {day.day}", what, href)
            for day, what, href in sorted(dates, key=lambda found: (found[0], found[1]))
            if start <= day <= end and day >= today
        ]
        weeks.append(week)
    return weeks


def _label(start: date, end: date, is_now: bool) -> str:
    first = str(start.day) if start.month == end.month else words.short(start)
    return f"This week, {first} to {words.short(end)}" if is_now else f"{first} to {words.short(end)}"
