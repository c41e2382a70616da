"""The conflicts assessment: written before the notice, looked at again at each later step."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from procure.documents.declare import Document, gathered_by
from procure.documents.kinds import Day, Rows, Words
from procure.documents.shared_facts import CouncilFacts, sample_council


@dataclass(frozen=True)
class AssessedFile:
    """Which purchase was looked at, when, and who approved it."""

    reference: Annotated[Words, "reference of the file"]
    title: Annotated[Words, "title of the purchase"]
    prepared_on: Annotated[Day, "day on which the assessment was prepared"]
    approver_post: Annotated[Words, "who approves the assessment"]
    approved_on: Annotated[Day, "day on which the assessment was approved"]
    supplier_steps: Annotated[Words | None, "steps that a supplier was asked to take"]


@dataclass(frozen=True)
class Considered:
    """Somebody who acts in the procurement, or may influence it."""

    name: Annotated[Words, "name"]
    post: Annotated[Words, "post"]
    role: Annotated[Words, "part in the procurement"]
    declared_on: Annotated[Day, "day of the declaration"]
    result: Annotated[Words, "what was declared"]


@dataclass(frozen=True)
class FoundConflict:
    """A conflict of interest, or what a reasonable person might take for one."""

    who: Annotated[Words, "who has the conflict"]
    text: Annotated[Words, "what the conflict is"]
    kind: Annotated[Words, "whether the conflict is actual, potential or perceived"]
    advantage: Annotated[Words, "whether a supplier could gain or lose unfairly"]
    steps: Annotated[Words, "steps that were taken"]
    outcome: Annotated[Words, "outcome"]


@dataclass(frozen=True)
class Reviewed:
    """A later look."""

    on: Annotated[Day, "day of the review"]
    at_stage: Annotated[Words, "occasion of the review"]
    result: Annotated[Words, "result of the review"]


@dataclass(frozen=True)
class ConflictsPaper:
    """Everything the assessment prints."""

    council: CouncilFacts
    assessment: AssessedFile
    people: Annotated[Rows[Considered], "people who were considered"]
    found: Annotated[Rows[FoundConflict], "conflicts that were found"]
    reviews: Annotated[Rows[Reviewed], "reviews of the assessment"]


def sample_conflicts() -> ConflictsPaper:
    """One conflict that only seems to be one, and a review."""
    return ConflictsPaper(
        council=sample_council(),
        assessment=AssessedFile(
            "PRO-2027-014", "Social infrastructure support and a local giving model", date(2027, 8, 27),
            "Head of Procurement", date(2027, 8, 31),
            "The supplier’s staff who helped to write the specification do not work on its tender.",
        ),
        people=(
            Considered("E. One", "Participation Manager", "Evaluator", date(2027, 8, 20), "Nothing declared"),
            Considered("E. Two", "Grants Officer", "Wrote the specification", date(2027, 8, 20), "An interest, below"),
        ),
        found=(
            FoundConflict(
                "E. Two", "Brother is a trustee of Example Trust (personal, through somebody close; since 2024)",
                "Perceived", "It could, if E. Two scored", "Does not evaluate; has no access to tenders", "Resolved",
            ),
        ),
        reviews=(Reviewed(date(2027, 10, 12), "Bidders known", "No change. Nobody on the panel has an interest."),),
    )  # fmt: skip


CONFLICTS_ASSESSMENT = Document(
    name="conflicts-assessment",
    title="Conflicts assessment",
    room="tender",
    template="tender/documents/conflicts_assessment.docx",
    facts=ConflictsPaper,
    sample=sample_conflicts,
    gather=gathered_by("tender", "conflicts_assessment"),
)
