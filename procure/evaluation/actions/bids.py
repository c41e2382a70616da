"""Bids as they came in: supplier, time, price, files; late ones held apart; prices closed to the panel."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal

from procure import words
from procure.audit.actions import Actor, act
from procure.documents.actions import Kept
from procure.evaluation.actions.changing import changing
from procure.evaluation.actions.declaring import clear_to_see
from procure.evaluation.actions.panel import write_to
from procure.evaluation.bid_files import pieces_of
from procure.evaluation.facts import bids_of, member_for, prices_are_open
from procure.evaluation.models import Bid, BidFile, Evaluation
from procure.evaluation.rules import BidFileKind
from procure.extensions import db
from procure.notices.facts import opening_notice
from procure.people.models import Person
from procure.procurement.models import Lot
from procure.refusals import Refusal
from procure.suppliers.models import Supplier


class BadBid(Refusal):
    """A bid that can't be as it is described."""


class CameLate(BadBid):
    """A bid received after the deadline is held, and not evaluated (B17)."""


class PricesClosed(Refusal):
    """Prices are closed to the panel until every score is agreed (B15)."""

    recorded = True


def add_bid(
    lot: Lot,
    supplier: Supplier,
    *,
    price_net: Decimal,
    received_at: datetime | None = None,
    set_aside_because: str = "",
    by: Actor,
    at: datetime,
) -> Bid:
    """Enter a bid with its whole-life price. One received late must be set aside.

    A bidder who comes later opens every declaration again, and every set of scores that was locked.
    """
    with changing(lot, f"entered the bid of {supplier.name}", by=by, at=at) as evaluation:
        if any(bid.supplier_id == supplier.id for bid in lot.bids):
            raise BadBid(f"{supplier.name} has a bid already. Change that one.", field="name")
        _price_is_right(price_net)
        _came_in_time(lot, supplier, received_at, set_aside_because)
        bid = Bid(
            lot=lot,
            supplier=supplier,
            price_net=price_net,
            received_at=received_at,
            was_assessed=not set_aside_because,
            set_aside_because=set_aside_because,
            is_example=lot.procurement.is_example,
        )
        db.session.add(bid)
        db.session.flush()
        if bid.was_assessed:
            begin_again(evaluation, bid, at)
    return bid


def begin_again(evaluation: Evaluation, bid: Bid, at: datetime) -> None:
    """Whoever declared or finished before this bidder was known declares and scores once more."""
    for member in evaluation.serving:
        if member.declarations and bid.id not in {one.bid_id for one in member.declarations}:
            write_to(member, at=at, again=bid.supplier.name)
        member.finished_at = None


def _price_is_right(price_net: Decimal) -> None:
    if price_net <= 0:
        raise BadBid("The price must be more than nought.", field="price_net")


def _came_in_time(lot: Lot, supplier: Supplier, received_at: datetime | None, set_aside_because: str) -> None:
    notice = opening_notice(lot)
    due = notice.closes_at if notice else None
    if received_at is not None and due is not None and received_at > due and not set_aside_because:
        raise CameLate(
            f"{supplier.name}’s bid came in after {words.moment(due)}. Set it aside as late, with the reason.",
            field="set_aside_because",
        )


def change_bid(
    bid: Bid,
    *,
    price_net: Decimal,
    received_at: datetime | None = None,
    set_aside_because: str = "",
    because: str,
    by: Actor,
    at: datetime,
    sees: int | None = None,
) -> None:
    """Correct a bid, set it aside, or take it back in, each with the reason why."""
    said = f"changed the bid of {bid.supplier.name}"
    with changing(bid.lot, said, on=bid, by=by, at=at, note=because, sees=sees) as evaluation:
        _price_is_right(price_net)
        if bid.late_decision is None or not bid.late_decision.is_admitted:
            _came_in_time(bid.lot, bid.supplier, received_at, set_aside_because)
        if not because.strip() and bid.price_net != price_net:
            raise BadBid("Say why the price is changed.", field="because")
        if not set_aside_because and any(one.excludes for one in bid.grounds):
            raise BadBid(
                f"{bid.supplier.name} is excluded. Change the decision about the ground first.",
                field="is_set_aside",
            )
        comes_back = not bid.was_assessed and not set_aside_because
        bid.price_net, bid.received_at = price_net, received_at
        bid.set_aside_because, bid.was_assessed = set_aside_because, not set_aside_because
        if comes_back:
            begin_again(evaluation, bid, at)


def add_file(
    bid: Bid, kept: Kept, kind: BidFileKind, *, by: Actor, at: datetime, withdrawn_because: str = ""
) -> BidFile:
    """Put a file, which the door for uploads has kept, with a bid; one that counts no more with its reason."""
    with changing(bid.lot, f"put a file with the bid of {bid.supplier.name}", on=bid, by=by, at=at):
        if not withdrawn_because and any(one.sha256 == kept.sha256 and not one.withdrawn_because for one in bid.files):
            raise BadBid(f"{kept.name} is with this bid already.", field="files")
        file = BidFile(
            bid=bid, kind=kind, name=kept.name, media_type=kept.media_type, size=kept.size, sha256=kept.sha256,
            file_key=kept.key, added_at=at, is_example=bid.is_example, opens_with=kept.opens_with,
            withdrawn_because=withdrawn_because,
        )  # fmt: skip
        db.session.add(file)
        db.session.flush()
    return file


def mark_file(
    file: BidFile, kind: BidFileKind, *, withdrawn_because: str = "", by: Actor, at: datetime, sees: int | None = None
) -> None:
    """Say anew whether a file is about quality or price, or withdraw one that was put in by mistake."""
    said = f"withdrew the file {file.name}" if withdrawn_because else f"marked the file {file.name}"
    with changing(file.bid.lot, said, on=file, by=by, at=at, note=withdrawn_because, sees=sees):
        file.kind, file.withdrawn_because = kind, withdrawn_because.strip()


def open_prices(lot: Lot, person: Person, what: str = "the prices", *, at: datetime) -> None:
    """Refuse, and record, that somebody on the panel opens prices before every score is agreed (B15)."""
    if member_for(lot, person) is None or prices_are_open(lot, bids_of(lot)):
        return
    with act(f"opened {what}", on=lot, by=person, at=at):
        raise PricesClosed(
            "Prices stay closed to the panel until every score is agreed, so that no price can sway a score. "
            "This attempt is on record."
        )


def read_file(file: BidFile, person: Person, *, at: datetime) -> Iterator[bytes]:
    """A bid’s file, piece by piece; who reads it is on record.

    A panel member must be cleared first, and waits for prices till scores are agreed.
    """
    lot, what = file.bid.lot, f"the file {file.name} of {file.bid.supplier.name}"
    clear_to_see(lot, person, what, at=at)
    if file.kind is BidFileKind.PRICE:
        open_prices(lot, person, what, at=at)
    with act(f"read {what}", on=lot, by=person, at=at):
        pieces = pieces_of(file.file_key, file.sha256, file.opens_with)
    return pieces
