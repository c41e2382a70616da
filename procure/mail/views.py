"""Letters: what was sent to whom and what could not be; and whether the installation is well."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, flash, jsonify, redirect, render_template, request, url_for
from sqlalchemy import Select, or_, select
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.wrappers import Response as AnyResponse

from procure import words
from procure.extensions import db
from procure.mail import actions
from procure.mail.access import reads_every_letter
from procure.mail.declare import all_emails
from procure.mail.health import Health, last_round_at, letters_failed, letters_waiting, look
from procure.mail.models import Letter
from procure.mail.rules import KEY_TAKEN_OUT, LetterState, shown
from procure.now import now, real_now, today
from procure.people.access import enter, global_roles_of, signed_in
from procure.people.models import Person
from procure.people.rules import Role
from procure.refusals import Refusal

pages = Blueprint("mail", __name__)

SENDERS = frozenset({Role.OFFICER, Role.ADMINISTRATOR})
A_PAGE = 50

ONLY_THE_LETTER = "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"
"""A letter's own HTML runs nothing and fetches nothing. It needs its inline styles."""


def _roles(person: Person) -> frozenset[Role]:
    return global_roles_of(person, today())


def _may_send() -> bool:
    return bool(_roles(signed_in()) & SENDERS)


def _readable(person: Person) -> Select[Letter]:
    every = select(Letter).where(Letter.sealed_for.is_(None))
    if reads_every_letter(person, today()):
        return every
    return every.where(or_(Letter.to_id == person.id, Letter.to_email == person.email))


def _letter(number: int) -> Letter:
    found = db.session.scalars(_readable(signed_in()).where(Letter.id == number)).one_or_none()
    if found is None:
        abort(404)
    return found


def state_of(letter: Letter) -> LetterState:
    """Sent, given up, set aside, or still waiting."""
    if letter.sent_at is not None:
        return LetterState.SENT
    if letter.given_up_at is None:
        return LetterState.WAITING
    return LetterState.FAILED if letter.set_aside_at is None else LetterState.SET_ASIDE


WHICH = {
    LetterState.WAITING: (Letter.sent_at.is_(None), Letter.given_up_at.is_(None)),
    LetterState.SENT: (Letter.sent_at.is_not(None),),
    LetterState.FAILED: (Letter.given_up_at.is_not(None), Letter.set_aside_at.is_(None)),
    LetterState.SET_ASIDE: (Letter.set_aside_at.is_not(None),),
}


@pages.get("/letters")
@enter()
def index() -> str:
    """Letters, the latest first, with what waits and what failed in the first line."""
    person = signed_in()
    wanted = request.args.get("state", "")
    about = request.args.get("about", "").strip()
    before = request.args.get("before", type=int)
    found = _readable(person).order_by(Letter.id.desc()).limit(A_PAGE + 1)
    if wanted in set(LetterState):
        found = found.where(*WHICH[LetterState(wanted)])
    if about:
        found = found.where(Letter.about == about)
    if before:
        found = found.where(Letter.id < before)
    letters = list(db.session.scalars(found))
    asked: dict[str, Any] = {name: value for name, value in (("state", wanted), ("about", about)) if value}
    reads_all = reads_every_letter(person, today())
    return render_template(
        "mail/index.html", letters=[(letter, state_of(letter)) for letter in letters[:A_PAGE]], states=LetterState,
        last_round=last_round_at() if reads_all else None, wanted=wanted, about=about, reads_all=reads_all,
        waiting=letters_waiting() if reads_all else 0, failed=letters_failed() if reads_all else 0,
        may_send=_may_send(), newest=url_for(".index", **asked) if before else None,
        earlier=url_for(".index", **asked, before=letters[A_PAGE - 1].id) if len(letters) > A_PAGE else None,
    )  # fmt: skip


@pages.get("/letters/<int:number>")
@enter()
def letter(number: int) -> str:
    """One letter: to whom, whether it left, whether it was answered, its words."""
    found = _letter(number)
    email = all_emails().get(found.name)
    works_once = KEY_TAKEN_OUT in found.text and (email is None or email.renew is None)
    return render_template(
        "mail/one.html", letter=found, state=state_of(found), text=shown(found.text, found.secret),
        may_set_aside=_may_send() and state_of(found) is LetterState.FAILED,
        answered=email.answered(found) if email and email.answered else None,
        may_send=_may_send() and state_of(found) is not LetterState.WAITING and not works_once,
        reads_all=reads_every_letter(signed_in(), today()), works_once=works_once,
    )  # fmt: skip


@pages.get("/letters/<int:number>/mail")
@enter()
def as_mail(number: int) -> Response:
    """The letter's HTML as a mail program shows it, on a page of its own that can do nothing."""
    found = _letter(number)
    response = Response(shown(found.html, found.secret), mimetype="text/html")
    response.headers["Content-Security-Policy"] = ONLY_THE_LETTER
    return response


@pages.post("/letters/<int:number>/again")
@enter(*SENDERS)
def again(number: int) -> AnyResponse:
    """Send a letter again."""
    found = _letter(number)
    try:
        actions.send_again(found, by=signed_in(), at=now())
    except Refusal as refusal:
        flash(refusal.sentence, "warning")
    else:
        flash("The letter goes out again within a minute.", "message")
    return redirect(url_for(".letter", number=number))


@pages.route("/letters/again", methods=["GET", "POST"])
@enter(*SENDERS)
def all_again() -> str | AnyResponse:
    """Send every letter again that could not be sent, once it was seen why they were not."""
    if request.method == "GET":
        why = actions.failures()
        return render_template("mail/all_again.html", why=why, count=sum(many for _, many in why))
    try:
        count = actions.send_all_again(by=signed_in(), at=now())
    except Refusal as refusal:
        flash(refusal.sentence, "warning")
    else:
        flash(f"{words.plural(count, 'letter')} {'goes' if count == 1 else 'go'} out again within a minute.", "message")
    return redirect(url_for(".index"))


@pages.post("/letters/<int:number>/set-aside")
@enter(*SENDERS)
def set_aside(number: int) -> AnyResponse:
    """Note that a letter that could not be sent has been dealt with."""
    found = _letter(number)
    try:
        actions.set_aside(found, by=signed_in(), at=now())
    except Refusal as refusal:
        flash(refusal.sentence, "warning")
    else:
        flash("The letter is set aside. It stays on record.", "message")
    return redirect(url_for(".letter", number=number))


@pages.get("/health")
@enter(signed_in=False)
def health() -> tuple[Response, int]:
    """For machines that watch: 200 while all is well, 503 with the reasons while something needs a person."""
    found = _health()
    told = found.facts | {"status": "ok" if found.is_well else "not well", "why": found.why}
    return jsonify(told), 200 if found.is_well else 503


@pages.get("/health/pages")
@enter(signed_in=False)
def serves() -> tuple[Response, int]:
    """For what shares out visitors among web servers: 200 while this one can serve pages, whatever the letters do."""
    found = _health()
    return jsonify({"status": "ok" if found.serves else "not well"}), 200 if found.serves else 503


def _health() -> Health:
    try:
        at = now()
    except SQLAlchemyError:  # not even the demonstration's day can be read
        db.session.rollback()
        at = real_now()
    return look(at)
