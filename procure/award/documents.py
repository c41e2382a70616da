"""The papers of this room: the letter to the winner, and the assessment summary for each bidder."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated

from procure.documents.declare import Document, gathered_by
from procure.documents.kinds import Day, Number, Rows, Words, YesNo
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
    result: Annotated[Words, "what the tender came to"]


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
    """One line of the published tree of criteria. SI 2024/692 reg 31."""

    no: Annotated[Words, "number of the criterion"]
    title: Annotated[Words, "title of the criterion"]
    weight: Annotated[Words, "weight of the criterion"]
    most: Annotated[Words, "most points the criterion can bring"]
    scale_text: Annotated[Words, "how the criterion was scored"]


@dataclass(frozen=True)
class ScaleStep:
    """One step of the scoring scale."""

    score: Annotated[Number, "score"]
    label: Annotated[Words, "label of the score"]
    meaning: Annotated[Words, "what the score means"]


@dataclass(frozen=True)
class UsedFigure:
    """A figure that the price formula uses, so that every price score can be worked out again."""

    name: Annotated[Words, "figure of the formula"]
    figure: Annotated[Words, "value of the figure"]


@dataclass(frozen=True)
class MethodFacts:
    """How tenders were assessed, in full: criteria, formula, rounding, ties."""

    version: Annotated[Words, "version of the evaluation methodology"]
    price_label: Annotated[Words, "what price counts for"]
    price_formula_text: Annotated[Words, "how price was scored"]
    points_text: Annotated[Words, "how a score becomes points"]
    rounding_text: Annotated[Words, "rounding"]
    tie_text: Annotated[Words, "how ties are parted"]
    scale: Annotated[Rows[ScaleStep], "scoring scale"]


@dataclass(frozen=True)
class PointLine:
    """One line of a tender's table of points, with the sum that makes it. A line that adds up others stands out."""

    no: Annotated[Words, "number of the line"]
    name: Annotated[Words, "what the points are for"]
    score: Annotated[Words, "score"]
    working: Annotated[Words, "working of the points"]
    points: Annotated[Words, "points"]
    is_sum: Annotated[YesNo, "whether the line adds up others"]


@dataclass(frozen=True)
class Explanation:
    """Why a tender has its score on one criterion, referring to the tender. SI 2024/692 reg 31."""

    criterion: Annotated[Words, "criterion"]
    score: Annotated[Number, "score"]
    text: Annotated[Words, "explanation of the score"]


@dataclass(frozen=True)
class AssessedBidder:
    """The bidder whom the summary is for, and the scores of its tender."""

    name: Annotated[Words, "name of the bidder"]
    address: Annotated[Words, "postal address of the bidder"]
    email: Annotated[Words, "e-mail of the bidder"]
    identifier: Annotated[Words, "unique identifier of the bidder"]
    contact_name: Annotated[Words, "contact of the bidder"]
    result: Annotated[Words, "what the tender came to"]
    lines: Annotated[Rows[PointLine], "points of the bidder"]
    explanations: Annotated[Rows[Explanation], "explanations of the scores"]


@dataclass(frozen=True)
class RankedTotal:
    """One place of the ranking, without a name where it is another unsuccessful bidder's."""

    place: Annotated[Words, "place"]
    whose: Annotated[Words, "whose tender"]
    total: Annotated[Words, "what it came to"]


@dataclass(frozen=True)
class Outcome:
    """Where an unsuccessful tender came, and why."""

    place_text: Annotated[Words, "place of the tender"]
    assessed_text: Annotated[Words, "how far the tender was assessed"]
    further_reason: Annotated[Words, "why the contract is not awarded to the bidder"]
    ranking: Annotated[Rows[RankedTotal], "places of all ranked tenders"]
    ranking_head: Annotated[Words, "what tenders are ranked by"]


@dataclass(frozen=True)
class WinnerFacts:
    """The winning tender as other bidders are told of it. `withheld_text`: what is left out, and the ground (s.94)."""

    name: Annotated[Words, "name of the winner"]
    identifier: Annotated[Words, "unique identifier of the winner"]
    result: Annotated[Words, "what the winning tender came to"]
    lines: Annotated[Rows[PointLine], "points of the winner"]
    explanations: Annotated[Rows[Explanation], "explanations of the winner's scores"]
    withheld_text: Annotated[Words | None, "what is withheld, and on what ground"]


