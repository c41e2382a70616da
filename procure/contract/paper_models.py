"""What only a contract's papers say: how it is executed, the note of a change, reports, the exit, notice to end it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from procure.contract.life_rules import Rating
from procure.contract.models import Contract, OfContract
from procure.contract.paper_rules import AskedBy, EndGround, LegalForm
from procure.rows import Base, Example, one_of

if TYPE_CHECKING:
    from procure.contract.life_models import Break, ContractChange


class Execution(OfContract, Example, Base):
    """Who executes the contract for the supplier, and how. `signatories` are one a line."""

    __tablename__ = "contract_execution"

    contract_id: Mapped[int] = mapped_column(ForeignKey("contract.id"), unique=True)
    legal_form: Mapped[LegalForm] = mapped_column(one_of(LegalForm))
    signatories: Mapped[str] = mapped_column(default="")
    seal_number: Mapped[str] = mapped_column(default="")

    contract: Mapped[Contract] = relationship(back_populates="execution")

    def trail_name(self) -> str:
        return "Execution"


class ChangeNote(OfContract, Example, Base):
    """What the note of a change says beside the change: who asked and when, the budget, what Legal said of a notice."""

    __tablename__ = "change_note"

    change_id: Mapped[int] = mapped_column(ForeignKey("contract_change.id"), unique=True)
    asked_by: Mapped[AskedBy] = mapped_column(one_of(AskedBy))
    asked_on: Mapped[date]
    budget_text: Mapped[str] = mapped_column(default="")
    legal_view: Mapped[str] = mapped_column(default="")

    change: Mapped[ContractChange] = relationship(back_populates="note")

    @property
    def contract(self) -> Contract:
        """The contract that is changed."""
        return self.change.contract

    def trail_name(self) -> str:
        return f"Note of change {self.change.number}"


class PerformanceReport(OfContract, Example, Base):
    """What a performance report says beside ratings and money. Lists are one entry to a line, its parts between bars.

    `paid_late` counts invoices of the period that were paid later than agreed; None until somebody has counted.
    """

    __tablename__ = "performance_report"
    __table_args__ = (
        UniqueConstraint("contract_id", "until_on"),
        CheckConstraint("until_on >= from_on", name="in_order"),
        CheckConstraint("paid_late IS NULL OR paid_late >= 0", name="paid_late"),
    )

    contract_id: Mapped[int] = mapped_column(ForeignKey("contract.id"))
    from_on: Mapped[date]
    until_on: Mapped[date]
    overall: Mapped[Rating] = mapped_column(one_of(Rating))
    summary: Mapped[str]
    paid_late: Mapped[int | None]
    issues: Mapped[str] = mapped_column(default="")
    risks: Mapped[str] = mapped_column(default="")
    improvement: Mapped[str] = mapped_column(default="")

    contract: Mapped[Contract] = relationship(back_populates="reports")

    def trail_name(self) -> str:
        return f"Performance report to {self.until_on}"


class ExitArrangements(OfContract, Example, Base):
    """How the service passes on. Tasks and assets are one entry to a line, their parts between bars."""

    __tablename__ = "exit_arrangements"

    contract_id: Mapped[int] = mapped_column(ForeignKey("contract.id"), unique=True)
    tasks: Mapped[str] = mapped_column(default="")
    assets: Mapped[str] = mapped_column(default="")
    staff: Mapped[str] = mapped_column(default="")
    final_account: Mapped[str] = mapped_column(default="")
    communications: Mapped[str] = mapped_column(default="")

    contract: Mapped[Contract] = relationship(back_populates="exit_arrangements")

    def trail_name(self) -> str:
        return "Exit arrangements"


class EndNotice(OfContract, Example, Base):
    """Notice to end a contract early. `told_on` and `answered` are the steps of Procurement Act 2023 s.78(7)."""

    __tablename__ = "end_notice"
    __table_args__ = (CheckConstraint("ends_on >= given_on", name="in_order"),)

    contract_id: Mapped[int] = mapped_column(ForeignKey("contract.id"), unique=True)
    ground: Mapped[EndGround] = mapped_column(one_of(EndGround))
    clause: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(default="")
    given_on: Mapped[date]
    ends_on: Mapped[date]
    break_id: Mapped[int | None] = mapped_column(ForeignKey("contract_break.id"))
    told_on: Mapped[date | None]
    answered: Mapped[str] = mapped_column(default="")
    money_text: Mapped[str] = mapped_column(default="")

    contract: Mapped[Contract] = relationship(back_populates="end_notice")
    break_used: Mapped[Break | None] = relationship()

    def trail_name(self) -> str:
        return "Notice to end it"
