"""My work begins with a sentence, and shows the next eight weeks."""

from __future__ import annotations

from datetime import date

import pytest

from procure.desk.rules.my_work import first_line, items, next_weeks
from procure.procurement.rules import Waiting

TODAY = date(2027, 11, 17)


def waiting(*days: date | None) -> list[Waiting]:
    return [Waiting("Something", "/somewhere", "A file", day) for day in days]


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ((), ("Nothing waits for you.", "")),
        ((None,), ("One thing waits for you.", "")),
        ((date(2027, 11, 18),), ("One thing waits for you.", "It is due tomorrow.")),
        (
            (date(2027, 11, 16), date(2027, 12, 1), None),
            ("Three things wait for you.", "The first is one day late."),
        ),
        ((date(2027, 11, 7), date(2027, 12, 1)), ("Two things wait for you.", "The first is ten days late.")),
    ],
)
def test_the_first_line_says_how_many_and_how_soon(days: tuple[date | None, ...], said: tuple[str, str]) -> None:
    assert first_line(waiting(*days), TODAY) == said


def test_what_is_late_says_so_in_words() -> None:
    late, soon, undated = items(waiting(date(2027, 11, 16), date(2027, 11, 19), None), TODAY)
    assert (late.when, late.late) == ("Late by one day", True)
    assert (soon.when, soon.late) == ("In 2 days", False)
    assert not undated.late


def test_eight_weeks_begin_with_this_one_and_hold_their_dates() -> None:
    weeks = next_weeks([(date(2027, 11, 18), "Views on the award", "/x"), (date(2028, 1, 5), "Reminder", None)], TODAY)
    assert len(weeks) == 8
    assert (weeks[0].label, weeks[0].is_now) == ("This week, 15 to 21 November", True)
    assert [(day.day, day.what) for day in weeks[0].days] == [("Thu 18", "Views on the award")]
    assert weeks[2].label == "29 November to 5 December"
    assert [day.day for day in weeks[7].days] == ["Wed 5"]


def test_a_day_of_this_week_that_is_over_is_not_shown() -> None:
    assert next_weeks([(date(2027, 11, 15), "Over", None)], TODAY)[0].days == []
