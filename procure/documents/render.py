"""The one renderer. A template is compiled once for each version of it, then filled as often as papers are made.

What goes into a paper is escaped, rid of characters that XML cannot hold, and never blank: a fact that is missing shows
as ◆ its meaning ◆ on yellow in a draft, and keeps a paper from being issued.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import lru_cache
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from jinja2 import StrictUndefined, Template, pass_context
from jinja2.runtime import Context
from jinja2.sandbox import SandboxedEnvironment
from lxml import etree
from markupsafe import Markup

from procure import words
from procure.documents.dialect import FILTERS, W_NS, BadTemplate, W, translate
from procure.documents.gaps import Gap, HasGaps, distinct
from procure.documents.kinds import wrong_facts
from procure.documents.marking import mark_as_draft
from procure.documents.package import Packed, write_package
from procure.documents.shared_facts import DocumentFacts

COUNCIL_COLOUR = "4F1B40"
"""The colour that the masters are drawn in; a council's own takes its place when a template is compiled."""

FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 cannot hold; Word calls a file with one of them damaged."""
LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
MONTH = "|".join(words.MONTHS)
HELD_TOGETHER = re.compile(rf"\b\d{{1,2}} (?:{MONTH})(?: \d{{4}})?\b|£[\d.,]+ (?:million|billion)\b")
"""Dates and sums, which must not break over two lines."""

RUN = '<w:r><w:t xml:space="preserve">{}</w:t></w:r>'
YELLOW_RUN = '<w:r><w:rPr><w:highlight w:val="yellow"/></w:rPr><w:t xml:space="preserve">{}</w:t></w:r>'
CORE = "docProps/core.xml"


class Unprintable(TypeError):
    """The facts hold something that a paper cannot print: a mistake in the function that gathers them."""


def issued(template: bytes, facts: object, meta: DocumentFacts, *, colour: str = COUNCIL_COLOUR) -> bytes:
    """The paper as it goes out: no notes, no watermark. HasGaps where a fact that it prints is missing."""
    meta = replace(meta, is_draft=False)
    paper, gaps = _fill(template, facts, meta, draft=False, colour=colour)
    if gaps:
        raise HasGaps(str(meta.title), gaps)
    return paper


def draft(
    template: bytes, facts: object, meta: DocumentFacts, *, notes: bool = True, colour: str = COUNCIL_COLOUR
) -> bytes:
    """The paper as it stands: gaps on yellow, DRAFT across each page; without notes for those who only read."""
    return _fill(template, facts, replace(meta, is_draft=True), draft=True, notes=notes, colour=colour)[0]


def gaps_printed(template: bytes, facts: object, meta: DocumentFacts) -> list[Gap]:
    """The gaps that the issued paper would print: those behind an if that is not taken do not count."""
    return _fill(template, facts, replace(meta, is_draft=False), draft=False, colour=COUNCIL_COLOUR)[1]


def sha256(paper: bytes) -> str:
    """The digest a signature binds, in lower-case hexadecimal."""
    return hashlib.sha256(paper).hexdigest()


# ── compiled templates ──


@dataclass(frozen=True)
class _Compiled:
    """A template ready to fill: what never changes already compressed, what does as Jinja templates."""

    order: tuple[str, ...]
    fixed: dict[str, Packed]
    talking: dict[str, Template]
    has_columns: frozenset[str]


def _compiled(template: bytes, facts_type: type, *, draft: bool, notes: bool, colour: str) -> _Compiled:
    return _compile(hashlib.sha256(template).digest(), facts_type, draft, notes, colour, _Bytes(template))


class _Bytes:
    """Carries a template past the cache, which knows it by its digest alone."""

    def __init__(self, content: bytes) -> None:
        self.content = content

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Bytes)

    def __hash__(self) -> int:
        return 0


@lru_cache(maxsize=128)
def _compile(digest: bytes, facts_type: type, draft: bool, notes: bool, colour: str, template: _Bytes) -> _Compiled:
    translation = translate(template.content, facts_type, issued=not notes)
    if translation.problems:
        raise BadTemplate(translation.problems)
    parts: dict[str, str | bytes] = {**translation.parts, **translation.sources}
    parts.pop("docProps/thumbnail.jpeg", None)
    _make_room_for_properties(parts)
    if draft:
        mark_as_draft(parts)
    if colour != COUNCIL_COLOUR:
        parts = {name: _recoloured(name, part, colour) for name, part in parts.items()}
    talking = {name: part for name, part in parts.items() if name in translation.sources}
    return _Compiled(
        order=tuple(parts),
        fixed={name: Packed.of(name, _bytes(parts[name])) for name in parts if name not in talking and name != CORE},
        talking={name: ENVIRONMENT.from_string(_text(part)) for name, part in talking.items()},
        has_columns=frozenset(name for name, part in talking.items() if "<!--columns-->" in _text(part)),
    )


def _bytes(part: str | bytes) -> bytes:
    return part.encode("utf-8") if isinstance(part, str) else part


def _text(part: str | bytes) -> str:
    return part if isinstance(part, str) else part.decode("utf-8")


def _recoloured(name: str, part: str | bytes, colour: str) -> str | bytes:
    if not name.endswith(".xml"):
        return part
    if isinstance(part, str):
        return part.replace(COUNCIL_COLOUR, colour)
    return part.replace(COUNCIL_COLOUR.encode(), colour.encode())


# ── filling ──


def _fill(
    template: bytes, facts: object, meta: DocumentFacts, *, draft: bool, notes: bool | None = None, colour: str
) -> tuple[bytes, list[Gap]]:
    notes = draft if notes is None else notes
    compiled = _compiled(template, type(facts), draft=draft, notes=notes, colour=colour)
    found: list[Gap] = []
    names: dict[str, Any] = {field.name: getattr(facts, field.name) for field in fields(facts)}  # type: ignore[arg-type]
    names |= {"document": meta, "_found": found, "_draft": draft}
    parts: list[Packed] = []
    try:
        for name in compiled.order:
            if name == CORE:
                parts.append(Packed.of(CORE, core_properties(meta)))
            elif name in compiled.fixed:
                parts.append(compiled.fixed[name])
            else:
                text = compiled.talking[name].render(names)
                if name in compiled.has_columns:
                    text = COLUMNS.sub(lambda table: _fitted(table[1]), text)
                if name == "word/document.xml":
                    text = TABLE.sub(lambda table: _kept_whole(table[0]), text)
                parts.append(Packed.of(name, f"{DECLARATION}{text}".encode()))
    except Unprintable as error:
        wrong = wrong_facts(facts) + wrong_facts(meta, "document.")
        raise Unprintable(f"{error} ({', '.join(wrong) or 'no wrong kinds'})") from error
    return write_package(parts), distinct(found)


DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
COLUMNS = re.compile("<!--columns-->(.*?)<!--/columns-->", re.S)


TABLE = re.compile(r"<w:tbl>.*?</w:tbl>", re.S)
SHORT_TABLE = 12
"""Rows, with the head. A longer table may run over two pages; a shorter one looks lost when it does."""
SHORT_WORDS = 900
"""Letters in all. A table with more is long, however few its rows: kept whole it would leave half a page empty."""
LONE_ROWS = 3
"""Of a table that runs over, this many rows stay together at its start, head and all, and at its end."""
BETWEEN_TAGS = re.compile(r">([^<]+)<")
CELL_STYLE = re.compile(
    r'(<w:pStyle w:val="(?:TableText|TableFigure|FactLabel|FigureValue|FigureNote)"/>)(?!<w:keepNext/>)'
)


class _Environment(SandboxedEnvironment):
    """Anything inside a gap is that gap: a missing contract has a missing supplier."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        return obj if obj.__class__ is Gap else super().getattr(obj, attribute)


