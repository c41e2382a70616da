"""The award of a lot, and the letters that tell every assessed bidder."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from procure.authority.models import Decision
from procure.documents.models import Paper
from procure.evaluation.models import Bid
from procure.people.models import Person
from procure.rows import Base, Example, Recorded

if TYPE_CHECKING:
    from procure.contract.models import Contract
    from procure.procurement.models import Lot


class Award(Example, Recorded, Base):
    """The winning bid of a lot and the decision that awarded it. A stated standstill binds.

    `result` is the ranking it was recommended on, `over_reason` why it may cost more than was approved.

    `letter_asks` are one a line, ending in "by 30 November 2027" where there is a day for it.
    """

    __tablename__ = "award"
    __table_args__ = (CheckConstraint("value_gross = value_net + value_vat", name="value_adds_up"),)

    lot_id: Mapped[int] = mapped_column(ForeignKey("lot.id"), unique=True)
    bid_id: Mapped[int] = mapped_column(ForeignKey("bid.id"))
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"))
    value_net: Mapped[Decimal]
    value_vat: Mapped[Decimal]
    value_gross: Mapped[Decimal]
    result: Mapped[str] = mapped_column(default="")
    over_reason: Mapped[str] = mapped_column(default="")
    standstill_days: Mapped[int | None]
    no_standstill_reason: Mapped[str] = mapped_column(default="")
    notice_planned_on: Mapped[date | None]
    letter_asks: Mapped[str] = mapped_column(default="")
    withheld_text: Mapped[str] = mapped_column(default="")

    lot: Mapped[Lot] = relationship(back_populates="award")
    bid: Mapped[Bid] = relationship()
    decision: Mapped[Decision] = relationship()
    letters: Mapped[list[BidderLetter]] = relationship(back_populates="award", order_by="BidderLetter.id")
    challenges: Mapped[list[Challenge]] = relationship(back_populates="award", order_by="Challenge.id")
    contract: Mapped[Contract | None] = relationship(back_populates="award")

    def trail_file(self) -> str:
        return self.lot.procurement.reference

    def trail_name(self) -> str:
        return f"The award of {self.lot.label}" if self.lot.label else "The award"


class BidderLetter(Recorded, Base):
    """The letter to one assessed bidder: its papers, and when they were sent."""

    __tablename__ = "bidder_letter"
    __table_args__ = (UniqueConstraint("award_id", "bid_id"),)

    award_id: Mapped[int] = mapped_column(ForeignKey("award.id"))
    bid_id: Mapped[int] = mapped_column(ForeignKey("bid.id"))
    letter_paper_id: Mapped[int | None] = mapped_column(ForeignKey("paper.id"))
    summary_paper_id: Mapped[int | None] = mapped_column(ForeignKey("paper.id"))
    further_reason: Mapped[str] = mapped_column(default="")
    sent_at: Mapped[datetime | None]
    sent_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    award: Mapped[Award] = relationship(back_populates="letters")
    bid: Mapped[Bid] = relationship()
    letter_paper: Mapped[Paper | None] = relationship(foreign_keys=[letter_paper_id])
    summary_paper: Mapped[Paper | None] = relationship(foreign_keys=[summary_paper_id])
    sent_by: Mapped[Person | None] = relationship()

    def trail_file(self) -> str:
        return self.award.lot.procurement.reference

    def trail_name(self) -> str:
        of_lot = f", lot {self.award.lot.number}" if self.award.lot.label else ""
        return f"Letter to {self.bid.supplier.name}{of_lot}"


class Challenge(Recorded, Base):
    """A claim of which the council was told: it holds the contract until the hold is lifted (s.101)."""

    __tablename__ = "challenge"
    __table_args__ = (CheckConstraint("lifted_on IS NULL OR lifted_by <> ''", name="lifted_by_something"),)

    award_id: Mapped[int] = mapped_column(ForeignKey("award.id"), index=True)
    notified_at: Mapped[datetime]
    claimant: Mapped[str]
    about: Mapped[str] = mapped_column(default="")
    lifted_on: Mapped[date | None]
    lifted_by: Mapped[str] = mapped_column(default="")

    award: Mapped[Award] = relationship(back_populates="challenges")

    def trail_file(self) -> str:
        return self.award.lot.procurement.reference

    def trail_name(self) -> str:
        return f"Challenge by {self.claimant}"
