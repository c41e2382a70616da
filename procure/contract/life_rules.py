"""The choices of a contract's life, in the words of the Act and of the people who manage contracts."""

from __future__ import annotations

from procure.choices import Labelled
from procure.law.modifications import ChangeGround

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
