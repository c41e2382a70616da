"""What lay under seal becomes bids like any others, once two people have opened it.

A few are entered as they are opened. Many are entered by the clock, a bidder at a time, each in an act of its own: one
that is killed is taken up again where it broke off, and two at once enter nothing twice.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from procure import words
from procure.audit.actions import act
from procure.documents.actions import Kept
from procure.evaluation import actions as evaluation
from procure.evaluation.models import Bid
from procure.evaluation.rules import BidFileKind
from procure.extensions import db
from procure.jobs.actions import ask
from procure.jobs.declare import Kind, Made, Work
from procure.jobs.models import Job
from procure.people.models import Person
from procure.procurement.access import procurement_for
from procure.procurement.models import Lot
from procure.suppliers.actions import complete, namesakes, same_as, supplier_for
from procure.suppliers.models import Supplier
from procure.suppliers.rules import Particulars, numbers_of
from procure.tender.sealed_facts import opened_bids_of
from procure.tender.sealed_models import SealedBid

CAME_LATE = "It came in after the deadline. Whether it is evaluated is decided apart, with reasons."

FEW = 5
"""So many bids are entered while somebody waits; more would keep them waiting for too long."""


@dataclass(frozen=True)
class Unsealed:
    """What a bid under seal says."""

    sealed: SealedBid
    bidder: Particulars
    price_net: Decimal
    received_at: datetime
    files: tuple[dict[str, Any], ...]


def told(sealed: SealedBid) -> Unsealed:
    """What an opened bid says, until it is entered."""
    entry: dict[str, Any] = json.loads(sealed.opened_entry or "{}")
    return Unsealed(
        sealed, Particulars(**entry["bidder"]), Decimal(entry["price_net"]),
        datetime.fromisoformat(entry["received_at"]), tuple(entry["files"]),
    )  # fmt: skip


def enter_now(lot: Lot, *, by: Person, at: datetime) -> None:
    """Enter every opened bid in the act that is under way."""
    for last, earlier in _last_of_each([told(one) for one in opened_bids_of(lot)]):
        _enter(lot, last, earlier, by=by, at=at)


def ask_to_enter(lot: Lot, *, by: Person, at: datetime) -> Job | None:
    """Have the clock enter what has been opened; None where nothing is left. Asked twice, it is one piece of work."""
    if not opened_bids_of(lot):
        return None
    return ask(
        ENTER_BIDS, title="Enter the bids that lay under seal", about=lot.procurement.reference, by=by, at=at,
        facts={"lot": lot.number, "by": by.id},
    )  # fmt: skip


def enter_bids(work: Work) -> Made:
    """Enter what has been opened, bidder by bidder, and list every file that came with its digest."""
    lot = db.session.scalars(
        select(Lot).where(Lot.number == work.facts["lot"], Lot.procurement.has(reference=work.about))
    ).one()
    lot_id, reference = lot.id, lot.reference
    groups = [
        [one.sealed.id for one in (*earlier, last)]
        for last, earlier in _last_of_each([told(one) for one in opened_bids_of(lot)])
    ]
    before = len(lot.bids)
    for done, ids in enumerate(groups):
        work.progress(before + done, before + len(groups))
        _enter_one_bidder(lot_id, ids, by_id=work.facts["by"], at=work.at)
    work.progress(before + len(groups), before + len(groups))
    lot = db.session.get_one(Lot, lot_id)
    text = io.StringIO()
    csv.writer(text).writerows(_rows(lot))
    work.result().write(("\ufeff" + text.getvalue()).encode())
    return Made(f"{reference}-bids-under-seal.csv", "text/csv", "entered the bids that lay under seal")


def _enter_one_bidder(lot_id: int, ids: Sequence[int], *, by_id: int, at: datetime) -> None:
    lot, by = db.session.get_one(Lot, lot_id), db.session.get_one(Person, by_id)
    with act("entered a bid that lay under seal", on=lot, by=by, at=at):
        rows = db.session.scalars(
            select(SealedBid).where(SealedBid.id.in_(ids)).order_by(SealedBid.id).with_for_update()
            .execution_options(populate_existing=True)
        ).all()  # fmt: skip
        if any(one.opened_entry is None for one in rows):
            return  # another clock has entered it
        for last, earlier in _last_of_each([told(one) for one in rows]):
            _enter(lot, last, earlier, by=by, at=at)


def _rows(lot: Lot) -> Iterator[tuple[str, ...]]:
    """Every file that lay under seal: no price, and no cell that a spreadsheet takes for a formula."""
    yield "Bidder", "Received", "File", "Bytes", "SHA-256", "Not counted because"
    for bid in lot.bids:
        for file in bid.files:
            if file.opens_with is not None:
                received = words.moment(bid.received_at) if bid.received_at else ""
                cells = (bid.supplier.name, received, file.name, str(file.size), file.sha256, file.withdrawn_because)
                yield tuple(words.no_formula(cell) for cell in cells)


def work_under_way(lot: Lot) -> Job | None:
    """The job that is entering what was opened, while it waits or runs."""
    about = select(Job).where(
        Job.kind == ENTER_BIDS.name, Job.about == lot.procurement.reference, Job.ended_at.is_(None)
    )
    return next((job for job in db.session.scalars(about) if json.loads(job.facts)["lot"] == lot.number), None)


ENTER_BIDS = Kind(
    "enter_bids", "bid", enter_bids, open_to=procurement_for, longest=timedelta(minutes=30), page="procurement.overview"
)


def _last_of_each(found: Sequence[Unsealed]) -> list[tuple[Unsealed, list[Unsealed]]]:
    """Each bidder's last bid, with those it replaces: a bidder may send a better one until the deadline."""
    of_bidder: dict[object, list[Unsealed]] = {}
    for one in sorted(found, key=lambda bid: (bid.received_at, bid.sealed.id)):
        known = next((key for key in of_bidder if _is_same(of_bidder[key][0].bidder, one.bidder)), one.sealed.id)
        of_bidder.setdefault(known, []).append(one)
    return [(bids[-1], bids[:-1]) for bids in of_bidder.values()]


