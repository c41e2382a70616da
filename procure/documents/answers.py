"""A paper or a table on its way to a browser: to read on a page, or as a file to keep."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from flask import Response
from markupsafe import Markup

from procure.documents.reading import as_html
from procure.documents.reading_sheets import is_workbook, sheets_as_html
from procure.words import no_formula

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def readable(content: bytes) -> Markup:
    """A paper as part of a page: every word is escaped, and nothing but structure comes through."""
    return Markup(sheets_as_html(content, top=2) if is_workbook(content) else as_html(content, top=2))  # noqa: S704


def word_answer(content: bytes, name: str, kind: str = "") -> Response:
    """A paper as a file that the browser saves and never opens in place."""
    answer = Response(content, mimetype=kind or (WORKBOOK if name.endswith(".xlsx") else WORD))
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer


def streamed_answer(pieces: Iterator[bytes], name: str, kind: str, size: int) -> Response:
    """A kept file on its way piece by piece. What is wrong with a small one is known before the answer begins."""
    first = next(pieces, b"")
    answer = Response(chain((first,), pieces), mimetype=kind)
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    answer.content_length = size
    return answer


def csv_answer(name: str, rows: Iterable[Sequence[str]]) -> Response:
    """A table as a file that a spreadsheet opens; no cell of it is taken for a formula."""
    text = io.StringIO()
    csv.writer(text).writerows([no_formula(cell) for cell in row] for row in rows)
    answer = Response("\ufeff" + text.getvalue(), mimetype="text/csv")
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer
