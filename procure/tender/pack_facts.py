"""How the tender papers of a lot stand: which are needed, issued, and whether they still say what the file says."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import select

from procure.documents.declare import Document
from procure.documents.kinds import facts_kept
from procure.documents.models import Paper
from procure.documents.template_facts import is_of_another
from procure.extensions import db
from procure.law.working_days import legal_day
from procure.procurement.models import Lot
from procure.tender.documents import OF_THE_PACK
from procure.tender.pack_rules import PackFacts, papers_needed


def needed_for(lot: Lot) -> tuple[Document, ...]:
    """The papers that must be out before the notice, in the order of the pack."""
    names = papers_needed(lot.procurement.route)
    return tuple(paper for paper in OF_THE_PACK if paper.name in names)


def subject_of(lot: Lot) -> str:
    """What tells a lot's papers from those of the file's other lots; empty while the purchase isn't divided."""
    return "" if lot.is_only else f"Lot {lot.number}"


def issued_of(lot: Lot, papers: Sequence[Document]) -> dict[str, Paper]:
    """The newest issued version of each paper, by the paper's name."""
    rows = db.session.scalars(
        select(Paper)
        .where(
            Paper.about == lot.trail_file(),
            Paper.subject == subject_of(lot),
            Paper.name.in_([paper.name for paper in papers]),
        )
        .order_by(Paper.number)
    )
    return {row.name: row for row in rows}


def still_says_it(paper: Paper, document: Document, lot: Lot, at: datetime) -> bool:
    """Whether an issued paper prints what the file says now."""
    assert document.gather is not None
    if is_of_another(document.name, paper.template_sha256, paper.about, legal_day(at)):
        return False
    return _said(paper.facts) == _said(facts_kept(document.gather(lot, at), None))


def _said(kept: str) -> dict[str, Any]:
    """A paper's facts but for the procurement identifier: the platform gives it only with the notice."""
    facts: dict[str, Any] = json.loads(kept)["facts"]
    facts.get("procurement", {}).pop("ocid", None)
    return facts


def pack_facts_of(lot: Lot, today: date) -> PackFacts:
    """The state of the papers on a day."""
    needed = needed_for(lot)
    issued = issued_of(lot, needed)
    at = datetime.combine(today, time(12), UTC)
    return PackFacts(
        needed=tuple(paper.title for paper in needed),
        to_issue=tuple(paper.title for paper in needed if paper.name not in issued),
        changed=tuple(
            paper.title
            for paper in needed
            if paper.name in issued and not still_says_it(issued[paper.name], paper, lot, at)
        ),
    )
