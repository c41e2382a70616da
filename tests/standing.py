"""Building a file once and standing on it again: what a builder makes in an empty council is kept for the next test."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from functools import cache, wraps
from pathlib import Path

from flask import current_app, g
from sqlalchemy import create_engine, func, make_url, select, text

from procure.demonstration.cast import Cast, the_cast
from procure.extensions import db
from procure.procurement.models import Procurement

Builder = Callable[[Cast], Procurement]

_kept: dict[tuple[str, str], Path] = {}


@cache
def _folder() -> Path:
    return Path(tempfile.mkdtemp(prefix="procure-standing-"))


def kept(build: Builder) -> Builder:
    """Make a builder keep the database and the files it leaves, and begin from them where nothing stands yet."""

    @wraps(build)
    def standing(cast: Cast) -> Procurement:
        if db.session.scalar(select(func.count()).select_from(Procurement)):
            return build(cast)
        key = (db.engine.dialect.name, build.__name__)
        if key in _kept:
            _let_go()
            _stand_on(_kept[key])
        else:
            build(cast)
            _let_go()
            _kept[key] = _keep("-".join(key))
        found = the_cast()
        cast.people.update(found.people)
        cast.posts.update(found.posts)
        return db.session.scalars(select(Procurement).order_by(Procurement.id)).first()  # type: ignore[return-value]

    return standing


def _let_go() -> None:
    """Close whatever holds the database open or remembers its rows."""
    db.session.remove()
    db.engine.dispose()
    for name in list(g):
        g.pop(name)


def _keep(name: str) -> Path:
    folder = _folder() / name
    files = Path(current_app.config["FILES"])
    if files.exists():
        shutil.copytree(files, folder / "files")
    folder.mkdir(exist_ok=True)
    if db.engine.dialect.name == "sqlite":
        shutil.copy(_database(), folder / "procure.db")
    else:
        _on_the_server(f"CREATE DATABASE {_name_of(folder)} TEMPLATE {_database()} STRATEGY FILE_COPY")
    return folder


def _stand_on(folder: Path) -> None:
    files = Path(current_app.config["FILES"])
    if (folder / "files").exists():
        shutil.copytree(folder / "files", files, dirs_exist_ok=True)
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
    return f"standing_{folder.name.partition('-')[2]}"


def _on_the_server(words: str) -> None:
    url = make_url(current_app.config["SQLALCHEMY_DATABASE_URI"]).set(database="postgres")
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(words))
    engine.dispose()
