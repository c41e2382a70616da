"""What an option costs over its whole life: net, with VAT, and in today's money."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from procure.law.discounting import FirstPayment, present_value
from procure.law.money import rounded, with_vat

APRIL = 4
COMPARED_BY_DEFAULT = 5
"""Years on the page of costs while nobody has said when the service starts and how long it may run."""


@dataclass(frozen=True)
class WholeLife:
    """The cost of one option. `gross` is None where no VAT is due; `present` is worth at the first payment."""

    by_year: tuple[Decimal | None, ...]
    net: Decimal
    gross: Decimal | None
    present: Decimal


def financial_year(day: date) -> int:
    """The year in which a day's financial year began, on 1 April."""
    return day.year if day.month >= APRIL else day.year - 1


def year_label(year: int) -> str:
    """2028/29, for the year that begins in April 2028."""
    return f"{year}/{(year + 1) % 100:02}"


def years_to_cost(
    starts_on: date | None, months: int | None, today: date, known: Iterable[int] = ()
) -> tuple[int, ...]:
    """The financial years a purchase touches, and any that already has a cost, without a break."""
    first = financial_year(starts_on) if starts_on else financial_year(today) + 1
    if starts_on and months:
        end = starts_on.year * 12 + starts_on.month - 1 + months - (1 if starts_on.day == 1 else 0)
        last = financial_year(date(end // 12, end % 12 + 1, 1))
    else:
        last = first + COMPARED_BY_DEFAULT - 1
    years = {first, last, *known}
    return tuple(range(min(years), max(years) + 1))


def whole_life(
    costs: Mapping[int, Decimal], years: Sequence[int], *, vat_percent: Decimal | None, rate_permille: int
) -> WholeLife:
    """Sums over the years compared. Discounting takes the first year as now. HM Treasury, The Green Book."""
    by_year = tuple(costs.get(year) for year in years)
    paid = [each or Decimal(0) for each in by_year]
    net = rounded(sum(paid, Decimal(0)))
    gross = None if vat_percent is None else with_vat(net, vat_percent).gross
    return WholeLife(
        by_year, net, gross, present_value(paid, Decimal(rate_permille) / 10, FirstPayment.NOW) if paid else net
    )


def rate_label(permille: int) -> str:
    """How the paper names the rate: 3.5% real, and by which convention."""
    percent = f"{(Decimal(permille) / 10).normalize():f}"
    return f"{percent}% real (HM Treasury, The Green Book); {FirstPayment.NOW.value}"
