"""Which lists somebody may open, and what a list's pages show of it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from flask import abort
from sqlalchemy import ColumnElement, select, true

from procure.extensions import db
from procure.people.access import may_read_every_file
from procure.people.models import Person
from procure.register.list_models import ContractList
from procure.register.list_rules.rows import About


def is_open_to(person: Person, day: date) -> ColumnElement[bool]:
    """Which lists a person may open: their own; all, where they may read every contract."""
    return true() if may_read_every_file(person, day) else ContractList.asked_by_id == person.id


def list_for(person: Person, reference: str, day: date) -> ContractList:
    """A list, if the person may open it; 404 else."""
    asked = select(ContractList).where(ContractList.reference == reference, is_open_to(person, day))
    return db.session.scalars(asked).one_or_none() or abort(404)


@dataclass(frozen=True)
class CountsShown:
    """What a dry run came to, as its page shows it."""

    rows: int
    created: int
    updated: int
    unchanged: int
    rejected: int
    warnings: int
    value_sum: Decimal
    with_end_date: int
    kept_here: int
    new_suppliers: int
    abouts: tuple[tuple[About, int], ...]

    @property
    def good(self) -> int:
        """Rows that can be brought in or are on record as they are."""
        return self.rows - self.rejected

    @property
    def to_bring(self) -> int:
        """Rows that would change something."""
        return self.created + self.updated


def counts_of(found: ContractList) -> CountsShown | None:
    """The sum of its dry run; None before there is one."""
    told: dict[str, Any] = json.loads(found.counts)
    if not told:
        return None
    by_about = told.get("by_about", {})
    names = (
        "rows", "created", "updated", "unchanged", "rejected", "warnings", "with_end_date", "kept_here",
        "new_suppliers",
    )  # fmt: skip
    return CountsShown(
        **{name: int(told[name]) for name in names}, value_sum=Decimal(told["value_sum"]),
        abouts=tuple((about, by_about[about.value]) for about in About if by_about.get(about.value)),
    )  # fmt: skip
