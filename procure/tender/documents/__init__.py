"""The papers of this room: what is settled before the notice, what bidders get with it, and what they get after it."""

from procure.tender.documents.addendum import ADDENDUM
from procure.tender.documents.clarifications import CLARIFICATION_LOG
from procure.tender.documents.conflicts import CONFLICTS_ASSESSMENT
from procure.tender.documents.contract import DRAFT_CONTRACT
from procure.tender.documents.form_of_tender import FORM_OF_TENDER
from procure.tender.documents.invitation import INVITATION_TO_TENDER
from procure.tender.documents.methodology import EVALUATION_METHODOLOGY
from procure.tender.documents.pricing import PRICING_SCHEDULE
from procure.tender.documents.quotes import REQUEST_FOR_QUOTES
from procure.tender.documents.specification import SPECIFICATION
from procure.tender.documents.strategy import PROCUREMENT_STRATEGY

__all__ = [
    "ADDENDUM",
    "CLARIFICATION_LOG",
    "CONFLICTS_ASSESSMENT",
    "DRAFT_CONTRACT",
    "EVALUATION_METHODOLOGY",
    "FORM_OF_TENDER",
    "INVITATION_TO_TENDER",
    "OF_THE_FILE",
    "OF_THE_PACK",
    "OF_THE_TENDER",
    "PRICING_SCHEDULE",
    "PROCUREMENT_STRATEGY",
    "REQUEST_FOR_QUOTES",
    "SPECIFICATION",
]

OF_THE_PACK = (
    INVITATION_TO_TENDER, SPECIFICATION, EVALUATION_METHODOLOGY, PRICING_SCHEDULE, FORM_OF_TENDER, DRAFT_CONTRACT,
    REQUEST_FOR_QUOTES,
)  # fmt: skip
"""Every paper that goes out with the notice, in the order in which the pack lists them."""

OF_THE_FILE = (PROCUREMENT_STRATEGY, CONFLICTS_ASSESSMENT)
"""What the council settles for itself before the notice."""

OF_THE_TENDER = (*OF_THE_FILE, *OF_THE_PACK, CLARIFICATION_LOG, ADDENDUM)
"""Every paper of this room."""
