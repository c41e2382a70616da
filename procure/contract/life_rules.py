"""The choices of a contract's life, in the words of the Act and of the people who manage contracts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from procure import words
from procure.choices import Labelled
from procure.contract.rules import ONE_DAY, Tier
from procure.law.modifications import ChangeGround
from procure.law.working_days import last_day_of_months_beginning

__all__ = ["ChangeGround", "ExpiringKind", "NoticeDuty", "Rating", "ReviewKind", "WhoMay"]


class WhoMay(Labelled):
    """Who may use a break or give notice."""

    COUNCIL = "council", "The council"
    SUPPLIER = "supplier", "The supplier"
    EITHER = "either", "Either of them"


class ReviewKind(Labelled):
    """The reviews a contract's tier asks for (domain 3.8)."""

    OPERATIONAL = "operational", "Operational review"
    QUARTERLY = "quarterly", "Quarterly review"
    ANNUAL = "annual", "Annual review"
    PRICE = "price", "Price review"
    END = "end", "Review before the end"


class Rating(Labelled):
    """How an indicator was met. Procurement Regulations 2024 reg 39."""

    GOOD = "good", "Good"
    APPROACHING = "approaching_target", "Approaching target"
    REQUIRES = "requires_improvement", "Requires improvement"
    INADEQUATE = "inadequate", "Inadequate"
    OTHER = "other", "Other"


class ExpiringKind(Labelled):
    """Papers of a supplier that run out."""

    PUBLIC_LIABILITY = "public_liability", "Public liability insurance"
    EMPLOYERS_LIABILITY = "employers_liability", "Employer’s liability insurance"
    PROFESSIONAL_INDEMNITY = "professional_indemnity", "Professional indemnity insurance"
    CHECKS = "dbs", "DBS checks"
    POLICY = "policy", "Policy"
    OTHER = "other", "Other paper"


class NoticeDuty(Labelled):
    """Notices and publications a contract owes while it lives."""

    PERFORMANCE = "UK9", "Contract performance notice"
    CHANGE = "UK10", "Contract change notice"
    TERMINATION = "UK11", "Contract termination notice"
    COPY = "copy", "Contract copy"


# ── tiers ──


@dataclass(frozen=True)
class TierRow:
    """From what value a contract is usually managed so closely, with VAT and every option; risk may lift it."""

    tier: Tier
    from_gross: Decimal
    reviews: str


TIERS = (
    TierRow(Tier.GOLD, Decimal(1_000_000), "monthly, quarterly and yearly reviews"),
    TierRow(Tier.SILVER, Decimal(100_000), "quarterly and yearly reviews"),
    TierRow(Tier.BRONZE, Decimal(0), "a yearly review, or when something happens"),
)
"""The usual test of a tier by value (domain 3.8)."""


def proposed_tier(value_gross: Decimal | None) -> TierRow | None:
    """The tier that a value alone would give; None where it isn’t known."""
    if value_gross is None:
        return None
    return next(row for row in TIERS if value_gross >= row.from_gross)


# ── indicators ──

LEAST_INDICATORS = 3
"""How many indicators a contract over £5 million has at least. Procurement Act 2023 s.52(1)."""

RATED_EVERY_MONTHS = 12
"""Performance against indicators is assessed and published at least so often. Procurement Act 2023 s.71."""


def next_rating_due(first_due_on: date, every_months: int, rated_until_on: date | None) -> date:
    """The end of the first period that nobody has rated yet; every end is counted from the first."""
    periods, due = 0, first_due_on
    while rated_until_on is not None and due <= rated_until_on:
        periods += 1
        due = last_day_of_months_beginning(first_due_on + ONE_DAY, periods * every_months)
    return due


def indicators_said(count: int, *, needed: bool, because: str) -> str:
    """What a contract over £5 million still lacks, as a sentence; empty where nothing is."""
    if not needed or count >= LEAST_INDICATORS or because:
        return ""
    has = f"has {words.number_word(count)}" if count else "has none"
    return (
        f"This contract is over £5 million, so it needs at least three indicators. It {has}. Add them, or say why "
        "they would not be appropriate (Procurement Act 2023, section 52)."
    )
