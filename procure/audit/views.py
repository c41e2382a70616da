"""The trail: every recorded change, for the auditor and the administrator."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, request, url_for

from procure.audit.forms import TrailForm
from procure.audit.searching import Wanted, page_of
from procure.people.access import enter
from procure.people.rules import Role

pages = Blueprint("audit", __name__)


@pages.get("/trail")
@enter(Role.AUDITOR, Role.ADMINISTRATOR)
def trail() -> str | tuple[str, int]:
    """Entries found by file, person, act and day; newest first."""
    form = TrailForm(request.args)
    is_right = form.validate()
    wanted = (
        Wanted(form.file.data or "", form.who.data or "", form.said.data or "", form.on.data) if is_right else Wanted()
    )
    before = request.args.get("before", type=int)
    acts, following = page_of(wanted, before=before)
    asked: dict[str, Any] = {name: value for name, value in request.args.items() if value and name != "before"}
    page = render_template(
        "audit/trail.html",
        form=form,
        acts=acts,
        is_searched=bool(asked),
        newest=url_for(".trail", **asked) if before else None,
        earlier=url_for(".trail", **asked, before=following) if following else None,
    )
    return page if is_right else (page, 422)
