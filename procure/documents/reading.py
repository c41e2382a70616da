"""A paper as a page to read on a phone: the same words, the numbers as seen, tables that scroll by themselves.

Everything is escaped and nothing is carried over but words and structure: no styles, no scripts, no pictures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from xml.sax.saxutils import escape, quoteattr, unescape

from lxml import etree

from procure.documents.package import NotADocument, open_package

Element = Any
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"

SAFE_LINKS = ("https://", "http://", "mailto:")
HEADINGS = {"title": 0, "letter title": 0, "heading 1": 1, "annex heading": 1, "heading 2": 2, "heading 3": 3}
SIZES = ("xl", "l", "m", "s")
CLASSES = {
    "band": "app-paper__band",
    "letterhead": "app-paper__band",
    "callout": "govuk-inset-text",
    "quoted words": "app-paper__quote",
    "recommendation": "app-paper__recommendation",
    "small": "govuk-body-s",
    "cleared": "govuk-body-s app-paper__cleared",
    "guidance": "app-paper__note",
    "ask": "app-paper__note",
    "example": "app-paper__note",
    "model": "app-paper__note",
    "table title": "govuk-body app-paper__table-title",
    "figure value": "app-paper__figure",
    "figure note": "govuk-body-s",
}


def as_html(paper: bytes, *, top: int = 1) -> str:
    """The body of a paper as an HTML fragment, its title at heading level `top`. NotADocument for anything else."""
    parts = open_package(paper)
    try:
        trees = {name: etree.fromstring(parts[name], _parser()) for name in READ if name in parts}
    except etree.XMLSyntaxError as error:
        raise NotADocument("The file is not a Word document (.docx), or it is damaged.") from error
    return _Page(trees, top).html()


READ = ("word/document.xml", "word/styles.xml", "word/numbering.xml", "word/_rels/document.xml.rels")


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)


# ── numbers, as Word counts them ──


@dataclass
class _Level:
    form: str
    text: str
    start: int


@dataclass
class _Lists:
    """The lists of a document, and how far each has counted."""

    levels: dict[str, dict[int, _Level]] = field(default_factory=dict)
    of_style: dict[str, tuple[str, int]] = field(default_factory=dict)
    counted: dict[str, dict[int, int]] = field(default_factory=dict)

    def next(self, ident: str, level: int) -> str | None:
        """The next number of a list as it is seen; "•" for a bullet; None where there is none."""
        levels = self.levels.get(ident)
        if not levels or level not in levels:
            return None
        if levels[level].form == "bullet":
            return "•"
        counts = self.counted.setdefault(ident, {})
        counts[level] = counts.get(level, levels[level].start - 1) + 1
        for deeper in [each for each in counts if each > level]:
            del counts[deeper]
        return re.sub(r"%(\d)", lambda place: self._shown(levels, counts, int(place[1]) - 1), levels[level].text)

    @staticmethod
    def _shown(levels: Mapping[int, _Level], counts: Mapping[int, int], level: int) -> str:
        if level not in levels:
            return ""
        return _formed(counts.get(level, levels[level].start), levels[level].form)


def _formed(number: int, form: str) -> str:
    if form == "lowerRoman" or form == "upperRoman":
        roman = _roman(number)
        return roman if form == "lowerRoman" else roman.upper()
    if form == "lowerLetter" or form == "upperLetter":
        letters = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letters if form == "lowerLetter" else letters.upper()
    return "" if form == "none" else str(number)


ROMAN = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


def _roman(number: int) -> str:
    made = ""
    for value, letters in ROMAN:
        made += letters * (number // value)
        number %= value
    return made


def _lists(numbering: Element | None, styles: Element | None) -> _Lists:
    lists = _Lists()
    abstract: dict[str, dict[int, _Level]] = {}
    for element in numbering.findall(f"{W}abstractNum") if numbering is not None else ():
        levels: dict[int, _Level] = {}
        for level in element.findall(f"{W}lvl"):
            start = _value(level, "start")
            levels[_whole(level.get(f"{W}ilvl"))] = _Level(
                _value(level, "numFmt") or "decimal", _value(level, "lvlText") or "", _whole(start, 1)
            )
        abstract[element.get(f"{W}abstractNumId", "")] = levels
    for element in numbering.findall(f"{W}num") if numbering is not None else ():
        lists.levels[element.get(f"{W}numId", "")] = abstract.get(_value(element, "abstractNumId") or "", {})
    for style in styles.findall(f"{W}style") if styles is not None else ():
        number = style.find(f"{W}pPr/{W}numPr")
        if number is not None:
            place = (_value(number, "numId") or "", _whole(_value(number, "ilvl")))
            lists.of_style[style.get(f"{W}styleId", "")] = place
    return lists


def _value(element: Element, name: str) -> str | None:
    child = element.find(f"{W}{name}")
    value: str | None = child.get(f"{W}val") if child is not None else None
    return value


def _whole(text: str | None, otherwise: int = 0) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 6 else otherwise


# ── the page ──


class _Page:
    """Writes the blocks of the body in order."""

    def __init__(self, trees: Mapping[str, Element], top: int) -> None:
        self.document = trees["word/document.xml"]
        styles = trees.get("word/styles.xml")
        self.lists = _lists(trees.get("word/numbering.xml"), styles)
        self.names: dict[str, str] = {}
        self.right: set[str] = set()
        for style in styles.findall(f"{W}style") if styles is not None else ():
            ident = style.get(f"{W}styleId", "")
            self.names[ident] = (_value(style, "name") or "").lower()
            look = style.find(f"{W}pPr")
            if look is not None and _value(look, "jc") in ("right", "end"):
                self.right.add(ident)
        relations = trees.get("word/_rels/document.xml.rels")
        self.links = {
            relation.get("Id", ""): relation.get("Target", "")
            for relation in (relations if relations is not None else ())
            if isinstance(relation.tag, str)
        }
        self.top = top
        self.heading = ""
        self.caption = ""
        self.labels: list[str] = []

    def html(self) -> str:
        """The whole fragment."""
        body = self.document.find(f"{W}body")
        inside = "\n".join(self._blocks(body)) if body is not None else ""
        return f'<div class="app-paper">\n{inside}\n</div>'

    def _blocks(self, container: Element) -> Iterator[str]:
        bullets: list[str] = []
        for child in container.iter(f"{W}p", f"{W}tbl"):
            if _owner(child) is not container:
                continue
            if child.tag == f"{W}tbl":
                yield from _list_of(bullets)
                yield self._table(child)
                continue
            bullet, block = self._paragraph(child)
            if bullet:
                bullets.append(block)
                continue
            yield from _list_of(bullets)
            if block:
                yield block
        yield from _list_of(bullets)

    def _paragraph(self, paragraph: Element) -> tuple[bool, str]:
        """The block of a paragraph, and whether it is an item of a list of bullets."""
        ident, name = self._style(paragraph)
        words = self._words(paragraph).replace("\t", " · " if name == "band" else " ")
        number = self._number(paragraph, ident)
        if not re.sub(r"<[^>]+>", "", words).strip():
            return False, ""
        if number == "•":
            return True, f"<li>{words}</li>"
        shown = f'<span class="app-paper__number">{escape(number)}</span> ' if number else ""
        if name in HEADINGS:
            level = min(self.top + HEADINGS[name], 6)
            size = SIZES[min(HEADINGS[name], 3)]
            self.heading = re.sub(r"<[^>]+>", "", words)
            return False, f'<h{level} class="govuk-heading-{size}">{shown}{words}</h{level}>'
        if name == "table title":
            self.caption = re.sub(r"<[^>]+>", "", words)
        kind = CLASSES.get(name, "govuk-body")
        if number and name not in CLASSES:
            kind = "govuk-body app-paper__clause"
        return False, f'<p class="{kind}">{shown}{words}</p>'

    def _style(self, paragraph: Element) -> tuple[str, str]:
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        ident = style.get(f"{W}val", "") if style is not None else ""
        return ident, self.names.get(ident, "")

    def _number(self, paragraph: Element, ident: str) -> str | None:
        own = paragraph.find(f"{W}pPr/{W}numPr")
        if own is not None:
            return self.lists.next(_value(own, "numId") or "", _whole(_value(own, "ilvl")))
        place = self.lists.of_style.get(ident)
        return self.lists.next(*place) if place else None

    # ── words ──

    def _words(self, paragraph: Element) -> str:
        made: list[str] = []
        for run in paragraph.iter(f"{W}r"):
            if next(run.iterancestors(f"{W}p")) is not paragraph:
                continue
            words = _run(run)
            link = next(run.iterancestors(f"{W}hyperlink"), None)
            target = self.links.get(link.get(f"{R}id", ""), "") if link is not None else ""
            if words and target.startswith(SAFE_LINKS):
                words = f'<a class="govuk-link" href={quoteattr(target)}>{words}</a>'
            made.append(words)
        text = "".join(made)
        for tag in ("strong", "em", "mark"):
            text = text.replace(f"</{tag}><{tag}>", "")
        return text.strip()

    # ── tables ──

    def _table(self, table: Element) -> str:
        look = table.find(f"{W}tblPr/{W}tblLook")
        labels = look is not None and look.get(f"{W}firstColumn") in ("1", "true", "on")
        head: list[str] = []
        body: list[str] = []
        for row in table.findall(f"{W}tr"):
            is_head = row.find(f"{W}trPr/{W}tblHeader") is not None and not body
            cells = "".join(
                self._cell(cell, "col" if is_head else "row" if labels and place == 0 else "")
                for place, cell in enumerate(row.findall(f"{W}tc"))
            )
            (head if is_head else body).append(f'<tr class="govuk-table__row">{cells}</tr>')
        heads = f'<thead class="govuk-table__head">{"".join(head)}</thead>' if head else ""
        return (
            f'<div class="app-scroll" role="region" tabindex="0" aria-label={quoteattr(self._label())}>'
            f'<table class="govuk-table">{heads}<tbody class="govuk-table__body">{"".join(body)}</tbody></table></div>'
        )

    def _label(self) -> str:
        """What a table is called to those who cannot see what stands above it; no two alike."""
        named = unescape(self.caption or self.heading)
        label = f"Table: {named}" if named else "Table"
        self.caption = ""
        self.labels.append(label)
        count = self.labels.count(label)
        return label if count == 1 else f"{label} ({count})"

    def _cell(self, cell: Element, scope: str) -> str:
        paragraphs = cell.findall(f".//{W}p")
        lines = [words for words in (self._in_cell(paragraph) for paragraph in paragraphs) if words]
        figure = any(self._style(paragraph)[0] in self.right for paragraph in paragraphs)
        inside = "<br>".join(lines)
        numeric = " govuk-table__header--numeric" if scope else " govuk-table__cell--numeric"
        if scope:
            return f'<th scope="{scope}" class="govuk-table__header{numeric if figure else ""}">{inside}</th>'
        return f'<td class="govuk-table__cell{numeric if figure else ""}">{inside}</td>'

    def _in_cell(self, paragraph: Element) -> str:
        words = self._words(paragraph)
        number = self._number(paragraph, self._style(paragraph)[0])
        if number and words:
            words = f"{escape(number)} {words}"
        words = words.replace("\t", " ")
        if words and self._style(paragraph)[1] == "figure value":
            words = f'<strong class="app-paper__figure">{words}</strong>'
        return words


def _run(run: Element) -> str:
    made: list[str] = []
    for child in run:
        if child.tag == f"{W}t":
            made.append(escape(child.text or ""))
        elif child.tag in (f"{W}br", f"{W}cr"):
            made.append("<br>" if child.get(f"{W}type") in (None, "textWrapping") else "")
        elif child.tag == f"{W}tab":
            made.append("\t")
        elif child.tag == f"{W}noBreakHyphen":
            made.append("\u2011")
    words = "".join(made)
    if not words:
        return ""
    look = run.find(f"{W}rPr")
    for tag, name in (("em", "i"), ("strong", "b"), ("mark", "highlight")):
        marked = look.find(f"{W}{name}") if look is not None else None
        if marked is not None and marked.get(f"{W}val") not in ("0", "false", "none"):
            words = f"<{tag}>{words}</{tag}>"
    return words


def _owner(block: Element) -> Element:
    """What a block stands in, content controls aside."""
    parent = block.getparent()
    while parent is not None and parent.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}customXml"):
        parent = parent.getparent()
    return parent


def _list_of(bullets: list[str]) -> Iterator[str]:
    if bullets:
        yield f'<ul class="govuk-list govuk-list--bullet">{"".join(bullets)}</ul>'
        bullets.clear()
