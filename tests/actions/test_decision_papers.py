"""The papers about a decision: its record, the log of its consultation, the register of powers, the report back."""

from __future__ import annotations

import json
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from procure.audit.actions import Machine, act
from procure.authority import actions, publishing_actions, signing_actions
from procure.authority.call_in import CallInResult
from procure.authority.documents import CONSULTATION_LOG, DELEGATION_REGISTER, OFFICER_DECISION_RECORD
from procure.authority.forward_plan_models import ForwardPlanEntry
from procure.authority.gathering import officer_decision_record
from procure.authority.log_actions import StillOpen, issue_log
from procure.authority.models import Alternative, Decision, FollowUp
from procure.authority.publishing_models import PaperAccess
from procure.authority.rules import ActKind, DecisionState, Interest, NoticeRoute, PaperStanding
from procure.award.models import Award
from procure.award.report_back_documents import REPORT_BACK
from procure.award.report_back_gathering import report_back
from procure.council.models import Council
from procure.demonstration import authority as demonstration
from procure.demonstration import days
from procure.demonstration.cast import DIRECTOR, Cast
from procure.demonstration.days import at
from procure.documents.actions import issue, missing_from
from procure.documents.gaps import Gap, HasGaps
from procure.documents.kinds import wrong_facts
from procure.documents.models import Paper
from procure.extensions import db
from procure.people.models import Cover, Post
from procure.people.rules import PostKind
from tests.an_award import a_lot_to_award

TEST = Machine("test")
SIGNING = at(days.SIGNING, 14, 14)


def drafted(cast: Cast) -> Decision:
    return demonstration.prepare_award_decision(a_lot_to_award(cast), cast)


def answered(cast: Cast) -> Decision:
    decision = drafted(cast)
    demonstration.answers(decision, cast)
    return decision


def signed(cast: Cast) -> Decision:
    decision = answered(cast)
    demonstration.sign(decision, cast)
    return decision


def printed(name: str) -> dict[str, Any]:
    """The facts of the newest version of a paper."""
    paper = db.session.scalars(select(Paper).where(Paper.name == name).order_by(Paper.id.desc())).first()
    assert paper is not None
    facts: dict[str, Any] = json.loads(paper.facts)["facts"]
    return facts


# ── the record ──


def test_the_record_says_by_what_right_how_each_condition_is_met_and_how_long_it_is_kept(cast: Cast) -> None:
    signed(cast)
    facts = printed(OFFICER_DECISION_RECORD.name)
    chain = facts["authority"]["chain"]
    assert chain.startswith("On 13 July 2027 Cabinet") and "resolution (v)" in chain
    assert "one objected" in chain and "19 November 2027" in chain and chain.count(".") == 1
    decision = facts["decision"]
    assert decision["retain_record_until_on"].startswith("2033") and decision["retain_papers_until_on"][:4] == "2031"
    assert decision["notice_text"] == "No notice is needed: it is not a key decision."
    assert decision["maker_kind"] == "an officer’s" and "regulation 7 of the Openness" in decision["law_text"]
    assert {one["mode_label"] for one in facts["consultees"]} == {"in consultation with"}
    assert facts["consultees"][0]["asked_text"] == "12 November 2027, to answer by 18 November 2027"
    conditions = {one["text"]: one["met_by"] for one in facts["authority"]["conditions"]}
    assert "stronger sector" in conditions["In line with the priorities of the Strategy"]
    assert decision["comments"][0]["author"].endswith(", Chief Operating Officer")


def test_the_record_of_a_signature_by_cover_names_both_and_the_cover(cast: Cast) -> None:
    decision, stands_in = answered(cast), cast["commissioning"]
    day = days.SIGNING
    with act("set a cover", on="people", by=TEST, at=SIGNING):
        cover = Cover(
            post=cast.post(DIRECTOR), person=stands_in, away=cast["director"], from_on=day, until_on=day,
            reason="annual leave", authority="part 3.4 of the constitution", set_by=cast["administrator"],
        )  # fmt: skip
        db.session.add(cover)
    signing_actions.sign(
        decision, interest=Interest.NONE, objection_reason="It becomes a term.", by=stands_in, at=SIGNING
    )
    facts = printed(OFFICER_DECISION_RECORD.name)["decision"]
    covering = f"{stands_in.name}, covering for D. Director (part 3.4 of the constitution)"
    assert facts["maker_name"] == covering and facts["maker_post"] == "Director of Policy and Participation"
    assert "covered for D. Director, who holds the post, from 19 November 2027" in facts["maker_capacity"]
    assert "Reason: annual leave." in facts["maker_capacity"]


