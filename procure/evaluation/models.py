"""Bids received, consensus scores with reasons, and who evaluated."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from procure.evaluation.rules import EvaluatorRole
from procure.people.models import Person
from procure.rows import Base, Example, Recorded, one_of
from procure.suppliers.models import Supplier
from procure.tender.models import AwardCriterion

if TYPE_CHECKING:
    from procure.procurement.models import Lot


class Evaluation(Example, Recorded, Base):
    """The result of a competition on one lot, as recorded by the officer.

    `tie_settled_by` says how a tie was parted that the published rule leaves open.
    """

    __tablename__ = "evaluation"

    lot_id: Mapped[int] = mapped_column(ForeignKey("lot.id"), unique=True)
    opened_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    tie_settled_for_id: Mapped[int | None] = mapped_column(ForeignKey("bid.id"))
    tie_settled_by: Mapped[str] = mapped_column(default="")

    tie_settled_for: Mapped[Bid | None] = relationship()
    lot: Mapped[Lot] = relationship(back_populates="evaluation")
    panel: Mapped[list[PanelMember]] = relationship(back_populates="evaluation", order_by="PanelMember.id")

    def trail_file(self) -> str:
        return self.lot.procurement.reference

    def trail_name(self) -> str:
        return "The evaluation"


class PanelMember(Recorded, Base):
    """Somebody who scored or moderated. Neither may sign the award."""

    __tablename__ = "panel_member"
    __table_args__ = (UniqueConstraint("evaluation_id", "person_id"),)

    evaluation_id: Mapped[int] = mapped_column(ForeignKey("evaluation.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    role: Mapped[EvaluatorRole] = mapped_column(one_of(EvaluatorRole))

    evaluation: Mapped[Evaluation] = relationship(back_populates="panel")
    person: Mapped[Person] = relationship()

    def trail_file(self) -> str:
        return self.evaluation.lot.procurement.reference

    def trail_name(self) -> str:
        return f"{self.role.label}: {self.person.name}"


class Bid(Example, Recorded, Base):
    """One supplier's bid on a lot. `price_net` is the whole-life price that is scored.

    `low_price_finding`: what a bidder with an abnormally low price answered, and what was made of it (s.19).
    """

    __tablename__ = "bid"
    __table_args__ = (
        UniqueConstraint("lot_id", "supplier_id"),
        CheckConstraint("price_net > 0", name="price"),
        CheckConstraint("was_assessed OR set_aside_because <> ''", name="set_aside_for_a_reason"),
    )

    lot_id: Mapped[int] = mapped_column(ForeignKey("lot.id"))
    supplier_id: Mapped[int] = mapped_column(ForeignKey("supplier.id"))
    price_net: Mapped[Decimal]
    received_at: Mapped[datetime | None]
    was_assessed: Mapped[bool] = mapped_column(default=True)
    set_aside_because: Mapped[str] = mapped_column(default="")
    low_price_finding: Mapped[str] = mapped_column(default="")

    lot: Mapped[Lot] = relationship(back_populates="bids")
    supplier: Mapped[Supplier] = relationship()
    scores: Mapped[list[ConsensusScore]] = relationship(back_populates="bid", order_by="ConsensusScore.criterion_id")

    def trail_file(self) -> str:
        return self.lot.procurement.reference

    def trail_name(self) -> str:
        return f"Bid of {self.supplier.name}"


class ConsensusScore(Recorded, Base):
    """The panel's one whole-number score on a criterion, and its reason. Never an average (Bromcom 2022)."""

    __tablename__ = "consensus_score"
    __table_args__ = (
        UniqueConstraint("bid_id", "criterion_id"),
        CheckConstraint("score BETWEEN 0 AND 5", name="score"),
    )

    bid_id: Mapped[int] = mapped_column(ForeignKey("bid.id"))
    criterion_id: Mapped[int] = mapped_column(ForeignKey("award_criterion.id"))
    score: Mapped[int]
    reason: Mapped[str]

    bid: Mapped[Bid] = relationship(back_populates="scores")
    criterion: Mapped[AwardCriterion] = relationship()

    def trail_file(self) -> str:
        return self.bid.lot.procurement.reference

    def trail_name(self) -> str:
        return f"{self.bid.supplier.name} on {self.criterion.title}"
