"""The demonstration day by day, in a folder of its own, with a count of what each page asks the database."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import event

from config import settings
from procure.app import create_app
from procure.demonstration import loading
from procure.demonstration.walk import FIRST, STEPS
from procure.extensions import db


@contextmanager
def house(database_url: str = "") -> Iterator[tuple[Flask, Path]]:
    """An application on a new database, inside its context: SQLite, or the empty one at an address."""
    with tempfile.TemporaryDirectory(prefix="procure-bench-") as folder:
        more = {"DATABASE_URL": database_url} if database_url else {}
        app = create_app(settings({**os.environ, "PROCURE_INSTANCE": folder, **more}))
        with app.app_context():
            upgrade()
            yield app, Path(folder)
            db.session.remove()
            db.engine.dispose()


def days_of_the_walk(folder: Path, until: str | None = None) -> Iterator[str]:
    """Walk from stage to stage; the name of each when it is reached."""
    loading.load(folder, to=FIRST)
    yield FIRST
    for step in STEPS[1:]:
        if step.from_the_start:
            continue
        loading.move_today(step.today)
        step.go()
        yield step.name
        if step.name == until:
            return


def walk_to(folder: Path, stage: str) -> None:
    """Walk to one stage without a stop."""
    for _ in days_of_the_walk(folder, until=stage):
        pass


@contextmanager
def queries() -> Iterator[list[str]]:
    """The statements sent to the database meanwhile."""
    said: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        said.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield said
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
