"""Publishing a quarter: what goes out, what is missing, the act itself."""

from __future__ import annotations

from flask import abort, flash, redirect, request, url_for

from procure.contract.access import may_change
from procure.jobs.actions import ask
from procure.now import now, today
from procure.people.access import enter, signed_in
from procure.register.actions.publishing import publish_quarter
from procure.register.facts.listing import count_of
from procure.register.facts.publication import (
    EVERY,
    EVERYBODY,
    in_force,
    invitation_row,
    invitations_in,
    publications,
    to_publish,
)
from procure.register.forms import PublishForm
from procure.register.jobs import MADE_AT_ONCE, PUBLICATION
from procure.register.rules.listing import Quarter, place_typed, quarter_named, quarter_of
from procure.register.rules.publishing import publish_by
from procure.register.views.room import PUBLISHES, Answer, page, pages
from procure.saving import save

BACK_TO = 8
"""Quarters that are offered: two years."""


@pages.get("/contracts/quarters")
@enter(*PUBLISHES)
def quarters() -> Answer:
    """The quarters that are over, and which of them were published."""
    now_in = quarter_of(today())
    done = {one.quarter: one for one in reversed(publications())}
    rows = [now_in.after(-back) for back in range(1, BACK_TO + 1)]
    return page("quarters", rows=[(one, publish_by(one), done.get(str(one))) for one in rows])


def _quarter(name: str) -> Quarter:
    found = quarter_named(name)
    if found is None or found.begins_on > today():
        abort(404)
    return found


@pages.route("/contracts/quarters/<name>", methods=["GET", "POST"])
@enter(*PUBLISHES)
def quarter(name: str) -> Answer:
    """What goes out for a quarter, what of it is missing, and the button that publishes it."""
    found, form = _quarter(name), PublishForm()
    count = count_of(EVERY, EVERYBODY, *in_force(found), most=MADE_AT_ONCE)
    person = signed_in()
    if count.is_more and form.validate_on_submit():
        job = ask(
            PUBLICATION, title=f"Publication of {found.label}", about="register", by=person, at=now(),
            facts={"quarter": str(found), "person": person.id, "because": form.because.data or ""},
        )  # fmt: skip
        return redirect(url_for("jobs.one", number=job.id))
    if save(
        form, lambda: publish_quarter(found, because=form.because.data or "", by=person, at=now()), file="register"
    ):
        flash(f"{found.label} is published.")
        return redirect(url_for(".published"))
    after = request.args.get("after", "")
    some = to_publish(found, today(), after=place_typed(after))
    invited = invitations_in(found)
    return page(
        "quarter", form, quarter=found, count=count, some=some, by=publish_by(found),
        invitations=[(lot, notice, invitation_row(lot, notice)) for lot, notice in invited],
        before=[one for one in publications() if one.quarter == str(found)], is_over=found.ends_on < today(),
        is_later=bool(after), may_fill=lambda one: may_change(signed_in(), one, today()),
    )  # fmt: skip
