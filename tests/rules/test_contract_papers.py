"""What a contract's papers are written from: lists typed a line at a time, days in them, notice that is long enough."""

from __future__ import annotations

from datetime import date

import pytest

from procure.contract.paper_rules import EndGround, LegalForm, day_of, earliest_end, execution_of, problem_in


@pytest.mark.parametrize(
    ("typed", "on"),
    [
        ("31 March 2028", date(2028, 3, 31)), ("1 sept 2027", date(2027, 9, 1)), ("29/02/2028", date(2028, 2, 29)),
        ("29 February 2027", None), ("31 Mar", None), ("TBC", None), ("3 Ma 2028", None),
        ("1.4.2028", date(2028, 4, 1)),
    ],
)  # fmt: skip
def test_a_day_in_a_list_is_read_or_refused(typed: str, on: date | None) -> None:
    assert day_of(typed) == on


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Late | Chase | Officer | 31 March 2028", None),
        ("Late | Chase | Officer", "Line 1 must have four parts with | between them: Issue | what is done"),
        ("Late | | Officer | 31 March 2028", "Line 1 must have four parts"),
        ("Late | Chase | Officer | soon", "Line 1: “soon” must be a day, like 31 March 2028"),
    ],
)
def test_a_list_that_is_not_whole_says_which_line(line: str, said: str | None) -> None:
    found = problem_in("issues", [line])
    assert found is None if said is None else found is not None and found.startswith(said)


def test_notice_runs_to_the_day_of_the_same_number_and_clips_at_the_end_of_a_month() -> None:
    assert earliest_end(date(2027, 4, 1), 6) == date(2027, 10, 1)
    assert earliest_end(date(2027, 8, 31), 6) == date(2028, 2, 29)


def test_every_legal_form_has_somebody_to_execute_and_every_ground_a_clause() -> None:
    assert all(len(execution_of(form).as_a_deed) == 2 and execution_of(form).by_hand for form in LegalForm)
    assert all(ground.clause for ground in EndGround)
    assert [ground for ground in EndGround if ground.is_implied] == [
        EndGround.UNLAWFUL, EndGround.EXCLUDED, EndGround.SUBCONTRACTOR,
    ]  # fmt: skip
