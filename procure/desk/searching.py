"""Looking for words among everything the reader may read, a query for each kind of thing."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from flask import url_for
from sqlalchemy import ColumnElement, Select, String, case, cast, exists, false, func, literal, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute, selectinload

from procure import words
from procure.authority import access as decisions
from procure.authority.models import Decision, Delegation, Meeting, Resolution
from procure.contract import access as contracts
from procure.contract.models import Contract
from procure.contract.rules import ContractState
from procure.desk.columns import Folded
from procure.desk.rules.search import COUNTED_TO, Pieces, Query, compacted, excerpt, has_all, marked
from procure.documents.models import Paper
from procure.documents.registry import working_names
from procure.extensions import db
from procure.people.models import Person
from procure.procurement import access as procurements
from procure.procurement.models import Lot, Procurement
from procure.register.facts.listing import page_of, reach_of
from procure.register.models import ContractPlace
from procure.register.rules.listing import Asked
from procure.suppliers.models import Supplier

Column = ColumnElement[Any] | InstrumentedAttribute[Any]


@dataclass(frozen=True)
class Hit:
    """One thing that was found: its name with the words marked, what it is, and where it stands."""

    href: str
    title: Pieces
    facts: list[Pieces]
    state: str
    said: Pieces = field(default_factory=list)
    is_example: bool = False


@dataclass(frozen=True)
class Kind:
    """A kind of thing that can be looked for. `text` is all that is searched of it; `title` counts for more."""

    name: str
    one: str
    many: str
    row: Any
    reference: Column
    title: Column
    text: ColumnElement[str]
    may_read: Callable[[Person, date], ColumnElement[bool]]
    order: Column
    needs: Sequence[Any]
    hit: Callable[[Any, Query], Hit]
    joined: Callable[[Select[Any]], Select[Any]] = lambda asked: asked
    by_index: Callable[[Query, Person, date], tuple[list[int], bool]] | None = None
    """How it is found where there may be very many of its kind: keys, best first, and whether the first is meant."""


@dataclass(frozen=True)
class Found:
    """What was found of one kind: the keys of all, best first and no more than can be counted."""

    kind: Kind
    ids: list[int]
    has_exact: bool

    @property
    def count(self) -> int:
        return len(self.ids)


def search(query: Query, person: Person, day: date, of: Sequence[Kind] | None = None) -> list[Found]:
    """What the reader may read and every word is found in; the kind whose very reference was typed comes first."""
    found = [_found(kind, query, person, day) for kind in (KINDS if of is None else of)]
    return sorted((one for one in found if one.ids), key=lambda one: not one.has_exact)


def _found(kind: Kind, query: Query, person: Person, day: date) -> Found:
    if kind.by_index is not None:
        return Found(kind, *kind.by_index(query, person, day))
    text, title = Folded(kind.text), Folded(kind.title)
    reference = func.lower(func.replace(func.replace(kind.reference, "-", ""), "/", ""))
    is_it = reference == query.compact if query.compact else false()
    begins = reference.startswith(query.compact, autoescape=True) if query.compact else false()
    rank = case((is_it, 0), (begins, 1), (_holds_all(title, query), 2), else_=3).label("rank")
    asked = (
        kind.joined(select(kind.row.id, rank))
        .where(or_(_holds_all(text, query), is_it), kind.may_read(person, day))
        .order_by(rank, kind.order, kind.row.id.desc())
        .limit(COUNTED_TO + 1)
    )
    rows = db.session.execute(asked).all()
    return Found(kind, [row[0] for row in rows], bool(rows) and rows[0][1] == 0)


def _holds_all(text: ColumnElement[str], query: Query) -> ColumnElement[bool]:
    found: ColumnElement[bool] = true()
    for word in query.words:
        found = found & text.contains(word, autoescape=True)
    return found


def hits_of(found: Found, query: Query, begin: int, count: int) -> list[Hit]:
    """Some of what was found, as the page shows it."""
    ids = found.ids[begin : begin + count]
    asked = select(found.kind.row).where(found.kind.row.id.in_(ids)).options(*found.kind.needs)
    rows = {row.id: row for row in db.session.scalars(asked)}
    return [found.kind.hit(rows[one], query) for one in ids if one in rows]


REFERENCE = re.compile(r"con(\d{4})(\d+)")
"""A contract's reference as people type it, without its dashes."""


