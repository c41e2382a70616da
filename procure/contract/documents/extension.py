"""The letter that uses an option to extend."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated

from procure.documents.declare import Document, gathered_by
from procure.documents.kinds import Day, Money, Number, Words
from procure.documents.shared_facts import CouncilFacts, sample_council


@dataclass(frozen=True)
class ExtensionLetterFacts:
    """When it is written, and who signs it."""

    date: Annotated[Day, "date of the letter"]
    signatory_name: Annotated[Words, "who signed the decision to extend"]
    signatory_post: Annotated[Words, "post of who signed the decision to extend"]


@dataclass(frozen=True)
class ExtendedSupplier:
    """To whom the letter goes."""

    name: Annotated[Words, "name of the supplier"]
    address: Annotated[Words | None, "postal address of the supplier"]
    contact_name: Annotated[Words, "contact of the supplier"]


@dataclass(frozen=True)
class ExtendedContract:
    """The contract that runs on."""

    reference: Annotated[Words, "reference in the register of contracts"]
    title: Annotated[Words, "title of the contract"]


@dataclass(frozen=True)
class Extension:
    """What using the option does."""

    no: Annotated[Number, "number of the option"]
    old_end_on: Annotated[Day, "old end"]
    new_end_on: Annotated[Day, "new end"]
    exercise_by_on: Annotated[Day, "last day on which the option could be used"]
    price_text: Annotated[Words, "price in the added time"]
    value_gross: Annotated[Money, "what it adds, with VAT"]
    authority_text: Annotated[Words, "authority for it"]


@dataclass(frozen=True)
class ExtensionLetter:
    """Everything the letter to the supplier prints."""

    council: CouncilFacts
    letter: ExtensionLetterFacts
    supplier: ExtendedSupplier
    contract: ExtendedContract
    extension: Extension


def sample_extension_letter() -> ExtensionLetter:
    """The letter that would use the first option of the demonstration's second contract."""
    return ExtensionLetter(
        council=sample_council(),
        letter=ExtensionLetterFacts(date(2030, 6, 3), "D. Director", "Director of Policy and Participation"),
        supplier=ExtendedSupplier("Example Alliance", "7 Example Lane\nBarking\nIG11 8AA", "B. Contact"),
        contract=ExtendedContract("CON-2028-003", "Social infrastructure support"),
        extension=Extension(
            1, date(2031, 3, 31), date(2032, 3, 31), date(2030, 6, 30), "As for a year of the agreed term",
            Decimal("108000.00"), "Officer decision record ODR-2030-041",
        ),
    )  # fmt: skip


EXTENSION_LETTER = Document(
    name="extension-letter",
    title="Letter to extend the contract",
    room="contract",
    template="contract/documents/extension_letter.docx",
    facts=ExtensionLetter,
    sample=sample_extension_letter,
    gather=gathered_by("contract", "extension_letter"),
)
