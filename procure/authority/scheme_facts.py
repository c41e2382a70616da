"""The scheme of delegation as its page shows it: paragraph by paragraph, each post with what it may do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from procure.authority.models import Delegation
from procure.authority.rules import ActKind, ConsultationMode
from procure.authority.rules.scheme import SchemeBand, gaps_in
from procure.council.models import QuoteBand
from procure.extensions import db
from procure.people.access import holds
from procure.people.models import Person, Post


@dataclass(frozen=True)
class SchemeLine:
    """One paragraph for one post. The database keeps a row for each act; here they stand together.

    `number` is the key of the first row. `is_own` where the reader acts for the post, and so may not change it.
    """

    number: int
    paragraph: str
    words: str
    post: Post
    acts: tuple[ActKind, ...]
    min_value_gross: Decimal | None
    max_value_gross: Decimal | None
    max_months: int | None
    consultees: tuple[tuple[Post, ConsultationMode], ...]
    from_on: date
    until_on: date | None
    is_example: bool = False
    is_own: bool = False


def scheme_rows() -> list[Delegation]:
    """Every row of the scheme that holds for all files."""
    return list(
        db.session.scalars(
            select(Delegation)
            .where(Delegation.scheme_paragraph.is_not(None), Delegation.procurement_id.is_(None))
            .options(selectinload(Delegation.consultees))
            .order_by(Delegation.id)
        )
    )


def last_day_of(row: Delegation) -> date | None:
    """The last day on which a row gives power: its end, or the day before another replaced it."""
    replaced = row.superseded_on - timedelta(days=1) if row.superseded_on else None
    return min((day for day in (row.until_on, replaced) if day is not None), default=None)


def is_alive(row: Delegation, day: date) -> bool:
    """Whether a row gives power on a day."""
    until_on = last_day_of(row)
    return (row.from_on is None or row.from_on <= day) and (until_on is None or day <= until_on)


def rows_beside(row: Delegation) -> list[Delegation]:
    """The rows of the same paragraph for the same post, one for each act, that stand and fall together."""
    return [one for one in scheme_rows() if _key(one) == _key(row)]


def _key(row: Delegation) -> tuple[object, ...]:
    asked = tuple((one.post_id, one.mode) for one in row.consultees)
    limits = (row.min_value_gross, row.max_value_gross, row.max_months)
    return row.scheme_paragraph, row.scheme_words, row.post_id, limits, asked, row.from_on, last_day_of(row)


def lines_of(rows: Iterable[Delegation], reader: Person, day: date) -> list[SchemeLine]:
    """Rows put together as paragraphs, by post and then by paragraph."""
    together: dict[tuple[object, ...], list[Delegation]] = {}
    for row in rows:
        together.setdefault(_key(row), []).append(row)
    lines = [_line(found, reader, day) for found in together.values()]
    return sorted(lines, key=lambda line: (line.post.name, line.paragraph, line.from_on))


def _line(rows: list[Delegation], reader: Person, day: date) -> SchemeLine:
    row = rows[0]
    return SchemeLine(
        number=row.id, paragraph=row.scheme_paragraph or "", words=row.scheme_words, post=row.post,
        acts=tuple(sorted((one.act for one in rows), key=list(ActKind).index)), min_value_gross=row.min_value_gross,
        max_value_gross=row.max_value_gross, max_months=row.max_months,
        consultees=tuple((one.post, one.mode) for one in row.consultees), from_on=row.from_on or date.min,
        until_on=last_day_of(row), is_example=row.is_example, is_own=holds(reader, row.post_id, day),
    )  # fmt: skip


def gaps_on(day: date) -> tuple[str, ...]:
    """Values for which the scheme of a day lets no post buy, up to the end of the quote bands."""
    bands = [
        SchemeBand(row.act, row.min_value_gross or Decimal(0), row.max_value_gross)
        for row in scheme_rows()
        if is_alive(row, day)
    ]
    quotes = [
        band.below_net or Decimal(0)
        for band in db.session.scalars(select(QuoteBand))
        if band.quotes_needed and band.from_on <= day and (band.until_on is None or day <= band.until_on)
    ]
    return gaps_in(bands, max(quotes, default=None))
