"""Pages of this room: the report and its parts, up to its issue."""

from __future__ import annotations

from typing import Any, NoReturn

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from sqlalchemy import select

from procure.approval import actions
from procure.approval.facts import facts_of, is_cleared, is_decided, void_because
from procure.approval.forms import (
    NO,
    YES,
    ClosingForm,
    HeadingForm,
    ImplicationForm,
    MandateForm,
    NewImplicationForm,
    ReasonForm,
    ReasonsForm,
    RecommendationsForm,
    RiskForm,
)  # fmt: skip
from procure.approval.models import Implication, Report, ReportRisk
from procure.approval.recommending import void_sentence
from procure.approval.rules import NEVER_LEFT_OUT, USUAL_HEADINGS, Rating, report_may_be_issued
from procure.authority.forward_plan_facts import entry_for, state_for_day
from procure.authority.minutes import numeral
from procure.council.facts import rules_on
from procure.council.law import planning_england
from procure.extensions import db
from procure.fields.page_form import PageForm
from procure.law.periods import agenda_by, key_decision_notice_by
from procure.now import legal_day, now, today
from procure.people.access import enter, holds, signed_in
from procure.people.models import Post
from procure.people.rules import Role
from procure.procurement.access import may_change, procurement_for, procurement_to_change
from procure.procurement.models import Procurement
from procure.refusals import Refusal

pages = Blueprint("approval", __name__)

AT = "/procurements/<reference>/authority/report"


def _show(template: str, report: Report, form: PageForm | None = None, **context: Any) -> Any:
    procurement = report.procurement
    page = render_template(
        f"approval/{template}.html", procurement=procurement, page="authority", is_task=True, report=report, form=form,
        **context,
    )  # fmt: skip
    return page, 422 if form is not None and form.errors else 200


def _to_write(reference: str) -> Report:
    """The report of a file the person runs; where there is none yet, the page that begins one."""
    procurement = procurement_to_change(signed_in(), reference, today())
    return procurement.report or _first_begun(reference)


def _first_begun(reference: str) -> NoReturn:
    abort(redirect(url_for("approval.report", reference=reference)))


def _posts() -> list[tuple[str, str]]:
    rows = db.session.scalars(select(Post).where(Post.ended_on.is_(None)).order_by(Post.name))
    return [(str(post.id), post.name) for post in rows]


def _post(chosen: Any) -> Post | None:
    return db.session.get(Post, int(chosen)) if chosen else None


def _done(report: Report, said: str = "Saved.") -> Any:
    flash(said, "message")
    return redirect(url_for("approval.report", reference=report.procurement.reference))


@pages.get(AT)
@enter()
def report(reference: str) -> Any:
    person, day = signed_in(), today()
    procurement = procurement_for(person, reference, day)
    may_write = may_change(person, procurement, day)
    found = procurement.report
    if found is None:
        return render_template(
            "approval/no_report.html", procurement=procurement, page="authority", is_task=True, may_write=may_write
        )
    return _report_page(found, may_write)


def _report_page(found: Report, may_write: bool, refusal: Refusal | None = None) -> Any:
    facts = facts_of(found.procurement.only_lot, today())
    checks = report_may_be_issued(facts, today())
    return render_template(
        "approval/report.html", procurement=found.procurement, page="authority", is_task=True, report=found,
        facts=facts, tasks=_tasks(found.procurement, checks),
        missing=next((one for one in checks if not one.is_done), None),
        ready=sum(one.is_done for one in checks), may_write=may_write, refusal=refusal, numeral=numeral,
        agenda=agenda_by(found.meeting_on, planning_england()).answer if found.meeting_on else None,
    ), 422 if refusal else 200  # fmt: skip


def _tasks(procurement: Procurement, checks: Any) -> list[dict[str, Any]]:
    rows = [
        {
            "name": one.name, "hint": one.hint, "state": one.state,
            "href": url_for(one.page, reference=procurement.reference) if one.page else None,
        }
        for one in checks
    ]  # fmt: skip
    return sorted(rows, key=lambda row: row["state"] == "done")


