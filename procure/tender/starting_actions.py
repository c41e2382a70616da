"""Starting the tender papers from those of the last purchase: copied once, then changed like any other."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import inspect

from procure import words
from procure.audit.actions import Actor, act
from procure.extensions import db
from procure.notices.facts import opening_notice
from procure.procurement.models import Lot
from procure.refusals import Refusal
from procure.rows import Base
from procure.tender.models import AwardCriterion, Method
from procure.tender.pack_models import ContractTerms, HowToTender, PlannedKpi, Specification
from procure.tender.starting_facts import LABELS, Part, start_of

ITS_OWN = frozenset({"id", "version", "lot_id", "method_id", "parent_id", "is_example", "edition"})
"""What a copy doesn't take over: its place, and what the last competition's dates settled."""

OF_THAT_DAY = frozenset({"briefing_at", "briefing_place", "dpia_reference"})


class NothingToStartFrom(Refusal):
    """The part isn't there, or this purchase has its own already."""


def start_from_before(lot: Lot, parts: Collection[Part], *, by: Actor, at: datetime) -> None:
    """Copy what the last purchase said into this one, as a draft to be changed. What is here already stays."""
    with act("started from the last purchase’s papers", on=lot, by=by, at=at):
        if opening_notice(lot):
            raise NothingToStartFrom("The notice is out, so the papers stay as they are.")
        if not parts:
            raise NothingToStartFrom("Choose what to take over.", field="parts")
        start = start_of(lot)
        for part in Part:
            if part in parts:
                if start is None or part not in start.parts:
                    raise NothingToStartFrom(f"{LABELS[part]}: this is here already.", field="parts")
                _COPY[part](start.lot, lot)
        db.session.flush()
        db.session.expire(lot)


def _same(row: Base) -> dict[str, Any]:
    """The words and figures of a row, to be said again elsewhere."""
    return {
        column.key: getattr(row, column.key)
        for column in inspect(type(row)).column_attrs
        if column.key not in ITS_OWN and column.key not in OF_THAT_DAY
    }


def _method(before: Lot, lot: Lot) -> None:
    old = before.method
    assert old is not None
    new = Method(lot=lot, is_example=lot.procurement.is_example, **_same(old))
    db.session.add(new)
    copies: dict[int, AwardCriterion] = {}
    for one in list(old.criteria):
        copy = AwardCriterion(parent=copies[one.parent.id] if one.parent is not None else None, **_same(one))
        new.criteria.append(copy)
        copies[one.id] = copy


def _service(before: Lot, lot: Lot) -> None:
    assert before.specification is not None
    db.session.add(Specification(lot=lot, is_example=lot.procurement.is_example, **_same(before.specification)))


def _indicators(before: Lot, lot: Lot) -> None:
    db.session.add_all([PlannedKpi(lot=lot, **_same(one)) for one in before.kpis])


def _how(before: Lot, lot: Lot) -> None:
    assert before.how_to_tender is not None
    db.session.add(HowToTender(lot=lot, is_example=lot.procurement.is_example, **_same(before.how_to_tender)))


def _terms(before: Lot, lot: Lot) -> None:
    assert before.contract_terms is not None
    db.session.add(ContractTerms(lot=lot, is_example=lot.procurement.is_example, **_same(before.contract_terms)))


_COPY = {
    Part.METHOD: _method, Part.SERVICE: _service, Part.INDICATORS: _indicators, Part.HOW: _how, Part.TERMS: _terms,
}  # fmt: skip


def said(parts: Collection[Part]) -> str:
    """What was taken over, for the message after it."""
    return words.joined(LABELS[part].split(":")[0].lower() for part in Part if part in parts)
