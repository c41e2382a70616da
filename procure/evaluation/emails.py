"""The letters of this room: to each panel member, to the moderator when scores are in, to the officer."""

from __future__ import annotations

from datetime import date

from procure.mail.declare import Email

_SAMPLE = {
    "title": "Social infrastructure support",
    "file": "Social infrastructure support, PRO-2027-014",
    "officer": "A. Officer",
    "url": "https://procure.example/procurements/PRO-2027-014/evaluation",
}
_MEMBER = _SAMPLE | {"is_evaluator": True, "due_on": date(2027, 10, 26), "bidder": ""}

EMAILS = (
    Email("panel_named", "evaluation", _MEMBER),
    Email("panel_declares_again", "evaluation", _MEMBER | {"bidder": "Example Network"}),
    Email("scores_are_in", "evaluation", _SAMPLE | {"due_on": date(2027, 11, 9)}),
    Email("interest_declared", "evaluation", _SAMPLE | {"member": "Evaluator 2", "bidders": "Example Trust"}),
)