@pages.post(f"{AT}/begin")
@enter(Role.OFFICER)
def begin(reference: str) -> Any:
    procurement = procurement_to_change(signed_in(), reference, today())
    actions.begin_report(procurement, by=signed_in(), at=now())
    return redirect(url_for("approval.report", reference=reference))


@pages.route(f"{AT}/heading", methods=["GET", "POST"])
@enter(Role.OFFICER)
def heading(reference: str) -> Any:
    report = _to_write(reference)
    form = HeadingForm(obj=report)
    if request.method == "GET" and report.is_key is not None:
        form.is_key.data = YES if report.is_key else NO
    if form.validate_on_submit():
        facts = _answers(form) | {"is_key": form.is_key.data == YES}
        try:
            actions.write(report, by=signed_in(), at=now(), sees=form.version.data, **facts)
            return _done(report)
        except Refusal as refusal:
            form.refuse(refusal.sentence, refusal.field)
    notice = key_decision_notice_by(report.meeting_on) if report.meeting_on else None
    entry = entry_for(report.procurement)
    return _show(
        "heading", report, form, notice=notice, rules=rules_on(today()), entry=entry,
        state=state_for_day(entry, report.meeting_on or entry.decision_on, today()) if entry else None,
    )  # fmt: skip


def _answers(form: PageForm) -> dict[str, Any]:
    """What was answered, by name; an empty line of words is kept as nothing written."""
    left = {"once", "version", "csrf_token"}
    return {
        one.name: "" if one.data is None and one.looks in ("text", "words") else one.data
        for one in form
        if one.name not in left
    }


@pages.route(f"{AT}/who-is-to-act", methods=["GET", "POST"])
@enter(Role.OFFICER)
def mandate(reference: str) -> Any:
    report = _to_write(reference)
    form = MandateForm(obj=report)
    form.delegate_post_id.choices = form.consultees.choices = _posts()
    if request.method == "GET":
        form.consultees.data = [str(one.post_id) for one in report.consultees]
        form.delegate_post_id.data = str(report.delegate_post_id or "")
    if form.validate_on_submit():
        chosen = [post for one in form.consultees.data or () if (post := _post(one))]
        post = _post(form.delegate_post_id.data)
        assert post is not None
        try:
            actions.ask_for(report, post, chosen, by=signed_in(), at=now(), sees=form.version.data)
            return _done(report)
        except Refusal as refusal:
            form.refuse(refusal.sentence, refusal.field)
    return _show("mandate", report, form)


@pages.route(f"{AT}/recommendations", methods=["GET", "POST"])
@enter(Role.OFFICER)
def recommendations(reference: str) -> Any:
    report = _to_write(reference)
    form = RecommendationsForm(obj=report)
    kept = [one.words for one in report.recommendations]
    said = kept or list(actions.model_words(report))
    if request.method == "POST":
        said = [text for text in request.form.getlist("words") if text.strip()]
        if "model" in request.form:
            said = list(actions.model_words(report))
        elif form.validate_on_submit():
            try:
                actions.recommend(report, said, by=signed_in(), at=now(), sees=form.version.data)
                return _done(report)
            except Refusal as refusal:
                form.refuse(refusal.sentence, refusal.field)
    return _show(
        "recommendations", report, form, boxes=[(numeral(n), text) for n, text in enumerate([*said, ""], start=1)],
        is_model=not kept, has_clearances=any(one.cleared_at for one in report.implications),
    )  # fmt: skip


@pages.route(f"{AT}/reasons", methods=["GET", "POST"])
@enter(Role.OFFICER)
def reasons(reference: str) -> Any:
    report = _to_write(reference)
    return _of_lines(report, ReasonsForm, "reasons", ("reasons", "background"))


@pages.route(f"{AT}/closing", methods=["GET", "POST"])
@enter(Role.OFFICER)
def closing(reference: str) -> Any:
    report = _to_write(reference)
    return _of_lines(report, ClosingForm, "closing", ("appendices", "background_papers"))


