"""When views are chased and signatures reminded of, and in which words an answer is asked for."""

from __future__ import annotations

from datetime import date

import pytest

from procure.authority.rules import ConsultationMode, View
from procure.authority.rules.reminding import (
    Reminding,
    chase_on,
    is_to_be_chased,
    is_told_late,
    reminder_to_sign,
)
from procure.authority.rules.saying import answer_said, answers_offered, must_agree, words_needed
from procure.law.calendars import planning_england

ENGLAND = planning_england()
FRIDAY, MONDAY, WEDNESDAY, THURSDAY = date(2027, 11, 12), date(2027, 11, 15), date(2027, 11, 17), date(2027, 11, 18)


@pytest.mark.parametrize(
    ("asked", "due", "chased"),
    [
        (FRIDAY, THURSDAY, WEDNESDAY),
        (FRIDAY, date(2027, 11, 22), date(2027, 11, 19)),  # a Monday: on the Friday before
        (FRIDAY, MONDAY, MONDAY),  # never on the day it was asked
        (WEDNESDAY, THURSDAY, THURSDAY),
        (FRIDAY, date(2027, 11, 13), date(2027, 11, 13)),  # never after the day to answer
        (date(2027, 12, 20), date(2027, 12, 29), date(2027, 12, 24)),  # Christmas fell on a weekend
        (date(2028, 2, 21), date(2028, 3, 1), date(2028, 2, 29)),
    ],
)
def test_the_one_chase_is_on_the_working_day_before(asked: date, due: date, chased: date) -> None:
    assert chase_on(due, asked, ENGLAND) == chased


@pytest.mark.parametrize(
    ("today", "is_chased", "is_answered", "owed"),
    [
        (date(2027, 11, 16), False, False, False),
        (WEDNESDAY, False, False, True),
        (WEDNESDAY, True, False, False),
        (WEDNESDAY, False, True, False),
        (date(2027, 11, 25), False, False, True),  # the clock had slept
    ],
)
def test_nobody_is_chased_early_or_twice(today: date, is_chased: bool, is_answered: bool, owed: bool) -> None:
    assert owed is is_to_be_chased(
        due_on=THURSDAY, asked_on=FRIDAY, is_chased=is_chased, is_answered=is_answered, today=today, calendar=ENGLAND
    )


@pytest.mark.parametrize(
    ("sign_by", "sent", "today", "owed"),
    [
        (None, FRIDAY, THURSDAY, None),
        (THURSDAY, FRIDAY, date(2027, 11, 16), None),
        (THURSDAY, FRIDAY, WEDNESDAY, Reminding.SOON),
        (THURSDAY, FRIDAY, THURSDAY, Reminding.SOON),
        (THURSDAY, FRIDAY, date(2027, 11, 19), Reminding.PASSED),
        (THURSDAY, WEDNESDAY, WEDNESDAY, None),  # told on that day already
        (MONDAY, date(2027, 11, 10), FRIDAY, Reminding.SOON),
        (FRIDAY, MONDAY, MONDAY, None),  # sent when the day had passed: that letter says it
    ],
)
def test_the_decision_maker_is_reminded_before_the_day_and_after_it(
    sign_by: date | None, sent: date, today: date, owed: Reminding | None
) -> None:
    assert reminder_to_sign(sign_by, sent, today, ENGLAND) is owed


def test_the_case_officer_is_told_the_morning_after() -> None:
    assert not is_told_late(THURSDAY, THURSDAY)
    assert is_told_late(THURSDAY, date(2027, 11, 19))


@pytest.mark.parametrize("mode", list(ConsultationMode))
def test_every_mode_has_its_three_answers(mode: ConsultationMode) -> None:
    offered = answers_offered(mode)
    assert [view for view, _, _ in offered] == [View.CONTENT, View.COMMENTS, View.OBJECTS]
    assert all(label and hint for _, label, hint in offered)


@pytest.mark.parametrize(
    ("mode", "said", "needed"),
    [
        (ConsultationMode.CONSULT, ("Content", "Comments", "Objects"), "Say what you object to."),
        (ConsultationMode.AGREE, ("Agrees", "Comments, not agreed", "Doesn’t agree"), "Say why you don’t agree."),
    ],
)
def test_comments_are_never_an_agreement(mode: ConsultationMode, said: tuple[str, ...], needed: str) -> None:
    assert tuple(answer_said(view, mode) for view in (View.CONTENT, View.COMMENTS, View.OBJECTS)) == said
    assert words_needed(View.OBJECTS, mode) == needed and words_needed(View.COMMENTS, mode) == "Enter your comments."
    assert must_agree(mode) is (mode is ConsultationMode.AGREE)
