"""What a report needs before it goes out, and what must be decided before a tender is prepared."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from procure.approval.recommending import (
    Sought,
    changed_since,
    extensions_label,
    model_recommendations,
    rests_on,
    void_sentence,
)  # fmt: skip
from procure.approval.rules import (
    ApprovalFacts,
    Approved,
    ImplicationState,
    NoticeFacts,
    ReportState,
    SchemeRow,
    approval_is_given,
    covering_row,
    report_may_be_issued,
)  # fmt: skip
from procure.authority.forward_plan_rules import Notice, state_of
from procure.authority.rules import NoticeRoute
from procure.law.calendars import england, planning_england
from procure.procurement.rules import Check, FileFacts, Route

MEETING = date(2026, 9, 15)
CLEARED = tuple(
    ImplicationState(heading, post, True, True)
    for heading, post in (
        ("Financial implications", "Chief Operating Officer"), ("Legal implications", "Director of Law and Governance"),
        ("Equality", "Equalities Officer"),
    )
)  # fmt: skip
NOTICE = NoticeFacts(MEETING, True, "FP-1", True, "Published in time.")
READY = ReportState(unwritten=(), implications=CLEARED, notice=NOTICE)
ISSUED = replace(READY, issued_on=date(2026, 9, 4))
DECIDED = ApprovalFacts(
    route=Route.CABINET, report=ISSUED, preferred_option=4, approved=Approved("(iv)", 4, "Cabinet", MEETING),
    power_post="Director", power_numeral="(v)", notes=("(ii)",), in_force_from=date(2026, 9, 25), effect="In force.",
    england=england(),
)  # fmt: skip
IN_TIME = date(2026, 9, 4)


def first_missing(checks: tuple[Check, ...]) -> str:
    return next((check.refusal for check in checks if not check.is_done), "")


def issue_refusal(report: ReportState, today: date = IN_TIME) -> str:
    return first_missing(report_may_be_issued(ApprovalFacts(Route.CABINET, report=report, england=england()), today))


def given(facts: ApprovalFacts, today: date = date(2026, 9, 25)) -> str:
    return first_missing(approval_is_given(FileFacts([facts]), today))


def test_a_whole_report_may_be_issued() -> None:
    assert issue_refusal(READY) == ""


@pytest.mark.parametrize(
    ("meeting", "last_day"),
    [
        (date(2026, 9, 15), date(2026, 8, 17)),
        (date(2026, 9, 8), date(2026, 8, 10)),
        (date(2027, 4, 6), date(2027, 3, 8)),
        (date(2027, 2, 16), date(2027, 1, 18)),
    ],
)
def test_notice_of_a_key_decision_needs_28_clear_days(meeting: date, last_day: date) -> None:
    def noticed(**changes: object) -> ReportState:
        state = state_of(Notice(meeting, **changes), last_day, planning_england())  # type: ignore[arg-type]
        return replace(READY, notice=NoticeFacts(meeting, True, "FP-1", state.is_lawful, state.sentence))

    day_after = last_day + timedelta(days=1)
    assert issue_refusal(noticed(published_on=last_day), last_day) == ""
    assert "too late: 28 clear days" in issue_refusal(noticed(published_on=day_after), last_day)
    urgent = {
        "route": NoticeRoute.SPECIAL_URGENCY, "exception_reason": "The roof fell in.",
        "exception_published_on": day_after,
    }  # fmt: skip
    assert "Ask the chair of scrutiny to agree" in issue_refusal(noticed(**urgent), last_day)
    assert issue_refusal(noticed(**urgent, agreed_on=day_after), last_day) == ""
    assert "must be public by" in issue_refusal(replace(READY, notice=NoticeFacts(meeting, True)), last_day)


@pytest.mark.parametrize(
    ("meeting", "last_day"),
    [
        (date(2026, 9, 15), date(2026, 9, 7)),
        (date(2026, 9, 8), date(2026, 8, 28)),
        (date(2027, 4, 6), date(2027, 3, 25)),
        (date(2027, 2, 16), date(2027, 2, 8)),
    ],
)
def test_the_report_must_be_in_time_for_the_agenda(meeting: date, last_day: date) -> None:
    report = replace(READY, notice=NoticeFacts(meeting, False))
    assert issue_refusal(report, last_day) == ""
    assert "agenda had to be public" in issue_refusal(report, last_day.replace(day=last_day.day + 1))


def test_a_decision_that_is_not_key_needs_no_notice() -> None:
    assert issue_refusal(replace(READY, notice=NoticeFacts(MEETING, False))) == ""


def test_an_uncleared_implication_keeps_the_report_back_and_names_who_can_act() -> None:
    waiting = replace(READY, implications=(replace(CLEARED[0], is_cleared=False), *CLEARED[1:]))
    assert issue_refusal(waiting) == "The Chief Operating Officer hasn’t cleared “Financial implications”."


def test_a_void_clearance_says_why() -> None:
    void = replace(READY, implications=(replace(CLEARED[0], is_cleared=False, is_void=True), *CLEARED[1:]))
    assert "void, because a figure or recommendation changed" in issue_refusal(void)


def test_financial_legal_and_equality_are_never_left_out() -> None:
    assert "equality" in issue_refusal(replace(READY, implications=CLEARED[:2]))


def test_an_unwritten_part_is_asked_for() -> None:
    assert (
        issue_refusal(replace(READY, unwritten=(("", "Write the summary.", "approval.reasons"),)))
        == "Write the summary."
    )


def test_a_decided_file_may_prepare_its_tender() -> None:
    assert given(DECIDED) == ""


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        (replace(DECIDED, report=None), "The report isn’t begun."),
        (
            replace(DECIDED, report=replace(READY, notice=replace(NOTICE, is_urgent=True))),
            "The report is ready but not issued.",
        ),
        (
            replace(DECIDED, approved=None, power_post=""),
            "No resolution approves buying this. Resolution (ii) only notes: it gives no authority.",
        ),
        (
            replace(DECIDED, approved=Approved("(iv)", 3, "Cabinet", MEETING)),
            "Resolution (iv) agrees Option 3, but the appraisal prefers Option 4.",
        ),
        (
            replace(DECIDED, power_post=""),
            "Nobody has been given the power to conduct this procurement. Record the resolution that gives it.",
        ),
        (replace(DECIDED, is_stopped=True, effect="It was called in."), "It was called in."),
    ],
)
def test_what_is_missing_before_the_tender(facts: ApprovalFacts, sentence: str) -> None:
    assert given(facts) == sentence


def test_the_tender_may_be_prepared_while_call_in_is_open_but_the_decision_is_not_in_force() -> None:
    facts = replace(DECIDED, in_force_from=date(2026, 9, 26), effect="It takes effect on Saturday.")
    assert given(facts) == ""
    assert not facts.is_in_force(date(2026, 9, 25))
    assert facts.is_in_force(date(2026, 9, 26))


SMALL = ApprovalFacts(
    route=Route.SCHEME, director_post="Director", value_net=Decimal(60000), value_gross=Decimal(72000), max_months=36,
    scheme=(SchemeRow("Part 3, paragraph 4.2", "Director", Decimal(120000), 48),), quotes_needed=3,
    quote_words="Three written quotes",
)  # fmt: skip


def test_sixty_thousand_pounds_on_three_quotes_walks_the_shorter_way() -> None:
    assert given(SMALL) == ""
    assert len(approval_is_given(FileFacts([SMALL]), date(2027, 1, 12))) == 3
    row = covering_row(SMALL)
    assert row is not None and row.paragraph == "Part 3, paragraph 4.2"
    assert SMALL.is_in_force(date(2027, 1, 12))


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        (replace(SMALL, value_gross=None), "Enter the value and the term first."),
        (replace(SMALL, value_gross=Decimal("120000.01")), "Paragraph 4.2 allows up to £120,000 including VAT"),
        (replace(SMALL, max_months=49), "Paragraph 4.2 allows up to four years"),
        (
            replace(SMALL, scheme=(replace(SMALL.scheme[0], min_value_gross=Decimal(100_000)),)),
            "Paragraph 4.2 is for £100,000 and more",
        ),
        (replace(SMALL, scheme=()), "no row by which the Director may buy"),
        (replace(SMALL, quotes_needed=None), "no band for this value"),
        (replace(SMALL, quotes_needed=0, quote_words="A tender"), "ask for more than quotes"),
    ],
)
def test_what_the_scheme_refuses(facts: ApprovalFacts, words: str) -> None:
    assert words in given(facts)


WAIVED = "Waived until 31 March 2027: only one supplier can do it"


@pytest.mark.parametrize(
    ("facts", "refusal", "hint", "is_waived"),
    [
        (replace(SMALL, quotes_waived=WAIVED), "", WAIVED, True),
        (replace(SMALL, quotes_needed=0, quotes_waived=WAIVED), "", WAIVED, True),
        (SMALL, "", "Three written quotes", False),
        (replace(SMALL, quotes_needed=None, quotes_waived=WAIVED), "no band for this value", "", False),
        (
            replace(SMALL, quotes_needed=0, waiver_expired="The waiver expired on 31 March 2027."),
            "The waiver expired on 31 March 2027.", "", False,
        ),
    ],
)  # fmt: skip
def test_a_waiver_in_force_stands_for_the_quotes_and_an_expired_one_does_not(
    facts: ApprovalFacts, refusal: str, hint: str, is_waived: bool
) -> None:
    row = approval_is_given(FileFacts([facts]), date(2027, 1, 12))[-1]
    assert refusal in row.refusal and row.is_waived is is_waived and row.is_done is not bool(refusal)
    assert hint in row.hint


SOUGHT = Sought(
    4, "A new contract", "Social infrastructure support", date(2028, 4, 1), 36, 2, 12, Decimal(666000),
    "Director of Policy and Participation", ("Chief Operating Officer", "Director of Law and Governance"), "Cabinet",
)  # fmt: skip


def test_the_model_recommendations_are_filled_from_the_file() -> None:
    said = model_recommendations(SOUGHT)
    assert said[0] == "Agree Option 4 (A new contract) as set out in the section Options considered."
    assert (
        "three years from 1 April 2028 with two options to extend by one year each, to a maximum of £666,000" in said[1]
    )
    assert "in consultation with the Chief Operating Officer and the Director of Law and Governance," in said[2]
    assert len(said) == 5


def test_without_extensions_nobody_is_asked_to_use_them() -> None:
    assert len(model_recommendations(replace(SOUGHT, extension_count=0))) == 4
    assert extensions_label(1, 6) == "one option to extend by six months"


def test_a_clearance_holds_until_what_it_rests_on_changes() -> None:
    then = rests_on(Decimal(666000), "36 months", {"(i)": "Agree Option 4"})
    assert changed_since(then, rests_on(Decimal("666000.00"), "36 months", {"(i)": "Agree Option 4"})) == ()
    now = rests_on(Decimal(700000), "36 months", {"(i)": "Agree Option 4", "(ii)": "Note"})
    assert changed_since(then, now) == ("the value", "recommendation (ii)")
    assert void_sentence(("the value",), "F. Finance", date(2027, 6, 24)) == (
        "Cleared by F. Finance on 24 June 2027, and void since: the value has changed. It must be cleared again."
    )
