"""From a used option to the letter that tells the supplier."""

from __future__ import annotations

from datetime import datetime

from procure import words
from procure.award.gathering import council_facts
from procure.contract.documents.extension import (
    ExtendedContract,
    ExtendedSupplier,
    Extension,
    ExtensionLetter,
    ExtensionLetterFacts,
)
from procure.contract.models import ContractOption
from procure.contract.power import value_of_option
from procure.documents.gaps import Gap
from procure.law.working_days import legal_day


def extension_letter(option: ContractOption, at: datetime) -> ExtensionLetter:
    """Facts of the letter that uses an option; the contract has its new end by then."""
    contract, decision, added = option.contract, option.decision, value_of_option(option)
    terms = f"/contracts/{contract.reference}/terms"
    if decision is None or decision.signed_by is None or decision.signed_on is None:
        signer: tuple[str | Gap, str | Gap] = (Gap("who signed the decision", "Decision", terms),) * 2
    else:
        signer = (decision.signed_by.name, decision.post.name_on(decision.signed_on))
    supplier, end = contract.supplier, contract.ends_on
    return ExtensionLetter(
        council=council_facts(),
        letter=ExtensionLetterFacts(legal_day(at), *signer),
        supplier=ExtendedSupplier(
            supplier.name if supplier else Gap("name of the supplier", "Terms", terms),
            (supplier.address if supplier else "") or None,
            (supplier.contact_name or supplier.name) if supplier else Gap("name of the supplier", "Terms", terms),
        ),
        contract=ExtendedContract(contract.reference, contract.title),
        extension=Extension(
            option.number,
            option.old_ends_on or Gap("old end", "Terms", terms),
            end or Gap("new end", "Terms", terms),
            option.exercise_by_on,
            "As the contract names it for this option"
            if option.price_gross is not None
            else "As for a year of the agreed term",
            added.gross if added else Gap("what it adds", "Terms", terms),
            f"{decision.reference}, signed on {words.day(decision.signed_on)}"
            if decision is not None and decision.signed_on is not None
            else Gap("authority for it", "Decision", terms),
        ),
    )
