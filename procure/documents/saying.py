"""How a fact is said in a paper: as text that XML can hold, with what is missing shown for what it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any
from xml.sax.saxutils import escape

from jinja2 import pass_context
from jinja2.runtime import Context

from procure import words
from procure.documents.emphasis import Marked, with_marks
from procure.documents.gaps import Gap

FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufdcf\ufdd4-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 cannot hold, for which Word calls a file damaged; and the four that mark places for us."""
LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
PARAGRAPH_ENDS = re.compile("[\n\r\x0b\x0c\x85\u2028\u2029]")
DIGIT = re.compile(r"\d")
MONTH = "|".join(words.MONTHS)
HELD_TOGETHER = re.compile(rf"\b\d{{1,2}} (?:{MONTH})(?: \d{{4}})?\b|£[\d.,]+ (?:million|billion)\b")
"""Dates and sums, which must not break over two lines."""

RUN = '<w:r><w:t xml:space="preserve">{}</w:t></w:r>'
YELLOW_RUN = '<w:r><w:rPr><w:highlight w:val="yellow"/></w:rPr><w:t xml:space="preserve">{}</w:t></w:r>'


class Unprintable(TypeError):
    """The facts hold something that a paper cannot print: a mistake in the function that gathers them."""


@pass_context
def say(context: Context, value: Any, meaning: str) -> str:
    """The text of a fact as XML; a gap where there is none. Without a filter, only text and whole numbers are said."""
    if value.__class__ is str and value.isprintable() and value and not value.isspace():
        # What most facts are: one line, with nothing in it to take out, and neither a break nor a tab to be made.
        if " " in value and DIGIT.search(value) is not None:
            value = HELD_TOGETHER.sub(_hold, value)
        return escape(value) if "&" in value or "<" in value or ">" in value else value
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
    if not isinstance(value, str) or value.isprintable() or not PARAGRAPH_ENDS.search(value):
        return (value,)
    found = [piece for piece in re.split(r"\n[ \t]*\n\s*", clean(value).strip()) if piece] or (value,)
    return [Marked(piece) for piece in found] if isinstance(value, Marked) else found


def clean(text: str) -> str:
    """The text with Unix line ends, without characters that XML cannot hold, its dates and sums held together."""
    if not text.isprintable():
        text = FORBIDDEN.sub("", LINE_ENDS.sub("\n", text))
    if " " not in text or DIGIT.search(text) is None:
        return text
    return HELD_TOGETHER.sub(_hold, text)


def _hold(together: re.Match[str]) -> str:
    return together[0].replace(" ", "\u00a0")


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
