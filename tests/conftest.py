"""The few things every test may ask for: an application on each database, a client, a cast, a moment."""

from __future__ import annotations

import os
import pickle
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from fcntl import LOCK_EX, flock
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import upgrade
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import Dialect, Engine, create_engine, event, make_url, text

from procure import databases
from procure.app import create_app
from procure.demonstration.cast import Cast, set_up_council, the_cast
from procure.extensions import db
from tests.a_postgresql import MISSING, Server, begun, programs

SQLITE, POSTGRESQL = "sqlite", "postgresql"

IN_MEMORY, ROOM = Path("/dev/shm"), 4 * 1024**3
if IN_MEMORY.is_dir() and shutil.disk_usage(IN_MEMORY).free > ROOM:
    # A commit waits for the disk, as it must. Databases of tests outlive no power cut, so theirs is memory.
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(IN_MEMORY))
SERVER = "postgresql"
"""The file in the shared folder that says where the session's PostgreSQL is."""

NOW = datetime(2027, 1, 25, 10, 0, tzinfo=UTC)


def shared_folder() -> Path:
    """A folder for all processes of a session: the one that shares tests out removes it at the end."""
    first = os.getppid() if "PYTEST_XDIST_WORKER" in os.environ else os.getpid()
    folder = Path(os.environ.get("PYTEST_DEBUG_TEMPROOT", tempfile.gettempdir())) / f"procure-tests-{first}"
    (folder / "templates").mkdir(parents=True, exist_ok=True)
    return folder


@contextmanager
def once(what: str) -> Iterator[bool]:
    """Whether something that all processes of a session share is still to be made; others wait until it is."""
    made = shared_folder() / f"{what}.made"
    with made.with_suffix(".lock").open("w") as lock:
        flock(lock, LOCK_EX)
        yield not made.exists()
        made.touch()


def pytest_unconfigure() -> None:
    """Leave nothing behind."""
    if "PYTEST_XDIST_WORKER" in os.environ:
        return
    folder = shared_folder()
    if (folder / SERVER).exists():
        Server(**pickle.loads((folder / SERVER).read_bytes())).end()
    shutil.rmtree(folder, ignore_errors=True)


def settings_for(instance: Path, url: str) -> dict[str, object]:
    """Settings of a test application."""
    return {
        "TESTING": True,
        "PROCURE_ENV": "test",
        "INSTANCE": instance,
        "FILES": str(instance / "files"),
        "SECRET_KEY": "for tests only, never anywhere else",
        "SQLALCHEMY_DATABASE_URI": url,
        "PUBLIC_URL": "http://procure.test",
        "SMTP_URL": "",
        "MAIL_FROM": "procure@council.test",
        "MAIL_REPLY_TO": "procurement@council.test",
        "MAIL_BOUNCE": "",
        "SESSION_COOKIE_SECURE": False,
        "WTF_CSRF_ENABLED": False,
        "MAX_CONTENT_LENGTH": 20 * 1024 * 1024,
        "MAX_FORM_PARTS": 5000,
    }


def built(settings: dict[str, object]) -> Flask:
    """An application that finds its templates compiled where another process of this session was there before."""
    app = create_app(settings)
    app.jinja_env.bytecode_cache = FileSystemBytecodeCache(str(shared_folder() / "templates"))
    return app


class Leads:
    """An engine for each kind of database, led to another database for each test: how it writes a statement it works
    out once, and that takes as long as the statement itself."""

    def __init__(self) -> None:
        self.engines: dict[str, Engine] = {}
        self.to = make_url("sqlite://")

    def engine_of(self, url: str) -> Engine:
        """The engine of that kind, its next connection to that database."""
        self.to = make_url(url)
        kind = self.to.get_backend_name()
        if kind not in self.engines:
            self.engines[kind] = create_engine(url)
            databases.prepare(self.engines[kind])
            event.listen(self.engines[kind], "do_connect", self._connect)
        return self.engines[kind]

    def _connect(self, dialect: Dialect, _record: object, given: list[Any], named: dict[str, Any]) -> None:
        given[:], found = dialect.create_connect_args(self.to)
        named.clear()
        named.update(found)


_resting: list[tuple[Flask, dict[str, object], Leads]] = []


@contextmanager
def lent(instance: Path, url: str) -> Iterator[Flask]:
    """An application inside its context, on a database. Built once, lent to one test after the other: routes and
    templates take longer to build than most tests to run, and nothing of them changes."""
    settings = settings_for(instance, url)
    if not _resting:
        new = built(settings)
        _resting.append((new, dict(new.config), Leads()))
    application, built_with, leads = _resting.pop()
    application.config.clear()
    application.config.update(built_with | settings)
    with application.app_context():
        db.engines[None].dispose()
        db.engines[None] = leads.engine_of(url)
        yield application
        db.session.remove()
        db.engine.dispose()
    _resting.append((application, built_with, leads))


def pytest_addoption(parser: pytest.Parser) -> None:
    """`make guides` runs the test of the guides with `--pictures`."""
    parser.addoption("--pictures", action="store_true", help="take the pictures of the guides anew")
    parser.addoption("--both", action="store_true", help="ask every page on both databases")


