"""Scores into points, points into a ranking anybody can recompute."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import groupby, pairwise

from procure import words
from procure.choices import Labelled
from procure.procurement.rules import Check, FileFacts, blocked, done, missing
from procure.tender.rules import TOP_SCORE, PriceFormula, mean_of, price_points, price_working, two_places

LOW_PRICE_PERCENT = Decimal(20)
"""A price further than this below the mean of the others is looked at. The Act gives no figure (s.19(3))."""


class EvaluatorRole(Labelled):
    EVALUATOR = "evaluator", "Evaluator"
    MODERATOR = "moderator", "Moderator"


@dataclass(frozen=True)
class Weight:
    """A quality criterion as it was published."""

    number: int
    title: str
    weight: int


@dataclass(frozen=True)
class ScoredBid:
    """One assessed bid: its price and its consensus score on each criterion, by number."""

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
        return f"{self.criterion.weight} × {self.score} ÷ {TOP_SCORE}"


@dataclass(frozen=True)
class Ranked:
    """One bid in its place."""

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


@dataclass(frozen=True)
class Ranking:
    """All assessed bids, best first. `tie` names the bids which the published rule leaves level in first place."""

    rows: tuple[Ranked, ...]
    tie: tuple[Ranked, ...] = ()

    @property
    def winner(self) -> Ranked | None:
        """The bid in first place; None while a tie is open or there is no bid."""
        return None if self.tie or not self.rows else self.rows[0]

    def of(self, key: int) -> Ranked | None:
        """The row of one bid."""
        return next((row for row in self.rows if row.key == key), None)


def quality_points(weight: int, score: int) -> Decimal:
    """weight × score ÷ 5, to two places."""
    return two_places(Decimal(weight) * score / TOP_SCORE)


def score_problem(score: object, reason: str) -> str | None:
    """Why a consensus score can't stand, in a sentence; None when it can. B16: a whole number with a reason."""
    if isinstance(score, bool) or not isinstance(score, int) or not 0 <= score <= TOP_SCORE:
        return f"A score is a whole number from 0 to {TOP_SCORE}, as published. Agree one; never an average."
    if not reason.strip():
        return "Give the panel’s reason for the score."
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
    if not bids:
        return Ranking(())
    prices = [bid.price_net for bid in bids]
    heaviest = max(criteria, key=lambda criterion: criterion.weight).number if criteria else None
    rows = [_points_of(bid, criteria, price_weight, formula, prices) for bid in bids]
    keys = {row.key: _merit(row, heaviest) for row in rows}
    rows.sort(key=lambda row: (*keys[row.key], row.key != settled_for, row.name))
    placed: list[Ranked] = []
    for _, level in groupby(rows, key=lambda row: (*keys[row.key], row.key != settled_for)):
        place = len(placed) + 1
        placed += [replace(row, place=place) for row in level]
    placed = [
        replace(row, ahead_because=_tie_words(keys[row.key], keys[behind.key], behind, settled_for == row.key))
        for row, behind in pairwise(placed)
    ] + placed[-1:]
    first = tuple(row for row in placed if row.place == 1)
    return Ranking(tuple(placed), first if len(first) > 1 else ())


Merit = tuple[Decimal, Decimal, int, Decimal]


def _merit(row: Ranked, heaviest: int | None) -> Merit:
    """What decides, in the published order, smallest first."""
    on_heaviest = next((one.score for one in row.criteria if one.criterion.number == heaviest), 0)
    return (-row.total, -row.quality, -on_heaviest, row.price_net)


def _tie_words(own: Merit, other: Merit, behind: Ranked, was_settled: bool) -> str:
    if own[0] != other[0]:
        return ""
    why = ("more points for quality", "a higher score on the heaviest criterion", "the lower price")
    for place, reason in enumerate(why, start=1):
        if own[place] != other[place]:
            return f"Level with {behind.name} on total; ahead by {reason}."
    return f"Level with {behind.name}; put first in the way recorded." if was_settled else ""


