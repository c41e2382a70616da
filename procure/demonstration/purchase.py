"""What the file itself says of the purchase: need, value, term, and how it will be bought. All example."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from procure.demonstration import days
from procure.demonstration.cast import COMMUNITY, DIRECTOR, ENGAGEMENT, Cast
from procure.procurement.actions import describe, move
from procure.procurement.models import Procurement
from procure.procurement.rules import ContractKind, Procedure, Stage


def describe_need(procurement: Procurement, cast: Cast) -> None:
    """1 April 2027: what is needed and who answers for it; the appraisal starts."""
    at = days.at(days.NEED_DONE, 14)
    describe(
        procurement,
        need="The contract for this support ends on 31 March 2028. Voluntary and community groups in every ward need "
        "help to grow, to work together and to raise money.",
        description="One partner to strengthen voluntary and community groups in every ward and to run a local giving "
        "model and brand with the Council.",
        wards_label="All wards",
        lead_post_id=cast.post(ENGAGEMENT).id,
        director_post_id=cast.post(DIRECTOR).id,
        portfolio_post_id=cast.post(COMMUNITY).id,
        by=cast["officer"], at=at,
    )  # fmt: skip
    if procurement.only_lot.stage is Stage.NEED:
        move(procurement.only_lot, "start the appraisal", by=cast["officer"], at=days.at(days.NEED_DONE, 15))


def describe_value(procurement: Procurement, cast: Cast) -> None:
    """14 April 2027: value and term, and the answers which the law asks to record."""
    describe(
        procurement,
        kind=ContractKind.LIGHT_TOUCH,
        regime_reason="The main purpose is community support, which comes under the light touch rules.",
        annual_net=Decimal("111000"), vat_percent=20,
        value_basis="The current price, one added post, no inflation.",
        service_starts_on=days.SERVICE_STARTS, initial_months=36, extension_count=2, extension_months=12,
        budget_code="PP-4410", budget_source="General Fund, Participation and Engagement",
        by=cast["officer"], at=days.at(days.SOCIAL_VALUE, 11),
    )  # fmt: skip
    describe(
        procurement,
        procedure=Procedure.OPEN,
        route_reason="The market is small and one stage is enough.",
        lots_reason="Sector support and local giving depend on one brand and one set of relationships.",
        reserved_text="Not reserved.",
        vcse_advice="Above the threshold the Act gives no power to reserve this to voluntary organisations. The "
        "specification and the criteria ask for what such an organisation does well. Director of Law and Governance, "
        "20 April 2027.",
        engagement_text="Two open sessions with 23 organisations on 14 and 21 April 2027.",
        small_supplier_text="Word limits, monthly payment and modest insurance keep the bid affordable.",
        tupe_staff_count=6, is_recharged_to_leaseholders=False,
        social_value_text="Considered before the procurement began. Volunteering, local jobs and giving are asked for "
        "in the specification, and groups were consulted on them.",
        social_value_on=days.SOCIAL_VALUE,
        grant_test_text="The Council buys defined services in return for payment and can enforce them.",
        grant_test_advice=f"Director of Law and Governance, {date(2027, 4, 20):%-d %B %Y}",
        ocid="ocds-h6vhtk-0a1b2c", cpv="98133100",
        by=cast["officer"], at=days.at(days.SOCIAL_VALUE, 12),
    )  # fmt: skip


def prepare_tender(procurement: Procurement, cast: Cast) -> None:
    """26 July 2027, the day the decision is in force: the tender is prepared."""
    move(procurement.only_lot, "prepare the tender", by=cast["officer"], at=days.at(days.CABINET_IN_FORCE, 9, 30))
