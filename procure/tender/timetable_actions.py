"""Plan the days of a tender."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from procure.audit.actions import Actor, act
from procure.council.law import planning_england, planning_uk_any
from procure.extensions import db
from procure.law.periods import Circumstance
from procure.notices.facts import opening_notice
from procure.procurement.models import Lot
from procure.refusals import Refusal
from procure.tender.timetable_facts import basis_of
from procure.tender.timetable_models import PlannedDay, Timetable
from procure.tender.timetable_rules import GIVEN, PlannedStep, date_problems, plan


class TimetableRefused(Refusal):
    """A planned day is out of order, or leaves bidders less time than the Act allows (s.54)."""


def set_timetable(
    lot: Lot,
    *,
    notice_on: date,
    closes_at: datetime,
    circumstance: Circumstance | None = None,
    planned_notice_on: date | None = None,
    days: Mapping[PlannedStep, date | None] | None = None,
    by: Actor,
    at: datetime,
    sees: int | None = None,
) -> Timetable:
    """Plan the days of a tender. A step without a day of its own gets the one that is worked out for it.

    Once the notice is out its own days count, whatever is given here. `TimetableRefused` for the first day that can’t
    stand, at the field of its step.
    """
    standing = lot.timetable
    with act("planned the timetable", on=standing or lot, by=by, at=at, sees=sees if standing else None):
        notice = opening_notice(lot)
        if notice is not None and notice.closes_at is not None:
            notice_on, closes_at = notice.published_on, notice.closes_at
        basis = basis_of(lot, notice_on, closes_at)
        planned = plan(basis, england=planning_england(), uk_any=planning_uk_any(), chosen=days)
        problems = date_problems(basis, planned, circumstance, planned_notice_on, is_recorded=notice is not None)
        if problems:
            where = problems[0].step.value if problems[0].step else "planned_notice_on"
            raise TimetableRefused(problems[0].sentence, field="closes_at" if where == "closes" else where)
        timetable = standing
        if timetable is None:
            timetable = Timetable(
                lot=lot, notice_on=notice_on, closes_at=closes_at, is_example=lot.procurement.is_example
            )
            db.session.add(timetable)
        timetable.notice_on, timetable.closes_at = notice_on, closes_at
        timetable.circumstance = "" if circumstance is None else circumstance.value
        timetable.planned_notice_on = planned_notice_on
        _keep_days(timetable, {one.step: one.on for one in planned if one.step not in GIVEN})
        db.session.flush()
    return timetable


def _keep_days(timetable: Timetable, days: Mapping[PlannedStep, date]) -> None:
    """Rewrite the days in place. Where only a day changed, the timetable counts it too, so that two savers are told."""
    standing = {row.step: row for row in timetable.days}
    if standing and {step: row.planned_on for step, row in standing.items()} != dict(days):
        timetable.edition += 1
    for step, on in days.items():
        if step in standing:
            standing[step].planned_on = on
        else:
            timetable.days.append(PlannedDay(step=step, planned_on=on))
    for step, row in standing.items():
        if step not in days:
            db.session.delete(row)
