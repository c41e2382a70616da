"""What the council's own rules say on a day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from sqlalchemy import select

from procure.council.models import ProcedureRules, WaiverReason
from procure.extensions import db

RulesOn = Callable[[date], ProcedureRules | None]
"""Which rules were in force on a day."""

USUAL_CALL_IN_DAYS = 5
"""Working days of call-in where the council has entered no rules; the commonest number in constitutions."""


def rules_on(day: date) -> ProcedureRules | None:
    """The procedure rules in force on a day; None where none had begun."""
    return db.session.scalars(
        select(ProcedureRules).where(ProcedureRules.from_on <= day).order_by(ProcedureRules.from_on.desc())
    ).first()


def rules_at_hand() -> RulesOn:
    """`rules_on` for many days: asked of the database once, for pages that list much."""
    rows = list(db.session.scalars(select(ProcedureRules).order_by(ProcedureRules.from_on.desc())))
    return lambda day: next((row for row in rows if row.from_on <= day), None)


def call_in_days_on(day: date, rules_for: RulesOn = rules_on) -> int:
    """Working days of call-in for a decision published on a day; 0 where the council has no call-in."""
    rules = rules_for(day)
    return USUAL_CALL_IN_DAYS if rules is None else rules.call_in_days


def waiver_reasons_on(day: date) -> list[WaiverReason]:
    """The grounds on which a rule may be waived on a day, by name."""
    rows = db.session.scalars(select(WaiverReason).order_by(WaiverReason.name, WaiverReason.id))
    return [row for row in rows if row.covers(day)]
