"""Rules of the pricing schedule: the years of a term, and how a line of cost is typed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from procure.tender.pricing_rules import MODEL_LINES, When, price_line_of, problem_in_price_lines, years_of


def test_a_term_is_priced_year_by_year_and_no_year_runs_into_an_option() -> None:
    years = years_of(date(2028, 4, 1), 18, 2, 12)
    assert [(year.option, year.label) for year in years] == [
        (0, "1 April 2028 to 31 March 2029"), (0, "1 April 2029 to 30 September 2029"),
        (1, "1 October 2029 to 30 September 2030"), (2, "1 October 2030 to 30 September 2031"),
    ]  # fmt: skip


def test_a_term_that_begins_on_29_february_has_no_hole_between_its_years() -> None:
    years = years_of(date(2028, 2, 29), 36, 0, 0)
    assert [(year.starts_on, year.ends_on) for year in years] == [
        (date(2028, 2, 29), date(2029, 2, 27)), (date(2029, 2, 28), date(2030, 2, 27)),
        (date(2030, 2, 28), date(2031, 2, 27)),
    ]  # fmt: skip


def test_what_a_line_may_leave_out() -> None:
    assert price_line_of("Reach | A lead | ward").quantity is None
    line = price_line_of("Exit\tHanding over\tsum\t1,200.5\tLast year")
    assert (line.quantity, line.when) == (Decimal("1200.5"), When.LAST)
    assert problem_in_price_lines(list(MODEL_LINES)) is None


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("Reach | ward", "three to five parts"),
        ("Reach | A lead | ward | many", "a number above 0"),
        ("Reach | A lead | ward | 0", "a number above 0"),
        ("Reach | A lead | ward | NaN", "a number above 0"),
        ("Reach | A lead | ward | 1 | sometimes", "say when as"),
        ("MANAGEMENT | Again | year", "is there already"),
    ],
)
def test_a_wrong_line_is_named_with_what_is_wrong(line: str, says: str) -> None:
    said = problem_in_price_lines(["Management | Staff | year | 1", line])
    assert said is not None and said.startswith("Line 2") and says in said
