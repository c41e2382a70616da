"""Lists as text: .csv in whatever encoding, line end and separator a council's programs write."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path

from procure.register.list_rules.cells import Cell
from procure.register.list_rules.fields import NotAList

SEPARATORS = (",", ";", "\t", "|")
LOOKED_AT = 64 * 1024
LONGEST_CELL = 100_000
"""Characters one cell may have; more means a quotation mark that is never closed."""
PIECE = 1024 * 1024

csv.field_size_limit(LONGEST_CELL)


def _as_the_page(code_page: str) -> None:
    """Teach the decoder to read bytes that are no UTF-8 by an old code page, so that files of both are read."""

    def read(error: UnicodeError) -> tuple[str, int]:
        if not isinstance(error, UnicodeDecodeError):
            raise error
        piece = error.object[error.start : error.end]
        return piece.decode(code_page, "replace"), error.end

    codecs.register_error(f"or-{code_page}", read)


_as_the_page("cp1252")
_as_the_page("cp850")


def encoding_of(path: Path) -> tuple[str, str]:
    """How a text file is to be decoded: the encoding, and what to do with bytes it doesn't know.

    A pound sign is A3 in cp1252 and 9C in cp850, the code page of DOS; which of the two stand alone tells them apart.
    """
    with path.open("rb") as file:
        start = file.read(4)
        if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return "utf-16", "replace"
        if start.startswith(codecs.BOM_UTF8):
            return "utf-8-sig", "or-cp1252"
        if len(start) == 4 and start[1] == 0 == start[3] and start[0]:
            return "utf-16-le", "replace"
        if len(start) == 4 and start[0] == 0 == start[2] and start[1]:
            return "utf-16-be", "replace"
        file.seek(0)
        windows = dos = 0
        while piece := file.read(PIECE):
            windows += piece.count(b"\xa3") - piece.count(b"\xc2\xa3")
            dos += piece.count(b"\x9c") - piece.count(b"\xe2\x80\x9c")
    return "utf-8", "or-cp850" if dos > windows else "or-cp1252"


class TextFile:
    """A .csv file as a table of one sheet."""

    epoch_1904 = False

    def __init__(self, path: Path) -> None:
        self.path = path
        self.encoding, self.errors = encoding_of(path)
        with self._open() as file:
            start = file.read(LOOKED_AT)
        if start.lstrip("\ufeff \t\r\n")[:200].lower().startswith(("<!doctype", "<html", "<?xml", "<table", "{\\rtf")):
            raise NotAList("This is a web page or a document, not a list. Save it as .xlsx or .csv.")
        if sum(one in start for one in ("\x00", "\x01", "\x02", "\x03")) >= 2:
            raise NotAList("This is not text. Save the list as .xlsx or .csv.")
        self.separator, self._skip = _separator_of(start)

    @property
    def sheets(self) -> list[str]:
        return [""]

    def _open(self) -> io.TextIOWrapper:
        return self.path.open(encoding=self.encoding, errors=self.errors, newline="")

    def rows(self, sheet: str = "") -> Iterator[tuple[int, Sequence[Cell]]]:
        """Each row with its number. A cell with line breaks is one row, as in a spreadsheet."""
        since: list[str] = []
        with self._open() as file:
            reader = csv.reader(_kept(file, since), delimiter=self.separator)
            number = 0
            while True:
                try:
                    row = next(reader)
                except StopIteration:
                    return
                except csv.Error as odd:
                    raise _never_closed(number + 1) from odd
                number += 1
                if len(since) > 1 and _is_cut_off(since, self.separator):
                    raise _never_closed(number)
                since.clear()
                if number == 1 and self._skip:
                    continue
                yield number, row


def _kept(file: io.TextIOWrapper, since: list[str]) -> Iterator[str]:
    for text in file:
        since.append(text)
        yield text.replace("\x00", "") if "\x00" in text else text


def _is_cut_off(raw: list[str], separator: str) -> bool:
    """Whether a row of several lines ends where the file does, inside a quotation."""
    if len(raw) > 1 and raw[-1].rstrip("\r\n").endswith('"'):
        return False
    try:
        list(csv.reader(raw, delimiter=separator, strict=True))
    except csv.Error as odd:
        return "end of data" in str(odd)
    return False


def _never_closed(number: int) -> NotAList:
    return NotAList(
        f"Row {number} opens a quotation mark that is never closed, so the rows after it can’t be told apart. "
        "Close it, and bring the file in again."
    )


def _separator_of(start: str) -> tuple[str, bool]:
    """What stands between cells, and whether the first line only says so: "sep=;"."""
    first = start.lstrip("\ufeff").split("\n", 1)[0].strip()
    if first.lower().startswith("sep=") and len(first) == 5:
        return first[4], True
    best, most = ",", 0.0
    for separator in SEPARATORS:
        try:
            widths = [len(row) for row in csv.reader(io.StringIO(start, newline=""), delimiter=separator) if any(row)][
                :60
            ]
        except csv.Error:
            continue
        usual = max(set(widths), key=widths.count) if widths else 1
        alike = sum(width == usual for width in widths) / max(1, len(widths))
        if usual > 1 and (score := (usual - 1) ** 0.5 * alike) > most:
            best, most = separator, score
    return best, False
