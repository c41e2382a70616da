"""Finding entries of the trail, newest first, a page at a time by where the last page ended."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby
from typing import Any

from sqlalchemy import func, select

from procure.audit.models import TrailEntry
from procure.audit.naming import SEALED, is_sealed
from procure.audit.rules import SHOWN_NOWHERE
from procure.audit.sentences import strong
from procure.extensions import db
from procure.now import LONDON


@dataclass(frozen=True)
class Wanted:
    """What the reader looks for; empty parts look for everything."""

    file: str = ""
    person: str = ""
    words: str = ""
    day: date | None = None


@dataclass(frozen=True)
class FoundEntry:
    """One entry with every value it changed: (name, before, after)."""

    number: int
    file: str
    kind: str
    row: str
    values: list[tuple[str, str, str]]
    is_disposed: bool
    hash: str


@dataclass(frozen=True)
class FoundAct:
    """What somebody did at one moment, with all its entries on this page."""

    sentence: str
    at: datetime
    recorded_at: datetime
    note: str
    is_refusal: bool
    entries: list[FoundEntry]

    @property
    def was_recorded_later(self) -> bool:
        """Whether the act is dated well before it was recorded, as a demonstration's are."""
        return abs(self.recorded_at - self.at) > timedelta(hours=1)


def page_of(wanted: Wanted, *, before: int | None, most: int = 60) -> tuple[list[FoundAct], int | None]:
    """Acts found and where the next page begins; None at the end. An act may go on over the page."""
    query = select(TrailEntry).order_by(TrailEntry.id.desc()).limit(most + 1)
    query = query.where(TrailEntry.file.not_in(SHOWN_NOWHERE))
    if before is not None:
        query = query.where(TrailEntry.id < before)
    if wanted.file:
        query = query.where(TrailEntry.file == wanted.file)
    if wanted.person:
        query = query.where(func.lower(TrailEntry.by_words).contains(wanted.person.lower(), autoescape=True))
    if wanted.words:
        query = query.where(func.lower(TrailEntry.said).contains(wanted.words.lower(), autoescape=True))
    if wanted.day:
        begins, ends = (_midnight(wanted.day + timedelta(days=more)) for more in (0, 1))
        query = query.where(TrailEntry.at >= begins, TrailEntry.at < ends)
    rows = list(db.session.scalars(query))
    following = rows[most - 1].id if len(rows) > most else None
    acts = [_act(list(of_act)) for _, of_act in groupby(rows[:most], key=lambda entry: entry.act_id)]
    return acts, following


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), LONDON).astimezone(UTC)


def _act(rows: list[TrailEntry]) -> FoundAct:
    first = rows[0]
    return FoundAct(
        sentence=strong(first), at=first.at, recorded_at=first.recorded_at, note=first.note or "",
        is_refusal=first.kind == "refused", entries=[_entry(row) for row in rows[::-1]],
    )  # fmt: skip


def _entry(row: TrailEntry) -> FoundEntry:
    kept: dict[str, Any] = json.loads(row.payload) if row.payload is not None else {"old": {}, "new": {}}
    names = sorted(kept["old"].keys() | kept["new"].keys())
    values = [(name, _plain(kept["old"].get(name)), _plain(kept["new"].get(name))) for name in names]
    changed = [value for value in values if value[1] != value[2]]
    return FoundEntry(
        number=row.number, file=row.file, kind=row.kind, row=row.row_name or "",
        values=[_veiled(row.table_name, *value) for value in changed], is_disposed=row.payload is None, hash=row.hash,
    )  # fmt: skip


def _veiled(table: str | None, name: str, before: str, after: str) -> tuple[str, str, str]:
    """A change as the trail page shows it: a value which only its own room shows is sealed."""
    if not is_sealed(table, name):
        return name, before, after
    return name, before and SEALED, after and SEALED


def _plain(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
