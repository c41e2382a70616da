"""The end of a competition without an award by choice: proposed, decided, and why each bid was not suitable."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from procure.award.route_rules import EndingState, Ground, Outcome, WayOn
from procure.evaluation.models import Bid
from procure.people.models import Person, Post
from procure.rows import Base, Example, Recorded, one_of
from procure.suppliers.models import Supplier

if TYPE_CHECKING:
    from procure.procurement.models import Lot, Procurement


class Ending(Example, Recorded, Base):
    """That a lot’s competition ends without a choice among its bids, proposed by one person and decided by another.

    `why_not_again` says why an award by another competition is not possible (s.43(1)(c)), `supplier_checks` what was
    looked at of the supplier of a direct award (s.43(6)). `decided_words` names who decided and their post then.
    `next` is the purchase that was opened again afterwards.
    """

    __tablename__ = "competition_ending"
    __table_args__ = (
        CheckConstraint("reason <> ''", name="reason"),
        CheckConstraint("way <> 'direct' OR (supplier_id IS NOT NULL AND why_not_again <> '')", name="direct"),
        CheckConstraint("decided_at IS NOT NULL OR state NOT IN ('decided', 'refused')", name="decided"),
    )

    lot_id: Mapped[int] = mapped_column(ForeignKey("lot.id"), index=True)
    outcome: Mapped[Outcome] = mapped_column(one_of(Outcome))
    way: Mapped[WayOn] = mapped_column(one_of(WayOn))
    state: Mapped[EndingState] = mapped_column(one_of(EndingState), default=EndingState.PROPOSED)
    reason: Mapped[str]
    why_not_again: Mapped[str] = mapped_column(default="")
    supplier_id: Mapped[int | None] = mapped_column(ForeignKey("supplier.id"))
    price_net: Mapped[Decimal | None]
    supplier_checks: Mapped[str] = mapped_column(default="")
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id"))
    source: Mapped[str] = mapped_column(default="")
    proposed_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    proposed_at: Mapped[datetime]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None]
    decided_on: Mapped[date | None]
    decided_words: Mapped[str] = mapped_column(default="")
    decider_note: Mapped[str] = mapped_column(default="")
    next_id: Mapped[int | None] = mapped_column(ForeignKey("procurement.id"))

    lot: Mapped[Lot] = relationship(back_populates="endings")
    supplier: Mapped[Supplier | None] = relationship()
    post: Mapped[Post] = relationship()
    proposed_by: Mapped[Person] = relationship(foreign_keys=[proposed_by_id])
    decided_by: Mapped[Person | None] = relationship(foreign_keys=[decided_by_id])
    next: Mapped[Procurement | None] = relationship()
    unsuitable: Mapped[list[UnsuitableBid]] = relationship(back_populates="ending", order_by="UnsuitableBid.bid_id")

    def trail_file(self) -> str:
        return self.lot.procurement.reference

    def trail_name(self) -> str:
        return f"The end of the competition for {self.lot.label}" if self.lot.label else "The end of the competition"


class UnsuitableBid(Recorded, Base):
    """Why one bid is not suitable, as its bidder is told. Procurement Act 2023 s.43(2)."""

    __tablename__ = "unsuitable_bid"
    __table_args__ = (UniqueConstraint("ending_id", "bid_id"), CheckConstraint("reason <> ''", name="reason"))

    ending_id: Mapped[int] = mapped_column(ForeignKey("competition_ending.id"))
    bid_id: Mapped[int] = mapped_column(ForeignKey("bid.id"))
    ground: Mapped[Ground] = mapped_column(one_of(Ground))
    reason: Mapped[str]

    ending: Mapped[Ending] = relationship(back_populates="unsuitable")
    bid: Mapped[Bid] = relationship()

    def trail_file(self) -> str:
        return self.ending.lot.procurement.reference

    def trail_name(self) -> str:
        return f"Why {self.bid.supplier.name}’s bid is not suitable"


class SingleBid(Recorded, Base):
    """Why a competition that brought one bid can end in its award: value for money, and why no other came."""

    __tablename__ = "single_bid"
    __table_args__ = (CheckConstraint("value_reasons <> '' AND why_one <> ''", name="reasons"),)

    lot_id: Mapped[int] = mapped_column(ForeignKey("lot.id"), unique=True)
    why_one: Mapped[str]
    value_reasons: Mapped[str]
    concerns: Mapped[str] = mapped_column(default="")
    said_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    said_at: Mapped[datetime]

    lot: Mapped[Lot] = relationship(back_populates="single_bid")
    said_by: Mapped[Person] = relationship()

    def trail_file(self) -> str:
        return self.lot.procurement.reference

    def trail_name(self) -> str:
        return "Why one bid is enough"
