"""The pages on which another power is added under a resolution, and a wrongly recorded one put right."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for

from procure.authority.meeting_facts import groups_of
from procure.authority.meeting_room import posts_to_choose, resolution_of
from procure.authority.models import Resolution
from procure.authority.power_actions import add_power, correct_powers
from procure.authority.power_forms import AddPowerForm, CorrectPowersForm, filled_from
from procure.authority.rules import ActKind, ResolutionKind
from procure.now import now
from procure.people.access import enter, signed_in
from procure.people.rules import Role
from procure.saving import save, status_of

pages = Blueprint("powers", __name__)


@pages.route("/meetings/<reference>/resolutions/<int:number>/powers/new", methods=["GET", "POST"])
@enter(Role.DEMOCRATIC_SERVICES, Role.OFFICER, Role.MONITORING_OFFICER)
def add(reference: str, number: int) -> Any:
    """Add another power under a resolution: for another act, or with others consulted."""
    one = resolution_of(reference, number)
    if one.kind is not ResolutionKind.DELEGATE:
        abort(404)
    form = AddPowerForm(**({} if request.method == "POST" else {"version": one.version}))
    if _wants_a_row(form):
        return _page("power", form, one)
    form.offer_posts(posts_to_choose())

    def keep() -> None:
        acts = [ActKind(key) for key in form.acts.data or ()]
        add_power(one, form.powers(acts), because=form.reason.data, by=signed_in(), at=now(), sees=form.version.data)

    if save(form, keep, file=reference):
        flash("The power is recorded.")
        return redirect(url_for("meetings.meeting", reference=reference, _anchor=f"r{number}"))
    return _page("power", form, one), status_of(form)


@pages.route("/meetings/<reference>/resolutions/<int:number>/powers", methods=["GET", "POST"])
@enter(Role.DEMOCRATIC_SERVICES, Role.OFFICER, Role.MONITORING_OFFICER)
def correct(reference: str, number: int) -> Any:
    """Correct who may act, whom they ask and the limits, for one set of powers of a resolution."""
    one = resolution_of(reference, number)
    groups = groups_of(one)
    place = request.args.get("set", default=1, type=int)
    if not 1 <= place <= len(groups):
        abort(404)
    rows = groups[place - 1]
    form = CorrectPowersForm(**({} if request.method == "POST" else {"version": one.version, **filled_from(rows[0])}))
    if _wants_a_row(form):
        return _page("powers", form, one, rows=rows)
    form.offer_posts(posts_to_choose())

    def keep() -> None:
        correct_powers(
            one, form.powers([row.act for row in rows]), rows=rows, because=form.reason.data, by=signed_in(), at=now(),
            sees=form.version.data,
        )  # fmt: skip

    if save(form, keep, file=reference):
        flash("The powers are corrected. The trail keeps what stood before.")
        return redirect(url_for("meetings.meeting", reference=reference))
    return _page("powers", form, one, rows=rows), status_of(form)


def _wants_a_row(form: AddPowerForm | CorrectPowersForm) -> bool:
    """Whether one more row was asked for, which is no saving yet."""
    if request.method == "POST" and "add" in request.form:
        form.add_row(posts_to_choose())
        return True
    return False


def _page(template: str, form: Any, one: Resolution, **more: Any) -> str:
    return render_template(f"authority/meetings/{template}.html", form=form, one=one, meeting=one.meeting, **more)
