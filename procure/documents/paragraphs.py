"""The XML of Word's paragraphs: their words, and the runs that Word spreads them over."""

from __future__ import annotations

import copy
import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import Any

from lxml import etree

Element = Any
"""An lxml element; lxml brings no types of its own."""

W_NS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W = f"{{{W_NS}}}"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"

LONGEST_TAG = 500
"""Letters between the braces. A longer one is no tag, so that an unclosed brace can’t make reading slow."""
TAG = re.compile(
    rf"\{{\{{.{{0,{LONGEST_TAG}}}?\}}\}}|\{{%.{{0,{LONGEST_TAG}}}?%\}}|\{{\#.{{0,{LONGEST_TAG}}}?\#\}}", re.S
)
HEADING = re.compile(r"heading \d|title|letter title|annex heading", re.I)


def parser() -> etree.XMLParser:
    """A parser that fetches nothing, expands nothing and gives up on monsters."""
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)


def style_of(paragraph: Element) -> str:
    """The style id of a paragraph; empty for the default style."""
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return style.get(f"{W}val", "") if style is not None else ""


def texts_of(paragraph: Element) -> list[Element]:
    """The w:t elements that belong to this paragraph itself and not to a text box inside it."""
    return [
        text
        for text in paragraph.iter(f"{W}t")
        if text.getparent().tag == f"{W}r" and next(text.iterancestors(f"{W}p")) is paragraph
    ]


def words_of(element: Element | None) -> str:
    """All words below an element, text boxes included."""
    if element is None:
        return ""
    return "".join(text.text or "" for text in element.iter(f"{W}t"))


def join_tags(paragraph: Element) -> None:
    """Brings each tag that Word has spread over several runs back into the first of them."""
    texts = texts_of(paragraph)
    whole = "".join(text.text or "" for text in texts)
    if "{" not in whole:
        return
    starts: list[int] = []
    place = 0
    for text in texts:
        starts.append(place)
        place += len(text.text or "")
    contents = [list(text.text or "") for text in texts]
    for match in TAG.finditer(whole):
        first = bisect_right(starts, match.start()) - 1
        touched = list(_touched(starts, contents, first, match.end()))
        for index in touched[1:]:
            own = contents[index]
            for spot in range(max(0, match.start() - starts[index]), min(len(own), match.end() - starts[index])):
                own[spot] = ""
        if len(touched) > 1:
            content = contents[touched[0]]
            spot = match.start() - starts[touched[0]]
            content[spot] = match[0]
            content[spot + 1 :] = [""] * (len(content) - spot - 1)
    for text, content in zip(texts, contents, strict=True):
        text.text = "".join(content)
        text.set(XML_SPACE, "preserve")


def _touched(starts: list[int], contents: list[list[str]], first: int, end: int) -> Iterator[int]:
    for index in range(first, len(starts)):
        if starts[index] >= end:
            return
        if contents[index]:
            yield index


def run_like(look: Element | None) -> Element:
    """An empty run that looks like another."""
    run = etree.Element(f"{W}r")
    if look is not None:
        run.append(copy.deepcopy(look))
    return run


def text_element(text: str) -> Element:
    """A w:t with these words, its spaces kept."""
    element = etree.Element(f"{W}t")
    element.set(XML_SPACE, "preserve")
    element.text = text
    return element


def take_out(element: Element) -> None:
    """Removes an element and leaves the text that follows it."""
    parent, tail = element.getparent(), element.tail
    earlier = element.getprevious()
    parent.remove(element)
    if tail:
        if earlier is not None:
            earlier.tail = (earlier.tail or "") + tail
        else:
            parent.text = (parent.text or "") + tail


def near(text: str, tag: str) -> str:
    """A few of the words of a paragraph, those round a tag if it is there: enough to find it by."""
    place = max(text.find(tag), 0) if tag else 0
    start = max(0, min(place - 15, len(text) - 50))
    shown = " ".join(text[start : start + 50].split())
    return ("…" if start else "") + shown + ("…" if start + 50 < len(text) else "")


class Styles:
    """What must be known of a template's styles: which are notes, which headings, which carry numbers or bullets."""

    def __init__(self, root: Element | None, notes: tuple[str, ...]) -> None:
        self.notes: set[str] = set()
        self.headings: set[str] = set()
        self._numbered: set[str] = set()
        self._parents: dict[str, str] = {}
        for style in root.iter(f"{W}style") if root is not None else ():
            ident = style.get(f"{W}styleId", "")
            name = style.find(f"{W}name")
            called = name.get(f"{W}val", "").lower() if name is not None else ""
            if called in notes:
                self.notes.add(ident)
            if HEADING.fullmatch(called):
                self.headings.add(ident)
            if style.find(f"{W}pPr/{W}numPr") is not None:
                self._numbered.add(ident)
            parent = style.find(f"{W}basedOn")
            if parent is not None:
                self._parents[ident] = parent.get(f"{W}val", "")

    def is_heading(self, paragraph: Element) -> bool:
        """Whether a paragraph is one that readers find their way by."""
        return style_of(paragraph) in self.headings

    def numbers(self, paragraph: Element) -> bool:
        """Whether a second paragraph of this sort would take a number or bullet of its own."""
        if paragraph.find(f"{W}pPr/{W}numPr") is not None:
            return True
        ident = style_of(paragraph)
        seen: set[str] = set()
        while ident and ident not in seen:
            if ident in self._numbered:
                return True
            seen.add(ident)
            ident = self._parents.get(ident, "")
        return False
