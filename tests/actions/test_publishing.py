"""A decision is published once each paper before it is decided about; what is exempt stays with the council."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from procure.audit.actions import Machine, act
from procure.audit.verifying import verify
from procure.authority import call_in_facts
from procure.authority.actions import NotYours
from procure.authority.models import Decision
from procure.authority.publishing_actions import CannotPublish, PaperNotDecided, decide_papers, publish
from procure.authority.publishing_facts import (
    exempt_papers,
    kept_of,
    papers_of,
    public_papers,
    published_late,
    undecided,
)
from procure.authority.publishing_models import PaperAccess
from procure.authority.rules import PaperStanding
from procure.demonstration.cast import Cast
from procure.demonstration.days import at
from procure.documents.models import Paper
from procure.extensions import db
from procure.procurement.actions import open_file
from procure.procurement.rules import Route
from tests.actions.test_call_in import PUBLISHED, SIGNED, a_signed_decision

WHY = "It holds bidders’ prices."
REVIEW = date(2031, 4, 1)


def a_paper(cast: Cast, about: str, name: str, **facts: Any) -> Paper:
    """An issued paper, as a row only."""
    with act("issued a paper", on=about, by=Machine("test"), at=at(SIGNED)):
        paper = Paper(
            about=about, name=name, number=1, title=name.replace("-", " ").capitalize(), reference=f"{about}/{name}",
            template_sha256="0" * 64, facts="{}", file_key=f"papers/{name}", sha256="1" * 64, size=100,
            author=cast["officer"], author_post="Procurement Officer", issued_at=at(SIGNED), **facts,
        )  # fmt: skip
        db.session.add(paper)
    return paper


@pytest.fixture
def decision(cast: Cast) -> Decision:
    """Signed on 19 November, with a specification and an evaluation before it."""
    officer = cast["officer"]
    file = open_file(title="Support", route=Route.CABINET, officer=officer, by=officer, at=at(SIGNED))
    found = a_signed_decision(cast, procurement=file)
    a_paper(cast, file.reference, "specification")
    a_paper(cast, file.reference, "evaluation")
    return found


def test_nothing_is_open_until_somebody_says_so(cast: Cast, decision: Decision) -> None:
    assert len(undecided(decision)) == 2 and public_papers(decision) == []
    with pytest.raises(CannotPublish, match="whether the public may read 2 papers: Specification and Evaluation"):
        publish(decision, PUBLISHED, by=cast["officer"], at=at(PUBLISHED))
    assert decision.published_on is None


def test_open_papers_are_public_and_exempt_ones_never(cast: Cast, decision: Decision) -> None:
    specification, evaluation = papers_of(decision)
    decide_papers(decision, [specification], PaperStanding.OPEN, by=cast["officer"], at=at(PUBLISHED, 8))
    decide_papers(
        decision, [evaluation], PaperStanding.EXEMPT, paragraph="3", public_interest=WHY, review_on=REVIEW,
        by=cast["democratic"], at=at(PUBLISHED, 8),
    )  # fmt: skip
    assert public_papers(decision) == []
    publish(decision, PUBLISHED, by=cast["officer"], at=at(PUBLISHED))
    assert [one.name for one in public_papers(decision) if one.name != "officer-decision-record"] == ["specification"]
    (kept,) = exempt_papers(decision)
    assert (kept.paper, kept.paragraph, kept.public_interest, kept.review_on) == (evaluation, "3", WHY, REVIEW)
    assert kept.decided_by is cast["democratic"]
    decide_papers(decision, [evaluation], PaperStanding.OPEN, by=cast["officer"], at=at(PUBLISHED, 12))
    assert exempt_papers(decision) == [] and kept.paragraph == "" and kept.review_on is None
    assert len(db.session.scalars(select(PaperAccess)).all()) == 2
    assert verify().verified


def test_what_cannot_be_said_of_a_paper(cast: Cast, decision: Decision) -> None:
    before = papers_of(decision)
    other = a_paper(cast, "PRO-2027-999", "specification")
    moment, officer = at(PUBLISHED), cast["officer"]
    with pytest.raises(PaperNotDecided, match="Choose the paragraph"):
        decide_papers(decision, before, PaperStanding.EXEMPT, by=officer, at=moment)
    with pytest.raises(PaperNotDecided, match="isn’t before the decision"):
        decide_papers(decision, [other], PaperStanding.OPEN, by=officer, at=moment)
    with pytest.raises(PaperNotDecided, match="at least one"):
        decide_papers(decision, [], PaperStanding.OPEN, by=officer, at=moment)
    with pytest.raises(NotYours, match="Only the case officer or Democratic services"):
        decide_papers(decision, before, PaperStanding.OPEN, by=cast["finance"], at=moment)
    assert db.session.scalars(select(PaperAccess)).all() == []


def test_late_publication_is_named_and_democratic_services_are_told(app: Flask, cast: Cast, decision: Decision) -> None:
    with app.test_request_context():
        waits = call_in_facts.waiting_for(cast["democratic"], PUBLISHED)
        assert [(one.what, one.day) for one in waits] == [
            ("Publish the decision: award a contract", date(2027, 11, 23))
        ]
    assert published_late(decision, date(2027, 11, 23)) == ""
    assert published_late(decision, date(2027, 11, 24)).startswith("Publication is late.")
    decide_papers(decision, papers_of(decision), PaperStanding.OPEN, by=cast["officer"], at=at(PUBLISHED))
    late = date(2027, 11, 25)
    publish(decision, late, by=cast["democratic"], at=at(late))
    assert published_late(decision, date(2030, 1, 1)).startswith("Published late.")


def test_a_record_is_kept_six_years_and_its_papers_four(cast: Cast) -> None:
    assert [(one.what, one.until) for one in kept_of(a_signed_decision(cast))] == [
        ("The record", date(2033, 11, 18)),
        ("The background papers", date(2031, 11, 18)),
    ]
