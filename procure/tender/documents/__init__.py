"""The papers of this room: what bidders get with the notice, and the request that suppliers of quotes get."""

from procure.tender.documents.contract import DRAFT_CONTRACT
from procure.tender.documents.form_of_tender import FORM_OF_TENDER
from procure.tender.documents.invitation import INVITATION_TO_TENDER
from procure.tender.documents.methodology import EVALUATION_METHODOLOGY
from procure.tender.documents.quotes import REQUEST_FOR_QUOTES
from procure.tender.documents.specification import SPECIFICATION

__all__ = [
    "DRAFT_CONTRACT",
    "EVALUATION_METHODOLOGY",
    "FORM_OF_TENDER",
    "INVITATION_TO_TENDER",
    "OF_THE_PACK",
    "REQUEST_FOR_QUOTES",
    "SPECIFICATION",
]

OF_THE_PACK = (
    INVITATION_TO_TENDER, SPECIFICATION, EVALUATION_METHODOLOGY, FORM_OF_TENDER, DRAFT_CONTRACT, REQUEST_FOR_QUOTES,
)  # fmt: skip
"""Every paper of this room, in the order in which the pack lists them."""
