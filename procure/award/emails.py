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

_ENDING = {
    "title": "Social infrastructure support",
    "outcome": "No bid came in",
    "way": "End it without a contract",
    "reason": "No organisation bid by the deadline.",
    "officer": "A. Officer",
    "url": "https://procure.example/procurements/PRO-2027-014/award/end/decide",
}

_ENDED = {
    "title": "Social infrastructure support",
    "bidder": "Example Trust",
    "contact": "B. Contact",
    "said": "The council has found that none of the bids is suitable.",
    "own": "It does not satisfy the requirements. The answer on safeguarding scored 1; the published minimum is 3.",
    "officer": "A. Officer",
    "officer_email": "procurement@lbbd.example",
}

_DECIDED = {
    "title": "Social infrastructure support",
    "agreed": True,
    "decider": "A. Director, Director of Policy and Participation",
    "note": "Buy again in the spring.",
    "url": "https://procure.example/procurements/PRO-2027-014/award",
}

EMAILS = (
    Email("letter_to_winner", "award", _SAMPLE),
    Email("assessment_summary", "award", _SAMPLE | {"bidder": "Example Network"}),
    Email("direct_award", "award", _SAMPLE),
    Email("ending_to_decide", "award", _ENDING),
    Email("ending_decided", "award", _DECIDED),
    Email("competition_ended", "award", _ENDED),
)
