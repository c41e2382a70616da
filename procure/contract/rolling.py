"""Rolling contracts: each runs on by itself once the last day to give notice has passed."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import select, text, union_all

from procure import words
from procure.audit.actions import Actor, Machine, act
from procure.contract.ending import grow
from procure.contract.models import Contract
from procure.contract.rules import ONE_DAY, ContractState, WhatFollows, share_of, term_months
from procure.contract.term_rules import MOST_NOTICE_MONTHS, notice_by, rolled
from procure.extensions import db
from procure.law.money import Value
from procure.law.working_days import months_after
from procure.refusals import Refusal

ROUND = Machine("The daily round")


def roll_on_due(today: date, at: datetime) -> tuple[int, list[str]]:
    """Roll every rolling contract on whose last day to give notice has passed: how many, and which failed and why.

    One that nobody wants to go on with stays: somebody decided to let it end, which gives notice.
    """
    live = text("contract.term = 'rolling' AND contract.state = 'live'")  # as in the index, which SQLite must recognise
    due = (
        select(Contract.id).where(
            live, Contract.notice_months == months, Contract.ends_on <= months_after(today, months)
        )
        for months in range(MOST_NOTICE_MONTHS + 1)
    )
    found = db.session.scalars(union_all(*due)).all()
    done, failed = 0, []
    for number in found:
        contract = db.session.get(Contract, number)
        try:
            done += contract is not None and roll_on(contract, today, by=ROUND, at=at)
        except Refusal as refusal:
            failed.append(f"{number}: {refusal.sentence}")
    return done, failed


def roll_on(contract: Contract, today: date, *, by: Actor, at: datetime) -> bool:
    """Carry a rolling contract on to its next end; False where it doesn’t roll today. Its value grows with it."""
    if contract.ends_on is None or not contract.roll_months or contract.state is not ContractState.LIVE:
        return False
    decided = contract.what_follows
    if decided is not None and decided.choice in (WhatFollows.LET_LAPSE, WhatFollows.REPLACED):
        return False
    old_end = contract.ends_on
    new_end = rolled(old_end, contract.roll_months, today, contract.notice_months)
    if new_end == old_end:
        return False
    note = f"Nobody gave notice by {words.day(notice_by(old_end, contract.notice_months))}."
    with act(f"rolled the contract on to {words.day(new_end)}", on=contract, by=by, at=at, note=note):
        contract.ends_on = new_end
        months = term_months(old_end + ONE_DAY, new_end)
        if contract.annual_net is not None and contract.annual_gross is not None:
            net, gross = share_of(contract.annual_net, months, 12), share_of(contract.annual_gross, months, 12)
            grow(contract, Value(net, gross - net, gross))
            if contract.full_net is not None and contract.full_gross is not None:
                contract.full_net, contract.full_gross = contract.full_net + net, contract.full_gross + gross
    return True
