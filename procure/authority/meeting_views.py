"""Pages of meetings: recording one, its resolutions and publication, putting right; and the authority of a file."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, request, url_for
from sqlalchemy import select

from procure.authority import meeting_actions as actions
from procure.authority import meeting_forms as forms
from procure.authority.call_in import EffectState
from procure.authority.follow_up_views import may_finish
from procure.authority.meeting_facts import does, effect_of_meeting, powers_given, published, recent_meetings
from procure.authority.meeting_room import (
    CLERKS,
    CORRECTORS,
    KEEPERS,
    chosen_post,
    meeting_of,
    pages,
    posts_to_choose,
    reader_is,
    resolution_of,
    show,
)
from procure.authority.minutes import likely_kind, limits_said, numeral
from procure.authority.models import Meeting
from procure.authority.publishing_facts import papers_of_meeting, undecided
from procure.authority.reading_facts import words_kept
from procure.authority.rules import ActKind, ResolutionKind, ResolutionStatus
from procure.authority.standing import standing_of
from procure.budget.actions import SetAside
from procure.council.facts import call_in_days_on
from procure.council.models import Council
from procure.extensions import db
from procure.fields.page_form import PageForm
from procure.now import now, today
from procure.people.access import enter, signed_in
from procure.people.rules import Role
from procure.procurement.access import may_change, procurement_for, procurement_to_change, readable
from procure.procurement.models import Procurement
from procure.refusals import Refusal

FORMS: dict[ResolutionKind, type[forms.ResolutionForm]] = {
    ResolutionKind.APPROVE_PROCUREMENT: forms.ApproveForm,
    ResolutionKind.DELEGATE: forms.DelegateForm,
    ResolutionKind.RING_FENCE: forms.RingFenceForm,
}
FACTS_OF_A_MEETING = (
    "body", "held_on", "item", "title", "introduced_by", "background", "consulted_from_on", "consulted_until_on",
    "reasons", "alternatives", "interests", "call_in_days",
)  # fmt: skip


def _files() -> list[tuple[str, str]]:
    return [(one.reference, f"{one.reference} {one.title}") for one in readable(signed_in(), today())]


def _file(reference: Any) -> Procurement | None:
    return procurement_for(signed_in(), str(reference), today()) if reference else None


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
    return show("new", form, back=back, back_label=back_label, file=file)


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
    found = meeting_of(reference)
    files = {one.procurement for one in found.resolutions if one.procurement}
    person, day = signed_in(), today()
    mine = {file for file in files if file in readable(person, day)}
    return show(
        "meeting", meeting=found, effect=effect_of_meeting(found, day), does=does, powers=powers_given, files=mine,
        to_finish={task.id for one in found.resolutions for task in one.follow_ups if may_finish(task)}, day=day,
        may_record=reader_is(*CLERKS), may_correct=reader_is(*CORRECTORS), may_call_in=reader_is(*KEEPERS),
        states=EffectState, kinds=ResolutionKind, statuses=ResolutionStatus,
        is_open_to_call_in=published(found).is_open_to_call_in, papers=papers_of_meeting(found),
        undecided=undecided(found),
        has_source=words_kept(found),
        gives_nothing=not any(one.delegations for one in found.resolutions), is_unfinished=bool(_recommended(found)),
        buys=any(one.kind is ResolutionKind.APPROVE_PROCUREMENT for one in found.resolutions),
    )  # fmt: skip


@pages.route("/meetings/<reference>/resolutions/new", methods=["GET", "POST"])
@enter(*CLERKS)
def new_resolution(reference: str) -> Any:
    """What does the next resolution do? Guessed from the words the report recommended."""
    found = meeting_of(reference)
    wanted = _recommended(found)
    form = forms.KindForm(kind=likely_kind(wanted).value if wanted else None)
    if form.validate_on_submit():
        return redirect(url_for(".resolution", reference=reference, kind=form.kind.data))
    return show("kind", form, meeting=found, numeral=numeral(len(found.resolutions) + 1), recommended=wanted)


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
    found = meeting_of(reference)
    try:
        wanted = ResolutionKind(kind)
    except ValueError:
        abort(404)
    known = {} if request.method == "POST" else {"version": found.version, **_known(found, wanted)}
    form = FORMS.get(wanted, forms.ResolutionForm)(**known)
    if isinstance(form, forms.DelegateForm) and "add" in request.form:
        form.add_row(posts_to_choose())
        _offer(form)
        return show("resolution", form, meeting=found, kind=wanted, numeral=numeral(len(found.resolutions) + 1))
    _offer(form)
    if form.validate_on_submit():
        try:
            _resolve(found, wanted, form)
            flash("The resolution is recorded.", "message")
            return redirect(url_for(".meeting", reference=reference))
        except Refusal as refusal:
            form.refuse(refusal.sentence, refusal.field)
            found = meeting_of(reference)
    return show("resolution", form, meeting=found, kind=wanted, numeral=numeral(len(found.resolutions) + 1))


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
        known["consultees"] = [{"post_id": str(one.post_id)} for one in report.consultees]
    return known


def _offer(form: PageForm) -> None:
    """Fill the choices of whatever pickers a form has."""
    if "owner_post_id" in form:
        form["owner_post_id"].choices = posts_to_choose()
    if isinstance(form, forms.DelegateForm):
        form.offer_posts(posts_to_choose())
    if "procurement" in form:
        form["procurement"].choices = _files()


def _resolve(meeting: Meeting, kind: ResolutionKind, form: Any) -> None:
    given: dict[str, Any] = {
        "owner_post": chosen_post(form.owner_post_id.data), "follow_up": form.follow_up.data or "",
        "follow_up_by": form.follow_up_by.data,
        "status": ResolutionStatus(form.status.data or ResolutionStatus.RESOLVED),
    }  # fmt: skip
    if "procurement" in form:
        given["procurement"] = _file(form.procurement.data)
    if kind is ResolutionKind.APPROVE_PROCUREMENT:
        given["option_number"] = form.option_number.data
    if kind is ResolutionKind.DELEGATE:
        given["powers"] = form.powers([ActKind(one) for one in form.acts.data or ()])
    if kind is ResolutionKind.RING_FENCE:
        given["set_aside"] = SetAside(
            name=form.name.data, from_on=form.from_on.data, until_on=form.until_on.data, purposes=form.purposes.data,
            basis=form.basis.data or "", amount=form.amount.data, amount_on=form.amount_on.data or meeting.held_on,
            amount_source=form.amount_source.data or "",
        )  # fmt: skip
    actions.resolve(meeting, kind, str(form.words.data), by=signed_in(), at=now(), sees=form.version.data, **given)


# ── publication ──


@pages.route("/meetings/<reference>/publish", methods=["GET", "POST"])
@enter(*CLERKS)
def publish(reference: str) -> Any:
    found = meeting_of(reference)
    form = forms.PublishForm(obj=found)
    if form.validate_on_submit():
        try:
            actions.publish(found, on=form.published_on.data, by=signed_in(), at=now(), sees=form.version.data)
            flash("The day is recorded. Call-in counts from it.", "message")
            return redirect(url_for(".meeting", reference=reference))
        except Refusal as refusal:
            form.refuse(refusal.sentence, refusal.field)
    return show("publish", form, meeting=meeting_of(reference))


# ── putting right ──


@pages.route("/meetings/<reference>/correct", methods=["GET", "POST"])
@enter(*CORRECTORS)
def correct(reference: str) -> Any:
    found = meeting_of(reference)
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
    return show("correct", form, meeting=meeting_of(reference))


@pages.route("/meetings/<reference>/resolutions/<int:number>/correct", methods=["GET", "POST"])
@enter(*CORRECTORS)
def correct_resolution(reference: str, number: int) -> Any:
    one = resolution_of(reference, number)
    form = forms.CorrectResolutionForm(obj=one)
    _offer(form)
    if request.method == "GET":
        form.owner_post_id.data = str(one.owner_post_id or "")
    if form.validate_on_submit():
        try:
            actions.correct_resolution(
                one, because=str(form.reason.data), by=signed_in(), at=now(), sees=form.version.data,
                words=str(form.words.data), owner_post=chosen_post(form.owner_post_id.data),
            )  # fmt: skip
            flash("The record is corrected. The trail keeps what stood before.", "message")
            return redirect(url_for(".meeting", reference=reference))
        except Refusal as refusal:
            form.refuse(refusal.sentence, refusal.field)
    return show("correct_resolution", form, one=resolution_of(reference, number))


@pages.route("/meetings/<reference>/resolutions/<int:number>/supersede", methods=["GET", "POST"])
@enter(Role.DEMOCRATIC_SERVICES, Role.MONITORING_OFFICER)
def supersede(reference: str, number: int) -> Any:
    one = resolution_of(reference, number)
    form = forms.SupersedeForm(version=one.version, superseded_on=today())
    if form.validate_on_submit():
        try:
            actions.supersede(one, on=form.superseded_on.data, because=str(form.reason.data), by=signed_in(), at=now())
            flash("The powers of this resolution are ended.", "message")
            return redirect(url_for(".meeting", reference=reference))
        except Refusal as refusal:
            form.refuse(refusal.sentence, refusal.field)
    return show("supersede", form, one=resolution_of(reference, number))


@pages.route("/meetings/<reference>/resolutions/<int:number>/rescind", methods=["GET", "POST"])
@enter(*KEEPERS)
def rescind(reference: str, number: int) -> Any:
    """Record that the body took a resolution back."""
    one = resolution_of(reference, number)
    form = forms.RescindForm(version=one.version, rescinded_on=today())
    if form.validate_on_submit():
        try:
            actions.rescind(
                one, on=form.rescinded_on.data, because=str(form.reason.data), by=signed_in(), at=now(),
                sees=form.version.data,
            )  # fmt: skip
            flash(f"Resolution {one.numeral} is rescinded.", "message")
            return redirect(url_for(".meeting", reference=reference))
        except Refusal as refusal:
            form.refuse(refusal.sentence, refusal.field)
    return show("rescind", form, one=resolution_of(reference, number))


# ── the authority of a file ──


@pages.get("/procurements/<reference>/authority")
@enter()
def file_authority(reference: str) -> Any:
    person, day = signed_in(), today()
    file = procurement_for(person, reference, day)
    return show(
        "of_file", procurement=file, page="authority", is_task=False, standing=standing_of(file, day),
        report=file.report, may_write=may_change(person, file, day), limits=limits_said, states=EffectState,
    )  # fmt: skip


@pages.app_template_global("recent_meetings")
def _recent(limit: int = 20) -> list[Meeting]:
    return recent_meetings(limit)
