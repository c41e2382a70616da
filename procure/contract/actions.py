"""How a contract comes to be and is kept: recorded, opened from its award, signed, corrected, paid, ended.

What follows its end is in `ending`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from procure import words
from procure.audit.actions import Actor, act
from procure.authority.rules import UseKind
from procure.authority.use_actions import record_use
from procure.award.models import Award
from procure.award.rules import standstill_is_over
from procure.contract.life_actions import keep_file, owe_copy, owe_performance, owe_termination
from procure.contract.models import Contract, ContractOption, Payment
from procure.contract.power import decision_to_enter, delegation_to_enter, entry_chain, signatory_of
from procure.contract.rules import (
    EXERCISE_MONTHS,
    ContractState,
    Term,
    ValueBasis,
    ends_after,
    plan_options,
    share_of,
    term_months,
)  # fmt: skip
from procure.contract.taking_over import take_over_terms
from procure.documents.actions import Kept
from procure.extensions import db
from procure.law.money import Value, with_vat
from procure.now import legal_day
from procure.people.models import Person, Post
from procure.procurement.actions import NewReference, move
from procure.procurement.facts import facts_about
from procure.procurement.rules import ContractKind
from procure.refusals import Refusal
from procure.suppliers.models import Supplier

CORRECTABLE = (
    "title", "description", "supplier", "manager_post", "department", "cpv", "regime", "starts_on", "ends_on", "term",
    "roll_months", "notice_months", "supplier_notice_months", "value_net", "value_vat", "full_net", "full_gross",
    "annual_net", "annual_gross", "irrecoverable_vat", "signed_on", "is_light_touch",
)  # fmt: skip
"""What may be put right where it was typed wrong. Extending and ending have verbs of their own."""

DATED = ("starts_on", "ends_on", "term", "roll_months")
"""What has to fit together."""

TEXTS = ("performance", "at_expiry", "lessons")


class DatesOutOfOrder(Refusal):
    """An end before its start, or a day that hasn't come."""


class OptionWithoutLength(Refusal):
    """An option to extend says by how long."""


class EndMissing(Refusal):
    """The terms need an end, and none is given."""


class EndNotAgreed(Refusal):
    """An end is given for a contract that has none."""


class RollLength(Refusal):
    """A rolling contract says by how long it rolls on."""


class AlreadyOpened(Refusal):
    """An award has one contract."""


class NotPrepared(Refusal):
    """The contract isn't whole enough to be signed, or is signed already."""


class CannotSignYet(Refusal):
    """Before the end of the standstill nobody signs. Procurement Act 2023 s.51."""

    recorded = True


class ReasonNeeded(Refusal):
    """A correction says why."""


class NotEnded(Refusal):
    """The contract runs on."""


def record_contract(
    *,
    title: str,
    supplier: Supplier | None,
    manager_post: Post | None,
    starts_on: date | None,
    ends_on: date | None,
    value_net: Decimal | None,
    vat_percent: Decimal,
    by: Actor,
    at: datetime,
    term: Term = Term.FIXED,
    roll_months: int | None = None,
    option_months: Sequence[int] = (),
    exercise_months: int = EXERCISE_MONTHS,
    notice_months: int = 0,
    reference: str | None = None,
    **more: Any,
) -> Contract:
    """Record a contract that was entered into before this system, or elsewhere. `value_net` is to its end.

    What isn't known is None. A rolling contract ends on the day on which it would next roll on.
    """
    refuse_terms(term, starts_on, ends_on, roll_months)
    if any(length < 1 for length in option_months):
        raise OptionWithoutLength("Enter the length of each option, in months", field="option_months")
    if option_months and ends_on is None:
        raise EndMissing("Enter the day the agreed term ends: its options follow from it.", field="ends_on")
    named = NewReference("CON", Contract.reference, (starts_on or legal_day(at)).year, given=reference)
    with act("recorded the contract", on=named, by=by, at=at):
        contract = Contract(
            reference=named(), title=title, supplier=supplier, manager_post=manager_post, starts_on=starts_on,
            initial_ends_on=ends_on, ends_on=ends_on, notice_months=notice_months, state=ContractState.LIVE,
            term=term, roll_months=roll_months if term is Term.ROLLING else None,
            **_sums(value_net, vat_percent, starts_on, ends_on, sum(option_months)), **more,
        )  # fmt: skip
        if ends_on is not None:
            contract.options = _options(ends_on, option_months, exercise_months)
        db.session.add(contract)
    return contract


