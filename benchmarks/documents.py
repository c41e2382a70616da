"""Documents beside plain docxtpl and beside Jinja alone, a whole pack of them, memory, several threads at once."""

from __future__ import annotations

import hashlib
import resource
import statistics
import time
import zipfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields, replace
from io import BytesIO
from pathlib import Path
from typing import Any

from docxtpl import DocxTemplate
from jinja2.sandbox import SandboxedEnvironment

from benchmarks.measuring import kept, table, times
from benchmarks.walking import house
from procure import words
from procure.demonstration import days
from procure.documents import render
from procure.documents.declare import Document, issue_bytes
from procure.documents.dialect import FILTERS
from procure.documents.registry import all_documents
from procure.documents.shared_facts import DocumentFacts, sample_document

STATM = Path("/proc/self/statm")
MANY = 10_000
THREADS = 4
TIMES_FASTER = 40
PACK_MS = 500
FLAT_MB = 20
"""How much memory may grow over so many documents."""


def measure() -> None:
    """Each document and all of them, in processor time, so that what else runs here is left out."""
    with house():
        papers = [(one, one.sample(), _meta(one)) for one in all_documents()]
        began = time.process_time()
        _zipped(papers, _by_us)
        first = (time.process_time() - began) * 1000
        _memory(papers)
        _threads(papers)
        _each([one for one in papers if _is_word(one[0])])
        _pack(papers, first)
        print("  No render falls back to docxtpl: the dialect holds nothing that our renderer can’t fill.")


def _is_word(document: Document) -> bool:
    """Whether it has a master that docxtpl can read too."""
    return document.path.suffix == ".docx"


Sampled = tuple[Document, Any, DocumentFacts]


def _meta(document: Document) -> DocumentFacts:
    return sample_document(document.title, "PRO-2027-014/sample", days.SIGNING)


def _each(papers: list[Sampled]) -> None:
    rows = []
    for document, facts, meta in papers:
        ours = _ms(lambda: issue_bytes(document, facts, meta), 20)  # noqa: B023
        jinja = _ms(_jinja_alone(document, facts, meta), 20)
        plain = _ms(lambda: _by_docxtpl(document.path, facts, meta), 5)  # noqa: B023
        rows.append((document.title, ours, jinja, plain, plain / ours))
    ours, jinja, plain = (sum(row[place] for row in rows) for place in (1, 2, 3))
    rows.append((f"All {len(papers)}", ours, jinja, plain, plain / ours))
    heads = ("document, warm", "ms", "Jinja alone ms", "docxtpl ms", "times faster")
    table("Documents, processor time", heads, rows)
    print(f"  At least {TIMES_FASTER} times faster in all: {kept(plain / ours, TIMES_FASTER)}")


def _ms(deed: Callable[[], object], rounds: int) -> float:
    """The shortest of some rounds: what the deed takes where nothing disturbs it."""
    return times(deed, rounds, time.process_time)[0]


def _jinja_alone(document: Document, facts: Any, meta: DocumentFacts) -> Callable[[], object]:
    """The floor: the compiled templates filled, and nothing packed."""
    template = render.compiled(document.path.read_bytes(), type(facts))
    known = {field.name: getattr(facts, field.name) for field in fields(facts)}
    known |= {"document": replace(meta, is_draft=False), "_found": [], "_draft": False}
    return lambda: template.render(known)


def _pack(papers: list[Sampled], first: float) -> None:
    """Everything of a tender, from facts to the finished zip; `first`, when each master was compiled on the way."""
    ours = statistics.median(times(lambda: _zipped(papers, _by_us), 5, time.process_time))
    plain = times(lambda: _zipped(papers, _by_plain), 1, time.process_time)[0]
    table(
        "A pack of all, from facts to zip, processor time",
        ("documents", "ms", "first in a process ms", "docxtpl ms", "times faster", f"within {PACK_MS} ms"),
        [(len(papers), ours, first, plain, plain / ours, kept(PACK_MS, ours))],
    )


def _by_us(document: Document, facts: Any, meta: DocumentFacts) -> bytes:
    return issue_bytes(document, facts, meta)


def _by_plain(document: Document, facts: Any, meta: DocumentFacts) -> bytes:
    return _by_docxtpl(document.path, facts, meta) if _is_word(document) else issue_bytes(document, facts, meta)


def _zipped(papers: list[Sampled], make: Callable[[Document, Any, DocumentFacts], bytes]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as pack:
        for document, facts, meta in papers:
            pack.writestr(document.file_name("PRO-2027-014", "1.0"), make(document, facts, meta))
    return out.getvalue()


def _memory(papers: list[Sampled]) -> None:
    rows: list[tuple[str, float, float]] = []
    made, began = 0, _megabytes()
    while made < MANY:
        for document, facts, meta in papers:
            issue_bytes(document, facts, replace(meta, reference=f"PRO-2027-{made:05}"))
            made += 1
        if made // len(papers) in (1, MANY // len(papers) // 10) or made >= MANY:
            rows.append((f"{made:,}", _megabytes(), _megabytes() - rows[0][1] if rows else 0.0))
    table(f"Memory over {MANY:,} documents", ("documents made", "MB", "more than after the first"), rows)
    print(f"  Flat, within {FLAT_MB} MB: {kept(FLAT_MB, _megabytes() - rows[0][1])} (before the first {began:,.0f} MB)")


def _megabytes() -> float:
    """What this process holds in memory now; where the system doesn’t say so, the most it ever held."""
    if STATM.exists():
        return int(STATM.read_text().split()[1]) * resource.getpagesize() / 1024**2
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _threads(papers: list[Sampled]) -> None:
    alone = [hashlib.sha256(_by_us(*paper)).digest() for paper in papers]
    with ThreadPoolExecutor(THREADS) as pool:
        together = list(pool.map(lambda paper: hashlib.sha256(_by_us(*paper)).digest(), papers * 20))
    same = together == alone * 20
    print(f"  {THREADS} threads, {len(together)} documents, the same bytes as one: {'kept' if same else 'NOT KEPT'}")


def _by_docxtpl(path: Path, facts: Any, meta: Any) -> bytes:
    environment = SandboxedEnvironment(autoescape=True)
    for name in FILTERS:
        environment.filters[name] = getattr(words, name)
    template = DocxTemplate(str(path))
    template.render({**vars(facts), "document": meta}, environment)
    out = BytesIO()
    template.save(out)
    return out.getvalue()
