"""Whether a bidder must or may be excluded: who was looked up, each ground that was considered, what was decided."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from procure.evaluation.rules.exclusion import About, Ground, Outcome
from procure.people.models import Person, Post
from procure.rows import Base, Example, Recorded, one_of

if TYPE_CHECKING:
    from procure.evaluation.models import Bid


class ExclusionCheck(Example, Recorded, Base):
    """The look at the debarment list for one bidder and whoever stands behind its bid.

    `connected`, `associated` and `subcontractors` are one name a line; none is a fact. Procurement Act 2023 s.26, s.28.
    """

    __tablename__ = "exclusion_check"
    __table_args__ = (CheckConstraint("list_edition <> ''", name="has_edition"),)

    bid_id: Mapped[int] = mapped_column(ForeignKey("bid.id"), unique=True)
    list_checked_on: Mapped[date]
    list_edition: Mapped[str]
    is_listed: Mapped[bool]
    connected: Mapped[str] = mapped_column(default="")
    associated: Mapped[str] = mapped_column(default="")
    subcontractors: Mapped[str] = mapped_column(default="")
    checked_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    checked_at: Mapped[datetime]

    bid: Mapped[Bid] = relationship(back_populates="exclusion")
    checked_by: Mapped[Person] = relationship()

    def trail_file(self) -> str:
        return self.bid.lot.procurement.reference

    def trail_name(self) -> str:
        return f"Exclusion check of {self.bid.supplier.name}"


class ExclusionGround(Example, Recorded, Base):
    """One ground that was considered against a bidder, the chance to answer that it had, and the decision.

    `self_cleaning` is what has been done so that it isn't likely to occur again. Procurement Act 2023 s.57 to s.59.
    """

    __tablename__ = "exclusion_ground"
    __table_args__ = (
        CheckConstraint("evidence <> ''", name="has_evidence"),
        CheckConstraint("outcome IS NULL OR (reason <> '' AND decided_on IS NOT NULL)", name="decided_with_reason"),
        CheckConstraint("answered_on IS NULL OR answered_on >= asked_on", name="asked_then_answered"),
    )

    bid_id: Mapped[int] = mapped_column(ForeignKey("bid.id"), index=True)
    about: Mapped[About] = mapped_column(one_of(About))
    about_name: Mapped[str] = mapped_column(default="")
    ground: Mapped[Ground] = mapped_column(one_of(Ground))
    evidence: Mapped[str]
    asked_on: Mapped[date | None]
    answered_on: Mapped[date | None]
    self_cleaning: Mapped[str] = mapped_column(default="")
    outcome: Mapped[Outcome | None] = mapped_column(one_of(Outcome))
    reason: Mapped[str] = mapped_column(default="")
    decided_on: Mapped[date | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("post.id"))
    bidder_told_on: Mapped[date | None]
    minister_told_on: Mapped[date | None]

    bid: Mapped[Bid] = relationship(back_populates="grounds")
    decided_by: Mapped[Post | None] = relationship()

    @property
    def excludes(self) -> bool:
        """Whether the bidder is excluded on this ground."""
        return self.outcome is Outcome.EXCLUDED

    @property
    def about_words(self) -> str:
        """The bidder, or the name of whom else it is about."""
        return self.about_name or self.bid.supplier.name

    def trail_file(self) -> str:
        return self.bid.lot.procurement.reference

    def trail_name(self) -> str:
        return f"Ground for exclusion of {self.bid.supplier.name}: {self.ground.label}"
