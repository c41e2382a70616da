"""The pause before signing, in which those who lost can challenge.

Under the Act: eight working days, leaving out a bank holiday in any part of the UK, with the day of publication as the
first. Under the 2015 Regulations: ten calendar days after the letters, running on to a working day.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from procure import words
from procure.law.regimes import Regime
from procure.law.working_days import (
    ONE_DAY,
    Calendar,
    DayRow,
    Working,
    count_from,
    why_not_working,
)
from procure.refusals import BadFigure


@dataclass(frozen=True)
class StandstillRule:
    """How long the pause lasts for procurements started from a day on."""

    regime: Regime
    days: int
    from_on: date
    until_on: date | None
    rule: str
    """The rule in words, with {days} for the number."""
    source: str
    unchecked: bool = False


STANDSTILLS: tuple[StandstillRule, ...] = (
    StandstillRule(
        Regime.PA2023,
        8,
        date(2025, 2, 24),
        None,
        "{days} working days, counted from the day the award notice is published. That day is day 1, or the next "
        "working day is where it is none. A bank holiday anywhere in the United Kingdom is left out.",
        "Procurement Act 2023, section 51; working day: section 123",
    ),
    StandstillRule(
        Regime.PCR2015,
        10,
        date(2015, 2, 26),
        date(2025, 2, 23),
        "{days} days, every day counted, from the day after the letters were sent. Where the last one is no "
        "working day it runs on to the next.",
        "Public Contracts Regulations 2015, regulation 87",
        unchecked=True,
    ),
)


def standstill_rule(
    regime: Regime, started_on: date | None = None, table: Sequence[StandstillRule] = STANDSTILLS
) -> StandstillRule:
    """The rule of a law for a procurement started on a day. Without a day, or before the first row, the oldest."""
    rows = sorted((row for row in table if row.regime is regime), key=lambda row: row.from_on)
    return next((row for row in reversed(rows) if started_on is not None and row.from_on <= started_on), rows[0])


UNDER_THE_ACT = standstill_rule(Regime.PA2023)
"""The shipped rule of the Act."""


@dataclass(frozen=True)
class Standstill:
    """The pause, from its last day to the first on which the contract may be entered into."""

    ends_on: date
    """Last day of the pause: nobody may sign before midnight at its end."""
    earliest_signing_on: date
    """The calendar day after, be it a Saturday."""
    working: Working


def standstill(
    published_on: date,
    uk_any: Calendar,
    *,
    stated_days: int | None = None,
    row: StandstillRule = UNDER_THE_ACT,
) -> Standstill:
    """Standstill under the Act; the day of publication counts as the first. Procurement Act 2023 s.51.

    `stated_days` is a longer period the award notice states, which then binds; `BadFigure` for a shorter one. `row` is
    the rule of the day on which the procurement started.
    """
    days = row.days if stated_days is None else stated_days
    if days < row.days:
        raise BadFigure(
            f"A standstill cannot be shorter than {words.number_word(row.days)} working days.", field="stated_days"
        )
    rows = list(count_from(published_on, days, uk_any.official()))
    rows[0] = replace(rows[0], why=_with_event("Award notice published", rows[0].why))
    rows[-1] = replace(rows[-1], why=_with_event(rows[-1].why, "Ends at midnight"))
    return _standstill(row, days, rows, uk_any)


def standstill_2015(letters_sent_on: date, uk_any: Calendar) -> Standstill:
    """Standstill under the old law, after letters sent electronically: the day after is day 1. PCR 2015 reg 87."""
    row = standstill_rule(Regime.PCR2015)
    official = uk_any.official()
    rows = [DayRow(letters_sent_on, None, "Letters sent")]
    rows += [DayRow(letters_sent_on + timedelta(days=n), n) for n in range(1, row.days + 1)]
    why = why_not_working(rows[-1].day, official)
    if why:
        rows[-1] = replace(rows[-1], why=f"{why}, so the period runs on")
        rows += [replace(day, counted=None) for day in count_from(rows[-1].day + ONE_DAY, 1, official)]
    rows[-1] = replace(rows[-1], why="Ends at midnight")
    return _standstill(row, row.days, rows, uk_any)


def _standstill(row: StandstillRule, days: int, rows: list[DayRow], uk_any: Calendar) -> Standstill:
    ends_on = rows[-1].day
    working = Working(
        answer=ends_on,
        days=tuple(rows),
        rule=row.rule.format(days=words.sentence(words.number_word(days))),
        source=row.source,
        calendar=uk_any.edition,
        unchecked=row.unchecked,
    )
    return Standstill(ends_on, ends_on + ONE_DAY, working)


def _with_event(*parts: str) -> str:
    return ". ".join(part for part in parts if part)
