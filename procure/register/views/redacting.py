"""What the public sees of a contract: kept back, opened again, filled in."""

from __future__ import annotations

from datetime import date

from flask import abort, flash, redirect, request, url_for
from sqlalchemy import select

from procure.contract.access import contract_for, contract_to_change, may_change
from procure.contract.models import Contract
from procure.contract.rules import ContractState
from procure.extensions import db
from procure.now import now, today
from procure.people.access import enter, global_roles_of, signed_in
from procure.people.models import Person
from procure.people.rules import Role
from procure.register.actions.redacting import complete, keep_back, open_again
from procure.register.facts.exporting import how_bought
from procure.register.facts.public import entry_of, hidden_of
from procure.register.facts.publication import code_facts
from procure.register.forms import DetailsForm, KeepBackForm, PlainForm
from procure.register.models import Redaction
from procure.register.rules.publishing import lacking_of
from procure.register.rules.redacting import Hidden
from procure.register.views.room import Answer, page, pages
from procure.saving import save


def _may_keep_back(person: Person, contract: Contract, day: date) -> bool:
    """Whoever changes the contract, and Democratic services."""
    return may_change(person, contract, day) or Role.DEMOCRATIC_SERVICES in global_roles_of(person, day)


@pages.route("/contracts/<reference>/public", methods=["GET", "POST"])
@enter()
def seen(reference: str) -> Answer:
    """What the public sees of a contract, what is kept back and why; something more is kept back here."""
    contract, day = contract_for(signed_in(), reference, today()), today()
    may = _may_keep_back(signed_in(), contract, day)
    if request.method == "POST" and not may:
        abort(403)
    form = KeepBackForm()

    def keep() -> None:
        keep_back(contract, Hidden(form.part.data), form.reason.data, by=signed_in(), at=now())

    if save(form, keep, file=reference):
        flash("It is kept back from now on.")
        return redirect(url_for(".seen", reference=reference))
    kept = db.session.scalars(
        select(Redaction).where(Redaction.contract_id == contract.id).order_by(Redaction.id)
    ).all()
    hidden = hidden_of([contract.id]).get(contract.id, {})
    return page(
        "seen", form, contract=contract, entry=entry_of(contract, hidden), kept=kept, may=may,
        may_change=may_change(signed_in(), contract, day), is_unsigned=contract.state is ContractState.TO_SIGN,
        is_withheld=Hidden.ALL in hidden, lacking=lacking_of(code_facts(contract, day)),
    )  # fmt: skip


@pages.post("/contracts/<reference>/public/<int:number>/open")
@enter()
def open_part(reference: str, number: int) -> Answer:
    """Let the public read again what was kept back."""
    contract = contract_for(signed_in(), reference, today())
    if not _may_keep_back(signed_in(), contract, today()):
        abort(403)
    form = PlainForm()
    found = db.session.scalars(
        select(Redaction).where(Redaction.id == number, Redaction.contract_id == contract.id)
    ).one_or_none()
    if found is None:
        abort(404)
    if save(form, lambda: open_again(found, by=signed_in(), at=now()), file=reference):
        flash("The public can read it again.")
    return redirect(url_for(".seen", reference=reference))


def _yes(said: bool | None) -> str | None:
    return None if said is None else "yes" if said else "no"


def _filled(contract: Contract) -> dict[str, object]:
    supplier = contract.supplier
    return {
        "version": contract.version, "department": contract.department, "description": contract.description,
        "cpv": contract.cpv, "procedure_said": contract.procedure_said or how_bought(contract),
        "irrecoverable_vat": contract.irrecoverable_vat,
        "is_sme": _yes(supplier.is_sme) if supplier else None, "is_vcse": _yes(supplier.is_vcse) if supplier else None,
        "company_number": supplier.company_number if supplier else "",
        "charity_number": supplier.charity_number if supplier else "",
    }  # fmt: skip


@pages.route("/contracts/<reference>/public/details", methods=["GET", "POST"])
@enter()
def details(reference: str) -> Answer:
    """Fill in what the Transparency Code asks of a contract and its supplier."""
    contract = contract_to_change(signed_in(), reference, today())
    form = DetailsForm(**_filled(contract))

    def keep() -> None:
        told = {"yes": True, "no": False}
        complete(
            contract, department=form.department.data or "", description=form.description.data or "",
            how_bought=form.procedure_said.data or "", irrecoverable_vat=form.irrecoverable_vat.data,
            cpv=form.cpv.data or "", is_sme=told.get(form.is_sme.data or ""), is_vcse=told.get(form.is_vcse.data or ""),
            company_number=form.company_number.data or "", charity_number=form.charity_number.data or "",
            by=signed_in(), at=now(), sees=form.version.data,
        )  # fmt: skip

    if save(form, keep, file=reference, fresh=lambda: DetailsForm(None, **_filled(contract))):
        flash("Saved. It goes out with the next quarter.")
        return redirect(url_for(".seen", reference=reference))
    return page("details", form, contract=contract)
