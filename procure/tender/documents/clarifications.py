"""The clarification log: every question and its answer, the same for all bidders, without who asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Annotated

from procure.documents.declare import Document, gathered_by
from procure.documents.kinds import Day, Moment, Rows, Words
from procure.documents.shared_facts import CouncilFacts, sample_council


@dataclass(frozen=True)
class QuestionedPurchase:
    """What the questions are about, and until when they may come."""

    reference: Annotated[Words, "reference of the file"]
    title: Annotated[Words, "title as advertised"]
    notice: Annotated[Words, "number of the notice"]
    questions_by_at: Annotated[Moment, "last moment for questions"]
    deadline_at: Annotated[Moment, "deadline for tenders"]


@dataclass(frozen=True)
class AnsweredQuestion:
    """A question in words for all, and its answer."""

    no: Annotated[Words, "number of the question"]
    asked_on: Annotated[Day, "day on which the question came"]
    question: Annotated[Words, "question, without who asked"]
    answer: Annotated[Words, "answer"]
    answered_on: Annotated[Day, "day on which the answer was published"]
    changed: Annotated[Words, "document that the answer changes"]


@dataclass(frozen=True)
class ClarificationLog:
    """Everything the log prints."""

    council: CouncilFacts
    procurement: QuestionedPurchase
    answers: Annotated[Rows[AnsweredQuestion], "answers that were published"]


def sample_log() -> ClarificationLog:
    """Two answers, one of which changes a document."""
    return ClarificationLog(
        council=sample_council(),
        procurement=QuestionedPurchase(
            "PRO-2027-014", "Social infrastructure support and a local giving model", "041267-2027",
            datetime(2027, 9, 24, 16, 0, tzinfo=UTC), datetime(2027, 10, 11, 13, 0, tzinfo=UTC),
        ),
        answers=(
            AnsweredQuestion(
                "Q1", date(2027, 9, 14), "May a consortium have more than four members?",
                "Yes. Name the lead in the form of tender.", date(2027, 9, 17), "None",
            ),
            AnsweredQuestion(
                "Q2", date(2027, 9, 15), "Does the figure of 18 wards in the specification still hold?",
                "No. There are 19 wards.", date(2027, 9, 17), "Specification, section 5",
            ),
        ),
    )  # fmt: skip


CLARIFICATION_LOG = Document(
    name="clarification-log",
    title="Questions and answers",
    room="tender",
    template="tender/documents/clarification_log.docx",
    facts=ClarificationLog,
    sample=sample_log,
    gather=gathered_by("tender", "clarification_log"),
)
