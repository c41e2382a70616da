"""What follows the end of a contract: an option used or declined, the next purchase opened, or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from procure import words
from procure.audit.actions import Actor, act
from procure.authority.models import Decision
from procure.authority.rules import UseKind
from procure.authority.use_actions import record_use
from procure.contract.documents import EXTENSION_LETTER
from procure.contract.facts import contract_dates, months_to_buy
from procure.contract.models import Contract, ContractOption, EndDecision
from procure.contract.power import decision_to_extend, may_extend, value_of_option
from procure.contract.rules import (
    ONE_DAY,
    ContractState,
    ValueBasis,
    WhatFollows,
    extended,
    term_months,
    ways_on,
)  # fmt: skip
from procure.documents.actions import issue
from procure.extensions import db
from procure.law.money import Value
from procure.mail.actions import queue
from procure.now import legal_day
from procure.people.access import roles_of
from procure.people.models import Person, Post
from procure.people.rules import Role
from procure.procurement.actions import describe, open_file
from procure.procurement.models import Procurement
from procure.procurement.rules import Route
from procure.refusals import Refusal


class OptionClosed(Refusal):
    """The option is used, declined, too late, or not the next one."""


class NoPowerToExtend(Refusal):
    """No power to extend, or no signed decision under it. The attempt belongs on the file."""

    recorded = True


class WayClosed(Refusal):
    """What was chosen can't follow this contract."""


class NeedsOfficer(Refusal):
    """Buying again needs a procurement officer to run the file."""


class EndReasonNeeded(Refusal):
    """A decision about the end says why."""


def use_option(
    option: ContractOption,
    *,
    because: str,
    performance: str,
    by: Person,
    at: datetime,
    decision: Decision | None = None,
    sees: int | None = None,
) -> None:
    """Use an option: the contract runs on, its value grows, and the letter to the supplier goes out, all in one act.

    To extend is to award: it needs a power to extend that covers the added value and months, the decision signed under
    it, the reasons, and how the supplier has done.
    """
    contract, today = option.contract, legal_day(at)
    with act(f"used option {option.number}", on=contract, by=by, at=at, note=because, sees=sees):
        _refuse_closed(option)
        if not because.strip():
            raise EndReasonNeeded("Say why it is extended.", field="because")
        if not performance.strip():
            raise EndReasonNeeded("Say how the supplier has done.", field="performance")
        if today > option.exercise_by_on:
            raise OptionClosed(
                f"You can’t use option {option.number}. Its last day was {words.day(option.exercise_by_on)}."
            )
        added = value_of_option(option)
        answer = may_extend(contract, added.gross if added else None, option.months, today)
        if answer.reasons or added is None or contract.ends_on is None:
            raise NoPowerToExtend(answer.reasons[0].sentence, who_can=answer.reasons[0].who_can or None)
        decision = decision or decision_to_extend(contract, added.gross)
        assert decision is not None  # else `may_extend` gave the reason
        option.used_on, option.decision = today, decision
        option.because, option.performance = because.strip(), performance.strip()
        record_use(
            decision, UseKind.EXTENSION, what=f"Option {option.number} used, for {words.months_label(option.months)}",
            about=f"{contract.reference}, option {option.number}", on=today, by=by, at=at,
        )  # fmt: skip
        grow(contract, added)
        old_end_on, contract.ends_on = contract.ends_on, extended(contract.ends_on, option.months)
        db.session.flush()
        _write_to_supplier(option, old_end_on, by=by, at=at)


def _write_to_supplier(option: ContractOption, old_end_on: date, *, by: Person, at: datetime) -> None:
    """Issue the letter that uses the option, and send it where the supplier has an e-mail address."""
    contract = option.contract
    supplier = contract.supplier
    if supplier is None:
        return
    paper = issue(EXTENSION_LETTER, option, subject=f"Option {option.number}", by=by, at=at)
    if not supplier.email:
        return
    queue(
        "extension", to=None, to_name=supplier.contact_name or supplier.name, to_email=supplier.email,
        facts={
            "title": contract.title, "supplier": supplier.name, "contact": supplier.contact_name or supplier.name,
            "option": option.number, "old_end_on": old_end_on, "new_end_on": contract.ends_on,
            "owner": contract.owner_name,
        },
        about=contract.reference, once=f"{paper.reference}:{paper.number}", papers=[paper], at=at,
    )  # fmt: skip


def grow(contract: Contract, added: Value) -> None:
    """Add to the value to the current end: to all three sums where all are known, else to the one that was stated."""
    if contract.value is not None:
        total = contract.value + added
        contract.value_net, contract.value_vat, contract.value_gross = total.net, total.vat, total.gross
    elif contract.value_stated is not None:
        more = added.net if contract.value_basis is ValueBasis.NET else added.gross
        contract.value_stated += more


