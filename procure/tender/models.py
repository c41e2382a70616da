"""How bids will be judged: the method and the award criteria, on the lot."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from procure.rows import Base, Example, Recorded, one_of
from procure.suppliers.models import Supplier
from procure.tender.rules import WHOLE, PriceFormula

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

    @property
    def scored(self) -> list[AwardCriterion]:
        """The criteria on which bids are scored: those without any of their own beneath them, in order."""
        return [one for one in self.criteria if one.is_scored]

    def trail_file(self) -> str:
        return self.lot.procurement.reference

    def trail_name(self) -> str:
        return "How bids are judged"


class AwardCriterion(Recorded, Base):
    """A quality criterion and its weight.

    The weights of the top ones and of price add up to 100. Beneath a criterion stand others, whose weights are percents
    of it and add up to 100 as well. `number` runs through the whole method, each criterion before those beneath it.
    """

    __tablename__ = "award_criterion"
    __table_args__ = (
        UniqueConstraint("method_id", "number"),
        CheckConstraint("weight BETWEEN 1 AND 100", name="weight"),
        CheckConstraint("least_score IS NULL OR least_score BETWEEN 1 AND 5", name="least_score"),
        CheckConstraint("word_limit IS NULL OR word_limit > 0", name="word_limit"),
        CheckConstraint("parent_id IS NULL OR parent_id <> id", name="parent"),
    )

    method_id: Mapped[int] = mapped_column(ForeignKey("method.id"))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("award_criterion.id"))
    number: Mapped[int]
    title: Mapped[str]
    definition: Mapped[str] = mapped_column(default="")
    weight: Mapped[int]
    least_score: Mapped[int | None]
    """A bid with a lower agreed score on this fails, as published. None where any score will do."""
    word_limit: Mapped[int | None]

    method: Mapped[Method] = relationship(back_populates="criteria")
    parent: Mapped[AwardCriterion | None] = relationship(remote_side="AwardCriterion.id")

    @property
    def is_scored(self) -> bool:
        """Whether bids are scored on it: nothing stands beneath it."""
        return not any(other.parent is self for other in self.method.criteria)

    @property
    def points(self) -> Decimal:
        """The most points it can bring, of the 100 of the whole method, unrounded."""
        weight = Decimal(self.weight)
        return weight if self.parent is None else self.parent.points * weight / WHOLE

    @property
    def depth(self) -> int:
        """0 at the top, 1 beneath that, 2 beneath that again."""
        return 0 if self.parent is None else self.parent.depth + 1

    @property
    def label(self) -> str:
        """How papers number it: 1, or 1.2 for the second beneath it."""
        beside = [other for other in self.method.criteria if other.parent is self.parent]
        place = str(beside.index(self) + 1)
        return place if self.parent is None else f"{self.parent.label}.{place}"

    def trail_file(self) -> str:
        return self.method.lot.procurement.reference

    def trail_name(self) -> str:
        return f"Award criterion: {self.title}"


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
