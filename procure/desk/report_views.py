"""Standing reports: each a question, its answer in one line, and the table behind it."""

from __future__ import annotations

from itertools import chain

from flask import Response, abort, render_template, request

from procure.desk.reporting import Reader, count_of, rows_of, some_rows
from procure.desk.rules.reports import REPORTS, Report, report_named
from procure.desk.rules.search import COUNTED_TO
from procure.desk.views import pages
from procure.documents.answers import csv_answer
from procure.now import today
from procure.people.access import enter, signed_in
from procure.people.rules import READS_EVERY_FILE, Role

READERS = (*sorted(READS_EVERY_FILE), Role.DECIDER, Role.CONTRACT_MANAGER)
ON_A_PAGE = 50


@pages.get("/reports")
@enter(*READERS)
def reports() -> str:
    """All standing reports, each with its answer today."""
    reader = _reader()
    return render_template("desk/reports.html", reports=[(one, count_of(one, reader)) for one in REPORTS])


def _reader() -> Reader:
    return Reader(signed_in(), today())


def _report(name: str) -> Report:
    return report_named(name) or abort(404)


@pages.get("/reports/<name>")
@enter(*READERS)
def report(name: str) -> str:
    """One standing report."""
    found = _report(name)
    reader = _reader()
    count = count_of(found, reader)
    last = max(1, -(-min(count, COUNTED_TO) // ON_A_PAGE))
    asked = request.args.get("page", "1")
    page = min(max(int(asked) if asked.isdecimal() and len(asked) < 6 else 1, 1), last)
    return render_template(
        "desk/report.html", report=found, count=count, page=page, pages=last, counted_to=COUNTED_TO,
        rows=some_rows(found, reader, (page - 1) * ON_A_PAGE, ON_A_PAGE) if count else [],
    )  # fmt: skip


@pages.get("/reports/<name>.csv")
@enter(*READERS)
def report_file(name: str) -> Response:
    """One standing report as a table to keep."""
    found = _report(name)
    heads = [column for head in found.heads for column in (head, f"{head}, further")]
    rows = ([text for cell in row for text in (cell.text, cell.quiet)] for row in rows_of(found, _reader()))
    return csv_answer(f"{found.name}.csv", chain([heads], rows))
