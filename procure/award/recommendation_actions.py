"""Issuing the award recommendation, so that it is before whoever is consulted and whoever signs."""

from __future__ import annotations

from datetime import datetime

from procure.audit.actions import act
from procure.award.models import Award
from procure.award.recommendation_documents import OF_THE_RECOMMENDATION
from procure.documents import actions as papers
from procure.documents.models import Paper
from procure.people.models import Person
from procure.refusals import Refusal


class RecommendationIsSigned(Refusal):
    """The decision is signed: the papers it was made on stay as they were."""


def subject_of(award: Award) -> str:
    """What tells a lot's recommendation from those of the file's other lots; empty while there is one lot."""
    return "" if award.lot.is_only else f"Lot {award.lot.number}"


def issue_recommendation(award: Award, *, by: Person, at: datetime) -> list[Paper]:
    """Issue the recommendation and its exempt appendix, or their next version. Refused while either has a gap."""
    with act("issued the award recommendation", on=award, by=by, at=at):
        if award.decision.signed_at is not None:
            raise RecommendationIsSigned("The decision is signed, so the recommendation stays as it is.")
        subject = subject_of(award)
        return [papers.issue(one, award, subject=subject, by=by, at=at) for one in OF_THE_RECOMMENDATION]
