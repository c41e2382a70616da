"""Saving what a form brings: a refusal stands on it, another's changes beside one's own, nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from wtforms import FieldList, Form, FormField

from procure.audit.actions import AlreadyDone, ChangedMeanwhile
from procure.audit.models import TrailEntry
from procure.extensions import db
from procure.refusals import Refusal

LEFT_OUT = ("once", "version", "csrf_token", "key", "reason")


@dataclass(frozen=True)
class Conflict:
    """Somebody else saved first: who, when, and what differs from what the reader typed."""

    by: str
    at: datetime | None
    changes: tuple[tuple[str, str, str], ...]


def save(form: Any, verb: Callable[[], object], *, file: str, fresh: Callable[[], Any] | None = None) -> bool:
    """Whether the form was sent, was right and its act is done. If not, the form says why, as it was typed.

    `file` is the reference whose trail tells who saved first; `fresh` makes the same form from the rows as they are
    now.
    """
    if not form.validate_on_submit():
        return False
    try:
        verb()
    except AlreadyDone:
        raise
    except ChangedMeanwhile:
        if fresh is None:
            raise
        db.session.expire_all()
        _explain(file, form, fresh())
        return False
    except Refusal as refusal:
        form.refuse(refusal.sentence, refusal.field)
        return False
    return True


def status_of(form: Any) -> int:
    """409 where somebody saved first, 422 where something is wrong, else 200."""
    if getattr(form, "conflict", None):
        return 409
    return 422 if form.errors or form.form_errors else 200


def _explain(file: str, form: Any, now: Any) -> None:
    last = db.session.scalars(
        select(TrailEntry).where(TrailEntry.file == file).order_by(TrailEntry.number.desc()).limit(1)
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
    elif field.short_name not in LEFT_OUT:
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
