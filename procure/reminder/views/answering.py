"""Where a letter's button leads: what it is about, and the buttons that answer it. Looking changes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import abort, flash, make_response, redirect, render_template, url_for
from werkzeug.wrappers import Response

from procure import words
from procure.fields.page_form import PageForm
from procure.now import now, today
from procure.people.access import current_person, enter, only_reads
from procure.people.models import Person
from procure.refusals import Refusal
from procure.reminder import answering
from procure.reminder.facts import about
from procure.reminder.forms import AcknowledgeForm, SnoozeForm
from procure.reminder.keys import answer_said, decided_said, reminders_with
from procure.reminder.letters import table_of_facts
from procure.reminder.models import Reminder
from procure.reminder.recipients import next_up
from procure.reminder.rules.going import latest_snooze
from procure.reminder.rules.kinds import ABOUT_THE_END, ReminderKind
from procure.reminder.views.room import pages

ON_ONE_PAGE = 100
"""So many reminders of one letter are shown with their buttons; the others on the contracts' own pages."""


@dataclass(frozen=True)
class Shown:
    """A reminder on the page of its letter."""

    reminder: Reminder
    about: str
    said: str
    href: str
    action: str
    latest: date
    is_open: bool
    form: SnoozeForm

    @property
    def title(self) -> str:
        return self.reminder.contract.title if self.reminder.contract else self.reminder.root.said


def _shown(reminder: Reminder, day: date, form: SnoozeForm | None) -> Shown:
    said = answer_said(reminder)
    href, action = where_to(reminder)
    latest = latest_snooze(reminder.root.about_on, reminder.root.how_far, day)
    return Shown(
        reminder, about(reminder), said, href, action, latest,
        reminder.acknowledged_at is None and reminder.settled_on is None,
        form or SnoozeForm(formdata=None, prefix=f"r{reminder.id}"),
    )  # fmt: skip


def goes_on(reminder: Reminder, day: date) -> str:
    """To whom the letter goes where nobody answers it in time; empty where it is answered or nobody stands above."""
    is_open = reminder.acknowledged_at is None and reminder.settled_on is None and reminder.escalated_on is None
    above = next_up(reminder.sent_post, day) if is_open and reminder.sent_post else None
    if reminder.answer_by_on is None or above is None or above.post is None:
        return ""
    return f"After {words.day(reminder.answer_by_on)} it goes to the {above.post.name}."


def where_to(reminder: Reminder) -> tuple[str, str]:
    """Where something is done about a reminder, and in which words."""
    root, contract = reminder.root, reminder.contract
    if contract is None:
        if root.kind is ReminderKind.DELEGATION:
            return url_for("authority.index"), "See who may decide what"
        if root.kind is ReminderKind.RING_FENCE:
            return url_for("budget.ring_fence", number=int(root.of.partition(":")[2])), "See what is left"
        return url_for("budget.index"), "See the grants"
    if root.kind is ReminderKind.OVER:
        return url_for("contract.record_end", reference=contract.reference), "Record how it ended"
    if root.kind in ABOUT_THE_END:
        return url_for("contract.decide", reference=contract.reference), "Decide what follows"
    if root.kind is ReminderKind.INDICATOR:
        return url_for("contract.performance", reference=contract.reference), "Enter the return"
    return url_for("contract.terms", reference=contract.reference), "See the contract’s terms"


def _letter(key: str) -> list[Reminder]:
    found = reminders_with(key)
    if not found:
        abort(404, "This link no longer works. A newer letter has taken its place, or the key is not whole.")
    return found


def _page(found: list[Reminder], key: str, form: PageForm, asked: Reminder | None = None) -> Response:
    """The page of a letter's key. Mail programs open every link, so looking at it changes nothing."""
    letter, reader, day = found[0].letter, current_person(), today()
    typed = form if isinstance(form, SnoozeForm) else None
    rows = [_shown(one, day, typed if one is asked else None) for one in found[:ON_ONE_PAGE]]
    contract = found[0].contract
    page = make_response(
        render_template(
            "reminder/answer.html",
            rows=rows,
            more=len(found) - len(rows),
            form=form,
            key=key,
            facts=table_of_facts(contract, contract.paid_by(day)) if contract and len(found) == 1 else [],
            decided=decided_said(contract) if len(found) == 1 else "",
            subject=letter.subject if letter else rows[0].title,
            may_answer=reader is None or not only_reads(reader, day),
            any_open=any(row.is_open for row in rows),
            goes_on=goes_on(found[0], day),
        )
    )
    page.headers["Referrer-Policy"] = "no-referrer"
    if form.form_errors or form.errors:
        page.status_code = 422
    return page


@pages.get("/r/<key>")
@pages.get("/r/<key>/ack", endpoint="ask")
@enter(signed_in=False)
def answer(key: str) -> Response:
    """What the letter is about, with what can be done: acknowledge it, put it off, or sign in and decide."""
    return _page(_letter(key), key, AcknowledgeForm())


def _answers(found: list[Reminder]) -> Person | None:
    """Who answers: whoever is signed in, else whoever got the letter. An auditor who has the key only reads."""
    reader = current_person()
    if reader is not None and only_reads(reader, today()):
        abort(403)
    return reader or found[0].sent_to


@pages.post("/r/<key>/ack")
@enter(signed_in=False)
def acknowledged(key: str) -> Response:
    """Acknowledge everything in the letter; the key says that they have it."""
    found, form = _letter(key), AcknowledgeForm()
    by = _answers(found)
    if by is not None and form.validate_on_submit():
        try:
            if len(found) == 1:
                answering.acknowledge(found[0], by=by, at=now())
            else:
                answering.acknowledge_all(found, by=by, at=now())
        except Refusal as refusal:
            form.refuse(refusal.sentence)
        else:
            flash("You acknowledged the letter. The question stays open until something is decided.", "message")
            return redirect(url_for(".answer", key=key))
    return _page(found, key, form)


@pages.post("/r/<key>/<int:number>/ack")
@enter(signed_in=False)
def acknowledged_one(key: str, number: int) -> Response:
    """Acknowledge one of several in a letter."""
    found, form = _letter(key), AcknowledgeForm()
    one, by = _one(found, number), _answers(found)
    if by is not None and form.validate_on_submit():
        try:
            answering.acknowledge(one, by=by, at=now())
        except Refusal as refusal:
            form.refuse(refusal.sentence)
        else:
            flash(f"You acknowledged this: {words.within(about(one))}.", "message")
            return redirect(url_for(".answer", key=key))
    return _page(found, key, form)


@pages.post("/r/<key>/<int:number>/later")
@enter(signed_in=False)
def put_off(key: str, number: int) -> Response:
    """Be asked again on a day."""
    found = _letter(key)
    one, by = _one(found, number), _answers(found)
    form = SnoozeForm(prefix=f"r{number}")
    if by is not None and form.validate_on_submit():
        try:
            until = answering.snooze(one, form.until.data, by=by, at=now())
        except Refusal as refusal:
            form.refuse(refusal.sentence, refusal.field)
        else:
            flash(f"You will be asked again on {words.day(until)}, or the working day before.", "message")
            return redirect(url_for(".answer", key=key))
    return _page(found, key, form, one)


def _one(found: list[Reminder], number: int) -> Reminder:
    return next((one for one in found if one.id == number), None) or abort(404)
