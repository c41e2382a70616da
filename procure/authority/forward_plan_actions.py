"""What democratic services do with the forward plan: enter a notice, publish it, record an exception, withdraw it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from procure.audit.actions import act
from procure.authority.forward_plan_models import ForwardPlanEntry
from procure.extensions import db
from procure.people.models import Person


def enter_notice(
    *, reference: str, matter: str, decision_on: date, by: Person, at: datetime, **facts: Any
) -> ForwardPlanEntry:
    """Enter a key decision to come in the forward plan."""
    with act("entered a key decision in the forward plan", on="forward-plan", by=by, at=at):
        entry = ForwardPlanEntry(
            reference=reference, matter=matter, decision_on=decision_on, made_by=by, made_at=at, **facts
        )
        db.session.add(entry)
    return entry


def publish_notice(entry: ForwardPlanEntry, *, on: date, by: Person, at: datetime, sees: int | None = None) -> None:
    """Record the day the notice was published."""
    with act("published a notice of a key decision", on=entry, by=by, at=at, sees=sees):
        entry.published_on = on
