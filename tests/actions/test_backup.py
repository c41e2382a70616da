"""A copy of everything comes back whole, also on the other database."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import create_engine, select, text

from procure.app import create_app
from procure.audit.actions import act
from procure.audit.verifying import verify
from procure.backup import CopyDamaged, NotEmpty, backup, check, restore
from procure.demonstration.cast import Cast
from procure.extensions import db
from procure.people.models import Post
from tests.conftest import settings_for

AT = datetime(2027, 1, 25, 10, tzinfo=UTC)


@pytest.fixture
def copy(app: Flask, cast: Cast, tmp_path: Path) -> Path:
    """A copy of a small council."""
    folder = tmp_path / "copy"
    backup(folder)
    return folder


def test_a_copy_comes_back_with_its_trail_whole(copy: Path, tmp_path: Path) -> None:
    other = create_app(settings_for(tmp_path / "elsewhere", f"sqlite:///{tmp_path / 'restored.db'}"))
    (tmp_path / "elsewhere").mkdir()
    with other.app_context():
        made = restore(copy)
        assert made.rows > 50
        assert verify().verified
        assert db.session.scalars(select(Post).where(Post.name == "Chief Operating Officer")).one().kind == "officer"
        with act("added a post", on="people", by=_system(), at=AT):
            db.session.add(Post(name="A post after the restore", kind="officer"))
        db.session.remove()
        db.engine.dispose()


def test_a_copy_moves_an_installation_to_postgresql(copy: Path, tmp_path: Path, postgresql_server: str) -> None:
    name = f"restored_{tmp_path.name.lower().replace('-', '_')[-30:]}"
    admin = create_engine(f"{postgresql_server}/postgres", isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f'CREATE DATABASE "{name}"'))
    other = create_app(settings_for(tmp_path / "pg", f"{postgresql_server}/{name}"))
    with other.app_context():
        restore(copy)
        assert verify().verified
        with act("added a post", on="people", by=_system(), at=AT):
            db.session.add(Post(name="A post after the restore", kind="officer"))
        db.session.remove()
        db.engine.dispose()


def test_a_copy_is_not_put_over_something(copy: Path) -> None:
    with pytest.raises(NotEmpty):
        restore(copy)
    with pytest.raises(NotEmpty):
        backup(copy)


def test_a_damaged_copy_is_refused(copy: Path) -> None:
    people = copy / "tables" / "person.jsonl"
    people.write_text(people.read_text().replace("A. Officer", "B. Officer"))
    with pytest.raises(CopyDamaged, match="person"):
        check(copy)


def test_a_copy_that_lacks_a_part_is_refused(copy: Path) -> None:
    shutil.rmtree(copy / "tables")
    with pytest.raises(CopyDamaged):
        check(copy)


def _system():  # type: ignore[no-untyped-def]
    from procure.audit.actions import Machine

    return Machine("Test")
