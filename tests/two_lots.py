"""A purchase in two lots, each with bids and agreed scores: the first decides its award, the second may not yet."""

from __future__ import annotations

from decimal import Decimal

from procure.audit.actions import Machine, act
from procure.demonstration import days, evaluation, tender
from procure.demonstration.cast import Cast
from procure.evaluation.models import Bid, ConsensusScore, Evaluation
from procure.extensions import db
from procure.procurement.actions import LotLine, divide
from procure.procurement.models import Lot, Procurement
from procure.procurement.rules import Stage
from procure.suppliers.actions import complete, supplier_for
from procure.tender import actions as tender_actions
from procure.tender.rules import PriceFormula
from tests.a_competition import a_file_to_tender
from tests.standing import kept

PRICES = {"Example Alliance": (200_000, 230_000), "Example Network": (240_000, 250_000)}


@kept
def two_lots(cast: Cast, *, second_at: Stage = Stage.EVALUATING) -> Procurement:
    """PRO-2027-014-L1 and -L2: West and East of the borough. Alliance is first in both; it bid for both."""
    file, officer = a_file_to_tender(cast), cast["officer"]
    divide(
        file, [LotLine("West of the borough", Decimal(51_000)), LotLine("East of the borough", Decimal(60_000))],
        by=officer, at=days.at(days.METHOD_SET),
    )  # fmt: skip
    for lot, stage in zip(file.lots, (Stage.DECIDING_AWARD, second_at), strict=True):
        tender_actions.set_method(
            lot, price_weight=40, formula=PriceFormula.LOWEST_OVER_PRICE, panel_size=2, criteria=tender.CRITERIA,
            by=officer, at=days.at(days.METHOD_SET),
        )  # fmt: skip
        _judged(lot, cast, stage)
    with act("put the file where it is", on=file, by=Machine("test"), at=days.at(days.EVALUATED)):
        file.stage = second_at
    return file


def _judged(lot: Lot, cast: Cast, stage: Stage) -> None:
    at = days.at(days.EVALUATED)
    bidders = [one for one in evaluation.BIDDERS if one.who.name in PRICES]
    suppliers = []
    for bidder in bidders:
        known = evaluation._known(bidder)
        supplier = supplier_for(bidder.who, use=known, by=cast["officer"], at=at, is_example=True)
        complete(supplier, bidder.who, by=cast["officer"], at=at)
        suppliers.append(supplier)
    with act("put the lot where it is", on=lot, by=Machine("test"), at=at):
        db.session.add(Evaluation(lot=lot, opened_at=at, finished_at=at))
        assert lot.method is not None
        scored = lot.method.scored
        for bidder, supplier in zip(bidders, suppliers, strict=True):
            price = Decimal(PRICES[bidder.who.name][lot.number - 1])
            bid = Bid(supplier=supplier, price_net=price, received_at=at)
            lot.bids.append(bid)
            for criterion, (score, reason) in zip(scored, bidder.scores, strict=True):
                bid.scores.append(ConsensusScore(criterion=criterion, score=score, reason=reason))
        lot.stage = stage
