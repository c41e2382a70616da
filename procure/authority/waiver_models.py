"""Waivers of the contract procedure rules."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from procure.council.models import WaiverReason
from procure.rows import Base, Recorded

if TYPE_CHECKING:
    from procure.authority.models import Decision


class Waiver(Recorded, Base):
    """A contract procedure rule waived for one file, by a decision that two approve, one of them outside the service.

    `began_on` is set where the work had begun before anybody approved: a waiver after the event.
    """

    __tablename__ = "waiver"
    __table_args__ = (CheckConstraint("until_on >= from_on", name="in_order"),)

    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"), unique=True)
    reason_id: Mapped[int] = mapped_column(ForeignKey("waiver_reason.id"))
    rule: Mapped[str]
    case: Mapped[str]
    from_on: Mapped[date]
    until_on: Mapped[date]
    began_on: Mapped[date | None]

    decision: Mapped[Decision] = relationship(back_populates="waiver")
    reason: Mapped[WaiverReason] = relationship()

    def trail_file(self) -> str:
        return self.decision.trail_file()

    def trail_name(self) -> str:
        return f"Waiver: {self.reason.name}"
