"""A workbook as a page to read: each sheet a table; what bidders fill and what is worked out are said in words."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape, quoteattr
from zipfile import BadZipFile, ZipFile

from openpyxl import load_workbook

from procure import words
from procure.documents.workbooks import MONEY, SHARE

TO_FILL, WORKED_OUT = "to fill in", "worked out"


def is_workbook(content: bytes) -> bool:
    """Whether the bytes are an .xlsx."""
    try:
        with ZipFile(BytesIO(content)) as archive:
            return "xl/workbook.xml" in archive.namelist()
    except BadZipFile:
        return False


def sheets_as_html(content: bytes, *, top: int = 1) -> str:
    """Every sheet of a workbook as HTML. Everything is escaped."""
    book = load_workbook(BytesIO(content))
    made = []
    for number, sheet in enumerate(book):
        rows = [list(row) for row in sheet.iter_rows()]
        title = str(rows[0][0].value or sheet.title)
        if number == 0:
            made.append(f'<h{top} class="govuk-heading-l">{escape(title)}</h{top}>')
        made.append(f'<h{top + 1} class="govuk-heading-m">{escape(sheet.title)}</h{top + 1}>')
        wide = max((len(_trimmed(row)) for row in rows[1:]), default=0)
        if wide < 2:
            made += [f'<p class="govuk-body">{_shown(row[0])}</p>' for row in rows[1:] if row[0].value is not None]
            continue
        body = "".join(_row(row[:wide]) for row in rows[1:] if _trimmed(row))
        made.append(
            f'<div class="app-scroll" role="region" tabindex="0" aria-label={quoteattr(sheet.title)}>'
            f'<table class="govuk-table"><tbody class="govuk-table__body">{body}</tbody></table></div>'
        )
    return f'<div class="app-paper">\n{"".join(made)}\n</div>'


def _trimmed(row: list[Any]) -> list[Any]:
    last = max((place for place, cell in enumerate(row) if cell.value is not None or _is_white(cell)), default=-1)
    return row[: last + 1]


def _is_white(cell: Any) -> bool:
    return cell.value is None and not cell.protection.locked


def _row(cells: list[Any]) -> str:
    told = _trimmed(cells)
    if len(told) == 1 < len(cells) and not _is_white(told[0]):
        alone = f'<td class="govuk-table__cell" colspan="{len(cells)}">{_shown(told[0])}</td>'
        return f'<tr class="govuk-table__row">{alone}</tr>'
    return '<tr class="govuk-table__row">' + "".join(map(_cell, cells)) + "</tr>"


def _cell(cell: Any) -> str:
    numeric = " govuk-table__cell--numeric" if cell.number_format == MONEY else ""
    return f'<td class="govuk-table__cell{numeric}">{_shown(cell)}</td>'


def _shown(cell: Any) -> str:
    value = cell.value
    if _is_white(cell):
        return f'<span class="app-quiet">{TO_FILL}</span>'
    if value is None:
        return ""
    if cell.data_type == "f":
        return f'<span class="app-quiet">{WORKED_OUT}</span>'
    if isinstance(value, int | float) and cell.number_format == SHARE:
        return words.percent(Decimal(str(value)) * 100)
    if isinstance(value, int | float):
        return words.pence(Decimal(str(value))).removeprefix("£") if cell.number_format == MONEY else f"{value:,}"
    text = escape(str(value)).replace("\n", "<br>")
    if text.startswith("◆"):
        return f"<mark>{text}</mark>"
    return f"<strong>{text}</strong>" if cell.font.bold else text
