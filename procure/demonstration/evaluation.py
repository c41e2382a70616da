"""The evaluation of the demonstration: three bids, agreed scores with reasons, and a result."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from procure.demonstration import days
from procure.demonstration.cast import Cast
from procure.evaluation.actions import Agreed, BidEntry, record_result
from procure.procurement.models import Procurement
from procure.suppliers.actions import complete as complete_supplier
from procure.suppliers.actions import same_as, supplier_for
from procure.suppliers.rules import Particulars


@dataclass(frozen=True)
class Bidder:
    """One bid of the demonstration: who, for how much, and each agreed score with the panel's reason."""

    who: Particulars
    price_net: Decimal
    received: tuple[int, int]
    scores: tuple[tuple[int, str], ...]


TRUST = Bidder(
    Particulars(
        "Example Trust", "tenders@trust.example", "T. Contact", "11 Example Row\nDagenham\nRM8 3ZZ",
        charity_number="1000002",
    ),
    Decimal("412500"),
    (11, 42),
    (
        (4, "Sets out need in all 19 wards (pages 3 to 7) with figures of 2026. It says little of new groups (page 6), "
            "so not 5."),
        (3, "Partners are strong, with letters of support (page 11). Reach beyond four wards isn’t shown, so it meets "
            "the need and no more."),
        (4, "A giving circle has run since 2024 and raised £96,000 (page 15). How gifts are shared out is clear."),
        (4, "Two paid traineeships and 500 hours of volunteering a year, measured each quarter (page 19)."),
    ),
)  # fmt: skip

ALLIANCE = Bidder(
    Particulars(
        "Example Alliance", "tenders@alliance.example", "B. Contact", "7 Example Lane\nBarking\nIG11 8AA",
        company_number="01234567",
    ),
    Decimal("450000"),
    (13, 5),
    (
        (5, "Names a lead for each ward (page 4) and cites figures of 2026 for each (page 6). Residents’ own words are "
            "used throughout."),
        (4, "Outreach in every ward (page 14). Cover for absence is described in part, so not 5."),
        (4, "A model run in one borough for two years (page 18), with its accounts. The step to here is planned."),
        (4, "Three paid traineeships and 600 hours of volunteering a year (page 21), with a named lead."),
    ),
)  # fmt: skip

NETWORK = Bidder(
    Particulars(
        "Example Network", "bids@network.example", "N. Contact", "2 Example Road\nDagenham\nRM10 9ZZ",
        charity_number="1000001",
    ),
    Decimal("498000"),
    (9, 20),
    (
        (4, "Describes need in 15 wards well (pages 3 to 5). Four wards are not mentioned, so not 5."),
        (5, "Names a lead for each ward, with cover (pages 8 and 9), and a visit to every group each quarter."),
        (5, "Shows a working model with £240,000 raised in two boroughs (page 12)."),
        (5, "Offers four paid traineeships and 900 hours of volunteering a year (page 16), each with a measure."),
    ),
)  # fmt: skip

BIDDERS = (TRUST, ALLIANCE, NETWORK)


def evaluate(procurement: Procurement, cast: Cast) -> None:
    """The result: Alliance 89.67, Network 88.13, Trust 85.00. Network is known already as the present supplier."""
    at = days.at(days.EVALUATED, 15)
    officer = cast["officer"]
    entries = []
    for bidder in BIDDERS:
        hour, minute = bidder.received
        supplier = supplier_for(bidder.who, use=_known(bidder), by=officer, at=at, is_example=True)
        complete_supplier(supplier, bidder.who, by=officer, at=at)
        entries.append(
            BidEntry(
                supplier=supplier,
                price_net=bidder.price_net,
                received_at=days.at(days.TENDER_CLOSES, hour, minute),
                scores={number: Agreed(*score) for number, score in enumerate(bidder.scores, start=1)},
            )
        )
    record_result(
        procurement.only_lot, bids=entries, by=officer, at=at, moderators=[cast["moderator"]],
        evaluators=[cast["evaluator1"], cast["evaluator2"], cast["evaluator3"]],
    )  # fmt: skip


def _known(bidder: Bidder) -> int | None:
    same = same_as(bidder.who)
    return same.id if same else None
