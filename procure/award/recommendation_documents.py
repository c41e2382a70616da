"""The award recommendation, and its exempt appendix: drafted from the record, for whoever has the power to award."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated

from procure.documents.declare import Document, gathered_by
from procure.documents.gaps import Gap
from procure.documents.kinds import Day, Money, Number, Rows, Score, Words, YesNo
from procure.documents.shared_facts import CouncilFacts, Line, ResolutionPoint, lines, sample_council


@dataclass(frozen=True)
class RecommendedPurchase:
    """What was bought, and under which law."""

    reference: Annotated[Words, "reference of the file"]
    title: Annotated[Words, "title as advertised"]
    need: Annotated[Words, "why it is needed"]
    description: Annotated[Words, "what is bought, in one paragraph"]
    regime_label: Annotated[Words, "law that applies"]
    procedure_label: Annotated[Words, "procedure"]
    notice_text: Annotated[Words, "notice that opened the competition"]


@dataclass(frozen=True)
class RecommendedDecision:
    """What is to be decided, by whom, with whom, for how much."""

    maker_post: Annotated[Words, "who decides"]
    consultees_label: Annotated[Words, "posts to be consulted"]
    officer_name: Annotated[Words, "author of the recommendation"]
    officer_post: Annotated[Words, "post of the author"]
    winner: Annotated[Words, "recommended bidder"]
    winner_total: Annotated[Score, "total of the recommended bidder"]
    value_gross: Annotated[Money, "value of the award, including VAT"]
    financial_text: Annotated[Words, "money in one paragraph"]
    equality_text: Annotated[Words, "regard to the equality duty"]
    call_in_text: Annotated[Words, "whether the decision can be called in"]
    standstill_text: Annotated[Words, "what follows the decision"]


@dataclass(frozen=True)
class Power:
    """The power to award."""

    chain: Annotated[Words, "one sentence from the power to this act"]
    words: Annotated[Words, "words of the power"]
    limit_text: Annotated[Words, "limit of the power"]


@dataclass(frozen=True)
class PowerCondition:
    """A condition of the power, and how it is met."""

    condition: Annotated[Words, "condition of the power"]
    met_by: Annotated[Words, "how the condition is met"]


@dataclass(frozen=True)
class DoneStep:
    """One step of the competition."""

    name: Annotated[Words, "step"]
    when: Annotated[Words, "day of the step"]


@dataclass(frozen=True)
class EvaluationFacts:
    """How the bids were evaluated."""

    assessed_label: Annotated[Words, "how many bids were assessed"]
    bids_text: Annotated[Words, "how many bids came in"]
    single_bid_text: Annotated[Words | None, "what is said of a single bid"]
    panel_text: Annotated[Words, "who scored"]
    conflicts_text: Annotated[Words, "conflicts of interest that were declared"]
    low_price_text: Annotated[Words, "abnormally low prices, what was asked and answered"]


@dataclass(frozen=True)
class OpenResult:
    """A place in the open ranking; an unsuccessful bidder is a letter."""

    rank: Annotated[Number, "place"]
    bidder: Annotated[Words, "bidder"]
    quality: Annotated[Score, "quality score"]
    price: Annotated[Score, "price score"]
    total: Annotated[Score, "total"]
    is_winner: Annotated[YesNo, "whether it is recommended"]


@dataclass(frozen=True)
class UsedMethod:
    """The published method."""

    weights_text: Annotated[Words, "weights of quality and price"]
    formula_text: Annotated[Words, "how price was scored"]
    rounding_text: Annotated[Words, "rounding"]


@dataclass(frozen=True)
class ReasonedScore:
    """The agreed score of one bid on one criterion, with its working and its reason."""

    criterion: Annotated[Words, "criterion"]
    score: Annotated[Number, "agreed score"]
    working: Annotated[Words, "working of the points"]
    points: Annotated[Score, "points"]
    reason: Annotated[Words, "agreed reason"]


@dataclass(frozen=True)
class OfficerComment:
    """An officer's comment."""

    heading: Annotated[Words, "heading of the comment"]
    text: Annotated[Words, "officer's comment"]
    author_post: Annotated[Words, "post of the officer who comments"]
    given_on: Annotated[Day, "day of the comment"]


@dataclass(frozen=True)
class Rejected:
    """An alternative, and why it is not recommended."""

    name: Annotated[Words, "alternative"]
    reason: Annotated[Words, "why the alternative is rejected"]


