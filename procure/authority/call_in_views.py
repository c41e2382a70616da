"""Pages of call-in, for what a meeting decided and for a key decision: exempt, called in, scrutiny, its end."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from procure.authority import call_in_actions as actions
from procure.authority.access import decision_for
from procure.authority.call_in import CallInResult, scrutiny_by
from procure.authority.call_in_actions import Called, record_of
from procure.authority.call_in_forms import CallInForm, EndCallInForm, ExemptForm, ScrutinyForm
from procure.authority.decision_effect import effect_of_decision
from procure.authority.meeting_facts import effect_of_meeting
from procure.authority.meeting_room import KEEPERS, meeting_of
from procure.authority.models import Meeting
from procure.council.facts import rules_on
from procure.council.law import england
from procure.now import now, today
from procure.people.access import enter, signed_in
from procure.saving import save, status_of

pages = Blueprint("call_in", __name__)

Answer = str | Response | tuple[str, int]


def _called(kind: str, reference: str) -> Called:
    if kind == "meetings":
        return meeting_of(reference)
    return decision_for(signed_in(), reference, today())


def _filled(**values: Any) -> dict[str, Any]:
    """What a page offers before anything is typed."""
    return {} if request.method == "POST" else values


def _page(template: str, form: Any, of: Called, **more: Any) -> Answer:
    day = today()
    effect = effect_of_meeting(of, day) if isinstance(of, Meeting) else effect_of_decision(of, day)
    answer = render_template(
        f"authority/call_in/{template}.html", form=form, of=of, is_meeting=isinstance(of, Meeting), effect=effect,
        record=record_of(of), rules=rules_on(of.called_in_on or of.published_on or day), home=_home(of), **more,
    )  # fmt: skip
    return answer, status_of(form)


def _home(of: Called) -> str:
    if isinstance(of, Meeting):
        return url_for("meetings.meeting", reference=of.reference)
    return url_for("authority.read", reference=of.reference)


def _kept(form: Any, keep: Callable[[], object], of: Called, said: str) -> Response | None:
    """The way back once it is kept; None while something is wrong."""
    if not save(form, keep, file=of.trail_file()):
        return None
    flash(said, "message")
    return redirect(_home(of))


@pages.route("/meetings/<reference>/call-in", methods=["GET", "POST"], defaults={"kind": "meetings"})
@pages.route("/decisions/<reference>/call-in", methods=["GET", "POST"], defaults={"kind": "decisions"})
@enter(*KEEPERS)
def record(kind: str, reference: str) -> Answer:
    """Record that members called it in: who, when, on what grounds."""
    of = _called(kind, reference)
    form = CallInForm(**_filled(version=of.version, called_in_on=today()))

    def keep() -> None:
        actions.call_in(
            of, on=form.called_in_on.data, called_by=form.called_by.data, because=form.reason.data,
            entitled=bool(form.entitled.data), by=signed_in(), at=now(), sees=form.version.data,
        )  # fmt: skip

    said = "The call-in is recorded. Nothing may be done under the decision until it ends."
    return _kept(form, keep, of, said) or _page("record", form, of)


@pages.route("/meetings/<reference>/call-in/scrutiny", methods=["GET", "POST"], defaults={"kind": "meetings"})
@pages.route("/decisions/<reference>/call-in/scrutiny", methods=["GET", "POST"], defaults={"kind": "decisions"})
@enter(*KEEPERS)
def scrutiny(kind: str, reference: str) -> Answer:
    """Record the day on which scrutiny meets."""
    of = _called(kind, reference)
    if of.called_in_on is None:
        abort(404)
    form = ScrutinyForm(**_filled(version=of.version, scrutiny_on=of.scrutiny_on))
    rules = rules_on(of.called_in_on)
    by = scrutiny_by(of.called_in_on, rules.scrutiny_days if rules else None, england())

    def keep() -> None:
        actions.arrange_scrutiny(of, on=form.scrutiny_on.data, by=signed_in(), at=now(), sees=form.version.data)

    said = "The day of scrutiny is recorded."
    return _kept(form, keep, of, said) or _page("scrutiny", form, of, meets_by=by)


@pages.route("/meetings/<reference>/call-in/end", methods=["GET", "POST"], defaults={"kind": "meetings"})
@pages.route("/decisions/<reference>/call-in/end", methods=["GET", "POST"], defaults={"kind": "decisions"})
@enter(*KEEPERS)
def end(kind: str, reference: str) -> Answer:
    """Record what scrutiny made of it: it stands, or is sent back."""
    of = _called(kind, reference)
    form = EndCallInForm(**_filled(version=of.version, call_in_ended_on=of.scrutiny_on))

    def keep() -> None:
        actions.end_call_in(
            of, on=form.call_in_ended_on.data, result=CallInResult(form.result.data), said=form.said.data or "",
            by=signed_in(), at=now(), sees=form.version.data,
        )  # fmt: skip

    said = "The end of the call-in is recorded, and who acts under the decision is told."
    return _kept(form, keep, of, said) or _page("end", form, of)


@pages.route("/meetings/<reference>/call-in/exempt", methods=["GET", "POST"], defaults={"kind": "meetings"})
@pages.route("/decisions/<reference>/call-in/exempt", methods=["GET", "POST"], defaults={"kind": "decisions"})
@enter(*KEEPERS)
def exempt(kind: str, reference: str) -> Answer:
    """Record that an urgent decision is exempt from call-in, before it is published."""
    of = _called(kind, reference)
    rules = rules_on(today())
    chair = rules.scrutiny_chair_post if rules else None
    form = ExemptForm(**_filled(version=of.version, agreed_by=f"The {chair.name}" if chair else ""))

    def keep() -> None:
        actions.exempt(
            of, agreed_by=form.agreed_by.data, agreed_on=form.agreed_on.data, because=form.because.data,
            by=signed_in(), at=now(), sees=form.version.data,
        )  # fmt: skip

    said = "The exemption is recorded. The decision takes effect on the day it is published."
    return _kept(form, keep, of, said) or _page("exempt", form, of)
