"""Call-in of what a meeting decided and of key decisions: recorded, before scrutiny, ended; exempt as urgent."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from procure.audit.actions import Machine, act
from procure.audit.models import TrailEntry
from procure.audit.verifying import verify
from procure.authority import call_in_facts, publishing_actions
from procure.authority.call_in import CallInResult, EffectState
from procure.authority.call_in_actions import CallInRefused, NotTheirs, arrange_scrutiny, call_in, end_call_in, exempt
from procure.authority.decision_effect import effect_of_decision
from procure.authority.facts import standing_of
from procure.authority.following import following
from procure.authority.meeting_facts import effect_of_meeting
from procure.authority.models import Decision, Meeting
from procure.authority.rules import ActKind, DecisionState
from procure.authority.rules.standing import _effect_checks
from procure.council.facts import rules_on
from procure.demonstration.cast import DIRECTOR, Cast
from procure.demonstration.days import at
from procure.extensions import db
from procure.mail.models import Letter

SIGNED = date(2027, 11, 19)
PUBLISHED = date(2027, 11, 22)
CALLED = date(2027, 11, 24)
MET = date(2027, 12, 3)


def a_signed_decision(cast: Cast, **facts: Any) -> Decision:
    """A key decision that was signed on 19 November 2027, with nothing else around it."""
    signed: datetime = at(facts.pop("signed", SIGNED), 14)
    facts = {"is_key": True} | facts
    with act("put a decision where it is", on="council", by=Machine("test"), at=signed):
        decision = Decision(
            reference=f"ODR-{signed.year}-001", title="Award a contract", act=ActKind.AWARD,
            state=DecisionState.SIGNED, post=cast.post(DIRECTOR), prepared_by=cast["officer"], prepared_at=signed,
            signed_at=signed, signed_by=cast["director"], digest="0" * 64, **facts,
        )  # fmt: skip
        db.session.add(decision)
    return decision


def a_meeting(cast: Cast, **facts: Any) -> Meeting:
    """What Cabinet decided on 16 November 2027."""
    with act("put a meeting where it is", on="council", by=Machine("test"), at=at(SIGNED)):
        meeting = Meeting(
            reference="CAB-2027-11-16-4", body="Cabinet", held_on=date(2027, 11, 16), item="4", title="Strategy",
            call_in_days=5, **facts,
        )  # fmt: skip
        db.session.add(meeting)
    return meeting


def letters(name: str) -> list[Letter]:
    return list(db.session.scalars(select(Letter).where(Letter.name == name).order_by(Letter.id)))


@pytest.mark.parametrize(("published_on", "from_on"), [
    (date(2021, 9, 21), date(2021, 9, 29)), (date(2026, 3, 30), date(2026, 4, 9)),
    (date(2026, 12, 23), date(2027, 1, 5)), (date(2026, 7, 31), date(2026, 8, 10)),
])  # fmt: skip
def test_the_days_count_for_a_decision_as_for_a_meeting(cast: Cast, published_on: date, from_on: date) -> None:
    decision = a_signed_decision(cast, signed=published_on, published_on=published_on, call_in_days=5)
    assert effect_of_decision(decision, published_on).in_force_from == from_on
    assert following(decision, published_on).effective_on == from_on
    meeting = Meeting(body="Cabinet", held_on=published_on, published_on=published_on, call_in_days=5)
    assert effect_of_meeting(meeting, published_on).in_force_from == from_on


def test_publication_opens_call_in_of_a_key_decision_only(cast: Cast) -> None:
    key = a_signed_decision(cast)
    assert effect_of_decision(key, PUBLISHED).state is EffectState.UNPUBLISHED
    publishing_actions.publish(key, PUBLISHED, by=cast["democratic"], at=at(PUBLISHED))
    rules = rules_on(PUBLISHED)
    assert key.call_in_days == (rules.call_in_days if rules else 5)
    assert effect_of_decision(key, PUBLISHED).state is EffectState.OPEN
    with act("made it another decision", on=key, by=Machine("test"), at=at(PUBLISHED)):
        key.is_key = False
    assert effect_of_decision(key, PUBLISHED).state is EffectState.IN_FORCE
    with pytest.raises(CallInRefused, match="isn’t open to call-in"):
        call_in(key, on=CALLED, because="Cost", by=cast["democratic"], at=at(CALLED))


@pytest.mark.parametrize("what", ["decision", "meeting"])
@pytest.mark.parametrize("result", list(CallInResult))
def test_a_call_in_goes_to_scrutiny_and_ends(app: Flask, cast: Cast, what: str, result: CallInResult) -> None:
    clerk = cast["democratic"]
    of: Decision | Meeting = (
        a_signed_decision(cast, published_on=PUBLISHED)
        if what == "decision"
        else a_meeting(cast, published_on=PUBLISHED)
    )

    def state(day: date) -> EffectState:
        return (effect_of_meeting(of, day) if isinstance(of, Meeting) else effect_of_decision(of, day)).state

    def waits(day: date) -> list[str]:
        with app.test_request_context():
            return [one.what for one in call_in_facts.waiting_for(clerk, day)]

    assert waits(PUBLISHED) == ["The end of the call-in"]
    call_in(of, on=CALLED, called_by="Cllrs Smith & <Jones>", because="Cost", by=clerk, at=at(CALLED))
    assert state(CALLED) is EffectState.CALLED_IN and waits(CALLED) == ["Arrange the scrutiny of a call-in"]
    arrange_scrutiny(of, on=MET, by=clerk, at=at(CALLED, 12))
    assert waits(CALLED) == [] and waits(MET) == ["Record what came of the call-in"]
    end_call_in(of, on=MET, result=result, said="Look at the cost.", by=clerk, at=at(MET, 20))
    ended = EffectState.IN_FORCE if result is CallInResult.UPHELD else EffectState.SENT_BACK
    assert state(MET) is ended and waits(MET) == []
    if isinstance(of, Decision):
        assert of.state is DecisionState.SIGNED
        assert {one.to_id for one in letters("called_in")} == {
            cast[key].id for key in ("director", "officer", "scrutiny")
        }
        assert ("Upheld" if result is CallInResult.UPHELD else "Sent back") in letters("call_in_ended")[0].subject
    assert verify().verified


def test_who_may_not_call_in_and_who_may_not_record_it(cast: Cast) -> None:
    decision = a_signed_decision(cast, published_on=PUBLISHED)
    with pytest.raises(CallInRefused, match="only from members whom the constitution lets"):
        call_in(decision, on=CALLED, because="Cost", entitled=False, by=cast["democratic"], at=at(CALLED))
    with pytest.raises(CallInRefused, match="Call-in ran from 22 November 2027 to 29 November 2027"):
        call_in(decision, on=date(2027, 11, 30), because="Cost", by=cast["democratic"], at=at(date(2027, 11, 30)))
    with pytest.raises(NotTheirs, match="Democratic services"):
        call_in(decision, on=CALLED, because="Cost", by=cast["officer"], at=at(CALLED))
    assert decision.called_in_on is None and letters("called_in") == []
    assert db.session.scalars(select(TrailEntry.kind).where(TrailEntry.kind == "refused")).all() == ["refused"]


def test_an_urgent_decision_is_exempt_where_the_chair_agreed_before_it_was_published(cast: Cast) -> None:
    decision = a_signed_decision(cast)
    with pytest.raises(CallInRefused, match="Say who agreed"):
        exempt(decision, agreed_by=" ", agreed_on=SIGNED, because="Flood", by=cast["democratic"], at=at(SIGNED, 15))
    exempt(
        decision, agreed_by="The Chair of Scrutiny", agreed_on=SIGNED, because="The flood barrier can’t wait.",
        by=cast["democratic"], at=at(SIGNED, 15),
    )  # fmt: skip
    publishing_actions.publish(decision, PUBLISHED, by=cast["officer"], at=at(PUBLISHED))
    effect = effect_of_decision(decision, PUBLISHED)
    assert effect.is_in_force and "The Chair of Scrutiny agreed on 19 November 2027: The flood" in effect.sentence
    assert following(decision, SIGNED).effective_on == PUBLISHED
    with pytest.raises(CallInRefused, match="too late"):
        exempt(a_meeting(cast, published_on=PUBLISHED), agreed_by="The Chair", agreed_on=CALLED, because="Flood",
               by=cast["democratic"], at=at(CALLED))  # fmt: skip


def test_the_stage_waits_for_the_call_in_of_a_key_decision(cast: Cast) -> None:
    decision = a_signed_decision(cast, published_on=PUBLISHED, call_in_days=5)
    assert (standing_of(decision, PUBLISHED).is_in_force, standing_of(decision, date(2027, 11, 30)).is_in_force) == (
        False, True,
    )  # fmt: skip
    checks = list(_effect_checks(standing_of(decision, PUBLISHED), "authority.award_decision"))
    assert checks[0].refusal.startswith("The decision isn’t in force. Members can call it in until")
    with act("made it another decision", on=decision, by=Machine("test"), at=at(PUBLISHED)):
        decision.is_key = False
    assert list(_effect_checks(standing_of(decision, PUBLISHED), "authority.award_decision")) == []
