"""From rows to the evaluation methodology."""

from __future__ import annotations

from datetime import datetime

from procure.procurement.models import Lot
from procure.tender.documents import methodology as paper
from procure.tender.gathering.method import the_criteria, the_method, the_questions
from procure.tender.gathering.said import Pages, the_council


def evaluation_methodology(lot: Lot, at: datetime) -> paper.EvaluationMethodology:
    """Everything the methodology prints, as the file stands."""
    pages = Pages(lot)
    return paper.EvaluationMethodology(
        council=the_council(pages),
        procurement=paper.AssessedPurchase(lot.reference, lot.full_title),
        method=the_method(lot, pages),
        criteria=the_criteria(lot.method, pages),
        questions=the_questions(lot.method, pages),
    )
