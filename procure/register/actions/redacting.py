"""What the public register says of a contract: parts kept back with a reason, and what it still lacks filled in."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from sqlalchemy import select

from procure.audit.actions import act
from procure.contract.models import Contract
from procure.extensions import db
from procure.people.models import Person
from procure.refusals import Refusal
from procure.register.models import Redaction
from procure.register.rules.redacting import Hidden


class ReasonNeeded(Refusal):
    """Nothing is kept from the public without a reason that can be told."""


def keep_back(contract: Contract, part: Hidden, reason: str, *, by: Person, at: datetime) -> None:
    """Keep a part of a contract from the public register, from now on. The reason is published in its place."""
    if not reason.strip():
        raise ReasonNeeded("Say why the public may not read it", field="reason")
    said = f"kept back from the public register: {part.label.lower()}"
    with act(said, on=contract, by=by, at=at, note=reason):
        found = db.session.scalars(
            select(Redaction).where(Redaction.contract_id == contract.id, Redaction.field == part)
        ).one_or_none()
        if found is None:
            db.session.add(Redaction(contract=contract, field=part, reason=reason, decided_by_id=by.id, decided_at=at))
        else:
            found.reason, found.decided_by_id, found.decided_at = reason, by.id, at


def open_again(redaction: Redaction, *, by: Person, at: datetime) -> None:
    """Let the public read again what was kept back."""
    with act(f"opened to the public again: {redaction.field.label.lower()}", on=redaction, by=by, at=at):
        db.session.delete(redaction)


def complete(
    contract: Contract, *, department: str, description: str, how_bought: str, irrecoverable_vat: Decimal | None,
    cpv: str, is_sme: bool | None, is_vcse: bool | None, company_number: str, charity_number: str, by: Person,
    at: datetime, sees: int | None = None,
) -> None:  # fmt: skip
    """Fill in what the Transparency Code asks of a contract and its supplier."""
    with act("filled in what is published", on=contract, by=by, at=at, sees=sees):
        contract.department, contract.description, contract.cpv = department, description, cpv
        contract.procedure_said, contract.irrecoverable_vat = how_bought, irrecoverable_vat
        supplier = contract.supplier
        if supplier is not None:
            supplier.is_sme, supplier.is_vcse = is_sme, is_vcse
            supplier.company_number, supplier.charity_number = company_number, charity_number
