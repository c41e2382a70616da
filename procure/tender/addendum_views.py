"""Pages of what bidders get after the notice: addenda, and the questions and answers as a paper."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from procure.documents import actions as kept
from procure.documents.answers import readable, word_answer
from procure.documents.gaps import HasGaps
from procure.now import now, today
from procure.people.access import enter, signed_in
from procure.people.rules import Role
from procure.procurement.access import lot_for, may_change
from procure.procurement.models import Lot
from procure.procurement.rules import Stage
from procure.saving import save, status_of
from procure.tender import addendum_actions as actions
from procure.tender.addendum_forms import AddendumForm, ChangeMethodForm
from procure.tender.addendum_models import Addendum
from procure.tender.documents import ADDENDUM, CLARIFICATION_LOG
from procure.tender.pack_facts import issued_of, still_says_it, subject_of
from procure.tender.rules import PriceFormula
from procure.tender.views import Answer, lot_page, lot_to_edit, method_form, pages, total_of


def _is_open(lot: Lot) -> bool:
    return lot.stage is Stage.OPEN_TO_BIDS and may_change(signed_in(), lot.procurement, today())


def _addendum(lot: Lot, number: int) -> Addendum:
    return next((one for one in lot.addenda if one.number == number), None) or abort(404)


@pages.get("/procurements/<reference>/tender/addenda")
@enter()
def addenda(reference: str) -> str:
    """Every change of the papers after the notice."""
    lot = lot_for(signed_in(), reference, today())
    return lot_page("addenda", lot, may_write=_is_open(lot))


@pages.route("/procurements/<reference>/tender/addenda/write", methods=["GET", "POST"])
@enter(Role.OFFICER)
def write_addendum(reference: str) -> Answer:
    """Write a new one, first filled with what answers to questions changed."""
    lot = lot_to_edit(reference)
    return _written(lot, None)


@pages.route("/procurements/<reference>/tender/addenda/<int:number>", methods=["GET", "POST"])
@enter(Role.OFFICER)
def change_addendum(reference: str, number: int) -> Answer:
    """Change one that isn't issued yet."""
    lot = lot_to_edit(reference)
    return _written(lot, _addendum(lot, number))


def _written(lot: Lot, row: Addendum | None) -> Answer:
    def make(posted: bool = True) -> Any:
        given = _given(lot, row)
        return AddendumForm(data=given) if posted else AddendumForm(formdata=None, data=given)

    form = make()
    if request.method == "POST" and "another" in request.form:
        form.offer_another()
        return lot_page("addendum", lot, form=form, addendum=row, is_task=True)
    found: list[Addendum] = []

    def keep() -> None:
        said = actions.AddendumWords(
            form.reason.data, form.may_be_made.data, form.deadline_reason.data, form.lines, form.new_deadline_at.data
        )
        found.append(actions.write_addendum(lot, said, row=row, by=signed_in(), at=now(), sees=form.version.data))

    if save(form, keep, file=lot.procurement.reference, fresh=lambda: make(False)):
        flash(f"Addendum {found[0].number} is written. Read it, then issue it.")
        return redirect(url_for(".addendum_paper", reference=lot.reference, number=found[0].number))
    return lot_page("addendum", lot, form=form, addendum=row, is_task=True), status_of(form)


@pages.route("/procurements/<reference>/tender/method/change", methods=["GET", "POST"])
@enter(Role.OFFICER)
def change_method(reference: str) -> Answer:
    """Change how bids will be judged while the competition is open, and tell every bidder by an addendum."""
    lot = lot_to_edit(reference)
    if lot.method is None or not _is_open(lot):
        return redirect(url_for(".method", reference=reference))
    form = method_form(lot, kind=ChangeMethodForm)
    if request.method == "POST" and "another" in request.form:
        form.offer_another()
        return lot_page(
            "method", lot, form=form, is_task=True, by_addendum=True, total=total_of(form), notes=form.notes()
        )

    def keep() -> None:
        said = actions.AddendumWords(
            form.reason.data, form.may_be_made.data, form.deadline_reason.data, (), form.new_deadline_at.data
        )
        actions.change_method(
            lot, said, by=signed_in(), at=now(), sees=form.version.data, price_weight=form.price_weight.data,
            formula=PriceFormula(form.formula.data), panel_size=form.panel_size.data, criteria=form.lines,
        )  # fmt: skip

    def fresh() -> Any:
        return method_form(lot, posted=False, kind=ChangeMethodForm)

    if save(form, keep, file=lot.procurement.reference, fresh=fresh):
        flash("The change is made and its addendum issued. Send it to every bidder, and issue the papers again.")
        return redirect(url_for(".addenda", reference=reference))
    answer = lot_page(
        "method", lot, form=form, is_task=True, by_addendum=True, total=total_of(form), notes=form.notes()
    )
    return answer, status_of(form)


