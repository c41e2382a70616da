"""Sums in pounds to the penny: net, VAT and gross kept apart, and rounded half up.

The value of a contract is the most the council could pay, with VAT and every option to extend: Procurement Act 2023
section 4 and Schedule 3.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from procure.refusals import BadFigure

PENNY = Decimal("0.01")
HUNDRED = Decimal(100)
LARGEST = Decimal("999999999999.99")
"""No council contract comes near it; a sum beyond it is a slip of the keyboard."""
MOST_YEARS = 999
STANDARD_VAT_PERCENT = Decimal(20)
"""The standard rate; Value Added Tax Act 1994 section 2. Assumed where nobody knows the treatment."""


@dataclass(frozen=True)
class Value:
    """One sum three ways, in pounds to the penny. `BadFigure` where net and VAT do not make gross."""

    net: Decimal
    vat: Decimal
    gross: Decimal

    def __post_init__(self) -> None:
        for name in ("net", "vat", "gross"):
            to_the_penny(getattr(self, name), field=name)
        if self.net + self.vat != self.gross:
            raise BadFigure("Net and VAT must add up to the sum including VAT.", field="gross")

    def __add__(self, other: Value) -> Value:
        return Value(self.net + other.net, self.vat + other.vat, self.gross + other.gross)


def value_of(net_per_year: Decimal, years: Decimal, vat_percent: Decimal) -> Value:
    """The value over a whole term, options included. VAT is worked out once, on the total."""
    to_the_penny(net_per_year, field="net_per_year")
    if not years.is_finite() or not 0 < years <= MOST_YEARS:
        raise BadFigure(f"The number of years must be more than 0 and at most {MOST_YEARS}.", field="years")
    return with_vat(rounded(net_per_year * years), vat_percent)


def with_vat(net: Decimal, vat_percent: Decimal) -> Value:
    """A net sum with its VAT."""
    vat = rounded(to_the_penny(net, field="net") * _rate(vat_percent) / HUNDRED)
    return Value(net=net.quantize(PENNY), vat=vat, gross=(net + vat).quantize(PENNY))


def without_vat(gross: Decimal, vat_percent: Decimal) -> Value:
    """The net sum and the VAT inside a gross one."""
    net = rounded(to_the_penny(gross, field="gross") * HUNDRED / (HUNDRED + _rate(vat_percent)))
    return Value(net=net, vat=(gross - net).quantize(PENNY), gross=gross.quantize(PENNY))


def rounded(pounds: Decimal) -> Decimal:
    """To the nearest penny, half up."""
    return pounds.quantize(PENNY, rounding=ROUND_HALF_UP)


def to_the_penny(pounds: Decimal, *, field: str | None = None) -> Decimal:
    """The sum itself, if it is a sum that can be paid: finite, not below nothing, no part of a penny."""
    if not pounds.is_finite() or pounds < 0:
        raise BadFigure("A sum of money must be a number and cannot be less than £0.", field=field)
    if pounds > LARGEST:
        raise BadFigure("A sum of money cannot be a thousand billion pounds or more.", field=field)
    if pounds != rounded(pounds):
        raise BadFigure("A sum of money must be in pounds and pence, like 1250.00.", field=field)
    return pounds


def read_pounds(text: str, *, field: str | None = None) -> Decimal:
    """A sum as people type it: "£1,250", "1250.5", " 1 250.00 ". `BadFigure` for anything else."""
    plain = "".join(text.split()).replace(",", "").removeprefix("£")
    try:
        return rounded(to_the_penny(_plain_decimal(plain), field=field))
    except InvalidOperation:
        raise BadFigure("Enter a sum of money in pounds, like 1250 or 1250.00.", field=field) from None


def _plain_decimal(text: str) -> Decimal:
    if not text.replace(".", "", 1).removeprefix("-").isdecimal() or not text.isascii() or len(text) > 16:
        raise InvalidOperation
    return Decimal(text)


def _rate(vat_percent: Decimal) -> Decimal:
    if not vat_percent.is_finite() or not 0 <= vat_percent <= HUNDRED:
        raise BadFigure("The rate of VAT must be between 0 and 100 per cent.", field="vat_percent")
    return vat_percent
