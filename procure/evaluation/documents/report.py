"""The evaluation report: that the published method was followed, and with what result."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Annotated

from procure.documents.declare import Document, gathered_by
from procure.documents.gaps import Gap
from procure.documents.kinds import Day, Moment, Money, Number, Rows, Score, Words
from procure.documents.shared_facts import CouncilFacts, Line, lines, sample_council
from procure.evaluation.documents.scoring import ReopenedScore, sample_reopened


@dataclass(frozen=True)
class EvaluatedPurchase:
    """What was evaluated."""

    reference: Annotated[Words, "reference of the file"]
    title: Annotated[Words, "title as advertised"]
    notice: Annotated[Words, "number of the notice"]
    bids_label: Annotated[Words, "how many tenders came in"]


@dataclass(frozen=True)
class ReportedResult:
    """Who came first."""

    winner: Annotated[Words, "bidder with the most advantageous tender"]
    text: Annotated[Words, "result of the bidder who came first"]
    price_head: Annotated[Words, "what the column of price scores is called"]
    total_head: Annotated[Words, "what the column of totals is called"]


@dataclass(frozen=True)
class RankedBid:
    """One place of the ranking."""

    rank: Annotated[Number, "place"]
    bidder: Annotated[Words, "bidder"]
    price_net: Annotated[Money, "price without VAT"]
    quality: Annotated[Score, "quality score"]
    price: Annotated[Score, "price score"]
    total: Annotated[Score, "total"]


@dataclass(frozen=True)
class SteppedOn:
    """A step of the competition, as planned and as it was."""

    name: Annotated[Words, "step"]
    planned: Annotated[Words, "planned day"]
    done: Annotated[Words, "day on which the step was done"]


@dataclass(frozen=True)
class CheckedBid:
    """The checks of one tender."""

    bidder: Annotated[Words, "bidder"]
    received_at: Annotated[Moment, "moment at which the tender came"]
    in_time: Annotated[Words, "whether the tender came in time"]
    missing: Annotated[Words, "what is missing from the tender"]
    conditions: Annotated[Words, "conditions of participation"]
    exclusion: Annotated[Words, "exclusion grounds and the debarment list"]


@dataclass(frozen=True)
class Evaluator:
    """Somebody who scored or moderated."""

    name: Annotated[Words, "name"]
    post: Annotated[Words, "post"]
    part: Annotated[Words, "part in the evaluation"]
    declared_on: Annotated[Day, "day of the declaration against the list of bidders"]


@dataclass(frozen=True)
class ConsideredGround:
    """A ground for exclusion that was considered, and what was decided."""

    bidder: Annotated[Words, "bidder against whom a ground was considered"]
    ground: Annotated[Words, "ground that was considered, and about whom"]
    outcome: Annotated[Words, "decision about the ground that was considered"]
    by: Annotated[Words, "who decided about the ground that was considered"]
    reason: Annotated[Words, "reasons for the decision about the ground"]


@dataclass(frozen=True)
class ScoredCriterion:
    """A criterion that was scored."""

    criterion: Annotated[Words, "criterion that was scored"]
    most: Annotated[Words, "most points on the criterion"]
    least: Annotated[Words, "least score on the criterion"]


@dataclass(frozen=True)
class PublishedWay:
    """The method, as it was published."""

    weights_text: Annotated[Words, "weights of quality and price"]
    formula_text: Annotated[Words, "how price is scored"]
    rounding_text: Annotated[Words, "rounding"]
    tie_text: Annotated[Words, "how ties are parted"]
    published_on: Annotated[Day, "day on which the method was published"]


@dataclass(frozen=True)
class ReasonedLine:
    """An agreed score with its working and its reason."""

    criterion: Annotated[Words, "criterion"]
    score: Annotated[Number, "agreed score"]
    working: Annotated[Words, "sum that makes the points"]
    points: Annotated[Score, "points"]
    reason: Annotated[Words, "agreed reason"]


@dataclass(frozen=True)
class ReasonedBid:
    """All scores of one tender."""

    bidder: Annotated[Words, "bidder"]
    result: Annotated[Words, "result of the tender"]
    sums: Annotated[Words, "sums for quality, price and total"]
    lines: Annotated[Rows[ReasonedLine], "scores of the tender"]


@dataclass(frozen=True)
class NotConsidered:
    """A tender that was set aside, or fell below a published least score."""

    bidder: Annotated[Words, "bidder whose tender was set aside"]
    reason: Annotated[Words, "why the tender was set aside"]


@dataclass(frozen=True)
class CheckedSum:
    """A total as tendered and as checked."""

    bidder: Annotated[Words, "bidder"]
    tendered: Annotated[Money, "total as tendered"]
    checked: Annotated[Money, "total as checked"]


@dataclass(frozen=True)
class Account:
    """What is told beside the scores."""

    low_price_text: Annotated[Words, "abnormally low prices, what was asked and answered"]
    single_bid_text: Annotated[Words | None, "what is said of a single tender"]
    checker_post: Annotated[Words, "who checked the arithmetic"]
    checked_on: Annotated[Day, "day on which the arithmetic was checked"]
    due_diligence: Annotated[Words, "checks of the bidder who came first"]


@dataclass(frozen=True)
class EvaluationReport:
    """Everything the report prints."""

    council: CouncilFacts
    procurement: EvaluatedPurchase
    result: ReportedResult | Gap
    ranking: Annotated[Rows[RankedBid], "ranking"]
    steps: Annotated[Rows[SteppedOn], "steps of the timetable"]
    checks: Annotated[Rows[CheckedBid], "checks of the tenders"]
    evaluators: Annotated[Rows[Evaluator], "who evaluated"]
    method: PublishedWay | Gap
    bids: Annotated[Rows[ReasonedBid], "scores and reasons"]
    aside: Annotated[Rows[NotConsidered], "tenders that were not considered"]
    criteria: Annotated[Rows[ScoredCriterion], "criteria that were scored"]
    ties: Annotated[Rows[Line], "ties and how they were parted"]
    grounds: Annotated[Rows[ConsideredGround], "grounds for exclusion that were considered"]
    reopened: Annotated[Rows[ReopenedScore], "scores that were asked to be opened again"]
    sums: Annotated[Rows[CheckedSum], "totals of the tenders"]
    account: Account
    events: Annotated[Rows[Line], "what was unusual"]
    lessons: Annotated[Rows[Line], "lessons"]


SAMPLE_SUMS = (
    "Quality: 25.00 + 12.00 + 8.00 + 8.00 = 53.00. Price: 40 × £412,500 ÷ £450,000 = 36.67. "
    "Total: 53.00 + 36.67 = 89.67."
)


def sample_evaluation_report() -> EvaluationReport:
    """The result of the demonstration."""
    came = datetime(2027, 10, 11, 10, 20, tzinfo=UTC)
    found = "No ground found. Not on the list. 14 October 2027"
    return EvaluationReport(
        council=sample_council(),
        procurement=EvaluatedPurchase(
            "PRO-2027-014", "Social infrastructure support and a local giving model", "041267-2027", "Three"
        ),
        result=ReportedResult("Example Alliance", "89.67 of 100", "Price score", "Total"),
        ranking=(
            RankedBid(1, "Example Alliance", Decimal(450_000), Decimal("53.00"), Decimal("36.67"), Decimal("89.67")),
            RankedBid(2, "Example Network", Decimal(498_000), Decimal("55.00"), Decimal("33.13"), Decimal("88.13")),
        ),
        steps=(
            SteppedOn("Tender notice published", "6 September 2027", "6 September 2027"),
            SteppedOn("Award decision signed", "19 November 2027", "To come"),
        ),
        checks=(
            CheckedBid("Example Alliance", came, "in time", "Nothing", "All met", found),
            CheckedBid("Example Network", came, "in time", "Nothing", "All met", found),
        ),
        evaluators=(
            Evaluator("E. One", "Participation Manager", "Evaluator, all criteria", date(2027, 10, 12)),
            Evaluator("M. Moderator", "Category Manager", "Moderator, did not score", date(2027, 10, 12)),
        ),
        method=PublishedWay(
            "Quality counts for 60% and price for 40%.", "Price score = 40 × lowest price ÷ the bidder’s price.",
            "Points are rounded to two places, half up.",
            "If totals are equal, the bid with more points for quality goes first.", date(2027, 9, 6),
        ),
        bids=(
            ReasonedBid("Example Alliance", "89.67", SAMPLE_SUMS, (
                ReasonedLine("1 Understanding of need", 5, "25 × 5 ÷ 5", Decimal(25), "Names a lead for each ward."),
                ReasonedLine("2 Local giving", 4, "35 × 4 ÷ 5", Decimal(28), "A model run in one borough (page 18)."),
            )),
        ),
        criteria=(
            ScoredCriterion("1 Understanding of need", "25", "2"),
            ScoredCriterion("2.1 Reaching every ward", "15", "–"),
        ),
        ties=lines("Example Alliance: level with Example Network on total; ahead by the lower price."),
        grounds=(
            ConsideredGround(
                "Example Network", "Breach of contract or poor performance (discretionary, Schedule 7)",
                "It applies, and isn’t likely to occur again: the bidder stays in",
                "Director of Policy and Participation, 28 October 2027", "A new manager has met every target since.",
            ),
        ),
        reopened=sample_reopened(),
        aside=(NotConsidered("Example Limited", "It came one minute after the deadline."),),
        sums=(
            CheckedSum("Example Alliance", Decimal("450000.00"), Decimal("450000.00")),
            CheckedSum("Example Network", Decimal("497950.00"), Decimal("498000.00")),
        ),
        account=Account(
            low_price_text="No price was low enough to be looked into.",
            single_bid_text="Five organisations were asked why they did not bid; the price is below the estimate.",
            checker_post="Finance Business Partner", checked_on=date(2027, 11, 9),
            due_diligence="Accounts, references and registration were checked on 8 November 2027.",
        ),
        events=lines("The portal was slow from 1:10pm on the last day. No bidder was affected."),
        lessons=lines("Ask for one page on measures of success."),
    )  # fmt: skip


EVALUATION_REPORT = Document(
    name="evaluation-report",
    title="Evaluation report",
    room="evaluation",
    template="evaluation/documents/evaluation_report.docx",
    facts=EvaluationReport,
    sample=sample_evaluation_report,
    gather=gathered_by("evaluation", "evaluation_report"),
)
