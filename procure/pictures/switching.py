"""Where the answer would change: every option's total as one criterion counts for more."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from procure import words
from procure.pictures.marks import LETTER, NARROW, Dot, Drawing, Mark, Number, Picture, Word, inside, stroke, tenth

Weight = int | Decimal


@dataclass(frozen=True)
class Total:
    """An option's total when the criterion counts for nothing and for everything; between them it runs straight."""

    label: str
    at0: Number
    at100: Number
    preferred: bool = False

    def at(self, weight: Number) -> float:
        return float(self.at0) + (float(self.at100) - float(self.at0)) * float(weight) / 100


@dataclass(frozen=True)
class Switching:
    criterion: str
    lines: tuple[Total, ...]
    now: Weight
    switch_at: Weight | None
    """The weight from which another option leads; None where none ever does."""
    leader: str
    picture: Picture


def switching(
    criterion: str,
    lines: Sequence[Total],
    *,
    now: Weight,
    at: Weight | None = None,
    leader: str = "",
    name: str = "switching",
) -> Switching:
    """How every option's total moves as one criterion counts for more, and where another one takes the lead."""
    first = next((line for line in lines if line.preferred), lines[0])
    low = inside(criterion)
    if at is None:
        desc = f"{first.label} leads whatever {low} counts for."
    elif at < now:
        desc = (
            f"{first.label} leads while {low} counts for more than {words.percent(at)}. Up to there {leader} is first."
        )
    else:
        desc = (
            f"{first.label} leads while {low} counts for less than {words.percent(at)}. From there {leader} is first."
        )
    title = f"Each option’s total as {low} counts for more"
    wide = _switching_drawing(name, lines, now, at, leader, criterion, 600, 44, 470, 18)
    narrow = _switching_drawing(f"{name}-n", lines, now, at, leader, criterion, NARROW, 32, 205, 14)
    picture = Picture(title, f"{desc} The table gives the figures.", wide, narrow)
    return Switching(criterion, tuple(lines), now, at, leader, picture)


def _switching_drawing(
    name: str,
    lines: Sequence[Total],
    now: Weight,
    at: Weight | None,
    leader: str,
    criterion: str,
    width: int,
    left: int,
    right: int,
    letters: int,
) -> Drawing:
    top, foot = 20, 300

    def x(weight: Number) -> float:
        return left + (right - left) * float(weight) / 100

    def y(total: Number) -> float:
        return foot - (foot - top) * float(total) / 100

    marks: list[Mark] = []
    for total in range(0, 101, 20):
        marks.append(stroke(left, y(total), right, y(total), "k-line"))
        marks.append(Word(left - 8, tenth(y(total) + 5), str(total), "s q", "end"))
    for weight in range(0, 101, 20 if right - left > 250 else 50):
        marks.append(Word(tenth(x(weight)), 322, f"{weight}%", "s q", "middle"))
    marks.append(Word(tenth((left + right) / 2), 346, f"How much {inside(criterion)} counts", "q", "middle"))
    marks.append(stroke(x(now), top, x(now), foot, "k-lead"))
    near_end = float(now) > 70
    marks.append(
        Word(tenth(x(now) + (-6 if near_end else 6)), 15, f"now {words.percent(now)}", "s q", "end" if near_end else "")
    )
    for line in sorted(lines, key=lambda line: line.preferred):
        marks.append(stroke(x(0), y(line.at0), x(100), y(line.at100), "k-heavy" if line.preferred else "k-grey"))
    ends = _spread([y(line.at100) for line in lines], 20, top, foot)
    for line, end in zip(lines, ends, strict=True):
        marks.append(
            Word(right + 10, tenth(end + 5), _short_name(line.label, letters), "b p" if line.preferred else "")
        )
    if at is not None:
        first = next((line for line in lines if line.preferred), lines[0])
        across, height = x(at), y(first.at(at))
        marks.append(stroke(across, height, across, foot, "k-ink"))
        marks.append(Dot(tenth(across), tenth(height), 6, "k-dot"))
        said = (f"{_short_name(leader, letters)} first", f"{'up to' if at < now else 'from'} {words.percent(at)}")
        wide = max(map(len, said)) * LETTER
        to_left = across - 9 - wide > 0 and across + 9 + wide > width
        edge = across - 9 - wide if to_left else min(across + 9, width - wide)
        span = ((edge - left) / (right - left) * 100, (edge + wide - left) / (right - left) * 100)
        base = _clear_height(lines, span, y, height, foot)
        for number, text in enumerate(said):
            x_at = edge + wide if to_left else edge
            marks.append(Word(tenth(x_at), base + 20 * number, text, "b halo", "end" if to_left else ""))
    return Drawing(name, width, 360, tuple(marks))


def _short_name(name: str, letters: int) -> str:
    return name if len(name) <= letters else name[: letters - 1].rstrip() + "…"


def _clear_height(
    lines: Sequence[Total], span: tuple[float, float], y: Callable[[float], float], height: float, foot: float
) -> float:
    """Where two lines of words stand free of the lines of the chart, from the foot up; the foot if nowhere."""
    for base in range(int(foot) - 36, int(height) + 20, -10):
        edges = [(y(line.at(min(max(span[0], 0), 100))), y(line.at(min(max(span[1], 0), 100)))) for line in lines]
        if all(max(edge) < base - 18 or min(edge) > base + 26 for edge in edges):
            return base
    return foot - 36


def _spread(places: Sequence[float], apart: float, top: float, foot: float) -> list[float]:
    """The same places pushed apart as little as need be, in their order, inside top and foot."""
    order = sorted(range(len(places)), key=lambda index: places[index])
    found = sorted(places)
    for _ in range(40):
        moved = False
        for index, (upper, lower) in enumerate(pairwise(found)):
            if lower - upper < apart - 0.01:
                push = (apart - (lower - upper)) / 2
                found[index], found[index + 1], moved = upper - push, lower + push, True
        if not moved:
            break
    for index in range(1, len(found)):
        found[index] = max(found[index], found[index - 1] + apart)
    over = max(found[-1] - foot, 0) if found else 0
    under = max(top - found[0], 0) if found else 0
    found = [place - over + under for place in found]
    spread = [0.0] * len(places)
    for rank, index in enumerate(order):
        spread[index] = found[rank]
    return spread
