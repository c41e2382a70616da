"""Pages of what is settled before the notice: the procurement strategy, and the conflicts assessment."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response

from procure.documents import actions as kept
from procure.documents.answers import readable, word_answer
from procure.documents.declare import Document
from procure.documents.gaps import HasGaps
from procure.documents.registry import document_named
from procure.extensions import db
from procure.fields.lines import LinesField
from procure.fields.page_form import PageForm
from procure.now import now, today
from procure.people.access import enter, signed_in
from procure.people.models import Post
from procure.people.rules import Role
from procure.procurement.access import may_change, procurement_for, procurement_to_change
from procure.procurement.models import Procurement
from procure.rows import Recorded
from procure.saving import save, status_of
from procure.tender import conflict_actions, strategy_actions
from procure.tender.conflict_models import ConflictsAssessment, ConsideredPerson
from procure.tender.strategy_forms import NO, YES, AssessmentForm, ConsideredForm, ReviewForm, StrategyForm
from procure.tender.views import pages

Answer = str | Response | tuple[str, int]
NOT_FACTS = ("once", "version", "csrf_token", "approver_post_id", "has_interest")


def _page(template: str, file: Procurement, **more: Any) -> str:
    return render_template(f"tender/{template}.html", procurement=file, page="tender", **more)


def _posts() -> list[tuple[str, str]]:
    posts = db.session.scalars(select(Post).where(Post.ended_on.is_(None)).order_by(Post.name))
    return [(str(post.id), post.name) for post in posts]


def _typed(form: PageForm) -> dict[str, Any]:
    """What was typed, as rows keep it: a list as lines, no words as empty words, no choice as none."""
    found: dict[str, Any] = {}
    for field in form:
        if field.short_name in NOT_FACTS:
            continue
        if isinstance(field, LinesField):
            found[field.short_name] = "\n".join(field.data)
        elif field.looks == "select":
            found[field.short_name] = field.data or None
        else:
            found[field.short_name] = "" if field.data is None and field.looks in ("text", "words") else field.data
    return found


def _given(row: Recorded | None, form: type[PageForm]) -> dict[str, Any]:
    """A row's facts as its form shows them; empty where there is no row."""
    if row is None:
        return {}
    found: dict[str, Any] = {"version": row.version}
    for field in form():
        if field.short_name != "version" and hasattr(row, field.short_name):
            value = getattr(row, field.short_name)
            if isinstance(field, LinesField):
                value = value.splitlines()
            elif field.looks == "select" and value is not None:
                value = str(getattr(value, "value", value))
            found[field.short_name] = value
    return found


def _form(kind: type[PageForm], given: dict[str, Any], posted: bool) -> Any:
    form = kind(data=given) if posted else kind(formdata=None, data=given)
    if hasattr(form, "approver_post_id"):
        form.approver_post_id.choices = _posts()
    return form


@pages.route("/procurements/<reference>/tender/strategy", methods=["GET", "POST"])
@enter(Role.OFFICER)
def strategy(reference: str) -> Answer:
    """Say what the procurement strategy needs beside what the file holds."""
    file = procurement_to_change(signed_in(), reference, today())

    def make(posted: bool = True) -> Any:
        return _form(StrategyForm, _given(file.strategy, StrategyForm), posted)

    form = make()

    def keep() -> None:
        strategy_actions.say_strategy(
            file, db.session.get_one(Post, int(form.approver_post_id.data)), _typed(form), by=signed_in(), at=now(),
            sees=form.version.data,
        )  # fmt: skip

    if save(form, keep, file=file.reference, fresh=lambda: make(False)):
        flash("The strategy is saved.")
        return redirect(url_for("documents.paper_page", reference=file.reference, name="procurement-strategy"))
    return _page("strategy", file, form=form, is_task=True), status_of(form)


@pages.get("/procurements/<reference>/tender/conflicts")
@enter()
def conflicts(reference: str) -> str:
    """Who was considered, what was found, and the reviews."""
    file = procurement_for(signed_in(), reference, today())
    return _page(
        "conflicts", file, assessment=file.conflicts, changes=may_change(signed_in(), file, today()), is_task=True
    )


@pages.route("/procurements/<reference>/tender/conflicts/prepared", methods=["GET", "POST"])
@enter(Role.OFFICER)
def conflicts_prepared(reference: str) -> Answer:
    """Say when the assessment was prepared and who approves it."""
    file = procurement_to_change(signed_in(), reference, today())

    def make(posted: bool = True) -> Any:
        return _form(AssessmentForm, _given(file.conflicts, AssessmentForm) or {"prepared_on": today()}, posted)

    form = make()

    def keep() -> None:
        conflict_actions.prepare_assessment(
            file, approver_post=db.session.get_one(Post, int(form.approver_post_id.data)), by=signed_in(), at=now(),
            sees=form.version.data, **_typed(form),
        )  # fmt: skip

    if save(form, keep, file=file.reference, fresh=lambda: make(False)):
        flash("The assessment is saved.")
        return redirect(url_for(".conflicts", reference=file.reference))
    return _page("conflicts_prepared", file, form=form, is_task=True), status_of(form)


