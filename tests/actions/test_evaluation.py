"""Recording an evaluation: panel, bids, scores, ties, the result; and what closes it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import func, select

from procure.audit.models import TrailEntry
from procure.demonstration import authority, days
from procure.demonstration.cast import Cast
from procure.evaluation import actions
from procure.evaluation.actions import Agreed
from procure.evaluation.facts import facts_of, ranking_of, waiting_for
from procure.evaluation.models import Bid, ConsensusScore, PanelMember
from procure.evaluation.rules import EvaluatorRole
from procure.extensions import db
from procure.procurement.actions import MoveRefused, move
from procure.procurement.models import Lot
from procure.procurement.rules import Stage
from procure.refusals import Refusal
from procure.suppliers.actions import supplier_for
from procure.suppliers.models import Supplier
from procure.suppliers.rules import Particulars
from tests.a_competition import evaluated, evaluating, recommended

AT = days.at(days.EVALUATED)
DUE = days.at(days.TENDER_CLOSES, 14)


def refused(act: Callable[[], object]) -> str:
    with pytest.raises(Refusal) as refusal:
        act()
    return refusal.value.sentence


def a_bid(lot: Lot, cast: Cast, name: str, price: int, *scores: int) -> Bid:
    supplier = supplier_for(Particulars(name), by=cast["officer"], at=AT)
    bid = actions.add_bid(lot, supplier, price_net=Decimal(price), by=cast["officer"], at=AT)
    if scores:
        agreed = {number: Agreed(score, f"Page {number}.") for number, score in enumerate(scores, start=1)}
        actions.score_bid(bid, agreed, by=cast["officer"], at=AT)
    return bid


def name_panel(lot: Lot, cast: Cast, *evaluators: str) -> None:
    actions.name_panel(
        lot, evaluators=[cast[key] for key in evaluators or ("evaluator1", "evaluator2", "evaluator3")],
        moderators=[cast["moderator"]], by=cast["officer"], at=AT,
    )  # fmt: skip


def test_a_whole_result_is_recorded_in_one_act(cast: Cast) -> None:
    file = evaluated(cast)
    assert file.only_lot.stage is Stage.DECIDING_AWARD
    ranking = ranking_of(file.only_lot)
    assert ranking is not None
    assert [(row.name, str(row.total)) for row in ranking.rows] == [
        ("Example Alliance", "89.67"),
        ("Example Network", "88.13"),
        ("Example Trust", "85.00"),
    ]
    acts = db.session.scalars(
        select(TrailEntry.act_id).where(TrailEntry.table_name.in_(("bid", "consensus_score", "panel_member")))
    ).all()
    assert len(acts) == 3 + 12 + 4 and len(set(acts)) == 1


def test_a_result_is_refused_whole_when_one_score_lacks_its_reason(cast: Cast) -> None:
    lot = evaluating(cast).only_lot
    supplier = supplier_for(Particulars("One"), by=cast["officer"], at=AT)
    entry = actions.BidEntry(supplier, Decimal(100), {1: Agreed(3, ""), 2: Agreed(3, "x")})
    said = refused(
        lambda: actions.record_result(
            lot,
            bids=[entry],
            evaluators=[cast["evaluator1"]],
            moderators=[cast["moderator"]],
            by=cast["officer"],
            at=AT,
        )
    )
    assert said == "Give the panel’s reason for the score."
    assert db.session.scalar(select(func.count(Bid.id))) == 0
    assert db.session.scalar(select(func.count(PanelMember.id))) == 0


@pytest.mark.parametrize("score", [6, -1, 3.4])
def test_a_score_is_a_whole_number_on_the_published_scale(cast: Cast, score: float) -> None:
    lot = evaluating(cast).only_lot
    bid = a_bid(lot, cast, "One", 100)
    given = {1: Agreed(score, "Page 3.")}  # type: ignore[arg-type]
    assert "whole number from 0 to 5" in refused(lambda: actions.score_bid(bid, given, by=cast["officer"], at=AT))
    assert db.session.scalars(select(ConsensusScore)).first() is None


def test_nobody_scores_and_moderates(cast: Cast) -> None:
    lot = evaluating(cast).only_lot
    assert "can’t score and moderate" in refused(lambda: name_panel(lot, cast, "evaluator1", "moderator"))


def test_the_panel_is_changed_person_by_person(cast: Cast) -> None:
    lot = evaluating(cast).only_lot
    name_panel(lot, cast)
    name_panel(lot, cast, "evaluator1", "evaluator2", "officer")
    assert lot.evaluation is not None
    found = {(one.person.name, one.role) for one in lot.evaluation.panel}
    assert ("A. Officer", EvaluatorRole.EVALUATOR) in found and len(found) == 4


def test_a_late_bid_is_held_and_not_evaluated(cast: Cast) -> None:
    lot = evaluating(cast).only_lot
    supplier = supplier_for(Particulars("Late"), by=cast["officer"], at=AT)
    late = DUE + timedelta(seconds=1)

    def enter(**more: str) -> Bid:
        return actions.add_bid(
            lot, supplier, price_net=Decimal(1), received_at=late, by=cast["officer"], at=AT, **more  # type: ignore[arg-type]
        )  # fmt: skip

    assert "Set it aside as late" in refused(enter)
    held = enter(set_aside_because="It came one second late.")
    assert not held.was_assessed
    assert "set aside" in refused(lambda: actions.score_bid(held, {1: Agreed(3, "x")}, by=cast["officer"], at=AT))
    assert facts_of(lot, days.EVALUATED).bidders == ()


def test_a_bid_at_the_very_deadline_is_in_time(cast: Cast) -> None:
    lot = evaluating(cast).only_lot
    supplier = supplier_for(Particulars("In time"), by=cast["officer"], at=AT)
    bid = actions.add_bid(lot, supplier, price_net=Decimal(1), received_at=DUE, by=cast["officer"], at=AT)
    assert bid.was_assessed


def test_a_bid_set_aside_changes_the_points_of_the_others(cast: Cast) -> None:
    lot = evaluating(cast).only_lot
    cheap = a_bid(lot, cast, "Cheap", 80, 3, 3, 3, 3)
    a_bid(lot, cast, "Dear", 100, 3, 3, 3, 3)
    before = ranking_of(lot)
    assert before is not None and {row.name: str(row.price) for row in before.rows}["Dear"] == "32.00"
    actions.change_bid(
        cheap, price_net=cheap.price_net, set_aside_because="No insurance, as required.", because="Condition failed",
        by=cast["officer"], at=AT,
    )  # fmt: skip
    after = ranking_of(lot)
    assert after is not None and [(row.name, str(row.price)) for row in after.rows] == [("Dear", "40.00")]


def test_a_price_is_corrected_with_a_reason(cast: Cast) -> None:
    lot = evaluating(cast).only_lot
    bid = a_bid(lot, cast, "One", 100)

    def change(because: str) -> None:
        actions.change_bid(bid, price_net=Decimal(101), because=because, by=cast["officer"], at=AT)

    assert refused(lambda: change("")) == "Say why the price is changed."
    change("The form of tender says 101.")
    assert bid.price_net == Decimal("101.00")
    assert "The form of tender says 101." in db.session.scalars(select(TrailEntry.note)).all()


def test_the_second_saver_is_told(cast: Cast) -> None:
    lot = evaluating(cast).only_lot
    bid = a_bid(lot, cast, "One", 100)
    seen = bid.version
    actions.change_bid(bid, price_net=Decimal(101), because="First", by=cast["officer"], at=AT)
    said = refused(
        lambda: actions.change_bid(
            bid, price_net=Decimal(102), because="Second", by=cast["officer"], at=AT, sees=seen
        )
    )  # fmt: skip
    assert said == "Somebody else has saved this since you opened it."
    assert bid.price_net == Decimal("101.00")


def test_a_low_price_must_be_explained_before_the_result(cast: Cast) -> None:
    lot = evaluating(cast).only_lot
    name_panel(lot, cast)
    low = a_bid(lot, cast, "Low", 300_000, 3, 3, 3, 3)
    for name, price in (("A", 420_000), ("B", 440_000), ("C", 450_000)):
        a_bid(lot, cast, name, price, 3, 3, 3, 3)
    assert "Low’s price is more than 20% below" in refused(lambda: actions.finish(lot, by=cast["officer"], at=AT))
    actions.explain_low_price(low, "Asked on 1 November. It shares an office. Accepted.", by=cast["officer"], at=AT)
    actions.finish(lot, by=cast["officer"], at=AT)
    assert lot.stage is Stage.DECIDING_AWARD


def test_an_open_tie_refuses_the_result_until_it_is_settled(cast: Cast) -> None:
    lot = evaluating(cast).only_lot
    name_panel(lot, cast)
    one, two = a_bid(lot, cast, "One", 100, 3, 3, 3, 3), a_bid(lot, cast, "Two", 100, 3, 3, 3, 3)
    assert "can’t part them" in refused(lambda: actions.finish(lot, by=cast["officer"], at=AT))
    assert lot.evaluation is not None and lot.evaluation.finished_at is None
    actions.settle_tie(lot, two, "Lots drawn before two witnesses.", by=cast["officer"], at=AT)
    ranking = ranking_of(lot)
    assert ranking is not None and ranking.winner is not None and ranking.winner.key == two.id
    actions.finish(lot, by=cast["officer"], at=AT)
    assert one.id != two.id and lot.stage is Stage.DECIDING_AWARD


def test_there_is_no_tie_to_settle_where_the_rule_parts_the_bids(cast: Cast) -> None:
    lot = evaluating(cast).only_lot
    first = a_bid(lot, cast, "One", 100, 4, 3, 3, 3)
    a_bid(lot, cast, "Two", 100, 3, 3, 3, 3)
    assert "not level" in refused(lambda: actions.settle_tie(lot, first, "Lots", by=cast["officer"], at=AT))


def test_the_move_alone_is_refused_before_the_result_is_finished(cast: Cast) -> None:
    lot = evaluating(cast).only_lot
    name_panel(lot, cast)
    a_bid(lot, cast, "One", 100, 3, 3, 3, 3)
    with pytest.raises(MoveRefused, match="Check the ranking"):
        move(lot, "record the result", by=cast["officer"], at=AT)


def test_a_result_can_be_corrected_until_the_decision_goes_out(cast: Cast) -> None:
    lot = recommended(cast).only_lot
    trust = next(bid for bid in lot.bids if bid.supplier.name == "Example Trust")
    at = days.at(days.PREPARED, 16)
    actions.score_bid(trust, {1: Agreed(5, "Page 3, read again.")}, by=cast["officer"], at=at)
    assert lot.award is not None
    authority.advise(lot.award.decision, cast)
    authority.ask(lot.award.decision, cast)
    said = refused(lambda: actions.score_bid(trust, {1: Agreed(4, "Page 3.")}, by=cast["officer"], at=at))
    assert said.startswith("The award decision ODR-2027-118 rests on this result and is out.")


def test_bids_are_not_entered_before_they_are_opened(cast: Cast) -> None:
    from tests.a_competition import open_to_bids

    lot = open_to_bids(cast).only_lot
    supplier = supplier_for(Particulars("Early"), by=cast["officer"], at=AT)
    said = refused(lambda: actions.add_bid(lot, supplier, price_net=Decimal(1), by=cast["officer"], at=AT))
    assert said.startswith("You can’t record this now.")


def test_a_refused_bid_leaves_no_new_supplier(cast: Cast) -> None:
    lot = evaluating(cast).only_lot
    before = db.session.scalar(select(func.count(Supplier.id)))

    def enter() -> None:
        with actions.entering(lot, by=cast["officer"], at=AT):
            supplier = supplier_for(Particulars("New"), by=cast["officer"], at=AT)
            actions.add_bid(lot, supplier, price_net=Decimal(0), by=cast["officer"], at=AT)

    assert refused(enter) == "The price must be more than nought."
    assert db.session.scalar(select(func.count(Supplier.id))) == before


def test_the_officer_is_told_what_the_evaluation_lacks(cast: Cast, app: object) -> None:
    lot = evaluating(cast).only_lot
    with app.test_request_context():  # type: ignore[attr-defined]
        assert waiting_for(cast["officer"], days.EVALUATED)[0].what == "Name the panel"
        name_panel(lot, cast)
        assert waiting_for(cast["officer"], days.EVALUATED)[0].what == "Enter the bids"
