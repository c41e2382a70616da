"""`make bench`: a table of times, measured in one run on this machine."""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

from docxtpl import DocxTemplate
from flask import Flask
from flask_migrate import upgrade
from jinja2.sandbox import SandboxedEnvironment

from benchmarks.browsing import as_person
from config import settings
from procure import words
from procure.app import create_app
from procure.demonstration import days, loading
from procure.documents.declare import issue_bytes
from procure.documents.dialect import FILTERS
from procure.documents.registry import all_documents
from procure.documents.shared_facts import sample_document

ROUNDS = 30
FILE = "/procurements/PRO-2027-014"
PAGES = (
    ("officer", "My work", "/my-work"),
    ("officer", "The file", FILE),
    ("officer", "Options appraisal", f"{FILE}/appraisal"),
    ("officer", "Authority", f"{FILE}/authority"),
    ("officer", "Tender", f"{FILE}/tender"),
    ("officer", "Evaluation", f"{FILE}/evaluation"),
    ("officer", "Award", f"{FILE}/award"),
    ("officer", "History", f"{FILE}/history"),
    ("officer", "Report, as a draft", f"{FILE}/documents/cabinet-report"),
    ("director", "The director’s page", "/decisions/ODR-2027-118"),
    ("manager", "The contract", "/contracts/CON-2025-007"),
    ("manager", "Decide what follows", "/contracts/CON-2025-007/decide"),
)


def times(deed: Callable[[], object], rounds: int = ROUNDS) -> list[float]:
    """Milliseconds of each round, after one that is not counted."""
    deed()
    found = []
    for _ in range(rounds):
        began = time.perf_counter()
        deed()
        found.append((time.perf_counter() - began) * 1000)
    return sorted(found)


def p50_and_p95(found: list[float]) -> tuple[float, float]:
    """The median, and what 95 of 100 stay below."""
    return statistics.median(found), found[min(len(found) - 1, round(len(found) * 0.95))]


def table(title: str, heads: tuple[str, ...], rows: list[tuple[Any, ...]]) -> None:
    """Print one table."""
    cells = [heads, *[tuple(f"{one:,.2f}" if isinstance(one, float) else str(one) for one in row) for row in rows]]
    widths = [max(len(row[number]) for row in cells) for number in range(len(heads))]
    print(f"\n{title}")
    for row in cells:
        print("  " + "  ".join(cell.ljust(width) if not number else cell.rjust(width)
                               for number, (cell, width) in enumerate(zip(row, widths, strict=True))))  # fmt: skip


def pages(app: Flask) -> None:
    """Every page of the walk: p50 and p95."""
    rows = []
    for who, name, path in PAGES:
        browser = as_person(app, f"{who}@lbbd.example")
        answer = browser.get(path)
        assert answer.status_code == 200, (path, answer.status_code)
        p50, p95 = p50_and_p95(times(lambda browser=browser, path=path: browser.get(path)))  # type: ignore[misc]
        rows.append((name, p50, p95, len(answer.data) / 1024))
    table("Pages, one client, no network", ("page", "p50 ms", "p95 ms", "KB"), rows)


def papers() -> None:
    """Every paper beside plain docxtpl, in turn."""
    rows = []
    for document in all_documents():
        facts, meta = document.sample(), sample_document(document.title, "PRO-2027-014/sample", days.SIGNING)
        ours = statistics.median(times(lambda: issue_bytes(document, facts, meta), 10))  # noqa: B023
        plain = statistics.median(times(lambda: _by_docxtpl(document.path, facts, meta), 5))  # noqa: B023
        rows.append((document.title, ours, plain, plain / ours))
    table("Papers", ("paper", "ms", "docxtpl ms", "times faster"), rows)


def _by_docxtpl(path: Path, facts: Any, meta: Any) -> bytes:
    environment = SandboxedEnvironment(autoescape=True)
    for name in FILTERS:
        environment.filters[name] = getattr(words, name)
    template = DocxTemplate(str(path))
    template.render({**vars(facts), "document": meta}, environment)
    out = BytesIO()
    template.save(out)
    return out.getvalue()


def main() -> None:
    """Load the demonstration to the day of the signature in a folder of its own, and measure."""
    with tempfile.TemporaryDirectory(prefix="procure-bench-") as folder:
        app = create_app(settings({**os.environ, "PROCURE_INSTANCE": folder}))
        with app.app_context():
            upgrade()
            began = time.perf_counter()
            loading.load(Path(folder), to="signing")
            print(f"The demonstration, loaded to the day of the signature: {time.perf_counter() - began:.1f} s")
            pages(app)
            papers()


if __name__ == "__main__":
    main()
