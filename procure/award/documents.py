"""The papers of this room: the letter to the winner, and the assessment summary for each bidder."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated

from procure.documents.declare import Document, gathered_by
from procure.documents.kinds import Day, Money, Number, Percent, Rows, Score, Words, YesNo
from procure.documents.shared_facts import (
    CouncilFacts,
    StandstillFacts,
    TermFacts,
    sample_council,
    sample_standstill,
    sample_term,
)


@dataclass(frozen=True)
class AwardedProcurement:
    """What was bought."""

    reference: Annotated[Words, "reference of the file"]
    title: Annotated[Words, "title as advertised"]
    ocid: Annotated[Words | None, "procurement id on the central digital platform"]


@dataclass(frozen=True)
class LetterAsk:
    """One thing the winner has to do before the contract."""

    text: Annotated[Words, "what the bidder must do"]
    by_on: Annotated[Day | None, "day by which it must be done"]


@dataclass(frozen=True)
class LetterFacts:
    """Who writes, when, and who answers questions."""

    date: Annotated[Day, "date of the letter"]
    contact_name: Annotated[Words, "who answers questions"]
    contact_post: Annotated[Words, "post of who answers questions"]
    contact_email: Annotated[Words, "e-mail for questions"]
    signatory_name: Annotated[Words, "who signs the letter"]
    signatory_post: Annotated[Words, "post of who signs the letter"]


@dataclass(frozen=True)
class WinningBidder:
    """The bidder to whom the contract is to be awarded."""

    name: Annotated[Words, "name of the bidder"]
    address: Annotated[Words, "postal address of the bidder"]
    contact_name: Annotated[Words, "contact of the bidder"]
    total_score: Annotated[Score, "total score of the bidder"]


@dataclass(frozen=True)
class LetterToWinner:
    """Everything the letter to the winner prints."""

    council: CouncilFacts
    procurement: AwardedProcurement
    bidder: WinningBidder
    term: TermFacts
    standstill: StandstillFacts
    letter: LetterFacts
    asks: Annotated[Rows[LetterAsk], "what the bidder must do"]
    tupe_text: Annotated[Words | None, "what is said about staff who may transfer"]


@dataclass(frozen=True)
class AssessedCriterion:
    """One criterion as it was published. SI 2024/692 reg 31."""

    no: Annotated[Words, "number of the criterion"]
    title: Annotated[Words, "title of the criterion"]
    weight: Annotated[Percent, "weight of the criterion"]
    scale_text: Annotated[Words, "how the criterion was scored"]


@dataclass(frozen=True)
class ScaleStep:
    """One step of the scoring scale."""

    score: Annotated[Number, "score"]
    label: Annotated[Words, "label of the score"]
    meaning: Annotated[Words, "what the score means"]


@dataclass(frozen=True)
class MethodFacts:
    """How tenders were assessed."""

    version: Annotated[Words, "version of the evaluation methodology"]
    quality_weight: Annotated[Percent, "weight of quality"]
    price_weight: Annotated[Percent, "weight of price"]
    price_formula_text: Annotated[Words, "how price was scored"]
    scale: Annotated[Rows[ScaleStep], "scoring scale"]


@dataclass(frozen=True)
class SubCriterion:
    """How one sub-criterion was assessed."""

    title: Annotated[Words, "sub-criterion"]
    text: Annotated[Words, "how the tender was assessed on the sub-criterion"]


@dataclass(frozen=True)
class CriterionScore:
    """One tender on one criterion, with an explanation that refers to the tender. SI 2024/692 reg 31."""

    criterion: Annotated[Words, "criterion"]
    weight: Annotated[Percent, "weight of the criterion"]
    score: Annotated[Number, "score"]
    weighted: Annotated[Score, "weighted score"]
    explanation: Annotated[Words, "explanation of the score"]
    points: Annotated[Rows[SubCriterion], "sub-criteria"]


@dataclass(frozen=True)
class AssessedBidder:
    """The bidder whom the summary is for, and the scores of its tender."""

    name: Annotated[Words, "name of the bidder"]
    address: Annotated[Words, "postal address of the bidder"]
    email: Annotated[Words, "e-mail of the bidder"]
    identifier: Annotated[Words, "unique identifier of the bidder"]
    contact_name: Annotated[Words, "contact of the bidder"]
    price_net: Annotated[Money, "price scored, without VAT"]
    quality_score: Annotated[Score, "quality score of the bidder"]
    price_score: Annotated[Score, "price score of the bidder"]
    total_score: Annotated[Score, "total score of the bidder"]
    scores: Annotated[Rows[CriterionScore], "scores of the bidder"]


@dataclass(frozen=True)
class Outcome:
    """Where an unsuccessful tender came, and why."""

    rank_label: Annotated[Words, "place of the tender"]
    was_fully_assessed: Annotated[YesNo, "whether the tender was assessed against all criteria"]
    further_reason: Annotated[Words, "why the contract is not awarded to the bidder"]


@dataclass(frozen=True)
class WinnerScore:
    """The winning tender on one criterion."""

    criterion: Annotated[Words, "criterion"]
    weight: Annotated[Percent, "weight of the criterion"]
    score: Annotated[Number, "score of the winner"]
    weighted: Annotated[Score, "weighted score of the winner"]
    explanation: Annotated[Words, "explanation of the winner's score"]


@dataclass(frozen=True)
class WinnerFacts:
    """The winning tender as other bidders are told of it. `withheld_text`: what is left out, and the ground (s.94)."""

    name: Annotated[Words, "name of the winner"]
    identifier: Annotated[Words, "unique identifier of the winner"]
    quality_score: Annotated[Score, "quality score of the winner"]
    price_score: Annotated[Score, "price score of the winner"]
    total_score: Annotated[Score, "total score of the winner"]
    scores: Annotated[Rows[WinnerScore], "scores of the winner"]
    withheld_text: Annotated[Words | None, "what is withheld, and on what ground"]


@dataclass(frozen=True)
class WinnersAssessmentSummary:
    """Everything the winner's own assessment summary prints. Procurement Act 2023 s.50."""

    council: CouncilFacts
    procurement: AwardedProcurement
    bidder: AssessedBidder
    method: MethodFacts
    criteria: Annotated[Rows[AssessedCriterion], "award criteria"]
    standstill: StandstillFacts
    letter: LetterFacts


