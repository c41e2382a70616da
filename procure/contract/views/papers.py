"""The papers of a contract: what each still lacks, the draft, and issuing it."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response as AnyResponse

from procure.contract.access import contract_for, may_change
from procure.contract.models import Contract
from procure.contract.paper_facts import WRITTEN_HERE, PaperOf, paper_of, papers_about, still_says_it
from procure.contract.views.room import contract_of, pages
from procure.documents import actions as kept
from procure.documents.answers import readable, word_answer
from procure.documents.gaps import HasGaps
from procure.documents.models import Paper
from procure.now import now, today
from procure.people.access import enter, signed_in

ANY = f"<any({', '.join(repr(document.name) for document in WRITTEN_HERE)}):paper>"


@pages.get("/contracts/<reference>/documents")
@enter()
def documents(reference: str) -> str:
    """What can be written about it and how each paper stands, what was issued, and the files kept with it."""
    contract, by, at = contract_for(signed_in(), reference, today()), signed_in(), now()
    issued = kept.papers_of(contract.reference)
    rows = [_row(one, issued, by=by, at=at) for one in papers_about(contract)]
    own = {(row["of"].document.name, row["of"].subject) for row in rows}
    return render_template(
        "contract/documents.html", contract=contract, page="documents", rows=rows, issued=issued,
        others=[paper for paper in issued if (paper.name, paper.subject) not in own],
        may_change=may_change(by, contract, today()),
    )  # fmt: skip


def _row(one: PaperOf, issued: list[Paper], **by_and_at: Any) -> dict[str, Any]:
    newest = next((paper for paper in issued if (paper.name, paper.subject) == (one.document.name, one.subject)), None)
    changed = newest is not None and not still_says_it(newest, one, by_and_at["at"])
    gaps = kept.missing_from(one.document, one.row, subject=one.subject, **by_and_at) if changed or not newest else []
    return {"of": one, "paper": newest, "changed": changed, "gaps": gaps}


def _wanted(contract: Contract, name: str, number: int) -> PaperOf:
    return paper_of(contract, name, number) or abort(404)


@pages.get(f"/contracts/<reference>/papers/{ANY}", defaults={"number": 0})
@pages.get(f"/contracts/<reference>/papers/{ANY}/<int:number>")
@enter()
def draft(reference: str, paper: str, number: int) -> str:
    """A paper as it stands, to read on any screen, with what it still lacks."""
    contract, by, at = contract_for(signed_in(), reference, today()), signed_in(), now()
    one = _wanted(contract, paper, number)
    about: dict[str, Any] = {"subject": one.subject, "by": by, "at": at}
    issued = [row for row in kept.papers_of(reference) if (row.name, row.subject) == (paper, one.subject)]
    again = not issued or not still_says_it(issued[0], one, at)
    changes_it = may_change(by, contract, today())
    at_it: dict[str, Any] = {"reference": reference, "paper": paper, "number": number}
    return render_template(
        "contract/paper.html", contract=contract, page="documents", is_task=True, of=one, issued=issued, again=again,
        may_change=changes_it,
        gaps=kept.missing_from(one.document, one.row, **about),
        body=readable(kept.draft(one.document, one.row, **about)),
        issue_href=url_for(".issue", **at_it) if again and changes_it else None,
        draft_href=url_for(".draft_file", **at_it),
    )  # fmt: skip


@pages.get(f"/contracts/<reference>/papers/{ANY}/draft.docx", defaults={"number": 0})
@pages.get(f"/contracts/<reference>/papers/{ANY}/<int:number>/draft.docx")
@enter()
def draft_file(reference: str, paper: str, number: int) -> AnyResponse:
    """The draft as a Word file."""
    contract = contract_for(signed_in(), reference, today())
    one = _wanted(contract, paper, number)
    content = kept.draft(one.document, one.row, subject=one.subject, by=signed_in(), at=now())
    named = f"{reference}-{one.subject}" if one.subject else reference
    return word_answer(content, one.document.file_name(named, "draft"))


@pages.post(f"/contracts/<reference>/papers/{ANY}/issue", defaults={"number": 0})
@pages.post(f"/contracts/<reference>/papers/{ANY}/<int:number>/issue")
@enter()
def issue(reference: str, paper: str, number: int) -> AnyResponse:
    """Issue the next version of a paper; refused while anything it prints is missing, once for the same words."""
    contract = contract_of(reference)
    one = _wanted(contract, paper, number)
    newest = kept.latest(reference, paper, one.subject)
    if newest is not None and still_says_it(newest, one, now()):
        flash(f"Version {newest.number} says it already.")
        return redirect(url_for("documents.issued", number=newest.id))
    try:
        made = kept.issue(one.document, one.row, subject=one.subject, by=signed_in(), at=now())
    except HasGaps as gaps:
        flash(gaps.sentence, "error")
        return redirect(url_for(".draft", reference=reference, paper=paper, number=number))
    flash(f"{made.title}, version {made.number}, is issued and kept.")
    return redirect(url_for("documents.issued", number=made.id))
