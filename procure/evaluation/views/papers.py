"""The papers of an evaluation: what each still lacks, each one to read and to issue; and what only they ask."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Response, abort, flash, redirect, render_template, url_for
from sqlalchemy import select

from procure.documents import actions as kept
from procure.documents.answers import readable, word_answer
from procure.documents.declare import Document
from procure.documents.gaps import HasGaps
from procure.documents.models import Paper
from procure.evaluation.actions import papers as verbs
from procure.evaluation.documents import DECLARATION, OF_A_MEMBER, OF_THE_EVALUATION, SCORE_SHEET
from procure.evaluation.facts import all_scores_are_in, assessed_of, bids_of, member_for, panel_of, prices_are_open
from procure.evaluation.forms import AccountForm, checks_form
from procure.evaluation.models import Bid, PanelMember
from procure.evaluation.rules.papers import CHECKS
from procure.evaluation.views.fetching import (
    Answer,
    lot_to_change,
    lot_to_read,
    may_see_prices,
    must_be_cleared,
    page,
    pages,
    to,
)
from procure.extensions import db
from procure.now import now, today
from procure.people.access import enter, signed_in
from procure.people.models import Post
from procure.people.rules import Role
from procure.procurement.access import may_change
from procure.procurement.models import Lot
from procure.saving import save, status_of


@dataclass(frozen=True)
class Row:
    """One paper as the list tells of it. `closed` says why it can't be read yet."""

    title: str
    key: int
    name: str
    closed: str
    gaps: int
    paper: Paper | None


@pages.get("/procurements/<reference>/evaluation/papers")
@enter()
def papers(reference: str) -> Answer:
    """The papers of this evaluation, in the order in which they come about."""
    lot = lot_to_read(reference)
    must_be_cleared(lot, "the papers of the evaluation")
    rows = [
        _row(lot, document, member)
        for document in OF_THE_EVALUATION
        for member in (_members(lot, document) if document in OF_A_MEMBER else [None])
    ]
    return page("papers", lot, rows=rows, changes=may_change(signed_in(), lot.procurement, today()))


def _members(lot: Lot, document: Document) -> list[PanelMember]:
    """Whose paper it can be: all who declared, or all who score; a member sees their own alone."""
    evaluation, me = lot.evaluation, member_for(lot, signed_in())
    people = evaluation.panel if evaluation else []
    found = [one for one in people if one.declarations or document is SCORE_SHEET]
    if document is SCORE_SHEET:
        found = [one for one in found if one.scores_bids and one.left_at is None]
    if me is not None and (document is DECLARATION or not all_scores_are_in(panel_of(lot))):
        found = [one for one in found if one.id == me.id]
    return found


def _row(lot: Lot, document: Document, member: PanelMember | None) -> Row:
    title = f"{document.title}: {member.person.name}" if member else document.title
    closed = _closed(lot, document, member)
    by, at, subject = signed_in(), now(), verbs.subject_of(lot, member)
    paper = kept.latest(lot.trail_file(), document.name, subject)
    known = bool(closed) or paper is not None  # what was issued had no gap: the list needn't make it again
    gaps = [] if known else kept.missing_from(document, member or lot, subject=subject, by=by, at=at)
    return Row(title, member.id if member else 0, document.name, closed, len(gaps), paper)


def _closed(lot: Lot, document: Document, member: PanelMember | None) -> str:
    own = member is not None and member.person_id == signed_in().id
    if document.name in ("score-sheet", "moderation-record") and not own and not all_scores_are_in(panel_of(lot)):
        return "Closed until every evaluator has finished"
    if document.name == "evaluation-report" and not prices_are_open(lot, bids_of(lot)):
        return "Closed until every score is agreed"
    return ""


def _open(reference: str, name: str, key: int) -> tuple[Lot, Document, PanelMember | None]:
    """A paper for whoever may read it now; too early an attempt is refused and recorded (G3, G4, B15)."""
    lot = lot_to_read(reference)
    document = next((one for one in OF_THE_EVALUATION if one.name == name), None) or abort(404)
    if (document in OF_A_MEMBER) != bool(key):
        abort(404)
    must_be_cleared(lot, f"the {document.title.lower()}")
    member = None
    if key:
        panel = lot.evaluation.panel if lot.evaluation else []
        member = next((one for one in panel if one.id == key), None) or abort(404)
        me = member_for(lot, signed_in())
        if document is DECLARATION and me is not None and me.id != key:
            abort(403)
    verbs.open_paper(lot, document, member, signed_in(), at=now())
    return lot, document, member


@pages.get("/procurements/<reference>/evaluation/papers/<name>", defaults={"key": 0})
@pages.get("/procurements/<reference>/evaluation/papers/<name>/<int:key>")
@enter()
def paper(reference: str, name: str, key: int) -> str:
    """One of the papers as it stands, to read on any screen, with what it still lacks."""
    lot, document, member = _open(reference, name, key)
    by, at, about, subject = signed_in(), now(), member or lot, verbs.subject_of(lot, member)
    issued = kept.latest(lot.trail_file(), name, subject)
    return render_template(
        "documents/draft.html", procurement=lot.procurement, lot=lot, page="evaluation", document=document,
        is_task=True, gaps=kept.missing_from(document, about, subject=subject, by=by, at=at),
        body=readable(kept.draft(document, about, subject=subject, by=by, at=at)), issued=[issued] if issued else [],
        issue_href=url_for(".issue_paper", reference=reference, name=name, key=key)
        if may_change(by, lot.procurement, today())
        else None,
        draft_href=url_for(".paper_file", reference=reference, name=name, key=key),
    )  # fmt: skip


