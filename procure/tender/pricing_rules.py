"""How a price is asked for: the lines of cost, when each falls due, and the years of the longest term."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation

from procure import words
from procure.choices import Labelled
from procure.law.working_days import months_after
from procure.tender.pack_rules import parts_of

MOST_OWN_LINES = 20
MODEL_LINES = (
    "Management | Staff who lead the contract, and their costs | year | 1",
    "The service | Staff and running costs of the service itself | year | 1",
    "Premises and equipment | Rent, energy, equipment, systems | year | 1",
    "Insurance and overheads | Insurance, central costs; say the percentage | year | 1",
    "Getting ready | Everything before the service starts | sum | 1 | first year",
    "Social value | What your commitments cost | year | 1",
    "Exit | Handing over at the end | sum | 1 | last year",
)
"""With these the list is first filled."""


class When(Labelled):
    """The years in which a line of cost is asked for."""

    EVERY = "every year", "every year"
    FIRST = "first year", "first year only"
    LAST = "last year", "last year only"


@dataclass(frozen=True)
class PriceLine:
    """One line of cost. Without a quantity the bidder says how many."""

    title: str
    covers: str
    unit: str
    quantity: Decimal | None = None
    when: When = When.EVERY


@dataclass(frozen=True)
class PriceYear:
    """A year of the term, or the part of one with which the initial term or an option ends. `option` 0: none."""

    starts_on: date
    ends_on: date
    option: int

    @property
    def label(self) -> str:
        """1 April 2028 to 31 March 2029."""
        return f"{words.day(self.starts_on)} to {words.day(self.ends_on)}"


def years_of(starts_on: date, initial_months: int, options: int, option_months: int) -> tuple[PriceYear, ...]:
    """The longest term year by year: no year runs from the initial term into an option."""
    years = []
    done = 0
    for option, months in enumerate((initial_months, *(option_months,) * options)):
        end = done + months
        while done < end:
            step = min(12, end - done)
            first, after = months_after(starts_on, done), months_after(starts_on, done + step)
            years.append(PriceYear(first, after - timedelta(days=1), option))
            done += step
    return tuple(years)


def price_line_of(line: str) -> PriceLine:
    """A typed line: "line | what it covers | unit | quantity | when"; the last two may be left out."""
    title, covers, unit, *rest = (*parts_of(line), "", "", "")[:5]
    quantity, when = (*rest, "", "")[:2]
    return PriceLine(title, covers, unit, _quantity(quantity), When(when.lower() or When.EVERY.value))


def problem_in_price_lines(lines: list[str]) -> str | None:
    """What is wrong with the typed lines, in a sentence that names the line; None when they are right."""
    seen: set[str] = set()
    for number, line in enumerate(lines, start=1):
        parts = parts_of(line)
        if not 3 <= len(parts) <= 5 or not all(parts[:3]):
            shape = "line | what it covers | unit | quantity | when"
            return f"Line {number} must have three to five parts with | between them: {shape}"
        try:
            _quantity(parts[3] if len(parts) > 3 else "")
        except ValueError:
            return f"Line {number}: the quantity must be a number above 0, like 12, or left empty for bidders to fill"
        if len(parts) > 4 and parts[4] and parts[4].lower() not in set(When):
            return f"Line {number}: say when as “every year”, “first year” or “last year”"
        if parts[0].casefold() in seen:
            return f"Line {number}: “{parts[0]}” is there already"
        seen.add(parts[0].casefold())
    return None


def _quantity(typed: str) -> Decimal | None:
    bare = re.sub(r"[,\s]", "", typed)
    if not bare or bare in ("–", "-"):
        return None
    try:
        found = Decimal(bare)
    except InvalidOperation as wrong:
        raise ValueError(typed) from wrong
    if not found.is_finite() or not 0 < found < 10_000_000:
        raise ValueError(typed)
    return found
