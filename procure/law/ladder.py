"""When to warn that a contract is ending, so that nobody has to buy in a hurry."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from procure import words
from procure.law.working_days import (
    Calendar,
    is_working_day,
    months_before,
    why_not_working,
    working_day_on_or_before,
)

RUNGS = (18, 12, 9, 6, 3)
"""Months before the current end: the client's list, and usual practice. A council may hand down its own."""


@dataclass(frozen=True)
class Rung:
    """One warning: when it is due, and when its letter goes."""

    months: int
    due_on: date
    """So many months before the end, clipped to the end of a shorter month."""
    send_on: date
    """The due day, or the working day before it."""
    moved_because: str | None
    """Why it is sent before it is due, in words; None where it is not."""
    provisional: bool
    """True where the bank holidays of that time are not published yet."""


def ladder(ends_on: date, england: Calendar, months: Iterable[int] = RUNGS) -> tuple[Rung, ...]:
    """The warnings before an end date, the earliest first.

    Hand it a planning calendar: an official one refuses an end beyond the published bank holidays.
    """
    return tuple(rung(ends_on, each, england) for each in sorted(months, reverse=True))


def rung(before: date, months: int, england: Calendar) -> Rung:
    """One warning before any date that must be kept: an end, a break, the last day to use an option."""
    due_on = months_before(before, months)
    send_on = working_day_on_or_before(due_on, england)
    return Rung(
        months=months,
        due_on=due_on,
        send_on=send_on,
        moved_because=None if is_working_day(due_on, england) else _why_moved(due_on, england),
        provisional=not (england.knows(due_on) and england.knows(send_on)),
    )


def _why_moved(due_on: date, england: Calendar) -> str:
    why = why_not_working(due_on, england)
    return f"{words.weekday(due_on)} is no working day: {words.sentence(why or '')}"
