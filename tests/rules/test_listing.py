"""What an address asks of the list, and what the list answers in words."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from procure.register.rules.listing import (
    Asked,
    Cell,
    Count,
    OnIt,
    Quarter,
    answer_line,
    asked_by,
    by_quarter,
    day_typed,
    quarter_named,
    short_sum,
)
from procure.register.rules.quarters import pictures_of, top_of


def test_what_is_asked_comes_back_from_its_own_address() -> None:
    given = {
        "q": ["crèche & co"], "on": ["nobody"], "department": ["Housing", "Legal"], "value": ["3"], "state": ["ended"],
        "quarter": ["2028-Q1"], "owner": ["7"], "from": ["1/2/2028"], "to": ["29/2/2028"], "supplier": ["A"],
    }  # fmt: skip
    asked = asked_by(given)
    assert asked_by(asked.arguments()) == asked and not asked.problems
    assert asked.span == (date(2028, 2, 1), date(2028, 2, 29))


@pytest.mark.parametrize(("name", "typed"), [("from", "31/2/2028"), ("to", "soon"), ("from", "1/1/28")])
def test_a_day_that_cannot_be_read_is_told_and_kept(name: str, typed: str) -> None:
    asked = asked_by({name: [typed]})
    assert "must be a day" in asked.problems[name] and asked.raw[name] == typed and asked.span == (None, None)


def test_nonsense_in_an_address_asks_nothing() -> None:
    junk = {"on": ["x"], "value": ["99"], "state": ["?"], "quarter": ["2028-Q5"], "owner": ["1; drop"]}
    assert asked_by(junk) == Asked()


@pytest.mark.parametrize(("typed", "day"), [
    ("31/3/2028", date(2028, 3, 31)), ("2028-02-29", date(2028, 2, 29)), ("29/2/2027", None), ("", None),
])  # fmt: skip
def test_days_are_read_as_people_and_machines_write_them(typed: str, day: date | None) -> None:
    assert day_typed(typed) == day


def test_quarters_run_over_the_end_of_a_year() -> None:
    last = quarter_named("2027-Q4")
    assert last is not None and last.after(1) == Quarter(2028, 1) and last.ends_on == date(2027, 12, 31)
    assert quarter_named("2028-Q1").label == "January to March 2028"  # type: ignore[union-attr]


@pytest.mark.parametrize(("sum_", "said"), [
    (3_200_000, "£3.2m"), (580_000, "£580k"), (900, "£900"), (0, "£0"), (999_999, "£1.0m"), (328_200_000, "£328m"),
    (4_500_000_000, "£4.5bn"),
])  # fmt: skip
def test_sums_are_short_in_a_picture(sum_: int, said: str) -> None:
    assert short_sum(Decimal(sum_)) == said


def test_a_count_is_exact_to_a_thousand() -> None:
    assert [Count(n).said for n in (0, 1000, 1001)] == ["0", "1,000", "1,000+"]
    assert Count(412, is_more=True).said == "412+" and Count(1).of("contract", "contracts") == "1 contract"


FIRST = Quarter(2027, 1)


def test_the_answer_names_the_quarter_and_what_nobody_is_on() -> None:
    quarter = Quarter(2028, 1)
    cells = [
        Cell(quarter.key, "Housing", OnIt.NOBODY, 5, Decimal(1_300_000)),
        Cell(quarter.key, "Legal", OnIt.DECIDED, 9, Decimal(1_900_000)),
        Cell(FIRST.key, "Legal", OnIt.IN_HAND, 1, Decimal(400)),
    ]
    stacks = by_quarter(cells, FIRST, 12)
    assert answer_line(stacks, None) == "£3.2m ends in January to March 2028. Nobody is on £1.3m of it."
    assert answer_line(stacks, FIRST) == "£400 ends in January to March 2027. Somebody is on all of it."
    assert answer_line(by_quarter([], FIRST, 12), None) == "No contract ends in the next three years."


def test_the_columns_of_the_picture_stay_inside_it() -> None:
    cells = [Cell(FIRST.after(n).key, "", OnIt.NOBODY, 1, Decimal(10) ** (n % 9 + 2)) for n in range(12)]
    for picture in pictures_of(by_quarter(cells, FIRST, 12), FIRST, str):
        assert len(picture.columns) == 12 and picture.columns[0].is_chosen
        for column in picture.columns:
            for mark in column.marks:
                assert 0 <= mark.x <= picture.width and 0 <= mark.y <= picture.height  # type: ignore[union-attr]


@pytest.mark.parametrize("most", [0, 1, 3, 999, 3_200_000, 10**11])
def test_the_scale_reaches_the_largest_column(most: int) -> None:
    step, steps = top_of(Decimal(most))
    assert step * steps >= most and 1 <= steps <= 4
