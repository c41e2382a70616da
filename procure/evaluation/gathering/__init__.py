"""From rows to the facts of the papers of an evaluation: nothing retyped, and what nobody has said yet is a gap."""

from procure.evaluation.gathering.exclusion import exclusion_notice
from procure.evaluation.gathering.opening import bid_opening_record
from procure.evaluation.gathering.people import declaration_of_interests, score_sheet
from procure.evaluation.gathering.report import evaluation_report
from procure.evaluation.gathering.scoring import moderation_record

__all__ = [
    "bid_opening_record",
    "declaration_of_interests",
    "evaluation_report",
    "exclusion_notice",
    "moderation_record",
    "score_sheet",
]
