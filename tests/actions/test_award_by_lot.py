"""Several lots: each has its own recommendation, decision, letters, notice and standstill, at its own time."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from flask import current_app
from sqlalchemy import select

from procure.audit.actions import Machine, act
from procure.authority import actions as decisions
from procure.authority import consulting_actions
from procure.authority.models import Decision, Delegation
from procure.authority.rules import ActKind, DecisionState, Interest, View
from procure.authority.signature import papers_bound
from procure.authority.standing import standing_of
from procure.award import actions, letters
from procure.award.facts import approved_of, facts_of, standstill_of, waiting_for
from procure.award.models import Award
from procure.demonstration import authority, days
from procure.demonstration.cast import Cast
from procure.documents.models import Paper
from procure.extensions import db
from procure.mail.models import Letter
from procure.procurement.actions import move
from procure.procurement.models import Lot
from procure.procurement.rules import Stage
from procure.refusals import Refusal
from tests.two_lots import two_lots

AT = days.at(days.STANDSTILL, 9)


def refused(act: Callable[[], object]) -> str:
    with pytest.raises(Refusal) as refusal:
        act()
    return refusal.value.sentence


def recommended(lot: Lot, cast: Cast) -> Award:
    return actions.recommend(
        lot, by=cast["officer"], at=days.at(days.PREPARED, 11), summary="Support for groups.",
        risks=("A challenge.",), financial_text="In the budget.", equality_text="Considered.", key_text="No.",
    )  # fmt: skip


def awarded(lot: Lot, cast: Cast) -> Award:
    """Signed and published."""
    found = recommended(lot, cast)
    authority.answers(found.decision, cast)
    authority.sign(found.decision, cast)
    authority.publish(found.decision, cast)
    return found


def announced(lot: Lot, cast: Cast) -> Award:
    """Written to, and announced."""
    found, officer = awarded(lot, cast), cast["officer"]
    actions.plan_notice(found, days.STANDSTILL, standstill_days=8, by=officer, at=days.at(days.PUBLISHED, 16))
    letters.write_letters(found, reasons=letters.reasons_drafted(found), by=officer, at=AT)
    letters.send_letters(found, by=officer, at=AT)
    actions.record_award_notice(lot, reference="058114-2027", published_on=days.STANDSTILL, by=officer, at=AT)
    return found


def test_one_lot_is_announced_while_another_is_still_evaluated(cast: Cast) -> None:
    file = two_lots(cast)
    west, east = file.lots
    announced(west, cast)
    assert (west.stage, east.stage, file.stage) == (Stage.AWARD_ANNOUNCED, Stage.EVALUATING, Stage.EVALUATING)
    waits = standstill_of(west)
    assert waits is not None and standstill_of(east) is None
    assert east.award is None and facts_of(east, days.STANDSTILL).winner == ""
    assert refused(lambda: recommended(east, cast)) == "Record the result of the evaluation first."


def test_each_lot_has_a_decision_that_names_it(cast: Cast) -> None:
    file = two_lots(cast, second_at=Stage.DECIDING_AWARD)
    first, second = (recommended(lot, cast) for lot in file.lots)
    assert first.decision.reference != second.decision.reference
    assert first.decision.title == "Award the contract for social infrastructure support, lot 1: West of the borough"
    assert "lot 2: East of the borough to Example Alliance" in second.decision.points
    assert (first.value_gross, second.value_gross) == (Decimal("240000.00"), Decimal("276000.00"))
    assert [one.lot_id for one in (first.decision, second.decision)] == [lot.id for lot in file.lots]
    with current_app.test_request_context():
        by_lot = standing_of(file, days.PREPARED).by_lot
    assert [one.lot_id for one, _ in by_lot] == [lot.id for lot in file.lots]
    assert all("nothing is signed yet" in mandate.sentence and len(mandate.links) == 5 for _, mandate in by_lot)
    tasks = [one.what for one in waiting_for(cast["officer"], days.PREPARED)]
    assert tasks == []
    with_lots = [approved_of(lot) for lot in file.lots]
    assert [gross for gross, _ in with_lots] == [Decimal("306000.00"), Decimal("360000.00")]


def test_one_bidder_gets_the_papers_of_each_lot_by_its_name(cast: Cast) -> None:
    file = two_lots(cast, second_at=Stage.DECIDING_AWARD)
    for lot in file.lots:
        announced(lot, cast)
    summaries = db.session.scalars(select(Paper).where(Paper.name == "assessment-summary-winner")).all()
    assert [(paper.subject, paper.number) for paper in summaries] == [
        ("Lot 1, Example Alliance", 1),
        ("Lot 2, Example Alliance", 1),
    ]
    posted = db.session.scalars(select(Letter).where(Letter.name == "letter_to_winner").order_by(Letter.id)).all()
    assert [letter.subject for letter in posted] == [
        "Social infrastructure support, lot 1: West of the borough: we intend to award you the contract",
        "Social infrastructure support, lot 2: East of the borough: we intend to award you the contract",
    ]
    assert file.stage is Stage.AWARD_ANNOUNCED


def test_what_is_written_about_one_lot_is_not_before_the_other(cast: Cast) -> None:
    file = two_lots(cast, second_at=Stage.DECIDING_AWARD)
    west, east = file.lots
    announced(west, cast)
    bound = papers_bound(recommended(east, cast).decision)
    assert all(not paper.subject.startswith("Lot 1") for paper in bound)


def test_one_limit_holds_for_all_lots_together(cast: Cast) -> None:
    file = two_lots(cast, second_at=Stage.DECIDING_AWARD)
    west, east = file.lots
    power = db.session.scalars(
        select(Delegation).where(Delegation.act == ActKind.AWARD, Delegation.resolution_id.is_not(None))
    ).one()
    with act("stated a limit", on=power, by=Machine("test"), at=AT):
        power.max_value_gross, power.max_months = Decimal(500_000), 60
    awarded(west, cast)
    found = recommended(east, cast)
    authority.advise(found.decision, cast)
    authority.ask(found.decision, cast)
    for view in found.decision.views:
        consulting_actions.answer(
            view, said=View.CONTENT, text="", interest=Interest.NONE, by=view.post.holder_on(days.WAITING),
            at=days.at(days.WAITING, 9),
        )  # fmt: skip
    said = refused(lambda: decisions.send_to_decider(found.decision, by=cast["officer"], at=days.at(days.WAITING, 10)))
    assert said == (
        "£516,000.00 including VAT, with what is awarded already, is more than the £500,000.00 this power allows."
    )


def test_a_lot_sent_back_leaves_the_other_where_it_is(cast: Cast) -> None:
    file = two_lots(cast, second_at=Stage.DECIDING_AWARD)
    west, east = file.lots
    first, second = recommended(west, cast), recommended(east, cast)
    move(west, "send back a stage", by=cast["officer"], at=AT, note="A score was entered for the wrong bid.")
    assert (west.stage, east.stage) == (Stage.EVALUATING, Stage.DECIDING_AWARD)
    assert first.decision.state is DecisionState.WITHDRAWN and second.decision.state is DecisionState.DRAFT
    assert db.session.scalars(select(Decision).where(Decision.lot_id == east.id)).one() is second.decision
