"""Addenda: changes of the tender papers after the notice, told to every bidder alike."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from procure.rows import Base, Example, Recorded
from procure.tender.pack_models import OfLot

if TYPE_CHECKING:
    from procure.procurement.models import Lot


class Addendum(Example, OfLot, Base):
    """One change of the papers, or several at once. `old_deadline_at` is the one that a new deadline replaces."""

    __tablename__ = "addendum"
    __table_args__ = (
        UniqueConstraint("lot_id", "number"),
        CheckConstraint("(old_deadline_at IS NULL) = (new_deadline_at IS NULL)", name="deadline_is_whole"),
        CheckConstraint("new_deadline_at IS NULL OR new_deadline_at > old_deadline_at", name="deadline_moves_on"),
    )

    lot_id: Mapped[int] = mapped_column(ForeignKey("lot.id"))
    number: Mapped[int]
    reason: Mapped[str]
    may_be_made: Mapped[str]
    """Why the change may be made at this point. Procurement Act 2023 s.31."""
    deadline_reason: Mapped[str]
    old_deadline_at: Mapped[datetime | None]
    new_deadline_at: Mapped[datetime | None]
    issued_at: Mapped[datetime | None]

    lot: Mapped[Lot] = relationship(back_populates="addenda")
    changes: Mapped[list[AddendumChange]] = relationship(
        back_populates="addendum", order_by="AddendumChange.number", cascade="all, delete-orphan"
    )

    def trail_name(self) -> str:
        return f"Addendum {self.number}"


class AddendumChange(Recorded, Base):
    """One place of the papers: the words as they were, and as they are now."""

    __tablename__ = "addendum_change"
    __table_args__ = (UniqueConstraint("addendum_id", "number"),)

    addendum_id: Mapped[int] = mapped_column(ForeignKey("addendum.id"))
    number: Mapped[int]
    place: Mapped[str]
    old: Mapped[str]
    new: Mapped[str]

    addendum: Mapped[Addendum] = relationship(back_populates="changes")

    def trail_file(self) -> str:
        return self.addendum.lot.procurement.reference

    def trail_name(self) -> str:
        return f"Addendum {self.addendum.number}: {self.place}"
