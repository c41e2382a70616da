"""A score that is opened again after prices are known: asked for, decided by somebody apart, and what came of it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from procure.people.models import Person
from procure.rows import Base, Example, Recorded
from procure.tender.models import AwardCriterion

if TYPE_CHECKING:
    from procure.evaluation.models import Bid, Evaluation


class ScoreReopening(Example, Recorded, Base):
    """One agreed score that somebody asks to have opened again. What stood before is kept for good.

    `approver` was named when it was asked for, and is neither on the panel nor who asks. `used_at` is when the
    moderator recorded the score anew; until then an approval stands open.
    """

    __tablename__ = "score_reopening"
    __table_args__ = (
        CheckConstraint("because <> ''", name="has_reason"),
        CheckConstraint("approver_id <> asked_by_id", name="two_people"),
        CheckConstraint("is_approved IS NULL OR decision_reason <> ''", name="decided_with_reason"),
        CheckConstraint("used_at IS NULL OR is_approved", name="used_once_approved"),
    )

    evaluation_id: Mapped[int] = mapped_column(ForeignKey("evaluation.id"), index=True)
    bid_id: Mapped[int] = mapped_column(ForeignKey("bid.id"))
    criterion_id: Mapped[int] = mapped_column(ForeignKey("award_criterion.id"))
    because: Mapped[str]
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    asked_at: Mapped[datetime]
    approver_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    approver_words: Mapped[str]
    score_before: Mapped[int]
    reason_before: Mapped[str]
    is_approved: Mapped[bool | None]
    decision_reason: Mapped[str] = mapped_column(default="")
    decided_at: Mapped[datetime | None]
    score_after: Mapped[int | None]
    reason_after: Mapped[str] = mapped_column(default="")
    used_at: Mapped[datetime | None]

    evaluation: Mapped[Evaluation] = relationship(back_populates="reopenings")
    bid: Mapped[Bid] = relationship()
    criterion: Mapped[AwardCriterion] = relationship()
    asked_by: Mapped[Person] = relationship(foreign_keys=[asked_by_id])
    approver: Mapped[Person] = relationship(foreign_keys=[approver_id])

    @property
    def is_open(self) -> bool:
        """Whether the moderator may record this score anew."""
        return bool(self.is_approved) and self.used_at is None

    @property
    def is_waiting(self) -> bool:
        """Whether it still waits for its approver."""
        return self.is_approved is None

    def trail_file(self) -> str:
        return self.bid.lot.procurement.reference

    def trail_name(self) -> str:
        return f"Score of {self.bid.supplier.name} on {self.criterion.title}, opened again"
