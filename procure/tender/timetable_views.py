"""The timetable: planned days with their working beside the days that came, and the page that plans them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from flask import abort, flash, redirect, request, url_for

from procure.council.law import planning_england, planning_uk_any
from procure.law.periods import Circumstance
from procure.law.regimes import Regime
from procure.law.working_days import Working
from procure.notices.facts import opening_notice
from procure.now import now, today
from procure.people.access import enter, signed_in
from procure.people.rules import Role
from procure.pictures.gantt import Bar, gantt
from procure.pictures.marks import Picture
from procure.procurement.access import lot_for, may_change
from procure.procurement.models import Lot
from procure.procurement.rules import ContractKind, Route
from procure.saving import save, status_of
from procure.tender import timetable_actions as actions
from procure.tender.programme_rules import held_by_hand, moved_days
from procure.tender.timetable_facts import (
    RECORDED,
    actual_days,
    basis_of,
    circumstance_of,
    lines_of,
    next_of,
    planned_of,
    steps_to_tell,
)
from procure.tender.timetable_forms import CameForm, TimetableForm
from procure.tender.timetable_rules import (
    GIVEN,
    Basis,
    Planned,
    PlannedStep,
    date_problems,
    deadline_warnings,
    floor_of,
    plan,
)
from procure.tender.views import Answer, lot_page, lot_to_edit, pages


@pages.get("/procurements/<reference>/tender/timetable")
@enter()
def timetable(reference: str) -> str:
    """Every planned day with how it is worked out, and the day it really came."""
    lot = lot_for(signed_in(), reference, today())
    standing = lot.timetable
    times = {line.name: line.at for line in lines_of(lot) if line.at}
    planned, actual = planned_of(standing) if standing else (), actual_days(lot, today())
    own = {row.step: row for row in standing.days} if standing else {}
    tellable = steps_to_tell(lot, today())
    return lot_page(
        "timetable", lot, changes=may_change(signed_in(), lot.procurement, today()), timetable=standing,
        planned=planned, actual=actual, next_one=next_of(planned, actual, today()), times=times, today=today(),
        recorded=RECORDED, picture=picture_of(planned, actual, today()), tellable=tellable,
        told={step for step in tellable if own[step].came_on},
        floor=floor_of(_basis(lot), circumstance_of(standing), standing.planned_notice_on) if standing else None,
    )  # fmt: skip


def picture_of(
    planned: tuple[Planned, ...], actual: dict[PlannedStep, date], today: date, broken: tuple[PlannedStep, ...] = ()
) -> Picture | None:
    """The days as bars: each from the day it is counted from to its own."""
    bars, before, came_before = [], None, None
    for one in planned:
        first = planned[0]
        starts = first.on if one.step in FROM_THE_NOTICE or before is None else before
        came = actual.get(one.step)
        began = actual.get(first.step) if one.step in FROM_THE_NOTICE else came_before
        bars.append(
            Bar(one.label, min(starts, one.on) if one is not first else one.on, one.on,
                (came if one is first else min(began or came, came)) if came else None, came, one.step in broken)
        )  # fmt: skip
        if one.step not in (PlannedStep.QUESTIONS, PlannedStep.ANSWERS):
            before, came_before = one.on, came
    return gantt(bars, today=today, title="The timetable of the tender", name="days")


FROM_THE_NOTICE = (PlannedStep.QUESTIONS, PlannedStep.ANSWERS, PlannedStep.CLOSES)


def _basis(lot: Lot) -> Basis:
    assert lot.timetable is not None
    return basis_of(lot, lot.timetable.notice_on, lot.timetable.closes_at)


@pages.route("/procurements/<reference>/tender/timetable/plan", methods=["GET", "POST"])
@enter(Role.OFFICER)
def plan_timetable(reference: str) -> Answer:
    """Enter the notice and the deadline, let the other days be worked out, move any of them, save."""
    lot = lot_to_edit(reference)
    form = _form(lot)
    only_work_out = request.method == "POST" and ("work_out" in request.form or "show" in request.form)
    if only_work_out and form.validate():
        days = held_by_hand(planned_of(lot.timetable), form.days) if lot.timetable and "show" in request.form else {}
        planned = _plan(lot, form, days)
        form.fill({one.step: one.on for one in planned})
        return _page(lot, form, planned, is_tried=lot.timetable is not None)

    def keep() -> None:
        notice_on, closes_at = _given(lot, form)
        actions.set_timetable(
            lot, notice_on=notice_on, closes_at=closes_at, circumstance=_how(lot, form),
            planned_notice_on=_planned_notice(lot, form), days=form.days, by=signed_in(), at=now(),
            sees=form.version.data,
        )  # fmt: skip

    if not only_work_out and save(form, keep, file=reference, fresh=lambda: _form(lot, posted=False)):
        flash("The timetable is saved.")
        for said in deadline_warnings(_basis(lot), planning_england()):
            flash(said, "warning")
        return redirect(url_for(".timetable", reference=reference))
    return _page(lot, form, _plan(lot, form, form.days)), status_of(form)


def _page(lot: Lot, form: TimetableForm, planned: tuple[Planned, ...], *, is_tried: bool = False) -> str:
    shows_days = bool(planned) and (lot.timetable is not None or any(form.days.values()) or bool(form.errors))
    return lot_page(
        "plan_timetable", lot, form=form, is_task=True, shows_days=shows_days,
        worked={one.step.value: one for one in planned if one.working}, floor=_floor(lot, form),
        warnings=[one.advice for one in planned if one.step is PlannedStep.CLOSES and one.advice], is_tried=is_tried,
        **(_tried(lot, form, planned) if is_tried and planned else {}),
    )  # fmt: skip


def _tried(lot: Lot, form: TimetableForm, planned: tuple[Planned, ...]) -> dict[str, Any]:
    """What the change would move, and the rules it would break."""
    assert lot.timetable is not None
    notice_on, closes_at = _given(lot, form)
    problems = date_problems(
        basis_of(lot, notice_on, closes_at), planned, _how(lot, form), _planned_notice(lot, form),
        is_recorded=opening_notice(lot) is not None,
    )  # fmt: skip
    broken = tuple(one.step for one in problems if one.step)
    return {
        "moved": moved_days(planned_of(lot.timetable), planned),
        "broken": [one.sentence for one in problems],
        "advice": [one.advice for one in planned if one.advice and one.step is not PlannedStep.CLOSES],
        "picture": picture_of(planned, {}, today(), broken),
    }


def _form(lot: Lot, *, posted: bool = True) -> TimetableForm:
    standing, notice = lot.timetable, opening_notice(lot)
    given: dict[str, Any] = {}
    if standing is not None:
        given = {
            "notice_on": standing.notice_on,
            "closes_at": standing.closes_at,
            "circumstance": standing.circumstance or None,
            "planned_notice_on": standing.planned_notice_on,
            "version": standing.version,
            **{row.step.value: row.planned_on for row in standing.days},
        }
    form = TimetableForm(data=given) if posted else TimetableForm(formdata=None, data=given)
    procurement = lot.procurement
    is_quotes = procurement.route is Route.SCHEME
    asks_how = (
        procurement.regime is Regime.PA2023 and procurement.kind is not ContractKind.LIGHT_TOUCH and not is_quotes
    )
    steps = Basis(today(), today(), is_quotes=is_quotes).steps
    form.keep_only(steps, is_quotes=is_quotes, asks_how=asks_how, is_out=notice is not None)
    return form


def _given(lot: Lot, form: TimetableForm) -> tuple[Any, Any]:
    """The day of the notice and the deadline: of the notice itself once it is out, else as typed."""
    notice = opening_notice(lot)
    if notice is not None and notice.closes_at is not None:
        return notice.published_on, notice.closes_at
    return form.notice_on.data, form.closes_at.data


def _how(lot: Lot, form: TimetableForm) -> Circumstance | None:
    if "circumstance" in form:
        return Circumstance(form.circumstance.data) if form.circumstance.data in set(Circumstance) else None
    return circumstance_of(lot.timetable) if lot.timetable else None


def _planned_notice(lot: Lot, form: TimetableForm) -> date | None:
    if "planned_notice_on" in form:
        found: date | None = form.planned_notice_on.data
        return found
    return lot.timetable.planned_notice_on if lot.timetable else None


def _plan(lot: Lot, form: TimetableForm, days: Mapping[PlannedStep, date | None]) -> tuple[Planned, ...]:
    """The days as far as what is typed allows; none while the notice or the deadline is missing."""
    notice_on, closes_at = _given(lot, form)
    if not isinstance(notice_on, date) or not isinstance(closes_at, datetime):
        return ()
    return plan(
        basis_of(lot, notice_on, closes_at), england=planning_england(), uk_any=planning_uk_any(),
        chosen=days,
    )  # fmt: skip


def _floor(lot: Lot, form: TimetableForm) -> Working | None:
    notice_on, closes_at = _given(lot, form)
    if not isinstance(notice_on, date):
        return None
    basis = basis_of(lot, notice_on, closes_at if isinstance(closes_at, datetime) else now())
    return floor_of(basis, _how(lot, form), _planned_notice(lot, form))


TELLABLE = f"<any({', '.join(repr(step.value) for step in PlannedStep if step not in (*GIVEN, *RECORDED))}):step>"


@pages.route(f"/procurements/<reference>/tender/timetable/came/{TELLABLE}", methods=["GET", "POST"])
@enter(Role.OFFICER)
def say_when_it_came(reference: str, step: str) -> Answer:
    """Say on which day a step came that the file itself doesn’t know."""
    lot, which = lot_to_edit(reference), PlannedStep(step)
    timetable = lot.timetable
    if timetable is None or which not in steps_to_tell(lot, today()):
        abort(404)
    row = next(one for one in timetable.days if one.step is which)

    def given(**more: Any) -> CameForm:
        return CameForm(data={"came_on": row.came_on or row.planned_on, "version": timetable.version}, **more)

    form = given()
    if save(
        form,
        lambda: actions.say_when_it_came(
            timetable, which, form.came_on.data, by=signed_in(), at=now(), sees=form.version.data
        ),
        file=reference,
        fresh=lambda: given(formdata=None),
    ):
        flash("The day is recorded.")
        return redirect(url_for(".timetable", reference=reference))
    return lot_page("came", lot, form=form, is_task=True, step=which, planned_on=row.planned_on), status_of(form)
