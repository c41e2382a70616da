"""Many rows in one act: the same entries, sealed the same way, written in bulk.

What can be worked out beforehand is worked out before the transaction: entries that open a new file's chain are sealed
while nobody waits. Inside the act they are only put in.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from operator import itemgetter
from typing import Any, TypeVar

from sqlalchemy import Table, select, text

from procure.audit.models import SEALED, TrailEntry, TrailHead
from procure.audit.recording import OpenAct, current
from procure.audit.rules import FIRST, canonical, chain_hash, digest
from procure.extensions import db

AT_ONCE = 2_000
"""Rows put in by one statement."""


@dataclass(frozen=True, slots=True)
class Told:
    """What an entry says of one row: the values by column, old and new, as `values_of` gives them."""

    file: str
    kind: str
    table: str
    row_id: int
    name: str
    new: Mapping[str, Any]
    old: Mapping[str, Any]


Values = dict[str, Any]
T = TypeVar("T")


def in_parts(things: Iterable[T], size: int = AT_ONCE) -> Iterator[list[T]]:
    """Things in lists of so many, the last one shorter."""
    rest = iter(things)
    while part := list(islice(rest, size)):
        yield part


def sealed(act: OpenAct, told: Told, number: int, previous: str, recorded_at: datetime) -> Values:
    """One entry with its hash, as a row."""
    payload = canonical({"new": told.new, "old": told.old})
    salt = secrets.token_hex(16)
    entry: Values = {
        "file": told.file, "number": number, "act_id": act.act_id, "said": act.said, "note": act.note,
        "by_id": act.by_id, "by_words": act.by_words, "at": act.at, "recorded_at": recorded_at, "kind": told.kind,
        "table_name": told.table, "row_id": told.row_id, "row_name": told.name, "payload": payload, "salt": salt,
        "payload_digest": digest(salt, payload), "previous_hash": previous,
    }  # fmt: skip
    entry["hash"] = chain_hash(previous, {name: entry[name] for name in SEALED})
    return entry


def opening(act: OpenAct, told: Told, recorded_at: datetime) -> tuple[Values, Values]:
    """The first entry of a new file, and the head of its chain."""
    entry = sealed(act, told, 1, FIRST, recorded_at)
    return entry, {"file": told.file, "count": 1, "hash": entry["hash"]}


def record_many(told: Iterable[Told]) -> int:
    """Add entries to chains that are there already, inside the act; answers how many. Heads are locked in order.

    The rows themselves are written by whoever calls this. Where two calls of one act touch the same heads as another
    act may, the later files go into the later call.
    """
    act = current.get()
    if act is None:
        raise RuntimeError("Many rows are recorded inside an act.")
    done, now = 0, datetime.now(UTC)
    for some in in_parts(sorted(told, key=lambda one: one.file), AT_ONCE):
        heads = _heads({one.file for one in some})
        entries: list[Values] = []
        for one in some:
            number, last = heads[one.file]
            entry = sealed(act, one, number + 1, last, now)
            heads[one.file] = (number + 1, entry["hash"])
            entries.append(entry)
        put_in(TrailEntry.__table__, entries)
        _move_heads(heads)
        done += len(entries)
    return done


def _heads(files: set[str]) -> dict[str, tuple[int, str]]:
    """The heads of chains, locked in order; those that are new begin."""
    found: dict[str, tuple[int, str]] = {}
    for some in in_parts(sorted(files), 500):
        locked = select(TrailHead.file, TrailHead.count, TrailHead.hash).where(TrailHead.file.in_(some))
        for file, count, last in db.session.execute(locked.order_by(TrailHead.file).with_for_update()):
            found[file] = (count, last)
    new = sorted(files - found.keys())
    put_in(TrailHead.__table__, [{"file": file, "count": 0, "hash": FIRST} for file in new])
    return found | dict.fromkeys(new, (0, FIRST))


def _move_heads(heads: Mapping[str, tuple[int, str]]) -> None:
    rows = [(count, last, file) for file, (count, last) in sorted(heads.items())]
    many("UPDATE trail_head SET count = ?, hash = ? WHERE file = ?", rows)


# ── rows in bulk ──


def storing(table: Table, names: Sequence[str]) -> Callable[[Mapping[str, Any]], tuple[Any, ...]]:
    """How a row of values becomes what the database keeps: pence, words of choices, moments in UTC."""
    dialect = db.engine.dialect
    all_ways = [table.c[name].type.dialect_impl(dialect).bind_processor(dialect) for name in names]
    ways = [(at, way) for at, way in enumerate(all_ways) if way is not None]
    picked = itemgetter(*names) if len(names) > 1 else lambda values: (values[names[0]],)

    def stored(values: Mapping[str, Any]) -> tuple[Any, ...]:
        row = list(picked(values))
        for at, way in ways:
            row[at] = way(row[at])
        return tuple(row)

    return stored


def names_of(table: Table, *, with_id: bool = False) -> list[str]:
    """The columns of a table, its key only where it is given."""
    return [column.name for column in table.columns if with_id or not column.primary_key]


def put_in(table: Any, rows: Sequence[Mapping[str, Any]]) -> None:
    """Put rows into a table, within the transaction that is open. Every row has the same columns."""
    if rows:
        names = list(rows[0])
        stored = storing(table, names)
        put_in_stored(table, names, [stored(row) for row in rows])


def put_in_stored(table: Any, names: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    """The same for rows as the database keeps them: by COPY where it knows that, else one statement for many rows."""
    connection = db.session.connection()
    columns = ", ".join(f'"{name}"' for name in names)
    if connection.dialect.name == "postgresql":
        raw: Any = connection.connection.driver_connection
        with raw.cursor() as cursor, cursor.copy(f"COPY {table.name} ({columns}) FROM STDIN") as copying:
            for row in rows:
                copying.write_row(row)
        return
    connection.exec_driver_sql("PRAGMA cache_size=-64000")  # kilobytes: the indexes of many rows stay at hand
    places = ", ".join("?" * len(names))
    connection.exec_driver_sql(f"INSERT INTO {table.name} ({columns}) VALUES ({places})", list(rows))  # noqa: S608


def many(statement: str, rows: Sequence[tuple[Any, ...]]) -> int:
    """Run one statement for many rows, its places marked by ?; answers how many rows it changed."""
    if not rows:
        return 0
    connection = db.session.connection()
    if connection.dialect.name == "postgresql":
        statement = statement.replace("?", "%s")
    return connection.exec_driver_sql(statement, list(rows)).rowcount


ROOM_FOR_OTHERS = 10_000
"""Keys left free on SQLite, for rows that others put in while ours are prepared."""


def keys_for(table: Any, count: int) -> range | list[int]:
    """Keys for so many new rows, before they are put in: from the sequence on PostgreSQL, else well after the highest.

    On SQLite others may have come as far meanwhile; inside the act `highest_key` tells whether they did.
    """
    if not count:
        return []
    if db.engine.dialect.name == "postgresql":
        asked = text("SELECT nextval(pg_get_serial_sequence(:name, 'id')) FROM generate_series(1, :n)")
        keys = list(db.session.scalars(asked, {"n": count, "name": table.name}))
        db.session.rollback()
        return keys
    first = highest_key(table) + 1 + ROOM_FOR_OTHERS
    db.session.rollback()
    return range(first, first + count)


def highest_key(table: Any) -> int:
    """The highest key of a table."""
    return db.session.scalar(text(f"SELECT coalesce(max(id), 0) FROM {table.name}")) or 0  # noqa: S608
