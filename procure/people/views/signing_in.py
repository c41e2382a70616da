"""Signing in and out, one-time codes, and choosing a password."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import pyotp
import segno
from flask import current_app, flash, g, redirect, render_template, request, session, url_for
from sqlalchemy import func, select
from werkzeug.wrappers import Response

from procure import words
from procure.council.models import Demonstration
from procure.extensions import db
from procure.fields.page_form import PageForm
from procure.frame import the_council
from procure.now import now, real_now, today
from procure.people import actions, keys, sessions
from procure.people.access import enter
from procure.people.codes import step_of
from procure.people.forms import ChoosePasswordForm, CodeForm, ForgottenForm, SetUpCodeForm, SignInForm
from procure.people.models import Person, SignIn
from procure.people.passwords import matches
from procure.people.rules import TokenPurpose
from procure.people.views.room import pages, show_refusal
from procure.refusals import Refusal

NEW_SECRET = "new_code_secret"  # noqa: S105 – the name of a cookie's part
Answer = str | Response | tuple[str, int]


@pages.route("/sign-in", methods=["GET", "POST"])
@enter(signed_in=False)
def sign_in() -> Answer:
    """Email address and password."""
    onward = local_path(request.args.get("next"))
    if g.person is not None:
        return redirect(onward or home())
    if g.sign_in is not None:
        return redirect(next_step(g.sign_in, onward))
    form = SignInForm()
    status = 200
    if form.validate_on_submit():
        person = _judged(form)
        if person is not None:
            return _let_in(person, onward)
        status = 422
    elif form.is_submitted():
        status = 422
    return render_template("people/sign_in.html", form=form, onward=onward), status


def _judged(form: SignInForm) -> Person | None:
    """The person whose address and password these are; else the form says why not."""
    email = (form.email.data or "").lower()
    subject, at = _tries_of(email), real_now()
    if refuse_haste(form, subject, at):
        return None
    person = db.session.scalars(select(Person).where(func.lower(Person.email) == email)).one_or_none()
    usable = person is not None and person.is_active
    if not matches(form.password.data or "", person.password_hash if person is not None and usable else None):
        form.refuse("The email address or the password is wrong. Check both and try again.")
        return None
    sessions.forget_tries(subject)
    return person


def _tries_of(email: str) -> str:
    """What wrong passwords are counted against: an account, as tried from one place."""
    return f"{email.lower()}|{request.remote_addr}"


def refuse_haste(form: PageForm, subject: str, at: datetime) -> bool:
    """Note a try; after five in fifteen minutes say when the next one is welcome."""
    again = sessions.note_try(subject, at=at)
    if again is None:
        return False
    form.refuse(f"Too many tries went wrong. Try again at {words.clock_time(again)}.")
    return True


def _let_in(person: Person, onward: str) -> Response:
    at, token = real_now(), request.cookies.get(device_cookie(person))
    remembered = person.totp_confirmed_at is not None and sessions.is_remembered(person, token, at)
    browser = request.user_agent.string
    session.clear()
    session[sessions.COOKIE] = sessions.begin(person, at=at, browser=browser, code_given=remembered)
    kept = sessions.found(session[sessions.COOKIE], at)
    assert kept is not None
    return redirect(next_step(kept, onward))


def next_step(kept: SignIn, onward: str = "") -> str:
    """Where a session goes next: to its code, to setting codes up, or on."""
    if sessions.is_whole(kept):
        return onward or home()
    page = "people.code" if kept.person.totp_secret else "people.set_up_code"
    return url_for(page, next=onward or None)


def home() -> str:
    """My work."""
    return url_for("desk.my_work") if "desk.my_work" in current_app.view_functions else url_for("council.settings")


def local_path(given: str | None) -> str:
    """A path of ours to go on to; empty for anything that could lead elsewhere."""
    if not given or not given.startswith("/") or given.startswith(("//", "/\\")) or any(c < " " for c in given):
        return ""
    parts = urlsplit(given)
    if parts.scheme or parts.netloc or "\\" in given or parts.path in ("/sign-in", "/sign-out"):
        return ""
    return given


def device_cookie(person: Person) -> str:
    """Several people may share a browser: each has a cookie of their own."""
    return f"device_{person.id}"


@pages.route("/sign-in/code", methods=["GET", "POST"])
@enter(signed_in=False)
def code() -> Answer:
    """The one-time code of a phone."""
    onward = local_path(request.args.get("next"))
    if g.sign_in is None:
        return redirect(url_for(".sign_in", next=onward or None))
    kept: SignIn = g.sign_in
    if sessions.is_whole(kept) or not kept.person.totp_secret:
        return redirect(next_step(kept, onward))
    form, person = CodeForm(), kept.person
    if form.validate_on_submit():
        at = real_now()
        if not refuse_haste(form, f"code|{person.id}", at):
            step = step_of(person.totp_secret or "", form.code.data or "", at)
            token = None if step is None else sessions.note_code(kept, step, at=at)
            if token is not None:
                sessions.forget_tries(f"code|{person.id}")
                session[sessions.COOKIE] = token
                return _go_on(person, onward, form.remember.data)
            form.code.refuse("That code isn’t right, or was used before. Enter the next one the app shows.")
    shown = pyotp.TOTP(person.totp_secret or "").now() if _is_of_a_demonstration(person) else None
    return render_template("people/code.html", form=form, shown=shown), 422 if form.is_submitted() else 200


def _is_of_a_demonstration(person: Person) -> bool:
    """Whether this is an invented person of a demonstration, who has no phone to look at."""
    return person.is_example and db.session.scalars(select(Demonstration.id)).first() is not None


def _go_on(person: Person, onward: str, remember: bool) -> Response:
    answer = redirect(onward or home())
    if remember:
        token = sessions.remember(person.id, named=request.user_agent.string, at=real_now())
        answer.set_cookie(
            device_cookie(person), token, max_age=int(sessions.REMEMBERED.total_seconds()), httponly=True,
            samesite="Lax", secure=bool(current_app.config["SESSION_COOKIE_SECURE"]),
        )  # fmt: skip
    return answer


@pages.route("/sign-in/set-up-code", methods=["GET", "POST"])
@enter(signed_in=False)
def set_up_code() -> Answer:
    """Tie a phone to the account: picture, key, first code."""
    onward = local_path(request.args.get("next"))
    if g.sign_in is None:
        return redirect(url_for(".sign_in", next=onward or None))
    kept: SignIn = g.sign_in
    person = kept.person
    if person.totp_secret:
        return redirect(next_step(kept, onward))
    form = SetUpCodeForm()
    secret = session.get(NEW_SECRET) or pyotp.random_base32()
    session[NEW_SECRET] = secret
    if form.validate_on_submit():
        at = real_now()
        step = None if refuse_haste(form, f"code|{person.id}", at) else step_of(secret, form.code.data or "", at)
        if step is not None:
            person_id, sign_in_id = person.id, kept.id
            actions.set_up_code(person, secret, at=now())
            token = sessions.note_code(db.session.get_one(SignIn, sign_in_id), step, at=at)
            sessions.forget_tries(f"code|{person_id}")
            session.pop(NEW_SECRET)
            session[sessions.COOKIE] = token or session[sessions.COOKIE]
            flash("One-time codes are set up. You will be asked for one when you sign in.")
            return redirect(onward or home())
        if not form.form_errors:
            form.code.refuse("That code doesn’t match the key. Check the clock of your phone and enter the next code.")
    answer = render_template("people/set_up_code.html", form=form, **_ways_to_scan(person, secret))
    return answer, 422 if form.is_submitted() else 200


def _ways_to_scan(person: Person, secret: str) -> dict[str, Any]:
    council = the_council()
    issuer = f"Procure {council.name}" if council else "Procure"
    address = pyotp.TOTP(secret).provisioning_uri(name=person.email, issuer_name=issuer)
    picture = segno.make(address, error="m").svg_data_uri(scale=4, border=2, dark="#0b0c0c", light="#ffffff")
    return {"picture": picture, "key": " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))}


@pages.post("/sign-out")
@enter(signed_in=False)
def sign_out() -> Response:
    """End this session."""
    if g.sign_in is not None:
        sessions.end(g.sign_in.id, at=real_now())
    session.clear()
    flash("You have signed out.")
    return redirect(url_for(".sign_in"))


@pages.route("/forgotten", methods=["GET", "POST"])
@enter(signed_in=False)
def forgotten() -> Answer:
    """Ask for a letter with a link. The answer is the same for every address."""
    form = ForgottenForm()
    if form.validate_on_submit():
        email = (form.email.data or "").lower()
        if not refuse_haste(form, f"forgotten|{email}", real_now()):
            actions.send_key_to(email, at=now())
            return render_template("people/forgotten_sent.html", email=email)
    return render_template("people/forgotten.html", form=form), 422 if form.is_submitted() else 200


@pages.route("/letters-key/<key>", methods=["GET", "POST"])
@enter(signed_in=False)
def choose_password(key: str) -> Answer:
    """Choose a password with the link of a letter. Opening the page changes and consumes nothing."""
    found = keys.key_found(key, TokenPurpose.INVITATION, TokenPurpose.NEW_PASSWORD, at=now())
    if found is None or found.person is None or not found.person.is_active:
        return render_template("people/key_not_good.html"), 410
    form, person, is_first = ChoosePasswordForm(), found.person, found.purpose is TokenPurpose.INVITATION
    if form.validate_on_submit():
        try:
            actions.set_password(key, form.password.data or "", at=now())
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            sessions.forget_tries(_tries_of(person.email))
            session.clear()
            flash("Your password is set. Sign in with it.")
            return redirect(url_for(".sign_in"))
    posts = [holding.post.name for holding in person.holdings if holding.covers(today())]
    answer = render_template("people/choose_password.html", form=form, reader=person, is_first=is_first, posts=posts)
    return answer, 422 if form.is_submitted() else 200
