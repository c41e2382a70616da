"""Which dates matter and when their letters go: one contract, with the days of its life."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from procure.contract.rules import ContractState, Term, Tier, WhatFollows
from procure.law.calendars import planning_england, planning_uk_any
from procure.law.timetable import start_by
from procure.law.working_days import is_working_day
from procure.mail.declare import all_emails
from procure.reminder.rules.going import (
    Due,
    answer_by,
    digest_day_of,
    going_to,
    latest_snooze,
    moved_label,
    next_digest_day,
    passed_over,
)
from procure.reminder.rules.kinds import (
    DIGEST_LETTER,
    FOLLOWING,
    USUAL,
    Ahead,
    NotAnOffset,
    ReminderKind,
    about_label,
    codes,
    letter_of,
    of_codes,
    offsets_for,
    offsets_said,
    read_offsets,
)
from procure.reminder.rules.planning import Known, Occasion, Terms, all_dates, plan_of, send_on_for

ENGLAND = planning_england()
K = ReminderKind
TODAY = date(2027, 1, 25)


def contract(ends_on: date | None = date(2028, 3, 31), starts_on: date = date(2025, 4, 1), **changed: object) -> Terms:
    known: dict[str, object] = {
        "of": "contract:1", "contract_id": 1, "starts_on": starts_on, "ends_on": ends_on,
        "next_option": (1, date(2027, 6, 30)),
        "start_by_on": start_by(ends_on, england=ENGLAND, uk_any=planning_uk_any()).start_by if ends_on else None,
    }  # fmt: skip
    return Terms(**(known | changed))  # type: ignore[arg-type]


def usual(kind: ReminderKind) -> tuple[Ahead, ...]:
    return offsets_for(kind, None, {})


def sent(terms: Terms) -> list[tuple[str, str, date]]:
    return [(one.occasion.kind.value, one.ahead.code, one.send_on) for one in all_dates(terms, usual, TODAY, ENGLAND)]


def known_of(terms: Terms, *, sent_until: date = date.min) -> list[Known]:
    """The reminders of a contract as they stand when all was planned in time, and sent until a day."""
    return [
        Known(number, one.occasion.kind, one.occasion.item, one.occasion.about_on, one.ahead.code, one.due_on,
              is_sent=one.send_on <= sent_until)
        for number, one in enumerate(all_dates(terms, usual, TODAY, ENGLAND), start=1)
    ]  # fmt: skip


def test_the_letters_of_a_contract_go_on_these_days() -> None:
    assert sent(contract()) == [
        ("ladder", "18m", date(2026, 9, 30)),
        ("option", "3m", date(2027, 3, 30)),
        ("ladder", "12m", date(2027, 3, 31)),
        ("start_by", "28d", date(2027, 4, 7)),
        ("start_by", "-1d", date(2027, 5, 6)),
        ("option", "30d", date(2027, 5, 28)),
        ("ladder", "9m", date(2027, 6, 30)),
        ("ladder", "6m", date(2027, 9, 30)),
        ("ladder", "3m", date(2027, 12, 31)),
        ("over", "0d", date(2028, 3, 31)),
        ("over", "-30d", date(2028, 5, 2)),
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
        (
            date(2028, 2, 29),
            [date(2026, 8, 28), date(2027, 2, 26), date(2027, 5, 28), date(2027, 8, 27), date(2027, 11, 29)],
        ),
    ],
)
def test_the_ladder_clips_to_the_month_and_goes_on_a_working_day(ends_on: date, days: list[date]) -> None:
    ladder = contract(ends_on, starts_on=date(2024, 1, 1), next_option=None, choice=WhatFollows.BUY_AGAIN)
    assert [day for kind, _, day in sent(ladder) if kind == "ladder"] == days


def test_a_letter_on_a_bank_holiday_says_that_it_goes_before() -> None:
    assert moved_label(date(2027, 5, 31), date(2027, 5, 28), ENGLAND) == "Goes on Friday 28 May"
    assert moved_label(date(2027, 3, 31), date(2027, 3, 31), ENGLAND) == ""


@pytest.mark.parametrize(
    ("today", "at_once", "to_come"),
    [
        (date(2025, 4, 1), None, 11),
        (date(2026, 9, 30), None, 11),
        (date(2026, 10, 1), ("ladder", "18m"), 10),
        (date(2027, 4, 1), ("ladder", "12m"), 8),
        (date(2027, 6, 1), ("option", "30d"), 5),
        (date(2027, 7, 1), ("ladder", "9m"), 4),
        (date(2028, 3, 31), ("ladder", "3m"), 2),
        (date(2028, 4, 10), ("over", "0d"), 1),
        (date(2031, 1, 2), ("over", "-30d"), 0),
    ],
)
def test_a_contract_entered_late_gets_the_last_letter_it_missed_and_no_other(
    today: date, at_once: tuple[str, str] | None, to_come: int
) -> None:
    found = plan_of(contract(), [], usual, today, ENGLAND).add
    late = [one for one in found if one.due_on < today and one.send_on == today]
    assert [(one.occasion.kind.value, one.ahead.code) for one in late] == ([at_once] if at_once else [])
    assert len(found) - len(late) == to_come


def test_planning_again_adds_nothing_and_keeps_all() -> None:
    plan = plan_of(contract(), known_of(contract()), usual, TODAY, ENGLAND)
    assert plan.is_nothing and len(plan.keep) == 11


@pytest.mark.parametrize(
    ("changed", "kinds"),
    [
        ({}, {"ladder", "option", "start_by", "over"}),
        ({"choice": WhatFollows.BUY_AGAIN, "has_purchase": True}, {"ladder", "over"}),
        ({"has_purchase": True}, {"ladder", "option", "over"}),
        ({"choice": WhatFollows.EXTEND}, {"ladder", "option", "over"}),
        ({"choice": WhatFollows.LET_LAPSE}, {"over"}),
        ({"choice": WhatFollows.REPLACED}, {"over"}),
        ({"next_option": None}, {"ladder", "start_by", "over"}),
        ({"ends_on": None}, set()),
        ({"term": Term.EVERGREEN}, set()),
        ({"state": ContractState.TO_SIGN}, set()),
        ({"state": ContractState.ENDED}, set()),
        ({"has_owner": False, "ends_on": None}, {"owner"}),
    ],
)
def test_letters_stop_when_their_question_is_answered(changed: dict[str, object], kinds: set[str]) -> None:
    assert {kind for kind, _, _ in sent(contract(**changed))} == kinds


def test_an_end_moved_by_a_year_cancels_the_old_ladder_and_begins_the_new_one_eighteen_months_before() -> None:
    known = known_of(contract(), sent_until=date(2027, 1, 25))
    longer = contract(date(2029, 3, 31), next_option=None)
    plan = plan_of(longer, known, usual, date(2027, 1, 25), ENGLAND)
    assert plan.cancel == tuple(one.id for one in known if not one.is_sent) and not plan.keep
    assert plan.settle == (1,), "the letter that was sent about the old end asks for no answer any more"
    ladder = [one for one in plan.add if one.occasion.kind is K.LADDER]
    assert ladder[0].send_on == date(2027, 9, 30) and ladder[0].ahead.code == "18m" and len(ladder) == 5


def test_a_decision_settles_the_letters_that_asked_for_it() -> None:
    known = known_of(contract(), sent_until=date(2027, 4, 7))
    plan = plan_of(contract(choice=WhatFollows.BUY_AGAIN, has_purchase=True), known, usual, date(2027, 4, 8), ENGLAND)
    assert set(plan.settle) == {one.id for one in known if one.is_sent}


def test_a_rolling_contract_is_told_of_its_last_day_to_give_notice_and_of_no_end() -> None:
    rolling = contract(
        date(2027, 12, 31), term=Term.ROLLING, roll_months=12, notice_months=3, next_option=None, start_by_on=None
    )
    assert sent(rolling) == [("notice", "3m", date(2027, 6, 30)), ("notice", "30d", date(2027, 8, 31))]
    monthly = replace(rolling, roll_months=1)
    assert sent(monthly) == [], "one that rolls each month is never told before it last rolled on"


LIFE = (
    Occasion(K.BREAK, date(2027, 7, 1), "break 2027-09-30", "the break on 30 September 2027"),
    Occasion(K.PAPER, date(2027, 4, 30), "paper 1", "Public liability insurance"),
    Occasion(K.INDICATOR, date(2027, 4, 30), "indicator 1", "Reach"),
    Occasion(K.DUTY, date(2027, 5, 30), "UK11 2027-05-01", "Contract termination notice"),
    Occasion(K.REVIEW, date(2027, 4, 30), "review 1", "Annual review"),
)


def test_the_days_of_its_life_are_told_of_each_by_itself() -> None:
    found = plan_of(contract(of_its_life=LIFE), known_of(contract()), usual, date(2027, 6, 7), ENGLAND).add
    assert {(one.occasion.kind, one.ahead.code, one.send_on) for one in found} == {
        (K.PAPER, "-1d", date(2027, 6, 7)), (K.INDICATOR, "-1d", date(2027, 6, 7)), (K.DUTY, "-1d", date(2027, 6, 7)),
        (K.BREAK, "30d", date(2027, 6, 7)),
    }  # fmt: skip
    over = contract(of_its_life=LIFE, state=ContractState.ENDED)
    assert {kind for kind, _, _ in sent(over)} == {"duty"}


def test_a_short_contract_is_not_reminded_before_it_starts() -> None:
    short = contract(date(2026, 3, 31), starts_on=date(2025, 10, 1), next_option=None)
    assert all(one.due_on >= date(2025, 10, 1) for one in all_dates(short, usual, TODAY, ENGLAND))


def test_a_letter_waits_ten_working_days_for_its_answer() -> None:
    assert answer_by(date(2027, 3, 31), ENGLAND) == date(2027, 4, 14)
    assert answer_by(date(2026, 12, 18), ENGLAND) == date(2027, 1, 6)


def test_dates_follow_one_another_for_any_end() -> None:
    for year in range(2026, 2060, 3):
        for month in (1, 2, 8, 12):
            found = all_dates(contract(date(year, month, 28), starts_on=date(year - 4, 1, 1)), usual, TODAY, ENGLAND)
            assert all(one.send_on <= other.send_on for one, other in pairwise(found))
            assert len({one.key for one in found}) == len(found)


# ── offsets ──


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("18 months, 12 months, 30 days", "18m 12m 30d"),
        ("1 day after, 2 weeks and 6 months", "6m 14d -1d"),
        ("on the day; 18m, 18 Months", "18m 0d"),
        ("", ""),
    ],
)
def test_offsets_are_read_as_people_type_them(typed: str, kept: str) -> None:
    found = read_offsets(typed)
    assert codes(found) == kept and of_codes(kept) == found
    assert read_offsets(offsets_said(found)) == found


@pytest.mark.parametrize(
    "typed", ["soon", "18", "2 years", "3 months after", "61 months", "-3 days", "1,5 months", "9" * 9]
)
def test_what_is_no_length_of_time_is_refused_in_a_sentence(typed: str) -> None:
    with pytest.raises(NotAnOffset) as refused:
        read_offsets(typed)
    assert refused.value.field == "offsets" and refused.value.sentence.endswith(".")


def test_a_contract_s_own_offsets_go_before_the_council_s_and_those_before_the_usual() -> None:
    council = {(K.LADDER, None): of_codes("10m"), (K.LADDER, Tier.GOLD): of_codes("24m")}
    assert codes(offsets_for(K.LADDER, Tier.GOLD, council)) == "24m"
    assert codes(offsets_for(K.LADDER, Tier.SILVER, council)) == "10m"
    assert codes(offsets_for(K.LADDER, Tier.BRONZE, {})) == "12m 6m 3m"
    assert offsets_for(K.LADDER, Tier.GOLD, council, {K.LADDER: ()}) == ()


# ── what goes ──


def due(id_: int, send_on: date, about_on: date = date(2028, 3, 31), **more: object) -> Due:
    known: dict[str, object] = {"of": f"contract:{id_}", "kind": K.LADDER, "item": "", "ahead": Ahead(12, True)}
    return Due(id=id_, about_on=about_on, due_on=send_on, send_on=send_on, **(known | more))  # type: ignore[arg-type]


def test_of_a_month_that_was_missed_each_contract_gets_its_latest_letter() -> None:
    first, second, other = (
        due(1, date(2027, 3, 30), of="c"),
        due(2, date(2027, 4, 7), of="c"),
        due(3, date(2027, 3, 31)),
    )
    paper = due(4, date(2027, 3, 31), kind=K.PAPER, item="paper 1", of="c")
    assert passed_over([first, second, other, paper], date(2027, 4, 30)) == {1}
    today = [due(1, date(2027, 3, 31), of="c"), due(2, date(2027, 3, 31), of="c")]
    assert passed_over(today, date(2027, 3, 31)) == set(), "what falls on one day goes on that day"


def test_more_than_five_at_once_are_one_letter_and_five_are_five() -> None:
    many = [due(number, TODAY) for number in range(6)]
    assert [len(one) for one in going_to(many, weekly=False, today=TODAY, england=ENGLAND).together] == [6]
    assert len(going_to(many[:5], weekly=False, today=TODAY, england=ENGLAND).alone) == 5


def test_three_returns_of_one_contract_due_on_one_day_are_asked_for_in_one_letter() -> None:
    returns = [due(n, TODAY, kind=K.INDICATOR, item=f"kpi {n}", of="contract:1") for n in (1, 2, 3)]
    other_day = due(4, TODAY, date(2028, 6, 30), kind=K.INDICATOR, item="kpi 4", of="contract:1")
    other_contract = due(5, TODAY, kind=K.INDICATOR, item="kpi 5", of="contract:2")

    going = going_to([*returns, other_day, other_contract], weekly=False, today=TODAY, england=ENGLAND)

    assert [[one.id for one in letter] for letter in going.together] == [[1, 2, 3]]
    assert [one.id for one in going.alone] == [5, 4]


def test_what_nobody_answered_is_passed_on_letter_by_letter() -> None:
    again = [due(n, TODAY, kind=K.ESCALATION, item=f"kpi {n}", of="contract:1") for n in (1, 2)]

    assert len(going_to(again, weekly=False, today=TODAY, england=ENGLAND).alone) == 2


def test_a_weekly_letter_goes_on_monday_with_the_most_urgent_first_and_what_cannot_wait_goes_at_once() -> None:
    wednesday = date(2027, 4, 7)
    late, soon, far = due(1, wednesday), due(2, wednesday, date(2027, 4, 12)), due(3, wednesday, date(2027, 6, 30))
    going = going_to([late, soon, far], weekly=True, today=wednesday, england=ENGLAND)
    assert [one.id for one in going.alone] == [2] and [one.id for one in going.put_off] == [3, 1]
    monday = going_to([late, far], weekly=True, today=date(2027, 4, 12), england=ENGLAND)
    assert [[one.id for one in letter] for letter in monday.together] == [[3, 1]]


def test_a_monday_that_is_a_bank_holiday_moves_the_weekly_letter_to_tuesday() -> None:
    assert digest_day_of(date(2027, 5, 5), ENGLAND) == date(2027, 5, 4)
    assert next_digest_day(date(2027, 5, 3), ENGLAND) == date(2027, 5, 4)
    assert next_digest_day(date(2027, 5, 4), ENGLAND) == date(2027, 5, 10)


def test_a_letter_is_put_off_no_further_than_the_day_it_is_about() -> None:
    assert latest_snooze(date(2027, 6, 30), Ahead(30), date(2027, 5, 31)) == date(2027, 6, 30)
    assert latest_snooze(date(2027, 6, 30), Ahead(-1), date(2027, 7, 1)) == date(2027, 8, 1)


# ── for any day ──


@given(
    about_on=st.dates(date(2026, 1, 1), date(2040, 12, 31)),
    ahead=st.one_of(st.integers(0, 60).map(lambda n: Ahead(n, True)), st.integers(0, 400).map(Ahead)),
    closed=st.sets(st.integers(0, 12), max_size=6),
)
@settings(max_examples=200, deadline=None)
def test_another_holiday_never_makes_a_letter_later_than_its_day(
    about_on: date, ahead: Ahead, closed: set[int]
) -> None:
    due_on = ahead.due_on(about_on)
    fewer = ENGLAND.also_closed({due_on - timedelta(days=number): "Closed" for number in closed})
    before, after = send_on_for(due_on, ahead, ENGLAND), send_on_for(due_on, ahead, fewer)
    assert after <= before <= due_on <= about_on and is_working_day(after, fewer)


@given(
    ends_on=st.dates(date(2027, 1, 1), date(2032, 12, 31)),
    days=st.lists(st.integers(0, 2200), min_size=1, max_size=12),
    moves=st.lists(st.integers(-400, 800), max_size=3),
)
@settings(max_examples=100, deadline=None)
def test_whenever_rounds_run_and_ends_move_each_reminder_goes_at_most_once(
    ends_on: date, days: list[int], moves: list[int]
) -> None:
    terms, known, gone = contract(ends_on), [], []
    for number, offset in enumerate(sorted(days)):
        today = date(2026, 1, 1) + timedelta(days=offset)
        if number < len(moves):
            terms = contract(ends_on + timedelta(days=moves[number]), version=number + 2)
        plan = plan_of(terms, known, usual, today, ENGLAND)
        known = [replace(one, is_dropped=True) if one.id in plan.cancel else one for one in known]
        first = len(known) + 1
        planned = {first + at: one for at, one in enumerate(plan.add)}
        known += [
            Known(id_, one.occasion.kind, one.occasion.item, one.occasion.about_on, one.ahead.code, one.due_on)
            for id_, one in planned.items()
        ]
        for at, one in enumerate(known):
            is_open = not (one.is_sent or one.is_dropped)
            if is_open and send_on_for(one.due_on, Ahead.of(one.ahead), ENGLAND) <= today:
                known[at] = replace(one, is_sent=True)
                gone.append((*one.occasion_key, one.ahead))
    assert len(gone) == len(set(gone))


# ── words ──


def test_every_kind_has_its_letter_and_its_words() -> None:
    letters = {letter_of(kind, ahead) for kind, offsets in USUAL.items() for ahead in offsets}
    declared = {email.name for email in all_emails().values() if email.room == "reminder"}
    assert letters | {letter_of(K.ESCALATION, Ahead(0)), DIGEST_LETTER} == declared
    for kind, offsets in USUAL.items():
        for ahead in offsets:
            assert about_label(kind, ahead, date(2027, 6, 30), "Reach")
    assert set(USUAL) | FOLLOWING == set(K)
    assert about_label(K.OPTION, Ahead(30), date(2027, 6, 30), "option 1") == "Use option 1 by 30 June"
    assert about_label(K.LADDER, Ahead(12, True), date(2027, 6, 30)) == "12 months before the end"
