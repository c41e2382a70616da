"""Whether the trail is whole: chains unbroken, and every live row as its last entry left it."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from procure.audit.models import TrailEntry, TrailHead
from procure.audit.recording import NOT_RECORDED, is_secret, recorded_columns
from procure.audit.rules import FIRST, chain_hash, digest, plain
from procure.extensions import db
from procure.rows import Base, Recorded


@dataclass
class Verification:
    """The answer of `flask audit verify`."""

    entries: int = 0
    broken: list[dict[str, Any]] = field(default_factory=list)

    @property
    def verified(self) -> bool:
        return not self.broken

    def doubt(self, file: str | None, entry: int | None, reason: str) -> None:
        self.broken.append({"file": file, "entry": entry, "reason": reason})


def verify() -> Verification:
    """Read the whole trail and all recorded rows, and name whatever does not fit."""
    answer = Verification()
    latest: dict[tuple[str, int], tuple[dict[str, Any] | None, str, int]] = {}
    state: dict[str, tuple[int, str]] = defaultdict(lambda: (0, FIRST))
    entries = db.session.scalars(
        select(TrailEntry).order_by(TrailEntry.file, TrailEntry.number).execution_options(yield_per=500)
    )
    in_order: list[tuple[int, str, int, str, int, str | None]] = []
    for entry in entries:
        answer.entries += 1
        _check_entry(answer, entry, state)
        if entry.table_name is not None and entry.row_id is not None:
            in_order.append((entry.id, entry.table_name, entry.row_id, entry.kind, entry.number, entry.payload))
            latest.setdefault((entry.table_name, entry.row_id), ({}, entry.file, entry.number))
    for _, table, row_id, kind, number, payload in sorted(in_order):
        values, file, _ = latest[table, row_id]
        if kind == "removed":
            latest[table, row_id] = (None, file, number)
        elif payload is None:
            latest[table, row_id] = ({}, file, number)
        elif kind == "added":  # SQLite gives the key of a row that was removed to the next one
            latest[table, row_id] = (_new_values(payload), file, number)
        elif values is not None:
            latest[table, row_id] = (values | _new_values(payload), file, number)
    _check_heads(answer, state)
    _check_rows(answer, latest)
    return answer


def _new_values(payload: str) -> dict[str, Any]:
    """What an entry says its row became; nothing where the payload has been spoilt, which its digest tells."""
    try:
        new = json.loads(payload).get("new", {})
    except (ValueError, AttributeError):
        return {}
    return new if isinstance(new, dict) else {}


def _check_entry(answer: Verification, entry: TrailEntry, state: dict[str, tuple[int, str]]) -> None:
    number, previous = state[entry.file]
    if entry.number != number + 1:
        answer.doubt(entry.file, entry.number, f"Entry {number + 1} has been removed.")
    elif entry.previous_hash != previous:
        answer.doubt(entry.file, entry.number, "The entry does not follow the one before it.")
    if entry.payload is not None and digest(entry.salt, entry.payload) != entry.payload_digest:
        answer.doubt(entry.file, entry.number, "The payload has been changed since it was written.")
    if chain_hash(entry.previous_hash, entry.sealed()) != entry.hash:
        answer.doubt(entry.file, entry.number, "The entry has been changed since it was written.")
    state[entry.file] = (entry.number, entry.hash)


def _check_heads(answer: Verification, state: dict[str, tuple[int, str]]) -> None:
    heads = {head.file: head for head in db.session.scalars(select(TrailHead))}
    for file, head in heads.items():
        number, last = state.get(file, (0, FIRST))
        if head.count > number:
            answer.doubt(file, number + 1, f"Entry {number + 1} has been removed.")
        elif head.count != number or head.hash != last:
            answer.doubt(file, number, "The end of the file's chain is not where the trail says.")
    for file in state.keys() - heads.keys():
        answer.doubt(file, None, "The file's chain has lost its head.")


def _check_rows(answer: Verification, latest: dict[tuple[str, int], tuple[dict[str, Any] | None, str, int]]) -> None:
    known = dict(latest)
    for mapper in Base.registry.mappers:
        if not issubclass(mapper.class_, Recorded):
            continue
        table = mapper.class_.__tablename__
        for row in db.session.scalars(select(mapper.class_).execution_options(yield_per=500)):
            found = known.pop((table, row.id), None)
            if found is None:
                answer.doubt(row.trail_file(), None, f"{row.trail_name()} ({table} {row.id}) has no entry.")
            elif found[0] is None:
                answer.doubt(found[1], found[2], f"{row.trail_name()} ({table} {row.id}) was removed, and is there.")
            else:
                _compare(answer, row, table, *found)
    for (table, row_id), (values, file, number) in known.items():
        if values is not None:
            answer.doubt(file, number, f"{table} {row_id} is gone without an entry.")


def _compare(answer: Verification, row: Any, table: str, values: dict[str, Any] | None, file: str, number: int) -> None:
    for prop in recorded_columns(row.__mapper__):
        value = getattr(row, prop.key)
        live = (NOT_RECORDED if value is not None else None) if is_secret(prop) else plain(value)
        if values is not None and prop.key in values and live != values[prop.key]:
            answer.doubt(
                file,
                number,
                f"{row.trail_name()} ({table} {row.id}): {prop.key} is {live!r}, the trail says {values[prop.key]!r}.",
            )
