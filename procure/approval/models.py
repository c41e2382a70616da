"""The report that asks for approval to buy, and what it recommends."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from procure.approval.rules import Rating
from procure.people.models import Person, Post
from procure.rows import Base, Example, Recorded, one_of

if TYPE_CHECKING:
    from procure.procurement.models import Procurement


class OfReport(Recorded):
    """A row that belongs to a report, and so to its procurement's file."""

    def trail_file(self) -> str:
        return self.report.procurement.reference  # type: ignore[attr-defined, no-any-return]


class Report(Example, Recorded, Base):
    """A report to the executive. `reasons`, `background`, `appendices` and `background_papers` are one a line."""

    __tablename__ = "report"

    procurement_id: Mapped[int] = mapped_column(ForeignKey("procurement.id"), unique=True)
    title: Mapped[str] = mapped_column(default="")
    meeting_on: Mapped[date | None]
    item: Mapped[str] = mapped_column(default="")
    is_key: Mapped[bool | None]
    key_reason: Mapped[str] = mapped_column(default="")
    exempt_paragraph: Mapped[str] = mapped_column(default="")
    exempt_reason: Mapped[str] = mapped_column(default="")
    summary: Mapped[str] = mapped_column(default="")
    reasons: Mapped[str] = mapped_column(default="")
    background: Mapped[str] = mapped_column(default="")
    appendices: Mapped[str] = mapped_column(default="")
    background_papers: Mapped[str] = mapped_column(default="")
    contract_management_text: Mapped[str] = mapped_column(default="")
    report_back_text: Mapped[str] = mapped_column(default="")
    delegate_post_id: Mapped[int | None] = mapped_column(ForeignKey("post.id"))
    issued_at: Mapped[datetime | None]

    procurement: Mapped[Procurement] = relationship(back_populates="report")
    delegate_post: Mapped[Post | None] = relationship()
    consultees: Mapped[list[ReportConsultee]] = relationship(back_populates="report", order_by="ReportConsultee.id")
    recommendations: Mapped[list[Recommendation]] = relationship(
        back_populates="report", order_by="Recommendation.number"
    )
    implications: Mapped[list[Implication]] = relationship(back_populates="report", order_by="Implication.number")
    risks: Mapped[list[ReportRisk]] = relationship(back_populates="report", order_by="ReportRisk.id")

    def trail_file(self) -> str:
        return self.procurement.reference

    def trail_name(self) -> str:
        return "The report"


class ReportConsultee(OfReport, Base):
    """A post which the recommended delegation is to consult."""

    __tablename__ = "report_consultee"
    __table_args__ = (UniqueConstraint("report_id", "post_id"),)

    report_id: Mapped[int] = mapped_column(ForeignKey("report.id"))
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id"))

    report: Mapped[Report] = relationship(back_populates="consultees")
    post: Mapped[Post] = relationship()

    def trail_name(self) -> str:
        return f"To be consulted: {self.post.name}"


class Recommendation(OfReport, Base):
    """A recommendation in the words of a resolution."""

    __tablename__ = "recommendation"
    __table_args__ = (UniqueConstraint("report_id", "number"),)

    report_id: Mapped[int] = mapped_column(ForeignKey("report.id"))
    number: Mapped[int]
    words: Mapped[str]

    report: Mapped[Report] = relationship(back_populates="recommendations")

    def trail_name(self) -> str:
        return f"Recommendation {self.number}"


class Implication(OfReport, Base):
    """Implications under one heading. Once cleared the text is locked; a changed figure voids the clearance.

    `cleared_for` is what the clearance rests on, as canonical JSON: the value, the term, each recommendation.
    """

    __tablename__ = "implication"
    __table_args__ = (
        UniqueConstraint("report_id", "number"),
        CheckConstraint("cleared_at IS NULL OR cleared_by_id IS NOT NULL", name="cleared_by_somebody"),
    )

    report_id: Mapped[int] = mapped_column(ForeignKey("report.id"))
    number: Mapped[int]
    heading: Mapped[str]
    text: Mapped[str] = mapped_column(default="")
    author_post_id: Mapped[int | None] = mapped_column(ForeignKey("post.id"))
    cleared_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    cleared_at: Mapped[datetime | None]
    cleared_for: Mapped[str] = mapped_column(default="")

    report: Mapped[Report] = relationship(back_populates="implications")
    author_post: Mapped[Post | None] = relationship()
    cleared_by: Mapped[Person | None] = relationship()

    def trail_name(self) -> str:
        return self.heading


class ReportRisk(OfReport, Base):
    """A risk of the procurement, as the report states it."""

    __tablename__ = "report_risk"

    report_id: Mapped[int] = mapped_column(ForeignKey("report.id"), index=True)
    text: Mapped[str]
    rating: Mapped[Rating] = mapped_column(one_of(Rating))
    mitigation: Mapped[str]
    owner_post_id: Mapped[int] = mapped_column(ForeignKey("post.id"))

    report: Mapped[Report] = relationship(back_populates="risks")
    owner_post: Mapped[Post] = relationship()

    def trail_name(self) -> str:
        return f"Risk: {self.text}"
