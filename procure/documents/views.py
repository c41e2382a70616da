"""A file's papers: the list, each one to read on any screen, and the Word file or PDF to keep."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response as AnyResponse

from procure.authority.access import decision_for, must_not_have_stepped_aside
from procure.authority.models import Decision
from procure.authority.register_gathering import powers_of_file
from procure.award.report_back_gathering import signed_awards
from procure.contract.access import contract_for
from procure.contract.models import Contract
from procure.documents import actions
from procure.documents.answers import readable, word_answer
from procure.documents.declare import Document
from procure.documents.gaps import HasGaps
from procure.documents.jobs import (
    PACK,
    PDF,
    PDF_OF_A_CONTRACT,
    file_stem,
    newest_of,
    pack_facts,
    papers_with_lots,
    rooms_of,
)
from procure.documents.models import Paper
from procure.documents.pdf import office
from procure.documents.registry import all_documents, document_named, working_names
from procure.evaluation.access import ROOM as EVALUATION
from procure.evaluation.access import file_of_bids_for, opens_paper_of_bids, opens_papers_of_lot
from procure.evaluation.jobs import PACK_OF_BIDS
from procure.extensions import db
from procure.jobs.actions import ask
from procure.now import now, today
from procure.people.access import enter, signed_in
from procure.people.rules import Role
from procure.procurement.access import may_change, procurement_for, procurement_to_change
from procure.procurement.models import Procurement
from procure.procurement.rules import Route, Stage

pages = Blueprint("documents", __name__)

OF_A_FILE = (
    "options-appraisal", "cabinet-report", "procurement-strategy", "conflicts-assessment", "delegation-register",
    "report-back",
)  # fmt: skip
"""Papers that are about the procurement itself and so can be drafted from its page at any time."""

ISSUED_HERE = tuple(name for name in OF_A_FILE if name != "cabinet-report")
"""Those of them that are issued from that page; the report is issued where it is cleared."""

OF_THE_COUNCIL = ("council", "forward-plan")
"""What papers are about that belong to no file and to no decision."""

STAGES_OF_PAPERS = (
    ("appraisal", "Options appraisal"), ("approval", "Approval"), ("authority", "Authority"), ("tender", "Tender"),
    ("evaluation", "Evaluation"), ("award", "Award"),
)  # fmt: skip
"""The parts of a file that can be packed alone."""


def _document(name: str) -> Document:
    try:
        return document_named(name)
    except KeyError:
        abort(404)


@pages.get("/procurements/<reference>/documents")
@enter()
def of_file(reference: str) -> str:
    """All issued papers of a file, and those that can be drafted now."""
    procurement = procurement_for(signed_in(), reference, today())
    drafts = [document for document in all_documents() if document.name in _drafted_now(procurement)]
    person, day, working = signed_in(), today(), working_names()
    papers = [
        paper
        for paper in papers_with_lots(procurement.reference)
        if paper.name not in working or opens_paper_of_bids(person, procurement, day, paper.subject)
    ]
    return render_template(
        "documents/of_file.html", procurement=procurement, page="documents", drafts=drafts,
        papers=papers[::-1], newest=newest_of(papers),
        parts=[part for part in STAGES_OF_PAPERS if part[0] in rooms_of(papers)],
        packs=[lot for lot in procurement.lots if lot.stage is not Stage.NEED],
        evaluated=[one for one in procurement.lots if one.evaluation and opens_papers_of_lot(person, one, day)],
    )  # fmt: skip


@pages.get("/procurements/<reference>/documents/<name>")
@enter()
def paper_page(reference: str, name: str) -> str:
    """A paper as it stands, to read on any screen, with what it still lacks."""
    procurement = procurement_for(signed_in(), reference, today())
    document = _drafted(name)
    content = actions.draft(document, procurement, by=signed_in(), at=now())
    return render_template(
        "documents/draft.html", procurement=procurement, page="documents", document=document, is_task=True,
        gaps=actions.missing_from(document, procurement, by=signed_in(), at=now()), body=readable(content),
        issued=[paper for paper in actions.papers_of(reference) if paper.name == name],
        issue_href=url_for(".issue", reference=reference, name=name)
        if name in ISSUED_HERE and may_change(signed_in(), procurement, today())
        else None,
        draft_href=url_for(".draft_file", reference=reference, name=name),
    )  # fmt: skip


def _drafted_now(procurement: Procurement) -> list[str]:
    """Papers that can be drafted as the file stands: nothing is reported back before a body's purchase is awarded."""
    by_scheme = procurement.route is Route.SCHEME
    left_out = {
        "options-appraisal": by_scheme,
        "procurement-strategy": by_scheme,
        "conflicts-assessment": by_scheme and procurement.conflicts is None,
        "delegation-register": not powers_of_file(procurement, today()),
        "report-back": by_scheme or not signed_awards(procurement),
    }
    return [name for name in OF_A_FILE if not left_out.get(name)]


def _drafted(name: str) -> Document:
    document = _document(name)
    if name not in OF_A_FILE or document.gather is None:
        abort(404)
    return document


