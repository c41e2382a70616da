"""Asking for a waiver of a rule of the council, and keeping for what it was used."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from procure import words
from procure.audit.actions import Actor, act
from procure.authority.actions import must_run, prepare
from procure.authority.models import Decision, Delegation
from procure.authority.power import delegation_for
from procure.authority.rules import OVER, ActKind, UseKind, Why
from procure.authority.rules.waiving import (
    QUOTES_RULE,
    WaiverFacts,
    waiver_reasons_why_not,
    what_the_asker_mends,
)
from procure.authority.use_actions import record_use
from procure.authority.waiver_facts import (
    agreements_under,
    ground_from,
    is_in_force,
    statute_of,
    waiver_in_force,
    waivers_of,
)
from procure.authority.waiver_models import Waiver
from procure.council.models import WaiverReason
from procure.extensions import db
from procure.now import legal_day
from procure.people.models import Person
from procure.procurement.models import Lot, Procurement
from procure.refusals import Refusal

USED_FOR = {
    "prepare the tender": "Going on without the quotes that the rules ask for",
    "publish the tender notice": "Asking fewer suppliers for quotes than the rules ask for",
}
"""Moves that rest on a waiver of the quotes rule, and what the record says of it."""


class WaiverRefused(Refusal):
    """No waiver can be asked for: the law binds, the ground doesn't reach, or nobody outside the service agrees."""


@dataclass(frozen=True)
class Asked:
    """What an officer asks for. `began_on`: the day work began without approval, where it did."""

    rule: str
    reason: WaiverReason
    case: str
    from_on: date
    until_on: date
    began_on: date | None = None


def ask_for_waiver(lot: Lot, asked: Asked, *, by: Person, at: datetime, reference: str | None = None) -> Waiver:
    """Draft the decision that waives a rule for a file. Two approve it: the decision maker and one outside the service.

    Raises `WaiverRefused` with the first thing that is wrong, `NoPower` where nobody may waive.
    """
    procurement, day = lot.procurement, legal_day(at)
    with act(f"asked for a waiver of {_lower(asked.rule)}", on=procurement, by=by, at=at):
        must_run(by, procurement, at)
        _refuse_asked(procurement, asked, day)
        decision = prepare(
            lot, act_kind=ActKind.WAIVE, by=by, at=at, reference=reference, value_net=procurement.value_net,
            value_gross=procurement.value_gross, max_months=procurement.max_months, **draft(procurement, asked),
        )  # fmt: skip
        waiver = Waiver(
            decision=decision, reason=asked.reason, rule=asked.rule, case=asked.case, from_on=asked.from_on,
            until_on=asked.until_on, began_on=asked.began_on,
        )  # fmt: skip
        db.session.add(waiver)
        if not lot.is_only:
            decision.lot = None
        _refuse_power(decision, asked, day)
    return waiver


def _refuse_asked(procurement: Procurement, asked: Asked, day: date) -> None:
    if procurement.director_post is None and power_to_waive(procurement, day) is None:
        raise WaiverRefused("Name the accountable director of this file first.")
    if asked.until_on < asked.from_on:
        raise WaiverRefused("The last day can’t be before the first.", field="until_on")
    if asked.until_on < day:
        raise WaiverRefused("The last day can’t be in the past. Enter today or a later day.", field="until_on")
    if asked.began_on is None and asked.from_on < day:
        raise WaiverRefused(
            "A waiver that begins in the past is one after the event. Say on which day the work began.",
            field="began_on",
        )
    if asked.began_on is not None and asked.began_on > day:
        raise WaiverRefused("Work that hasn’t begun isn’t “after the event”.", field="began_on")
    _refuse_first(what_the_asker_mends(_facts(procurement, asked, day)))
    for other in waivers_of(procurement):
        if other.rule.casefold() == asked.rule.casefold() and _is_open(other, day):
            said = "in force" if is_in_force(other, day) else "being decided"
            raise WaiverRefused(f"A waiver of this rule is {said} already: {other.decision.reference}.", field="rule")


def _is_open(waiver: Waiver, day: date) -> bool:
    return waiver.decision.state not in OVER and waiver.until_on >= day


def power_to_waive(procurement: Procurement, day: date) -> Delegation | None:
    """The power that a waiver for this file rests on; None where nobody has one, or no director is named yet."""
    return delegation_for(
        ActKind.WAIVE, procurement, day, value_gross=procurement.value_gross, max_months=procurement.max_months
    )


def _facts(procurement: Procurement, asked: Asked, day: date) -> WaiverFacts:
    power = power_to_waive(procurement, day)
    return WaiverFacts(
        rule=asked.rule, ground=ground_from(asked.reason), day=day, from_on=asked.from_on, until_on=asked.until_on,
        value_net=procurement.value_net, statute=statute_of(procurement),
        agreements=agreements_under(power, procurement) if power else (),
    )  # fmt: skip


def _refuse_power(decision: Decision, asked: Asked, day: date) -> None:
    """Refuse a power that names nobody outside the service, before anybody is troubled with it."""
    if decision.procurement is not None:
        _refuse_first(waiver_reasons_why_not(_facts(decision.procurement, asked, day)))


def _refuse_first(reasons: tuple[Why, ...]) -> None:
    if reasons:
        raise WaiverRefused(reasons[0].sentence, who_can=reasons[0].who_can or None)


def draft(procurement: Procurement, asked: Asked) -> dict[str, Any]:
    """The words of the decision as what was asked for gives them, for the officer to mend."""
    rule, ground = _lower(asked.rule), asked.reason.name
    days = f"from {words.day(asked.from_on)} until {words.day(asked.until_on)}"
    reasons = [line.strip() for line in asked.case.splitlines() if line.strip()]
    if asked.began_on is not None:
        reasons.append(f"The work began on {words.day(asked.began_on)}, before anybody approved it.")
    late = " It is asked for after the event." if asked.began_on is not None else ""
    until = words.day(asked.until_on)
    return {
        "title": f"Waive {rule} for {_lower(procurement.title)}",
        "summary": f"One of the contract procedure rules, {rule}, doesn’t apply to this purchase until {until}.{late}",
        "points": [
            f"Under the contract procedure rules, waive {rule} for {_lower(procurement.title)} {days}, on the ground "
            f"“{ground}”."
        ],
        "reasons": reasons,
        "alternatives": [("Not to waive the rule", "Keeping to it doesn’t serve, for the reasons given.")],
        "key_text": "It commits no money by itself.",
    }


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def keep_the_use(lot: Lot, move: str, *, by: Actor, at: datetime) -> None:
    """When a file goes on because the number of quotes is waived, keep that the waiver was used for it."""
    day = legal_day(at)
    waiver = waiver_in_force(lot.procurement, day, QUOTES_RULE)
    if waiver is None or move not in USED_FOR:
        return
    record_use(waiver.decision, UseKind.WAIVER, what=USED_FOR[move], about=lot.reference, on=day, by=by, at=at)
