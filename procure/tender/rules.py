"""The published method: criteria and their weights, the scale of scores, how a price becomes points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from procure import words
from procure.choices import Labelled
from procure.refusals import BadFigure

HUNDREDTH = Decimal("0.01")
WHOLE = 100
"""What all weights, price among them, add up to."""
TOP_SCORE = 5


class PriceFormula(Labelled):
    """How a price becomes points (domain 3.5)."""

    LOWEST_OVER_PRICE = "lowest_over_price", "weight × lowest price ÷ price"
    DEVIATION_FROM_LOWEST = "deviation_from_lowest", "weight × (1 − (price − lowest) ÷ lowest), not below nought"
    DEVIATION_FROM_MEAN = "deviation_from_mean", "weight × (0.5 + (mean − price) ÷ mean), between nought and the weight"
    COST_PER_QUALITY_POINT = "cost_per_quality_point", "price ÷ points for quality, the lowest first"

    @property
    def weighs_price(self) -> bool:
        """Whether a price becomes points that are added to those for quality."""
        return self is not PriceFormula.COST_PER_QUALITY_POINT


@dataclass(frozen=True)
class ScaleStep:
    """One score and what it stands for, as published."""

    score: int
    label: str
    meaning: str


SCALE = (
    ScaleStep(5, "Excellent", "Exceeds the requirement in most respects, with full evidence."),
    ScaleStep(4, "Good", "Meets the requirement in full and exceeds it in some respects, with good evidence."),
    ScaleStep(3, "Acceptable", "Meets the requirement, with enough evidence."),
    ScaleStep(2, "Weak", "Meets the requirement in part, or with little evidence."),
    ScaleStep(1, "Poor", "Falls well short of the requirement."),
    ScaleStep(0, "Unacceptable", "No answer, or none that bears on the requirement."),
)

FORMULA_WORDS = {
    PriceFormula.LOWEST_OVER_PRICE: "{weight} × lowest total price ÷ the bidder’s total price",
    PriceFormula.DEVIATION_FROM_LOWEST: "{weight} × (1 − (the bidder’s total price − lowest total price) ÷ "
    "lowest total price), and nought where that is less than nought",
    PriceFormula.DEVIATION_FROM_MEAN: "{weight} × (0.5 + (mean total price − the bidder’s total price) ÷ "
    "mean total price), never less than nought or more than {weight}",
    PriceFormula.COST_PER_QUALITY_POINT: "the bidder’s total price ÷ its points for quality out of 100. The lowest "
    "cost for a point goes first",
}

ROUNDING = "Points are rounded to two places, half up. Bids are ranked on the rounded totals."
ROUNDING_OF_COST = (
    "Points for quality are rounded to two places, half up, and so is the cost of a point, in pounds. Bids are ranked "
    "on the rounded cost."
)
TIE_RULE = (
    "If totals are equal, the bid with more points for quality goes first. Then the higher score on the heaviest "
    "criterion. Then the lower price."
)
TIE_RULE_OF_COST = (
    "If the cost of a point is equal, the bid with more points for quality goes first. Then the higher score on the "
    "heaviest criterion. Then the lower price."
)


def rounding_words(formula: PriceFormula) -> str:
    """How figures are rounded, as published."""
    return ROUNDING if formula.weighs_price else ROUNDING_OF_COST


def tie_words(formula: PriceFormula) -> str:
    """How bids that come out level are put in order, as published."""
    return TIE_RULE if formula.weighs_price else TIE_RULE_OF_COST


def two_places(number: Decimal) -> Decimal:
    """Points as they are published: two places, half up, so that anybody can recompute them."""
    return number.quantize(HUNDREDTH, rounding=ROUND_HALF_UP)


def mean_of(prices: Sequence[Decimal]) -> Decimal:
    """The arithmetic mean of some prices, unrounded."""
    return sum(prices, Decimal(0)) / len(prices)


def price_points(formula: PriceFormula, weight: int, price: Decimal, prices: Sequence[Decimal]) -> Decimal:
    """Points for one price among all assessed ones (its own included), to two places.

    `BadFigure` for cost per point of quality: there a price brings no points, see `cost_per_quality_point`.
    """
    if not formula.weighs_price:
        raise BadFigure("Under this formula a price brings no points: it is divided by the points for quality.")
    most, lowest = Decimal(weight), min(prices)
    if formula is PriceFormula.LOWEST_OVER_PRICE:
        return two_places(most * lowest / price)
    if formula is PriceFormula.DEVIATION_FROM_LOWEST:
        return two_places(max(Decimal(0), most * (1 - (price - lowest) / lowest)))
    mean = mean_of(prices)
    return two_places(min(most, max(Decimal(0), most * (Decimal("0.5") + (mean - price) / mean))))


def price_working(formula: PriceFormula, weight: int, price: Decimal, prices: Sequence[Decimal]) -> str:
    """The same with its figures in place: "40 × £412,500 ÷ £450,000"."""
    own, lowest = words.pounds(price), words.pounds(min(prices))
    if not formula.weighs_price:
        return f"{own} ÷ points for quality"
    if formula is PriceFormula.LOWEST_OVER_PRICE:
        return f"{weight} × {lowest} ÷ {own}"
    if formula is PriceFormula.DEVIATION_FROM_LOWEST:
        return f"{weight} × (1 − ({own} − {lowest}) ÷ {lowest})"
    mean = words.pounds(mean_of(prices))
    return f"{weight} × (0.5 + ({mean} − {own}) ÷ {mean})"


def cost_per_quality_point(price: Decimal, quality: Decimal) -> Decimal | None:
    """What one point of quality costs, in pounds to the penny; the lowest bid wins. None for a bid without a point.

    Domain 3.5: 450,000 ÷ 53 = 8,490.57.
    """
    return two_places(price / quality) if quality > 0 else None


def cost_working(price: Decimal, quality: Decimal) -> str:
    """The same with its figures in place: "£450,000 ÷ 53.00"."""
    return f"{words.pounds(price)} ÷ {words.points(quality)}"


def formula_words(formula: PriceFormula, weight: int) -> str:
    """The formula as the invitation and the letters print it."""
    return FORMULA_WORDS[formula].format(weight=weight)


MOST_DEPTH = 2
"""How far criteria may stand beneath one another: the second beneath the first beneath the top."""


@dataclass(frozen=True)
class CriterionLine:
    """One criterion as the officer types it. `part_of` is the place (1 for the first) of an earlier line."""

    title: str
    weight: int
    definition: str = ""
    part_of: int | None = None
    least_score: int | None = None
    word_limit: int | None = None


@dataclass(frozen=True)
class TreeProblem:
    """What is wrong with a method, in a sentence, and the line it stands at (1 for the first; 0 for the whole)."""

    sentence: str
    place: int = 0
    at: str = "weight"
    """What of the line is wrong: weight, title, part_of or least_score."""


def beneath(criteria: Sequence[CriterionLine], place: int | None) -> list[int]:
    """Places of the lines that are part of a line; of the top ones for None."""
    return [number for number, line in enumerate(criteria, start=1) if line.part_of == place]


def in_tree_order(criteria: Sequence[CriterionLine]) -> list[CriterionLine]:
    """The same criteria with each before its parts and beside them, so that they can be numbered through."""
    order: list[int] = []

    def walk(place: int | None) -> None:
        for child in beneath(criteria, place):
            order.append(child)
            walk(child)

    walk(None)
    new_place = {old: new for new, old in enumerate(order, start=1)}
    return [
        replace(line, part_of=new_place[line.part_of] if line.part_of else None)
        for line in (criteria[place - 1] for place in order)
    ]


def labels_of(criteria: Sequence[CriterionLine]) -> list[str]:
    """How each line is numbered: 1, 2, 2.1, 2.2."""
    labels: dict[int, str] = {}
    for place, line in enumerate(criteria, start=1):
        number = str(beneath(criteria, line.part_of).index(place) + 1)
        labels[place] = f"{labels[line.part_of]}.{number}" if line.part_of in labels else number
    return list(labels.values())


def points_of(criteria: Sequence[CriterionLine]) -> list[Decimal]:
    """The most points each line can bring, of 100, unrounded."""
    points: list[Decimal] = []
    for line in criteria:
        weight = Decimal(line.weight)
        points.append(points[line.part_of - 1] * weight / WHOLE if line.part_of else weight)
    return points


def method_problem(
    price_weight: int, criteria: Sequence[CriterionLine], formula: PriceFormula = PriceFormula.LOWEST_OVER_PRICE
) -> TreeProblem | None:
    """What keeps a method from being whole; None when it is."""
    if not criteria:
        return TreeProblem("Add at least one criterion for quality.")
    return (
        _misplaced(criteria)
        or _top_problem(price_weight, criteria, formula)
        or _parts_problem(criteria)
        or _same_name(criteria)
        or _asked_of_a_whole(criteria)
    )


def _misplaced(criteria: Sequence[CriterionLine]) -> TreeProblem | None:
    depths: list[int] = []
    for place, line in enumerate(criteria, start=1):
        if line.part_of is not None and not 1 <= line.part_of < place:
            return TreeProblem(f"{line.title} must stand below the criterion it is part of.", place, "part_of")
        depths.append(depths[line.part_of - 1] + 1 if line.part_of else 0)
        if depths[-1] > MOST_DEPTH:
            said = f"{line.title} is too deep. Criteria can have parts, and those can have parts, but no more."
            return TreeProblem(said, place, "part_of")
    return None


def _top_problem(price_weight: int, criteria: Sequence[CriterionLine], formula: PriceFormula) -> TreeProblem | None:
    quality = sum(line.weight for line in criteria if line.part_of is None)
    if formula.weighs_price:
        total = price_weight + quality
        said = f"The weights add up to {total}. With price they must add up to {WHOLE}."
        return None if total == WHOLE else TreeProblem(said)
    if price_weight:
        return TreeProblem("Under cost per point of quality, price has no weight of its own. Enter 0 for price.")
    said = f"The weights for quality add up to {quality}. Under cost per point of quality they must add up to {WHOLE}."
    return None if quality == WHOLE else TreeProblem(said)


def _parts_problem(criteria: Sequence[CriterionLine]) -> TreeProblem | None:
    for place, line in enumerate(criteria, start=1):
        parts = beneath(criteria, place)
        total = sum(criteria[part - 1].weight for part in parts)
        if parts and total != WHOLE:
            return TreeProblem(
                f"The parts of {line.title} add up to {total}%. They are percents of it, and must add up to {WHOLE}%.",
                parts[0],
            )
    return None


def _same_name(criteria: Sequence[CriterionLine]) -> TreeProblem | None:
    seen: set[str] = set()
    for place, line in enumerate(criteria, start=1):
        if line.title.casefold() in seen:
            return TreeProblem("Two criteria have the same name. Give each its own.", place, "title")
        seen.add(line.title.casefold())
    return None


def _asked_of_a_whole(criteria: Sequence[CriterionLine]) -> TreeProblem | None:
    for place, line in enumerate(criteria, start=1):
        if beneath(criteria, place) and (line.least_score or line.word_limit):
            said = (
                f"{line.title} has parts, and only its parts are scored. Set the minimum score or word limit on them."
            )
            return TreeProblem(said, place, "least_score")
    return None
