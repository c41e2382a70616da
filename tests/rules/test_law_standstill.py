"""Standstill and call-in: which days count, and the first on which anything may be done."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procure.law import calendars
from procure.law.call_in import call_in
from procure.law.standstill import standstill, standstill_2015
from procure.law.working_days import is_working_day, next_working_day, nth_working_day_from
from procure.refusals import BadFigure, BeyondOfficialCalendar

ENGLAND = calendars.england()
UK = calendars.uk_any()

STANDSTILLS = [
    # published, ends, next English working day, what England's calendar alone would say
    pytest.param(date(2026, 3, 2), date(2026, 3, 11), date(2026, 3, 12), date(2026, 3, 11), id="S1 plain"),
    pytest.param(date(2026, 3, 14), date(2026, 3, 26), date(2026, 3, 27), date(2026, 3, 25), id="S2 on a Saturday"),
    pytest.param(date(2026, 3, 16), date(2026, 3, 26), date(2026, 3, 27), date(2026, 3, 25), id="S3 St Patrick"),
    pytest.param(date(2026, 3, 30), date(2026, 4, 10), date(2026, 4, 13), date(2026, 4, 10), id="S4 Easter 2026"),
    pytest.param(date(2026, 6, 10), date(2026, 6, 22), date(2026, 6, 23), date(2026, 6, 19), id="S5 Scottish one-off"),
    pytest.param(date(2026, 7, 28), date(2026, 8, 7), date(2026, 8, 10), date(2026, 8, 6), id="S6 Scottish August"),
    pytest.param(date(2026, 11, 23), date(2026, 12, 3), date(2026, 12, 4), date(2026, 12, 2), id="S7 St Andrew"),
    pytest.param(date(2026, 12, 18), date(2026, 12, 31), date(2027, 1, 4), date(2026, 12, 31), id="S8 to New Year"),
    pytest.param(date(2026, 12, 22), date(2027, 1, 6), date(2027, 1, 7), date(2027, 1, 5), id="S9 over New Year"),
    pytest.param(date(2027, 12, 17), date(2027, 12, 30), date(2027, 12, 31), date(2027, 12, 30), id="S10 moved days"),
    pytest.param(date(2027, 3, 22), date(2027, 4, 2), date(2027, 4, 5), date(2027, 4, 2), id="S11 Easter 2027"),
    pytest.param(date(2024, 12, 24), date(2025, 1, 8), date(2025, 1, 9), date(2025, 1, 7), id="S12 history"),
]

CALL_INS = [
    pytest.param(date(2021, 9, 21), date(2021, 9, 28), date(2021, 9, 29), id="D1 Breckland"),
    pytest.param(date(2026, 2, 20), date(2026, 2, 27), date(2026, 3, 2), id="D2 over a weekend"),
    pytest.param(date(2026, 3, 30), date(2026, 4, 8), date(2026, 4, 9), id="D3 Easter"),
    pytest.param(date(2026, 12, 21), date(2026, 12, 30), date(2026, 12, 31), id="D4 Christmas"),
    pytest.param(date(2026, 12, 23), date(2027, 1, 4), date(2027, 1, 5), id="D5 New Year"),
    pytest.param(date(2026, 7, 31), date(2026, 8, 7), date(2026, 8, 10), id="D6 Scotland does not count"),
    pytest.param(date(2019, 2, 21), date(2019, 2, 28), date(2019, 3, 1), id="D7 seed"),
]


@pytest.mark.parametrize(("published", "ends", "next_english", "by_england_alone"), STANDSTILLS)
def test_a_standstill_counts_publication_and_leaves_out_any_uk_holiday(
    published: date, ends: date, next_english: date, by_england_alone: date
) -> None:
    pause = standstill(published, UK)
    assert pause.ends_on == ends
    assert pause.earliest_signing_on == ends + timedelta(days=1)
    assert next_working_day(pause.ends_on, ENGLAND) == next_english
    assert nth_working_day_from(published, 8, ENGLAND) == by_england_alone


def test_the_working_of_a_standstill_shows_every_day_and_why_one_is_left_out() -> None:
    working = standstill(date(2027, 11, 23), UK).working
    assert [row.counted for row in working.days] == [1, 2, 3, 4, None, None, 5, None, 6, 7, 8]
    assert working.days[0].why == "Award notice published"
    assert working.days[7].why == "St Andrew’s Day, bank holiday in Scotland"
    assert working.days[-1].why == "Ends at midnight"
    assert working.answer == working.days[-1].day == date(2027, 12, 3)
    assert working.rule.startswith("Eight working days, counted from the day the award notice is published.")
    assert "section 51" in working.source
    assert working.calendar == UK.edition


def test_a_notice_published_on_a_saturday_is_not_day_one() -> None:
    first = standstill(date(2026, 3, 14), UK).working.days[0]
    assert first.counted is None
    assert first.why == "Award notice published. Weekend"


def test_a_longer_standstill_binds_once_stated_and_a_shorter_one_cannot_be() -> None:
    assert standstill(date(2026, 3, 2), UK, stated_days=10).ends_on == date(2026, 3, 13)
    with pytest.raises(BadFigure, match="eight working days"):
        standstill(date(2026, 3, 2), UK, stated_days=7)


def test_a_standstill_beyond_the_published_holidays_is_refused_even_on_a_planning_calendar() -> None:
    assert standstill(date(2028, 12, 15), UK).ends_on == date(2028, 12, 28)
    with pytest.raises(BeyondOfficialCalendar, match="31 December 2028"):
        standstill(date(2028, 12, 20), calendars.planning_uk_any())


@pytest.mark.parametrize(
    ("sent", "ends"),
    [
        pytest.param(date(2026, 3, 2), date(2026, 3, 12), id="plain"),
        pytest.param(date(2026, 3, 4), date(2026, 3, 16), id="runs on from a Saturday"),
        pytest.param(date(2026, 3, 24), date(2026, 4, 7), id="runs on over Easter"),
    ],
)
def test_under_the_old_law_ten_days_run_on_to_a_working_day(sent: date, ends: date) -> None:
    pause = standstill_2015(sent, UK)
    assert (pause.ends_on, pause.earliest_signing_on) == (ends, ends + timedelta(days=1))
    assert max(row.counted or 0 for row in pause.working.days) == 10
    assert pause.working.unchecked


@given(st.dates(date(2012, 1, 1), date(2028, 11, 30)))
def test_a_standstill_never_ends_on_a_day_that_is_not_worked(published: date) -> None:
    assert is_working_day(standstill(published, UK).ends_on, UK)


@given(st.dates(date(2012, 1, 1), date(2028, 11, 29)))
def test_publishing_a_day_later_never_ends_the_standstill_sooner(published: date) -> None:
    assert standstill(published + timedelta(days=1), UK).ends_on >= standstill(published, UK).ends_on


@pytest.mark.parametrize(("published", "ends", "effective"), CALL_INS)
def test_a_call_in_leaves_out_publication_and_englands_holidays_only(
    published: date, ends: date, effective: date
) -> None:
    period = call_in(published, ENGLAND)
    assert (period.ends_on, period.effective_on) == (ends, effective)
    assert period.working.days[0].counted is None


def test_a_council_gives_its_own_number_of_days_for_call_in() -> None:
    assert call_in(date(2026, 2, 20), ENGLAND, days=3).ends_on == date(2026, 2, 25)
    with pytest.raises(BadFigure):
        call_in(date(2026, 2, 20), ENGLAND, days=0)
