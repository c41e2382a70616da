"""Letters of this room: a view is asked for or chased, comments are wanted, a decision is ready, returned, signed."""

from __future__ import annotations

from datetime import date

from procure.mail.declare import Email

_ABOUT = {
    "title": "Award of the contract for social infrastructure support",
    "file": "Social infrastructure support, PRO-2027-014",
    "value": "£540,000 including VAT",
    "supplier": "Example Alliance",
    "maker": "Director of Policy and Participation",
    "url": "https://procure.example.gov.uk/decisions/ODR-2027-118",
}
_ASKED = _ABOUT | {
    "summary": "Example Alliance would support community groups and run local giving from 1 April 2028.",
    "asked_on": date(2027, 11, 12),
    "due_on": date(2027, 11, 18),
    "instead_of": "",
    "is_late": False,
}

EMAILS = (
    Email("asked_for_view", "authority", _ASKED),
    Email("chased", "authority", _ASKED),
    Email("comments_wanted", "authority", _ABOUT | {"heading": "Finance"}),
    Email("chase_wanted", "authority", _ABOUT | {"silent": "the Chief Operating Officer"}),
    Email(
        "view_needs_you", "authority",
        _ABOUT | {
            "who": "Cabinet Member for Social Care and Health Integration",
            "view": "Objects",
            "words": "I see no outreach in Marks Gate or Thames View.",
            "interest": "",
        },
    ),
    Email(
        "decision_ready", "authority",
        _ABOUT | {"sign_by_on": date(2027, 11, 22), "consulted": 4, "objecting": 1},
    ),
    Email(
        "decision_returned", "authority",
        _ABOUT | {"said": "returned", "reason": "Say how the two estates are reached."},
    ),
    Email(
        "decision_ended", "authority",
        _ABOUT | {"said": "withdrawn", "reason": "The file went back to its evaluation.", "is_officer": False},
    ),
    Email(
        "decision_signed", "authority",
        _ABOUT | {"signed_on": date(2027, 11, 19), "signed_by": "D. Director", "is_officer": True},
    ),
)  # fmt: skip
