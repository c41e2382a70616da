"""What one evaluator gave alone, and how the panel came to one score."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Annotated

from procure.documents.declare import Document, gathered_by
from procure.documents.kinds import Day, Moment, Number, Rows, Words
from procure.documents.shared_facts import CouncilFacts, Person, sample_council
from procure.tender.documents.shared import ScaleStep, sample_scale


@dataclass(frozen=True)
class SheetFacts:
    """Whose scores, and when they were locked."""

    reference: Annotated[Words, "reference of the file"]
    title: Annotated[Words, "title as advertised"]
    evaluator_name: Annotated[Words, "evaluator"]
    evaluator_post: Annotated[Words, "post of the evaluator"]
    finished_at: Annotated[Moment, "moment at which the scores were locked"]


@dataclass(frozen=True)
class OwnScore:
    """One evaluator's score on one criterion, with the reason."""

    criterion: Annotated[Words, "criterion"]
    score: Annotated[Number, "score"]
    reason: Annotated[Words, "reason for the score"]


@dataclass(frozen=True)
class OwnScores:
    """All of an evaluator's scores of one tender."""

    bidder: Annotated[Words, "bidder"]
    lines: Annotated[Rows[OwnScore], "scores of the tender"]


@dataclass(frozen=True)
class ScoreSheet:
    """Everything the sheet prints."""

    council: CouncilFacts
    sheet: SheetFacts
    bids: Annotated[Rows[OwnScores], "tenders that were scored"]
    scale: Annotated[Rows[ScaleStep], "scale of scores"]


def sample_sheet() -> ScoreSheet:
    """One evaluator, two tenders."""
    return ScoreSheet(
        council=sample_council(),
        sheet=SheetFacts(
            "PRO-2027-014", "Social infrastructure support and a local giving model", "E. One",
            "Participation Manager", datetime(2027, 10, 26, 15, 5, tzinfo=UTC),
        ),
        bids=(
            OwnScores("Example Alliance", (
                OwnScore("1 Understanding of need", 4, "All 19 wards (page 4). Measures of success are thin (page 7)."),
                OwnScore("2 Local giving", 5, "A working model with accounts (page 18)."),
            )),
            OwnScores("Example Trust", (
                OwnScore("1 Understanding of need", 3, "New groups hardly appear (page 6)."),
                OwnScore("2 Local giving", 4, "£96,000 raised, and rules for sharing (page 15)."),
            )),
        ),
        scale=sample_scale(),
    )  # fmt: skip


SCORE_SHEET = Document(
    name="score-sheet",
    title="Score sheet",
    room="evaluation",
    template="evaluation/documents/score_sheet.docx",
    facts=ScoreSheet,
    sample=sample_sheet,
    gather=gathered_by("evaluation", "score_sheet"),
    is_working=True,
)


@dataclass(frozen=True)
class ModerationFacts:
    """When the panel met, under whom, and that prices were closed."""

    reference: Annotated[Words, "reference of the file"]
    title: Annotated[Words, "title as advertised"]
    first_on: Annotated[Day, "day on which the panel first agreed a score"]
    last_on: Annotated[Day, "day on which the panel last agreed a score"]
    moderator: Annotated[Words, "moderator"]
    prices: Annotated[Words, "whether prices were closed"]


@dataclass(frozen=True)
class ModeratedBid:
    """What each gave one tender alone, and what all agreed."""

    bidder: Annotated[Words, "bidder"]
    alone: Annotated[Words, "scores that were given alone"]
    agreed: Annotated[Number, "agreed score"]
    reason: Annotated[Words, "agreed reason"]


@dataclass(frozen=True)
class ModeratedCriterion:
    """One criterion, all tenders."""

    title: Annotated[Words, "criterion"]
    bids: Annotated[Rows[ModeratedBid], "scores on the criterion"]
    discussed: Annotated[Words, "what the panel discussed"]
    how: Annotated[Words, "how the scores were agreed"]


@dataclass(frozen=True)
class ReopenedScore:
    """An agreed score that somebody asked to have opened again once prices were known."""

    bidder: Annotated[Words, "bidder whose score was asked about"]
    criterion: Annotated[Words, "criterion of the score that was asked about"]
    asked: Annotated[Words, "who asked for the score to be opened again, and why"]
    decided: Annotated[Words, "who decided about opening the score again, and why"]
    change: Annotated[Words, "what became of the score"]


def sample_reopened() -> tuple[ReopenedScore, ...]:
    """One that was approved."""
    return (
        ReopenedScore(
            "Example Trust", "2.2 Local giving",
            "M. Moderator, 9 November 2027: page 15 was missing from the file that the panel read.",
            "L. Law, Director of Law and Governance, approved it on 9 November 2027: the page was in the tender.",
            "Was 4, is 5",
        ),
    )  # fmt: skip


@dataclass(frozen=True)
class ModerationRecord:
    """Everything the record prints."""

    council: CouncilFacts
    moderation: ModerationFacts
    present: Annotated[Rows[Person], "evaluators who took part"]
    criteria: Annotated[Rows[ModeratedCriterion], "criteria that were agreed"]
    reopened: Annotated[Rows[ReopenedScore], "scores that were asked to be opened again"]


def sample_moderation() -> ModerationRecord:
    """Two criteria, two tenders."""
    return ModerationRecord(
        council=sample_council(),
        moderation=ModerationFacts(
            "PRO-2027-014", "Social infrastructure support and a local giving model", date(2027, 11, 5),
            date(2027, 11, 5), "M. Moderator, Category Manager, who did not score",
            "Prices were closed at the time.",
        ),
        present=(Person("E. One", "Participation Manager"), Person("E. Three", "Community Safety Officer")),
        reopened=sample_reopened(),
        criteria=(
            ModeratedCriterion(
                "1 Understanding of need",
                (
                    ModeratedBid("Example Alliance", "E. One 5; E. Three 4", 5, "Names a lead for each ward (page 4)."),
                    ModeratedBid("Example Trust", "E. One 4; E. Three 3", 4, "All 19 wards, with figures of 2026."),
                ),
                "One evaluator had missed the table of wards on page 4. All agreed that it answers the point.",
                "Agreed by all",
            ),
            ModeratedCriterion(
                "2 Local giving",
                (ModeratedBid("Example Trust", "E. One 4; E. Three 4", 4, "A giving circle has run since 2024."),),
                "The evaluators had given the same scores.", "Agreed by all",
            ),
        ),
    )  # fmt: skip


MODERATION_RECORD = Document(
    name="moderation-record",
    title="Moderation record",
    room="evaluation",
    template="evaluation/documents/moderation_record.docx",
    facts=ModerationRecord,
    sample=sample_moderation,
    gather=gathered_by("evaluation", "moderation_record"),
    is_working=True,
)
