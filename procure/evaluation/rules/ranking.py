"""Scores into points, points into a ranking anybody can recompute."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from itertools import groupby, pairwise

from procure import words
from procure.tender.rules import (
    TOP_SCORE,
    PriceFormula,
    cost_per_quality_point,
    cost_working,
    mean_of,
    price_points,
    price_working,
    two_places,
)


@dataclass(frozen=True)
class Weight:
    """A criterion on which bids are scored, as it was published.

    `weight` is the most points it can bring, of the 100 of the whole method. A bid scored below `least` fails.
    """

    number: int
    title: str
    weight: Decimal | int
    label: str = ""
    least: int | None = None

    @property
    def weight_words(self) -> str:
        """25, or 8.25."""
        return words.percent(self.weight).removesuffix("%")


@dataclass(frozen=True)
class ScoredBid:
    """One assessed bid: its price and its agreed score on each criterion, by number."""

    key: int
    name: str
    price_net: Decimal
    scores: Mapping[int, int]


@dataclass(frozen=True)
class CriterionPoints:
    """Points on one criterion, with the sum that made them."""

    criterion: Weight
    score: int
    points: Decimal

    @property
    def working(self) -> str:
        return f"{self.criterion.weight_words} × {self.score} ÷ {TOP_SCORE}"


@dataclass(frozen=True)
class Ranked:
    """One bid in its place; a bid that failed a least score has place 0 and no points for price.

    `cost` is what one point of quality costs, under that formula alone; there `price` is nought and `total` quality.
    """

    place: int
    key: int
    name: str
    price_net: Decimal
    criteria: tuple[CriterionPoints, ...]
    quality: Decimal
    price: Decimal
    price_working: str
    total: Decimal
    ahead_because: str = ""
    """How a tie with the bid behind it was broken; empty where there was none."""
    cost: Decimal | None = None
    failed_because: str = ""

    @property
    def quality_working(self) -> str:
        """The points for quality as a sum."""
        return " + ".join(words.points(line.points) for line in self.criteria)


@dataclass(frozen=True)
class Ranking:
    """All assessed bids, best first. `tie` names the bids which the published rule leaves level in first place.

    `failed` holds those below a published least score: they are not ranked, and their prices move nobody's points.
    """

    rows: tuple[Ranked, ...]
    tie: tuple[Ranked, ...] = ()
    failed: tuple[Ranked, ...] = ()

    @property
    def winner(self) -> Ranked | None:
        """The bid in first place; None while a tie is open or there is no bid."""
        return None if self.tie or not self.rows else self.rows[0]

    def of(self, key: int) -> Ranked | None:
        """The row of one bid, ranked or failed."""
        return next((row for row in (*self.rows, *self.failed) if row.key == key), None)


@lru_cache(maxsize=4096)
def quality_points(weight: Decimal | int, score: int) -> Decimal:
    """weight × score ÷ 5, to two places."""
    return two_places(Decimal(weight) * score / TOP_SCORE)


def score_problem(score: object, reason: str, whose: str = "the panel’s") -> str | None:
    """Why a score can't stand, in a sentence; None when it can. B16: a whole number with a reason."""
    if isinstance(score, bool) or not isinstance(score, int) or not 0 <= score <= TOP_SCORE:
        return f"A score is a whole number from 0 to {TOP_SCORE}, as published. Agree one; never an average."
    if not reason.strip():
        return f"Give {whose} reason for the score."
    return None


def rank(
    bids: Sequence[ScoredBid],
    criteria: Sequence[Weight],
    price_weight: int,
    formula: PriceFormula,
    *,
    settled_for: int | None = None,
) -> Ranking:
    """Rank wholly scored bids on their rounded totals; ties by the published rule (domain 3.6).

    `settled_for` is the bid put first by the way the council settled a tie that the rule leaves open.
    """
    lines = {bid.key: _lines_of(bid, criteria) for bid in bids}
    why = {bid.key: _failure(lines[bid.key], formula) for bid in bids}
    failed = tuple(_failed(bid, lines[bid.key], why[bid.key]) for bid in bids if why[bid.key])
    left = [bid for bid in bids if not why[bid.key]]
    if not left:
        return Ranking((), failed=failed)
    against = [_price_against([bid.price_net for bid in left], formula)]
    heaviest = max(criteria, key=lambda criterion: criterion.weight).number if criteria else None
    rows = [_points_of(bid, lines[bid.key], price_weight, formula, against) for bid in left]
    keys = {row.key: _merit(row, heaviest) for row in rows}
    rows.sort(key=lambda row: (*keys[row.key], row.key != settled_for, row.name))
    placed: list[Ranked] = []
    for _, level in groupby(rows, key=lambda row: (*keys[row.key], row.key != settled_for)):
        place = len(placed) + 1
        placed += [replace(row, place=place) for row in level]
    placed = [
        replace(row, ahead_because=_tie_words(row, keys[row.key], keys[behind.key], behind, settled_for == row.key))
        for row, behind in pairwise(placed)
    ] + placed[-1:]
    first = tuple(row for row in placed if row.place == 1)
    return Ranking(tuple(placed), first if len(first) > 1 else (), failed)


