"""Which papers a contract can have, of which rows, and how each stands."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from procure import words
from procure.contract.documents import (
    CHANGE_NOTE,
    CONTRACT_PARTICULARS,
    EXIT_PLAN,
    PERFORMANCE_REPORT,
    TERMINATION_NOTICE,
)
from procure.contract.models import Contract
from procure.contract.rules import ContractState
from procure.documents.declare import Document
from procure.documents.kinds import facts_kept
from procure.documents.models import Paper
from procure.rows import Recorded

WRITTEN_HERE = (CONTRACT_PARTICULARS, CHANGE_NOTE, PERFORMANCE_REPORT, EXIT_PLAN, TERMINATION_NOTICE)
"""Papers drafted and issued from the contract's Documents page; the letter that extends goes with using the option."""


@dataclass(frozen=True)
class PaperOf:
    """One paper that a contract can have: about the contract itself, number 0, or about one of its rows."""

    document: Document
    row: Recorded
    number: int = 0
    subject: str = ""

    @property
    def label(self) -> str:
        """The title, with what tells it from others of its kind."""
        return f"{self.document.title}, {words.within(self.subject)}" if self.subject else self.document.title


def papers_about(contract: Contract) -> Iterator[PaperOf]:
    """The papers of a contract in the order of its life; each once there is something to write it from."""
    if contract.award is not None:
        yield PaperOf(CONTRACT_PARTICULARS, contract)
    if contract.state is ContractState.TO_SIGN:
        return
    for change in contract.changes:
        yield PaperOf(CHANGE_NOTE, change, change.number, f"Change {change.number}")
    for report in contract.reports:
        yield PaperOf(PERFORMANCE_REPORT, report, report.id, f"To {words.day(report.until_on)}")
    yield PaperOf(EXIT_PLAN, contract)
    if contract.end_notice is not None:
        yield PaperOf(TERMINATION_NOTICE, contract.end_notice)


def paper_of(contract: Contract, name: str, number: int) -> PaperOf | None:
    """One paper of a contract by its name and the number of its row; None where there is none."""
    return next((one for one in papers_about(contract) if (one.document.name, one.number) == (name, number)), None)


def still_says_it(paper: Paper, wanted: PaperOf, at: datetime) -> bool:
    """Whether an issued paper prints what the rows say now.

    Signed particulars stay as they were signed, whatever the contract becomes; only the number of the seal is added.
    """
    assert wanted.document.gather is not None
    then, now = _said(paper.facts), _said(facts_kept(wanted.document.gather(wanted.row, at), None))
    if isinstance(wanted.row, Contract) and wanted.document is CONTRACT_PARTICULARS and wanted.row.signed_on:
        return bool(then["authority"]["seal_number"] == now["authority"]["seal_number"])
    return bool(then == now)


def _said(kept: str) -> Any:
    return json.loads(kept)["facts"]
