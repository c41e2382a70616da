"""How prices are asked for: the lines of cost of the pricing schedule."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from procure.rows import Base, Example
from procure.tender.pack_models import OfLot

if TYPE_CHECKING:
    from procure.procurement.models import Lot


class PricingPlan(Example, OfLot, Base):
    """What bidders price. `lines` are one entry to a line, parts between bars; `rates` one role to a line."""

    __tablename__ = "pricing_plan"
    __table_args__ = (CheckConstraint("own_lines BETWEEN 0 AND 20", name="own_lines"),)

    lot_id: Mapped[int] = mapped_column(ForeignKey("lot.id"), unique=True)
    lines: Mapped[str]
    own_lines: Mapped[int] = mapped_column(default=5)
    rates: Mapped[str] = mapped_column(default="")
    refuses_above_most: Mapped[bool] = mapped_column(default=False)
    """Whether the pack says that a price above the most that can be paid is not accepted."""

    lot: Mapped[Lot] = relationship(back_populates="pricing")

    def trail_name(self) -> str:
        return "The pricing schedule"
