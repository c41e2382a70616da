"""By what right a contract is entered into or extended: from its rows to the one question of authority."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from sqlalchemy import and_, or_, select

from procure import words
from procure.authority.models import Decision, Delegation
from procure.authority.power import delegation_for, power_from, source_of
from procure.authority.question import chain_line, question_about
from procure.authority.rules import OVER, ActKind, Answer, DecisionState, Interest, Question, Signer, Why, may_act
from procure.authority.use_facts import why_not_usable
from procure.award.models import Award
from procure.contract.models import Contract, ContractOption
from procure.contract.rules import share_of
from procure.extensions import db
from procure.law.money import Value
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
    stop = why_not_usable(decision, day)
    if stop is not None:
        return Answer("", (stop,), who_could=(stop.who_can,))
    own = decision_to_enter(award)
    if own is not None:
        stop = why_not_usable(own, day)
        return Answer(own.authority_chain, (stop,) if stop else (), who_could=(stop.who_can,) if stop else ())
    delegation = delegation_to_enter(award, day)
    if delegation is None:
        return may_act(Question(ActKind.ENTER, day, None, None))
    holder = delegation.post.acting_on(day)
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


def decision_to_enter(award: Award) -> Decision | None:
    """The signed decision to enter into the contract, where one was taken apart from the award."""
    return db.session.scalars(
        select(Decision)
        .where(
            Decision.lot_id == award.lot_id, Decision.act == ActKind.ENTER, Decision.state == DecisionState.SIGNED
        )
        .order_by(Decision.id.desc())
    ).first()  # fmt: skip


def signatory_of(award: Award, day: date) -> Person | None:
    """Who acts for the post that may enter into the contract; None where there is no power or nobody does."""
    delegation = delegation_to_enter(award, day)
    return delegation.post.acting_on(day) if delegation else None


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


def may_extend(contract: Contract, added_gross: Decimal | None, months: int, day: date) -> Answer:
    """Whether this contract may be extended by so much: a power to extend it, and the decision signed under it.

    A power to award or enter is none to extend. `added_gross` is the price of an agreed option, which the full value
    of the contract counts already; None where neither the option nor the contract says one. Consultation and
    assurances belong to the decision that is signed.
    """
    if added_gross is None:
        sentence = "What it adds isn’t known: the option has no price, and the contract no yearly value."
        return Answer("", (Why(sentence, "The contract manager can enter the price under Terms."),))
    procurement = _procurement_of(contract)
    delegation = delegation_for(
        ActKind.EXTEND, procurement, day, value_gross=added_gross, max_months=months, contract=contract
    )
    if delegation is None:
        who = "Democratic services can record the resolution that gives it."
        sentence = "Nobody has been given the power to extend this contract. A power to award it isn’t one."
        return Answer("", (Why(sentence, who),), who_could=(who,))
    answer = _power_to_extend(contract, delegation, added_gross, months, day)
    return answer if answer.reasons else _signed_for(contract, added_gross, day, answer)


def value_of_option(option: ContractOption) -> Value | None:
    """What using an option adds: its price, else the yearly value over its months. None where neither is known."""
    if option.price_net is not None and option.price_gross is not None:
        return Value(option.price_net, option.price_gross - option.price_net, option.price_gross)
    contract = option.contract
    if contract.annual_net is None or contract.annual_gross is None:
        return None
    net, gross = share_of(contract.annual_net, option.months, 12), share_of(contract.annual_gross, option.months, 12)
    return Value(net, gross - net, gross)


def _signed_for(contract: Contract, added_gross: Decimal, day: date, answer: Answer) -> Answer:
    """The answer for the power, once a decision is signed under it that allows as much and is in force."""
    decision, signed = decision_to_extend(contract, added_gross), decision_to_extend(contract)
    if decision is not None:
        stop = why_not_usable(decision, day)
        chain = decision.authority_chain or answer.chain
        return replace(answer, chain=chain) if stop is None else Answer(chain, (stop,), who_could=(stop.who_can,))
    sentence = "The decision to extend hasn’t been signed."
    if signed is not None and signed.value_gross is not None:
        most, more = words.pence(signed.value_gross), words.pence(added_gross)
        sentence = f"{signed.reference} allows {most} including VAT. This adds {more}."
    who = "The case officer can prepare the decision, for whoever has the power to extend."
    return Answer(answer.chain, (Why(sentence, who),), who_could=(who,))


def _power_to_extend(
    contract: Contract, delegation: Delegation, added_gross: Decimal, months: int, day: date
) -> Answer:
    acting = delegation.post.acting_on(day)
    power = power_from(delegation, _procurement_of(contract), day)
    return may_act(
        Question(
            act=ActKind.EXTEND,
            day=day,
            power=replace(power, consultees=(), conditions="", scope="", until_event=""),
            signer=Signer(holds_post=True, name=acting.name, interest=Interest.NONE) if acting else None,
            post=delegation.post.name,
            value_gross=added_gross,
            total_gross=contract.total_with(added_gross, agreed=True),
            max_months=months,
            total_months=contract.months_with(months),
            other_party=contract.supplier_name,
            is_successful_bidder=True,
            limit_confirmation=_confirmed(contract),
        )
    )


def _confirmed(contract: Contract) -> str:
    """What Legal confirmed on the decision to extend, where the power states no limit."""
    decision = decision_to_extend(contract)
    return decision.no_limit_confirmation if decision is not None else ""


def decision_to_extend(contract: Contract, added_gross: Decimal | None = None) -> Decision | None:
    """The signed decision to extend that has not been used for an option yet; None where there is none.

    With `added_gross`, only one that allows as much.
    """
    used = {option.decision_id for option in contract.options}
    for decision in reversed(decisions_on(contract)):
        if decision.act is not ActKind.EXTEND or decision.state is not DecisionState.SIGNED or decision.id in used:
            continue
        if added_gross is None or decision.value_gross is None or added_gross <= decision.value_gross:
            return decision
    return None


def decisions_on(contract: Contract) -> list[Decision]:
    """The decisions a contract rests on, in the order they came: its award, then all about it that aren't over."""
    about = [Decision.contract_id == contract.id]
    if contract.award is not None:
        lot = contract.award.lot
        of_lot = or_(
            Decision.lot_id == lot.id, and_(Decision.lot_id.is_(None), Decision.procurement_id == lot.procurement_id)
        )
        about += [
            Decision.id == contract.award.decision_id,
            and_(Decision.contract_id.is_(None), Decision.act.not_in(BEFORE_A_CONTRACT), of_lot),
        ]
    return list(
        db.session.scalars(select(Decision).where(or_(*about), Decision.state.not_in(OVER)).order_by(Decision.id))
    )


