"""What happens in a contract's life: breaks, reviews, indicators, promises, papers that expire, changes, notices."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from procure.contract.life_rules import ChangeGround, ExpiringKind, NoticeDuty, Rating, ReviewKind, WhoMay
from procure.contract.models import Contract, OfContract
from procure.people.models import Person, Post
from procure.rows import Base, Example, one_of

if TYPE_CHECKING:
    from procure.authority.models import Decision
    from procure.contract.paper_models import ChangeNote


class Break(OfContract, Base):
    """A day on which a contract may be ended early, and the last day to say so."""

    __tablename__ = "contract_break"
    __table_args__ = (
        UniqueConstraint("contract_id", "break_on"),
        CheckConstraint("notice_by_on <= break_on", name="in_order"),
    )

    contract_id: Mapped[int] = mapped_column(ForeignKey("contract.id"))
    break_on: Mapped[date]
    notice_by_on: Mapped[date]
    who_may: Mapped[WhoMay] = mapped_column(one_of(WhoMay), default=WhoMay.COUNCIL)
    used_on: Mapped[date | None]

    contract: Mapped[Contract] = relationship(back_populates="breaks")

    def trail_name(self) -> str:
        return f"Break on {self.break_on}"


class Review(OfContract, Base):
    """A review of a contract: due on a day, held on another, with what came of it."""

    __tablename__ = "contract_review"

    contract_id: Mapped[int] = mapped_column(ForeignKey("contract.id"), index=True)
    kind: Mapped[ReviewKind] = mapped_column(one_of(ReviewKind))
    due_on: Mapped[date]
    held_on: Mapped[date | None]
    outcome: Mapped[str] = mapped_column(default="")

    contract: Mapped[Contract] = relationship(back_populates="reviews")

    def trail_name(self) -> str:
        return f"{self.kind.label} due {self.due_on}"


class Indicator(Example, OfContract, Base):
    """A key performance indicator: what is measured, what is expected, how often. Procurement Act 2023 ss.52, 71."""

    __tablename__ = "indicator"
    __table_args__ = (
        UniqueConstraint("contract_id", "name"),
        CheckConstraint("every_months > 0", name="every_months"),
    )

    contract_id: Mapped[int] = mapped_column(ForeignKey("contract.id"))
    name: Mapped[str]
    measure: Mapped[str] = mapped_column(default="")
    target: Mapped[str] = mapped_column(default="")
    every_months: Mapped[int] = mapped_column(default=12)
    first_due_on: Mapped[date]
    is_published: Mapped[bool] = mapped_column(default=False)
    ended_on: Mapped[date | None]

    contract: Mapped[Contract] = relationship(back_populates="indicators")
    returns: Mapped[list[IndicatorReturn]] = relationship(
        back_populates="indicator", order_by="IndicatorReturn.until_on"
    )

    def trail_name(self) -> str:
        return self.name


class IndicatorReturn(Example, OfContract, Base):
    """How an indicator was met over a period, in the words of the regulations."""

    __tablename__ = "indicator_return"
    __table_args__ = (
        UniqueConstraint("indicator_id", "until_on"),
        CheckConstraint("until_on >= from_on", name="in_order"),
    )

    indicator_id: Mapped[int] = mapped_column(ForeignKey("indicator.id"))
    from_on: Mapped[date]
    until_on: Mapped[date]
    rating: Mapped[Rating] = mapped_column(one_of(Rating))
    result: Mapped[str] = mapped_column(default="")
    because: Mapped[str] = mapped_column(default="")
    rated_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    rated_at: Mapped[datetime]

    indicator: Mapped[Indicator] = relationship(back_populates="returns")
    rated_by: Mapped[Person | None] = relationship()

    @property
    def contract(self) -> Contract:
        """The contract it belongs to, by its indicator."""
        return self.indicator.contract

    def trail_name(self) -> str:
        return f"{self.indicator.name} to {self.until_on}"


class Obligation(Example, OfContract, Base):
    """Something the supplier promised, as social value in its bid: due by a day, kept or not."""

    __tablename__ = "obligation"

    contract_id: Mapped[int] = mapped_column(ForeignKey("contract.id"), index=True)
    what: Mapped[str]
    source: Mapped[str] = mapped_column(default="")
    due_on: Mapped[date | None]
    kept_on: Mapped[date | None]
    evidence: Mapped[str] = mapped_column(default="")

    contract: Mapped[Contract] = relationship(back_populates="obligations")

    def trail_name(self) -> str:
        return self.what


class ExpiringPaper(Example, OfContract, Base):
    """An insurance or policy of the supplier's that runs out. A renewed one is a row of its own."""

    __tablename__ = "expiring_paper"

    contract_id: Mapped[int] = mapped_column(ForeignKey("contract.id"), index=True)
    kind: Mapped[ExpiringKind] = mapped_column(one_of(ExpiringKind))
    name: Mapped[str] = mapped_column(default="")
    cover: Mapped[Decimal | None]
    expires_on: Mapped[date]
    renewed_on: Mapped[date | None]

    contract: Mapped[Contract] = relationship(back_populates="expiring_papers")

    @property
    def said(self) -> str:
        """What it is, in words."""
        return self.name or self.kind.label

    def trail_name(self) -> str:
        return self.said


