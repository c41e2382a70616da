"""Scores, weights, totals and ranks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from procure import words
from procure.choices import Labelled

HIGHEST = 5
"""The best score; a score is a whole number from 0."""

SCALE = (
    (5, "Meets the criterion in full"),
    (4, "Meets it with small gaps"),
    (3, "Meets it in the main"),
    (2, "Meets it in part"),
    (1, "Meets little of it"),
    (0, "Does not meet it"),
)
"""What a score means, best first. The same for every criterion."""


class OptionKind(Labelled):
    """What an option is. Every appraisal has at least one *do nothing*."""

    DO_NOTHING = "do_nothing", "Do nothing, or let the contract end"
    EXTEND = "extend", "Do the minimum, or extend"
    IN_HOUSE = "in_house", "Bring it in-house"
    SHARED = "shared", "Share a service"
    NEW_CONTRACT = "new_contract", "A new contract"
    FRAMEWORK = "framework", "Call off a framework"
    GRANTS = "grants", "A grant programme"
    HYBRID = "hybrid", "A mixture"


@dataclass(frozen=True)
class Weighed:
    """A criterion and its weight, in hundredths of the whole."""

    key: int
    name: str
    weight: int
    is_cost: bool = False

    @property
    def word(self) -> str:
        """What it is called inside a sentence: "cost", "reach to residents"."""
        return "cost" if self.is_cost else lowered(self.name)


@dataclass(frozen=True)
class Scored:
    """An option and its scores, in the order of the criteria; None where it has no score yet."""

    no: int
    name: str
    short: str
    scores: tuple[int | None, ...]

    @property
    def is_scored(self) -> bool:
        return bool(self.scores) and None not in self.scores


@dataclass(frozen=True)
class Comparison:
    """All that a ranking is worked out from."""

    criteria: tuple[Weighed, ...]
    options: tuple[Scored, ...]

    @property
    def weights(self) -> tuple[int, ...]:
        return tuple(criterion.weight for criterion in self.criteria)

    @property
    def scored(self) -> tuple[Scored, ...]:
        """The options that have every score, and so a total."""
        return tuple(option for option in self.options if option.is_scored)

    @property
    def is_ready(self) -> bool:
        """Whether there is anything to rank: weights that make 100, and two options or more with every score."""
        return sum(self.weights) == 100 and len(self.scored) > 1

    def option(self, no: int) -> Scored:
        return next(option for option in self.options if option.no == no)

    @property
    def cost_key(self) -> int | None:
        """The criterion that stands for cost; None where no criterion does."""
        return next((criterion.key for criterion in self.criteria if criterion.is_cost), None)


@dataclass(frozen=True)
class Ranked:
    """An option in its place. Equal totals share a rank, and the next rank is left out: 1, 2, 2, 4."""

    no: int
    total: Fraction
    rank: int
    is_level: bool
    """Whether another option has the same total."""

    @property
    def points(self) -> Decimal:
        return as_decimal(self.total)


def lowered(text: str) -> str:
    """*Reach to residents* inside a sentence; *NHS links* stays as it is."""
    return text[:1].lower() + text[1:] if len(text) > 1 and text[1].islower() else text


def as_decimal(number: Fraction) -> Decimal:
    return Decimal(number.numerator) / Decimal(number.denominator)


def said_points(total: Fraction | Decimal) -> str:
    """84, or 71.4: a total inside a sentence."""
    exact = total if isinstance(total, Decimal) else as_decimal(total)
    return words.points(exact, 1).removesuffix(".0")


def weights_refusal(weights: Sequence[int]) -> str | None:
    """Why these weights can't be used; None when they can."""
    if any(weight < 0 or weight > 100 for weight in weights):
        return "Each weight must be between 0% and 100%."
    together = sum(weights)
    if together == 100:
        return None
    missing = 100 - together
    mend = f"Give out {missing}% more." if missing > 0 else f"Take away {-missing}%."
    return f"The weights add up to {together}%. They must make 100%. {mend}"


def total_of(option: Scored, weights: Sequence[int | Fraction]) -> Fraction:
    """Weight times score over the best score, summed: 0 to 100. Only for an option with every score."""
    return sum(
        (Fraction(weight) * (score or 0) / HIGHEST for weight, score in zip(weights, option.scores, strict=True)),
        Fraction(0),
    )


def totals(comparison: Comparison, weights: Sequence[int | Fraction] | None = None) -> dict[int, Fraction]:
    """Total of every scored option by its number; by the agreed weights unless others are given."""
    by = comparison.weights if weights is None else weights
    return {option.no: total_of(option, by) for option in comparison.scored}


def ranked(by_no: Mapping[int, Fraction]) -> tuple[Ranked, ...]:
    """Options from the highest total to the lowest; level ones by their number."""
    order = sorted(by_no, key=lambda no: (-by_no[no], no))
    every = list(by_no.values())
    return tuple(
        Ranked(no, by_no[no], 1 + sum(other > by_no[no] for other in every), every.count(by_no[no]) > 1) for no in order
    )


def leaders(by_no: Mapping[int, Fraction]) -> tuple[int, ...]:
    """The options that come first: several where they are level."""
    most = max(by_no.values())
    return tuple(sorted(no for no, total in by_no.items() if total == most))


def order_said(order: Iterable[Ranked]) -> str:
    """ "4, 5, 2 = 3, 1": the ranking in numbers, with level options joined."""
    said, last = "", None
    for one in order:
        if last is not None:
            said += " = " if one.rank == last.rank else ", "
        said += str(one.no)
        last = one
    return said


def named(numbers: Sequence[int]) -> str:
    """option 4; options 4 and 5."""
    if len(numbers) == 1:
        return f"option {numbers[0]}"
    return f"options {words.joined(numbers)}"


@dataclass(frozen=True)
class Moved:
    """An option's place with other weights beside its place with the agreed ones."""

    no: int
    short: str
    rank: int
    is_level: bool
    agreed: Decimal
    now: Decimal

    @property
    def change(self) -> Decimal:
        return self.now - self.agreed


@dataclass(frozen=True)
class WhatIf:
    """A ranking with weights that somebody tries out. Never saved."""

    rows: tuple[Moved, ...]
    heading: str
    note: str


def what_if(comparison: Comparison, weights: Sequence[int]) -> WhatIf:
    """The ranking with other weights, which must make 100: ask `weights_refusal` first."""
    before, after = totals(comparison), totals(comparison, weights)
    order = ranked(after)
    rows = tuple(
        Moved(
            one.no, comparison.option(one.no).short, one.rank, one.is_level, as_decimal(before[one.no]), one.points
        )
        for one in order
    )  # fmt: skip
    return WhatIf(rows, _heading(leaders(before), leaders(after)), _what_moved(comparison, before, after))


def _heading(before: tuple[int, ...], after: tuple[int, ...]) -> str:
    if len(after) > 1:
        return f"With these weights, {named(after)} are level"
    still = "still comes" if before == after else "comes"
    return f"With these weights, {named(after)} {still} first"


def _what_moved(comparison: Comparison, before: Mapping[int, Fraction], after: Mapping[int, Fraction]) -> str:
    numbers = sorted(before)
    pairs = [
        (one, other)
        for index, one in enumerate(numbers)
        for other in numbers[index + 1 :]
        if (before[one] - before[other]) * (after[one] - after[other]) < 0
    ]
    if not pairs:
        return "The order is the same as with the agreed weights."
    if len(pairs) == 1:
        shorts = [lowered(comparison.option(no).short) for no in pairs[0]]
        return f"{words.sentence(words.joined(shorts))} change places."
    return f"With the agreed weights the order is {order_said(ranked(before))}."
