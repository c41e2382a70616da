"""The log of a consultation: read as a draft at any time, issued once the decision is signed or over."""

from __future__ import annotations

from flask import Response, flash, redirect, url_for

from procure.authority.access import decision_for, decision_to_run, runs
from procure.authority.documents import CONSULTATION_LOG
from procure.authority.log_actions import CLOSED, issue_log
from procure.authority.views.room import Answer, pages, show
from procure.documents import actions as papers
from procure.documents.answers import readable, word_answer
from procure.now import now, today
from procure.people.access import enter, signed_in
from procure.refusals import Refusal


@pages.get("/decisions/<reference>/log")
@enter()
def log(reference: str) -> Answer:
    """The log as it stands, with what it still lacks, and the version that was issued."""
    person, at = signed_in(), now()
    found = decision_for(person, reference, today())
    content = papers.draft(CONSULTATION_LOG, found, subject=found.reference, by=person, at=at)
    gaps = papers.missing_from(CONSULTATION_LOG, found, subject=found.reference, by=person, at=at)
    return show(
        "log", found, gaps=gaps, body=readable(content), is_closed=found.state in CLOSED,
        may_issue=runs(person, found, today()) and found.state in CLOSED and not gaps,
        issued=papers.latest(found.trail_file(), CONSULTATION_LOG.name, found.reference),
    )  # fmt: skip


@pages.get("/decisions/<reference>/log/draft.docx")
@enter()
def log_file(reference: str) -> Response:
    """The draft as a Word file."""
    found = decision_for(signed_in(), reference, today())
    content = papers.draft(CONSULTATION_LOG, found, subject=found.reference, by=signed_in(), at=now())
    return word_answer(content, CONSULTATION_LOG.file_name(reference, "draft"))


@pages.post("/decisions/<reference>/log")
@enter()
def give_log(reference: str) -> Answer:
    """Issue the log: by the officer who runs the decision."""
    found = decision_to_run(signed_in(), reference, today())
    try:
        paper = issue_log(found, by=signed_in(), at=now())
    except Refusal as refusal:
        flash(f"{refusal.sentence} {refusal.who_can or ''}".strip(), "error")
        return redirect(url_for(".log", reference=reference))
    flash(f"{paper.title}, version {paper.number}, is issued and kept.")
    return redirect(url_for("documents.issued", number=paper.id))
