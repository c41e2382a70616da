"""Every dated figure of the law on one list, and the tables as a council's later rows extend them.

A row holds until the next row of the same figure begins; nothing that is added reaches back before its first day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import Protocol, TypeVar

from procure import words
from procure.law.periods import ACT_BEGINS, MINIMUM_PERIODS, PERIODS, BidPeriod, MinimumPeriod, Period
from procure.law.regimes import Regime
from procure.law.standstill import STANDSTILLS, StandstillRule
from procure.law.thresholds import CONTRACT_KINDS, THRESHOLDS, Comparison, Line, Threshold
from procure.law.timetable import OPEN_PROCEDURE, Count, Step, with_durations
from procure.law.working_days import ONE_DAY

USUAL_PRACTICE = "Usual practice; no law sets it"


class Unit(StrEnum):
    """What a figure counts."""

    POUNDS = "pounds"
    DAYS = "days"
    WORKING_DAYS = "working days"
    MONTHS = "months"


@dataclass(frozen=True)
class Added:
    """A later row of a figure: from a day on, by a source."""

    figure: str
    """The key of the figure, as `FIGURES` names it."""
    amount: Decimal
    from_on: date
    source: str
    comparison: Comparison | None = None
    """None leaves the test of the row before it."""
    unchecked: bool = False


@dataclass(frozen=True)
class Tables:
    """The dated tables of the law that can be extended."""

    thresholds: tuple[Threshold, ...] = THRESHOLDS
    periods: tuple[Period, ...] = PERIODS
    minimum_periods: tuple[MinimumPeriod, ...] = MINIMUM_PERIODS
    standstills: tuple[StandstillRule, ...] = STANDSTILLS
    steps: tuple[Step, ...] = OPEN_PROCEDURE
    """How long each stage of a purchase takes this council: a forecast, so the newest row counts."""


SHIPPED = Tables()


@dataclass(frozen=True)
class FigureRow:
    """One dated row of a figure as a page shows it."""

    amount: Decimal
    from_on: date
    until_on: date | None
    source: str
    comparison: Comparison | None = None
    unchecked: bool = False
    is_added: bool = False

    def covers(self, day: date) -> bool:
        """Whether the row is in force on a day."""
        return self.from_on <= day and (self.until_on is None or day <= self.until_on)


@dataclass(frozen=True)
class Figure:
    """A figure that can change: its name, what it counts, and its rows as they ship, the oldest first."""

    key: str
    group: str
    label: str
    unit: Unit
    shipped: tuple[FigureRow, ...]
    rests_on_start: bool
    """True where the row is chosen by the day the procurement started; else by the day of the event."""

    def said(self, amount: Decimal, comparison: Comparison | None = None) -> str:
        """The amount in words: £207,720 or more; 30 days."""
        if self.unit is not Unit.POUNDS and not amount:
            return "none set"
        if self.unit is not Unit.POUNDS:
            return words.plural(int(amount), self.unit.removesuffix("s"))
        sum_ = words.pounds(amount)
        return f"{sum_} or more" if comparison is Comparison.NOT_LESS_THAN else f"more than {sum_}"


MONEY, NOTICES, BIDS, PAUSE, LEAD = (
    "Sums at which a duty begins", "Days in which something must be published or done", "Least time for bidders",
    "Standstill", "How long each stage takes this council",
)  # fmt: skip
_LINES = {
    Line.SERVICES: "Threshold for services", Line.GOODS: "Threshold for goods", Line.WORKS: "Threshold for works",
    Line.LIGHT_TOUCH: "Threshold for light touch services", Line.CONCESSION: "Threshold for concessions",
    Line.LIGHT_TOUCH_CONCESSION: "Threshold for light touch concessions",
    Line.NOTIFIABLE: "Below-threshold contracts that are notified", Line.KPIS: "Key performance indicators are set",
    Line.CONTRACT_COPY: "A copy of the contract is published", Line.CHANGE_COPY: "A copy of a change is published",
    Line.PIPELINE_AUTHORITY: "Council’s yearly spending for a pipeline notice",
    Line.PIPELINE_CONTRACT: "Contract in a pipeline notice", Line.PAYMENT_NOTICE: "A payment is published",
    Line.REGISTER: "Contracts and tenders in the public register", Line.SPEND_LIST: "Payments in the spending list",
}  # fmt: skip
_FOR = {True: ", light touch contract", False: ", ordinary contract", None: ""}


def _threshold_key(row: Threshold) -> str:
    return f"sum.{row.line.value}"


def _period_key(row: Period) -> str:
    kind = {True: ".light_touch", False: ".ordinary", None: ""}[row.light_touch]
    return f"deadline.{row.deadline.name.lower()}{kind}"


def _minimum_key(row: MinimumPeriod) -> str:
    return f"bids.{row.period.name.lower()}.{row.circumstance.name.lower()}"


def _standstill_key(row: StandstillRule) -> str:
    return f"standstill.{row.regime.value}"


class _Dated(Protocol):
    @property
    def from_on(self) -> date: ...

    @property
    def until_on(self) -> date | None: ...


AnyRow = TypeVar("AnyRow", bound=_Dated)


def _rows(table: Iterable[AnyRow], key_of: Callable[[AnyRow], str]) -> dict[str, list[AnyRow]]:
    found: dict[str, list[AnyRow]] = {}
    for row in table:
        found.setdefault(key_of(row), []).append(row)
    return {key: sorted(rows, key=lambda row: row.from_on) for key, rows in found.items()}


def _figures() -> Iterable[Figure]:
    for key, rows in _rows(THRESHOLDS, _threshold_key).items():
        shown = tuple(
            FigureRow(one.value, one.from_on, one.until_on, one.source, one.comparison, one.unchecked) for one in rows
        )
        by_start = rows[0].line in CONTRACT_KINDS or rows[0].line is Line.NOTIFIABLE
        yield Figure(key, MONEY, _LINES[rows[0].line], Unit.POUNDS, shown, by_start)
    for key, periods in _rows(PERIODS, _period_key).items():
        last = periods[-1]
        dated = tuple(
            FigureRow(Decimal(one.days or one.months), one.from_on, one.until_on, one.source, None, one.unchecked)
            for one in periods
        )
        label = words.sentence(f"{last.deadline}{_FOR[last.light_touch]}")
        yield Figure(key, NOTICES, label, Unit.MONTHS if last.months else Unit.DAYS, dated, False)
    for key, floors in _rows(MINIMUM_PERIODS, _minimum_key).items():
        named = "To tender" if floors[0].period is BidPeriod.TENDERING else "To ask to take part"
        dated = tuple(
            FigureRow(Decimal(one.days), one.from_on, one.until_on, one.source, None, one.unchecked) for one in floors
        )
        yield Figure(key, BIDS, f"{named}: {floors[0].circumstance}", Unit.DAYS, dated, False)
    for key, pauses in _rows(STANDSTILLS, _standstill_key).items():
        if pauses[0].regime is not Regime.PA2023:
            continue  # the old law has ended: nobody changes it any more
        dated = tuple(
            FigureRow(Decimal(one.days), one.from_on, one.until_on, one.source, None, one.unchecked) for one in pauses
        )
        yield Figure(key, PAUSE, "Standstill under the Procurement Act 2023", Unit.WORKING_DAYS, dated, True)
    for step in OPEN_PROCEDURE:
        if step.count is not Count.UK_WORKING:  # the standstill is law
            unit = Unit.DAYS if step.count is Count.CALENDAR else Unit.WORKING_DAYS
            usual = FigureRow(Decimal(step.days), ACT_BEGINS, None, USUAL_PRACTICE)
            yield Figure(f"lead.{step.key}", LEAD, step.name, unit, (usual,), False)


FIGURES: Mapping[str, Figure] = {figure.key: figure for figure in _figures()}
"""Every figure that may get a later row, by key."""


def is_of_council(figure: Figure) -> bool:
    """Whether a figure is the council's own experience, and no law sets it."""
    return figure.group == LEAD


