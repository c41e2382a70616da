"""By what right: the choices, the one test of authority, and how far a decision has come."""

from procure.authority.rules.authority import (
    CASE_OFFICER,
    NO_LIMIT,
    SPENDING_ACTS,
    Answer,
    Consulted,
    Power,
    Question,
    Signer,
    Why,
    chain_of,
    limits_not_stated,
    may_act,
)
from procure.authority.rules.kinds import (
    MAY_GIVE,
    OVER,
    ActKind,
    DecisionState,
    Interest,
    ResolutionKind,
    View,
)
from procure.authority.rules.standing import (
    DecisionFacts,
    DecisionStanding,
    answered_words,
    decision_checks,
)

__all__ = [
    "CASE_OFFICER",
    "MAY_GIVE",
    "NO_LIMIT",
    "OVER",
    "SPENDING_ACTS",
    "ActKind",
    "Answer",
    "Consulted",
    "DecisionFacts",
    "DecisionStanding",
    "DecisionState",
    "Interest",
    "Power",
    "Question",
    "ResolutionKind",
    "Signer",
    "View",
    "Why",
    "answered_words",
    "chain_of",
    "decision_checks",
    "limits_not_stated",
    "may_act",
]
