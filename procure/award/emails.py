"""The letters of this room: to the successful bidder, and an assessment summary to every assessed one."""

from __future__ import annotations

from datetime import date

from procure.mail.declare import Email

_SAMPLE = {
    "title": "Social infrastructure support",
    "bidder": "Example Alliance",
    "contact": "B. Contact",
    "notice_on": date(2027, 11, 23),
    "ends_on": date(2027, 12, 3),
    "officer": "A. Officer",
    "officer_email": "procurement@lbbd.example",
    "is_winner": True,
}

EMAILS = (
    Email("letter_to_winner", "award", _SAMPLE),
    Email("assessment_summary", "award", _SAMPLE | {"is_winner": False, "bidder": "Example Network"}),
)
