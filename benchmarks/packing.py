"""A whole pack of the demonstration's tender, from the rows of its file to the zip: warm, and in a new process."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from benchmarks.measuring import kept, table, times
from benchmarks.walking import house, walk_to
from config import settings
from procure.app import create_app
from procure.demonstration import days
from procure.demonstration.walk import the_award_decision, the_cast, the_file
from procure.documents.actions import make_ready, meta_of, template_content
from procure.documents.declare import Document, issue_bytes
from procure.documents.registry import document_named
from procure.documents.template_facts import in_use
from procure.extensions import db
from procure.now import legal_day

PACK_MS = 500
ROUNDS = 5
AT = datetime(2027, 12, 6, 12, tzinfo=UTC)
OF_THE_FILE = (
    "options-appraisal", "cabinet-report", "procurement-strategy", "conflicts-assessment", "report-back",
)  # fmt: skip
OF_THE_LOT = (
    "invitation-to-tender", "specification", "evaluation-methodology", "pricing-schedule", "form-of-tender",
    "draft-contract", "clarification-log", "bid-opening-record", "moderation-record", "evaluation-report",
)  # fmt: skip
OF_THE_AWARD = ("award-recommendation", "award-appendix")
OF_THE_DECISION = ("officer-decision-record", "consultation-log")


def measure() -> None:
    """The pack in this process, and what a process that has just begun needs for its first."""
    with house() as (_, folder):
        walk_to(folder, "signed")
        made = len(list(_papers()))
        warm = statistics.median(times(_pack, ROUNDS, time.process_time))
        db.session.remove()
        begun = _in_a_process_of_its_own({**os.environ, "PROCURE_INSTANCE": str(folder)})
    rows = [
        ("Warm, rows to zip", warm, kept(PACK_MS, warm)),
        ("A new process: its first pack", begun["first"], ""),
        ("The same, where its web server has compiled the templates", begun["ready"], ""),
        ("What the web server needs for that, once", begun["compiling"], ""),
    ]
    table(f"A pack of {made} documents from the rows of a tender, processor time", ("", "ms", f"{PACK_MS} ms"), rows)


def _papers() -> Iterator[tuple[Document, Any]]:
    """Each document of the file, with the row that it is about."""
    file, decision = the_file(), the_award_decision()
    lot = file.only_lot
    award = lot.award
    assert award is not None and lot.evaluation is not None
    for names, row in (
        (OF_THE_FILE, file), (OF_THE_LOT, lot), (OF_THE_AWARD, award), (OF_THE_DECISION, decision),
    ):  # fmt: skip
        for name in names:
            yield document_named(name), row
    for member in lot.evaluation.panel:
        if member.scores:
            yield document_named("score-sheet"), member
    for letter in award.letters:
        if letter.bid_id == award.bid_id:
            yield document_named("letter-to-winner"), letter
        yield document_named("assessment-summary" + ("-winner" if letter.bid_id == award.bid_id else "")), letter
    if award.contract is not None:
        yield document_named("contract-particulars"), award.contract


def _gathered(document: Document, row: Any) -> tuple[Document, Any, Any, bytes]:
    assert document.gather is not None
    meta = meta_of(document, row, by=the_cast()["officer"], at=AT, version="1.0")
    template = template_content(document, in_use(document.name, row.trail_file(), legal_day(AT)))
    return document, document.gather(row, AT), meta, template


def _pack() -> bytes:
    """All documents made anew from rows read anew."""
    db.session.rollback()
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as pack:
        for place, paper in enumerate(_papers()):
            document, facts, meta, template = _gathered(*paper)
            pack.writestr(
                f"{place:02}-{document.name}.{document.ending}", issue_bytes(document, facts, meta, template=template)
            )
    return out.getvalue()


def _in_a_process_of_its_own(environment: dict[str, str]) -> dict[str, float]:
    """What a child of ours measures by `in_a_new_process`, once without and once with compiled templates."""
    found: dict[str, float] = {}
    for way in ("first", "ready"):
        code = f"from benchmarks.packing import in_a_new_process; in_a_new_process({way == 'ready'})"
        said = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
        told = json.loads(said.stdout.splitlines()[-1])
        found |= {way: told["pack"]} | ({"compiling": told["compiling"]} if way == "ready" else {})
    return found


def in_a_new_process(is_ready: bool) -> None:
    """Print what the first pack of this process takes; `is_ready`: compiled first, as the web server does."""
    app = create_app(settings(dict(os.environ)))
    with app.app_context():
        began = time.process_time()
        if is_ready:
            make_ready(days.SIGNING)
        compiled = time.process_time()
        _pack()
        ended = time.process_time()
    print(json.dumps({"compiling": (compiled - began) * 1000, "pack": (ended - compiled) * 1000}))
