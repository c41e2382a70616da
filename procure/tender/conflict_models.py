"""The conflicts assessment: who was considered before the notice, what they declared, what was done about it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from procure.people.models import Post
from procure.rows import Base, Example, Recorded, one_of
from procure.tender.conflict_rules import ConflictKind, ConflictOutcome, DeclaredKind

if TYPE_CHECKING:
    from procure.procurement.models import Procurement


class ConflictsAssessment(Example, Recorded, Base):
    """The written assessment of a file, prepared before the tender notice. Procurement Act 2023 s.83."""

    __tablename__ = "conflicts_assessment"

    procurement_id: Mapped[int] = mapped_column(ForeignKey("procurement.id"), unique=True)
    prepared_on: Mapped[date]
    approver_post_id: Mapped[int] = mapped_column(ForeignKey("post.id"))
    approved_on: Mapped[date | None]
    supplier_steps: Mapped[str] = mapped_column(default="")

    procurement: Mapped[Procurement] = relationship(back_populates="conflicts")
    approver_post: Mapped[Post] = relationship()
    people: Mapped[list[ConsideredPerson]] = relationship(
        back_populates="assessment", order_by="ConsideredPerson.number"
    )
    reviews: Mapped[list[ConflictsReview]] = relationship(back_populates="assessment", order_by="ConflictsReview.on")

    def trail_file(self) -> str:
        return self.procurement.reference

    def trail_name(self) -> str:
        return "The conflicts assessment"


class ConsideredPerson(Recorded, Base):
    """Somebody who acts in the procurement or may influence it. Without an `interest` nothing was declared or found."""

    __tablename__ = "considered_person"
    __table_args__ = (
        UniqueConstraint("assessment_id", "number"),
        CheckConstraint(
            "interest = '' OR (interest_kind IS NOT NULL AND conflict_kind IS NOT NULL AND outcome IS NOT NULL "
            "AND advantage <> '' AND steps <> '')",
            name="interest_is_whole",
        ),
    )

    assessment_id: Mapped[int] = mapped_column(ForeignKey("conflicts_assessment.id"))
    number: Mapped[int]
    name: Mapped[str]
    post: Mapped[str]
    role: Mapped[str]
    declared_on: Mapped[date | None]
    interest: Mapped[str] = mapped_column(default="")
    interest_kind: Mapped[DeclaredKind | None] = mapped_column(one_of(DeclaredKind))
    since: Mapped[str] = mapped_column(default="")
    conflict_kind: Mapped[ConflictKind | None] = mapped_column(one_of(ConflictKind))
    advantage: Mapped[str] = mapped_column(default="")
    steps: Mapped[str] = mapped_column(default="")
    outcome: Mapped[ConflictOutcome | None] = mapped_column(one_of(ConflictOutcome))

    assessment: Mapped[ConflictsAssessment] = relationship(back_populates="people")

    def trail_file(self) -> str:
        return self.assessment.procurement.reference

    def trail_name(self) -> str:
        return f"Considered for conflicts: {self.name}"


class ConflictsReview(Recorded, Base):
    """One later look at the assessment, such as when bidders are known or before the award. s.83(3)."""

    __tablename__ = "conflicts_review"
    __table_args__ = (UniqueConstraint("assessment_id", "on", "at_stage"),)

    assessment_id: Mapped[int] = mapped_column(ForeignKey("conflicts_assessment.id"))
    on: Mapped[date]
    at_stage: Mapped[str]
    result: Mapped[str]

    assessment: Mapped[ConflictsAssessment] = relationship(back_populates="reviews")

    def trail_file(self) -> str:
        return self.assessment.procurement.reference

    def trail_name(self) -> str:
        return f"Review of conflicts: {self.at_stage}"
