"""Powers at work: an act other than an award, the word that conditions are met, and what a decision is used for."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import select

from procure.audit.actions import Machine, act
from procure.authority import (
    actions,
    assuring_actions,
    call_in_actions,
    publishing_actions,
    signing_actions,
    use_actions,
)
from procure.authority.consulting_actions import give_clearance
from procure.authority.mandate import mandate_of, sentence_of
from procure.authority.models import Assurance, Decision, Delegation, Resolution
from procure.authority.preparing_actions import NotSaid, OutsideThePower, Wanted, prepare_for
from procure.authority.preparing_facts import ON_A_CONTRACT, ON_A_FILE, offers_for
from procure.authority.question import answer_about, question_about
from procure.authority.rules import ActKind, AssuranceOf, DecisionState, Interest, ResolutionKind, UseKind
from procure.authority.signature import broken
from procure.authority.signing_actions import sign
from procure.contract.actions import record_contract
from procure.contract.ending import use_option, value_of_option
from procure.contract.models import Contract
from procure.contract.power import decisions_on, may_extend
from procure.demonstration import authority as demonstration
from procure.demonstration import days
from procure.demonstration.cast import DIRECTOR, MANAGER, Cast
from procure.demonstration.days import at
from procure.extensions import db
from procure.law.money import with_vat
from procure.refusals import Refusal
from procure.suppliers.models import Supplier
from tests.actions.test_authority import drafted, refusals_on_record, with_the_director
from tests.an_award import a_lot_to_award

CONDITION = (AssuranceOf.CONDITION, "In line with the priorities of the Strategy")
LATER = at(date(2027, 12, 6))


def signed(cast: Cast) -> Decision:
    decision = with_the_director(cast)
    demonstration.sign(decision, cast)
    return decision


def said(refused: pytest.ExceptionInfo[Refusal]) -> str:
    return f"{refused.value.sentence} {refused.value.who_can}"


# ── conditions ──


def test_a_condition_that_nobody_speaks_to_keeps_the_decision(cast: Cast) -> None:
    decision = drafted(cast)
    kept = [why for why in actions.what_keeps_it(decision, days.PREPARED) if why.page == "authority.conditions"]
    assert [why.sentence for why in kept] == [f"Nobody has said how this condition is met: “{CONDITION[1]}”."]
    with pytest.raises(assuring_actions.HowNeeded) as refused:
        assuring_actions.assure(decision, {CONDITION: " "}, by=cast["officer"], at=at(days.PREPARED))
    assert refused.value.field == "how_0" and db.session.scalars(select(Assurance)).all() == []
    with pytest.raises(actions.NotYours):
        assuring_actions.assure(decision, {CONDITION: "It is."}, by=cast["director"], at=at(days.PREPARED))
    assuring_actions.assure(
        decision, {CONDITION: "It serves priorities 1 and 3."}, by=cast["officer"], at=at(days.PREPARED)
    )
    assert not [w for w in actions.what_keeps_it(decision, days.PREPARED) if w.page == "authority.conditions"]
    assert [one.given_by for one in decision.assurances] == [cast["officer"]]


def test_an_assurance_falls_with_the_matter_and_stands_with_the_words(cast: Cast) -> None:
    decision = drafted(cast)
    demonstration.say_how_conditions_are_met(decision, cast)
    actions.correct(decision, by=cast["officer"], at=at(days.PREPARED), summary="In other words.")
    assert len(decision.assurances) == 1
    actions.correct(
        decision, by=cast["officer"], at=at(days.PREPARED), value_net=Decimal(451000), value_gross=Decimal(541200)
    )
    assert decision.assurances == []


def test_the_signature_covers_what_was_said_of_conditions(cast: Cast) -> None:
    decision = signed(cast)
    assert broken(decision) == []
    with act("renamed a post and a person", on="council", by=Machine("test"), at=LATER):
        cast.post(DIRECTOR).name, cast["director"].name = "Director of Communities", "D. Newname"
    assert broken(decision) == []
    with act("changed it behind the signature", on=decision, by=Machine("test"), at=LATER):
        decision.assurances[0].how = "It is not."
    assert broken(decision)
    with pytest.raises(use_actions.CannotBeUsed, match="isn’t what was signed"):
        use_actions.record_use(
            decision,
            UseKind.AWARD,
            what="Announced",
            about="PRO-2027-014",
            on=LATER.date(),
            by=cast["officer"],
            at=LATER,
        )
    with pytest.raises(actions.NotNow):
        assuring_actions.assure(decision, {CONDITION: "Later."}, by=cast["officer"], at=LATER)


# ── other acts ──


def ancillary(cast: Cast, lot: object, supplier: Supplier) -> Decision:
    wanted = Wanted(
        ActKind.ANCILLARY, ("A lease of the rooms.",), with_vat(Decimal(1000), Decimal(20)), other_party=supplier
    )
    return prepare_for(wanted, lot=lot, by=cast["officer"], at=LATER)  # type: ignore[arg-type]


def test_b9_an_ancillary_agreement_with_another_company_is_refused_and_recorded(cast: Cast) -> None:
    lot = signed(cast).lot
    assert lot is not None
    by_name = {bid.supplier.name: bid.supplier for bid in lot.bids}
    with pytest.raises(OutsideThePower) as refused:
        ancillary(cast, lot, by_name["Example Trust"])
    assert refused.value.sentence == "Example Trust isn’t “the successful partner”, so this is outside the power."
    assert refused.value.field == "supplier_id" and "Cabinet can give a wider power" in said(refused)
    assert len(db.session.scalars(select(Decision)).all()) == 1
    assert "“the successful partner”" in (refusals_on_record()[-1].note or "")
    decision = ancillary(cast, lot, by_name["Example Alliance"])
    assert decision.title == "Enter into an ancillary agreement with Example Alliance"
    assert decision.reasons.endswith("support: A lease of the rooms.")
    assert question_about(decision, LATER.date(), None).other_lots_gross == Decimal(540000)
    missing = [why.sentence for why in answer_about(decision, LATER.date()).reasons]
    assert sum("hasn’t been asked" in one for one in missing) == 4


def test_b6_a_row_under_a_note_gives_nothing(cast: Cast) -> None:
    decision = with_the_director(cast)
    resolution = decision.delegation.resolution  # type: ignore[union-attr]
    with act("read the resolution again", on=resolution, by=Machine("test"), at=at(days.SIGNING)):
        resolution.kind, resolution.numeral = ResolutionKind.NOTE, "(ii)"
    with pytest.raises(Refusal) as refused:
        demonstration.sign(decision, cast)
    assert "Resolution (ii) only notes something. It gives nobody a power to act." in said(refused)
    assert decision.state is DecisionState.SENT and refusals_on_record()


def test_b7_a_power_that_takes_effect_tomorrow_can_t_be_used_today(cast: Cast) -> None:
    decision = with_the_director(cast)
    meeting = db.session.scalars(select(Resolution)).one().meeting
    with act("published it later", on=meeting, by=Machine("test"), at=at(days.SIGNING)):
        meeting.published_on = date(2027, 11, 12)
    with pytest.raises(Refusal) as refused:
        demonstration.sign(decision, cast)
    assert "This power isn’t in force yet." in said(refused) and "November 2027" in said(refused)


def test_each_act_says_who_decides_it_or_who_could_give_the_power(cast: Cast) -> None:
    file = a_lot_to_award(cast).procurement
    offers = {one.act: one for one in offers_for((*ON_A_FILE, *ON_A_CONTRACT), file, days.PREPARED)}
    assert offers[ActKind.ENTER].post == offers[ActKind.ANCILLARY].post == DIRECTOR
    assert offers[ActKind.ENTER].source == "Cabinet, 13 July 2027, item 92, resolution (v)"
    assert not offers[ActKind.EXTEND].is_open
    assert offers[ActKind.EXTEND].why_not == "Nobody has been given the power to extend this contract."
    assert offers[ActKind.EXTEND].who_could == "Democratic services can record the resolution that gives it."
    early = offers_for([ActKind.ENTER], file, date(2027, 7, 20))[0]
    assert early.is_open and "isn’t in force yet" in early.why_not


@pytest.mark.parametrize(
    ("wanted", "field"),
    [
        (Wanted(ActKind.ANCILLARY, ("A lease.",)), "supplier_id"),
        (Wanted(ActKind.OTHER), "words"),
        (Wanted(ActKind.EXTEND), "months"),
    ],
)
def test_what_an_act_is_judged_by_has_to_be_said(cast: Cast, wanted: Wanted, field: str) -> None:
    with pytest.raises(NotSaid) as refused:
        prepare_for(wanted, lot=a_lot_to_award(cast), by=cast["officer"], at=LATER)
    assert refused.value.field == field


# ── uses ──


def test_nothing_is_done_under_a_key_decision_while_members_can_call_it_in(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(signing_actions, "why_not_noticed", lambda *_, **__: None)  # notice has tests of its own
    decision = with_the_director(cast)
    with act("made it key", on=decision, by=Machine("test"), at=at(days.SIGNING)):
        decision.is_key = True
    demonstration.sign(decision, cast)
    award = {"what": "Award announced", "about": decision.lot.reference, "by": cast["officer"]}  # type: ignore[union-attr]
    with pytest.raises(use_actions.CannotBeUsed, match="isn’t published yet"):
        use_actions.record_use(decision, UseKind.AWARD, on=date(2027, 11, 22), at=at(date(2027, 11, 22)), **award)
    demonstration.decide_about_papers(decision, cast)
    publishing_actions.publish(decision, date(2027, 11, 22), by=cast["democratic"], at=at(date(2027, 11, 22)))
    with pytest.raises(use_actions.CannotBeUsed) as refused:
        use_actions.record_use(decision, UseKind.AWARD, on=date(2027, 11, 23), at=at(date(2027, 11, 23)), **award)
    assert "can call it in until" in said(refused) and "Nobody can shorten this time." in said(refused)
    call_in_actions.call_in(
        decision, on=date(2027, 11, 24), because="Marks Gate.", by=cast["democratic"], at=at(date(2027, 11, 24))
    )
    with pytest.raises(use_actions.CannotBeUsed) as refused:
        use_actions.record_use(decision, UseKind.AWARD, on=date(2027, 12, 6), at=LATER, **award)
    assert "Scrutiny decides on the call-in." in said(refused)
    assert decision.uses == [] and len(refusals_on_record()) == 3


def test_a_use_is_written_once_and_stands_in_the_chain(app: Flask, cast: Cast) -> None:
    decision = signed(cast)
    demonstration.publish(decision, cast)
    with app.test_request_context():
        assert mandate_of(decision, days.SIGNING).links[-1].is_done is False
    for _ in range(2):
        use_actions.record_use(
            decision, UseKind.AWARD, what="Award announced to Example Alliance", about="PRO-2027-014",
            on=date(2027, 11, 23), by=cast["officer"], at=at(date(2027, 11, 23)),
        )  # fmt: skip
    assert [use.what for use in decision.uses] == ["Award announced to Example Alliance"]
    with app.test_request_context():
        chain = mandate_of(decision, LATER.date())
    assert chain.links[-1].sentence == "Award announced to Example Alliance, 23 November 2027."
    assert len(chain.sentence.split()) <= 70 and chain.sentence.count(".") == 1
    assert chain.sentence.startswith(
        "On 13 July 2027 Cabinet, in item 92, resolution (v), gave the Director of Policy and Participation the power “"
    )
    assert "one objected; and on 19 November 2027 the Director" in chain.sentence
    with pytest.raises(use_actions.UseRefused, match="records itself"):
        use_actions.say_use(decision, what="Again", about="", on=LATER.date(), by=cast["officer"], at=LATER)


# ── a contract that came from no file ──


def an_old_contract(cast: Cast) -> Contract:
    with act("took over a supplier", on="suppliers", by=Machine("test"), at=LATER):
        supplier = Supplier(name="Smith & Sons <Ltd>")
        db.session.add(supplier)
        db.session.flush()
    return record_contract(
        title="Grounds maintenance", supplier=supplier, manager_post=cast.post(MANAGER), starts_on=date(2026, 4, 1),
        ends_on=date(2029, 3, 31), value_net=Decimal(60000), vat_percent=Decimal(20), option_months=(12,),
        by=cast["manager"], at=LATER,
    )  # fmt: skip


def a_row_of_the_scheme(cast: Cast, kind: ActKind, most: int) -> Delegation:
    with act("adopted a paragraph", on="council", by=Machine("test"), at=LATER):
        row = Delegation(
            act=kind, post=cast.post(MANAGER).next_up or cast.post(MANAGER), scheme_paragraph="Part 3, paragraph 4.3",
            scheme_words="To extend contracts.", max_value_gross=Decimal(most), max_months=24, from_on=date(2024, 4, 1),
        )  # fmt: skip
        db.session.add(row)
        db.session.flush()
    return row


def test_a_contract_without_a_file_is_extended_by_its_own_decision(app: Flask, cast: Cast) -> None:
    contract = an_old_contract(cast)
    option, on = contract.options[0], LATER.date()
    added = value_of_option(option)
    assert not may_extend(contract, added.gross, 12, on).allowed
    row = a_row_of_the_scheme(cast, ActKind.EXTEND, 24000)
    why = may_extend(contract, added.gross, 12, on)
    assert [one.sentence for one in why.reasons] == ["The decision to extend hasn’t been signed."] and why.who_could
    wanted = Wanted(ActKind.EXTEND, ("It works well.",), added, 12, date(2030, 3, 31), by_option=True)
    decision = prepare_for(wanted, contract=contract, by=cast["officer"], at=LATER)
    assert (decision.procurement, decision.contract, decision.post) == (None, contract, row.post)
    assert decision.total_gross == contract.full_gross == Decimal("96000.00")
    assert decision.points == "Extend the contract " + contract.reference + (
        " by one year, to 31 March 2030. It adds £24,000 including VAT."
    )
    actions.correct(decision, summary="A year more.", by=cast["officer"], at=LATER)
    for one in decision.clearances:
        give_clearance(one, "Within the budget.", by=one.post.holder_on(on), at=LATER)  # type: ignore[arg-type]
    actions.send_to_decider(decision, by=cast["officer"], at=LATER)
    signer = row.post.holder_on(on)
    assert signer is not None
    sign(decision, interest=Interest.NONE, by=signer, at=LATER)
    demonstration.decide_about_papers(decision, cast)
    publishing_actions.publish(decision, on, by=cast["democratic"], at=LATER)
    assert may_extend(contract, added.gross, 12, on).allowed
    use_option(option, because="Still needed", performance="On target", by=cast["manager"], at=LATER)
    assert contract.ends_on == date(2030, 3, 31) and option.decision is decision
    assert [use.kind for use in decision.uses] == [UseKind.EXTENSION] and decisions_on(contract) == [decision]
    with app.test_request_context():
        assert "Smith & Sons <Ltd>" in sentence_of(decision, on)


def test_a_decision_for_less_doesn_t_cover_more(cast: Cast) -> None:
    contract = an_old_contract(cast)
    a_row_of_the_scheme(cast, ActKind.EXTEND, 24000)
    with act("signed a smaller one", on=contract, by=Machine("test"), at=LATER):
        db.session.add(
            Decision(
                reference="ODR-2027-900", title="Extend", act=ActKind.EXTEND, state=DecisionState.SIGNED,
                contract=contract,
                post=cast.post(DIRECTOR), prepared_by=cast["officer"], prepared_at=LATER, signed_at=LATER,
                signed_by=cast["director"], digest="0" * 64, value_net=Decimal(10000), value_gross=Decimal(12000),
            )
        )  # fmt: skip
    answer = may_extend(contract, Decimal("24000.00"), 12, LATER.date())
    assert [why.sentence for why in answer.reasons] == [
        "ODR-2027-900 allows £12,000.00 including VAT. This adds £24,000.00."
    ]
