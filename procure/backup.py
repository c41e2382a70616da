"""A copy of everything, and its way back: rows as text, files as they are, checked on both ways.

The copy is the same for both databases, so that it also carries an installation from SQLite to PostgreSQL.
"""

from __future__ import annotations

import base64
import hashlib
import json
import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from alembic.migration import MigrationContext
from flask_migrate import upgrade
from sqlalchemy import Connection, Table, func, insert, select, text, update

from procure.audit.verifying import verify
from procure.documents.actions import content_of
from procure.documents.models import Paper
from procure.documents.storage import HALF_WRITTEN, PIECE, digest_of, pieces_in, place, reading, writing
from procure.extensions import db
from procure.refusals import Refusal

MANIFEST = "manifest.json"
BATCH = 500


class NotEmpty(Refusal):
    """There is something where a copy or a restored database should go."""


class CopyDamaged(Refusal):
    """The copy is not whole, or the database it was put back into is not what was copied."""


@dataclass(frozen=True)
class Copied:
    """What was copied or put back."""

    tables: int
    rows: int
    files: int


def backup(folder: Path) -> Copied:
    """Copy all rows as they are at one moment, then all files, into an empty folder."""
    if folder.exists() and any(folder.iterdir()):
        raise NotEmpty(f"{folder} is not empty. Name a new folder.")
    (folder / "tables").mkdir(parents=True, exist_ok=True)
    with _Snapshot() as connection:
        revision = MigrationContext.configure(connection).get_current_revision()
        counts = {table.name: _copy_table(connection, table, folder) for table in db.metadata.sorted_tables}
    files = {name: _copy_file(name, folder) for name in sorted(_stored_files())}
    manifest = {
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "revision": revision,
        "rows": counts,
        "tables": {name: _digest_of_file(folder / "tables" / f"{name}.jsonl") for name in counts},
        "files": files,
    }
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=1, sort_keys=True) + "\n")
    check(folder)
    return Copied(len(counts), sum(counts.values()), len(files))


def check(folder: Path) -> dict[str, Any]:
    """Read a copy again and compare every digest; the manifest when it is whole."""
    try:
        manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text())
    except (OSError, ValueError) as unread:
        raise CopyDamaged(f"{folder} holds no copy that can be read.") from unread
    for name, digest in manifest["tables"].items():
        path = folder / "tables" / f"{name}.jsonl"
        if not path.is_file() or _digest_of_file(path) != digest:
            raise CopyDamaged(f"The copy of {name} is damaged.")
    for name, digest in manifest["files"].items():
        path = folder / "files" / name
        if not path.is_file() or _digest_of_file(path) != digest:
            raise CopyDamaged(f"The copied file {name} is damaged.")
    return manifest


def restore(folder: Path) -> Copied:
    """Put a copy back into an empty database and file store, then verify the trail and every paper."""
    manifest = check(folder)
    upgrade(revision=manifest["revision"])
    with db.engine.begin() as connection:
        for table in db.metadata.sorted_tables:
            if connection.scalar(select(func.count()).select_from(table)):
                raise NotEmpty("The database is not empty. Restore into a new one.")
    for name in manifest["files"]:
        _put_file(name, folder / "files" / name)
    with db.engine.begin() as connection:
        for table in db.metadata.sorted_tables:
            _restore_table(connection, table, folder)
        for table in db.metadata.sorted_tables:
            _join_up(connection, table, folder)
            _set_sequence(connection, table)
    _verify(manifest)
    return Copied(len(manifest["rows"]), sum(manifest["rows"].values()), len(manifest["files"]))


def _verify(manifest: dict[str, Any]) -> None:
    for table in db.metadata.sorted_tables:
        if db.session.scalar(select(func.count()).select_from(table)) != manifest["rows"].get(table.name, 0):
            raise CopyDamaged(f"Not all rows of {table.name} came back.")
    found = verify()
    if not found.verified:
        raise CopyDamaged(f"The trail does not hold after restoring: {found.broken[0]['reason']}")
    for paper in db.session.scalars(select(Paper)):
        content_of(paper)


