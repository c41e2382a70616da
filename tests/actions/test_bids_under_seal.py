"""Bids under seal: nobody sees them before two people open them together; then nothing is lost and nothing changed."""

from __future__ import annotations

import io
import json
import os
from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select, text
from sqlalchemy.exc import DatabaseError

from procure.audit.models import TrailEntry
from procure.audit.searching import Wanted, page_of
from procure.audit.verifying import verify
from procure.demonstration import days
from procure.demonstration.cast import Cast
from procure.demonstration.evaluation import small_pdf
from procure.documents.storage import PIECE, place
from procure.documents.sweeping import LONG_ENOUGH, sweep_files
from procure.evaluation import actions as evaluation
from procure.evaluation.facts import assessed_of, bids_of, facts_of
from procure.evaluation.models import Bid, LateDecision
from procure.evaluation.rules import BidFileKind, result_is_recorded
from procure.extensions import db
from procure.jobs.actions import work_waiting
from procure.jobs.models import Job
from procure.jobs.results import content_of
from procure.jobs.rules import JobState
from procure.mail.health import letters_failed, letters_waiting
from procure.mail.models import Letter
from procure.mail.rounds import own_transaction
from procure.mail.rules import UNDER_SEAL
from procure.mail.sending import post_waiting
from procure.procurement.models import Lot
from procure.procurement.rules import FileFacts, Stage
from procure.refusals import Refusal
from procure.suppliers.rules import Particulars
from procure.tender import sealing
from procure.tender.entering_actions import FEW, ask_to_enter, enter_bids
from procure.tender.opener_actions import CannotOpen, choose_phrase, name_opener, take_off
from procure.tender.opening_actions import KeyMissing, NotAnOpener, WrongOpeningPhrase, come_to_open
from procure.tender.sealed_actions import CannotBeSealed, FileAtHand, StillSealed, look_under_seal, register_early
from procure.tender.sealed_facts import opened_bids_of, openers_of
from procure.tender.sealed_models import BidOpening, SealedBid, SealedFile
from procure.tender.sealed_rules import TOGETHER, OpenerSide
from tests.a_competition import open_to_bids


