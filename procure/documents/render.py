"""The one renderer. A template is compiled once for each version of it, then filled as often as papers are made.

What goes into a paper is escaped, rid of characters that XML cannot hold, and never blank: a fact that is missing shows
as ◆ its meaning ◆ on yellow in a draft, and keeps a paper from being issued.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from typing import Any
from xml.sax.saxutils import escape

from jinja2 import Template

from procure.documents.dialect import BadTemplate, translate
from procure.documents.emphasis import in_bold
from procure.documents.engine import ENVIRONMENT
from procure.documents.gaps import Gap, HasGaps, distinct
from procure.documents.kinds import wrong_facts
from procure.documents.marking import mark_as_draft
from procure.documents.package import QUICK, Packed, write_package
from procure.documents.saying import Unprintable, clean
from procure.documents.shared_facts import DocumentFacts
from procure.documents.tables import PART_END_WRITTEN, laid_out, with_seams

__all__ = [
    "COUNCIL_COLOUR", "ENVIRONMENT", "Unprintable", "clean", "core_properties", "draft", "gaps_printed", "issued",
    "sha256",
]  # fmt: skip

COUNCIL_COLOUR = "4F1B40"
"""The colour that the masters are drawn in; a council's own takes its place when a template is compiled."""
SAYS = re.compile(r"\{[{%]")
CORE, BODY = "docProps/core.xml", "word/document.xml"
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


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


def gaps_printed(template: bytes, facts: object, meta: DocumentFacts, *, colour: str = COUNCIL_COLOUR) -> list[Gap]:
    """The gaps that the issued paper would print: those behind an if that is not taken do not count."""
    return _fill(template, facts, replace(meta, is_draft=False), draft=False, colour=colour)[1]


def sha256(paper: bytes) -> str:
    """The digest a signature binds, in lower-case hexadecimal."""
    return hashlib.sha256(paper).hexdigest()


# ── compiled templates ──


@dataclass(frozen=True)
class _Compiled:
    """A template ready to fill: what never changes already compressed, what does as one Jinja template."""

    order: tuple[str, ...]
    fixed: dict[str, Packed]
    talking: tuple[str, ...]
    """The parts with words of the paper, in the order in which `template` makes them, each closed by a mark."""
    template: Template


def compiled(template: bytes, facts_type: type, *, colour: str = COUNCIL_COLOUR) -> Template:
    """The compiled template of an issued paper, kept for when one is made. BadTemplate where it has mistakes."""
    return _compile(template, facts_type, False, False, colour).template


@lru_cache(maxsize=128)
def _compile(template: bytes, facts_type: type, draft: bool, notes: bool, colour: str) -> _Compiled:
    translation = translate(template, facts_type, issued=not notes)
    if translation.problems:
        raise BadTemplate(translation.problems)
    parts: dict[str, str | bytes] = {**translation.parts, **translation.sources}
    parts.pop("docProps/thumbnail.jpeg", None)
    _make_room_for_properties(parts)
    if draft:
        mark_as_draft(parts)
    if colour != COUNCIL_COLOUR:
        parts = {name: _recoloured(name, part, colour) for name, part in parts.items()}
    talking = tuple(name for name, part in parts.items() if name in translation.sources and SAYS.search(_text(part)))
    texts = {name: with_seams(_text(parts[name])) if name == BODY else _text(parts[name]) for name in talking}
    return _Compiled(
        order=tuple(parts),
        fixed={name: Packed.of(name, _bytes(parts[name])) for name in parts if name not in talking and name != CORE},
        talking=talking,
        template=ENVIRONMENT.from_string("".join(f"{DECLARATION}{text}{PART_END_WRITTEN}" for text in texts.values())),
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
    kind: type = type(facts)
    ready = _compile(template, kind, draft, draft if notes is None else notes, colour)
    found: list[Gap] = []
    names: dict[str, Any] = {field.name: getattr(facts, field.name) for field in fields(facts)}  # type: ignore[arg-type]
    names |= {"document": meta, "_found": found, "_draft": draft}
    try:
        texts = laid_out(ENVIRONMENT.pieces(ready.template, names))
    except (Unprintable, AttributeError) as error:
        wrong = wrong_facts(facts) + wrong_facts(meta, "document.")
        raise Unprintable(f"{error} ({', '.join(wrong) or 'no wrong kinds'})") from error
    made = {
        name: Packed.of(name, in_bold(text).encode(), level=QUICK)
        for name, text in zip(ready.talking, texts, strict=True)
    }
    made[CORE] = Packed.of(CORE, core_properties(meta), level=QUICK)
    return write_package([made.get(name) or ready.fixed[name] for name in ready.order]), distinct(found)


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


CORE_BEGINS = (
    f"{DECLARATION}<cp:coreProperties"
    ' xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
)


def core_properties(meta: DocumentFacts) -> bytes:
    """What the file says of itself: title, reference, author, language, and the day of issue."""
    author = "" if isinstance(meta.author_post, Gap) else _plain(meta.author_post)
    day = "" if meta.is_draft or isinstance(meta.issued_on, Gap | None) else f"{meta.issued_on.isoformat()}T00:00:00Z"
    dated = (
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{day}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{day}</dcterms:modified>'
    )
    return (
        f"{CORE_BEGINS}<dc:title>{_plain(meta.title)}</dc:title><dc:subject>{_plain(meta.reference)}</dc:subject>"
        f"<dc:creator>{author}</dc:creator><cp:lastModifiedBy>{author}</cp:lastModifiedBy>"
        f"<dc:language>en-GB</dc:language><cp:version>{_plain(meta.version)}</cp:version>"
        f"{dated if day else ''}</cp:coreProperties>"
    ).encode()


def _plain(value: str | Gap) -> str:
    return escape(clean(value.meaning if isinstance(value, Gap) else value))
