"""The invitation to tender: instructions to bidders."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Annotated

from procure.documents.declare import Document, gathered_by
from procure.documents.kinds import Day, Moment, Rows, Words, YesNo
from procure.documents.shared_facts import CouncilFacts, Line, TermFacts, ValueFacts, lines, sample_council
from procure.tender.documents.shared import (
    Condition,
    Insurance,
    Return,
    sample_bought_term,
    sample_insurance,
    sample_returns,
    sample_value,
)


@dataclass(frozen=True)
class InvitedPurchase:
    """What is bought and under which law. `lot_label` only where the purchase is divided."""

    reference: Annotated[Words, "reference of the file"]
    title: Annotated[Words, "title as advertised"]
    ocid: Annotated[Words | None, "procurement id on the central digital platform"]
    description: Annotated[Words, "what is bought, in one paragraph"]
    regime_label: Annotated[Words, "law that applies"]
    procedure_label: Annotated[Words, "procedure"]
    lot_label: Annotated[Words | None, "lot of this invitation"]
    lot_count_label: Annotated[Words, "how many lots there are"]
    lots_reason: Annotated[Words, "why the contract is, or is not, divided into lots"]
    reserved_text: Annotated[Words | None, "to whom the competition is reserved"]
    small_supplier_text: Annotated[Words, "barriers for small and voluntary suppliers, and what was done"]
    is_public_contract: Annotated[YesNo, "whether the value is at or above the threshold"]
    tupe_text: Annotated[Words | None, "staff who may transfer"]
    has_personal_data: Annotated[YesNo, "whether the supplier handles personal data for the council"]


@dataclass(frozen=True)
class Contact:
    """Who answers for the competition, and where to write."""

    name: Annotated[Words, "who runs the competition"]
    post: Annotated[Words, "post of who runs the competition"]
    email: Annotated[Words, "procurement mailbox"]
    whistleblowing_email: Annotated[Words, "mailbox for concerns in confidence"]
    other_formats: Annotated[Words, "how to get the papers in another format or language"]


@dataclass(frozen=True)
class Step:
    """One step of the timetable."""

    name: Annotated[Words, "step of the timetable"]
    when: Annotated[Words, "when the step happens"]


@dataclass(frozen=True)
class TenderDates:
    """The days on which bidders act."""

    questions_by_at: Annotated[Moment, "last moment for questions"]
    answers_by_on: Annotated[Day, "day of the last answers"]
    deadline_at: Annotated[Moment, "deadline for tenders"]
    valid_until_on: Annotated[Day, "day until which tenders stay open"]
    briefing_at: Annotated[Moment | None, "briefing for bidders"]
    briefing_place: Annotated[Words, "place of the briefing"]
    steps: Annotated[Rows[Step], "steps of the timetable"]


@dataclass(frozen=True)
class PackPaper:
    """One paper of the pack."""

    no: Annotated[Words, "number of the paper"]
    title: Annotated[Words, "paper of the pack"]
    use: Annotated[Words, "what the paper is for"]


@dataclass(frozen=True)
class TenderRules:
    """Rules of the competition that differ from one to the next."""

    price_basis: Annotated[Words, "which price is scored"]
    correction_text: Annotated[Words, "what is done about arithmetic errors"]
    late_text: Annotated[Words, "what is done about late tenders"]
    takes_variants: Annotated[YesNo, "whether variant tenders are accepted"]
    weights_text: Annotated[Words, "weights of quality and price"]
    payment_text: Annotated[Words, "how the supplier is paid"]


@dataclass(frozen=True)
class InvitationToTender:
    """Everything the invitation prints."""

    council: CouncilFacts
    procurement: InvitedPurchase
    contact: Contact
    value: ValueFacts
    term: TermFacts
    timetable: TenderDates
    pack: Annotated[Rows[PackPaper], "papers of the pack"]
    conditions: Annotated[Rows[Condition], "conditions of participation"]
    insurance: Annotated[Rows[Insurance], "insurance to hold when the contract starts"]
    returns: Annotated[Rows[Return], "what a bidder sends back"]
    rules: TenderRules
    standstill_text: Annotated[Words | None, "standstill that is promised"]
    known_risks: Annotated[Rows[Line], "known risks"]


def sample_contact() -> Contact:
    """The contact of the samples."""
    return Contact(
        "A. Officer", "Procurement Officer", "procurement@example.gov.uk", "concerns@example.gov.uk",
        "Ask us for this paper in large print, in another format or in another language.",
    )  # fmt: skip


def sample_conditions() -> tuple[Condition, ...]:
    """Conditions of the samples."""
    return (
        Condition("C1", "Safeguarding", "A safeguarding policy and a named lead.", "The policy"),
        Condition("C2", "Experience", "Support to at least 50 voluntary groups in a year, in the last five years.",
                  "One page"),
    )  # fmt: skip


def sample_dates() -> TenderDates:
    """The days of the samples."""
    return TenderDates(
        questions_by_at=datetime(2027, 9, 24, 16, 0, tzinfo=UTC),
        answers_by_on=date(2027, 10, 1),
        deadline_at=datetime(2027, 10, 11, 13, 0, tzinfo=UTC),
        valid_until_on=date(2028, 4, 8),
        briefing_at=datetime(2027, 9, 15, 13, 0, tzinfo=UTC),
        briefing_place="Town Hall and online",
        steps=(
            Step("Tender notice and pack published", "Monday 6 September 2027"),
            Step("Last questions", "5:00pm on Friday 24 September 2027"),
            Step("Tenders due", "2:00pm on Monday 11 October 2027"),
            Step("Service starts", "Saturday 1 April 2028"),
        ),
    )


def sample_invitation() -> InvitationToTender:
    """The invitation of the demonstration."""
    return InvitationToTender(
        council=sample_council(),
        procurement=InvitedPurchase(
            reference="PRO-2027-014",
            title="Social infrastructure support and a local giving model",
            ocid="ocds-h6vhtk-0a1b2c",
            description="One partner to strengthen voluntary and community groups in every ward and to run a local "
            "giving model and brand with the Council.",
            regime_label="Procurement Act 2023: a public contract for light touch services",
            procedure_label="Open procedure: one stage, anyone may tender",
            lot_label=None,
            lot_count_label="one",
            lots_reason="Sector support and local giving depend on one brand and one set of relationships.",
            reserved_text=None,
            small_supplier_text="Word limits, monthly payment and modest insurance keep the bid affordable.",
            is_public_contract=True,
            tupe_text="We think that the Transfer of Undertakings (Protection of Employment) Regulations 2006 may "
            "apply to six staff of the present supplier.",
            has_personal_data=True,
        ),
        contact=sample_contact(),
        value=sample_value(),
        term=sample_bought_term(),
        timetable=sample_dates(),
        pack=(
            PackPaper("1", "Invitation to tender", "Read"),
            PackPaper("2", "Specification", "Read; it becomes part of the contract"),
            PackPaper("3", "Evaluation methodology", "Read"),
            PackPaper("4", "Form of tender", "Fill in and send"),
            PackPaper("5", "Draft contract", "Read; ask for changes as a question"),
        ),
        conditions=sample_conditions(),
        insurance=sample_insurance(),
        returns=sample_returns(),
        rules=TenderRules(
            price_basis="the total for the longest term, without VAT",
            correction_text="Unit rates stand; the total is worked out again and confirmed with the bidder.",
            late_text="They are not opened, unless the portal failed.",
            takes_variants=False,
            weights_text="Quality counts for 60% and price for 40%.",
            payment_text="Monthly in arrears, within 30 days.",
        ),
        standstill_text="This contract has no mandatory standstill. We will nevertheless wait eight working days from "
        "publication of the contract award notice before we enter into the contract.",
        known_risks=lines("Grant funding for local giving may end; the work may shrink."),
    )


INVITATION_TO_TENDER = Document(
    name="invitation-to-tender",
    title="Invitation to tender",
    room="tender",
    template="tender/documents/invitation_to_tender.docx",
    facts=InvitationToTender,
    sample=sample_invitation,
    gather=gathered_by("tender", "invitation_to_tender"),
)
