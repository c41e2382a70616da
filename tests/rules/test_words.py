"""How the house writes dates, money and lists."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procure import words

END = date(2028, 3, 31)


def test_a_day_is_written_as_much_as_its_place_needs() -> None:
    assert words.day(END) == "31 March 2028"
    assert words.weekday(END) == "Friday 31 March 2028"
    assert words.short(END) == "31 March"
    assert words.month_year(END) == "March 2028"
    assert words.day(date(2027, 5, 5)) == "5 May 2027"


@pytest.mark.parametrize(
    ("at", "written"),
    [
        (datetime(2027, 10, 11, 13, 0, tzinfo=UTC), "2:00pm on Monday 11 October 2027"),
        (datetime(2026, 6, 30, 23, 30, tzinfo=UTC), "12:30am on Wednesday 1 July 2026"),
        (datetime(2026, 12, 1, 12, 0, tzinfo=UTC), "midday on Tuesday 1 December 2026"),
        (datetime(2026, 12, 1, 0, 0, tzinfo=UTC), "midnight on Tuesday 1 December 2026"),
        (datetime(2026, 12, 1, 9, 5, tzinfo=timezone(timedelta(hours=2))), "7:05am on Tuesday 1 December 2026"),
    ],
)
def test_a_moment_is_written_in_london_time(at: datetime, written: str) -> None:
    assert words.moment(at) == written
    assert words.clock_time(at) == written.split(" on ")[0]


def test_a_moment_without_a_zone_is_refused_rather_than_guessed() -> None:
    with pytest.raises(ValueError, match="zone"):
        words.moment(datetime(2027, 10, 11, 13, 0))


@pytest.mark.parametrize(
    ("sum_", "short", "exact"),
    [
        (666_000, "£666,000", "£666,000.00"),
        (Decimal("666000.50"), "£666,000.50", "£666,000.50"),
        (Decimal("0.005"), "£0.01", "£0.01"),
        (Decimal("-1234.5"), "−£1,234.50", "−£1,234.50"),
        (0, "£0", "£0.00"),
    ],
)
def test_pence_are_written_where_there_are_some_or_where_asked(sum_: Decimal, short: str, exact: str) -> None:
    assert words.pounds(sum_) == short
    assert words.pence(sum_) == exact


def test_shares_and_scores() -> None:
    assert words.percent(40) == "40%"
    assert words.percent(Decimal("37.50")) == "37.5%"
    assert words.percent(Decimal("1E+2")) == "100%"
    assert words.points(Decimal("89.666")) == "89.67"
    assert words.points(84, places=1) == "84.0"
    assert words.points(Decimal("84.5"), places=0) == "85"


@pytest.mark.parametrize(
    ("on", "today", "written"),
    [
        (date(2027, 11, 17), date(2027, 11, 17), "today"),
        (date(2027, 11, 18), date(2027, 11, 17), "tomorrow"),
        (date(2027, 11, 16), date(2027, 11, 17), "late by one day"),
        (date(2027, 11, 14), date(2027, 11, 17), "late by 3 days"),
        (date(2027, 11, 30), date(2027, 11, 17), "in 13 days"),
        (date(2027, 12, 1), date(2027, 11, 17), "in 2 weeks"),
        (date(2027, 3, 31), date(2027, 1, 28), "in 8 weeks"),
        (date(2027, 4, 1), date(2027, 1, 28), "in 2 months"),
        (date(2028, 3, 31), date(2027, 1, 25), "in 14 months"),
        (date(2027, 1, 25), date(2028, 3, 24), "late by 13 months"),
    ],
)
def test_how_far_off_a_day_is_is_said_as_the_drawings_say_it(on: date, today: date, written: str) -> None:
    assert words.in_words(on, today) == written


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(14, 4000))
def test_a_span_is_never_a_single_week_or_month_and_never_empty(today: date, ahead: int) -> None:
    _, number, unit = words.in_words(today + timedelta(days=ahead), today).split()
    assert int(number) >= 2
    assert unit in ("weeks", "months")


@pytest.mark.parametrize(
    ("months", "label"),
    [
        (36, "three years"),
        (18, "18 months"),
        (12, "one year"),
        (1, "one month"),
        (9, "nine months"),
        (0, "zero months"),
    ],
)
def test_a_term_is_said_in_years_where_it_is_whole_years(months: int, label: str) -> None:
    assert words.months_label(months) == label


def test_numbers_are_spelt_to_twelve() -> None:
    assert [words.number_word(n) for n in (1, 12, 13, 1204)] == ["one", "twelve", "13", "1,204"]
    assert [words.ordinal_word(n) for n in (1, 12, 13, 21, 22, 23, 111)] == [
        "first", "twelfth", "13th", "21st", "22nd", "23rd", "111th"
    ]  # fmt: skip


def test_a_noun_agrees_with_its_number() -> None:
    assert [words.plural(n, "bid") for n in (0, 1, 3, 1204)] == ["0 bids", "1 bid", "3 bids", "1,204 bids"]
    assert words.plural(2, "authority") == "2 authorities"
    assert words.plural(2, "day") == "2 days"
    assert words.plural(2, "process") == "2 processes"
    assert words.plural(2, "person", "people") == "2 people"


def test_a_file_says_how_large_it_is() -> None:
    sizes = [words.file_size(n) for n in (1, 900, 219_136, 1024**2 - 1, 3 * 1024**2 // 2)]
    assert sizes == ["1 byte", "900 bytes", "214 KB", "1 MB", "1.5 MB"]


def test_sentences_and_lists() -> None:
    assert words.sentence("late by one day") == "Late by one day"
    assert words.sentence("") == ""
    assert words.joined(["a", "b", "c"]) == "a, b and c"
    assert words.joined(["a", "b"], last="or") == "a or b"
    assert words.joined(["a"]) == "a"
    assert words.joined([]) == ""
