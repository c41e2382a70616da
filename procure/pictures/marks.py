"""What a picture is made of: marks in the order they are painted, a wide and a narrow drawing of them.

Every picture has its own wide and narrow drawing; a wide one is never shrunk to a phone. `look` names classes of the
style sheet, never a colour, because the pages allow no inline style; `HATCH` is the striped fill. Names must differ
between two pictures on one page: ids are made of them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

HATCH = "hatch"
LETTER = 9.6
"""Width of a letter at 16 px, a fifth more than usual: system fonts differ."""
NARROW = 345
"""Width of a drawing for a phone."""
Number = int | float | Decimal


@dataclass(frozen=True)
class Rect:
    x: float
    y: float
    width: float
    height: float
    look: str
    kind: str = field(default="rect", init=False)


@dataclass(frozen=True)
class Line:
    x1: float
    y1: float
    x2: float
    y2: float
    look: str
    kind: str = field(default="line", init=False)


@dataclass(frozen=True)
class Word:
    x: float
    y: float
    text: str
    look: str = ""
    anchor: str = ""
    """Empty for start, else *middle* or *end*, as SVG has it."""
    kind: str = field(default="text", init=False)


@dataclass(frozen=True)
class Path:
    d: str
    look: str
    kind: str = field(default="path", init=False)


@dataclass(frozen=True)
class Dot:
    x: float
    y: float
    r: float
    look: str
    kind: str = field(default="dot", init=False)


Mark = Rect | Line | Word | Path | Dot


@dataclass(frozen=True)
class Drawing:
    """One drawing of a picture, for one width of screen."""

    name: str
    width: float
    height: float
    marks: tuple[Mark, ...]

    @property
    def hatched(self) -> bool:
        return any(mark.look == HATCH for mark in self.marks)


@dataclass(frozen=True)
class Picture:
    """A picture with what it says in words for those who do not see it."""

    title: str
    desc: str
    wide: Drawing
    narrow: Drawing


def tenth(number: Number) -> float:
    return round(float(number), 1)


def box(x: Number, y: Number, width: Number, height: Number, look: str) -> Rect:
    return Rect(tenth(x), tenth(y), tenth(width), tenth(height), look)


def stroke(x1: Number, y1: Number, x2: Number, y2: Number, look: str) -> Line:
    return Line(tenth(x1), tenth(y1), tenth(x2), tenth(y2), look)


def inside(text: str) -> str:
    return text[:1].lower() + text[1:]
