"""A workbook that a council sends out: its look, its locked cells, and bytes that depend on nothing but its content."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.worksheet.worksheet import Worksheet

from procure import words
from procure.documents.gaps import Gap
from procure.documents.package import Packed, write_package
from procure.documents.render import CORE, clean, core_properties
from procure.documents.shared_facts import DocumentFacts

MONEY, SHARE = "#,##0.00", "0%"
EXAMPLE = "Example figures: this workbook was made from demonstration data."
_HAIR = Side(style="thin", color="BFBFBF")
_BOX = Border(left=_HAIR, right=_HAIR, top=_HAIR, bottom=_HAIR)
_GREY, _TINT, _YELLOW = (PatternFill("solid", fgColor=colour) for colour in ("E3E3E3", "F3F2F1", "FFFF00"))


class Sheet:
    """One sheet that a reader prints on A4 across: what the council fixes, what it leaves white, what is worked out."""

    def __init__(self, book: Workbook, title: str, heading: str, meta: DocumentFacts, colour: str) -> None:
        self.own: Worksheet = book.create_sheet(title)
        self.white: list[str] = []
        """Cells that the reader must fill, by name."""
        self._colour, self._meta = colour, meta
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

    def say(self, row: int, column: int, value: Any, *, bold: bool = False, size: int = 11, wrap: bool = False) -> Cell:
        """Words or a figure that the council fixes. A gap stands on yellow."""
        cell: Cell = self.own.cell(row, column)  # type: ignore[assignment]
        cell.font = Font("Arial", size=size, bold=bold, color=self._colour)
        cell.alignment = Alignment(vertical="top", wrap_text=wrap)
        _put(cell, value)
        return cell

    def head(self, row: int, column: int, text: object) -> Cell:
        """The head of a column."""
        cell = self.say(row, column, text, bold=True, wrap=True)
        cell.fill, cell.border = _TINT, Border(bottom=Side(style="medium", color=self._colour))
        return cell

    def show_white(self, row: int, column: int, text: str) -> None:
        """How a white cell looks, in a key to the colours."""
        cell = self.ask(row, column, required=False)
        cell.value, cell.protection = text, Protection(locked=True)

    def fixed(self, row: int, column: int, value: Any, *, money: bool = False, bold: bool = False) -> Cell:
        """A cell of a table that the council fixes."""
        cell = self.say(row, column, value, wrap=True, bold=bold)
        cell.border = _BOX
        if money:
            cell.number_format = MONEY
        return cell

    def ask(self, row: int, column: int, *, money: bool = False, required: bool = True) -> Cell:
        """A white cell that the reader fills."""
        cell: Cell = self.own.cell(row, column)  # type: ignore[assignment]
        cell.font, cell.border = Font("Arial", size=11), _BOX
        cell.alignment = Alignment(vertical="top", wrap_text=not money)
        cell.protection = Protection(locked=False)
        if money:
            cell.number_format = MONEY
        if required:
            self.white.append(cell.coordinate)
        return cell

    def work_out(self, row: int, column: int, formula: str, *, bold: bool = False, money: bool = True) -> Cell:
        """A grey cell with a formula."""
        cell: Cell = self.own.cell(row, column)  # type: ignore[assignment]
        cell.value = formula
        cell.font, cell.fill, cell.border = Font("Arial", size=11, bold=bold), _GREY, _BOX
        cell.alignment = Alignment(vertical="top")
        if money:
            cell.number_format = MONEY
        return cell

    def leave_out(self, row: int, column: int) -> Cell:
        """A grey cell that is never used."""
        cell: Cell = self.own.cell(row, column)  # type: ignore[assignment]
        cell.value = "–"
        cell.font, cell.fill, cell.border = Font("Arial", size=11), _GREY, _BOX
        cell.alignment = Alignment(horizontal="center", vertical="top")
        return cell

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


def _put(cell: Cell, value: Any) -> None:
    if isinstance(value, Gap):
        cell.value, cell.fill = clean(str(value)), _YELLOW
    elif isinstance(value, str):
        # never as a formula, whatever the words begin with
        cell.value, cell.data_type = clean(value), "s"
    elif isinstance(value, date) and not isinstance(value, datetime):
        cell.value = words.day(value)
    elif isinstance(value, Decimal | int):
        cell.value = value


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
