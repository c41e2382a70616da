"""Issuing the log of a consultation, once the decision that people were consulted on is taken or over."""

from __future__ import annotations

from datetime import datetime

from procure.authority.actions import must_run
from procure.authority.documents import CONSULTATION_LOG
from procure.authority.models import Decision
from procure.authority.rules import OVER, DecisionState
from procure.documents.actions import issue
from procure.documents.models import Paper
from procure.people.models import Person
from procure.refusals import Refusal

CLOSED = OVER | {DecisionState.SIGNED}
"""States of a decision on which nobody can give a view any more."""


class StillOpen(Refusal):
    """Views can still be given or changed, so the log isn't the last word."""


def issue_log(decision: Decision, *, by: Person, at: datetime) -> Paper:
    """Issue the log of a decision's consultation. Until the decision is signed or over it can only be read as a draft.

    Raises `HasGaps` where nobody was asked.
    """
    must_run(by, decision.procurement, at)
    if decision.state not in CLOSED:
        raise StillOpen(
            "You can’t issue the log yet. Views can still be given until the decision is signed.",
            who_can=f"The {decision.post.name} can sign it.",
        )
    return issue(CONSULTATION_LOG, decision, subject=decision.reference, by=by, at=at)
