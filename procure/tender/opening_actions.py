"""Opening the bids: two people come, one of them from outside the service, and what lay under seal becomes bids."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NoReturn

from sqlalchemy import select

from procure import words
from procure.audit.actions import Machine, act, words_for
from procure.evaluation.models import Evaluation
from procure.extensions import db
from procure.mail.models import Letter
from procure.notices.facts import opening_notice
from procure.people.models import Person
from procure.procurement.actions import move
from procure.procurement.models import Lot
from procure.procurement.rules import Stage
from procure.refusals import Refusal
from procure.tender.entering_actions import FEW, ask_to_enter, enter_now
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


def come_to_open(lot: Lot, *, by: Person, at: datetime, phrase: str = "") -> BidOpening | None:
    """An opener confirms that they are there. The second of the two, from the other side, opens the bids.

    Until then nothing is readable: the first one's key is handed over sealed to the other side alone. None while the
    other is awaited. Many bids are readable from then on, and entered by the clock.
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
        opening = _open(lot, opener, here, private, by=by, at=at)
    ask_to_enter(lot, by=by, at=at)
    return opening


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
        under_seal=found + len(broken), remarks="\n".join(broken), is_example=lot.procurement.is_example,
    )  # fmt: skip
    db.session.add(opening)
    db.session.flush()
    for one in (first, second):
        one.handed_over = None
    move(lot, "close to bids", by=TWO_OPENERS, at=at)
    if found <= FEW:
        enter_now(lot, by=by, at=at)
    for letter in db.session.scalars(select(Letter).where(Letter.sealed_for == lot.reference)):
        letter.sealed_for, letter.about = None, lot.reference
    return opening


def _read(bids: Sequence[SealedBid], keys: dict[int, bytes | None], at: datetime) -> tuple[int, list[str]]:
    """Make readable what the two have keys to: how many bids, and what was found damaged.

    `KeyMissing` where a bid isn't sealed to both of them.
    """
    found, broken = 0, []
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
            sealed.opened_entry = open_words(joined(one, other), sealed.entry, sealed.receipt)
            found += 1
        except SealBroken:
            broken.append(f"The bid with the receipt {sealed.receipt} was damaged under seal and can’t be read.")
        sealed.opened_at = at
    return found, broken
