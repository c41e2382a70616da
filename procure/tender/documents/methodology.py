"""The evaluation methodology: the whole of the method, so that anyone with the scores can recompute the result."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated

from procure.documents.declare import Document, gathered_by
from procure.documents.gaps import Gap
from procure.documents.kinds import Money, Number, Percent, Rows, Words
from procure.documents.shared_facts import CouncilFacts, sample_council
from procure.tender.documents.shared import ScaleStep, sample_scale


@dataclass(frozen=True)
class AssessedPurchase:
    """Which purchase this is about."""

    reference: Annotated[Words, "reference of the file"]
    title: Annotated[Words, "title as advertised"]


@dataclass(frozen=True)
class WeighedCriterion:
    """One line of the tree of criteria. `weight` is within its own level; `share` is of the whole 100."""

    no: Annotated[Words, "number of the criterion"]
    title: Annotated[Words, "name of the criterion"]
    weight: Annotated[Percent, "weight of the criterion"]
    share: Annotated[Words, "share of the 100 points"]
    words: Annotated[Words, "word limit"]
    least: Annotated[Words, "lowest score with which a tender stays in"]


@dataclass(frozen=True)
class Question:
    """One question that is scored."""

    no: Annotated[Words, "number of the question"]
    title: Annotated[Words, "title of the question"]
    share: Annotated[Words, "share of the question"]
    text: Annotated[Words, "what a good answer shows"]
    limits: Annotated[Words | None, "limits of the answer"]


@dataclass(frozen=True)
class PriceExample:
    """An invented price and what it becomes."""

    bidder: Annotated[Words, "bidder of the example"]
    price: Annotated[Money, "price of the example"]
    result: Annotated[Words, "result of the example"]
    working: Annotated[Words, "working of the example"]


@dataclass(frozen=True)
class PublishedMethod:
    """How tenders are assessed."""

    quality_label: Annotated[Words, "what quality counts for"]
    price_label: Annotated[Words, "what price counts for"]
    quality_weight: Annotated[Percent, "weight of quality"]
    weights_note: Annotated[Words, "how the weights are to be read"]
    scale: Annotated[Rows[ScaleStep], "scale of scores"]
    top_score: Annotated[Number, "top of the scale"]
    least_text: Annotated[Words, "lowest score with which a tender stays in"]
    panel_text: Annotated[Words, "who scores"]
    price_basis: Annotated[Words, "which price is scored"]
    formula_text: Annotated[Words, "how price is scored"]
    example_head: Annotated[Words, "head of the worked example"]
    example: Annotated[Rows[PriceExample], "worked example"]
    correction_text: Annotated[Words, "what is done about arithmetic errors"]
    low_price_text: Annotated[Words, "when a price is looked into"]
    total_text: Annotated[Words, "how the result is found"]
    rounding_text: Annotated[Words, "rounding"]
    tie_text: Annotated[Words, "how ties are parted"]


@dataclass(frozen=True)
class EvaluationMethodology:
    """Everything the methodology prints."""

    council: CouncilFacts
    procurement: AssessedPurchase
    method: PublishedMethod | Gap
    criteria: Annotated[Rows[WeighedCriterion], "award criteria"]
    questions: Annotated[Rows[Question], "questions that are scored"]


def sample_methodology() -> EvaluationMethodology:
    """The methodology of the demonstration."""
    return EvaluationMethodology(
        council=sample_council(),
        procurement=AssessedPurchase("PRO-2027-014", "Social infrastructure support and a local giving model"),
        method=PublishedMethod(
            quality_label="60%",
            price_label="40%",
            quality_weight=Decimal(60),
            weights_note="Weights at each level add up to 100%, price included.",
            scale=sample_scale(),
            top_score=5,
            least_text="There is no lowest score.",
            panel_text="Three evaluators each score alone, in writing, with reasons, without seeing the others’ "
            "scores.",
            price_basis="the total for the longest term, without VAT",
            formula_text="Price score = 40 × lowest total price ÷ the bidder’s total price.",
            example_head="Price score",
            example=(
                PriceExample("Bidder X", Decimal(100000), "40.00", "40 × £100,000 ÷ £100,000"),
                PriceExample("Bidder Y", Decimal(125000), "32.00", "40 × £100,000 ÷ £125,000"),
            ),
            correction_text="Unit rates stand; the total is worked out again and confirmed with the bidder.",
            low_price_text="We look into a price more than 20% below the mean of the other tenders.",
            total_text="Total = quality score + price score, of 100. The highest total comes first.",
            rounding_text="Points are rounded to two places, half up. Bids are ranked on the rounded totals.",
            tie_text="If totals are equal, the bid with more points for quality goes first.",
        ),
        criteria=(
            WeighedCriterion("1", "Understanding of need", Decimal(35), "35 points", "1,500", "2"),
            WeighedCriterion("2", "Local giving", Decimal(25), "25 points", "1,000", "–"),
        ),
        questions=(
            Question("1", "Understanding of need", "35 points", "How well you know what groups need in each ward.",
                     "Limit: 1,500 words. A score below 2 means that the tender is not considered further."),
            Question("2", "Local giving", "25 points", "How your model works, and what it raised before.", None),
        ),
    )  # fmt: skip


EVALUATION_METHODOLOGY = Document(
    name="evaluation-methodology",
    title="Evaluation methodology",
    room="tender",
    template="tender/documents/evaluation_methodology.docx",
    facts=EvaluationMethodology,
    sample=sample_methodology,
    gather=gathered_by("tender", "evaluation_methodology"),
)
