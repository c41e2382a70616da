"""Where the decision of an officer or a member stands after its signature: call-in of key decisions, and its effect."""

from __future__ import annotations

from datetime import date

from procure.authority.call_in import NOT_OPEN, Effect, Published, effect_of
from procure.authority.models import Decision
from procure.authority.rules import OVER, DecisionState
from procure.council.facts import RulesOn, call_in_days_on, rules_on
from procure.council.law import england

NOT_KEY = "Members can’t call it in, because it isn’t a key decision."


def effect_of_decision(decision: Decision, today: date, rules_for: RulesOn = rules_on) -> Effect:
    """Whether a decision may be acted on today. One that was sent back stays signed, and nothing rests on it."""
    return effect_of(published_decision(decision, rules_for), today, england())


def published_decision(decision: Decision, rules_for: RulesOn = rules_on) -> Published:
    """What the record says of publication and call-in. Only key decisions are open to it (domain 2.6)."""
    day = decision.published_on or decision.signed_on
    rules = rules_for(decision.called_in_on or day) if day else None
    days = decision.call_in_days
    if days is None:
        days = call_in_days_on(day, rules_for) if day and decision.is_key else 0
    return Published(
        decision.published_on if decision.state is DecisionState.SIGNED else None, days if decision.is_key else 0,
        decision.called_in_on, decision.call_in_ended_on, decision.call_in_result, decision.scrutiny_on,
        rules.scrutiny_days if rules else None, decision.call_in_waived,
        closed_because=NOT_OPEN if decision.is_key else NOT_KEY, unpublished_because=_unpublished(decision),
    )  # fmt: skip


def _unpublished(decision: Decision) -> str:
    """Why it has no effect yet, or has none any more."""
    if decision.state is not DecisionState.SIGNED:
        over = decision.state in OVER
        return f"Nothing may be done under it. It is {'over' if over else 'not signed'}."
    if decision.is_key:
        return "It isn’t published yet. Members can call it in for some days after it is, and then it takes effect."
    return "It isn’t published yet. It takes effect on the day it is."
