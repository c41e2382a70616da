"""Pages of meetings: recording one, its resolutions, publication and call-in, and the authority of a file."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from sqlalchemy import select

from procure.authority import meeting_actions as actions
from procure.authority import meeting_forms as forms
from procure.authority.call_in import CallInResult, EffectState
from procure.authority.meeting_facts import does, effect_of_meeting, recent_meetings
from procure.authority.minutes import likely_kind, limits_said, numeral
from procure.authority.models import FollowUp, Meeting, Resolution
from procure.authority.rules import ActKind, ResolutionKind
from procure.authority.standing import standing_of
from procure.budget.actions import SetAside
from procure.council.facts import call_in_days_on
from procure.council.models import Council
from procure.extensions import db
from procure.fields import PageForm
from procure.now import now, today
from procure.people.access import current_person, enter, global_roles_of, holds, roles_of, signed_in
from procure.people.models import Post
from procure.people.rules import Role
from procure.procurement.access import may_change, procurement_for, procurement_to_change, readable
from procure.procurement.models import Procurement
from procure.refusals import Refusal

pages = Blueprint("meetings", __name__)

CLERKS = (Role.OFFICER, Role.DEMOCRATIC_SERVICES)
"""Who writes down what a body decided."""
CORRECTORS = (*CLERKS, Role.MONITORING_OFFICER)

FORMS: dict[ResolutionKind, type[forms.ResolutionForm]] = {
    ResolutionKind.APPROVE_PROCUREMENT: forms.ApproveForm,
    ResolutionKind.DELEGATE: forms.DelegateForm,
    ResolutionKind.RING_FENCE: forms.RingFenceForm,
}
FACTS_OF_A_MEETING = (
    "body", "held_on", "item", "title", "introduced_by", "background", "consulted_from_on", "consulted_until_on",
    "reasons", "alternatives", "interests", "call_in_days",
)  # fmt: skip


def _meeting(reference: str) -> Meeting:
    found = db.session.scalars(select(Meeting).where(Meeting.reference == reference)).one_or_none()
    if found is None:
        abort(404)
    return found


def _resolution(reference: str, number: int) -> Resolution:
    found = next((one for one in _meeting(reference).resolutions if one.number == number), None)
    if found is None:
        abort(404)
    return found


def _posts() -> list[tuple[str, str]]:
    rows = db.session.scalars(select(Post).where(Post.ended_on.is_(None)).order_by(Post.name))
    return [(str(post.id), post.name) for post in rows]


def _post(chosen: Any) -> Post | None:
    return db.session.get(Post, int(chosen)) if chosen else None


def _files() -> list[tuple[str, str]]:
    return [(one.reference, f"{one.reference} {one.title}") for one in readable(signed_in(), today())]


def _file(reference: Any) -> Procurement | None:
    return procurement_for(signed_in(), str(reference), today()) if reference else None


def _may(*roles: Role) -> bool:
    person = current_person()
    return person is not None and bool(roles_of(person, today()) & set(roles))


def _page(template: str, form: PageForm | None = None, **context: Any) -> Any:
    status = 422 if form is not None and form.errors else 200
    return render_template(f"authority/meetings/{template}.html", form=form, **context), status


# ── recording a meeting ──


@pages.route("/meetings/new", methods=["GET", "POST"])
@enter(*CLERKS)
def new() -> Any:
    council = db.session.scalars(select(Council).order_by(Council.id)).first()
    form = forms.MeetingForm(body=council.executive_name if council else "", call_in_days=call_in_days_on(today()))
    return _record(form, url_for("authority.index"), "Decisions")


@pages.route("/procurements/<reference>/authority/record", methods=["GET", "POST"])
@enter(Role.OFFICER)
def record_for(reference: str) -> Any:
    """Record the decision on a file: what its report says already is filled in."""
    file = procurement_to_change(signed_in(), reference, today())
    council = db.session.scalars(select(Council).order_by(Council.id)).first()
    report = file.report
    appraisal = file.appraisal
    rejected = [one for one in appraisal.options if one.rejected_reason] if appraisal else []
    form = forms.MeetingForm(
        body=council.executive_name if council else "", call_in_days=call_in_days_on(today()),
        held_on=report.meeting_on if report else None, item=report.item if report else "",
        title=report.title if report else file.title, reasons=report.reasons if report else "",
        introduced_by=f"The {file.portfolio_post.name}" if file.portfolio_post else "",
        is_key=None if report is None or report.is_key is None else forms.YES if report.is_key else forms.NO,
        alternatives="\n".join(f"Option {one.number}, {one.name}: {one.rejected_reason}" for one in rejected),
    )  # fmt: skip
    return _record(form, url_for(".file_authority", reference=reference), "Authority", file)


def _record(form: forms.MeetingForm, back: str, back_label: str, file: Procurement | None = None) -> Any:
    if form.validate_on_submit():
        try:
            meeting = actions.record_meeting(by=signed_in(), at=now(), **_minuted(form))
            return redirect(url_for(".new_resolution", reference=meeting.reference))
        except Refusal as refusal:
            form.refuse(refusal.sentence, refusal.field)
    return _page("new", form, back=back, back_label=back_label, file=file)


def _minuted(form: forms.MeetingForm) -> dict[str, Any]:
    facts = {name: form[name].data for name in FACTS_OF_A_MEETING}
    words = {"item", "introduced_by", "background", "reasons", "alternatives", "interests"}
    facts |= {name: facts[name] or "" for name in words}
    facts["consultation"] = "\n".join(form.consultation.data or ())
    facts["is_key"] = form.is_key.data == forms.YES
    return facts


# ── one meeting ──


@pages.get("/meetings/<reference>")
@enter()
def meeting(reference: str) -> Any:
    found = _meeting(reference)
    files = {one.procurement for one in found.resolutions if one.procurement}
    person, day = signed_in(), today()
    mine = {file for file in files if file in readable(person, day)}
    return _page(
        "meeting", meeting=found, effect=effect_of_meeting(found, day), does=does, limits=limits_said, files=mine,
        to_finish={task.id for one in found.resolutions for task in one.follow_ups if _may_finish(task)},
        may_record=_may(*CLERKS), may_correct=_may(*CORRECTORS),
        may_call_in=_may(Role.DEMOCRATIC_SERVICES, Role.MONITORING_OFFICER), states=EffectState, kinds=ResolutionKind,
        gives_nothing=not any(one.delegations for one in found.resolutions), is_unfinished=bool(_recommended(found)),
        buys=any(one.kind is ResolutionKind.APPROVE_PROCUREMENT for one in found.resolutions),
    )  # fmt: skip


@pages.route("/meetings/<reference>/resolutions/new", methods=["GET", "POST"])
@enter(*CLERKS)
def new_resolution(reference: str) -> Any:
    """What does the next resolution do? Guessed from the words the report recommended."""
    found = _meeting(reference)
    wanted = _recommended(found)
    form = forms.KindForm(kind=likely_kind(wanted).value if wanted else None)
    if form.validate_on_submit():
        return redirect(url_for(".resolution", reference=reference, kind=form.kind.data))
    return _page("kind", form, meeting=found, numeral=numeral(len(found.resolutions) + 1), recommended=wanted)


def _file_before(meeting: Meeting) -> Procurement | None:
    """The file whose issued report was on this item."""
    rows = db.session.scalars(select(Procurement).where(Procurement.report.has(meeting_on=meeting.held_on)))
    for file in rows:
        report = file.report
        if report and report.issued_at and (report.title == meeting.title or report.item == meeting.item != ""):
            return file
    return None


def _recommended(meeting: Meeting) -> str:
    """The words recommended for the next resolution, where the report has some."""
    file = _file_before(meeting)
    if file is None or file.report is None:
        return ""
    number = len(meeting.resolutions) + 1
    return next((one.words for one in file.report.recommendations if one.number == number), "")


@pages.route("/meetings/<reference>/resolutions/new/<kind>", methods=["GET", "POST"])
@enter(*CLERKS)
def resolution(reference: str, kind: str) -> Any:
    found = _meeting(reference)
    try:
        wanted = ResolutionKind(kind)
    except ValueError:
        abort(404)
    form = FORMS.get(wanted, forms.ResolutionForm)(version=found.version, **_known(found, wanted))
    _offer(form)
    if form.validate_on_submit():
        try:
            _resolve(found, wanted, form)
            flash("The resolution is recorded.", "message")
            return redirect(url_for(".meeting", reference=reference))
        except Refusal as refusal:
            form.refuse(refusal.sentence, refusal.field)
            found = _meeting(reference)
    return _page("resolution", form, meeting=found, kind=wanted, numeral=numeral(len(found.resolutions) + 1))


def _known(meeting: Meeting, kind: ResolutionKind) -> dict[str, Any]:
    """What the report on this item says already, for the form of a kind."""
    file = _file_before(meeting)
    report = file.report if file else None
    if file is None or report is None:
        return {}
    preferred = file.appraisal.preferred if file.appraisal else None
    known: dict[str, Any] = {"words": _recommended(meeting)}
    if kind in (ResolutionKind.APPROVE_PROCUREMENT, ResolutionKind.DELEGATE):
        known["procurement"] = file.reference
    if kind is ResolutionKind.APPROVE_PROCUREMENT and preferred:
        known["option_number"] = preferred.number
    if kind is ResolutionKind.DELEGATE:
        known["post_id"] = str(report.delegate_post_id or "")
        known["consultees"] = [str(one.post_id) for one in report.consultees]
    return known


def _offer(form: PageForm) -> None:
    """Fill the choices of whatever pickers a form has."""
    posts = _posts()
    for name in ("owner_post_id", "post_id", "consultees"):
        if name in form:
            form[name].choices = posts
    if "procurement" in form:
        form["procurement"].choices = _files()


def _resolve(meeting: Meeting, kind: ResolutionKind, form: Any) -> None:
    given: dict[str, Any] = {
        "owner_post": _post(form.owner_post_id.data), "follow_up": form.follow_up.data or "",
        "follow_up_by": form.follow_up_by.data,
    }  # fmt: skip
    if "procurement" in form:
        given["procurement"] = _file(form.procurement.data)
    if kind is ResolutionKind.APPROVE_PROCUREMENT:
        given["option_number"] = form.option_number.data
    if kind is ResolutionKind.DELEGATE:
        given["powers"] = _powers(form)
    if kind is ResolutionKind.RING_FENCE:
        given["set_aside"] = SetAside(
            name=form.name.data, from_on=form.from_on.data, until_on=form.until_on.data, purposes=form.purposes.data,
            basis=form.basis.data or "", amount=form.amount.data, amount_on=form.amount_on.data or meeting.held_on,
            amount_source=form.amount_source.data or "",
        )  # fmt: skip
    actions.resolve(meeting, kind, str(form.words.data), by=signed_in(), at=now(), sees=form.version.data, **given)


def _powers(form: Any) -> actions.Powers:
    post = _post(form.post_id.data)
    assert post is not None
    return actions.Powers(
        post=post, acts=[ActKind(one) for one in form.acts.data or ()],
        consultees=[found for one in form.consultees.data or () if (found := _post(one))],
        max_value_gross=form.max_value_gross.data, max_months=form.max_months.data,
        counterparty=form.counterparty.data or "", scope=form.scope.data or "", conditions=form.conditions.data or "",
        until_on=form.until_on.data,
    )  # fmt: skip


# ── publication and call-in ──


@pages.route("/meetings/<reference>/publish", methods=["GET", "POST"])
@enter(*CLERKS)
def publish(reference: str) -> Any:
    found = _meeting(reference)
    form = forms.PublishForm(obj=found)
    if form.validate_on_submit():
        try:
            actions.publish(found, on=form.published_on.data, by=signed_in(), at=now(), sees=form.version.data)
            flash("The day is recorded. Call-in counts from it.", "message")
            return redirect(url_for(".meeting", reference=reference))
        except Refusal as refusal:
            form.refuse(refusal.sentence, refusal.field)
    return _page("publish", form, meeting=_meeting(reference))


@pages.route("/meetings/<reference>/call-in", methods=["GET", "POST"])
@enter(Role.DEMOCRATIC_SERVICES, Role.MONITORING_OFFICER)
def call_in(reference: str) -> Any:
    found = _meeting(reference)
    form = forms.CallInForm(version=found.version, called_in_on=today())
    if form.validate_on_submit():
        try:
            actions.call_in(
                found, on=form.called_in_on.data, because=str(form.reason.data), by=signed_in(), at=now(),
                sees=form.version.data,
            )  # fmt: skip
            flash("The call-in is recorded. Nothing may be done under the decision until it ends.", "message")
            return redirect(url_for(".meeting", reference=reference))
        except Refusal as refusal:
            form.refuse(refusal.sentence, refusal.field)
    return _page("call_in", form, meeting=_meeting(reference))


@pages.route("/meetings/<reference>/call-in/end", methods=["GET", "POST"])
@enter(Role.DEMOCRATIC_SERVICES, Role.MONITORING_OFFICER)
def end_call_in(reference: str) -> Any:
    found = _meeting(reference)
    form = forms.EndCallInForm(version=found.version)
    if form.validate_on_submit():
        try:
            actions.end_call_in(
                found, on=form.call_in_ended_on.data, result=CallInResult(form.result.data), by=signed_in(), at=now(),
                sees=form.version.data,
            )  # fmt: skip
            return redirect(url_for(".meeting", reference=reference))
        except Refusal as refusal:
            form.refuse(refusal.sentence, refusal.field)
    return _page("end_call_in", form, meeting=_meeting(reference))


# ── putting right ──


@pages.route("/meetings/<reference>/correct", methods=["GET", "POST"])
@enter(*CORRECTORS)
def correct(reference: str) -> Any:
    found = _meeting(reference)
    form = forms.CorrectMeetingForm(obj=found)
    if request.method == "GET":
        form.is_key.data = forms.YES if found.is_key else forms.NO
        form.consultation.data = [line for line in found.consultation.split("\n") if line]
    if form.validate_on_submit():
        try:
            actions.correct_meeting(
                found, because=str(form.reason.data), by=signed_in(), at=now(), sees=form.version.data,
                published_on=form.published_on.data, **_minuted(form),
            )  # fmt: skip
            flash("The record is corrected. The trail keeps what stood before.", "message")
            return redirect(url_for(".meeting", reference=reference))
        except Refusal as refusal:
            form.refuse(refusal.sentence, refusal.field)
    return _page("correct", form, meeting=_meeting(reference))


@pages.route("/meetings/<reference>/resolutions/<int:number>/correct", methods=["GET", "POST"])
@enter(*CORRECTORS)
def correct_resolution(reference: str, number: int) -> Any:
    one = _resolution(reference, number)
    form = forms.CorrectResolutionForm(obj=one)
    _offer(form)
    if request.method == "GET":
        form.owner_post_id.data = str(one.owner_post_id or "")
    if form.validate_on_submit():
        try:
            actions.correct_resolution(
                one, because=str(form.reason.data), by=signed_in(), at=now(), sees=form.version.data,
                words=str(form.words.data), owner_post=_post(form.owner_post_id.data),
            )  # fmt: skip
            flash("The record is corrected. The trail keeps what stood before.", "message")
            return redirect(url_for(".meeting", reference=reference))
        except Refusal as refusal:
            form.refuse(refusal.sentence, refusal.field)
    return _page("correct_resolution", form, one=_resolution(reference, number))


def _may_finish(one: FollowUp) -> bool:
    return holds(signed_in(), one.post_id, today()) or bool(global_roles_of(signed_in(), today()) & set(CLERKS))


@pages.route("/meetings/<reference>/follow-ups/<int:number>", methods=["GET", "POST"])
@enter()
def follow_up(reference: str, number: int) -> Any:
    """Record that a follow-up is done: its owner's holder, or who records meetings."""
    one = db.session.get(FollowUp, number)
    if one is None or one.resolution.meeting.reference != reference:
        abort(404)
    person, day = signed_in(), today()
    if not _may_finish(one):
        abort(403)
    form = forms.DoneForm(version=one.version, done_on=day)
    if form.validate_on_submit():
        try:
            actions.finish_follow_up(one, on=form.done_on.data, by=person, at=now(), sees=form.version.data)
            flash("Done, and recorded.", "message")
            return redirect(url_for(".meeting", reference=reference))
        except Refusal as refusal:
            form.refuse(refusal.sentence, refusal.field)
    return _page("follow_up", form, one=one)