@dataclass(frozen=True)
class AwardRecommendation:
    """Everything the open recommendation prints."""

    council: CouncilFacts
    procurement: RecommendedPurchase
    decision: RecommendedDecision
    points: Annotated[Rows[ResolutionPoint], "what is recommended"]
    authority: Power | Gap
    conditions: Annotated[Rows[PowerCondition], "conditions of the power"]
    steps: Annotated[Rows[DoneStep], "steps of the competition"]
    evaluation: EvaluationFacts
    results: Annotated[Rows[OpenResult], "result of the evaluation"]
    method: UsedMethod | Gap
    scores: Annotated[Rows[ReasonedScore], "scores of the recommended bid"]
    reasons: Annotated[Rows[Line], "reasons for the decision"]
    alternatives: Annotated[Rows[Rejected], "alternatives considered and rejected"]
    comments: Annotated[Rows[OfficerComment], "officers' comments"]
    risks: Annotated[Rows[Line], "risks of the decision"]


@dataclass(frozen=True)
class ExemptPurchase:
    """Which award the appendix goes with."""

    reference: Annotated[Words, "reference of the file"]
    title: Annotated[Words, "title as advertised"]
    exempt_text: Annotated[Words, "why the public interest favours exemption"]
    low_price_text: Annotated[Words, "abnormally low prices, what was asked and answered"]


@dataclass(frozen=True)
class ExemptScore:
    """The agreed score of one bid on one criterion, beside what each evaluator gave alone."""

    criterion: Annotated[Words, "criterion"]
    alone: Annotated[Words, "scores that were given alone"]
    score: Annotated[Number, "agreed score"]
    working: Annotated[Words, "working of the points"]
    points: Annotated[Score, "points"]
    reason: Annotated[Words, "agreed reason"]


@dataclass(frozen=True)
class ExemptBid:
    """One bid by its name, with its price and every figure's working."""

    rank: Annotated[Number, "place"]
    letter: Annotated[Words, "letter of the bidder"]
    name: Annotated[Words, "name of the bidder"]
    identifier: Annotated[Words, "unique identifier of the bidder"]
    price_net: Annotated[Money, "price without VAT"]
    quality: Annotated[Score, "quality score"]
    price: Annotated[Score, "price score"]
    total: Annotated[Score, "total"]
    working: Annotated[Words, "working of the price score"]
    parted: Annotated[Words, "how a tie was parted"]
    scores: Annotated[Rows[ExemptScore], "scores of the bid"]


@dataclass(frozen=True)
class SetAside:
    """A bid that was not assessed."""

    name: Annotated[Words, "bidder whose bid was set aside"]
    reason: Annotated[Words, "why the bid was set aside"]


@dataclass(frozen=True)
class AwardAppendix:
    """Everything the exempt appendix prints."""

    council: CouncilFacts
    procurement: ExemptPurchase
    bids: Annotated[Rows[ExemptBid], "bids"]
    set_aside: Annotated[Rows[SetAside], "bids that were set aside"]


NO_LOW_PRICE = "No price was more than 20% below the mean of the others, so none had to be explained."
REASON = "Names a lead for each ward (page 4) and cites figures of 2026 for each (page 6)."


def _sample_scores() -> tuple[ReasonedScore, ...]:
    return (
        ReasonedScore("Understanding of need", 5, "25 × 5 ÷ 5", Decimal("25.00"), REASON),
        ReasonedScore("Social value", 4, "35 × 4 ÷ 5", Decimal("28.00"), "Three paid traineeships a year (page 21)."),
    )


def _sample_exempt() -> tuple[ExemptScore, ...]:
    return (
        ExemptScore("Understanding of need", "R. One 4; S. Two 5", 5, "25 × 5 ÷ 5", Decimal("25.00"), REASON),
        ExemptScore("Social value", "R. One 4; S. Two 4", 4, "35 × 4 ÷ 5", Decimal("28.00"), "Paid traineeships."),
    )


