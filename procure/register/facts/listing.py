"""Finding contracts in their index: a range of places, the words in it, what narrows it, and how many there are.

Every question is asked of `contract_place` or of the words beside it, in the order of ends, and stops as soon as it
knows enough: what it costs depends on what is shown, not on how many contracts are held.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, column, false, func, literal_column, or_, select, table
from sqlalchemy.orm import selectinload

from procure.contract.access import readable_posts
from procure.contract.models import Contract
from procure.contract.rules import ContractState
from procure.desk.columns import Folded
from procure.extensions import db
from procure.folding import folded
from procure.people.models import Person
from procure.register.models import ContractPlace, ContractSum, ContractText
from procure.register.rules.listing import (
    COUNTED_TO,
    NO_DEPARTMENT,
    NO_END_ON,
    ON_A_PAGE,
    Asked,
    Band,
    Count,
    OnIt,
)
from procure.suppliers.models import Supplier

OVER = 1 << 62
"""Places from here on are of contracts that have ended."""

A_DAY = 1 << 32
"""Places of one day."""

LOOKED_THROUGH = 5000
"""So many of what is found are looked through to count the choices beside it."""


@dataclass(frozen=True)
class Reach:
    """Which contracts somebody may read: those of some posts, or all."""

    posts: frozenset[int] | None = None

    @property
    def is_all(self) -> bool:
        return self.posts is None


def reach_of(person: Person, day: date) -> Reach:
    """What a person may read on a day."""
    posts = readable_posts(person, day)
    return Reach(None if posts is None else frozenset(posts))


def place_of(day: date) -> int:
    """The first place of contracts that end on a day and aren't over."""
    return day.toordinal() * A_DAY


# ── the conditions ──


def _within(key: Any, asked: Asked) -> list[ColumnElement[bool]]:
    """The ranges of places that the wanted states and ends lie in."""
    first, last = asked.span
    low = place_of(first) if first else 0
    high = place_of(last) + A_DAY if last else place_of(NO_END_ON) if first else OVER
    states = set(asked.shown_states)
    parts = ([0] if states - {ContractState.ENDED} else []) + ([OVER] if ContractState.ENDED in states else [])
    if len(parts) == 2 and not first and not last:
        return []
    return [or_(*((key >= base + low) & (key < base + high) for base in parts))]


def _narrowed(asked: Asked, reach: Reach) -> list[ColumnElement[bool]]:
    """Everything else that narrows the list, but words."""
    found: list[ColumnElement[bool]] = []
    running = {ContractState.LIVE, ContractState.TO_SIGN} & set(asked.shown_states)
    if len(running) == 1:
        left_out = ContractState.TO_SIGN if ContractState.LIVE in running else ContractState.LIVE
        found.append(ContractPlace.state != left_out.value)
    if asked.on_it:
        found.append(ContractPlace.on_it.in_([one.value for one in asked.on_it]))
    if asked.departments:
        found.append(ContractPlace.department.in_(["" if one == NO_DEPARTMENT else one for one in asked.departments]))
    if asked.bands:
        found.append(ContractPlace.band.in_([one.value for one in asked.bands]))
    if asked.supplier:
        named = Folded(Supplier.name).contains(folded(asked.supplier), autoescape=True)
        found.append(ContractPlace.supplier_id.in_(select(Supplier.id).where(named)))
    if asked.owner:
        post = None if asked.owner == "none" else int(asked.owner)
        found.append(ContractPlace.owner_post_id.is_(None) if post is None else ContractPlace.owner_post_id == post)
    if reach.posts is not None:
        found.append(ContractPlace.owner_post_id.in_(reach.posts))
    return found


WORDS = table("contract_words", column("rowid"), column("contract_words"))
"""SQLite's index of words."""


def _holding(tokens: Sequence[str]) -> tuple[Any, ColumnElement[bool]]:
    """Where the words of contracts are kept, and that each of these begins one of them."""
    if db.engine.dialect.name == "sqlite":
        asked = " ".join(f'"{token}"{" *" if len(token) > 1 else ""}' for token in tokens)
        return WORDS.c.rowid, WORDS.c.contract_words.op("MATCH")(asked)
    asked = " & ".join(f"{token}:*" if len(token) > 1 else token for token in tokens)
    return ContractText.id, ContractText.words.op("@@")(func.to_tsquery(literal_column("'simple'"), asked))


def found_places(asked: Asked, reach: Reach, *more: ColumnElement[bool]) -> tuple[Select[Any], Any]:
    """The places of what is asked for, in no order yet, and the column they stand in. `more` narrows it further."""
    narrowed = [*_narrowed(asked, reach), *more]
    if asked.finds_nothing:
        narrowed.append(false())
    if not asked.tokens:
        return select(ContractPlace.id).where(*_within(ContractPlace.id, asked), *narrowed), ContractPlace.id
    key, holds = _holding(asked.tokens)
    query = select(key).where(holds, *_within(key, asked))
    if narrowed:
        query = query.where(select(ContractPlace.id).where(ContractPlace.id == key, *narrowed).exists())
    return query, key