class ContractChange(Example, OfContract, Base):
    """A change of a contract, with the ground it was allowed on and what the test of modifications answered.

    Procurement Act 2023 ss.74 to 77 and Schedule 8. `made_with` names an earlier change that could reasonably have been
    made together with this one: both are then tested as one.
    """

    __tablename__ = "contract_change"
    __table_args__ = (UniqueConstraint("contract_id", "number"),)

    contract_id: Mapped[int] = mapped_column(ForeignKey("contract.id"))
    number: Mapped[int]
    made_on: Mapped[date]
    what: Mapped[str]
    because: Mapped[str]
    added_net: Mapped[Decimal]
    added_gross: Mapped[Decimal]
    added_months: Mapped[int] = mapped_column(default=0)
    ground: Mapped[ChangeGround] = mapped_column(one_of(ChangeGround))
    tested: Mapped[str] = mapped_column(default="")
    needs_notice: Mapped[bool] = mapped_column(default=False)
    made_with_id: Mapped[int | None] = mapped_column(ForeignKey("contract_change.id"))
    decision_id: Mapped[int | None] = mapped_column(ForeignKey("decision.id"))
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    contract: Mapped[Contract] = relationship(back_populates="changes")
    made_with: Mapped[ContractChange | None] = relationship(remote_side="ContractChange.id")
    decision: Mapped[Decision | None] = relationship()
    made_by: Mapped[Person | None] = relationship()
    note: Mapped[ChangeNote | None] = relationship(back_populates="change")

    def trail_name(self) -> str:
        return f"Change {self.number}"


class ContractNotice(Example, OfContract, Base):
    """A notice about a contract's life: due by a day, published on another. UK9, UK10, UK11, contract copies."""

    __tablename__ = "contract_notice"
    __table_args__ = (UniqueConstraint("contract_id", "duty", "about_on"),)

    contract_id: Mapped[int] = mapped_column(ForeignKey("contract.id"))
    duty: Mapped[NoticeDuty] = mapped_column(one_of(NoticeDuty))
    about_on: Mapped[date]
    due_on: Mapped[date]
    published_on: Mapped[date | None]
    reference: Mapped[str] = mapped_column(default="")
    owner_post_id: Mapped[int | None] = mapped_column(ForeignKey("post.id"))

    contract: Mapped[Contract] = relationship(back_populates="life_notices")
    owner_post: Mapped[Post | None] = relationship()

    def trail_name(self) -> str:
        return self.duty.label


class ContractFile(Example, OfContract, Base):
    """A file kept with a contract, as it came: its signed copy, or another paper. `file_key` finds its bytes.

    One put in by mistake is withdrawn with the reason; its bytes stay.
    """

    __tablename__ = "contract_file"

    contract_id: Mapped[int] = mapped_column(ForeignKey("contract.id"), index=True)
    is_signed_copy: Mapped[bool] = mapped_column(default=False)
    name: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int]
    sha256: Mapped[str]
    file_key: Mapped[str]
    added_at: Mapped[datetime]
    withdrawn_because: Mapped[str] = mapped_column(default="")

    contract: Mapped[Contract] = relationship(back_populates="files")

    def trail_name(self) -> str:
        return f"File {self.name}"
