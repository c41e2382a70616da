"""What the council's own rules say on a day."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from procure.council.models import ProcedureRules
from procure.extensions import db

USUAL_CALL_IN_DAYS = 5
"""Working days of call-in where the council has entered no rules; the commonest number in constitutions."""


def rules_on(day: date) -> ProcedureRules | None:
    """The procedure rules in force on a day; None where none had begun."""
    return db.session.scalars(
        select(ProcedureRules).where(ProcedureRules.from_on <= day).order_by(ProcedureRules.from_on.desc())
    ).first()


def call_in_days_on(day: date) -> int:
    """Working days of call-in for a decision published on a day; 0 where the council has no call-in."""
    rules = rules_on(day)
    return USUAL_CALL_IN_DAYS if rules is None else rules.call_in_days
