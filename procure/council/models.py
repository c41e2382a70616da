"""The council's own particulars and rules, and the day of a demonstration."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from procure import words
from procure.people.models import Post
from procure.rows import Base, Example, Recorded


class Council(Example, Recorded, Base):
    """The one council of this installation."""

    __tablename__ = "council"

    name: Mapped[str]
    address: Mapped[str] = mapped_column(default="")
    executive_name: Mapped[str] = mapped_column(default="Cabinet")
    procurement_email: Mapped[str] = mapped_column(default="")
    portal_name: Mapped[str] = mapped_column(default="")
    portal_url: Mapped[str] = mapped_column(default="")
    colour: Mapped[str] = mapped_column(default="4f1b40")
    monitoring_officer_post_id: Mapped[int | None] = mapped_column(ForeignKey("post.id"))
    finance_officer_post_id: Mapped[int | None] = mapped_column(ForeignKey("post.id"))

    monitoring_officer_post: Mapped[Post | None] = relationship(foreign_keys=[monitoring_officer_post_id])
    finance_officer_post: Mapped[Post | None] = relationship(foreign_keys=[finance_officer_post_id])

    def trail_file(self) -> str:
        return "council"

    def trail_name(self) -> str:
        return self.name


class ProcedureRules(Example, Recorded, Base):
    """What the constitution and the contract procedure rules say from a day on, until the next row begins.

    `key_decision_gross` and `seal_from_net` are in pounds; None where the council states none. `scrutiny_days` are the
    working days within which scrutiny must meet after a call-in.
    """

    __tablename__ = "procedure_rules"
    __table_args__ = (
        CheckConstraint("call_in_days >= 0", name="call_in_days"),
        CheckConstraint("scrutiny_days IS NULL OR scrutiny_days > 0", name="scrutiny_days"),
    )

    from_on: Mapped[date] = mapped_column(unique=True)
    key_decision_gross: Mapped[Decimal | None]
    call_in_days: Mapped[int] = mapped_column(default=5)
    call_in_by: Mapped[str] = mapped_column(default="")
    scrutiny_name: Mapped[str] = mapped_column(default="")
    scrutiny_days: Mapped[int | None]
    scrutiny_chair_post_id: Mapped[int | None] = mapped_column(ForeignKey("post.id"))
    objection_refers_back: Mapped[bool] = mapped_column(default=False)
    seal_from_net: Mapped[Decimal | None]
    source: Mapped[str] = mapped_column(default="")

    scrutiny_chair_post: Mapped[Post | None] = relationship()

    @property
    def said_in(self) -> str:
        """Where it is written and since when: "Constitution, part 4, in force from 1 April 2027"."""
        return f"{self.source or 'Procedure rules'}, in force from {words.day(self.from_on)}"

    def trail_file(self) -> str:
        return "council"

    def trail_name(self) -> str:
        return f"Procedure rules from {words.day(self.from_on)}"


class WaiverReason(Example, Recorded, Base):
    """A ground on which the contract procedure rules may be waived, from a day to a day. Statute is never waived."""

    __tablename__ = "waiver_reason"
    __table_args__ = (CheckConstraint("until_on IS NULL OR until_on >= from_on", name="in_order"),)

    name: Mapped[str]
    words: Mapped[str] = mapped_column(default="")
    max_net: Mapped[Decimal | None]
    max_months: Mapped[int | None]
    source: Mapped[str] = mapped_column(default="")
    from_on: Mapped[date]
    until_on: Mapped[date | None]

    def covers(self, day: date) -> bool:
        """Whether the ground may be used on a day."""
        return self.from_on <= day and (self.until_on is None or day <= self.until_on)

    def trail_file(self) -> str:
        return "council"

    def trail_name(self) -> str:
        return self.name


class QuoteBand(Example, Recorded, Base):
    """A row of the contract procedure rules: what a purchase of that net value needs, and who approves it."""

    __tablename__ = "quote_band"
    __table_args__ = (CheckConstraint("below_net IS NULL OR below_net > from_net", name="in_order"),)

    from_net: Mapped[Decimal]
    below_net: Mapped[Decimal | None]
    quotes_needed: Mapped[int]
    words: Mapped[str]
    approver: Mapped[str] = mapped_column(default="")
    must_advertise: Mapped[bool] = mapped_column(default=False)
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