def may_vary(contract: Contract, added_gross: Decimal, months: int, day: date) -> tuple[Answer, Decision | None]:
    """Whether a contract may be varied by so much, and the signed decision that allows it. Each is used once."""
    signed = [
        one
        for one in decisions_on(contract)
        if one.act is ActKind.VARY and one.state is DecisionState.SIGNED and not one.uses
    ]
    who = "The case officer can prepare a decision to vary, for whoever has the power."
    if not signed:
        return Answer("", (Why("No signed decision to vary this contract is open.", who),), who_could=(who,)), None
    for decision in signed:
        enough = added_gross <= (decision.value_gross or Decimal(0)) and months <= (decision.max_months or 0)
        if enough:
            stop = why_not_usable(decision, day)
            return Answer(decision.authority_chain, (stop,) if stop else ()), decision
    most = signed[-1]
    allows = (
        f"{words.pence(most.value_gross or Decimal(0))} including VAT and {words.plural(most.max_months or 0, 'month')}"
    )
    sentence = (
        f"{most.reference} allows {allows}. This adds {words.pence(added_gross)} and {words.plural(months, 'month')}."
    )
    return Answer(most.authority_chain, (Why(sentence, who),), who_could=(who,)), None


BEFORE_A_CONTRACT = (ActKind.PROCURE, ActKind.AWARD, ActKind.WAIVE)
"""Acts that come before there is a contract."""
