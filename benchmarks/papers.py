"""Every paper beside plain docxtpl, in turn."""

from __future__ import annotations

import statistics
from io import BytesIO
from pathlib import Path
from typing import Any

from docxtpl import DocxTemplate
from jinja2.sandbox import SandboxedEnvironment

from benchmarks.measuring import table, times
from benchmarks.walking import house
from procure import words
from procure.demonstration import days
from procure.documents.declare import issue_bytes
from procure.documents.dialect import FILTERS
from procure.documents.registry import all_documents
from procure.documents.shared_facts import sample_document


def measure() -> None:
    """Milliseconds to fill each master from its sample."""
    rows = []
    with house():
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
