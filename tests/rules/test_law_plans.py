"""The ladder of reminders and the last day to begin buying again."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procure.law import calendars
from procure.law.ladder import ladder, rung
from procure.law.timetable import OPEN_PROCEDURE, Count, StartBy, Step, end_of, start_by, with_durations
from procure.law.working_days import is_working_day
from procure.refusals import BadFigure

ENGLAND = calendars.planning_england()
UK = calendars.planning_uk_any()
END = date(2028, 3, 31)

LADDERS = [
    # end, due in 18, 12, 9, 6 and 3 months, and what is sent on another day
    (
        date(2028, 3, 31),
        [date(2026, 9, 30), date(2027, 3, 31), date(2027, 6, 30), date(2027, 9, 30), date(2027, 12, 31)],
        {},
    ),
    (
        date(2027, 8, 31),
        [date(2026, 2, 28), date(2026, 8, 31), date(2026, 11, 30), date(2027, 2, 28), date(2027, 5, 31)],
        {18: date(2026, 2, 27), 12: date(2026, 8, 28), 6: date(2027, 2, 26), 3: date(2027, 5, 28)},
    ),
    (
        date(2027, 2, 28),
        [date(2025, 8, 28), date(2026, 2, 28), date(2026, 5, 28), date(2026, 8, 28), date(2026, 11, 28)],
        {12: date(2026, 2, 27), 3: date(2026, 11, 27)},
    ),
]

BACK_FROM_MARCH_2028 = [
    ("appraisal", date(2027, 5, 5), date(2027, 7, 1)),
    ("report", date(2027, 7, 1), date(2027, 8, 12)),
    ("call_in", date(2027, 8, 12), date(2027, 8, 24)),
    ("pack", date(2027, 8, 24), date(2027, 9, 15)),
    ("tender", date(2027, 9, 15), date(2027, 10, 20)),
    ("opening", date(2027, 10, 20), date(2027, 10, 22)),
    ("scoring", date(2027, 10, 22), date(2027, 11, 5)),
    ("moderation", date(2027, 11, 5), date(2027, 11, 19)),
    ("award_report", date(2027, 11, 19), date(2027, 12, 7)),
    ("award_call_in", date(2027, 12, 7), date(2027, 12, 15)),
    ("summaries", date(2027, 12, 15), date(2027, 12, 17)),
    ("standstill", date(2027, 12, 17), date(2027, 12, 31)),
    ("signing", date(2027, 12, 31), date(2028, 1, 10)),
    ("mobilisation", date(2028, 1, 10), date(2028, 4, 1)),
]

ends = st.dates(date(2000, 1, 1), date(2090, 12, 31))


def _plan(ends_on: date = END, **more: object) -> StartBy:
    return start_by(ends_on, england=ENGLAND, uk_any=UK, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(("end", "due", "moved"), LADDERS)
def test_a_reminder_is_due_months_before_and_sent_on_the_working_day_before(
    end: date, due: list[date], moved: dict[int, date]
) -> None:
    rungs = ladder(end, ENGLAND)
    assert [each.months for each in rungs] == [18, 12, 9, 6, 3]
    assert [each.due_on for each in rungs] == due
    assert {each.months: each.send_on for each in rungs if each.send_on != each.due_on} == moved
    assert {each.months for each in rungs if each.moved_because} == set(moved)


def test_a_moved_reminder_says_what_moved_it() -> None:
    assert rung(date(2027, 8, 31), 3, ENGLAND).moved_because == (
        "Monday 31 May 2027 is no working day: Spring bank holiday"
    )


def test_a_rung_beyond_the_published_holidays_is_provisional_and_an_earlier_one_is_not() -> None:
    provisional = {each.months: each.provisional for each in ladder(date(2029, 12, 31), ENGLAND)}
    assert provisional == {18: False, 12: False, 9: True, 6: True, 3: True}


@given(ends)
def test_reminders_come_in_order_never_late_and_on_working_days(end: date) -> None:
    rungs = ladder(end, ENGLAND)
    sent = [each.send_on for each in rungs]
    assert sent == sorted(set(sent))
    assert all(each.send_on <= each.due_on < end and is_working_day(each.send_on, ENGLAND) for each in rungs)


def test_the_way_back_from_an_end_date_is_right_to_the_day() -> None:
    plan = _plan()
    assert [(each.step.key, each.latest_start_on, each.must_end_before) for each in plan.stages] == BACK_FROM_MARCH_2028
    assert plan.start_by == date(2027, 5, 5)
    assert (plan.days, plan.months) == (331, Decimal("10.9"))
    assert not plan.provisional


def test_a_summer_without_meetings_brings_the_beginning_forward() -> None:
    plan = _plan(meetings=[date(2027, 6, 15), date(2027, 7, 13), date(2027, 9, 14)])
    starts = {stage.step.key: stage.latest_start_on for stage in plan.stages}
    assert (starts["call_in"], starts["report"]) == (date(2027, 7, 13), date(2027, 6, 1))
    assert plan.start_by == date(2027, 4, 2)
    assert "13 July 2027" in plan.stages[2].note


def test_a_calendar_with_no_meeting_in_time_says_so() -> None:
    plan = _plan(meetings=[date(2027, 9, 14)])
    assert plan.stages[2].note == "No meeting is in the calendar on or before Thursday 12 August 2027."


def test_beginning_early_leaves_days_to_spare_and_beginning_late_leaves_fewer_than_none() -> None:
    assert {stage.float_days for stage in _plan().stages} == {0}
    assert _plan(begins_on=date(2027, 5, 5)).stages[0].float_days == 0
    assert _plan(begins_on=date(2027, 4, 28)).stages[0].float_days == 7
    assert _plan(begins_on=date(2027, 6, 1)).stages[-1].float_days < 0


def test_a_plan_beyond_the_published_holidays_is_provisional_from_there_on() -> None:
    plan = _plan(date(2029, 3, 31))
    assert plan.provisional
    by_key = {stage.step.key: stage.provisional for stage in plan.stages}
    assert not by_key["appraisal"]
    assert by_key["mobilisation"]


def test_a_council_measures_its_own_durations() -> None:
    quicker = with_durations({"mobilisation": 20, "report": 0})
    assert _plan(steps=quicker).start_by > _plan().start_by
    with pytest.raises(BadFigure, match="no step called raport"):
        with_durations({"raport": 3})
    with pytest.raises(BadFigure):
        _plan(steps=with_durations({"report": -1}))


def test_a_count_of_days_back_to_a_sunday_begins_on_the_friday() -> None:
    tender = Step("tender", "Open to bids", 35, Count.CALENDAR)
    assert _plan(date(2027, 10, 23), steps=[tender]).start_by == date(2027, 9, 17)


@given(ends)
def test_work_begun_on_the_last_day_is_done_by_the_end(end: date) -> None:
    plan = _plan(end, begins_on=_plan(end).start_by)
    assert all(stage.float_days >= 0 for stage in plan.stages)
    assert all(
        end_of(stage.step, stage.latest_start_on, england=ENGLAND, uk_any=UK) <= following.latest_start_on
        for stage, following in zip(plan.stages, plan.stages[1:], strict=False)
    )


def test_every_step_of_the_usual_timetable_has_its_own_key() -> None:
    assert len({step.key for step in OPEN_PROCEDURE}) == len(OPEN_PROCEDURE)
