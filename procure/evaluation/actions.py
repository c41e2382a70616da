"""What the officer records of an evaluation: panel, bids, agreed scores with reasons, and the result."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from procure import words
from procure.audit.actions import Actor, act
from procure.authority.rules import DecisionState
from procure.evaluation.facts import bids_of, low_prices_of, ranking_of
from procure.evaluation.models import Bid, ConsensusScore, Evaluation, PanelMember
from procure.evaluation.rules import EvaluatorRole, score_problem
from procure.extensions import db
from procure.notices.facts import opening_notice
from procure.people.models import Person
from procure.procurement.actions import move
from procure.procurement.models import Lot
from procure.procurement.rules import Stage
from procure.refusals import Refusal
from procure.rows import Recorded
from procure.suppliers.models import Supplier
from procure.tender.models import AwardCriterion

OUT = frozenset({DecisionState.CONSULTING, DecisionState.SENT, DecisionState.SIGNED})
"""States of an award decision that others have before them: the result it rests on is closed."""


class BidsNotOpen(Refusal):
    """The deadline has not gone by, so there is nothing to record yet."""


class ResultIsClosed(Refusal):
    """Others are reading, or have signed, a decision that rests on this result."""


class BadPanel(Refusal):
    """The same person twice, or nobody."""


class BadBid(Refusal):
    """A bid that can't be as it is described."""


class CameLate(BadBid):
    """A bid received after the deadline is held, and not evaluated (B17)."""


class BadScore(Refusal):
    """A score that is no whole number on the published scale, or has no reason (B16)."""


class NoTie(Refusal):
    """There is no tie to settle, or not between these bids."""


@dataclass(frozen=True)
class Agreed:
    """The panel's agreed score on one criterion, and why."""

    score: int
    reason: str


@dataclass(frozen=True)
class BidEntry:
    """One bid of a whole result: scores by the number of the criterion."""

    supplier: Supplier
    price_net: Decimal
    scores: Mapping[int, Agreed] = field(default_factory=dict)
    received_at: datetime | None = None
    set_aside_because: str = ""
    low_price_finding: str = ""


