"""A competition that brings one bid, none, none suitable, or that the council gives up: decided, told, followed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from procure.audit.actions import Machine, act
from procure.authority.models import Delegation
from procure.authority.rules import ActKind, DecisionState
from procure.award import actions as awards
from procure.award import direct_actions
from procure.award import route_actions as routes
from procure.award.route_facts import facts_of, owes_termination, waiting_for
from procure.award.route_models import Ending
from procure.award.route_rules import EndingState, Ground, Outcome, WayOn
from procure.demonstration import authority, days
from procure.demonstration.cast import DIRECTOR, Cast
from procure.evaluation import actions as evaluation
from procure.extensions import db
from procure.law.regimes import Regime
from procure.mail.models import Letter
from procure.notices.actions import NoticeRefused
from procure.notices.facts import notice_of
from procure.notices.rules import NoticeKind
from procure.procurement.actions import MoveRefused, ahead_of, move
from procure.procurement.models import Lot, Procurement
from procure.procurement.rules import Stage
from procure.refusals import Refusal
from procure.suppliers.actions import supplier_for
from procure.suppliers.models import Supplier
from procure.suppliers.rules import Particulars
from tests.a_competition import evaluating, open_to_bids, signed
from tests.an_evaluation import agree, declare, finish_alone, look_everybody_up, name_panel, numbers

AT = days.at(days.EVALUATED)
LATER = AT + timedelta(days=3)
SMITH = "Smith & Sons <Ltd>"
TEXTS = {
    name: authority.WORDS[name]
    for name in ("risks", "financial_text", "equality_text", "alignment_text", "key_text", "exempt_text", "sign_by_on")
}


def refused(act: Callable[[], object]) -> Refusal:
    with pytest.raises(Refusal) as refusal:
        act()
    return refusal.value


def letters_of(name: str) -> list[str]:
    return sorted(db.session.scalars(select(Letter.to_name).where(Letter.name == name)))


def a_supplier(cast: Cast, name: str) -> Supplier:
    with act("entered a supplier", on="suppliers", by=cast["officer"], at=AT):
        return supplier_for(Particulars(name, email="bids@example.test"), by=cast["officer"], at=AT)


def with_bid(lot: Lot, cast: Cast, name: str, price: int = 450_000) -> None:
    evaluation.add_bid(lot, a_supplier(cast, name), price_net=Decimal(price), by=cast["officer"], at=AT)


def proposed(lot: Lot, cast: Cast, outcome: Outcome, **more: object) -> Ending:
    wanted = routes.Proposal(outcome, WayOn.END, "Nothing came that can win.", **more)  # type: ignore[arg-type]
    return routes.propose_ending(lot, wanted, by=cast["officer"], at=AT)


def proposed_directly(lot: Lot, cast: Cast, name: str = SMITH) -> Ending:
    wanted = routes.Proposal(
        Outcome.NO_TENDER, WayOn.DIRECT, "Nobody bid by the deadline.", why_not_again="Three suppliers said no.",
        supplier=a_supplier(cast, name), price_net=Decimal(400_000), supplier_checks="Not on the debarment list.",
    )  # fmt: skip
    return routes.propose_ending(lot, wanted, by=cast["officer"], at=AT)


def to_anybody(file: Procurement) -> None:
    """The power to award names no bidder, so that it reaches a direct award too."""
    with act("recorded the powers", on=file, by=Machine("test"), at=AT):
        for row in db.session.scalars(select(Delegation).where(Delegation.act == ActKind.AWARD)):
            row.counterparty = ""


# ── ending without a contract ──


def test_no_bid_ends_by_the_decision_of_whoever_may_award_and_owes_its_notice(cast: Cast, client: FlaskClient) -> None:
    file = evaluating(cast)
    lot = file.only_lot
    ending = proposed(lot, cast, Outcome.NO_TENDER)
    assert (ending.post.name, ending.state, lot.stage) == (DIRECTOR, EndingState.PROPOSED, Stage.EVALUATING)
    assert letters_of("ending_to_decide") == [cast["director"].name]
    with client.application.test_request_context():
        assert [one.what for one in waiting_for(cast["director"], AT.date())] == [
            "Decide how the competition ends: Social infrastructure support"
        ]
    assert (
        "doesn’t decide it"
        in refused(lambda: routes.decide_ending(ending, agrees=True, by=cast["officer"], at=AT)).sentence
    )
    assert (
        f"Only the {DIRECTOR}"
        in refused(lambda: routes.decide_ending(ending, agrees=True, by=cast["finance"], at=AT)).sentence
    )
    routes.decide_ending(ending, agrees=True, by=cast["director"], at=AT)
    assert (lot.stage, file.stage, file.ended_because) == (
        Stage.ABANDONED, Stage.ABANDONED, "Nothing came that can win.",
    )  # fmt: skip
    assert owes_termination(lot)
    with client.application.test_request_context():
        (task,) = waiting_for(cast["officer"], LATER.date())
    assert (task.what, task.day) == ("Publish the procurement termination notice", ending.decided_on)
    early = refused(
        lambda: routes.record_termination(
            lot, reference="070001-2027", published_on=AT.date() - timedelta(days=1), by=cast["officer"], at=LATER
        )
    )
    assert early.field == "published_on" and "can’t be earlier" in early.sentence
    routes.record_termination(lot, reference="070001-2027", published_on=LATER.date(), by=cast["officer"], at=LATER)
    assert not owes_termination(lot) and notice_of(lot, NoticeKind.TERMINATION) is not None
    with pytest.raises(NoticeRefused, match="recorded already"):
        routes.record_termination(lot, reference="2", published_on=LATER.date(), by=cast["officer"], at=LATER)
    opened = routes.buy_again(lot, officer=cast["officer"], by=cast["officer"], at=LATER)
    assert (opened.title, opened.need, opened.stage) == (file.title, file.need, Stage.NEED)
    assert opened.value_gross == file.value_gross and opened.ending_contract_id == file.ending_contract_id
    again = refused(lambda: routes.buy_again(lot, officer=cast["officer"], by=cast["officer"], at=LATER))
    assert opened.reference in again.sentence


def test_no_suitable_bid_says_of_each_why_and_tells_each_its_own(cast: Cast) -> None:
    file = evaluating(cast)
    lot = file.only_lot
    for name in (SMITH, "Example Trust"):
        with_bid(lot, cast, name)
    first, second = lot.bids
    assert refused(lambda: proposed(lot, cast, Outcome.NO_TENDER)).sentence.startswith("2 bids came in")
    lacking = refused(
        lambda: proposed(lot, cast, Outcome.NONE_SUITABLE, unsuitable={first.id: (Ground.REQUIREMENTS, "Score 1.")})
    )
    assert lacking.sentence == "Choose why Example Trust’s bid is not suitable."
    why = {first.id: (Ground.REQUIREMENTS, "Score 1 of 5."), second.id: (Ground.COLLUSION, "One author wrote both.")}
    ending = proposed(lot, cast, Outcome.NONE_SUITABLE, unsuitable=why)
    routes.decide_ending(ending, agrees=True, by=cast["director"], at=LATER)
    texts = {
        one.to_name: one.text for one in db.session.scalars(select(Letter).where(Letter.name == "competition_ended"))
    }
    assert texts.keys() == {SMITH, "Example Trust"}
    assert "Score 1 of 5." in texts[SMITH] and "One author" not in texts[SMITH]
    assert lot.stage is Stage.ABANDONED


def test_a_bid_that_comes_to_light_keeps_the_proposal_from_being_carried_out(cast: Cast) -> None:
    lot = evaluating(cast).only_lot
    ending = proposed(lot, cast, Outcome.NO_TENDER)
    with_bid(lot, cast, SMITH)
    said = refused(lambda: routes.decide_ending(ending, agrees=True, by=cast["director"], at=LATER)).sentence
    assert said.startswith("The file has changed since this was proposed. 1 bid came in.")
    assert lot.stage is Stage.EVALUATING and letters_of("competition_ended") == []


def test_who_scored_does_not_decide_and_a_refusal_needs_its_reason(cast: Cast) -> None:
    lot = evaluating(cast).only_lot
    name_panel(lot, cast)
    ending = proposed(lot, cast, Outcome.NOT_AWARDING)
    assert refused(lambda: routes.decide_ending(ending, agrees=True, by=cast["evaluator1"], at=LATER)).sentence == (
        "Whoever scored or moderated the bids doesn’t decide about them."
    )
    assert refused(lambda: routes.decide_ending(ending, agrees=False, by=cast["director"], at=LATER)).field == "note"
    routes.decide_ending(ending, agrees=False, note="The need stands.", by=cast["director"], at=LATER)
    assert (ending.state, lot.stage) == (EndingState.REFUSED, Stage.EVALUATING)
    assert (
        "closed: refused"
        in refused(lambda: routes.decide_ending(ending, agrees=True, by=cast["director"], at=LATER)).sentence
    )


def test_a_file_whose_bidders_were_invited_is_not_simply_abandoned(cast: Cast) -> None:
    file = open_to_bids(cast)
    with pytest.raises(MoveRefused, match="End the competition, with a decision"):
        move(file.only_lot, "abandon", by=cast["officer"], at=AT, note="We changed our mind.")
    move(file.only_lot, "pause", by=cast["officer"], at=AT, note="For a week.")
    with pytest.raises(MoveRefused, match="End the competition"):
        move(file.only_lot, "abandon", by=cast["officer"], at=AT, note="We changed our mind.")
    move(file.only_lot, "take up again", by=cast["officer"], at=AT, note="On it goes.")
    assert refused(lambda: proposed(file.only_lot, cast, Outcome.NO_TENDER)).field == "outcome"
    with pytest.raises(MoveRefused, match="Say first how the competition ends"):
        move(file.only_lot, "end the competition without a contract", by=cast["officer"], at=AT, note="No.")


def test_a_signed_award_falls_with_its_competition(cast: Cast) -> None:
    lot = signed(cast).only_lot
    assert lot.award is not None
    at = days.at(days.SIGNING, 18)
    wanted = routes.Proposal(Outcome.NOT_AWARDING, WayOn.END, "The grant that pays for it was withdrawn.")
    ending = routes.propose_ending(lot, wanted, by=cast["officer"], at=at)
    routes.decide_ending(ending, agrees=True, by=cast["director"], at=at)
    assert lot.award.decision.state is DecisionState.SET_ASIDE
    assert "grant that pays for it" in lot.award.decision.ended_because
    assert len(letters_of("competition_ended")) == 3 and owes_termination(lot)


def test_below_the_threshold_no_termination_notice_is_owed_and_no_direct_award_by_section_43(cast: Cast) -> None:
    file = evaluating(cast)
    with act("found it below the threshold", on=file, by=Machine("test"), at=AT):
        file.regime = Regime.BELOW_THRESHOLD
    lot = file.only_lot
    said = refused(lambda: proposed_directly(lot, cast))
    assert said.field == "way" and "ask for a waiver" in said.sentence
    ending = proposed(lot, cast, Outcome.NO_TENDER)
    routes.decide_ending(ending, agrees=True, by=cast["director"], at=LATER)
    assert lot.stage is Stage.ABANDONED and not owes_termination(lot)


# ── a direct award ──


def test_a_direct_award_has_its_notice_before_it_its_decision_and_its_standstill(cast: Cast) -> None:
    file = evaluating(cast)
    to_anybody(file)
    lot = file.only_lot
    ending = proposed_directly(lot, cast)
    routes.decide_ending(ending, agrees=True, by=cast["director"], at=AT)
    assert lot.stage is Stage.DECIDING_AWARD and lot.bids == []
    ahead = ahead_of(lot, LATER.date())
    assert ahead is not None and ahead.first_missing is not None
    assert ahead.first_missing.name == "Record the transparency notice"
    with pytest.raises(awards.NothingToRecommend, match="transparency notice first"):
        direct_actions.recommend_directly(lot, by=cast["officer"], at=LATER)
    routes.record_transparency(lot, reference="070002-2027", published_on=LATER.date(), by=cast["officer"], at=LATER)
    found = direct_actions.recommend_directly(lot, by=cast["officer"], at=LATER, **TEXTS)
    assert (found.bid.supplier.name, found.value_gross) == (SMITH, Decimal(480_000))
    assert "under section 43" in found.decision.points and "Three suppliers said no." in found.decision.reasons
    assert "Write to the bidder" not in [check.name for check in ahead_of(lot, LATER.date()).checks]  # type: ignore[union-attr]


def test_a_direct_award_is_announced_without_summaries_and_waits_its_standstill(cast: Cast) -> None:
    lot = directly_signed(cast)
    award = lot.award
    assert award is not None
    on = award.decision.signed_on
    assert on is not None
    at = days.at(on + timedelta(days=3), 9)
    awards.plan_notice(award, at.date(), standstill_days=8, by=cast["officer"], at=at)
    awards.record_award_notice(lot, reference="070003-2027", published_on=at.date(), by=cast["officer"], at=at)
    assert lot.stage is Stage.AWARD_ANNOUNCED and letters_of("direct_award") == [SMITH]
    ahead = ahead_of(lot, at.date())
    assert ahead is not None and ahead.first_missing is not None
    assert "The standstill ends at midnight" in ahead.first_missing.refusal


def directly_signed(cast: Cast) -> Lot:
    """A direct award that the director has signed and that is published."""
    file = evaluating(cast)
    to_anybody(file)
    lot = file.only_lot
    routes.decide_ending(proposed_directly(lot, cast), agrees=True, by=cast["director"], at=AT)
    routes.record_transparency(lot, reference="070002-2027", published_on=AT.date(), by=cast["officer"], at=AT)
    award = direct_actions.recommend_directly(lot, by=cast["officer"], at=days.at(days.PREPARED), **TEXTS)
    authority.answers(award.decision, cast)
    authority.sign(award.decision, cast)
    authority.publish(award.decision, cast)
    assert award.decision.state is DecisionState.SIGNED
    return lot


def test_a_file_that_goes_back_to_its_evaluation_overtakes_the_direct_award(cast: Cast) -> None:
    lot = evaluating(cast).only_lot
    ending = proposed_directly(lot, cast)
    routes.decide_ending(ending, agrees=True, by=cast["director"], at=AT)
    move(lot, "send back a stage", by=cast["officer"], at=LATER, note="A bid lay in another folder.")
    assert (ending.state, lot.stage) == (EndingState.OVERTAKEN, Stage.EVALUATING)
    assert not facts_of(lot, LATER.date()).is_direct


# ── one bid ──


def test_one_bid_is_recommended_only_once_it_is_said_why_it_is_enough(cast: Cast, client: FlaskClient) -> None:
    lot = evaluating(cast).only_lot
    with_bid(lot, cast, SMITH)
    (bid,) = lot.bids
    name_panel(lot, cast)
    declare(lot, cast)
    finish_alone(lot, cast)
    look_everybody_up(lot, cast)
    agree(lot, cast, {bid.id: tuple(4 for _ in numbers(lot))})
    evaluation.finish(lot, by=cast["officer"], at=AT)
    assert lot.stage is Stage.DECIDING_AWARD and facts_of(lot, AT.date()).assessed == 1
    with client.application.test_request_context():
        assert "Say why one bid is enough" in [one.what for one in waiting_for(cast["officer"], AT.date())]
    with pytest.raises(awards.NothingToRecommend, match="Say first why one is enough"):
        awards.recommend(lot, by=cast["officer"], at=AT)
    lacking = refused(
        lambda: routes.explain_single_bid(lot, why_one="Two withdrew.", value_reasons=" ", by=cast["officer"], at=AT)
    )
    assert lacking.field == "value_reasons"
    routes.explain_single_bid(
        lot, why_one="Two withdrew.", value_reasons="4% below the last contract.", by=cast["officer"], at=AT
    )
    award = awards.recommend(lot, by=cast["officer"], at=AT)
    assert "4% below the last contract." in award.decision.reasons.splitlines()


@pytest.mark.parametrize("on", [date(2028, 2, 29)])
def test_the_day_of_the_decision_is_the_london_day(cast: Cast, on: date) -> None:
    lot = evaluating(cast).only_lot
    ending = proposed(lot, cast, Outcome.NO_TENDER)
    routes.decide_ending(ending, agrees=True, by=cast["director"], at=days.at(on, 23))
    assert ending.decided_on == on