def _of_lines(report: Report, kind: type[PageForm], template: str, lists: tuple[str, ...]) -> Any:
    """A page whose lists are kept one a line."""
    given = {name: [line for line in getattr(report, name).split("\n") if line] for name in lists}
    form = kind(obj=report, data=given)
    for name in lists:
        if request.method == "GET":
            form[name].data = given[name]
    if form.validate_on_submit():
        facts = _answers(form)
        facts |= {name: "\n".join(facts[name] or ()) for name in lists}
        try:
            actions.write(report, by=signed_in(), at=now(), sees=form.version.data, **facts)
            return _done(report)
        except Refusal as refusal:
            form.refuse(refusal.sentence, refusal.field)
    return _show(template, report, form)


@pages.get(f"{AT}/implications")
@enter()
def implications(reference: str) -> Any:
    person, day = signed_in(), today()
    procurement = procurement_for(person, reference, day)
    return _implications_page(procurement.report or _first_begun(reference), NewImplicationForm())


def _implications_page(report: Report, form: NewImplicationForm) -> Any:
    held = {one.heading for one in report.implications}
    form.heading.choices = [(one, one) for one in USUAL_HEADINGS if one not in held]
    form.author_post_id.choices = _posts()
    return _show(
        "implications", report, form, may_write=may_change(signed_in(), report.procurement, today()),
        state={one: _state(one) for one in report.implications},
    )  # fmt: skip


def _state(one: Implication) -> dict[str, Any]:
    """How an implication stands, for the list and its own page."""
    changed = void_because(one)
    name = one.cleared_by.name if one.cleared_by else ""
    day = legal_day(one.cleared_at) if one.cleared_at else None
    return {
        "is_cleared": is_cleared(one), "is_written": bool(one.text), "by": name, "on": day,
        "void": void_sentence(changed, name, day) if changed and day else "",
    }  # fmt: skip


@pages.post(f"{AT}/implications")
@enter(Role.OFFICER)
def add_implication(reference: str) -> Any:
    report = _to_write(reference)
    form = NewImplicationForm()
    held = {one.heading for one in report.implications}
    form.heading.choices = [(one, one) for one in USUAL_HEADINGS if one not in held]
    form.author_post_id.choices = _posts()
    if form.validate_on_submit():
        try:
            added = actions.add_implication(
                report, str(form.heading.data), _post(form.author_post_id.data), by=signed_in(), at=now()
            )
            return redirect(url_for("approval.implication", reference=reference, number=added.number))
        except Refusal as refusal:
            form.refuse(refusal.sentence, refusal.field)
    return _implications_page(report, form)


def _implication(reference: str, number: int) -> Implication:
    """One implication: open to whoever may read the file."""
    procurement = procurement_for(signed_in(), reference, today())
    report = procurement.report
    found = next((one for one in report.implications if one.number == number), None) if report else None
    if found is None:
        abort(404)
    return found


@pages.route(f"{AT}/implications/<int:number>", methods=["GET", "POST"])
@enter()
def implication(reference: str, number: int) -> Any:
    one = _implication(reference, number)
    person, day = signed_in(), today()
    is_author = holds(person, one.author_post_id, day)
    may_write = (is_author or may_change(person, one.report.procurement, day)) and not is_decided(one.report)
    form = ImplicationForm(obj=one)
    form.author_post_id.choices = _posts()
    if request.method == "GET":
        form.author_post_id.data = str(one.author_post_id or "")
    if request.method == "POST" and not may_write:
        abort(403)
    if form.validate_on_submit():
        try:
            _save_implication(one, form)
            return redirect(url_for("approval.implications", reference=reference))
        except Refusal as refusal:
            form.refuse(refusal.sentence, refusal.field)
    return _show(
        "implication", one.report, form, one=one, state=_state(one), is_author=is_author, may_write=may_write,
        taking_back=ReasonForm(version=one.version), may_leave_out=one.heading not in NEVER_LEFT_OUT,
        rests=_rests_on(one.report),
    )  # fmt: skip


