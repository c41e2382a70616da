"""Finding the table in a file: which sheet, which row holds the headings, and what its columns are."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from procure.register.list_rules.cells import Cell, as_typed, is_nothing, line
from procure.register.list_rules.fields import (
    PAYMENTS,
    Holds,
    NotAList,
    holds_payments,
    likeness,
    plain_heading,
    proposed,
)
from procure.register.list_rules.open_data import OCDS_HEADINGS, OpenData
from procure.register.list_rules.text_files import TextFile
from procure.register.list_rules.workbooks import Workbook, refuse_old

LOOKED_AT, LAST_LOOKED_AT = 40, 15
"""Rows at the beginning and at the end among which the headings are looked for."""
ENOUGH = 3
"""So many known headings in one row leave no doubt."""
SHOWN = 3
LONGEST_HEADING = 120

Row = tuple[int, Sequence[Cell]]


class Source(Protocol):
    """A file opened as sheets of rows."""

    epoch_1904: bool

    @property
    def sheets(self) -> list[str]:
        """The names of its sheets; one without a name where it has none."""

    def rows(self, sheet: str = "") -> Iterator[Row]:
        """The rows of a sheet, with their numbers."""


@dataclass(frozen=True)
class Table:
    """A table as it was found: where its headings stand, what its columns hold, its first rows."""

    sheet: str
    header_row: int
    headings: tuple[str, ...]
    columns: Mapping[Holds, int]
    first: tuple[Sequence[str], ...] = ()
    heads_last: bool = False
    """Whether the headings stand below the rows."""
    is_payments: bool = False
    remarks: int | None = None
    """The column whose words are told as warnings, in open data."""
    sheets: tuple[str, ...] = field(default=("",))


def opened(path: Path, name: str = "") -> Source:
    """A file opened by what it holds. NotAList says what is wrong with it."""
    with path.open("rb") as file:
        start = file.read(512)
        if not start.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
            raise NotAList("The file is empty. Choose the file again.")
        if start.startswith(b"\xd0\xcf\x11\xe0"):
            refuse_old(start[:8], start + file.read())
    if start.startswith(b"PK"):
        return Workbook(path)
    if start.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"{\\rtf")):
        raise NotAList("This is a document or a picture, not a list. Save the list as .xlsx or .csv.")
    bare = start.lstrip(b"\xef\xbb\xbf \t\r\n")
    if bare.startswith(b"{") or (bare.startswith(b"[") and not name.lower().endswith((".csv", ".txt"))):
        return OpenData(path)
    return TextFile(path)


def best_sheet(source: Source) -> Table:
    """The sheet that looks most like a list of contracts; of equals the first."""
    found = [look(source, sheet) for sheet in source.sheets[:30]]
    known = [table for table in found if table is not None]
    if not known:
        raise NotAList("No row of headings was found. A list needs one row that names its columns.")
    return max(known, key=lambda table: (not table.is_payments, len(table.columns)))


def table_in(source: Source, sheet: str = "") -> Table:
    """The table of one sheet, or of the best."""
    if not sheet:
        return best_sheet(source)
    if sheet not in source.sheets:
        raise NotAList(f"There is no sheet called {sheet}. There is: {', '.join(source.sheets)}.")
    found = look(source, sheet)
    if found is None:
        raise NotAList(f"No row of headings was found on the sheet {sheet}.")
    return found


def look(source: Source, sheet: str) -> Table | None:
    """The table of a sheet; None where no row could be its headings."""
    if isinstance(source, OpenData) and source.is_ocds:
        return _of_ocds(source)
    rows = source.rows(sheet)
    head: list[Row] = []
    for number, cells in rows:
        if any(cell not in (None, "") for cell in cells):
            head.append((number, cells))
        if len(head) >= LOOKED_AT or number > LOOKED_AT * 25:
            break
    best, score = _best_heading(head)
    last: deque[Row] = deque(maxlen=LAST_LOOKED_AT)
    if score < ENOUGH:
        last.extend((number, cells) for number, cells in rows if any(cell not in (None, "") for cell in cells))
        below, more = _best_heading(list(last))
        if more > max(score, 1):
            return _table(source, sheet, below, head, heads_last=True)
    if best is None:
        return None
    return _table(source, sheet, best, head, heads_last=_is_last_of(best, head) and not last and len(head) > 3)


def _is_last_of(best: Row, head: Sequence[Row]) -> bool:
    return best[0] == head[-1][0]


def _best_heading(rows: Sequence[Row]) -> tuple[Row | None, int]:
    """The row most like headings and how many of them are known; else the first full one of words."""
    best, most = None, 0
    widest, full = None, 1
    for row in rows:
        cells = [line(cell) for cell in row[1]]
        words = [cell for cell in cells if cell and len(cell) < LONGEST_HEADING and not cell[0].isdigit()]
        filled = sum(bool(cell) for cell in cells)
        if len(words) > full and len(words) >= 0.8 * filled:
            widest, full = row, len(words)
        if len(words) >= 2 and len(words) >= 0.6 * filled and (alike := likeness(cells)) > max(most, 1):
            best, most = row, alike
    return (best, most) if best is not None else (widest, 0)


def _table(source: Source, sheet: str, heading: Row | None, head: Sequence[Row], *, heads_last: bool) -> Table | None:
    if heading is None:
        return None
    headings = tuple(line(cell)[:LONGEST_HEADING] for cell in heading[1])
    while headings and not headings[-1]:
        headings = headings[:-1]
    data = [
        cells for number, cells in head
        if (number < heading[0] if heads_last else number > heading[0])
        and any(cell not in (None, "") for cell in cells)
    ]  # fmt: skip
    wide = max([len(headings), *(_width(cells) for cells in data[:LOOKED_AT])])
    headings += ("",) * (wide - len(headings))
    return Table(
        sheet, heading[0], headings, proposed(headings),
        tuple([as_typed(cell) for cell in cells] for cells in data[:SHOWN]),
        heads_last, holds_payments([one for one in headings if one]), sheets=tuple(source.sheets),
    )  # fmt: skip


def _width(cells: Sequence[Cell]) -> int:
    return next((at for at in range(len(cells), 0, -1) if cells[at - 1] not in (None, "")), 0)


def _of_ocds(source: OpenData) -> Table:
    rows = source.rows()
    next(rows)
    first = [[as_typed(cell) for cell in cells] for _, (_, cells) in zip(range(SHOWN), rows, strict=False)]
    headings = tuple(OCDS_HEADINGS)
    columns = {holds: at for at, holds in enumerate(OCDS_HEADINGS.values()) if holds is not None}
    return Table("", 1, headings, columns, tuple(first), remarks=headings.index("remarks"))


def data_rows(source: Source, table: Table) -> Iterator[Row]:
    """The rows of a table that hold anything."""
    for number, cells in source.rows(table.sheet):
        if (number < table.header_row) if table.heads_last else (number > table.header_row):
            if any(cell not in (None, "") and (not isinstance(cell, str) or cell.strip()) for cell in cells):
                yield number, cells
        elif table.heads_last and number == table.header_row:
            return


def refuse_payments(table: Table) -> None:
    """Refuse a table of payments, unless somebody said themselves what its columns are."""
    if table.is_payments:
        raise NotAList(PAYMENTS)


def mapping_from(table: Table, given: Mapping[str, str]) -> dict[Holds, int]:
    """Columns as somebody named them: our word to their heading or letter, as a file of a mapping has it."""
    known = {plain_heading(heading): at for at, heading in reversed(list(enumerate(table.headings))) if heading}
    exact = {heading: at for at, heading in reversed(list(enumerate(table.headings))) if heading}
    ours = {holds.value: holds for holds in Holds}
    found: dict[Holds, int] = {}
    for name, heading in given.items():
        if name not in ours:
            raise NotAList(f"There is no field called {name}. There is: {', '.join(ours)}.")
        if is_nothing(heading):
            continue
        at = exact.get(heading, known.get(plain_heading(heading)))
        if at is None:
            raise NotAList(f"The list has no column called {heading}.")
        found[ours[name]] = at
    return found
