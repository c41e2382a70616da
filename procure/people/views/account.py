"""One's own account: posts and roles, where one is signed in, the password."""

from __future__ import annotations

from flask import abort, flash, g, redirect, render_template, url_for
from werkzeug.wrappers import Response

from procure.extensions import db
from procure.now import now, real_now, today
from procure.people import actions, sessions
from procure.people.access import enter, only_reads, signed_in
from procure.people.forms import ChangePasswordForm
from procure.people.models import SignIn
from procure.people.views.room import pages
from procure.people.views.signing_in import refuse_haste
from procure.saving import save, status_of


@pages.get("/account")
@enter()
def account() -> str:
    """What the council's posts and roles let you do, and where you are signed in."""
    person, day, at = signed_in(), today(), real_now()
    return render_template(
        "people/account.html",
        holdings=[holding for holding in person.holdings if holding.covers(day)],
        covers=[cover for cover in person.covers if cover.until_on >= day],
        covered=[
            cover
            for holding in person.holdings
            if holding.covers(day)
            for cover in holding.post.covers
            if cover.until_on >= day
        ],
        day=day,
        may_cover=not only_reads(person, day),
        grants=[grant for grant in person.grants if grant.covers(day)],
        open_sessions=sessions.open_sessions_of(person, at),
        this_session=g.sign_in.id,
        devices=sessions.devices_of(person, at),
    )


@pages.route("/account/password", methods=["GET", "POST"])
@enter()
def change_password() -> str | Response | tuple[str, int]:
    """Choose another password."""
    form = ChangePasswordForm()
    subject = f"password|{signed_in().id}"
    if (
        form.validate_on_submit()
        and not refuse_haste(form, subject, real_now())
        and save(form, lambda: _change(form), file="people")
    ):
        sessions.forget_tries(subject)
        flash("Your password is changed. Your other sessions have ended.")
        return redirect(url_for(".account"))
    return render_template("people/change_password.html", form=form), status_of(form)


def _change(form: ChangePasswordForm) -> None:
    actions.change_password(
        signed_in(), old=form.old.data or "", new=form.password.data or "", in_session=g.sign_in.id, at=now()
    )


@pages.post("/account/sessions/<int:number>/end")
@enter()
def end_own_session(number: int) -> Response:
    """End one of your own sessions."""
    kept = db.session.get(SignIn, number)
    if kept is None or kept.person_id != signed_in().id:
        abort(404)
    sessions.end(number, at=real_now())
    flash("The session has ended.")
    return redirect(url_for(".account"))


@pages.post("/account/devices/forget")
@enter()
def forget_own_devices() -> Response:
    """Ask for the code again on every browser."""
    sessions.forget_devices_of(signed_in().id, at=real_now())
    flash("You will be asked for a code on every browser.")
    return redirect(url_for(".account"))
