"""The record of the opening: that tenders were closed until the deadline, who opened them, and what was there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated

from procure.documents.declare import Document, gathered_by
from procure.documents.kinds import Moment, Number, Rows, Words
from procure.documents.shared_facts import CouncilFacts, Person, sample_council


@dataclass(frozen=True)
class OpeningFacts:
    """When and where tenders were opened."""

    reference: Annotated[Words, "reference of the file"]
    title: Annotated[Words, "title as advertised"]
    deadline_at: Annotated[Moment, "deadline for tenders"]
    opened_at: Annotated[Moment, "moment of the opening"]
    count: Annotated[Number, "tenders that came in"]


@dataclass(frozen=True)
class OpenedBid:
    """One tender as it lay there. Its price is not told."""

    no: Annotated[Number, "number of the tender"]
    bidder: Annotated[Words, "bidder"]
    received_at: Annotated[Moment, "moment at which the tender came"]
    in_time: Annotated[Words, "whether the tender came in time"]
    missing: Annotated[Words, "what is missing from the tender"]
    anomaly: Annotated[Words, "what is odd about the tender"]


@dataclass(frozen=True)
class OpenedFile:
    """One file of a tender."""

    name: Annotated[Words, "name of the file"]
    digest: Annotated[Words, "fingerprint of the file"]


@dataclass(frozen=True)
class TenderFiles:
    """All files of one tender."""

    bidder: Annotated[Words, "bidder whose files they are"]
    files: Annotated[Rows[OpenedFile], "files of the tender"]


@dataclass(frozen=True)
class LateBid:
    """A tender that came after the deadline."""

    bidder: Annotated[Words, "bidder who was late"]
    received_at: Annotated[Moment, "moment at which the late tender came"]
    decision: Annotated[Words, "decision about the late tender"]


@dataclass(frozen=True)
class OpeningRecord:
    """Everything the record prints."""

    council: CouncilFacts
    opening: OpeningFacts
    openers: Annotated[Rows[Person], "officers who opened the tenders"]
    bids: Annotated[Rows[OpenedBid], "tenders that came in"]
    files: Annotated[Rows[TenderFiles], "files of the tenders"]
    late: Annotated[Rows[LateBid], "late tenders"]


def sample_opening() -> OpeningRecord:
    """Three tenders, one of them late."""
    came = datetime(2027, 10, 11, 10, 20, tzinfo=UTC)
    late = datetime(2027, 10, 11, 13, 1, tzinfo=UTC)
    return OpeningRecord(
        council=sample_council(),
        opening=OpeningFacts(
            "PRO-2027-014", "Social infrastructure support and a local giving model",
            datetime(2027, 10, 11, 13, 0, tzinfo=UTC), datetime(2027, 10, 12, 9, 0, tzinfo=UTC), 3,
        ),
        openers=(Person("O. One", "Procurement Officer"), Person("O. Two", "Democratic Services Officer")),
        bids=(
            OpenedBid(1, "Example Trust", came, "in time", "Nothing", "Nothing"),
            OpenedBid(2, "Example Alliance", came, "in time", "The safeguarding policy", "Two copies of one file"),
            OpenedBid(3, "Example Limited", late, "late", "Not looked at", "Not looked at"),
        ),
        files=(
            TenderFiles(
                "Example Trust",
                (OpenedFile("quality.pdf", "9f2c4e81a07b"), OpenedFile("pricing-schedule.xlsx", "1b7704cc93de")),
            ),
            TenderFiles("Example Alliance", (OpenedFile("tender.pdf", "c0a1d94e2b16"),)),
        ),
        late=(LateBid("Example Limited", late, "Not opened: it came one minute after the deadline."),),
    )  # fmt: skip


OPENING_RECORD = Document(
    name="bid-opening-record",
    title="Record of the opening of tenders",
    room="evaluation",
    template="evaluation/documents/bid_opening_record.docx",
    facts=OpeningRecord,
    sample=sample_opening,
    gather=gathered_by("evaluation", "bid_opening_record"),
    is_working=True,
)
