"""The form of tender: the bidder's offer and declarations, half filled by the council."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Annotated

from procure.documents.declare import Document, gathered_by
from procure.documents.kinds import Day, Moment, Rows, Words
from procure.documents.shared_facts import CouncilFacts, sample_council
from procure.tender.documents.invitation import sample_conditions
from procure.tender.documents.shared import Insurance, sample_insurance


@dataclass(frozen=True)
class OfferedFor:
    """Which purchase the offer is for."""

    reference: Annotated[Words, "reference of the file"]
    title: Annotated[Words, "title as advertised"]


@dataclass(frozen=True)
class OfferDates:
    """When the form must be back, and how long it binds."""

    deadline_at: Annotated[Moment, "deadline for tenders"]
    valid_until_on: Annotated[Day, "day until which tenders stay open"]


@dataclass(frozen=True)
class AskedCondition:
    """A condition that the bidder says it meets."""

    no: Annotated[Words, "number of the condition"]
    title: Annotated[Words, "name of the condition"]
    requirement: Annotated[Words, "what the condition requires"]


@dataclass(frozen=True)
class OfferRules:
    """What the price is."""

    price_basis: Annotated[Words, "which price is scored"]


@dataclass(frozen=True)
class FormOfTender:
    """Everything the form prints before a bidder fills it in."""

    council: CouncilFacts
    procurement: OfferedFor
    timetable: OfferDates
    rules: OfferRules
    conditions: Annotated[Rows[AskedCondition], "conditions of participation"]
    insurance: Annotated[Rows[Insurance], "insurance to hold when the contract starts"]


def sample_form() -> FormOfTender:
    """The form of the demonstration."""
    return FormOfTender(
        council=sample_council(),
        procurement=OfferedFor("PRO-2027-014", "Social infrastructure support and a local giving model"),
        timetable=OfferDates(datetime(2027, 10, 11, 13, 0, tzinfo=UTC), date(2028, 4, 8)),
        rules=OfferRules("the total for the longest term, without VAT"),
        conditions=tuple(AskedCondition(one.no, one.title, one.requirement) for one in sample_conditions()),
        insurance=sample_insurance(),
    )


FORM_OF_TENDER = Document(
    name="form-of-tender",
    title="Form of tender",
    room="tender",
    template="tender/documents/form_of_tender.docx",
    facts=FormOfTender,
    sample=sample_form,
    gather=gathered_by("tender", "form_of_tender"),
)
