"""Works out a workbook's formulas as a spreadsheet does: the few functions that this house's workbooks use."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from openpyxl import Workbook

SIGNS: tuple[tuple[str, Callable[[Any, Any], bool]], ...] = ((">", operator.gt), ("<", operator.lt))


class Said(str):
    """A text that figures are joined to by &."""

    def __add__(self, other: Any) -> Said:
        return Said(f"{self}{_plain(other)}")

    def __radd__(self, other: Any) -> Said:
        return Said(f"{_plain(other)}{self}")


def _plain(value: Any) -> str:
    return format(value, "f") if isinstance(value, Decimal) else str(value)


class Reckoner:
    """Answers what stands in a cell, or in the cell of a name, once all is worked out."""

    def __init__(self, book: Workbook) -> None:
        self.book = book
        self._known: dict[tuple[str, str], Any] = {}

    def named(self, name: str) -> Any:
        sheet, _, cell = self.book.defined_names[name].attr_text.partition("!")
        return self.at(sheet.strip("'"), cell.replace("$", ""))

    def at(self, sheet: str, cell: str) -> Any:
        if (sheet, cell) not in self._known:
            value = self.book[sheet][cell].value
            is_formula = isinstance(value, str) and value.startswith("=")
            self._known[sheet, cell] = self.work_out(value[1:], sheet) if is_formula else value
        return self._known[sheet, cell]

    def work_out(self, formula: str, sheet: str) -> Any:
        names = "|".join(sorted(self.book.defined_names, key=len, reverse=True))
        said = re.split(r'("[^"]*")', formula.replace("$", ""))
        for place in range(0, len(said), 2):
            part = said[place].replace("<>", "!=")
            part = re.sub(r"(?<![<>!=])=(?!=)", "==", part).replace("&", "+")
            part = re.sub(r"(?<![\w.])(\d+\.\d+)", r"Decimal('\1')", part)
            part = re.sub(rf"\b({names})\b", r"N('\1')", part)
            part = re.sub(r"\b([A-Z][a-z]+)!", r"'\1'!", part)
            part = re.sub(r"'([^']+)'!([A-Z]+\d+):([A-Z]+\d+)", r"R('\1','\2','\3')", part)
            part = re.sub(r"'([^']+)'!([A-Z]+\d+)", r"C('\1','\2')", part)
            part = re.sub(r"(?<!['A-Z])([A-Z]{1,2}\d+):([A-Z]{1,2}\d+)", rf"R('{sheet}','\1','\2')", part)
            said[place] = re.sub(r"(?<!['A-Z])([A-Z]{1,2}\d+)(?!')\b", rf"C('{sheet}','\1')", part)
        for place in range(1, len(said), 2):
            said[place] = f"Said({said[place]})"
        return eval(_lazy("".join(said)), {"__builtins__": {}} | self._functions())

    def _functions(self) -> dict[str, Any]:
        return {
            "Said": Said,
            "Decimal": Decimal,
            "N": lambda name: _number(self.named(name)),
            "C": lambda sheet, cell: _number(self.at(sheet, cell)),
            "R": lambda sheet, first, last: [self.at(sheet, one.coordinate) for row in self.book[sheet][first:last]
                                             for one in row],
            "SUM": lambda *values: sum(_figures(values), Decimal(0)),
            "MIN": lambda *values: min(_figures(values), default=Decimal(0)),
            "MAX": lambda *values: max(_figures(values), default=Decimal(0)),
            "COUNT": lambda *values: len(_figures(values)),
            "AVERAGE": lambda *values: sum(_figures(values), Decimal(0)) / len(_figures(values)),
            "ROUND": lambda value, places: Decimal(value).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP),
            "ABS": abs,
            "AND": lambda *tests: all(tests),
            "IF": lambda test, yes, no: yes() if test else no(),
            "INDEX": lambda cells, place: _number(cells[place - 1]),
            "MATCH": lambda value, cells, _: [_number(one) for one in cells].index(value) + 1,
            "COUNTBLANK": lambda cells: sum(one is None for one in cells),
            "COUNTIFS": _count_ifs,
        }  # fmt: skip


def _number(value: Any) -> Any:
    if isinstance(value, str):
        return Decimal(0) if value == "–" else Said(value)
    return Decimal(str(value or 0))


def _figures(values: Any) -> list[Decimal]:
    """Figures in cells and lists of cells; words and empty cells are passed over."""
    every = [one for value in values for one in (value if isinstance(value, list) else [value])]
    return [Decimal(str(one)) for one in every if one is not None and not isinstance(one, str)]


def _count_ifs(*asked: Any) -> int:
    """How many rows meet every condition: a figure, or a sign and a figure as text."""
    columns = list(zip(asked[::2], asked[1::2], strict=True))
    return sum(all(_meets(cells[row], wanted) for cells, wanted in columns) for row in range(len(asked[0])))


def _meets(value: Any, wanted: Any) -> bool:
    if isinstance(value, str) or value is None:
        return False
    for sign, compared in SIGNS:
        if isinstance(wanted, str) and wanted.startswith(sign):
            return compared(Decimal(str(value)), Decimal(wanted[1:]))
    return bool(Decimal(str(value)) == wanted)


def _lazy(said: str) -> str:
    """The two answers of each IF as functions, so that the one that isn't asked for is never worked out."""
    out, depth, opened = [], 0, list[int]()
    place = 0
    while place < len(said):
        if said[place] in "\"'":
            end = said.index(said[place], place + 1) + 1
            out.append(said[place:end])
            place = end
            continue
        sign = said[place]
        out.append(sign)
        if sign == "(":
            depth += 1
            if "".join(out[-3:]) == "IF(" and (len(out) < 4 or not out[-4].isalpha()):
                opened.append(depth)
        elif sign == ")":
            if opened and opened[-1] == depth:
                opened.pop()
            depth -= 1
        elif sign == "," and opened and opened[-1] == depth:
            out.append("lambda:")
        place += 1
    return "".join(out)
