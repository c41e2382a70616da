"""What is done in this room: panel, bids, declarations, scores alone, scores agreed, prices, the result."""

from procure.documents.door import UploadRefused
from procure.evaluation.actions.agreeing import AgreedBefore, NotModerator, ScoresSealed, agree, open_scores
from procure.evaluation.actions.bids import (
    BadBid,
    CameLate,
    PricesClosed,
    add_bid,
    add_file,
    change_bid,
    mark_file,
    open_prices,
    read_file,
)
from procure.evaluation.actions.changing import BidsNotOpen, ResultIsClosed, entering
from procure.evaluation.actions.declaring import BadDeclaration, NotDeclared, clear_to_see, decide_interest, declare
from procure.evaluation.actions.late import NotForYou, NothingLate, decide_late
from procure.evaluation.actions.panel import BadPanel, name_panel, step_down
from procure.evaluation.actions.receipts import NoReceipt, send_receipt
from procure.evaluation.actions.result import (
    NoTie,
    explain_low_price,
    finish,
    low_prices_to_explain,
    settle_tie,
)
from procure.evaluation.actions.scoring import BadScore, Given, ScoresLocked, finish_scores, reopen_scores, score

__all__ = [
    "AgreedBefore",
    "BadBid",
    "BadDeclaration",
    "BadPanel",
    "BadScore",
    "BidsNotOpen",
    "CameLate",
    "Given",
    "NoReceipt",
    "NoTie",
    "NotDeclared",
    "NotForYou",
    "NotModerator",
    "NothingLate",
    "PricesClosed",
    "ResultIsClosed",
    "ScoresLocked",
    "ScoresSealed",
    "UploadRefused",
    "add_bid",
    "add_file",
    "agree",
    "change_bid",
    "clear_to_see",
    "decide_interest",
    "decide_late",
    "declare",
    "entering",
    "explain_low_price",
    "finish",
    "finish_scores",
    "low_prices_to_explain",
    "mark_file",
    "name_panel",
    "open_prices",
    "open_scores",
    "read_file",
    "reopen_scores",
    "score",
    "send_receipt",
    "settle_tie",
    "step_down",
]
