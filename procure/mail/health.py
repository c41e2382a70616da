"""Whether the installation is well: for the address that machines ask, and the page about the clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import current_app
from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from procure.databases import NotCurrent, refuse_unless_current
from procure.extensions import db
from procure.mail.models import Heartbeat, Letter


@dataclass(frozen=True)
class Health:
    """What was found. `is_well` says whether pages can be served; letters that fail don't change it."""

    is_well: bool
    facts: dict[str, Any]


def look() -> Health:
    """Ask the database, its migration, the rounds and the post."""
    facts: dict[str, Any] = {"database": "ok", "migration": "current", "rounds": {}, "letters": {}}
    try:
        facts["rounds"] = {
            beat.name: {"began": _iso(beat.began_at), "ended_well": _iso(beat.ended_at), "said": beat.said}
            for beat in db.session.scalars(select(Heartbeat).order_by(Heartbeat.name))
        }
        facts["letters"] = {"waiting": letters_waiting(), "failed": letters_failed()}
        db.session.rollback()
        refuse_unless_current(current_app)
    except NotCurrent:
        facts["migration"] = "behind"
    except SQLAlchemyError:
        db.session.rollback()
        facts["database"] = "unreachable or not set up"
    return Health(facts["database"] == "ok" and facts["migration"] == "current", facts)


def letters_waiting() -> int:
    """How many letters have not left yet."""
    return _count(Letter.sent_at.is_(None), Letter.given_up_at.is_(None))


def letters_failed() -> int:
    """How many letters were given up."""
    return _count(Letter.given_up_at.is_not(None))


def _count(*which: Any) -> int:
    return db.session.scalar(select(func.count(Letter.id)).where(*which)) or 0


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()