def decline_option(option: ContractOption, *, because: str, by: Actor, at: datetime, sees: int | None = None) -> None:
    """Say that an option won't be used. Letters about it stop."""
    if not because.strip():
        raise EndReasonNeeded("Say why the option won’t be used.", field="because")
    with act(f"declined option {option.number}", on=option.contract, by=by, at=at, note=because, sees=sees):
        _refuse_closed(option)
        option.declined_on = legal_day(at)


def _refuse_closed(option: ContractOption) -> None:
    if option.used_on or option.declined_on:
        raise OptionClosed(f"Option {option.number} was {'used' if option.used_on else 'declined'} already.")
    earlier = [one for one in option.contract.options if one.number < option.number and one.is_open]
    if earlier:
        raise OptionClosed(f"Option {earlier[0].number} comes first.")


@dataclass(frozen=True)
class Decided:
    """What came of deciding: the decision and, where something is bought again, its new file."""

    decision: EndDecision
    procurement: Procurement | None = None


def decide_what_follows(
    contract: Contract,
    choice: WhatFollows,
    reason: str,
    *,
    by: Person,
    at: datetime,
    officer: Person | None = None,
    reference: str | None = None,
    sees: int | None = None,
) -> Decided:
    """Decide what follows the current end. Buying again opens the next file, with all that is known carried over."""
    today = legal_day(at)
    if not reason.strip():
        raise EndReasonNeeded("Say why.", field="reason")
    said = {
        WhatFollows.EXTEND: "decided to extend the contract",
        WhatFollows.BUY_AGAIN: "decided to buy again",
        WhatFollows.LET_LAPSE: "decided to let the contract end",
        WhatFollows.REPLACED: "noted that the contract is replaced already",
    }[choice]
    with act(said, on=contract, by=by, at=at, note=reason, sees=sees):
        if contract.ends_on is None:
            raise WayClosed("No end is agreed or recorded, so nothing follows it yet. Enter its end under Terms first.")
        if contract.state is not ContractState.LIVE:
            raise WayClosed("This contract isn’t running, so nothing can be decided about its end.")
        ways = {way.choice: way for way in ways_on(contract_dates(contract), today, months_to_buy(contract.ends_on))}
        if not ways[choice].is_open:
            raise WayClosed(ways[choice].refusal, field="choice")
        decision = EndDecision(
            contract=contract, about_end_on=contract.ends_on, choice=choice, reason=reason, decided_by=by, decided_at=at
        )
        db.session.add(decision)
        opened = None
        if choice is WhatFollows.BUY_AGAIN and not contract_dates(contract).has_purchase:
            opened = _open_next(contract, officer, reference=reference, by=by, at=at)
        db.session.flush()
    return Decided(decision, opened)


def _open_next(
    contract: Contract, officer: Person | None, *, reference: str | None, by: Person, at: datetime
) -> Procurement:
    if officer is None or Role.OFFICER not in roles_of(officer, legal_day(at)):
        raise NeedsOfficer("Choose the procurement officer who will run the purchase.", field="officer_id")
    before = contract.award.lot.procurement if contract.award else None
    assert contract.ends_on is not None  # what follows an end is decided only where there is one
    first_ends_on = contract.initial_ends_on or contract.ends_on
    months = round(term_months(contract.starts_on, first_ends_on)) if contract.starts_on else None
    lengths = {option.months for option in contract.options}
    opened = open_file(
        title=contract.title, route=before.route if before else Route.CABINET, officer=officer, by=by, at=at,
        reference=reference, ending_contract=contract, is_example=contract.is_example, **_posts(contract, before),
    )  # fmt: skip
    carried: dict[str, Any] = {
        "annual_net": contract.annual_net,
        "vat_percent": _vat_percent(contract),
        "value_basis": f"The yearly cost of {contract.reference}.",
        "service_starts_on": contract.ends_on + ONE_DAY,
        "initial_months": months,
        "extension_count": len(contract.options),
        "extension_months": max(lengths) if lengths else 0,
    }
    if before is not None:
        for name in ("description", "kind", "wards_label", "cpv", "budget_code", "budget_source", "procedure"):
            carried[name] = getattr(before, name)
    describe(opened, by=by, at=at, **carried)
    return opened


def _posts(contract: Contract, before: Procurement | None) -> dict[str, Post | None]:
    """Who answered for it before; else the posts above the contract's own."""
    if before is not None:
        return {
            "lead_post": before.lead_post, "director_post": before.director_post,
            "portfolio_post": before.portfolio_post,
        }  # fmt: skip
    own = contract.manager_post
    if own is None:
        raise NeedsOfficer("Nobody looks after this contract. Give it to a post first, under Terms.")
    lead = own.next_up or own
    top, climbed = lead, {lead.id}
    while top.next_up is not None and top.next_up.id not in climbed:
        top = top.next_up
        climbed.add(top.id)
    return {"lead_post": lead, "director_post": top}


def _vat_percent(contract: Contract) -> int:
    if not contract.annual_net or contract.annual_gross is None:
        return 0
    return round((contract.annual_gross - contract.annual_net) * Decimal(100) / contract.annual_net)
