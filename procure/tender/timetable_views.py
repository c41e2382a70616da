"""The timetable: planned days with their working beside the days that came, and the page that plans them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from flask import flash, redirect, request, url_for

from procure.council.law import planning_england, planning_uk_any
from procure.law.periods import Circumstance
from procure.law.regimes import Regime
from procure.law.working_days import Working
from procure.notices.facts import opening_notice
from procure.now import now, today
from procure.people.access import enter, signed_in
from procure.people.rules import Role
from procure.procurement.access import lot_for, may_change
from procure.procurement.models import Lot
from procure.procurement.rules import ContractKind, Route
from procure.saving import save, status_of
from procure.tender import timetable_actions as actions
from procure.tender.timetable_facts import (
    RECORDED,
    actual_days,
    basis_of,
    circumstance_of,
    lines_of,
    next_of,
    planned_of,
)
from procure.tender.timetable_forms import TimetableForm
from procure.tender.timetable_rules import Basis, Planned, PlannedStep, deadline_warnings, floor_of, plan
from procure.tender.views import Answer, lot_page, lot_to_edit, pages


@pages.get("/procurements/<reference>/tender/timetable")
@enter()
def timetable(reference: str) -> str:
    """Every planned day with how it is worked out, and the day it really came."""
    lot = lot_for(signed_in(), reference, today())
    standing = lot.timetable
    times = {line.name: line.at for line in lines_of(lot) if line.at}
    planned, actual = planned_of(standing) if standing else (), actual_days(lot)
    return lot_page(
        "timetable", lot, changes=may_change(signed_in(), lot.procurement, today()), timetable=standing,
        planned=planned, actual=actual, next_one=next_of(planned, actual, today()), times=times, today=today(),
        recorded=RECORDED,
        floor=floor_of(_basis(lot), circumstance_of(standing), standing.planned_notice_on) if standing else None,
    )  # fmt: skip


def _basis(lot: Lot) -> Basis:
    assert lot.timetable is not None
    return basis_of(lot, lot.timetable.notice_on, lot.timetable.closes_at)


@pages.route("/procurements/<reference>/tender/timetable/plan", methods=["GET", "POST"])
@enter(Role.OFFICER)
def plan_timetable(reference: str) -> Answer:
    """Enter the notice and the deadline, let the other days be worked out, move any of them, save."""
    lot = lot_to_edit(reference)
    form = _form(lot)
    only_work_out = request.method == "POST" and "work_out" in request.form
    if only_work_out and form.validate():
        planned = _plan(lot, form, chosen=False)
        form.fill({one.step: one.on for one in planned})
        return _page(lot, form, planned)

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
    return _page(lot, form, _plan(lot, form)), status_of(form)


def _page(lot: Lot, form: TimetableForm, planned: tuple[Planned, ...]) -> str:
    shows_days = bool(planned) and (lot.timetable is not None or any(form.days.values()) or bool(form.errors))
    return lot_page(
        "plan_timetable", lot, form=form, is_task=True, shows_days=shows_days,
        worked={one.step.value: one for one in planned if one.working}, floor=_floor(lot, form),
        warnings=[one.advice for one in planned if one.step is PlannedStep.CLOSES and one.advice],
    )  # fmt: skip


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


def _plan(lot: Lot, form: TimetableForm, *, chosen: bool = True) -> tuple[Planned, ...]:
    """The days as far as what is typed allows; none while the notice or the deadline is missing."""
    notice_on, closes_at = _given(lot, form)
    if not isinstance(notice_on, date) or not isinstance(closes_at, datetime):
        return ()
    return plan(
        basis_of(lot, notice_on, closes_at), england=planning_england(), uk_any=planning_uk_any(),
        chosen=form.days if chosen else None,
    )  # fmt: skip


def _floor(lot: Lot, form: TimetableForm) -> Working | None:
    notice_on, closes_at = _given(lot, form)
    if not isinstance(notice_on, date):
        return None
    basis = basis_of(lot, notice_on, closes_at if isinstance(closes_at, datetime) else now())
    return floor_of(basis, _how(lot, form), _planned_notice(lot, form))
