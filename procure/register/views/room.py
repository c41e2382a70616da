"""The room's one set of pages, and what they share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint, current_app, render_template, request
from werkzeug.wrappers import Response

from procure.fields.page_form import PageForm
from procure.people.rules import Role
from procure.saving import status_of

pages = Blueprint("register", __name__)

Answer = str | Response | tuple[str, int]

PUBLISHES = (Role.OFFICER, Role.DEMOCRATIC_SERVICES)
"""Who publishes a quarter."""


def page(template: str, form: PageForm | None = None, **around: Any) -> Answer:
    """A page with its form: 422 where it is wrong, 409 where somebody saved first."""
    shown = render_template(f"register/{template}.html", form=form, **around)
    return (shown, status_of(form)) if form is not None else shown


def arguments() -> Mapping[str, Sequence[str]]:
    """What the address asks."""
    return request.args.to_dict(flat=False)


def outside(path: str) -> str:
    """A path as an address from outside."""
    return f"{current_app.config['PUBLIC_URL'].rstrip('/')}{path}"
