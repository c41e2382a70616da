"""The timetable of a whole purchase: its picture and table, what a change would move, and days for a calendar."""

from __future__ import annotations

from typing import Any

from flask import Response, flash, redirect, request, url_for

from procure.council.law import executive_days, planning_england
from procure.law.timetable import Leg
from procure.now import now, today
from procure.people.access import enter, signed_in
from procure.people.rules import Role
from procure.pictures.gantt import Bar, gantt
from procure.procurement.access import may_change, procurement_for, procurement_to_change
from procure.procurement.models import Procurement
from procure.reminder.rules.calendar import Entry, calendar_of
from procure.saving import save, status_of
from procure.tender import programme_actions as actions
from procure.tender.programme_facts import came, laid, limits_of, plan_of, shown_legs
from procure.tender.programme_forms import ProgrammeForm, programme_form
from procure.tender.programme_rules import (
    Broken,
    Came,
    Counted,
    Plan,
    broken_by,
    headline,
    moved_between,
    with_lengths,
)
from procure.tender.timetable_facts import lines_of
from procure.tender.views import Answer, lot_page, pages


@pages.get("/procurements/<reference>/timetable")
@enter()
def programme(reference: str) -> str:
    """From the first look at the options to the first day of the service: what is planned, and what came."""
    procurement = procurement_for(signed_in(), reference, today())
    plan = plan_of(procurement, today())
    legs, happened = shown_legs(procurement, plan), came(procurement, today())
    broken = broken_by(legs, plan, limits_of(procurement, today()), planning_england(), today())
    return lot_page(
        "programme", procurement.only_lot, plan=plan, legs=legs, came=happened, broken=broken,
        own=procurement.programme,
        headline=headline(legs, happened, counted=plan.counted),
        picture=_picture(legs, happened, broken), changes=may_change(signed_in(), procurement, today()),
        starts_on=legs[-1].before, ending=procurement.ending_contract,
        is_provisional=any(leg.provisional for leg in legs), counted_backwards=plan.counted is Counted.BACKWARDS,
    )  # fmt: skip


def _picture(legs: tuple[Leg, ...], happened: dict[str, Came], broken: tuple[Broken, ...]) -> Any:
    keys = {one.key for one in broken}
    bars = [
        Bar(
            leg.step.name, leg.start_on, leg.before,
            happened[leg.step.key].began_on if leg.step.key in happened else None,
            happened[leg.step.key].over_on if leg.step.key in happened else None, leg.step.key in keys,
        )
        for leg in legs
    ]  # fmt: skip
    return gantt(bars, today=today(), title="The timetable of the whole purchase")


@pages.route("/procurements/<reference>/timetable/change", methods=["GET", "POST"])
@enter(Role.OFFICER)
def change_programme(reference: str) -> Answer:
    """Change a day or a length, see what else would move and which rules would break, then save it or not."""
    procurement = procurement_to_change(signed_in(), reference, today())
    standing = plan_of(procurement, today())
    form = _form(procurement, standing)
    only_shows = request.method == "POST" and "show" in request.form
    if only_shows and form.validate():
        return _page(procurement, form, standing, is_tried=True)

    def keep() -> None:
        actions.plan_programme(
            procurement, counted=Counted(form.counted.data), anchor_on=form.anchor_on.data, days=form.lengths,
            held=form.held, by=signed_in(), at=now(), sees=form.version.data,
        )  # fmt: skip

    if not only_shows and save(
        form, keep, file=reference, fresh=lambda: _form(procurement, plan_of(procurement, today()), posted=False)
    ):
        flash("The timetable is saved.")
        return redirect(url_for(".programme", reference=procurement.reference))
    return _page(procurement, form, standing, is_tried=False), status_of(form)


def _page(procurement: Procurement, form: ProgrammeForm, standing: Plan, *, is_tried: bool) -> str:
    tried = _tried(form, standing) if is_tried else standing
    legs = laid(tried)
    broken = broken_by(legs, tried, limits_of(procurement, today()), planning_england(), today())
    return lot_page(
        "change_programme", procurement.only_lot, form=form, is_task=True, is_tried=is_tried,
        moved=moved_between(laid(standing), legs) if is_tried else (), broken=broken if is_tried else (),
        steps={step.key: step for step in standing.steps}, legs={leg.step.key: leg for leg in legs},
        picture=_picture(legs, came(procurement, today()), broken) if is_tried else None,
    )  # fmt: skip


def _tried(form: ProgrammeForm, standing: Plan) -> Plan:
    return Plan(
        Counted(form.counted.data), form.anchor_on.data, with_lengths(standing.steps, form.lengths), form.held,
        executive_days(), standing.began,
    )  # fmt: skip


def _form(procurement: Procurement, plan: Plan, *, posted: bool = True) -> ProgrammeForm:
    given: dict[str, Any] = {"counted": plan.counted.value, "anchor_on": plan.anchor_on}
    for step in plan.steps:
        given[f"{step.key}_days"] = step.days
        given[f"{step.key}_on"] = plan.held.get(step.key)
    if procurement.programme is not None:
        given["version"] = procurement.programme.version
    kind = programme_form(plan.steps)
    return kind(data=given) if posted else kind(formdata=None, data=given)


@pages.get("/procurements/<reference>/timetable.ics")
@enter()
def timetable_calendar(reference: str) -> Response:
    """The days of the timetable for a calendar: those of the tender where it has its own, else the stages’."""
    procurement = procurement_for(signed_in(), reference, today())
    legs = shown_legs(procurement, plan_of(procurement, today()))
    where = url_for(".programme", reference=procurement.reference, _external=True)
    title, about = procurement.title, procurement.reference
    entries = [
        Entry(f"{about}-{leg.step.key}@procure", leg.start_on, f"{leg.step.name} begins: {title}", about, where)
        for leg in legs
    ]
    entries.append(Entry(f"{about}-service@procure", legs[-1].before, f"Service begins: {title}", about, where))
    for lot in procurement.lots:
        entries += [
            Entry(
                f"{lot.reference}-day-{place}@procure", line.on, f"{line.name}: {lot.full_title}", lot.reference,
                url_for(".timetable", reference=lot.reference, _external=True),
            )
            for place, line in enumerate(lines_of(lot))
        ]  # fmt: skip
    text = calendar_of(entries, name=f"{about} {title}", at=now())
    return Response(
        text, mimetype="text/calendar",
        headers={"Content-Disposition": f'attachment; filename="{procurement.reference}-timetable.ics"'},
    )  # fmt: skip
