"""The demonstration at any of its days, on either database, loaded once for each and copied for every test."""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path

from flask import Flask
from sqlalchemy import create_engine, text

from procure.demonstration import loading
from procure.demonstration.walk import STEPS
from tests.conftest import built, lent, once, settings_for, shared_folder


def _before(stage: str) -> str | None:
    """The stage from which this one is reached; None where the walk begins."""
    step = loading.step_named(stage)
    place = STEPS.index(step)
    return None if step.from_the_start or place == 0 else STEPS[place - 1].name


@cache
def _loaded_sqlite(stage: str, template: Path) -> Path:
    folder = shared_folder() / f"walked-sqlite-{stage}"
    with once(folder.name) as is_to_make:
        if is_to_make:
            before = _before(stage)
            if before is None:
                folder.mkdir()
                shutil.copy(template, folder / "procure.db")
            else:
                shutil.copytree(_loaded_sqlite(before, template), folder)
            _walk(folder, f"sqlite:///{folder / 'procure.db'}", stage, goes_on=before is not None)
            engine = create_engine(f"sqlite:///{folder / 'procure.db'}")
            with engine.connect() as connection:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            engine.dispose()
    return folder


@cache
def _loaded_postgresql(stage: str, server: str, template: str) -> Path:
    folder = shared_folder() / f"walked-postgresql-{stage}"
    with once(folder.name) as is_to_make:
        if is_to_make:
            before = _before(stage)
            if before is None:
                folder.mkdir()
            else:
                shutil.copytree(_loaded_postgresql(before, server, template), folder)
                template = f"walked_{before}"
            with create_engine(f"{server}/postgres", isolation_level="AUTOCOMMIT").connect() as connection:
                connection.execute(text(f"CREATE DATABASE walked_{stage} TEMPLATE {template} STRATEGY FILE_COPY"))
            _walk(folder, f"{server}/walked_{stage}", stage, goes_on=before is not None)
    return folder


def _walk(folder: Path, url: str, stage: str, *, goes_on: bool) -> None:
    """Walk a demonstration to a stage: from the start, or on from the stage before."""
    with lent(folder, url):
        if not goes_on:
            loading.load(folder, to=stage)
            return
        step = loading.step_named(stage)
        loading.move_today(step.today)
        step.go()


def copied(stage: str, kind: str, folder: Path, request: object) -> tuple[Path, str]:
    """A folder and the address of a database, both copies of the demonstration as it stands at a stage."""
    get = request.getfixturevalue  # type: ignore[attr-defined]
    if kind == "sqlite":
        kept = _loaded_sqlite(stage, get("sqlite_template"))
        shutil.copytree(kept, folder, dirs_exist_ok=True)
        return folder, f"sqlite:///{folder / 'procure.db'}"
    server = get("postgresql_server")
    kept = _loaded_postgresql(stage, server, get("postgresql_template"))
    shutil.copytree(kept, folder, dirs_exist_ok=True)
    name = f"copy_{abs(hash(str(folder))) % 10**12}"
    with create_engine(f"{server}/postgres", isolation_level="AUTOCOMMIT").connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name} TEMPLATE walked_{stage} STRATEGY FILE_COPY"))
    return folder, f"{server}/{name}"


def walked(stage: str, kind: str, folder: Path, request: object) -> Flask:
    """An application of its own on such a copy."""
    return built(settings_for(*copied(stage, kind, folder, request)))
