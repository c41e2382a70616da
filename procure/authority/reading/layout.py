"""How a published decision is laid out: headings, printed fields, numerals, bullets, paragraphs.

Publishing systems print the same few headings; minutes pasted from a page lose their line ends, so headings and numerals
are looked for inside a line too.
"""
# ruff: noqa: E501 - a pattern is read as a whole

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import IntEnum
from itertools import pairwise

from procure.authority.reading.facts import Stretch


class Zone(IntEnum):
    """What a part of the text is for. Where a decision stands twice, the first of these counts."""

    DECISION = 1
    HEAD = 2
    MINUTES = 3
    RECOMMENDED = 4
    REASONS = 5
    ALTERNATIVES = 6
    ASIDE = 7


HEADINGS: tuple[tuple[Zone, str], ...] = (
    (Zone.REASONS, r"(?:the\s+)?(?:reasons?|rationale)\s*(?:\(s\))?\s*(?:for|behind)\s*(?:the\s+|this\s+|making\s+the\s+|urgent\s+|key\s+|officer\s+)*"
                   r"(?:decisions?|recommendations?|proposals?|award|urgency)(?:\s*\(s\))?(?:\s+made|\s+taken)?"
                   r"|reasons?(?=\s*[:\n-])|summary\s+of\s+reasons|rationale(?=\s*[:\n])"),
    (Zone.ALTERNATIVES, r"(?:details\s+of\s+)?(?:any\s+)?(?:the\s+)?(?:alternatives?|other)\s+(?:(?:courses\s+of\s+)?options?|actions?|courses)"
                        r"(?:\s*\(s\))?(?:\s+(?:that\s+were\s+)?(?:considered|rejected|discarded)(?:\s+(?:and|but|or|/)\s+(?:rejected|discarded|not\s+pursued|dismissed))?(?:\s+and\s+why)?)?"
                        r"|alternatives\s+considered(?:\s+and\s+rejected)?|options?\s*\([^)\n]{0,60}\)"
                        r"|options?\s+(?:considered|rejected)(?:\s+and\s+(?:rejected|discarded))?|options\s+appraisal(?=\s*[:\n])"),
    (Zone.RECOMMENDED, r"(?:officer\s+|the\s+)?recommendations?(?:\s*\(s\))?(?:\s+to\s+(?:the\s+)?(?:cabinet|council|committee|executive))?(?=\s*[:\n-])|recommended(?=\s*[:\n])"
                       r"|purpose(?:\s+of\s+(?:the\s+)?(?:report|decision))?|summary(?:\s+of\s+(?:the\s+)?(?:report|decision))?"),
    (Zone.MINUTES, r"minutes?(?=\s*[:\n])|discussion(?=\s*[:\n])|debate(?=\s*[:\n])|background(?=\s*[:\n])"),
    (Zone.ASIDE, r"supporting\s+documents?|background\s+(?:papers?|documents?)|additional\s+documents?|related\s+meetings?"
                 r"|conflicts?\s+of\s+interests?(?:[^:\n]{0,40})|declarations?\s+of\s+interests?|dispensations?|wards?\s+affected"
                 r"|contact(?:\s+(?:officer|details|name))?(?=\s*:)|implications|(?:legal|financial|equality|climate)\s+implications"
                 r"|note\s+for\s+(?:members|publication)|voting(?=\s*:)|this\s+decision\s+(?:is|was|will\s+be|has|shall)\b"
                 r"|\(?\s*(?:action|note|n\.?b\.?)\s*(?:by)?\s*:|decisions?\s+(?:type|status|due|number|reference|maker|ref)\b|decisions?\s+published(?=\s*(?:on\s*)?:)"
                 r"|call[- ]?in\s*(?:deadline|expir\w+|date|period|status)?\s*:|lead\s+(?:member|director|officer)\s*:|portfolio\s*:"),
    (Zone.DECISION, r"(?:the\s+)?(?:proposed\s+|record\s+of\s+|details?\s+of\s+(?:the\s+)?)?decisions?(?:\s*\(s\))?(?:\s+(?:made|taken|agreed))?(?=\s*[:\n]|\s*-\s)(?!\s*\n\s*decisions?\s+published)|content(?=\s*:)"
                    r"|resolutions?(?=\s*[:\n])|outcome(?=\s*:)|actions?\s+agreed"),
)  # fmt: skip
"""Headings as the publishing systems of councils print them, each with the zone that it opens."""

