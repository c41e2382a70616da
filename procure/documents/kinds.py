"""The kinds of fact a paper can print, and the walk over a facts type that finds them.

A facts type is a frozen dataclass; its fields are the kinds below, other facts types, or tuples of them. The second
argument of `Annotated` is the meaning, in the officer's words: it names the gap when the fact is missing, and fills the
table of fields that people who edit templates are shown.
"""

from __future__ import annotations

import dataclasses
import json
import types
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Annotated, Any, TypeAlias, TypeVar, Union, get_args, get_origin, get_type_hints

from procure.documents.gaps import Gap, distinct


@dataclass(frozen=True)
class Kind:
    """One kind of fact, and the filters by which a template may print it; no filters: it is printed as it stands."""

    name: str
    python: type
    filters: tuple[str, ...] = ()
    plain: bool = False
    """May be printed without a filter."""


TEXT = Kind("text", str, ("sentence",), plain=True)
NUMBER = Kind("number", int, plain=True)
MONEY = Kind("money", Decimal, ("pounds", "pence"))
PERCENT = Kind("percent", Decimal, ("percent",))
SCORE = Kind("score", Decimal, ("points",))
DAY = Kind("date", date, ("day", "weekday", "short"))
MOMENT = Kind("moment", datetime, ("moment", "day", "weekday"))
YES_NO = Kind("yes or no", bool)
RECORD = Kind("group of facts", object)
LIST = Kind("list", tuple)

Words: TypeAlias = Annotated[str, TEXT] | Gap
Number: TypeAlias = Annotated[int, NUMBER] | Gap
Money: TypeAlias = Annotated[Decimal, MONEY] | Gap
"""Pounds to the penny; the field's name or the words round it say net or including VAT."""
Percent: TypeAlias = Annotated[Decimal, PERCENT] | Gap
"""0 to 100."""
Score: TypeAlias = Annotated[Decimal, SCORE] | Gap
"""Printed to two places."""
Day: TypeAlias = Annotated[date, DAY] | Gap
Moment: TypeAlias = Annotated[datetime, MOMENT] | Gap
"""Knows its zone; printed as London time."""
YesNo: TypeAlias = Annotated[bool, YES_NO] | Gap
Row = TypeVar("Row")
Rows: TypeAlias = tuple[Row, ...] | Gap
"""A list. One that the template prints without an if on it must not be empty: an empty one is then a gap."""


class BadFactsType(TypeError):
    """A facts type uses something that no paper can print. A mistake in the program, found by a test."""


@dataclass(frozen=True)
class Fact:
    """One field of a facts type, as the template language sees it."""

    name: str
    kind: Kind
    meaning: str
    optional: bool = False
    """None is allowed and means that the paper is complete without it."""
    of: type | None = None
    """The facts type of a group, or of each row of a list."""


@cache
def facts_in(facts_type: type) -> Mapping[str, Fact]:
    """The fields of a facts type by name, in the order they are declared."""
    if not dataclasses.is_dataclass(facts_type):
        raise BadFactsType(f"{facts_type!r} is not a dataclass")
    hints = get_type_hints(facts_type, include_extras=True)
    return {field.name: _fact(facts_type, field.name, hints[field.name]) for field in dataclasses.fields(facts_type)}


def walk(facts_type: type, prefix: str = "") -> Iterator[tuple[str, Fact]]:
    """Every fact below a type with its path, as the dictionary of fields writes it: `appraisal.options[].name`."""
    for name, fact in facts_in(facts_type).items():
        path = f"{prefix}{name}"
        yield path, fact
        if fact.of is not None:
            yield from walk(fact.of, f"{path}[]." if fact.kind is LIST else f"{path}.")


def gap_for(facts_type: type, name: str, *, where: str | None = None, href: str | None = None) -> Gap:
    """The gap for one field, named by that field's meaning."""
    return Gap(facts_in(facts_type)[name].meaning, where, href)


def wrong_facts(facts: Any, prefix: str = "") -> list[str]:
    """Paths whose value is not of the declared kind, such as None where a Gap was owed: mistakes in gathering."""
    wrong: list[str] = []
    facts_type: type = type(facts)
    for name, fact in facts_in(facts_type).items():
        value = getattr(facts, name)
        path = f"{prefix}{name}"
        if isinstance(value, Gap) or (value is None and fact.optional):
            continue
        if fact.kind is LIST and isinstance(value, tuple):
            for place, row in enumerate(value):
                if isinstance(row, Gap):
                    continue
                wrong += wrong_facts(row, f"{path}[{place}].") if type(row) is fact.of else [f"{path}[{place}]"]
        elif fact.kind is RECORD and type(value) is fact.of:
            wrong += wrong_facts(value, f"{path}.")
        elif not _fits(value, fact.kind):
            wrong.append(path)
    return wrong


def gaps_within(facts: object) -> list[Gap]:
    """Every absence in facts that are all printed; a text that says nothing and a list without rows are absences."""
    return distinct(list(_absences(facts)))


def _absences(facts: Any) -> Iterator[Gap]:
    facts_type: type = type(facts)
    for name, fact in facts_in(facts_type).items():
        value = getattr(facts, name)
        if isinstance(value, Gap):
            yield value
        elif fact.kind is RECORD and value is not None:
            yield from _absences(value)
        elif fact.kind is LIST and value is not None:
            if not value and not fact.optional:
                yield Gap(fact.meaning)
            for row in value:
                yield from (row,) if isinstance(row, Gap) else _absences(row)
        elif isinstance(value, str) and not value.strip():
            yield Gap(fact.meaning)


def facts_kept(facts: object, meta: object) -> str:
    """The facts of a paper as canonical JSON, to be kept beside it: same facts, same text."""
    return json.dumps(
        {"facts": _kept(facts), "document": _kept(meta)}, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )


def _kept(value: Any) -> Any:
    if isinstance(value, Gap):
        return {"missing": value.meaning}
    if dataclasses.is_dataclass(value):
        return {field.name: _kept(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, tuple):
        return [_kept(row) for row in value]
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def _fits(value: object, kind: Kind) -> bool:
    if kind in (RECORD, LIST):
        return False
    if kind is DAY:
        return isinstance(value, date) and not isinstance(value, datetime)
    if kind is NUMBER:
        return isinstance(value, int) and not isinstance(value, bool)
    return isinstance(value, kind.python)


def _fact(owner: type, name: str, hint: Any) -> Fact:
    meaning = name.replace("_", " ")
    if get_origin(hint) is Annotated and isinstance(get_args(hint)[1], str):
        hint, meaning = get_args(hint)[:2]
    choices = list(get_args(hint)) if get_origin(hint) in (Union, types.UnionType) else [hint]
    optional = type(None) in choices
    choices = [choice for choice in choices if choice is not type(None) and choice is not Gap]
    if len(choices) != 1:
        raise BadFactsType(f"{owner.__name__}.{name} has more than one kind")
    kind, of = _kind(owner, name, choices[0])
    return Fact(name, kind, meaning, optional, of)


def _kind(owner: type, name: str, choice: Any) -> tuple[Kind, type | None]:
    if get_origin(choice) is Annotated and isinstance(get_args(choice)[1], Kind):
        return get_args(choice)[1], None
    if get_origin(choice) is tuple:
        row = get_args(choice)[0]
        if dataclasses.is_dataclass(row) and get_args(choice)[1:] == (Ellipsis,):
            return LIST, row  # type: ignore[return-value]
    elif dataclasses.is_dataclass(choice):
        return RECORD, choice  # type: ignore[return-value]
    raise BadFactsType(f"{owner.__name__}.{name} is of a kind no paper can print: {choice!r}")
