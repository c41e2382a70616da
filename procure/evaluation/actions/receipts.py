"""The receipt of a bid: what came in, when, with the digest of each file."""

from __future__ import annotations

import hashlib
from datetime import datetime

from procure.audit.actions import Actor
from procure.evaluation.actions.changing import changing
from procure.evaluation.facts import came_late
from procure.evaluation.models import Bid
from procure.mail.actions import queue
from procure.refusals import Refusal


class NoReceipt(Refusal):
    """A receipt needs an address, the time the bid came in, and files; and the same one goes once."""


def send_receipt(bid: Bid, *, by: Actor, at: datetime) -> None:
    """Write to the bidder what has come in. After more files it can be written again."""
    lot, officer = bid.lot, bid.lot.procurement.officer
    with changing(lot, f"sent the receipt to {bid.supplier.name}", on=bid, by=by, at=at):
        files = [one for one in bid.files if not one.withdrawn_because]
        if not bid.supplier.email:
            raise NoReceipt("Enter the email address of the bidder first.")
        if bid.received_at is None or not files:
            raise NoReceipt("Enter when the bid came in, and put its files with it, first.")
        proof = hashlib.sha256("".join(one.sha256 for one in files).encode()).hexdigest()[:16]
        letter = queue(
            "bid_receipt", to=None, to_name=bid.supplier.contact_name or bid.supplier.name,
            to_email=bid.supplier.email, about=lot.reference, at=at,
            once=f"bid receipt {lot.reference} {bid.id} {proof}",
            facts={
                "title": lot.full_title, "bidder": bid.supplier.name, "receipt": "", "received_at": bid.received_at,
                "files": [(one.name, one.size, one.sha256) for one in files], "is_sealed": False,
                "is_late": came_late(bid), "officer": officer.name, "officer_email": officer.email,
            },
        )  # fmt: skip
        if letter is None:
            raise NoReceipt("The receipt of these files was sent already.")