def rows_of(figure: Figure, added: Iterable[Added] = ()) -> tuple[FigureRow, ...]:
    """All rows of a figure, the oldest first: each ends on the day before the next begins."""
    rows = list(figure.shipped)
    for one in sorted((one for one in added if one.figure == figure.key), key=lambda one: one.from_on):
        comparison = one.comparison or rows[-1].comparison
        rows.append(FigureRow(one.amount, one.from_on, None, one.source, comparison, one.unchecked, True))
    return tuple(_each_ends_before_the_next(rows))


def _each_ends_before_the_next(rows: Sequence[AnyRow]) -> list[AnyRow]:
    ordered = sorted(rows, key=lambda row: row.from_on)
    ends = [row.from_on - ONE_DAY for row in ordered[1:]]
    return (
        [
            replace(row, until_on=end) if row.until_on is None or row.until_on > end else row  # type: ignore[type-var]
            for row, end in zip(ordered, ends, strict=False)
        ]
        + ordered[-1:]
    )


@lru_cache(maxsize=64)
def extended(added: tuple[Added, ...]) -> Tables:
    """The shipped tables with a council's later rows in them."""
    if not added:
        return SHIPPED
    return Tables(
        thresholds=_with(THRESHOLDS, _threshold_key, added, _later_threshold),
        periods=_with(PERIODS, _period_key, added, _later_period),
        minimum_periods=_with(MINIMUM_PERIODS, _minimum_key, added, _later_minimum),
        standstills=_with(STANDSTILLS, _standstill_key, added, _later_standstill),
        steps=with_durations(_lengths(added)),
    )


def _lengths(added: Sequence[Added]) -> dict[str, int]:
    own = sorted((one for one in added if one.figure.startswith("lead.")), key=lambda one: one.from_on)
    return {one.figure.removeprefix("lead."): int(one.amount) for one in own}


def _with(
    table: Sequence[AnyRow],
    key_of: Callable[[AnyRow], str],
    added: Sequence[Added],
    later: Callable[[AnyRow, Added], AnyRow],
) -> tuple[AnyRow, ...]:
    found: list[AnyRow] = []
    for key, rows in _rows(table, key_of).items():
        for one in sorted((one for one in added if one.figure == key), key=lambda one: one.from_on):
            rows.append(later(rows[-1], one))
        found += _each_ends_before_the_next(rows)
    return tuple(found)


def _later_threshold(before: Threshold, one: Added) -> Threshold:
    return Threshold(
        before.line, one.amount, one.comparison or before.comparison, one.from_on, None, one.source,
        unchecked=one.unchecked,
    )  # fmt: skip


def _later_period(before: Period, one: Added) -> Period:
    count = int(one.amount)
    days, months = (0, count) if before.months else (count, 0)
    return replace(
        before, days=days, months=months, from_on=one.from_on, until_on=None, source=one.source, unchecked=one.unchecked
    )


def _later_minimum(before: MinimumPeriod, one: Added) -> MinimumPeriod:
    return replace(
        before, days=int(one.amount), from_on=one.from_on, until_on=None, source=one.source, unchecked=one.unchecked
    )


def _later_standstill(before: StandstillRule, one: Added) -> StandstillRule:
    return replace(
        before, days=int(one.amount), from_on=one.from_on, until_on=None, source=one.source, unchecked=one.unchecked
    )
