"""The session listener: what changes the terms of a contract plans its reminders anew, in the same transaction."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from typing import Any

from sqlalchemy import event, insert, inspect, select, update
from sqlalchemy.orm import Session, SessionTransaction, UOWTransaction

from procure.audit.recording import current
from procure.authority.models import Delegation
from procure.budget.models import Grant, RingFence
from procure.contract.life_models import Break, ContractNotice, ExpiringPaper, Indicator, IndicatorReturn, Review
from procure.contract.models import Contract, ContractOption, EndDecision
from procure.law.working_days import legal_day
from procure.procurement.models import Procurement
from procure.reminder.gathering import CONTRACT, DELEGATION, GRANT, RING_FENCE, name_of
from procure.reminder.models import ContractOffsets, PlanRequest
from procure.reminder.planning import plan_these

log = logging.getLogger(__name__)

AT_ONCE = 20
"""More things than that in one act are planned by the next round."""

OF_THE_CONTRACT = frozenset(
    {"state", "term", "roll_months", "starts_on", "ends_on", "notice_months", "manager_post_id", "tier"}
)
OF_A_PURCHASE = frozenset({"stage", "ending_contract_id"})
TERMS = (ContractOption, Break, ExpiringPaper, Indicator, Review, ContractNotice)
"""Rows that are terms: a change of one makes a new version of them. Decisions and returns are not."""
ASKED, RENEWED, RETURNED = "reminders asked for", "contracts with new terms", "indicators returned"


def listen(session: Any) -> None:
    """Bind the listeners to the application's sessions. Called by `app.py`; a second call adds nothing."""
    for name, listener in (("after_flush", _note), ("before_commit", _plan), ("after_transaction_end", _over)):
        if not event.contains(session, name, listener):
            event.listen(session, name, listener)


def _note(session: Session, context: UOWTransaction) -> None:
    """Remember whose reminders depend on what was just written."""
    for row in (*session.new, *session.dirty, *session.deleted):
        tell = _TELLERS.get(type(row))
        if tell is not None and (row not in session.dirty or session.is_modified(row)):
            for key, one in tell(row):
                session.info.setdefault(key, set()).add(one)


def _changed(row: Any, names: frozenset[str]) -> bool:
    state = inspect(row)
    return any(state.attrs[name].history.has_changes() for name in names)


Told = Iterator[tuple[str, Any]]


def _of_contract(row: Contract) -> Told:
    if _changed(row, OF_THE_CONTRACT):
        yield ASKED, name_of(CONTRACT, row.id)
        yield RENEWED, row.id


def _of_terms(row: Any) -> Told:
    yield ASKED, name_of(CONTRACT, row.contract_id)
    yield RENEWED, row.contract_id


def _of_a_decision(row: Any) -> Told:
    yield ASKED, name_of(CONTRACT, row.contract_id)


def _of_a_return(row: IndicatorReturn) -> Told:
    yield RETURNED, row.indicator_id


def _of_a_purchase(row: Procurement) -> Told:
    if _changed(row, OF_A_PURCHASE):
        history = inspect(row).attrs["ending_contract_id"].history
        for contract_id in {*(history.added or ()), *(history.unchanged or ()), *(history.deleted or ())} - {None}:
            yield ASKED, name_of(CONTRACT, contract_id)


def _of(kind: str) -> Callable[[Any], Told]:
    def tell(row: Any) -> Told:
        yield ASKED, name_of(kind, row.id)

    return tell


_TELLERS: dict[type, Callable[[Any], Told]] = {
    Contract: _of_contract,
    **dict.fromkeys(TERMS, _of_terms),
    EndDecision: _of_a_decision,
    ContractOffsets: _of_a_decision,
    IndicatorReturn: _of_a_return,
    Procurement: _of_a_purchase,
    Delegation: _of(DELEGATION),
    RingFence: _of(RING_FENCE),
    Grant: _of(GRANT),
}


def _plan(session: Session) -> None:
    """Before the commit: count the new version of the terms, and plan. What fails to be planned is left to the round.

    Outside an act no day is known, so it is asked of the round.
    """
    if session.in_nested_transaction():
        return
    session.flush()
    of: set[str] = session.info.get(ASKED, set())
    returned = session.info.get(RETURNED)
    if returned:
        rows = session.execute(select(Indicator.contract_id).where(Indicator.id.in_(returned)))
        of |= {name_of(CONTRACT, contract_id) for (contract_id,) in rows}
    if not of:
        return
    renewed = session.info.get(RENEWED)
    if renewed:
        table = Contract.__table__
        session.connection().execute(
            update(table).where(table.c.id.in_(renewed)).values(terms_version=table.c.terms_version + 1)  # type: ignore[arg-type]
        )
    if not _planned(session, of):
        session.connection().execute(insert(PlanRequest.__table__), [{"of": one} for one in sorted(of)])  # type: ignore[arg-type]
    _forget(session)


def _planned(session: Session, of: set[str]) -> bool:
    opened = current.get()
    if opened is None or len(of) > AT_ONCE:
        return False
    try:
        with session.begin_nested():
            plan_these(of, legal_day(opened.at), at=opened.at)
    except Exception:
        log.exception("The reminders of %s are left to the next round.", ", ".join(sorted(of)))
        return False
    return True


def _over(session: Session, transaction: SessionTransaction) -> None:
    if transaction.parent is None:
        _forget(session)


def _forget(session: Session) -> None:
    for key in (ASKED, RENEWED, RETURNED):
        session.info.pop(key, None)