def _is_same(one: Particulars, other: Particulars) -> bool:
    if one.numbers and other.numbers:
        return bool(one.numbers & other.numbers)
    return one.name.strip().casefold() == other.name.strip().casefold()


def _enter(lot: Lot, last: Unsealed, earlier: Sequence[Unsealed], *, by: Person, at: datetime) -> None:
    """A bid that lay under seal becomes a bid like any other; the ones it replaces stay with it, withdrawn."""
    assert lot.opening is not None
    closes_at = lot.opening.closes_at
    in_time = [one for one in (*earlier, last) if one.received_at <= closes_at]
    counts = in_time[-1] if in_time else last
    supplier = _supplier(lot, counts.bidder, by=by, at=at)
    bid = evaluation.add_bid(
        lot, supplier, price_net=counts.price_net, received_at=counts.received_at,
        set_aside_because="" if counts.received_at <= closes_at else CAME_LATE, by=by, at=at,
    )  # fmt: skip
    for one in (*earlier, last):
        one.sealed.bid_id, one.sealed.opened_entry = bid.id, None
        why = "" if one is counts else _why_not(one, counts)
        _put_files(bid, one, why, by=by, at=at)


def _supplier(lot: Lot, bidder: Particulars, *, by: Person, at: datetime) -> Supplier:
    """The bidder on record, or a new one. What a bid says of its bidder never keeps the others shut.

    Two bidders that can't be told from one another both stay; the officer puts their particulars right afterwards.
    """
    have_bid = {bid.supplier_id for bid in lot.bids}
    same, is_example = same_as(bidder), lot.procurement.is_example
    if same is not None and same.id in have_bid:
        plain = replace(bidder, company_number="", charity_number="", identifier="")
        return supplier_for(plain, is_another=True, by=by, at=at, is_example=is_example)
    alike = [one for one in namesakes(bidder.name) if one.id not in have_bid and not (bidder.numbers and _numbers(one))]
    known = same or next(iter(alike), None)
    supplier = supplier_for(
        bidder, use=known.id if known else None, is_another=known is None, by=by, at=at, is_example=is_example
    )
    complete(supplier, bidder, by=by, at=at)
    return supplier


def _numbers(supplier: Supplier) -> frozenset[str]:
    return numbers_of(supplier.identifier, supplier.company_number or "", supplier.charity_number or "")


def _why_not(one: Unsealed, counts: Unsealed) -> str:
    came = words.moment(one.received_at)
    if one.received_at > counts.received_at:
        return f"It came in late, {came}."
    return f"Replaced by the bid that came in {words.moment(counts.received_at)}; this one came {came}."


def _put_files(bid: Bid, one: Unsealed, withdrawn_because: str, *, by: Person, at: datetime) -> None:
    for file in one.files:
        kept = Kept(
            file["name"], file["media_type"], file["size"], file["sha256"], file["key"], opens_with=file["opens_with"]
        )
        evaluation.add_file(bid, kept, BidFileKind(file["kind"]), withdrawn_because=withdrawn_because, by=by, at=at)
