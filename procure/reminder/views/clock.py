"""Whether the clock runs."""

from __future__ import annotations

from flask import render_template
from sqlalchemy import select

from procure.extensions import db
from procure.mail.health import last_round_at, letters_failed, letters_waiting, look
from procure.mail.models import Heartbeat
from procure.now import now
from procure.people.access import enter
from procure.people.rules import Role
from procure.reminder.models import Reminder
from procure.reminder.views.room import pages

SHOWN = 50
"""So many reminders that can't be sent are listed; more have one cause, which the first ones tell."""


@pages.get("/settings/clock")
@enter(Role.ADMINISTRATOR, Role.AUDITOR)
def clock() -> str:
    """When each round last ran, and what stands still."""
    beats = list(db.session.scalars(select(Heartbeat).order_by(Heartbeat.name)))
    stuck = db.session.scalars(
        select(Reminder)
        .where(Reminder.problem.is_not(None), Reminder.cancelled_at.is_(None), Reminder.sent_on.is_(None))
        .order_by(Reminder.id)
        .limit(SHOWN)
    )
    return render_template(
        "reminder/clock.html", why=look(now()).why, last_round=last_round_at(), beats=beats, stuck=list(stuck),
        waiting=letters_waiting(), failed=letters_failed(),
    )  # fmt: skip
