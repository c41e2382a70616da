"""The addendum: what changes in the tender papers, the same for all bidders."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated

from procure.documents.declare import Document, gathered_by
from procure.documents.kinds import Moment, Number, Rows, Words, YesNo
from procure.documents.shared_facts import CouncilFacts, sample_council


@dataclass(frozen=True)
class ChangedPurchase:
    """Whose papers change."""

    reference: Annotated[Words, "reference of the file"]
    title: Annotated[Words, "title as advertised"]
    notice: Annotated[Words, "number of the notice"]


@dataclass(frozen=True)
class ChangedPlace:
    """One place of the papers."""

    place: Annotated[Words, "document and place"]
    old: Annotated[Words, "words as they were"]
    new: Annotated[Words, "words as they are now"]


@dataclass(frozen=True)
class AddendumFacts:
    """The addendum itself."""

    no: Annotated[Number, "number of the addendum"]
    reason: Annotated[Words, "why the papers change"]
    changes: Annotated[Rows[ChangedPlace], "changes"]
    moves_deadline: Annotated[YesNo, "whether the deadline moves"]
    old_deadline_at: Annotated[Moment, "deadline as it was"]
    new_deadline_at: Annotated[Moment, "deadline as it is now"]
    deadline_reason: Annotated[Words, "why the deadline moves, or does not"]


@dataclass(frozen=True)
class AddendumPaper:
    """Everything the addendum prints."""

    council: CouncilFacts
    procurement: ChangedPurchase
    addendum: AddendumFacts


def sample_addendum() -> AddendumPaper:
    """A figure put right, and a week more."""
    return AddendumPaper(
        council=sample_council(),
        procurement=ChangedPurchase(
            "PRO-2027-014", "Social infrastructure support and a local giving model", "041267-2027"
        ),
        addendum=AddendumFacts(
            no=1,
            reason="A figure in the specification was wrong.",
            changes=(
                ChangedPlace("Specification, section 5", "18 wards", "19 wards"),
                ChangedPlace("Pricing schedule, sheet Costs, line 3", "quantity 18", "quantity 19"),
            ),
            moves_deadline=True,
            old_deadline_at=datetime(2027, 10, 11, 13, 0, tzinfo=UTC),
            new_deadline_at=datetime(2027, 10, 18, 13, 0, tzinfo=UTC),
            deadline_reason="Bidders need time to price one more ward.",
        ),
    )


ADDENDUM = Document(
    name="addendum",
    title="Addendum",
    room="tender",
    template="tender/documents/addendum.docx",
    facts=AddendumPaper,
    sample=sample_addendum,
    gather=gathered_by("tender", "addendum"),
)
