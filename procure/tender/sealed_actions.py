"""Putting a bid under seal when it must be registered before the opening."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from decimal import Decimal
from typing import IO

from procure.audit.actions import act
from procure.documents.actions import admitted
from procure.documents.storage import Counted, drawn_key, pieces_in, writing
from procure.evaluation.rules import BidFileKind
from procure.extensions import db
from procure.mail.actions import queue
from procure.notices.facts import opening_notice
from procure.people.models import Person
from procure.procurement.models import Lot
from procure.procurement.rules import Stage
from procure.refusals import Refusal
from procure.suppliers.rules import Particulars
from procure.tender.sealed_facts import openers_of, takes_early_bids
from procure.tender.sealed_models import SealedBid, SealedFile
from procure.tender.sealed_rules import MOST_BID_BYTES, UNDER_SEAL, OpenerSide, new_receipt
from procure.tender.sealing import new_key, seal_to, seal_words, sealed_pieces, split


class CannotBeSealed(Refusal):
    """A bid that can't be put under seal now, or not as it is described."""


class StillSealed(Refusal):
    """Nobody sees what lies under seal before two people have opened it."""

    recorded = True


@dataclass(frozen=True)
class FileAtHand:
    """A file as it is handed in."""

    name: str
    stream: IO[bytes]
    kind: BidFileKind


@dataclass(frozen=True)
class FileSealed:
    """A file as it lies under seal: what it is, where, and the key that opens it."""

    name: str
    media_type: str
    kind: str
    size: int
    sha256: str
    key: str
    opens_with: str


@dataclass(frozen=True)
class Lies:
    """The encrypted bytes of one file, as anybody may know them."""

    key: str
    size: int
    sha256: str


def register_early(
    lot: Lot, bidder: Particulars, files: Sequence[FileAtHand], *, price_net: Decimal, received_at: datetime,
    by: Person, at: datetime,
) -> SealedBid:  # fmt: skip
    """Put a bid under seal: its bidder, price and files are encrypted to the openers, and its receipt goes out.

    Nothing of it is written anywhere in the clear; its letter is blanked once it is sent. A bidder who hands a bid in
    without an officer will come through here too: what is sealed doesn't depend on who brings it.
    """
    _may_be_sealed(lot, bidder, files, price_net, received_at, at)
    kept = [_kept(one) for one in files]
    if len({file.sha256 for file, _ in kept}) < len(kept):
        raise CannotBeSealed("One file is there twice. Choose each once.", field="quality")
    receipt = new_receipt()
    entry = {
        "bidder": asdict(bidder), "price_net": str(price_net), "received_at": received_at.isoformat(),
        "files": [asdict(file) for file, _ in kept],
    }  # fmt: skip
    key = new_key()
    with act("put a bid under seal", on=UNDER_SEAL, by=by, at=at):
        if not takes_early_bids(lot):
            raise CannotBeSealed(NO_KEYS)
        sealed = SealedBid(
            lot_id=lot.id, receipt=receipt, registered_at=at, registered_by_id=by.id, halves=_halves(lot, key, receipt),
            entry=seal_words(key, json.dumps(entry), receipt), is_example=lot.procurement.is_example,
        )  # fmt: skip
        sealed.files = [SealedFile(file_key=lies.key, size=lies.size, sha256=lies.sha256) for _, lies in kept]
        db.session.add(sealed)
        db.session.flush()
        _write_receipt(lot, bidder, [file for file, _ in kept], receipt, received_at, at)
    return sealed


NO_KEYS = (
    "A bid can be put under seal once an opener of either side has made their key. Until then leave it in the portal: "
    "what is there can be entered after the opening."
)


def _may_be_sealed(
    lot: Lot, bidder: Particulars, files: Sequence[FileAtHand], price_net: Decimal, received_at: datetime, at: datetime
) -> None:
    if lot.stage is not Stage.OPEN_TO_BIDS or lot.opening is not None:
        raise CannotBeSealed("Bids are put under seal between the notice and their opening.")
    if not takes_early_bids(lot):
        raise CannotBeSealed(NO_KEYS)
    if not bidder.name.strip():
        raise CannotBeSealed("Enter the name of the bidder.", field="name")
    if price_net <= 0:
        raise CannotBeSealed("The price must be more than nought.", field="price_net")
    if received_at > at:
        raise CannotBeSealed("The bid can’t have come in later than now.", field="received_at")
    notice = opening_notice(lot)
    if notice is None or received_at.date() < notice.published_on:
        raise CannotBeSealed("The bid can’t have come in before the notice.", field="received_at")
    if not files:
        raise CannotBeSealed("Choose the files of the bid.", field="quality")


def _kept(file: FileAtHand) -> tuple[FileSealed, Lies]:
    """Look at a file, encrypt it piece by piece on its way to where files are kept, and say what it was."""
    taken = admitted(file.name, file.stream, most=MOST_BID_BYTES)
    opens_with, plain, lying, place = new_key(), Counted(), Counted(), drawn_key("bids")
    with writing(place) as out:
        for piece in sealed_pieces(opens_with, plain.passing(pieces_in(file.stream))):
            out.write(lying.add(piece))
    sealed = FileSealed(
        taken.name, taken.kind.media_type, file.kind.value, plain.size, plain.sha256, place, opens_with.hex()
    )
    return sealed, Lies(place, lying.size, lying.sha256)


def _halves(lot: Lot, key: bytes, receipt: str) -> str:
    """The two halves of a bid's key, each sealed to every opener of one side who has a key."""
    halves = dict(zip(OpenerSide, split(key), strict=True))
    found = {
        str(one.id): seal_to(one.public_key, halves[one.side], receipt)
        for one in openers_of(lot)
        if one.public_key is not None
    }
    return json.dumps(found)


def _write_receipt(
    lot: Lot, bidder: Particulars, files: Sequence[FileSealed], receipt: str, received_at: datetime, at: datetime
) -> None:
    if not bidder.email:
        return
    officer = lot.procurement.officer
    letter = queue(
        "bid_receipt", to=None, to_name=bidder.contact_name or bidder.name, to_email=bidder.email, about="",
        once=f"bid receipt {receipt}", at=at, sealed_for=lot.reference,
        facts={
            "title": lot.full_title, "bidder": bidder.name, "receipt": receipt, "received_at": received_at,
            "files": [(one.name, one.size, one.sha256) for one in files], "is_sealed": True, "is_late": False,
            "officer": officer.name, "officer_email": officer.email,
        },
    )  # fmt: skip
    assert letter is not None


def look_under_seal(lot: Lot, person: Person, *, at: datetime) -> None:
    """Somebody asks what lies under seal: refused and recorded for everybody, until the bids are open."""
    with act("looked at what lies under seal", on=lot, by=person, at=at):
        raise StillSealed(
            "Which bids have come in, how many and from whom is under seal until two people open them. It is closed to "
            "everybody, and this attempt is on record."
        )