RESOLVED = (
    r"(?:(?:it\s+was|was|were)\s+)?(?:unanimously\s+|duly\s+|further\s+|accordingly\s+|therefore\s+)*(?:RESOLVED|Resolved|AGREED|DECIDED|resolved)"
    r"(?:\s*,?\s*(?:unanimously|nem\.?\s*con\.?|by\s+a\s+majority))?"
)
"""«RESOLVED:», «RESOLVED – That», «It was unanimously agreed that»."""

_HEADINGS = [(zone, re.compile(pattern, re.IGNORECASE)) for zone, pattern in HEADINGS]
_AFTER_HEADING = re.compile(r"[ ]*(?::-|:|-)?[ ]*")
_INLINE_HEADING = re.compile(
    r"(?<=[.;:)\w])[ ]{1,}(?=(?:Reasons?\s+for\s+(?:the\s+|this\s+)?(?:decision|recommendation)s?\b|RESOLVED\b|"
    r"(?:Other|Alternative)\s+options?\s+considered|Alternatives\s+considered|Options\s+considered|This\s+decision\s+is\s+(?:not\s+)?subject)\b|Reasons?[ ]*:)"
)
_FIELD = re.compile(
    r"(?!that\b|the\s+\w+:|resolved|agreed|cabinet|to\b)[A-Za-z][\w ?/'()&,.-]{1,44}?:(?!-)(?:[ ]|$)", re.IGNORECASE
)
_LABEL = re.compile(
    r"(?P<label>(?P<open>[(\[])?(?P<body>\d{1,2}(?:\.\d{1,2}){1,3}|\d{1,2}|[ivx]{1,6}|[a-z]{1,2}|[IVX]{1,5}|[A-Z])(?P<close>[)\].]{0,2}))"
    r"(?P<space>[ ]*(?:\n[ ]*)?)(?=\S)"
)
_BULLET = re.compile(r"[ ]*(?:\u2022|[*o-](?=[ ]))[ ]*")
_INLINE_LABEL = re.compile(
    r"(?:(?<=[.;:])|(?<=\band)|(?<=\b[Tt]hat)|(?<=\bTHAT)|(?<=\bto)|(?<=  ))[ ]+(?=[(\[]?(?:\d{1,2}(?:\.\d{1,2}){1,3}|\d{1,2}[).]|[ivx]{1,6}[).]|[a-z][).]))"
)
SHORTEST_OF_TWO = 30
"""A line of fewer letters holds no two items."""
_ROMAN = {"i": 1, "v": 5, "x": 10}
_WRAPPED = 38
"""A line of fewer letters was ended by a person, not by the width of a page."""


@dataclass(frozen=True)
class Numeral:
    """A numeral as printed and what it counts: «(iv)» is 4 of the style «(i)»."""

    printed: str
    style: str
    value: int
    at: Stretch
    letter: int = 0
    """What it would count as a letter, where a roman numeral may be one."""


@dataclass(frozen=True)
class Block:
    """A paragraph, an item or a heading. `at` is its words, without its numeral."""

    at: Stretch
    zone: Zone
    numeral: Numeral | None = None
    bullet: bool = False
    heading: bool = False
    resolved: bool = False
    field: bool = False
    gap: bool = False
    """An empty line stands before it."""


