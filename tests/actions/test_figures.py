"""Later figures of the law and proclaimed holidays: added in time, withdrawn in time, and asked for everywhere."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from procure.audit.models import TrailEntry
from procure.contract.facts import plan_back_from
from procure.council.figure_actions import (
    FigureRefused,
    HolidayRefused,
    add_figure,
    add_holiday,
    add_meeting_days,
    cancel_meeting_day,
    load_light_touch,
    withdraw_figure,
    withdraw_holiday,
)
from procure.council.law import england, is_above, light_touch_list, standstill_rule, tables, threshold_for, uk_any
from procure.demonstration.cast import Cast
from procure.extensions import db
from procure.law.calendars import ENGLAND, NATIONS, SCOTLAND
from procure.law.light_touch import START_SET
from procure.law.thresholds import Line
from procure.law.working_days import is_working_day
from procure.people.actions.administering import AdministratorNeeded
from procure.procurement.actions import open_file
from procure.procurement.rules import Route

TODAY = date(2027, 1, 25)
NEXT = date(2028, 1, 1)
SERVICES = "sum.services"


def later(
    cast: Cast, now: datetime, figure: str = SERVICES, amount: str = "210000", from_on: date = NEXT, **more: object
):
    return add_figure(
        figure, amount=Decimal(amount), from_on=from_on, source="PPN 031", by=cast["administrator"], at=now,
    )  # fmt: skip


def test_a_later_figure_is_asked_for_at_once_and_leaves_the_earlier_days_alone(cast: Cast, now: datetime) -> None:
    assert is_above(Line.SERVICES, Decimal(209_000), NEXT)
    row = later(cast, now)
    assert not is_above(Line.SERVICES, Decimal(209_000), NEXT) and is_above(Line.SERVICES, Decimal(209_000), TODAY)
    assert threshold_for(Line.SERVICES, TODAY).until_on == NEXT - timedelta(days=1)
    named = db.session.scalars(select(TrailEntry.row_name).where(TrailEntry.table_name == "later_figure")).all()
    assert set(named) == {"Threshold for services, from 1 January 2028"}
    withdraw_figure(row, because="Printed wrong.", by=cast["administrator"], at=now)
    assert is_above(Line.SERVICES, Decimal(209_000), NEXT) and row.withdrawn_because == "Printed wrong."
    later(cast, now, amount="211000")
    with pytest.raises(FigureRefused, match="withdrawn already"):
        withdraw_figure(row, because="Again.", by=cast["administrator"], at=now)


def test_a_figure_never_reaches_back_over_what_has_begun(cast: Cast, now: datetime) -> None:
    later(cast, now, "sum.works", "5000000", from_on=TODAY - timedelta(days=5))
    open_file(title="Smith & Sons <Ltd>", route=Route.CABINET, officer=cast["officer"], by=cast["officer"], at=now)
    with pytest.raises(FigureRefused, match="PRO-2027-001 began on or after") as no:
        later(cast, now, from_on=TODAY)
    assert no.value.field == "from_on"
    later(cast, now, from_on=TODAY + timedelta(days=1))


@pytest.mark.parametrize(
    ("figure", "amount", "from_on", "field"),
    [
        (SERVICES, "0", NEXT, "amount"),
        (SERVICES, "210000", date(2026, 1, 1), "from_on"),
        ("deadline.details_notice.ordinary", "20.5", NEXT, "amount"),
        ("deadline.details_notice.ordinary", "0", NEXT, "amount"),
        ("deadline.details_notice.ordinary", "5000", NEXT, "amount"),
        ("deadline.details_notice.ordinary", "20", TODAY, "from_on"),
        ("standstill.PA2023", "0", NEXT, "amount"),
        ("no such figure", "1", NEXT, None),
    ],
)
def test_a_figure_that_cannot_be_is_refused_at_its_field(
    cast: Cast, now: datetime, figure: str, amount: str, from_on: date, field: str | None
) -> None:
    with pytest.raises(FigureRefused) as no:
        later(cast, now, figure, amount, from_on)
    assert no.value.field == field and tables().thresholds == tables().thresholds


def test_only_one_row_begins_on_a_day_and_only_an_administrator_adds_it(cast: Cast, now: datetime) -> None:
    later(cast, now)
    with pytest.raises(FigureRefused, match="is on record"):
        later(cast, now, amount="1")
    with pytest.raises(AdministratorNeeded):
        add_figure(SERVICES, amount=Decimal(1), from_on=NEXT, source="PPN", by=cast["officer"], at=now)


def test_the_council_s_own_lead_times_move_every_start_by_day(cast: Cast, now: datetime) -> None:
    end = date(2029, 3, 30)
    before = plan_back_from(end).start_by
    later(cast, now, "lead.appraisal", "50", TODAY + timedelta(days=1))
    assert plan_back_from(end).start_by < before
    later(cast, now, "standstill.PA2023", "10")
    assert (standstill_rule(NEXT).days, standstill_rule(TODAY).days) == (10, 8)


def test_a_proclaimed_holiday_lengthens_what_runs_over_it(cast: Cast, now: datetime) -> None:
    day, by = date(2027, 9, 8), cast["administrator"]
    row = add_holiday(day, name="State funeral", nations=[SCOTLAND], source="Proclamation", by=by, at=now)
    assert not is_working_day(day, uk_any()) and is_working_day(day, england())
    assert "8 September 2027 in Scotland" in uk_any().edition
    with pytest.raises(HolidayRefused, match="added already"):
        add_holiday(day, name="Twice", nations=[ENGLAND], source="x", by=by, at=now)
    withdraw_holiday(row, because="A rumour.", by=by, at=now)
    assert is_working_day(day, uk_any())
    add_holiday(day, name="State funeral", nations=NATIONS, source="Proclamation", by=by, at=now)
    assert not is_working_day(day, england())


@pytest.mark.parametrize(
    ("day", "nations", "field"),
    [
        (TODAY, [ENGLAND], "day"),
        (date(2027, 9, 11), [ENGLAND], "day"),
        (date(2027, 8, 30), [ENGLAND], "day"),
        (date(2027, 9, 8), ["Atlantis"], "nations"),
    ],
)
def test_a_holiday_that_cannot_be_is_refused_at_its_field(
    cast: Cast, now: datetime, day: date, nations: list[str], field: str
) -> None:
    with pytest.raises(HolidayRefused) as no:
        add_holiday(day, name="Odd", nations=nations, source="x", by=cast["administrator"], at=now)
    assert no.value.field == field


def test_meeting_days_are_reserved_and_a_cancelled_one_is_not(cast: Cast, now: datetime) -> None:
    end, by = date(2028, 3, 31), cast["administrator"]
    assert plan_back_from(end).start_by == date(2027, 5, 5)
    july, june = add_meeting_days("Cabinet", [date(2027, 7, 13), date(2027, 6, 15)], by=by, at=now)[::-1]
    assert plan_back_from(end).start_by == date(2027, 4, 2)
    cancel_meeting_day(july, by=by, at=now)
    assert plan_back_from(end).start_by < date(2027, 4, 2) and june.cancelled_on is None
    add_meeting_days(" Cabinet ", [date(2027, 7, 13)], by=by, at=now)
    assert plan_back_from(end).start_by == date(2027, 4, 2)


def test_the_list_of_light_touch_services_is_loaded_by_edition(cast: Cast, now: datetime) -> None:
    assert light_touch_list().rows == START_SET
    lines = ["85000000 to 85323000 Health and social R", "92000000 Sport"]
    load_light_touch(lines, from_on=NEXT, source="Schedule 1", by=cast["administrator"], at=now)
    assert light_touch_list(TODAY).rows == START_SET
    held = light_touch_list(NEXT)
    assert len(held.rows) == 2 and held.rows[0].is_reservable and held.source == "Schedule 1, from 1 January 2028"
    with pytest.raises(FigureRefused, match="is on record"):
        load_light_touch(lines, from_on=NEXT, source="Again", by=cast["administrator"], at=now)
