"""The lists somebody comes back to."""

from __future__ import annotations

from sqlalchemy import select

from procure.extensions import db
from procure.people.models import Person
from procure.register.models import SavedView


def views_of(person: Person) -> list[SavedView]:
    """A person's saved views, by name."""
    found = db.session.scalars(select(SavedView).where(SavedView.person_id == person.id))
    return sorted(found, key=lambda view: (view.name.casefold(), view.id))


def view_of(person: Person, number: int) -> SavedView | None:
    """One of a person's own views; None for anybody else's."""
    return db.session.scalars(
        select(SavedView).where(SavedView.id == number, SavedView.person_id == person.id)
    ).one_or_none()