# ── a page ──


@dataclass(frozen=True)
class Page:
    """Some of what was found, in the order of ends."""

    places: list[int]
    next_after: int | None
    """Where the next page begins; None at the end."""


def page_of(
    asked: Asked, reach: Reach, *more: ColumnElement[bool], after: int = 0, count: int = ON_A_PAGE
) -> Page:  # fmt: skip
    """A page of what is asked for, beginning after a place."""
    query, key = found_places(asked, reach, *more)
    places = list(db.session.scalars(query.where(key > after).order_by(key).limit(count + 1)))
    return Page(places[:count], places[count - 1] if len(places) > count else None)


def count_of(asked: Asked, reach: Reach, *more: ColumnElement[bool], most: int = COUNTED_TO) -> Count:
    """How many there are; counting stops one beyond the bound."""
    query, _ = found_places(asked, reach, *more)
    number = db.session.scalar(select(func.count()).select_from(query.limit(most + 1).subquery())) or 0
    return Count(number, number > most)


def contracts_at(places: Iterable[int], *needs: Any) -> list[tuple[ContractPlace, Contract]]:
    """The contracts at these places, in their order, with supplier and owner at hand."""
    rows = db.session.execute(
        select(ContractPlace, Contract)
        .join(Contract, Contract.id == ContractPlace.contract_id)
        .where(ContractPlace.id.in_(list(places)))
        .options(selectinload(Contract.supplier), selectinload(Contract.manager_post), *needs)
        .order_by(ContractPlace.id)
    )
    return [(place, contract) for place, contract in rows]


# ── the choices beside it ──


@dataclass(frozen=True)
class Choices:
    """How many each choice would show, the other choices staying as they are."""

    on_it: dict[OnIt, Count]
    departments: dict[str, Count]
    bands: dict[Band, Count]
    states: dict[ContractState, Count]


GROUPS = ("on_it", "departments", "bands", "states")
COLUMN = {"on_it": "on_it", "departments": "department", "bands": "band", "states": "state"}


def choices_for(asked: Asked, reach: Reach) -> Choices:
    """The counts beside every choice."""
    told = {group: _counts(_less(asked, group), group, reach) for group in GROUPS}
    departments = {word or NO_DEPARTMENT: count for word, count in told["departments"].items() if count.number}
    for chosen in asked.departments:
        departments.setdefault(chosen, Count(0))
    none = Count(0)
    return Choices(
        {one: told["on_it"].get(one.value, none) for one in OnIt},
        dict(sorted(departments.items(), key=lambda pair: (pair[0] == NO_DEPARTMENT, pair[0].casefold()))),
        {one: told["bands"].get(one.value, none) for one in Band},
        {one: told["states"].get(one.value, none) for one in ContractState},
    )


def _less(asked: Asked, group: str) -> Asked:
    """The same without the choices of one group; for states, with all of them."""
    every: Any = tuple(ContractState) if group == "states" else ()
    return replace(asked, **{group: every})


def _counts(asked: Asked, group: str, reach: Reach) -> dict[str, Count]:
    if asked.is_of_sums and reach.is_all:
        by = getattr(ContractSum, COLUMN[group])
        summed = select(by, func.sum(ContractSum.count)).where(*sums_of(asked)).group_by(by)
        return {word: Count(int(number)) for word, number in db.session.execute(summed)}
    query, _ = found_places(asked, reach)
    some = query.limit(LOOKED_THROUGH).subquery()
    key = next(iter(some.c))
    by = getattr(ContractPlace, COLUMN[group])
    told = db.session.execute(
        select(by, func.count()).select_from(some).join(ContractPlace, ContractPlace.id == key).group_by(by)
    ).all()
    is_more = sum(number for _, number in told) >= LOOKED_THROUGH
    return {word: Count(number, is_more) for word, number in told}


def sums_of(asked: Asked) -> list[ColumnElement[bool]]:
    """What narrows the kept sums as it narrows the list."""
    found: list[ColumnElement[bool]] = [ContractSum.state.in_([one.value for one in asked.shown_states])]
    if asked.quarter is not None:
        found.append(ContractSum.quarter == asked.quarter.key)
    if asked.on_it:
        found.append(ContractSum.on_it.in_([one.value for one in asked.on_it]))
    if asked.departments:
        found.append(ContractSum.department.in_(["" if one == NO_DEPARTMENT else one for one in asked.departments]))
    if asked.bands:
        found.append(ContractSum.band.in_([one.value for one in asked.bands]))
    return found
