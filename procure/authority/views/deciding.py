"""What the decision maker does: sign with the password again, return, refuse, ask for a chase."""

from __future__ import annotations

from flask import flash, redirect, url_for
from werkzeug.wrappers import Response

from procure import words
from procure.authority import actions, ending_actions
from procure.authority.access import decision_to_decide
from procure.authority.forms import ReasonForm, SignForm
from procure.authority.models import Decision
from procure.authority.power import answer_about
from procure.authority.rules import Interest
from procure.authority.views.reading import page_of
from procure.authority.views.room import Answer, pages, refuse_on, show
from procure.fields import PageForm
from procure.now import now, real_now, today
from procure.people import passwords, sessions
from procure.people.access import enter, signed_in
from procure.people.rules import Role
from procure.refusals import Refusal


def is_really_them(form: SignForm) -> bool:
    """Whether the password is the reader's own; else the form says so and keeps what was typed."""
    person, subject = signed_in(), f"signature|{signed_in().id}"
    again = sessions.note_try(subject, at=real_now())
    if again is not None:
        form.refuse(f"Too many tries went wrong. Try again at {words.clock_time(again)}.", "password")
        return False
    if not passwords.matches(form.password.data or "", person.password_hash):
        form.refuse("This isn’t your password. Nothing is signed, and what you typed is still here.", "password")
        return False
    sessions.forget_tries(subject)
    return True


def everything_is_given(found: Decision, form: SignForm) -> bool:
    """Whether the form lacks nothing. What it lacks is said at once: password, interest, reasons."""
    was_sent = form.validate_on_submit()
    for why in answer_about(found, today(), signed_in()).reasons:
        given = getattr(form, why.field, None) if why.field and why.field != "interest" else None
        if given is not None and not given.data:
            form.refuse(why.sentence, why.field)
    if form.password.data:
        is_really_them(form)
    return was_sent and not form.errors and not form.form_errors


@pages.post("/decisions/<reference>/sign")
@enter(Role.DECIDER)
def sign(reference: str) -> Answer:
    """Sign. The authority is tested again inside the act, and a refused attempt is recorded."""
    found = decision_to_decide(signed_in(), reference, today())
    form = SignForm(version=found.version)
    if not everything_is_given(found, form):
        return page_of(found, form)
    try:
        actions.sign(
            found, interest=Interest(form.interest.data), objection_reason=form.objection_reason.data or "",
            silence_reason=form.silence_reason.data or "", by=signed_in(), at=now(), sees=form.version.data,
        )  # fmt: skip
    except actions.SignatureRefused as refusal:
        if all(why.field for why in refusal.reasons):
            for why in refusal.reasons:
                form.refuse(why.sentence, why.field)
            return page_of(found, form)
        return show("not_signed", found, reasons=refusal.reasons, silent=_silent(found)), 422  # type: ignore[return-value]
    return redirect(url_for(".decision", reference=reference))


def _silent(found: Decision) -> bool:
    return any(view.answered_at is None for view in found.views)


@pages.route("/decisions/<reference>/return", methods=["GET", "POST"])
@enter(Role.DECIDER)
def give_back(reference: str) -> Answer:
    """Return the decision to the officer, with the reason."""
    return _end(reference, "return")


@pages.route("/decisions/<reference>/refuse", methods=["GET", "POST"])
@enter(Role.DECIDER)
def refuse(reference: str) -> Answer:
    """Refuse the decision for good, with the reason."""
    return _end(reference, "refuse")


def _end(reference: str, how: str) -> Answer:
    found = decision_to_decide(signed_in(), reference, today())
    form: PageForm = ReasonForm(version=found.version)
    if form.validate_on_submit():
        act = actions.return_to_officer if how == "return" else actions.refuse
        try:
            act(found, form.reason.data, by=signed_in(), at=now(), sees=form.version.data)
        except Refusal as refusal:
            refuse_on(form, refusal)
        else:
            officer = found.procurement.officer.name if found.procurement else found.prepared_by.name
            flash(f"You returned it to {officer}, who has your reason." if how == "return" else "You refused it.")
            return redirect(url_for(".index"))
    return show("end", found, form, how=how)


@pages.route("/decisions/<reference>/set-aside", methods=["GET", "POST"])
@enter(Role.DECIDER)
def set_aside(reference: str) -> Answer:
    """Set a signed award aside before any bidder is told, with the reason."""
    found = decision_to_decide(signed_in(), reference, today())
    form = ReasonForm(version=found.version)
    if form.validate_on_submit():
        try:
            ending_actions.set_aside(found, form.reason.data, by=signed_in(), at=now(), sees=form.version.data)
        except Refusal as refusal:
            refuse_on(form, refusal)
        else:
            flash("It is set aside. The case officer and everybody who was consulted are told.")
            return redirect(url_for(".read", reference=reference))
    return show("set_aside", found, form, stop=ending_actions.why_not_set_aside(found))


@pages.post("/decisions/<reference>/ask-to-chase")
@enter(Role.DECIDER)
def ask_to_chase(reference: str) -> Response:
    """Ask the case officer to chase the views that are missing."""
    found = decision_to_decide(signed_in(), reference, today())
    actions.ask_officer_to_chase(found, by=signed_in(), at=now())
    flash("We have asked the case officer to chase the missing views.")
    return redirect(url_for(".decision", reference=reference))
