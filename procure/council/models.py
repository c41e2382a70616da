"""The council's own particulars and rules, and the day of a demonstration."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from procure import words
from procure.law.figures import FIGURES
from procure.law.thresholds import Comparison
from procure.people.models import Post
from procure.rows import Base, Example, Recorded, one_of


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


class LaterFigure(Example, Recorded, Base):
    """A later row of a figure of the law: it holds from its first day until the next row of that figure begins.

    `figure` is a key of `law.figures.FIGURES`; `amount` is in that figure's unit, pounds or whole days or months.
    `comparison` says whether the sum itself counts, of sums alone. A row that has not begun can be withdrawn, and stays
    on record.
    """

    __tablename__ = "later_figure"
    __table_args__ = (
        CheckConstraint("amount >= 0", name="amount"),
        Index(
            "uq_later_figure_standing", "figure", "from_on", unique=True,
            sqlite_where=text("withdrawn_on IS NULL"), postgresql_where=text("withdrawn_on IS NULL"),
        ),
    )  # fmt: skip

    figure: Mapped[str]
    amount: Mapped[Decimal]
    comparison: Mapped[Comparison | None] = mapped_column(one_of(Comparison))
    from_on: Mapped[date]
    source: Mapped[str]
    is_unchecked: Mapped[bool] = mapped_column(default=False)
    withdrawn_on: Mapped[date | None]
    withdrawn_because: Mapped[str] = mapped_column(default="")

    def trail_file(self) -> str:
        return "council"

    def trail_name(self) -> str:
        named = FIGURES.get(self.figure)
        return f"{named.label if named else self.figure}, from {words.day(self.from_on)}"


class AddedHoliday(Example, Recorded, Base):
    """A bank holiday proclaimed since the official list that ships. `nations` are parts of the UK, one to a line."""

    __tablename__ = "added_holiday"
    __table_args__ = (
        CheckConstraint("withdrawn_on IS NULL OR withdrawn_on < day", name="withdrawn_before_it_came"),
        Index(
            "uq_added_holiday_standing", "day", unique=True,
            sqlite_where=text("withdrawn_on IS NULL"), postgresql_where=text("withdrawn_on IS NULL"),
        ),
    )  # fmt: skip

    day: Mapped[date]
    name: Mapped[str]
    nations: Mapped[str]
    source: Mapped[str]
    withdrawn_on: Mapped[date | None]
    withdrawn_because: Mapped[str] = mapped_column(default="")

    @property
    def nation_list(self) -> list[str]:
        return self.nations.splitlines()

    def trail_file(self) -> str:
        return "council"

    def trail_name(self) -> str:
        return f"{self.name}, {words.day(self.day)}"


class MeetingDay(Example, Recorded, Base):
    """A day on which a body of the council meets, from its calendar of meetings. A cancelled one stays on record."""

    __tablename__ = "meeting_day"
    __table_args__ = (UniqueConstraint("body", "meets_on"),)

    body: Mapped[str]
    meets_on: Mapped[date]
    cancelled_on: Mapped[date | None]

    def trail_file(self) -> str:
        return "council"

    def trail_name(self) -> str:
        return f"{self.body}, {words.day(self.meets_on)}"


class LightTouchList(Example, Recorded, Base):
    """An edition of the list of light touch services, as an administrator loaded it: it holds from its first day on.

    Procurement Regulations 2024, Schedule 1. Until one is loaded, the start set of `law.light_touch` stands.
    """

    __tablename__ = "light_touch_list"

    from_on: Mapped[date] = mapped_column(unique=True)
    source: Mapped[str]

    codes: Mapped[list[LightTouchCode]] = relationship(back_populates="edition", order_by="LightTouchCode.first")

    def trail_file(self) -> str:
        return "council"

    def trail_name(self) -> str:
        return f"List of light touch services from {words.day(self.from_on)}"


class LightTouchCode(Base):
    """One line of an edition: a CPV code of eight digits, or a range of them. Written once with its edition."""

    __tablename__ = "light_touch_code"
    __table_args__ = (CheckConstraint("last >= first", name="in_order"),)

    edition_id: Mapped[int] = mapped_column(ForeignKey("light_touch_list.id"), index=True)
    first: Mapped[int]
    last: Mapped[int]
    title: Mapped[str] = mapped_column(default="")
    is_reservable: Mapped[bool] = mapped_column(default=False)

    edition: Mapped[LightTouchList] = relationship(back_populates="codes")


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
