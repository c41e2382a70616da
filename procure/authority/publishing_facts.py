"""Which papers stood before a decision, what the public may read of them, and whether it was published in time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from procure.authority.documents import OFFICER_DECISION_RECORD
from procure.authority.models import Decision, Meeting
from procure.authority.publishing_models import PaperAccess
from procure.authority.publishing_rules import PaperFacts, late_said
from procure.authority.rules import DecisionState, PaperStanding
from procure.authority.signature import papers_bound, papers_signed
from procure.council.law import england
from procure.documents.models import Paper
from procure.extensions import db
from procure.law.retention import Record, kept_until
from procure.law.working_days import Working
from procure.now import legal_day

REPORT = "cabinet-report"
"""The paper on which a body decides."""


def papers_before(decision: Decision) -> list[Paper]:
    """The papers before the decision maker; once signed, those that the signature covers."""
    if not decision.signed_canonical:
        return papers_bound(decision)
    covered = {(one["reference"], one["number"]) for one in papers_signed(decision)}
    kept = db.session.scalars(select(Paper).where(Paper.about == decision.trail_file()).order_by(Paper.id))
    return [paper for paper in kept if (paper.reference, paper.number) in covered]


def papers_of_meeting(meeting: Meeting) -> list[Paper]:
    """The reports on which a body decided: the newest one issued on each file up to the day of the meeting."""
    files = dict.fromkeys(one.procurement.reference for one in meeting.resolutions if one.procurement)
    found = []
    for reference in files:
        issued = db.session.scalars(
            select(Paper).where(Paper.about == reference, Paper.name == REPORT).order_by(Paper.number.desc())
        )
        found += [paper for paper in issued if legal_day(paper.issued_at) <= meeting.held_on][:1]
    return found


def papers_of(of: Decision | Meeting) -> list[Paper]:
    """The papers before whoever decided."""
    return papers_of_meeting(of) if isinstance(of, Meeting) else papers_before(of)


def said_of(of: Decision | Meeting) -> dict[int, PaperAccess]:
    """What was decided about each paper, by the key of the paper."""
    return {one.paper_id: one for one in of.papers}


def undecided(of: Decision | Meeting) -> list[Paper]:
    """Papers of which nobody has said whether the public may read them. They are not published."""
    said = said_of(of)
    return [paper for paper in papers_of(of) if paper.id not in said]


def paper_facts(of: Decision | Meeting) -> tuple[PaperFacts, ...]:
    """The papers as the rules see them."""
    said = said_of(of)
    return tuple(
        PaperFacts(paper.title, said[paper.id].standing if paper.id in said else None) for paper in papers_of(of)
    )


# ── what the public may read ──


def public_papers(of: Decision | Meeting) -> list[Paper]:
    """What the public may read of a published decision: the newest record of it, and the papers said to be open.

    Nothing before it is published; nothing that nobody has decided about.
    """
    if of.published_on is None or (isinstance(of, Decision) and of.state is not DecisionState.SIGNED):
        return []
    said = said_of(of)
    opened = [one.paper for one in said.values() if one.standing is PaperStanding.OPEN]
    record = record_paper(of) if isinstance(of, Decision) else None
    return [*([record] if record else []), *(paper for paper in opened if record is None or paper.id != record.id)]


def exempt_papers(of: Decision | Meeting) -> list[PaperAccess]:
    """Papers kept from the public, with paragraph and reason. Their titles may be told, never their text."""
    return [one for one in of.papers if one.standing is PaperStanding.EXEMPT]


def record_paper(decision: Decision) -> Paper | None:
    """The newest officer decision record; None while none is issued."""
    return db.session.scalars(
        select(Paper)
        .where(
            Paper.about == decision.trail_file(), Paper.name == OFFICER_DECISION_RECORD.name,
            Paper.subject == decision.reference,
        )
        .order_by(Paper.number.desc())
    ).first()  # fmt: skip


# ── in time, and how long it is kept ──


def published_late(decision: Decision, today: date) -> str:
    """That publication was, or is, late, in a sentence; empty while it is in time or nothing is signed."""
    if decision.state is not DecisionState.SIGNED or decision.signed_on is None:
        return ""
    return late_said(decision.signed_on, decision.published_on, today, england())


@dataclass(frozen=True)
class Kept:
    """How long something of a decision is kept."""

    what: str
    until: date
    working: Working


def kept_of(decision: Decision) -> list[Kept]:
    """Retention of a signed decision and of its background papers. SI 2014/2095 reg 8."""
    if decision.signed_on is None:
        return []
    return list(_kept(decision.signed_on))


def _kept(signed_on: date) -> Iterator[Kept]:
    for what, record in (
        ("The record", Record.OFFICER_DECISION),
        ("The background papers", Record.BACKGROUND_PAPERS),
    ):
        working = kept_until(record, signed_on)
        yield Kept(what, working.answer, working)
