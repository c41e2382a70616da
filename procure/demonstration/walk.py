"""The demonstration's journey, step after step, each made by the real actions on its own day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from procure.contract.models import Contract
from procure.demonstration import appraisal, approval, authority, award, contract, days, evaluation, tender
from procure.demonstration.cast import Cast, set_up_council
from procure.extensions import db
from procure.procurement.models import Procurement

ENDING = "CON-2025-007"
FILE = "PRO-2027-014"


@dataclass(frozen=True)
class Step:
    """A day to which the demonstration can be loaded: what has been done by then."""

    name: str
    today: date
    shows: str
    does: Callable[[Cast], None]


def the_contract() -> Contract:
    """The contract that is ending."""
    return db.session.scalars(select(Contract).where(Contract.reference == ENDING)).one()


def the_file() -> Procurement:
    """The purchase that follows it."""
    return db.session.scalars(select(Procurement).where(Procurement.reference == FILE)).one()


def begin() -> Cast:
    """The council and its people."""
    return set_up_council(at=days.at(days.SET_UP, 9))
