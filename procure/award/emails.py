"""The letters of this room: the successful bidder gets both its papers, every other assessed one its summary."""

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
}

EMAILS = (
    Email("letter_to_winner", "award", _SAMPLE),
    Email("assessment_summary", "award", _SAMPLE | {"bidder": "Example Network"}),
)
