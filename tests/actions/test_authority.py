"""A decision from its draft to its publication: who may do what, what is refused, and that nothing is left behind."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from procure.audit.actions import Machine, act
from procure.audit.models import TrailEntry
from procure.authority import actions, consulting_actions, publishing_actions, signing_actions
from procure.authority.facts import facts_of
from procure.authority.following import following
from procure.authority.models import Decision
from procure.authority.question import answer_about, chain_line
from procure.authority.rules import ActKind, DecisionState, Interest, View
from procure.authority.signature import broken, sha256_of
from procure.demonstration import authority as demonstration
from procure.demonstration import days
from procure.demonstration.cast import CARE, DIRECTOR, LAW, Cast
from procure.demonstration.days import at
from procure.documents.models import Paper
from procure.evaluation.models import Bid, PanelMember
from procure.evaluation.rules import EvaluatorRole
from procure.extensions import db
from procure.mail.models import Letter
from procure.people.models import Holding, Person, Post
from procure.people.rules import Capacity, PostKind
from procure.procurement.actions import open_file
from procure.procurement.rules import Route, Stage
from procure.refusals import Refusal
from procure.suppliers.models import Supplier
from tests.an_award import a_lot_to_award
from tests.standing import kept

TEST = Machine("test")
SIGNING = at(days.SIGNING, 14, 14)


@kept
def drafted(cast: Cast, **limits: object) -> Decision:
    return demonstration.prepare_award_decision(a_lot_to_award(cast, **limits), cast)


@kept
def waiting_for_the_last(cast: Cast) -> Decision:
    decision = drafted(cast)
    demonstration.advise(decision, cast)
    demonstration.ask(decision, cast)
    demonstration.early_answers(decision, cast)
    return decision


@kept
def with_the_director(cast: Cast) -> Decision:
    decision = waiting_for_the_last(cast)
    demonstration.last_answer(decision, cast)
    return decision


def letters(name: str) -> list[Letter]:
    return list(db.session.scalars(select(Letter).where(Letter.name == name).order_by(Letter.id)))


def refusals_on_record() -> list[TrailEntry]:
    return list(db.session.scalars(select(TrailEntry).where(TrailEntry.kind == "refused")))


def test_a_draft_rests_on_the_resolution_about_its_file(cast: Cast) -> None:
    decision = drafted(cast)
    assert decision.reference == "ODR-2027-118" and decision.state is DecisionState.DRAFT
    assert decision.post.name == DIRECTOR and decision.delegation.resolution.numeral == "(v)"
    assert [one.heading for one in decision.clearances] == ["Finance", "Legal", "Procurement"]
    assert len(decision.alternatives) == 3
    assert chain_line(decision).startswith("Cabinet, 13 July 2027, item 92, resolution (v) → ")


def test_words_are_drafted_from_the_record(cast: Cast) -> None:
    lot = a_lot_to_award(cast)
    winner = lot.bids[0].supplier
    ranking = [("Example Alliance", Decimal("89.67")), ("Example Network", Decimal("88.13"))]
    decision = actions.prepare_award(
        lot, winner, value_net=Decimal(450000), value_gross=Decimal(540000), annual_gross=Decimal(108000),
        max_months=60, ranking=ranking, by=cast["officer"], at=at(days.PREPARED),
    )  # fmt: skip
    assert decision.reference == "ODR-2027-001"
    assert decision.reasons == "It came first of two with 89.67 of 100."
    assert "at most £540,000 including VAT over five years" in decision.points
    assert [one.name for one in decision.alternatives] == [
        "Award to Example Network (88.13)", "Not to award, and buy again",
    ]  # fmt: skip


def test_nobody_prepares_an_act_that_nobody_may_do(cast: Cast) -> None:
    lot = a_lot_to_award(cast)
    with pytest.raises(actions.NoPower, match="Nobody has been given the power to extend"):
        actions.prepare(lot, act_kind=ActKind.EXTEND, title="Extend", by=cast["officer"], at=at(days.PREPARED))
    assert db.session.scalars(select(Decision)).all() == []


def test_only_the_case_officer_prepares(cast: Cast) -> None:
    lot = a_lot_to_award(cast)
    with pytest.raises(actions.NotYours):
        actions.prepare(lot, act_kind=ActKind.AWARD, title="Award", by=cast["finance"], at=at(days.PREPARED))


def test_each_post_is_asked_through_whoever_holds_it(cast: Cast) -> None:
    decision = drafted(cast)
    demonstration.ask(decision, cast)
    assert decision.state is DecisionState.CONSULTING and len(decision.views) == 4
    assert {letter.to_id for letter in letters("asked_for_view")} == {
        cast[key].id for key in ("community", "care", "finance", "law")
    }
    assert {view.asked_of.name for view in decision.views} >= {"F. Finance", "L. Law"}


def test_consultees_get_time_and_words(cast: Cast) -> None:
    decision = drafted(cast)
    with pytest.raises(consulting_actions.BadDay):
        consulting_actions.ask_consultees(decision, days.ASKED, by=cast["officer"], at=at(days.ASKED))
    actions.correct(decision, reasons="", by=cast["officer"], at=at(days.ASKED))
    with pytest.raises(actions.NotReady, match="Give the reasons"):
        demonstration.ask(decision, cast)
    assert decision.views == [] and letters("asked_for_view") == []


def test_the_whole_decision_is_signed_and_bound(cast: Cast) -> None:
    decision = with_the_director(cast)
    demonstration.sign(decision, cast)
    assert decision.state is DecisionState.SIGNED and decision.signed_by is cast["director"]
    assert decision.digest == sha256_of(decision.signed_canonical) and len(decision.digest) == 64
    assert demonstration.OBJECTION in decision.signed_canonical and "540000.00" in decision.signed_canonical
    assert decision.authority_chain.endswith("in force from 26 July 2027.")
    assert chain_line(decision) == (
        "Cabinet, 13 July 2027, item 92, resolution (v) → Director of Policy and Participation may award → four "
        "consulted, one objects → signed on 19 November 2027"
    )
    assert broken(decision) == []
    assert {letter.to_id for letter in letters("decision_signed")} >= {cast["officer"].id, cast["care"].id}
    demonstration.publish(decision, cast)
    assert decision.published_on == days.PUBLISHED


def test_a_change_behind_the_signature_is_found(cast: Cast) -> None:
    decision = with_the_director(cast)
    demonstration.sign(decision, cast)
    with act("tampered", on=decision, by=TEST, at=SIGNING):
        decision.value_gross = Decimal("640000")
    assert broken(decision) == ["The record of the decision isn’t what was signed."]


def test_b1_a_signature_without_every_view_is_refused_and_recorded(cast: Cast) -> None:
    decision = waiting_for_the_last(cast)
    with pytest.raises(actions.NotReady, match=f"The {CARE} hasn’t replied"):
        actions.send_to_decider(decision, by=cast["officer"], at=at(days.WAITING))
    with pytest.raises(signing_actions.SignatureRefused):
        signing_actions.sign(decision, interest=Interest.NONE, by=cast["director"], at=at(days.WAITING))
    assert decision.state is DecisionState.CONSULTING and decision.digest == ""
    refused = refusals_on_record()
    assert [entry.said for entry in refused] == ["tried and was refused: signed the decision"]
    assert refused[0].by_id == cast["director"].id and refused[0].note == f"The {CARE} hasn’t replied."


def test_b1_a_view_withdrawn_by_correction_after_sending_stops_the_signature(cast: Cast) -> None:
    decision = with_the_director(cast)
    with act("lost an answer", on=decision.views[0], by=TEST, at=SIGNING):
        decision.views[0].answered_at = None
    with pytest.raises(signing_actions.SignatureRefused) as refused:
        demonstration.sign(decision, cast)
    assert "hasn’t replied" in refused.value.sentence and "chase" in (refused.value.who_can or "")
    assert len(refusals_on_record()) == 1


def test_b2_an_objection_needs_the_directors_reason(cast: Cast) -> None:
    decision = with_the_director(cast)
    with pytest.raises(signing_actions.SignatureRefused) as refused:
        signing_actions.sign(decision, interest=Interest.NONE, by=cast["director"], at=SIGNING)
    assert refused.value.field == "objection_reason"
    assert decision.state is DecisionState.SENT and decision.maker_interest is None
    demonstration.sign(decision, cast)
    assert decision.objection_reason == demonstration.WHY_ALL_THE_SAME


def test_b2_the_council_s_own_rule_sends_an_objection_back(cast: Cast) -> None:
    from procure.council.models import ProcedureRules

    decision = with_the_director(cast)
    rules = db.session.scalars(select(ProcedureRules)).one()
    with act("changed the rules", on=rules, by=TEST, at=SIGNING):
        rules.objection_refers_back = True
    with pytest.raises(signing_actions.SignatureRefused, match="the decision goes back"):
        demonstration.sign(decision, cast)


def succeed(cast: Cast, post: str, day: date, name: str) -> Person:
    """A new holder of a post from a day on."""
    with act("recorded a new holder", on="people", by=TEST, at=at(day)):
        old = cast.post(post).holding_on(day)
        assert old is not None
        old.until_on = day - timedelta(days=1)
        newcomer = Person(name=name, email=f"{name.lower().replace(' ', '.')}@lbbd.example")
        db.session.add(Holding(post=cast.post(post), person=newcomer, from_on=day))
    return newcomer


def test_b3_a_new_holder_answers_what_the_old_one_was_asked(cast: Cast) -> None:
    decision = waiting_for_the_last(cast)
    view = demonstration.view_of(decision, CARE)
    newcomer = succeed(cast, CARE, date(2027, 11, 17), "N. Newcomer")
    with pytest.raises(actions.NotYours):
        consulting_actions.answer(
            view, said=View.CONTENT, text="", interest=Interest.NONE, by=cast["care"], at=at(days.VIEWS_DUE)
        )
    consulting_actions.answer(
        view, said=View.CONTENT, text="", interest=Interest.NONE, by=newcomer, at=at(days.VIEWS_DUE)
    )
    assert view.asked_of is cast["care"] and view.answered_by is newcomer


def test_b4_an_interest_stops_the_decision_until_a_substitute_answers(cast: Cast) -> None:
    decision = waiting_for_the_last(cast)
    view = demonstration.view_of(decision, CARE)
    consulting_actions.answer(
        view, said=View.CONTENT, text="", interest=Interest.DECLARED, interest_text="My sister works there.",
        by=cast["care"], at=at(days.VIEWS_DUE),
    )  # fmt: skip
    with pytest.raises(actions.NotReady, match="declared an interest"):
        actions.send_to_decider(decision, by=cast["officer"], at=at(days.VIEWS_DUE, 12))
    with act("made a post", on="people", by=TEST, at=at(days.VIEWS_DUE)):
        leader = Person(name="L. Leader", email="leader@lbbd.example")
        post = Post(name="Leader of the Council", kind=PostKind.MEMBER)
        db.session.add(Holding(post=post, person=leader, from_on=date(2027, 1, 1)))
    with pytest.raises(consulting_actions.WordsNeeded, match="which rule"):
        consulting_actions.record_substitute(view, post, " ", "An interest.", by=cast["officer"], at=at(days.VIEWS_DUE))
    consulting_actions.record_substitute(
        view, post, "Constitution, part 2, 4.3", "An interest.", by=cast["officer"], at=at(days.VIEWS_DUE, 13)
    )
    assert view.answered_at is None and "My sister works there." in (view.substitute_for or "")
    consulting_actions.answer(
        view, said=View.CONTENT, text="", interest=Interest.NONE, by=leader, at=at(days.VIEWS_DUE, 14)
    )
    actions.send_to_decider(decision, by=cast["officer"], at=at(days.VIEWS_DUE, 15))
    assert decision.state is DecisionState.SENT


def test_b4_or_until_a_dispensation_is_on_record(cast: Cast) -> None:
    decision = waiting_for_the_last(cast)
    view = demonstration.view_of(decision, CARE)
    consulting_actions.answer(
        view, said=View.CONTENT, text="", interest=Interest.DECLARED, interest_text="My sister works there.",
        by=cast["care"], at=at(days.VIEWS_DUE),
    )  # fmt: skip
    consulting_actions.record_dispensation(
        view, "Chief Executive, 18 November 2027", by=cast["officer"], at=at(days.VIEWS_DUE, 12)
    )
    actions.send_to_decider(decision, by=cast["officer"], at=at(days.VIEWS_DUE, 13))
    signing_actions.sign(decision, interest=Interest.NONE, by=cast["director"], at=SIGNING)
    assert "Chief Executive" in decision.signed_canonical


def test_a_signature_that_names_everybody_only_by_name_still_holds(cast: Cast) -> None:
    decision = with_the_director(cast)
    demonstration.sign(decision, cast)
    as_at_first = json.loads(decision.signed_canonical or "")
    for part in ("supplier", "post", "prepared_by"):
        as_at_first["decision"][part] = as_at_first["decision"][part]["name"]
    with act("kept as signatures were at first", on=decision, by=TEST, at=SIGNING):
        decision.signed_canonical = json.dumps(as_at_first)
        decision.digest = sha256_of(decision.signed_canonical)
    assert broken(decision) == []
    with act("tampered", on=decision, by=TEST, at=SIGNING):
        decision.prepared_by = cast["care"]
    assert broken(decision) == ["The record of the decision isn’t what was signed."]


def test_who_gave_a_view_or_comments_cannot_sign(cast: Cast) -> None:
    decision = with_the_director(cast)
    with act("answered as somebody else", on=decision, by=TEST, at=SIGNING):
        decision.clearances[0].given_by = cast["director"]
    with pytest.raises(signing_actions.SignatureRefused, match="You gave a view or comments"):
        demonstration.sign(decision, cast)
    assert decision.state is DecisionState.SENT


def test_b5_who_scored_cannot_sign(cast: Cast) -> None:
    decision = with_the_director(cast)
    with act("named the panel", on=decision, by=TEST, at=SIGNING):
        member = PanelMember(person=cast["director"], role=EvaluatorRole.MODERATOR)
        decision.lot.evaluation.panel.append(member)
    with pytest.raises(signing_actions.SignatureRefused, match="You scored or moderated"):
        demonstration.sign(decision, cast)


def test_who_prepared_cannot_sign(cast: Cast) -> None:
    decision = with_the_director(cast)
    with act("changed the author", on=decision, by=TEST, at=SIGNING):
        decision.prepared_by = cast["director"]
    with pytest.raises(signing_actions.SignatureRefused, match="You prepared this decision"):
        demonstration.sign(decision, cast)


@pytest.mark.parametrize("who", ["officer", "finance", "auditor"])
def test_only_the_post_with_the_power_signs_returns_or_refuses(cast: Cast, who: str) -> None:
    decision = with_the_director(cast)
    with pytest.raises(signing_actions.SignatureRefused):
        signing_actions.sign(decision, interest=Interest.NONE, objection_reason="x", by=cast[who], at=SIGNING)
    with pytest.raises(actions.NotYours):
        signing_actions.return_to_officer(decision, "no", by=cast[who], at=SIGNING)
    with pytest.raises(actions.NotYours):
        signing_actions.refuse(decision, "no", by=cast[who], at=SIGNING)
    assert decision.state is DecisionState.SENT


@pytest.mark.parametrize(("authority", "may"), [("Scheme of delegation, 2.6", True), (None, False)])
def test_a_deputy_signs_only_with_written_authority(cast: Cast, authority: str | None, may: bool) -> None:
    decision = with_the_director(cast)
    with act("recorded a deputy", on="people", by=TEST, at=SIGNING):
        db.session.add(
            Holding(post=decision.post, person=cast["commissioning"], from_on=days.SIGNING, capacity=Capacity.DEPUTY,
                    authority=authority)
        )  # fmt: skip
    say = {"interest": Interest.NONE, "objection_reason": "Both are in the bid.", "by": cast["commissioning"]}
    if may:
        signing_actions.sign(decision, at=SIGNING, **say)  # type: ignore[arg-type]
        assert decision.state is DecisionState.SIGNED
    else:
        with pytest.raises(signing_actions.SignatureRefused, match="without the written authority"):
            signing_actions.sign(decision, at=SIGNING, **say)  # type: ignore[arg-type]


def test_a_power_replaced_after_sending_no_longer_holds(cast: Cast) -> None:
    decision = with_the_director(cast)
    power = decision.delegation
    with act("replaced the power", on=power, by=TEST, at=SIGNING):
        power.superseded_on = days.SIGNING
    with pytest.raises(signing_actions.SignatureRefused, match="was replaced on 19 November 2027"):
        demonstration.sign(decision, cast)


@pytest.mark.parametrize(("stage", "said"), [(Stage.PAUSED, "is paused"), (Stage.ABANDONED, "was abandoned"),
                                             (Stage.EVALUATING, "was sent back to its evaluation")])  # fmt: skip
def test_nobody_signs_on_a_file_that_stands_still_or_went_back(cast: Cast, stage: Stage, said: str) -> None:
    decision = with_the_director(cast)
    with act("moved the file", on=decision.lot.procurement, by=TEST, at=SIGNING):
        decision.lot.stage = decision.lot.procurement.stage = stage
    with pytest.raises(signing_actions.SignatureRefused, match=said):
        signing_actions.sign(
            decision, interest=Interest.NONE, objection_reason="Noted.", by=cast["director"], at=SIGNING
        )


def test_b8_a_penny_over_is_refused_inside_the_act(cast: Cast) -> None:
    lot = a_lot_to_award(cast, max_value_gross=Decimal("540000.00"), max_months=60)
    decision = demonstration.prepare_award_decision(lot, cast)
    actions.correct(decision, value_gross=Decimal("540000.01"), by=cast["officer"], at=at(days.PREPARED, 12))
    demonstration.advise(decision, cast)
    demonstration.ask(decision, cast)
    demonstration.early_answers(decision, cast)
    with pytest.raises(actions.NotReady, match=r"£540,000\.01 including VAT is more than the £540,000\.00"):
        demonstration.last_answer(decision, cast)


def test_b8_a_power_without_limits_needs_a_lawyer(cast: Cast) -> None:
    decision = drafted(cast)
    assert any("no limit on value or term" in why.sentence for why in answer_about(decision, days.ASKED).obstacles)
    with pytest.raises(actions.NotYours):
        consulting_actions.confirm_no_limit(decision, "666", by=cast["finance"], at=at(days.ASKED))
    consulting_actions.confirm_no_limit(decision, demonstration.LIMIT, by=cast["law"], at=at(days.ASKED))
    assert decision.no_limit_confirmed_by is cast["law"]


def test_views_are_void_once_the_matter_changes(cast: Cast) -> None:
    decision = with_the_director(cast)
    with pytest.raises(actions.NotNow, match="others have it before them"):
        actions.correct(decision, value_gross=Decimal("600000"), by=cast["officer"], at=SIGNING)
    signing_actions.return_to_officer(decision, "Check the sum.", by=cast["director"], at=SIGNING)
    assert decision.state is DecisionState.RETURNED and len(letters("decision_returned")) == 1
    actions.correct(decision, summary="Said better.", by=cast["officer"], at=SIGNING)
    assert all(view.answered_at for view in decision.views)
    actions.correct(decision, value_gross=Decimal("600000"), by=cast["officer"], at=SIGNING)
    assert not any(view.answered_at for view in decision.views)
    assert not any(one.given_at for one in decision.clearances)
    assert decision.no_limit_confirmation == ""
    consulting_actions.ask_consultees(decision, date(2027, 11, 26), by=cast["officer"], at=SIGNING)
    assert len(decision.views) == 4 and decision.state is DecisionState.CONSULTING


def test_a_decision_returned_without_a_change_of_matter_goes_straight_back(cast: Cast) -> None:
    decision = with_the_director(cast)
    signing_actions.return_to_officer(decision, "Say it better.", by=cast["director"], at=SIGNING)
    actions.correct(decision, summary="Said better.", by=cast["officer"], at=SIGNING)
    actions.send_to_decider(decision, by=cast["officer"], at=SIGNING)
    assert decision.state is DecisionState.SENT and len(letters("decision_ready")) == 2


def test_returning_and_refusing_need_a_reason(cast: Cast) -> None:
    decision = with_the_director(cast)
    with pytest.raises(signing_actions.MakersReasonNeeded):
        signing_actions.refuse(decision, "  ", by=cast["director"], at=SIGNING)
    signing_actions.refuse(decision, "Buy again with the two estates named.", by=cast["director"], at=SIGNING)
    assert decision.state is DecisionState.REFUSED
    with pytest.raises(signing_actions.SignatureRefused, match="was refused"):
        demonstration.sign(decision, cast)


def test_silence_is_lawful_only_after_chase_day_advice_and_reason(cast: Cast) -> None:
    decision = waiting_for_the_last(cast)
    with pytest.raises(actions.NotNow):
        consulting_actions.advise_on_silence(decision, "Go on.", by=cast["law"], at=at(days.VIEWS_DUE))
    with pytest.raises(actions.NotReady):
        actions.send_to_decider(decision, by=cast["officer"], at=SIGNING)
    consulting_actions.advise_on_silence(decision, "The view was asked and chased.", by=cast["law"], at=SIGNING)
    actions.send_to_decider(decision, by=cast["officer"], at=SIGNING)
    with pytest.raises(signing_actions.SignatureRefused) as refused:
        signing_actions.sign(decision, interest=Interest.NONE, by=cast["director"], at=SIGNING)
    assert refused.value.field == "silence_reason"
    answer = signing_actions.sign(
        decision, interest=Interest.NONE, silence_reason="The contract ends in March.", by=cast["director"], at=SIGNING
    )
    assert "taken without that view" in answer.warnings[0]


def test_comments_are_locked_once_given_and_belong_to_their_post(cast: Cast) -> None:
    decision = drafted(cast)
    finance = decision.clearances[0]
    with pytest.raises(actions.NotYours):
        consulting_actions.give_clearance(finance, "Fine.", by=cast["law"], at=at(days.ASKED))
    consulting_actions.give_clearance(finance, "Fine.", by=cast["finance"], at=at(days.ASKED))
    with pytest.raises(consulting_actions.AlreadyGiven):
        consulting_actions.give_clearance(finance, "Better.", by=cast["finance"], at=at(days.ASKED))
    assert finance.text == "Fine."


def test_an_objection_needs_words_and_the_officer_is_told(cast: Cast) -> None:
    decision = waiting_for_the_last(cast)
    view = demonstration.view_of(decision, CARE)
    with pytest.raises(consulting_actions.WordsNeeded):
        consulting_actions.answer(
            view, said=View.OBJECTS, text="", interest=Interest.NONE, by=cast["care"], at=at(days.VIEWS_DUE)
        )
    assert view.answered_at is None and letters("view_needs_you") == []
    with pytest.raises(actions.NotReady):
        consulting_actions.answer(
            view, said=View.OBJECTS, text="No.", interest=Interest.NONE, by=cast["care"], at=at(days.VIEWS_DUE)
        )
        actions.send_to_decider(decision, by=cast["officer"], at=at(days.VIEWS_DUE, 12))
    assert [letter.to_id for letter in letters("view_needs_you")] == [cast["officer"].id]


def test_a_view_may_be_changed_until_it_is_sent_on(cast: Cast) -> None:
    decision = waiting_for_the_last(cast)
    view = demonstration.view_of(decision, LAW)
    consulting_actions.answer(
        view, said=View.COMMENTS, text="Mind the standstill.", interest=Interest.NONE, by=cast["law"],
        at=at(days.WAITING),
    )  # fmt: skip
    assert view.view is View.COMMENTS
    demonstration.last_answer(decision, cast)
    with pytest.raises(actions.NotNow):
        consulting_actions.answer(
            view, said=View.OBJECTS, text="No.", interest=Interest.NONE, by=cast["law"], at=SIGNING
        )


def test_the_director_asks_the_officer_to_chase(cast: Cast) -> None:
    decision = waiting_for_the_last(cast)
    signing_actions.ask_officer_to_chase(decision, by=cast["director"], at=at(days.WAITING))
    assert [letter.to_id for letter in letters("chase_wanted")] == [cast["officer"].id]
    assert CARE in letters("chase_wanted")[0].text


@pytest.mark.parametrize(("on", "good"), [(date(2027, 11, 18), False), (date(2027, 11, 19), True)])
def test_a_decision_is_published_from_the_day_of_its_signature(cast: Cast, on: date, good: bool) -> None:
    decision = with_the_director(cast)
    with pytest.raises(publishing_actions.CannotPublish, match="isn’t signed"):
        publishing_actions.publish(decision, on, by=cast["officer"], at=SIGNING)
    demonstration.sign(decision, cast)
    if good:
        publishing_actions.publish(decision, on, by=cast["democratic"], at=SIGNING)
        assert decision.published_on == on
    else:
        with pytest.raises(Refusal):
            publishing_actions.publish(decision, on, by=cast["officer"], at=SIGNING)


def test_entering_into_the_contract_needs_the_winner(cast: Cast) -> None:
    decision = with_the_director(cast)
    demonstration.sign(decision, cast)
    other = next(bid.supplier for bid in decision.lot.bids if bid.supplier.name == "Example Trust")
    enter = actions.prepare(
        decision.lot, act_kind=ActKind.ENTER, title="Enter into the contract", supplier=other,
        value_gross=Decimal(540000), max_months=60, by=cast["officer"], at=datetime(2027, 12, 6, 9, 0, tzinfo=UTC),
    )  # fmt: skip
    said = [why.sentence for why in answer_about(enter, date(2027, 12, 6)).reasons]
    assert "Example Trust isn’t “the successful partner”, so this is outside the power." in said


def records() -> list[Paper]:
    return list(db.session.scalars(select(Paper).where(Paper.name == "officer-decision-record").order_by(Paper.number)))


def test_the_record_is_issued_after_the_signature_and_prints_its_digest(cast: Cast) -> None:
    decision = with_the_director(cast)
    assert records() == []
    demonstration.sign(decision, cast)
    (record,) = records()
    assert record.subject == decision.reference and decision.digest in record.facts
    printed = json.loads(record.facts)["facts"]
    assert printed["decision"]["reference"] == "ODR/2027/118"
    assert printed["decision"]["published_text"] == "Not yet. It is planned for Monday 22 November 2027"
    assert printed["standstill"]["ends_on"] == "2027-12-03"
    assert printed["value"]["difference_label"] == "£126,000 below"
    assert [one["view_label"] for one in printed["consultees"]] == ["Content", "Objects", "Comments", "Content"]
    demonstration.publish(decision, cast)
    assert [record.number for record in records()] == [1, 2]


def test_the_record_is_issued_anew_where_the_day_was_not_the_planned_one(cast: Cast) -> None:
    decision = with_the_director(cast)
    demonstration.sign(decision, cast)
    publishing_actions.publish(decision, date(2027, 11, 24), by=cast["officer"], at=at(date(2027, 11, 24)))
    assert [record.number for record in records()] == [1, 2]
    assert json.loads(records()[-1].facts)["facts"]["decision"]["published_text"] == "Wednesday 24 November 2027"


def test_the_record_of_a_silence_names_it(cast: Cast) -> None:
    decision = waiting_for_the_last(cast)
    consulting_actions.advise_on_silence(decision, "The view was asked and chased.", by=cast["law"], at=SIGNING)
    actions.send_to_decider(decision, by=cast["officer"], at=SIGNING)
    signing_actions.sign(
        decision, interest=Interest.NONE, silence_reason="The contract ends in March.", by=cast["director"], at=SIGNING
    )
    printed = json.loads(records()[0].facts)["facts"]
    assert "The contract ends in March." in printed["decision"]["silence_text"]
    assert "No answer" in [one["view_label"] for one in printed["consultees"]]


def test_the_record_keeps_the_names_of_unsuccessful_bidders_back(cast: Cast) -> None:
    decision = with_the_director(cast)
    assert any("Example Trust" in one.name for one in decision.alternatives)
    demonstration.sign(decision, cast)
    facts = records()[0].facts
    assert "Example Trust" not in facts
    assert "Award to Bidder C (85.00)" in facts


def test_the_record_of_a_deputy_names_the_written_authority(cast: Cast) -> None:
    decision, holding = with_the_director(cast), cast["director"].holdings[0]
    with act("made the director a deputy", on="people", by=TEST, at=SIGNING):
        holding.capacity, holding.authority = Capacity.DEPUTY, "constitution, part 3.4"
    demonstration.sign(decision, cast)
    said = "D. Director, deputy with written authority (constitution, part 3.4)"
    assert json.loads(records()[0].facts)["facts"]["decision"]["maker_name"] == said
    assert said in decision.signed_canonical


def test_a_small_purchase_rests_on_the_scheme_and_asks_one_post(cast: Cast) -> None:
    file = open_file(
        title="Home library books", route=Route.SCHEME, officer=cast["officer"], by=cast["officer"],
        at=at(days.PREPARED), reference="PRO-2027-020",
    )  # fmt: skip
    with act("described it", on=file, by=TEST, at=at(days.PREPARED)):
        file.director_post, file.wards_label = cast.post(DIRECTOR), "All wards"
        file.budget_code, file.budget_source, file.value_gross = "LB-1", "General Fund", Decimal(72000)
        file.value_net, file.value_vat = Decimal(60000), Decimal(12000)
        supplier = Supplier(name="Example Books")
        file.only_lot.bids.append(Bid(supplier=supplier, price_net=Decimal(55000)))
    decision = actions.prepare_award(
        file.only_lot, supplier, value_net=Decimal(55000), value_gross=Decimal(66000), annual_gross=Decimal(33000),
        max_months=24, summary="Books for people who can’t leave home.", reasons=("The lowest of three quotes.",),
        risks=("Late delivery. Payment waits for it.",), financial_text="In the budget.", equality_text="Considered.",
        by=cast["officer"], at=at(days.PREPARED),
    )  # fmt: skip
    assert [one.post.name for one in decision.delegation.consultees] == ["Chief Operating Officer"]
    demonstration.advise(decision, cast)
    consulting_actions.ask_consultees(decision, days.VIEWS_DUE, by=cast["officer"], at=at(days.ASKED))
    consulting_actions.answer(
        decision.views[0], said=View.CONTENT, text="", interest=Interest.NONE, by=cast["finance"], at=at(days.WAITING)
    )
    actions.send_to_decider(decision, by=cast["officer"], at=at(days.WAITING))
    signing_actions.sign(decision, interest=Interest.NONE, by=cast["director"], at=SIGNING)
    assert decision.authority_chain == (
        "Scheme of delegation, Part 3, paragraph 4.2: to the Director of Policy and Participation, who awards after "
        "consulting the Chief Operating Officer; in force from 1 April 2018."
    )
    assert json.loads(records()[0].facts)["facts"]["authority"]["is_resolution"] is False
    follows = following(decision, days.SIGNING)
    assert (follows.standstill_days, follows.standstill_ends_on) == (None, None), "quotes need no standstill"


def test_facts_of_a_lot_tell_how_far_its_decision_is(cast: Cast) -> None:
    decision = waiting_for_the_last(cast)
    standing = facts_of(decision.lot, days.WAITING).of(ActKind.AWARD)
    assert standing is not None and standing.unanswered == (CARE,) and standing.is_limit_confirmed
    demonstration.last_answer(decision, cast)
    demonstration.sign(decision, cast)
    standing = facts_of(decision.lot, days.SIGNING).of(ActKind.AWARD)
    assert standing is not None and standing.signed_on == days.SIGNING and standing.obstacles == ()
