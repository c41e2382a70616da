"""The draft contract: particulars from the file, and the council's terms."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated

from procure.documents.declare import Document, gathered_by
from procure.documents.gaps import Gap
from procure.documents.kinds import Day, Money, Number, Rows, Words, YesNo
from procure.documents.shared_facts import CouncilFacts, Line, TermFacts, ValueFacts, lines, sample_council
from procure.tender.documents.shared import Insurance, sample_bought_term, sample_insurance, sample_value


@dataclass(frozen=True)
class ContractedPurchase:
    """What the contract is for."""

    reference: Annotated[Words, "reference of the file"]
    title: Annotated[Words, "title as advertised"]
    description: Annotated[Words, "what is bought, in one paragraph"]


@dataclass(frozen=True)
class DraftFacts:
    """What the file makes of the contract. `must_publish_kpis`: Procurement Act 2023 s.52."""

    ends_on: Annotated[Day, "end of the initial term"]
    reviews: Annotated[Words, "how often the contract is reviewed"]
    is_public_contract: Annotated[YesNo, "whether the value is at or above the threshold"]
    must_publish_kpis: Annotated[YesNo, "whether performance must be published"]
    has_tupe: Annotated[YesNo, "whether staff may transfer"]
    has_safeguarding: Annotated[YesNo, "whether the supplier meets children or adults at risk"]


@dataclass(frozen=True)
class Particulars:
    """What the officer, or the council for all its contracts, has settled."""

    manager_post: Annotated[Words, "post that will manage the contract"]
    director_post: Annotated[Words, "accountable director"]
    payment_frequency: Annotated[Words, "how often the supplier is paid"]
    payment_days: Annotated[Number, "days within which an invoice is paid"]
    pays_in_advance: Annotated[YesNo, "whether the council pays in advance"]
    invoice_email: Annotated[Words, "mailbox for invoices"]
    indexation_text: Annotated[Words | None, "how prices change"]
    liability_cap: Annotated[Money, "cap on liability"]
    notice_label: Annotated[Words, "notice to end without fault"]
    is_deed: Annotated[YesNo, "whether the contract is a deed"]
    pays_living_wage: Annotated[YesNo, "whether the real living wage is asked for"]
    grant_conditions: Annotated[Words | None, "conditions of outside funding"]
    brand_name: Annotated[Words | None, "brand of the council that is used"]


@dataclass(frozen=True)
class ExtensionOption:
    """One option to extend."""

    no: Annotated[Number, "number of the option"]
    length_label: Annotated[Words, "length of the option"]
    ends_on: Annotated[Day, "end that the option brings"]
    exercise_by_on: Annotated[Day, "last day for using the option"]


@dataclass(frozen=True)
class DraftKpi:
    """A key performance indicator."""

    no: Annotated[Words, "number of the indicator"]
    name: Annotated[Words, "name of the indicator"]
    target: Annotated[Words, "target of the indicator"]
    tolerance: Annotated[Words, "value down to which the indicator is acceptable"]
    frequency: Annotated[Words, "how often the indicator is measured"]


@dataclass(frozen=True)
class PersonalData:
    """What the supplier processes for the council. UK GDPR article 28(3)."""

    subjects: Annotated[Words, "whose data"]
    kinds: Annotated[Words, "which data"]
    purpose: Annotated[Words, "purpose of the processing"]
    retention: Annotated[Words, "how long the data are kept"]
    officer_email: Annotated[Words, "mailbox of the data protection officer"]


@dataclass(frozen=True)
class DraftContract:
    """Everything the draft contract prints."""

    council: CouncilFacts
    procurement: ContractedPurchase
    contract: DraftFacts
    terms: Particulars | Gap
    term: TermFacts
    value: ValueFacts
    extensions: Annotated[Rows[ExtensionOption], "options to extend"]
    insurance: Annotated[Rows[Insurance], "insurance to hold when the contract starts"]
    special_terms: Annotated[Rows[Line], "special terms"]
    kpis: Annotated[Rows[DraftKpi], "key performance indicators"]
    data: PersonalData | None


def sample_contract() -> DraftContract:
    """The draft contract of the demonstration."""
    return DraftContract(
        council=sample_council(),
        procurement=ContractedPurchase(
            "PRO-2027-014", "Social infrastructure support and a local giving model",
            "One partner to strengthen voluntary and community groups in every ward and to run a local giving model "
            "and brand with the Council.",
        ),
        contract=DraftFacts(
            ends_on=date(2031, 3, 31), reviews="every three months", is_public_contract=True, must_publish_kpis=False,
            has_tupe=True, has_safeguarding=True,
        ),
        terms=Particulars(
            manager_post="Contract Manager", director_post="Director of Policy and Participation",
            payment_frequency="monthly in arrears", payment_days=30, pays_in_advance=False,
            invoice_email="invoices@example.gov.uk", indexation_text=None, liability_cap=Decimal(500000),
            notice_label="six months", is_deed=True, pays_living_wage=True, grant_conditions=None,
            brand_name="the local giving brand",
        ),
        term=sample_bought_term(),
        value=sample_value(),
        extensions=(
            ExtensionOption(1, "one year", date(2032, 3, 31), date(2030, 12, 31)),
            ExtensionOption(2, "one year", date(2033, 3, 31), date(2031, 12, 31)),
        ),
        insurance=sample_insurance(),
        special_terms=lines("Outreach takes place in Marks Gate and Thames View."),
        kpis=(DraftKpi("K1", "Reach", "19 of 19", "17", "Each quarter"),),
        data=PersonalData(
            "Group members, volunteers, donors", "Names, contact details, gifts", "Advice, training, local giving",
            "Two years after the last contact", "dpo@example.gov.uk",
        ),
    )  # fmt: skip


DRAFT_CONTRACT = Document(
    name="draft-contract",
    title="Draft contract",
    room="tender",
    template="tender/documents/draft_contract.docx",
    facts=DraftContract,
    sample=sample_contract,
    gather=gathered_by("tender", "draft_contract"),
)
