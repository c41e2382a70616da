"""A whole purchase laid out from either end, what a change would move, and the rules it would break."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from procure.law.calendars import planning_england, planning_uk_any
from procure.law.light_touch import START_SET
from procure.law.timetable import OPEN_PROCEDURE, Step, start_by
from procure.pictures.gantt import Bar, gantt
from procure.procurement.regime_rules import Told, doubts_of
from procure.procurement.rules import ContractKind
from procure.tender.programme_rules import (
    Came,
    Counted,
    Limits,
    Plan,
    broken_by,
    headline,
    legs_of,
    moved_between,
    steps_for,
    with_lengths,
)

ENGLAND, UK = planning_england(), planning_uk_any()
SERVICE = date(2028, 4, 1)
EARLY = date(2027, 1, 25)


def laid(plan: Plan) -> dict[str, date]:
    return {leg.step.key: leg.start_on for leg in legs_of(plan, england=ENGLAND, uk_any=UK)}


NO_LIMITS = Limits()


def said(plan: Plan, limits: Limits = NO_LIMITS, today: date = EARLY) -> list[str]:
    legs = legs_of(plan, england=ENGLAND, uk_any=UK)
    return [one.sentence for one in broken_by(legs, plan, limits, ENGLAND, today)]


def test_backwards_it_is_the_back_calculation_to_the_day() -> None:
    """Domain 7.6."""
    plan = start_by(SERVICE - timedelta(days=1), england=ENGLAND, uk_any=UK)
    found = laid(Plan(Counted.BACKWARDS, SERVICE))
    assert found == {stage.step.key: stage.latest_start_on for stage in plan.stages}
    assert found["appraisal"] == date(2027, 5, 5) and found["mobilisation"] == date(2028, 1, 10)


def test_the_last_meeting_before_august_moves_everything_before_it() -> None:
    found = laid(Plan(Counted.BACKWARDS, SERVICE, meetings=(date(2027, 7, 13), date(2027, 9, 14))))
    assert (found["call_in"], found["report"], found["appraisal"]) == (
        date(2027, 7, 13), date(2027, 6, 1), date(2027, 4, 2),
    )  # fmt: skip


def test_forwards_a_report_waits_for_the_next_meeting() -> None:
    meetings = (date(2027, 7, 13), date(2027, 9, 14))
    legs = legs_of(Plan(Counted.FORWARDS, date(2027, 5, 5), meetings=meetings), england=ENGLAND, uk_any=UK)
    call_in = next(leg for leg in legs if leg.step.key == "call_in")
    assert call_in.start_on == date(2027, 9, 14) and "Waits for the meeting" in call_in.note


def test_a_calendar_of_meetings_that_has_ended_says_so_and_moves_nothing() -> None:
    plan = Plan(Counted.BACKWARDS, SERVICE, meetings=(date(2026, 7, 14),))
    legs = legs_of(plan, england=ENGLAND, uk_any=UK)
    assert legs[0].start_on == date(2027, 5, 5)
    assert "The calendar of meetings ends on 14 July 2026" in legs[2].note


def test_what_has_begun_counts_whatever_was_planned() -> None:
    began = {"appraisal": date(2027, 5, 5), "tender": date(2027, 11, 1)}
    found = laid(Plan(Counted.FORWARDS, date(2027, 5, 5), began=began))
    assert found["tender"] == date(2027, 11, 1) and found["opening"] == date(2027, 12, 6)


@settings(max_examples=50)
@given(st.dates(date(2026, 6, 1), date(2029, 1, 1)), st.sampled_from(OPEN_PROCEDURE), st.integers(1, 30))
def test_a_longer_stage_never_makes_the_service_earlier_nor_the_start_later(
    begins: date, step: object, more: int
) -> None:
    longer = with_lengths(OPEN_PROCEDURE, {step.key: step.days + more})

    def ends(steps: tuple[Step, ...]) -> date:
        return legs_of(Plan(Counted.FORWARDS, begins, steps), england=ENGLAND, uk_any=UK)[-1].before

    def starts(steps: tuple[Step, ...]) -> date:
        return legs_of(Plan(Counted.BACKWARDS, begins, steps), england=ENGLAND, uk_any=UK)[0].start_on

    assert ends(longer) >= ends(OPEN_PROCEDURE) and starts(longer) <= starts(OPEN_PROCEDURE)


@settings(max_examples=50)
@given(st.dates(date(2026, 6, 1), date(2029, 1, 1)))
def test_forwards_from_the_last_safe_day_the_service_is_in_time(service: date) -> None:
    first = legs_of(Plan(Counted.BACKWARDS, service), england=ENGLAND, uk_any=UK)[0].start_on
    assert legs_of(Plan(Counted.FORWARDS, first), england=ENGLAND, uk_any=UK)[-1].before <= service + timedelta(days=5)


def test_rules_that_a_plan_breaks_are_named() -> None:
    tight = with_lengths(OPEN_PROCEDURE, {"tender": 20, "standstill": 5, "call_in": 3})
    limits = Limits(least_tender_days=25, standstill_days=8, standstill_binds=True)
    found = " ".join(said(Plan(Counted.BACKWARDS, SERVICE, tight), limits))
    assert "The law gives them 25 at least" in found and "can’t be shorter than 8 working days" in found
    assert "Call-in alone takes 5 working days" in found
    assert said(Plan(Counted.BACKWARDS, SERVICE), limits) == []


def test_a_standstill_may_be_left_out_where_the_law_asks_for_none_but_not_be_shorter() -> None:
    limits = Limits(standstill_days=8)
    none, short = (
        Plan(Counted.BACKWARDS, SERVICE, with_lengths(OPEN_PROCEDURE, {"standstill": days})) for days in (0, 5)
    )
    assert said(none, limits) == [] and len(said(short, limits)) == 1


def test_a_late_start_a_late_notice_and_a_gap_in_the_service_are_named() -> None:
    backwards = Plan(Counted.BACKWARDS, SERVICE)
    assert "should have begun on Wednesday 5 May 2027, 1 day ago" in said(backwards, today=date(2027, 5, 6))[0]
    assert said(backwards, today=date(2027, 5, 5)) == []
    forwards = Plan(Counted.FORWARDS, date(2027, 6, 1))
    gap = said(forwards, Limits(service_ends_on=SERVICE - timedelta(days=1)))
    assert len(gap) == 1 and "without one" in gap[0]
    soon = Plan(Counted.FORWARDS, date(2027, 7, 1), OPEN_PROCEDURE[2:])
    assert "notice of a key decision was due by" in said(soon, today=date(2027, 6, 25))[0]


def test_a_day_that_cannot_be_held_is_refused_in_words() -> None:
    held = {"tender": date(2027, 6, 1)}
    found = said(Plan(Counted.FORWARDS, date(2027, 5, 5), held=held))
    assert found == ["Open to bids can’t begin on Tuesday 1 June 2027: what comes before takes until then."]


def test_what_a_change_moves_is_told_stage_by_stage() -> None:
    old = legs_of(Plan(Counted.BACKWARDS, SERVICE), england=ENGLAND, uk_any=UK)
    new = legs_of(
        Plan(Counted.BACKWARDS, SERVICE, with_lengths(OPEN_PROCEDURE, {"tender": 42})), england=ENGLAND, uk_any=UK
    )
    moved = {one.name: one.said for one in moved_between(old, new)}
    assert moved["Open to bids"] == "7 days earlier" and moved["Opening and compliance"] == "Stays"
    assert moved["Service begins"] == "Stays"


def test_a_purchase_on_quotes_has_no_cabinet_and_no_standstill() -> None:
    keys = {step.key for step in steps_for(OPEN_PROCEDURE, is_quotes=True)}
    assert not keys & {"report", "call_in", "award_call_in", "standstill"} and "tender" in keys


def test_the_headline_says_what_comes_next() -> None:
    legs = legs_of(Plan(Counted.BACKWARDS, SERVICE), england=ENGLAND, uk_any=UK)
    assert headline(legs, {}, counted=Counted.BACKWARDS) == (
        "The work must begin by Wednesday 5 May 2027, so that the service begins on 1 April 2028."
    )
    came = {"appraisal": Came(date(2027, 5, 4))}
    assert headline(legs, came, counted=Counted.BACKWARDS).startswith(
        "Next: Cabinet report and clearances, by Thursday 1 July"
    )


# ── the picture ──


def test_the_picture_stays_within_its_frame_and_says_every_bar() -> None:
    bars = [
        Bar("Options appraisal & market <engagement>, a name that goes on and on", date(2027, 5, 5), date(2027, 7, 1)),
        Bar("Notice", date(2028, 2, 29), date(2028, 2, 29), came_from=date(2028, 3, 1)),
        Bar("Long ago", date(2027, 6, 1), date(2027, 6, 2), date(2026, 1, 1), None, is_broken=True),
    ]
    picture = gantt(bars, today=date(2027, 6, 15), title="Timetable")
    assert picture is not None and all(bar.name in picture.desc for bar in bars)
    for drawing in (picture.wide, picture.narrow):
        for mark in drawing.marks:
            if mark.kind == "rect":
                assert mark.x >= 0 and mark.x + mark.width <= drawing.width  # type: ignore[union-attr]
    assert gantt([], today=EARLY, title="None") is None


# ── what only a person can say ──


@pytest.mark.parametrize(
    ("kind", "cpv", "asked"),
    [
        (ContractKind.LIGHT_TOUCH, "98133100", ""),
        (ContractKind.LIGHT_TOUCH, "", ""),
        (ContractKind.LIGHT_TOUCH, "72000000", "none of its CPV codes is on the list"),
        (ContractKind.SERVICES, "98133100", "is on the list of light touch services"),
        (ContractKind.LIGHT_TOUCH, "98133100, 72000000", "main purpose"),
        (ContractKind.LIGHT_TOUCH, "85100000", "Provider Selection Regime"),
        (ContractKind.SERVICES, "70000000", "about land"),
        (ContractKind.WORKS, "45000000", ""),
    ],
)
def test_codes_that_do_not_fit_the_kind_ask_a_person(kind: ContractKind, cpv: str, asked: str) -> None:
    found = " ".join(one.question for one in doubts_of(Told(kind, cpv, EARLY), START_SET))
    assert asked in found if asked else found == ""
