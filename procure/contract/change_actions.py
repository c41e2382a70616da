"""Changing what was agreed: tested against the Act, with authority to vary, and the notice it brings."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

from procure.audit.actions import act
from procure.authority.rules import UseKind
from procure.authority.use_actions import record_use
from procure.contract.actions import carry_end
from procure.contract.ending import grow
from procure.contract.life_actions import owe_notice
from procure.contract.life_facts import as_changed, is_over_five_million
from procure.contract.life_models import ContractChange
from procure.contract.life_rules import NoticeDuty
from procure.contract.models import Contract
from procure.contract.power import may_vary
from procure.contract.rules import ContractState, extended
from procure.council.law import due
from procure.extensions import db
from procure.law.modifications import Answer, Change, examine
from procure.law.money import Value
from procure.law.periods import Deadline
from procure.law.regimes import Regime
from procure.law.working_days import months_after
from procure.now import legal_day
from procure.people.models import Person
from procure.refusals import Refusal


class ChangeRefused(Refusal):
    """The ground does not allow the change, or what is said of it can’t be right."""


class NoPowerToVary(Refusal):
    """No signed decision to vary covers the change. The attempt belongs on the file."""

    recorded = True


def examined(contract: Contract, change: Change) -> Answer:
    """The test of a change, against the contract as it was before it and before all that belonged with it."""
    now = as_changed(contract)
    months = now.max_months - change.together_months if now.max_months is not None else None
    return examine(replace(now, value_gross=now.value_gross - change.together_gross, max_months=months), change)


def together_with(first: ContractChange | None) -> tuple[Decimal, int]:
    """What earlier changes came to that belong with a new one: the one named, and all it was itself made with."""
    gross, months = Decimal(0), 0
    counted: set[int] = set()
    while first is not None and first.id not in counted:
        counted.add(first.id)
        gross, months = gross + first.added_gross, months + first.added_months
        first = first.made_with
    return gross, months


def record_change(
    contract: Contract,
    change: Change,
    *,
    made_on: date,
    what: str,
    because: str,
    added_net: Decimal,
    by: Person,
    at: datetime,
    made_with: ContractChange | None = None,
    sees: int | None = None,
) -> ContractChange:
    """Change the contract: its value and end follow, and a contract change notice where one is owed.

    A clerical change, of no value and no month, needs no decision; every other is made under a signed decision to
    vary. Raises `ChangeRefused` where the ground does not allow it, `NoPowerToVary` without that decision.
    """
    today = legal_day(at)
    with act("changed the contract", on=contract, by=by, at=at, note=because, sees=sees):
        _refuse(contract, change, made_on, what, because, today)
        answer = examined(contract, change)
        if not answer.is_allowed:
            raise ChangeRefused(answer.refusals[0], field="ground")
        clerical = not (change.added_gross or change.added_months or change.changes_scope or change.shifts_balance)
        decision = None
        if not clerical:
            power, decision = may_vary(contract, change.added_gross, change.added_months, today)
            if power.reasons:
                raise NoPowerToVary(power.reasons[0].sentence, who_can=power.reasons[0].who_can or None)
        number = max((one.number for one in contract.changes), default=0) + 1
        row = ContractChange(
            contract=contract, number=number, made_on=made_on, what=what.strip(), because=because.strip(),
            added_net=added_net, added_gross=change.added_gross, added_months=change.added_months,
            ground=change.ground, tested=answer.working, needs_notice=answer.needs_notice, made_with=made_with,
            decision=decision, made_by=by, is_example=contract.is_example,
        )  # fmt: skip
        db.session.add(row)
        if decision is not None:
            record_use(
                decision, UseKind.VARIATION, what=what.strip(), about=f"{contract.reference}, change {number}",
                on=today, by=by, at=at,
            )  # fmt: skip
        _carry_out(contract, change, added_net)
        _owe(contract, change, answer, made_on)
        db.session.flush()
    return row


def _refuse(contract: Contract, change: Change, made_on: date, what: str, because: str, today: date) -> None:
    if contract.state is not ContractState.LIVE:
        raise ChangeRefused("This contract isn’t running, so it can’t be changed.")
    if not what.strip():
        raise ChangeRefused("Say what changes.", field="what")
    if not because.strip():
        raise ChangeRefused("Say why, with the facts the ground asks for.", field="because")
    if contract.signed_on is not None and made_on < contract.signed_on:
        raise ChangeRefused("The contract wasn’t signed by then.", field="made_on")
    if made_on > months_after(today, 12):
        raise ChangeRefused("Enter a day within the next year.", field="made_on")
    if change.added_months and contract.ends_on is None:
        raise ChangeRefused("The contract has no end to move. Enter its end under Terms first.", field="added_months")


def _carry_out(contract: Contract, change: Change, added_net: Decimal) -> None:
    """The new value, whole value and end of the contract."""
    added = Value(added_net, change.added_gross - added_net, change.added_gross)
    if (contract.worth or Decimal(0)) + added.gross < 0:
        raise ChangeRefused("It takes away more than the contract is worth.", field="added_net")
    if added.gross:
        grow(contract, added)
        if contract.full_net is not None and contract.full_gross is not None:
            contract.full_net += added.net
            contract.full_gross += added.gross
    if change.added_months and contract.ends_on is not None:
        ends_on = extended(contract.ends_on, change.added_months)
        if contract.starts_on is not None and ends_on < contract.starts_on:
            raise ChangeRefused("The contract would end before it starts.", field="added_months")
        carry_end(contract, ends_on)
        contract.ends_on = ends_on


def _owe(contract: Contract, change: Change, answer: Answer, made_on: date) -> None:
    if not answer.needs_notice:
        return
    owe_notice(contract, NoticeDuty.CHANGE, about_on=made_on, due_on=made_on)
    if is_over_five_million(contract) and as_changed(contract).regime is Regime.PA2023:
        copy_due = due(Deadline.CHANGE_COPY, made_on).answer
        owe_notice(contract, NoticeDuty.COPY, about_on=made_on, due_on=copy_due)
