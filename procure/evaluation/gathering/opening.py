"""From rows to the record of the opening."""

from __future__ import annotations

from datetime import datetime
from typing import cast

from procure.documents.gaps import Gap
from procure.documents.shared_facts import Person as Named
from procure.evaluation.documents import opening as paper
from procure.evaluation.facts import bids_of
from procure.evaluation.gathering.said import Pages, check_of, deadline_of, in_time_label, is_late, named
from procure.procurement.models import Lot
from procure.tender.gathering.said import Pages as TenderPages
from procure.tender.gathering.said import the_council

FINGERPRINT = 12


def bid_opening_record(lot: Lot, at: datetime) -> paper.OpeningRecord:
    """Everything the record prints, as the evaluation holds it."""
    pages, bids = Pages(lot), bids_of(lot)
    late = [bid for bid in bids if is_late(bid)]
    files = tuple(
        paper.TenderFiles(
            bid.supplier.name,
            pages.bids(
                tuple(
                    paper.OpenedFile(one.name, one.sha256[:FINGERPRINT])
                    for one in bid.files
                    if not one.withdrawn_because
                ),
                f"files of the tender of {bid.supplier.name}",
            ),
        )
        for bid in bids
        if not is_late(bid) or bid.files
    )
    return paper.OpeningRecord(
        council=the_council(TenderPages(lot)),
        opening=paper.OpeningFacts(
            reference=lot.reference,
            title=lot.full_title,
            deadline_at=pages.notice(deadline_of(lot), "deadline for tenders"),
            opened_at=pages.overview(lot.evaluation.opened_at if lot.evaluation else None, "moment of the opening"),
            count=len(bids),
        ),
        openers=cast("tuple[Named, ...]", _openers(lot, pages)),
        bids=pages.bids(
            tuple(
                paper.OpenedBid(
                    number, bid.supplier.name,
                    pages.bids(bid.received_at, f"moment at which the tender of {bid.supplier.name} came"),
                    in_time_label(bid), check_of(bid, "missing", "what is missing from the tender", pages),
                    check_of(bid, "anomaly", "what is odd about the tender", pages),
                )
                for number, bid in enumerate(bids, start=1)
            ),
            "tenders that came in",
        ),
        files=pages.bids(files, "files of the tenders"),
        late=tuple(
            paper.LateBid(
                bid.supplier.name, bid.received_at or pages.bids.gap("moment at which the late tender came"),
                bid.set_aside_because,
            )
            for bid in late
        ),
    )  # fmt: skip


def _openers(lot: Lot, pages: Pages) -> tuple[Named | Gap, ...]:
    """The two who opened the bids together; until then both are gaps."""
    opening = lot.opening
    if opening is None:
        missing = ("officer who opened the tenders", "second officer who opened the tenders")
        return tuple(pages.overview.gap(meaning) for meaning in missing)
    return tuple(named(person, opening.opened_at) for person in (opening.service, opening.outside))
