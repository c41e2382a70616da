"""When a rule of the council may be waived: never the law, within its ground, by two, one outside the service."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from procure.authority.rules.waiving import (
    QUOTES_RULE,
    Agreement,
    Ground,
    WaiverFacts,
    is_outside,
    waived_until,
    waiver_reasons_why_not,
)

DAY = date(2027, 3, 1)
FINANCE = Agreement("Chief Operating Officer", must_agree=True, is_outside=True)
GROUND = Ground("Only one supplier can do it", date(2018, 4, 1), None, Decimal(100_000), 24)
GOOD = WaiverFacts(QUOTES_RULE, GROUND, DAY, DAY, date(2028, 2, 29), Decimal(60_000), "", (FINANCE,))


def said(facts: WaiverFacts) -> str:
    return " ".join(why.sentence for why in waiver_reasons_why_not(facts))


def test_a_waiver_within_its_ground_that_two_approve_is_given() -> None:
    assert waiver_reasons_why_not(GOOD) == ()


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        (
            replace(GOOD, statute="Procurement Act 2023"),
            "A waiver sets aside the council’s own rules. It can’t set aside the Procurement Act 2023.",
        ),
        (replace(GOOD, statute="Public Contracts Regulations 2015"), "set aside the Public Contracts Regulations 2015"),
        (replace(GOOD, value_net=None), "needs the value of the purchase"),
        (
            replace(GOOD, value_net=Decimal("100000.01")),
            "is for at most £100,000 without VAT. This purchase is £100,000.01.",
        ),
        (
            replace(GOOD, until_on=date(2029, 3, 1)),
            "is for at most two years: from 1 March 2027 until 28 February 2029.",
        ),
        (replace(GOOD, until_on=date(2027, 2, 28)), "can’t be before the first"),
        (
            replace(GOOD, from_on=date(2026, 1, 1), until_on=date(2027, 2, 28)),
            "The waiver would have ended on 28 February 2027.",
        ),
        (replace(GOOD, ground=replace(GROUND, until_on=date(2027, 2, 28))), "ended on 28 February 2027"),
        (replace(GOOD, ground=replace(GROUND, from_on=date(2027, 3, 2))), "applies from 2 March 2027"),
        (replace(GOOD, agreements=()), "names nobody outside the service who must agree"),
        (replace(GOOD, agreements=(replace(FINANCE, must_agree=False),)), "names nobody outside the service"),
        (replace(GOOD, agreements=(replace(FINANCE, is_outside=False),)), "names nobody outside the service"),
        (
            replace(GOOD, agreements=(replace(FINANCE, by_asker=True),)),
            "Who asks for a waiver can’t approve it, as the Chief Operating Officer or otherwise.",
        ),
        (replace(GOOD, agreements=(replace(FINANCE, by_signer=True),)), "The same person can’t agree"),
    ],
)
def test_what_a_waiver_may_never_be(facts: WaiverFacts, sentence: str) -> None:
    reasons = waiver_reasons_why_not(facts)
    assert len(reasons) == 1 and sentence in reasons[0].sentence
    assert reasons[0].who_can, "a refusal says who could act"


@pytest.mark.parametrize(
    "facts",
    [
        replace(GOOD, value_net=Decimal(100_000)),
        replace(GOOD, until_on=date(2029, 2, 28)),
        replace(GOOD, until_on=DAY),
        replace(GOOD, ground=replace(GROUND, until_on=DAY)),
        replace(GOOD, ground=replace(GROUND, from_on=DAY)),
        replace(GOOD, ground=Ground("Any", DAY), value_net=Decimal(9_000_000), until_on=date(2050, 1, 1)),
        replace(GOOD, agreements=(replace(FINANCE, by_asker=True), replace(FINANCE, post="Director of Law"))),
        replace(GOOD, from_on=date(2024, 2, 29), until_on=DAY, ground=replace(GROUND, max_months=48)),
    ],
)
def test_what_lies_just_within_is_allowed(facts: WaiverFacts) -> None:
    assert said(facts) == ""


SERVICE = frozenset({1, 2})
NEXT_UP = {1: None, 2: 1, 3: 2, 4: None, 5: 4, 6: 7, 7: 6}


@pytest.mark.parametrize(
    ("post", "outside"),
    [(1, False), (2, False), (3, False), (4, True), (5, True), (6, True), (99, True)],
    ids=["director", "lead", "under the lead", "another head", "under another", "in a circle", "unknown"],
)
def test_who_stands_outside_a_service(post: int, outside: bool) -> None:
    assert is_outside(post, NEXT_UP, SERVICE) is outside


def test_a_checklist_says_until_when_and_why_a_rule_is_waived() -> None:
    assert waived_until(date(2028, 2, 29), GROUND.name) == "Waived until 29 February 2028: only one supplier can do it"
