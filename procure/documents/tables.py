"""Tables of a finished paper: short ones on one page, and columns that were repeated made to fit."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

SHORT_TABLE = 12
"""Rows, with the head. A longer table may run over two pages; a shorter one looks lost when it does."""
SHORT_WORDS = 900
"""Letters in all. A table with more is long, however few its rows: kept whole it would leave half a page empty."""
LONE_ROWS = 3
"""Of a table that runs over, this many rows stay together at its start and at its end."""


class Mark(str):
    """A piece of a filled template that says where in a table it stands; in the paper it is the text that it is."""

    __slots__ = ()


TABLE, TABLE_END, ROW_END = Mark("<w:tbl>"), Mark("</w:tbl>"), Mark("</w:tr>")
COLUMNS, COLUMNS_END = Mark("<!--columns-->"), Mark("<!--/columns-->")
"""Stand round a table some of whose columns are repeated; the reader of templates leaves them."""
SEAM, PART_END = Mark(), Mark()
"""Where a cell may be told to keep with the next row, and where a part of the document ends."""
SEAM_WRITTEN, PART_END_WRITTEN = "\ufdd2", "\ufdd3"
"""How a template writes these two. Unicode promises the letters to no text."""
MARKS = {
    "<w:tbl>": TABLE, "</w:tbl>": TABLE_END, "</w:tr>": ROW_END, "<!--columns-->": COLUMNS,
    "<!--/columns-->": COLUMNS_END, SEAM_WRITTEN: SEAM, PART_END_WRITTEN: PART_END,
}  # fmt: skip
"""The marks by how a template writes them."""
KEPT = "<w:keepNext/>"
CELL_STYLE = re.compile(
    r'(<w:pStyle w:val="(?:TableText|TableFigure|FactLabel|FigureValue|FigureNote)"/>)(?!<w:keepNext/>)'
)
GRID, GRID_END = "<w:tblGrid>", "</w:tblGrid>"
WIDE = re.compile(r'(<w:gridCol\b[^>]*?w:w=")(\d+)')
CELL_WIDE = re.compile(r'(<w:tcW\b[^>]*?w:w=")\d+')
USUAL_CELL = '<w:tc><w:tcPr><w:tcW w:w="'
"""How a cell of the house's own masters begins; one of another template is looked through."""
USUAL_WIDTH = 9070
TAG = re.compile("<[^>]*>")


def with_seams(body: str) -> str:
    """The body of a template, with a seam in each cell in the house's own styles."""
    return CELL_STYLE.sub(rf"\1{SEAM_WRITTEN}", body)


def laid_out(pieces: list[str]) -> list[str]:
    """The parts of a filled template, which is changed: its short tables on one page, its repeated columns fitted."""
    marks = [place for place, piece in enumerate(pieces) if piece.__class__ is Mark]
    _keep_tables(pieces, marks)
    _fit_columns(pieces, marks)
    ends = [place for place in marks if pieces[place] is PART_END]
    return ["".join(pieces[start:end]) for start, end in zip((0, *ends), ends, strict=False)]


def _keep_tables(pieces: list[str], marks: list[int]) -> None:
    """Rows keep with the next: all of a short table, the ends of a long one."""
    start = 0
    seams: list[list[int]] | None = None
    for place in marks:
        mark = pieces[place]
        if mark is TABLE or mark is TABLE_END:
            if seams is not None:
                _keep(pieces, start, place, seams)
            start, seams = place, [[]] if mark is TABLE else None
        elif seams is not None and mark is ROW_END:
            seams.append([])
        elif seams is not None and mark is SEAM:
            seams[-1].append(place)


def _fit_columns(pieces: list[str], marks: list[int]) -> None:
    start = 0
    for place in marks:
        if pieces[place] is COLUMNS:
            start = place
        elif pieces[place] is COLUMNS_END:
            pieces[start] = _fitted("".join(pieces[start + 1 : place]))
            pieces[start + 1 : place + 1] = [""] * (place - start)


def _keep(pieces: list[str], start: int, end: int, seams: list[list[int]]) -> None:
    """Turn the seams of a table into the order to keep with the next row, in the rows that want it."""
    last = len(seams) - 2
    rows: Iterable[int] = range(last)
    if last >= SHORT_TABLE or _letters(pieces[start:end]) >= SHORT_WORDS:
        rows = {*range(min(LONE_ROWS - 1, last)), *range(max(last - LONE_ROWS + 1, 0), last)}
    for row in rows:
        for place in seams[row]:
            pieces[place] = KEPT


def _letters(pieces: list[str]) -> int:
    """How many letters a table shows."""
    return sum([_letters_in(piece) if "<" in piece else len(piece) for piece in pieces])


@lru_cache(maxsize=8192)
def _letters_in(piece: str) -> int:
    """How many of a piece with tags in it: most are a template's own, and come again with each paper."""
    return len(TAG.sub("", piece))


def _fitted(table: str) -> str:
    """A table with a grid that fits: the first column wide, the rest alike."""
    head, opened, rest = table.partition(GRID)
    grid, closed, body = rest.partition(GRID_END)
    rows = body.split("</w:tr>")
    count = max(row.count("</w:tc>") for row in rows)
    if not opened or not closed or not count:
        return table
    total = sum(int(wide) for _, wide in WIDE.findall(grid)) or USUAL_WIDTH
    first = max(total // 5, total // count) if count > 2 else total // count
    other = (total - first) // max(count - 1, 1)
    widths = [first] + [other] * (count - 1)
    columns = "".join(f'<w:gridCol w:w="{wide}"/>' for wide in widths)
    return f"{head}{GRID}{columns}{GRID_END}{'</w:tr>'.join(_resized(row, widths) for row in rows)}"


def _resized(row: str, widths: list[int]) -> str:
    cells = row.split("</w:tc>")
    sized = [_wide(cell, wide) for cell, wide in zip(cells, widths, strict=False)]
    return "</w:tc>".join([*sized, *cells[len(sized) :]])


def _wide(cell: str, wide: int) -> str:
    start = cell.find(USUAL_CELL)
    if start < 0:
        return CELL_WIDE.sub(rf"\g<1>{wide}", cell, count=1)
    start += len(USUAL_CELL)
    ends = cell.index('"', start)
    return f"{cell[:start]}{wide}{cell[ends:]}"
