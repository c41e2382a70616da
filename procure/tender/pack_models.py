"""What the tender papers need and nothing else on the file says: the service, how to tender, the contract's terms."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from procure.people.models import Post
from procure.rows import Base, Example, Recorded

if TYPE_CHECKING:
    from procure.procurement.models import Lot


class OfLot(Recorded):
    """A row about one lot: its changes belong to the file's trail."""

    if TYPE_CHECKING:
        lot: Mapped[Lot]

    def trail_file(self) -> str:
        return self.lot.procurement.reference


class Specification(Example, OfLot, Base):
    """What is bought. Every list is one entry to a line; the parts of an entry stand between bars."""

    __tablename__ = "specification"

    lot_id: Mapped[int] = mapped_column(ForeignKey("lot.id"), unique=True)
    background: Mapped[str] = mapped_column(default="")
    aims: Mapped[str] = mapped_column(default="")
    outcomes: Mapped[str] = mapped_column(default="")
    in_scope: Mapped[str] = mapped_column(default="")
    out_of_scope: Mapped[str] = mapped_column(default="")
    requirements: Mapped[str] = mapped_column(default="")
    volumes: Mapped[str] = mapped_column(default="")
    standards: Mapped[str] = mapped_column(default="")
    social_value: Mapped[str] = mapped_column(default="")
    council_provides: Mapped[str] = mapped_column(default="")
    reports: Mapped[str] = mapped_column(default="")
    reviews: Mapped[str] = mapped_column(default="")
    mobilisation: Mapped[str] = mapped_column(default="")
    exit_text: Mapped[str] = mapped_column(default="")
    has_safeguarding: Mapped[bool] = mapped_column(default=False)
    dpia_reference: Mapped[str] = mapped_column(default="")

    lot: Mapped[Lot] = relationship(back_populates="specification")

    def trail_name(self) -> str:
        return "What we are buying"


class PlannedKpi(OfLot, Base):
    """A key performance indicator as it is put to bidders; it becomes a term of the contract. Procurement Act s.52."""

    __tablename__ = "planned_kpi"
    __table_args__ = (UniqueConstraint("lot_id", "number"),)

    lot_id: Mapped[int] = mapped_column(ForeignKey("lot.id"))
    number: Mapped[int]
    name: Mapped[str]
    measure: Mapped[str]
    target: Mapped[str]
    tolerance: Mapped[str]
    frequency: Mapped[str]
    source: Mapped[str]

    lot: Mapped[Lot] = relationship(back_populates="kpis")

    def trail_name(self) -> str:
        return f"Indicator {self.number}: {self.name}"


class HowToTender(Example, OfLot, Base):
    """What bidders are told of the way to tender. `validity_days` run from the deadline."""

    __tablename__ = "how_to_tender"
    __table_args__ = (CheckConstraint("validity_days BETWEEN 1 AND 730", name="validity_days"),)

    lot_id: Mapped[int] = mapped_column(ForeignKey("lot.id"), unique=True)
    validity_days: Mapped[int]
    price_basis: Mapped[str] = mapped_column(default="")
    correction_text: Mapped[str] = mapped_column(default="")
    conditions: Mapped[str] = mapped_column(default="")
    insurance: Mapped[str] = mapped_column(default="")
    returns: Mapped[str] = mapped_column(default="")
    late_text: Mapped[str] = mapped_column(default="")
    takes_variants: Mapped[bool] = mapped_column(default=False)
    offers_standstill: Mapped[bool] = mapped_column(default=True)
    known_risks: Mapped[str] = mapped_column(default="")
    briefing_at: Mapped[datetime | None]
    briefing_place: Mapped[str] = mapped_column(default="")

    lot: Mapped[Lot] = relationship(back_populates="how_to_tender")

    def trail_name(self) -> str:
        return "How to tender"


class ContractTerms(Example, OfLot, Base):
    """The particulars of the contract on which bids are asked for. `liability_cap` is for each year, each party.

    No `data_subjects` means that the supplier handles no personal data for the council.
    """

    __tablename__ = "contract_terms"
    __table_args__ = (
        CheckConstraint("payment_days BETWEEN 1 AND 30", name="payment_days"),
        CheckConstraint("notice_months >= 0 AND exercise_months >= 0", name="notices"),
    )

    lot_id: Mapped[int] = mapped_column(ForeignKey("lot.id"), unique=True)
    manager_post_id: Mapped[int] = mapped_column(ForeignKey("post.id"))
    payment_frequency: Mapped[str]
    payment_days: Mapped[int]
    pays_in_advance: Mapped[bool] = mapped_column(default=False)
    indexation_text: Mapped[str] = mapped_column(default="")
    liability_cap: Mapped[Decimal]
    notice_months: Mapped[int]
    exercise_months: Mapped[int]
    is_deed: Mapped[bool] = mapped_column(default=False)
    special_terms: Mapped[str] = mapped_column(default="")
    grant_conditions: Mapped[str] = mapped_column(default="")
    brand_name: Mapped[str] = mapped_column(default="")
    data_subjects: Mapped[str] = mapped_column(default="")
    data_kinds: Mapped[str] = mapped_column(default="")
    data_purpose: Mapped[str] = mapped_column(default="")
    data_retention: Mapped[str] = mapped_column(default="")

    manager_post: Mapped[Post] = relationship()
    lot: Mapped[Lot] = relationship(back_populates="contract_terms")

    def trail_name(self) -> str:
        return "Contract particulars"
