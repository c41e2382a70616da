"""From the notice as it was prepared, and the decision behind it, to the letter that ends a contract."""

from __future__ import annotations

from datetime import datetime

from procure import words
from procure.authority.models import Decision
from procure.authority.rules import ActKind, DecisionState
from procure.award.gathering import council_facts
from procure.contract.documents import notice as paper
from procure.contract.gathering.said import Pages, address_of, contact_of, manager_post_of, of_contract, signed_words
from procure.contract.life_facts import owes
from procure.contract.models import Contract
from procure.contract.paper_models import EndNotice
from procure.contract.paper_rules import EndGround
from procure.contract.power import decisions_on
from procure.council.law import termination_notice_due
from procure.documents.kinds import Words
from procure.law.regimes import Duty


def termination_notice(notice: EndNotice, at: datetime) -> paper.TerminationNotice:
    """Everything the notice prints."""
    contract = notice.contract
    pages = Pages(contract)
    return paper.TerminationNotice(
        council=council_facts(),
        contract=of_contract(contract, pages),
        supplier=paper.NotifiedSupplier(address_of(contract, pages), contact_of(contract, pages)),
        end=_end(notice, pages),
        authority=_authority(contract, pages),
    )


def _end(notice: EndNotice, pages: Pages) -> paper.EarlyEnd:
    contract = notice.contract
    owed = owes(contract, Duty.TERMINATION_NOTICE)
    return paper.EarlyEnd(
        given_on=notice.given_on,
        ends_on=notice.ends_on,
        would_end_on=pages.terms(contract.ends_on, "day on which it would have ended"),
        clause=pages.notice(notice.clause, "clause by which it is ended"),
        ground_label=notice.ground.label,
        law=notice.ground.law or None,
        period_label=_period(notice),
        reason=notice.reason,
        told_on=notice.told_on,
        answered=notice.answered or None,
        money_text=pages.notice(notice.money_text, "what is paid"),
        notice_due_on=termination_notice_due(notice.ends_on).answer if owed else None,
    )


def _period(notice: EndNotice) -> Words:
    if notice.ground is EndGround.NO_FAULT:
        return f"{words.sentence(words.months_label(notice.contract.notice_months))}, as the contract asks"
    if notice.ground is EndGround.BREAK and notice.break_used is not None:
        return f"Given by {words.day(notice.break_used.notice_by_on)}, as the break asks"
    days = (notice.ends_on - notice.given_on).days
    return "At once" if not days else words.sentence(words.plural(days, "day"))


def _authority(contract: Contract, pages: Pages) -> paper.EndAuthority:
    decision = decision_to_end(contract)
    if decision is None or decision.signed_by is None or decision.signed_on is None:
        gap = pages.decision.gap("signed decision to end the contract")
        return paper.EndAuthority(gap, gap, gap, manager_post_of(contract, pages))
    return paper.EndAuthority(
        decision.signed_by.name,
        decision.post.name_on(decision.signed_on),
        signed_words(decision),
        manager_post_of(contract, pages),
    )


def decision_to_end(contract: Contract) -> Decision | None:
    """The newest signed decision to end the contract; None while there is none."""
    for decision in reversed(decisions_on(contract)):
        if decision.act is ActKind.TERMINATE and decision.state is DecisionState.SIGNED:
            return decision
    return None
