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

LOOKED_THROUGH = 1200
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
    high = (place_of(last) + A_DAY if last else place_of(NO_END_ON) if first else OVER) - 1
    states = set(asked.shown_states)
    parts = ([0] if states - {ContractState.ENDED} else []) + ([OVER] if ContractState.ENDED in states else [])
    if len(parts) == 2 and not first and not last:
        return []
    return [or_(*((key >= base + low) & (key <= base + high) for base in parts))]


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


SHORT = 4
"""Beginnings of words up to so many letters are in the index themselves."""


def _holding(tokens: Sequence[str]) -> tuple[Any, ColumnElement[bool]]:
    """Where the words of contracts are kept, and that each of these begins one of them.

    A longer word that many contracts hold is taken as a whole: all that begins with it could not be gone through.
    """
    said = [(token, 1 < len(token) <= SHORT or not _is_common(token)) for token in tokens]
    return _where([(token, begins and len(token) > 1) for token, begins in said])


def _where(tokens: Sequence[tuple[str, bool]]) -> tuple[Any, ColumnElement[bool]]:
    if db.engine.dialect.name == "sqlite":
        asked = " ".join(f'"{token}"{" *" if begins else ""}' for token, begins in tokens)
        return WORDS.c.rowid, WORDS.c.contract_words.op("MATCH")(asked)
    asked = " & ".join(f"{token}:*" if begins else token for token, begins in tokens)
    return ContractText.id, ContractText.words.op("@@")(func.to_tsquery(literal_column("'simple'"), asked))


def _is_common(token: str) -> bool:
    """Whether more contracts than are counted hold it as a whole word."""
    key, holds = _where([(token, False)])
    held = select(key).where(holds).limit(COUNTED_TO + 1).subquery()
    return (db.session.scalar(select(func.count()).select_from(held)) or 0) > COUNTED_TO


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


# ── a page with its count and the choices beside it ──


@dataclass(frozen=True)
class Choices:
    """How many each choice would show, the other choices staying as they are."""

    on_it: dict[OnIt, Count]
    departments: dict[str, Count]
    bands: dict[Band, Count]
    states: dict[ContractState, Count]


@dataclass(frozen=True)
class Looked:
    """A page, how many there are of it in all, and what each choice would show."""

    page: Page
    count: Count
    choices: Choices


@dataclass(frozen=True)
class _Counted:
    """Contracts that are alike in all that choices tell apart."""

    on_it: str
    department: str
    band: str
    state: str
    number: int = 1
    place: int = 0

    def fits(self, asked: Asked, but: str = "") -> bool:
        """Whether the choices let it through, those of one group left aside."""
        return (
            (but == "on_it" or not asked.on_it or self.on_it in asked.on_it)
            and (
                but == "departments" or not asked.departments or (self.department or NO_DEPARTMENT) in asked.departments
            )
            and (but == "bands" or not asked.bands or self.band in asked.bands)
            and (but == "states" or self.state in asked.shown_states)
        )


def look(asked: Asked, reach: Reach, *, after: int = 0) -> Looked:
    """What the list shows. Kept sums answer where they can; else what is found is looked through, up to a bound."""
    if asked.is_of_sums and reach.is_all:
        cells = _cells(asked)
        number = sum(cell.number for cell in cells if cell.fits(asked))
        return Looked(page_of(asked, reach, after=after), Count(number), _choices(asked, cells))
    rows = _looked_through(asked, reach)
    is_more = len(rows) > LOOKED_THROUGH
    choices = _choices(asked, rows, is_more)
    if is_more:
        return Looked(page_of(asked, reach, after=after), count_of(asked, reach), choices)
    places = [row.place for row in rows if row.fits(asked)]
    later = [place for place in places if place > after]
    page = Page(later[:ON_A_PAGE], later[ON_A_PAGE - 1] if len(later) > ON_A_PAGE else None)
    return Looked(page, Count(len(places)), choices)


def _cells(asked: Asked) -> list[_Counted]:
    of = (ContractSum.on_it, ContractSum.department, ContractSum.band, ContractSum.state)
    summed = select(*of, func.sum(ContractSum.count)).group_by(*of)
    if asked.quarter is not None:
        summed = summed.where(ContractSum.quarter == asked.quarter.key)
    return [_Counted(*row[:4], int(row[4])) for row in db.session.execute(summed)]


def _looked_through(asked: Asked, reach: Reach) -> list[_Counted]:
    """The first of what is found whatever is chosen, one more than are looked through where there are more."""
    every = replace(asked, on_it=(), departments=(), bands=(), states=tuple(ContractState))
    query, key = found_places(every, reach)
    found = query.order_by(key).limit(LOOKED_THROUGH + 1).subquery()
    of = (ContractPlace.on_it, ContractPlace.department, ContractPlace.band, ContractPlace.state, ContractPlace.id)
    rows = db.session.execute(
        select(*of).select_from(found).join(ContractPlace, ContractPlace.id == next(iter(found.c))).order_by(of[-1])
    )
    return [_Counted(*row[:4], place=row[4]) for row in rows]


def _choices(asked: Asked, cells: Sequence[_Counted], is_more: bool = False) -> Choices:
    counts: dict[str, dict[str, int]] = {"on_it": {}, "departments": {}, "bands": {}, "states": {}}
    column = {"on_it": "on_it", "departments": "department", "bands": "band", "states": "state"}
    for cell in cells:
        for group, told in counts.items():
            if cell.fits(asked, but=group):
                word = getattr(cell, column[group])
                told[word] = told.get(word, 0) + cell.number

    def count(group: str, word: str) -> Count:
        return Count(counts[group].get(word, 0), is_more)

    departments = {word or NO_DEPARTMENT: number for word, number in counts["departments"].items() if number}
    for chosen in asked.departments:
        departments.setdefault(chosen, 0)
    in_order = sorted(departments.items(), key=lambda pair: (pair[0] == NO_DEPARTMENT, pair[0].casefold()))
    return Choices(
        {one: count("on_it", one.value) for one in OnIt},
        {name: Count(number, is_more) for name, number in in_order},
        {one: count("bands", one.value) for one in Band},
        {one: count("states", one.value) for one in ContractState},
    )


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