@pages.route("/meetings/<reference>/resolutions/<int:number>/supersede", methods=["GET", "POST"])
@enter(Role.DEMOCRATIC_SERVICES, Role.MONITORING_OFFICER)
def supersede(reference: str, number: int) -> Any:
    one = _resolution(reference, number)
    form = forms.SupersedeForm(version=one.version, superseded_on=today())
    if form.validate_on_submit():
        try:
            actions.supersede(one, on=form.superseded_on.data, because=str(form.reason.data), by=signed_in(), at=now())
            flash("The powers of this resolution are ended.", "message")
            return redirect(url_for(".meeting", reference=reference))
        except Refusal as refusal:
            form.refuse(refusal.sentence, refusal.field)
    return _page("supersede", form, one=_resolution(reference, number))


# ── the authority of a file ──


@pages.get("/procurements/<reference>/authority")
@enter()
def file_authority(reference: str) -> Any:
    person, day = signed_in(), today()
    file = procurement_for(person, reference, day)
    return _page(
        "of_file", procurement=file, page="authority", is_task=False, standing=standing_of(file, day),
        report=file.report, may_write=may_change(person, file, day), limits=limits_said, states=EffectState,
    )  # fmt: skip


@pages.app_template_global("recent_meetings")
def _recent(limit: int = 20) -> list[Meeting]:
    return recent_meetings(limit)
