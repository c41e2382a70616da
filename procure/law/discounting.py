"""What payments in later years are worth today, so that options of different shape can be compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from procure.law.money import rounded
from procure.refusals import BadFigure


class FirstPayment(StrEnum):
    """Which convention a sum was worked out by: the two differ by a year's discount, so a report must say which."""

    NOW = "the first payment is made now"
    YEAR_END = "each payment is made at the end of its year"


@dataclass(frozen=True)
class DiscountRate:
    """The rate the Treasury tells the public sector to use, in per cent a year."""

    percent: Decimal
    from_on: date
    source: str


GREEN_BOOK_RATE = DiscountRate(
    Decimal("3.5"), date(2003, 1, 1), "HM Treasury, The Green Book: social time preference rate, first 30 years"
)


@dataclass(frozen=True)
class DiscountedYear:
    """One year of a discounted cost: what is paid, the factor, and what that is worth today."""

    year: int
    paid: Decimal
    factor: Decimal
    worth: Decimal


def discounted(
    payments: Sequence[Decimal],
    rate_percent: Decimal = GREEN_BOOK_RATE.percent,
    first: FirstPayment = FirstPayment.NOW,
) -> tuple[DiscountedYear, ...]:
    """Year by year, each worth to the penny for showing; their sum may differ from `present_value` by pennies."""
    return tuple(
        DiscountedYear(year, paid, factor, rounded(paid * factor))
        for year, (paid, factor) in enumerate(
            zip(payments, _factors(len(payments), rate_percent, first), strict=True), 1
        )
    )


def present_value(
    payments: Sequence[Decimal],
    rate_percent: Decimal = GREEN_BOOK_RATE.percent,
    first: FirstPayment = FirstPayment.NOW,
) -> Decimal:
    """Worth today of one payment a year, in pounds; rounded once, at the end."""
    factors = _factors(len(payments), rate_percent, first)
    return rounded(sum((paid * factor for paid, factor in zip(payments, factors, strict=True)), Decimal(0)))


def _factors(years: int, rate_percent: Decimal, first: FirstPayment) -> list[Decimal]:
    if not rate_percent.is_finite() or not 0 <= rate_percent < 100:
        raise BadFigure("The discount rate must be from 0 to less than 100 per cent a year.", field="rate_percent")
    growth = 1 + rate_percent / 100
    delay = 1 if first is FirstPayment.YEAR_END else 0
    return [1 / growth ** (year + delay) for year in range(years)]
