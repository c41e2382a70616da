"""Preparing a decision for an act other than an award, from a file or from a contract: first which, then its facts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from sqlalchemy import select

from procure.authority.models import Decision
from procure.authority.preparing_actions import Wanted, prepare_for
from procure.authority.preparing_facts import CALLED, ON_A_CONTRACT, ON_A_FILE, offers_for
from procure.authority.preparing_forms import FORMS
from procure.authority.rules import ActKind
from procure.authority.views.room import Answer, pages
from procure.contract.access import contract_for
from procure.contract.models import Contract
from procure.contract.rules import extended, share_of
from procure.extensions import db
from procure.fields.page_form import PageForm
from procure.law.money import rounded, with_vat
from procure.now import now, today
from procure.people.access import enter, roles_of, signed_in
from procure.people.rules import Role
from procure.procurement.access import procurement_to_change
from procure.procurement.models import Lot
from procure.saving import save, status_of
from procure.suppliers.models import Supplier

OF_A_FILE = ", ".join(act.value for act in ON_A_FILE)
OF_A_CONTRACT = ", ".join(act.value for act in ON_A_CONTRACT)


@pages.get("/procurements/<reference>/decisions/new")
@enter(Role.OFFICER)
def new_decision(reference: str) -> str:
    """For which act? Each with who decides it, or why nobody can and who could change that."""
    file = procurement_to_change(signed_in(), reference, today())
    return render_template(
        "authority/new_decision.html", procurement=file, page="authority", is_task=True,
        offers=offers_for(ON_A_FILE, file, today()), lots=_awarded(file.lots), contracts=_contracts(file.lots),
        address=lambda act, lot: url_for(
            ".new_file_decision", reference=lot.reference if lot else reference, act=act.value
        ),
    )  # fmt: skip


@pages.get("/contracts/<reference>/decisions/new")
@enter(Role.OFFICER)
def new_contract_decision(reference: str) -> str:
    """The same for a contract: extend, vary, end, agree beside it, or something else."""
    contract = _contract(reference)
    file = contract.award.lot.procurement if contract.award else None
    return render_template(
        "authority/new_contract_decision.html", contract=contract, page="terms", is_task=True,
        offers=offers_for(ON_A_CONTRACT, file, today(), contract=contract),
        address=lambda act, _lot: url_for(".decision_on_contract", reference=reference, act=act.value),
    )  # fmt: skip


@pages.route(f"/procurements/<reference>/decisions/new/<any({OF_A_FILE}):act>", methods=["GET", "POST"])
@enter(Role.OFFICER)
def new_file_decision(reference: str, act: str) -> Answer:
    """Prepare a decision on a lot: what is known is filled in."""
    file = procurement_to_change(signed_in(), reference, today())
    lot = next((one for one in file.lots if one.reference == reference), file.lots[0])
    kind = ActKind(act)
    if kind is ActKind.ENTER and lot.award is None:
        abort(404)
    form = _form(kind, lot.award.bid.supplier if lot.award else None)
    return _prepared(
        form, kind, lambda: prepare_for(_wanted(kind, form), lot=lot, by=signed_in(), at=now()),
        template="authority/new_file_decision.html", trail=file.reference, procurement=file, lot=lot, page="authority",
    )  # fmt: skip


@pages.route(f"/contracts/<reference>/decisions/new/<any({OF_A_CONTRACT}):act>", methods=["GET", "POST"])
@enter(Role.OFFICER)
def decision_on_contract(reference: str, act: str) -> Answer:
    """Prepare a decision about a contract. The next option to extend is filled in."""
    contract, kind = _contract(reference), ActKind(act)
    form = _form(kind, contract.supplier, **_known(kind, contract))
    return _prepared(
        form, kind,
        lambda: prepare_for(_wanted(kind, form, contract), contract=contract, by=signed_in(), at=now()),
        template="authority/new_file_decision.html", trail=contract.reference, contract=contract, page="terms",
    )  # fmt: skip


def _prepared(
    form: PageForm, kind: ActKind, verb: Callable[[], Decision], *, template: str, trail: str, **around: Any
) -> Answer:
    made: list[Decision] = []
    if save(form, lambda: made.append(verb()), file=trail):
        flash("The decision is drafted. Check its words, then ask for views.")
        return redirect(url_for(".prepare", reference=made[0].reference))
    contract = around.get("contract")
    file = around["procurement"] if contract is None else contract.award.lot.procurement if contract.award else None
    offer = offers_for((kind,), file, today(), contract=contract)[0]
    template = template if contract is None else "authority/new_decision_on_contract.html"
    shown = render_template(template, form=form, act=kind, name=CALLED[kind], offer=offer, is_task=True, **around)
    return shown, status_of(form)


def _contract(reference: str) -> Contract:
    """The contract, for a procurement officer on its file, or for all files where it came from none."""
    found = contract_for(signed_in(), reference, today())
    file = found.award.lot.procurement if found.award else None
    if Role.OFFICER not in roles_of(signed_in(), today(), file.id if file else None):
        abort(403)
    return found


def _form(kind: ActKind, first: Supplier | None, **known: Any) -> PageForm:
    form = FORMS[kind](**known) if request.method == "GET" else FORMS[kind]()
    if "supplier_id" in form:
        others = db.session.scalars(select(Supplier).order_by(Supplier.name))
        listed = ([first] if first else []) + [one for one in others if one is not first]
        form.supplier_id.choices = [(str(one.id), one.name) for one in listed]
    return form


def _known(kind: ActKind, contract: Contract) -> dict[str, Any]:
    """The next option, or the rate of VAT the contract was agreed at."""
    gross, net = contract.annual_gross, contract.annual_net
    percent = rounded((gross - net) * 100 / net) if net and gross is not None else None
    option = contract.open_options[0] if contract.open_options and kind is ActKind.EXTEND else None
    if option is None:
        return {"vat_percent": percent}
    price = next((one.price_net for one in contract.options if one.number == option.number), None)
    if price is None and net is not None:
        price = share_of(net, option.months, 12)
    return {"vat_percent": percent, "months": option.months, "added_net": price}


def _wanted(kind: ActKind, form: PageForm, contract: Contract | None = None) -> Wanted:
    given = {name: form[name].data for name in form.data}
    months = given.get("months")
    party = db.session.get(Supplier, int(given["supplier_id"])) if given.get("supplier_id") else None
    added = given.get("added_net")
    ends_on = given.get("ends_on")
    by_option = False
    if contract is not None and months:
        ends_on = extended(contract.ends_on, months) if contract.ends_on else None
        by_option = kind is ActKind.EXTEND and bool(contract.open_options) and contract.open_options[0].months == months
    return Wanted(
        act=kind, words=tuple(given.get("words") or ()), months=months, ends_on=ends_on, other_party=party,
        added=with_vat(added, given["vat_percent"]) if added is not None else None, by_option=by_option,
    )  # fmt: skip


def _awarded(lots: list[Lot]) -> list[Lot]:
    """Lots for which a contract can be entered into by a decision of its own."""
    return [lot for lot in lots if lot.award is not None]


def _contracts(lots: list[Lot]) -> list[Contract]:
    return [lot.award.contract for lot in lots if lot.award is not None and lot.award.contract is not None]
