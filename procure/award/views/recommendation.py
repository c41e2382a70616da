"""Pages of the award recommendation: read it as it stands, see what is missing, issue it."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from procure.award.models import Award
from procure.award.recommendation_actions import issue_recommendation, subject_of
from procure.award.recommendation_documents import OF_THE_RECOMMENDATION
from procure.award.views.room import pages
from procure.documents import actions as kept
from procure.documents.answers import readable, word_answer
from procure.documents.declare import Document
from procure.now import now, today
from procure.people.access import enter, signed_in
from procure.people.rules import Role
from procure.procurement.access import lot_for, lot_to_change, may_change


@pages.get("/procurements/<reference>/award/recommendation")
@enter()
def recommendation(reference: str) -> str:
    """The recommendation and its appendix: what each lacks, and whether they are issued."""
    lot = lot_for(signed_in(), reference, today())
    award = lot.award or abort(404)
    by, at, subject = signed_in(), now(), subject_of(award)
    rows = [
        {
            "document": one,
            "paper": kept.latest(award.trail_file(), one.name, subject),
            "gaps": kept.missing_from(one, award, subject=subject, by=by, at=at),
        }
        for one in OF_THE_RECOMMENDATION
    ]
    changes = may_change(by, lot.procurement, today()) and award.decision.signed_at is None
    return render_template(
        "award/recommendation.html", procurement=lot.procurement, lot=lot, page="award", award=award, rows=rows,
        may_issue=changes and not any(row["gaps"] for row in rows),
    )  # fmt: skip


@pages.post("/procurements/<reference>/award/recommendation")
@enter(Role.OFFICER)
def issue_papers(reference: str) -> Response:
    """Issue both."""
    lot = lot_to_change(signed_in(), reference, today())
    issue_recommendation(lot.award or abort(404), by=signed_in(), at=now())
    flash("The recommendation and its appendix are issued and kept.")
    return redirect(url_for(".recommendation", reference=lot.reference))


@pages.get("/procurements/<reference>/award/recommendation/<name>")
@enter()
def recommendation_paper(reference: str, name: str) -> str:
    """One of the two as it stands, to read on any screen, with what it still lacks."""
    award, document = _drafted(reference, name)
    by, at, subject = signed_in(), now(), subject_of(award)
    issued = kept.latest(award.trail_file(), name, subject)
    return render_template(
        "documents/draft.html", procurement=award.lot.procurement, lot=award.lot, page="award", document=document,
        is_task=True, gaps=kept.missing_from(document, award, subject=subject, by=by, at=at),
        body=readable(kept.draft(document, award, subject=subject, by=by, at=at)), issued=[issued] if issued else [],
        issue_href=None, draft_href=url_for(".recommendation_file", reference=award.lot.reference, name=name),
    )  # fmt: skip


@pages.get("/procurements/<reference>/award/recommendation/<name>/draft.docx")
@enter()
def recommendation_file(reference: str, name: str) -> Response:
    """The draft as a Word file."""
    award, document = _drafted(reference, name)
    content = kept.draft(document, award, subject=subject_of(award), by=signed_in(), at=now())
    return word_answer(content, document.file_name(award.lot.reference, "draft"))


def _drafted(reference: str, name: str) -> tuple[Award, Document]:
    award = lot_for(signed_in(), reference, today()).award or abort(404)
    return award, next((one for one in OF_THE_RECOMMENDATION if one.name == name), None) or abort(404)
