"""The sums at which a duty begins, each with its dates, its test and its source.

The set in force when a procurement starts is the set it keeps. "Not less than" includes the sum itself, "more than"
does not. All sums include VAT unless a row says otherwise.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from procure import words
from procure.refusals import BadFigure


class Line(StrEnum):
    """What a threshold decides."""

    SERVICES = "services"
    GOODS = "goods"
    WORKS = "works"
    LIGHT_TOUCH = "light_touch"
    CONCESSION = "concession"
    LIGHT_TOUCH_CONCESSION = "light_touch_concession"
    NOTIFIABLE = "notifiable"
    KPIS = "kpis"
    CONTRACT_COPY = "contract_copy"
    CHANGE_COPY = "change_copy"
    PIPELINE_AUTHORITY = "pipeline_authority"
    PIPELINE_CONTRACT = "pipeline_contract"
    PAYMENT_NOTICE = "payment_notice"
    REGISTER = "register"
    SPEND_LIST = "spend_list"


CONTRACT_KINDS = (
    Line.SERVICES,
    Line.GOODS,
    Line.WORKS,
    Line.LIGHT_TOUCH,
    Line.CONCESSION,
    Line.LIGHT_TOUCH_CONCESSION,
)


class Comparison(StrEnum):
    """Whether the sum itself counts as over the line."""

    NOT_LESS_THAN = "not less than"
    MORE_THAN = "more than"


@dataclass(frozen=True)
class Threshold:
    """One line, for procurements started between two days."""

    line: Line
    value: Decimal
    comparison: Comparison
    from_on: date
    until_on: date | None
    source: str
    review_on: date | None = None
    """When the figure is next due to change: from then on it needs a fresh look."""
    unchecked: bool = False
    """True where the figure was not confirmed in a published source."""

    def passed_by(self, value: Decimal) -> bool:
        """True where a sum falls on the far side of the line, by this row's own test."""
        return value >= self.value if self.comparison is Comparison.NOT_LESS_THAN else value > self.value


ACT_BEGINS = date(2025, 2, 24)
FIGURES_OF_2024 = date(2024, 1, 1)
FIGURES_OF_2026 = date(2026, 1, 1)
NEXT_ROUTINE_CHANGE = date(2028, 1, 1)
AT_LEAST, OVER = Comparison.NOT_LESS_THAN, Comparison.MORE_THAN

_OLD_LAW = "Public Contracts Regulations 2015 and Concession Contracts Regulations 2016, thresholds of 2024-25"
_SCHEDULE_2025 = "Procurement Act 2023, Schedule 1, with the figures of 2024-25"
_SCHEDULE_2026 = "Procurement Act 2023, Schedule 1, with the figures from 1 January 2026 (PPN 023)"


def _under_the_old_law(line: Line, pounds: str) -> Threshold:
    before = date(2025, 2, 23)
    return Threshold(line, Decimal(pounds), AT_LEAST, FIGURES_OF_2024, before, _OLD_LAW, unchecked=True)


def _of_2025(line: Line, pounds: str) -> Threshold:
    return Threshold(line, Decimal(pounds), AT_LEAST, ACT_BEGINS, date(2025, 12, 31), _SCHEDULE_2025)


def _of_2026(line: Line, pounds: str) -> Threshold:
    return Threshold(line, Decimal(pounds), AT_LEAST, FIGURES_OF_2026, None, _SCHEDULE_2026, NEXT_ROUTINE_CHANGE)


def _standing(line: Line, pounds: str, comparison: Comparison, from_on: date, source: str) -> Threshold:
    return Threshold(line, Decimal(pounds), comparison, from_on, None, source)


THRESHOLDS: tuple[Threshold, ...] = (
    _under_the_old_law(Line.SERVICES, "214904.00"),
    _under_the_old_law(Line.GOODS, "214904.00"),
    _under_the_old_law(Line.WORKS, "5372609.00"),
    _under_the_old_law(Line.LIGHT_TOUCH, "663540.00"),
    _under_the_old_law(Line.CONCESSION, "5372609.00"),
    _of_2025(Line.SERVICES, "214904.00"),
    _of_2025(Line.GOODS, "214904.00"),
    _of_2025(Line.WORKS, "5372609.00"),
    _of_2025(Line.LIGHT_TOUCH, "663540.00"),
    _of_2025(Line.CONCESSION, "5372609.00"),
    _of_2025(Line.LIGHT_TOUCH_CONCESSION, "5372609.00"),
    _of_2026(Line.SERVICES, "207720.00"),
    _of_2026(Line.GOODS, "207720.00"),
    _of_2026(Line.WORKS, "5193000.00"),
    _of_2026(Line.LIGHT_TOUCH, "663540.00"),
    _of_2026(Line.CONCESSION, "5193000.00"),
    _of_2026(Line.LIGHT_TOUCH_CONCESSION, "5372609.00"),
    _standing(Line.NOTIFIABLE, "30000.00", AT_LEAST, ACT_BEGINS, "Procurement Act 2023, section 84"),
    _standing(Line.KPIS, "5000000.00", OVER, ACT_BEGINS, "Procurement Act 2023, section 52"),
    _standing(Line.CONTRACT_COPY, "5000000.00", OVER, ACT_BEGINS, "Procurement Act 2023, section 53(3)"),
    _standing(Line.CHANGE_COPY, "5000000.00", OVER, ACT_BEGINS, "Procurement Act 2023, section 77"),
    _standing(Line.PIPELINE_AUTHORITY, "100000000.00", OVER, ACT_BEGINS, "Procurement Act 2023, section 93"),
    _standing(Line.PIPELINE_CONTRACT, "2000000.00", OVER, ACT_BEGINS, "Procurement Act 2023, section 93"),
    _standing(Line.PAYMENT_NOTICE, "30000.00", OVER, date(2026, 4, 1), "Procurement Act 2023, section 70"),
    _standing(Line.REGISTER, "5000.00", OVER, date(2015, 2, 27), "Local Government Transparency Code 2015"),
    _standing(Line.SPEND_LIST, "500.00", OVER, date(2015, 2, 27), "Local Government Transparency Code 2015"),
)


def threshold_for(line: Line | str, started_on: date, table: Sequence[Threshold] = THRESHOLDS) -> Threshold:
    """The row in force when a procurement started; of two, the later begun. `BadFigure` where none covers the day.

    `table` is the shipped one, or that with a council's dated additions.
    """
    rows = [row for row in table if row.line == line and _in_force(row, started_on)]
    if not rows:
        raise BadFigure(
            f"No threshold for {str(line).replace('_', ' ')} is held for a procurement started on "
            f"{words.day(started_on)}.",
            field="started_on",
        )
    return max(rows, key=lambda row: row.from_on)


def is_above(
    line: Line | str, value: Decimal | None, started_on: date, table: Sequence[Threshold] = THRESHOLDS
) -> bool:
    """True at or over the line. A value that cannot be estimated (None) counts as above: section 4 and Schedule 3."""
    return value is None or threshold_for(line, started_on, table).passed_by(value)


def due_for_review(row: Threshold, started_on: date) -> bool:
    """True where a procurement starts after the figure's next routine change: the row may be out of date."""
    return row.review_on is not None and started_on >= row.review_on


def _in_force(row: Threshold, on: date) -> bool:
    return row.from_on <= on and (row.until_on is None or on <= row.until_on)
