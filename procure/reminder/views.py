"""Where a letter's button leads, and whether the clock runs."""

from __future__ import annotations

from flask import Blueprint, abort, flash, make_response, redirect, render_template, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response

from procure.contract.facts import contract_dates
from procure.extensions import db
from procure.fields import PageForm
from procure.mail.health import last_round_at, letters_failed, letters_waiting, look
from procure.mail.models import Heartbeat
from procure.now import now, today
from procure.people.access import current_person, enter, only_reads
from procure.people.rules import Role
from procure.refusals import Refusal
from procure.reminder.actions import acknowledge
from procure.reminder.keys import answered, reminder_with
from procure.reminder.letters import table_of_facts
from procure.reminder.models import Reminder

pages = Blueprint("reminder", __name__)


class AcknowledgeForm(PageForm):
    """Nothing is asked: the letter has been read and somebody is on it."""


def _reminder(key: str) -> Reminder:
    found = reminder_with(key) if len(key) <= 100 else None
    if found is None:
        abort(404, "This link no longer works. A newer letter has taken its place, or the key is not whole.")
    return found


def _shown(reminder: Reminder, key: str, form: AcknowledgeForm) -> Response:
    """The page of a letter's key. Looking at it changes nothing: mail programs open every link."""
    letter, reader = reminder.letter, current_person()
    page = make_response(
        render_template(
            "reminder/answer.html",
            reminder=reminder,
            contract=reminder.contract,
            form=form,
            key=key,
            facts=table_of_facts(reminder.contract, contract_dates(reminder.contract), today()),
            subject=letter.subject if letter else reminder.contract.title,
            said=answered(letter) if letter else "",
            may_answer=reader is None or not only_reads(reader, today()),
        )
    )
    page.headers["Referrer-Policy"] = "no-referrer"
    if form.form_errors:
        page.status_code = 422
    return page


@pages.get("/r/<key>")
@pages.get("/r/<key>/ack", endpoint="ask")
@enter(signed_in=False)
def answer(key: str) -> Response:
    """What the letter is about, with what can be done: acknowledge it, or sign in and decide."""
    return _shown(_reminder(key), key, AcknowledgeForm())


@pages.post("/r/<key>/ack")
@enter(signed_in=False)
def acknowledged(key: str) -> Response:
    """Acknowledge for whoever got the letter; the key says that they have it. An auditor who has it only reads."""
    reminder, reader, form = _reminder(key), current_person(), AcknowledgeForm()
    if reader is not None and only_reads(reader, today()):
        abort(403)
    by = reader or reminder.sent_to
    if by is not None and form.validate_on_submit():
        try:
            acknowledge(reminder, by=by, at=now())
        except Refusal as refusal:
            form.refuse(refusal.sentence)
        else:
            flash("You acknowledged the letter. The question stays open until something is decided.", "message")
            return redirect(url_for(".answer", key=key))
    return _shown(reminder, key, form)


@pages.get("/settings/clock")
@enter(Role.ADMINISTRATOR, Role.AUDITOR)
def clock() -> str:
    """When each round last ran, and what stands still."""
    beats = list(db.session.scalars(select(Heartbeat).order_by(Heartbeat.name)))
    stuck = db.session.scalars(
        select(Reminder).where(
            Reminder.problem.is_not(None), Reminder.cancelled_at.is_(None), Reminder.sent_on.is_(None)
        )
    )
    return render_template(
        "reminder/clock.html", why=look(now()).why, last_round=last_round_at(), beats=beats, stuck=list(stuck),
        waiting=letters_waiting(), failed=letters_failed(),
    )  # fmt: skip
