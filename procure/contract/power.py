"""By what right a contract is entered into or extended: from its rows to the one question of authority."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from sqlalchemy import select

from procure.authority.models import Decision, Delegation
from procure.authority.power import chain_line, delegation_for, power_from, question_about, source_of
from procure.authority.rules import ActKind, Answer, DecisionState, Interest, Question, Signer, Why, may_act
from procure.award.models import Award
from procure.contract.models import Contract
from procure.extensions import db
from procure.people.models import Person
from procure.procurement.models import Procurement


def delegation_to_enter(award: Award, day: date) -> Delegation | None:
    """The power by which the contract of an award is entered into; None where nobody was given one."""
    procurement = award.lot.procurement
    return delegation_for(
        ActKind.ENTER, procurement, day, value_gross=award.value_gross, max_months=procurement.max_months
    )


def may_enter(award: Award, day: date) -> Answer:
    """Whether the contract of an award may be entered into on a day, by whoever holds the power."""
    decision = award.decision
    if decision.state is not DecisionState.SIGNED:
        return Answer("", (Why("The award decision hasn’t been signed.", f"The {decision.post.name} can sign it."),))
    delegation = delegation_to_enter(award, day)
    if delegation is None:
        return may_act(Question(ActKind.ENTER, day, None, None))
    holder = delegation.post.holder_on(day)
    question = replace(
        question_about(decision, day, holder if delegation.post_id == decision.post_id else None),
        act=ActKind.ENTER,
        power=power_from(delegation, award.lot.procurement, day),
        post=delegation.post.name,
        value_gross=award.value_gross,
        other_party=award.bid.supplier.name,
        is_successful_bidder=decision.supplier_id in (None, award.bid.supplier_id),
    )
    if delegation.post_id != decision.post_id and holder is not None:
        question = replace(question, signer=Signer(holds_post=True, interest=Interest.NONE))
    return may_act(question)


def signatory_of(award: Award, day: date) -> Person | None:
    """Who holds the post that may enter into the contract; None where there is no power or the post is vacant."""
    delegation = delegation_to_enter(award, day)
    return delegation.post.holder_on(day) if delegation else None


def entry_chain(award: Award, day: date) -> str:
    """The authority of a contract in one line: power → award decision → consultation → signature."""
    chain, delegation, decision = chain_line(award.decision), delegation_to_enter(award, day), award.decision
    given = decision.delegation
    if delegation is None or given is None or source_of(delegation) != source_of(given):
        return chain
    alone, both = f"may {decision.act.label}", f"may {decision.act.label} and {delegation.act.label}"
    return chain.replace(alone, both, 1) if delegation.act is not decision.act else chain


def _procurement_of(contract: Contract) -> Procurement | None:
    return contract.award.lot.procurement if contract.award else None


def may_extend(contract: Contract, added_gross: Decimal, months: int, day: date) -> Answer:
    """Whether a power to extend this contract by so much is in force. A power to award or enter is none to extend."""
    procurement = _procurement_of(contract)
    delegation = (
        delegation_for(ActKind.EXTEND, procurement, day, value_gross=added_gross, max_months=months)
        if procurement
        else None
    )
    if delegation is None:
        return Answer(
            "",
            (
                Why(
                    "Nobody has been given the power to extend this contract. A power to award it isn’t one.",
                    "Democratic services can record the resolution that gives it.",
                ),
            ),
        )
    holder = delegation.post.holder_on(day)
    return may_act(
        Question(
            act=ActKind.EXTEND,
            day=day,
            power=replace(power_from(delegation, procurement, day), consultees=()),
            signer=Signer(holds_post=True, interest=Interest.NONE) if holder else None,
            value_gross=added_gross,
            max_months=months,
            other_party=contract.supplier.name,
            is_successful_bidder=True,
        )
    )


def decision_to_extend(contract: Contract) -> Decision | None:
    """The signed decision to extend that has not been used for an option yet; None where there is none."""
    procurement = _procurement_of(contract)
    if procurement is None:
        return None
    used = {option.decision_id for option in contract.options}
    found = db.session.scalars(
        select(Decision)
        .where(
            Decision.procurement_id == procurement.id,
            Decision.act == ActKind.EXTEND,
            Decision.state == DecisionState.SIGNED,
        )
        .order_by(Decision.id.desc())
    )
    return next((decision for decision in found if decision.id not in used), None)
