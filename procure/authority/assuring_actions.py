"""How a decision meets what the words of its power ask: said by the case officer, kept for the record."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from procure.audit.actions import act
from procure.authority.actions import PREPARING, NotNow, held, must_run
from procure.authority.models import Assurance, Decision
from procure.authority.power import power_from
from procure.authority.rules import AssuranceOf, DecisionState
from procure.extensions import db
from procure.now import legal_day
from procure.people.models import Person
from procure.refusals import Refusal

OPEN_TO_ASSURE = (*PREPARING, DecisionState.CONSULTING)
"""Until the decision is with its maker."""


class HowNeeded(Refusal):
    """An assurance without words would assure nobody."""


def to_assure(decision: Decision, at: datetime) -> tuple[tuple[AssuranceOf, str], ...]:
    """What the words of the power ask somebody to say."""
    if decision.delegation is None:
        return ()
    return power_from(decision.delegation, decision.procurement, legal_day(at)).to_assure


def assure(
    decision: Decision,
    said: Mapping[tuple[AssuranceOf, str], str],
    *,
    by: Person,
    at: datetime,
    sees: int | None = None,
) -> None:
    """Say how each condition, the scope and an ending event are met. What others answered on stays as it was.

    Refused once the decision is with its maker: they read it as it is. Raises `HowNeeded` for an empty answer.
    """
    with act("said how the conditions of the power are met", on=decision, by=by, at=at, sees=sees):
        held(decision)
        must_run(by, decision.procurement, at)
        if decision.state not in OPEN_TO_ASSURE:
            raise NotNow(
                "You can’t change this now: others have it before them. The decision maker can return it to you.",
                who_can=f"The {decision.post.name}",
            )
        asked = to_assure(decision, at)
        for place, key in enumerate(asked):
            if not said.get(key, "").strip():
                raise HowNeeded("Say how this is met.", field=f"how_{place}")
        kept = {(one.of, one.words): one for one in decision.assurances}
        for key in asked:
            row = kept.pop(key, None)
            how = said[key].strip()
            if row is None:
                decision.assurances.append(Assurance(of=key[0], words=key[1], how=how, given_by=by, given_at=at))
            elif row.how != how:
                row.how, row.given_by, row.given_at = how, by, at
        for gone in kept.values():
            db.session.delete(gone)
        db.session.flush()
        db.session.expire(decision, ["assurances"])
