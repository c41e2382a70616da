"""A file whose papers have been issued, without the walk that leads there."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from procure.demonstration.cast import Cast
from procure.documents import actions as documents
from procure.documents.models import Paper
from procure.documents.registry import document_named
from procure.procurement.models import Procurement
from tests.an_appraisal import an_appraisal
from tests.standing import kept


@kept
def with_papers(cast: Cast) -> Procurement:
    """A file whose options appraisal has been issued twice."""
    procurement = an_appraisal(cast)
    at = datetime(2027, 3, 1, 9, tzinfo=UTC)
    for hours in range(2):
        a_paper(procurement, cast, at + timedelta(hours=hours))
    return procurement


def a_paper(procurement: Procurement, cast: Cast, at: datetime, subject: str = "") -> Paper:
    """Issues the options appraisal from its sample facts: what matters here is its bytes and its version."""
    document = document_named("options-appraisal")
    document = replace(document, gather=lambda *_: document.sample())
    return documents.issue(document, procurement, subject=subject, by=cast["officer"], at=at)
