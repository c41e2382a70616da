"""A contract that was entered into before this system."""

from __future__ import annotations

from flask import flash, redirect, url_for
from sqlalchemy import select

from procure.contract import actions
from procure.contract.forms import RecordForm
from procure.contract.models import Contract
from procure.contract.views.room import RUNS_CONTRACTS, Answer, page, pages, posts
from procure.extensions import db
from procure.now import now
from procure.people.access import enter, signed_in
from procure.people.models import Post
from procure.saving import save
from procure.suppliers.models import Supplier


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
        title=form.title.data, supplier=_supplier(form.supplier_name.data),
        manager_post=db.session.get_one(Post, int(form.manager_post_id.data)), starts_on=form.starts_on.data,
        ends_on=form.ends_on.data, value_net=form.value_net.data, vat_percent=form.vat_percent.data,
        option_months=[form.option_months.data or 0] * form.option_count.data,
        exercise_months=form.exercise_months.data or 0, notice_months=form.notice_months.data or 0,
        signed_on=form.signed_on.data, by=signed_in(), at=now(),
    )  # fmt: skip


def _supplier(name: str) -> Supplier:
    """The supplier of that name, known already or new; written with the contract."""
    found = db.session.scalars(select(Supplier).where(Supplier.name == name).order_by(Supplier.id)).first()
    return found or Supplier(name=name)