def _given(lot: Lot, row: Addendum | None) -> dict[str, Any]:
    if row is None:
        told = {change.place for one in lot.addenda for change in one.changes}
        changed = [one.changed_text for one in lot.questions if one.published_on and one.changed_text]
        return {"changes": [{"place": text} for text in changed if text not in told]}
    return {
        "version": row.version, "reason": row.reason, "may_be_made": row.may_be_made,
        "deadline_reason": row.deadline_reason, "new_deadline_at": row.new_deadline_at,
        "changes": [{"place": one.place, "old": one.old, "new": one.new} for one in row.changes],
    }  # fmt: skip


@pages.get("/procurements/<reference>/tender/addenda/<int:number>/paper")
@enter()
def addendum_paper(reference: str, number: int) -> str:
    """An addendum as bidders will read it, with what it still lacks."""
    lot = lot_for(signed_in(), reference, today())
    row, by, at = _addendum(lot, number), signed_in(), now()
    subject = actions.subject_of_addendum(row)
    issued = kept.latest(row.trail_file(), ADDENDUM.name, subject)
    return render_template(
        "documents/draft.html", procurement=lot.procurement, lot=lot, page="tender", document=ADDENDUM, is_task=True,
        gaps=kept.missing_from(ADDENDUM, row, subject=subject, by=by, at=at),
        body=readable(kept.draft(ADDENDUM, row, subject=subject, by=by, at=at)), issued=[issued] if issued else [],
        issue_href=url_for(".issue_addendum", reference=reference, number=number)
        if _is_open(lot) and row.issued_at is None
        else None,
        draft_href=url_for(".addendum_file", reference=reference, number=number),
        change_href=url_for(".change_addendum", reference=reference, number=number)
        if _is_open(lot) and row.issued_at is None
        else None,
    )  # fmt: skip


@pages.get("/procurements/<reference>/tender/addenda/<int:number>/paper/draft.docx")
@enter()
def addendum_file(reference: str, number: int) -> Response:
    """The draft as a Word file."""
    lot = lot_for(signed_in(), reference, today())
    row = _addendum(lot, number)
    content = kept.draft(ADDENDUM, row, subject=actions.subject_of_addendum(row), by=signed_in(), at=now())
    return word_answer(content, ADDENDUM.file_name(f"{lot.reference}-{number}", "draft"))


@pages.post("/procurements/<reference>/tender/addenda/<int:number>/issue")
@enter(Role.OFFICER)
def issue_addendum(reference: str, number: int) -> Response:
    """Issue an addendum."""
    lot = lot_to_edit(reference)
    row = _addendum(lot, number)
    try:
        made = actions.issue_addendum(row, by=signed_in(), at=now())
    except HasGaps as gaps:
        flash(gaps.sentence, "error")
        return redirect(url_for(".addendum_paper", reference=reference, number=number))
    flash(f"Addendum {number} is issued and kept. Send it to every bidder today.")
    return redirect(url_for("documents.issued", number=made.id))


@pages.get("/procurements/<reference>/tender/questions/paper")
@enter()
def log_paper(reference: str) -> str:
    """The questions and answers as bidders get them, with what is still missing."""
    lot = lot_for(signed_in(), reference, today())
    by, at, subject = signed_in(), now(), subject_of(lot)
    issued = issued_of(lot, (CLARIFICATION_LOG,)).get(CLARIFICATION_LOG.name)
    changes = may_change(by, lot.procurement, today())
    is_due = issued is None or not still_says_it(issued, CLARIFICATION_LOG, lot, at)
    return render_template(
        "documents/draft.html", procurement=lot.procurement, lot=lot, page="tender", document=CLARIFICATION_LOG,
        is_task=True, gaps=kept.missing_from(CLARIFICATION_LOG, lot, subject=subject, by=by, at=at),
        body=readable(kept.draft(CLARIFICATION_LOG, lot, subject=subject, by=by, at=at)),
        issued=[issued] if issued else [],
        issue_href=url_for(".issue_log", reference=reference) if changes and is_due else None,
        draft_href=url_for(".log_file", reference=reference),
    )  # fmt: skip


@pages.get("/procurements/<reference>/tender/questions/paper/draft.docx")
@enter()
def log_file(reference: str) -> Response:
    """The draft as a Word file."""
    lot = lot_for(signed_in(), reference, today())
    content = kept.draft(CLARIFICATION_LOG, lot, subject=subject_of(lot), by=signed_in(), at=now())
    return word_answer(content, CLARIFICATION_LOG.file_name(lot.reference, "draft"))


@pages.post("/procurements/<reference>/tender/questions/paper/issue")
@enter(Role.OFFICER)
def issue_log(reference: str) -> Response:
    """Issue the questions and answers, or their next version."""
    lot = lot_to_edit(reference)
    try:
        made = actions.issue_log(lot, by=signed_in(), at=now())
    except HasGaps as gaps:
        flash(gaps.sentence, "error")
        return redirect(url_for(".log_paper", reference=reference))
    flash(f"{made.title}, version {made.number}, is issued and kept. Put it on the portal for all.")
    return redirect(url_for("documents.issued", number=made.id))