def _price_against(prices: Sequence[Decimal], formula: PriceFormula) -> Decimal:
    """The one figure of all prices that the formula sets each price against, found once for all bids."""
    return mean_of(prices) if formula is PriceFormula.DEVIATION_FROM_MEAN else min(prices)


Merit = tuple[Decimal, Decimal, int, Decimal]


def _merit(row: Ranked, heaviest: int | None) -> Merit:
    """What decides, in the published order, smallest first."""
    on_heaviest = next((one.score for one in row.criteria if one.criterion.number == heaviest), 0)
    return (-row.total if row.cost is None else row.cost, -row.quality, -on_heaviest, row.price_net)


def _tie_words(row: Ranked, own: Merit, other: Merit, behind: Ranked, was_settled: bool) -> str:
    if own[0] != other[0]:
        return ""
    level = "total" if row.cost is None else "the cost of a point"
    why = ("more points for quality", "a higher score on the heaviest criterion", "the lower price")
    for place, reason in enumerate(why, start=1):
        if own[place] != other[place]:
            return f"Level with {behind.name} on {level}; ahead by {reason}."
    return f"Level with {behind.name}; put first in the way recorded." if was_settled else ""


def _lines_of(bid: ScoredBid, criteria: Sequence[Weight]) -> tuple[CriterionPoints, ...]:
    return tuple(
        CriterionPoints(one, bid.scores[one.number], quality_points(one.weight, bid.scores[one.number]))
        for one in criteria
    )


def _quality(lines: Sequence[CriterionPoints]) -> Decimal:
    return sum((line.points for line in lines), Decimal("0.00"))


def _failure(lines: Sequence[CriterionPoints], formula: PriceFormula) -> str:
    """Why a bid can't be ranked, in a sentence: a published least score, or no point by which to divide its price."""
    below = [line for line in lines if line.criterion.least is not None and line.score < line.criterion.least]
    if below:
        said = [f"{line.score} for {line.criterion.title}, where {line.criterion.least} is the least" for line in below]
        return f"It scored {words.joined(said)}."
    if not formula.weighs_price and not _quality(lines):
        return "It has no point for quality, so a point has no cost."
    return ""


def _failed(bid: ScoredBid, lines: tuple[CriterionPoints, ...], because: str) -> Ranked:
    quality = _quality(lines)
    return Ranked(
        place=0, key=bid.key, name=bid.name, price_net=bid.price_net, criteria=lines, quality=quality,
        price=Decimal("0.00"), price_working="", total=quality, failed_because=because,
    )  # fmt: skip


def _points_of(
    bid: ScoredBid,
    lines: tuple[CriterionPoints, ...],
    price_weight: int,
    formula: PriceFormula,
    prices: Sequence[Decimal],
) -> Ranked:
    quality = _quality(lines)
    if formula.weighs_price:
        price = price_points(formula, price_weight, bid.price_net, prices)
        sum_, cost = price_working(formula, price_weight, bid.price_net, prices), None
    else:
        price, cost = Decimal("0.00"), cost_per_quality_point(bid.price_net, quality)
        sum_ = cost_working(bid.price_net, quality)
    return Ranked(
        place=0, key=bid.key, name=bid.name, price_net=bid.price_net, criteria=lines, quality=quality, price=price,
        price_working=sum_, total=quality + price, cost=cost,
    )  # fmt: skip


def place_label(place: int, of: int) -> str:
    """second of three."""
    return "the only tender" if of == 1 else f"{words.ordinal_word(place)} of {words.number_word(of)}"
