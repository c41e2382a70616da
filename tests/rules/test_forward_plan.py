"""When a key decision may be taken by the notice that the public had: 28 clear days, or one of two exceptions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from procure.authority.forward_plan_rules import (
    Notice,
    NoticeState,
    around_a_meeting,
    state_of,
    why_not_that_day,
)
from procure.authority.rules import NoticeRoute
from procure.law.calendars import planning_england
from procure.law.periods import agenda_by, general_exception_by, key_decision_notice_by
from procure.law.working_days import next_working_day

ENGLAND = planning_england()
MEETING = date(2027, 7, 13)
LAST = date(2027, 6, 14)
ONE_DAY = timedelta(days=1)
IN_TIME = Notice(MEETING, published_on=LAST)
EXCEPTED = Notice(
    MEETING, NoticeRoute.GENERAL_EXCEPTION, exception_reason="The supplier failed.", chair_name="C. Chair",
    told_on=date(2027, 7, 5), exception_published_on=date(2027, 7, 5),
)  # fmt: skip
URGENT = Notice(
    MEETING, NoticeRoute.SPECIAL_URGENCY, exception_published_on=MEETING, exception_reason="The roof fell in.",
    chair_name="C. Chair", agreed_on=MEETING,
)  # fmt: skip


def stands(notice: Notice, today: date = LAST) -> NoticeState:
    return state_of(notice, today, ENGLAND)


@pytest.mark.parametrize(
    ("meeting", "notice_by", "agenda"),
    [
        (date(2026, 9, 15), date(2026, 8, 17), date(2026, 9, 7)),  # N1
        (date(2026, 9, 8), date(2026, 8, 10), date(2026, 8, 28)),  # N2: a bank holiday on 31 August
        (date(2027, 4, 6), date(2027, 3, 8), date(2027, 3, 25)),  # N3: after Easter
        (date(2027, 2, 16), date(2027, 1, 18), date(2027, 2, 8)),  # N4
        (date(2028, 3, 14), date(2028, 2, 14), date(2028, 3, 6)),  # 29 February lies between
        (date(2028, 3, 29), date(2028, 2, 29), date(2028, 3, 21)),  # the notice goes out on 29 February
        (date(2028, 1, 11), date(2027, 12, 13), date(2027, 12, 31)),  # over Christmas and the New Year
        (date(2027, 1, 5), date(2026, 12, 7), date(2026, 12, 23)),  # Boxing Day is kept on Monday 28 December
    ],
)
def test_28_clear_days_for_the_notice_and_five_for_the_agenda(meeting: date, notice_by: date, agenda: date) -> None:
    assert key_decision_notice_by(meeting).answer == notice_by
    assert agenda_by(meeting, ENGLAND).answer == agenda
    assert stands(Notice(meeting, published_on=notice_by), notice_by).is_lawful
    late = stands(Notice(meeting, published_on=notice_by + ONE_DAY), notice_by + ONE_DAY)
    assert not late.is_lawful and late.earliest_on == meeting + ONE_DAY and "too late" in late.sentence


@pytest.mark.parametrize(
    ("meeting", "last"),
    [
        (date(2027, 7, 13), date(2027, 7, 5)),
        (date(2026, 9, 8), date(2026, 8, 28)),
        (date(2027, 1, 5), date(2026, 12, 23)),
        (date(2028, 1, 11), date(2027, 12, 31)),
    ],
)
def test_a_general_exception_waits_five_clear_days_over_any_holiday(meeting: date, last: date) -> None:
    assert general_exception_by(meeting, ENGLAND).answer == last
    told = replace(EXCEPTED, decision_on=meeting, exception_published_on=last, told_on=last)
    assert stands(told, last).is_lawful and stands(told, last).earliest_on == meeting
    day_after = next_working_day(last, ENGLAND)
    for late in (replace(told, exception_published_on=day_after), replace(told, told_on=day_after)):
        state = stands(late, day_after)
        assert not state.is_lawful and "five clear days must pass" in state.sentence


@pytest.mark.parametrize(
    ("notice", "sentence"),
    [
        (Notice(MEETING), "The public must have notice by Monday 14 June 2027. Publish the notice."),
        (replace(IN_TIME, withdrawn_on=date(2027, 6, 20)), "It was withdrawn on 20 June 2027."),
        (replace(EXCEPTED, exception_reason=""), "Say why 28 clear days can’t be kept."),
        (replace(EXCEPTED, told_on=None), "Tell the chair of scrutiny, and record the day."),
        (replace(EXCEPTED, exception_published_on=None), "Publish the reasons, and record the day."),
        (replace(URGENT, agreed_on=None), "Ask the chair of scrutiny to agree, and record the day."),
        (replace(URGENT, exception_published_on=None), "Publish the reasons, and record the day."),
        (
            replace(IN_TIME, published_on=LAST + ONE_DAY),
            "The notice of 15 June 2027 is too late: 28 clear days end on 14 June 2027. Choose a later meeting, from "
            "Wednesday 14 July 2027, or record the exception used.",
        ),
    ],
)
def test_what_keeps_a_key_decision_from_its_day_is_said(notice: Notice, sentence: str) -> None:
    state = stands(notice)
    assert not state.is_lawful and sentence in state.sentence


def test_once_the_last_day_has_gone_the_ways_on_are_named() -> None:
    said = stands(Notice(MEETING), LAST + ONE_DAY).sentence
    assert "can’t be kept any more: the last day was Monday 14 June 2027" in said
    assert "later day" in said and "exception" in said


@pytest.mark.parametrize(
    ("notice", "sentence"),
    [
        (IN_TIME, "Published on 14 June 2027, in time for Tuesday 13 July 2027."),
        (EXCEPTED, "General exception: C. Chair was told on 5 July 2027, and the reasons were published on 5 July"),
        (URGENT, "Special urgency: C. Chair agreed on 13 July 2027, and the reasons were published on 13 July 2027."),
    ],
)
def test_each_route_lets_the_decision_be_taken_and_says_by_what(notice: Notice, sentence: str) -> None:
    state = stands(notice, MEETING)
    assert state.is_lawful and sentence in state.sentence and state.missing == ()


def test_special_urgency_doesn_t_wait_and_never_comes_before_the_agreement() -> None:
    assert stands(URGENT).earliest_on == MEETING
    assert not stands(replace(URGENT, agreed_on=MEETING + ONE_DAY)).is_lawful


def test_every_last_day_shows_how_it_is_worked_out() -> None:
    working = stands(IN_TIME).notice_by
    assert working.answer == LAST and sum(row.counted is not None for row in working.days) == 28
    assert "28 clear days" in working.rule and "regulation 9" in working.source
    five = general_exception_by(MEETING, ENGLAND)
    assert sum(row.counted is not None for row in five.days) == 5 and "regulation 10" in five.source


@pytest.mark.parametrize(
    ("published", "to", "is_refused"),
    [
        (None, date(2027, 7, 1), False),
        (LAST, MEETING, False),
        (LAST, date(2027, 9, 14), False),
        (LAST, date(2027, 7, 12), True),
    ],
)
def test_a_notified_decision_may_be_put_off_and_never_brought_forward(
    published: date | None, to: date, is_refused: bool
) -> None:
    stop = why_not_that_day(published, MEETING, to)
    assert (stop is not None) is is_refused
    if stop:
        assert stop.startswith("The public was told of 13 July 2027. An earlier day needs a new notice.")


def test_the_dates_of_a_meeting_run_in_order_from_the_notice_to_the_effect() -> None:
    found = around_a_meeting(MEETING, 5, ENGLAND)
    assert [one.on for one in found] == sorted(one.on for one in found)
    days = {one.what: one.on for one in found}
    assert days["Last day for the notice of a key decision"] == LAST
    assert next(on for what, on in days.items() if "agenda" in what) == date(2027, 7, 5)
    assert days["The meeting"] == MEETING
    assert days["Call-in ends"] == date(2027, 7, 23) and days["The decision takes effect"] == date(2027, 7, 26)
    assert all(one.working for one in found if one.what.startswith(("Last day", "Call-in")))


def test_a_council_without_call_in_has_no_call_in_dates() -> None:
    assert not [one for one in around_a_meeting(MEETING, 0, ENGLAND) if "Call-in" in one.what]


def test_a_day_of_publication_that_falls_on_a_weekend_moves_to_the_next_working_day() -> None:
    published = next(one for one in around_a_meeting(date(2027, 9, 15), 5, ENGLAND) if "published" in one.what)
    assert published.on == date(2027, 9, 20)
