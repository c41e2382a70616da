"""The blueprint of this room, and what its pages share."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template
from werkzeug.wrappers import Response

from procure.authority.models import Decision
from procure.fields.page_form import PageForm
from procure.now import today
from procure.people.access import signed_in
from procure.refusals import Refusal

pages = Blueprint("authority", __name__)

Answer = str | Response | tuple[str, int]
"""What a page of a form gives back: the page, a way on, or the page with its faults."""


def refuse_on(form: PageForm, refusal: Refusal) -> None:
    """Put a refusal where the reader can mend it, with who can act where they can't."""
    sentence = refusal.sentence
    if refusal.who_can and refusal.who_can.endswith(".") and not refusal.field:
        sentence = f"{sentence} {refusal.who_can}"
    form.refuse(sentence, refusal.field)


def show(template: str, decision: Decision, form: PageForm | None = None, **more: Any) -> Answer:
    """A page about a decision; status 422 where its form has faults."""
    answer = render_template(
        f"authority/{template}.html", decision=decision, form=form, day=today(), reader=signed_in(), **more
    )
    faulty = form is not None and bool(form.errors or form.form_errors)
    return (answer, 422) if faulty else answer
