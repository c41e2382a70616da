"""The session listeners: nothing recorded changes outside an act, and every change inside one is noted."""

from __future__ import annotations

from collections.abc import Iterator
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import event, inspect
from sqlalchemy.orm import ColumnProperty, Mapper, ORMExecuteState, Session, UOWTransaction
from sqlalchemy.orm.attributes import QueryableAttribute

from procure.rows import Base, Recorded

NOT_RECORDED = "(not recorded)"
"""Stands in the trail for a secret, of which only the change is noted."""

LEFT_OUT = frozenset({"id", "version", "terms_version"})


class ChangedOutsideAct(RuntimeError):
    """A programming error: a recorded row was changed without an act."""


@dataclass
class Change:
    """What happened to one row within one act."""

    file: str
    kind: str
    row: Recorded
    name: str
    old: dict[str, Any] = field(default_factory=dict)
    new: dict[str, Any] = field(default_factory=dict)


@dataclass
class OpenAct:
    """The act that is under way."""

    said: str
    file: str
    by_id: int | None
    by_words: str
    at: datetime
    note: str | None
    changes: dict[int, Change] = field(default_factory=dict)
    act_id: str = field(default_factory=lambda: uuid4().hex)


current: ContextVar[OpenAct | None] = ContextVar("current act", default=None)


def recorded_columns(mapper: Mapper[Any]) -> Iterator[ColumnProperty[Any]]:
    """The columns of a recorded row whose values the trail keeps."""
    for prop in mapper.column_attrs:
        if prop.key not in LEFT_OUT:
            yield prop


def is_secret(prop: ColumnProperty[Any]) -> bool:
    return bool(prop.columns[0].info.get("secret"))


def values_of(row: Recorded) -> dict[str, Any]:
    """All recorded values of a row, secrets veiled."""
    mapper = inspect(row).mapper
    return {
        prop.key: (NOT_RECORDED if getattr(row, prop.key) is not None else None)
        if is_secret(prop)
        else getattr(row, prop.key)
        for prop in recorded_columns(mapper)
    }


def _differences(row: Recorded) -> tuple[dict[str, Any], dict[str, Any]]:
    old: dict[str, Any] = {}
    new: dict[str, Any] = {}
    state = inspect(row)
    for prop in recorded_columns(state.mapper):
        history = state.attrs[prop.key].history
        if not history.has_changes():
            continue
        before = history.deleted[0] if history.deleted else None
        after = history.added[0] if history.added else None
        if before == after:
            continue
        veil = is_secret(prop)
        old[prop.key] = NOT_RECORDED if veil and before is not None else before
        new[prop.key] = NOT_RECORDED if veil and after is not None else after
    return old, new


def _refuse_outside_acts(session: Session, context: UOWTransaction, instances: Any) -> None:
    if current.get() is not None:
        return
    for row in [*session.new, *session.dirty, *session.deleted]:
        if isinstance(row, Recorded) and (row not in session.dirty or session.is_modified(row)):
            raise ChangedOutsideAct(f"{type(row).__name__} was changed outside an act.")


def _note_changes(session: Session, context: UOWTransaction) -> None:
    act = current.get()
    if act is None:
        return
    for row in session.new:
        if isinstance(row, Recorded):
            act.changes[id(row)] = Change(row.trail_file(), "added", row, row.trail_name(), {}, values_of(row))
    for row in session.dirty:
        if isinstance(row, Recorded):
            old, new = _differences(row)
            if new or old:
                _merge(act, Change(row.trail_file(), "changed", row, row.trail_name(), old, new))
    for row in session.deleted:
        if isinstance(row, Recorded):
            _merge(act, Change(row.trail_file(), "removed", row, row.trail_name(), values_of(row), {}))


def _merge(act: OpenAct, change: Change) -> None:
    """Two flushes of one act are one entry: the first old value and the last new one."""
    before = act.changes.get(id(change.row))
    if before is None:
        act.changes[id(change.row)] = change
    elif change.kind == "removed":
        if before.kind == "added":
            del act.changes[id(change.row)]
        else:
            act.changes[id(change.row)] = Change(
                change.file, "removed", change.row, change.name, change.old | before.old, {}
            )
    else:
        before.old = change.old | before.old if before.kind == "changed" else {}
        before.new |= change.new
        before.name = change.name


def _refuse_bulk(state: ORMExecuteState) -> None:
    if (state.is_update or state.is_delete) and not state.is_relationship_load:
        mapper = state.bind_mapper
        if mapper is not None and issubclass(mapper.class_, Recorded):
            raise ChangedOutsideAct(f"{mapper.class_.__name__} rows are changed one by one, inside an act.")


@event.listens_for(Base, "attribute_instrument")
def _keep_old_values(class_: type[Any], key: str, attribute: QueryableAttribute[Any]) -> None:
    """Load the old value before a column of a recorded row is overwritten, so that the trail has it."""
    if issubclass(class_, Recorded) and isinstance(attribute.property, ColumnProperty):
        attribute.impl.dispatch._active_history = True


def listen(session: Any) -> None:
    """Bind the listeners to the application's sessions. Called by `app.py`; a second call adds nothing."""
    for name, listener in (
        ("before_flush", _refuse_outside_acts),
        ("after_flush", _note_changes),
        ("do_orm_execute", _refuse_bulk),
    ):
        if not event.contains(session, name, listener):
            event.listen(session, name, listener)
