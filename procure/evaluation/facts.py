"""What this room tells the others: panel, bids, what is still without a score, and the ranking."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from procure.evaluation.models import Bid, ConsensusScore
from procure.evaluation.rules import (
    EvaluationFacts,
    EvaluatorRole,
    LowPrice,
    Ranking,
    ScoredBid,
    Weight,
    low_prices,
    rank,
    result_is_recorded,
)
from procure.extensions import db
from procure.people.models import Person
from procure.procurement.models import Lot
from procure.procurement.rules import FileFacts, Stage, Waiting
from procure.procurement.tasks import first_open, lots_at, task_of


def bids_of(lot: Lot) -> list[Bid]:
    """All bids of a lot with their scores and suppliers, in the order they were entered."""
    return list(
        db.session.scalars(
            select(Bid)
            .where(Bid.lot_id == lot.id)
            .order_by(Bid.id)
            .options(selectinload(Bid.scores).joinedload(ConsensusScore.criterion), selectinload(Bid.supplier))
        )
    )


def weights_of(lot: Lot) -> list[Weight]:
    """The published criteria of a lot."""
    return [Weight(one.number, one.title, one.weight) for one in lot.method.criteria] if lot.method else []


def is_scored(bid: Bid, lot: Lot) -> bool:
    """Whether a bid has a score on every published criterion."""
    criteria = {one.id for one in lot.method.criteria} if lot.method else set()
    return bool(criteria) and criteria <= {score.criterion_id for score in bid.scores}


def ranking_of(lot: Lot, bids: list[Bid] | None = None) -> Ranking | None:
    """The ranking of a lot's assessed bids; None until each has all its scores."""
    assessed = [bid for bid in (bids_of(lot) if bids is None else bids) if bid.was_assessed]
    method, evaluation = lot.method, lot.evaluation
    if method is None or not assessed or not all(is_scored(bid, lot) for bid in assessed):
        return None
    scored = [
        ScoredBid(
            bid.id, bid.supplier.name, bid.price_net, {score.criterion.number: score.score for score in bid.scores}
        )
        for bid in assessed
    ]
    settled = evaluation.tie_settled_for_id if evaluation else None
    return rank(scored, weights_of(lot), method.price_weight, method.price_formula, settled_for=settled)


def low_prices_of(bids: list[Bid]) -> list[LowPrice]:
    """Abnormally low prices among the assessed bids."""
    return low_prices({bid.id: (bid.supplier.name, bid.price_net) for bid in bids if bid.was_assessed})


def facts_of(lot: Lot, today: date) -> EvaluationFacts:
    """The evaluation room's facts of a lot; empty before the bids are opened."""
    evaluation, method = lot.evaluation, lot.method
    if evaluation is None or method is None:
        return EvaluationFacts(panel_size=method.panel_size if method else 3)
    bids = bids_of(lot)
    assessed = [bid for bid in bids if bid.was_assessed]
    ranking = ranking_of(lot, bids)
    unexplained = {low.key for low in low_prices_of(bids)} - {bid.id for bid in bids if bid.low_price_finding}
    roles = [member.role for member in evaluation.panel]
    return EvaluationFacts(
        panel_size=method.panel_size,
        evaluators=roles.count(EvaluatorRole.EVALUATOR),
        moderators=roles.count(EvaluatorRole.MODERATOR),
        bidders=tuple(bid.supplier.name for bid in assessed),
        unscored=tuple(bid.supplier.name for bid in assessed if not is_scored(bid, lot)),
        low_unexplained=tuple(bid.supplier.name for bid in assessed if bid.id in unexplained),
        tie=tuple(row.name for row in ranking.tie) if ranking else (),
        is_finished=evaluation.finished_at is not None,
    )


def prices_are_open(lot: Lot, bids: list[Bid]) -> bool:
    """Whether evaluators may see prices: every assessed bid has its agreed score on every criterion (B15)."""
    assessed = [bid for bid in bids if bid.was_assessed]
    return bool(assessed) and all(is_scored(bid, lot) for bid in assessed)


def waiting_for(person: Person, today: date) -> list[Waiting]:
    """The officer's next task on each file whose bids are being evaluated."""
    found = []
    for lot in lots_at(person, Stage.EVALUATING):
        next_one = first_open(result_is_recorded(FileFacts([facts_of(lot, today)]), today))
        if next_one is not None:
            found.append(task_of(lot, next_one.name, next_one.page or "evaluation.index"))
    return found
