"""What ends when, by who is on it; the rows of the list; the last end for which buying may still begin in time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache

from sqlalchemy import func, select

from procure.contract.facts import plan_back_from
from procure.contract.models import Contract
from procure.contract.rules import LOOK_AHEAD_MONTHS, ContractState
from procure.extensions import db
from procure.law.working_days import months_before
from procure.register.facts.listing import Reach, contracts_at, found_places, sums_of
from procure.register.models import ContractPlace, ContractSum
from procure.register.rules.listing import NO_DEPARTMENT, Asked, Cell, OnIt, Quarter, quarter_of

QUARTERS = 12
"""Quarters of the picture: three years."""


def cells_of(asked: Asked, reach: Reach, first: Quarter, many: int = QUARTERS) -> list[Cell]:
    """What ends in those quarters, as far as directorate and value narrow it: the picture shows all who are on it."""
    narrowed = Asked(departments=asked.departments, bands=asked.bands)
    if reach.is_all:
        of = (ContractSum.quarter, ContractSum.department, ContractSum.on_it)
        rows = db.session.execute(
            select(*of, func.sum(ContractSum.count), func.sum(ContractSum.worth))
            .where(ContractSum.quarter.between(first.key, first.after(many - 1).key), *sums_of(narrowed))
            .group_by(*of)
        )
        return [
            Cell(quarter, department or NO_DEPARTMENT, OnIt(on_it), int(count), worth or Decimal(0))
            for quarter, department, on_it, count, worth in rows
            if count
        ]
    query, _ = found_places(narrowed, reach, ContractPlace.ends_on.is_not(None))
    own = query.with_only_columns(
        ContractPlace.ends_on, ContractPlace.department, ContractPlace.on_it, ContractPlace.worth
    )
    return [
        Cell(quarter_of(ends_on).key, department or NO_DEPARTMENT, OnIt(on_it), 1, worth or Decimal(0))
        for ends_on, department, on_it, worth in db.session.execute(own)
        if ends_on is not None
    ]


@dataclass(frozen=True)
class Row:
    """A contract as the list shows it."""

    contract: Contract
    on_it: OnIt
    start_by_on: date | None
    """Last day to start buying again; None where no end is known, or the contract is over."""
    is_late: bool
    """That day has passed and nobody is on it."""
    is_early: bool
    """It ends so far ahead that nobody need be on it yet."""

    @property
    def said(self) -> str:
        """Who is on it, in a word or two."""
        if self.contract.state is ContractState.ENDED:
            return "Ended"
        return "Nobody yet" if self.on_it is OnIt.NOBODY and self.is_early else self.on_it.label


def rows_at(places: list[int], today: date) -> list[Row]:
    """The rows of a page."""
    found = []
    for place, contract in contracts_at(places):
        on_it, ends_on = OnIt(place.on_it), contract.ends_on
        is_over = contract.state is ContractState.ENDED
        start_by_on = None if ends_on is None or is_over else plan_back_from(ends_on).start_by
        found.append(
            Row(
                contract, on_it, start_by_on,
                start_by_on is not None and start_by_on < today and on_it is OnIt.NOBODY,
                ends_on is None or today < months_before(ends_on, LOOK_AHEAD_MONTHS),
            )
        )  # fmt: skip
    return found


@lru_cache(maxsize=64)
def first_end_in_time(today: date) -> date:
    """The first end for which buying may begin today and still be done in time: what ends before it is late.

    The last day to start never goes back as the end goes on, so it is found by halving.
    """
    low, high = today, today + timedelta(days=4 * 366)
    while low < high:
        middle = low + (high - low) // 2
        if plan_back_from(middle).start_by >= today:
            high = middle
        else:
            low = middle + timedelta(days=1)
    return low
