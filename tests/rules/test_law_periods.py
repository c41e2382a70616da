"""Periods in calendar days, tender periods, which law applies, and how long records are kept."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from procure.law import calendars, periods
from procure.law.periods import BidPeriod, Circumstance, Deadline
from procure.law.regimes import Bound, Duty, Regime, Route, binds, how_it_binds, regime_for
from procure.law.retention import Record, kept_until
from procure.law.working_days import working_days_between
from procure.refusals import BadFigure

ENGLAND = calendars.england()
MARCH = date(2026, 3, 12)
DECEMBER = date(2026, 12, 1)


@pytest.mark.parametrize(
    ("entered", "light_touch", "notice", "copy"),
    [
        pytest.param(MARCH, False, date(2026, 4, 10), date(2026, 6, 9), id="C1 ordinary"),
        pytest.param(MARCH, True, date(2026, 7, 9), date(2026, 9, 7), id="C2 light touch"),
        pytest.param(DECEMBER, False, date(2026, 12, 30), date(2027, 2, 28), id="C3 ordinary"),
        pytest.param(DECEMBER, True, date(2027, 3, 30), date(2027, 5, 29), id="C3 light touch"),
    ],
)
def test_notice_and_copy_are_counted_from_the_day_of_entry_itself(
    entered: date, light_touch: bool, notice: date, copy: date
) -> None:
    assert periods.details_notice_due(entered, light_touch=light_touch).answer == notice
    assert periods.contract_copy_due(entered, light_touch=light_touch).answer == copy


@pytest.mark.parametrize(
    ("deadline", "event", "last"),
    [
        pytest.param(Deadline.TERMINATION_NOTICE, date(2028, 3, 31), date(2028, 4, 29), id="C4"),
        pytest.param(Deadline.TERMINATION_NOTICE, date(2027, 8, 31), date(2027, 9, 29), id="C5"),
        pytest.param(Deadline.INVOICE, date(2026, 3, 2), date(2026, 3, 31), id="C7"),
        pytest.param(Deadline.PIPELINE_NOTICE, date(2027, 4, 1), date(2027, 5, 26), id="C8"),
        pytest.param(Deadline.PERFORMANCE_NOTICE, date(2026, 6, 15), date(2027, 6, 14), id="C9"),
        pytest.param(Deadline.CLAIM, date(2026, 3, 2), date(2026, 3, 31), id="C10"),
        pytest.param(Deadline.PAYMENTS_COMPLIANCE, date(2026, 3, 31), date(2026, 4, 29), id="C11 March"),
        pytest.param(Deadline.PAYMENTS_COMPLIANCE, date(2026, 9, 30), date(2026, 10, 29), id="C11 September"),
        pytest.param(Deadline.PAYMENT_NOTICES, date(2026, 6, 30), date(2026, 7, 29), id="C12 June"),
        pytest.param(Deadline.PAYMENT_NOTICES, date(2026, 12, 31), date(2027, 1, 29), id="C12 December"),
    ],
)
def test_a_period_beginning_with_an_event_makes_that_day_the_first(deadline: Deadline, event: date, last: date) -> None:
    working = periods.due(deadline, event)
    assert working.answer == working.days[-1].day == last
    assert working.days[0].day == event
    assert "Procurement Act 2023" in working.source


def test_a_notice_the_act_did_not_yet_ask_for_is_refused() -> None:
    assert periods.details_notice_due(date(2025, 2, 24)).answer == date(2025, 3, 25)
    with pytest.raises(BadFigure, match="23 February 2025"):
        periods.details_notice_due(date(2025, 2, 23))


def test_a_light_touch_contract_has_no_performance_notice() -> None:
    with pytest.raises(BadFigure, match="light touch"):
        periods.due(Deadline.PERFORMANCE_NOTICE, MARCH, light_touch=True)


@pytest.mark.parametrize(
    ("circumstances", "earliest"),
    [
        ({Circumstance.ELECTRONIC, Circumstance.PLANNED_NOTICE}, date(2026, 3, 12)),
        ({Circumstance.ELECTRONIC}, date(2026, 3, 27)),
        ({Circumstance.PAPER}, date(2026, 4, 1)),
        ({Circumstance.PAPER_DOCUMENTS_LATER}, date(2026, 4, 6)),
        ({Circumstance.LIGHT_TOUCH, Circumstance.ELECTRONIC}, date(2026, 3, 2)),
    ],
)
def test_a_tender_period_begins_the_day_after_the_notice_and_the_shortest_row_governs(
    circumstances: set[Circumstance], earliest: date
) -> None:
    """T1, and T6: light touch has no floor."""
    assert periods.earliest_deadline(date(2026, 3, 2), circumstances).answer == earliest


def test_requests_to_take_part_have_their_own_floor() -> None:
    notice = date(2026, 3, 2)
    ordinary = periods.earliest_deadline(notice, {Circumstance.ORDINARY}, BidPeriod.PARTICIPATION)
    assert ordinary.answer == date(2026, 3, 27)
    with pytest.raises(BadFigure, match="tendering period"):
        periods.earliest_deadline(notice, {Circumstance.ORDINARY})


def test_a_lawful_deadline_on_a_bank_holiday_draws_advice() -> None:
    """T2: 25 days over Christmas end on New Year's Day and hold three working days fewer."""
    usual, christmas = date(2026, 3, 2), date(2026, 12, 7)
    deadline = periods.earliest_deadline(christmas, {Circumstance.ELECTRONIC}).answer
    assert deadline == date(2027, 1, 1)
    assert "New Year’s Day" in (periods.deadline_advice(deadline, ENGLAND) or "")
    assert periods.deadline_advice(date(2027, 1, 4), ENGLAND) is None
    assert _worked(christmas, deadline) == 16
    assert _worked(usual, date(2026, 3, 27)) == 19


