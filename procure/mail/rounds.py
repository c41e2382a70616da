"""Rounds: work the clock does. Each row in a transaction of its own, and a heartbeat that shows the round ran."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy import select

from procure.audit.actions import NEW_ROW, writing
from procure.extensions import db
from procure.mail.models import Heartbeat


@contextmanager
def own_transaction() -> Iterator[None]:
    """A short write transaction outside any act, for rows that are not recorded. Commits at its end."""
    session = db.session()
    session.rollback()
    wanting = writing.set(True)
    try:
        session.connection()
        yield
        session.commit()
    except BaseException:
        session.rollback()
        raise
    finally:
        writing.reset(wanting)


def beat(name: str, *, began_at: datetime, ended_at: datetime | None, said: str = "") -> None:
    """Note that a round began and, where `ended_at` is given, that it ended well."""
    with own_transaction():
        new = NEW_ROW[db.session.get_bind().dialect.name](Heartbeat).values(name=name, said="")
        db.session.execute(new.on_conflict_do_nothing())
        found = db.session.scalars(select(Heartbeat).where(Heartbeat.name == name).with_for_update()).one()
        found.began_at = began_at
        if ended_at is not None:
            found.ended_at = ended_at
            found.said = said
