"""Names of unsuccessful bidders, kept back from papers that the public may read."""

from __future__ import annotations

import re

from procure.authority.models import Decision
from procure.authority.rules import ActKind
from procure.procurement.models import Lot

LETTERS = 26


def bidder_letters(lot: Lot) -> dict[int, str]:
    """What each bidder is called in a published paper, by its bid: Bidder A, in the order of entry; AA follows Z."""
    return {
        bid.id: f"Bidder {_letter(place)}" for place, bid in enumerate(sorted(lot.bids, key=lambda bid: bid.id))
    }  # fmt: skip


def _letter(place: int) -> str:
    before, last = divmod(place, LETTERS)
    return (_letter(before - 1) if before else "") + chr(ord("A") + last)


def withheld(decision: Decision, text: str) -> str:
    """Words of an award, with the letter of every unsuccessful bidder in place of its name.

    The longest name is looked for first, the winner's among them: "Example" never breaks "Example Alliance".
    """
    if decision.lot is None or decision.act is not ActKind.AWARD or not text:
        return text
    letters = bidder_letters(decision.lot)
    said = {
        bid.supplier.name: bid.supplier.name if bid.supplier_id == decision.supplier_id else letters[bid.id]
        for bid in decision.lot.bids
    }
    if not said:
        return text
    names = "|".join(re.escape(name) for name in sorted(said, key=lambda name: -len(name)))
    return re.sub(names, lambda found: said[found[0]], text)