def test_an_unsuccessful_bidder_is_named_nowhere_in_the_record_nor_the_winner_cut_in_two(cast: Cast) -> None:
    decision = answered(cast)
    loser = next(bid.supplier for bid in decision.lot.bids if bid.supplier_id != decision.supplier_id)  # type: ignore[union-attr]
    with act("gave a name that begins the winner’s", on="suppliers", by=TEST, at=SIGNING):
        loser.name = "Example"
    with act("wrote names into every text", on=decision, by=TEST, at=SIGNING):
        decision.reasons = "Example Alliance beats Example."
        for view in decision.views:
            view.words = view.officer_answer = "Example is cheaper than Example Alliance."
    demonstration.sign(decision, cast)
    facts = json.dumps(printed(OFFICER_DECISION_RECORD.name), ensure_ascii=False)
    assert "Example Alliance beats Bidder" in facts
    assert "is cheaper than Example Alliance" in facts
    assert "Example is" not in facts and "Bidder A Alliance" not in facts


def an_extension(cast: Cast, **more: Any) -> Decision:
    """A decision about a contract that has no award behind it: no lot, no bids, nobody to consult."""
    award = drafted(cast)
    with act("prepared an extension", on=award.procurement, by=TEST, at=SIGNING):  # type: ignore[arg-type]
        decision = Decision(
            reference="ODR-2027-200", title="Extend the contract", act=ActKind.EXTEND, procurement=award.procurement,
            delegation=award.delegation, post=award.post, prepared_by=cast["officer"], prepared_at=SIGNING,
            supplier=award.supplier, value_net=Decimal(90000), value_gross=Decimal(108000),
            total_gross=Decimal(648000), max_months=12, points="Extend the contract by one year.", reasons="It works.",
            financial_text="In the budget.", equality_text="Considered.", **more,
        )  # fmt: skip
        db.session.add(decision)
    return decision


def test_the_record_of_an_extension_has_no_words_of_an_award(cast: Cast) -> None:
    facts = officer_decision_record(an_extension(cast, over_text="£1,000 more: prices rose."), SIGNING)
    assert wrong_facts(facts) == []
    assert facts.standstill is None and facts.decision.results == () and facts.consultees == ()
    assert facts.value is not None
    assert (facts.value.beside_label, facts.value.beside_gross) == ("The contract then comes to", Decimal(648000))
    assert facts.value.counted_gross == Decimal(648000) and facts.value.over_text == "£1,000 more: prices rose."
    assert not isinstance(facts.decision.next_steps, Gap)
    assert "award" not in " ".join(str(step.text) for step in facts.decision.next_steps)


@pytest.mark.parametrize(
    ("route", "facts", "said"),
    [
        (NoticeRoute.FORWARD_PLAN, {}, "notice of 28 clear days (regulation 9)."),
        (
            NoticeRoute.GENERAL_EXCEPTION,
            {"told_on": date(2027, 11, 2), "chair_name": "C. Chair", "exception_reason": "The site closed."},
            "general exception (regulation 10). The scrutiny chair, C. Chair, was told on 2 November 2027. The site "
            "closed.",
        ),
        (
            NoticeRoute.SPECIAL_URGENCY,
            {"agreed_on": date(2027, 11, 3), "exception_reason": "A flood."},
            "special urgency (regulation 11). The scrutiny chair agreed on 3 November 2027. A flood.",
        ),
    ],
)
def test_a_key_decision_names_its_notice_or_the_exception_used(
    cast: Cast, route: NoticeRoute, facts: dict[str, Any], said: str
) -> None:
    decision = an_extension(cast, is_key=True)
    assert isinstance(officer_decision_record(decision, SIGNING).decision.notice_text, Gap)
    with act("published a notice", on="forward-plan", by=TEST, at=SIGNING):
        decision.forward_plan_entry = ForwardPlanEntry(
            reference="FP-2027-099", matter="Extension", decision_on=days.SIGNING, route=route,
            published_on=date(2027, 10, 1), made_by=cast["officer"], made_at=SIGNING, **facts,
        )  # fmt: skip
    told = officer_decision_record(decision, SIGNING).decision.notice_text
    assert told == f"FP-2027-099, published on 1 October 2027, {said}"