@pytest.fixture(autouse=True)
def quick_to_unlock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Phrases are dear to guess, and tests would wait for that."""
    for name, value in (("time_cost", 1), ("memory_cost", 64), ("parallelism", 1)):
        monkeypatch.setitem(sealing.ARGON, name, value)


PHRASES = {"officer": "ferry violin gravel noon", "democratic": "lantern otter pillow seven"}
IN_TIME, CLOSES = days.at(days.TENDER_CLOSES, 10), days.at(days.TENDER_CLOSES, 14)
OPENED = days.at(days.TENDER_CLOSES, 14, 30)
SMITH = Particulars("Smith & Sons <Ltd>", "bids@smith.example", "S. Smith", "1 Row\nDagenham", company_number="7654321")


@pytest.fixture
def lot(app: Flask, cast: Cast) -> Lot:
    """The competition is open; both openers have made their keys."""
    lot = open_to_bids(cast).only_lot
    for opener in openers_of(lot):
        key = next(key for key in PHRASES if cast[key].id == opener.person_id)
        choose_phrase(opener, PHRASES[key], by=cast[key], at=days.at(days.TENDER_OPENS, 11))
    return lot


def put(lot: Lot, cast: Cast, who: Particulars = SMITH, price: int = 412_500, *, received: datetime = IN_TIME,
        files: dict[str, bytes] | None = None, at: datetime | None = None) -> SealedBid:  # fmt: skip
    given = files or {"tender.pdf": small_pdf([f"Tender of {who.name}"]), "price.pdf": small_pdf([f"Price {price}"])}
    at_hand = [
        FileAtHand(name, io.BytesIO(content), BidFileKind.PRICE if "price" in name else BidFileKind.QUALITY)
        for name, content in given.items()
    ]
    return register_early(
        lot, who, at_hand, price_net=Decimal(price), received_at=received, by=cast["officer"], at=at or received
    )


def opened(lot: Lot, cast: Cast, at: datetime = OPENED) -> BidOpening:
    for key in ("officer", "democratic"):
        done = come_to_open(lot, by=cast[key], at=at, phrase=PHRASES[key])
    assert done is not None
    return done


def refused(verb: Callable[[], object], kind: type[Refusal] = Refusal) -> str:
    with pytest.raises(kind) as refusal:
        verb()
    return refusal.value.sentence


def everything_written(app: Flask, sent: bool = True) -> bytes:
    """All rows of the database and all kept files, as whoever copies them has them."""
    rows = [
        repr(tuple(row)) for table in db.metadata.sorted_tables for row in db.session.execute(select(table))
        if table.name != "letter" or sent
    ]  # fmt: skip
    files = [path.read_bytes() for path in Path(app.config["FILES"]).rglob("*") if path.is_file()]
    return "\n".join(rows).encode() + b"".join(files)


def test_two_people_open_what_lay_under_seal_and_nothing_is_lost(app: Flask, cast: Cast, lot: Lot) -> None:
    content = small_pdf(["Tender of Smith"]) + os.urandom(3 * PIECE)
    put(lot, cast, files={"tender.pdf": content, "price.pdf": small_pdf(["Price"])})
    put(lot, cast, Particulars("Example Trust", charity_number="1000002"), 498_000)
    opening = opened(lot, cast)
    assert (opening.under_seal, opening.remarks, lot.stage) == (2, "", Stage.EVALUATING)
    assert "A. Officer" in opening.service_words and "P. Clerk" in opening.outside_words
    found = {bid.supplier.name: bid for bid in bids_of(lot)}
    smith = found["Smith & Sons <Ltd>"]
    assert (smith.price_net, smith.received_at, smith.was_assessed) == (412_500, IN_TIME, True)
    assert smith.supplier.identifier == "GB-COH-07654321" and smith.supplier.email == "bids@smith.example"
    tender = next(file for file in smith.files if file.name == "tender.pdf")
    assert b"".join(evaluation.read_file(tender, cast["officer"], at=OPENED)) == content
    assert [file.kind for file in smith.files] == [BidFileKind.QUALITY, BidFileKind.PRICE]
    assert verify().verified


def test_nothing_of_a_bid_under_seal_stands_anywhere_in_the_clear(app: Flask, cast: Cast, lot: Lot) -> None:
    before = db.session.scalar(select(func.count()).select_from(Bid))
    put(lot, cast)
    post_waiting(IN_TIME)
    written = everything_written(app)
    for secret in (b"Smith", b"smith.example", b"7654321", b"412500", b"41250000", b"tender.pdf", b"%PDF", b"violin"):
        assert secret not in written.replace(b"Tender of the", b""), secret
    letter = db.session.scalars(select(Letter).where(Letter.name == "bid_receipt")).one()
    assert (letter.to_name, letter.to_email, letter.text, letter.html) == (UNDER_SEAL,) * 4 and letter.sent_at
    assert db.session.scalar(select(func.count()).select_from(Bid)) == before
    acts, _ = page_of(Wanted(), before=None)
    assert acts and not any("under seal" in one.sentence for one in acts), "its trail is shown nowhere"
    assert db.session.scalar(select(func.count()).where(TrailEntry.said == "put a bid under seal")) == 3


def test_everybody_who_looks_is_refused_and_on_record(cast: Cast, lot: Lot) -> None:
    put(lot, cast)
    for key in ("officer", "auditor", "administrator", "law"):
        assert "closed to everybody" in refused(
            lambda key=key: look_under_seal(lot, cast[key], at=IN_TIME), StillSealed  # type: ignore[misc]
        )  # fmt: skip
    tried = select(TrailEntry).where(TrailEntry.kind == "refused", TrailEntry.file == lot.procurement.reference)
    assert [entry.by_words.split(",")[0] for entry in db.session.scalars(tried)] == [
        "A. Officer", "I. Auditor", "T. Administrator", "L. Law",
    ]  # fmt: skip


def test_it_takes_both_within_half_an_hour_and_each_with_their_phrase(cast: Cast, lot: Lot) -> None:
    put(lot, cast)
    officer, clerk = cast["officer"], cast["democratic"]
    assert "named" in refused(lambda: come_to_open(lot, by=cast["finance"], at=OPENED), NotAnOpener)
    wrong = refused(lambda: come_to_open(lot, by=officer, at=OPENED, phrase="not the phrase"), WrongOpeningPhrase)
    assert wrong == "That isn’t the opening phrase you chose."
    assert come_to_open(lot, by=officer, at=OPENED, phrase=PHRASES["officer"]) is None
    assert come_to_open(lot, by=officer, at=OPENED, phrase=PHRASES["officer"]) is None, "one person is not two"
    late = OPENED + TOGETHER + timedelta(seconds=1)
    assert come_to_open(lot, by=clerk, at=late, phrase=PHRASES["democratic"]) is None, "the first has gone"
    assert come_to_open(lot, by=officer, at=late, phrase=PHRASES["officer"]) is not None
    assert len(bids_of(lot)) == 1
    tried = select(func.count()).where(TrailEntry.kind == "refused", TrailEntry.file == lot.procurement.reference)
    assert db.session.scalar(tried) == 2


def test_a_bid_of_the_last_second_is_in_time_and_one_of_the_next_is_held_apart_until_it_is_decided(
    cast: Cast, lot: Lot
) -> None:
    put(lot, cast, received=CLOSES)
    put(lot, cast, Particulars("Example Trust", charity_number="1000002"), received=CLOSES + timedelta(seconds=1))
    opened(lot, cast)
    assert [bid.supplier.name for bid in assessed_of(bids_of(lot))] == ["Smith & Sons <Ltd>"]
    late = next(bid for bid in bids_of(lot) if not bid.was_assessed)
    law = {"by": cast["law"], "at": OPENED}
    assert "Only the Monitoring Officer" in refused(
        lambda: evaluation.decide_late(late, is_admitted=True, reason="x", by=cast["officer"], at=OPENED)
    )
    assert "Say why" in refused(lambda: evaluation.decide_late(late, is_admitted=True, reason=" ", **law))  # type: ignore[arg-type]
    evaluation.decide_late(late, is_admitted=True, reason="The portal was down from 1pm.", **law)  # type: ignore[arg-type]
    assert len(assessed_of(bids_of(lot))) == 2
    assert "has been decided" in refused(lambda: evaluation.decide_late(late, is_admitted=False, reason="x", **law))  # type: ignore[arg-type]
    assert db.session.scalars(select(LateDecision.reason)).all() == ["The portal was down from 1pm."]


def test_a_bidder_s_last_bid_in_time_counts_and_the_others_stay_with_it(cast: Cast, lot: Lot) -> None:
    put(lot, cast, price=450_000)
    put(lot, cast, price=412_500, received=IN_TIME + timedelta(hours=1))
    put(lot, cast, price=300_000, received=CLOSES + timedelta(minutes=1))
    opening = opened(lot, cast)
    bid = bids_of(lot)[0]
    assert (len(bids_of(lot)), bid.price_net, bid.was_assessed, opening.under_seal) == (1, 412_500, True, 3)
    why = [file.withdrawn_because for file in bid.files]
    assert sum(1 for one in why if not one) == 2
    assert sum("Replaced by the bid" in one for one in why) == 2 and sum("late" in one for one in why) == 2


def test_what_one_bid_says_never_keeps_the_others_shut(app: Flask, cast: Cast, lot: Lot) -> None:
    """Two of one name with different numbers; two names with one number, so one bidder; one damaged under seal."""
    for number in ("1", "2"):
        put(lot, cast, Particulars("Example Trust", charity_number=f"100000{number}"))
    put(lot, cast, Particulars("Example Network", company_number="55"))
    put(lot, cast, Particulars("Another Network", company_number="66", charity_number="1000001"))
    damaged = put(lot, cast, SMITH)
    key = next(file.file_key for file in db.session.scalars(select(SealedFile)) if file.sealed_bid_id == damaged.id)
    Path(place(key)[1]).write_bytes(b"something else")
    opened(lot, cast)
    names = [bid.supplier.name for bid in bids_of(lot)]
    assert sorted(names) == ["Another Network", "Example Network", "Example Trust", "Smith & Sons <Ltd>"]
    touched = next(file for bid in bids_of(lot) for file in bid.files if file.file_key == key)
    with pytest.raises(Refusal, match="isn’t what was put there"):
        list(evaluation.read_file(touched, cast["officer"], at=OPENED))


def test_the_record_of_the_opening_can_t_be_changed_by_anybody(cast: Cast, lot: Lot) -> None:
    put(lot, cast)
    opened(lot, cast)
    for statement in (
        "UPDATE bid_opening SET remarks = 'none'", "DELETE FROM bid_opening", "DELETE FROM sealed_bid",
        "UPDATE sealed_bid SET entry = 'x'",
    ):  # fmt: skip
        db.session.rollback()
        with pytest.raises(DatabaseError, match="never changed"), db.engine.begin() as connection:
            connection.execute(text(statement))


def test_openers_are_two_sides_and_none_of_the_service_counts_as_outside(cast: Cast, lot: Lot) -> None:
    at = days.at(days.TENDER_OPENS, 12)
    by = {"by": cast["officer"], "at": at}
    assert "belongs to the service" in refused(
        lambda: name_opener(lot, cast["director"], OpenerSide.OUTSIDE, **by), CannotOpen  # type: ignore[arg-type]
    )  # fmt: skip
    for key in ("auditor", "administrator"):
        assert "may open this file" in refused(
            lambda key=key: name_opener(lot, cast[key], OpenerSide.OUTSIDE, **by)  # type: ignore[misc, arg-type]
        )  # fmt: skip
    clerk = next(one for one in openers_of(lot) if one.side is OpenerSide.OUTSIDE)
    assert "the only key" in refused(lambda: take_off(clerk, **by))  # type: ignore[arg-type]
    stand_in = name_opener(lot, cast["finance"], OpenerSide.OUTSIDE, **by)  # type: ignore[arg-type]
    put(lot, cast)
    assert come_to_open(lot, by=cast["officer"], at=OPENED, phrase=PHRASES["officer"]) is None
    assert "no key" in refused(lambda: come_to_open(lot, by=cast["finance"], at=OPENED), KeyMissing)
    choose_phrase(stand_in, "a stand-in came too late", by=cast["finance"], at=at)
    late = "a stand-in came too late"
    assert "no key" in refused(lambda: come_to_open(lot, by=cast["finance"], at=OPENED, phrase=late), KeyMissing)
    assert come_to_open(lot, by=cast["democratic"], at=OPENED, phrase=PHRASES["democratic"]) is not None
    letters = select(Letter.to_name).where(Letter.name == "opener_named").order_by(Letter.id)
    assert db.session.scalars(letters).all() == ["A. Officer", "P. Clerk", "F. Finance"]


def test_what_can_t_be_sealed_says_why_and_leaves_nothing(app: Flask, cast: Cast) -> None:
    lot = open_to_bids(cast).only_lot
    assert "made their key" in refused(lambda: put(lot, cast), CannotBeSealed)
    for key, phrase in PHRASES.items():
        opener = next(one for one in openers_of(lot) if one.person_id == cast[key].id)
        choose_phrase(opener, phrase, by=cast[key], at=days.at(days.TENDER_OPENS, 11))
    assert "later than now" in refused(lambda: put(lot, cast, at=IN_TIME - timedelta(minutes=1)))
    assert "is empty" in refused(lambda: put(lot, cast, files={"tender.pdf": b""}))
    twice = small_pdf(["once"])
    assert "there twice" in refused(lambda: put(lot, cast, files={"a.pdf": twice, "b.pdf": twice}))
    assert "can’t be taken in" in refused(lambda: put(lot, cast, files={"a.exe": b"MZ\x00\x01" * 9}))
    assert db.session.scalars(select(SealedBid)).first() is None
    put(lot, cast)
    assert sweep_files(datetime.now(IN_TIME.tzinfo) + LONG_ENOUGH * 2) == 2, "the two of what was there twice"
    opened(lot, cast)
    assert all(list(evaluation.read_file(one, cast["officer"], at=OPENED)) for one in bids_of(lot)[0].files)


def test_a_receipt_goes_out_for_bids_entered_after_the_opening_too(cast: Cast, lot: Lot) -> None:
    put(lot, cast)
    opened(lot, cast)
    bid = bids_of(lot)[0]
    evaluation.send_receipt(bid, by=cast["officer"], at=OPENED)
    letters = db.session.scalars(select(Letter).where(Letter.name == "bid_receipt").order_by(Letter.id)).all()
    assert [letter.sealed_for for letter in letters] == [None, None]
    assert all(file.sha256 in letters[1].text for file in bid.files) and "under seal" not in letters[1].text
    assert "sent already" in refused(lambda: evaluation.send_receipt(bid, by=cast["officer"], at=OPENED))


def test_a_receipt_under_seal_that_fails_is_in_no_count_before_the_bids_are_open(cast: Cast, lot: Lot) -> None:
    before = letters_waiting()
    put(lot, cast)
    assert (letters_waiting(), letters_failed()) == (before, 0)
    with own_transaction():
        receipt = db.session.scalars(select(Letter).where(Letter.name == "bid_receipt")).one()
        receipt.given_up_at = IN_TIME
    assert letters_failed() == 0
    opened(lot, cast)
    assert letters_failed() == 1


# ── many bids: entered by the clock ──


class KilledHalfway:
    """One run of a job in a clock that dies after some steps."""

    def __init__(self, job: Job, steps: int) -> None:
        self.about, self.facts, self.at, self.steps = job.about, json.loads(job.facts), OPENED, steps

    def progress(self, done: int, of: int | None = None) -> None:
        if done >= self.steps:
            raise SystemExit

    def result(self) -> io.BytesIO:
        return io.BytesIO()


def test_many_bids_are_open_at_once_and_entered_by_the_clock_even_after_one_that_died(cast: Cast, lot: Lot) -> None:
    for number in range(FEW + 2):
        put(lot, cast, Particulars(f"=Bidder {number}", charity_number=f"20000{number}"), 100_000 + number)
    put(lot, cast, Particulars("=Bidder 0", charity_number="200000"), 99_000, received=IN_TIME + timedelta(minutes=5))
    opening = opened(lot, cast)
    assert opening.under_seal == FEW + 3 and not bids_of(lot)
    assert "have been opened" in refused(lambda: opened(lot, cast))
    job = db.session.scalars(select(Job)).one()
    assert ask_to_enter(lot, by=cast["democratic"], at=OPENED) is not None
    assert db.session.scalars(select(Job.id)).all() == [job.id], "asked twice, it is one piece of work"
    assert "are still being entered: 8 bids to go" in " ".join(
        one.refusal for one in result_is_recorded(FileFacts([facts_of(lot, days.BIDS_ENTERED)]), days.BIDS_ENTERED)
    )
    with pytest.raises(SystemExit):
        enter_bids(KilledHalfway(job, 3))
    assert len(bids_of(lot)) == 3 and len(opened_bids_of(lot)) in (4, 5)
    assert work_waiting(OPENED) == 1
    assert db.session.get_one(Job, job.id).state is JobState.DONE
    bids = bids_of(lot)
    assert len(bids) == FEW + 2 and sorted(bid.price_net for bid in bids)[0] == 99_000 and not opened_bids_of(lot)
    assert {bid.supplier.name for bid in bids} == {f"=Bidder {number}" for number in range(FEW + 2)}
    assert sum(len(bid.files) for bid in bids) == 2 * (FEW + 3)
    assert verify().verified
    key = db.session.get_one(Job, job.id).result_key
    assert key is not None
    with content_of(key) as kept:
        listed = kept.read().decode("utf-8-sig")
    assert listed.count("'=Bidder") == 2 * (FEW + 3) and "99,000" not in listed
