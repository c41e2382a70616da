"""The line of contracts and purchases as a picture: boxes side by side, or one below the other. Pure."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from procure.contract.lineage_rules import Generation
from procure.pictures.marks import Drawing, Line, Mark, Path, Picture, Rect, Word

WIDE, TALL, GAP = 230.0, 132.0, 34.0
NARROW, BETWEEN = 345.0, 28.0
MOST = 5
"""Boxes that fit side by side; what is older stands in the list beneath."""
LETTERS = 26


def lineage_picture(line: Sequence[Generation]) -> Picture:
    """The last boxes of the line. The one the reader is at has the heavy frame, what is still to come a broken one."""
    shown = list(line[-MOST:])
    wide: list[Mark] = []
    narrow: list[Mark] = []
    for place, one in enumerate(shown):
        left, top = place * (WIDE + GAP), place * (TALL + BETWEEN)
        wide += _box(one, left, 4.0, WIDE)
        narrow += _box(one, 0.0, top, NARROW)
        if place < len(shown) - 1:
            right, foot, middle = left + WIDE, top + TALL, NARROW / 2
            wide += [
                Line(right, 70, right + 25, 70, "k-council"),
                Path(f"M{right + 23:.1f} 63l11 7-11 7z", "f-council"),
            ]
            narrow += [
                Line(middle, foot, middle, foot + 19, "k-council"),
                Path(f"M{middle - 7:.1f} {foot + 17:.1f}l7 11 7-11z", "f-council"),
            ]
    width = len(shown) * (WIDE + GAP) - GAP
    desc = f"{len(shown)} links, oldest first. " + " ".join(one.sentence for one in shown)
    return Picture(
        "What came before and what came of it", desc, Drawing("ln", width, TALL + 8, tuple(wide)),
        Drawing("lnn", NARROW, len(shown) * (TALL + BETWEEN) - BETWEEN, tuple(narrow)),
    )  # fmt: skip


def _box(one: Generation, x: float, y: float, width: float) -> list[Mark]:
    marks: list[Mark] = [
        Rect(x, y, width, TALL, "f-white"),
        Rect(x + 1, y + 1, width - 2, TALL - 2, "k-council" if one.is_done or one.is_here else "k-dash"),
    ]
    if one.is_here:
        marks.append(Rect(x, y, width, 6, "f-council"))
    marks += [
        Word(x + 16, y + 28, f"{one.kind}: {one.state.lower()}", "q"), Word(x + 16, y + 54, one.reference, "l"),
    ]  # fmt: skip
    for row, text in enumerate(textwrap.wrap(one.who, LETTERS)[:1] + textwrap.wrap(one.when, LETTERS)[:2]):
        marks.append(Word(x + 16, y + 78 + 20 * row, text, "s"))
    return marks
