"""How a decision ends without being carried out: withdrawn before it is signed, set aside after it."""

from __future__ import annotations

from datetime import datetime

from procure.audit.actions import Actor, act
from procure.authority.actions import NotNow, held, must_decide, must_run
from procure.authority.facts import OPEN
from procure.authority.letters import to_all_who_had_it
from procure.authority.models import Decision
from procure.authority.rules import ActKind, DecisionState
from procure.authority.signing_actions import MakersReasonNeeded
from procure.people.models import Person


def withdraw(decision: Decision, reason: str, *, by: Actor, at: datetime) -> None:
    """Withdraw a decision that nobody has signed. Everybody who has it before them is told; another can follow."""
    with act("withdrew the decision", on=decision, by=by, at=at, note=reason):
        held(decision)
        must_run(by, decision.procurement, at)
        if decision.state not in OPEN:
            raise NotNow(f"You can’t withdraw this now. It is: {decision.state.label.lower()}.")
        if not reason.strip():
            raise MakersReasonNeeded("Say why.", field="reason")
        was_with_maker = decision.state is DecisionState.SENT
        decision.state, decision.ended_because, decision.sent_at = DecisionState.WITHDRAWN, reason.strip(), None
        to_all_who_had_it(decision, said="withdrawn", reason=reason.strip(), with_maker=was_with_maker, at=at)


def set_aside(decision: Decision, reason: str, *, by: Person, at: datetime, sees: int | None = None) -> None:
    """Set aside a signed award before any bidder is told of it: by the post that signed, with the reason.

    What was signed stays on record as it was signed. Raises `NotNow` once a bidder has been told.
    """
    with act("set the signed decision aside", on=decision, by=by, at=at, note=reason, sees=sees):
        held(decision)
        must_decide(by, decision, at)
        stop = why_not_set_aside(decision)
        if stop:
            raise NotNow(stop)
        if not reason.strip():
            raise MakersReasonNeeded("Say why.", field="reason")
        decision.state, decision.ended_because = DecisionState.SET_ASIDE, reason.strip()
        to_all_who_had_it(decision, said="set aside", reason=reason.strip(), with_maker=False, at=at)


def fall_with_competition(decision: Decision, reason: str, *, by: Actor, at: datetime) -> None:
    """End an award with the competition it rests on, whatever it has come to: who may award has decided that."""
    with act("ended the award with its competition", on=decision, by=by, at=at, note=reason):
        held(decision)
        if decision.state not in (*OPEN, DecisionState.SIGNED):
            return
        was_signed, with_maker = decision.state is DecisionState.SIGNED, decision.state is DecisionState.SENT
        decision.state = DecisionState.SET_ASIDE if was_signed else DecisionState.WITHDRAWN
        decision.ended_because = reason.strip()
        said = "set aside" if was_signed else "withdrawn"
        to_all_who_had_it(decision, said=said, reason=reason.strip(), with_maker=with_maker, at=at)


def why_not_set_aside(decision: Decision) -> str:
    """Why a decision can't be set aside; empty where it can."""
    if decision.state is not DecisionState.SIGNED:
        return "Only a signed decision is set aside. Return or refuse this one."
    award = decision.lot.award if decision.lot else None
    if decision.act is not ActKind.AWARD or award is None or award.decision_id != decision.id:
        return "Only an award can be set aside here."
    if any(letter.sent_at for letter in award.letters):
        return "The bidders have been told of this award. Ask Legal what they must be told before it is undone."
    return ""
