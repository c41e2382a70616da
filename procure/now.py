"""The one place that knows what time it is.

A demonstration keeps its own today; the time of day is always the real one. Actions never call this: the
entrances do, and hand the moment down.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from flask import g, has_request_context
from sqlalchemy import select

from procure.council.models import Demonstration
from procure.extensions import db
from procure.law.working_days import legal_day

__all__ = ["legal_day", "now", "real_now", "today"]

LONDON = ZoneInfo("Europe/London")


def real_now() -> datetime:
    """This moment as the world has it, whatever day a demonstration keeps: for sessions, keys and codes."""
    return datetime.now(UTC)


def now() -> datetime:
    """This moment, in UTC; in a demonstration, this time of day on the demonstration's day."""
    real = real_now()
    pretended = _demonstration_day()
    if pretended is None:
        return real
    return datetime.combine(pretended, real.astimezone(LONDON).timetz().replace(tzinfo=None), LONDON).astimezone(UTC)


def today() -> date:
    """The London date of `now`."""
    return legal_day(now())


def _demonstration_day() -> date | None:
    if not has_request_context():
        return db.session.scalars(select(Demonstration.today)).first()
    if "demonstration_day" not in g:
        g.demonstration_day = db.session.scalars(select(Demonstration.today)).first()
    day: date | None = g.demonstration_day
    return day
