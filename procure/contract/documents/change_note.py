"""The contract change note: one change, its lawfulness and its authority; it binds both parties once signed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated

from procure.contract.documents.shared import OfContract, sample_of_contract
from procure.documents.declare import Document, gathered_by
from procure.documents.gaps import Gap
from procure.documents.kinds import Day, Money, Number, Rows, Words, YesNo
from procure.documents.shared_facts import CouncilFacts, sample_council


@dataclass(frozen=True)
class NotedChange:
    """The change, and what was found of it."""

    no: Annotated[Number, "number of the change"]
    effective_on: Annotated[Day, "day from which the change holds"]
    description: Annotated[Words, "what changes"]
    reason: Annotated[Words, "why it changes"]
    ground_label: Annotated[Words, "ground relied on"]
    ground_source: Annotated[Words, "where the law gives the ground"]
    notice_text: Annotated[Words, "whether a notice is needed"]
    has_notice: Annotated[YesNo, "whether a contract change notice is needed"]
    notice_reference: Annotated[Words, "reference of the published contract change notice"]
    copy_text: Annotated[Words, "whether the change itself is published"]
    authority_text: Annotated[Words, "authority for the change"]


@dataclass(frozen=True)
class NoteOfChange:
    """What was written down for the note."""

    asked_by: Annotated[Words, "who asked for the change"]
    asked_on: Annotated[Day, "day on which the change was asked for"]
    budget_text: Annotated[Words, "budget from which the change is paid"]
    legal_view: Annotated[Words | None, "what Legal said of the notice"]


@dataclass(frozen=True)
class ChangedLine:
    """One thing before and after."""

    item: Annotated[Words, "what is compared"]
    before: Annotated[Words, "how it was"]
    after: Annotated[Words, "how it is"]


@dataclass(frozen=True)
class TestLine:
    """One test of the Act and its answer."""

    name: Annotated[Words, "name of the test"]
    said: Annotated[Words, "answer of the test"]


@dataclass(frozen=True)
class EarlierChange:
    """A change made before."""

    no: Annotated[Number, "number of the earlier change"]
    what: Annotated[Words, "what the earlier change did"]
    made_on: Annotated[Day, "day of the earlier change"]
    value_gross: Annotated[Money, "what the earlier change added"]


@dataclass(frozen=True)
class ContractChangeNote:
    """Everything the note prints."""

    council: CouncilFacts
    contract: OfContract
    change: NotedChange
    note: NoteOfChange | Gap
    lines: Annotated[Rows[ChangedLine], "what changes, before and after"]
    tests: Annotated[Rows[TestLine], "tests of the change"]
    earlier: Annotated[Rows[EarlierChange], "earlier changes"]


def sample_change_note() -> ContractChangeNote:
    """The second change of the sample's contract."""
    return ContractChangeNote(
        council=sample_council(),
        contract=sample_of_contract(),
        change=NotedChange(
            2, date(2029, 8, 1), "Two more wards get weekend sessions.", "Demand grew in both wards.",
            "Light touch contract", "Procurement Act 2023, section 74(2)",
            "No contract change notice: the contract is light touch (section 75(6)).", False, "None",
            "Not needed", "Officer decision record ODR-2029-077, signed on 20 June 2029",
        ),
        note=NoteOfChange("The supplier", date(2029, 6, 4), "PP-4410, confirmed on 20 June 2029", None),
        lines=(
            ChangedLine("Most it can be worth, including VAT", "£540,000.00", "£552,000.00"),
            ChangedLine("End", "31 March 2031", "31 March 2031"),
        ),
        tests=(TestLine("Light touch", "It is light touch."),),
        earlier=(EarlierChange(1, "Reports are due on the tenth of the month.", date(2028, 9, 1), Decimal("0.00")),),
    )  # fmt: skip


CHANGE_NOTE = Document(
    name="contract-change-note",
    title="Contract change note",
    room="contract",
    template="contract/documents/contract_change_note.docx",
    facts=ContractChangeNote,
    sample=sample_change_note,
    gather=gathered_by("contract", "change_note"),
)
