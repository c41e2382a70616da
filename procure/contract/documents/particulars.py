"""Contract particulars for sealing: what is filled into the council's terms, and what Legal checks before the seal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated

from procure.documents.declare import Document, gathered_by
from procure.documents.gaps import Gap
from procure.documents.kinds import Day, Money, Number, Rows, Words, YesNo
from procure.documents.shared_facts import CouncilFacts, Line, lines, sample_council
from procure.tender.documents.shared import Insurance, sample_insurance


@dataclass(frozen=True)
class SealedContract:
    """The contract as the award and the file make it."""

    reference: Annotated[Words, "reference in the register of contracts"]
    title: Annotated[Words, "title of the contract"]
    purchase: Annotated[Words, "reference of the procurement"]
    description: Annotated[Words, "what is bought, in one paragraph"]
    starts_on: Annotated[Day, "start of the service"]
    ends_on: Annotated[Day, "end of the agreed term"]
    full_net: Annotated[Money, "most it can be worth, without VAT"]
    full_gross: Annotated[Money, "most it can be worth, including VAT"]
    manager_post: Annotated[Words, "post that manages the contract"]
    notice_label: Annotated[Words, "notice to end without fault"]
    is_deed: Annotated[YesNo, "whether the contract is a deed"]
    executed_text: Annotated[Words, "how the contract is executed"]


@dataclass(frozen=True)
class SealedSupplier:
    """The other party, and who executes for it."""

    name: Annotated[Words, "name of the supplier"]
    legal_form: Annotated[Words, "what the supplier is in law"]
    address: Annotated[Words, "postal address of the supplier"]
    company_no: Annotated[Words | None, "company number of the supplier"]
    charity_no: Annotated[Words | None, "charity number of the supplier"]
    identifier: Annotated[Words, "unique identifier of the supplier"]
    contact_name: Annotated[Words, "contact of the supplier"]
    email: Annotated[Words, "e-mail of the supplier"]
    execution_source: Annotated[Words, "law on how the supplier executes"]


@dataclass(frozen=True)
class SealedTerms:
    """What the tender papers promised and the officer settled."""

    payment_frequency: Annotated[Words, "how often the supplier is paid"]
    payment_days: Annotated[Number, "days within which an invoice is paid"]
    invoice_email: Annotated[Words, "mailbox for invoices"]
    indexation: Annotated[Words, "how prices change"]
    liability_cap: Annotated[Money, "cap on liability"]


@dataclass(frozen=True)
class PriceRow:
    """What one part of the term costs."""

    part: Annotated[Words, "part of the term"]
    net: Annotated[Money, "price without VAT"]
    vat: Annotated[Money, "VAT on the price"]
    gross: Annotated[Money, "price including VAT"]


@dataclass(frozen=True)
class SealedOption:
    """One option to extend."""

    no: Annotated[Number, "number of the option"]
    length_label: Annotated[Words, "length of the option"]
    ends_on: Annotated[Day, "end that the option brings"]
    exercise_by_on: Annotated[Day, "last day for using the option"]


@dataclass(frozen=True)
class SealedIndicator:
    """A key performance indicator."""

    name: Annotated[Words, "name of the indicator"]
    measure: Annotated[Words, "how the indicator is measured"]
    target: Annotated[Words, "target of the indicator"]
    every_label: Annotated[Words, "how often the indicator is rated"]


@dataclass(frozen=True)
class BoundPaper:
    """A paper that is bound into the contract."""

    title: Annotated[Words, "title of the paper"]
    version: Annotated[Number, "version of the paper"]
    issued_on: Annotated[Day, "day of issue of the paper"]
    digest: Annotated[Words, "digest of the paper"]


@dataclass(frozen=True)
class SigningLine:
    """A line on which somebody signs."""

    who: Annotated[Words, "who signs"]
    name: Annotated[Words, "name and capacity of who signs"]


@dataclass(frozen=True)
class SealAuthority:
    """By what right it is sealed."""

    chain: Annotated[Words, "authority to enter into the contract"]
    decision: Annotated[Words, "decision to award"]
    may_text: Annotated[Words, "whether it may be entered into"]
    standstill_text: Annotated[Words, "what is said of the standstill"]
    seal_number: Annotated[Words | None, "number in the seal register"]


@dataclass(frozen=True)
class ContractParticulars:
    """Everything the particulars print."""

    council: CouncilFacts
    contract: SealedContract
    supplier: SealedSupplier
    terms: SealedTerms | Gap
    authority: SealAuthority
    prices: Annotated[Rows[PriceRow], "prices"]
    extensions: Annotated[Rows[SealedOption], "options to extend"]
    insurance: Annotated[Rows[Insurance], "insurance to hold when the contract starts"]
    special_terms: Annotated[Rows[Line], "special terms"]
    indicators: Annotated[Rows[SealedIndicator], "key performance indicators"]
    promises: Annotated[Rows[Line], "commitments of social value"]
    bound: Annotated[Rows[BoundPaper], "papers bound into the contract"]
    signing: Annotated[Rows[SigningLine], "who executes for the supplier"]


def sample_particulars() -> ContractParticulars:
    """The demonstration's second contract, ready for the seal."""
    return ContractParticulars(
        council=sample_council(),
        contract=SealedContract(
            "CON-2028-003", "Social infrastructure support", "PRO-2027-014",
            "One partner to strengthen voluntary and community groups in every ward and to run a local giving model "
            "and brand with the Council.",
            date(2028, 4, 1), date(2031, 3, 31), Decimal("450000.00"), Decimal("540000.00"), "Contract Manager",
            "six months", True,
            "As a deed, under the common seal: with every option it reaches £250,000 without VAT",
        ),
        supplier=SealedSupplier(
            "Example Alliance", "Charitable incorporated organisation", "7 Example Lane\nBarking\nIG11 8AA",
            None, "1000002", "GB-CHC-1000002", "B. Contact", "hello@alliance.example",
            "Charities Act 2011, part 11, and its constitution",
        ),
        terms=SealedTerms(
            "monthly in arrears", 30, "invoices@example.gov.uk",
            "Prices are fixed for the whole term, options included.", Decimal("500000.00"),
        ),
        authority=SealAuthority(
            "Cabinet resolution of 19 July 2027, minute 7, point 2 → officer decision ODR-2027-021 → contract",
            "ODR-2027-021, signed on 19 November 2027 by D. Director",
            "The Director of Policy and Participation may enter into it.",
            "It ended on 3 December 2027. No claim was made.", None,
        ),
        prices=(
            PriceRow("1 April 2028 to 31 March 2031", Decimal("270000"), Decimal("54000"), Decimal("324000")),
            PriceRow("Option 1, one year", Decimal("90000"), Decimal("18000"), Decimal("108000")),
            PriceRow("Option 2, one year", Decimal("90000"), Decimal("18000"), Decimal("108000")),
        ),
        extensions=(
            SealedOption(1, "one year", date(2032, 3, 31), date(2030, 6, 30)),
            SealedOption(2, "one year", date(2033, 3, 31), date(2031, 6, 30)),
        ),
        insurance=sample_insurance(),
        special_terms=lines("Outreach takes place in Marks Gate and Thames View."),
        indicators=(
            SealedIndicator("Reach", "Wards with at least five groups helped", "19 of 19", "every three months"),
        ),
        promises=lines("Four paid traineeships for residents by March 2031"),
        bound=(
            BoundPaper("Draft contract", 1, date(2027, 9, 6), "9f2c4b7a10de"),
            BoundPaper("Specification", 2, date(2027, 9, 6), "1e0d77b3a9c4"),
        ),
        signing=(
            SigningLine("A charity trustee", "T. Trustee, chair"),
            SigningLine("A second charity trustee", "S. Second, treasurer"),
        ),
    )  # fmt: skip


CONTRACT_PARTICULARS = Document(
    name="contract-particulars",
    title="Contract particulars for sealing",
    room="contract",
    template="contract/documents/contract_particulars.docx",
    facts=ContractParticulars,
    sample=sample_particulars,
    gather=gathered_by("contract", "contract_particulars"),
)
