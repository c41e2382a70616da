"""The log of a consultation: who was asked for a view before a decision, when, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Annotated

from procure.authority.record_documents import Comment
from procure.documents.declare import Document, gathered_by
from procure.documents.kinds import Day, Moment, Rows, Words
from procure.documents.shared_facts import CouncilFacts, sample_council


@dataclass(frozen=True)
class LoggedView:
    """One post asked: of whom, when, until when, and what was answered."""

    post: Annotated[Words, "post consulted"]
    mode_label: Annotated[Words, "how the power binds to this post's view"]
    asked_of: Annotated[Words, "who was asked"]
    asked_by: Annotated[Words, "who asked"]
    asked_at: Annotated[Moment, "moment of asking"]
    due_on: Annotated[Day, "day by which to answer"]
    chased_at: Annotated[Moment | None, "moment of the chase"]
    answered_by: Annotated[Words, "who answered"]
    answered_at: Annotated[Moment | None, "moment of the answer"]
    days_text: Annotated[Words, "whether the answer came in time"]
    view_label: Annotated[Words, "view"]
    view_text: Annotated[Words | None, "words of the view"]
    interest_text: Annotated[Words, "interest, and any dispensation"]
    substitute_text: Annotated[Words | None, "who answered in the holder's place, and by what authority"]
    officer_answer: Annotated[Words | None, "answer to the view"]


@dataclass(frozen=True)
class LoggedDecision:
    """The decision people were consulted on."""

    reference: Annotated[Words, "number of the record"]
    title: Annotated[Words, "subject of the decision"]
    maker_post: Annotated[Words, "post of the decision maker"]
    duty_text: Annotated[Words, "what the power asks"]
    asked_count: Annotated[Words, "how many were asked"]
    answered_count: Annotated[Words, "how many answered"]
    objected_count: Annotated[Words, "how many object"]
    stands_text: Annotated[Words, "where the decision stands"]
    summary: Annotated[Words, "what the decision does, in plain words"]
    silence_text: Annotated[Words | None, "why the decision was taken without an answer"]
    objection_reason: Annotated[Words | None, "why the decision was taken despite an objection"]


@dataclass(frozen=True)
class ConsultationLog:
    """Everything the log prints."""

    council: CouncilFacts
    decision: LoggedDecision
    views: Annotated[Rows[LoggedView], "views that were asked for"]
    comments: Annotated[Rows[Comment], "officers’ comments"]


def sample_log() -> ConsultationLog:
    """The consultation before the award of the demonstration."""
    asked, officer = datetime(2027, 11, 10, 9, 30, tzinfo=UTC), "the Procurement Officer (A. Officer)"
    return ConsultationLog(
        council=sample_council(),
        decision=LoggedDecision(
            reference="ODR/2027/118",
            title="Award of the contract for social infrastructure support",
            maker_post="Director of Policy and Participation",
            duty_text="The power is to be used in consultation with two posts.",
            asked_count="Two",
            answered_count="Two",
            objected_count="One",
            stands_text="The decision was signed at 10:42am on Friday 19 November 2027.",
            summary="Example Alliance is to support voluntary groups for up to five years.",
            silence_text=None,
            objection_reason="Both places are in the tender and become a term of the contract.",
        ),
        views=(
            LoggedView(
                "Cabinet Member for Social Care and Health Integration", "In consultation with", "S. Member", officer,
                asked, date(2027, 11, 18), datetime(2027, 11, 15, 9, 0, tzinfo=UTC), "S. Member",
                datetime(2027, 11, 16, 16, 5, tzinfo=UTC), "In time", "Objects",
                "Outreach in Marks Gate and Thames View is not clear enough in the tender.", "None declared", None,
                "The outreach is at page 14 of the tender. It becomes a term of the contract.",
            ),
            LoggedView(
                "Director of Law and Governance", "In consultation with", "L. Director", officer, asked,
                date(2027, 11, 18), None, "D. Deputy, Deputy Director of Law",
                datetime(2027, 11, 15, 11, 20, tzinfo=UTC), "In time", "Content", None, "None declared",
                "Deputy Director of Law answered instead, under paragraph 2.6 of the scheme of delegation. Reason: "
                "absence", None,
            ),
        ),
        comments=(
            Comment("Finance", "Within the budget for three years.", "C. Officer, Chief Operating Officer",
                    date(2027, 11, 11)),
        ),
    )  # fmt: skip


CONSULTATION_LOG = Document(
    name="consultation-log",
    title="Consultation log",
    room="authority",
    template="authority/documents/consultation_log.docx",
    facts=ConsultationLog,
    sample=sample_log,
    gather=gathered_by("authority", "consultation_log"),
)
