"""Tables as files: CSV for people and for machines, and workbooks. No cell of them is ever taken for a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import IO, Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from procure.choices import Labelled

Value = str | date | Decimal | int | bool | None
"""What stands in a cell. Days stay days and sums stay sums until they are written."""

A_BATCH = 500


class FileKind(Labelled):
    """The kinds of file a list can be had as."""

    XLSX = "xlsx", "Excel workbook (.xlsx)"
    CSV = "csv", "CSV to read in a spreadsheet (.csv)"
    MACHINE = "machine", "CSV for another system, with ISO dates (.csv)"

    @property
    def ending(self) -> str:
        return "xlsx" if self is FileKind.XLSX else "csv"

    @property
    def media_type(self) -> str:
        if self is FileKind.XLSX:
            return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        return "text/csv"


def harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula, without the letters a workbook can't hold."""
    kept = "".join(letter for letter in text if letter in "\t\n\r" or ord(letter) >= 32)
    return f"'{kept}" if kept[:1] in ("=", "+", "-", "@", "\t", "\r") else kept


def _plain(value: Value, is_machine: bool) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, date):
        return value.isoformat() if is_machine else value.strftime("%d/%m/%Y")
    return harmless(value) if isinstance(value, str) else str(value)


def csv_pieces(heads: Sequence[str], rows: Iterable[Sequence[Value]], *, is_machine: bool = False) -> Iterator[bytes]:
    """A table as CSV (RFC 4180, UTF-8), piece by piece; for people with the mark by which Excel knows UTF-8."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(heads)
    if not is_machine:
        yield "\ufeff".encode()
    for number, row in enumerate(rows, start=1):
        writer.writerow([_plain(value, is_machine) for value in row])
        if number % A_BATCH == 0:
            yield text.getvalue().encode()
            text.seek(0)
            text.truncate()
    yield text.getvalue().encode()


MOST_LETTERS = 32_000
"""Letters a cell of a workbook can hold."""


def write_workbook(out: IO[bytes], title: str, heads: Sequence[str], rows: Iterable[Sequence[Value]]) -> None:
    """A table as a workbook: days as days, sums as numbers, the head row kept in sight."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:31])
    sheet.freeze_panes = "B2"
    for number, head in enumerate(heads, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = max(14, min(len(head) + 2, 32))

    def cell(value: Any, is_head: bool = False) -> Any:
        if isinstance(value, bool):
            value = "Yes" if value else "No"
        if isinstance(value, str):
            made = WriteOnlyCell(sheet, harmless(value)[:MOST_LETTERS])
            made.data_type = "s"
            if is_head:
                made.font = Font(bold=True)
            return made
        if isinstance(value, date):
            made = WriteOnlyCell(sheet, value)  # type: ignore[arg-type]  # it takes what it writes: days, too
            made.number_format = "dd/mm/yyyy"
            return made
        if isinstance(value, Decimal):
            made = WriteOnlyCell(sheet, value)  # type: ignore[arg-type]
            made.number_format = "#,##0.00"
            return made
        return value

    sheet.append([cell(head, is_head=True) for head in heads])
    for row in rows:
        sheet.append([cell(value) for value in row])
    book.save(out)


def write_file(
    out: IO[bytes], kind: FileKind, title: str, heads: Sequence[str], rows: Iterable[Sequence[Value]],
    tell: Callable[[int], None] = lambda _: None,
) -> None:  # fmt: skip
    """A table as a file of that kind. `tell` hears how many rows are written."""

    def told() -> Iterator[Sequence[Value]]:
        for number, row in enumerate(rows, start=1):
            yield row
            if number % A_BATCH == 0:
                tell(number)

    if kind is FileKind.XLSX:
        whole = io.BytesIO()
        write_workbook(whole, title, heads, told())
        out.write(whole.getvalue())
        return
    for piece in csv_pieces(heads, told(), is_machine=kind is FileKind.MACHINE):
        out.write(piece)