class _Snapshot:
    """A connection that sees the database as it is at one moment."""

    def __enter__(self) -> Connection:
        self.connection = db.engine.connect()
        if db.engine.dialect.name == "postgresql":
            self.connection = self.connection.execution_options(isolation_level="REPEATABLE READ")
        self.connection.begin()
        return self.connection

    def __exit__(self, *_: object) -> None:
        self.connection.rollback()
        self.connection.close()


def _copy_table(connection: Connection, table: Table, folder: Path) -> int:
    count = 0
    with (folder / "tables" / f"{table.name}.jsonl").open("w", encoding="utf-8") as out:
        for row in connection.execute(select(table).order_by(table.c.id).execution_options(yield_per=BATCH)):
            values = {name: _written(value) for name, value in row._mapping.items()}
            out.write(json.dumps(values, ensure_ascii=False, sort_keys=True) + "\n")
            count += 1
    return count


def _written(value: Any) -> Any:
    if isinstance(value, datetime):
        return {"moment": value.isoformat()}
    if isinstance(value, date):
        return {"day": value.isoformat()}
    if isinstance(value, Decimal):
        return {"pounds": str(value)}
    if isinstance(value, bytes):
        return {"bytes": base64.b64encode(value).decode()}
    return value.value if hasattr(value, "value") else value


def _read(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    (kind, said), *_ = value.items()
    return READERS[kind](said)


READERS: dict[str, Callable[[str], Any]] = {
    "moment": datetime.fromisoformat,
    "day": date.fromisoformat,
    "pounds": Decimal,
    "bytes": base64.b64decode,
}


def _rows(table: Table, folder: Path) -> Iterator[dict[str, Any]]:
    with (folder / "tables" / f"{table.name}.jsonl").open(encoding="utf-8") as kept:
        for line in kept:
            yield {name: _read(value) for name, value in json.loads(line).items()}


def _looping(table: Table) -> set[str]:
    """Columns that point ahead of or within their own table, and so are filled in afterwards."""
    return {
        column.name
        for column in table.columns
        for key in column.foreign_keys
        if key.use_alter or key.column.table is table
    }


def _restore_table(connection: Connection, table: Table, folder: Path) -> None:
    later = _looping(table)
    batch: list[dict[str, Any]] = []
    for row in _rows(table, folder):
        batch.append(row | dict.fromkeys(later))
        if len(batch) == BATCH:
            connection.execute(insert(table), batch)
            batch = []
    if batch:
        connection.execute(insert(table), batch)


def _join_up(connection: Connection, table: Table, folder: Path) -> None:
    later = _looping(table)
    for row in _rows(table, folder) if later else ():
        values = {name: row[name] for name in later if row[name] is not None}
        if values:
            connection.execute(update(table).where(table.c.id == row["id"]).values(values))


def _set_sequence(connection: Connection, table: Table) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(
            text(
                f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'),"  # noqa: S608
                f" COALESCE((SELECT max(id) FROM {table.name}), 0) + 1, false)"
            )
        )


def _stored_files() -> Iterable[str]:
    files, path = place("")
    root = path.rstrip("/")
    if not files.exists(root):
        return []
    return [name.removeprefix(root).lstrip("/") for name in files.find(root) if not name.endswith(HALF_WRITTEN)]


def _copy_file(name: str, folder: Path) -> str:
    target = folder / "files" / name
    target.parent.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    with reading(name) as kept, target.open("wb") as copy:
        for piece in pieces_in(kept):
            digest.update(piece)
            copy.write(piece)
    return digest.hexdigest()


def _put_file(name: str, copy: Path) -> None:
    with copy.open("rb") as kept, writing(name) as out:
        shutil.copyfileobj(kept, out, PIECE)


def _digest_of_file(path: Path) -> str:
    with path.open("rb") as kept:
        return digest_of(pieces_in(kept))[0]
