"""Facts that more than one paper prints. A name means the same in every paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated

from procure.documents.gaps import Gap
from procure.documents.kinds import Day, Money, Number, Percent, Rows, Words, YesNo


@dataclass(frozen=True)
class DocumentFacts:
    """The paper itself. The machine hands it to every template as `document` and sets `is_draft`."""

    title: Annotated[Words, "title of the paper"]
    reference: Annotated[Words, "reference of the paper"]
    version: Annotated[Words, "number of the version"]
    author_name: Annotated[Words, "who prepared the paper"]
    author_post: Annotated[Words, "post of who prepared the paper"]
    issued_on: Annotated[Day | None, "day of issue"] = None
    marking: Annotated[Words | None, "handling mark in the header"] = None
    is_example: Annotated[YesNo, "made from demonstration data"] = False
    is_draft: Annotated[YesNo, "not yet issued"] = True


@dataclass(frozen=True)
class CouncilFacts:
    """The council that speaks."""

    name: Annotated[Words, "full name of the council"]
    address: Annotated[Words, "postal address of the council"]
    executive_name: Annotated[Words, "what the executive is called"]
    portal_name: Annotated[Words, "e-tendering portal"]
    portal_url: Annotated[Words, "address of the e-tendering portal"]


@dataclass(frozen=True)
class Line:
    """One entry of a list that holds nothing but words."""

    text: Annotated[Words, "text"]


def lines(*texts: str) -> tuple[Line, ...]:
    """Words as the rows of a list."""
    return tuple(Line(text) for text in texts)


@dataclass(frozen=True)
class Person:
    """Somebody named with the post they held."""

    name: Annotated[Words, "name"]
    post: Annotated[Words, "post"]


@dataclass(frozen=True)
class ResolutionPoint:
    """One point of a recommendation or decision. Its number comes from the list; its first words are printed bold."""

    verb: Annotated[Words, "what is to be done"]
    text: Annotated[Words, "words of the point"]

    @classmethod
    def of(cls, words: str) -> ResolutionPoint:
        """A point from its full words: "Award the contract…" has the verb "Award", "Enter into it" has "Enter into"."""
        verb, _, text = words.strip().partition(" ")
        if text.startswith("into "):
            verb, text = f"{verb} into", text.removeprefix("into ")
        return cls(verb or Gap("what is to be done"), text or Gap("words of the point"))


@dataclass(frozen=True)
class CurrentContractFacts:
    """The contract whose end makes the need."""

    reference: Annotated[Words, "register reference of the current contract"]
    supplier: Annotated[Words, "supplier of the current contract"]
    ends_on: Annotated[Day, "end of the current contract"]
    annual_gross: Annotated[Money, "yearly value of the current contract, including VAT"]
    paid_to_date: Annotated[Money | None, "paid so far under the current contract"]
    performance: Annotated[Words, "performance of the current contract"]
    lessons: Annotated[Words | None, "lessons of the current contract"]
    at_expiry: Annotated[Words, "what happens if nothing is done"]
    remaining_options: Annotated[Words, "options left to extend the current contract"]


@dataclass(frozen=True)
class ValueFacts:
    """The estimated value: the most that could be paid, all options in."""

    net: Annotated[Money, "whole-life value without VAT"]
    vat: Annotated[Money, "VAT on the whole-life value"]
    gross: Annotated[Money, "whole-life value including VAT"]
    vat_label: Annotated[Words, "VAT treatment"]
    basis: Annotated[Words, "how the value was estimated"]


@dataclass(frozen=True)
class TermFacts:
    """How long the contract runs."""

    starts_on: Annotated[Day, "start of the service"]
    initial_label: Annotated[Words, "initial term in words"]
    extensions_label: Annotated[Words | None, "options to extend, in words"]
    max_label: Annotated[Words, "longest possible term in words"]
    max_ends_on: Annotated[Day, "last possible end"]


@dataclass(frozen=True)
class FindingFacts:
    """One thing a consultation said, and what came of it."""

    said: Annotated[Words, "what was said"]
    did: Annotated[Words, "what was done"]


@dataclass(frozen=True)
class ConsultationEvent:
    """One event or channel of a consultation."""

    method: Annotated[Words, "method"]
    when: Annotated[Words, "when it took place"]
    who: Annotated[Words, "who took part"]


@dataclass(frozen=True)
class ConsultationFacts:
    """Consultation with the public, users or the sector. Where none took place, only the reason is printed."""

    took_place: Annotated[YesNo, "whether there was a consultation"]
    none_reason: Annotated[Words, "why there was no consultation"]
    from_on: Annotated[Day, "first day of the consultation"]
    until_on: Annotated[Day, "last day of the consultation"]
    led_by: Annotated[Words, "who led the consultation"]
    response_count: Annotated[Number, "number of responses to the consultation"]
    events: Annotated[Rows[ConsultationEvent], "events of the consultation"]
    findings: Annotated[Rows[FindingFacts], "findings of the consultation"]


@dataclass(frozen=True)
class CriterionFacts:
    """One award criterion for quality; price stands apart."""

    no: Annotated[Words, "number of the criterion"]
    title: Annotated[Words, "title of the criterion"]
    weight: Annotated[Percent, "weight of the criterion"]


@dataclass(frozen=True)
class StandstillFacts:
    """The wait between the contract award notice and the contract. Where none applies, only the reason is printed."""

    applies: Annotated[YesNo, "whether there is a standstill"]
    is_voluntary: Annotated[YesNo, "whether the standstill is voluntary"]
    length_label: Annotated[Words, "length of the standstill in words"]
    starts_on: Annotated[Day, "day of the contract award notice"]
    ends_on: Annotated[Day, "last day of the standstill"]
    sign_from_on: Annotated[Day, "first day to enter into the contract"]
    reason_none: Annotated[Words, "why there is no standstill"]


def sample_council() -> CouncilFacts:
    """The council of the samples."""
    return CouncilFacts(
        name="London Borough of Barking and Dagenham",
        address="Town Hall\n1 Town Square\nBarking\nIG11 7LU",
        executive_name="Cabinet",
        portal_name="the Council’s tender portal",
        portal_url="https://tenders.example.gov.uk",
    )


SAMPLE_FILE = "PRO-2027-014"
"""The file that samples are about."""


def sample_document(title: str, reference: str, issued_on: date) -> DocumentFacts:
    """How the machine would describe a sample paper."""
    return DocumentFacts(
        title=title,
        reference=reference,
        version="1.0",
        author_name="A. Officer",
        author_post="Procurement Officer",
        issued_on=issued_on,
        is_example=True,
    )


def sample_current_contract(remaining_options: str) -> CurrentContractFacts:
    """The contract that ends in the samples."""
    return CurrentContractFacts(
        reference="CON-2025-007",
        supplier="Example Network",
        ends_on=date(2028, 3, 31),
        annual_gross=Decimal("111000"),
        paid_to_date=Decimal("212750"),
        performance="Eleven of twelve measures are on target. Reach to new groups is not.",
        lessons="A lead named for each ward reaches more groups than one office.",
        at_expiry="Support for 140 groups stops on 31 March 2028 and the local giving pilot closes.",
        remaining_options=remaining_options,
    )


def sample_term() -> TermFacts:
    """The term of the samples."""
    return TermFacts(
        starts_on=date(2028, 4, 1),
        initial_label="three years",
        extensions_label="two further years, one at a time",
        max_label="five years",
        max_ends_on=date(2033, 3, 31),
    )


def sample_consultation() -> ConsultationFacts:
    """The consultation of the samples."""
    return ConsultationFacts(
        took_place=True,
        none_reason="No change to the service is proposed.",
        from_on=date(2027, 4, 12),
        until_on=date(2027, 5, 21),
        led_by="the Participation and Engagement team",
        response_count=31,
        events=(
            ConsultationEvent("Open workshop", "14 April 2027", "23 voluntary and community organisations"),
            ConsultationEvent("Online survey", "12 April to 21 May 2027", "31 groups and residents"),
        ),
        findings=(
            FindingFacts("Small groups cannot find the help.", "The specification asks for a lead in each ward."),
            FindingFacts("Bidding takes time that small groups do not have.", "Word limits are set for every answer."),
            FindingFacts("Gifts should stay in the borough.", "Local giving is a part of the contract."),
        ),
    )


def sample_standstill() -> StandstillFacts:
    """The standstill of the samples."""
    return StandstillFacts(
        applies=True,
        is_voluntary=True,
        length_label="eight working days",
        starts_on=date(2027, 11, 23),
        ends_on=date(2027, 12, 3),
        sign_from_on=date(2027, 12, 6),
        reason_none="The contract is urgent and light touch; the reason is on the file.",
    )
