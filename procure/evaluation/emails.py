"""The letters of this room: to the panel, to its moderator, to the officer, to who decides about a score."""

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
    Email(
        "score_to_reopen", "evaluation",
        _SAMPLE | {
            "bidder": "Example Trust", "criterion": "Local giving", "asked_by": "M. Moderator",
            "because": "Page 15 was missing from the file that the panel read.",
        },
    ),
    Email("interest_declared", "evaluation", _SAMPLE | {"member": "Evaluator 2", "bidders": "Example Trust"}),
)  # fmt: skip
