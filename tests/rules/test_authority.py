"""May this act be done, by this person, on this day? The cases B1 to B9 of the domain, and the ways round them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from procure.authority.rules import (
    ActKind,
    Answer,
    Consulted,
    DecisionFacts,
    DecisionStanding,
    DecisionState,
    Interest,
    Power,
    Question,
    ResolutionKind,
    Signer,
    View,
    decision_checks,
    may_act,
)
from procure.procurement.rules import FileFacts, State

DIRECTOR = "Director of Policy and Participation"
COMMUNITY = "Cabinet Member for Community Leadership and Engagement"
CARE = "Cabinet Member for Social Care and Health Integration"
FINANCE = "Chief Operating Officer"
LAW = "Director of Law and Governance"
FOUR = (COMMUNITY, CARE, FINANCE, LAW)
DUE, SIGNING = date(2027, 11, 18), date(2027, 11, 19)


def the_power(**changes: object) -> Power:
    """The award row under resolution (v) of item 92, with the report's limits."""
    row = Power(
        source="Cabinet, 13 July 2027, item 92, resolution (v)", giver="Cabinet", act=ActKind.AWARD, post=DIRECTOR,
        consultees=FOUR, resolution_kind=ResolutionKind.DELEGATE, numeral="(v)", in_force_from=date(2027, 7, 26),
        max_value_gross=Decimal("666000"), max_months=60, counterparty="the successful partner",
    )  # fmt: skip
    return replace(row, **changes)  # type: ignore[arg-type]


def content(post: str, **changes: object) -> Consulted:
    return replace(Consulted(post, DUE, view=View.CONTENT, interest=Interest.NONE), **changes)  # type: ignore[arg-type]


def the_question(**changes: object) -> Question:
    """The director asks to award on 19 November 2027; all four are content."""
    question = Question(
        act=ActKind.AWARD, day=SIGNING, power=the_power(), signer=Signer(holds_post=True, interest=Interest.NONE),
        post=DIRECTOR, consulted=tuple(content(post) for post in FOUR), value_gross=Decimal("540000"), max_months=60,
        other_party="Example Alliance", is_successful_bidder=True,
    )  # fmt: skip
    return replace(question, **changes)  # type: ignore[arg-type]


def with_view(post: str, **changes: object) -> tuple[Consulted, ...]:
    return tuple(content(one, **changes) if one == post else content(one) for one in FOUR)


def sentences(answer: Answer) -> list[str]:
    return [why.sentence for why in answer.reasons]


def test_all_four_content_and_within_limits_may_be_signed() -> None:
    answer = may_act(the_question())
    assert answer.allowed and answer.warnings == ()
    assert answer.chain == (
        "Cabinet, 13 July 2027, item 92, resolution (v): to the Director of Policy and Participation, who awards after "
        "consulting four posts; in force from 26 July 2027."
    )


def test_b1_three_of_four_answered_names_the_one_who_has_not() -> None:
    answer = may_act(the_question(consulted=with_view(CARE, view=None, interest=None)))
    assert sentences(answer) == [f"The {CARE} hasn’t replied."]
    assert answer.reasons[0].who_can.startswith("The case officer can chase the reply, or record a substitute")
    assert answer.obstacles


def test_b1_a_post_that_was_never_asked_is_named() -> None:
    asked = tuple(content(post) for post in FOUR if post != LAW)
    assert sentences(may_act(the_question(consulted=asked))) == [f"The {LAW} hasn’t been asked."]


def test_b2_one_objection_may_be_signed_with_a_reason() -> None:
    against = with_view(CARE, view=View.OBJECTS, is_answered_by_officer=True)
    without = may_act(the_question(consulted=against))
    assert sentences(without) == ["Say why you go ahead despite the objection."]
    assert without.reasons[0].field == "objection_reason" and not without.obstacles
    assert may_act(the_question(consulted=against, objection_reason="Both places are in the bid.")).allowed


def test_b2_the_council_may_say_that_an_objection_goes_back() -> None:
    against = with_view(CARE, view=View.OBJECTS)
    answer = may_act(the_question(consulted=against, objection_reason="All the same.", objection_refers_back=True))
    assert not answer.allowed and answer.obstacles
    assert "Under this council’s rules the decision goes back" in answer.reasons[0].sentence