def test_a_member_s_decision_is_recorded_as_a_member_s_and_a_call_in_with_what_came_of_it(cast: Cast) -> None:
    decision = an_extension(cast, is_key=True, call_in_days=5)
    with act("gave it to a member", on=decision, by=TEST, at=SIGNING):
        decision.post = Post(name="Cabinet Member for Finance", kind=PostKind.MEMBER)
        decision.state, decision.signed_at, decision.signed_by = DecisionState.SIGNED, SIGNING, cast["director"]
        decision.digest = "0" * 64
        decision.published_on = date(2027, 11, 22)
    facts = officer_decision_record(decision, at(date(2027, 11, 23))).decision
    assert facts.maker_kind == "a member’s" and "2014" not in str(facts.law_text)
    assert "until the end of Monday 29 November 2027" in str(facts.call_in_text)
    assert facts.effective_text == "Tuesday 30 November 2027"
    with act("called it in", on=decision, by=TEST, at=SIGNING):
        decision.called_in_on, decision.called_in_by = date(2027, 11, 24), "Three members"
    assert officer_decision_record(decision, at(date(2027, 12, 1))).decision.effective_text == (
        "Not in effect: it was called in"
    )
    with act("upheld it", on=decision, by=TEST, at=SIGNING):
        decision.call_in_ended_on, decision.call_in_result = date(2027, 12, 6), CallInResult.UPHELD
    facts = officer_decision_record(decision, at(date(2027, 12, 7))).decision
    assert "upheld" in str(facts.call_in_text) and facts.effective_text == "Monday 6 December 2027"


# ── the log ──


def test_the_log_is_a_draft_until_the_decision_is_signed_and_then_kept(cast: Cast) -> None:
    decision = answered(cast)
    with pytest.raises(StillOpen, match="can’t issue the log yet"):
        issue_log(decision, by=cast["officer"], at=SIGNING)
    demonstration.sign(decision, cast)
    with pytest.raises(actions.NotYours):
        issue_log(decision, by=cast["director"], at=SIGNING)
    paper = issue_log(decision, by=cast["officer"], at=SIGNING)
    assert (paper.subject, paper.about, paper.number) == ("ODR-2027-118", "PRO-2027-014", 1)
    facts = printed(CONSULTATION_LOG.name)
    assert facts["decision"]["duty_text"] == "The power is to be used in consultation with four posts."
    assert (facts["decision"]["asked_count"], facts["decision"]["objected_count"]) == ("Four", "One")
    objecting = next(one for one in facts["views"] if one["view_label"] == "Objects")
    assert objecting["chased_at"] and objecting["days_text"] == "In time" and objecting["officer_answer"]


def test_the_log_of_a_decision_on_which_nobody_was_asked_cannot_be_issued(cast: Cast) -> None:
    decision = an_extension(cast)
    gaps = missing_from(CONSULTATION_LOG, decision, subject=decision.reference, by=cast["officer"], at=SIGNING)
    assert [gap.meaning for gap in gaps if gap.href == "/decisions/ODR-2027-200/views"] == ["views that were asked for"]


# ── the register of powers, and the report back ──


def test_the_register_of_a_file_names_its_powers_their_limits_and_what_was_signed(app: Flask, cast: Cast) -> None:
    decision = signed(cast)
    file, council = decision.procurement, db.session.scalars(select(Council)).one()
    assert file is not None
    with app.test_request_context():
        paper = issue(DELEGATION_REGISTER, file, by=cast["officer"], at=SIGNING)
        assert paper.about == "PRO-2027-014"
        (source,) = printed(DELEGATION_REGISTER.name)["sources"]
        assert source["title"] == "Cabinet, 13 July 2027, item 92, resolution (v)"
        (power,) = [one for one in source["powers"] if "ward" in one["acts"]]
        assert "ODR-2027-118, signed 19 November 2027" in power["used"] and "In force." in power["life"]
        assert "no limit" in power["limits"] and power["who"] == "Director of Policy and Participation (D. Director)"
        assert issue(DELEGATION_REGISTER, council, by=cast["democratic"], at=SIGNING).about == "council"


