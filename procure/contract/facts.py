"""What this room tells the others: the contract of a lot, its dates, and what waits for those who answer for it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import lru_cache

from flask import url_for
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from procure import words
from procure.contract.models import Contract
from procure.contract.power import entry_chain, may_enter
from procure.contract.rules import (
    Attention,
    ContractDates,
    ContractFacts,
    ContractState,
    Term,
    WhatFollows,
    asks_from,
    attention,
)
from procure.contract.term_rules import notice_by
from procure.council.facts import rules_on
from procure.council.law import executive_days, planning_england, planning_uk_any, tables
from procure.extensions import db
from procure.law.timetable import StartBy, Step, start_by
from procure.law.working_days import Calendar, months_after
from procure.people.access import posts_of
from procure.people.models import Person
from procure.procurement.models import Lot
from procure.procurement.rules import Stage, Waiting
from procure.refusals import Refusal

UNDER_WAY_NO_MORE = (Stage.ABANDONED, Stage.CONTRACTED, Stage.CLOSED)


def plan_back_from(ends_on: date) -> StartBy:
    """The usual timetable of buying again, counted back from an end."""
    return _plan_back(ends_on, planning_england(), planning_uk_any(), tables().steps, executive_days())


@lru_cache(maxsize=4096)
def _plan_back(
    ends_on: date, england: Calendar, uk_any: Calendar, steps: tuple[Step, ...], meetings: tuple[date, ...]
) -> StartBy:
    return start_by(ends_on, england=england, uk_any=uk_any, steps=steps, meetings=meetings)


def months_to_buy(ends_on: date) -> int:
    """How long buying takes, in whole months: "about 11 months"."""
    return round(plan_back_from(ends_on).months)


class NoEndAgreed(Refusal):
    """What was asked needs an end, and the contract has none."""


def contract_dates(contract: Contract) -> ContractDates:
    """The dates of a contract on which reminders and what may follow depend. `NoEndAgreed` where it has no end."""
    if contract.ends_on is None:
        raise NoEndAgreed("No end is agreed or recorded for this contract. Enter its end under Terms first.")
    rolls = contract.term is Term.ROLLING
    return ContractDates(
        starts_on=contract.starts_on,
        ends_on=contract.ends_on,
        options=contract.open_options,
        start_by_on=plan_back_from(contract.ends_on).start_by,
        choice=contract.what_follows.choice if contract.what_follows else None,
        has_purchase=any(file.stage not in UNDER_WAY_NO_MORE for file in contract.followed_by),
        roll_months=contract.roll_months if rolls else None,
        notice_by_on=notice_by(contract.ends_on, contract.notice_months) if rolls or contract.notice_months else None,
    )


def attention_to(contract: Contract, today: date) -> Attention:
    """Whether anybody is seeing to the end of this contract."""
    if contract.ends_on is None:
        return Attention.OVER if contract.state is ContractState.ENDED else Attention.NO_END
    return attention(
        contract_dates(contract),
        today,
        is_over=contract.state is ContractState.ENDED,
        next_is_signed=any(file.stage in (Stage.CONTRACTED, Stage.CLOSED) for file in contract.followed_by),
    )


def facts_of(lot: Lot, today: date) -> ContractFacts:
    """The contract that comes of a lot, for the last moves of its file."""
    award = lot.award
    if award is None:
        return ContractFacts()
    contract = award.contract
    if contract is None:
        return ContractFacts()
    from procure.contract.life_facts import indicators_lacking  # what a contract's life owes builds on its dates here

    answer = may_enter(award, today)
    first = answer.reasons[0] if answer.reasons else None
    return ContractFacts(
        is_prepared=True,
        manager_post=contract.owner_name,
        chain=entry_chain(award, today),
        why_not=first.sentence if first else "",
        who_can=first.who_can if first else "",
        contract_reference=contract.reference,
        starts_on=contract.starts_on,
        ends_on=contract.ends_on,
        ended_on=contract.ended_on,
        lessons=contract.lessons,
        indicators_said=indicators_lacking(contract) if contract.state is ContractState.TO_SIGN else "",
    )


def dates_of(lot: Lot, today: date) -> list[tuple[date, str]]:
    """The days of the contract that comes of a lot."""
    contract = lot.award.contract if lot.award else None
    if contract is None:
        return []
    days = ((contract.starts_on, "Service starts"), (contract.ends_on, "Contract ends"))
    found = [(on, said) for on, said in days if on is not None]
    option = next(iter(contract.open_options), None)
    if option:
        found.append((option.exercise_by_on, f"Use option {option.number} by"))
    return found


def decided_words(contract: Contract, today: date) -> tuple[str, str]:
    """What was decided about the end, and who is on it: the last fact of the identity band."""
    decision, state = contract.what_follows, attention_to(contract, today)
    if decision is None:
        if state is Attention.NOBODY:
            return "Not yet", state.label
        if state is Attention.TOO_EARLY:
            return state.label, f"Asked from {words.day(asks_from(contract_dates(contract)))}"
        return state.label, ""
    if decision.choice is WhatFollows.BUY_AGAIN and contract.followed_by:
        file = contract.followed_by[-1]
        return decision.choice.label, f"{file.reference}: {words.sentence(file.stage.label.lower())}"
    return decision.choice.label, state.label


def next_contract(contract: Contract) -> Contract | None:
    """The signed contract that takes over; None while there is none."""
    for file in contract.followed_by:
        for lot in file.lots:
            if lot.award and lot.award.contract and lot.award.contract.state is ContractState.LIVE:
                return lot.award.contract
    return None


def how_executed(contract: Contract, day: date) -> str:
    """Whether a contract is signed or sealed as a deed, by the rules of the day. Measured with every option."""
    rules = rules_on(day)
    if rules is None or rules.seal_from_net is None:
        return "Signed"
    least = f"{words.pounds(rules.seal_from_net)} without VAT ({rules.said_in})"
    if contract.full_net is not None and contract.full_net < rules.seal_from_net:
        return f"Signed: it is below the {least} from which contracts are sealed"
    return f"As a deed, under the common seal: with every option it reaches the {least} from which contracts are sealed"


def waiting_for(person: Person, today: date) -> list[Waiting]:
    """Contracts past their end that nobody has closed; money paid after the end is said aloud (domain B18)."""
    posts = posts_of(person, today)
    if not posts:
        return []
    over = db.session.scalars(
        select(Contract)
        .where(Contract.manager_post_id.in_(posts), Contract.state == ContractState.LIVE, Contract.ends_on < today)
        .options(selectinload(Contract.payments))
    )
    return [_to_end(contract) for contract in over]


def _to_end(contract: Contract) -> Waiting:
    late = paid_after_end(contract)
    return Waiting(
        f"Record how it ended: {contract.title}",
        url_for("contract.record_end", reference=contract.reference),
        f"{contract.title}, {contract.reference}",
        contract.ends_on,
        note=f"{words.pounds(late)} was paid after its end" if late else "",
        is_example=contract.is_example,
    )


def paid_after_end(contract: Contract) -> Decimal:
    """What was paid for later than the month after the last day: arrears of the last month are no sign of anything."""
    end = contract.ended_on or contract.ends_on
    if end is None:
        return Decimal(0)
    last = months_after(end, 1)
    return sum((payment.amount_gross for payment in contract.payments if payment.paid_on > last), Decimal(0))
