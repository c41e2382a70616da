"""A contract's dates, its options, and what may follow its end."""

from __future__ import annotations

from datetime import date

from procure.procurement.rules import Check, FileFacts

from procure.choices import Labelled


class WhatFollows(Labelled):
    """The answer to *decide what follows*."""

    EXTEND = "extend", "Extend it"
    BUY_AGAIN = "buy_again", "Buy again"
    LET_LAPSE = "let_lapse", "Let it end"


class ContractState(Labelled):
    LIVE = "live", "Live"
    ENDED = "ended", "Ended"


def contract_may_be_signed(facts: FileFacts, today: date) -> tuple[Check, ...]:
    return ()


def contract_is_closed(facts: FileFacts, today: date) -> tuple[Check, ...]:
    return ()
