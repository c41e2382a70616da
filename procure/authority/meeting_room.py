"""The blueprint of meetings, and what its pages share: fetching a meeting and its parts, the posts to choose from."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, render_template
from sqlalchemy import select

from procure.authority.models import Meeting, Resolution
from procure.extensions import db
from procure.fields.page_form import PageForm
from procure.now import today
from procure.people.access import current_person, roles_of
from procure.people.models import Post
from procure.people.rules import Role

pages = Blueprint("meetings", __name__)

CLERKS = (Role.OFFICER, Role.DEMOCRATIC_SERVICES)
"""Who writes down what a body decided."""
CORRECTORS = (*CLERKS, Role.MONITORING_OFFICER)
KEEPERS = (Role.DEMOCRATIC_SERVICES, Role.MONITORING_OFFICER)
"""Who keeps the record of call-ins, and of what a body took back."""


def meeting_of(reference: str) -> Meeting:
    """The meeting with this reference, or 404."""
    found = db.session.scalars(select(Meeting).where(Meeting.reference == reference)).one_or_none()
    if found is None:
        abort(404)
    return found


def resolution_of(reference: str, number: int) -> Resolution:
    """A resolution of a meeting by its number, or 404."""
    found = next((one for one in meeting_of(reference).resolutions if one.number == number), None)
    if found is None:
        abort(404)
    return found


def posts_to_choose() -> list[tuple[str, str]]:
    """Posts that stand, for a list to choose from."""
    rows = db.session.scalars(select(Post).where(Post.ended_on.is_(None)).order_by(Post.name))
    return [(str(post.id), post.name) for post in rows]


def chosen_post(key: Any) -> Post | None:
    """The post behind a choice; None where nothing was chosen."""
    return db.session.get(Post, int(key)) if key else None


def reader_is(*roles: Role) -> bool:
    """Whether the reader has one of these roles."""
    person = current_person()
    return person is not None and bool(roles_of(person, today()) & set(roles))


def show(template: str, form: PageForm | None = None, **context: Any) -> Any:
    """A page of meetings; status 422 where its form has faults."""
    faulty = form is not None and bool(form.errors or form.form_errors)
    return render_template(f"authority/meetings/{template}.html", form=form, **context), 422 if faulty else 200
