"""What every page that changes an appraisal shares: fetch, save, say what happened, lose nothing typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from procure import saving
from procure.appraisal.actions.changing import WHILE_WRITING
from procure.appraisal.facts import loaded
from procure.appraisal.models import Appraisal, Option
from procure.fields.page_form import PageForm
from procure.now import today
from procure.people.access import signed_in
from procure.procurement.access import procurement_to_change

pages = Blueprint("appraisal", __name__)

Answer = str | Response | tuple[str, int]


def to_change(reference: str) -> Appraisal:
    """The appraisal of a file which the person runs."""
    found = loaded(procurement_to_change(signed_in(), reference, today()))
    if found is None:
        abort(404)
    return found


def option_of(appraisal: Appraisal, number: int) -> Option:
    """The option with that number, or 404."""
    found = appraisal.option(number)
    if found is None:
        abort(404)
    return found


def needs_reason(appraisal: Appraisal) -> bool:
    """Whether a change has to say why, because approval has been sought on the appraisal."""
    return appraisal.procurement.stage not in WHILE_WRITING


def save(appraisal: Appraisal, form: Any, verb: Callable[[], object], fresh: Callable[[], Any] | None = None) -> bool:
    """Whether the form was sent, was right and its act is done; says so, and says when that has ended the review."""
    had = appraisal.sent_to_reviewer_at is not None
    if not saving.save(form, verb, file=appraisal.procurement.reference, fresh=fresh):
        return False
    flash("Saved.")
    if had and appraisal.sent_to_reviewer_at is None:
        flash(
            "The review has ended, because what is compared has changed. Send the appraisal to the reviewer again.",
            "warning",
        )
    return True


def task(template: str, appraisal: Appraisal, form: Any, **more: Any) -> Answer:
    """A page with one form. Anything wrong in it is said with status 422; a conflict with 409."""
    conflict = getattr(form, "conflict", None)
    page = render_template(
        f"appraisal/{template}.html", procurement=appraisal.procurement, page="appraisal", is_task=True,
        appraisal=appraisal, form=form, conflict=conflict, needs_reason=needs_reason(appraisal), **more,
    )  # fmt: skip
    if conflict:
        return page, 409
    return page, 422 if isinstance(form, PageForm) and (form.errors or form.form_errors) else 200


def options_first(appraisal: Appraisal) -> Response:
    """On to the list of options, where a page has nothing to ask without them."""
    flash("List the options first.", "warning")
    return back_to("options", appraisal)


def back_to(endpoint: str, appraisal: Appraisal, **values: Any) -> Response:
    """On to another page of this appraisal."""
    return redirect(url_for(f"appraisal.{endpoint}", reference=appraisal.procurement.reference, **values))
