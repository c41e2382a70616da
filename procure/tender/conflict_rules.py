"""What an interest is, what kind of conflict it may be, and what can come of it."""

from __future__ import annotations

from procure.choices import Labelled


class DeclaredKind(Labelled):
    """Whose interest it is, and of what nature. Procurement Act 2023 s.81(4)."""

    FINANCIAL = "financial", "Financial, direct"
    FINANCIAL_INDIRECT = "financial_indirect", "Financial, through somebody close"
    PERSONAL = "personal", "Personal, direct"
    PERSONAL_INDIRECT = "personal_indirect", "Personal, through somebody close"
    PROFESSIONAL = "professional", "Professional"


class ConflictKind(Labelled):
    """Whether a conflict is there, may come, or only seems to be there to a reasonable person. s.81, s.83(4)."""

    ACTUAL = "actual", "Actual"
    POTENTIAL = "potential", "Potential"
    PERCEIVED = "perceived", "Perceived"


class ConflictOutcome(Labelled):
    """What the steps came to."""

    RESOLVED = "resolved", "Resolved"
    MANAGED = "managed", "Managed while the procurement lasts"
    EXCLUDED = "excluded", "The supplier is excluded: the advantage can’t be avoided"


AFTER_THE_NOTICE = ("Bidders known", "Before the award", "Contract details notice", "Contract change notice")
"""When the Act asks for another look. s.83(3) to (6)."""
