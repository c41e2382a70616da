"""An officer's next task on a lot, as My work lists it; the stages tell it through their facts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from flask import url_for
from sqlalchemy import select

from procure.extensions import db
from procure.people.models import Person
from procure.procurement.models import Lot, Procurement
from procure.procurement.pace import next_start
from procure.procurement.rules import Check, Stage, State, Waiting


def lots_at(person: Person, *stages: Stage) -> list[Lot]:
    """The lots of an officer's files that stand at one of some stages."""
    return list(
        db.session.scalars(
            select(Lot)
            .join(Procurement, Lot.procurement_id == Procurement.id)
            .where(Procurement.officer_id == person.id, Lot.stage.in_(stages))
            .order_by(Procurement.reference, Lot.number)
        )
    )


def first_open(checks: Iterable[Check]) -> Check | None:
    """The first thing that can be done now; None when all is done or only waits."""
    return next((one for one in checks if one.state in (State.IN_PROGRESS, State.NOT_STARTED)), None)


def task_of(lot: Lot, what: str, page: str, day: date | None = None, *, note: str = "") -> Waiting:
    """Something the officer of a lot has to do, on a page that takes the reference of the lot.

    Without a day of its own it is due on the last safe day to begin the next stage.
    """
    procurement, start = lot.procurement, next_start(lot)
    return Waiting(
        what=what,
        href=url_for(page, reference=lot.reference),
        file=f"{lot.full_title}, {lot.reference}",
        day=day or (start[1] if start else None),
        note=note,
        is_example=procurement.is_example,
    )
