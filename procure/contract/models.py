"""Contracts, their options, payments, and what was decided about their end. Their life is in `life_models`."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from math import ceil
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from procure import words
from procure.award.models import Award
from procure.contract.rules import (
    NO_OWNER,
    NOT_STATED,
    ContractState,
    OptionDates,
    Term,
    Tier,
    ValueBasis,
    WhatFollows,
    extended,
    term_months,
    with_ends,
)
from procure.law.money import Value
from procure.law.regimes import Regime
from procure.people.models import Person, Post
from procure.procurement.rules import Stage
from procure.rows import REFERENCE, Base, Example, Recorded, one_of
from procure.suppliers.models import Supplier

if TYPE_CHECKING:
    from procure.authority.models import Decision
    from procure.contract.life_models import (
        Break,
        ContractChange,
        ContractFile,
        ContractNotice,
        ExpiringPaper,
        Indicator,
        Obligation,
        Review,
    )
    from procure.contract.paper_models import EndNotice, Execution, ExitArrangements, PerformanceReport
    from procure.procurement.models import Procurement


class Contract(Example, Recorded, Base):
    """A contract. `value_…` is to the current end, `ends_on`; `full_…` counts every option.

    What a council's own list doesn't say is empty: supplier, owner, days, values. `value_stated` is the sum as it stood
    in that list, and `value_basis` how much is known of its VAT; `value_…` follow from it where they can.
    `source_reference` is the reference in that list, `import_key` what makes a row of it this contract.
    `terms_version` counts changes of what reminders depend on.
    """

    __tablename__ = "contract"
    __table_args__ = (
        CheckConstraint("ends_on >= starts_on", name="in_order"),
        CheckConstraint("value_gross = value_net + value_vat", name="value_adds_up"),
        CheckConstraint("term <> 'rolling' OR roll_months > 0", name="rolls"),
        Index("ix_contract_ends_on_id", "ends_on", "id"),
        Index(
            "ix_contract_rolling",
            "notice_months",
            "ends_on",
            sqlite_where=text("term = 'rolling' AND state = 'live'"),
            postgresql_where=text("term = 'rolling' AND state = 'live'"),
        ),
    )

    reference: Mapped[str] = mapped_column(REFERENCE, unique=True)
    title: Mapped[str]
    description: Mapped[str] = mapped_column(default="")
    state: Mapped[ContractState] = mapped_column(one_of(ContractState), default=ContractState.LIVE)
    supplier_id: Mapped[int | None] = mapped_column(ForeignKey("supplier.id"), index=True)
    award_id: Mapped[int | None] = mapped_column(ForeignKey("award.id"), unique=True)
    enter_decision_id: Mapped[int | None] = mapped_column(ForeignKey("decision.id"))
    manager_post_id: Mapped[int | None] = mapped_column(ForeignKey("post.id"), index=True)
    department: Mapped[str] = mapped_column(default="")
    cpv: Mapped[str] = mapped_column(default="")
    procedure_said: Mapped[str] = mapped_column(default="")
    regime: Mapped[Regime | None] = mapped_column(one_of(Regime))
    tier: Mapped[Tier | None] = mapped_column(one_of(Tier))
    tier_reason: Mapped[str] = mapped_column(default="")
    signed_on: Mapped[date | None]
    signed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    authority_chain: Mapped[str] = mapped_column(default="")

    term: Mapped[Term] = mapped_column(one_of(Term), default=Term.FIXED)
    roll_months: Mapped[int | None]
    starts_on: Mapped[date | None]
    initial_ends_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    notice_months: Mapped[int] = mapped_column(default=0)
    supplier_notice_months: Mapped[int | None]
    is_light_touch: Mapped[bool] = mapped_column(default=False)
    terms_version: Mapped[int] = mapped_column(default=1)

    value_stated: Mapped[Decimal | None]
    value_basis: Mapped[ValueBasis] = mapped_column(one_of(ValueBasis), default=ValueBasis.BOTH)
    value_net: Mapped[Decimal | None]
    value_vat: Mapped[Decimal | None]
    value_gross: Mapped[Decimal | None]
    full_net: Mapped[Decimal | None]
    full_gross: Mapped[Decimal | None]
    annual_net: Mapped[Decimal | None]
    annual_gross: Mapped[Decimal | None]
    irrecoverable_vat: Mapped[Decimal | None]
    committed_gross: Mapped[Decimal | None]
    forecast_gross: Mapped[Decimal | None]

    performance: Mapped[str] = mapped_column(default="")
    at_expiry: Mapped[str] = mapped_column(default="")
    lessons: Mapped[str] = mapped_column(default="")
    exit_plan: Mapped[str] = mapped_column(default="")
    no_indicators_because: Mapped[str] = mapped_column(default="")
    ended_on: Mapped[date | None]
    ended_because: Mapped[str] = mapped_column(default="")

    source: Mapped[str] = mapped_column(default="")
    source_reference: Mapped[str] = mapped_column(default="", index=True)
    import_key: Mapped[str | None] = mapped_column(unique=True)

    supplier: Mapped[Supplier | None] = relationship()
    award: Mapped[Award | None] = relationship(back_populates="contract")
    enter_decision: Mapped[Decision | None] = relationship(foreign_keys=[enter_decision_id])
    manager_post: Mapped[Post | None] = relationship()
    signed_by: Mapped[Person | None] = relationship()
    options: Mapped[list[ContractOption]] = relationship(back_populates="contract", order_by="ContractOption.number")
    payments: Mapped[list[Payment]] = relationship(back_populates="contract", order_by="Payment.paid_on")
    end_decisions: Mapped[list[EndDecision]] = relationship(back_populates="contract", order_by="EndDecision.id")
    breaks: Mapped[list[Break]] = relationship(back_populates="contract", order_by="Break.break_on")
    reviews: Mapped[list[Review]] = relationship(back_populates="contract", order_by="Review.due_on")
    indicators: Mapped[list[Indicator]] = relationship(back_populates="contract", order_by="Indicator.id")
    obligations: Mapped[list[Obligation]] = relationship(back_populates="contract", order_by="Obligation.id")
    expiring_papers: Mapped[list[ExpiringPaper]] = relationship(
        back_populates="contract", order_by="ExpiringPaper.expires_on"
    )
    changes: Mapped[list[ContractChange]] = relationship(back_populates="contract", order_by="ContractChange.number")
    life_notices: Mapped[list[ContractNotice]] = relationship(
        back_populates="contract", order_by="ContractNotice.due_on"
    )
    files: Mapped[list[ContractFile]] = relationship(back_populates="contract", order_by="ContractFile.id")
    execution: Mapped[Execution | None] = relationship(back_populates="contract")
    reports: Mapped[list[PerformanceReport]] = relationship(
        back_populates="contract", order_by="PerformanceReport.until_on"
    )
    exit_arrangements: Mapped[ExitArrangements | None] = relationship(back_populates="contract")
    end_notice: Mapped[EndNotice | None] = relationship(back_populates="contract")
    followed_by: Mapped[list[Procurement]] = relationship(
        back_populates="ending_contract", foreign_keys="Procurement.ending_contract_id"
    )

    @property
    def supplier_name(self) -> str:
        """Whom the contract is with, or that its list doesn't say."""
        return self.supplier.name if self.supplier else NOT_STATED

    @property
    def owner_name(self) -> str:
        """The post that looks after it, or that nobody does."""
        return self.manager_post.name if self.manager_post else NO_OWNER

    @property
    def open_options(self) -> tuple[OptionDates, ...]:
        """Options neither used nor declined, with the ends they would bring. None where no end is known."""
        if self.ends_on is None:
            return ()
        return with_ends(
            self.ends_on,
            [(option.number, option.months, option.exercise_by_on) for option in self.options if option.is_open],
        )

    @property
    def value(self) -> Value | None:
        """The value to the current end; None where its VAT, or the sum itself, isn't known."""
        if self.value_net is None or self.value_vat is None or self.value_gross is None:
            return None
        return Value(self.value_net, self.value_vat, self.value_gross)

    @property
    def worth(self) -> Decimal | None:
        """The best known sum to the current end: with VAT where it is known, else as it was stated."""
        return self.value_gross if self.value_gross is not None else self.value_stated

    @property
    def value_said(self) -> str:
        """The value in words, with what is known of its VAT: "£333,000 including VAT", "Not stated"."""
        if self.worth is None:
            return NOT_STATED
        return f"{words.pounds(self.worth)} {self.value_basis.said}"

    def total_with(self, added_gross: Decimal, *, agreed: bool = False) -> Decimal:
        """What it comes to with so much more, VAT included. An `agreed` option is counted in the full value already."""
        now = self.worth or Decimal(0)
        full = self.full_gross if self.full_gross is not None else now
        return max(full, now + added_gross) if agreed else full + added_gross

    def months_with(self, more: int) -> int | None:
        """How long it runs in all with so many months more; None where its start or end isn’t known."""
        if self.starts_on is None or self.ends_on is None:
            return None
        return ceil(term_months(self.starts_on, self.ends_on)) + more

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
    """An option to extend, to be used by a day. It is open until it is used or declined.

    `price_…` is what it adds where the contract says so; else the yearly value over its months. `because` and
    `performance` are the reasons it was used for, and how the supplier had done by then.
    """

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
    price_net: Mapped[Decimal | None]
    price_gross: Mapped[Decimal | None]
    used_on: Mapped[date | None]
    declined_on: Mapped[date | None]
    because: Mapped[str] = mapped_column(default="")
    performance: Mapped[str] = mapped_column(default="")
    decision_id: Mapped[int | None] = mapped_column(ForeignKey("decision.id"))

    contract: Mapped[Contract] = relationship(back_populates="options")
    decision: Mapped[Decision | None] = relationship()

    @property
    def is_open(self) -> bool:
        return self.used_on is None and self.declined_on is None

    @property
    def old_ends_on(self) -> date | None:
        """The end it moved, once it is the last one used: its months counted back from the contract’s end."""
        end = self.contract.ends_on
        return extended(end, -self.months) if end is not None and self.used_on is not None else None

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
