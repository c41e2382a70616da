"""Building rows once and standing on them again: what a builder makes in a bare council is kept for the next test."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, wraps
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

from flask import current_app, g
from sqlalchemy import create_engine, make_url, select, text

from procure.audit.models import TrailEntry
from procure.council.models import Demonstration
from procure.demonstration.cast import Cast, the_cast
from procure.extensions import db
from procure.people.models import SignIn
from procure.procurement.models import Procurement
from procure.rows import Base

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True)
class Kept:
    """Where a copy is, and by which rows the builder answered."""

    folder: Path
    rows: tuple[tuple[type[Base], int], ...]
    is_one: bool

    def found(self) -> Any:
        """The same rows where one stands now."""
        rows = tuple(db.session.get_one(kind, number) for kind, number in self.rows)
        return rows[0] if self.is_one else rows


_kept: dict[tuple[object, ...], Kept] = {}


@cache
def _folder() -> Path:
    return Path(tempfile.mkdtemp(prefix="procure-standing-"))


def kept(build: Callable[Concatenate[Cast, P], R]) -> Callable[Concatenate[Cast, P], R]:
    """Make a builder keep the database and the files it leaves, and begin from them where nothing stands yet.

    It answers by a row, or by some.
    """

    @wraps(build)
    def standing(cast: Cast, *given: P.args, **named: P.kwargs) -> R:
        if not _is_bare():
            return build(cast, *given, **named)
        today = db.session.scalar(select(Demonstration.today))
        key = (db.engine.dialect.name, build, today, repr(given), repr(sorted(named.items())))
        if key in _kept:
            _let_go()
            _stand_on(_kept[key].folder)
        else:
            made: Any = build(cast, *given, **named)
            rows = made if isinstance(made, tuple) else (made,)
            marks = tuple((type(row), row.id) for row in rows)
            _let_go()
            _kept[key] = Kept(_keep(f"{build.__name__}-{len(_kept)}"), marks, made is rows[0])
        there = the_cast()
        cast.people.update(there.people)
        cast.posts.update(there.posts)
        found: R = _kept[key].found()
        return found

    return standing


def _is_bare() -> bool:
    """Whether nothing was done in the council since it was set up, and nobody is signed in."""
    done = select(TrailEntry.id).where(TrailEntry.said != "set up the council")
    stands = (done, select(Procurement.id), select(SignIn.id))
    return all(db.session.scalar(one.limit(1)) is None for one in stands)


def _let_go() -> None:
    """Close whatever holds the database open or remembers its rows."""
    db.session.remove()
    db.engine.dispose()
    for name in list(g):
        g.pop(name)


def _beside_the_rows() -> dict[str, Path]:
    """Where an installation keeps files, and letters that were posted to nobody."""
    return {"files": Path(current_app.config["FILES"]), "letters": Path(current_app.config["INSTANCE"]) / "letters"}


def _keep(name: str) -> Path:
    folder = _folder() / name
    folder.mkdir()
    for name, files in _beside_the_rows().items():
        if files.exists():
            shutil.copytree(files, folder / name)
    if db.engine.dialect.name == "sqlite":
        shutil.copy(_database(), folder / "procure.db")
    else:
        _on_the_server(f"CREATE DATABASE {_name_of(folder)} TEMPLATE {_database()} STRATEGY FILE_COPY")
    return folder


def _stand_on(folder: Path) -> None:
    for name, files in _beside_the_rows().items():
        if (folder / name).exists():
            shutil.copytree(folder / name, files, dirs_exist_ok=True)
    database = _database()
    if db.engine.dialect.name == "sqlite":
        for beside in ("-wal", "-shm"):
            Path(database + beside).unlink(missing_ok=True)
        shutil.copy(folder / "procure.db", database)
        return
    _on_the_server(f"DROP DATABASE {database} WITH (FORCE)")
    _on_the_server(f"CREATE DATABASE {database} TEMPLATE {_name_of(folder)} STRATEGY FILE_COPY")


def _database() -> str:
    """Where this test's database is: engines are lent from test to test, so they don't tell."""
    return str(make_url(current_app.config["SQLALCHEMY_DATABASE_URI"]).database)


def _name_of(folder: Path) -> str:
    return f"standing_{os.getpid()}_{folder.name.replace('-', '_')}"


def _on_the_server(words: str) -> None:
    url = make_url(current_app.config["SQLALCHEMY_DATABASE_URI"]).set(database="postgres")
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(words))
    engine.dispose()
