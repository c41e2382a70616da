"""The page on which a wrongly recorded power is put right."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response

from procure.authority.meeting_forms import CorrectPowersForm
from procure.authority.models import Meeting, Resolution
from procure.authority.power_actions import Limits, correct_powers
from procure.extensions import db
from procure.now import now
from procure.people.access import enter, signed_in
from procure.people.models import Post
from procure.people.rules import Role
from procure.saving import save, status_of

pages = Blueprint("powers", __name__)


@pages.route("/meetings/<reference>/resolutions/<int:number>/powers", methods=["GET", "POST"])
@enter(Role.DEMOCRATIC_SERVICES, Role.OFFICER, Role.MONITORING_OFFICER)
def correct(reference: str, number: int) -> str | Response | tuple[str, int]:
    """Correct post, consultees and limits of what a resolution delegates."""
    one = db.session.scalars(
        select(Resolution).join(Meeting).where(Meeting.reference == reference, Resolution.number == number)
    ).one_or_none()
    if one is None or not one.delegations:
        abort(404)
    form = _form(one)

    def keep() -> None:
        limits = Limits(
            form.max_value_gross.data, form.max_months.data, form.counterparty.data or "", form.scope.data or "",
            form.conditions.data or "", form.until_on.data,
        )  # fmt: skip
        correct_powers(
            one, post=db.session.get_one(Post, int(form.post_id.data)),
            consultees=[db.session.get_one(Post, int(key)) for key in form.consultees.data or ()], limits=limits,
            because=form.reason.data, by=signed_in(), at=now(), sees=form.version.data,
        )  # fmt: skip

    if save(form, keep, file=reference):
        flash("The powers are corrected. The trail keeps what stood before.")
        return redirect(url_for("meetings.meeting", reference=reference))
    return render_template("authority/meetings/powers.html", form=form, one=one, meeting=one.meeting), status_of(form)


def _form(one: Resolution) -> CorrectPowersForm:
    row = one.delegations[0]
    form = CorrectPowersForm(
        data={
            "post_id": str(row.post_id),
            "consultees": [str(consultee.post_id) for consultee in row.consultees],
            "max_value_gross": row.max_value_gross,
            "max_months": row.max_months,
            "counterparty": row.counterparty,
            "scope": row.scope,
            "conditions": row.conditions,
            "until_on": row.until_on,
            "version": one.version,
        }
    )
    posts = [(str(post.id), post.name) for post in db.session.scalars(select(Post).order_by(Post.name))]
    form.post_id.choices = form.consultees.choices = posts
    return form