@pass_context
def say(context: Context, value: Any, meaning: str) -> Markup | str:
    """The text of a fact as XML; a gap where there is none. Without a filter, only text and whole numbers are said."""
    if isinstance(value, str):
        text = clean(value)
        if text.strip():
            return Markup(_escaped(text))  # noqa: S704 - escaped in the call
    elif isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if value is not None and not isinstance(value, str | Gap):
        raise Unprintable(f"{meaning}: a {type(value).__name__} cannot be printed as it stands")
    gap = value if isinstance(value, Gap) else Gap(meaning)
    return _gap(context, gap, "</w:t></w:r>{}<w:r><w:t>")


@pass_context
def gap_run(context: Context, value: Any) -> Markup | str:
    """Stands where an if could not be answered, between the runs of a sentence."""
    return _gap(context, value, "{}" + RUN.format(" "))


@pass_context
def gap_paragraph(context: Context, value: Any) -> Markup | str:
    """Stands where an if could not be answered, as a paragraph of its own."""
    return _gap(context, value, "<w:p>{}</w:p>")


@pass_context
def unknown(context: Context, value: Any, meaning: str) -> bool:
    """Whether an if cannot be answered, because the fact it asks about is a gap."""
    if isinstance(value, Gap):
        _note(context, value)
        return True
    return False


