"""Keeping the record of a decision true: issued anew where what it prints has changed, never edited."""

from __future__ import annotations

import json
from datetime import datetime

from procure.audit.actions import Actor
from procure.authority.actions import issue_record
from procure.authority.documents import OFFICER_DECISION_RECORD
from procure.authority.models import Decision
from procure.authority.rules import DecisionState
from procure.documents.actions import latest
from procure.documents.kinds import facts_kept
from procure.people.models import Person


def renew_record(decision: Decision, *, by: Actor, at: datetime) -> None:
    """Issue the record of a signed decision again where it would say something else: a day, a call-in, an exempt paper.

    Versions issued before are kept. A paper has an author, so nothing is issued for a machine.
    """
    if decision.state is not DecisionState.SIGNED or not isinstance(by, Person):
        return
    kept = latest(decision.trail_file(), OFFICER_DECISION_RECORD.name, decision.reference)
    assert OFFICER_DECISION_RECORD.gather is not None
    says = json.loads(facts_kept(OFFICER_DECISION_RECORD.gather(decision, at), ()))["facts"]
    if kept is None or json.loads(kept.facts)["facts"] != says:
        issue_record(decision, by=by, at=at)
