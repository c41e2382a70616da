"""What the papers of an evaluation tell beside scores: checks of each bid, how the panel agreed, the account of it."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from procure.evaluation.models import SEALED
from procure.evaluation.rules.papers import HowAgreed
from procure.people.models import Post
from procure.rows import Base, Example, Recorded, one_of
from procure.tender.models import AwardCriterion

if TYPE_CHECKING:
    from procure.evaluation.models import Bid, Evaluation


class BidCheck(Recorded, Base):
    """What was looked at in one bid. `as_tendered` is its total where the check of the arithmetic changed that.

    `exclusion` holds what was said of exclusion before each look and each ground had a row of its own.
    """

    __tablename__ = "bid_check"
    __table_args__ = (CheckConstraint("as_tendered IS NULL OR as_tendered > 0", name="as_tendered"),)

    bid_id: Mapped[int] = mapped_column(ForeignKey("bid.id"), unique=True)
    missing: Mapped[str] = mapped_column(default="")
    anomaly: Mapped[str] = mapped_column(default="")
    conditions: Mapped[str] = mapped_column(default="")
    exclusion: Mapped[str] = mapped_column(default="")
    as_tendered: Mapped[Decimal | None] = mapped_column(info=SEALED)

    bid: Mapped[Bid] = relationship(back_populates="check")

    def trail_file(self) -> str:
        return self.bid.lot.procurement.reference

    def trail_name(self) -> str:
        return f"Checks of the bid of {self.bid.supplier.name}"


class ModerationNote(Recorded, Base):
    """How the panel came to its scores on one criterion: what was discussed, and whether all agreed."""

    __tablename__ = "moderation_note"
    __table_args__ = (UniqueConstraint("evaluation_id", "criterion_id"),)

    evaluation_id: Mapped[int] = mapped_column(ForeignKey("evaluation.id"))
    criterion_id: Mapped[int] = mapped_column(ForeignKey("award_criterion.id"))
    discussed: Mapped[str] = mapped_column(default="")
    how: Mapped[HowAgreed] = mapped_column(one_of(HowAgreed), default=HowAgreed.ALL)
    agreed_at: Mapped[datetime]
    prices_were_closed: Mapped[bool]

    evaluation: Mapped[Evaluation] = relationship(back_populates="notes")
    criterion: Mapped[AwardCriterion] = relationship()

    def trail_file(self) -> str:
        return self.evaluation.lot.procurement.reference

    def trail_name(self) -> str:
        return f"Moderation of {self.criterion.title}"


class EvaluationAccount(Example, Recorded, Base):
    """What the evaluation report says that no score says. `events` and `lessons` are one a line; none is a fact."""

    __tablename__ = "evaluation_account"

    evaluation_id: Mapped[int] = mapped_column(ForeignKey("evaluation.id"), unique=True)
    events: Mapped[str] = mapped_column(default="")
    due_diligence: Mapped[str] = mapped_column(default="")
    single_bid: Mapped[str] = mapped_column(default="")
    lessons: Mapped[str] = mapped_column(default="")
    checker_post_id: Mapped[int] = mapped_column(ForeignKey("post.id"))
    checked_on: Mapped[date]

    evaluation: Mapped[Evaluation] = relationship(back_populates="account")
    checker_post: Mapped[Post] = relationship()

    def trail_file(self) -> str:
        return self.evaluation.lot.procurement.reference

    def trail_name(self) -> str:
        return "The account of the evaluation"