@pass_context
def rows(context: Context, value: Any, meaning: str) -> Sequence[Any]:
    """The rows of a list that a complete paper has: an empty one is a gap, and a gap shows as one row of itself."""
    found = some_rows(context, value, meaning)
    if found:
        return found
    gap = Gap(meaning)
    _note(context, gap)
    return (gap,) if context["_draft"] else ()


@pass_context
def some_rows(context: Context, value: Any, meaning: str) -> Sequence[Any]:
    """The rows of a list that may be empty."""
    if isinstance(value, Gap):
        _note(context, value)
        return (value,) if context["_draft"] else ()
    return value or ()


def pieces(value: Any) -> Sequence[Any]:
    """A text as the paragraphs it was typed in: an empty line parts two."""
    if not isinstance(value, str):
        return (value,)
    return [piece for piece in re.split(r"\n[ \t]*\n\s*", clean(value).strip()) if piece] or (value,)


def clean(text: str) -> str:
    """The text with Unix line ends, without characters that XML cannot hold, its dates and sums held together."""
    if not text.isprintable():
        text = FORBIDDEN.sub("", LINE_ENDS.sub("\n", text))
    return HELD_TOGETHER.sub(lambda held: held[0].replace(" ", "\u00a0"), text)


def _escaped(text: str) -> str:
    safe = escape(text)
    if "\n" in safe or "\t" in safe:
        safe = safe.replace("\t", " ").replace("\n", '</w:t><w:br/><w:t xml:space="preserve">')
    return safe


def _gap(context: Context, gap: Gap, around: str) -> Markup | str:
    _note(context, gap)
    if not context["_draft"]:
        return ""
    return Markup(around.format(YELLOW_RUN.format(_escaped(clean(str(gap))))))  # noqa: S704 - escaped in the call


def _note(context: Context, gap: Gap) -> None:
    context["_found"].append(gap)


def _passing_gaps_by(filter_: Callable[[Any], str]) -> Callable[[Any], Any]:
    def print_fact(value: Any) -> Any:
        return value if value is None or isinstance(value, Gap) else filter_(value)

    return print_fact


def _day_of(filter_: Callable[[date], str]) -> Callable[[Any], str]:
    """A moment's day is its day in London."""

    def print_day(value: Any) -> str:
        return filter_(value.astimezone(words.LONDON).date() if hasattr(value, "astimezone") else value)

    return print_day


def _environment() -> _Environment:
    environment = _Environment(
        autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True, cache_size=0, auto_reload=False
    )
    environment.globals.clear()
    environment.filters.clear()
    environment.tests.clear()
    for name in FILTERS:
        filter_ = getattr(words, name)
        if name in ("day", "weekday", "short"):
            filter_ = _day_of(filter_)
        environment.filters[name] = _passing_gaps_by(filter_)
    environment.filters |= {
        "say": say, "gap_run": gap_run, "gap_paragraph": gap_paragraph,
        "rows": rows, "some_rows": some_rows, "pieces": pieces,
    }  # fmt: skip
    environment.tests["unknown"] = unknown
    return environment


