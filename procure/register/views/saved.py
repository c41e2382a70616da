"""The lists somebody comes back to: saved, renamed, deleted."""

from __future__ import annotations

from urllib.parse import urlencode

from flask import abort, flash, redirect, url_for

from procure.people.access import enter, signed_in
from procure.register.actions.saving_views import delete_view, rename_view, save_view
from procure.register.facts.saved import view_of, views_of
from procure.register.forms import NameForm, PlainForm
from procure.register.models import SavedView
from procure.register.rules.listing import asked_by
from procure.register.views.room import Answer, arguments, page, pages
from procure.saving import save


@pages.get("/contracts/views")
@enter()
def views() -> Answer:
    """All of one's own views."""
    return page("views", views=views_of(signed_in()))


@pages.route("/contracts/views/new", methods=["GET", "POST"])
@enter()
def new_view() -> Answer:
    """Save what the list asks under a name."""
    asked = asked_by(arguments())
    form = NameForm()

    def keep() -> None:
        save_view(form.name.data, urlencode(asked.arguments(), doseq=True), by=signed_in())

    if save(form, keep, file="views"):
        flash(f"Saved as {' '.join(form.name.data.split())}.")
        return redirect(url_for("contract.index", **asked.arguments(), _anchor="views"))
    return page("new_view", form, asked=asked, back=url_for("contract.index", **asked.arguments()))


def _own(number: int) -> SavedView:
    return view_of(signed_in(), number) or abort(404)


@pages.route("/contracts/views/<int:number>", methods=["GET", "POST"])
@enter()
def view(number: int) -> Answer:
    """Give a view another name."""
    found = _own(number)
    form = NameForm(obj=found)
    if save(form, lambda: rename_view(found, form.name.data), file="views"):
        flash("The view has its new name.")
        return redirect(url_for(".views"))
    return page("rename_view", form, view=found)


@pages.post("/contracts/views/<int:number>/delete")
@enter()
def forget_view(number: int) -> Answer:
    """Delete a view. The contracts stay."""
    found, name = _own(number), _own(number).name
    form = PlainForm()
    if save(form, lambda: delete_view(found), file="views"):
        flash(f"{name} is deleted.")
    return redirect(url_for(".views"))