def test_two_objections_are_counted_and_both_are_warned_of_while_unanswered() -> None:
    against = tuple(content(post, view=View.OBJECTS) if post in (CARE, FINANCE) else content(post) for post in FOUR)
    answer = may_act(the_question(consulted=against))
    assert sentences(answer) == ["Say why you go ahead despite the two objections."]
    assert len(answer.warnings) == 2


def test_b4_a_consultee_with_an_interest_needs_a_dispensation_or_a_substitute() -> None:
    answer = may_act(the_question(consulted=with_view(CARE, interest=Interest.DECLARED)))
    assert sentences(answer) == [f"The {CARE} declared an interest. No dispensation or substitute is recorded."]
    granted = with_view(CARE, interest=Interest.DECLARED, dispensation="Chief Executive, 17 November 2027")
    assert may_act(the_question(consulted=granted)).allowed
    assert may_act(the_question(consulted=with_view(CARE, substitute="Leader of the Council"))).allowed


def test_a_substitute_who_has_not_answered_is_named_with_the_post() -> None:
    waiting = with_view(CARE, view=None, interest=None, substitute="Leader of the Council")
    assert sentences(may_act(the_question(consulted=waiting))) == [
        f"The Leader of the Council, for the {CARE}, hasn’t replied."
    ]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"has_scored": True}, "You scored or moderated these bids, so you can’t decide on them."),
        ({"has_prepared": True}, "You prepared this decision, so you can’t sign it."),
        ({"has_advised": True}, "You gave a view or comments on this, so you can’t decide it as well."),
        ({"has_declared": True}, "You have declared an interest in this decision, so you can’t decide it."),
        (
            {"interest": Interest.DECLARED},
            "You have declared an interest, so you can’t decide. Return it to the officer.",
        ),
        ({"interest": None}, "Say whether you have an interest in this decision."),
        ({"holds_post": False}, f"You don’t hold the post of {DIRECTOR}."),
        ({"is_deputy": True}, "You are recorded as deputy, but without the written authority to decide."),
    ],
    ids=[
        "B5", "prepared", "advised", "declared before", "conflicted", "undeclared", "another post",
        "deputy without authority",
    ],
)  # fmt: skip
def test_b5_who_scored_prepared_or_is_conflicted_does_not_sign(changes: dict[str, object], sentence: str) -> None:
    signer = replace(Signer(holds_post=True, interest=Interest.NONE), **changes)  # type: ignore[arg-type]
    answer = may_act(the_question(signer=signer))
    assert sentences(answer) == [sentence]
    assert answer.reasons[0].is_personal


def test_a_deputy_with_written_authority_may_sign() -> None:
    deputy = Signer(holds_post=True, is_deputy=True, written_authority="Scheme, 2.6", interest=Interest.NONE)
    assert may_act(the_question(signer=deputy)).allowed


def test_a_vacant_post_can_sign_nothing() -> None:
    answer = may_act(the_question(signer=None))
    assert sentences(answer) == [f"Nobody holds the post of {DIRECTOR}."]
    assert "administrator" in answer.reasons[0].who_can and not answer.reasons[0].is_personal


def test_b6_a_resolution_that_notes_gives_nothing() -> None:
    power = the_power(resolution_kind=ResolutionKind.NOTE, numeral="(ii)", act=ActKind.PROCURE)
    answer = may_act(the_question(act=ActKind.PROCURE, power=power))
    assert "Resolution (ii) only notes something. It gives nobody a power to act." in sentences(answer)


@pytest.mark.parametrize("kind", [ResolutionKind.APPROVE_POLICY, ResolutionKind.RING_FENCE, ResolutionKind.OTHER])
def test_only_a_resolution_that_delegates_gives_a_power(kind: ResolutionKind) -> None:
    answer = may_act(the_question(power=the_power(resolution_kind=kind)))
    assert sentences(answer) == ["Resolution (v) doesn’t delegate. It gives nobody a power to award."]


def test_no_row_for_the_act_means_no_authority() -> None:
    answer = may_act(the_question(act=ActKind.EXTEND, power=None))
    assert sentences(answer) == ["Nobody has been given the power to extend on this file."]


