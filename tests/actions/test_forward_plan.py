"""An officer's key decision needs its notice when it is sent and when it is signed; an exception must be complete."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask

from procure.audit.verifying import verify
from procure.authority import forward_plan_actions as actions
from procure.authority.actions import correct, what_keeps_it
from procure.authority.forward_plan_facts import entry_of_decision, state_for_day, waiting_for, why_not_noticed
from procure.authority.models import Decision
from procure.authority.rules import Interest, NoticeRoute
from procure.authority.signing_actions import SignatureRefused, sign
from procure.demonstration import authority as demonstration
from procure.demonstration import days
from procure.demonstration.cast import Cast
from tests.an_award import a_lot_to_award

PREPARED = days.at(days.PREPARED, 12)
SIGNING = days.at(days.SIGNING, 14, 30)
NOTICE = {
    "matter": "Award of support for Smith & Sons <Ltd>", "key_reason": "Over £500,000.", "copies_at": "The website",
}  # fmt: skip
URGENT = {"reason": "The service would lapse.", "chair_name": "C. Chair", "on": days.PREPARED}


def a_key_award(cast: Cast) -> Decision:
    decision = demonstration.prepare_award_decision(a_lot_to_award(cast), cast)
    correct(decision, is_key=True, by=cast["officer"], at=PREPARED)
    return decision


def told(decision: Decision, day: date = days.PREPARED) -> list[str]:
    return [why.sentence for why in what_keeps_it(decision, day) if why.page.startswith("forward_plan.")]


def test_an_officers_key_decision_waits_for_its_notice_and_its_signature_too(cast: Cast) -> None:
    decision = a_key_award(cast)
    assert told(decision) == ["This key decision isn’t in the forward plan."]
    entry = actions.enter_notice(
        **NOTICE, post=decision.post, decision=decision, decision_on=days.SIGNING, by=cast["officer"], at=PREPARED
    )
    assert decision.forward_plan_entry is entry and entry_of_decision(decision) is entry
    assert "28 clear days can’t be kept any more" in told(decision)[0]
    clerk = {"by": cast["democratic"], "at": PREPARED}
    actions.use_exception(entry, NoticeRoute.SPECIAL_URGENCY, **URGENT, **clerk)  # type: ignore[arg-type]
    assert "Publish the reasons, and record the day." in told(decision)[0]
    actions.publish_notice(entry, on=days.PREPARED, **clerk)  # type: ignore[arg-type]
    assert entry.exception_published_on == days.PREPARED and told(decision) == []
    demonstration.answers(decision, cast)
    assert "can’t be signed before" in str(why_not_noticed(decision, date(2027, 11, 18), signing=True))
    assert why_not_noticed(decision, days.SIGNING, signing=True) is None
    actions.withdraw_notice(entry, "Called off.", by=cast["democratic"], at=days.at(days.SIGNING, 9))
    with pytest.raises(SignatureRefused, match="isn’t in the forward plan"):
        sign(decision, interest=Interest.NONE, objection_reason="No other bid.", by=cast["director"], at=SIGNING)
    assert decision.signed_at is None and verify().verified


def test_a_day_told_to_the_public_is_never_brought_forward_and_an_exception_counts_when_it_is_complete(
    cast: Cast,
) -> None:
    day, late = date(2027, 7, 13), date(2027, 6, 21)
    entry = actions.enter_notice(**NOTICE, body="Cabinet", decision_on=day, by=cast["officer"], at=days.at(late))  # type: ignore[arg-type]
    clerk = cast["democratic"]
    actions.publish_notice(entry, on=late, by=clerk, at=days.at(late, 11))
    assert not state_for_day(entry, day, late).is_lawful and state_for_day(entry, date(2027, 7, 20), late).is_lawful
    assert "An earlier day needs a new notice" in state_for_day(entry, date(2027, 7, 12), late).sentence
    monday, tuesday = date(2027, 7, 5), date(2027, 7, 6)
    with pytest.raises(actions.NoticeRefused) as refusal:
        actions.use_exception(
            entry, NoticeRoute.GENERAL_EXCEPTION, reason="A grant came late.", chair_name="C. Chair", on=monday,
            published_on=tuesday, by=clerk, at=days.at(monday, 9),
        )  # fmt: skip
    assert refusal.value.field == "published_on"
    for public, is_lawful in ((tuesday, False), (monday, True)):
        actions.use_exception(
            entry, NoticeRoute.GENERAL_EXCEPTION, reason="A grant came late.", chair_name="C. Chair", on=monday,
            published_on=public, by=clerk, at=days.at(tuesday, 9),
        )  # fmt: skip
        assert state_for_day(entry, day, tuesday).is_lawful is is_lawful
    assert entry.published_on == late


def test_democratic_services_are_told_what_each_notice_needs_next(app: Flask, cast: Cast) -> None:
    day, at = date(2027, 7, 13), days.at(date(2027, 6, 1))
    entry = actions.enter_notice(**NOTICE, body="Cabinet", decision_on=day, by=cast["officer"], at=at)  # type: ignore[arg-type]
    clerk, matter = cast["democratic"], NOTICE["matter"]

    def waits(today: date) -> list[tuple[str, date | None]]:
        with app.test_request_context():
            return [(one.what.removesuffix(f": {matter}"), one.day) for one in waiting_for(clerk, today)]

    assert waits(date(2027, 6, 14)) == [("Publish the notice", date(2027, 6, 14))]
    assert waits(date(2027, 6, 15)) == [("Move the day or use an exception", day)]
    assert waits(date(2027, 7, 14)) == [("Its day came without a notice in time. Move it or withdraw it", day)]
    assert waiting_for(cast["officer"], day) == []
    actions.change_notice(entry, decision_on=date(2027, 9, 14), body="Cabinet", by=cast["officer"], at=at)
    assert waits(date(2027, 7, 14)) == [("Publish the notice", date(2027, 8, 16))]
    actions.publish_notice(entry, on=day, by=clerk, at=days.at(day))
    assert waits(date(2027, 7, 14)) == []


def test_a_decision_that_is_not_key_needs_no_notice(cast: Cast) -> None:
    decision = demonstration.prepare_award_decision(a_lot_to_award(cast), cast)
    assert not decision.is_key and why_not_noticed(decision, days.PREPARED) is None