def roman(letters: str) -> int:
    """The number of a small roman numeral; 0 for anything else."""
    if not re.fullmatch(r"x{0,3}(?:ix|iv|v?i{0,3})", letters):
        return 0
    total = 0
    for one, following in zip(letters, [*letters[1:], ""], strict=True):
        worth = _ROMAN[one]
        total += -worth if following and _ROMAN[following] > worth else worth
    return total


def numeral_at(text: str, start: int, end: int) -> Numeral | None:
    """The numeral that opens a line, if it does; «2.1Cabinet» and «(iii)DELEGATE» count, «18/02/2019» doesn't."""
    found = _LABEL.match(text, start, end)
    if not found:
        return None
    body, opened, closed = found["body"], found["open"] or "", found["close"]
    following = text[found.end()]
    if not (opened or closed or "." in body) and not _bare(text, found):
        return None
    if not found["space"] and not (following.isupper() or (")" in closed and following.isalpha())):
        return None
    if opened and not closed:
        return None
    at = Stretch(found.start("label"), found.end("label"))
    return _counted(found["label"].rstrip(".") if not opened else found["label"], opened, body, closed, at)


def _bare(text: str, found: re.Match[str]) -> bool:
    """«1  That …»: a number without a mark opens an item only before the words that open a resolution."""
    return (
        found["body"].isdigit()
        and bool(found["space"])
        and bool(
            re.match(
                r"(?:That|To|Agrees?d?|Approved?s?|Noted?s?|Delegated?s?|Authorised?s?)\b",
                text[found.end() : found.end() + 14],
            )
        )
    )


def _counted(printed: str, opened: str, body: str, closed: str, at: Stretch) -> Numeral | None:
    marks = f"{opened}%s{closed.replace('.', '')}"
    if body[0].isdigit():
        parts = body.split(".")
        prefix = ".".join(parts[:-1])
        return Numeral(printed, marks % f"{prefix}.1" if prefix else marks % "1", int(parts[-1]), at)
    low = body.lower()
    letter = ord(low) - 96 if len(low) == 1 else (27 if low == "aa" else 0)
    if number := roman(low):
        return Numeral(printed, marks % ("i" if body.islower() else "I"), number, at, letter)
    return Numeral(printed, marks % ("a" if body.islower() else "A"), letter, at, letter) if letter else None


@dataclass(frozen=True)
class _Piece:
    """A line, or the part of one that a heading or a numeral inside it opens."""

    start: int
    end: int
    gap: bool
    whole_line: bool
    indent: int = 0


def _pieces(text: str) -> Iterator[_Piece]:
    gap = True
    start = 0
    for line in _lines(text):
        end = start + len(line)
        if line.strip():
            yield from _cut(text, start + len(line) - len(line.lstrip()), start + len(line.rstrip()), gap)
            gap = False
        else:
            gap = True
        start = end + 1


def _lines(text: str) -> Iterator[str]:
    """Lines; a heading broken in two («Reasons / for Decisions») counts as one."""
    before: str | None = None
    for line in text.split("\n"):
        if before is None:
            before = line
        elif _broken_heading(before, line):
            before = f"{before}\n{line}"
        else:
            yield before
            before = line
    if before is not None:
        yield before


_THAT_ONE = re.compile(
    r"(?:RESOLVED[^\w(\[]*|(?:RESOLVED[^\w(\[]*)?(?:That|THAT)(?:[ ]\w+)?)[ ]*[:-]*[ ]*(?=[(\[]?(?:1|i|a)[).][ ]*[\w])"
)


def _broken_heading(one: str, other: str) -> bool:
    if len(one) > 30 or len(other) > 40 or not one.strip() or not other[:1].isalpha():
        return False
    joined = f"{one.strip()} {other.strip()}"
    return any(
        pattern.fullmatch(joined.rstrip(" :"))
        for zone, pattern in _HEADINGS
        if zone in (Zone.REASONS, Zone.ALTERNATIVES)
    ) and not any(pattern.fullmatch(one.strip()) for _, pattern in _HEADINGS)


