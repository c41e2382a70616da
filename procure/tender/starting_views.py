"""The page on which a purchase takes over what the last one said."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from procure.fields.choices import PickMany
from procure.fields.page_form import PageForm
from procure.now import now, today
from procure.people.access import enter, signed_in
from procure.people.rules import Role
from procure.procurement.access import lot_to_change
from procure.saving import save, status_of
from procure.tender.starting_actions import said, start_from_before
from procure.tender.starting_facts import LABELS, Part, start_of
from procure.tender.views import pages

__all__ = ["pages"]


class StartForm(PageForm):
    """Which parts are taken over."""

    parts = PickMany("What do you want to start from?", choices=[], required="Choose what to take over")


@pages.route("/procurements/<reference>/tender/start-from", methods=["GET", "POST"])
@enter(Role.OFFICER)
def start_from(reference: str) -> str | Response | tuple[str, int]:
    """Copy the last purchase's words and criteria into this one, to be changed."""
    lot = lot_to_change(signed_in(), reference, today())
    start = start_of(lot)
    form = StartForm(data={"parts": [part.value for part in start.parts] if start else []})
    form.parts.choices = [(part.value, LABELS[part]) for part in (start.parts if start else ())]

    def take_over() -> None:
        start_from_before(lot, [Part(one) for one in form.parts.data], by=signed_in(), at=now())

    chosen = list(form.parts.data or [])
    if start is not None and save(form, take_over, file=reference):
        flash(f"Taken over: {said([Part(one) for one in chosen])}. Read each and change what no longer fits.")
        return redirect(url_for(".papers", reference=lot.reference))
    answer = render_template(
        "tender/start_from.html", procurement=lot.procurement, lot=lot, page="tender", is_task=True, form=form,
        start=start,
    )  # fmt: skip
    return answer, status_of(form)