@dataclass(frozen=True)
class WinnersAssessmentSummary:
    """Everything the winner's own assessment summary prints. Procurement Act 2023 s.50."""

    council: CouncilFacts
    procurement: AwardedProcurement
    bidder: AssessedBidder
    method: MethodFacts
    criteria: Annotated[Rows[AssessedCriterion], "award criteria"]
    figures: Annotated[Rows[UsedFigure], "figures of the price formula"]
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
    figures: Annotated[Rows[UsedFigure], "figures of the price formula"]
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
        price_label="40%",
        price_formula_text="40 × lowest total price ÷ the bidder’s total price",
        points_text="Points for a criterion = its points at most × the score ÷ 5.",
        rounding_text="Points are rounded to two places, half up. Bids are ranked on the rounded totals.",
        tie_text="If totals are equal, the bid with more points for quality goes first.",
        scale=(
            ScaleStep(5, "Excellent", "Exceeds the requirement in most respects, with full evidence."),
            ScaleStep(4, "Good", "Meets the requirement in full and exceeds it in some respects, with good evidence."),
            ScaleStep(3, "Acceptable", "Meets the requirement, with enough evidence."),
            ScaleStep(2, "Weak", "Meets the requirement in part, or with little evidence."),
            ScaleStep(1, "Poor", "Falls well short of the requirement."),
            ScaleStep(0, "Unacceptable", "No answer, or none that bears on the requirement."),
        ),
    )


def _sample_criteria() -> tuple[AssessedCriterion, ...]:
    return tuple(
        AssessedCriterion(str(place), title, f"{weight}%", f"{weight}", "0 to 5, whole numbers")
        for place, (title, weight) in enumerate(zip(TITLES, WEIGHTS, strict=True), start=1)
    )


FIGURES = (
    UsedFigure("Lowest total price of the three tenders ranked", "£412,500"),
    UsedFigure("Total price of your tender", "£498,000"),
    UsedFigure("Total price of the successful tender", "£450,000"),
)


def _sample_lines(scores: tuple[int, ...], price: tuple[str, str], sums: tuple[str, str]) -> tuple[PointLine, ...]:
    criteria = [
        PointLine(str(place), title, str(score), f"{weight} × {score} ÷ 5", f"{Decimal(weight * score) / 5:.2f}", False)
        for place, (title, weight, score) in enumerate(zip(TITLES, WEIGHTS, scores, strict=True), start=1)
    ]
    return (
        *criteria,
        PointLine("–", "Quality", "–", " + ".join(str(line.points) for line in criteria), sums[0], True),
        PointLine("–", "Price", "–", price[0], price[1], False),
        PointLine("–", "Total", "–", f"{sums[0]} + {price[1]}", sums[1], True),
    )


def _explained(*scored: tuple[int, str]) -> tuple[Explanation, ...]:
    return tuple(
        Explanation(f"{place} {title}", score, text)
        for place, (title, (score, text)) in enumerate(zip(TITLES, scored, strict=True), start=1)
    )


ALLIANCE = (
    (5, "Names a lead for each ward (page 4) and cites figures of 2026 for each (page 6)."),
    (4, "Outreach in every ward (page 14); cover for absence is described in part."),
    (4, "A model run in one borough for two years (page 18)."),
    (4, "Three paid traineeships and 600 hours of volunteering a year (page 21)."),
)


def sample_letter() -> LetterToWinner:
    """The letter of the demonstration."""
    return LetterToWinner(
        council=sample_council(),
        procurement=_sample_procurement(),
        bidder=WinningBidder("Example Alliance", "7 Example Lane\nBarking\nIG11 8AA", "B. Contact", "89.67 of 100"),
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
            result="88.13 of 100",
            lines=_sample_lines((4, 5, 5, 5), ("40 × £412,500 ÷ £498,000", "33.13"), ("55.00", "88.13")),
            explanations=_explained(
                (4, "Describes need in 15 wards well (pages 3 to 5). Four wards are not mentioned, which is why the "
                    "score is not higher."),
                (5, "Names a lead for each ward, with cover (pages 8 and 9), and a visit to every group each quarter."),
                (5, "Shows a working model with £240,000 raised in two boroughs (page 12)."),
                (5, "Offers four paid traineeships and 900 hours of volunteering a year (page 16)."),
            ),
        ),
        outcome=Outcome(
            "Your tender came second of three.", "Your tender was assessed against all criteria.",
            "Your tender scored higher for quality. Its total was lower because of its price, under the published "
            "method.",
            (RankedTotal("1", "Example Alliance", "89.67"), RankedTotal("2", "Your tender", "88.13"),
             RankedTotal("3", "Another", "85.00")),
            "Total",
        ),
        winner=WinnerFacts(
            name="Example Alliance",
            identifier="GB-COH-01234567",
            result="89.67 of 100",
            lines=_sample_lines((5, 4, 4, 4), ("40 × £412,500 ÷ £450,000", "36.67"), ("53.00", "89.67")),
            explanations=_explained(*ALLIANCE),
            withheld_text="Names of the winner’s staff are withheld: they are personal data. The make-up of its price "
            "is withheld: it is sensitive commercial information, and the public interest lies in keeping it from "
            "competitors (section 94 of the Act).",
        ),
        method=_sample_method(),
        criteria=_sample_criteria(),
        figures=FIGURES,
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
            result="89.67 of 100",
            lines=_sample_lines((5, 4, 4, 4), ("40 × £412,500 ÷ £450,000", "36.67"), ("53.00", "89.67")),
            explanations=_explained(*ALLIANCE),
        ),
        method=_sample_method(),
        criteria=_sample_criteria(),
        figures=FIGURES[:2],
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
