"""The timetable: days in order from lead times, the floor under the deadline (T1 to T6), and what is advised."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from procure.law.calendars import planning_england, planning_uk_any
from procure.law.periods import Circumstance
from procure.tender.timetable_rules import (
    Basis,
    Planned,
    PlannedStep,
    date_problems,
    deadline_warnings,
    floor_of,
    label_of,
    plan,
    planned_notice_problem,
)

S = PlannedStep
ENGLAND, UK = planning_england(), planning_uk_any()
USUAL = Basis(date(2027, 9, 15), date(2027, 10, 20), service_starts_on=date(2028, 4, 1))


def days_of(basis: Basis, **chosen: date) -> dict[PlannedStep, date]:
    return {one.step: one.on for one in planned(basis, **chosen)}


def planned(basis: Basis, **chosen: date) -> tuple[Planned, ...]:
    return plan(basis, england=ENGLAND, uk_any=UK, chosen={PlannedStep(name): on for name, on in chosen.items()})


def test_the_usual_open_procedure_fills_the_days_from_deadline_to_signature() -> None:
    """The same way back from 31 March 2028 as in the plan of a purchase: nothing is lost between the two."""
    assert days_of(USUAL) == {
        S.NOTICE: date(2027, 9, 15), S.QUESTIONS: date(2027, 10, 6), S.ANSWERS: date(2027, 10, 13),
        S.CLOSES: date(2027, 10, 20), S.OPENED: date(2027, 10, 21), S.SCORED: date(2027, 11, 4),
        S.MODERATED: date(2027, 11, 18), S.DECIDED: date(2027, 12, 6), S.CALL_IN: date(2027, 12, 14),
        S.SUMMARIES: date(2027, 12, 16), S.AWARD_NOTICE: date(2027, 12, 17), S.STANDSTILL: date(2027, 12, 30),
        S.SIGNED: date(2028, 1, 7), S.STARTS: date(2028, 4, 1),
    }  # fmt: skip


def test_every_day_but_the_two_that_are_entered_shows_how_it_is_worked_out() -> None:
    for one in planned(USUAL):
        if one.step in (S.NOTICE, S.CLOSES):
            assert one.working is None
            continue
        assert one.working is not None and one.working.answer == one.on and one.working.rule and one.working.source
    by_step = {one.step: one.working for one in planned(USUAL)}
    assert "council’s own" in by_step[S.SCORED].source and "England" in by_step[S.SCORED].calendar  # type: ignore[union-attr]
    assert "section 51" in by_step[S.STANDSTILL].source  # type: ignore[union-attr]
    assert "Northern Ireland" in by_step[S.STANDSTILL].calendar or "United Kingdom" in by_step[S.STANDSTILL].calendar  # type: ignore[union-attr]


def test_what_follows_a_day_that_was_moved_is_counted_from_it() -> None:
    moved = planned(USUAL, scored=date(2027, 11, 5))
    by_step = {one.step: one for one in moved}
    assert by_step[S.SCORED].is_moved and not by_step[S.MODERATED].is_moved
    assert by_step[S.MODERATED].on == date(2027, 11, 19)


def test_quotes_have_no_award_notice_and_no_standstill() -> None:
    quotes = replace(USUAL, is_quotes=True)
    steps = days_of(quotes)
    assert not {S.CALL_IN, S.AWARD_NOTICE, S.STANDSTILL} & steps.keys()
    assert steps[S.SUMMARIES] > steps[S.DECIDED] and steps[S.SIGNED] > steps[S.SUMMARIES]
    assert label_of(S.CLOSES, is_quotes=True) == "Quotes due"


@pytest.mark.parametrize(
    ("notice", "how", "planned_on", "earliest"),
    [
        pytest.param(date(2026, 3, 2), Circumstance.PLANNED_NOTICE, date(2026, 1, 2), date(2026, 3, 12), id="T1 10"),
        pytest.param(date(2026, 3, 2), Circumstance.ELECTRONIC, None, date(2026, 3, 27), id="T1 25"),
        pytest.param(date(2026, 3, 2), None, None, date(2026, 3, 27), id="T1 nothing said"),
        pytest.param(date(2026, 3, 2), Circumstance.ELECTRONIC_DOCUMENTS_LATER, None, date(2026, 4, 1), id="T1 30"),
        pytest.param(date(2026, 3, 2), Circumstance.PAPER_DOCUMENTS_LATER, None, date(2026, 4, 6), id="T1 35"),
        pytest.param(date(2026, 12, 7), Circumstance.ELECTRONIC, None, date(2027, 1, 1), id="T2"),
        pytest.param(date(2026, 2, 10), Circumstance.PLANNED_NOTICE, date(2026, 1, 2), date(2026, 3, 7), id="T3 25"),
        pytest.param(date(2026, 2, 11), Circumstance.PLANNED_NOTICE, date(2026, 1, 2), date(2026, 2, 21), id="T4 10"),
        pytest.param(date(2027, 1, 2), Circumstance.PLANNED_NOTICE, date(2026, 1, 2), date(2027, 1, 12), id="T5 10"),
        pytest.param(date(2027, 1, 3), Circumstance.PLANNED_NOTICE, date(2026, 1, 2), date(2027, 1, 28), id="T5 25"),
    ],
)
def test_the_floor_of_the_tender_period(
    notice: date, how: Circumstance | None, planned_on: date | None, earliest: date
) -> None:
    floor = floor_of(Basis(notice, notice), how, planned_on)
    assert floor is not None and floor.answer == earliest
    days = planned(Basis(notice, earliest))
    found = [one for one in date_problems(Basis(notice, earliest), days, how, planned_on) if one.step is S.CLOSES]
    assert not found
    day_early = date.fromordinal(earliest.toordinal() - 1)
    early = Basis(notice, day_early)
    problems = date_problems(early, planned(early), how, planned_on)
    assert problems and problems[0].step in (S.CLOSES, None)


@pytest.mark.parametrize(
    ("planned_on", "tender_on", "says"),
    [
        pytest.param(None, date(2026, 2, 11), "Enter the day the planned procurement notice was published.", id="none"),
        pytest.param(date(2026, 1, 2), date(2026, 2, 10), "It was published 39 days before", id="T3"),
        pytest.param(date(2026, 1, 2), date(2026, 2, 11), "", id="T4"),
        pytest.param(date(2026, 1, 2), date(2027, 1, 2), "", id="T5"),
        pytest.param(date(2026, 1, 2), date(2027, 1, 3), "It was published 366 days before", id="T5 a day more"),
        pytest.param(date(2026, 1, 2), date(2026, 1, 1), "It was published after", id="after"),
    ],
)
def test_a_planned_notice_that_does_not_qualify_is_told(planned_on: date | None, tender_on: date, says: str) -> None:
    problem = planned_notice_problem(Circumstance.PLANNED_NOTICE, planned_on, tender_on)
    assert problem.startswith(says) and bool(problem) == bool(says)
    assert planned_notice_problem(Circumstance.ELECTRONIC, planned_on, tender_on) == ""


def test_easter_and_christmas_are_advised_against() -> None:
    """T1 and T2: lawful to the day, and unwise."""
    easter = deadline_warnings(Basis(date(2026, 3, 2), date(2026, 4, 6)), ENGLAND)
    assert easter[0] == (
        "Monday 6 April 2026 is no working day (Easter Monday, bank holiday). A later deadline is wiser."
    )
    christmas = " ".join(deadline_warnings(Basis(date(2026, 12, 7), date(2027, 1, 1)), ENGLAND))
    assert "Christmas Day" in christmas and "leaves 16 working days" in christmas
    assert deadline_warnings(Basis(date(2026, 3, 2), date(2026, 3, 27)), ENGLAND) == []


def test_a_short_time_for_a_light_touch_contract_is_lawful_and_questioned() -> None:
    """T6."""
    five = Basis(date(2026, 3, 2), date(2026, 3, 7), is_light_touch=True)
    assert not [one for one in date_problems(five, planned(five)) if one.sentence.startswith("Bidders must")]
    assert "Bidders would have 5 days." in " ".join(deadline_warnings(five, ENGLAND))
    assert "Is it?" not in " ".join(deadline_warnings(replace(five, closes_on=date(2026, 3, 27)), ENGLAND))


@pytest.mark.parametrize(
    ("chosen", "step", "says"),
    [
        ({"moderated": date(2027, 11, 3)}, S.MODERATED, "“Scores agreed” can’t be before “Individual scores finished”"),
        ({"answers": date(2027, 10, 21)}, S.ANSWERS, "“Answers published by” can’t be after “Bids due”"),
        ({"questions": date(2027, 9, 14)}, S.QUESTIONS, "“Last day for questions” can’t be before “Tender notice"),
        ({"opened": date(2027, 10, 19)}, S.OPENED, "“Bids opened and checked” can’t be before “Bids due”"),
        (
            {"standstill": date(2027, 12, 29)},
            S.STANDSTILL,
            "The standstill can’t end before Thursday 30 December 2027.",
        ),
        ({"signed": date(2027, 12, 30)}, S.SIGNED, "The contract can be signed on the day after the standstill"),
    ],
)
def test_days_out_of_order_are_refused_at_their_step(chosen: dict[str, date], step: PlannedStep, says: str) -> None:
    problems = date_problems(USUAL, planned(USUAL, **chosen))
    assert (problems[0].step, problems[0].sentence.startswith(says)) == (step, True), problems


def test_a_light_touch_contract_may_go_without_a_standstill() -> None:
    light = replace(USUAL, is_light_touch=True)
    on = days_of(light)[S.AWARD_NOTICE]
    assert date_problems(light, planned(light, standstill=on, signed=on)) == []


def test_too_little_time_to_begin_the_service_is_told() -> None:
    late = {one.step: one for one in planned(replace(USUAL, service_starts_on=date(2028, 2, 1)))}
    assert late[S.STARTS].advice == "That leaves 16 working days to get ready. The council allows 60."
