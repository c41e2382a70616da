"""Counting days, and the calendars that say which are worked."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from procure.law import calendars
from procure.law.working_days import (
    Calendar,
    add_working_days,
    clear_days_before,
    clear_working_days_before,
    is_working_day,
    last_day_of_months_beginning,
    legal_day,
    months_after,
    months_before,
    nth_working_day_from,
    previous_working_day,
    subtract_working_days,
    why_not_working,
    working_days_between,
)
from procure.refusals import BeyondOfficialCalendar

ENGLAND = calendars.england()
UK = calendars.uk_any()

IN_ENGLAND = {
    2025: "1 Jan, 18 Apr, 21 Apr, 5 May, 26 May, 25 Aug, 25 Dec, 26 Dec",
    2026: "1 Jan, 3 Apr, 6 Apr, 4 May, 25 May, 31 Aug, 25 Dec, 28 Dec",
    2027: "1 Jan, 26 Mar, 29 Mar, 3 May, 31 May, 30 Aug, 27 Dec, 28 Dec",
    2028: "3 Jan, 14 Apr, 17 Apr, 1 May, 29 May, 28 Aug, 25 Dec, 26 Dec",
}
ELSEWHERE = {
    2025: "2 Jan, 17 Mar, 14 Jul, 4 Aug, 1 Dec",
    2026: "2 Jan, 17 Mar, 15 Jun, 13 Jul, 3 Aug, 30 Nov",
    2027: "4 Jan, 17 Mar, 12 Jul, 2 Aug, 30 Nov",
    2028: "4 Jan, 17 Mar, 12 Jul, 7 Aug, 30 Nov",
}

official_days = st.dates(date(2012, 1, 1), date(2028, 10, 1))
lengths = st.integers(1, 40)


def _dates(year: int, listed: str) -> set[date]:
    return {datetime.strptime(f"{day} {year} +0000", "%d %b %Y %z").date() for day in listed.split(", ")}


def _of(calendar: Calendar, year: int) -> set[date]:
    return {day for day in calendar.holidays if day.year == year}


@pytest.mark.parametrize("year", IN_ENGLAND)
def test_the_loaded_holidays_are_those_the_worked_cases_were_made_with(year: int) -> None:
    assert _of(ENGLAND, year) == _dates(year, IN_ENGLAND[year])
    assert _of(UK, year) == _dates(year, IN_ENGLAND[year]) | _dates(year, ELSEWHERE[year])


def test_christmas_2024_is_known() -> None:
    worked = [day for day in range(23, 28) if is_working_day(date(2024, 12, day), UK)]
    assert worked == [23, 24, 27]


def test_the_packages_differ_on_one_working_day_and_the_supplement_mends_it() -> None:
    """The `holidays` package also lists days at weekends, which no count notices."""
    years = range(UK.known_from.year, UK.known_until.year + 1)
    other = {
        day
        for nation in calendars.SUBDIVISIONS.values()
        for day in holidays.country_holidays("GB", subdiv=nation, years=years)
        if day.weekday() < 5
    }
    added = {one.day for one in calendars.SUPPLEMENT}
    assert set(UK.holidays) == other
    assert added == {date(2026, 6, 15)}
    assert not added & {one.day for one in calendars._published()}, "the package has caught up: drop the supplement"


def test_the_one_off_scottish_day_is_no_holiday_in_england() -> None:
    assert is_working_day(date(2026, 6, 15), ENGLAND)
    assert why_not_working(date(2026, 6, 15), UK) == "Men’s World Cup bank holiday in Scotland"


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (date(2027, 11, 30), "St Andrew’s Day, bank holiday in Scotland"),
        (date(2027, 11, 28), "Weekend"),
        (date(2027, 3, 29), "Easter Monday, bank holiday in England, Wales and Northern Ireland"),
        (date(2026, 12, 28), "Boxing Day (substitute day), bank holiday in all of the UK"),
        (date(2027, 8, 2), "Summer bank holiday in Scotland"),
        (date(2027, 12, 1), None),
    ],
)
def test_a_day_that_is_not_worked_says_why_and_where(day: date, why: str | None) -> None:
    assert why_not_working(day, UK) == why


def test_a_day_with_two_names_says_both() -> None:
    assert why_not_working(date(2012, 1, 2), UK) == (
        "New Year’s Day (substitute day), bank holiday in England, Wales and Northern Ireland; "
        "2nd January, bank holiday in Scotland"
    )


def test_the_edition_of_the_list_names_what_was_added() -> None:
    assert "15 June 2026 in Scotland" in UK.edition
    assert "15 June" not in ENGLAND.edition
    assert ENGLAND.known_until == date(2028, 12, 31)


@pytest.mark.parametrize("day", [date(2029, 1, 1), date(2011, 12, 31)])
def test_a_day_outside_the_published_list_is_refused(day: date) -> None:
    with pytest.raises(BeyondOfficialCalendar) as no:
        is_working_day(day, ENGLAND)
    assert "Bank holidays in England" in no.value.sentence


def test_a_planning_calendar_goes_on_and_knows_that_it_is_guessing() -> None:
    planning = calendars.planning_england()
    assert why_not_working(date(2029, 3, 30), planning) == "Good Friday, bank holiday (expected)"
    assert planning.covers(date(2057, 3, 31))
    assert not planning.knows(date(2029, 1, 1))
    with pytest.raises(BeyondOfficialCalendar):
        is_working_day(date(2029, 1, 1), planning.official())


def test_a_planning_calendar_changes_nothing_that_is_published() -> None:
    planning = calendars.planning_uk_any()
    assert {day for day in planning.holidays if planning.knows(day)} == set(UK.holidays)


def test_a_closure_day_of_the_council_is_left_out_and_named_beside_the_date() -> None:
    closed = ENGLAND.also_closed({date(2026, 12, 29): "Offices closed"})
    assert add_working_days(date(2026, 12, 24), 1, closed) == date(2026, 12, 30)
    assert add_working_days(date(2026, 12, 24), 1, ENGLAND) == date(2026, 12, 29)
    assert closed.edition.endswith("and the council’s closure days)")


def test_a_closure_day_in_a_year_not_yet_published_survives_into_plans() -> None:
    closed = ENGLAND.also_closed({date(2029, 12, 27): "Offices closed"})
    assert not is_working_day(date(2029, 12, 27), calendars.planning_calendar(closed))


@pytest.mark.parametrize(
    ("meeting", "notice_by", "agenda_by"),
    [
        (date(2026, 9, 15), date(2026, 8, 17), date(2026, 9, 7)),
        (date(2026, 9, 8), date(2026, 8, 10), date(2026, 8, 28)),
        (date(2027, 4, 6), date(2027, 3, 8), date(2027, 3, 25)),
        (date(2027, 2, 16), date(2027, 1, 18), date(2027, 2, 8)),
    ],
)
def test_clear_days_count_neither_the_notice_nor_the_meeting(meeting: date, notice_by: date, agenda_by: date) -> None:
    assert clear_days_before(meeting, 28) == notice_by
    assert clear_working_days_before(meeting, 5, ENGLAND) == agenda_by


@pytest.mark.parametrize(
    ("day", "months", "earlier"),
    [
        (date(2028, 3, 31), 1, date(2028, 2, 29)),
        (date(2027, 3, 31), 1, date(2027, 2, 28)),
        (date(2028, 2, 29), 12, date(2027, 2, 28)),
        (date(2028, 1, 31), 1, date(2027, 12, 31)),
    ],
)
def test_months_back_are_clipped_to_the_end_of_a_shorter_month(day: date, months: int, earlier: date) -> None:
    assert months_before(day, months) == earlier


@pytest.mark.parametrize(
    ("start", "months", "last"),
    [
        (date(2026, 6, 15), 12, date(2027, 6, 14)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2027, 1, 1), 3, date(2027, 3, 31)),
    ],
)
def test_a_period_of_months_beginning_with_a_day_ends_the_day_before_its_like(
    start: date, months: int, last: date
) -> None:
    assert last_day_of_months_beginning(start, months) == last


def test_a_legal_day_is_londons_and_not_greenwichs() -> None:
    assert legal_day(datetime(2026, 6, 30, 23, 30, tzinfo=UTC)) == date(2026, 7, 1)
    assert legal_day(datetime(2026, 12, 31, 23, 30, tzinfo=UTC)) == date(2026, 12, 31)
    with pytest.raises(ValueError, match="zone"):
        legal_day(datetime(2026, 6, 30, 23, 30))


def test_a_count_of_no_days_is_the_day_itself_and_below_that_nonsense() -> None:
    saturday = date(2026, 3, 14)
    assert add_working_days(saturday, 0, UK) == subtract_working_days(saturday, 0, UK) == saturday
    with pytest.raises(ValueError, match="at least one"):
        nth_working_day_from(saturday, 0, UK)


@given(official_days, lengths)
def test_a_count_always_ends_on_a_working_day(start: date, n: int) -> None:
    assert is_working_day(nth_working_day_from(start, n, UK), UK)
    assert is_working_day(add_working_days(start, n, UK), UK)


@given(official_days, lengths)
def test_the_count_includes_as_many_working_days_as_asked(start: date, n: int) -> None:
    assert working_days_between(start, nth_working_day_from(start, n, UK), UK) == n


@given(official_days, lengths, st.integers(0, 60))
def test_another_holiday_never_shortens_a_period(start: date, n: int, ahead: int) -> None:
    longer = UK.also_closed({start + timedelta(days=ahead): "Proclaimed"})
    assert nth_working_day_from(start, n, longer) >= nth_working_day_from(start, n, UK)


@given(st.dates(date(2013, 1, 1), date(2028, 10, 1)), lengths)
def test_counting_back_undoes_counting_on(start: date, n: int) -> None:
    worked = previous_working_day(start, UK)
    assert subtract_working_days(add_working_days(worked, n, UK), n, UK) == worked


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.integers(0, 240))
def test_months_there_and_back_never_pass_the_day_they_set_out_from(day: date, months: int) -> None:
    assert months_after(months_before(day, months), months) <= day