def _cut(text: str, start: int, end: int, gap: bool) -> Iterator[_Piece]:
    """A line cut before the headings inside it and before the numerals that count on from one another."""
    cuts = {found.end() for found in _INLINE_HEADING.finditer(text, start, end)}
    if opened := _THAT_ONE.match(text, start, end):
        cuts.add(opened.end())
    cuts |= set(_counting_on(text, start, end))
    edges = [start, *sorted(cut for cut in cuts if start < cut < end), end]
    for index, (one, other) in enumerate(pairwise(edges)):
        yield _Piece(one, other, gap or index > 0, len(edges) == 2)


def _counting_on(text: str, start: int, end: int) -> list[int]:
    """Where numerals stand inside a line, taken only if they count: one, two, three."""
    if end - start < SHORTEST_OF_TWO:
        return []
    waiting: dict[str, int] = {}
    first = numeral_at(text, start, end)
    if first:
        waiting[first.style] = first.value + 1
    cuts: list[int] = []
    starts: dict[str, int] = {}
    for found in _INLINE_LABEL.finditer(text, start, end):
        one = numeral_at(text, found.end(), end)
        if one is None:
            continue
        for style, value in _ways(one):
            if waiting.get(style) == value:
                if style in starts:
                    cuts.append(starts.pop(style))
                cuts.append(found.end())
                waiting[style] = value + 1
                break
            if value == 1:
                waiting[style], starts[style] = 2, found.end()
                break
    return cuts


def _ways(one: Numeral) -> Iterator[tuple[str, int]]:
    """A numeral read as it stands, and «(i)» after «(h)» as the letter."""
    yield one.style, one.value
    if one.letter and one.letter != one.value:
        yield one.style.replace("i", "a").replace("I", "A"), one.letter


def blocks(text: str) -> list[Block]:
    """The text as headings, items and paragraphs, each in its zone. Lines broken by the width of a page are joined."""
    made: list[Block] = []
    zone = Zone.HEAD
    for piece in _pieces(text):
        heading = _heading(text, piece)
        if heading and heading[0] == Zone.ASIDE and not _opens_aside(text, piece):
            made.append(Block(Stretch(piece.start, piece.end), zone, field=True, gap=piece.gap))
            continue
        if heading:
            zone, past = heading
            made.append(Block(Stretch(piece.start, past), zone, heading=True, gap=piece.gap))
            start = past + len(_AFTER_HEADING.match(text, past).group())  # type: ignore[union-attr]
            if start < piece.end:
                made.append(_block(text, _Piece(start, piece.end, False, False), zone))
            continue
        block = _block(text, piece, zone)
        if block.resolved or _decides_again(text, block, zone):
            zone = Zone.DECISION
            block = Block(block.at, zone, block.numeral, block.bullet, resolved=True, gap=block.gap)
        if made and _goes_on(text, made[-1], block):
            last = made[-1]
            made[-1] = Block(
                Stretch(last.at.start, block.at.end),
                last.zone,
                last.numeral,
                last.bullet,
                resolved=last.resolved,
                field=last.field,
                gap=last.gap,
            )
        else:
            made.append(block)
    return made


BODY = r"(?:the\s+)?(?:members|cabinet|executive(?:\s+(?:board|committee|cabinet))?|committee|sub-committee|council|board|panel|leader|mayor)"
_RESOLVES = re.compile(
    rf"(?:{BODY}\s+)?(?:(?:and|further|then|having[^.:\n]{{0,80}},?)\s+)*{RESOLVED}\s*(?:,?\s*(?:that|to)\b|:|-|$|\n|\()",
    re.IGNORECASE,
)
_MOVED = re.compile(rf"[^.\n]{{0,160}}\b(?:and\s+)?{RESOLVED}\s*(?:that|to)?\s*:?-?\s*$", re.IGNORECASE)
_DECIDES = re.compile(
    rf"{BODY}\s*(?::|(?:(?:also|then|therefore|unanimously|duly|hereby|has|have|accordingly)\s+)*"
    r"(?:agreed|approved|resolved|authorised|delegated|decided|accepted|awarded|noted\s+and\s+\w+)\b)",
    re.IGNORECASE,
)


