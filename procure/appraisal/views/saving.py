"""What every page that changes an appraisal shares: fetch, save, say what happened, lose nothing typed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response
from wtforms import FieldList, Form, FormField

from procure.appraisal.actions.changing import WHILE_WRITING
from procure.appraisal.facts import loaded
from procure.appraisal.models import Appraisal, Option
from procure.audit.actions import AlreadyDone, ChangedMeanwhile
from procure.audit.models import TrailEntry
from procure.extensions import db
from procure.fields import PageForm
from procure.now import today
from procure.people.access import signed_in
from procure.procurement.access import procurement_to_change
from procure.refusals import Refusal

pages = Blueprint("appraisal", __name__)

Answer = str | Response | tuple[str, int]


@dataclass(frozen=True)
class Conflict:
    """Somebody else saved first: who, when, and what differs from what the reader typed."""

    by: str
    at: datetime | None
    changes: tuple[tuple[str, str, str], ...]


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
    """Whether the form was sent, was right and its act is done. If not, the form says why, as it was typed.

    `fresh` makes the same form from the rows as they are now; it is compared with what was typed when somebody else
    saved first.
    """
    if not form.validate_on_submit():
        return False
    reference, had = appraisal.procurement.reference, appraisal.sent_to_reviewer_at is not None
    try:
        verb()
    except AlreadyDone:
        raise
    except ChangedMeanwhile:
        if fresh is None:
            raise
        db.session.expire_all()
        _explain(reference, form, fresh())
        return False
    except Refusal as refusal:
        form.refuse(refusal.sentence, refusal.field)
        return False
    flash("Saved.")
    if had and appraisal.sent_to_reviewer_at is None:
        flash(
            "The review has ended, because what is compared has changed. Send the appraisal to the reviewer again.",
            "warning",
        )
    return True


def _explain(reference: str, form: Any, now: Any) -> None:
    last = db.session.scalars(
        select(TrailEntry).where(TrailEntry.file == reference).order_by(TrailEntry.number.desc()).limit(1)
    ).first()
    theirs = dict(_leaves(now))
    changes = tuple(
        (_called(name, field), _shown(theirs[name]) if name in theirs else "", _shown(field))
        for name, field in _leaves(form)
        if _shown(field) != (_shown(theirs[name]) if name in theirs else "")
    )
    form.conflict = Conflict(last.by_words if last else "Somebody", last.at if last else None, changes)
    form.version.data = now.version.data


def _leaves(form: Form) -> Iterator[tuple[str, Any]]:
    for field in form:
        yield from _leaves_of(field)


def _leaves_of(field: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(field, FieldList):
        for entry in field.entries:
            yield from _leaves_of(entry)
    elif isinstance(field, FormField):
        yield from _leaves(field.form)
    elif field.short_name not in ("once", "version", "csrf_token", "key", "reason"):
        yield field.name, field


def _called(name: str, field: Any) -> str:
    parts = [int(part) + 1 for part in name.split("-") if part.isdigit()]
    return f"{field.label.text}, row {parts[0]}" if parts else str(field.label.text)


def _shown(field: Any) -> str:
    if isinstance(field.data, bool):
        return "yes" if field.data else "no"
    if hasattr(field, "iter_choices"):
        return next((str(choice[1]) for choice in field.iter_choices() if choice[2]), "")
    return str(field._value())


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
