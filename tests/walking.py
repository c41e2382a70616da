"""The demonstration at any of its days, on either database, loaded once for each and copied for every test."""

from __future__ import annotations

import shutil
import tempfile
from functools import cache
from pathlib import Path

from flask import Flask
from sqlalchemy import create_engine, text

from procure.app import create_app
from procure.demonstration import loading
from procure.extensions import db
from tests.conftest import settings_for


@cache
def _folder() -> Path:
    return Path(tempfile.mkdtemp(prefix="procure-walk-"))


@cache
def _loaded_sqlite(stage: str, template: Path) -> Path:
    folder = _folder() / f"sqlite-{stage}"
    folder.mkdir(parents=True)
    shutil.copy(template, folder / "procure.db")
    _walk(create_app(settings_for(folder, f"sqlite:///{folder / 'procure.db'}")), folder, stage)
    engine = create_engine(f"sqlite:///{folder / 'procure.db'}")
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    return folder


@cache
def _loaded_postgresql(stage: str, server: str, template: str) -> Path:
    folder = _folder() / f"postgresql-{stage}"
    folder.mkdir(parents=True)
    name = f"walked_{stage}"
    with create_engine(f"{server}/postgres", isolation_level="AUTOCOMMIT").connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY"))
    _walk(create_app(settings_for(folder, f"{server}/{name}")), folder, stage)
    return folder


def _walk(app: Flask, folder: Path, stage: str) -> None:
    with app.app_context():
        loading.load(folder, to=stage)
        db.session.remove()
        db.engine.dispose()


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
    return create_app(settings_for(*copied(stage, kind, folder, request)))