def _contracts_by_index(query: Query, person: Person, day: date) -> tuple[list[int], bool]:
    """Contracts in which every word begins a word: the very one first, then those whose name says it, newest first."""
    reach, every = reach_of(person, day), Asked(states=tuple(ContractState))
    typed = replace(every, typed=query.typed)
    places = page_of(typed, reach, count=COUNTED_TO + 1).places
    at: ColumnElement[bool] = ContractPlace.id.in_(places)
    if meant := REFERENCE.fullmatch(query.compact):
        at = or_(at, Contract.reference == f"CON-{meant[1]}-{meant[2]}")
    rows = db.session.execute(
        select(Contract.id, Contract.reference, Contract.title, Supplier.name)
        .join(ContractPlace, ContractPlace.contract_id == Contract.id)
        .outerjoin(Contract.supplier)
        .where(at, contracts.is_readable(person, day))
        .order_by(Contract.reference.desc())
    ).all()

    def rank(row: Any) -> int:
        _, reference, title, supplier = row
        compact = compacted(reference)
        if query.compact and compact.startswith(query.compact):
            return 0 if compact == query.compact else 1
        return 2 if has_all(f"{title} {supplier or ''}", query.words) else 3

    best = sorted(rows, key=rank)
    return [row[0] for row in best], bool(best) and rank(best[0]) == 0


# ── the kinds ──


def _text(*columns: Any) -> ColumnElement[str]:
    """Columns one after the other; a word never runs from one into the next."""
    whole = columns[0]
    for column in columns[1:]:
        whole = whole + literal("\n") + func.coalesce(column, "")
    return whole  # type: ignore[no-any-return]


def _elsewhere(query: Query, seen: str, *texts: str) -> Pieces:
    """The words around a find that the lines above don't show."""
    if has_all(seen, query.words):
        return []
    unseen = [word for word in query.words if not has_all(seen, [word])]
    around = next((part for text in texts if (part := excerpt(text, unseen))), "")
    return marked(around, query.words)


LOTS = (
    select(func.aggregate_strings(Procurement.reference + "-L" + cast(Lot.number, String) + " " + Lot.title, "\n"))
    .where(Lot.procurement_id == Procurement.id)
    .correlate(Procurement)
    .scalar_subquery()
)


def _procurement(one: Procurement, query: Query) -> Hit:
    lot = next((lot for lot in one.lots if compacted(lot.reference) == query.compact), None)
    lots = [] if one.lots and one.lots[0].is_only else [found.label for found in one.lots]
    return Hit(
        url_for("procurement.overview", reference=lot.reference if lot else one.reference),
        marked(one.title, query.words), [marked(one.reference, query.words)], one.stage.label,
        _elsewhere(query, f"{one.reference} {one.title}", one.need, *lots), one.is_example,
    )  # fmt: skip


def _contract(one: Contract, query: Query) -> Hit:
    last = one.ended_on or one.ends_on
    ends = f"{'ended' if one.ended_on else 'ends'} {words.day(last)}" if last else "no end agreed"
    seen = f"{one.reference} {one.title} {one.supplier_name}"
    return Hit(
        url_for("contract.overview", reference=one.reference), marked(one.title, query.words),
        [marked(one.reference, query.words), marked(one.supplier_name, query.words)], f"{one.state.label}, {ends}",
        _elsewhere(query, seen, one.description, one.department, one.source_reference), one.is_example,
    )  # fmt: skip


def _decision(one: Decision, query: Query) -> Hit:
    power = one.delegation
    rests_on = [power.resolution.words if power.resolution else power.scheme_words] if power else []
    seen = [one.reference, *([one.supplier.name] if one.supplier else [])]
    return Hit(
        url_for("authority.decision", reference=one.reference), marked(one.title, query.words),
        [marked(fact, query.words) for fact in seen], one.state.label,
        _elsewhere(query, " ".join([one.title, *seen]), *rests_on), one.is_example,
    )  # fmt: skip


