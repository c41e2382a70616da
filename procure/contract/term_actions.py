"""Keeping a contract’s terms: options, breaks, reviews, notice, its tier. Each change says why."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from procure.audit.actions import Actor, act
from procure.contract.life_models import Break, Review
from procure.contract.life_rules import ReviewKind, WhoMay
from procure.contract.models import Contract, ContractOption
from procure.contract.rules import EXERCISE_MONTHS, ContractState, Tier, share_of
from procure.extensions import db
from procure.law.working_days import months_before
from procure.now import legal_day
from procure.refusals import Refusal


class TermsRefused(Refusal):
    """What is said of the terms can’t be right, or the contract has ended."""


def _may_change(contract: Contract, because: str) -> None:
    if contract.state is ContractState.ENDED:
        raise TermsRefused("This contract has ended, so its terms stay as they are.")
    if not because.strip():
        raise TermsRefused("Say why: what the contract says, or what was recorded wrong.", field="because")


def _take_out(row: ContractOption | Break | Review, contract: Contract, of: str) -> None:
    """Delete a row while it still knows its contract, so that the trail finds its file; then read the rest anew."""
    db.session.delete(row)
    db.session.flush()
    db.session.expire(contract, [of])


# ── options ──


def add_option(
    contract: Contract,
    *,
    months: int,
    because: str,
    by: Actor,
    at: datetime,
    exercise_by_on: date | None = None,
    price_net: Decimal | None = None,
    price_gross: Decimal | None = None,
    sees: int | None = None,
) -> ContractOption:
    """Record an option that the contract gives and the record lacks. Without a day it is used nine months before."""
    with act("recorded an option", on=contract, by=by, at=at, note=because, sees=sees):
        _may_change(contract, because)
        if contract.ends_on is None:
            raise TermsRefused("Enter the contract’s end first: an option follows from it.")
        before = contract.open_options[-1].ends_on if contract.open_options else contract.ends_on
        by_on = exercise_by_on or months_before(before, EXERCISE_MONTHS)
        _refuse_option(months, by_on, before, price_net, price_gross)
        number = max((one.number for one in contract.options), default=0) + 1
        option = ContractOption(
            contract=contract, number=number, months=months, exercise_by_on=by_on, price_net=price_net,
            price_gross=price_gross,
        )  # fmt: skip
        db.session.add(option)
        _count_in_full(contract, months, price_net, price_gross)
        db.session.flush()
    return option


def change_option(
    option: ContractOption,
    *,
    months: int,
    exercise_by_on: date,
    because: str,
    by: Actor,
    at: datetime,
    price_net: Decimal | None = None,
    price_gross: Decimal | None = None,
    sees: int | None = None,
) -> None:
    """Put right the length, the last day or the price of an option that is still open."""
    contract = option.contract
    with act(f"changed option {option.number}", on=option, by=by, at=at, note=because, sees=sees):
        _may_change(contract, because)
        _refuse_closed(option)
        _refuse_option(months, exercise_by_on, _moves(option), price_net, price_gross)
        _count_in_full(contract, -option.months, option.price_net, option.price_gross)
        option.months, option.exercise_by_on = months, exercise_by_on
        option.price_net, option.price_gross = price_net, price_gross
        _count_in_full(contract, months, price_net, price_gross)


def remove_option(option: ContractOption, *, because: str, by: Actor, at: datetime) -> None:
    """Take out an option that the contract doesn’t give. One it gives and nobody wants is declined instead."""
    contract = option.contract
    with act(f"took out option {option.number}", on=option, by=by, at=at, note=because):
        _may_change(contract, because)
        _refuse_closed(option)
        _count_in_full(contract, -option.months, option.price_net, option.price_gross)
        _take_out(option, contract, "options")


def _refuse_closed(option: ContractOption) -> None:
    if not option.is_open:
        raise TermsRefused(f"Option {option.number} was {'used' if option.used_on else 'declined'}, so it stays.")


def _refuse_option(months: int, by_on: date, before: date, net: Decimal | None, gross: Decimal | None) -> None:
    if months < 1:
        raise TermsRefused("Enter the length of the option, in months", field="months")
    if by_on > before:
        raise TermsRefused("An option is used before the end it moves.", field="exercise_by_on")
    if (net is None) != (gross is None):
        raise TermsRefused(
            "Enter the price both without and with VAT, or neither.",
            field="price_net" if net is None else "price_gross",
        )
    if net is not None and gross is not None and gross < net:
        raise TermsRefused("The price with VAT can’t be less than without.", field="price_gross")


def _moves(option: ContractOption) -> date:
    """The end an open option moves."""
    contract = option.contract
    assert contract.ends_on is not None  # an option stands on an end
    ends = [one.ends_on for one in contract.open_options if one.number < option.number]
    return ends[-1] if ends else contract.ends_on


def _count_in_full(contract: Contract, months: int, net: Decimal | None, gross: Decimal | None) -> None:
    """Count an option into the value of the whole, or out of it where its months are below nothing."""
    if contract.full_net is None or contract.full_gross is None:
        return
    if net is not None and gross is not None:
        sign = 1 if months > 0 else -1
        contract.full_net, contract.full_gross = contract.full_net + sign * net, contract.full_gross + sign * gross
    elif contract.annual_net is not None and contract.annual_gross is not None:
        contract.full_net += share_of(contract.annual_net, months, 12)
        contract.full_gross += share_of(contract.annual_gross, months, 12)


# ── breaks ──


def add_break(
    contract: Contract,
    *,
    break_on: date,
    notice_by_on: date,
    who_may: WhoMay,
    because: str,
    by: Actor,
    at: datetime,
) -> Break:
    """Record a day on which the contract may be ended early."""
    with act("recorded a break", on=contract, by=by, at=at, note=because):
        _may_change(contract, because)
        _refuse_break(contract, None, break_on, notice_by_on)
        found = Break(contract=contract, break_on=break_on, notice_by_on=notice_by_on, who_may=who_may)
        db.session.add(found)
        db.session.flush()
    return found


def change_break(
    found: Break,
    *,
    break_on: date,
    notice_by_on: date,
    who_may: WhoMay,
    because: str,
    by: Actor,
    at: datetime,
    sees: int | None = None,
) -> None:
    """Put right a break."""
    with act("changed a break", on=found, by=by, at=at, note=because, sees=sees):
        _may_change(found.contract, because)
        _refuse_break(found.contract, found, break_on, notice_by_on)
        found.break_on, found.notice_by_on, found.who_may = break_on, notice_by_on, who_may


def remove_break(found: Break, *, because: str, by: Actor, at: datetime) -> None:
    """Take out a break that the contract doesn’t give."""
    contract = found.contract
    with act("took out a break", on=found, by=by, at=at, note=because):
        _may_change(contract, because)
        _take_out(found, contract, "breaks")


def _refuse_break(contract: Contract, own: Break | None, break_on: date, notice_by_on: date) -> None:
    if notice_by_on > break_on:
        raise TermsRefused("Notice of a break is given before it, or on its day.", field="notice_by_on")
    if contract.ends_on is not None and break_on > contract.ends_on:
        raise TermsRefused("The contract has ended by then, so there is nothing to break.", field="break_on")
    if contract.starts_on is not None and break_on < contract.starts_on:
        raise TermsRefused("The contract hasn’t started by then.", field="break_on")
    if any(one is not own and one.break_on == break_on for one in contract.breaks):
        raise TermsRefused("A break on this day is recorded already.", field="break_on")


# ── reviews ──


def plan_review(contract: Contract, *, kind: ReviewKind, due_on: date, by: Actor, at: datetime) -> Review:
    """Plan a review of a contract."""
    with act(f"planned a review: {kind.label.lower()}", on=contract, by=by, at=at):
        if contract.state is ContractState.ENDED:
            raise TermsRefused("This contract has ended, so it isn’t reviewed any more.")
        found = Review(contract=contract, kind=kind, due_on=due_on)
        db.session.add(found)
        db.session.flush()
    return found


def hold_review(
    found: Review, *, held_on: date, outcome: str, by: Actor, at: datetime, sees: int | None = None
) -> None:
    """Record that a review was held, and what came of it."""
    with act("recorded a review", on=found, by=by, at=at, sees=sees):
        if held_on > legal_day(at):
            raise TermsRefused("A review can’t have been held on a day that hasn’t come.", field="held_on")
        if not outcome.strip():
            raise TermsRefused("Say what came of it.", field="outcome")
        found.held_on, found.outcome = held_on, outcome.strip()


def remove_review(found: Review, *, because: str, by: Actor, at: datetime) -> None:
    """Take out a review that won’t be held."""
    contract = found.contract
    with act("took out a review", on=found, by=by, at=at, note=because):
        if found.held_on is not None:
            raise TermsRefused("This review was held, so it stays.")
        if not because.strip():
            raise TermsRefused("Say why it won’t be held.", field="because")
        _take_out(found, contract, "reviews")


# ── tier ──


def set_tier(contract: Contract, tier: Tier, *, because: str, by: Actor, at: datetime, sees: int | None = None) -> None:
    """Say how closely a contract is managed, and why."""
    with act(f"set the tier: {tier.label.lower()}", on=contract, by=by, at=at, note=because, sees=sees):
        if not because.strip():
            raise TermsRefused("Say why: its value, its risk, or both.", field="because")
        contract.tier, contract.tier_reason = tier, because.strip()
