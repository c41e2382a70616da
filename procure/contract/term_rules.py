"""The days of a contract that follow from its terms: when it rolls on, and by when notice is given."""

from __future__ import annotations

from datetime import date

from procure.contract.rules import ONE_DAY
from procure.law.working_days import last_day_of_months_beginning, months_before

MOST_NOTICE_MONTHS = 36
"""The longest notice a contract is recorded with."""


def notice_by(ends_on: date, notice_months: int) -> date:
    """Last day to give notice so that a contract ends on a day: so many months before it, clipped to a month’s end."""
    return months_before(ends_on, notice_months)


def rolled(ends_on: date, roll_months: int, today: date, notice_months: int = 0) -> date:
    """The next day on which a rolling contract can still be stopped by notice, given that nobody has given any.

    Every roll is counted from the same day, so that a contract rolling from 30 January keeps to ends of months.
    """
    rolls, found = 0, ends_on
    while notice_by(found, notice_months) < today:
        rolls += 1
        found = last_day_of_months_beginning(ends_on + ONE_DAY, rolls * roll_months)
    return found
