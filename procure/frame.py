"""What stands around every page: headers, the menu, today, filters, the mark of a posted form."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Flask, Response, current_app, g, request, url_for
from sqlalchemy import select
from werkzeug.exceptions import HTTPException

from procure import words
from procure.audit.actions import form_mark
from procure.council.models import Council, Demonstration
from procure.documents.asking import Asked, asked_by
from procure.documents.declare import Document
from procure.extensions import db
from procure.now import today
from procure.people.access import current_person, global_roles_of, may_enter, post_names_of
from procure.people.rules import Role
from procure.pictures.weeks import weeks

POLICY = (
    "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'; "
    "img-src 'self' data:; style-src 'self'; script-src 'self'"
)

FILTERS = (
    "day", "weekday", "short", "month_year", "moment", "clock_time", "pounds", "pence", "percent", "points",
    "sentence", "within", "joined", "number_word", "in_words", "months_label", "plural", "file_size",
)  # fmt: skip

MENU = (
    ("My work", "desk.my_work", ("/my-work",)),
    ("Procurements", "procurement.index", ("/procurements",)),
    ("Contracts", "contract.index", ("/contracts", "/contract-lists")),
    ("Decisions", "authority.index", ("/decisions", "/meetings", "/ring-fences", "/forward-plan")),
    ("Reports", "desk.reports", ("/reports",)),
    ("Settings", "council.settings", ("/settings", "/letters", "/trail", "/people")),
)

SETTINGS = frozenset(
    {Role.ADMINISTRATOR, Role.AUDITOR, Role.OFFICER, Role.DEMOCRATIC_SERVICES, Role.MONITORING_OFFICER}
)


def the_council() -> Council | None:
    """The one council, fetched once a request."""
    if "council" not in g:
        g.council = db.session.scalars(select(Council).order_by(Council.id)).first()
    council: Council | None = g.council
    return council


def _demonstration() -> Demonstration | None:
    if "demonstration" not in g:
        g.demonstration = db.session.scalars(select(Demonstration)).first()
    demonstration: Demonstration | None = g.demonstration
    return demonstration


def _menu(day: date) -> list[tuple[str, str, bool]]:
    person = current_person()
    if person is None:
        return []
    roles = global_roles_of(person, day)
    return [
        (label, url_for(endpoint), request.path.startswith(starts))
        for label, endpoint, starts in MENU
        if (label != "Settings" or roles & SETTINGS)
        and (label != "Reports" or may_enter(endpoint, person, day))
        and endpoint in current_app.view_functions
    ]


def open_to_reader(href: str) -> bool:
    """Whether the reader is let in where a link leads: many read a list of tasks that only some can do."""
    adapter = current_app.create_url_adapter(request)
    try:
        endpoint, _ = adapter.match(href.partition("#")[0].partition("?")[0], method="GET") if adapter else ("", {})
    except HTTPException:
        return False
    return may_enter(str(endpoint), current_person(), today())


def _asked_by(document: Document, about: str) -> list[Asked]:
    """What a paper of a file asks its officer today."""
    return asked_by(document, about, today())


def dress(app: Flask) -> None:
    """Give the application its filters, page context and headers."""
    for name in FILTERS:
        app.jinja_env.filters[name] = getattr(words, name)
    app.jinja_env.globals |= {"weeks_counted": weeks, "open_to_reader": open_to_reader, "asked_by": _asked_by}
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True

    @app.context_processor
    def around() -> dict[str, Any]:
        day = today()
        person = current_person()
        posts = post_names_of(person, day) if person else []
        return {
            "council": the_council(),
            "person": person,
            "person_post": posts[0] if posts and person and posts[0] != person.name else "",
            "menu": _menu(day),
            "demonstration": _demonstration(),
            "today": day,
        }

    @app.before_request
    def mark_form() -> None:
        form_mark.set((request.form.get("once") or None) if request.method == "POST" else None)

    @app.teardown_request
    def forget_form(_: BaseException | None) -> None:
        form_mark.set(None)

    @app.after_request
    def headers(response: Response) -> Response:
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        response.headers.setdefault("Referrer-Policy", "same-origin")
        response.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
        response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        if request.endpoint != "static":
            response.headers.setdefault("Cache-Control", "no-store")
        if app.config["SESSION_COOKIE_SECURE"]:
            response.headers.setdefault("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
        return response
