"""A file that stands at its options appraisal, got there by the real actions."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from procure.demonstration import appraisal as demonstration
from procure.demonstration import days
from procure.demonstration.cast import COMMUNITY, DIRECTOR, ENGAGEMENT, Cast
from procure.procurement.actions import describe, open_file
from procure.procurement.models import Procurement
from procure.procurement.rules import Route
from tests.standing import kept

REFERENCE = "PRO-2027-014"


def a_file(cast: Cast, route: Route = Route.CABINET) -> Procurement:
    """A purchase whose need, value and duties are written down; nothing is compared yet."""
    officer = cast["officer"]
    procurement = open_file(
        title="Social infrastructure support", route=route, officer=officer, by=officer, at=days.at(days.BUY_AGAIN),
        reference=REFERENCE, is_example=True,
    )  # fmt: skip
    describe(
        procurement, need="The contract for this support ends on 31 March 2028.",
        description="Support for local groups.", lead_post_id=cast.post(ENGAGEMENT).id,
        director_post_id=cast.post(DIRECTOR).id,
        portfolio_post_id=cast.post(COMMUNITY).id, annual_net=Decimal(111_000), vat_percent=20,
        service_starts_on=date(2028, 4, 1), initial_months=36, extension_count=2, extension_months=12,
        social_value_text="Considered with 31 groups.", social_value_on=days.SOCIAL_VALUE,
        grant_test_text="The Council buys defined services in return for payment.", by=officer,
        at=days.at(days.BUY_AGAIN),
    )  # fmt: skip
    return procurement


@kept
def an_appraisal(cast: Cast, *, sent: bool = False, reviewed: bool = False) -> Procurement:
    """The demonstration's comparison on the day of its drawing; sent to the reviewer or agreed, if wanted."""
    procurement = a_file(cast)
    demonstration.begin(procurement, cast)
    demonstration.write(procurement, cast)
    if sent or reviewed:
        demonstration.send(procurement, cast)
    if reviewed:
        demonstration.review(procurement, cast)
    return procurement
