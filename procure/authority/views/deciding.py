"""What the decision maker does: sign with the password again, return, refuse, ask for a chase."""

from __future__ import annotations

from flask import flash, redirect, url_for
from werkzeug.wrappers import Response

from procure import words
from procure.audit.actions import AlreadyDone, ChangedMeanwhile
from procure.authority import ending_actions, signing_actions
from procure.authority.access import decision_to_decide
from procure.authority.forms import ReasonForm, SignForm
from procure.authority.models import Decision
from procure.authority.question import answer_about
from procure.authority.rules import DecisionState, Interest
from procure.authority.views.reading import page_of
from procure.authority.views.room import Answer, pages, refuse_on, show
from procure.extensions import db
from procure.fields.page_form import PageForm
from procure.now import now, real_now, today
from procure.people import passwords, sessions
from procure.people.access import enter, signed_in
from procure.people.codes import step_of, use_code
from procure.people.rules import Role
from procure.refusals import Refusal


def is_really_them(form: SignForm, use: bool) -> bool:
    """Whether the password is the reader's own, or a one-time code of their phone; else the form says so.

    What was typed elsewhere on the page is kept. A code is used up only where everything else is given (`use`).
    """
    person, typed, at = signed_in(), form.password.data or "", real_now()
    subject, of_codes = f"signature|{person.id}", f"code|{person.id}"
    again = sessions.note_try(subject, at=at)
    if again is not None:
        form.refuse(f"Too many tries went wrong. Try again at {words.clock_time(again)}.", "password")
        return False
    if passwords.matches(typed, person.password_hash):
        sessions.forget_tries(subject)
        return True
    step = step_of(person.totp_secret, typed, at) if person.totp_secret and person.totp_confirmed_at else None
    if step is not None and sessions.note_try(of_codes, at=at) is None:
        if not use or use_code(person.id, step, at=at):
            sessions.forget_tries(subject)
            sessions.forget_tries(of_codes)
            return True
        form.refuse("That code was used before. Wait for the next one, or enter your password.", "password")
        return False
    form.refuse(f"This isn’t {_what_is_asked()}. Nothing is signed, and what you typed is still here.", "password")
    return False


def _what_is_asked() -> str:
    return "your password, nor a code from your phone" if signed_in().totp_confirmed_at else "your password"


def everything_is_given(found: Decision, form: SignForm) -> bool:
    """Whether the form lacks nothing. What it lacks is said at once: password, interest, reasons."""
    was_sent = form.validate_on_submit()
    for why in answer_about(found, today(), signed_in()).reasons:
        given = getattr(form, why.field, None) if why.field and why.field != "interest" else None
        if given is not None and not given.data:
            form.refuse(why.sentence, why.field)
    if form.password.data:
        lacks_nothing = was_sent and not form.errors and not form.form_errors
        is_really_them(form, use=lacks_nothing)
    return was_sent and not form.errors and not form.form_errors


@pages.post("/decisions/<reference>/sign")
@enter(Role.DECIDER)
def sign(reference: str) -> Answer:
    """Sign. The authority is tested again inside the act, and a refused attempt is recorded."""
    found = decision_to_decide(signed_in(), reference, today())
    form = SignForm(version=found.version)
    if form.interest.data == Interest.DECLARED.value:
        return _steps_aside(found, form)  # nobody who steps aside owes a password or a reason for going ahead
    if not everything_is_given(found, form):
        return page_of(found, form)
    try:
        signing_actions.sign(
            found, interest=Interest(form.interest.data), objection_reason=form.objection_reason.data or "",
            silence_reason=form.silence_reason.data or "", by=signed_in(), at=now(), sees=form.version.data,
        )  # fmt: skip
    except signing_actions.SignatureRefused as refusal:
        if all(why.field for why in refusal.reasons):
            for why in refusal.reasons:
                form.refuse(why.sentence, why.field)
            return page_of(found, form)
        return _not_signed(found, refusal)
    except (ChangedMeanwhile, AlreadyDone):
        return _signed_or_stale(found, form)
    return redirect(url_for(".decision", reference=reference))


def _steps_aside(found: Decision, form: SignForm) -> Answer:
    """An interest is put on record. Who has one reads why they can't sign, and who can."""
    try:
        signing_actions.declare_interest(found, by=signed_in(), at=now(), sees=form.version.data)
    except signing_actions.SignatureRefused as refusal:
        return _not_signed(found, refusal)
    except (ChangedMeanwhile, AlreadyDone):
        return _signed_or_stale(found, form)
    flash("Your interest is on record, and the case officer is told. Somebody else decides, or you return it.")
    return redirect(url_for(".decision", reference=found.reference))


def _not_signed(found: Decision, refusal: signing_actions.SignatureRefused) -> Answer:
    """Every reason why not, and who could act or mend it."""
    who_could = answer_about(found, today(), signed_in()).who_could
    page = show("not_signed", found, reasons=refusal.reasons, who_could=who_could or None, silent=_silent(found))
    return (page, 422) if isinstance(page, str) else page


def _signed_or_stale(found: Decision, form: SignForm) -> Answer:
    """After a second tab or a second press: one signature, said once. On a page that is out of date: read it again."""
    db.session.refresh(found)
    if found.state is DecisionState.SIGNED:
        flash("This decision is signed. One signature counts, and it is the first.")
        return redirect(url_for(".decision", reference=found.reference))
    form.refuse("Somebody has changed this since you opened it. Nothing is signed. Read it again before you sign.")
    form.version.data, form.version.raw_data = found.version, None
    stale = page_of(found, form)
    return (stale[0], 409) if isinstance(stale, tuple) else stale


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
        act = signing_actions.return_to_officer if how == "return" else signing_actions.refuse
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
    signing_actions.ask_officer_to_chase(found, by=signed_in(), at=now())
    flash("We have asked the case officer to chase the missing views.")
    return redirect(url_for(".decision", reference=reference))
