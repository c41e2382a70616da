"""A contract that comes of an award: prepared without retyping, and signed."""

from __future__ import annotations

from flask import flash, redirect, url_for

from procure.contract import actions
from procure.contract.forms import PrepareForm, SignForm
from procure.contract.models import Contract
from procure.contract.rules import ContractState
from procure.contract.views.room import Answer, page, pages, posts
from procure.extensions import db
from procure.now import now, today
from procure.people.access import enter, signed_in
from procure.people.models import Post
from procure.people.rules import Role
from procure.procurement.access import procurement_to_change
from procure.procurement.models import Lot, Procurement
from procure.saving import save


@pages.route("/procurements/<reference>/contract", methods=["GET", "POST"])
@enter(Role.OFFICER)
def prepare(reference: str) -> Answer:
    """Prepare the contract of an award from what is known; once it is prepared, record the signing."""
    procurement = procurement_to_change(signed_in(), reference, today())
    lot = procurement.only_lot
    contract = lot.award.contract if lot.award else None
    if contract is None:
        return _prepare(procurement, lot)
    if contract.state is not ContractState.TO_SIGN:
        return redirect(url_for(".overview", reference=contract.reference))
    return _sign(contract, procurement)


def _prepare(procurement: Procurement, lot: Lot) -> Answer:
    form, award = PrepareForm(), lot.award
    form.manager_post_id.choices = posts()

    def open_it() -> None:
        assert award is not None
        actions.open_from_award(
            award, manager_post=db.session.get_one(Post, int(form.manager_post_id.data)),
            notice_months=form.notice_months.data, exercise_months=form.exercise_months.data, by=signed_in(), at=now(),
        )  # fmt: skip

    if award is not None and save(form, open_it, file=procurement.reference):
        flash("The contract is prepared. Check it, then record the signing.", "message")
        return redirect(url_for(".prepare", reference=procurement.reference))
    return page("prepare", form, procurement=procurement, page="award", award=award, is_task=True)


def _sign(contract: Contract, procurement: Procurement) -> Answer:
    form = SignForm(version=contract.version)

    def sign() -> None:
        actions.sign(contract, form.signed_on.data, by=signed_in(), at=now(), sees=form.version.data)

    if save(form, sign, file=contract.reference):
        flash("The contract is signed. Its reminders are set.", "message")
        return redirect(url_for(".overview", reference=contract.reference))
    return page("sign", form, contract=contract, procurement=procurement, page="award", is_task=True)
