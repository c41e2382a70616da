"""The timetable of a whole purchase: from the first look at the options to the first day of the service."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from procure.rows import Base, Example, Recorded, one_of
from procure.tender.programme_rules import Counted

if TYPE_CHECKING:
    from procure.procurement.models import Procurement


class Programme(Example, Recorded, Base):
    """The stages of a purchase, counted forwards from the day the work begins or backwards from the first of service.

    Its days are never stored: they follow from `anchor_on`, the lengths of the stages and the calendars.
    """

    __tablename__ = "programme"

    procurement_id: Mapped[int] = mapped_column(ForeignKey("procurement.id"), unique=True)
    counted: Mapped[Counted] = mapped_column(one_of(Counted))
    anchor_on: Mapped[date]
    edition: Mapped[int] = mapped_column(default=1)

    procurement: Mapped[Procurement] = relationship(back_populates="programme")
    stages: Mapped[list[ProgrammeStage]] = relationship(back_populates="programme", order_by="ProgrammeStage.id")

    def trail_file(self) -> str:
        return self.procurement.reference

    def trail_name(self) -> str:
        return "Timetable of the whole purchase"


class ProgrammeStage(Recorded, Base):
    """One stage: its length in the days that `law.timetable` counts for it, and a day it is held to, if any."""

    __tablename__ = "programme_stage"
    __table_args__ = (
        UniqueConstraint("programme_id", "key"),
        CheckConstraint("days >= 0", name="days"),
    )

    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    key: Mapped[str]
    days: Mapped[int]
    held_to: Mapped[date | None]

    programme: Mapped[Programme] = relationship(back_populates="stages")

    def trail_file(self) -> str:
        return self.programme.trail_file()

    def trail_name(self) -> str:
        return f"Timetable of the whole purchase: {self.key}"
