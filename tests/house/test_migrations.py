"""The database as migrations leave it is the database the rows describe."""

from __future__ import annotations

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect, text

from procure.extensions import db

TRIGGERS = {"trail_entry_is_never_changed", "trail_entry_is_never_removed"}


def triggers() -> set[str]:
    """Names of the triggers that stand on the trail."""
    asked = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if db.engine.dialect.name == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    )
    with db.engine.connect() as connection:
        return set(connection.scalars(text(asked)))


def test_a_migrated_database_equals_the_rows(app: Flask) -> None:
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": False})
        assert compare_metadata(context, db.metadata) == []


def test_there_is_one_head(app: Flask) -> None:
    assert len(ScriptDirectory(app.extensions["migrate"].directory).get_heads()) == 1


def test_the_trail_s_triggers_stand_after_going_down_and_up(app: Flask) -> None:
    assert triggers() >= TRIGGERS
    db.session.remove()
    downgrade(revision="base")
    assert set(inspect(db.engine).get_table_names()) <= {"alembic_version"}
    upgrade()
    assert triggers() >= TRIGGERS