@dataclass(frozen=True)
class AssessmentSummary:
    """Everything an unsuccessful bidder's assessment summary prints. Procurement Act 2023 s.50."""

    council: CouncilFacts
    procurement: AwardedProcurement
    bidder: AssessedBidder
    outcome: Outcome
    winner: WinnerFacts
    method: MethodFacts
    criteria: Annotated[Rows[AssessedCriterion], "award criteria"]
    standstill: StandstillFacts
    letter: LetterFacts


TITLES = ("Understanding of need", "Delivery in every ward", "Local giving", "Social value")
WEIGHTS = (25, 15, 10, 10)


def _sample_procurement() -> AwardedProcurement:
    return AwardedProcurement(
        "PRO-2027-014", "Social infrastructure support and a local giving model", "ocds-h6vhtk-0a1b2c"
    )


def _sample_letter() -> LetterFacts:
    return LetterFacts(
        date(2027, 11, 23), "A. Officer", "Procurement Officer", "procurement@example.gov.uk",
        "D. Director", "Director of Policy and Participation",
    )  # fmt: skip


def _sample_method() -> MethodFacts:
    return MethodFacts(
        version="1.0",
        quality_weight=Decimal(60),
        price_weight=Decimal(40),
        price_formula_text="40 × lowest total price ÷ the bidder’s total price",
        scale=(
            ScaleStep(5, "Excellent", "Exceeds the requirement in most respects, with full evidence."),
            ScaleStep(4, "Good", "Meets the requirement in full and exceeds it in some respects, with good evidence."),
            ScaleStep(3, "Satisfactory", "Meets the requirement, with enough evidence."),
            ScaleStep(2, "Weak", "Meets the requirement in part, or with little evidence."),
            ScaleStep(1, "Poor", "Falls well short of the requirement."),
            ScaleStep(0, "No answer", "No answer, or none that bears on the requirement."),
        ),
    )


def _sample_criteria() -> tuple[AssessedCriterion, ...]:
    return tuple(
        AssessedCriterion(str(place), title, Decimal(weight), "0 to 5, whole numbers")
        for place, (title, weight) in enumerate(zip(TITLES, WEIGHTS, strict=True), start=1)
    )


def _sample_scores(*scored: tuple[int, str, tuple[SubCriterion, ...]]) -> tuple[CriterionScore, ...]:
    return tuple(
        CriterionScore(title, Decimal(weight), score, Decimal(weight * score) / 5, explanation, points)
        for title, weight, (score, explanation, points) in zip(TITLES, WEIGHTS, scored, strict=True)
    )


def sample_letter() -> LetterToWinner:
    """The letter of the demonstration."""
    return LetterToWinner(
        council=sample_council(),
        procurement=_sample_procurement(),
        bidder=WinningBidder("Example Alliance", "7 Example Lane\nBarking\nIG11 8AA", "B. Contact", Decimal("89.67")),
        term=sample_term(),
        standstill=sample_standstill(),
        letter=_sample_letter(),
        asks=(
            LetterAsk("Send certificates of the insurance that the invitation asks for", date(2027, 11, 30)),
            LetterAsk("Send your safeguarding policy", date(2027, 11, 30)),
            LetterAsk("Tell us who will sign the contract", date(2027, 12, 2)),
            LetterAsk("Give us your bank details by the secure route; we will check them by telephone", None),
        ),
        tupe_text="Six staff of the present supplier may transfer to you. We will put you in touch with the present "
        "supplier.",
    )