def _turn_of_another(item: pytest.Item) -> bool:
    """Whether a test of a page is left to the other database. What is done with rows is tried on both below
    `tests/actions`; of the pages each is asked on one, half of them on either, always the same."""
    given = getattr(getattr(item, "callspec", None), "params", {})
    kinds = {given[one] for one in ("database_url", "at_stage") if one in given}
    if item.path.parent.name != "pages":
        return False
    name = f"{item.path.name}::{getattr(item, 'originalname', item.name)}"
    return bool(kinds - {(SQLITE, POSTGRESQL)[crc32(name.encode()) % 2]})


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The long tests first, so that no worker is left alone with them at the end; pages on one database each."""
    others = [item for item in items if _turn_of_another(item)] if not config.getoption("--both") else []
    if others:
        config.hook.pytest_deselected(items=others)
        left = set(others)
        items[:] = [item for item in items if item not in left]
    first = ("journeys", "house", "actions")
    places = {name: at for at, name in enumerate(first)}
    items.sort(key=lambda item: places.get(item.path.parent.name, len(first)))


@pytest.fixture(scope="session")
def postgresql_server() -> str:
    """The address of a PostgreSQL of our own, one for the session; skips aloud where its programs are missing."""
    if programs() is None:
        pytest.skip(MISSING)
    said = shared_folder() / SERVER
    with once("server") as is_to_make:
        if is_to_make:
            said.write_bytes(pickle.dumps(vars(begun())))
    return Server(**pickle.loads(said.read_bytes())).url


def migrated(url: str, folder: Path) -> None:
    """Bring an empty database to the head of the migrations."""
    app = create_app(settings_for(folder, url))
    with app.app_context():
        upgrade()
        db.session.remove()
        db.engine.dispose()


def with_council(url: str, folder: Path) -> None:
    """Set up the small council of the cast in a migrated database."""
    app = create_app(settings_for(folder, url))
    with app.app_context():
        set_up_council(at=datetime(2025, 4, 1, 9, 0, tzinfo=UTC))
        db.session.remove()
        db.engine.dispose()


def _sqlite(name: str, fill: Callable[[str, Path], None], begun_with: Path | None = None) -> Path:
    """A database to be copied for each test, filled by the first process that wants it."""
    path = shared_folder() / name / "procure.db"
    with once(name) as is_to_make:
        if is_to_make:
            path.parent.mkdir()
            if begun_with is not None:
                shutil.copy(begun_with, path)
            fill(f"sqlite:///{path}", path.parent)
            engine = create_engine(f"sqlite:///{path}")
            with engine.connect() as connection:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            engine.dispose()
    return path


def _postgresql(server: str, name: str, fill: Callable[[str, Path], None], begun_with: str = "template1") -> str:
    """The same on the server."""
    with once(name) as is_to_make:
        if is_to_make:
            with create_engine(f"{server}/postgres", isolation_level="AUTOCOMMIT").connect() as connection:
                connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {begun_with} STRATEGY FILE_COPY"))
            fill(f"{server}/{name}", shared_folder())
    return name


@pytest.fixture(scope="session")
def sqlite_template() -> Path:
    """A migrated SQLite database, to be copied for each test."""
    return _sqlite("sqlite-template", migrated)


@pytest.fixture(scope="session")
def postgresql_template(postgresql_server: str) -> str:
    """A migrated PostgreSQL database, to be copied for each test."""
    return _postgresql(postgresql_server, "template_procure", migrated)


@pytest.fixture(scope="session")
def sqlite_council(sqlite_template: Path) -> Path:
    """The same with the council of the cast in it."""
    return _sqlite("sqlite-council", with_council, sqlite_template)


@pytest.fixture(scope="session")
def postgresql_council(postgresql_server: str, postgresql_template: str) -> str:
    """The same with the council of the cast in it."""
    return _postgresql(postgresql_server, "template_council", with_council, postgresql_template)


@pytest.fixture(params=[SQLITE, POSTGRESQL])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A fresh, migrated database of each kind; with the council in it where the test asks for its cast."""
    begun = "council" if "cast" in request.fixturenames else "template"
    if request.param == SQLITE:
        path = tmp_path / "procure.db"
        shutil.copy(request.getfixturevalue(f"sqlite_{begun}"), path)
        yield f"sqlite:///{path}"
        return
    template = request.getfixturevalue(f"postgresql_{begun}")
    server = request.getfixturevalue("postgresql_server")
    name = f"test_{os.getpid()}_{abs(hash(str(tmp_path))) % 10**10}"
    admin = create_engine(f"{server}/postgres", isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY"))
    yield f"{server}/{name}"
    with admin.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    admin.dispose()


@pytest.fixture
def app(database_url: str, tmp_path: Path) -> Iterator[Flask]:
    """The application, inside its context, on a fresh database."""
    with lent(tmp_path, database_url) as application:
        yield application


@pytest.fixture
def cast(app: Flask) -> Cast:
    """The people of one small council."""
    return the_cast()


@pytest.fixture
def now() -> datetime:
    """The morning of Monday 25 January 2027."""
    return NOW


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser without scripts."""
    return app.test_client()


@pytest.fixture(params=[SQLITE, POSTGRESQL])
def at_stage(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[str], Flask]]:
    """A maker of applications that stand at a stage of the demonstration, on each database."""
    from tests.walking import copied

    with ExitStack() as until_the_end:

        def at(stage: str) -> Flask:
            return until_the_end.enter_context(lent(*copied(stage, request.param, tmp_path / stage, request)))

        yield at
