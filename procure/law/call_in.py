"""The pause after a decision is published, in which members can call it in.

How many days is each council's own; most give five. England's bank holidays are left out, and Scotland's are not.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from procure import words
from procure.law.working_days import Calendar, DayRow, Working, count_after, next_working_day
from procure.refusals import BadFigure

USUAL_DAYS = 5
"""What most constitutions give; a council's own number goes before it."""
SOURCE = "The council's constitution; Local Government Act 2000, section 9F"


@dataclass(frozen=True)
class CallIn:
    """The period and the day the decision takes effect if nobody calls it in."""

    ends_on: date
    effective_on: date
    working: Working


def call_in(published_on: date, england: Calendar, days: int = USUAL_DAYS) -> CallIn:
    """Call-in period, in working days after publication; the decision takes effect on the working day after its last.

    `england` may carry the council's closure days. `BadFigure` for less than one day.
    """
    if days < 1:
        raise BadFigure("A call-in period lasts at least one working day.", field="days")
    official = england.official()
    rows = [DayRow(published_on, None, "Decision published"), *count_after(published_on, days, official)]
    rows[-1] = replace(rows[-1], why="Ends at the end of the day")
    ends_on = rows[-1].day
    working = Working(
        answer=ends_on,
        days=tuple(rows),
        rule=f"{words.sentence(words.number_word(days))} working {'day' if days == 1 else 'days'} after the day the "
        "decision is published. It takes effect on the working day after the last of them.",
        source=SOURCE,
        calendar=england.edition,
    )
    return CallIn(ends_on, next_working_day(ends_on, official), working)
