"""What a person may do with suppliers: add one, and put its particulars right."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, or_, select

from procure.audit.actions import Actor, act
from procure.extensions import db
from procure.refusals import Refusal
from procure.suppliers.models import Supplier
from procure.suppliers.rules import ANOTHER, Particulars, company_number, identifier_of, plain_number


class SupplierIsKnown(Refusal):
    """The supplier, or one of the same name, is on record already; `known` are offered for use."""

    def __init__(self, sentence: str, known: Sequence[Supplier], *, is_same: bool) -> None:
        super().__init__(sentence, field="known_id")
        self.known = tuple(known)
        self.is_same = is_same


class NothingChanged(Refusal):
    """A correction that corrects nothing."""


def same_as(particulars: Particulars) -> Supplier | None:
    """The supplier on record with one of these numbers; None where no number matches."""
    if not particulars.numbers:
        return None
    charities = [number.removeprefix("GB-CHC-") for number in particulars.numbers if number.startswith("GB-CHC-")]
    companies = [number.removeprefix("GB-COH-") for number in particulars.numbers if number.startswith("GB-COH-")]
    return db.session.scalars(
        select(Supplier)
        .where(
            or_(
                Supplier.identifier.in_(particulars.numbers),
                Supplier.company_number.in_(companies),
                Supplier.charity_number.in_(charities),
            )
        )
        .order_by(Supplier.id)
    ).first()


def namesakes(name: str) -> list[Supplier]:
    """Suppliers of the same name, which may or may not be the same."""
    return list(
        db.session.scalars(select(Supplier).where(func.lower(Supplier.name) == name.lower()).order_by(Supplier.id))
    )


def offered(particulars: Particulars) -> list[tuple[str, str]]:
    """Answers to *is it on record?*: the supplier with the number typed, else those of the same name, or another."""
    if not particulars.name and not particulars.numbers:
        return []
    same = same_as(particulars)
    if same is not None:
        return [(str(same.id), f"Yes, use {described(same)}")]
    alike = namesakes(particulars.name)
    return [(str(one.id), f"Yes, use {described(one)}") for one in alike] + [
        (ANOTHER, "No, it is another supplier of the same name") for _ in alike[:1]
    ]


def described(supplier: Supplier) -> str:
    """A supplier with what tells it from a namesake: "Example Trust, charity 1000002, RM8 3ZZ"."""
    charity = f"charity {supplier.charity_number}" if supplier.charity_number else ""
    company = f"company {supplier.company_number}" if supplier.company_number else ""
    place = supplier.address.splitlines()[-1] if supplier.address else ""
    return ", ".join(part for part in (supplier.name, charity, company, place) if part)


def supplier_for(
    particulars: Particulars, *, by: Actor, at: datetime, use: int | None = None, is_another: bool = False,
    is_example: bool = False,
) -> Supplier:  # fmt: skip
    """The supplier on record that is meant, or a new one.

    `use` is one that was offered and chosen; `is_another` says that one of the same name is somebody else.
    Raises `SupplierIsKnown` where that has still to be said.
    """
    same = same_as(particulars)
    alike = [same] if same else namesakes(particulars.name)
    chosen = next((one for one in alike if one.id == use), None)
    if chosen is not None:
        return chosen
    if same is not None:
        raise SupplierIsKnown(
            f"{same.name} is on record with that number. Use it, or correct the number.", alike, is_same=True
        )
    if alike and not is_another:
        raise SupplierIsKnown(
            f"A supplier called {alike[0].name} is on record. Say whether this is the same one.", alike, is_same=False
        )
    return add(particulars, by=by, at=at, is_example=is_example)


def add(particulars: Particulars, *, by: Actor, at: datetime, is_example: bool = False) -> Supplier:
    """Put a new supplier on record."""
    with act("added a supplier", on="suppliers", by=by, at=at):
        supplier = Supplier(is_example=is_example, **_kept(particulars))
        db.session.add(supplier)
        db.session.flush()
    return supplier


def correct(
    supplier: Supplier, particulars: Particulars, *, because: str, by: Actor, at: datetime, sees: int | None = None
) -> None:
    """Put a supplier's particulars right, with the reason. Raises `SupplierIsKnown` for another's number."""
    with act("corrected a supplier’s particulars", on=supplier, by=by, at=at, note=because, sees=sees):
        kept = _kept(particulars)
        if all(getattr(supplier, name) == value for name, value in kept.items()):
            raise NothingChanged("Nothing is different from what is on record.")
        same = same_as(particulars)
        if same is not None and same is not supplier:
            raise SupplierIsKnown(f"{same.name} is on record with that number.", [same], is_same=True)
        for name, value in kept.items():
            setattr(supplier, name, value)


def complete(supplier: Supplier, particulars: Particulars, *, by: Actor, at: datetime) -> None:
    """Fill in what the record lacks from what was typed; nothing that stands is overwritten."""
    lacking = {name: value for name, value in _kept(particulars).items() if value and not getattr(supplier, name)}
    if lacking:
        with act("completed a supplier’s particulars", on=supplier, by=by, at=at):
            for name, value in lacking.items():
                setattr(supplier, name, value)


def _kept(particulars: Particulars) -> dict[str, str]:
    company, charity = particulars.company_number.strip(), particulars.charity_number.strip()
    return {
        "name": particulars.name.strip(),
        "email": particulars.email.strip(),
        "contact_name": particulars.contact_name.strip(),
        "address": particulars.address.strip(),
        "company_number": company_number(company) if company else "",
        "charity_number": plain_number(charity).replace("-", "") if charity else "",
        "identifier": identifier_of(particulars.identifier, company, charity),
    }