def _save_implication(one: Implication, form: ImplicationForm) -> None:
    """Save the words; with the other button, clear them in the same step."""
    verb = actions.write_and_clear if "clear" in request.form else actions.write_implication
    post = _post(form.author_post_id.data)
    verb(one, str(form.text.data), post, by=signed_in(), at=now(), sees=form.version.data)
    flash(f"You have cleared “{one.heading}”." if "clear" in request.form else "Saved.", "message")


def _rests_on(report: Report) -> list[tuple[str, str]]:
    return [(numeral(one.number), one.words) for one in report.recommendations]


@pages.post(f"{AT}/implications/<int:number>/take-back")
@enter()
def take_back(reference: str, number: int) -> Any:
    one = _implication(reference, number)
    person, day = signed_in(), today()
    if not (holds(person, one.author_post_id, day) or may_change(person, one.report.procurement, day)):
        abort(403)
    form = ReasonForm()
    form.validate()
    actions.take_back(one, because=str(form.reason.data or ""), by=person, at=now(), sees=form.version.data)
    flash("The clearance is taken back. The text can be changed.", "message")
    return redirect(url_for("approval.implication", reference=reference, number=number))


@pages.post(f"{AT}/implications/<int:number>/leave-out")
@enter(Role.OFFICER)
def leave_out(reference: str, number: int) -> Any:
    _to_write(reference)
    actions.leave_out(_implication(reference, number), by=signed_in(), at=now())
    return redirect(url_for("approval.implications", reference=reference))


@pages.route(f"{AT}/risks", methods=["GET", "POST"])
@enter(Role.OFFICER)
def risks(reference: str) -> Any:
    report = _to_write(reference)
    form = RiskForm()
    form.owner_post_id.choices = _posts()
    if form.validate_on_submit():
        try:
            actions.add_risk(report, by=signed_in(), at=now(), **_risk_answers(form))
            flash("The risk is added.", "message")
            return redirect(url_for("approval.risks", reference=reference))
        except Refusal as refusal:
            form.refuse(refusal.sentence, refusal.field)
    return _show("risks", report, form)


def _risk_answers(form: RiskForm) -> dict[str, Any]:
    return {
        "text": str(form.text.data), "rating": Rating(form.rating.data), "mitigation": str(form.mitigation.data),
        "owner": _post(form.owner_post_id.data),
    }  # fmt: skip


def _risk(report: Report, number: int) -> ReportRisk:
    if not 1 <= number <= len(report.risks):
        abort(404)
    return report.risks[number - 1]


@pages.route(f"{AT}/risks/<int:number>", methods=["GET", "POST"])
@enter(Role.OFFICER)
def risk(reference: str, number: int) -> Any:
    report = _to_write(reference)
    one = _risk(report, number)
    form = RiskForm(obj=one)
    form.owner_post_id.choices = _posts()
    if request.method == "GET":
        form.rating.data, form.owner_post_id.data = one.rating.value, str(one.owner_post_id)
    if form.validate_on_submit():
        try:
            given = _risk_answers(form)
            actions.change_risk(one, by=signed_in(), at=now(), sees=form.version.data, **given)
            return redirect(url_for("approval.risks", reference=reference))
        except Refusal as refusal:
            form.refuse(refusal.sentence, refusal.field)
    return _show("risk", report, form, number=number)


@pages.post(f"{AT}/risks/<int:number>/remove")
@enter(Role.OFFICER)
def remove_risk(reference: str, number: int) -> Any:
    report = _to_write(reference)
    actions.remove_risk(_risk(report, number), by=signed_in(), at=now())
    return redirect(url_for("approval.risks", reference=reference))


@pages.post(f"{AT}/issue")
@enter(Role.OFFICER)
def issue(reference: str) -> Any:
    report = _to_write(reference)
    try:
        actions.issue_report(report, by=signed_in(), at=now())
    except Refusal as refusal:
        return _report_page(_to_write(reference), True, refusal)
    flash("The report is issued. You can download it under Documents.", "message")
    return redirect(url_for("approval.report", reference=reference))
