"""What each resolution allows for each act, how each consultee binds, and what makes no answer better."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procure.authority.rules import (
    ActKind,
    Answer,
    AssuranceOf,
    Assured,
    ConsultationMode,
    Consulted,
    Interest,
    Power,
    Question,
    ResolutionKind,
    ResolutionStatus,
    Signer,
    View,
    Why,
    may_act,
)
from procure.demonstration import item_92
from tests.rules.test_authority import CARE, DIRECTOR, DUE, FOUR, SIGNING, content, sentences, the_power, the_question

SCOPE, CONDITION = "social infrastructure support", "in line with the priorities set out in the strategy"
GIVEN_BY_V = (ActKind.PROCURE, ActKind.AWARD, ActKind.ENTER, ActKind.ANCILLARY)
LIMIT = "£666,000 and five years, from the report."


def as_minuted(act: ActKind) -> Power:
    """Resolution (v) as the minute has it: no value and no term, with its scope and its condition."""
    return the_power(act=act, max_value_gross=None, max_months=None, scope=SCOPE, conditions=CONDITION)


ASSURED = (
    Assured(AssuranceOf.SCOPE, SCOPE, "It is what the specification asks."),
    Assured(AssuranceOf.CONDITION, CONDITION, "It serves the first and third priorities."),
)


def under(power: Power | None, act: ActKind, **changes: object) -> Answer:
    return may_act(the_question(act=act, power=power, assured=ASSURED, limit_confirmation=LIMIT, **changes))


# ── the seeds: item 92, five resolutions; Havering's one ──

ITEM_92 = {
    "(i)": ResolutionKind.APPROVE_POLICY,
    "(ii)": ResolutionKind.NOTE,
    "(iii)": ResolutionKind.RING_FENCE,
    "(iv)": ResolutionKind.APPROVE_PROCUREMENT,
    "(v)": ResolutionKind.DELEGATE,
}


def test_the_five_resolutions_of_item_92_are_those_of_the_minute() -> None:
    assert len(item_92.RESOLUTIONS) == len(ITEM_92)
    assert (
        "consultation with" in item_92.RESOLUTIONS[4]
        and "Director of Policy and Participation" in (item_92.RESOLUTIONS[4])
    )


@pytest.mark.parametrize("act", ActKind, ids=lambda act: act.value)
@pytest.mark.parametrize("numeral", ITEM_92)
def test_what_a_resolution_of_item_92_allows(numeral: str, act: ActKind) -> None:
    power = replace(as_minuted(act), resolution_kind=ITEM_92[numeral], numeral=numeral)
    if numeral == "(v)" and act not in GIVEN_BY_V:
        answer = under(None, act)
        assert sentences(answer) == [f"Nobody has been given the power to {act.label} on this file."]
    elif numeral == "(v)":
        assert under(power, act).allowed
        return
    else:
        answer = under(power, act)
        only = "only notes something" if numeral == "(ii)" else "doesn’t delegate"
        assert f"Resolution {numeral} {only}" in sentences(answer)[0]
    assert not answer.allowed and answer.who_could


@pytest.mark.parametrize("act", ActKind, ids=lambda act: act.value)
def test_what_havering_resolved_allows_nobody_to_do_anything(act: ActKind) -> None:
    answer = under(replace(as_minuted(act), resolution_kind=ResolutionKind.APPROVE_POLICY, numeral="1"), act)
    assert f"Resolution 1 doesn’t delegate. It gives nobody a power to {act.label}." in sentences(answer)


@pytest.mark.parametrize(
    ("given", "asked"), [(one, two) for one in GIVEN_BY_V for two in ActKind if one is not two],
    ids=lambda act: act.value,
)  # fmt: skip
def test_a_row_for_one_act_is_none_for_another(given: ActKind, asked: ActKind) -> None:
    answer = under(as_minuted(given), asked)
    assert f"This is a power to {given.label}. It isn’t a power to {asked.label}." in sentences(answer)


# ── how a consultee binds ──

ANSWERS: dict[str, dict[str, object]] = {
    "content": {},
    "comments": {"view": View.COMMENTS},
    "objects": {"view": View.OBJECTS, "is_answered_by_officer": True},
    "silent": {"view": None, "interest": None, "is_chased": True},
}
SETTLED = {
    "silence_reason": "It can’t wait.",
    "silence_advice": "It need not.",
    "objection_reason": "It is in the bid.",
}


@pytest.mark.parametrize("said", ANSWERS)
@pytest.mark.parametrize("mode", ConsultationMode, ids=lambda mode: mode.value)
def test_a_view_is_weighed_and_an_agreement_is_needed(mode: ConsultationMode, said: str) -> None:
    modes = tuple(mode if post == CARE else ConsultationMode.CONSULT for post in FOUR)
    views = tuple(content(post, **ANSWERS[said]) if post == CARE else content(post) for post in FOUR)
    answer = may_act(the_question(power=the_power(modes=modes), consulted=views, **SETTLED))
    binds = mode not in (ConsultationMode.CONSULT, ConsultationMode.FOLLOWING)
    assert answer.allowed is (not binds or said == "content")
    if not answer.allowed:
        assert f"This power may be used only {mode.label} that post." in answer.reasons[0].sentence
        assert answer.reasons[0].who_can and answer.obstacles


def test_who_must_agree_and_has_an_interest_needs_a_dispensation() -> None:
    power = the_power(modes=(ConsultationMode.AGREE,) * 4)
    views = tuple(content(post, interest=Interest.DECLARED) if post == CARE else content(post) for post in FOUR)
    assert "declared an interest" in sentences(may_act(the_question(power=power, consulted=views)))[0]


# ── who signs ──


@pytest.mark.parametrize(
    ("changes", "nominates", "refusal"),
    [
        ({"is_cover": True, "written_authority": "Constitution, 3.4"}, False, ""),
        ({"is_cover": True}, False, "You cover this post, but without the written authority to decide."),
        ({"is_cover": True}, True, ""),
        ({"is_deputy": True}, True, "You are recorded as deputy, but without the written authority to decide."),
        ({"is_deputy": True, "written_authority": "Constitution, 3.4"}, False, ""),
        ({"stands_as": "acting"}, False, ""),
        ({"stands_as": "interim"}, False, ""),
    ],
    ids=["cover", "cover without", "nominee", "deputy without", "deputy", "acting", "interim"],
)
def test_who_stands_in_needs_the_authority_in_writing(
    changes: dict[str, object], nominates: bool, refusal: str
) -> None:
    signer = replace(Signer(holds_post=True, interest=Interest.NONE), **changes)  # type: ignore[arg-type]
    answer = may_act(the_question(power=the_power(may_nominate=nominates), signer=signer))
    assert sentences(answer) == ([refusal] if refusal else [])


@pytest.mark.parametrize(
    ("changes", "post", "refusal"),
    [
        ({"others": ("Chief Executive",)}, "Chief Executive", ""),
        ({}, "Chief Executive", f"This power is given to the {DIRECTOR}, not to the Chief Executive."),
        ({"post_ended_on": DUE, "heir": "Director of Place", "succession_authority": "Minute 12"}, DIRECTOR, ""),
        (
            {"post_ended_on": DUE, "heir": "Director of Place"}, DIRECTOR,
            "Nothing says by what authority the Director of Place took over this power.",
        ),
        (
            {"post_ended_on": DUE}, DIRECTOR,
            f"The post of {DIRECTOR} ended on 18 November 2027. No successor is recorded.",
        ),
        ({"post_ended_on": DUE, "others": ("Chief Executive",)}, "Chief Executive", ""),
    ],
    ids=["another named", "another not named", "successor", "successor without", "ended", "ended, another named"],
)  # fmt: skip
def test_a_power_belongs_to_its_posts_and_their_successors(changes: dict[str, object], post: str, refusal: str) -> None:
    answer = may_act(the_question(power=the_power(**changes), post=post))
    assert sentences(answer) == ([refusal] if refusal else [])
    assert bool(answer.who_could) is bool(refusal)


def test_who_else_could_sign_is_named_first() -> None:
    conflicted = Signer(holds_post=True, has_scored=True, interest=Interest.NONE)
    answer = may_act(
        the_question(
            power=the_power(others=("Chief Executive",)),
            signer=conflicted,
            stand_ins=("R. Reviewer, deputy with written authority (part 3.4)",),
        )
    )
    assert answer.who_could[:2] == (
        "R. Reviewer, deputy with written authority (part 3.4) could sign.", "The Chief Executive may act as well.",
    )  # fmt: skip


# ── life, limits, conditions ──


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (ResolutionStatus.RECOMMENDED, "Resolution (v) only recommends this to another body, which hasn’t decided."),
        (ResolutionStatus.RESCINDED, "Resolution (v) was rescinded."),
    ],
)
def test_only_what_is_resolved_gives_a_power(status: ResolutionStatus, said: str) -> None:
    assert sentences(may_act(the_question(power=the_power(resolution_status=status)))) == [said]


def test_a_power_that_is_not_published_is_not_in_force() -> None:
    answer = may_act(the_question(power=the_power(in_force_from=None, effect="It isn’t published yet.")))
    assert sentences(answer) == ["This power isn’t in force. It isn’t published yet."]


@pytest.mark.parametrize(
    ("kind", "total", "allowed"),
    [
        (ResolutionKind.DELEGATE, Decimal("666000.00"), True),
        (ResolutionKind.DELEGATE, Decimal("666000.01"), False),
        (None, Decimal("900000"), True),
    ],
    ids=["the whole within", "the whole a penny over", "a row of the scheme weighs what is added"],
)
def test_a_change_is_weighed_with_what_the_contract_comes_to(
    kind: ResolutionKind | None, total: Decimal, allowed: bool
) -> None:
    power = the_power(act=ActKind.EXTEND, resolution_kind=kind)
    answer = may_act(the_question(act=ActKind.EXTEND, power=power, value_gross=Decimal("108000"), total_gross=total))
    assert answer.allowed is allowed
    if not allowed:
        assert sentences(answer) == [
            "£666,000.01 including VAT, with what the contract comes to already, is more than the £666,000.00 this "
            "power allows."
        ]


@pytest.mark.parametrize(("total", "allowed"), [(60, True), (61, False), (None, True)])
def test_an_extension_is_weighed_with_the_term_so_far(total: int | None, allowed: bool) -> None:
    power = the_power(act=ActKind.EXTEND)
    assert may_act(the_question(act=ActKind.EXTEND, power=power, max_months=12, total_months=total)).allowed is allowed


@pytest.mark.parametrize(("value", "allowed"), [("9999.99", False), ("10000", True)])
def test_a_power_may_begin_at_a_value(value: str, allowed: bool) -> None:
    power = the_power(min_value_gross=Decimal("10000"))
    assert may_act(the_question(power=power, value_gross=Decimal(value))).allowed is allowed


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"conditions": CONDITION}, f"Nobody has said how this condition is met: “{CONDITION}”."),
        ({"scope": SCOPE}, f"Nobody has said how this is within “{SCOPE}”."),
        (
            {"until_event": "until the partnership ends"},
            "This power lasts “until the partnership ends”. Nobody has said that it still does.",
        ),
    ],
)
def test_what_no_sum_can_test_needs_somebody_s_word(changes: dict[str, object], said: str) -> None:
    power = the_power(**changes)
    answer = may_act(the_question(power=power))
    assert sentences(answer) == [said] and answer.reasons[0].page == "authority.conditions"
    of, words = power.to_assure[0]
    assert may_act(the_question(power=power, assured=(Assured(of, words, "It is."),))).allowed
    assert not may_act(the_question(power=power, assured=(Assured(of, words, " "),))).allowed
    assert not may_act(the_question(power=power, assured=(Assured(of, "other words", "It is."),))).allowed


def test_each_line_of_the_conditions_is_asked_by_itself() -> None:
    power = the_power(conditions="a balanced budget\nfunding is confirmed")
    assert len(may_act(the_question(power=power)).reasons) == 2


# ── the answer ──


def test_the_grounds_tell_the_whole_chain() -> None:
    power = replace(as_minuted(ActKind.AWARD), words=item_92.RESOLUTIONS[4])
    found = under(power, ActKind.AWARD).grounds
    kinds = [ground.kind for ground in found]
    assert kinds[:4] == ["Power", "Words", "Post", "In force"]
    assert kinds.count("Consulted") == 4 and {"Value", "Term", "Limit confirmed", "Scope", "Condition"} <= set(kinds)
    assert "£540,000.00 including VAT. The words state no limit" in [ground.words for ground in found]


def test_without_a_power_it_says_who_could_give_one() -> None:
    answer = may_act(the_question(power=None))
    assert answer.who_could == ("Democratic services can record the resolution that gives it.",)
    assert answer.grounds == ()


MONEY = st.decimals(min_value=0, max_value=2_000_000, places=2)
QUESTIONS = st.builds(
    Question,
    act=st.sampled_from(ActKind),
    day=st.dates(date(2027, 7, 1), date(2028, 3, 31)),
    power=st.none()
    | st.builds(
        the_power,
        act=st.sampled_from(ActKind),
        max_value_gross=st.none() | MONEY,
        max_months=st.none() | st.integers(1, 120),
        superseded_on=st.none() | st.just(SIGNING),
        conditions=st.sampled_from(["", CONDITION]),
        modes=st.tuples(*[st.sampled_from(ConsultationMode)] * 4),
    ),
    signer=st.none() | st.builds(Signer, holds_post=st.booleans(), interest=st.none() | st.sampled_from(Interest)),
    post=st.just(DIRECTOR),
    consulted=st.lists(
        st.builds(
            Consulted,
            post=st.sampled_from(FOUR),
            due_on=st.just(DUE),
            is_chased=st.booleans(),
            view=st.none() | st.sampled_from(View),
            interest=st.just(Interest.NONE),
        ),
        max_size=4,
        unique_by=lambda one: one.post,
    ).map(tuple),
    value_gross=st.none() | MONEY,
    max_months=st.none() | st.integers(1, 120),
    is_successful_bidder=st.none() | st.booleans(),
    limit_confirmation=st.sampled_from(["", LIMIT]),
    objection_reason=st.sampled_from(["", "It is in the bid."]),
)


@given(QUESTIONS)
def test_no_power_is_ever_enough(question: Question) -> None:
    answer = may_act(question)
    assert question.power is not None or not answer.allowed
    assert answer.allowed or answer.who_could or all(why.field for why in answer.reasons)


@given(QUESTIONS, MONEY)
def test_a_higher_limit_never_adds_a_reason(question: Question, more: Decimal) -> None:
    if question.power is None or question.power.max_value_gross is None:
        return
    higher = replace(question.power, max_value_gross=question.power.max_value_gross + more)
    assert len(may_act(replace(question, power=higher)).reasons) <= len(may_act(question).reasons)


@given(QUESTIONS)
def test_an_answer_taken_away_never_removes_a_reason(question: Question) -> None:
    if not question.consulted or question.consulted[0].view is View.OBJECTS:
        return
    fewer = replace(question, consulted=question.consulted[1:])
    assert len(may_act(fewer).reasons) >= len(may_act(question).reasons)


@given(QUESTIONS)
def test_another_rule_against_it_is_always_heard(question: Question) -> None:
    answer = may_act(replace(question, further=(Why("Another rule stands against it.", "Nobody."),)))
    assert question.power is None or "Another rule stands against it." in sentences(answer)
