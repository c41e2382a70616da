"""A part of a Word document in a form in which two renderers can be compared: what Word shows, and how it looks."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

from procure.documents.dialect import NOTES
from tests.documents.papers import W, parts_of

TOLD_APART = ("word/document.xml", "word/header", "word/footer", "word/footnotes", "word/endnotes")


def canonical(content: bytes, *, widths: bool = True) -> dict[str, list[str]]:
    """The talking parts of a document as lines. Left out is what `test_beside_docxtpl` names as meant.

    Runs of one look are one run, however they were cut; notes to officers are gone; a date's spaces are spaces; rows
    kept together are not told from others. Without `widths` the widths of columns are left out too.
    """
    parts = parts_of(content)
    notes = _notes(parts["word/styles.xml"])
    talking = [name for name in parts if name.startswith(TOLD_APART) and name.endswith(".xml")]
    return {name: _lines(etree.fromstring(parts[name]), notes, widths) for name in sorted(talking)}


def _notes(styles: bytes) -> set[str | None]:
    found = etree.fromstring(styles).iter(f"{W}style")
    return {one.get(f"{W}styleId") for one in found if one.find(f"{W}name").get(f"{W}val").lower() in NOTES}


def _lines(root: Any, notes: set[str | None], widths: bool) -> list[str]:
    found: list[str] = []

    def walk(element: Any) -> None:
        if not isinstance(element.tag, str):
            return
        if element.tag == f"{W}p":
            style = element.find(f"{W}pPr/{W}pStyle")
            if style is None or style.get(f"{W}val") not in notes:
                found.extend(_paragraph(element))
            return
        name = etree.QName(element).localname
        known = {} if name in ("gridCol", "tcW") and not widths else dict(element.attrib)
        found.append(f"<{name} {sorted(known.items())}")
        for child in element:
            walk(child)
        found.append(f"</{name}>")

    walk(root)
    return found


def _paragraph(paragraph: Any) -> list[str]:
    found: list[tuple[str, str, str]] = [("p", "", "")]
    for child in paragraph:
        if child.tag == f"{W}pPr":
            kept = child.find(f"{W}keepNext")
            if kept is not None and paragraph.getparent().tag == f"{W}tc":
                child.remove(kept)
            found.append(("look", "", _said(child)))
        elif child.tag == f"{W}r":
            look = child.find(f"{W}rPr")
            _run(child, "" if look is None else _said(look), found)
        else:
            found.append(("else", "", _said(child)))
    return [repr(one) for one in found]


def _run(run: Any, look: str, found: list[tuple[str, str, str]]) -> None:
    for child in run:
        if child.tag == f"{W}t":
            text = (child.text or "").replace("\u00a0", " ")
            if found[-1][:2] == ("text", look):
                found[-1] = ("text", look, found[-1][2] + text)
            elif text:
                found.append(("text", look, text))
        elif child.tag != f"{W}rPr":
            found.append(("inside", look, _said(child)))


def _said(element: Any) -> str:
    """An element as its canonical text, without what keeps spaces, a twin of bold, and the numbers of pictures."""
    said: str = etree.tostring(element, method="c14n", with_tail=False).decode()
    said = re.sub(r'(<wp:docPr\b[^>]*?) id="\d+"', r"\1", said)
    return said.replace(' xml:space="preserve"', "").replace("<w:bCs></w:bCs>", "")