@pytest.mark.parametrize(
    ("day", "allowed"),
    [(date(2027, 7, 23), False), (date(2027, 7, 25), False), (date(2027, 7, 26), True)],
    ids=["last day of call-in", "day before it is in force", "first day in force"],
)
def test_b7_nothing_before_the_call_in_has_ended(day: date, allowed: bool) -> None:
    power = the_power(effect="Members can call it in until the end of Friday 23 July 2027.")
    answer = may_act(the_question(day=day, power=power))
    assert answer.allowed is allowed
    if not allowed:
        assert "isn’t in force yet" in answer.reasons[0].sentence and "23 July 2027" in answer.reasons[0].sentence


def test_nothing_while_a_decision_is_called_in() -> None:
    power = the_power(is_stopped=True, effect="It was called in on Thursday 22 July 2027.")
    assert sentences(may_act(the_question(power=power))) == [
        "This power isn’t in force. It was called in on Thursday 22 July 2027."
    ]


@pytest.mark.parametrize(
    ("changes", "day", "allowed"),
    [
        ({"until_on": SIGNING}, SIGNING, True),
        ({"until_on": date(2027, 11, 18)}, SIGNING, False),
        ({"superseded_on": date(2027, 11, 20)}, SIGNING, True),
        ({"superseded_on": SIGNING}, SIGNING, False),
        ({"other_file": "PRO-2027-002"}, SIGNING, False),
    ],
    ids=["last day", "day after", "replaced tomorrow", "replaced today", "another purchase"],
)
def test_a_power_has_a_life_and_a_purpose(changes: dict[str, object], day: date, allowed: bool) -> None:
    assert may_act(the_question(day=day, power=the_power(**changes))).allowed is allowed


@pytest.mark.parametrize(
    ("value", "allowed"),
    [(Decimal("665999.99"), True), (Decimal("666000.00"), True), (Decimal("666000.01"), False)],
)
def test_b8_a_penny_over_the_limit_is_refused(value: Decimal, allowed: bool) -> None:
    answer = may_act(the_question(value_gross=value))
    assert answer.allowed is allowed
    if not allowed:
        assert sentences(answer) == ["£666,000.01 including VAT is more than the £666,000.00 this power allows."]


@pytest.mark.parametrize(("months", "allowed"), [(60, True), (61, False)])
def test_a_month_over_the_term_is_refused(months: int, allowed: bool) -> None:
    assert may_act(the_question(max_months=months)).allowed is allowed


@pytest.mark.parametrize(
    ("limits", "lacking"),
    [
        ({"max_value_gross": None}, "value"),
        ({"max_months": None}, "term"),
        ({"max_value_gross": None, "max_months": None}, "value or term"),
    ],
)
def test_b8_a_missing_limit_never_passes_silently(limits: dict[str, object], lacking: str) -> None:
    power = the_power(**limits)
    answer = may_act(the_question(power=power))
    assert sentences(answer) == [
        f"The power states no limit on {lacking}. Legal hasn’t confirmed what may be committed."
    ]
    confirmed = may_act(the_question(power=power, limit_confirmation="£666,000, from the report."))
    assert confirmed.allowed
    said = f"The power states no limit on {lacking}. Legal confirms: £666,000, from the report."
    assert confirmed.warnings == (said,)


def test_a_decision_without_a_value_commits_nobody_knows_what() -> None:
    assert sentences(may_act(the_question(value_gross=None))) == ["The decision states no value."]


def test_ending_a_contract_needs_no_limit() -> None:
    power = the_power(act=ActKind.TERMINATE, max_value_gross=None, max_months=None)
    assert may_act(the_question(act=ActKind.TERMINATE, power=power, value_gross=None)).allowed


def test_b9_an_ancillary_agreement_is_only_for_the_successful_partner() -> None:
    power = the_power(act=ActKind.ANCILLARY)
    answer = may_act(
        the_question(act=ActKind.ANCILLARY, power=power, other_party="Example Trust", is_successful_bidder=False)
    )
    assert sentences(answer) == ["Example Trust isn’t “the successful partner”, so this is outside the power."]
    assert may_act(the_question(act=ActKind.ANCILLARY, power=power)).allowed


