"""Low prices asked about, ties settled, the result recorded."""

from __future__ import annotations

from datetime import date, datetime

from procure.audit.actions import Actor
from procure.evaluation.actions.bids import BadBid
from procure.evaluation.actions.changing import changing
from procure.evaluation.facts import bids_of, low_prices_of, ranking_of
from procure.evaluation.models import Bid
from procure.extensions import db
from procure.now import legal_day
from procure.procurement.actions import move
from procure.procurement.models import Lot
from procure.refusals import Refusal


class NoTie(Refusal):
    """There is no tie to settle, or not between these bids."""


def low_prices_to_explain(lot: Lot) -> list[Bid]:
    """Bids with an abnormally low price, explained or not."""
    bids = bids_of(lot)
    low = {one.key for one in low_prices_of(bids)}
    return [bid for bid in bids if bid.id in low]


def explain_low_price(
    bid: Bid,
    *,
    asked_on: date,
    answered_on: date | None = None,
    finding: str = "",
    accepted: bool | None = None,
    by: Actor,
    at: datetime,
    sees: int | None = None,
) -> None:
    """Record when a bidder was asked about its price, what it answered, and whether that explains it. s.19(3) to (5).

    What isn’t explained sets the bid aside; what is may not. `accepted` is None while the answer is awaited.
    """
    said = f"recorded what {bid.supplier.name} answered about its price"
    with changing(bid.lot, said, on=bid, by=by, at=at, sees=sees):
        _days_are_right(asked_on, answered_on, at)
        if accepted is not None and not finding.strip():
            raise BadBid("Say what the bidder answered, and why it does or doesn’t explain the price.", field="finding")
        if accepted and answered_on is None:
            raise BadBid("Enter the day on which the bidder answered.", field="answered_on")
        bid.low_asked_on, bid.low_answered_on = asked_on, answered_on
        bid.low_price_finding, bid.low_price_accepted = finding.strip(), accepted
        if accepted is False:
            set_aside_low(bid)
        db.session.flush()


def _days_are_right(asked_on: date, answered_on: date | None, at: datetime) -> None:
    if asked_on > legal_day(at):
        raise BadBid("The day on which you asked can’t be to come.", field="asked_on")
    if answered_on and not asked_on <= answered_on <= legal_day(at):
        raise BadBid("The answer came on the day you asked or later, and not after today.", field="answered_on")


def set_aside_low(bid: Bid) -> None:
    """Set a bid aside for a price that its bidder couldn’t explain, in the words that its letter gives."""
    bid.was_assessed = False
    bid.set_aside_because = f"The price is abnormally low, and the answer doesn’t explain it. {bid.low_price_finding}"


def settle_tie(lot: Lot, bid: Bid, how: str, *, by: Actor, at: datetime, sees: int | None = None) -> None:
    """Record how a tie for first place was settled that the published rule leaves open."""
    with changing(lot, "settled a tie", by=by, at=at, note=how, sees=sees) as evaluation:
        ranking = ranking_of(lot)
        level = {row.key for row in ranking.rows if row.place == 1 or ranking.tie} if ranking else set()
        if not ranking or not (ranking.tie or evaluation.tie_settled_for_id) or bid.id not in level:
            raise NoTie("These bids are not level in first place.", field="bid_id")
        if not how.strip():
            raise NoTie("Say how the tie was settled, and who was there.", field="how")
        evaluation.tie_settled_for_id, evaluation.tie_settled_by = bid.id, how.strip()
        db.session.flush()


def finish(lot: Lot, *, by: Actor, at: datetime, sees: int | None = None) -> None:
    """Record the result: the ranking stands, and an award can be recommended."""
    with changing(lot, "recorded the result of the competition", by=by, at=at, sees=sees) as evaluation:
        evaluation.finished_at = at
        db.session.flush()
        move(lot, "record the result", by=by, at=at)
