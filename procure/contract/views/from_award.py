"""A contract that comes of an award: prepared without retyping, and signed."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, url_for

from procure.contract import actions
from procure.contract.facts import how_executed
from procure.contract.forms import PrepareForm, SignForm
from procure.contract.life_facts import indicators_lacking
from procure.contract.models import Contract
from procure.contract.rules import ContractState
from procure.contract.views.room import Answer, page, pages, posts
from procure.documents.actions import Kept, keep_upload
from procure.documents.door import UploadRefused
from procure.extensions import db
from procure.now import now, today
from procure.people.access import enter, signed_in
from procure.people.models import Post
from procure.people.rules import Role
from procure.procurement.access import lot_to_change
from procure.procurement.models import Lot
from procure.saving import save


@pages.route("/procurements/<reference>/contract", methods=["GET", "POST"])
@enter(Role.OFFICER)
def prepare(reference: str) -> Answer:
    """Prepare the contract of an award from what is known; once it is prepared, record the signing."""
    lot = lot_to_change(signed_in(), reference, today())
    contract = lot.award.contract if lot.award else None
    if contract is None:
        return _prepare(lot)
    if contract.state is not ContractState.TO_SIGN:
        return redirect(url_for(".overview", reference=contract.reference))
    return _sign(contract, lot)


def _prepare(lot: Lot) -> Answer:
    form, award = PrepareForm(data=_agreed(lot)), lot.award
    form.manager_post_id.choices = posts()

    def open_it() -> None:
        assert award is not None
        actions.open_from_award(
            award, manager_post=db.session.get_one(Post, int(form.manager_post_id.data)),
            notice_months=form.notice_months.data, exercise_months=form.exercise_months.data, by=signed_in(), at=now(),
        )  # fmt: skip

    if award is not None and save(form, open_it, file=lot.reference):
        flash("The contract is prepared. Check it, then record the signing.", "message")
        return redirect(url_for(".prepare", reference=lot.reference))
    return page("prepare", form, procurement=lot.procurement, lot=lot, page="award", award=award, is_task=True)


def _agreed(lot: Lot) -> dict[str, Any]:
    """What was put to bidders in the contract's particulars, so that it is looked at and not typed again."""
    terms = lot.contract_terms
    if terms is None:
        return {}
    return {
        "manager_post_id": str(terms.manager_post_id),
        "notice_months": terms.notice_months,
        "exercise_months": terms.exercise_months,
    }


def _sign(contract: Contract, lot: Lot) -> Answer:
    form = SignForm(version=contract.version)
    taken: list[Kept] = []
    if form.file.data is not None and form.validate_on_submit():
        try:
            taken.append(keep_upload(form.file.data.filename or "", form.file.data.read()))
        except UploadRefused as refusal:
            form.file.refuse(refusal.sentence)

    def sign() -> None:
        actions.sign(
            contract, form.signed_on.data, by=signed_in(), at=now(), sees=form.version.data,
            signed_file=taken[0] if taken else None,
        )  # fmt: skip

    if (taken or form.file.data is None) and save(form, sign, file=contract.reference):
        flash("The contract is signed. Its reminders are set.", "message")
        return redirect(url_for(".overview", reference=contract.reference))
    return page(
        "sign", form, contract=contract, procurement=lot.procurement, lot=lot, page="award", is_task=True,
        executed=how_executed(contract, today()), indicators=indicators_lacking(contract),
    )  # fmt: skip
