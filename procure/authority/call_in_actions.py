"""What happens between a decision and its effect: exempt as urgent, called in, before scrutiny, upheld or sent back.

The same for what a meeting decided and for the key decision of an officer or a member.
"""

from __future__ import annotations

from datetime import date, datetime

from procure import words
from procure.audit.actions import Actor, act
from procure.authority.call_in import (
    CallInResult,
    Published,
    why_no_call_in,
    why_no_end,
    why_no_exemption,
    why_no_scrutiny,
)
from procure.authority.call_in_letters import tell_of_call_in, tell_of_its_end
from procure.authority.decision_effect import published_decision
from procure.authority.meeting_facts import published
from procure.authority.models import Decision, Meeting
from procure.authority.record_actions import renew_record
from procure.authority.rules import DecisionState
from procure.council.law import england
from procure.now import legal_day
from procure.people.access import global_roles_of
from procure.people.models import Person
from procure.people.rules import Role
from procure.refusals import Refusal

Called = Meeting | Decision
"""What members can call in."""

MAY_RECORD = frozenset({Role.DEMOCRATIC_SERVICES, Role.MONITORING_OFFICER})


class CallInRefused(Refusal):
    """A call-in, its scrutiny, its end or an exemption can't be recorded as asked."""


class NotTheirs(Refusal):
    """Only Democratic services and the Monitoring Officer keep the record of call-ins."""

    recorded = True


def record_of(of: Called) -> Published:
    """What the record says of publication and call-in, for either."""
    return published(of) if isinstance(of, Meeting) else published_decision(of)


def call_in(
    of: Called, *, on: date, because: str, by: Actor, at: datetime, called_by: str = "", entitled: bool = True,
    sees: int | None = None,
) -> None:  # fmt: skip
    """Record that members called a decision in. Until it ends nothing may be done under it; who acts under it is told.

    `called_by` are the members, `because` their grounds. Refused outside the period, and from members whom the
    council's rules don't let (`entitled`).
    """
    with act("recorded a call-in", on=of, by=by, at=at, note=because, sees=sees):
        _may_record(by, at)
        if on > legal_day(at):
            raise CallInRefused("The day of the call-in can’t be in the future.", field="called_in_on")
        if refusal := why_no_call_in(record_of(of), on, england()):
            raise CallInRefused(refusal, field="called_in_on")
        if not entitled:
            raise CallInRefused(
                "A call-in counts only from members whom the constitution lets call in.", field="entitled",
                who_can="Those members, until the period ends",
            )  # fmt: skip
        of.called_in_on, of.called_in_by, of.call_in_grounds = on, called_by, because
        tell_of_call_in(of, at=at)
    if isinstance(of, Decision):
        renew_record(of, by=by, at=at)


def arrange_scrutiny(of: Called, *, on: date, by: Actor, at: datetime, sees: int | None = None) -> None:
    """Record the day on which scrutiny looks at a called-in decision. One later than the rules give is named."""
    with act("recorded when scrutiny meets on a call-in", on=of, by=by, at=at, sees=sees):
        _may_record(by, at)
        if refusal := why_no_scrutiny(record_of(of), on):
            raise CallInRefused(refusal, field="scrutiny_on")
        of.scrutiny_on = on


def end_call_in(
    of: Called, *, on: date, result: CallInResult, by: Actor, at: datetime, said: str = "", sees: int | None = None
) -> None:
    """Record what scrutiny made of a called-in decision: it stands, or it must be taken again. `said` is its advice."""
    note = f"{result.label}. {said}" if said else result.label
    with act("recorded the end of a call-in", on=of, by=by, at=at, note=note, sees=sees):
        _may_record(by, at)
        if refusal := why_no_end(record_of(of), on, legal_day(at)):
            raise CallInRefused(refusal, field="call_in_ended_on")
        of.scrutiny_on = of.scrutiny_on or on
        of.call_in_ended_on, of.call_in_result = on, result
        tell_of_its_end(of, said=said, at=at)
    if isinstance(of, Decision):
        renew_record(of, by=by, at=at)


def exempt(
    of: Called, *, agreed_by: str, agreed_on: date, because: str, by: Actor, at: datetime, sees: int | None = None
) -> None:
    """Record that an urgent decision is exempt from call-in: who agreed, when, and why. Before it is published."""
    with act("exempted an urgent decision from call-in", on=of, by=by, at=at, note=because, sees=sees):
        _may_record(by, at)
        if isinstance(of, Decision) and of.state is not DecisionState.SIGNED:
            raise CallInRefused("It isn’t signed yet.", who_can=f"The {of.post.name}")
        if refusal := why_no_exemption(record_of(of)):
            raise CallInRefused(refusal)
        if agreed_on > legal_day(at):
            raise CallInRefused("The day of the agreement can’t be in the future.", field="agreed_on")
        if not agreed_by.strip() or not because.strip():
            raise CallInRefused("Say who agreed, and why it can’t wait.", field="because")
        of.call_in_waived = f"{agreed_by.strip()} agreed on {words.day(agreed_on)}: {because.strip()}"


def _may_record(by: Actor, at: datetime) -> None:
    if isinstance(by, Person) and not global_roles_of(by, legal_day(at)) & MAY_RECORD:
        raise NotTheirs(
            "You can’t record this. Democratic services keep the record of call-ins.",
            who_can="Democratic services, or the Monitoring Officer",
        )
