"""Lists in workbooks: .xlsx read row by row, with suspicion; what can't be opened is said in a sentence."""

from __future__ import annotations

import pickle
import tempfile
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, cast
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from lxml.etree import XMLSyntaxError
from openpyxl import load_workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.utils.exceptions import InvalidFileException

from procure.register.list_rules.fields import NotAList
from procure.register.list_rules.sheets import Formats, Row, rows_of

LARGEST_UNPACKED = 1_200 * 1024 * 1024
STEEPEST_RATIO = 200
"""Unpacked to packed, for parts over a megabyte. A list of a hundred thousand contracts stays below 30."""
MOST_PARTS = 2_000
ROWS_ASIDE = 500
MOST_COLUMNS = 400
"""Columns that are looked at."""
LONGEST_CELL = 32_767
"""Characters a cell of a workbook may have."""
MOST_STRINGS = 200 * 1024 * 1024
"""Unpacked size of the words of a workbook, which stay in memory while it is read."""

OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
DAMAGED = "This workbook is damaged and can’t be opened. Open it in Excel, save it anew, and try again."


class Workbook:
    """An .xlsx file as its sheets. Formulas count as what they came to when the file was saved."""

    def __init__(self, path: Path) -> None:
        _refuse_odd(path)
        self._file = path.open("rb")  # opened here, for its name may end in anything
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                self._book = load_workbook(self._file, read_only=True, data_only=True, keep_links=False)
        except DefusedXmlException as bomb:
            raise NotAList("This workbook holds definitions that no list needs, so it isn’t opened.") from bomb
        except _CANNOT_OPEN as broken:
            raise NotAList(DAMAGED) from broken
        self._copies: dict[str, IO[bytes]] = {}
        self._sheets = {
            sheet.title: sheet
            for sheet in self._book.worksheets
            if getattr(sheet, "sheet_state", "visible") == "visible"
        }
        self.epoch_1904 = self._book.epoch == CALENDAR_MAC_1904
        if not self._sheets:
            raise NotAList("This workbook has no sheet with rows.")
        book, first = cast(Any, self._book), cast(Any, next(iter(self._sheets.values())))
        self._formats = Formats(
            first._shared_strings, frozenset(book._date_formats),
            frozenset(book._timedelta_formats), book.epoch,
        )  # fmt: skip

    @property
    def sheets(self) -> list[str]:
        return list(self._sheets)

    def rows(self, sheet: str = "") -> Iterator[Row]:
        """Each row that stands on a sheet, with its number. Rows that hold nothing are the reader's affair."""
        found = self._sheets.get(sheet) if sheet else next(iter(self._sheets.values()))
        if found is None:
            raise NotAList(f"There is no sheet called {sheet}. There is: {', '.join(self._sheets)}.")
        title = found.title
        yield from self._again(title) if title in self._copies else self._first(found, title)

    def _first(self, sheet: Any, title: str) -> Iterator[Row]:
        """Read a sheet from its XML, which is slow, and put the rows aside for whoever reads it again."""
        copy = tempfile.TemporaryFile()  # noqa: SIM115  it goes with the workbook
        some: list[Row] = []
        try:
            with self._part_of(sheet) as part:
                for row in rows_of(part, self._formats, MOST_COLUMNS):
                    if any(type(cell) is str and len(cell) > LONGEST_CELL for cell in row[1]):
                        raise NotAList(f"Row {row[0]} holds a cell longer than Excel itself allows, so it isn’t read.")
                    some.append(row)
                    if len(some) == ROWS_ASIDE:
                        pickle.dump(some, copy, pickle.HIGHEST_PROTOCOL)
                        some = []
                    yield row
            if some:
                pickle.dump(some, copy, pickle.HIGHEST_PROTOCOL)
            pickle.dump([], copy)
            self._copies[title] = copy
        except DefusedXmlException as bomb:
            raise NotAList("This workbook holds definitions that no list needs, so it isn’t opened.") from bomb
        except _CANNOT_OPEN as broken:
            raise NotAList(DAMAGED) from broken

    def _part_of(self, sheet: Any) -> IO[bytes]:
        """A sheet's XML as it streams out of the file. Where it is, openpyxl keeps to itself."""
        return cast(IO[bytes], sheet._get_source())

    def _again(self, title: str) -> Iterator[Row]:
        copy = self._copies[title]
        at = 0
        while True:
            copy.seek(at)
            some = pickle.load(copy)  # noqa: S301  our own file, unnamed, of this process
            at = copy.tell()
            if not some:
                return
            yield from some

    def close(self) -> None:
        """Let go of the file."""
        for copy in self._copies.values():
            copy.close()
        self._book.close()


_CANNOT_OPEN = (
    zipfile.BadZipFile, zlib.error, InvalidFileException, ParseError, XMLSyntaxError, KeyError, ValueError, TypeError,
    AttributeError, EOFError, OSError, IndexError, NotImplementedError, RuntimeError, OverflowError,
)  # fmt: skip


def _refuse_odd(path: Path) -> None:
    """Refuse what is no workbook, or one that unpacks to far more than a list does."""
    try:
        with zipfile.ZipFile(path) as packed:
            parts = packed.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as broken:
        raise NotAList(DAMAGED) from broken
    names = {part.filename for part in parts}
    if not any(name.startswith("xl/") for name in names):
        raise NotAList(
            "This is a packed file, but no Excel workbook. Save the list as .xlsx or .csv." if names else DAMAGED
        )
    if "xl/workbook.bin" in names:
        raise NotAList("This is a binary workbook (.xlsb). Save it in Excel as .xlsx, and bring that in.")
    if any(part.flag_bits & 0x1 for part in parts):
        raise NotAList("This workbook is protected by a password. Save it without one, and bring that in.")
    steep = any(
        part.file_size > 1024 * 1024 and part.file_size > STEEPEST_RATIO * max(part.compress_size, 1) for part in parts
    )
    strings = sum(part.file_size for part in parts if part.filename.lower().endswith("sharedstrings.xml"))
    whole = sum(part.file_size for part in parts)
    if steep or whole > LARGEST_UNPACKED or strings > MOST_STRINGS or len(parts) > MOST_PARTS:
        raise NotAList("This workbook unpacks to far more than a list of contracts does, so it isn’t opened.")


def refuse_old(start: bytes, whole: bytes) -> None:
    """Refuse the older format of Office files, in which protected new ones are wrapped too."""
    if not start.startswith(OLD):
        return
    if "EncryptedPackage".encode("utf-16-le") in whole:
        raise NotAList("This workbook is protected by a password. Save it without one, and bring that in.")
    raise NotAList("This is a workbook of the old kind (.xls). Save it in Excel as .xlsx, and bring that in.")
