"""From the register of powers to its paper, of the whole council or of one file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from procure import words
from procure.authority.gathering import council_facts
from procure.authority.meeting_facts import scheme_rows_for
from procure.authority.power_register import Life, Narrow, RegisterRow, register_rows
from procure.authority.register_documents import DelegationRegister, PowerRow, PowerSource, RegisterHead
from procure.council.models import Council
from procure.documents.gaps import Gap
from procure.now import legal_day
from procure.procurement.models import Procurement
from procure.procurement.rules import Route


def delegation_register(about: Council | Procurement, at: datetime) -> DelegationRegister:
    """Everything the register prints: every power of the council, or those under which one file is bought."""
    today = legal_day(at)
    rows = powers_of_file(about, today) if isinstance(about, Procurement) else register_rows(today)
    return DelegationRegister(
        council=council_facts(),
        register=RegisterHead(
            scope_text=f"{about.title}, {about.reference}" if isinstance(about, Procurement) else "The whole Council",
            on=today,
            given_label=_counted(len(rows)),
            holding_label=_counted(sum(row.fits(Narrow.IN_FORCE, today) for row in rows)),
            unlimited_label=_counted(sum(row.fits(Narrow.NO_LIMIT, today) for row in rows)),
            unused_label=_counted(sum(row.fits(Narrow.UNUSED, today) for row in rows)),
        ),
        sources=tuple(_sources(rows)) or Gap("powers on record", "Decisions", "/decisions"),
    )


def powers_of_file(file: Procurement, today: date) -> list[RegisterRow]:
    """The powers given for a file; for one bought under the scheme, the paragraphs its director may use."""
    by_scheme = {row.id for row in scheme_rows_for(file, today)} if file.route is Route.SCHEME else set[int]()
    return [row for row in register_rows(today) if row.file == file.reference or row.number in by_scheme]


def _counted(number: int) -> str:
    return words.sentence(words.number_word(number)) if number else "None"


def _sources(rows: list[RegisterRow]) -> Iterator[PowerSource]:
    """Each source once, with its powers; those that differ in nothing but the act stand in one row."""
    by_source: dict[str, dict[tuple[object, ...], list[RegisterRow]]] = {}
    for row in rows:
        alike = by_source.setdefault(row.source, {})
        alike.setdefault(_likeness(row), []).append(row)
    for title, groups in by_source.items():
        said = next(iter(groups.values()))[0].words
        yield PowerSource(
            title=title,
            words=said or Gap("words of the power", "Authority"),
            powers=tuple(_power(group) for group in groups.values()),
        )


def _likeness(row: RegisterRow) -> tuple[object, ...]:
    return (row.post, row.acting, row.consulted, row.limits, row.further, row.from_on, row.until_said, row.life)


def _power(alike: list[RegisterRow]) -> PowerRow:
    row = alike[0]
    return PowerRow(
        acts=words.sentence(words.joined([one.act for one in alike])),
        who=f"{row.post} ({row.acting})" if row.acting else row.post,
        consulted=row.consulted,
        limits=" ".join((row.limits, *row.further)),
        life=_life(row),
        used="; ".join(f"{words.sentence(one.act)}: {one.used_said}" for one in alike if one.used) or "Not used",
    )


def _life(row: RegisterRow) -> str:
    since = f"From {words.day(row.from_on)}, {row.until_said}" if row.from_on else words.sentence(row.until_said)
    why = f" {row.why_not}" if row.life is Life.NO_POWER else ""
    return f"{since}. {row.life.label}.{why}"