@pages.get("/procurements/<reference>/evaluation/papers/<name>/draft.docx", defaults={"key": 0})
@pages.get("/procurements/<reference>/evaluation/papers/<name>/<int:key>/draft.docx")
@enter()
def paper_file(reference: str, name: str, key: int) -> Response:
    """The draft as a Word file."""
    lot, document, member = _open(reference, name, key)
    content = kept.draft(document, member or lot, subject=verbs.subject_of(lot, member), by=signed_in(), at=now())
    return word_answer(content, document.file_name(lot.reference, "draft"))


@pages.post("/procurements/<reference>/evaluation/papers/<name>/issue", defaults={"key": 0})
@pages.post("/procurements/<reference>/evaluation/papers/<name>/<int:key>/issue")
@enter(Role.OFFICER)
def issue_paper(reference: str, name: str, key: int) -> Answer:
    """Issue one of the papers."""
    lot_to_change(reference)
    lot, document, member = _open(reference, name, key)
    try:
        made = verbs.issue_paper(lot, document, member, by=signed_in(), at=now())
    except HasGaps as gaps:
        flash(gaps.sentence, "error")
        return to("paper", lot, name=name, key=key)
    flash(f"{made.title}, version {made.number}, is issued and kept.")
    return redirect(url_for("documents.issued", number=made.id))


@pages.route("/procurements/<reference>/evaluation/checks", methods=["GET", "POST"])
@enter(Role.OFFICER)
def checks(reference: str) -> Answer:
    """Say what was found in each bid: missing, odd, conditions met, exclusion grounds."""
    lot = lot_to_change(reference)
    bids = bids_of(lot)
    prices = may_see_prices(lot, bids)

    def make(posted: bool = True) -> Any:
        kind = checks_form(bids, prices=prices)
        given = _checks_given(lot, bids)
        return kind(data=given) if posted else kind(formdata=None, data=given)

    form = make()

    def keep() -> None:
        found = {bid.id: _checked(form, bid, prices=prices) for bid in bids}
        verbs.check_bids(lot, found, by=signed_in(), at=now(), sees=form.version.data)

    if save(form, keep, file=lot.procurement.reference, fresh=lambda: make(False)):
        flash("The checks are saved.")
        return to("papers", lot)
    return page("checks", lot, form=form, bids=bids, prices=prices, is_task=True), status_of(form)


def _checks_given(lot: Lot, bids: list[Bid]) -> dict[str, Any]:
    given: dict[str, Any] = {"version": lot.evaluation.version if lot.evaluation else None}
    for bid in bids:
        if bid.check is not None:
            given |= {f"{name}_{bid.id}": getattr(bid.check, name) for name in (*CHECKS, "as_tendered")}
    return given


def _checked(form: Any, bid: Bid, *, prices: bool) -> verbs.Checked:
    said = {name: form[f"{name}_{bid.id}"].data or "" for name in CHECKS}
    before = bid.check.as_tendered if bid.check else None
    return verbs.Checked(**said, as_tendered=form[f"as_tendered_{bid.id}"].data if prices else before)


@pages.route("/procurements/<reference>/evaluation/account", methods=["GET", "POST"])
@enter(Role.OFFICER)
def account(reference: str) -> Answer:
    """Say what the evaluation report tells beside the scores."""
    lot = lot_to_change(reference)
    posts = db.session.scalars(select(Post).where(Post.ended_on.is_(None)).order_by(Post.name))
    choices = [(str(post.id), post.name) for post in posts]

    def make(posted: bool = True) -> Any:
        given = _account_given(lot)
        form = AccountForm(data=given) if posted else AccountForm(formdata=None, data=given)
        form.checker_post_id.choices = choices
        return form

    form = make()

    def keep() -> None:
        verbs.give_account(
            lot, events="\n".join(form.events.data), due_diligence=form.due_diligence.data or "",
            single_bid=form.single_bid.data or "", lessons="\n".join(form.lessons.data),
            checker_post=db.session.get_one(Post, int(form.checker_post_id.data)), checked_on=form.checked_on.data,
            by=signed_in(), at=now(), sees=form.version.data,
        )  # fmt: skip

    if save(form, keep, file=lot.procurement.reference, fresh=lambda: make(False)):
        flash("What the report says is saved.")
        return to("papers", lot)
    return page("account", lot, form=form, is_single=len(assessed_of(bids_of(lot))) == 1, is_task=True), status_of(form)


def _account_given(lot: Lot) -> dict[str, Any]:
    row = lot.evaluation.account if lot.evaluation else None
    if row is None:
        return {}
    return {
        "version": row.version, "events": row.events.splitlines(), "due_diligence": row.due_diligence,
        "single_bid": row.single_bid, "lessons": row.lessons.splitlines(),
        "checker_post_id": str(row.checker_post_id), "checked_on": row.checked_on,
    }  # fmt: skip
