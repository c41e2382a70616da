"""Roles of a person: given and ended."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response

from procure.extensions import db
from procure.now import now, today
from procure.people import actions
from procure.people.access import enter, signed_in
from procure.people.forms import RoleForm
from procure.people.models import Person, RoleGrant
from procure.people.rules import Role
from procure.people.views.persons import person_numbered
from procure.people.views.room import pages
from procure.procurement.models import Procurement
from procure.refusals import Refusal
from procure.saving import save, status_of


class NoSuchFile(Refusal):
    """No file has that reference."""


@pages.route("/people/<int:number>/roles/new", methods=["GET", "POST"])
@enter(Role.ADMINISTRATOR)
def give_role(number: int) -> str | Response | tuple[str, int]:
    """Give a role, for all files or for one."""
    shown = person_numbered(number)
    form = RoleForm(from_on=today())
    if save(form, lambda: _give(shown, form), file="people"):
        flash(f"{shown.name} has the role {Role(form.role.data).label.lower()}.")
        return redirect(url_for(".person", number=number))
    return render_template("people/give_role.html", form=form, shown=shown), status_of(form)


def _give(person: Person, form: RoleForm) -> None:
    reference = (form.reference.data or "").upper()
    file = db.session.scalars(select(Procurement).where(Procurement.reference == reference)).one_or_none()
    if reference and file is None:
        raise NoSuchFile(f"There is no procurement {reference}. Check the reference.", field="reference")
    actions.grant_role(
        person,
        Role(form.role.data),
        procurement=file,
        from_on=form.from_on.data,
        until_on=form.until_on.data,
        by=signed_in(),
        at=now(),
    )


@pages.post("/people/<int:number>/roles/<int:grant_number>/end")
@enter(Role.ADMINISTRATOR)
def take_role(number: int, grant_number: int) -> Response:
    """End a role at once."""
    grant = db.session.get(RoleGrant, grant_number)
    if grant is None or grant.person_id != number:
        abort(404)
    label = grant.role.label.lower()
    actions.end_role(grant, by=signed_in(), at=now())
    flash(f"The role {label} has ended.")
    return redirect(url_for(".person", number=number))
