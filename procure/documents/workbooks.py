"""A workbook that a council sends out: its look, its locked cells, and bytes that depend on nothing but its content."""

from __future__ import annotations

import io
import zipfile
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, cast

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.worksheet.worksheet import Worksheet

from procure import words
from procure.documents.gaps import Gap
from procure.documents.package import Packed, write_package
from procure.documents.render import CORE, clean, core_properties
from procure.documents.shared_facts import DocumentFacts

MONEY, SHARE, WORDS = "#,##0.00", "0%", "General"
EXAMPLE = "Example figures: this workbook was made from demonstration data."
_HAIR = Side(style="thin", color="BFBFBF")
_BOX = Border(left=_HAIR, right=_HAIR, top=_HAIR, bottom=_HAIR)
_FILLS = {
    name: PatternFill("solid", fgColor=colour)
    for name, colour in (("grey", "E3E3E3"), ("tint", "F3F2F1"), ("gap", "FFFF00"))
}


@dataclass(frozen=True)
class _Look:
    """How a cell looks; what is coloured is the council's, what is white and open is the reader's."""

    size: int = 11
    bold: bool = False
    wraps: bool = False
    is_boxed: bool = False
    is_head: bool = False
    is_centred: bool = False
    is_council: bool = True
    is_white: bool = False
    number: str = WORDS
    fill: str = ""


class Sheet:
    """One sheet that a reader prints on A4 across: what the council fixes, what it leaves white, what is worked out."""

    def __init__(self, book: Workbook, title: str, heading: str, meta: DocumentFacts, colour: str) -> None:
        self.own: Worksheet = book.create_sheet(title)
        self.white: list[str] = []
        """Cells that the reader must fill, by name."""
        self._colour, self._meta = colour, meta
        self._looks: dict[_Look, Any] = {}
        self.say(1, 1, heading, bold=True, size=14)
        if meta.is_draft:
            self.say(2, 1, "Draft, not issued", bold=True)
        elif meta.is_example:
            self.say(2, 1, EXAMPLE)
        self._page()

    def _page(self) -> None:
        own = self.own
        own.sheet_view.showGridLines = False
        own.page_setup.orientation, own.page_setup.paperSize = "landscape", 9
        own.page_setup.fitToWidth, own.page_setup.fitToHeight = 1, 0
        own.sheet_properties.pageSetUpPr.fitToPage = True  # type: ignore[union-attr]
        own.page_margins.left = own.page_margins.right = 0.5
        head: Any = own.oddHeader
        foot: Any = own.oddFooter
        head.left.text = _plain(self._meta.reference).replace("&", "&&")
        head.right.text = "DRAFT" if self._meta.is_draft else None
        foot.left.text = "Draft" if self._meta.is_draft else f"Version {_plain(self._meta.version)}".replace("&", "&&")
        foot.right.text = "Page &P of &N"
        own.protection.enable()
        own.protection.formatColumns = own.protection.formatRows = False

    def _dress(self, row: int, column: int, look: _Look) -> Cell:
        """A cell in its look; the library works out each look once for a sheet, and the others copy it."""
        cell: Any = self.own.cell(row, column)
        kept = self._looks.get(look)
        if kept is not None:
            cell._style = copy(kept)
            return cast("Cell", cell)
        cell.font = Font("Arial", size=look.size, bold=look.bold, color=self._colour if look.is_council else None)
        cell.alignment = Alignment("center" if look.is_centred else None, vertical="top", wrap_text=look.wraps)
        if look.fill:
            cell.fill = _FILLS[look.fill]
        if look.is_head:
            cell.border = Border(bottom=Side(style="medium", color=self._colour))
        elif look.is_boxed:
            cell.border = _BOX
        if look.is_white:
            cell.protection = Protection(locked=False)
        cell.number_format = look.number
        self._looks[look] = copy(cell._style)
        return cast("Cell", cell)

    def say(
        self, row: int, column: int, value: Any, *, bold: bool = False, size: int = 11, wraps: bool = False
    ) -> Cell:  # fmt: skip
        """Words or a figure that the council fixes. A gap stands on yellow."""
        return _put(self._dress(row, column, _Look(size=size, bold=bold, wraps=wraps)), value)

    def head(self, row: int, column: int, text: object) -> Cell:
        """The head of a column."""
        return _put(self._dress(row, column, _Look(bold=True, wraps=True, fill="tint", is_head=True)), text)

    def show_white(self, row: int, column: int, text: str) -> None:
        """How a white cell looks, in a key to the colours."""
        _put(self._dress(row, column, _Look(is_boxed=True, is_council=False)), text)

    def fixed(self, row: int, column: int, value: Any, *, number: str = WORDS, bold: bool = False) -> Cell:
        """A cell of a table that the council fixes."""
        return _put(self._dress(row, column, _Look(bold=bold, wraps=True, is_boxed=True, number=number)), value)

    def ask(self, row: int, column: int, *, money: bool = False, required: bool = True) -> Cell:
        """A white cell that the reader fills."""
        look = _Look(wraps=not money, is_boxed=True, is_council=False, is_white=True, number=MONEY if money else WORDS)
        cell = self._dress(row, column, look)
        if required:
            self.white.append(cell.coordinate)
        return cell

    def work_out(self, row: int, column: int, formula: str, *, bold: bool = False, money: bool = True) -> Cell:
        """A grey cell with a formula."""
        look = _Look(bold=bold, fill="grey", is_boxed=True, is_council=False, number=MONEY if money else WORDS)
        cell = self._dress(row, column, look)
        cell.value = formula
        return cell

    def leave_out(self, row: int, column: int) -> Cell:
        """A grey cell that is never used."""
        look = _Look(fill="grey", is_boxed=True, is_council=False, is_centred=True)
        return _put(self._dress(row, column, look), "–")

    def blanks(self) -> str:
        """A formula's part that counts the white cells still empty, over ranges as long as they come."""
        runs: list[tuple[str, int, int]] = []
        for column, row in sorted(_parts(name) for name in self.white):
            letters = column.strip()
            if runs and runs[-1][0] == letters and runs[-1][2] == row - 1:
                runs[-1] = (letters, runs[-1][1], row)
            else:
                runs.append((letters, row, row))
        own = self.own.title
        return "+".join(f"COUNTBLANK('{own}'!{letters}{first}:{letters}{last})" for letters, first, last in runs)


def _parts(name: str) -> tuple[str, int]:
    letters = name.rstrip("0123456789")
    return letters.rjust(3), int(name[len(letters) :])


def _put(cell: Cell, value: Any) -> Cell:
    if isinstance(value, Gap):
        cell.value, cell.fill = clean(str(value)), _FILLS["gap"]
    elif isinstance(value, str):
        # never as a formula, whatever the words begin with
        cell.value, cell.data_type = clean(value), "s"
    elif isinstance(value, date) and not isinstance(value, datetime):
        cell.value = words.day(value)
    elif isinstance(value, Decimal | int):
        cell.value = value
    return cell


def _plain(value: str | Gap) -> str:
    return str(value) if isinstance(value, Gap) else value


def book_bytes(book: Workbook, meta: DocumentFacts) -> bytes:
    """The workbook as a file: asked to work itself out when it is opened, with no clock in its bytes."""
    book.calculation.fullCalcOnLoad = True
    made = io.BytesIO()
    book.save(made)
    with zipfile.ZipFile(made) as archive:
        parts = {entry.filename: archive.read(entry) for entry in archive.infolist()}
    parts[CORE] = core_properties(meta)
    return write_package(Packed.of(name, content) for name, content in parts.items())
