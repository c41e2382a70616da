"""How the council's dated rows stand on a day, and how its quote bands must fit together."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Protocol, TypeVar

from procure import words
from procure.refusals import BadFigure


class Dated(Protocol):
    """A rule that holds from a day to a day; `until_on` None while nobody has ended it."""

    @property
    def from_on(self) -> date: ...

    @property
    def until_on(self) -> date | None: ...


class Begins(Protocol):
    """A rule that holds from a day until the next one begins."""

    @property
    def from_on(self) -> date: ...


OneDated = TypeVar("OneDated", bound=Dated)
OneBegun = TypeVar("OneBegun", bound=Begins)


def by_day(rows: Iterable[OneDated], day: date) -> tuple[list[OneDated], list[OneDated], list[OneDated]]:
    """Rows in force on a day, those to come, and those that are over, each in the order given."""
    given = list(rows)
    to_come = [row for row in given if row.from_on > day]
    over = [row for row in given if row.until_on is not None and row.until_on < day and row.from_on <= day]
    return [row for row in given if row not in to_come and row not in over], to_come, over


def in_turn(rows: Iterable[OneBegun], day: date) -> tuple[OneBegun | None, list[OneBegun], list[OneBegun]]:
    """The row in force on a day, where each holds until the next begins; those to come; those past, newest first."""
    given = sorted(rows, key=lambda row: row.from_on)
    begun = [row for row in given if row.from_on <= day]
    return (begun[-1] if begun else None), given[len(begun) :], begun[-2::-1] if len(begun) > 1 else []


def may_begin_on(from_on: date, today: date) -> str | None:
    """Why a rule may not begin on a day, or None. Rules are dated and never reach back (domain 5, rule 10)."""
    return "A rule can’t begin in the past. Enter today or a later day." if from_on < today else None


def may_end_on(until_on: date, from_on: date, today: date) -> str | None:
    """Why a rule may not end on a day, or None: what was done under it stays right."""
    if until_on < today:
        return "The last day can’t be in the past. Enter today or a later day."
    return "The last day can’t be before the first." if until_on < from_on else None


@dataclass(frozen=True)
class Band:
    """A stretch of values without VAT, from a day to a day. `below_net` and `until_on` are None where it is open."""

    from_net: Decimal
    below_net: Decimal | None
    from_on: date
    until_on: date | None

    def covers(self, day: date) -> bool:
        """Whether the band is in force on a day."""
        return self.from_on <= day and (self.until_on is None or day <= self.until_on)

    def meets(self, other: Band) -> bool:
        """Whether two bands claim the same value on the same day."""
        values = (self.below_net is None or other.from_net < self.below_net) and (
            other.below_net is None or self.from_net < other.below_net
        )
        days = (self.until_on is None or other.from_on <= self.until_on) and (
            other.until_on is None or self.from_on <= other.until_on
        )
        return values and days


def gap_in(bands: Iterable[Band], day: date) -> str | None:
    """Which values no band covers on a day, in words; None where all are covered."""
    reached: Decimal | None = Decimal(0)
    for band in sorted((band for band in bands if band.covers(day)), key=lambda band: band.from_net):
        if reached is None:
            return None
        if band.from_net > reached:
            return f"No band covers {words.pounds(reached)} to {words.pounds(band.from_net)}."
        reached = None if band.below_net is None else max(reached, band.below_net)
    return None if reached is None else f"No band covers {words.pounds(reached)} and more."


_DAYS = ("%d %B %Y", "%d %b %Y", "%A %d %B %Y", "%d/%m/%Y", "%Y-%m-%d", "%d.%m.%Y")


def days_in(lines: Iterable[str]) -> list[date]:
    """The days of a list, one to a line, as 15 September 2026 or 15/9/2026. `BadFigure` for a line that is none."""
    found = []
    for number, line in enumerate(lines, start=1):
        text = " ".join(line.replace(",", " ").split())
        if text:
            found.append(_day_in(text, number))
    if not found:
        raise BadFigure("Enter at least one day.", field="days")
    return found


def _day_in(text: str, number: int) -> date:
    for shape in _DAYS:
        with suppress(ValueError):
            return datetime.strptime(text, shape).replace(tzinfo=UTC).date()
    raise BadFigure(f"Line {number} is no day: {text[:40]}. Write it as 15 September 2026.", field="days")
