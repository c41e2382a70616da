"""Opening the bids: two people come, one of them from outside the service, and what lay under seal becomes bids."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any, NoReturn

from sqlalchemy import select

from procure import words
from procure.audit.actions import Machine, act, words_for
from procure.documents.actions import Kept
from procure.evaluation import actions as evaluation
from procure.evaluation.models import Bid, Evaluation
from procure.evaluation.rules import BidFileKind
from procure.extensions import db
from procure.mail.models import Letter
from procure.notices.facts import opening_notice
from procure.people.models import Person
from procure.procurement.actions import move
from procure.procurement.models import Lot
from procure.procurement.rules import Stage
from procure.refusals import Refusal
from procure.suppliers.actions import complete, namesakes, same_as, supplier_for
from procure.suppliers.models import Supplier
from procure.suppliers.rules import Particulars, numbers_of
from procure.tender.facts import question_facts
from procure.tender.question_rules import questions_check
from procure.tender.sealed_facts import openers_of, sealed_bids_of
from procure.tender.sealed_models import BidOpener, BidOpening, SealedBid
from procure.tender.sealed_rules import OpenerSide, still_here
from procure.tender.sealing import (
    OpenerKeys,
    SealBroken,
    WrongPhrase,
    joined,
    open_with,
    open_words,
    seal_to,
    unlock,
)

TWO_OPENERS = Machine("The two who open the bids")

CAME_LATE = "It came in after the deadline. Whether it is evaluated is decided apart, with reasons."


class BidsStillClosed(Refusal):
    """Bids may not be opened before their deadline, to the second."""

    recorded = True


class QuestionsOpen(Refusal):
    """A bidder’s question isn’t answered, or its answer not published to all, so bids may not be opened."""


class NotAnOpener(Refusal):
    """Only those who were named open bids."""

    recorded = True


class KeyMissing(Refusal):
    """A bid under seal needs a key which neither of the two holds."""


class WrongOpeningPhrase(WrongPhrase):
    """A wrong phrase is on record: somebody may be guessing."""

    recorded = True


@dataclass(frozen=True)
class Unsealed:
    """What a bid under seal says."""

    sealed: SealedBid
    bidder: Particulars
    price_net: Decimal
    received_at: datetime
    files: tuple[dict[str, Any], ...]


def come_to_open(lot: Lot, *, by: Person, at: datetime, phrase: str = "") -> BidOpening | None:
    """An opener confirms that they are there. The second of the two, from the other side, opens the bids.

    Until then nothing is readable: the first one's key is handed over sealed to the other side alone. None while the
    other is awaited.
    """
    opener = next((one for one in openers_of(lot) if one.person_id == by.id), None)
    private = _unlocked(opener, phrase, by, at) if opener is not None else None
    with act("came to open the bids", on=opener or lot, by=by, at=at):
        _may_be_opened(lot, at)
        if opener is None:
            raise NotAnOpener("Only the people who were named can open the bids. This attempt is on record.")
        opener.came_at = at
        others = openers_of(lot, opener.side.other)
        here = next((one for one in others if still_here(one.came_at, at)), None)
        if here is None:
            opener.handed_over = _handed_over(private, others)
            return None
        return _open(lot, opener, here, private, by=by, at=at)


def _unlocked(opener: BidOpener | None, phrase: str, by: Person, at: datetime) -> bytes | None:
    """The opener's private key; None where they never made one. Worked out before the act, for it takes its time."""
    if opener is None or opener.public_key is None or opener.locked_key is None:
        return None
    try:
        return unlock(OpenerKeys(opener.public_key, opener.locked_key), phrase)
    except WrongPhrase as wrong:
        _refuse_phrase(opener, wrong, by, at)


def _refuse_phrase(opener: BidOpener, wrong: WrongPhrase, by: Person, at: datetime) -> NoReturn:
    with act("came to open the bids", on=opener, by=by, at=at):
        raise WrongOpeningPhrase(wrong.sentence, field=wrong.field) from wrong
    raise AssertionError("An act lets its refusals through.")


def _may_be_opened(lot: Lot, at: datetime) -> None:
    notice = opening_notice(lot)
    if notice is None or notice.closes_at is None:
        raise BidsStillClosed("The competition hasn’t opened, so there are no bids to open.")
    if at < notice.closes_at:
        raise BidsStillClosed(f"Bids stay closed until {words.moment(notice.closes_at)}.")
    if lot.stage is not Stage.OPEN_TO_BIDS:
        raise BidsStillClosed("The bids have been opened.")
    questions = questions_check(question_facts(lot))
    if not questions.is_done:
        raise QuestionsOpen(f"Bids can’t be opened yet. {questions.refusal}")


