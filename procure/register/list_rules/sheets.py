"""The rows of one sheet of a workbook, read from its XML as it streams by: ECMA-376 part 1, 18.3.1.

openpyxl opens the workbook, knows its sheets, words and date formats; of a sheet's own XML a list needs the values
only, and reading no more than these takes a fifth of its time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import IO, Any

from defusedxml.common import DTDForbidden
from lxml import etree
from openpyxl.utils import column_index_from_string
from openpyxl.utils import datetime as excel
from openpyxl.xml.constants import SHEET_MAIN_NS

ROW, VALUE, INLINE, TEXT, PHONETIC = (f"{{{SHEET_MAIN_NS}}}{name}" for name in ("row", "v", "is", "t", "rPh"))
LAST_ROW = 1_048_576
"""Excel's own: a sheet that claims more was made to be awkward."""
WRONG_DATE = "#VALUE!"
Row = tuple[int, list[Any]]


@dataclass(frozen=True)
class Formats:
    """What the cells of a workbook refer to: its words, and which of its styles are dates."""

    strings: Sequence[str]
    dates: frozenset[int]
    durations: frozenset[int]
    epoch: datetime


def rows_of(part: IO[bytes], formats: Formats, most_columns: int) -> Iterator[Row]:
    """Each row that stands in a sheet's XML, with its number and its values from the first column on.

    Formulas count as what they came to. Raises what a damaged part raises, DTDForbidden where it defines entities.
    """
    columns: dict[str, int] = {}
    number = 0
    for _, row in etree.iterparse(part, tag=ROW, resolve_entities=False, no_network=True, load_dtd=False):
        if not number and row.getroottree().docinfo.internalDTD is not None:
            raise DTDForbidden("worksheet", None, None)
        number = _number(row.get("r"), number)
        yield number, _values(row, formats, columns, most_columns)
        _forget(row)


def _number(said: str | None, last: int) -> int:
    """A row's number, which a row need not say and which only grows."""
    number = last + 1 if said is None else int(float(said))
    if not last < number <= LAST_ROW:
        raise ValueError(said)
    return number


def _values(row: Any, formats: Formats, columns: dict[str, int], most: int) -> list[Any]:
    values: list[Any] = []
    at = -1
    for cell in row:
        where = cell.get("r")
        if where is None:
            at += 1
        else:
            letters = where.rstrip("0123456789")
            found = columns.get(letters)
            if found is None:
                found = columns[letters] = column_index_from_string(letters) - 1
            at = found
        if at >= most:
            continue
        value = _value(cell, formats)
        if value is None:
            continue
        if at < len(values):
            values[at] = value
            continue
        if at > len(values):
            values.extend([None] * (at - len(values)))
        values.append(value)
    return values


def _value(cell: Any, formats: Formats) -> Any:
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        held = cell.find(INLINE)
        return None if held is None else _words(held)
    said = cell.findtext(VALUE)
    if not said:
        return None
    if kind == "n":
        return _figure(said, int(cell.get("s", 0)), formats)
    if kind == "s":
        return formats.strings[int(said)]
    if kind == "b":
        return bool(int(said))
    return excel.from_ISO8601(said) if kind == "d" else said  # type: ignore[no-untyped-call]


def _figure(said: str, style: int, formats: Formats) -> Any:
    number = float(said) if "." in said or "E" in said or "e" in said else int(said)
    if style not in formats.dates:
        return number
    try:
        return excel.from_excel(number, formats.epoch, timedelta=style in formats.durations)
    except (OverflowError, ValueError):
        return WRONG_DATE


def _words(held: Any) -> str:
    """Words that stand in the cell itself, in one piece or in several of different looks; how they sound left out."""
    if len(held) == 1 and held[0].tag == TEXT:
        return held[0].text or ""
    return "".join(one.text or "" for one in held.iter(TEXT) if one.getparent().tag != PHONETIC)


def _forget(row: Any) -> None:
    """Let go of a row and of those before it, so that memory doesn't grow with the sheet."""
    row.clear()
    above = row.getparent()
    while row.getprevious() is not None:
        del above[0]
