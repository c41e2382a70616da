"""The papers of this room: declarations, the opening, scores given alone, how they were agreed, and the report."""

from procure.evaluation.documents.declaration import DECLARATION
from procure.evaluation.documents.exclusion import EXCLUSION_NOTICE
from procure.evaluation.documents.opening import OPENING_RECORD
from procure.evaluation.documents.report import EVALUATION_REPORT
from procure.evaluation.documents.scoring import MODERATION_RECORD, SCORE_SHEET

__all__ = [
    "DECLARATION",
    "EVALUATION_REPORT",
    "EXCLUSION_NOTICE",
    "MODERATION_RECORD",
    "OF_A_MEMBER",
    "OF_THE_EVALUATION",
    "OPENING_RECORD",
    "SCORE_SHEET",
]

OF_A_MEMBER = (DECLARATION, SCORE_SHEET)
"""Papers of which each member of the panel has one."""

OF_THE_EVALUATION = (OPENING_RECORD, DECLARATION, SCORE_SHEET, MODERATION_RECORD, EVALUATION_REPORT)
"""Every paper of this room, in the order in which they come about."""
