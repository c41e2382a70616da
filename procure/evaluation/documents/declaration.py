"""The conflict-of-interest declaration of one person, and what somebody else decided about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from procure.documents.declare import Document, gathered_by
from procure.documents.kinds import Day, Rows, Words
from procure.documents.shared_facts import CouncilFacts, Line, lines, sample_council


@dataclass(frozen=True)
class DeclarationFacts:
    """Who declares, about what, and when."""

    reference: Annotated[Words, "reference of the file"]
    title: Annotated[Words, "title of the purchase"]
    person_name: Annotated[Words, "who declares"]
    person_post: Annotated[Words, "post of who declares"]
    role_label: Annotated[Words, "part in the procurement"]
    stage_label: Annotated[Words, "occasion of the declaration"]
    signed_on: Annotated[Day, "day of the declaration"]
    next_review: Annotated[Words, "when the declaration is looked at again"]


@dataclass(frozen=True)
class DeclaredInterest:
    """One interest in the words of who declares it."""

    about: Annotated[Words, "whom or what the interest is about"]
    text: Annotated[Words, "what the interest is"]


@dataclass(frozen=True)
class DecidedInterest:
    """What somebody else decided about an interest."""

    about: Annotated[Words, "whom or what the decision is about"]
    outcome: Annotated[Words, "decision about the interest"]
    reason: Annotated[Words, "what keeps the interest from mattering"]
    by: Annotated[Words, "who decided about the interest"]


@dataclass(frozen=True)
class DeclarationPaper:
    """Everything the declaration prints."""

    council: CouncilFacts
    declaration: DeclarationFacts
    bidders: Annotated[Rows[Line], "bidders"]
    interests: Annotated[Rows[DeclaredInterest], "interests that were declared"]
    decisions: Annotated[Rows[DecidedInterest], "decisions about the interests"]


def sample_declaration() -> DeclarationPaper:
    """One interest, and what was decided."""
    return DeclarationPaper(
        council=sample_council(),
        declaration=DeclarationFacts(
            reference="PRO-2027-014", title="Social infrastructure support and a local giving model",
            person_name="E. Two", person_post="Grants Officer", role_label="Evaluator", stage_label="Bidders known",
            signed_on=date(2027, 10, 12), next_review="Before the award, and at once if anything changes",
        ),
        bidders=lines("Example Trust", "Example Alliance", "Example Network"),
        interests=(DeclaredInterest("Example Trust", "My brother is a trustee, since 2024."),),
        decisions=(
            DecidedInterest(
                "Example Trust", "Steps down from the panel", "A reasonable person could think that it matters.",
                "A. Officer, Procurement Officer, 12 October 2027",
            ),
        ),
    )  # fmt: skip


DECLARATION = Document(
    name="declaration-of-interests",
    title="Declaration of interests",
    room="evaluation",
    template="evaluation/documents/declaration_of_interests.docx",
    facts=DeclarationPaper,
    sample=sample_declaration,
    gather=gathered_by("evaluation", "declaration_of_interests"),
    is_working=True,
)
