"""A part of both walks, by pages: what the papers for bidders need is said once, and they are issued."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from procure.demonstration import tender_papers
from procure.documents.asking import questions_in
from procure.documents.registry import document_named
from tests.journeys.by_pages import House, Reader, table

QUICK = {
    "scored": date(2027, 2, 10), "moderated": date(2027, 2, 10), "decided": date(2027, 2, 11),
    "summaries": date(2027, 2, 12), "signed": date(2027, 2, 15),
}  # fmt: skip
"""A small purchase is decided within days."""
KPI = ("name", "measure", "target", "tolerance", "frequency", "source")


def papers_are_issued(house: House, file: str, *, notice_on: date, closes_at: datetime) -> None:
    """All six papers of a tender: the page leads from one thing to say to the next, until nothing is missing."""
    officer = house["officer"].opens(f"{file}/tender/papers").sees("What the file doesn’t know yet is filled in once")
    words = {name: value for name, value in tender_papers.SERVICE.items() if isinstance(value, str)}
    half_said = words | {"outcomes": "Reach"}
    officer.goes_on().is_refused("Save what we are buying", "Line 1 must have four parts", half_said)
    assert officer.value("outcomes") == "Reach" and officer.value("background") == words["background"]
    officer.presses("Save what we are buying", {"outcomes": words["outcomes"]})
    lines = [tuple(getattr(line, name) for name in KPI) for line in tender_papers.KPIS[:3]]
    officer.goes_on().presses("Save the indicators", table("kpis", KPI, lines))
    officer.goes_on()
    assert officer.value("validity_days") == "180" and "Public liability" in officer.value("insurance")
    officer.presses("Save how to tender")
    days_are_planned(officer.goes_on(), notice_on, closes_at)
    officer.opens(f"{file}/tender/papers").goes_on()
    assert "Management" in officer.value("lines")
    officer.presses("Save the lines").goes_on().presses("Save the particulars", {
        "Months of notice to end without fault": 6, "Cap on liability in each year": "500,000",
    })  # fmt: skip
    for name, answers in tender_papers.ANSWERS.items():
        officer.sees("Each paper is made from the file.").goes_on()
        keys = [key for key, _ in questions_in(document_named(name).path.read_bytes())]
        given = {f"answer_{key}": said for key, said in zip(keys, answers, strict=True)}
        officer.presses("Keep the answers", given).sees("The answers are kept with the file.")
        officer.opens(f"{file}/tender/papers")
    officer.sees("Nothing is missing. Read them, then issue them.").follows("Specification")
    officer.sees("Nothing is missing.", "Small and new groups are stronger")
    officer.opens(f"{file}/tender/papers").presses("Issue the papers").sees("Six papers are issued and kept.")
    conflicts_are_assessed(officer, file)


def conflicts_are_assessed(officer: Reader, file: str) -> None:
    """Who acts in the purchase is considered, and the assessment approved, before the notice."""
    officer.opens(f"{file}/tender/conflicts").follows("Prepare the assessment")
    parts = ("day", "month", "year")
    today = {part: officer.value(f"prepared_on-{part}") for part in parts}
    approved = {f"approved_on-{part}": today[part] for part in parts}
    officer.presses("Save", {"Who approves it": "Head of Commissioning"} | approved)
    declared = {f"declared_on-{part}": today[part] for part in parts}
    officer.goes_on().presses("Save", {
        "Name": "A. Officer", "Post and organisation": "Procurement Officer", "Part in the procurement": "Runs it",
        "Is there an interest, or what might be taken for one?": "No",
    } | declared)  # fmt: skip
    officer.sees("1 person considered. No conflict was found.")


def the_request_is_issued(house: House, file: str, *, sent_on: date, closes_at: datetime) -> None:
    """The short way: one page, the days, and the request for quotes."""
    officer = house["officer"].opens(f"{file}/tender/papers").sees_no("What we are buying").goes_on()
    officer.presses("Save how to quote")
    days_are_planned(officer.goes_on(), sent_on, closes_at, QUICK)
    officer.opens(f"{file}/tender/papers").presses("Issue the request").sees("One paper is issued and kept.")


def days_are_planned(
    officer: Reader, notice_on: date, closes_at: datetime, moved: Mapping[str, date] | None = None
) -> None:  # fmt: skip
    """The timetable: two days are entered, the others are worked out, and some are moved."""
    officer.presses("Work out the other days", {"notice_on": notice_on, "closes_at": closes_at})
    officer.presses("Save the timetable", moved or {})
