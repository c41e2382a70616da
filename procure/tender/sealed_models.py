"""Who opens bids, what lies under seal until then, and the opening itself."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from procure.people.models import Person
from procure.rows import Base, Example, Recorded, one_of
from procure.tender.sealed_rules import UNDER_SEAL, OpenerSide

if TYPE_CHECKING:
    from procure.procurement.models import Lot


class BidOpener(Example, Recorded, Base):
    """Somebody named to open a lot's bids, from one side.

    `public_key` and `locked_key` are there once they have chosen their phrase. `came_at` is when they last came to
    open; `handed_over` is then their private key, sealed to each opener of the other side: nobody else can read it.
    """

    __tablename__ = "bid_opener"
    __table_args__ = (UniqueConstraint("lot_id", "person_id"),)

    lot_id: Mapped[int] = mapped_column(ForeignKey("lot.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    side: Mapped[OpenerSide] = mapped_column(one_of(OpenerSide))
    named_at: Mapped[datetime]
    public_key: Mapped[str | None] = mapped_column(info={"secret": True})
    locked_key: Mapped[str | None] = mapped_column(info={"secret": True})
    came_at: Mapped[datetime | None]
    handed_over: Mapped[str | None] = mapped_column(info={"secret": True})
    left_at: Mapped[datetime | None]

    lot: Mapped[Lot] = relationship(back_populates="openers")
    person: Mapped[Person] = relationship()

    @property
    def has_key(self) -> bool:
        """Whether bids can be sealed to them."""
        return self.public_key is not None

    def trail_file(self) -> str:
        return self.lot.procurement.reference

    def trail_name(self) -> str:
        return f"Opener of the bids: {self.person.name}"


class SealedBid(Example, Recorded, Base):
    """A bid that was registered before the opening. Who it is from and what it says is in `entry`, encrypted.

    `halves` are the two halves of its key, each sealed to the openers of one side, by their number. `opened_entry` is
    what it says, from its opening until it is entered as a bid. All bids under seal share one chain of the trail, which
    no page shows.
    """

    __tablename__ = "sealed_bid"

    lot_id: Mapped[int] = mapped_column(ForeignKey("lot.id"), index=True)
    receipt: Mapped[str] = mapped_column(unique=True)
    registered_at: Mapped[datetime]
    registered_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    entry: Mapped[str]
    halves: Mapped[str]
    opened_at: Mapped[datetime | None]
    bid_id: Mapped[int | None] = mapped_column(ForeignKey("bid.id"))
    opened_entry: Mapped[str | None] = mapped_column(info={"secret": True})

    lot: Mapped[Lot] = relationship()
    registered_by: Mapped[Person] = relationship()
    files: Mapped[list[SealedFile]] = relationship(back_populates="sealed_bid", order_by="SealedFile.id")

    def trail_file(self) -> str:
        return UNDER_SEAL

    def trail_name(self) -> str:
        return "A bid under seal"


class SealedFile(Recorded, Base):
    """One encrypted file of a bid under seal: where its bytes lie, how many, and their digest as they lie there."""

    __tablename__ = "sealed_file"

    sealed_bid_id: Mapped[int] = mapped_column(ForeignKey("sealed_bid.id"), index=True)
    file_key: Mapped[str]
    size: Mapped[int]
    sha256: Mapped[str]

    sealed_bid: Mapped[SealedBid] = relationship(back_populates="files")

    def trail_file(self) -> str:
        return UNDER_SEAL

    def trail_name(self) -> str:
        return "A file under seal"


class BidOpening(Example, Recorded, Base):
    """The opening of a lot's bids by two people. Once written it can't be changed or removed; the database sees to it.

    `remarks` says what was found amiss, such as a bid that was damaged under seal.
    """

    __tablename__ = "bid_opening"
    __table_args__ = (CheckConstraint("service_id <> outside_id", name="two_people"),)

    lot_id: Mapped[int] = mapped_column(ForeignKey("lot.id"), unique=True)
    closes_at: Mapped[datetime]
    opened_at: Mapped[datetime]
    service_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    service_words: Mapped[str]
    outside_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    outside_words: Mapped[str]
    under_seal: Mapped[int] = mapped_column(default=0)
    remarks: Mapped[str] = mapped_column(default="")

    lot: Mapped[Lot] = relationship(back_populates="opening")
    service: Mapped[Person] = relationship(foreign_keys=[service_id])
    outside: Mapped[Person] = relationship(foreign_keys=[outside_id])

    def trail_file(self) -> str:
        return self.lot.procurement.reference

    def trail_name(self) -> str:
        return "The opening of the bids"
