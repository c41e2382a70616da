"""Prices so far below the others that the bidder must be asked to explain them. Procurement Act 2023 s.19(3) to (5)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from procure import words
from procure.tender.rules import mean_of, two_places

LOW_PRICE_PERCENT = Decimal(20)
"""A price further than this below the mean of the others is looked at. The Act gives no figure (s.19(3))."""


@dataclass(frozen=True)
class LowPrice:
    """A price so far below the others' mean that the bidder must be asked to explain it. s.19(3) to (5)."""

    key: int
    name: str
    price_net: Decimal
    mean_of_others: Decimal
    others: int
    percent_below: Decimal

    @property
    def sentence(self) -> str:
        others = f"the other {words.number_word(self.others)}" if self.others > 1 else "the other bid"
        return (
            f"{self.name}’s price of {words.pounds(self.price_net)} is {words.points(self.percent_below)}% below the "
            f"mean of {others}, {words.pounds(self.mean_of_others)}."
        )


def low_prices(prices: Mapping[int, tuple[str, Decimal]]) -> list[LowPrice]:
    """Prices more than 20% below the mean of the *others*, never of all: the price itself would drag that mean down."""
    found = []
    for key, (name, price) in prices.items():
        others = [other for known, (_, other) in prices.items() if known != key]
        if not others:
            continue
        mean = mean_of(others)
        below = (mean - price) / mean * 100
        if below > LOW_PRICE_PERCENT:
            found.append(LowPrice(key, name, price, two_places(mean), len(others), two_places(below)))
    return found