def refuse_terms(term: Term, starts_on: date | None, ends_on: date | None, roll_months: int | None) -> None:
    """Refuse terms that contradict each other: an end before its start, a rolling term without its length."""
    if starts_on is not None and ends_on is not None and ends_on < starts_on:
        raise DatesOutOfOrder("The contract can’t end before it starts.", field="ends_on")
    if term is Term.ROLLING and not roll_months:
        raise RollLength("Enter by how many months it rolls on.", field="roll_months")
    if term is Term.ROLLING and ends_on is None:
        raise EndMissing("Enter the next day on which it would roll on.", field="ends_on")
    if term is Term.EVERGREEN and ends_on is not None:
        raise EndNotAgreed("You said that no end is agreed. Take out the end, or choose another term.", field="ends_on")


def _sums(
    net: Decimal | None, vat_percent: Decimal, starts_on: date | None, ends_on: date | None, option_months: int
) -> dict[str, Decimal]:
    """Net, VAT and gross to the end, a year and in all: as far as the days are known."""
    if net is None:
        return {}
    value = with_vat(net, vat_percent)
    if starts_on is None or ends_on is None:
        return {"value_net": value.net, "value_vat": value.vat, "value_gross": value.gross}
    months = term_months(starts_on, ends_on) or Decimal(1)
    full = with_vat(net + share_of(net, option_months, months), vat_percent)
    return _money(value, full, with_vat(share_of(net, 12, months), vat_percent))


def _money(value: Value, full: Value, annual: Value) -> dict[str, Decimal]:
    return {
        "value_net": value.net, "value_vat": value.vat, "value_gross": value.gross, "full_net": full.net,
        "full_gross": full.gross, "annual_net": annual.net, "annual_gross": annual.gross,
    }  # fmt: skip


def _options(ends_on: date, months: Sequence[int], exercise_months: int) -> list[ContractOption]:
    return [
        ContractOption(number=option.number, months=option.months, exercise_by_on=option.exercise_by_on)
        for option in plan_options(ends_on, months, exercise_months)
    ]


def open_from_award(
    award: Award,
    *,
    manager_post: Post,
    by: Actor,
    at: datetime,
    notice_months: int = 0,
    exercise_months: int = EXERCISE_MONTHS,
    reference: str | None = None,
) -> Contract:
    """Prepare the contract of an award from what is known: nothing is typed twice. It is signed later."""
    procurement = award.lot.procurement
    starts_on, months, full_months = procurement.service_starts_on, procurement.initial_months, procurement.max_months
    if award.contract is not None:
        raise AlreadyOpened(f"The contract of this award is prepared already: {award.contract.reference}.")
    if starts_on is None or months is None or not full_months:
        raise NotPrepared("The file doesn’t say when the service starts and for how long.", who_can="The case officer")
    full = Value(award.value_net, award.value_vat, award.value_gross)
    ends_on = ends_after(starts_on, months)
    named = NewReference("CON", Contract.reference, starts_on.year, given=reference)
    with act("prepared the contract", on=award, by=by, at=at):
        contract = Contract(
            reference=named(), title=procurement.title, state=ContractState.TO_SIGN, supplier=award.bid.supplier,
            award=award, manager_post=manager_post, starts_on=starts_on, initial_ends_on=ends_on, ends_on=ends_on,
            notice_months=notice_months, is_light_touch=procurement.kind is ContractKind.LIGHT_TOUCH,
            is_example=award.is_example, regime=procurement.regime, cpv=procurement.cpv,
            description=procurement.description,
            **_money(_part(full, months, full_months), full, _part(full, 12, full_months)),
        )  # fmt: skip
        contract.options = _options(
            ends_on, [procurement.extension_months] * procurement.extension_count, exercise_months
        )
        db.session.add(contract)
        db.session.flush()
        take_over_terms(contract, award.lot)
    return contract


