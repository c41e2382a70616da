"""Questions bidders ask while the competition is open, and the answers that go to all of them."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from procure.law.working_days import legal_day
from procure.people.models import Person
from procure.rows import Base, Example, Recorded

if TYPE_CHECKING:
    from procure.procurement.models import Lot


class Question(Example, Recorded, Base):
    """One question about the tender.

    Who asked, and the words they used, are for the officers of the file alone: the trail keeps only that they were
    recorded. `words` is the question as it is put to all, without a sign of who asked; empty until it is answered.
    """

    __tablename__ = "question"
    __table_args__ = (
        UniqueConstraint("lot_id", "number"),
        CheckConstraint("answered_at IS NULL OR (words <> '' AND answer <> '')", name="answered_whole"),
        CheckConstraint("published_on IS NULL OR answered_at IS NOT NULL", name="answered_first"),
    )

    lot_id: Mapped[int] = mapped_column(ForeignKey("lot.id"))
    number: Mapped[int]
    received_at: Mapped[datetime]
    asked_by: Mapped[str] = mapped_column(info={"secret": True})
    asked_words: Mapped[str] = mapped_column(info={"secret": True})
    is_late: Mapped[bool] = mapped_column(default=False)
    words: Mapped[str] = mapped_column(default="")
    answer: Mapped[str] = mapped_column(default="")
    changes_document: Mapped[bool | None]
    changed_text: Mapped[str] = mapped_column(default="")
    """Which document changed, and where; empty where none did."""
    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    published_on: Mapped[date | None]

    lot: Mapped[Lot] = relationship(back_populates="questions")
    answered_by: Mapped[Person | None] = relationship()

    @property
    def is_answered(self) -> bool:
        return self.answered_at is not None

    @property
    def received_on(self) -> date:
        """The day it came, in London."""
        return legal_day(self.received_at)

    def trail_file(self) -> str:
        return self.lot.procurement.reference

    def trail_name(self) -> str:
        return f"Question {self.number}"