@pytest.mark.parametrize("act", [ActKind.ENTER, ActKind.EXTEND, ActKind.VARY, ActKind.PROCURE])
def test_a_power_to_award_is_a_power_to_do_nothing_else(act: ActKind) -> None:
    assert sentences(may_act(the_question(act=act)))[0] == (
        f"This is a power to award. It isn’t a power to {act.label}."
    )


@pytest.mark.parametrize(
    ("chased", "day", "reason", "advice", "allowed"),
    [
        (True, date(2027, 11, 19), "It can’t wait.", "It need not wait.", True),
        (True, date(2027, 11, 18), "It can’t wait.", "It need not wait.", False),
        (False, date(2027, 11, 19), "It can’t wait.", "It need not wait.", False),
        (True, date(2027, 11, 19), "", "It need not wait.", False),
        (True, date(2027, 11, 19), "It can’t wait.", "", False),
    ],
    ids=["all there", "the last day to answer", "never chased", "no reason", "no advice"],
)
def test_silence_needs_the_day_past_a_chase_a_reason_and_advice(
    chased: bool, day: date, reason: str, advice: str, allowed: bool
) -> None:
    silent = with_view(CARE, view=None, interest=None, is_chased=chased)
    answer = may_act(the_question(consulted=silent, day=day, silence_reason=reason, silence_advice=advice))
    assert answer.allowed is allowed
    if allowed:
        assert answer.warnings == (
            f"The {CARE} didn’t answer by Thursday 18 November 2027. The decision is taken without that view.",
        )


def test_every_sentence_is_short_enough_to_read_once() -> None:
    worst = the_question(
        power=the_power(superseded_on=DUE, until_on=DUE, other_file="PRO-2027-002", is_stopped=True, max_months=12),
        consulted=with_view(CARE, interest=Interest.DECLARED), value_gross=Decimal("999999.99"),
        is_successful_bidder=False, signer=Signer(
            holds_post=False, is_deputy=True, has_prepared=True, has_scored=True, interest=Interest.DECLARED
        ),
    )  # fmt: skip
    answer = may_act(worst)
    assert len(answer.reasons) > 9
    for sentence in (part for why in answer.reasons for part in why.sentence.split(". ")):
        assert len(sentence.split()) <= 25, sentence


def standing(**changes: object) -> FileFacts:
    whole = DecisionStanding(
        ActKind.AWARD, "ODR-2027-118", DecisionState.CONSULTING, DIRECTOR, consultee_count=4, is_asked=True
    )
    return FileFacts([DecisionFacts((replace(whole, **changes),))])  # type: ignore[arg-type]


def states(facts: FileFacts) -> dict[str, State]:
    return {check.name: check.state for check in decision_checks(facts, SIGNING)}


def test_without_a_decision_the_first_task_is_to_prepare_it() -> None:
    checks = decision_checks(FileFacts([DecisionFacts()]), SIGNING)
    assert [check.state for check in checks] == [State.NOT_STARTED, State.CANNOT_START]
    assert checks[0].page == "authority.award_prepare"


def test_a_decision_out_for_views_says_who_has_not_replied() -> None:
    facts = standing(unanswered=(CARE,))
    assert states(facts)["Ask the consultees"] is State.IN_PROGRESS
    refusals = [check.refusal for check in decision_checks(facts, SIGNING) if check.refusal]
    assert f"The {CARE} hasn’t replied." in refusals


def test_a_signed_decision_is_still_to_be_published() -> None:
    facts = standing(state=DecisionState.SIGNED, signed_on=SIGNING)
    assert states(facts)["Publish the decision"] is State.NOT_STARTED
    published = standing(state=DecisionState.SIGNED, signed_on=SIGNING, published_on=date(2027, 11, 22))
    assert all(check.is_done for check in decision_checks(published, SIGNING))


def test_an_unanswered_objection_and_an_open_limit_are_tasks() -> None:
    found = states(standing(objecting=1, objections_to_answer=(CARE,), has_no_limit=True, uncleared=("Finance",)))
    assert found["Answer the objection"] is State.NOT_STARTED
    assert found["Confirm the limit"] is State.NOT_STARTED
    assert found["Finance and legal comments"] is State.IN_PROGRESS
