"""A person's own settings: letters one by one or weekly, and the address of their calendar; and the calendar itself."""

from __future__ import annotations

from flask import current_app, flash, make_response, redirect, render_template, request, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response

from procure.extensions import db
from procure.now import now, today
from procure.people.access import enter, signed_in
from procure.reminder import choosing
from procure.reminder.calendars import feed_of, owner_of
from procure.reminder.forms import ALONE, WEEKLY, AddressForm, LettersForm
from procure.reminder.models import LetterChoice
from procure.reminder.views.room import Answer, pages
from procure.saving import save, status_of


def _choice() -> LetterChoice | None:
    return db.session.scalars(select(LetterChoice).where(LetterChoice.person_id == signed_in().id)).one_or_none()


@pages.route("/your-letters", methods=["GET", "POST"])
@enter()
def letters() -> Answer:
    """How the reader wants reminders, and their calendar."""
    choice = _choice()
    form = LettersForm(how=WEEKLY if choice and choice.weekly else ALONE)
    person = signed_in()
    if save(form, lambda: choosing.choose_letters(person, weekly=form.how.data == WEEKLY), file="people"):
        flash("Your choice is kept.")
        return redirect(url_for(".letters"))
    return _page(form)


def _page(form: LettersForm, address: str = "") -> Answer:
    shown = render_template("reminder/letters.html", form=form, choice=_choice(), address=address)
    return shown, status_of(form)


@pages.post("/your-letters/calendar")
@enter()
def new_address() -> Answer:
    """Make a new address for the reader's calendar, and show it this once."""
    if not AddressForm().validate_on_submit():
        return redirect(url_for(".letters"))
    key = choosing.new_calendar_address(signed_in(), at=now())
    choice = _choice()
    form = LettersForm(formdata=None, how=WEEKLY if choice and choice.weekly else ALONE)
    page = make_response(_page(form, f"{current_app.config['PUBLIC_URL']}{url_for('.calendar', key=key)}"))
    page.headers["Cache-Control"] = "no-store"
    return page


@pages.post("/your-letters/calendar/end")
@enter()
def end_address() -> Answer:
    """Let the address of the reader's calendar stop working."""
    if AddressForm().validate_on_submit():
        choosing.end_calendar_address(signed_in())
        flash("The address has stopped working.")
    return redirect(url_for(".letters"))


@pages.get("/calendar/<key>.ics")
@enter(signed_in=False)
def calendar(key: str) -> Response:
    """The days of somebody's contracts, for a calendar program that knows the secret address."""
    owner = owner_of(key)
    if owner is None or not owner.is_active:
        return Response("There is no calendar at this address.\n", 404, mimetype="text/plain")
    answer = Response(feed_of(owner, today()), mimetype="text/calendar")
    answer.headers["Content-Disposition"] = 'inline; filename="contracts.ics"'
    answer.headers["Cache-Control"] = "private, max-age=0, must-revalidate"
    answer.add_etag()
    return answer.make_conditional(request)
