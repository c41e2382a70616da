"""The text of a decision from what somebody sends: pasted words, a text file in any lettering, a page, Word, PDF."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any

from procure import words
from procure.authority.reading.lettering import words as set_of
from procure.authority.reading.pdf_text import NoTextInIt, text_of_pdf
from procure.authority.reading.reader import MOST
from procure.documents.package import NotADocument
from procure.documents.reading import as_html
from procure.refusals import Refusal

MOST_BYTES = 15 * 1024 * 1024
MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
MIXED = (
    "Parts of this file are written in another character encoding than the rest. Check names, quotation marks and "
    "pound signs against the printed decision."
)
_PAGE = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,400}?-->\s*)?<(?:!doctype\s+html|html|head|body|div|p|table)\b",
    re.IGNORECASE,
)
MANGLED = (
    "Some characters were mangled before they came here (“Â£” for “£”, “â€™” for an apostrophe), and have been put "
    "right. Check names and sums against the printed decision."
)


class CannotRead(Refusal):
    """What was sent holds no text of a decision, or too much of it."""


@dataclass(frozen=True)
class Source:
    """The text to read, and what is doubtful about how it came."""

    text: str
    doubt: str = ""


def pasted(text: str) -> Source:
    """Words pasted into a page, with one kind of line end."""
    return _of_fair_length(_put_right(Source(text.replace("\r\n", "\n").replace("\r", "\n"))))


def from_file(name: str, content: bytes) -> Source:
    """The text of a file, judged by what it holds and not by its name."""
    if not content:
        raise CannotRead(f"{name} is empty. Choose the file again.")
    if len(content) > MOST_BYTES:
        raise CannotRead(f"{name} has {words.file_size(len(content))}. Send the decision alone, or paste its words.")
    if content.startswith(b"%PDF-"):
        return _of_fair_length(Source(_pdf(name, content)))
    if content.startswith(b"PK\x03\x04"):
        return _of_fair_length(Source(_word(name, content)))
    source = _put_right(_decoded(name, content))
    if _PAGE.match(source.text):
        source = Source(page_text(source.text), source.doubt)
    return _of_fair_length(source)


def _of_fair_length(source: Source) -> Source:
    if not source.text.strip():
        raise CannotRead("There are no words in it. Paste the words of the decision.")
    if len(source.text) > MOST:
        raise CannotRead(
            f"That is {len(source.text):,} characters. One decision with its minutes has {MOST:,} at most: paste the "
            "item you want to record and leave out the rest."
        )
    return source


def _pdf(name: str, content: bytes) -> str:
    try:
        return text_of_pdf(content)
    except NoTextInIt as refusal:
        raise CannotRead(f"{name}: {refusal.sentence}") from refusal


def _word(name: str, content: bytes) -> str:
    try:
        return page_text(as_html(content))
    except NotADocument as refusal:
        raise CannotRead(f"{name} isn’t a Word document (.docx). Save it as one, or paste the words.") from refusal


def _decoded(name: str, content: bytes) -> Source:
    """UTF-8 or UTF-16 by their marks, else UTF-8, else Windows-1252; byte by byte where both stand in one file."""
    for mark, encoding in MARKS:
        if content.startswith(mark):
            return Source(_ended(content.decode(encoding, "replace")))
    if content.count(0) or re.search(rb"[\x01-\x08\x0e-\x1a]", content):
        raise CannotRead(
            f"{name} holds no text. Send the decision as text, a web page, Word or PDF, or paste its words."
        )
    try:
        return Source(_ended(content.decode("utf-8")))
    except UnicodeDecodeError:
        said = content.decode("utf-8", "windows-1252-here")
        mixed = bool(re.search(rb"(?:[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2})", content))
        return Source(_ended(said), MIXED if mixed else "")


def _windows_byte(error: UnicodeError) -> tuple[str | bytes, int]:
    """One byte that isn’t UTF-8, read as Windows-1252."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.start + 1].decode("windows-1252", "replace"), error.start + 1


codecs.register_error("windows-1252-here", _windows_byte)


def _ended(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


_MANGLED = {
    "Â£": "£", "â€™": "’", "â€˜": "‘", "â€œ": "“", "â€\x9d": "”", "â€“": "–", "â€”": "—", "â€¢": "•", "Â ": " ",
    "Â\u00a0": "\u00a0",
}  # fmt: skip
"""UTF-8 that was once read as Windows-1252, and what it was."""


def _put_right(source: Source) -> Source:
    if not any(mark in source.text for mark in _MANGLED):
        return source
    text = source.text
    for mark, meant in _MANGLED.items():
        text = text.replace(mark, meant)
    return Source(text, source.doubt or MANGLED)


class _Page(HTMLParser):
    """The words of a web page: a block a line, list items with their numbers, nothing that isn’t shown."""

    BLOCKS = set_of("p div li tr h1 h2 h3 h4 h5 h6 table ul ol section article header footer dt dd blockquote br")
    UNSEEN = set_of("script style head title noscript template nav svg")

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.unseen = 0
        self.lists: list[tuple[str, int]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in self.UNSEEN:
            self.unseen += 1
        if tag in ("ol", "ul"):
            start = given.get("start") or ""
            self.lists.append((f"{tag}{given.get('type') or ''}", int(start) - 1 if start.isdigit() else 0))
        if tag in self.BLOCKS:
            self.parts.append("\n" if tag in ("br", "tr", "li") else "\n\n")
        if tag == "li" and self.lists:
            self._number()

    def _number(self) -> None:
        kind, count = self.lists[-1]
        self.lists[-1] = (kind, count + 1)
        self.parts.append("• " if kind.startswith("ul") else f"{_counted(kind[2:], count + 1)}. ")

    def handle_endtag(self, tag: str) -> None:
        if tag in self.UNSEEN and self.unseen:
            self.unseen -= 1
        if tag in ("ol", "ul") and self.lists:
            self.lists.pop()
        if tag in self.BLOCKS:
            self.parts.append("\n")
        if tag in ("td", "th"):
            self.parts.append(" ")

    def handle_data(self, data: str) -> None:
        if not self.unseen:
            self.parts.append(re.sub(r"\s+", " ", data))


def _counted(kind: str, number: int) -> str:
    if kind == "a" and number <= 26:
        return chr(96 + number)
    if kind == "i" and number <= 20:
        return ("x" * (number // 10)) + ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")[number % 10]
    return str(number)


def page_text(page: str) -> str:
    """The words of a web page as they are seen, one block a line."""
    reader: Any = _Page()
    reader.feed(page)
    reader.close()
    lines = [line.strip() for line in "".join(reader.parts).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
