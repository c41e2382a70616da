"""From the method and its tree of criteria to the words of the methodology and of the request for quotes."""

from __future__ import annotations

from decimal import Decimal

from procure import words
from procure.documents.gaps import Gap
from procure.evaluation.rules import LOW_PRICE_PERCENT
from procure.procurement.models import Lot
from procure.tender.documents.methodology import PriceExample, PublishedMethod, Question, WeighedCriterion
from procure.tender.documents.quotes import QuoteCriterion
from procure.tender.documents.shared import ScaleStep
from procure.tender.gathering.said import Pages
from procure.tender.models import AwardCriterion, Method
from procure.tender.rules import (
    SCALE,
    TOP_SCORE,
    PriceFormula,
    formula_words,
    price_points,
    price_working,
    rounding_words,
    tie_words,
)  # fmt: skip

INVENTED = (Decimal(100_000), Decimal(110_000), Decimal(125_000))
"""Prices of the worked example."""


def the_scale() -> tuple[ScaleStep, ...]:
    """The published scale, best first."""
    return tuple(ScaleStep(str(step.score), step.label, step.meaning) for step in SCALE)


def points_label(points: Decimal) -> str:
    """12.5 points."""
    shown = words.percent(points).removesuffix("%")
    return f"{shown} {'point' if shown == '1' else 'points'}"


def weights_text(method: Method) -> str:
    """Quality counts for 60% and price for 40%."""
    if divides(method):
        return "Tenders are compared by what each point of quality costs."
    quality, price = words.percent(100 - method.price_weight), words.percent(method.price_weight)
    return f"Quality counts for {quality} and price for {price}."


def divides(method: Method) -> bool:
    """Whether price has no weight: it is divided by the points for quality."""
    return method.price_formula.value == "cost_per_quality_point"


def the_criteria(method: Method | None, pages: Pages) -> tuple[WeighedCriterion, ...] | Gap:
    """The tree, parents and children, as the table prints it."""
    rows = tuple(
        WeighedCriterion(
            no=one.label,
            title=one.title,
            weight=Decimal(one.weight),
            share=points_label(one.points),
            words=f"{one.word_limit:,}" if one.word_limit else "–",
            least="–" if one.least_score is None else str(one.least_score),
        )
        for one in (method.criteria if method else ())
    )
    return pages.method(rows, "award criteria")


def the_questions(method: Method | None, pages: Pages) -> tuple[Question, ...] | Gap:
    """The criteria that are scored, with what a good answer shows."""
    rows = tuple(
        Question(
            one.label, one.title, points_label(one.points),
            pages.method(one.definition, f"what a good answer to “{one.title}” shows"), _limits(one),
        )
        for one in (method.scored if method else ())
    )  # fmt: skip
    return pages.method(rows, "questions that are scored")


def quoted_criteria(method: Method | None, pages: Pages) -> tuple[QuoteCriterion, ...] | Gap:
    """The criteria that are scored, in the short words of a request for quotes."""
    rows = tuple(
        QuoteCriterion(
            one.title, pages.method(one.definition, f"what a good answer to “{one.title}” shows"),
            points_label(one.points),
        )
        for one in (method.scored if method else ())
    )  # fmt: skip
    return pages.method(rows, "criteria")


def _limits(one: AwardCriterion) -> str | None:
    said = []
    if one.word_limit:
        said.append(f"Limit: {one.word_limit:,} words.")
    if one.least_score is not None:
        said.append(f"A score below {one.least_score} means that the tender is not considered further.")
    return " ".join(said) or None


def the_method(lot: Lot, pages: Pages) -> PublishedMethod | Gap:
    """Everything said of the method itself."""
    method, how = lot.method, lot.how_to_tender
    if method is None:
        return pages.method.gap("how bids will be judged")
    price, formula = method.price_weight, method.price_formula
    count = words.sentence(words.number_word(method.panel_size))
    return PublishedMethod(
        quality_label="Divides the price" if divides(method) else words.percent(100 - price),
        price_label="Divided by the points for quality" if divides(method) else words.percent(price),
        quality_weight=Decimal(100 - price),
        weights_note=_note(method),
        scale=the_scale(),
        top_score=TOP_SCORE,
        least_text=_least_text(method),
        panel_text="One evaluator scores in writing, with reasons."
        if method.panel_size == 1
        else f"{count} evaluators each score alone, in writing, with reasons, without seeing the others’ scores.",
        price_basis=pages.how(how.price_basis if how else None, "which price is scored"),
        formula_text=f"{words.sentence(formula_words(formula, price))}."
        if divides(method)
        else f"Price score = {formula_words(formula, price)}.",
        example_head="Cost of a point" if divides(method) else "Price score",
        example=_example(formula, price),
        correction_text=pages.how(how.correction_text if how else None, "what is done about arithmetic errors"),
        low_price_text=f"We look into a price more than {words.percent(LOW_PRICE_PERCENT)} below the mean of the "
        "other tenders.",
        total_text="The price is divided by the points for quality. The lowest cost of a point comes first."
        if divides(method)
        else "Total = quality score + price score, of 100. The highest total comes first.",
        rounding_text=rounding_words(formula),
        tie_text=tie_words(formula),
    )


def _note(method: Method) -> str:
    if any(one.parent for one in method.criteria):
        return (
            "A weight is a share of the level it stands on. Only the questions are scored; a heading above them gets "
            "what they get together."
        )
    return "Together with the price the weights add up to 100." if not divides(method) else "The weights add up to 100."


def _least_text(method: Method) -> str:
    if any(one.least_score is not None for one in method.scored):
        return (
            "Where the table names a lowest score, a tender whose agreed score is below it is not considered further."
        )
    return "There is no lowest score."


def _example(formula: PriceFormula, weight: int) -> tuple[PriceExample, ...]:
    rows = []
    for letter, price in zip("XYZ", INVENTED, strict=True):
        result = words.points(price_points(formula, weight, price, INVENTED))
        rows.append(PriceExample(f"Bidder {letter}", price, result, price_working(formula, weight, price, INVENTED)))
    return tuple(rows)
