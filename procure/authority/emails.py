"""Letters of this room: a view is asked for or chased, comments are wanted, a decision is ready, given back, signed."""

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
    "must_agree": False,
    "why_you": "you hold the post of Cabinet Member for Social Care and Health Integration",
}
_TO_SIGN = _ABOUT | {
    "sign_by_on": date(2027, 11, 22),
    "consulted": 4,
    "objecting": 1,
    "why_you": "you hold the post of Director of Policy and Participation",
}
_CALLED = {
    "title": "Award of the contract for social infrastructure support",
    "reference": "ODR-2027-118",
    "maker": "Director of Policy and Participation",
    "url": "https://procure.example.gov.uk/decisions/ODR-2027-118/read",
}

EMAILS = (
    Email("asked_for_view", "authority", _ASKED),
    Email("chased", "authority", _ASKED),
    Email(
        "comments_wanted", "authority",
        _ABOUT | {"heading": "Finance", "why_you": "you hold the post of Chief Operating Officer"},
    ),
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
    Email("maker_stepped_aside", "authority", _ABOUT | {"who": "D. Director"}),
    Email("decision_ready", "authority", _TO_SIGN),
    Email("sign_reminder", "authority", _TO_SIGN | {"is_late": False}),
    Email(
        "views_late", "authority",
        _ABOUT | {
            "due_on": date(2027, 11, 18),
            "silent": ["Cabinet Member for Social Care and Health Integration"],
            "vacant": "",
            "must_agree": "",
        },
    ),
    Email(
        "decision_returned", "authority",
        _ABOUT | {"said": "returned", "reason": "Say how the two estates are reached."},
    ),
    Email(
        "decision_given_back", "authority",
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
    Email(
        "called_in", "authority",
        _CALLED | {
            "called_in_on": date(2027, 11, 24), "called_in_by": "Five members",
            "grounds": "Outreach in two wards wasn’t considered.", "scrutiny_by": date(2027, 12, 8),
        },
    ),
    Email(
        "call_in_ended", "authority",
        _CALLED | {
            "ended_on": date(2027, 12, 6), "said": "The outreach is in the method statement.", "is_upheld": True,
            "effective_on": date(2027, 12, 6),
        },
    ),
)  # fmt: skip
