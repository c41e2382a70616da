"""A waiver from the asking to its end: who approves it, what it sets aside, and for how long."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select

from procure.approval.facts import facts_of
from procure.approval.rules import approval_is_given
from procure.audit.actions import Machine, act
from procure.audit.verifying import verify
from procure.authority import actions, consulting_actions, signing_actions
from procure.authority.models import Decision
from procure.authority.question import answer_about
from procure.authority.rules import ActKind, DecisionState, Interest, UseKind, View
from procure.authority.rules.waiving import QUOTES_RULE
from procure.authority.scheme_actions import end_paragraph
from procure.authority.scheme_facts import rows_beside, scheme_rows
from procure.authority.waiver_actions import Asked, WaiverRefused, ask_for_waiver
from procure.authority.waiver_facts import after_the_event, dates_of, is_in_force, standings_of, waiver_in_force
from procure.authority.waiver_models import Waiver
from procure.council.facts import waiver_reasons_on
from procure.demonstration import approval, days
from procure.demonstration import authority as demonstration
from procure.demonstration.cast import FINANCE, Cast
from procure.extensions import db
from procure.law.regimes import Regime
from procure.procurement.actions import describe, move
from procure.procurement.models import Procurement
from procure.procurement.rules import FileFacts, Stage

TODAY, UNTIL = date(2027, 1, 25), date(2027, 12, 31)
AT = days.at(TODAY, 10)
TEST = Machine("test")


def a_file(cast: Cast) -> Procurement:
    return approval.scheme_purchase(cast, to=Stage.SEEKING_APPROVAL)


def asked(reason: str = "Only one", **given: object) -> Asked:
    ground = next(one for one in waiver_reasons_on(TODAY) if one.name.startswith(reason))
    usual: dict[str, object] = {
        "rule": QUOTES_RULE, "reason": ground, "case": "Only one trainer is accredited.\nWe asked the register.",
        "from_on": TODAY, "until_on": UNTIL,
    }  # fmt: skip
    return Asked(**(usual | given))  # type: ignore[arg-type]


def a_waiver(file: Procurement, cast: Cast, **given: object) -> Waiver:
    return ask_for_waiver(file.only_lot, asked(**given), by=cast["officer"], at=AT)  # type: ignore[arg-type]


def before_the_director(waiver: Waiver, cast: Cast, said: View = View.CONTENT) -> Decision:
    decision = waiver.decision
    demonstration.advise(decision, cast)
    consulting_actions.ask_consultees(decision, date(2027, 2, 1), by=cast["officer"], at=AT)
    consulting_actions.answer(
        decision.views[0], said=said, text="" if said is View.CONTENT else "Ask three.", interest=Interest.NONE,
        by=cast["finance"], at=AT,
    )  # fmt: skip
    if said is View.OBJECTS:
        consulting_actions.answer_consultee(decision.views[0], "There is only one.", by=cast["officer"], at=AT)
    actions.send_to_decider(decision, by=cast["officer"], at=AT)
    return decision


def signed(waiver: Waiver, cast: Cast) -> Waiver:
    decision = before_the_director(waiver, cast)
    signing_actions.sign(decision, interest=Interest.NONE, by=cast["director"], at=AT)
    assert not is_in_force(waiver, TODAY), "it takes effect on the day it is published"
    with act("published it", on=decision, by=TEST, at=AT):
        decision.published_on = TODAY
    return waiver


def quotes_row(file: Procurement, day: date) -> str:
    checks = approval_is_given(FileFacts([facts_of(file.only_lot, day)]), day)
    return next(check.hint for check in checks if check.name == "Know how many quotes are needed")


def test_a_signed_waiver_sets_the_rule_aside_until_its_last_day_and_its_use_is_kept(cast: Cast) -> None:
    file = a_file(cast)
    waiver = a_waiver(file, cast)
    assert waiver.decision.act is ActKind.WAIVE and waiver.decision.prepared_by is cast["officer"]
    assert quotes_row(file, TODAY) == "Three written quotes", "a waiver asked for sets nothing aside"
    signed(waiver, cast)
    assert waiver_in_force(file, TODAY) is waiver and waiver_in_force(file, UNTIL) is waiver
    assert waiver_in_force(file, date(2028, 1, 1)) is None
    assert quotes_row(file, UNTIL) == "Waived until 31 December 2027: only one supplier can do it"
    assert quotes_row(file, date(2028, 1, 1)) == "Three written quotes"
    assert dates_of(file.only_lot, TODAY) == [(UNTIL, "The waiver of the number of quotes ends")]
    move(file.only_lot, "prepare the tender", by=cast["officer"], at=AT)
    assert [(use.kind, use.about, use.used_on) for use in waiver.decision.uses] == [
        (UseKind.WAIVER, file.reference, TODAY)
    ]
    assert [(one.state, one.is_in_force) for one in standings_of(file, date(2028, 1, 1))] == [("Expired", False)]
    assert verify().verified


def test_a_waiver_that_is_set_aside_gives_nothing_any_more(cast: Cast) -> None:
    file = a_file(cast)
    waiver = signed(a_waiver(file, cast), cast)
    with act("set it aside", on=file, by=TEST, at=AT):
        waiver.decision.state = DecisionState.SET_ASIDE
    assert waiver_in_force(file, TODAY) is None
    a_waiver(file, cast)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"until_on": date(2027, 1, 24)}, "The last day can’t be before the first."),
        ({"from_on": date(2026, 12, 1)}, "Say on which day the work began."),
        ({"from_on": date(2026, 12, 1), "began_on": date(2027, 1, 26)}, "isn’t “after the event”"),
        ({"until_on": date(2029, 2, 1)}, "is for at most two years"),
        ({"reason": "Urgent"}, "is for at most six months"),
    ],
)
def test_what_is_refused_before_anybody_is_asked(cast: Cast, given: dict[str, object], sentence: str) -> None:
    file = a_file(cast)
    with pytest.raises(WaiverRefused) as refused:
        a_waiver(file, cast, **given)
    assert sentence in refused.value.sentence
    assert db.session.scalars(select(Decision)).all() == [], "nothing half-done stays"


def test_the_law_is_never_waived(cast: Cast) -> None:
    file = a_file(cast)
    describe(file, annual_net=Decimal(400_000), by=cast["officer"], at=AT)
    assert file.regime is Regime.PA2023
    with pytest.raises(WaiverRefused) as refused:
        a_waiver(file, cast)
    assert refused.value.sentence == (
        "A waiver sets aside the council’s own rules. It can’t set aside the Procurement Act 2023."
    )
    assert refused.value.who_can


def test_a_waiver_dearer_than_its_ground_allows_is_refused(cast: Cast) -> None:
    file = a_file(cast)
    describe(file, annual_net=Decimal(20_001), by=cast["officer"], at=AT)
    with pytest.raises(WaiverRefused, match="for at most £60,000 without VAT"):
        a_waiver(file, cast, reason="Bridge", until_on=date(2027, 6, 30))


def test_nobody_waives_where_the_scheme_gives_nobody_the_power(cast: Cast) -> None:
    file = a_file(cast)
    row = next(one for one in scheme_rows() if one.act is ActKind.WAIVE)
    end_paragraph(rows_beside(row), until_on=TODAY, by=cast["administrator"], at=AT)
    with pytest.raises(actions.NoPower, match="power to waive"):
        ask_for_waiver(file.only_lot, asked(from_on=date(2027, 1, 26)), by=cast["officer"],
                       at=days.at(date(2027, 1, 26), 9))  # fmt: skip


def test_a_power_that_names_nobody_outside_the_service_is_no_power_to_waive(cast: Cast) -> None:
    file = a_file(cast)
    with act("moved the post under the director", on="people", by=TEST, at=AT):
        cast.post(FINANCE).next_up = file.director_post
    with pytest.raises(WaiverRefused, match="names nobody outside the service who must agree") as refused:
        a_waiver(file, cast)
    assert "scheme of delegation" in (refused.value.who_can or "")
    assert db.session.scalars(select(Waiver)).all() == []


def test_one_waiver_of_a_rule_at_a_time(cast: Cast) -> None:
    file = a_file(cast)
    first = a_waiver(file, cast)
    with pytest.raises(WaiverRefused, match=f"being decided already: {first.decision.reference}"):
        a_waiver(file, cast)
    other = a_waiver(file, cast, rule="Advertising above £25,000")
    assert signed(other, cast) and waiver_in_force(file, TODAY) is None, "another rule leaves the quotes rule alone"


def test_who_asks_never_approves_and_one_person_is_not_two(cast: Cast) -> None:
    file = a_file(cast)
    decision = before_the_director(a_waiver(file, cast), cast)
    assert answer_about(decision, TODAY).obstacles == ()
    with act("answered as somebody else", on=file, by=TEST, at=AT):
        decision.views[0].answered_by = cast["officer"]
    assert any(
        "Who asks for a waiver can’t approve it" in why.sentence for why in answer_about(decision, TODAY).reasons
    )
    with act("answered as somebody else", on=file, by=TEST, at=AT):
        decision.views[0].answered_by = cast["director"]
    with pytest.raises(signing_actions.SignatureRefused, match="You gave a view or comments"):
        signing_actions.sign(decision, interest=Interest.NONE, by=cast["director"], at=AT)
    assert decision.state is DecisionState.SENT and waiver_in_force(file, TODAY) is None


def test_without_the_written_agreement_there_is_no_waiver(cast: Cast) -> None:
    waiver = a_waiver(a_file(cast), cast)
    with pytest.raises(actions.NotReady, match="doesn’t agree"):
        before_the_director(waiver, cast, View.OBJECTS)


def test_a_waiver_after_the_event_is_marked_and_found_by_the_auditor(cast: Cast) -> None:
    file = a_file(cast)
    waiver = a_waiver(file, cast, from_on=date(2027, 1, 4), began_on=date(2027, 1, 4))
    assert "before anybody approved it" in waiver.decision.reasons and "after the event" in waiver.decision.summary
    assert after_the_event(TODAY, TODAY) == []
    signed(waiver, cast)
    assert after_the_event(TODAY, TODAY) == [waiver] and after_the_event(date(2027, 1, 26), UNTIL) == []
