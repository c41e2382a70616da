"""The council's own particulars and rules, and the day of a demonstration."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from procure.people.models import Post
from procure.rows import Base, Example, Recorded


class Council(Example, Recorded, Base):
    """The one council of this installation."""

    __tablename__ = "council"
    __table_args__ = (CheckConstraint("call_in_days >= 0", name="call_in_days"),)

    name: Mapped[str]
    address: Mapped[str] = mapped_column(default="")
    executive_name: Mapped[str] = mapped_column(default="Cabinet")
    procurement_email: Mapped[str] = mapped_column(default="")
    portal_name: Mapped[str] = mapped_column(default="")
    portal_url: Mapped[str] = mapped_column(default="")
    colour: Mapped[str] = mapped_column(default="4f1b40")
    call_in_days: Mapped[int] = mapped_column(default=5)
    key_decision_gross: Mapped[Decimal | None]
    objection_refers_back: Mapped[bool] = mapped_column(default=False)
    monitoring_officer_post_id: Mapped[int | None] = mapped_column(ForeignKey("post.id"))
    finance_officer_post_id: Mapped[int | None] = mapped_column(ForeignKey("post.id"))

    monitoring_officer_post: Mapped[Post | None] = relationship(foreign_keys=[monitoring_officer_post_id])
    finance_officer_post: Mapped[Post | None] = relationship(foreign_keys=[finance_officer_post_id])

    def trail_file(self) -> str:
        return "council"

    def trail_name(self) -> str:
        return self.name


class QuoteBand(Example, Recorded, Base):
    """A row of the contract procedure rules: how many quotes a purchase of that net value needs, from a day on."""

    __tablename__ = "quote_band"
    __table_args__ = (CheckConstraint("below_net IS NULL OR below_net > from_net", name="in_order"),)

    from_net: Mapped[Decimal]
    below_net: Mapped[Decimal | None]
    quotes_needed: Mapped[int]
    words: Mapped[str]
    source: Mapped[str]
    from_on: Mapped[date]
    until_on: Mapped[date | None]

    def trail_file(self) -> str:
        return "council"

    def trail_name(self) -> str:
        return self.words


class Demonstration(Base):
    """That this installation is a demonstration, and the day it believes it is. Not recorded."""

    __tablename__ = "demonstration"

    today: Mapped[date | None]
    stage: Mapped[str] = mapped_column(default="")


class StandingTerms(Example, Recorded, Base):
    """What this council's tender papers always say, and what a new tender is first filled with.

    Lists are one entry to a line, the parts of an entry between bars. `payment_days` may not be more than 30:
    Procurement Act 2023 ss.68 and 88.
    """

    __tablename__ = "standing_terms"
    __table_args__ = (
        CheckConstraint("payment_days BETWEEN 1 AND 30", name="payment_days"),
        CheckConstraint("validity_days BETWEEN 1 AND 730", name="validity_days"),
    )

    invoice_email: Mapped[str] = mapped_column(default="")
    data_protection_email: Mapped[str] = mapped_column(default="")
    whistleblowing_email: Mapped[str] = mapped_column(default="")
    other_formats: Mapped[str] = mapped_column(default="")
    policies: Mapped[str] = mapped_column(default="")
    pays_living_wage: Mapped[bool] = mapped_column(default=False)
    payment_days: Mapped[int] = mapped_column(default=30)
    validity_days: Mapped[int] = mapped_column(default=180)
    insurance: Mapped[str] = mapped_column(default="")
    returns: Mapped[str] = mapped_column(default="")
    late_text: Mapped[str] = mapped_column(default="")
    correction_text: Mapped[str] = mapped_column(default="")

    def trail_file(self) -> str:
        return "council"

    def trail_name(self) -> str:
        return "What our tender papers say"
