"""Money set aside: grants with a period, ring-fences with purposes, and what is committed against them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from procure.budget.rules import RingFenceFacts, amount_in_words, total
from procure.rows import Base, Example, Recorded

if TYPE_CHECKING:
    from procure.authority.models import Resolution


class Grant(Example, Recorded, Base):
    """Funding from somebody else, for a purpose and a period. `conditions` are the funder's, one a line."""

    __tablename__ = "funding_grant"

    funder: Mapped[str]
    purpose: Mapped[str]
    amount: Mapped[Decimal]
    from_on: Mapped[date]
    until_on: Mapped[date]
    source: Mapped[str] = mapped_column(default="")
    conditions: Mapped[str] = mapped_column(default="")

    def trail_file(self) -> str:
        return "budget"

    def trail_name(self) -> str:
        return f"Grant from {self.funder}"


class RingFence(Example, Recorded, Base):
    """A budget that may be spent on named purposes only. The amount may be unknown: *the remaining budget*."""

    __tablename__ = "ring_fence"
    __table_args__ = (CheckConstraint("until_on >= from_on", name="in_order"),)

    name: Mapped[str]
    basis: Mapped[str] = mapped_column(default="")
    amount: Mapped[Decimal | None]
    amount_on: Mapped[date | None]
    amount_source: Mapped[str] = mapped_column(default="")
    from_on: Mapped[date]
    until_on: Mapped[date]
    resolution_id: Mapped[int | None] = mapped_column(ForeignKey("resolution.id"))

    resolution: Mapped[Resolution | None] = relationship(back_populates="ring_fences")
    purposes: Mapped[list[Purpose]] = relationship(back_populates="ring_fence", order_by="Purpose.id")
    commitments: Mapped[list[Commitment]] = relationship(
        back_populates="ring_fence", order_by="Commitment.committed_on"
    )

    @property
    def facts(self) -> RingFenceFacts:
        """The frozen facts its rules read."""
        return RingFenceFacts(
            self.name, self.amount, self.from_on, self.until_on,
            tuple(purpose.words for purpose in self.purposes), total([one.amount for one in self.commitments]),
        )  # fmt: skip

    @property
    def amount_said(self) -> str:
        """The amount in words, or that it isn't stated."""
        return amount_in_words(self.amount, self.basis, self.amount_on, self.amount_source)

    def trail_file(self) -> str:
        return "budget"

    def trail_name(self) -> str:
        return self.name


class Purpose(Recorded, Base):
    """A purpose for which a ring-fenced budget may be spent."""

    __tablename__ = "purpose"

    ring_fence_id: Mapped[int] = mapped_column(ForeignKey("ring_fence.id"), index=True)
    words: Mapped[str]

    ring_fence: Mapped[RingFence] = relationship(back_populates="purposes")

    def trail_file(self) -> str:
        return "budget"

    def trail_name(self) -> str:
        return self.words


class Commitment(Example, Recorded, Base):
    """A sum committed against a ring-fence, for one of its purposes."""

    __tablename__ = "commitment"
    __table_args__ = (CheckConstraint("amount > 0", name="more_than_nothing"),)

    ring_fence_id: Mapped[int] = mapped_column(ForeignKey("ring_fence.id"), index=True)
    purpose_id: Mapped[int] = mapped_column(ForeignKey("purpose.id"))
    amount: Mapped[Decimal]
    committed_on: Mapped[date]
    what: Mapped[str]

    ring_fence: Mapped[RingFence] = relationship(back_populates="commitments")
    purpose: Mapped[Purpose] = relationship()

    def trail_file(self) -> str:
        return "budget"

    def trail_name(self) -> str:
        return self.what
