"""What the Transparency Code asks of a contract, and what of it is missing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from procure.law.working_days import months_after
from procure.register.rules.listing import Quarter

CODE_ABOVE = Decimal(5000)
"""Contracts and invitations worth more than so many pounds are published. Local Government Transparency Code 2015."""


def publish_by(quarter: Quarter) -> date:
    """Within one month after the quarter."""
    return months_after(quarter.ends_on, 1)


@dataclass(frozen=True)
class Lacking:
    """One thing missing of one contract: its name, and the page where it is filled in."""

    what: str
    page: str
    """An endpoint; it takes the contract's reference."""


DETAILS, CORRECT, REVIEWS = "register.details", "contract.correct", "contract.terms"


@dataclass(frozen=True)
class CodeFacts:
    """What is known of a contract, as far as the Code asks."""

    department: str
    description: str
    has_supplier: bool
    worth: Decimal | None
    has_irrecoverable_vat: bool
    starts_on: date | None
    ends_on: date | None
    has_agreed_end: bool
    """Its term comes to an end by itself."""
    has_review: bool
    how_bought: str
    is_sme: bool | None
    is_vcse: bool | None
    registration: str


def lacking_of(facts: CodeFacts) -> list[Lacking]:
    """What is missing, in the Code's order."""
    told = (
        (facts.department, Lacking("the department", DETAILS)),
        (facts.description, Lacking("the description", DETAILS)),
        (facts.has_supplier, Lacking("the supplier", CORRECT)),
        (facts.worth is not None, Lacking("the value", CORRECT)),
        (facts.has_irrecoverable_vat, Lacking("the VAT that can’t be recovered", DETAILS)),
        (facts.starts_on, Lacking("the start", CORRECT)),
        (facts.ends_on or not facts.has_agreed_end, Lacking("the end", CORRECT)),
        (facts.has_review, Lacking("a review date", REVIEWS)),
        (facts.how_bought, Lacking("how it was bought", DETAILS)),
        (not facts.has_supplier or facts.is_sme is not None, Lacking("whether the supplier is an SME", DETAILS)),
        (
            not facts.has_supplier or facts.is_vcse is not None,
            Lacking("whether the supplier is a voluntary or community organisation", DETAILS),
        ),
        (
            not (facts.is_sme or facts.is_vcse) or facts.registration,
            Lacking("the supplier’s registration number", DETAILS),
        ),
    )
    return [lacking for is_there, lacking in told if not is_there]
