"""Pages of the forward plan: what is to come, one notice, its publication and exceptions, the dates of a meeting."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response

from procure import words
from procure.audit.actions import what_follows
from procure.authority import forward_plan_actions as actions
from procure.authority import forward_plan_forms as forms
from procure.authority.access import decision_for
from procure.authority.access import may_read as may_read_decision
from procure.authority.documents import FORWARD_PLAN_NOTICE
from procure.authority.forward_plan_facts import (
    decisions_under,
    entry_for,
    entry_of_decision,
    notice_state,
    the_chair,
    the_plan,
)
from procure.authority.forward_plan_models import ForwardPlanEntry
from procure.authority.forward_plan_rules import around_a_meeting, earliest_if_public_on, is_in_time
from procure.authority.models import Decision
from procure.authority.rules import NoticeRoute
from procure.council.facts import call_in_days_on, rules_on
from procure.council.law import planning_england
from procure.documents.actions import latest
from procure.documents.models import Paper
from procure.extensions import db
from procure.frame import the_council
from procure.now import now, today
from procure.people.access import enter, signed_in
from procure.people.models import Post
from procure.people.rules import Role
from procure.procurement.access import may_read as may_read_file
from procure.procurement.access import procurement_for
from procure.procurement.models import Procurement
from procure.refusals import Refusal
from procure.saving import save, status_of

pages = Blueprint("forward_plan", __name__)
AT = "/forward-plan"
DRAFTERS = (Role.OFFICER, Role.DEMOCRATIC_SERVICES)

Answer = str | Response | tuple[str, int]


def _entry(reference: str) -> ForwardPlanEntry:
    found = db.session.scalars(select(ForwardPlanEntry).where(ForwardPlanEntry.reference == reference)).one_or_none()
    if found is None:
        abort(404)
    return found


def _page(template: str, form: Any = None, **around: Any) -> Answer:
    shown = render_template(f"authority/forward_plan/{template}.html", form=form, **around)
    return (shown, status_of(form)) if form is not None else shown


@pages.get(AT)
@enter()
def index() -> Answer:
    """Decisions to come by month, each with the state of its notice."""
    day = today()
    rows = the_plan(day)
    months: dict[str, list[tuple[ForwardPlanEntry, Any]]] = {}
    for one in rows:
        months.setdefault(words.month_year(one.decision_on), []).append((one, notice_state(one, day)))
    return _page("index", months=months, may_draft=actions.may_draft(signed_in(), day))


@pages.route(f"{AT}/new", methods=["GET", "POST"])
@enter(*DRAFTERS)
def new() -> Answer:
    """Enter a key decision to come: what its file and its report say already is filled in."""
    decision = _asked_decision()
    file = decision.procurement if decision is not None else _asked_file()
    form = _offered(forms.NoticeForm(**(_known_of(decision) if decision is not None else _known(file))))
    made: list[ForwardPlanEntry] = []
    if save(form, lambda: made.append(_enter(form, file, decision)), file=actions.FILE):
        flash(f"{made[0].reference} is entered. Democratic services publish it.")
        return redirect(url_for(".entry", reference=made[0].reference))
    return _page("write", form, entry=None, file=file)


def _asked_file() -> Procurement | None:
    reference = request.args.get("file", "")
    return procurement_for(signed_in(), reference, today()) if reference else None


def _asked_decision() -> Decision | None:
    reference = request.args.get("decision", "")
    return decision_for(signed_in(), reference, today()) if reference else None


def _known_of(decision: Decision) -> dict[str, Any]:
    """What an officer's or a member's key decision says already."""
    file = decision.procurement
    return _known(None) | {
        "matter": decision.title, "about": decision.summary, "body": "", "post_id": str(decision.post_id),
        "decision_on": decision.sign_by_on, "key_reason": decision.key_text,
        "wards_label": file.wards_label if file else "", "documents": ["Record of the decision"],
    }  # fmt: skip


def _offered(form: Any) -> Any:
    posts = db.session.scalars(select(Post).where(Post.ended_on.is_(None)).order_by(Post.name))
    form.post_id.choices = [(str(one.id), one.name) for one in posts]
    return form


def _known(file: Procurement | None) -> dict[str, Any]:
    """What the report, the file and the council say already."""
    council = the_council()
    known: dict[str, Any] = {
        "body": council.executive_name if council else "", "contact": council.procurement_email if council else "",
        "copies_at": f"The Council’s website, and {council.address.splitlines()[0]}" if council and council.address
        else "The Council’s website",
    }  # fmt: skip
    if file is None:
        return known
    report = file.report
    known |= {"matter": file.title, "about": file.description or file.need, "wards_label": file.wards_label}
    if report is not None:
        known |= {
            "matter": report.title or file.title, "decision_on": report.meeting_on, "key_reason": report.key_reason,
            "documents": [report.title or file.title, *report.appendices.splitlines()],
            "is_private": bool(report.exempt_paragraph), "private_paragraph": report.exempt_paragraph,
            "private_reason": report.exempt_reason,
        }  # fmt: skip
    return known


def _typed(form: Any) -> dict[str, Any]:
    lines = ("matter", "about", "body", "key_reason", "wards_label", "copies_at", "contact", "private_paragraph",
             "private_reason")  # fmt: skip
    post = db.session.get(Post, int(form.post_id.data)) if form.post_id.data else None
    return {
        **{name: (form[name].data or "").strip() for name in lines},
        "post": post, "decision_on": form.decision_on.data, "decision_until_on": form.decision_until_on.data,
        "documents": "\n".join(form.documents.data or ()), "is_private": bool(form.is_private.data),
    } | ({"body": ""} if post else {})  # fmt: skip


def _enter(form: Any, file: Procurement | None, decision: Decision | None) -> ForwardPlanEntry:
    is_example = file.is_example if file else decision.is_example if decision else False
    return actions.enter_notice(
        **_typed(form), procurement=file, decision=decision, is_example=is_example, by=signed_in(), at=now()
    )


@pages.get(f"{AT}/<reference>")
@enter()
def entry(reference: str) -> Answer:
    """One notice: what it says, whether it is in time, what can be done."""
    found, day, reader = _entry(reference), today(), signed_in()
    return _page(
        "entry", entry=found, state=notice_state(found, day),
        opens_file=found.procurement is not None and may_read_file(reader, found.procurement, day),
        decisions=[one for one in decisions_under(found) if may_read_decision(reader, one, day)],
        may_draft=actions.may_draft(signed_in(), day),
        may_publish=actions.may_publish(signed_in(), day),
        paper=latest(actions.FILE, FORWARD_PLAN_NOTICE.name, found.reference),
    )  # fmt: skip


@pages.route(f"{AT}/<reference>/change", methods=["GET", "POST"])
@enter(*DRAFTERS)
def change(reference: str) -> Answer:
    """Correct a draft; once it is public, move the decision to a later day."""
    found = _entry(reference)
    if found.published_on is not None:
        return _move(found)
    form = _offered(forms.NoticeForm(obj=found) if request.method == "POST" else _filled(found))
    if save(
        form,
        lambda: actions.change_notice(found, by=signed_in(), at=now(), sees=form.version.data, **_typed(form)),
        file=actions.FILE, fresh=lambda: _offered(_filled(found)),
    ):  # fmt: skip
        flash("Saved.")
        return redirect(url_for(".entry", reference=reference))
    return _page("write", form, entry=found, file=found.procurement)


def _filled(found: ForwardPlanEntry) -> Any:
    names = ("matter", "about", "body", "decision_on", "decision_until_on", "key_reason", "wards_label", "copies_at",
             "contact", "is_private", "private_paragraph", "private_reason", "version")  # fmt: skip
    return forms.NoticeForm(
        None, documents=found.documents.splitlines(), post_id=str(found.post_id or ""),
        **{name: getattr(found, name) for name in names},
    )  # fmt: skip


def _move(found: ForwardPlanEntry) -> Answer:
    form = forms.MoveForm(
        version=found.version, decision_on=found.decision_on, decision_until_on=found.decision_until_on
    )
    facts = {"decision_on": form.decision_on.data, "decision_until_on": form.decision_until_on.data}
    if save(
        form, lambda: actions.change_notice(found, by=signed_in(), at=now(), sees=form.version.data, **facts),
        file=actions.FILE,
    ):  # fmt: skip
        flash("The day is moved.")
        return redirect(url_for(".entry", reference=found.reference))
    return _page("move", form, entry=found)


@pages.route(f"{AT}/<reference>/publish", methods=["GET", "POST"])
@enter(Role.DEMOCRATIC_SERVICES)
def publish(reference: str) -> Answer:
    """Record that the notice is out, and issue it as a paper."""
    found = _entry(reference)
    form = forms.PublishNoticeForm(version=found.version, on=today())
    if save(
        form,
        lambda: actions.publish_notice(found, on=_day(form.on), by=signed_in(), at=now(), sees=form.version.data),
        file=actions.FILE,
    ):
        with what_follows():
            _issue(found, "The notice is published.")
        return redirect(url_for(".entry", reference=reference))
    return _page("publish", form, entry=found, state=notice_state(found, today()))


def _day(field: Any) -> date:
    day: date = field.data
    return day


@pages.route(f"{AT}/<reference>/exception", methods=["GET", "POST"])
@enter(Role.DEMOCRATIC_SERVICES)
def exception(reference: str) -> Answer:
    """Record a general exception or special urgency."""
    found = _entry(reference)
    if is_in_time(found.published_on, found.decision_on):
        flash("This notice keeps 28 clear days. No exception is needed.")
        return redirect(url_for(".entry", reference=reference))
    form = forms.ExceptionForm(
        version=found.version, on=found.told_on or found.agreed_on or today(), reason=found.exception_reason,
        published_on=found.exception_published_on, chair_name=found.chair_name or the_chair(),
        route=found.route.value if found.route is not NoticeRoute.FORWARD_PLAN else None,
    )  # fmt: skip
    if save(
        form,
        lambda: actions.use_exception(
            found, NoticeRoute(form.route.data), reason=form.reason.data or "", chair_name=form.chair_name.data or "",
            on=_day(form.on), published_on=form.published_on.data, by=signed_in(), at=now(), sees=form.version.data,
        ),
        file=actions.FILE,
    ):  # fmt: skip
        flash("The exception is recorded." if form.published_on.data else "Recorded. Publish the reasons next.")
        return redirect(url_for(".entry", reference=reference))
    return _page(
        "exception", form, entry=found, state=notice_state(found, today()),
        earliest=earliest_if_public_on(today(), planning_england()), route=NoticeRoute, rules=rules_on(today()),
    )  # fmt: skip


@pages.route(f"{AT}/<reference>/withdraw", methods=["GET", "POST"])
@enter(*DRAFTERS)
def withdraw(reference: str) -> Answer:
    """Withdraw a notice, with the reason."""
    found = _entry(reference)
    form = forms.WithdrawForm(version=found.version)
    if save(
        form,
        lambda: actions.withdraw_notice(
            found, form.reason.data or "", by=signed_in(), at=now(), sees=form.version.data
        ),
        file=actions.FILE,
    ):  # fmt: skip
        flash("The notice is withdrawn.")
        return redirect(url_for(".index"))
    return _page("withdraw", form, entry=found)


@pages.post(f"{AT}/<reference>/paper")
@enter(Role.DEMOCRATIC_SERVICES)
def paper(reference: str) -> Response:
    """Issue the notice as a paper, to put on the website."""
    made = _issue(_entry(reference), "")
    if made is None:
        return redirect(url_for(".entry", reference=reference))
    return redirect(url_for("documents.issued", number=made.id))


def _issue(entry: ForwardPlanEntry, done: str) -> Paper | None:
    """The notice as a paper; what it lacks is told, and what is done stays done."""
    try:
        made = actions.issue_notice(entry, by=signed_in(), at=now())
    except Refusal as refusal:
        flash(" ".join(part for part in (done, refusal.sentence, refusal.who_can) if part), "error")
        return None
    flash(f"{done} {made.title}, version {made.number}, is issued and kept.".strip())
    return made


@pages.get(f"{AT}/dates")
@enter()
def dates() -> Answer:
    """The dates that hang on a meeting, each with its working."""
    form = forms.MeetingDayForm(request.args or None, meta={"csrf": False})
    found = None
    if request.args and form.validate():
        day = _day(form.on)
        try:
            found = around_a_meeting(day, call_in_days_on(day), planning_england())
        except Refusal as refusal:
            form.refuse(refusal.sentence, "on")
    return _page("dates", form, found=found)


@pages.get("/procurements/<reference>/authority/notice")
@enter()
def of_file(reference: str) -> Response:
    """The notice of a file, or the page that enters one."""
    file = procurement_for(signed_in(), reference, today())
    found = entry_for(file)
    if found is not None:
        return redirect(url_for(".entry", reference=found.reference))
    return _enter_or_read(file=reference)


@pages.get("/decisions/<reference>/notice")
@enter()
def of_decision(reference: str) -> Response:
    """The notice of an officer's key decision, or the page that enters one."""
    decision = decision_for(signed_in(), reference, today())
    found = entry_of_decision(decision)
    if found is not None:
        return redirect(url_for(".entry", reference=found.reference))
    return _enter_or_read(decision=reference)


def _enter_or_read(**about: Any) -> Response:
    """The page that enters a notice; the plan itself for those who only read it."""
    if actions.may_draft(signed_in(), today()):
        return redirect(url_for(".new", **about))
    flash("It isn’t in the forward plan yet. The case officer or democratic services can enter it.")
    return redirect(url_for(".index"))
