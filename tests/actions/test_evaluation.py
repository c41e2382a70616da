"""An evaluation by the real actions: bids and files, declarations, scores alone, scores agreed, prices, the result."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import func, select

from procure.audit.actions import act
from procure.audit.history import history_of
from procure.audit.models import TrailEntry
from procure.demonstration import authority, days
from procure.demonstration.cast import Cast
from procure.documents.actions import keep_upload
from procure.evaluation import actions
from procure.evaluation.actions import Given
from procure.evaluation.actions.reopening import ask_to_reopen, decide_reopening
from procure.evaluation.actions.scoring import NotYourScores
from procure.evaluation.facts import bids_of, facts_of, member_for, ranking_of, waiting_for
from procure.evaluation.models import Bid, BidFile, ConsensusScore, IndividualScore, PanelMember
from procure.evaluation.rules import BidFileKind, EvaluatorRole, InterestOutcome
from procure.extensions import db
from procure.mail.models import Letter
from procure.now import legal_day
from procure.people.access import roles_of
from procure.people.models import Person
from procure.people.rules import Role
from procure.procurement.actions import MoveRefused, move
from procure.procurement.models import Lot
from procure.procurement.rules import Stage
from procure.refusals import Refusal
from procure.suppliers.actions import supplier_for
from procure.suppliers.models import Supplier
from procure.suppliers.rules import Particulars
from procure.tender.rules import PriceFormula
from tests.a_competition import evaluated, evaluating, open_to_bids, recommended
from tests.an_evaluation import (
    AT,
    THREE,
    a_bid,
    agree,
    agreed,
    all_scored,
    declare,
    finish_alone,
    given,
    look_everybody_up,
    member,
    name_panel,
    numbers,
    opened_again,
    score_alone,
)

DUE = days.at(days.TENDER_CLOSES, 14)
PDF = b"%PDF-1.4\nAn invented tender."


def refused(act: Callable[[], object]) -> str:
    with pytest.raises(Refusal) as refusal:
        act()
    return refusal.value.sentence


def tried() -> list[str]:
    """Refused attempts as the trail tells them."""
    return list(
        db.session.scalars(select(TrailEntry.said).where(TrailEntry.kind == "refused").order_by(TrailEntry.id))
    )  # fmt: skip


def roles(person: Person, lot: Lot) -> frozenset[Role]:
    return roles_of(person, legal_day(AT), lot.procurement_id)


# ── the whole of it ──


def test_three_bids_three_evaluators_and_a_moderator_make_a_result(cast: Cast) -> None:
    lot = evaluated(cast).only_lot
    assert lot.stage is Stage.DECIDING_AWARD
    ranking = ranking_of(lot)
    assert ranking is not None
    assert [(row.name, str(row.total)) for row in ranking.rows] == [
        ("Example Alliance", "89.67"),
        ("Example Network", "88.13"),
        ("Example Trust", "85.00"),
    ]
    counted = {
        kind: db.session.scalar(select(func.count()).select_from(kind))
        for kind in (IndividualScore, ConsensusScore, PanelMember, BidFile)
    }
    assert counted == {IndividualScore: 36, ConsensusScore: 12, PanelMember: 4, BidFile: 6}


def test_the_individual_scores_stay_beside_the_agreed_ones(cast: Cast) -> None:
    lot = evaluated(cast).only_lot
    trust = next(bid for bid in lot.bids if bid.supplier.name == "Example Trust")
    first = {one.score for one in db.session.scalars(select(IndividualScore)) if one.bid_id == trust.id}
    agreed_on = {one.criterion.number: one.score for one in trust.scores}
    assert first == {2, 3, 4} and [agreed_on[number] for number in numbers(lot)] == [4, 3, 4, 4]


# ── the panel ──


def test_nobody_scores_and_moderates(cast: Cast) -> None:
    lot = evaluating(cast).only_lot
    assert "can’t score and moderate" in refused(lambda: name_panel(lot, cast, "evaluator1", "moderator"))


def test_a_member_gets_the_role_on_this_file_and_a_letter_and_loses_the_role_with_the_place(cast: Cast) -> None:
    lot = evaluating(cast).only_lot
    manager = cast["manager"]
    assert Role.EVALUATOR not in roles(manager, lot)
    name_panel(lot, cast, "manager", "evaluator1")
    assert Role.EVALUATOR in roles(manager, lot)
    assert Role.EVALUATOR not in roles_of(manager, legal_day(AT), -1)
    posted = db.session.scalars(select(Letter).where(Letter.name == "panel_named")).all()
    assert {letter.to_name for letter in posted} == {manager.name, "Evaluator 1", "M. Moderator"}
    assert all(f"/procurements/{lot.reference}/evaluation" in letter.text for letter in posted)
    name_panel(lot, cast, "evaluator1")
    assert Role.EVALUATOR not in roles(manager, lot) and member_for(lot, manager) is None


def test_an_administrator_can_t_be_named(cast: Cast) -> None:
    lot = evaluating(cast).only_lot
    assert "administrator" in refused(lambda: name_panel(lot, cast, "administrator"))
    assert db.session.scalars(select(PanelMember)).first() is None
    assert db.session.scalars(select(Letter).where(Letter.name == "panel_named")).first() is None


def test_the_panel_is_changed_person_by_person(cast: Cast) -> None:
    lot = evaluating(cast).only_lot
    name_panel(lot, cast)
    name_panel(lot, cast, "evaluator1", "evaluator2", "officer")
    assert lot.evaluation is not None
    found = {(one.person.name, one.role) for one in lot.evaluation.serving}
    assert ("A. Officer", EvaluatorRole.EVALUATOR) in found and len(found) == 4


# ── bids ──


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
    a_bid(lot, cast, "In time")
    name_panel(lot, cast)
    declare(lot, cast)
    said = refused(lambda: score_alone(lot, cast, "evaluator1", bids=[held])) if held.was_assessed else "set aside"
    assert "set aside" in said and facts_of(lot, days.EVALUATED).bidders == ("In time",)
    score = {1: Given(3, "x")}
    assert "set aside" in refused(
        lambda: actions.score(member(lot, cast, "evaluator1"), held, score, by=cast["evaluator1"], at=AT)
    )


def test_a_bid_at_the_very_deadline_is_in_time(cast: Cast) -> None:
    lot = evaluating(cast).only_lot
    supplier = supplier_for(Particulars("In time"), by=cast["officer"], at=AT)
    bid = actions.add_bid(lot, supplier, price_net=Decimal(1), received_at=DUE, by=cast["officer"], at=AT)
    assert bid.was_assessed


def test_a_bid_set_aside_changes_the_points_of_the_others(cast: Cast) -> None:
    lot = evaluating(cast).only_lot
    entered = agreed(lot, cast, {"Cheap": (80, (3, 3, 3, 3)), "Dear": (100, (3, 3, 3, 3))})
    before = ranking_of(lot)
    assert before is not None and {row.name: str(row.price) for row in before.rows}["Dear"] == "32.00"
    actions.change_bid(
        entered["Cheap"], price_net=Decimal(80), set_aside_because="No insurance, as required.", because="Failed",
        by=cast["officer"], at=AT,
    )  # fmt: skip
    after = ranking_of(lot)
    assert after is not None and [(row.name, str(row.price)) for row in after.rows] == [("Dear", "40.00")]


def test_a_price_is_corrected_with_a_reason(cast: Cast) -> None:
    lot = evaluating(cast).only_lot
    bid = a_bid(lot, cast, "One")

    def change(because: str) -> None:
        actions.change_bid(bid, price_net=Decimal(101), because=because, by=cast["officer"], at=AT)

    assert refused(lambda: change("")) == "Say why the price is changed."
    change("The form of tender says 101.")
    assert bid.price_net == Decimal("101.00")
    assert "The form of tender says 101." in db.session.scalars(select(TrailEntry.note)).all()


def test_the_second_saver_is_told(cast: Cast) -> None:
    lot = evaluating(cast).only_lot
    bid = a_bid(lot, cast, "One")
    seen = bid.version
    actions.change_bid(bid, price_net=Decimal(101), because="First", by=cast["officer"], at=AT)
    said = refused(
        lambda: actions.change_bid(
            bid, price_net=Decimal(102), because="Second", by=cast["officer"], at=AT, sees=seen
        )
    )  # fmt: skip
    assert said == "Somebody else has saved this since you opened it."
    assert bid.price_net == Decimal("101.00")


def test_bids_are_not_entered_before_they_are_opened(cast: Cast) -> None:
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


# ── files ──


def test_a_file_is_kept_with_its_digest_and_read_back(cast: Cast) -> None:
    lot = evaluating(cast).only_lot
    bid = a_bid(lot, cast, "Smith & Sons <Ltd>")
    kept = keep_upload("..\\C:\\tender <1>.exe", PDF)
    file = actions.add_file(bid, kept, BidFileKind.QUALITY, by=cast["officer"], at=AT)
    assert (file.name, file.media_type, file.size) == ("tender -1-.exe.pdf", "application/pdf", len(PDF))
    assert len(file.sha256) == 64 and b"".join(actions.read_file(file, cast["officer"], at=AT)) == PDF
    assert "is with this bid already" in refused(
        lambda: actions.add_file(bid, kept, BidFileKind.PRICE, by=cast["officer"], at=AT)
    )


def test_a_price_file_is_closed_to_the_panel_until_all_is_agreed_and_the_attempt_is_on_record(cast: Cast) -> None:
    lot = evaluating(cast).only_lot
    bid = a_bid(lot, cast, "One")
    price = actions.add_file(bid, keep_upload("price.pdf", PDF), BidFileKind.PRICE, by=cast["officer"], at=AT)
    all_scored(lot, cast)
    for key in ("evaluator1", "moderator"):
        assert "Prices stay closed" in refused(lambda key=key: actions.read_file(price, cast[key], at=AT))  # type: ignore[misc]
    assert tried() == ["tried and was refused: opened the file price.pdf of One"] * 2
    assert b"".join(actions.read_file(price, cast["officer"], at=AT)) == PDF
    agree(lot, cast, {bid.id: (3, 3, 3, 3)})
    assert b"".join(actions.read_file(price, cast["evaluator1"], at=AT)) == PDF
    read = select(TrailEntry.by_words).where(TrailEntry.said == "read the file price.pdf of One")
    assert [who.split(",")[0] for who in db.session.scalars(read)] == ["A. Officer", "Evaluator 1"]


# ── conflicts of interest (G3) ──


def test_nothing_is_seen_or_scored_before_everybody_declared_and_the_attempt_is_on_record(cast: Cast) -> None:
    lot = evaluating(cast).only_lot
    bid = a_bid(lot, cast, "One")
    file = actions.add_file(bid, keep_upload("a.pdf", PDF), BidFileKind.QUALITY, by=cast["officer"], at=AT)
    name_panel(lot, cast)
    assert "First declare" in refused(lambda: actions.read_file(file, cast["evaluator1"], at=AT))
    assert "First declare" in refused(lambda: score_alone(lot, cast, "evaluator1"))
    assert "First declare" in refused(lambda: actions.clear_to_see(lot, cast["moderator"], "the bid of One", at=AT))
    assert len(tried()) == 3 and db.session.scalars(select(IndividualScore)).first() is None
    declare(lot, cast, "evaluator1")
    assert b"".join(actions.read_file(file, cast["evaluator1"], at=AT)) == PDF
    score_alone(lot, cast, "evaluator1")


def test_a_declaration_leaves_out_no_bidder_and_is_nobody_else_s(cast: Cast) -> None:
    lot = evaluating(cast).only_lot
    one = a_bid(lot, cast, "One")
    a_bid(lot, cast, "Two")
    name_panel(lot, cast)
    own = member(lot, cast, "evaluator1")
    said = refused(lambda: actions.declare(own, {one.id: ""}, by=cast["evaluator1"], at=AT))
    assert said == "Say whether you have an interest in Two."
    assert "Only Evaluator 1" in refused(lambda: actions.declare(own, {one.id: ""}, by=cast["officer"], at=AT))


def test_an_interest_waits_for_the_officer_who_may_let_it_pass(cast: Cast) -> None:
    lot = evaluating(cast).only_lot
    bid = a_bid(lot, cast, "One")
    name_panel(lot, cast)
    own = member(lot, cast, "evaluator1")
    actions.declare(own, {bid.id: "My brother works there."}, by=cast["evaluator1"], at=AT)
    assert db.session.scalars(select(Letter).where(Letter.name == "interest_declared")).one().to_name == "A. Officer"
    assert facts_of(lot, days.EVALUATED).interests == ("Evaluator 1",)
    assert "still to decide" in refused(lambda: score_alone(lot, cast, "evaluator1"))
    (declared,) = member(lot, cast, "evaluator1").declarations
    assert "own interest" in refused(
        lambda: actions.decide_interest(
            declared, InterestOutcome.MAY_TAKE_PART, "Fine.", by=cast["evaluator1"], at=AT
        )
    )  # fmt: skip
    assert "Say why" in refused(
        lambda: actions.decide_interest(declared, InterestOutcome.MAY_TAKE_PART, " ", by=cast["officer"], at=AT)
    )
    actions.decide_interest(
        declared, InterestOutcome.MAY_TAKE_PART, "He works in another branch.", by=cast["officer"], at=AT
    )
    score_alone(lot, cast, "evaluator1")


def test_who_steps_down_loses_the_role_and_stays_on_record(cast: Cast) -> None:
    lot = evaluating(cast).only_lot
    bid = a_bid(lot, cast, "One")
    name_panel(lot, cast, "manager", "evaluator2")
    actions.declare(member(lot, cast, "manager"), {bid.id: "I sit on its board."}, by=cast["manager"], at=AT)
    (declared,) = member(lot, cast, "manager").declarations
    actions.decide_interest(declared, InterestOutcome.STEPS_DOWN, "Too close.", by=cast["officer"], at=AT)
    assert Role.EVALUATOR not in roles(cast["manager"], lot)
    assert member(lot, cast, "manager").left_at == AT and facts_of(lot, days.EVALUATED).evaluators == 1
    assert "You stepped down" in refused(lambda: score_alone(lot, cast, "manager"))


def test_a_later_bidder_opens_every_declaration_and_every_locked_score_again(cast: Cast) -> None:
    lot = evaluating(cast).only_lot
    a_bid(lot, cast, "One")
    all_scored(lot, cast)
    a_bid(lot, cast, "Two")
    now = facts_of(lot, days.EVALUATED)
    assert set(now.undeclared) == {"Evaluator 1", "Evaluator 2", "Evaluator 3", "M. Moderator"}
    assert set(now.unfinished) == {"Evaluator 1", "Evaluator 2", "Evaluator 3"}
    again = db.session.scalars(select(Letter).where(Letter.name == "panel_declares_again")).all()
    assert len(again) == 4 and "Two" in again[0].text
    assert "First declare" in refused(lambda: score_alone(lot, cast, "evaluator1"))
    declare(lot, cast)
    finish_alone(lot, cast)


# ── scores alone ──


@pytest.mark.parametrize("score", [6, -1, 3.4])
def test_a_score_is_a_whole_number_on_the_published_scale(cast: Cast, score: float) -> None:
    lot = evaluating(cast).only_lot
    bid = a_bid(lot, cast, "One")
    all_scored(lot, cast)
    wrong = {bid.id: Given(score, "Page 3.")}  # type: ignore[arg-type]
    assert "whole number from 0 to 5" in refused(lambda: actions.agree(lot, 1, wrong, by=cast["moderator"], at=AT))
    assert db.session.scalars(select(ConsensusScore)).first() is None


def test_a_score_needs_a_reason_and_an_evaluator_s_own_hand(cast: Cast) -> None:
    lot = evaluating(cast).only_lot
    bid = a_bid(lot, cast, "One")
    name_panel(lot, cast)
    declare(lot, cast)
    own = member(lot, cast, "evaluator1")
    assert refused(
        lambda: actions.score(own, bid, {1: Given(3, " ")}, by=cast["evaluator1"], at=AT)
    ) == "Give your reason for the score."  # fmt: skip
    with pytest.raises(NotYourScores):
        actions.score(own, bid, given(lot, 3), by=cast["officer"], at=AT)
    chair = member(lot, cast, "moderator")
    assert "doesn’t score" in refused(lambda: actions.score(chair, bid, given(lot, 3), by=cast["moderator"], at=AT))
    assert db.session.scalars(select(IndividualScore)).first() is None


def test_nobody_finishes_with_a_gap_and_finished_scores_are_locked(cast: Cast) -> None:
    lot = evaluating(cast).only_lot
    bid = a_bid(lot, cast, "One")
    name_panel(lot, cast)
    declare(lot, cast)
    own = member(lot, cast, "evaluator1")
    actions.score(own, bid, given(lot, 3, 3), by=cast["evaluator1"], at=AT)
    said = refused(lambda: actions.finish_scores(own, by=cast["evaluator1"], at=AT))
    assert said == "You can’t finish yet. One lacks 2 scores."
    finish_alone(lot, cast, "evaluator1")
    assert "locked" in refused(lambda: actions.score(own, bid, given(lot, 4), by=cast["evaluator1"], at=AT))
    assert "Say why" in refused(lambda: actions.reopen_scores(own, "", by=cast["officer"], at=AT))
    actions.reopen_scores(own, "Page 4 was missing from the file.", by=cast["officer"], at=AT)
    assert "Page 4 was missing from the file." in db.session.scalars(select(TrailEntry.note)).all()
    actions.score(own, bid, given(lot, 4), by=cast["evaluator1"], at=AT)


def test_individual_scores_are_sealed_for_everybody_until_all_are_in(cast: Cast) -> None:
    lot = evaluating(cast).only_lot
    a_bid(lot, cast, "One")
    name_panel(lot, cast)
    declare(lot, cast)
    finish_alone(lot, cast, "evaluator1", "evaluator3")
    for key in ("evaluator1", "evaluator2", "moderator", "officer", "administrator"):
        said = refused(lambda key=key: actions.open_scores(lot, cast[key], at=AT))  # type: ignore[misc]
        assert said.endswith("Evaluator 2 hasn’t.")
    assert len(tried()) == 5
    finish_alone(lot, cast, "evaluator2")
    actions.open_scores(lot, cast["moderator"], at=AT)
    assert db.session.scalars(select(Letter).where(Letter.name == "scores_are_in")).one().to_name == "M. Moderator"


def test_history_says_who_scored_and_never_what(cast: Cast) -> None:
    lot = evaluating(cast).only_lot
    a_bid(lot, cast, "One", 412_345)
    name_panel(lot, cast)
    declare(lot, cast)
    score_alone(lot, cast, "evaluator1", 5, 5, 5, 5)
    told = " ".join(str(one.more) for day in history_of(lot.procurement.reference) for one in day.entries)
    assert "(sealed)" in told and "412345" not in told.replace(",", "") and "Page 1." not in told


# ── scores agreed (G4, B16) ──


def test_only_the_moderator_agrees_and_only_when_all_are_in(cast: Cast) -> None:
    lot = evaluating(cast).only_lot
    bid = a_bid(lot, cast, "One")
    name_panel(lot, cast)
    declare(lot, cast)
    finish_alone(lot, cast, "evaluator1", "evaluator3")
    one = {bid.id: Given(3, "Page 1.")}
    assert "sealed" in refused(lambda: actions.agree(lot, 1, one, by=cast["moderator"], at=AT))
    finish_alone(lot, cast, "evaluator2")
    for key in ("officer", "evaluator1", "director"):
        assert "The moderator records" in refused(lambda key=key: actions.agree(lot, 1, one, by=cast[key], at=AT))  # type: ignore[misc]
    actions.agree(lot, 1, one, by=cast["moderator"], at=AT)
    assert [score.score for score in db.session.scalars(select(ConsensusScore))] == [3]


def test_the_officer_may_be_the_moderator(cast: Cast) -> None:
    lot = evaluating(cast).only_lot
    bid = a_bid(lot, cast, "One")
    name_panel(lot, cast, moderator="officer")
    declare(lot, cast, *THREE, "officer")
    finish_alone(lot, cast)
    actions.agree(lot, 1, {bid.id: Given(3, "Page 1.")}, by=cast["officer"], at=AT)
    assert "Prices stay closed" in refused(lambda: actions.open_prices(lot, cast["officer"], at=AT))


def test_prices_are_closed_to_the_panel_until_the_last_score_is_agreed(cast: Cast) -> None:
    lot = evaluating(cast).only_lot
    bid = a_bid(lot, cast, "One")
    all_scored(lot, cast)
    agree(lot, cast, {bid.id: (3, 3, 3)})
    for key in ("evaluator1", "moderator"):
        assert "Prices stay closed" in refused(lambda key=key: actions.open_prices(lot, cast[key], at=AT))  # type: ignore[misc]
    assert tried() == ["tried and was refused: opened the prices"] * 2 and ranking_of(lot) is None
    actions.agree(lot, numbers(lot)[3], {bid.id: Given(3, "Page 4.")}, by=cast["moderator"], at=AT)
    actions.open_prices(lot, cast["evaluator1"], at=AT)
    assert ranking_of(lot) is not None


def test_once_prices_are_known_a_score_changes_only_when_somebody_apart_approves(cast: Cast, app: Flask) -> None:
    lot = evaluating(cast).only_lot
    bid = agreed(lot, cast, {"One": (100, (3, 3, 3, 3)), "Two": (100, (4, 3, 3, 3))})["One"]
    higher, moderator, law = {bid.id: Given(5, "Page 9.")}, cast["moderator"], cast["law"]
    assert "Prices are known" in refused(lambda: actions.agree(lot, 1, higher, by=moderator, at=AT))
    asked = {"because": "Page 9 was not read.", "by": moderator, "at": AT}
    for key in ("officer", "evaluator1", "moderator"):
        assert "Choose the Monitoring" in refused(lambda key=key: ask_to_reopen(bid, 1, approver=cast[key], **asked))  # type: ignore[misc]
    assert "The moderator or the officer" in refused(
        lambda: ask_to_reopen(bid, 1, because="Why", approver=law, by=cast["evaluator1"], at=AT)
    )
    row = ask_to_reopen(bid, 1, approver=law, **asked)
    assert "asked about already" in refused(lambda: ask_to_reopen(bid, 1, approver=law, **asked))
    with app.test_request_context():
        assert [one.what for one in waiting_for(law, days.EVALUATED)] == ["Decide whether a score is opened again"]
    with pytest.raises(MoveRefused, match="hasn’t decided"):
        actions.finish(lot, by=cast["officer"], at=AT)
    assert db.session.scalars(select(Letter.to_name).where(Letter.name == "score_to_reopen")).all() == [law.name]
    said = {"is_approved": True, "reason": "It was in the file.", "at": AT}
    assert "Only" in refused(lambda: decide_reopening(row, by=cast["director"], **said))
    assert "Say why" in refused(lambda: decide_reopening(row, is_approved=True, reason=" ", by=law, at=AT))
    decide_reopening(row, by=law, **said)
    assert "has been decided" in refused(lambda: decide_reopening(row, by=law, **said))
    actions.agree(lot, 1, higher, by=moderator, at=AT)
    assert (row.score_before, row.score_after, row.is_open) == (3, 5, False)
    ranking = ranking_of(lot)
    assert ranking is not None and ranking.winner is not None and ranking.winner.name == "One"
    again = {bid.id: Given(4, "Page 9.")}
    assert "Prices are known" in refused(lambda: actions.agree(lot, 1, again, by=moderator, at=AT)), "it was once"


def test_a_later_bid_doesn_t_make_the_panel_forget_prices(cast: Cast) -> None:
    lot = evaluating(cast).only_lot
    bid = agreed(lot, cast, {"One": (100, (3, 3, 3, 3))})["One"]
    a_bid(lot, cast, "Two")
    declare(lot, cast)
    assert ranking_of(lot) is None
    changed = given(lot, 4)
    assert "stay as they are" in refused(
        lambda: actions.score(member(lot, cast, "evaluator1"), bid, changed, by=cast["evaluator1"], at=AT)
    )
    finish_alone(lot, cast)
    higher = {bid.id: Given(5, "Page 9.")}
    assert "Prices are known" in refused(lambda: actions.agree(lot, 1, higher, by=cast["moderator"], at=AT))
    own = member(lot, cast, "evaluator1")
    assert "Prices are open" in refused(lambda: actions.reopen_scores(own, "Why", by=cast["officer"], at=AT))


def test_a_panel_of_one_agrees_with_itself_and_needs_no_moderator(cast: Cast) -> None:
    lot = evaluating(cast).only_lot
    assert lot.method is not None
    with act("made the panel smaller for this test", on=lot.method, by=cast["officer"], at=AT):
        lot.method.panel_size = 1
    a_bid(lot, cast, "One")
    name_panel(lot, cast, "evaluator1", moderator=None)
    assert "First declare" in refused(lambda: score_alone(lot, cast, "evaluator1"))
    declare(lot, cast, "evaluator1")
    finish_alone(lot, cast, "evaluator1")
    look_everybody_up(lot, cast)
    actions.finish(lot, by=cast["officer"], at=AT)
    assert lot.stage is Stage.DECIDING_AWARD and len(db.session.scalars(select(ConsensusScore)).all()) == 4


# ── the result ──


def test_a_low_price_is_asked_about_and_stays_in_once_explained(cast: Cast) -> None:
    lot = evaluating(cast).only_lot
    prices = {"Low": 300_000, "A": 420_000, "B": 440_000, "C": 450_000}
    low = agreed(lot, cast, {name: (price, (3, 3, 3, 3)) for name, price in prices.items()})["Low"]
    assert "Low’s price is more than 20% below" in refused(lambda: actions.finish(lot, by=cast["officer"], at=AT))
    actions.explain_low_price(low, asked_on=days.MODERATED, by=cast["officer"], at=AT)
    assert "more than 20% below" in refused(lambda: actions.finish(lot, by=cast["officer"], at=AT))
    assert "day on which the bidder answered" in refused(
        lambda: actions.explain_low_price(
            low, asked_on=days.MODERATED, finding="It shares an office.", accepted=True, by=cast["officer"], at=AT
        )
    )
    actions.explain_low_price(
        low, asked_on=days.MODERATED, answered_on=days.EVALUATED, finding="It shares an office.", accepted=True,
        by=cast["officer"], at=AT,
    )  # fmt: skip
    actions.finish(lot, by=cast["officer"], at=AT)
    assert lot.stage is Stage.DECIDING_AWARD


def test_a_low_price_that_isn_t_explained_sets_the_bid_aside_with_the_reason(cast: Cast) -> None:
    lot = evaluating(cast).only_lot
    low = agreed(lot, cast, {"Low": (60, (3, 3, 3, 3)), "A": (100, (3, 3, 3, 3))})["Low"]
    actions.explain_low_price(
        low, asked_on=days.MODERATED, finding="No answer came in ten days.", accepted=False, by=cast["officer"], at=AT
    )
    assert not low.was_assessed and "No answer came in ten days." in low.set_aside_because
    ranking = ranking_of(lot)
    assert ranking is not None and [row.name for row in ranking.rows] == ["A"]


def test_an_open_tie_refuses_the_result_until_it_is_settled(cast: Cast) -> None:
    lot = evaluating(cast).only_lot
    two = agreed(lot, cast, {"One": (100, (3, 3, 3, 3)), "Two": (100, (3, 3, 3, 3))})["Two"]
    assert "can’t part them" in refused(lambda: actions.finish(lot, by=cast["officer"], at=AT))
    assert lot.evaluation is not None and lot.evaluation.finished_at is None
    actions.settle_tie(lot, two, "Lots drawn before two witnesses.", by=cast["officer"], at=AT)
    ranking = ranking_of(lot)
    assert ranking is not None and ranking.winner is not None and ranking.winner.key == two.id
    actions.finish(lot, by=cast["officer"], at=AT)
    assert lot.stage is Stage.DECIDING_AWARD


def test_there_is_no_tie_to_settle_where_the_rule_parts_the_bids(cast: Cast) -> None:
    lot = evaluating(cast).only_lot
    first = agreed(lot, cast, {"One": (100, (4, 3, 3, 3)), "Two": (100, (3, 3, 3, 3))})["One"]
    assert "not level" in refused(lambda: actions.settle_tie(lot, first, "Lots", by=cast["officer"], at=AT))


def test_a_bid_below_a_published_least_score_isn_t_ranked(cast: Cast) -> None:
    lot = evaluating(cast).only_lot
    assert lot.method is not None
    first = lot.method.scored[0]
    with act("published a least score for this test", on=first, by=cast["officer"], at=AT):
        first.least_score = 3
    agreed(lot, cast, {"Weak": (80, (2, 5, 5, 5)), "Sound": (100, (3, 3, 3, 3))})
    ranking = ranking_of(lot)
    assert ranking is not None
    assert [(row.name, str(row.price)) for row in ranking.rows] == [("Sound", "40.00")]
    assert ranking.failed[0].failed_because == "It scored 2 for Understanding of need, where 3 is the least."


def test_cost_per_point_of_quality_ranks_the_cheapest_point_first(cast: Cast) -> None:
    lot = evaluating(cast).only_lot
    assert lot.method is not None
    with act("published another formula for this test", on=lot.method, by=cast["officer"], at=AT):
        lot.method.price_formula, lot.method.price_weight = PriceFormula.COST_PER_QUALITY_POINT, 0
    agreed(lot, cast, {"A": (412_500, (4, 3, 4, 4)), "B": (450_000, (5, 4, 4, 4)), "C": (498_000, (4, 5, 5, 5))})
    ranking = ranking_of(lot)
    assert ranking is not None
    assert [(row.name, str(row.cost)) for row in ranking.rows] == [
        ("B", "8490.57"), ("C", "9054.55"), ("A", "9166.67"),
    ]  # fmt: skip


def test_the_move_alone_is_refused_before_the_result_is_finished(cast: Cast) -> None:
    lot = evaluating(cast).only_lot
    agreed(lot, cast, {"One": (100, (3, 3, 3, 3))})
    with pytest.raises(MoveRefused, match="Check the ranking"):
        move(lot, "record the result", by=cast["officer"], at=AT)


def test_a_result_can_be_corrected_until_the_decision_goes_out(cast: Cast) -> None:
    lot = recommended(cast).only_lot
    trust = next(bid for bid in lot.bids if bid.supplier.name == "Example Trust")
    at = days.at(days.PREPARED, 16)

    def correct(score: int) -> None:
        again = {trust.id: Given(score, "Page 3, read again.")}
        opened_again(trust, 1, cast, at=at)
        actions.agree(lot, 1, again, by=cast["moderator"], at=at)

    correct(5)
    assert lot.award is not None
    authority.advise(lot.award.decision, cast)
    authority.ask(lot.award.decision, cast)
    said = refused(lambda: correct(4))
    assert said.startswith("The award decision ODR-2027-118 rests on this result and is out.")


# ── what waits for whom ──


def test_each_is_told_what_the_evaluation_waits_for_from_them(cast: Cast, app: object) -> None:
    lot = evaluating(cast).only_lot

    def waits(key: str) -> list[str]:
        return [one.what for one in waiting_for(cast[key], days.EVALUATED)]

    with app.test_request_context():  # type: ignore[attr-defined]
        assert waits("officer") == ["Name the panel"]
        name_panel(lot, cast)
        assert waits("officer") == ["Enter the bids"] and waits("evaluator1") == []
        bid = a_bid(lot, cast, "One")
        assert waits("officer") == ["Check exclusion grounds and the debarment list"]
        look_everybody_up(lot, cast)
        assert waits("officer") == [] and waits("evaluator1") == waits("moderator") == ["Declare conflicts of interest"]
        declare(lot, cast)
        assert (waits("evaluator1"), waits("moderator")) == (["Score the bids"], [])
        finish_alone(lot, cast)
        assert (waits("evaluator1"), waits("moderator")) == ([], ["Agree the scores"])
        agree(lot, cast, {bid.id: (3, 3, 3, 3)})
        assert (waits("moderator"), waits("officer")) == ([], ["Check the ranking and record the result"])
        assert len(bids_of(lot)) == 1
