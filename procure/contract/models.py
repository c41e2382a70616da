"""Contracts, their options, payments, and what was decided about their end."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from procure.award.models import Award
from procure.contract.rules import ContractState, OptionDates, WhatFollows, with_ends
from procure.law.money import Value
from procure.people.models import Person, Post
from procure.procurement.rules import Stage
from procure.rows import REFERENCE, Base, Example, Recorded, one_of
from procure.suppliers.models import Supplier

if TYPE_CHECKING:
    from procure.authority.models import Decision
    from procure.procurement.models import Procurement


class Contract(Example, Recorded, Base):
    """A contract. `value_…` is to the current end, `ends_on`; `full_…` counts every option."""

    __tablename__ = "contract"
    __table_args__ = (
        CheckConstraint("ends_on >= starts_on", name="in_order"),
        CheckConstraint("value_gross = value_net + value_vat", name="value_adds_up"),
    )

    reference: Mapped[str] = mapped_column(REFERENCE, unique=True)
    title: Mapped[str]
    state: Mapped[ContractState] = mapped_column(one_of(ContractState), default=ContractState.LIVE)
    supplier_id: Mapped[int] = mapped_column(ForeignKey("supplier.id"), index=True)
    award_id: Mapped[int | None] = mapped_column(ForeignKey("award.id"), unique=True)
    enter_decision_id: Mapped[int | None] = mapped_column(ForeignKey("decision.id"))
    manager_post_id: Mapped[int] = mapped_column(ForeignKey("post.id"), index=True)
    signed_on: Mapped[date | None]
    signed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    authority_chain: Mapped[str] = mapped_column(default="")
    starts_on: Mapped[date]
    initial_ends_on: Mapped[date]
    ends_on: Mapped[date] = mapped_column(index=True)
    notice_months: Mapped[int] = mapped_column(default=0)
    is_light_touch: Mapped[bool] = mapped_column(default=False)
    value_net: Mapped[Decimal]
    value_vat: Mapped[Decimal]
    value_gross: Mapped[Decimal]
    full_net: Mapped[Decimal]
    full_gross: Mapped[Decimal]
    annual_net: Mapped[Decimal]
    annual_gross: Mapped[Decimal]
    performance: Mapped[str] = mapped_column(default="")
    at_expiry: Mapped[str] = mapped_column(default="")
    lessons: Mapped[str] = mapped_column(default="")
    ended_on: Mapped[date | None]

    supplier: Mapped[Supplier] = relationship()
    award: Mapped[Award | None] = relationship(back_populates="contract")
    enter_decision: Mapped[Decision | None] = relationship(foreign_keys=[enter_decision_id])
    manager_post: Mapped[Post] = relationship()
    signed_by: Mapped[Person | None] = relationship()
    options: Mapped[list[ContractOption]] = relationship(back_populates="contract", order_by="ContractOption.number")
    payments: Mapped[list[Payment]] = relationship(back_populates="contract", order_by="Payment.paid_on")
    end_decisions: Mapped[list[EndDecision]] = relationship(back_populates="contract", order_by="EndDecision.id")
    followed_by: Mapped[list[Procurement]] = relationship(
        back_populates="ending_contract", foreign_keys="Procurement.ending_contract_id"
    )

    @property
    def open_options(self) -> tuple[OptionDates, ...]:
        """Options neither used nor declined, with the ends they would bring."""
        return with_ends(
            self.ends_on,
            [(option.number, option.months, option.exercise_by_on) for option in self.options if option.is_open],
        )

    @property
    def value(self) -> Value:
        """The value to the current end."""
        return Value(self.value_net, self.value_vat, self.value_gross)

    def paid_by(self, day: date) -> Decimal:
        """What was paid up to a day, VAT included."""
        return sum((payment.amount_gross for payment in self.payments if payment.paid_on <= day), Decimal(0))

    @property
    def what_follows(self) -> EndDecision | None:
        """The decision in force about the current end; None while nobody has decided.

        A decision to buy again falls with its purchase: once that is abandoned, somebody has to decide anew.
        """
        current = [decision for decision in self.end_decisions if decision.about_end_on == self.ends_on]
        if not current or (current[-1].choice is WhatFollows.BUY_AGAIN and self.purchase_fell):
            return None
        return current[-1]

    @property
    def purchase_fell(self) -> bool:
        """Whether the purchase that was to follow was abandoned, and none was opened in its place."""
        return bool(self.followed_by) and self.followed_by[-1].stage is Stage.ABANDONED

    def trail_file(self) -> str:
        return self.reference

    def trail_name(self) -> str:
        return self.title

    def __str__(self) -> str:
        return self.title


class OfContract(Recorded):
    """A row that belongs to a contract."""

    def trail_file(self) -> str:
        return self.contract.reference  # type: ignore[attr-defined, no-any-return]


class ContractOption(OfContract, Base):
    """An option to extend, to be used by a day. It is open until it is used or declined."""

    __tablename__ = "contract_option"
    __table_args__ = (
        UniqueConstraint("contract_id", "number"),
        CheckConstraint("months > 0", name="months"),
        CheckConstraint("used_on IS NULL OR declined_on IS NULL", name="used_or_declined"),
    )

    contract_id: Mapped[int] = mapped_column(ForeignKey("contract.id"))
    number: Mapped[int]
    months: Mapped[int]
    exercise_by_on: Mapped[date]
    used_on: Mapped[date | None]
    declined_on: Mapped[date | None]
    decision_id: Mapped[int | None] = mapped_column(ForeignKey("decision.id"))

    contract: Mapped[Contract] = relationship(back_populates="options")
    decision: Mapped[Decision | None] = relationship()

    @property
    def is_open(self) -> bool:
        return self.used_on is None and self.declined_on is None

    def trail_name(self) -> str:
        return f"Option {self.number}"


class Payment(Example, OfContract, Base):
    """A sum paid under the contract, with VAT."""

    __tablename__ = "payment"

    contract_id: Mapped[int] = mapped_column(ForeignKey("contract.id"), index=True)
    paid_on: Mapped[date]
    amount_gross: Mapped[Decimal]
    what: Mapped[str] = mapped_column(default="")

    contract: Mapped[Contract] = relationship(back_populates="payments")

    def trail_name(self) -> str:
        return f"Payment on {self.paid_on}"


class EndDecision(OfContract, Base):
    """What somebody decided should follow the end of a contract, and why."""

    __tablename__ = "end_decision"

    contract_id: Mapped[int] = mapped_column(ForeignKey("contract.id"), index=True)
    about_end_on: Mapped[date]
    choice: Mapped[WhatFollows] = mapped_column(one_of(WhatFollows))
    reason: Mapped[str]
    decided_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime]

    contract: Mapped[Contract] = relationship(back_populates="end_decisions")
    decided_by: Mapped[Person] = relationship()

    def trail_name(self) -> str:
        return "What follows"