ENVIRONMENT = _environment()


# ── what surrounds the words ──


def _kept_whole(table: str) -> str:
    """A table in the house's own styles, its rows kept with the next: all of a short one, the ends of a long one."""
    *rows_, end = table.split("</w:tr>")
    last = len(rows_) - 1
    short = last < SHORT_TABLE and sum(map(len, BETWEEN_TAGS.findall(table))) < SHORT_WORDS
    for place in range(last):
        if short or place < LONE_ROWS - 1 or place > last - LONE_ROWS:
            rows_[place] = CELL_STYLE.sub(r"\1<w:keepNext/>", rows_[place])
    return "</w:tr>".join([*rows_, end])


def _fitted(table: str) -> str:
    """A table whose columns were repeated, with a grid that fits: the first column wide, the rest alike."""
    root = etree.fromstring(f'<root xmlns:w="{W_NS}">{table}</root>')
    element = root.find(f"{W}tbl")
    grid = element.find(f"{W}tblGrid")
    count = max(len(row.findall(f"{W}tc")) for row in element.findall(f"{W}tr"))
    total = sum(int(column.get(f"{W}w", "0")) for column in grid) or 9070
    first = max(total // 5, total // count) if count > 2 else total // count
    other = (total - first) // max(count - 1, 1)
    widths = [first] + [other] * (count - 1)
    grid[:] = []
    for width in widths:
        etree.SubElement(grid, f"{W}gridCol").set(f"{W}w", str(width))
    for row in element.findall(f"{W}tr"):
        for cell, width in zip(row.findall(f"{W}tc"), widths, strict=False):
            size = cell.find(f"{W}tcPr/{W}tcW")
            if size is not None:
                size.set(f"{W}w", str(width))
    text: str = etree.tostring(element, encoding="unicode", with_tail=False)
    return text.replace(f' xmlns:w="{W_NS}"', "", 1)


def _make_room_for_properties(parts: dict[str, str | bytes]) -> None:
    """A template saved by another program may lack the part that holds a paper's title; papers never do."""
    if CORE in parts:
        return
    parts[CORE] = b""
    types = _text(parts["[Content_Types].xml"])
    override = (
        '<Override PartName="/docProps/core.xml" '
        'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
    )
    parts["[Content_Types].xml"] = types.replace("</Types>", f"{override}</Types>").encode()
    relation = (
        '<Relationship Id="rIdProperties" Target="docProps/core.xml" '
        'Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"/>'
    )
    relations = _text(parts["_rels/.rels"])
    parts["_rels/.rels"] = relations.replace("</Relationships>", f"{relation}</Relationships>").encode()


def core_properties(meta: DocumentFacts) -> bytes:
    """What the file says of itself: title, reference, author, language, and the day of issue."""
    author = "" if isinstance(meta.author_post, Gap) else meta.author_post
    day = "" if meta.is_draft or isinstance(meta.issued_on, Gap | None) else f"{meta.issued_on.isoformat()}T00:00:00Z"
    dated = "".join(
        f'<dcterms:{word} xsi:type="dcterms:W3CDTF">{day}</dcterms:{word}>' for word in ("created", "modified") if day
    )
    told: Iterator[tuple[str, str]] = iter(
        (
            ("dc:title", _plain(meta.title)),
            ("dc:subject", _plain(meta.reference)),
            ("dc:creator", _plain(author)),
            ("cp:lastModifiedBy", _plain(author)),
            ("dc:language", "en-GB"),
            ("cp:version", _plain(meta.version)),
        )
    )
    inside = "".join(f"<{tag}>{escape(clean(text))}</{tag}>" for tag, text in told)
    return (
        f"{DECLARATION}<cp:coreProperties"
        ' xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        f" xmlns:xsi={quoteattr('http://www.w3.org/2001/XMLSchema-instance')}>{inside}{dated}</cp:coreProperties>"
    ).encode()


def _plain(value: str | Gap) -> str:
    return value.meaning if isinstance(value, Gap) else value
