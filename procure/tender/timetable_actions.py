"""Plan the days of a tender."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from procure import words
from procure.audit.actions import Actor, act
from procure.council.law import planning_england, planning_uk_any
from procure.extensions import db
from procure.law.periods import Circumstance
from procure.law.working_days import legal_day
from procure.notices.facts import opening_notice
from procure.procurement.models import Lot
from procure.refusals import Refusal
from procure.tender.timetable_facts import basis_of, planned_of, steps_to_tell
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


def follow_the_deadline(lot: Lot, *, by: Actor, at: datetime) -> None:
    """Move the planned days behind a deadline that has moved, inside the act that moves it.

    A day chosen by hand stays where it still can; every other one follows.
    """
    timetable, notice = lot.timetable, opening_notice(lot)
    if timetable is None or notice is None or notice.closes_at is None or notice.closes_at == timetable.closes_at:
        return
    by_hand = {one.step: one.on for one in planned_of(timetable) if one.is_moved}
    basis = basis_of(lot, notice.published_on, notice.closes_at)
    planned = plan(basis, england=planning_england(), uk_any=planning_uk_any(), chosen=by_hand)
    late = {one.step for one in date_problems(basis, planned, is_recorded=True)}
    if late:
        kept = {step: on for step, on in by_hand.items() if step not in late}
        planned = plan(basis, england=planning_england(), uk_any=planning_uk_any(), chosen=kept)
        if date_problems(basis, planned, is_recorded=True):
            planned = plan(basis, england=planning_england(), uk_any=planning_uk_any())
    with act("moved the timetable with the deadline", on=timetable, by=by, at=at):
        timetable.notice_on, timetable.closes_at = notice.published_on, notice.closes_at
        _keep_days(timetable, {one.step: one.on for one in planned if one.step not in GIVEN})
        db.session.flush()


def say_when_it_came(
    timetable: Timetable, step: PlannedStep, on: date, *, by: Actor, at: datetime, sees: int | None = None
) -> None:
    """Record the day a step came, where the file itself doesn’t know it. It can be said again until it is right."""
    today = legal_day(at)
    with act(f"said when it came: {step.label}", on=timetable, by=by, at=at, sees=sees):
        if step not in steps_to_tell(timetable.lot, today):
            raise TimetableRefused("The file tells this day itself, or it hasn’t come yet.")
        if on > today:
            raise TimetableRefused("It can’t have come on a day that is still to come.", field="came_on")
        if on < timetable.notice_on and step is not PlannedStep.STARTS:
            raise TimetableRefused(
                f"It can’t have come before the notice, {words.weekday(timetable.notice_on)}.", field="came_on"
            )
        row = next(one for one in timetable.days if one.step is step)
        row.came_on = on
        timetable.edition += 1


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
