"""Whether something may be done under a signed decision today."""

from __future__ import annotations

from datetime import date

from procure.authority.call_in import EffectState
from procure.authority.decision_effect import effect_of_decision
from procure.authority.models import Decision
from procure.authority.rules import DecisionState, Why


def why_not_usable(decision: Decision, today: date) -> Why | None:
    """Why nothing may be done under a decision today; None where it may."""
    if decision.state is not DecisionState.SIGNED:
        return Why(f"{decision.reference} isn’t signed.", f"The {decision.post.name} can sign it.")
    from procure.authority.signature import broken  # a signature reads its power, and a power asks here of waivers

    if broken(decision):
        said = "What is on record isn’t what was signed."
        return Why(
            f"{decision.reference} can’t be acted on. {said}", "The Monitoring Officer can have the history read."
        )
    effect = effect_of_decision(decision, today)
    if effect.is_in_force:
        return None
    who = "Scrutiny decides on the call-in." if effect.is_stopped else "Nobody can shorten this time."
    if effect.state is EffectState.UNPUBLISHED:
        who = "The case officer or democratic services can publish it."
    return Why(f"{decision.reference} can’t be acted on yet. {effect.sentence}", who)
