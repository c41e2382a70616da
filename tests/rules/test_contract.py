"""A contract's dates, its options, and what may follow its end."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from procure.contract.rules import (
    Attention,
    ContractDates,
    ContractFacts,
    WhatFollows,
    attention,
    contract_is_closed,
    contract_may_be_signed,
    ends_after,
    gap_label,
    last_possible_end,
    options_label,
    plan_options,
    share_of,
    term_months,
    time_gone,
    ways_on,
    with_ends,
)
from procure.procurement.rules import FileFacts, State

ENDS = date(2028, 3, 31)
OPTIONS = plan_options(ENDS, (12, 12))


def dates(**changed: object) -> ContractDates:
    known: dict[str, object] = {
        "starts_on": date(2025, 4, 1), "ends_on": ENDS, "options": OPTIONS, "start_by_on": date(2027, 5, 5),
    }  # fmt: skip
    return ContractDates(**(known | changed))  # type: ignore[arg-type]


def test_options_follow_one_another_and_each_is_used_nine_months_before_the_end_it_moves() -> None:
    assert [(one.exercise_by_on, one.ends_on) for one in OPTIONS] == [
        (date(2027, 6, 30), date(2029, 3, 31)),
        (date(2028, 6, 30), date(2030, 3, 31)),
    ]
    assert last_possible_end(ENDS, OPTIONS) == date(2030, 3, 31) and last_possible_end(ENDS, ()) == ENDS


@pytest.mark.parametrize(
    ("starts", "months", "ends"),
    [
        (date(2025, 4, 1), 36, date(2028, 3, 31)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2025, 6, 15), 12, date(2026, 6, 14)),
    ],
)
def test_a_term_ends_on_the_day_before_its_anniversary(starts: date, months: int, ends: date) -> None:
    assert ends_after(starts, months) == ends


def test_a_used_option_leaves_the_next_one_starting_from_the_new_end() -> None:
    assert with_ends(date(2029, 3, 31), [(2, 12, date(2028, 6, 30))])[0].ends_on == date(2030, 3, 31)


@pytest.mark.parametrize(
    ("ends", "months"),
    [(date(2028, 3, 31), "36"), (date(2025, 4, 30), "1"), (date(2028, 4, 15), "36.49"), (date(2025, 4, 10), "0.33")],
)
def test_a_term_is_counted_in_months(ends: date, months: str) -> None:
    assert term_months(date(2025, 4, 1), ends) == Decimal(months)


@pytest.mark.parametrize(
    ("today", "share"), [(date(2025, 4, 1), 0), (date(2027, 1, 25), 61), (ENDS, 100), (date(2024, 1, 1), 0),
                         (date(2030, 1, 1), 100)],
)  # fmt: skip
def test_time_gone_by_is_a_share_of_the_term(today: date, share: int) -> None:
    assert round(time_gone(date(2025, 4, 1), ENDS, today) * 100) == share


def test_a_part_of_a_sum_is_rounded_to_the_penny() -> None:
    assert share_of(Decimal("540000"), 36, 60) == Decimal("324000.00")
    assert share_of(Decimal("100"), 1, 3) == Decimal("33.33")


def test_options_are_said_in_words() -> None:
    assert options_label(OPTIONS) == "2, of one year each"
    assert options_label(OPTIONS[:1]) == "1, of one year"
    assert options_label(()) == "none left"
    assert options_label(plan_options(ENDS, (12, 6))) == "2, of one year and six months"


def test_four_ways_lead_on_each_with_what_comes_of_it() -> None:
    extend, again, lapse, replaced = ways_on(dates(), date(2027, 1, 25), 11)
    assert extend.is_open and "Wednesday 30 June 2027" in extend.consequence and "31 March 2029" in extend.consequence
    assert again.is_open and "start by Wednesday 5 May 2027" in again.consequence
    assert lapse.is_open and "Friday 31 March 2028" in lapse.consequence
    assert replaced.is_open and replaced.choice is WhatFollows.REPLACED


@pytest.mark.parametrize(("today", "is_open"), [(date(2027, 6, 30), True), (date(2027, 7, 1), False)])
def test_an_option_can_be_chosen_until_its_last_day(today: date, is_open: bool) -> None:
    extend = ways_on(dates(), today, 11)[0]
    assert extend.is_open is is_open
    assert is_open or "30 June 2027" in extend.refusal


def test_without_an_option_nothing_can_be_extended() -> None:
    assert "no option left" in ways_on(dates(options=()), date(2027, 1, 25), 11)[0].refusal


def test_buying_too_late_says_how_long_the_service_would_stop() -> None:
    assert gap_label(date(2027, 5, 5), date(2027, 5, 5)) == "no gap if buying starts today"
    assert gap_label(date(2027, 5, 5), date(2027, 5, 10)) == "the service would stop for about 5 days"
    assert gap_label(date(2027, 5, 5), date(2027, 6, 25)) == "the service would stop for about 7 weeks"
    assert "The service would stop" in ways_on(dates(), date(2027, 6, 25), 11)[1].consequence


@pytest.mark.parametrize(
    ("changed", "today", "said"),
    [
        ({}, date(2026, 9, 29), Attention.TOO_EARLY),
        ({}, date(2026, 9, 30), Attention.NOBODY),
        ({"choice": WhatFollows.BUY_AGAIN}, date(2027, 5, 1), Attention.IN_HAND),
        ({"has_purchase": True}, date(2027, 5, 1), Attention.IN_HAND),
        ({"choice": WhatFollows.LET_LAPSE}, date(2027, 5, 1), Attention.DECIDED),
    ],
)
def test_it_is_said_whether_anybody_sees_to_the_end(changed: dict[str, object], today: date, said: Attention) -> None:
    assert attention(dates(**changed), today) is said


def test_signing_needs_a_prepared_contract_and_the_power_to_enter() -> None:
    day = date(2027, 12, 6)
    nothing = contract_may_be_signed(FileFacts([ContractFacts()]), day)
    assert [check.state for check in nothing] == [State.NOT_STARTED, State.CANNOT_START]
    prepared = ContractFacts(
        is_prepared=True, manager_post="Contract Manager", contract_reference="CON-2028-003",
        why_not="Nobody has been given the power to enter into the contract on this file.",
    )  # fmt: skip
    first, second = contract_may_be_signed(FileFacts([prepared]), day)
    assert first.is_done and not second.is_done and second.refusal.startswith("Nobody has been given the power")


def test_a_file_is_closed_when_the_contract_has_ended_and_something_was_learnt() -> None:
    running = ContractFacts(ends_on=ENDS)
    over = ContractFacts(ends_on=ENDS, ended_on=ENDS, lessons="A lead for each ward.")
    assert not any(check.is_done for check in contract_is_closed(FileFacts([running]), ENDS))
    assert all(check.is_done for check in contract_is_closed(FileFacts([over]), ENDS))