def sample_recommendation() -> AwardRecommendation:
    """The recommendation of the demonstration."""
    return AwardRecommendation(
        council=sample_council(),
        procurement=RecommendedPurchase(
            "PRO-2027-014", "Social infrastructure support and a local giving model",
            "The contract for this support ends on 31 March 2028.",
            "One partner to strengthen voluntary and community groups in every ward and to run a local giving model.",
            "Procurement Act 2023: a public contract for light touch services",
            "Open procedure: one stage, anyone may tender", "Notice 041267-2027.",
        ),
        decision=RecommendedDecision(
            maker_post="Director of Policy and Participation",
            consultees_label="the Chief Operating Officer and the Director of Law and Governance",
            officer_name="A. Officer", officer_post="Procurement Officer", winner="Example Alliance",
            winner_total=Decimal("89.67"), value_gross=Decimal(540000),
            financial_text="The cost is within the budget of PP-4410.",
            equality_text="The equality impact assessment was read.",
            call_in_text="The decision is not subject to call-in.",
            standstill_text="Every bidder gets its assessment summary, then the contract award notice is published.",
        ),
        points=(
            ResolutionPoint("Award", "the contract to Example Alliance."),
            ResolutionPoint("Enter into", "the contract after the standstill."),
        ),
        authority=Power(
            "Cabinet, 13 July 2027, item 92, resolution (iii): to the Director, who awards.",
            "Delegate authority to the Director to conduct the procurement, award and enter into the contract.",
            "The award is £126,000 below the approved £666,000.",
        ),
        conditions=(PowerCondition("Consultation with four posts", "Each is asked with this paper"),),
        steps=(DoneStep("Tender notice", "6 September 2027"), DoneStep("Bids opened", "11 October 2027")),
        evaluation=EvaluationFacts(
            "Three", "Three bids came in, and all were assessed.", None,
            "Three evaluators scored alone. A moderator who did not score chaired the agreement of one score, with a "
            "reason, for each criterion.",
            "Nobody declared an interest.", NO_LOW_PRICE,
        ),
        results=(
            OpenResult(1, "Example Alliance", Decimal("53.00"), Decimal("36.67"), Decimal("89.67"), True),
            OpenResult(2, "Bidder C", Decimal("55.00"), Decimal("33.13"), Decimal("88.13"), False),
        ),
        method=UsedMethod(
            "Quality counted for 60% and price for 40%.", "Price score = 40 × lowest total price ÷ the total price.",
            "Points are rounded to two places, half up.",
        ),
        scores=_sample_scores(),
        reasons=lines("It is the most advantageous tender."),
        alternatives=(Rejected("Not to award", "Support would stop on 31 March 2028."),),
        comments=(OfficerComment("Finance", "The cost is within budget.", "Chief Operating Officer",
                                 date(2027, 11, 11)),),
        risks=lines("Staff may not transfer in time."),
    )  # fmt: skip


def sample_appendix() -> AwardAppendix:
    """The appendix of the demonstration."""
    return AwardAppendix(
        council=sample_council(),
        procurement=ExemptPurchase(
            "PRO-2027-014", "Social infrastructure support and a local giving model",
            "Publishing prices before the contract is entered into would harm the competition.", NO_LOW_PRICE,
        ),
        bids=(
            ExemptBid(1, "Bidder B", "Example Alliance", "GB-COH-01234567", Decimal(450000), Decimal("53.00"),
                      Decimal("36.67"), Decimal("89.67"), "40 × £412,500 ÷ £450,000", "–", _sample_exempt()),
            ExemptBid(2, "Bidder C", "Example Network", "GB-CHC-1234567", Decimal(498000), Decimal("55.00"),
                      Decimal("33.13"), Decimal("88.13"), "40 × £412,500 ÷ £498,000", "–", _sample_exempt()),
        ),
        set_aside=(SetAside("Example Company", "It failed the condition on safeguarding."),),
    )  # fmt: skip


AWARD_RECOMMENDATION = Document(
    name="award-recommendation",
    title="Award recommendation",
    room="award",
    template="award/documents/award_recommendation.docx",
    facts=AwardRecommendation,
    sample=sample_recommendation,
    gather=gathered_by("award", "award_recommendation", module="recommendation_gathering"),
)
AWARD_APPENDIX = Document(
    name="award-appendix",
    title="Exempt appendix to the award recommendation",
    room="award",
    template="award/documents/award_appendix.docx",
    facts=AwardAppendix,
    sample=sample_appendix,
    gather=gathered_by("award", "award_appendix", module="recommendation_gathering"),
)
OF_THE_RECOMMENDATION = (AWARD_RECOMMENDATION, AWARD_APPENDIX)