def _assessment(file: Procurement) -> ConflictsAssessment:
    return file.conflicts or abort(404)


@pages.route("/procurements/<reference>/tender/conflicts/people", methods=["GET", "POST"])
@enter(Role.OFFICER)
def consider(reference: str) -> Answer:
    """Enter somebody who was considered."""
    file = procurement_to_change(signed_in(), reference, today())
    return _considered(file, _assessment(file), None)


@pages.route("/procurements/<reference>/tender/conflicts/people/<int:number>", methods=["GET", "POST"])
@enter(Role.OFFICER)
def considered(reference: str, number: int) -> Answer:
    """Change what was entered about somebody."""
    file = procurement_to_change(signed_in(), reference, today())
    assessment = _assessment(file)
    person = next((one for one in assessment.people if one.number == number), None)
    return _considered(file, assessment, person or abort(404))


def _considered(file: Procurement, assessment: ConflictsAssessment, person: ConsideredPerson | None) -> Answer:
    def make(posted: bool = True) -> Any:
        given = _given(person, ConsideredForm)
        if person is not None:
            given["has_interest"] = YES if person.interest else NO
        return _form(ConsideredForm, given, posted)

    form = make()

    def keep() -> None:
        facts = _typed(form)
        if form.has_interest.data == NO:
            facts["interest"] = ""
        conflict_actions.consider(assessment, facts, person=person, by=signed_in(), at=now(), sees=form.version.data)

    if save(form, keep, file=file.reference, fresh=lambda: make(False)):
        flash(f"{form.name.data} is on the list.")
        return redirect(url_for(".conflicts", reference=file.reference))
    return _page("conflicts_person", file, form=form, person=person, is_task=True), status_of(form)


def _declared(file: Procurement, number: int) -> tuple[Document, ConsideredPerson]:
    person = next((one for one in _assessment(file).people if one.number == number), None)
    return document_named("declaration-of-interests"), person or abort(404)


@pages.get("/procurements/<reference>/tender/conflicts/people/<int:number>/declaration")
@enter(Role.OFFICER)
def declaration(reference: str, number: int) -> str:
    """What somebody declared before the notice, as a paper."""
    file = procurement_to_change(signed_in(), reference, today())
    document, person = _declared(file, number)
    by, at, subject = signed_in(), now(), person.name
    issued = kept.latest(file.reference, document.name, subject)
    return render_template(
        "documents/draft.html", procurement=file, page="tender", document=document, is_task=True,
        gaps=kept.missing_from(document, person, subject=subject, by=by, at=at),
        body=readable(kept.draft(document, person, subject=subject, by=by, at=at)), issued=[issued] if issued else [],
        issue_href=url_for(".issue_declaration", reference=file.reference, number=number),
        draft_href=url_for(".declaration_file", reference=file.reference, number=number),
    )  # fmt: skip


@pages.get("/procurements/<reference>/tender/conflicts/people/<int:number>/declaration/draft.docx")
@enter(Role.OFFICER)
def declaration_file(reference: str, number: int) -> Response:
    """The draft as a Word file, to be signed."""
    file = procurement_to_change(signed_in(), reference, today())
    document, person = _declared(file, number)
    content = kept.draft(document, person, subject=person.name, by=signed_in(), at=now())
    return word_answer(content, document.file_name(file.reference, "draft"))


@pages.post("/procurements/<reference>/tender/conflicts/people/<int:number>/declaration")
@enter(Role.OFFICER)
def issue_declaration(reference: str, number: int) -> Response:
    """Issue what somebody declared."""
    file = procurement_to_change(signed_in(), reference, today())
    document, person = _declared(file, number)
    try:
        made = kept.issue(document, person, subject=person.name, by=signed_in(), at=now())
    except HasGaps as gaps:
        flash(gaps.sentence, "error")
        return redirect(url_for(".declaration", reference=file.reference, number=number))
    flash(f"{made.title}, version {made.number}, is issued and kept.")
    return redirect(url_for("documents.issued", number=made.id))


@pages.route("/procurements/<reference>/tender/conflicts/review", methods=["GET", "POST"])
@enter(Role.OFFICER)
def review_conflicts(reference: str) -> Answer:
    """Record a later look at the assessment."""
    file = procurement_to_change(signed_in(), reference, today())
    assessment = _assessment(file)
    form = ReviewForm(data={"on": today()})

    def keep() -> None:
        conflict_actions.review(
            assessment, on=form.on.data, at_stage=form.at_stage.data, result=form.result.data, by=signed_in(), at=now()
        )

    if save(form, keep, file=file.reference):
        flash("The review is recorded.")
        return redirect(url_for(".conflicts", reference=file.reference))
    return _page("conflicts_review", file, form=form, is_task=True), status_of(form)
