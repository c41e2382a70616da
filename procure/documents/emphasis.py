"""Bold in what somebody wrote: words between two pairs of stars, where the answer's page says that they mean it."""

from __future__ import annotations

import re

BEGINS, ENDS = "\ufdd0", "\ufdd1"
"""Stand round bold words from the value to the finished run. Unicode promises that no text holds them."""
STARRED = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*", re.S)
RUN = re.compile(rf"<w:r>(<w:rPr>(?:(?!</w:rPr>).)*</w:rPr>)?((?:(?!</w:r>).)*?{BEGINS}(?:(?!</w:r>).)*)</w:r>", re.S)
AFTER = re.compile(r"<w:rPr>(?:<w:rStyle\b[^>]*/>)?(?:<w:rFonts\b[^>]*/>)?")
"""What stands before w:b in the properties of a run, in the order the schema asks for."""
BOLD = "<w:b/><w:bCs/>"
TEXT = '<w:t xml:space="preserve">'


class Marked(str):
    """An answer in which **words between stars** are printed bold. Any other text keeps its stars."""

    __slots__ = ()


def with_marks(text: str) -> str:
    """The text with its stars turned into the two marks."""
    return STARRED.sub(rf"{BEGINS}\1{ENDS}", text)


def in_bold(part: str) -> str:
    """A part of a document whose marked words have runs of their own, in the look of the words round them, bold."""
    return RUN.sub(_runs, part) if BEGINS in part else part


def _runs(run: re.Match[str]) -> str:
    look, inside = run[1] or "", run[2]
    made = []
    for place, piece in enumerate(re.split(rf"{BEGINS}(.*?){ENDS}", inside, flags=re.S)):
        opened = piece if place == 0 else f"{TEXT}{piece}"
        whole = opened if opened.endswith(("/>", "</w:t>")) else f"{opened}</w:t>"
        if re.sub(r"<w:t\b[^>]*></w:t>", "", whole):
            made.append(f"<w:r>{_bold(look) if place % 2 else look}{whole}</w:r>")
    return "".join(made)


def _bold(look: str) -> str:
    if not look:
        return f"<w:rPr>{BOLD}</w:rPr>"
    return look if "<w:b/>" in look else AFTER.sub(lambda start: start[0] + BOLD, look, count=1)
