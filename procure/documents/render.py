"""The one renderer. A template is compiled once for each version of it, then filled as often as papers are made.

What goes into a paper is escaped, rid of characters that XML cannot hold, and never blank: a fact that is missing shows
as ◆ its meaning ◆ on yellow in a draft, and keeps a paper from being issued.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from functools import cache, lru_cache
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from jinja2 import StrictUndefined, Template, nodes, pass_context
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Context
from jinja2.sandbox import SandboxedEnvironment

from procure import words
from procure.documents.dialect import FILTERS, BadTemplate, translate
from procure.documents.emphasis import Marked, in_bold, with_marks
from procure.documents.gaps import Gap, HasGaps, distinct
from procure.documents.kinds import wrong_facts
from procure.documents.marking import mark_as_draft
from procure.documents.package import QUICK, Packed, write_package
from procure.documents.shared_facts import DocumentFacts
from procure.documents.tables import COLUMNS, kept_together, with_columns_fitted, with_seams

COUNCIL_COLOUR = "4F1B40"
"""The colour that the masters are drawn in; a council's own takes its place when a template is compiled."""

FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufdcf\ufdd3-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 cannot hold, for which Word calls a file damaged; and the three that mark places for us."""
LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
PARAGRAPH_ENDS = re.compile("[\n\r\x0b\x0c\x85\u2028\u2029]")
DIGIT = re.compile(r"\d")
MONTH = "|".join(words.MONTHS)
HELD_TOGETHER = re.compile(rf"\b\d{{1,2}} (?:{MONTH})(?: \d{{4}})?\b|£[\d.,]+ (?:million|billion)\b")
"""Dates and sums, which must not break over two lines."""

RUN = '<w:r><w:t xml:space="preserve">{}</w:t></w:r>'
YELLOW_RUN = '<w:r><w:rPr><w:highlight w:val="yellow"/></w:rPr><w:t xml:space="preserve">{}</w:t></w:r>'
SAYS = re.compile(r"\{[{%]")
SAYING = ("say", "gap_run", "gap_paragraph")
"""The filters that escape what they print."""
CORE, BODY = "docProps/core.xml", "word/document.xml"


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


def compiled_parts(template: bytes, facts_type: type) -> tuple[Template, ...]:
    """The compiled parts of an issued paper's template, for whoever measures them."""
    return tuple(_compiled(template, facts_type, draft=False, notes=False, colour=COUNCIL_COLOUR).talking.values())


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
    talking = {name: part for name, part in parts.items() if name in translation.sources and SAYS.search(_text(part))}
    return _Compiled(
        order=tuple(parts),
        fixed={name: Packed.of(name, _bytes(parts[name])) for name in parts if name not in talking and name != CORE},
        talking={
            name: ENVIRONMENT.from_string(with_seams(_text(part)) if name == BODY else _text(part))
            for name, part in talking.items()
        },
        has_columns=frozenset(name for name, part in talking.items() if COLUMNS in _text(part)),
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
                parts.append(Packed.of(CORE, core_properties(meta), level=QUICK))
            elif name in compiled.fixed:
                parts.append(compiled.fixed[name])
            else:
                text = compiled.talking[name].render(names)
                text = in_bold(text)
                if name in compiled.has_columns:
                    text = with_columns_fitted(text)
                if name == BODY:
                    text = kept_together(text)
                parts.append(Packed.of(name, f"{DECLARATION}{text}".encode(), level=QUICK))
    except Unprintable as error:
        wrong = wrong_facts(facts) + wrong_facts(meta, "document.")
        raise Unprintable(f"{error} ({', '.join(wrong) or 'no wrong kinds'})") from error
    return write_package(parts), distinct(found)


DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


class _SayingOnly(CodeGenerator):
    """Compiles a template that prints nothing but through the filters that escape."""

    def visit_Output(self, node: nodes.Output, frame: Frame) -> None:
        for one in node.nodes:
            if not isinstance(one, nodes.TemplateData) and getattr(one, "name", "") not in SAYING:
                raise Unprintable(f"line {one.lineno} of a template prints without escaping")
        super().visit_Output(node, frame)


class _Environment(SandboxedEnvironment):
    """Anything inside a gap is that gap: a missing contract has a missing supplier.

    A declared fact is handed out at once; whatever else is asked for goes the sandbox's long way.
    """

    code_generator_class = _SayingOnly

    def getattr(self, obj: Any, attribute: str) -> Any:
        kind = obj.__class__
        if attribute in _declared(kind):
            return getattr(obj, attribute)
        return obj if kind is Gap else super().getattr(obj, attribute)


@cache
def _declared(kind: type) -> frozenset[str]:
    """The names of the facts a type declares; none where it isn't a type of facts."""
    return frozenset(field.name for field in fields(kind)) if is_dataclass(kind) and kind is not Gap else frozenset()


@pass_context
def say(context: Context, value: Any, meaning: str) -> str:
    """The text of a fact as XML; a gap where there is none. Without a filter, only text and whole numbers are said."""
    if isinstance(value, str):
        text = clean(value)
        if text and not text.isspace():
            return _escaped(with_marks(text) if isinstance(value, Marked) else text)
    elif isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if value is not None and not isinstance(value, str | Gap):
        raise Unprintable(f"{meaning}: a {type(value).__name__} cannot be printed as it stands")
    gap = value if isinstance(value, Gap) else Gap(meaning)
    return _gap(context, gap, "</w:t></w:r>{}<w:r><w:t>")


@pass_context
def gap_run(context: Context, value: Any) -> str:
    """Stands where an if could not be answered, between the runs of a sentence."""
    return _gap(context, value, "{}" + RUN.format(" "))


@pass_context
def gap_paragraph(context: Context, value: Any) -> str:
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
    if not isinstance(value, str) or not PARAGRAPH_ENDS.search(value):
        return (value,)
    found = [piece for piece in re.split(r"\n[ \t]*\n\s*", clean(value).strip()) if piece] or (value,)
    return [Marked(piece) for piece in found] if isinstance(value, Marked) else found


def clean(text: str) -> str:
    """The text with Unix line ends, without characters that XML cannot hold, its dates and sums held together."""
    if not text.isprintable():
        text = FORBIDDEN.sub("", LINE_ENDS.sub("\n", text))
    if DIGIT.search(text) is None:
        return text
    return HELD_TOGETHER.sub(lambda held: held[0].replace(" ", "\u00a0"), text)


def _escaped(text: str) -> str:
    safe = escape(text) if "&" in text or "<" in text or ">" in text else text
    if "\n" in safe or "\t" in safe:
        safe = safe.replace("\t", '</w:t><w:tab/><w:t xml:space="preserve">')
        safe = safe.replace("\n", '</w:t><w:br/><w:t xml:space="preserve">')
    return safe


def _gap(context: Context, gap: Gap, around: str) -> str:
    _note(context, gap)
    if not context["_draft"]:
        return ""
    return around.format(YELLOW_RUN.format(_escaped(clean(str(gap)))))


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
    # Every printed word passes through `say`, which escapes it; `_SayingOnly` sees to that for each template.
    environment = _Environment(
        autoescape=False,
        undefined=StrictUndefined,
        keep_trailing_newline=True,
        cache_size=0,
        auto_reload=False,
        optimized=False,
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
