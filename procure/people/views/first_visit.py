"""The first visit: the council gets its name, and its first administrator."""

from __future__ import annotations

from flask import abort, g, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from procure.frame import the_council
from procure.now import now, real_now
from procure.people import actions, sessions
from procure.people.access import enter
from procure.people.forms import StartForm
from procure.people.views.room import pages, show_refusal
from procure.people.views.signing_in import refuse_haste
from procure.refusals import Refusal


@pages.route("/start", methods=["GET", "POST"])
@enter(signed_in=False)
def start() -> str | Response | tuple[str, int]:
    """Name the council and yourself, with the code printed in the terminal."""
    if the_council() is not None:
        abort(404)
    form = StartForm()
    if form.validate_on_submit() and not refuse_haste(form, f"start|{request.remote_addr}", real_now()):
        try:
            person = actions.set_up_council(
                code=form.code.data or "", council_name=form.council_name.data or "", name=form.name.data or "",
                email=form.email.data or "", password=form.password.data or "",
                post_name=form.post_name.data or "", at=now(),
            )  # fmt: skip
        except Refusal as refusal:
            show_refusal(form, refusal)
            if refusal.field != "code":
                sessions.forget_tries(f"start|{request.remote_addr}")  # the code was right: nothing was guessed
        else:
            g.pop("council", None)
            sessions.forget_tries(f"start|{request.remote_addr}")
            session.clear()
            session[sessions.COOKIE] = sessions.begin(person, at=real_now(), browser=request.user_agent.string)
            return redirect(url_for(".set_up_code"))
    return render_template("people/start.html", form=form), 422 if form.is_submitted() else 200
