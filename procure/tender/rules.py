"""The published method: formulae and the scale of scores."""

from __future__ import annotations

from datetime import date

from procure.procurement.rules import Check, FileFacts

from procure.choices import Labelled


class PriceFormula(Labelled):
    """How a price becomes points (domain 3.5)."""

    LOWEST_OVER_PRICE = "lowest_over_price", "weight × lowest price ÷ price"
    DEVIATION_FROM_LOWEST = "deviation_from_lowest", "weight × (1 − (price − lowest) ÷ lowest), not below nought"
    DEVIATION_FROM_MEAN = "deviation_from_mean", "weight × (0.5 + (mean − price) ÷ mean), between nought and the weight"


def notice_may_go_out(facts: FileFacts, today: date) -> tuple[Check, ...]:
    return ()


def deadline_has_passed(facts: FileFacts, today: date) -> tuple[Check, ...]:
    return ()
