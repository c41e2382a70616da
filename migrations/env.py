"""How migrations are run: on either database, with foreign keys off for batch mode and checked afterwards."""

from __future__ import annotations

from typing import Any

from alembic import context
from flask import current_app
from sqlalchemy import Connection

from procure.databases import is_of_rows
from procure.extensions import db
from procure.rows import Moment, Pounds


def plain_type(kind: str, item: Any, autogenerate_context: Any) -> str | bool:
    """Write our column types as the plain ones beneath them, so that old migrations never need our code."""
    if kind == "type" and isinstance(item, Moment):
        return "sa.DateTime()"
    if kind == "type" and isinstance(item, Pounds):
        return "sa.BigInteger()"
    return False


def migrate(connection: Connection) -> None:
    """Run what is to be run on an open connection."""
    context.configure(
        connection=connection,
        target_metadata=db.metadata,
        render_as_batch=True,
        compare_type=True,
        include_object=is_of_rows,
        render_item=plain_type,
        transaction_per_migration=True,
    )
    with context.begin_transaction():
        context.run_migrations()


def run() -> None:
    """Open the application's database and migrate it."""
    if current_app.config["SQLALCHEMY_DATABASE_URI"] == "":
        raise RuntimeError("There is no database to migrate.")
    with db.engine.connect() as connection:
        sqlite = connection.dialect.name == "sqlite"
        if sqlite:
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
            connection.exec_driver_sql("BEGIN")
        migrate(connection)
        connection.commit()
        if sqlite:
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
            if broken:
                raise RuntimeError(f"Foreign keys do not hold after the migration: {broken[:5]}")


run()
