"""What an interest is, what kind of conflict it may be, and what can come of it."""

from __future__ import annotations

from dataclasses import dataclass

from procure import words
from procure.choices import Labelled
from procure.procurement.rules import Check, done, missing


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


CONFLICTS_PAGE = "tender.conflicts"


@dataclass(frozen=True)
class ConflictsFacts:
    """How the conflicts assessment stands. Where the law asks for none, nothing of it is shown before the notice."""

    is_needed: bool = False
    is_prepared: bool = False
    people: int = 0
    is_approved: bool = False


def conflicts_checks(facts: ConflictsFacts) -> tuple[Check, ...]:
    """The assessment is prepared before the tender notice goes out. Procurement Act 2023 s.83(1)."""
    if not facts.is_needed:
        return ()
    name = "Prepare the conflicts assessment"
    if not facts.is_prepared:
        said = "The law asks for it before the notice (Procurement Act 2023, section 83)."
        return (missing(name, said, CONFLICTS_PAGE),)
    if not facts.people:
        return (missing(name, "Nobody is considered in it yet.", CONFLICTS_PAGE, begun=True),)
    if not facts.is_approved:
        return (missing(name, "It isn’t approved yet.", CONFLICTS_PAGE, begun=True),)
    return (done(name, f"{words.plural(facts.people, 'person', 'people')} considered", CONFLICTS_PAGE),)


AFTER_THE_NOTICE = ("Bidders known", "Before the award", "Contract details notice", "Contract change notice")
"""When the Act asks for another look. s.83(3) to (6)."""
