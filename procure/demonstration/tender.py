"""The tender of the demonstration: how bids will be judged, the notice, and the opening of the bids."""

from __future__ import annotations

from procure.demonstration import days
from procure.demonstration.cast import Cast
from procure.procurement.models import Procurement
from procure.tender import actions
from procure.tender.rules import CriterionLine, PriceFormula

OCID = "ocds-h6vhtk-0a1b2c"
NOTICE = "041267-2027"

CRITERIA = (
    CriterionLine(
        "Understanding of need",
        25,
        "How well the tender knows what groups and residents need in each of the 19 wards, and the evidence for it.",
    ),
    CriterionLine(
        "Reaching every ward",
        15,
        "How small and new groups will be found and helped in every ward, by whom, and what happens in an absence.",
    ),
    CriterionLine(
        "Local giving",
        10,
        "How the model of local giving will work: who gives, how gifts reach groups, and what it has raised before.",
    ),
    CriterionLine(
        "Social value",
        10,
        "Paid traineeships, volunteering and other benefit to the borough, in numbers that can be measured each year.",
    ),
)


def set_method(procurement: Procurement, cast: Cast) -> None:
    """Criteria 25, 15, 10 and 10; price 40 by lowest over price; three evaluators."""
    actions.set_method(
        procurement.only_lot, price_weight=40, formula=PriceFormula.LOWEST_OVER_PRICE, panel_size=3,
        criteria=CRITERIA, by=cast["officer"], at=days.at(days.METHOD_SET),
    )  # fmt: skip


def publish(procurement: Procurement, cast: Cast) -> None:
    """The tender notice goes out on 6 September 2027; bids are due at 2pm on 11 October."""
    actions.publish_notice(
        procurement.only_lot, reference=NOTICE, published_on=days.TENDER_OPENS, ocid=OCID,
        closes_at=days.at(days.TENDER_CLOSES, 14), by=cast["officer"], at=days.at(days.TENDER_OPENS, 9, 30),
    )  # fmt: skip


def open_bids(procurement: Procurement, cast: Cast) -> None:
    """Bids are opened half an hour after they were due."""
    actions.open_bids(procurement.only_lot, by=cast["officer"], at=days.at(days.TENDER_CLOSES, 14, 30))