def _points_of(
    bid: ScoredBid, criteria: Sequence[Weight], price_weight: int, formula: PriceFormula, prices: Sequence[Decimal]
) -> Ranked:
    lines = tuple(
        CriterionPoints(one, bid.scores[one.number], quality_points(one.weight, bid.scores[one.number]))
        for one in criteria
    )
    quality = sum((line.points for line in lines), Decimal("0.00"))
    price = price_points(formula, price_weight, bid.price_net, prices)
    return Ranked(
        place=0,
        key=bid.key,
        name=bid.name,
        price_net=bid.price_net,
        criteria=lines,
        quality=quality,
        price=price,
        price_working=price_working(formula, price_weight, bid.price_net, prices),
        total=quality + price,
    )


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


def place_label(place: int, of: int) -> str:
    """second of three."""
    return "the only tender" if of == 1 else f"{words.ordinal_word(place)} of {words.number_word(of)}"


@dataclass(frozen=True)
class EvaluationFacts:
    """What the evaluation room knows of a lot."""

    panel_size: int = 3
    evaluators: int = 0
    moderators: int = 0
    bidders: tuple[str, ...] = ()
    """Assessed bids only."""
    unscored: tuple[str, ...] = ()
    """Bidders with a criterion that has no score and reason yet."""
    low_unexplained: tuple[str, ...] = ()
    tie: tuple[str, ...] = ()
    is_begun: bool = False
    is_finished: bool = False


def result_is_recorded(facts: FileFacts, today: date) -> tuple[Check, ...]:
    """Before an award can be recommended: panel, bids, a score with a reason everywhere, a clear ranking. G5."""
    result = facts.of(EvaluationFacts)
    return (
        _panel_check(result),
        _bids_check(result),
        _scores_check(result),
        *_low_price_checks(result),
        _result_check(result),
    )


def _panel_check(result: EvaluationFacts) -> Check:
    name, page = "Name the panel", "evaluation.panel"
    begun = bool(result.evaluators or result.moderators)
    if result.evaluators < result.panel_size:
        wanted = f"Name {words.number_word(result.panel_size)} evaluator{'s' if result.panel_size > 1 else ''}"
        so_far = f". You have named {words.number_word(result.evaluators)}." if begun else " and a moderator."
        return missing(name, f"{wanted}{so_far}", page, begun=begun)
    if not result.moderators:
        return missing(name, "Name a moderator, who chairs and doesn’t score.", page, begun=begun)
    return done(name, f"{words.plural(result.evaluators, 'evaluator')} and a moderator", page)


def _bids_check(result: EvaluationFacts) -> Check:
    name, page = "Enter the bids", "evaluation.bids"
    if not result.bidders:
        return missing(name, "Enter at least one bid that was assessed.", page)
    return done(name, words.joined(result.bidders), page)


def _scores_check(result: EvaluationFacts) -> Check:
    name = "Enter the agreed scores"
    if not result.bidders:
        return blocked(name, "Enter the bids before their scores.")
    if result.unscored:
        have = "has" if len(result.unscored) == 1 else "have"
        said = f"{words.joined(result.unscored)} {have} a criterion without a score."
        return missing(name, said, "evaluation.scores", begun=len(result.unscored) < len(result.bidders))
    return done(name, "A score and a reason on every criterion", "evaluation.scores")


def _low_price_checks(result: EvaluationFacts) -> tuple[Check, ...]:
    return tuple(
        missing(
            f"Ask {name} about its low price",
            f"{name}’s price is more than 20% below the mean of the others. Ask why, and record the answer.",
            "evaluation.low_prices",
        )
        for name in result.low_unexplained
    )


def _result_check(result: EvaluationFacts) -> Check:
    name = "Check the ranking and record the result"
    if result.is_finished and not result.tie:
        return done("Record the result", "", "evaluation.index")
    if not result.bidders or result.unscored:
        return blocked(name, "Every bid needs its scores first.")
    if result.tie:
        level = words.joined(result.tie)
        said = f"{level} are level, and the published rule can’t part them. Record how the tie was settled."
        return missing(name, said, "evaluation.tie", begun=True)
    return missing(name, "Check the ranking, then record the result.", "evaluation.index")
