"""How the council's quote bands must fit together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from procure import words


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