def _decides_again(text: str, block: Block, zone: Zone) -> bool:
    """Some councils print reasons and options first and then, without a heading, «Cabinet approved …»."""
    if block.numeral or block.bullet or zone == Zone.DECISION:
        return False
    return bool(_DECIDES.match(text, block.at.start, block.at.end))


def _block(text: str, piece: _Piece, zone: Zone) -> Block:
    start = piece.start
    bullet = _BULLET.match(text, start, piece.end)
    if bullet and start < bullet.end() < piece.end:
        inner = numeral_at(text, bullet.end(), piece.end)
        begin = inner.at.end if inner else bullet.end()
        return Block(_stripped(text, begin, piece.end), zone, inner, bullet=inner is None, gap=piece.gap)
    number = numeral_at(text, start, piece.end)
    if number and number.at.end < piece.end:
        return Block(_stripped(text, number.at.end, piece.end), zone, number, gap=piece.gap)
    alone = _alone(text, piece)
    if alone:
        return Block(Stretch(piece.end, piece.end), zone, alone, gap=piece.gap)
    resolved = bool(_RESOLVES.match(text, start, piece.end) or _MOVED.match(text, start, piece.end))
    printed = bool(not resolved and _FIELD.match(text, start, piece.end))
    return Block(Stretch(start, piece.end), zone, resolved=resolved, field=printed, gap=piece.gap)


def _alone(text: str, piece: _Piece) -> Numeral | None:
    """A numeral on a line of its own, as tables are pasted."""
    if piece.end - piece.start > 6:
        return None
    one = numeral_at(f"{text[piece.start : piece.end]}\nX", 0, piece.end - piece.start + 2)
    return one and replace(one, at=Stretch(piece.start, piece.start + one.at.end))


def _stripped(text: str, start: int, end: int) -> Stretch:
    while start < end and text[start] in " \n":
        start += 1
    return Stretch(start, end)


def _heading(text: str, piece: _Piece) -> tuple[Zone, int] | None:
    """The zone that a line opens and where its heading ends."""
    for zone, pattern in _HEADINGS:
        found = pattern.match(text, piece.start, piece.start + 120)
        if not found or found.end() > piece.end:
            continue
        rest = text[found.end() : piece.end].strip()
        closed = rest.startswith((":", "-")) or text[found.end() - 1] == ":"
        if not rest or closed or (zone == Zone.ASIDE and len(rest) < 160):
            return zone, found.end() if zone != Zone.ASIDE else piece.end
    return None


_DOCUMENTS = re.compile(r"(?:supporting|additional|background|related)\b|this\s+decision\b|wards?\b", re.IGNORECASE)


def _opens_aside(text: str, piece: _Piece) -> bool:
    """A printed field or a list of papers is passed over; «Legal implications» on a line of its own opens an aside."""
    return not re.search(r":[ ]*\S", text[piece.start : piece.end]) and not _DOCUMENTS.match(text, piece.start)


def _goes_on(text: str, before: Block, block: Block) -> bool:
    """Is a line only the rest of the one before, broken by the width of a page or by the copying?"""
    if before.heading or block.numeral or block.bullet or block.resolved:
        return False
    if before.numeral and before.at.start == before.at.end:
        return True
    opening = text[block.at.start]
    ended = text[before.at.end - 1 : before.at.end] in ".;:!?"
    if opening.islower() or (opening in "(&" and not ended):
        return not (ended and block.gap and not before.numeral and not before.bullet) and not block.field
    if block.gap or block.field or ended or before.field:
        return False
    return _last_line(text, before) >= _WRAPPED and not _DECIDES.match(text, block.at.start, block.at.end)


def _last_line(text: str, block: Block) -> int:
    return block.at.end - max(block.at.start, text.rfind("\n", block.at.start, block.at.end) + 1)
