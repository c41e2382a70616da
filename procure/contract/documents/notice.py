"""The notice by which the council ends a contract before its day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from procure.contract.documents.shared import OfContract, sample_of_contract
from procure.documents.declare import Document, gathered_by
from procure.documents.kinds import Day, Words
from procure.documents.shared_facts import CouncilFacts, sample_council


@dataclass(frozen=True)
class NotifiedSupplier:
    """To whom the notice goes."""

    address: Annotated[Words, "postal address of the supplier"]
    contact_name: Annotated[Words, "contact of the supplier"]


@dataclass(frozen=True)
class EarlyEnd:
    """What the notice does, and why. `told_on` and `answered`: Procurement Act 2023 s.78(7)."""

    given_on: Annotated[Day, "day of the notice"]
    ends_on: Annotated[Day, "day on which the contract ends"]
    would_end_on: Annotated[Day, "day on which it would have ended"]
    clause: Annotated[Words, "clause by which it is ended"]
    ground_label: Annotated[Words, "ground on which it is ended"]
    law: Annotated[Words | None, "where the law gives the ground"]
    period_label: Annotated[Words, "length of the notice"]
    reason: Annotated[Words, "why it is ended"]
    told_on: Annotated[Day | None, "day on which the supplier was told of the intention"]
    answered: Annotated[Words | None, "what the supplier answered"]
    money_text: Annotated[Words, "what is paid"]
    notice_due_on: Annotated[Day | None, "day by which the contract termination notice is due"]


@dataclass(frozen=True)
class EndAuthority:
    """Who signs, and by what right."""

    signatory_name: Annotated[Words, "who signed the decision to end it"]
    signatory_post: Annotated[Words, "post of who signed the decision to end it"]
    decision: Annotated[Words, "decision to end the contract"]
    manager_post: Annotated[Words, "post that manages the contract"]


@dataclass(frozen=True)
class TerminationNotice:
    """Everything the notice prints."""

    council: CouncilFacts
    contract: OfContract
    supplier: NotifiedSupplier
    end: EarlyEnd
    authority: EndAuthority


def sample_notice() -> TerminationNotice:
    """Notice without fault on the sample's contract."""
    return TerminationNotice(
        council=sample_council(),
        contract=sample_of_contract(),
        supplier=NotifiedSupplier("7 Example Lane\nBarking\nIG11 8AA", "B. Contact"),
        end=EarlyEnd(
            date(2029, 9, 3), date(2030, 3, 31), date(2031, 3, 31), "Ending without fault",
            "Without fault, by the notice the contract gives", None, "six months",
            "The Council brings this service into one contract for the whole borough.", None, None,
            "The Council pays for work done to the last day, and for costs that cannot be avoided and are shown.",
            date(2030, 4, 29),
        ),
        authority=EndAuthority(
            "D. Director", "Director of Policy and Participation",
            "Officer decision record ODR-2029-090, signed on 28 August 2029", "Contract Manager",
        ),
    )  # fmt: skip


TERMINATION_NOTICE = Document(
    name="termination-notice",
    title="Notice to end the contract",
    room="contract",
    template="contract/documents/termination_notice.docx",
    facts=TerminationNotice,
    sample=sample_notice,
    gather=gathered_by("contract", "termination_notice"),
)
