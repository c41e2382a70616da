"""The blueprint which this room's pages join, and what happens before every request."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from procure.fields.page_form import PageForm
from procure.frame import the_council
from procure.people.models import Post
from procure.people.sessions import load_person
from procure.refusals import Refusal

pages = Blueprint("people", __name__)

OPEN_BEFORE_SET_UP = frozenset({"static", "people.start", "mail.health", "mail.serves"})


@pages.before_app_request
def before_every_request() -> Response | None:
    """Know who is there; and before the council has a name, lead everybody to the first visit."""
    load_person()
    if request.endpoint not in OPEN_BEFORE_SET_UP and the_council() is None:
        return redirect(url_for("people.start"))
    return None


def show_refusal(form: PageForm, refusal: Refusal) -> None:
    """Put a refusal where it can be mended."""
    form.refuse(refusal.sentence, refusal.field)


def chosen(posts: list[Post], value: Any) -> Post | None:
    """The post that was picked from a list; None for the empty answer."""
    return next((post for post in posts if str(post.id) == str(value)), None)
