"""Rules of this room."""

from __future__ import annotations

from datetime import date

from procure.procurement.rules import Check, FileFacts


def award_may_be_announced(facts: FileFacts, today: date) -> tuple[Check, ...]:
    return ()


def standstill_is_over(facts: FileFacts, today: date) -> tuple[Check, ...]:
    return ()
