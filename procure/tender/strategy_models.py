"""How to buy, settled before anything is published: the reasons that no other page of the file asks for."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from procure.people.models import Post
from procure.rows import Base, Example, Recorded

if TYPE_CHECKING:
    from procure.procurement.models import Procurement


class Strategy(Example, Recorded, Base):
    """The procurement strategy of a file. `cpv` and `stages` are one entry to a line, parts between bars."""

    __tablename__ = "strategy"
    __table_args__ = (CheckConstraint("budget_annual IS NULL OR budget_annual > 0", name="budget"),)

    procurement_id: Mapped[int] = mapped_column(ForeignKey("procurement.id"), unique=True)
    approver_post_id: Mapped[int] = mapped_column(ForeignKey("post.id"))
    estimated_on: Mapped[date | None]
    budget_annual: Mapped[Decimal | None]
    budget_years: Mapped[str] = mapped_column(default="")
    budget_conditions: Mapped[str] = mapped_column(default="")
    cpv: Mapped[str] = mapped_column(default="")
    cpv_reason: Mapped[str] = mapped_column(default="")
    stages: Mapped[str] = mapped_column(default="")
    value_for_money_text: Mapped[str] = mapped_column(default="")
    policy_statement_text: Mapped[str] = mapped_column(default="")
    collaboration_text: Mapped[str] = mapped_column(default="")
    known_risks: Mapped[str] = mapped_column(default="")
    management_text: Mapped[str] = mapped_column(default="")

    procurement: Mapped[Procurement] = relationship(back_populates="strategy")
    approver_post: Mapped[Post] = relationship()

    def trail_file(self) -> str:
        return self.procurement.reference

    def trail_name(self) -> str:
        return "The procurement strategy"
