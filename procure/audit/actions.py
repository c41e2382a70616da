"""One act, one transaction, one trail."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import inspect, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from procure import words
from procure.audit.models import DoneOnce, TrailEntry, TrailHead
from procure.audit.recording import Change, OpenAct, current
from procure.audit.rules import FIRST, canonical, chain_hash, digest, plain
from procure.extensions import db
from procure.law.working_days import legal_day
from procure.people.models import Person
from procure.refusals import Refusal
from procure.rows import Recorded

writing: ContextVar[bool] = ContextVar("a write transaction is wanted", default=False)
"""Read by the database listener: on SQLite the next transaction begins IMMEDIATE."""

form_mark: ContextVar[str | None] = ContextVar("mark of the form being acted on", default=None)
"""Set by the web entrance for a posted form, so that the same form acts once only."""


NEW_ROW: dict[str, Any] = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}
"""How a row is put in that may have come in meanwhile."""


class ChangedMeanwhile(Refusal):
    """Somebody else saved first. Nothing of yours is lost."""


class AlreadyDone(Refusal):
    """The same form was posted twice; the first time counts."""


@dataclass(frozen=True)
class Machine:
    """An actor that is no person: the daily round, a command."""

    name: str


Actor = Person | Machine


def words_for(by: Actor, at: datetime) -> str:
    """How the trail names an actor: a person with the posts held on the day."""
    if isinstance(by, Machine):
        return by.name
    posts = [holding.post.name for holding in by.holdings if holding.covers(legal_day(at))]
    return f"{by.name}, {words.joined(posts)}" if posts and posts != [by.name] else by.name


@contextmanager
def act(
    said: str | Callable[[], str],
    *,
    on: Recorded | Sequence[Recorded] | str | Callable[[], str],
    by: Actor,
    at: datetime,
    note: str | None = None,
    sees: int | None = None,
    prepared: OpenAct | None = None,
) -> Iterator[OpenAct]:
    """One thing somebody does, with everything that follows from it, or nothing at all.

    `said` is the act in the past, as History reads it after the actor's name: "signed the award decision".
    `on` is the row acted on, or several, or the name of a file when the act makes a new one. Either may be a function
    that is asked inside the transaction, as for a reference that is only taken there. `sees` is the
    version of the (first) row which the actor had before their eyes. An act inside an act joins it. `prepared` is the
    same act announced before, for which entries are sealed already (see `audit.bulk`).

    Raises `ChangedMeanwhile` when the row has been changed since, `AlreadyDone` when the same form comes twice.
    """
    outer = current.get()
    if outer is not None:
        yield outer
        return
    rows: list[Recorded] = [on] if isinstance(on, Recorded) else [] if isinstance(on, str) or callable(on) else list(on)
    session = db.session()
    seen = [(row, inspect(row).identity, row.version) for row in rows if inspect(row).persistent]
    opened: OpenAct | None = None
    session.rollback()
    wanting = writing.set(True)
    try:
        session.connection()
        _once(session)  # before versions are compared: a form that comes twice has itself changed the row
        for row, _, version in seen:
            session.refresh(row)
            if row.version != (sees if sees is not None and row is rows[0] else version):
                raise ChangedMeanwhile("Somebody else has saved this since you opened it.")
        file = rows[0].trail_file() if rows else on() if callable(on) else str(on)
        opened = prepared or announced(said() if callable(said) else said, file, by=by, at=at, note=note)
        running = current.set(opened)
        try:
            yield opened
            session.flush()
            _write(session, opened)
            session.commit()
        finally:
            current.reset(running)
    except StaleDataError as stale:
        session.rollback()
        raise ChangedMeanwhile("Somebody else has saved this since you opened it.") from stale
    except Refusal as refusal:
        session.rollback()
        if refusal.recorded and opened is not None:
            _record_refusal(session, opened, refusal)
        raise
    except BaseException:
        session.rollback()
        raise
    finally:
        writing.reset(wanting)


def announced(said: str, file: str, *, by: Actor, at: datetime, note: str | None = None) -> OpenAct:
    """An act as the trail will tell it."""
    return OpenAct(said, file, by.id if isinstance(by, Person) else None, words_for(by, at), at, note or None)


@contextmanager
def what_follows() -> Iterator[None]:
    """For an act that follows of itself from one the same form has just done, as issuing a record after a signature."""
    kept = form_mark.set(None)
    try:
        yield
    finally:
        form_mark.reset(kept)


def _once(session: Any) -> None:
    mark = form_mark.get()
    if mark is None:
        return
    session.add(DoneOnce(mark=mark, at=datetime.now(UTC)))
    try:
        session.flush()
    except IntegrityError as twice:
        raise AlreadyDone("You have already done this. It was done once.") from twice


def _record_refusal(session: Any, opened: OpenAct, refusal: Refusal) -> None:
    """Write a refusal that is itself worth knowing, in a transaction of its own after the rollback."""
    refused = OpenAct(
        f"tried and was refused: {opened.said}", opened.file, opened.by_id, opened.by_words, opened.at, refusal.sentence
    )
    session.connection()
    _write(session, refused, kind="refused")
    session.commit()


def _write(session: Any, opened: OpenAct, kind: str = "act") -> None:
    """Add the entries of an act to the chains of the files they belong to, heads locked in sorted order."""
    changes: dict[str, list[Change]] = {opened.file: []}
    for change in opened.changes.values():
        changes.setdefault(change.file, []).append(change)
    act_id, now = opened.act_id, datetime.now(UTC)
    for file in sorted(changes):
        head = _head_of(session, file)
        for told in changes[file] or (None,):
            entry = _entry(opened, kind if told is None else told.kind, told, file, head, act_id, now)
            session.add(entry)
            head.count, head.hash = entry.number, entry.hash
        session.flush()


def _head_of(session: Any, file: str) -> TrailHead:
    """The head of a file’s chain, locked; put in where there is none, so that two first acts share one chain."""
    locked = select(TrailHead).where(TrailHead.file == file).with_for_update()
    head = session.scalars(locked).one_or_none()
    if head is None:
        new = NEW_ROW[session.get_bind().dialect.name](TrailHead).values(file=file, count=0, hash=FIRST)
        session.execute(new.on_conflict_do_nothing())
        head = session.scalars(locked).one()
    return head  # type: ignore[no-any-return]


def _entry(
    opened: OpenAct, kind: str, change: Change | None, file: str, head: TrailHead, act_id: str, now: datetime
) -> TrailEntry:
    old = {key: plain(value) for key, value in change.old.items()} if change else {}
    new = {key: plain(value) for key, value in change.new.items()} if change else {}
    payload = canonical({"new": new, "old": old})
    salt = secrets.token_hex(16)
    entry = TrailEntry(
        file=file,
        number=head.count + 1,
        act_id=act_id,
        said=opened.said,
        note=opened.note,
        by_id=opened.by_id,
        by_words=opened.by_words,
        at=opened.at,
        recorded_at=now,
        kind=kind,
        table_name=change.row.__tablename__ if change else None,
        row_id=change.row.id if change else None,
        row_name=change.name if change else None,
        payload=payload,
        salt=salt,
        payload_digest=digest(salt, payload),
        previous_hash=head.hash,
    )
    entry.hash = chain_hash(entry.previous_hash, entry.sealed())
    return entry
