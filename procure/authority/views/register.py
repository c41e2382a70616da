"""The register of delegations as a paper: read as a draft at any time, issued as it stands on a day."""

from __future__ import annotations

from flask import Response, abort, flash, redirect, render_template, url_for

from procure.authority.documents import DELEGATION_REGISTER
from procure.authority.power import the_council
from procure.authority.views.room import Answer, pages
from procure.council.models import Council
from procure.documents import actions as papers
from procure.documents.answers import readable, word_answer
from procure.documents.gaps import HasGaps
from procure.now import now, today
from procure.people.access import enter, may_enter, signed_in
from procure.people.rules import Role


@pages.get("/decisions/powers/paper")
@enter()
def register_paper() -> Answer:
    """Every power of the council as it stands today, with the version issued last."""
    council, person, at = _council(), signed_in(), now()
    content = papers.draft(DELEGATION_REGISTER, council, by=person, at=at)
    gaps = papers.missing_from(DELEGATION_REGISTER, council, by=person, at=at)
    return render_template(
        "authority/register_paper.html", gaps=gaps, body=readable(content),
        may_issue=not gaps and may_enter("authority.issue_register", person, today()),
        issued=papers.latest(council.trail_file(), DELEGATION_REGISTER.name),
    )  # fmt: skip


@pages.get("/decisions/powers/paper/draft.docx")
@enter()
def register_file() -> Response:
    """The draft as a Word file."""
    content = papers.draft(DELEGATION_REGISTER, _council(), by=signed_in(), at=now())
    return word_answer(content, DELEGATION_REGISTER.file_name("council", "draft"))


@pages.post("/decisions/powers/paper")
@enter(Role.DEMOCRATIC_SERVICES, Role.MONITORING_OFFICER, Role.LEGAL)
def issue_register() -> Answer:
    """Issue the register as it stands today."""
    try:
        paper = papers.issue(DELEGATION_REGISTER, _council(), by=signed_in(), at=now())
    except HasGaps as gaps:
        flash(gaps.sentence, "error")
        return redirect(url_for(".register_paper"))
    flash(f"{paper.title}, version {paper.number}, is issued and kept.")
    return redirect(url_for("documents.issued", number=paper.id))


def _council() -> Council:
    return the_council() or abort(404)
