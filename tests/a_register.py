"""Contracts put into the register as they are, without the ways that lead there."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from procure.audit.actions import Machine, act
from procure.contract.models import Contract
from procure.contract.rules import ContractState, Term, ValueBasis
from procure.demonstration.days import at
from procure.extensions import db
from procure.suppliers.models import Supplier

HARD = "Smith & Sons <Ltd>"
PUT_ON = date(2027, 1, 11)


def a_contract(number: int, **facts: Any) -> Contract:
    """A contract of the council's own list: live, £120,000 with VAT, unless said otherwise."""
    worth = Decimal(facts.pop("worth", 120_000))
    supplier = facts.pop("supplier", None)
    plain: dict[str, Any] = {
        "reference": f"CON-2020-{number:03}", "title": f"Contract {number}", "state": ContractState.LIVE,
        "starts_on": date(2024, 4, 1), "ends_on": date(2028, 3, 31), "term": Term.FIXED, "department": "Housing",
        "value_stated": worth, "value_basis": ValueBasis.GROSS, "value_gross": worth, "value_net": worth,
        "value_vat": Decimal(0), "source_reference": f"LIST/{number}",
    }  # fmt: skip
    with act("put a contract where it is", on="register", by=Machine("test"), at=at(PUT_ON)):
        contract = Contract(**plain | facts)
        if supplier is not None:
            contract.supplier = supplier if isinstance(supplier, Supplier) else a_supplier(supplier)
        db.session.add(contract)
    return contract


def a_supplier(name: str, **facts: Any) -> Supplier:
    """A supplier; inside an act it joins it."""
    with act("put a supplier where it is", on="suppliers", by=Machine("test"), at=at(PUT_ON)):
        supplier = Supplier(name=name, **facts)
        db.session.add(supplier)
    return supplier