def sample_assessment_summary() -> AssessmentSummary:
    """The summary for the bidder that came second in the demonstration."""
    return AssessmentSummary(
        council=sample_council(),
        procurement=_sample_procurement(),
        bidder=AssessedBidder(
            name="Example Network",
            address="2 Example Road\nDagenham\nRM10 9ZZ",
            email="bids@network.example",
            identifier="GB-CHC-1234567",
            contact_name="N. Contact",
            price_net=Decimal(498000),
            quality_score=Decimal("55.00"),
            price_score=Decimal("33.13"),
            total_score=Decimal("88.13"),
            scores=_sample_scores(
                (4, "Describes need in 15 wards well (pages 3 to 5). Four wards are not mentioned, which is why the "
                    "score "
                    "is not higher.",
                 (SubCriterion("Knowledge of groups in each ward", "Fifteen of 19 wards are described."),
                  SubCriterion("Use of evidence", "Figures of 2026 are given for each of the fifteen."))),
                (5, "Names a lead for each ward, with cover (pages 8 and 9), and a visit to every group each "
                    "quarter.", ()),
                (5, "Shows a working model with £240,000 raised in two boroughs (page 12).", ()),
                (5, "Offers four paid traineeships and 900 hours of volunteering a year (page 16).", ()),
            ),
        ),
        outcome=Outcome(
            "second of three", True,
            "Your tender scored higher for quality. Its total was lower because of its price, under the published "
            "method.",
        ),
        winner=WinnerFacts(
            name="Example Alliance",
            identifier="GB-COH-01234567",
            quality_score=Decimal("53.00"),
            price_score=Decimal("36.67"),
            total_score=Decimal("89.67"),
            scores=(
                WinnerScore("Understanding of need", Decimal(25), 5, Decimal("25.00"),
                            "Names a lead for each ward (page 4) and cites figures of 2026 for each (page 6)."),
                WinnerScore("Delivery in every ward", Decimal(15), 4, Decimal("12.00"),
                            "Outreach in every ward (page 14); cover for absence is described in part."),
                WinnerScore("Local giving", Decimal(10), 4, Decimal("8.00"),
                            "A model run in one borough for two years (page 18)."),
                WinnerScore("Social value", Decimal(10), 4, Decimal("8.00"),
                            "Three paid traineeships and 600 hours of volunteering a year (page 21)."),
            ),
            withheld_text="The winner’s price is withheld: it is sensitive commercial information, and the public "
                          "interest "
            "lies in keeping it from competitors until the contract is entered into (section 94 of the Act).",
        ),
        method=_sample_method(),
        criteria=_sample_criteria(),
        standstill=sample_standstill(),
        letter=_sample_letter(),
    )  # fmt: skip


def sample_winners_summary() -> WinnersAssessmentSummary:
    """The summary for the winner of the demonstration."""
    return WinnersAssessmentSummary(
        council=sample_council(),
        procurement=_sample_procurement(),
        bidder=AssessedBidder(
            name="Example Alliance",
            address="7 Example Lane\nBarking\nIG11 8AA",
            email="tenders@alliance.example",
            identifier="GB-COH-01234567",
            contact_name="B. Contact",
            price_net=Decimal(450000),
            quality_score=Decimal("53.00"),
            price_score=Decimal("36.67"),
            total_score=Decimal("89.67"),
            scores=_sample_scores(
                (5, "Names a lead for each ward (page 4) and cites figures of 2026 for each (page 6).", ()),
                (4, "Outreach in every ward (page 14); cover for absence is described in part.", ()),
                (4, "A model run in one borough for two years (page 18).", ()),
                (4, "Three paid traineeships and 600 hours of volunteering a year (page 21).", ()),
            ),
        ),
        method=_sample_method(),
        criteria=_sample_criteria(),
        standstill=sample_standstill(),
        letter=_sample_letter(),
    )  # fmt: skip


LETTER_TO_WINNER = Document(
    name="letter-to-winner",
    title="Letter to the successful bidder",
    room="award",
    template="award/documents/letter_to_winner.docx",
    facts=LetterToWinner,
    sample=sample_letter,
    gather=gathered_by("award", "letter_to_winner"),
)
ASSESSMENT_SUMMARY = Document(
    name="assessment-summary",
    title="Assessment summary",
    room="award",
    template="award/documents/assessment_summary.docx",
    facts=AssessmentSummary,
    sample=sample_assessment_summary,
    gather=gathered_by("award", "assessment_summary"),
)
ASSESSMENT_SUMMARY_WINNER = Document(
    name="assessment-summary-winner",
    title="Assessment summary for the winner",
    room="award",
    template="award/documents/assessment_summary_winner.docx",
    facts=WinnersAssessmentSummary,
    sample=sample_winners_summary,
    gather=gathered_by("award", "winners_summary"),
)
