"""The preferred option, and the review."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import abort, flash, redirect, request, url_for
from sqlalchemy import select

from procure.appraisal import actions
from procure.appraisal.actions.deciding import may_review
from procure.appraisal.facts import loaded
from procure.appraisal.forms import AgreeForm, PreferForm, ReturnForm, SendForm
from procure.appraisal.gathering import preferred_no
from procure.appraisal.models import Appraisal
from procure.appraisal.views.comparison import shown
from procure.appraisal.views.describing import lines_of
from procure.appraisal.views.saving import Answer, back_to, options_first, pages, save, task, to_change
from procure.appraisal.views.weighing import people_choices
from procure.extensions import db
from procure.now import now, today
from procure.people.access import enter, posts_of, signed_in
from procure.people.models import Person, Post
from procure.people.rules import Role
from procure.procurement.access import procurement_for

USUAL_DAYS = 3


@pages.route("/procurements/<reference>/appraisal/preferred", methods=["GET", "POST"])
@enter(Role.OFFICER)
def preferred(reference: str) -> Answer:
    """Which option, why, and why not the others."""
    appraisal = to_change(reference)
    if not appraisal.options:
        return options_first(appraisal)
    form = _prefer_form(appraisal)

    def verb() -> None:
        option = appraisal.option(int(form.preferred.data))
        assert option is not None
        rejections = {
            one.number: row.form.reason.data or "" for one, row in zip(appraisal.options, form.rejections, strict=True)
        }
        actions.prefer(
            appraisal, option, reasons=form.reasons.data, rejections=rejections, by=signed_in(), at=now(),
            note=form.reason.data, sees=form.version.data,
        )  # fmt: skip

    if save(appraisal, form, verb, lambda: _prefer_form(appraisal, formdata=None)):
        return back_to("comparison", appraisal)
    return task("preferred", appraisal, form)


def _prefer_form(appraisal: Appraisal, **how: Any) -> PreferForm:
    picked = preferred_no(appraisal)
    form = PreferForm(
        preferred=str(picked) if picked else None, reasons=lines_of(appraisal.preferred_reasons),
        rejections=[{"reason": option.rejected_reason} for option in appraisal.options],
        version=actions.mark_of([appraisal, *appraisal.options]), **how,
    )  # fmt: skip
    form.preferred.choices = [(str(option.number), f"{option.number} {option.name}") for option in appraisal.options]
    while len(form.rejections) < len(appraisal.options):
        form.rejections.append_entry()
    for option, row in zip(appraisal.options, form.rejections, strict=False):
        row.form.reason.label.text = f"{option.number} {option.name}"
    return form


@pages.route("/procurements/<reference>/appraisal/send", methods=["GET", "POST"])
@enter(Role.OFFICER)
def send(reference: str) -> Answer:
    """To whom the appraisal goes for review, and by when it is needed."""
    appraisal = to_change(reference)
    usual = appraisal.reviewer_id
    form = SendForm(
        reviewer=str(usual) if usual else None, due_on=today() + timedelta(USUAL_DAYS), version=appraisal.version
    )
    barred = [
        person.id for person in db.session.scalars(db.select(Person)) if may_review(appraisal, person) is not None
    ]  # fmt: skip
    form.reviewer.choices = people_choices(today(), without=[*barred, signed_in().id])
    if form.validate_on_submit():
        reviewer = db.session.get_one(Person, int(form.reviewer.data))

        def verb() -> None:
            actions.send_to_reviewer(
                appraisal, reviewer, due_on=form.due_on.data, by=signed_in(), at=now(), sees=form.version.data
            )

        if save(appraisal, form, verb):
            return back_to("comparison", appraisal)
    return task("send", appraisal, form)


@pages.route("/procurements/<reference>/appraisal/review", methods=["GET", "POST"])
@enter()
def review(reference: str) -> Answer:
    """What the reviewer reads, and their answer: agree, or return with what has to be mended."""
    procurement = procurement_for(signed_in(), reference, today())
    appraisal = loaded(procurement)
    if appraisal is None:
        abort(404)
    if appraisal.reviewer_id != signed_in().id:
        abort(403)
    if not appraisal.is_with_reviewer:
        flash("There is nothing to review now: the appraisal was agreed, changed or returned.", "warning")
        return redirect(url_for("appraisal.comparison", reference=reference))
    returning = request.form.get("answer") == "return"
    agree, back = _agree_form(appraisal, sent=not returning), _return_form(appraisal, sent=returning)
    form: Any = back if returning else agree

    def verb() -> None:
        if returning:
            actions.return_to_author(
                appraisal, because=back.because.data, by=signed_in(), at=now(), sees=back.version.data
            )
        else:
            post = db.session.get_one(Post, int(agree.post.data))
            actions.agree_as_reviewer(appraisal, post=post, by=signed_in(), at=now(), sees=agree.version.data)

    if request.method == "POST" and save(appraisal, form, verb):
        return back_to("comparison", appraisal)
    return task("review", appraisal, form, agree=agree, back=back, **shown(appraisal, today()))


def _agree_form(appraisal: Appraisal, *, sent: bool) -> AgreeForm:
    acts_for = posts_of(signed_in(), today())
    posts = list(
        db.session.scalars(select(Post).where(Post.id.in_(acts_for), Post.ended_on.is_(None)).order_by(Post.id))
    )
    how: dict[str, Any] = {} if sent else {"formdata": None}
    form = AgreeForm(post=str(posts[0].id) if posts else None, version=appraisal.version, **how)
    form.post.choices = [(str(post.id), post.name) for post in posts]
    return form


def _return_form(appraisal: Appraisal, *, sent: bool) -> ReturnForm:
    how: dict[str, Any] = {} if sent else {"formdata": None}
    return ReturnForm(version=appraisal.version, **how)
