"""Tables of a finished paper: short ones on one page, and columns that were repeated made to fit."""

from __future__ import annotations

import re

COLUMNS, COLUMNS_END = "<!--columns-->", "<!--/columns-->"
"""Stand round a table some of whose columns are repeated; the reader of templates leaves them."""
SHORT_TABLE = 12
"""Rows, with the head. A longer table may run over two pages; a shorter one looks lost when it does."""
SHORT_WORDS = 900
"""Letters in all. A table with more is long, however few its rows: kept whole it would leave half a page empty."""
LONE_ROWS = 3
"""Of a table that runs over, this many rows stay together at its start and at its end."""

SEAM = "\ufdd2"
"""Stands in a compiled template where a cell may be told to keep with the next row. Unicode promises it to no text."""
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


def with_seams(body: str) -> str:
    """The body of a template, with a seam in each cell in the house's own styles."""
    return CELL_STYLE.sub(rf"\1{SEAM}", body)


def kept_together(body: str) -> str:
    """A finished body without seams: rows keep with the next, all of a short table, the ends of a long one."""
    if SEAM not in body:
        return body
    before, *tables = body.split("<w:tbl>")
    made = [before.replace(SEAM, "")]
    for part in tables:
        table, closed, after = part.partition("</w:tbl>")
        made.append(f"<w:tbl>{_kept(table)}{closed}{after.replace(SEAM, '')}")
    return "".join(made)


def _kept(table: str) -> str:
    rows = table.split("</w:tr>")
    last = len(rows) - 2
    if last < SHORT_TABLE and _letters(table) < SHORT_WORDS:
        rows[:last] = [row.replace(SEAM, KEPT) for row in rows[:last]]
    else:
        ends = {*range(min(LONE_ROWS - 1, last)), *range(max(last - LONE_ROWS + 1, 0), last)}
        for place in ends:
            rows[place] = rows[place].replace(SEAM, KEPT)
    return "</w:tr>".join(rows).replace(SEAM, "")


def _letters(table: str) -> int:
    """How many letters a table shows."""
    return sum(len(piece) - piece.rfind(">") - 1 for piece in table.split("</w:t>")[:-1])


def with_columns_fitted(part: str) -> str:
    """A finished part, the tables whose columns were repeated made to fit."""
    before, *rest = part.split(COLUMNS)
    made = [before]
    for one in rest:
        table, _, after = one.partition(COLUMNS_END)
        made += (_fitted(table), after)
    return "".join(made)


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
