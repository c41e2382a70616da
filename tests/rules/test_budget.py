"""Ring-fences: purposes, time, balance."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from procure.budget.rules import (
    RingFenceFacts,
    amount_in_words,
    period_state,
    unspent_said,
    why_not_that_day,
    why_not_that_sum,
    why_not_this_purpose,
)  # fmt: skip

FENCE = RingFenceFacts(
    "the Crowdfunding budget", None, date(2019, 4, 1), date(2021, 3, 31),
    ("the contract with Crowdfunder UK", "the match-funding small grants fund"),
)  # fmt: skip
KNOWN = replace(FENCE, amount=Decimal(20000), committed=Decimal(5000))


def test_another_purpose_is_refused_by_name() -> None:
    assert why_not_this_purpose(FENCE, FENCE.purposes[1]) is None
    refusal = why_not_this_purpose(FENCE, "a street party") or ""
    assert refusal.startswith("The Crowdfunding budget may be spent only on the contract with Crowdfunder UK and the")
    assert refusal.endswith("“a street party” is not one of them.")


@pytest.mark.parametrize(
    ("on", "refused"),
    [
        (date(2019, 3, 31), True), (date(2019, 4, 1), False), (date(2021, 3, 31), False), (date(2021, 4, 1), True),
    ],
)  # fmt: skip
def test_a_day_outside_the_time_is_refused(on: date, refused: bool) -> None:
    assert (why_not_that_day(FENCE, on) is not None) is refused


def test_more_than_is_left_is_refused_where_the_amount_is_known() -> None:
    assert FENCE.balance is None and why_not_that_sum(FENCE, Decimal(10**9)) is None
    assert KNOWN.balance == Decimal(15000)
    assert why_not_that_sum(KNOWN, Decimal(15000)) is None
    assert why_not_that_sum(KNOWN, Decimal("15000.01")) == "Only £15,000 is left. You entered £15,000.01."


def test_an_amount_that_is_not_stated_is_said_to_be() -> None:
    said = amount_in_words(None, "the remaining budget", date(2019, 2, 18), "")
    assert said == "Not stated: the remaining budget at 18 February 2019"
    assert amount_in_words(Decimal(18500), "", date(2019, 3, 31), "ledger") == "£18,500 at 31 March 2019 (ledger)"


def test_where_a_period_stands() -> None:
    began, ended = date(2018, 4, 1), date(2020, 3, 31)
    assert period_state(began, ended, date(2018, 3, 31)) == "begins 1 April 2018"
    assert period_state(began, ended, ended) == "open until 31 March 2020"
    assert period_state(began, ended, date(2020, 4, 1)) == "ended 31 March 2020"


def test_what_is_unspent_at_the_end_is_named() -> None:
    assert unspent_said(FENCE) == "State how much the Crowdfunding budget holds, before its time ends"
    assert unspent_said(KNOWN) == "Commit the £15,000 left of the Crowdfunding budget, or let it go back"
    assert unspent_said(replace(KNOWN, committed=Decimal(20000))) == ""