def test_nothing_is_reported_back_before_an_award_is_signed(cast: Cast) -> None:
    decision = answered(cast)
    file = decision.procurement
    assert file is not None
    with pytest.raises(HasGaps, match="signed award decision"):
        issue(REPORT_BACK, file, by=cast["officer"], at=SIGNING)


def test_the_report_back_tells_what_was_done_and_what_is_left(cast: Cast) -> None:
    decision = signed(cast)
    file, power = decision.procurement, decision.delegation
    assert file is not None and power is not None and power.resolution is not None
    with act("left tasks", on=power.resolution.meeting, by=TEST, at=SIGNING):
        power.resolution.follow_ups = [
            FollowUp(
                what="Report the result to Cabinet", due_on=days.SIGNING + timedelta(30), post=cast.post(DIRECTOR)
            ),
            FollowUp(what="Publish the timetable", due_on=date(2027, 9, 1)),
            FollowUp(what="Name a lead", done_on=date(2027, 9, 1), outcome="R. Lead is named."),
        ]
    with act("recommended it", on=file, by=TEST, at=SIGNING):
        bid = next(bid for bid in file.only_lot.bids if bid.supplier_id == decision.supplier_id)
        db.session.add(
            Award(
                lot=file.only_lot, bid=bid, decision=decision, value_net=Decimal(450000), value_vat=Decimal(90000),
                value_gross=Decimal(540000),
            )
        )  # fmt: skip
    facts = report_back(file, SIGNING)
    assert not isinstance(facts.report, Gap) and not isinstance(facts.awards, Gap)
    assert facts.report.difference_label == "£126,000 below"
    assert facts.report.consultation_text == "Four posts were consulted. One objected."
    assert facts.awards[0].contract_text == "Not entered into yet"
    assert "Example Trust" not in repr(facts)
    assert wrong_facts(facts) == []
    assert isinstance(facts.follow_ups, tuple)
    assert [one.stands for one in facts.follow_ups] == ["Open", "Late", "Done on 1 September 2027. R. Lead is named."]


def test_the_record_is_issued_anew_once_a_paper_is_kept_from_the_public(app: Flask, cast: Cast) -> None:
    decision = answered(cast)
    assert decision.procurement is not None
    with app.test_request_context():
        paper = issue(DELEGATION_REGISTER, decision.procurement, by=cast["officer"], at=SIGNING)
    demonstration.sign(decision, cast)
    why = "It names people who gave advice in confidence."
    with act("decided about a paper", on=decision, by=TEST, at=SIGNING):
        decision.papers = [
            PaperAccess(
                paper=paper, standing=PaperStanding.EXEMPT, paragraph="3", public_interest=why,
                review_on=date(2028, 4, 1), decided_by=cast["democratic"], decided_at=SIGNING,
            )
        ]  # fmt: skip
    publishing_actions.publish(decision, days.SIGNING, by=cast["democratic"], at=SIGNING + timedelta(hours=1))
    numbers = select(Paper.number).where(Paper.name == OFFICER_DECISION_RECORD.name).order_by(Paper.number)
    assert list(db.session.scalars(numbers)) == [1, 2]
    facts = printed(OFFICER_DECISION_RECORD.name)["decision"]
    assert facts["papers"][0]["where"] == "Not published: exempt, paragraph 3"
    assert facts["withheld"][-1]["text"].endswith(f"{why} This is looked at again by 1 April 2028.")


def test_a_signed_decision_can_always_be_recorded_even_on_a_contract_without_a_file(cast: Cast) -> None:
    decision = an_extension(cast)
    with act("signed it without more words", on=decision, by=TEST, at=SIGNING):
        decision.procurement, decision.financial_text, decision.equality_text = None, "", ""
        decision.act, decision.max_months = ActKind.VARY, None
        decision.alternatives = [Alternative(name="To leave it", reason="It would stop.")]
        decision.state, decision.signed_at, decision.signed_by = DecisionState.SIGNED, SIGNING, cast["director"]
        decision.digest, decision.maker_interest = "0" * 64, Interest.NONE
    paper = issue(OFFICER_DECISION_RECORD, decision, subject=decision.reference, by=cast["officer"], at=SIGNING)
    assert paper.about == "ODR-2027-200"
    facts = printed(OFFICER_DECISION_RECORD.name)
    assert facts["decision"]["equality_text"] == "No assessment is on record."
    assert facts["decision"]["wards_label"] == "None is named"
    assert facts["value"]["term_label"] == "no term is stated"