@contextmanager
def _changing(
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


@contextmanager
def entering(lot: Lot, *, by: Actor, at: datetime) -> Iterator[Evaluation]:
    """One act for a bid and its bidder: where the bid is refused, no new supplier is left behind."""
    with _changing(lot, "entered a bid", by=by, at=at) as evaluation:
        yield evaluation


def name_panel(
    lot: Lot,
    *,
    evaluators: Sequence[Person],
    moderators: Sequence[Person],
    by: Actor,
    at: datetime,
    sees: int | None = None,
) -> None:
    """Say who scored and who moderated. Nobody does both, and neither may decide on the award."""
    both = {one.id for one in evaluators} & {one.id for one in moderators}
    with _changing(lot, "named the evaluation panel", by=by, at=at, sees=sees) as evaluation:
        if not evaluators:
            raise BadPanel("Name at least one evaluator.", field="evaluators")
        for person in moderators:
            if person.id in both:
                raise BadPanel(f"{person.name} can’t score and moderate. Choose one.", field="moderators")
        wanted = dict.fromkeys((one.id for one in evaluators), EvaluatorRole.EVALUATOR)
        wanted |= dict.fromkeys((one.id for one in moderators), EvaluatorRole.MODERATOR)
        for member in list(evaluation.panel):
            if member.person_id in wanted:
                member.role = wanted.pop(member.person_id)
            else:
                db.session.delete(member)
        for person in (*evaluators, *moderators):
            if person.id in wanted:
                db.session.add(PanelMember(evaluation=evaluation, person=person, role=wanted.pop(person.id)))
        db.session.flush()
        db.session.expire(evaluation, ["panel"])


def add_bid(
    lot: Lot,
    supplier: Supplier,
    *,
    price_net: Decimal,
    received_at: datetime | None = None,
    set_aside_because: str = "",
    by: Actor,
    at: datetime,
) -> Bid:
    """Enter a bid with its whole-life price. One received late must be set aside."""
    with _changing(lot, f"entered the bid of {supplier.name}", by=by, at=at):
        if any(bid.supplier_id == supplier.id for bid in lot.bids):
            raise BadBid(f"{supplier.name} has a bid already. Change that one.", field="name")
        _price_is_right(price_net)
        _came_in_time(lot, supplier, received_at, set_aside_because)
        bid = Bid(
            lot=lot,
            supplier=supplier,
            price_net=price_net,
            received_at=received_at,
            was_assessed=not set_aside_because,
            set_aside_because=set_aside_because,
            is_example=lot.procurement.is_example,
        )
        db.session.add(bid)
        db.session.flush()
    return bid


def _price_is_right(price_net: Decimal) -> None:
    if price_net <= 0:
        raise BadBid("The price must be more than nought.", field="price_net")


def _came_in_time(lot: Lot, supplier: Supplier, received_at: datetime | None, set_aside_because: str) -> None:
    notice = opening_notice(lot)
    due = notice.closes_at if notice else None
    if received_at is not None and due is not None and received_at > due and not set_aside_because:
        raise CameLate(
            f"{supplier.name}’s bid came in after {words.moment(due)}. Set it aside as late, with the reason.",
            field="set_aside_because",
        )


def change_bid(
    bid: Bid,
    *,
    price_net: Decimal,
    received_at: datetime | None = None,
    set_aside_because: str = "",
    because: str,
    by: Actor,
    at: datetime,
    sees: int | None = None,
) -> None:
    """Correct a bid, set it aside, or take it back in, each with the reason why."""
    with _changing(bid.lot, f"changed the bid of {bid.supplier.name}", on=bid, by=by, at=at, note=because, sees=sees):
        _price_is_right(price_net)
        _came_in_time(bid.lot, bid.supplier, received_at, set_aside_because)
        if not because.strip() and bid.price_net != price_net:
            raise BadBid("Say why the price is changed.", field="because")
        bid.price_net, bid.received_at = price_net, received_at
        bid.set_aside_because, bid.was_assessed = set_aside_because, not set_aside_because


def explain_low_price(bid: Bid, finding: str, *, by: Actor, at: datetime, sees: int | None = None) -> None:
    """Record what a bidder with an abnormally low price answered, and what was made of it. s.19(3) to (5)."""
    said = f"recorded what {bid.supplier.name} answered about its price"
    with _changing(bid.lot, said, on=bid, by=by, at=at, sees=sees):
        if not finding.strip():
            raise BadBid("Say what the bidder answered, and whether it explains the price.", field="finding")
        bid.low_price_finding = finding.strip()


def score_bid(
    bid: Bid, scores: Mapping[int, Agreed], *, by: Actor, at: datetime, sees: int | None = None
) -> None:  # fmt: skip
    """Record agreed scores, by the number of the criterion; those left out stay as they are."""
    lot = bid.lot
    with _changing(lot, f"recorded the agreed scores of {bid.supplier.name}", on=bid, by=by, at=at, sees=sees):
        if not bid.was_assessed:
            raise BadScore(f"{bid.supplier.name}’s bid was set aside, so it isn’t scored.")
        assert lot.method is not None
        criteria = {one.number: one for one in lot.method.criteria}
        standing = {score.criterion_id: score for score in bid.scores}
        for number, agreed in scores.items():
            _keep_score(bid, criteria, number, agreed, standing)
        db.session.flush()


def _keep_score(
    bid: Bid,
    criteria: Mapping[int, AwardCriterion],
    number: int,
    agreed: Agreed,
    standing: Mapping[int, ConsensusScore],
) -> None:
    criterion = criteria.get(number)
    if criterion is None:
        raise BadScore("That criterion was not published for this competition.")
    problem = score_problem(agreed.score, agreed.reason)
    if problem:
        raise BadScore(problem, field=f"criterion-{number}")
    row = standing.get(criterion.id)
    if row is None:
        bid.scores.append(ConsensusScore(criterion=criterion, score=agreed.score, reason=agreed.reason.strip()))
    else:
        row.score, row.reason = agreed.score, agreed.reason.strip()


def settle_tie(lot: Lot, bid: Bid, how: str, *, by: Actor, at: datetime, sees: int | None = None) -> None:
    """Record how a tie for first place was settled that the published rule leaves open."""
    with _changing(lot, "settled a tie", by=by, at=at, note=how, sees=sees) as evaluation:
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
    with _changing(lot, "recorded the result of the competition", by=by, at=at, sees=sees) as evaluation:
        evaluation.finished_at = at
        db.session.flush()
        move(lot, "record the result", by=by, at=at)


def record_result(
    lot: Lot,
    *,
    bids: Sequence[BidEntry],
    evaluators: Sequence[Person],
    moderators: Sequence[Person],
    by: Actor,
    at: datetime,
) -> None:
    """Record a whole result in one act: panel, bids, scores, and the move that follows."""
    with act("recorded the result of the competition", on=lot, by=by, at=at):
        name_panel(lot, evaluators=evaluators, moderators=moderators, by=by, at=at)
        for entry in bids:
            bid = add_bid(
                lot,
                entry.supplier,
                price_net=entry.price_net,
                received_at=entry.received_at,
                set_aside_because=entry.set_aside_because,
                by=by,
                at=at,
            )
            if bid.was_assessed:
                score_bid(bid, entry.scores, by=by, at=at)
            if entry.low_price_finding:
                explain_low_price(bid, entry.low_price_finding, by=by, at=at)
        finish(lot, by=by, at=at)


def low_prices_to_explain(lot: Lot) -> list[Bid]:
    """Bids with an abnormally low price, explained or not."""
    bids = bids_of(lot)
    low = {one.key for one in low_prices_of(bids)}
    return [bid for bid in bids if bid.id in low]
