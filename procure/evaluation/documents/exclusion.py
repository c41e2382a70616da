"""The notice to a bidder that it is excluded: on which grounds, on what evidence, and for what reasons."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from procure.documents.declare import Document, gathered_by
from procure.documents.kinds import Day, Rows, Words
from procure.documents.shared_facts import CouncilFacts, sample_council


@dataclass(frozen=True)
class NoticeFacts:
    """Of what, to whom, and when."""

    reference: Annotated[Words, "reference of the file"]
    title: Annotated[Words, "title as advertised"]
    bidder: Annotated[Words, "bidder that is excluded"]
    contact_name: Annotated[Words, "contact of the bidder that is excluded"]
    address: Annotated[Words, "address of the bidder that is excluded"]
    written_on: Annotated[Day, "day of the notice"]
    list_text: Annotated[Words, "who was looked up on the debarment list"]
    officer_name: Annotated[Words, "officer to whom the bidder can write"]
    officer_email: Annotated[Words, "email of the officer to whom the bidder can write"]


@dataclass(frozen=True)
class GroundOfExclusion:
    """One ground on which the bidder is excluded."""

    title: Annotated[Words, "ground for exclusion"]
    source: Annotated[Words, "whether the ground is mandatory, and where the law has it"]
    about: Annotated[Words, "whom the ground is about"]
    evidence: Annotated[Words, "what shows the ground"]
    answered: Annotated[Words, "when the bidder was asked and answered"]
    self_cleaning: Annotated[Words, "what has been done so that it isn’t likely to occur again"]
    reason: Annotated[Words, "reasons for the exclusion"]
    decided_by: Annotated[Words, "who decided about the ground"]
    decided_on: Annotated[Day, "day of the exclusion"]


@dataclass(frozen=True)
class ExclusionNotice:
    """Everything the notice prints."""

    council: CouncilFacts
    notice: NoticeFacts
    grounds: Annotated[Rows[GroundOfExclusion], "grounds for exclusion"]


def sample_notice() -> ExclusionNotice:
    """One discretionary ground."""
    return ExclusionNotice(
        council=sample_council(),
        notice=NoticeFacts(
            "PRO-2027-014", "Social infrastructure support and a local giving model", "Example Limited", "E. Contact",
            "1 Example Way\nBarking\nIG11 9ZZ", date(2027, 10, 29),
            "Nobody was on the debarment list as published on 11 October 2027.", "A. Officer", "officer@lbbd.example",
        ),
        grounds=(
            GroundOfExclusion(
                "Breach of contract or poor performance", "discretionary, Schedule 7", "Example Limited",
                "A notice of termination of 4 May 2026, published by another council.",
                "You were asked on 14 October 2027 and answered on 21 October 2027.",
                "A new manager was named; no figures since then were shown.",
                "The breach was not put right when there was the chance, and nothing shows that it would not recur.",
                "Director of Policy and Participation", date(2027, 10, 28),
            ),
        ),
    )  # fmt: skip


EXCLUSION_NOTICE = Document(
    name="exclusion-notice",
    title="Notice of exclusion",
    room="evaluation",
    template="evaluation/documents/exclusion_notice.docx",
    facts=ExclusionNotice,
    sample=sample_notice,
    gather=gathered_by("evaluation", "exclusion_notice"),
    is_working=True,
)
