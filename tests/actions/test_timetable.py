"""A timetable is planned, moved and refused; what is known of the days that came."""

from __future__ import annotations

from datetime import date, time

import pytest
from sqlalchemy import select

from procure.audit.actions import ChangedMeanwhile
from procure.audit.models import TrailEntry
from procure.demonstration import days
from procure.demonstration.cast import Cast
from procure.extensions import db
from procure.law.periods import Circumstance
from procure.procurement.models import Procurement
from procure.procurement.rules import ContractKind
from procure.tender.timetable_actions import TimetableRefused, set_timetable
from procure.tender.timetable_facts import actual_days, lines_of, next_of, planned_of
from procure.tender.timetable_models import PlannedDay, Timetable
from procure.tender.timetable_rules import PlannedStep as S
from tests.a_competition import a_file_to_tender, evaluating, open_to_bids


def plan(file: Procurement, cast: Cast, *, notice: date = days.TENDER_OPENS, closes: date = days.TENDER_CLOSES,
         how: Circumstance | None = None, planned_notice: date | None = None, sees: int | None = None,
         **chosen: date) -> Timetable:  # fmt: skip
    return set_timetable(
        file.only_lot, notice_on=notice, closes_at=days.at(closes, 14), circumstance=how,
        planned_notice_on=planned_notice, days={S(name): on for name, on in chosen.items()}, by=cast["officer"],
        at=days.at(days.METHOD_SET), sees=sees,
    )  # fmt: skip


def test_a_timetable_is_worked_out_kept_and_told_as_lines(cast: Cast) -> None:
    file = a_file_to_tender(cast)
    assert lines_of(file.only_lot) == ()
    timetable = plan(file, cast)
    assert timetable.questions_by_at == days.at(date(2027, 9, 27), 17) and timetable.answers_by_on == date(2027, 10, 4)
    lines = lines_of(file.only_lot)
    assert [(one.name, one.on, one.at) for one in lines][:4] == [
        ("Tender notice published", date(2027, 9, 6), None),
        ("Last day for questions", date(2027, 9, 27), time(17)),
        ("Answers published by", date(2027, 10, 4), None),
        ("Bids due", date(2027, 10, 11), time(14)),
    ]
    assert len(lines) == 14 and lines[-1].on == days.SERVICE_STARTS
    said = db.session.scalars(select(TrailEntry.row_name).where(TrailEntry.table_name == "planned_day")).all()
    assert len(said) == 12 and "Timetable: Scores agreed" in said


def test_a_day_that_was_moved_stays_and_only_what_changed_is_in_the_trail(cast: Cast) -> None:
    file = a_file_to_tender(cast)
    timetable = plan(file, cast)
    seen = timetable.version
    kept = {one.step.value: one.planned_on for one in timetable.days}
    plan(file, cast, sees=seen, **(kept | {"starts": date(2028, 4, 3)}))
    changed = db.session.scalars(
        select(TrailEntry.row_name).where(TrailEntry.table_name == "planned_day", TrailEntry.kind == "changed")
    ).all()
    assert changed == ["Timetable: Service starts"]
    with pytest.raises(ChangedMeanwhile):
        plan(file, cast, sees=seen)


@pytest.mark.parametrize(
    ("closes", "how", "planned_notice", "field"),
    [
        (date(2027, 9, 30), Circumstance.ELECTRONIC, None, "closes_at"),
        (date(2027, 9, 20), Circumstance.PLANNED_NOTICE, date(2027, 7, 29), "planned_notice_on"),
        (date(2027, 9, 20), Circumstance.PLANNED_NOTICE, None, "planned_notice_on"),
        (date(2027, 9, 15), Circumstance.PLANNED_NOTICE, date(2027, 7, 28), "closes_at"),
    ],
)
def test_a_deadline_under_the_floor_is_refused_and_nothing_is_kept(
    cast: Cast, closes: date, how: Circumstance, planned_notice: date | None, field: str
) -> None:
    file = a_file_to_tender(cast, kind=ContractKind.SERVICES)
    with pytest.raises(TimetableRefused) as refusal:
        plan(file, cast, closes=closes, how=how, planned_notice=planned_notice)
    assert refusal.value.field == field
    assert not db.session.scalars(select(PlannedDay)).all() and db.session.scalars(select(Timetable)).first() is None


def test_a_qualifying_planned_notice_gives_ten_days(cast: Cast) -> None:
    file = a_file_to_tender(cast, kind=ContractKind.SERVICES)
    timetable = plan(
        file, cast, closes=date(2027, 9, 16), how=Circumstance.PLANNED_NOTICE, planned_notice=date(2027, 7, 28),
        questions=date(2027, 9, 8), answers=date(2027, 9, 13),
    )  # fmt: skip
    assert timetable.closes_on == date(2027, 9, 16)


def test_a_day_out_of_order_is_refused_at_its_own_field(cast: Cast) -> None:
    file = a_file_to_tender(cast)
    with pytest.raises(TimetableRefused) as refusal:
        plan(file, cast, moderated=date(2027, 10, 20))
    assert refusal.value.field == "moderated"


def test_once_the_notice_is_out_its_own_days_count(cast: Cast) -> None:
    file = open_to_bids(cast)
    timetable = plan(file, cast, notice=date(2027, 8, 30), closes=date(2027, 10, 20))
    assert (timetable.notice_on, timetable.closes_at) == (days.TENDER_OPENS, days.at(days.TENDER_CLOSES, 14))


def test_the_days_that_came_stand_beside_the_plan(cast: Cast) -> None:
    file = evaluating(cast)
    assert actual_days(file.only_lot) == {
        S.NOTICE: days.TENDER_OPENS, S.CLOSES: days.TENDER_CLOSES, S.OPENED: days.TENDER_CLOSES,
    }  # fmt: skip
    planned = planned_of(file.only_lot.timetable)  # type: ignore[arg-type]
    following = next_of(planned, actual_days(file.only_lot), date(2027, 10, 11))
    assert following is not None and following.step is S.SCORED
    assert next_of(planned, {S.STARTS: days.SERVICE_STARTS}, days.SERVICE_STARTS) is None
