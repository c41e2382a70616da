"""A file's papers: the list, each one to read on any screen, and the Word file or PDF to keep."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, render_template, url_for
from markupsafe import Markup
from sqlalchemy import select
from werkzeug.wrappers import Response as AnyResponse

from procure.documents import actions
from procure.documents.declare import Document
from procure.documents.models import Paper
from procure.documents.pdf import office, to_pdf
from procure.documents.reading import as_html
from procure.documents.registry import all_documents, document_named
from procure.extensions import db
from procure.now import now, today
from procure.people.access import enter, signed_in
from procure.people.rules import Role
from procure.procurement.access import may_change, procurement_for, procurement_to_change
from procure.procurement.models import Procurement

pages = Blueprint("documents", __name__)

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
OF_A_FILE = ("options-appraisal", "cabinet-report")
"""Papers that are about the procurement itself and so can be drafted from its page at any time."""


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
    drafts = [document for document in all_documents() if document.name in OF_A_FILE and document.gather]
    return render_template(
        "documents/of_file.html", procurement=procurement, page="documents", drafts=drafts,
        papers=actions.papers_of(reference), has_office=office() is not None,
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
        gaps=actions.missing_from(document, procurement, by=signed_in(), at=now()), body=_readable(content),
        issued=[paper for paper in actions.papers_of(reference) if paper.name == name],
        may_change=may_change(signed_in(), procurement, today()),
    )  # fmt: skip


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
    return _download(content, document.file_name(reference, "draft"))


@pages.post("/procurements/<reference>/documents/<name>/issue")
@enter(Role.OFFICER)
def issue(reference: str, name: str) -> AnyResponse:
    """Issue the options appraisal; the report is issued from its own page, where it is cleared."""
    procurement = procurement_to_change(signed_in(), reference, today())
    if name != "options-appraisal":
        abort(404)
    paper = actions.issue(_drafted(name), procurement, by=signed_in(), at=now())
    flash(f"{paper.title}, version {paper.number}, is issued and kept.")
    return redirect(url_for(".issued", number=paper.id))


@pages.get("/papers/<int:number>")
@enter()
def issued(number: int) -> str:
    """An issued paper, to read on any screen."""
    paper, procurement = _paper(number)
    return render_template(
        "documents/issued.html", procurement=procurement, page="documents", is_task=True, paper=paper,
        body=_readable(actions.content_of(paper)), has_office=office() is not None,
    )  # fmt: skip


@pages.get("/papers/<int:number>/word")
@enter()
def word_file(number: int) -> Response:
    """An issued paper as the Word file it is."""
    paper, _ = _paper(number)
    return _download(actions.content_of(paper), f"{_file_stem(paper)}.docx")


@pages.get("/papers/<int:number>/pdf")
@enter()
def pdf_file(number: int) -> Response:
    """An issued paper as PDF, where the server has LibreOffice."""
    paper, _ = _paper(number)
    content = to_pdf(actions.content_of(paper))
    if content is None:
        abort(404)
    return _download(content, f"{_file_stem(paper)}.pdf", "application/pdf")


def _readable(content: bytes) -> Markup:
    """A paper as part of a page. `as_html` escapes every word and lets through nothing but structure."""
    return Markup(as_html(content, top=2))  # noqa: S704


def _file_stem(paper: Paper) -> str:
    return "-".join(part for part in (paper.about, paper.name, paper.subject, f"v{paper.number}") if part)


def _paper(number: int) -> tuple[Paper, Procurement]:
    """An issued paper with its file, if the reader may open that file."""
    paper = db.session.get(Paper, number)
    if paper is None:
        abort(404)
    return paper, procurement_for(signed_in(), paper.about, today())


def _download(content: bytes, name: str, kind: str = WORD) -> Response:
    answer = Response(content, mimetype=kind)
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer


def papers_for_page(reference: str) -> list[dict[str, Any]]:
    """Issued papers as the director's page lists them."""
    return [
        {"name": f"{paper.title}", "href": url_for("documents.issued", number=paper.id), "size": paper.size}
        for paper in db.session.scalars(select(Paper).where(Paper.about == reference).order_by(Paper.id))
    ]
