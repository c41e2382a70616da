"""Every page of the walk, on the day it matters and as the person it is for: p50, p95 and what it asks the database."""

from __future__ import annotations

import re
import statistics
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from flask.testing import FlaskClient
from lxml import html

from benchmarks.browsing import as_person
from benchmarks.measuring import p50_and_p95, table, times
from benchmarks.walking import days_of_the_walk, house, queries

SLOW = 60
"""Milliseconds: a page that takes longer half of the time is marked."""

ROUNDS = 12

DOWNLOADS = (".docx", "/word", "/pdf", ".csv", "/content")
NUMBER = re.compile(r"/\d+(?=/|$)")
"""Pages that differ in a number only are of one kind."""

FILE, OLD = "/procurements/PRO-2027-014", "/contracts/CON-2025-007"


@dataclass(frozen=True)
class Visit:
    """Somebody on a day: the pages they open, and those beginnings of addresses below which every link is followed."""

    who: str
    opens: tuple[str, ...]
    below: tuple[str, ...] = ()


WALK = {
    "contract": (
        Visit("manager", ("/my-work", "/contracts", OLD, f"{OLD}/decide"), (f"{OLD}/",)),
        Visit("administrator", ("/settings", "/people", "/people/posts", "/letters"), ("/settings/",)),
    ),
    "need": (
        Visit("officer", ("/my-work", "/procurements", FILE), (f"{FILE}/need", f"{FILE}/value", f"{FILE}/particulars")),
    ),
    "appraisal": (
        Visit("officer", (FILE, f"{FILE}/appraisal"), (f"{FILE}/appraisal/",)),
        Visit("commissioning", ("/my-work", f"{FILE}/appraisal"), (f"{FILE}/appraisal/review",)),
    ),
    "approval": (
        Visit("officer", (FILE, f"{FILE}/authority"), (f"{FILE}/report", f"{FILE}/approval", f"{FILE}/documents")),
        Visit("democratic", ("/my-work", "/decisions"), ("/meetings/",)),
    ),
    "tender": (Visit("officer", (FILE, f"{FILE}/tender"), (f"{FILE}/tender/", f"{FILE}/documents/")),),
    "evaluation": (
        Visit("officer", (FILE, f"{FILE}/evaluation"), (f"{FILE}/evaluation/",)),
        Visit("evaluator1", ("/my-work", f"{FILE}/evaluation"), (f"{FILE}/evaluation/",)),
        Visit("moderator", ("/my-work", f"{FILE}/evaluation"), (f"{FILE}/evaluation/",)),
    ),
    "award": (
        Visit("officer", ("/my-work", FILE, f"{FILE}/award"), (f"{FILE}/award/", "/decisions/")),
        Visit("care", ("/my-work",), ("/decisions/",)),
    ),
    "signing": (
        Visit("director", ("/my-work", "/decisions/ODR-2027-118"), ("/decisions/",)),
        Visit("officer", (f"{FILE}/evaluation", f"{FILE}/history", f"{FILE}/people", "/trail", "/search?q=social")),
    ),
    "standstill": (Visit("officer", ("/my-work", FILE, f"{FILE}/award"), (f"{FILE}/award/", f"{FILE}/notices")),),
    "signed": (
        Visit("officer", (FILE, f"{FILE}/contract", "/contracts/CON-2028-003"), ("/contracts/CON-2028-003/",)),
        Visit("auditor", ("/my-work", f"{FILE}/history", "/trail")),
    ),
}
"""Who opens what on each day of the demonstration."""


def _to_measure(browser: FlaskClient, visit: Visit) -> Iterator[str]:
    """The pages of a visit that open: those named, and one of each kind below them that they link to."""
    waiting = deque(visit.opens)
    kinds = {NUMBER.sub("/1", path) for path in visit.opens}
    while waiting:
        path = waiting.popleft()
        answer = browser.get(path)
        if answer.status_code != 200 or answer.mimetype != "text/html":
            continue
        yield path
        for link in html.document_fromstring(answer.text).xpath("//main//a/@href|//nav//a/@href"):
            found = urlsplit(urljoin(path, link)).path
            kind = NUMBER.sub("/1", found)
            if kind not in kinds and found.startswith(visit.below) and not found.endswith(DOWNLOADS):
                kinds.add(kind)
                waiting.append(found)


def measure() -> None:
    """Walk once through the demonstration and print a table for all of its pages."""
    rows = []
    with house() as (app, folder):
        for stage in days_of_the_walk(folder):
            for visit in WALK.get(stage, ()):
                browser = as_person(app, f"{visit.who}@lbbd.example")
                for path in _to_measure(browser, visit):
                    with queries() as asked:
                        size = len(browser.get(path).data)
                    took = times(lambda browser=browser, path=path: browser.get(path), ROUNDS)  # type: ignore[misc]
                    p50, p95 = p50_and_p95(took)
                    mark = "slow" if p50 > SLOW else ""
                    rows.append((f"{stage}: {path}", visit.who, p50, p95, len(asked), size / 1024, mark))
    table(
        "Pages of the walk, one client, no network", ("page", "reader", "p50 ms", "p95 ms", "queries", "KB", ""), rows
    )
    half = statistics.median(row[2] for row in rows)
    slow = sum(1 for row in rows if row[-1])
    print(f"  {len(rows)} pages; half take less than {half:.1f} ms, {slow} more than {SLOW} ms half of the time")
