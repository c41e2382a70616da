"""What every act of this room shares: the result may still change."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from procure.audit.actions import Actor, act
from procure.authority.rules import DecisionState
from procure.evaluation.facts import bids_of, prices_are_open
from procure.evaluation.models import Evaluation
from procure.extensions import db
from procure.procurement.models import Lot
from procure.procurement.rules import Stage
from procure.refusals import Refusal
from procure.rows import Recorded

OUT = frozenset({DecisionState.CONSULTING, DecisionState.SENT, DecisionState.SIGNED})
"""States of an award decision that others have before them: the result it rests on is closed."""


class BidsNotOpen(Refusal):
    """The deadline has not gone by, so there is nothing to record yet."""


class ResultIsClosed(Refusal):
    """Others are reading, or have signed, a decision that rests on this result."""


@contextmanager
def changing(
    lot: Lot,
    said: str,
    *,
    by: Actor,
    at: datetime,
    on: Recorded | None = None,
    note: str | None = None,
    sees: int | None = None,
) -> Iterator[Evaluation]:
    """An act on a result that may still change."""
    with act(said, on=on or lot.evaluation or lot, by=by, at=at, note=note, sees=sees):
        if lot.stage not in (Stage.EVALUATING, Stage.DECIDING_AWARD) or lot.evaluation is None:
            raise BidsNotOpen(
                "You can’t record this now. Bids are recorded between their deadline and the award notice."
            )
        award = lot.award
        if award is not None and award.decision.state in OUT:
            raise ResultIsClosed(
                f"The award decision {award.decision.reference} rests on this result and is out. "
                "Have the decision returned first.",
                who_can="The decision maker can return it.",
            )
        yield lot.evaluation
        _note_that_prices_are_known(lot, at)


def _note_that_prices_are_known(lot: Lot, at: datetime) -> None:
    """The first moment at which every assessed bid has its agreed scores, however that came about."""
    evaluation = lot.evaluation
    if evaluation is None or evaluation.prices_opened_at is not None or evaluation.agreed_at is None:
        return
    db.session.flush()
    if prices_are_open(lot, bids_of(lot)):
        evaluation.prices_opened_at = at


@contextmanager
def entering(lot: Lot, *, by: Actor, at: datetime) -> Iterator[Evaluation]:
    """One act for a bid and its bidder: where the bid is refused, no new supplier is left behind."""
    with changing(lot, "entered a bid", by=by, at=at) as evaluation:
        yield evaluation
