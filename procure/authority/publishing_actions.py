"""Publishing a decision, once somebody has said of each paper before it whether the public may read it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from procure import words
from procure.audit.actions import act
from procure.authority.actions import NotYours, held
from procure.authority.models import Decision, Meeting
from procure.authority.publishing_facts import paper_facts, papers_of, said_of
from procure.authority.publishing_models import PaperAccess
from procure.authority.publishing_rules import why_not_published, why_not_that_standing
from procure.authority.record_actions import renew_record
from procure.authority.rules import DecisionState, PaperStanding
from procure.council.facts import call_in_days_on
from procure.documents.models import Paper
from procure.extensions import db
from procure.now import legal_day
from procure.people.access import global_roles_of, roles_of
from procure.people.models import Person
from procure.people.rules import Role
from procure.refusals import Refusal


class CannotPublish(Refusal):
    """Only a signed decision is published, each of its papers decided about, on a day from its signature to today."""


class PaperNotDecided(Refusal):
    """What was said of a paper can't be kept: an exemption names its paragraph, the public interest and a day."""


def may_publish(by: Person, of: Decision | Meeting, day: date) -> bool:
    """Democratic services, or the case officer of a decision's file; for a meeting an officer too."""
    if Role.DEMOCRATIC_SERVICES in global_roles_of(by, day):
        return True
    file = of.procurement_id if isinstance(of, Decision) else None
    return Role.OFFICER in roles_of(by, day, file)


def _must_publish(by: Person, of: Decision | Meeting, at: datetime) -> None:
    if not may_publish(by, of, legal_day(at)):
        raise NotYours(
            "Only the case officer or Democratic services can do this.",
            who_can="The case officer, or Democratic services",
        )


def decide_papers(
    of: Decision | Meeting, papers: Sequence[Paper], standing: PaperStanding, *, by: Person, at: datetime,
    paragraph: str = "", public_interest: str = "", review_on: date | None = None, sees: int | None = None,
) -> None:  # fmt: skip
    """Say of papers before a decision whether the public may read them, and why not; who said so is kept.

    `paragraph` numbers one of Part 1 of Schedule 12A to the Local Government Act 1972. A paper of another decision is
    refused, as is an exemption without its reasons.
    """
    said = "said which papers the public may read"
    with act(said, on=of, by=by, at=at, note=public_interest or None, sees=sees):
        _must_publish(by, of, at)
        db.session.refresh(of, with_for_update=True)  # two who decide at once take turns
        before, kept = {paper.id for paper in papers_of(of)}, said_of(of)
        if not papers:
            raise PaperNotDecided("Choose at least one paper.", field="papers")
        if any(paper.id not in before for paper in papers):
            raise PaperNotDecided("This paper isn’t before the decision.", field="papers")
        if refused := why_not_that_standing(standing, paragraph, public_interest, review_on, legal_day(at)):
            raise PaperNotDecided(refused[1], field=refused[0])
        is_exempt = standing is PaperStanding.EXEMPT
        for paper in papers:
            row = kept.get(paper.id) or PaperAccess(paper=paper, **_of(of))
            row.standing, row.decided_by, row.decided_at = standing, by, at
            row.paragraph = paragraph if is_exempt else ""
            row.public_interest = public_interest.strip() if is_exempt else ""
            row.review_on = review_on if is_exempt else None
            db.session.add(row)


def _of(of: Decision | Meeting) -> dict[str, Decision | Meeting]:
    return {"meeting": of} if isinstance(of, Meeting) else {"decision": of}


def publish(decision: Decision, on: date, *, by: Person, at: datetime, sees: int | None = None) -> None:
    """Record the day a decision was published, and issue its record anew where that day wasn't the planned one.

    From that day members may call a key decision in, for as many working days as the council's rules give then.
    """
    with act("published the decision", on=decision, by=by, at=at, sees=sees):
        held(decision)
        _must_publish(by, decision, at)
        signed_on = decision.signed_on if decision.state is DecisionState.SIGNED else None
        if refusal := why_not_published(signed_on, decision.published_on, paper_facts(decision)):
            raise CannotPublish(refusal, who_can=_who_can(decision, signed_on))
        assert signed_on is not None
        if not signed_on <= on <= legal_day(at):
            raise CannotPublish(f"Enter a day from {words.day(signed_on)}, when it was signed, to today.", field="on")
        decision.published_on = on
        decision.call_in_days = call_in_days_on(on) if decision.is_key else 0
    renew_record(decision, by=by, at=at)


def _who_can(decision: Decision, signed_on: date | None) -> str | None:
    if signed_on is None:
        return f"The {decision.post.name} can sign it"
    return "The case officer, or Democratic services" if decision.published_on is None else None