def _meeting(one: Meeting, query: Query) -> Hit:
    item = f"{one.body}, item {one.item}"
    said = [f"({resolution.numeral.strip('()')}) {resolution.words}" for resolution in one.resolutions]
    return Hit(
        url_for("meetings.meeting", reference=one.reference), marked(one.title, query.words),
        [marked(item, query.words), marked(one.reference, query.words)], words.day(one.held_on),
        _elsewhere(query, f"{item} {one.reference} {one.title}", *said),
        one.is_example,
    )  # fmt: skip


def _paper(one: Paper, query: Query) -> Hit:
    return Hit(
        url_for("documents.issued", number=one.id), marked(one.title, query.words),
        [marked(f"{one.about}, version {one.number}", query.words)], f"Issued {words.moment(one.issued_at)}",
        marked(one.subject, query.words), one.is_example,
    )  # fmt: skip


def _supplier(one: Supplier, query: Query) -> Hit:
    numbers = (("Company", one.company_number), ("Charity", one.charity_number))
    return Hit(
        url_for("desk.search", q=one.name, of="contracts"), marked(one.name, query.words),
        [marked(f"{kind} {number}", query.words) for kind, number in numbers if number], "See its contracts",
        is_example=one.is_example,
    )  # fmt: skip


def _supplies(person: Person, day: date) -> ColumnElement[bool]:
    """Suppliers with a contract the reader may read. Who has bid is nobody's business here."""
    return exists().where(Contract.supplier_id == Supplier.id, contracts.is_readable(person, day))


def _papers(person: Person, day: date) -> ColumnElement[bool]:
    """Papers of the files the reader may open; working papers are found where the work is done."""
    return Paper.name.notin_(working_names()) & Paper.about.in_(
        select(Procurement.reference).where(procurements.is_readable(person, day))
    )


RESOLVED = (
    select(func.aggregate_strings(Resolution.words, "\n"))
    .where(Resolution.meeting_id == Meeting.id)
    .correlate(Meeting)
    .scalar_subquery()
)

KINDS = (
    Kind(
        "procurements", "procurement", "procurements", Procurement, Procurement.reference, Procurement.title,
        _text(Procurement.reference, Procurement.title, Procurement.need, LOTS), procurements.is_readable,
        Procurement.reference.desc(), (selectinload(Procurement.lots),), _procurement,
    ),
    Kind(
        "contracts", "contract", "contracts", Contract, Contract.reference, Contract.title + " " + Supplier.name,
        _text(Contract.reference, Contract.title, Supplier.name), contracts.is_readable, Contract.reference.desc(),
        (selectinload(Contract.supplier),), _contract, by_index=_contracts_by_index,
    ),
    Kind(
        "decisions", "decision", "decisions", Decision, Decision.reference, Decision.title,
        _text(Decision.reference, Decision.title, Supplier.name, Resolution.words, Delegation.scheme_words),
        decisions.is_readable, Decision.id.desc(),
        (selectinload(Decision.supplier), selectinload(Decision.delegation).selectinload(Delegation.resolution)),
        _decision,
        lambda asked: asked.outerjoin(Decision.supplier).outerjoin(Decision.delegation).outerjoin(
            Delegation.resolution
        ),
    ),
    Kind(
        "meetings", "meeting item", "meeting items", Meeting, Meeting.reference, Meeting.title,
        _text(Meeting.reference, Meeting.body, literal("item ") + Meeting.item, Meeting.title, RESOLVED),
        lambda _person, _day: true(), Meeting.held_on.desc(), (selectinload(Meeting.resolutions),), _meeting,
    ),
    Kind(
        "papers", "paper", "papers", Paper, Paper.reference, Paper.title,
        _text(Paper.about, Paper.title, Paper.subject), _papers, Paper.issued_at.desc(), (), _paper,
    ),
    Kind(
        "suppliers", "supplier", "suppliers", Supplier, Supplier.company_number, Supplier.name,
        _text(Supplier.name, Supplier.company_number, Supplier.charity_number), _supplies, Supplier.name, (), _supplier,
    ),
)  # fmt: skip
"""What can be looked for, in the order in which it is shown."""