def _part(full: Value, months: int, of_months: Decimal | int) -> Value:
    """The part of a whole-life value that falls on so many of its months."""
    net, gross = share_of(full.net, months, of_months), share_of(full.gross, months, of_months)
    return Value(net, gross - net, gross)


def sign(
    contract: Contract,
    signed_on: date,
    *,
    by: Actor,
    at: datetime,
    signed_by: Person | None = None,
    signed_file: Kept | None = None,
    sees: int | None = None,
) -> None:
    """Record that the contract is signed, keep the signed file, and move the lot on, in one act.

    Refused before the standstill is over, both on the day of signing and today, and without the power to enter.
    """
    award = contract.award
    if award is None or contract.state is not ContractState.TO_SIGN:
        raise NotPrepared("This contract is signed already.")
    with act("signed the contract", on=contract, by=by, at=at, sees=sees):
        _refuse_day(award, signed_on, legal_day(at))
        delegation = delegation_to_enter(award, signed_on)
        contract.signed_by = signed_by or signatory_of(award, signed_on)
        contract.signed_on = signed_on
        contract.authority_chain = entry_chain(award, signed_on)
        if delegation is not None and contract.signed_by is not None:
            contract.authority_chain += f" → contract signed on {words.day(signed_on)} by the {delegation.post.name}"
        contract.enter_decision = decision_to_enter(award) or award.decision
        record_use(
            contract.enter_decision, UseKind.SIGNATURE, what=f"Contract entered into with {contract.supplier_name}",
            about=contract.reference, on=signed_on, by=by, at=at,
        )  # fmt: skip
        move(award.lot, "sign the contract", by=by, at=at)
        contract.state = ContractState.LIVE
        if signed_file is not None:
            keep_file(contract, signed_file, is_signed_copy=True, by=by, at=at)
        owe_copy(contract, signed_on)
        owe_performance(contract)


def _refuse_day(award: Award, signed_on: date, today: date) -> None:
    if signed_on > today:
        raise DatesOutOfOrder("The contract can’t be signed on a day that hasn’t come.", field="signed_on")
    decided = award.decision.signed_at
    if decided is not None and signed_on < legal_day(decided):
        raise DatesOutOfOrder("The contract can’t be signed before the award was decided.", field="signed_on")
    for check in standstill_is_over(facts_about(award.lot, signed_on), signed_on):
        if not check.is_done:
            raise CannotSignYet(check.refusal, field="signed_on", who_can=check.who_can or None)


def correct(
    contract: Contract, *, because: str, by: Actor, at: datetime, sees: int | None = None, **facts: Any
) -> None:
    """Put right what was typed wrong, with the reason. Correcting an end date is not extending it.

    Options whose last day followed from the old end follow the new one. Values are net, VAT and gross as they stand.
    """
    if not because.strip():
        raise ReasonNeeded("Say what was wrong.", field="because")
    unknown = sorted(set(facts) - set(CORRECTABLE))
    if unknown:
        raise TypeError(f"Not corrected but done: {', '.join(unknown)}")
    with act("corrected the contract", on=contract, by=by, at=at, note=because, sees=sees):
        now = {name: facts.get(name, getattr(contract, name)) for name in DATED}
        refuse_terms(now["term"], now["starts_on"], now["ends_on"], now["roll_months"])
        if now["term"] is not Term.ROLLING:
            facts["roll_months"] = None
        if now["ends_on"] != contract.ends_on:
            carry_end(contract, now["ends_on"])
        for name, value in facts.items():
            setattr(contract, name, value)
        _add_up(contract)
        if contract.annual_net is None:
            _spread(contract)


