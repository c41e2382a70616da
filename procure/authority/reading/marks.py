"""The source with its marks: each value highlighted where it was read, numbered in the order of the text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from procure.authority.reading.facts import Stretch

Wanted = tuple[str, str, Stretch]
"""A field's name, the sort of its mark (who, act, when, money), and where it was read."""


@dataclass(frozen=True)
class Part:
    """Some words of the source, marked or not."""

    words: str
    number: int = 0
    sort: str = ""


@dataclass(frozen=True)
class Paragraph:
    parts: tuple[Part, ...]
    decides: bool
    """Does a resolution stand in it? The rest is printed paler."""


@dataclass(frozen=True)
class Marked:
    """The paragraphs of the source, and the numbers of the marks of each field."""

    paragraphs: tuple[Paragraph, ...]
    numbers: Mapping[str, Sequence[int]]
    sorts: Mapping[str, str]


def marked(text: str, wanted: Iterable[Wanted], decided: Sequence[Stretch]) -> Marked:
    """Number the marks. A value inside another's mark shares its number."""
    numbers: dict[str, list[int]] = {}
    sorts: dict[str, str] = {}
    spans: list[tuple[Stretch, str]] = []
    for name, sort, at in sorted(wanted, key=lambda one: (one[2].start, -one[2].end)):
        if at.start >= at.end:
            continue
        if not spans or at.start >= spans[-1][0].end:
            spans.append((at, sort))
        numbers.setdefault(name, [])
        if len(spans) not in numbers[name]:
            numbers[name].append(len(spans))
        sorts.setdefault(name, spans[-1][1])
    return Marked(tuple(_paragraphs(text, spans, decided)), numbers, sorts)


def _paragraphs(text: str, spans: Sequence[tuple[Stretch, str]], decided: Sequence[Stretch]) -> Iterable[Paragraph]:
    at, number = 0, 0
    for found in re.finditer(r"[^\n]*\S[^\n]*(?:\n(?![ \t\u00a0]*\n)[^\n]*\S[^\n]*)*", text):
        here = Stretch(*found.span())
        parts: list[Part] = []
        at = here.start
        while number < len(spans) and spans[number][0].start < here.end:
            span, sort = spans[number]
            end = min(span.end, here.end)
            parts += [Part(text[at : span.start]), Part(text[span.start : end], number + 1, sort)]
            at, number = end, number + 1
        parts.append(Part(text[at : here.end]))
        yield Paragraph(tuple(one for one in parts if one.words), any(one.meets(here) for one in decided))
