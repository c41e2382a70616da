"""A contract that was entered into before this system."""

from __future__ import annotations

from flask import flash, redirect, url_for

from procure.contract import actions
from procure.contract.forms import RecordForm
from procure.contract.models import Contract
from procure.contract.rules import Term, Tier
from procure.contract.views.room import RUNS_CONTRACTS, Answer, page, pages, posts, supplier_named
from procure.extensions import db
from procure.now import now
from procure.people.access import enter, signed_in
from procure.people.models import Post
from procure.saving import save


@pages.route("/contracts/new", methods=["GET", "POST"])
@enter(*RUNS_CONTRACTS)
def new() -> Answer:
    """Record a contract that was entered into before this system."""
    form = RecordForm()
    form.manager_post_id.choices = posts()
    made: list[Contract] = []
    if save(form, lambda: made.append(_recorded(form)), file="contracts"):
        flash(f"You recorded the contract. Its reference is {made[0].reference}.", "message")
        return redirect(url_for(".overview", reference=made[0].reference))
    return page("new", form)


def _recorded(form: RecordForm) -> Contract:
    return actions.record_contract(
        title=form.title.data, supplier=supplier_named(form.supplier_name.data),
        manager_post=db.session.get_one(Post, int(form.manager_post_id.data)), starts_on=form.starts_on.data,
        ends_on=form.ends_on.data, value_net=form.value_net.data, vat_percent=form.vat_percent.data,
        option_months=[form.option_months.data or 0] * form.option_count.data,
        exercise_months=form.exercise_months.data or 0, notice_months=form.notice_months.data or 0,
        signed_on=form.signed_on.data, term=Term(form.term.data or Term.FIXED), roll_months=form.roll_months.data,
        supplier_notice_months=form.supplier_notice_months.data, department=form.department.data or "",
        tier=Tier(form.tier.data) if form.tier.data else None, tier_reason=form.tier_reason.data or "",
        by=signed_in(), at=now(),
    )  # fmt: skip
