"""A file that stands before its award decision: a resolution in force, three bids, a panel. For tests of this room."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from procure.audit.actions import Machine, act
from procure.authority.models import Delegation, DelegationConsultee, Meeting, Resolution
from procure.authority.rules import ActKind, ResolutionKind
from procure.demonstration.cast import CARE, COMMUNITY, DIRECTOR, FINANCE, LAW, OFFICER, Cast
from procure.evaluation.models import Bid, Evaluation, PanelMember
from procure.evaluation.rules import EvaluatorRole
from procure.extensions import db
from procure.procurement.actions import open_file
from procure.procurement.models import Lot
from procure.procurement.rules import Route, Stage
from procure.suppliers.models import Supplier

AT = datetime(2027, 11, 9, 9, 0, tzinfo=UTC)
FOUR = (COMMUNITY, CARE, FINANCE, LAW)
WORDS_OF_POWER = (
    "Delegate authority to the Director of Policy and Participation, in consultation with the Cabinet Member for "
    "Community Leadership and Engagement, the Cabinet Member for Social Care and Health Integration, the Chief "
    "Operating Officer and the Director of Law and Governance, to conduct the procurement and award and enter into the "
    "contract."
)


def a_lot_to_award(cast: Cast, **limits: Any) -> Lot:
    """PRO-2027-014 at the award decision. `limits` are columns of the award delegation: none is stated by default."""
    file = open_file(
        title="Social infrastructure support", route=Route.CABINET, officer=cast["officer"], by=cast["officer"], at=AT,
        reference="PRO-2027-014", is_example=True,
    )  # fmt: skip
    with act("put the file where it is", on=file, by=Machine("test"), at=AT):
        file.director_post, file.lead_post = cast.post(DIRECTOR), cast.post(OFFICER)
        file.value_net, file.value_vat, file.value_gross = Decimal(555000), Decimal(111000), Decimal(666000)
        file.service_starts_on, file.initial_months = date(2028, 4, 1), 36
        file.extension_count, file.extension_months = 2, 12
        file.budget_code, file.budget_source = "PP-4410", "General Fund, Participation and Engagement"
        file.wards_label = "All wards"
        lot = file.only_lot
        file.stage = lot.stage = Stage.DECIDING_AWARD
        _power(lot, cast, limits)
        _bids(lot, cast)
    return lot


def _power(lot: Lot, cast: Cast, limits: dict[str, Any]) -> None:
    meeting = Meeting(
        reference="MTG-2027-001", body="Cabinet", held_on=date(2027, 7, 13), item="92", title="Participation strategy",
        published_on=date(2027, 7, 16),
    )  # fmt: skip
    resolution = Resolution(
        meeting=meeting, number=5, numeral="(v)", kind=ResolutionKind.DELEGATE, words=WORDS_OF_POWER,
        procurement=lot.procurement,
    )  # fmt: skip
    db.session.add_all([meeting, resolution])
    for kind in (ActKind.PROCURE, ActKind.AWARD, ActKind.ENTER, ActKind.ANCILLARY):
        row = Delegation(
            resolution=resolution, act=kind, post=cast.post(DIRECTOR), procurement=lot.procurement,
            counterparty="the successful partner", conditions="In line with the priorities of the Strategy",
            **(limits if kind is ActKind.AWARD else {}),
        )  # fmt: skip
        row.consultees = [DelegationConsultee(number=n, post=cast.post(name)) for n, name in enumerate(FOUR, 1)]
        db.session.add(row)


def _bids(lot: Lot, cast: Cast) -> None:
    evaluation = Evaluation(lot=lot, opened_at=AT, finished_at=AT)
    for key in ("evaluator1", "evaluator2", "evaluator3"):
        evaluation.panel.append(PanelMember(person=cast[key], role=EvaluatorRole.EVALUATOR))
    db.session.add(evaluation)
    for name, price in (("Example Alliance", 450000), ("Example Network", 498000), ("Example Trust", 412500)):
        lot.bids.append(Bid(supplier=Supplier(name=name, is_example=True), price_net=Decimal(price), received_at=AT))
