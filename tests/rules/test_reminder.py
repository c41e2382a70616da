"""Which dates matter and when their letters go: one contract, with the days of its life."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest

from procure.contract.rules import ContractDates, WhatFollows, plan_options
from procure.law.calendars import planning_england, planning_uk_any
from procure.law.timetable import start_by
from procure.mail.declare import all_emails
from procure.reminder.rules import (
    ESCALATION_LETTER,
    REMINDERS,
    ReminderKind,
    about_label,
    all_dates,
    answer_by,
    dates_to_remember,
    moved_label,
    still_stand,
)

ENGLAND = planning_england()


def contract(ends_on: date = date(2028, 3, 31), starts_on: date = date(2025, 4, 1), **changed: object) -> ContractDates:
    known: dict[str, object] = {
        "starts_on": starts_on, "ends_on": ends_on, "options": plan_options(ends_on, (12, 12)),
        "start_by_on": start_by(ends_on, england=ENGLAND, uk_any=planning_uk_any()).start_by,
    }  # fmt: skip
    return ContractDates(**(known | changed))  # type: ignore[arg-type]


def sent(dates: ContractDates) -> list[tuple[str, int, date]]:
    return [(one.kind.value, one.step, one.send_on) for one in all_dates(dates, ENGLAND)]


def test_the_letters_of_a_contract_go_on_these_days() -> None:
    assert sent(contract()) == [
        ("ladder", 18, date(2026, 9, 30)),
        ("option", 3, date(2027, 3, 30)),
        ("ladder", 12, date(2027, 3, 31)),
        ("start_by", 4, date(2027, 4, 7)),
        ("start_by", 0, date(2027, 5, 6)),
        ("option", 1, date(2027, 5, 28)),
        ("ladder", 9, date(2027, 6, 30)),
        ("ladder", 6, date(2027, 9, 30)),
        ("ladder", 3, date(2027, 12, 31)),
    ]


@pytest.mark.parametrize(
    ("ends_on", "days"),
    [
        (
            date(2027, 8, 31),
            [date(2026, 2, 27), date(2026, 8, 28), date(2026, 11, 30), date(2027, 2, 26), date(2027, 5, 28)],
        ),
        (
            date(2027, 2, 28),
            [date(2025, 8, 28), date(2026, 2, 27), date(2026, 5, 28), date(2026, 8, 28), date(2026, 11, 27)],
        ),
    ],
)
def test_the_ladder_clips_to_the_month_and_goes_on_a_working_day(ends_on: date, days: list[date]) -> None:
    ladder = contract(ends_on, starts_on=date(2024, 1, 1), options=(), choice=WhatFollows.BUY_AGAIN)
    assert [day for _, _, day in sent(ladder)] == days


def test_a_letter_on_a_bank_holiday_says_that_it_goes_before() -> None:
    assert moved_label(date(2027, 5, 31), date(2027, 5, 28), ENGLAND) == "Goes on Friday 28 May"
    assert moved_label(date(2027, 3, 31), date(2027, 3, 31), ENGLAND) == ""


@pytest.mark.parametrize(
    ("today", "at_once", "to_come"),
    [
        (date(2025, 4, 1), None, 9),
        (date(2026, 9, 30), None, 9),
        (date(2026, 10, 1), ("ladder", 18), 8),
        (date(2027, 4, 1), ("ladder", 12), 6),
        (date(2027, 6, 1), ("option", 1), 3),
        (date(2027, 7, 1), ("ladder", 9), 2),
        (date(2028, 3, 31), ("ladder", 3), 0),
    ],
)
def test_a_contract_entered_late_gets_the_last_letter_it_missed_and_no_other(
    today: date, at_once: tuple[str, int] | None, to_come: int
) -> None:
    found = dates_to_remember(contract(), today, ENGLAND)
    late = [one for one in found if one.due_on < today and one.send_on == today]
    assert [(one.kind.value, one.step) for one in late] == ([at_once] if at_once else [])
    assert len(found) - len(late) == to_come


def test_what_was_missed_is_the_same_one_the_next_day() -> None:
    keys = [dates_to_remember(contract(), date(2027, 6, day), ENGLAND)[0].key for day in (1, 2, 15)]
    assert len(set(keys)) == 1


@pytest.mark.parametrize(
    ("changed", "kinds"),
    [
        ({}, {"ladder", "option", "start_by"}),
        ({"choice": WhatFollows.BUY_AGAIN, "has_purchase": True}, {"ladder"}),
        ({"has_purchase": True}, {"ladder", "option"}),
        ({"choice": WhatFollows.EXTEND}, {"ladder", "option"}),
        ({"choice": WhatFollows.LET_LAPSE}, set()),
        ({"options": ()}, {"ladder", "start_by"}),
    ],
)
def test_letters_stop_when_their_question_is_answered(changed: dict[str, object], kinds: set[str]) -> None:
    assert {kind for kind, _, _ in sent(contract(**changed))} == kinds


def test_a_moved_end_leaves_no_old_reminder_standing() -> None:
    old = [one.key for one in all_dates(contract(), ENGLAND)]
    assert not any(still_stand(old, contract(date(2029, 3, 31), options=())))
    assert all(still_stand(old, contract()))


def test_a_short_contract_is_not_reminded_before_it_starts() -> None:
    short = contract(date(2026, 3, 31), starts_on=date(2025, 10, 1), options=())
    assert all(one.due_on >= date(2025, 10, 1) for one in all_dates(short, ENGLAND))


def test_a_letter_waits_ten_working_days_for_its_answer() -> None:
    assert answer_by(date(2027, 3, 31), ENGLAND) == date(2027, 4, 14)
    assert answer_by(date(2026, 12, 18), ENGLAND) == date(2027, 1, 6)


def test_dates_follow_one_another_for_any_end() -> None:
    for year in range(2026, 2060, 3):
        for month in (1, 2, 8, 12):
            found = all_dates(contract(date(year, month, 28), starts_on=date(year - 4, 1, 1)), ENGLAND)
            assert all(one.send_on <= other.send_on for one, other in pairwise(found))
            assert len({one.key for one in found}) == len(found)


def test_every_line_of_the_table_has_its_letter_and_its_words() -> None:
    letters = {line.letter for line in REMINDERS} | {ESCALATION_LETTER}
    assert letters == {email.name for email in all_emails().values() if email.room == "reminder"}
    for line in REMINDERS:
        assert about_label(line.kind, line.step, date(2027, 6, 30))
    assert about_label(ReminderKind.OPTION, 1, date(2027, 6, 30)) == "Use the next option by 30 June"
