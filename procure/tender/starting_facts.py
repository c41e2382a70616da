"""What a purchase may start from: the method and the tender texts of the purchase its ending contract came from."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from procure.procurement.models import Lot


class Part(StrEnum):
    """What can be taken over, in the order of the tender papers."""

    METHOD = "method"
    SERVICE = "service"
    INDICATORS = "indicators"
    HOW = "how"
    TERMS = "terms"


LABELS = {
    Part.METHOD: "How bids were judged: criteria, weights, price formula",
    Part.SERVICE: "What was bought: the words of the specification",
    Part.INDICATORS: "The key performance indicators",
    Part.HOW: "How to tender",
    Part.TERMS: "The contract’s particulars",
}


@dataclass(frozen=True)
class Start:
    """A lot of an earlier purchase, and the parts of it that this one hasn't got yet."""

    lot: Lot
    parts: tuple[Part, ...]


def start_of(lot: Lot) -> Start | None:
    """What this lot may still take over; None where nothing came before, or all of it is there already.

    A lot takes over from the lot of the ending contract; in a divided purchase each lot may.
    """
    contract = lot.procurement.ending_contract
    before = contract.award.lot if contract is not None and contract.award is not None else None
    if before is None:
        return None
    had, has = _there(before), _there(lot)
    parts = tuple(part for part in Part if had[part] and not has[part])
    return Start(before, parts) if parts else None


def _there(lot: Lot) -> dict[Part, bool]:
    return {
        Part.METHOD: lot.method is not None,
        Part.SERVICE: lot.specification is not None,
        Part.INDICATORS: bool(lot.kpis),
        Part.HOW: lot.how_to_tender is not None,
        Part.TERMS: lot.contract_terms is not None,
    }
