"""Pages of this room: ring-fences and grants, one ring-fence, committing a sum."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from sqlalchemy import select
from sqlalchemy.orm import selectinload
from werkzeug.wrappers import Response

from procure.budget import actions
from procure.budget.forms import ANOTHER, AmountForm, CommitForm, GrantForm
from procure.budget.models import Grant, RingFence
from procure.budget.rules import period_state
from procure.extensions import db
from procure.now import now, today
from procure.people.access import current_person, enter, global_roles_of, signed_in
from procure.people.rules import Role
from procure.refusals import Refusal

pages = Blueprint("budget", __name__)

KEEPERS = (Role.BUDGET_HOLDER, Role.FINANCE)
"""Who commits money and says how much there is."""


def _may_keep() -> bool:
    person = current_person()
    return person is not None and bool(global_roles_of(person, today()) & set(KEEPERS))


def _fence(number: int) -> RingFence:
    found = db.session.get(RingFence, number)
    if found is None:
        abort(404)
    return found


@pages.get("/ring-fences")
@enter()
def index() -> str:
    fences = db.session.scalars(
        select(RingFence)
        .options(selectinload(RingFence.purposes), selectinload(RingFence.commitments))
        .order_by(RingFence.until_on.desc())
    ).all()
    grants = db.session.scalars(select(Grant).order_by(Grant.until_on.desc())).all()
    day = today()
    state: dict[RingFence | Grant, str] = {row: period_state(row.from_on, row.until_on, day) for row in fences}
    state |= {row: period_state(row.from_on, row.until_on, day) for row in grants}
    return render_template("budget/ring_fences.html", fences=fences, grants=grants, state=state, may_keep=_may_keep())


@pages.get("/ring-fences/<int:number>")
@enter()
def ring_fence(number: int) -> str:
    fence = _fence(number)
    return render_template(
        "budget/ring_fence.html", fence=fence, may_keep=_may_keep(),
        state=period_state(fence.from_on, fence.until_on, today()),
    )  # fmt: skip


@pages.route("/ring-fences/<int:number>/commit", methods=["GET", "POST"])
@enter(*KEEPERS)
def commit(number: int) -> Response | str | tuple[str, int]:
    fence = _fence(number)
    form = CommitForm(version=fence.version, committed_on=today())
    form.purpose.choices = [
        *((str(place), one.words) for place, one in enumerate(fence.purposes)), (ANOTHER, "Something else"),
    ]  # fmt: skip
    status = 200
    if form.validate_on_submit():
        wanted = str(form.purpose.data)
        purpose = str(form.what.data) if wanted == ANOTHER else fence.purposes[int(wanted)].words
        try:
            actions.commit(
                fence, purpose, form.amount.data, on=form.committed_on.data, what=str(form.what.data), by=signed_in(),
                at=now(), sees=form.version.data,
            )  # fmt: skip
            flash("The sum is committed.", "message")
            return redirect(url_for("budget.ring_fence", number=number))
        except Refusal as refusal:
            form.refuse(refusal.sentence, refusal.field)
            fence = _fence(number)
    if form.errors:
        status = 422
    return render_template("budget/commit.html", fence=fence, form=form), status


@pages.route("/ring-fences/<int:number>/amount", methods=["GET", "POST"])
@enter(*KEEPERS)
def amount(number: int) -> Any:
    fence = _fence(number)
    form = AmountForm(obj=fence)
    if form.validate_on_submit():
        try:
            actions.state_amount(
                fence, form.amount.data, on=form.amount_on.data, source=str(form.amount_source.data), by=signed_in(),
                at=now(), sees=form.version.data,
            )  # fmt: skip
            flash("The amount is recorded.", "message")
            return redirect(url_for("budget.ring_fence", number=number))
        except Refusal as refusal:
            form.refuse(refusal.sentence, refusal.field)
    return render_template("budget/amount.html", fence=fence, form=form), 422 if form.errors else 200


@pages.route("/grants/new", methods=["GET", "POST"])
@enter(*KEEPERS)
def new_grant() -> Any:
    form = GrantForm()
    if form.validate_on_submit():
        given = {name: form[name].data for name in ("funder", "purpose", "amount", "from_on", "until_on")}
        try:
            actions.record_grant(
                **given, source=form.source.data or "", conditions=form.conditions.data or (), by=signed_in(), at=now()
            )
            flash("The grant is recorded.", "message")
            return redirect(url_for("budget.index"))
        except Refusal as refusal:
            form.refuse(refusal.sentence, refusal.field)
    return render_template("budget/grant.html", form=form), 422 if form.errors else 200
