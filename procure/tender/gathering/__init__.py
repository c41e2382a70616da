"""From rows to the facts of the tender papers: nothing retyped, and what nobody has said yet is a gap."""

from procure.tender.gathering.after_notice import addendum, clarification_log
from procure.tender.gathering.contract import draft_contract
from procure.tender.gathering.invitation import form_of_tender, invitation_to_tender, request_for_quotes
from procure.tender.gathering.methodology import evaluation_methodology
from procure.tender.gathering.pricing import pricing_schedule
from procure.tender.gathering.settled import conflicts_assessment, procurement_strategy
from procure.tender.gathering.specification import specification

__all__ = [
    "addendum",
    "clarification_log",
    "conflicts_assessment",
    "draft_contract",
    "evaluation_methodology",
    "form_of_tender",
    "invitation_to_tender",
    "pricing_schedule",
    "procurement_strategy",
    "request_for_quotes",
    "specification",
]
