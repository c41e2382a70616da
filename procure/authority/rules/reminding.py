"""When the house reminds by itself: once before a view is due, once before a signature is, and the morning after."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from procure.law.working_days import Calendar, next_working_day, previous_working_day


def chase_on(due_on: date, asked_on: date, calendar: Calendar) -> date:
    """The day of the one chase: the working day before the answer is due, yet never the day on which it was asked."""
    before = max(previous_working_day(due_on, calendar), next_working_day(asked_on, calendar))
    return min(before, due_on)


def is_to_be_chased(
    *, due_on: date, asked_on: date, is_chased: bool, is_answered: bool, today: date, calendar: Calendar
) -> bool:
    """Whether a view is to be chased today, or was to be on a day that was missed. Nobody is chased twice."""
    return not is_answered and not is_chased and chase_on(due_on, asked_on, calendar) <= today


class Reminding(StrEnum):
    """What the decision maker is told about the day to sign by."""

    SOON = "soon"
    PASSED = "passed"


def reminder_to_sign(sign_by_on: date | None, sent_on: date, today: date, calendar: Calendar) -> Reminding | None:
    """Which reminder the decision maker is owed: from the working day before, and again once the day has passed.

    None on the day on which it was sent to them: that letter says it all.
    """
    if sign_by_on is None or today <= sent_on:
        return None
    if today > sign_by_on:
        return Reminding.PASSED
    return Reminding.SOON if previous_working_day(sign_by_on, calendar) <= today else None


def is_told_late(due_on: date, today: date) -> bool:
    """Whether the case officer is told who is silent: from the morning after the day to answer."""
    return due_on < today
