"""Views somebody saves, renames, deletes. Theirs alone, so not recorded."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from procure.extensions import db
from procure.mail.rounds import own_transaction
from procure.people.models import Person
from procure.refusals import Refusal
from procure.register.models import SavedView

MOST_VIEWS = 50
LONGEST_NAME = 80


class NameTaken(Refusal):
    """Two views of one person can't have the same name."""


class TooManyViews(Refusal):
    """There is an end to what a list of views can hold and still help."""


class NoName(Refusal):
    """A view is opened by its name."""


def _name(typed: str) -> str:
    name = " ".join(typed.split())
    if not name:
        raise NoName("Enter a name for this view", field="name")
    if len(name) > LONGEST_NAME:
        raise NoName(f"The name must be {LONGEST_NAME} characters or fewer", field="name")
    return name


def save_view(name: str, asked: str, *, by: Person) -> None:
    """Keep what a list asks under a name. The same name with the same question is kept once."""
    name, owner = _name(name), by.id
    same = select(SavedView).where(SavedView.person_id == owner, SavedView.name == name)
    with own_transaction():
        found = db.session.scalars(same).one_or_none()
        if found is not None:
            if found.asked != asked:
                raise NameTaken(f"You have a view called {name} already. Choose another name", field="name")
            return
        if (db.session.scalar(select(func.count()).where(SavedView.person_id == owner)) or 0) >= MOST_VIEWS:
            raise TooManyViews(f"You have {MOST_VIEWS} views. Delete one you no longer need", field="name")
        try:
            with db.session.begin_nested():
                db.session.add(SavedView(person_id=owner, name=name, asked=asked))
        except IntegrityError:
            found = db.session.scalars(same).one_or_none()
            if found is None or found.asked != asked:
                raise NameTaken(f"You have a view called {name} already. Choose another name", field="name") from None


def rename_view(view: SavedView, name: str) -> None:
    """Give a view another name."""
    name, key = _name(name), view.id
    try:
        with own_transaction():
            db.session.get_one(SavedView, key).name = name
    except IntegrityError:
        raise NameTaken(f"You have a view called {name} already. Choose another name", field="name") from None


def delete_view(view: SavedView) -> None:
    """Remove a view. The contracts it showed stay as they are."""
    key = view.id
    with own_transaction():
        found = db.session.get(SavedView, key)
        if found is not None:
            db.session.delete(found)