def _about(opener: BidOpener) -> str:
    return f"opener {opener.id}"


def _handed_over(private: bytes | None, others: Iterable[BidOpener]) -> str | None:
    """A private key sealed to each opener of the other side."""
    if private is None:
        return None
    return json.dumps({str(one.id): seal_to(one.public_key, private, _about(one)) for one in others if one.public_key})


def _open(
    lot: Lot, second: BidOpener, first: BidOpener, private: bytes | None, *, by: Person, at: datetime
) -> BidOpening:
    notice = opening_notice(lot)
    assert notice is not None and notice.closes_at is not None
    of_first = None
    if private is not None and first.handed_over and str(second.id) in (handed := json.loads(first.handed_over)):
        of_first = open_with(private, handed[str(second.id)], _about(second))
    found, broken = _read(sealed_bids_of(lot), {second.id: private, first.id: of_first}, at)
    both = {one.side: one for one in (first, second)}
    service, outside = both[OpenerSide.SERVICE], both[OpenerSide.OUTSIDE]
    said = {one.side: words_for(one.person, at) for one in (first, second)}
    if lot.evaluation is None:
        db.session.add(Evaluation(lot=lot, is_example=lot.procurement.is_example))
        db.session.flush()
    assert lot.evaluation is not None
    lot.evaluation.opened_at = at
    opening = BidOpening(
        lot=lot, closes_at=notice.closes_at, opened_at=at, service_id=service.person_id,
        service_words=said[OpenerSide.SERVICE], outside_id=outside.person_id, outside_words=said[OpenerSide.OUTSIDE],
        under_seal=len(found) + len(broken), remarks="\n".join(broken), is_example=lot.procurement.is_example,
    )  # fmt: skip
    db.session.add(opening)
    db.session.flush()
    for one in (first, second):
        one.handed_over = None
    move(lot, "close to bids", by=TWO_OPENERS, at=at)
    for received in _last_of_each(found):
        _enter(lot, received, notice.closes_at, by=by, at=at)
    for letter in db.session.scalars(select(Letter).where(Letter.sealed_for == lot.reference)):
        letter.sealed_for, letter.about = None, lot.reference
    return opening


def _read(bids: Sequence[SealedBid], keys: dict[int, bytes | None], at: datetime) -> tuple[list[Unsealed], list[str]]:
    """What the two can read, and what was found damaged. `KeyMissing` where a bid isn't sealed to both of them."""
    found, broken = [], []
    for sealed in bids:
        halves = json.loads(sealed.halves)
        held = [(key, halves.get(str(number))) for number, key in keys.items()]
        if any(key is None or half is None for key, half in held):
            raise KeyMissing(
                "Bids lie under seal that one of you has no key to. Somebody of that side who had made their key when "
                "the bid came in must open them with you."
            )
        try:
            one, other = (open_with(key, half, sealed.receipt) for key, half in held if key is not None)
            found.append(_told(sealed, json.loads(open_words(joined(one, other), sealed.entry, sealed.receipt))))
        except SealBroken:
            broken.append(f"The bid with the receipt {sealed.receipt} was damaged under seal and can’t be read.")
            sealed.opened_at = at
    return found, broken


def _told(sealed: SealedBid, entry: dict[str, Any]) -> Unsealed:
    return Unsealed(
        sealed, Particulars(**entry["bidder"]), Decimal(entry["price_net"]),
        datetime.fromisoformat(entry["received_at"]), tuple(entry["files"]),
    )  # fmt: skip


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


def _enter(
    lot: Lot, received: tuple[Unsealed, list[Unsealed]], closes_at: datetime, *, by: Person, at: datetime
) -> None:
    """A bid that lay under seal becomes a bid like any other; the ones it replaces stay with it, withdrawn."""
    last, earlier = received
    in_time = [one for one in (*earlier, last) if one.received_at <= closes_at]
    counts = in_time[-1] if in_time else last
    supplier = _supplier(lot, counts.bidder, by=by, at=at)
    bid = evaluation.add_bid(
        lot, supplier, price_net=counts.price_net, received_at=counts.received_at,
        set_aside_because="" if counts.received_at <= closes_at else CAME_LATE, by=by, at=at,
    )  # fmt: skip
    for one in (*earlier, last):
        one.sealed.opened_at, one.sealed.bid_id = at, bid.id
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
