"""Letters about the end of a competition: to whoever decides, back to the officer, and to every bidder."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from flask import current_app

from procure import words
from procure.award.route_models import Ending
from procure.award.route_rules import EndingState, Outcome, WayOn
from procure.council.models import Council
from procure.extensions import db
from procure.mail.actions import queue
from procure.now import legal_day
from procure.procurement.models import Lot
from procure.refusals import Refusal
from procure.suppliers.models import Supplier


class NobodyToWriteTo(Refusal):
    """A bidder who must be told has no email address on record."""


def _address(lot: Lot, part: str) -> str:
    return f"{current_app.config['PUBLIC_URL'].rstrip('/')}/procurements/{lot.reference}{part}"


def told_of(lot: Lot) -> list[Supplier]:
    """Who is told that a competition has ended: its bidders; who was asked, where no bid is on record yet."""
    bidders = [bid.supplier for bid in lot.bids]
    return bidders or [one.supplier for one in lot.invitations]


def refuse_unreachable(lot: Lot) -> None:
    """Refuse while somebody who must be told can't be."""
    nowhere = [one.name for one in told_of(lot) if not one.email]
    if nowhere:
        have = "has" if len(nowhere) == 1 else "have"
        raise NobodyToWriteTo(f"{words.joined(nowhere)} {have} no email address on record. Add it first.")


def to_decider(ending: Ending, *, at: datetime) -> None:
    """Tell whoever decides that it is theirs to decide."""
    lot, to = ending.lot, ending.post.acting_on(legal_day(at))
    if to is None:
        return
    queue(
        "ending_to_decide", to=to, to_post=ending.post.name, about=lot.procurement.reference, at=at,
        once=f"ending {ending.id} to decide",
        facts={
            "title": lot.full_title, "outcome": ending.outcome.label, "way": ending.way.label,
            "reason": ending.reason, "officer": ending.proposed_by.name,
            "url": _address(lot, "/award/end/decide"),
        },
    )  # fmt: skip


def to_officer(ending: Ending, *, at: datetime) -> None:
    """Tell the officer what was decided."""
    lot = ending.lot
    queue(
        "ending_decided", to=lot.procurement.officer, about=lot.procurement.reference, at=at,
        once=f"ending {ending.id} decided",
        facts={
            "title": lot.full_title, "agreed": ending.state is EndingState.DECIDED, "decider": ending.decided_words,
            "note": ending.decider_note, "url": _address(lot, "/award"),
        },
    )  # fmt: skip


def to_bidders(ending: Ending, *, at: datetime) -> None:
    """Tell every bidder that the competition has ended, and each what was wrong with its own bid."""
    lot, file = ending.lot, ending.lot.procurement
    council = db.session.query(Council).order_by(Council.id).first()
    own = {one.bid.supplier_id: f"{one.ground.label}. {one.reason}" for one in ending.unsuitable}
    for bid in lot.bids:
        if not bid.was_assessed:
            own.setdefault(bid.supplier_id, bid.set_aside_because)
    for supplier in told_of(lot):
        queue(
            "competition_ended", to=None, to_name=supplier.contact_name or supplier.name, to_email=supplier.email,
            about=file.reference, at=at, once=f"ending {ending.id} to supplier {supplier.id}",
            facts={
                "title": lot.full_title, "bidder": supplier.name, "contact": supplier.contact_name or supplier.name,
                "said": " ".join(_said(ending)), "own": own.get(supplier.id, ""), "officer": file.officer.name,
                "officer_email": (council.procurement_email if council else "") or file.officer.email,
            },
        )  # fmt: skip


def _said(ending: Ending) -> Iterator[str]:
    if ending.outcome is Outcome.NONE_SUITABLE:
        yield "The council has found that none of the bids is suitable."
    else:
        yield "The council has decided not to award a contract by this competition."
    if ending.way is WayOn.DIRECT:
        yield "It means to award the contract directly, and publishes a transparency notice before it does."
    elif ending.outcome is Outcome.NOT_AWARDING:
        yield ending.reason
