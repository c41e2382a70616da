"""Which papers of a decision the public may read, and why not the others."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from procure.authority.rules import PaperStanding
from procure.documents.models import Paper
from procure.people.models import Person
from procure.rows import Base, Recorded, one_of

if TYPE_CHECKING:
    from procure.authority.models import Decision, Meeting


class PaperAccess(Recorded, Base):
    """Whether the public may read a paper of a decision. A paper nobody has decided about is not published.

    `paragraph` numbers a paragraph of Part 1 of Schedule 12A to the Local Government Act 1972; `public_interest` says
    why keeping it back serves the public better than opening it.
    """

    __tablename__ = "paper_access"
    __table_args__ = (
        UniqueConstraint("decision_id", "paper_id"),
        UniqueConstraint("meeting_id", "paper_id"),
        CheckConstraint("(decision_id IS NULL) <> (meeting_id IS NULL)", name="of_one"),
        CheckConstraint("standing <> 'exempt' OR (paragraph <> '' AND public_interest <> '')", name="exempt_says_why"),
    )

    decision_id: Mapped[int | None] = mapped_column(ForeignKey("decision.id"), index=True)
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meeting.id"), index=True)
    paper_id: Mapped[int] = mapped_column(ForeignKey("paper.id"))
    standing: Mapped[PaperStanding] = mapped_column(one_of(PaperStanding))
    paragraph: Mapped[str] = mapped_column(default="")
    public_interest: Mapped[str] = mapped_column(default="")
    review_on: Mapped[date | None]
    decided_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime]

    decision: Mapped[Decision | None] = relationship(back_populates="papers")
    meeting: Mapped[Meeting | None] = relationship(back_populates="papers")
    paper: Mapped[Paper] = relationship()
    decided_by: Mapped[Person] = relationship()

    def trail_file(self) -> str:
        of = self.decision or self.meeting
        assert of is not None
        return of.trail_file()

    def trail_name(self) -> str:
        return f"Whether the public may read {self.paper.title}"