@pages.get("/procurements/<reference>/documents/<name>/draft.docx")
@enter()
def draft_file(reference: str, name: str) -> Response:
    """The draft as a Word file."""
    procurement = procurement_for(signed_in(), reference, today())
    document = _drafted(name)
    content = actions.draft(document, procurement, by=signed_in(), at=now())
    return word_answer(content, document.file_name(reference, "draft"))


@pages.post("/procurements/<reference>/documents/<name>/issue")
@enter(Role.OFFICER)
def issue(reference: str, name: str) -> AnyResponse:
    """Issue a paper about the file; the report to Cabinet is issued from its own page, where it is cleared."""
    procurement = procurement_to_change(signed_in(), reference, today())
    if name not in ISSUED_HERE:
        abort(404)
    try:
        paper = actions.issue(_drafted(name), procurement, by=signed_in(), at=now())
    except HasGaps as gaps:
        flash(gaps.sentence, "error")
        return redirect(url_for(".paper_page", reference=reference, name=name))
    flash(f"{paper.title}, version {paper.number}, is issued and kept.")
    return redirect(url_for(".issued", number=paper.id))


@pages.get("/papers/<int:number>")
@enter()
def issued(number: int) -> str:
    """An issued paper, to read on any screen: inside its file, or by itself where it belongs to none."""
    paper, file = paper_open_to_reader(number)
    contract = file if isinstance(file, Contract) else None
    return render_template(
        "documents/issued.html" if file else "documents/issued_alone.html",
        procurement=None if contract else file,
        contract=contract,
        frame="contract/_frame.html" if contract else "procurement/_frame.html",
        page="documents",
        is_task=True,
        paper=paper,
        newer=_newer(paper),
        body=readable(actions.content_of(paper)),
        has_office=office() is not None,
    )


def _newer(paper: Paper) -> Paper | None:
    """The version that has taken the place of a paper; None where it is the newest."""
    last = actions.latest(paper.about, paper.name, paper.subject)
    return None if last is None or last.number == paper.number else last


@pages.get("/papers/<int:number>/word")
@enter()
def word_file(number: int) -> Response:
    """An issued paper as the file it is."""
    paper, _ = paper_open_to_reader(number)
    return word_answer(actions.content_of(paper), f"{file_stem(paper)}.{paper.ending}")


@pages.post("/papers/<int:number>/pdf")
@enter()
def make_pdf(number: int) -> AnyResponse:
    """Ask for an issued paper as PDF. It is made in the background; its own page says how far it is."""
    paper, file = paper_open_to_reader(number)
    if file is None or paper.is_workbook:
        abort(404)
    title = f"PDF of {paper.title}, version {paper.number}"
    kind = PDF_OF_A_CONTRACT if isinstance(file, Contract) else PDF
    job = ask(kind, title=title, about=paper.about, facts={"paper": paper.id}, by=signed_in(), at=now(),
              still_good=True)  # fmt: skip
    return redirect(url_for("jobs.one", number=job.id))


@pages.post("/procurements/<reference>/documents/pack")
@enter()
def make_pack(reference: str) -> AnyResponse:
    """Ask for all issued papers of a file, or of one stage, in one zip."""
    procurement = procurement_for(signed_in(), reference, today())
    must_not_have_stepped_aside(signed_in(), procurement.reference, today())
    room = request.form.get("room", "")
    if room and room not in dict(STAGES_OF_PAPERS):
        abort(404)
    title = f"{dict(STAGES_OF_PAPERS)[room]} papers in one pack" if room else "All papers in one pack"
    facts = pack_facts(procurement.reference, room)
    if room == EVALUATION:
        file_of_bids_for(signed_in(), reference, today())
    kind = PACK_OF_BIDS if room == EVALUATION else PACK
    job = ask(kind, title=title, about=procurement.reference, facts=facts, by=signed_in(), at=now(), still_good=True)
    return redirect(url_for("jobs.one", number=job.id))


def paper_open_to_reader(number: int) -> tuple[Paper, Procurement | Contract | None]:
    """An issued paper with its file, if the reader may open that file; None for a paper that belongs to no file.

    What belongs to a decision without a file is for the readers of that decision, what is the council's for staff.
    """
    paper, person, day = db.session.get(Paper, number), signed_in(), today()
    if paper is None:
        abort(404)
    if paper.about in OF_THE_COUNCIL:
        return paper, None
    if db.session.scalar(select(Decision.id).where(Decision.reference == paper.about)):
        decision_for(person, paper.about, day)
        return paper, None
    if db.session.scalar(select(Contract.id).where(Contract.reference == paper.about)):
        return paper, contract_for(person, paper.about, day)
    procurement = procurement_for(person, paper.about, day)
    must_not_have_stepped_aside(person, paper.about, day, paper)
    if paper.name in working_names() and not opens_paper_of_bids(person, procurement, day, paper.subject):
        abort(403)
    return paper, procurement


def papers_for_page(reference: str) -> list[dict[str, Any]]:
    """Issued papers as the director's page lists them."""
    return [
        {"name": f"{paper.title}", "href": url_for("documents.issued", number=paper.id), "size": paper.size}
        for paper in db.session.scalars(select(Paper).where(Paper.about == reference).order_by(Paper.id))
    ]
