"""An evaluation at any point, reached by the real actions: bids, panel, declarations, scores."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from procure.demonstration import days
from procure.demonstration.cast import Cast
from procure.evaluation import actions
from procure.evaluation.actions import Given
from procure.evaluation.actions.excluding import look_at_list
from procure.evaluation.actions.reopening import ask_to_reopen, decide_reopening
from procure.evaluation.facts import bids_of, member_for
from procure.evaluation.models import Bid, PanelMember
from procure.procurement.models import Lot
from procure.suppliers.actions import supplier_for
from procure.suppliers.rules import Particulars

AT = days.at(days.EVALUATED)
THREE = ("evaluator1", "evaluator2", "evaluator3")


def a_bid(lot: Lot, cast: Cast, name: str, price: int = 100) -> Bid:
    """A bid of a bidder with that name."""
    supplier = supplier_for(Particulars(name), by=cast["officer"], at=AT)
    return actions.add_bid(lot, supplier, price_net=Decimal(price), by=cast["officer"], at=AT)


def name_panel(lot: Lot, cast: Cast, *evaluators: str, moderator: str | None = "moderator") -> None:
    """The panel: three evaluators and a moderator, unless others are named."""
    actions.name_panel(
        lot, evaluators=[cast[key] for key in evaluators or THREE],
        moderators=[cast[moderator]] if moderator else [], by=cast["officer"], at=AT,
    )  # fmt: skip


def member(lot: Lot, cast: Cast, key: str) -> PanelMember:
    """Somebody's place on the panel."""
    found = member_for(lot, cast[key])
    assert found is not None
    return found


def declare(lot: Lot, cast: Cast, *keys: str) -> None:
    """These people declare that they have no interest in any bidder."""
    for key in keys or (*THREE, "moderator"):
        actions.declare(member(lot, cast, key), {bid.id: "" for bid in bids_of(lot)}, by=cast[key], at=AT)


def numbers(lot: Lot) -> list[int]:
    """The numbers of the criteria on which bids are scored."""
    return [one.number for one in lot.method.scored] if lot.method else []


def given(lot: Lot, *scores: int) -> dict[int, Given]:
    """Scores on the criteria in order, each with a reason."""
    found = zip(numbers(lot), scores, strict=False)
    return {number: Given(score, f"Page {number}.") for number, score in found}


def score_alone(lot: Lot, cast: Cast, key: str, *scores: int, bids: Iterable[Bid] | None = None) -> None:
    """An evaluator gives every bid these scores."""
    for bid in bids or bids_of(lot):
        if bid.was_assessed:
            actions.score(member(lot, cast, key), bid, given(lot, *scores or (3, 3, 3, 3)), by=cast[key], at=AT)


def finish_alone(lot: Lot, cast: Cast, *keys: str) -> None:
    """These evaluators score every bid 3 throughout and finish."""
    for key in keys or THREE:
        score_alone(lot, cast, key)
        actions.finish_scores(member(lot, cast, key), by=cast[key], at=AT)


def agree(lot: Lot, cast: Cast, scores: dict[int, tuple[int, ...]]) -> None:
    """The moderator records what the panel agreed, by the bid's id, criterion by criterion."""
    for place in range(max(len(of_bid) for of_bid in scores.values())):
        number = numbers(lot)[place]
        agreed = {key: Given(of_bid[place], f"Page {number}.") for key, of_bid in scores.items()}
        actions.agree(lot, number, agreed, by=cast["moderator"], at=AT)


def all_scored(lot: Lot, cast: Cast) -> None:
    """Panel named, declared, all individual scores in."""
    name_panel(lot, cast)
    declare(lot, cast)
    finish_alone(lot, cast)


def opened_again(bid: Bid, number: int, cast: Cast, *, at: datetime = AT) -> None:
    """The Monitoring Officer approves that the panel agrees a score anew, though prices are known."""
    row = ask_to_reopen(bid, number, because="A page was missing.", approver=cast["law"], by=cast["moderator"], at=at)
    decide_reopening(row, is_approved=True, reason="The page was in the file.", by=cast["law"], at=at)


def look_everybody_up(lot: Lot, cast: Cast) -> None:
    """No bidder is on the debarment list."""
    for bid in bids_of(lot):
        look_at_list(
            bid, on=days.BIDS_ENTERED, edition="as published on 11 October 2027", is_listed=False, by=cast["officer"],
            at=AT,
        )  # fmt: skip


def agreed(
    lot: Lot, cast: Cast, bids: dict[str, tuple[int, tuple[int, ...]]], *, looked_up: bool = True
) -> dict[str, Bid]:
    """Bids by name with price and agreed scores, all the way to open prices."""
    entered = {name: a_bid(lot, cast, name, price) for name, (price, _) in bids.items()}
    if looked_up:
        look_everybody_up(lot, cast)
    all_scored(lot, cast)
    agree(lot, cast, {entered[name].id: scores for name, (_, scores) in bids.items()})
    return entered
