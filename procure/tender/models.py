"""How bids will be judged: the method and the award criteria, on the lot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from procure.rows import Base, Example, Recorded, one_of
from procure.suppliers.models import Supplier
from procure.tender.rules import PriceFormula

if TYPE_CHECKING:
    from procure.procurement.models import Lot


class Method(Example, Recorded, Base):
    """The published method: price weight, formula, panel. Locked when the tender notice is published."""

    __tablename__ = "method"
    __table_args__ = (CheckConstraint("price_weight BETWEEN 0 AND 100", name="price_weight"),)

    lot_id: Mapped[int] = mapped_column(ForeignKey("lot.id"), unique=True)
    price_weight: Mapped[int]
    price_formula: Mapped[PriceFormula] = mapped_column(one_of(PriceFormula), default=PriceFormula.LOWEST_OVER_PRICE)
    panel_size: Mapped[int] = mapped_column(default=3)
    edition: Mapped[int] = mapped_column(default=1)

    lot: Mapped[Lot] = relationship(back_populates="method")
    criteria: Mapped[list[AwardCriterion]] = relationship(back_populates="method", order_by="AwardCriterion.number")

    def trail_file(self) -> str:
        return self.lot.procurement.reference

    def trail_name(self) -> str:
        return "How bids are judged"


class AwardCriterion(Recorded, Base):
    """A quality criterion and its weight. With the price weight all add up to 100."""

    __tablename__ = "award_criterion"
    __table_args__ = (
        UniqueConstraint("method_id", "number"),
        CheckConstraint("weight BETWEEN 1 AND 100", name="weight"),
    )

    method_id: Mapped[int] = mapped_column(ForeignKey("method.id"))
    number: Mapped[int]
    title: Mapped[str]
    definition: Mapped[str] = mapped_column(default="")
    weight: Mapped[int]

    method: Mapped[Method] = relationship(back_populates="criteria")

    def trail_file(self) -> str:
        return self.method.lot.procurement.reference

    def trail_name(self) -> str:
        return f"Award criterion {self.number}: {self.title}"


class Invitation(Recorded, Base):
    """A supplier asked for a quote, on the way that needs no tender notice."""

    __tablename__ = "invitation"
    __table_args__ = (UniqueConstraint("lot_id", "supplier_id"),)

    lot_id: Mapped[int] = mapped_column(ForeignKey("lot.id"))
    supplier_id: Mapped[int] = mapped_column(ForeignKey("supplier.id"))

    lot: Mapped[Lot] = relationship(back_populates="invitations")
    supplier: Mapped[Supplier] = relationship()

    def trail_file(self) -> str:
        return self.lot.procurement.reference

    def trail_name(self) -> str:
        return f"Asked for a quote: {self.supplier.name}"