@pytest.mark.parametrize(
    ("planned", "tender", "qualifies"),
    [
        pytest.param(date(2026, 1, 2), date(2026, 2, 10), False, id="T3 39 days"),
        pytest.param(date(2026, 1, 2), date(2026, 2, 11), True, id="T4 40 days"),
        pytest.param(date(2026, 1, 2), date(2027, 1, 2), True, id="T5 twelve months"),
        pytest.param(date(2026, 1, 2), date(2027, 1, 3), False, id="T5 a day more"),
    ],
)
def test_a_planned_notice_shortens_the_period_from_40_days_to_12_months(
    planned: date, tender: date, qualifies: bool
) -> None:
    assert periods.planned_notice_qualifies(planned, tender) is qualifies


@pytest.mark.parametrize(
    ("meeting", "notice_by", "agenda_by"),
    [
        pytest.param(date(2026, 9, 15), date(2026, 8, 17), date(2026, 9, 7), id="N1"),
        pytest.param(date(2026, 9, 8), date(2026, 8, 10), date(2026, 8, 28), id="N2 August bank holiday"),
        pytest.param(date(2027, 4, 6), date(2027, 3, 8), date(2027, 3, 25), id="N3 Easter"),
        pytest.param(date(2027, 2, 16), date(2027, 1, 18), date(2027, 2, 8), id="N4"),
    ],
)
def test_notice_and_agenda_leave_clear_days_and_show_them(meeting: date, notice_by: date, agenda_by: date) -> None:
    notice, agenda = periods.key_decision_notice_by(meeting), periods.agenda_by(meeting, ENGLAND)
    assert (notice.answer, agenda.answer) == (notice_by, agenda_by)
    assert max(row.counted or 0 for row in notice.days) == 28
    assert max(row.counted or 0 for row in agenda.days) == 5


@pytest.mark.parametrize(
    ("record", "event", "last"),
    [
        pytest.param(Record.PROCUREMENT, MARCH, date(2029, 3, 11), id="C6"),
        pytest.param(Record.OFFICER_DECISION, date(2027, 11, 19), date(2033, 11, 18), id="six years"),
        pytest.param(Record.BACKGROUND_PAPERS, date(2027, 11, 19), date(2031, 11, 18), id="four years"),
        pytest.param(Record.BACKGROUND_PAPERS, date(2028, 2, 29), date(2032, 2, 28), id="leap to leap"),
        pytest.param(Record.PROCUREMENT, date(2028, 2, 29), date(2031, 2, 28), id="leap to common year"),
    ],
)
def test_a_record_is_kept_to_the_end_of_the_last_day_of_its_years(record: Record, event: date, last: date) -> None:
    assert kept_until(record, event).answer == last


def test_the_day_a_procurement_started_decides_its_law_for_life() -> None:
    assert regime_for(date(2025, 2, 23)) is Regime.PCR2015
    assert regime_for(date(2025, 2, 24)) is Regime.PA2023
    assert regime_for(date(2025, 2, 24), above_threshold=False) is Regime.BELOW_THRESHOLD
    with pytest.raises(BadFigure):
        regime_for(date(2010, 1, 1))


def test_light_touch_is_free_of_the_standstill_and_of_little_else() -> None:
    assert how_it_binds(Duty.STANDSTILL, Regime.PA2023).bound is Bound.MANDATORY
    assert how_it_binds(Duty.STANDSTILL, Regime.PA2023, light_touch=True).bound is Bound.VOLUNTARY
    assert binds(Duty.ASSESSMENT_SUMMARIES, Regime.PA2023, light_touch=True)
    assert binds(Duty.TERMINATION_NOTICE, Regime.PA2023, light_touch=True)
    assert not binds(Duty.CHANGE_NOTICE, Regime.PA2023, light_touch=True)


def test_a_framework_call_off_may_do_without_a_standstill() -> None:
    ruling = how_it_binds(Duty.STANDSTILL, Regime.PA2023, route=Route.FRAMEWORK)
    assert ruling.bound is Bound.VOLUNTARY


def test_the_old_law_knows_nothing_of_the_new_notices() -> None:
    assert not binds(Duty.DETAILS_NOTICE, Regime.PCR2015)
    assert not binds(Duty.TERMINATION_NOTICE, Regime.PCR2015)
    assert binds(Duty.STANDSTILL, Regime.PCR2015)


def _worked(notice: date, deadline: date) -> int:
    return working_days_between(notice + timedelta(days=1), deadline, ENGLAND)
