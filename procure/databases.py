"""How the two databases are opened: SQLite's settings and its way of beginning, and whether the schema is current."""

from __future__ import annotations

import logging
from typing import Any

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy import Engine, event

from procure.audit.actions import writing
from procure.extensions import db
from procure.folding import folded

logging.getLogger("alembic").setLevel(logging.WARNING)


class NotCurrent(RuntimeError):
    """The database has not been brought to the newest migration."""


def prepare(engine: Engine) -> None:
    """Give an engine its listeners. On SQLite a write begins IMMEDIATE, a read plainly; foreign keys hold.

    What is committed is on the disk: in WAL mode only synchronous=FULL keeps that when the power fails.

    SQLite is also taught to fold words, which PostgreSQL can do by itself.
    """
    if engine.dialect.name != "sqlite":
        return

    @event.listens_for(engine, "connect")
    def on_connect(connection: Any, _: Any) -> None:
        connection.isolation_level = None
        for pragma in ("journal_mode=WAL", "foreign_keys=ON", "busy_timeout=30000", "synchronous=FULL"):
            connection.execute(f"PRAGMA {pragma}")
        connection.create_function("folded", 1, folded, deterministic=True)

    @event.listens_for(engine, "begin")
    def on_begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing.get() else "BEGIN")


BESIDE_THE_ROWS = ("contract_words", "ix_contract_text_words")
"""How words are found is each database's own: tables of SQLite's index, an index of PostgreSQL's. No row says it."""


def is_of_rows(_thing: Any, name: str | None, _kind: str, _reflected: bool, _other: Any) -> bool:
    """Whether something in the database is described by our rows; migrations compare nothing else."""
    return not (name or "").startswith(BESIDE_THE_ROWS)


def refuse_unless_current(app: Flask) -> None:
    """Raise `NotCurrent` where the database is not at the head of the migrations."""
    with app.app_context(), db.engine.connect() as connection:
        at = MigrationContext.configure(connection).get_current_revision()
        head = ScriptDirectory(app.extensions["migrate"].directory).get_current_head()
    if at != head:
        raise NotCurrent(f"The database is at {at or 'nothing'}, not {head}. Run: flask --app wsgi db upgrade")