def _spread(contract: Contract) -> None:
    """A year’s worth and the whole, once net, VAT and the days are all known."""
    if contract.value is None or contract.starts_on is None or contract.ends_on is None:
        return
    months = term_months(contract.starts_on, contract.ends_on) or Decimal(1)
    annual = _part(contract.value, 12, months)
    open_months = sum(option.months for option in contract.options if option.is_open)
    full = contract.value + _part(contract.value, open_months, months)
    contract.annual_net, contract.annual_gross = annual.net, annual.gross
    contract.full_net, contract.full_gross = full.net, full.gross


def _add_up(contract: Contract) -> None:
    """The value with VAT from its parts; a net sum alone says nothing of its VAT."""
    if contract.value_net is None:
        contract.value_vat = contract.value_gross = None
    elif contract.value_vat is not None:
        contract.value_gross, contract.value_basis = contract.value_net + contract.value_vat, ValueBasis.BOTH


def carry_end(contract: Contract, ends_on: date | None) -> None:
    """Carry a corrected end into what was worked out from the wrong one."""
    if contract.initial_ends_on == contract.ends_on:
        contract.initial_ends_on = ends_on
    if ends_on is None or contract.ends_on is None:
        return
    still_open = [option for option in contract.options if option.is_open]
    lengths = [option.months for option in still_open]
    old, new = plan_options(contract.ends_on, lengths), plan_options(ends_on, lengths)
    for option, was, becomes in zip(still_open, old, new, strict=True):
        if option.exercise_by_on == was.exercise_by_on:
            option.exercise_by_on = becomes.exercise_by_on


def describe(contract: Contract, *, by: Actor, at: datetime, sees: int | None = None, **texts: str) -> None:
    """Write down how it goes, what happens at the end, or what was learnt."""
    with act("described how the contract goes", on=contract, by=by, at=at, sees=sees):
        for name in TEXTS:
            if name in texts:
                setattr(contract, name, texts[name])


def record_payment(
    contract: Contract, *, paid_on: date, amount_gross: Decimal, by: Actor, at: datetime, what: str = ""
) -> Payment:
    """Record a sum that was paid, with VAT. Paying more than agreed is recorded too; the page says so."""
    if paid_on > legal_day(at):
        raise DatesOutOfOrder("A payment can’t be recorded before its day has come.", field="paid_on")
    if contract.starts_on is not None and paid_on < contract.starts_on and not contract.signed_on:
        raise DatesOutOfOrder("The contract hadn’t started on that day.", field="paid_on")
    with act(f"recorded a payment of {words.pounds(amount_gross)}", on=contract, by=by, at=at):
        payment = Payment(
            contract=contract, paid_on=paid_on, amount_gross=amount_gross, what=what, is_example=contract.is_example
        )
        db.session.add(payment)
    return payment


def hand_over(contract: Contract, manager_post: Post, *, because: str, by: Actor, at: datetime) -> None:
    """Give the contract to another post. Reminders not sent yet go there."""
    with act(f"handed the contract to the {manager_post.name}", on=contract, by=by, at=at, note=because):
        contract.manager_post = manager_post


def end(
    contract: Contract, ended_on: date, *, by: Actor, at: datetime, because: str = "", sees: int | None = None
) -> None:
    """Record that the contract has ended. Reminders stop; the record stays."""
    if ended_on > legal_day(at):
        raise NotEnded("A contract ends on its day, not before. Enter a day that has come.", field="ended_on")
    if contract.starts_on is not None and ended_on < contract.starts_on:
        raise DatesOutOfOrder("The contract can’t end before it starts.", field="ended_on")
    if contract.ends_on is not None and ended_on < contract.ends_on and not because.strip():
        raise ReasonNeeded("It ends before its day. Say why.", field="because")
    with act("ended the contract", on=contract, by=by, at=at, note=because or None, sees=sees):
        if contract.state is ContractState.ENDED:
            raise NotEnded("This contract has ended already.")
        contract.ended_on, contract.state, contract.ended_because = ended_on, ContractState.ENDED, because.strip()
        owe_termination(contract, ended_on)
