"""The picture of what ends when: quarters along, value up, stacked by who is on it. Every column is a link."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from procure import words
from procure.pictures.marks import Line, Mark, Rect, Word
from procure.register.rules.listing import OnIt, Quarter, Stack, short_sum

LOOKS = {OnIt.DECIDED: "f-pale", OnIt.IN_HAND: "f-mid", OnIt.NOBODY: "nobody"}
"""How each part of a column looks, from its foot upwards."""

WIDE, LEFT, BAR, FOOT, HEAD = 1220, 56, 58, 262, 44
NARROW, ROW, FROM_X, TO_X = 345, 44, 84, 262


@dataclass(frozen=True)
class Column:
    """A quarter as a part of the picture."""

    href: str
    label: str
    """What a reader that can't see it is told."""
    is_chosen: bool
    hit: Rect
    marks: tuple[Mark, ...]


@dataclass(frozen=True)
class Quarters:
    """The picture for one width of screen: what stands behind the columns, and the columns."""

    name: str
    width: int
    height: int
    behind: tuple[Mark, ...]
    columns: tuple[Column, ...]


def _r(number: float) -> float:
    return round(number, 1)


def top_of(most: Decimal) -> tuple[Decimal, int]:
    """A round sum for the step of the scale, and how many steps reach the largest column: £1m, 4."""
    if most <= 0:
        return Decimal(1000), 1
    raw = most / 4
    size = Decimal(10) ** (len(str(int(raw))) - 1) if raw >= 1 else Decimal(1)
    step = next(size * times for times in (1, 2, 5, 10) if size * times >= raw)
    return step, math.ceil(most / step)


def _said(quarter: Quarter, stack: Stack) -> str:
    alone = stack.sums[OnIt.NOBODY]
    nobody = f"{short_sum(alone)} with nobody on it" if alone else "none with nobody on it"
    return f"{quarter.label}: {words.plural(stack.count, 'contract')}, {short_sum(stack.worth)}, {nobody}"


def wide(
    stacks: Mapping[Quarter, Stack], chosen: Quarter | None, href: Callable[[Quarter], str], name: str = "quarters"
) -> Quarters:
    """For a wide screen: columns beside one another, years beneath."""
    step, steps = top_of(max((stack.worth for stack in stacks.values()), default=Decimal(0)))
    scale = (FOOT - HEAD) / float(step * steps)
    behind: list[Mark] = []
    for number in range(steps + 1):
        y = _r(FOOT - float(step * number) * scale)
        said = short_sum(step * number).replace(".0", "")
        behind += [Line(LEFT, y, WIDE, y, "k-line"), Word(LEFT - 10, y + 5, said, "s q", "end")]
    apart = (WIDE - LEFT) / max(len(stacks), 1)
    columns = []
    for number, (quarter, stack) in enumerate(stacks.items()):
        x, is_chosen = LEFT + number * apart, quarter == chosen
        middle = _r(x + apart / 2)
        if is_chosen:
            behind += [
                Rect(_r(x + 3), 2, _r(apart - 6), 322, "f-tint"), Rect(_r(x + 3), 320, _r(apart - 6), 5, "f-council")
            ]  # fmt: skip
        if number == 0 or quarter.number == 1:
            behind.append(Word(_r(x + 6), 308, str(quarter.year), "b"))
            if number:
                behind.append(Line(_r(x), 270, _r(x), 312, "k-lead"))
        marks: list[Mark] = []
        y = float(FOOT)
        for on_it, look in LOOKS.items():
            height = float(stack.sums[on_it]) * scale
            if height > 0:
                y -= height
                marks.append(Rect(_r(middle - BAR / 2), _r(y), BAR, _r(height), look))
        bold = "b" if is_chosen else ""
        if stack.count:
            marks.append(Word(middle, _r(y - 8), short_sum(stack.worth), bold, "middle"))
        marks.append(Word(middle, 284, quarter.months, f"u {bold}".strip(), "middle"))
        hit = Rect(_r(x), 4, _r(apart), 288, "hit")
        columns.append(Column(href(quarter), _said(quarter, stack), is_chosen, hit, tuple(marks)))
    return Quarters(name, WIDE, 330, tuple(behind), tuple(columns))


def narrow(
    stacks: Mapping[Quarter, Stack], chosen: Quarter | None, href: Callable[[Quarter], str], name: str = "quarters-n"
) -> Quarters:
    """For a phone: rows beneath one another."""
    most = float(max((stack.worth for stack in stacks.values()), default=Decimal(0))) or 1.0
    scale, y = (TO_X - FROM_X) / most, 0
    behind: list[Mark] = []
    columns = []
    for number, (quarter, stack) in enumerate(stacks.items()):
        if number == 0 or quarter.number == 1:
            behind.append(Word(0, y + 20, str(quarter.year), "b"))
            y += 30
        is_chosen = quarter == chosen
        if is_chosen:
            behind += [Rect(0, y, NARROW, ROW, "f-tint"), Rect(0, y, 5, ROW, "f-council")]
        bold, x = "b" if is_chosen else "", float(FROM_X)
        marks: list[Mark] = [Word(12, y + 27, quarter.months, f"u {bold}".strip())]
        for on_it, look in LOOKS.items():
            width = float(stack.sums[on_it]) * scale
            if width > 0:
                marks.append(Rect(_r(x), y + 12, _r(width), 20, look))
                x += width
        if stack.count:
            marks.append(Word(_r(x + 8), y + 27, short_sum(stack.worth), bold))
        columns.append(
            Column(href(quarter), _said(quarter, stack), is_chosen, Rect(0, y, NARROW, ROW, "hit"), tuple(marks))
        )
        y += ROW
    return Quarters(name, NARROW, y + 10, tuple(behind), tuple(columns))


def pictures_of(
    stacks: Mapping[Quarter, Stack], chosen: Quarter | None, href: Callable[[Quarter], str]
) -> Sequence[Quarters]:
    """Both widths."""
    return wide(stacks, chosen, href), narrow(stacks, chosen, href)
