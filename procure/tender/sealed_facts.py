"""Who opens a lot's bids, and what of bids under seal may be known before that."""

from __future__ import annotations

from sqlalchemy import select

from procure.extensions import db
from procure.procurement.models import Lot
from procure.tender.sealed_models import BidOpener, SealedBid
from procure.tender.sealed_rules import OpenerFacts, OpenerSide


def openers_of(lot: Lot, side: OpenerSide | None = None) -> list[BidOpener]:
    """Who is named to open the bids now, of one side or of both."""
    return [one for one in lot.openers if one.left_at is None and side in (None, one.side)]


def opener_facts(lot: Lot) -> OpenerFacts:
    """The same as the checks read it."""
    opening = lot.opening
    return OpenerFacts(
        tuple(one.person.name for one in openers_of(lot, OpenerSide.SERVICE)),
        tuple(one.person.name for one in openers_of(lot, OpenerSide.OUTSIDE)),
        (opening.service.name, opening.outside.name) if opening else (),
    )


def takes_early_bids(lot: Lot) -> bool:
    """Whether a bid can be put under seal: an opener of either side has a key."""
    return all(any(one.has_key for one in openers_of(lot, side)) for side in OpenerSide)


def opened_bids_of(lot: Lot) -> list[SealedBid]:
    """What two people have opened, and what is still to be entered as bids."""
    return list(
        db.session.scalars(
            select(SealedBid)
            .where(SealedBid.lot_id == lot.id, SealedBid.opened_entry.is_not(None))
            .order_by(SealedBid.id)
        )
    )


def sealed_bids_of(lot: Lot) -> list[SealedBid]:
    """The bids under seal, for the opening alone: before it, not even how many there are is shown to anybody."""
    return list(
        db.session.scalars(
            select(SealedBid).where(SealedBid.lot_id == lot.id, SealedBid.opened_at.is_(None)).order_by(SealedBid.id)
        )
    )
