"""The planned days of a tender."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from procure.law.working_days import legal_day
from procure.rows import Base, Example, Recorded, one_of
from procure.tender.timetable_rules import QUESTIONS_CLOSE, PlannedStep

if TYPE_CHECKING:
    from procure.procurement.models import Lot

LONDON = ZoneInfo("Europe/London")


class Timetable(Example, Recorded, Base):
    """The days planned for a lot's tender.

    `circumstance` settles how long bidders must have, as `law.periods` names it. `planned_notice_on` is the day of a
    planned procurement notice that is relied on to shorten that time.
    """

    __tablename__ = "timetable"

    lot_id: Mapped[int] = mapped_column(ForeignKey("lot.id"), unique=True)
    notice_on: Mapped[date]
    closes_at: Mapped[datetime]
    circumstance: Mapped[str] = mapped_column(default="")
    planned_notice_on: Mapped[date | None]
    edition: Mapped[int] = mapped_column(default=1)

    lot: Mapped[Lot] = relationship(back_populates="timetable")
    days: Mapped[list[PlannedDay]] = relationship(back_populates="timetable", order_by="PlannedDay.id")

    @property
    def closes_on(self) -> date:
        """The day of the deadline, in London."""
        return legal_day(self.closes_at)

    @property
    def questions_by_at(self) -> datetime | None:
        """The last moment for a question: 5pm in London on its day."""
        return self._at(self.day_of(PlannedStep.QUESTIONS), QUESTIONS_CLOSE)

    @property
    def answers_by_on(self) -> date | None:
        """The day by which every answer is published."""
        return self.day_of(PlannedStep.ANSWERS)

    def day_of(self, step: PlannedStep) -> date | None:
        """The planned day of a step; None where this purchase doesn't have it."""
        if step is PlannedStep.NOTICE:
            return self.notice_on
        if step is PlannedStep.CLOSES:
            return self.closes_on
        return next((one.planned_on for one in self.days if one.step is step), None)

    def _at(self, day: date | None, hour: time) -> datetime | None:
        return datetime.combine(day, hour, LONDON) if day else None

    def trail_file(self) -> str:
        return self.lot.procurement.reference

    def trail_name(self) -> str:
        return "Timetable"


class PlannedDay(Recorded, Base):
    """The planned day of one step, worked out or chosen. `came_on` is typed where the file itself doesn’t know."""

    __tablename__ = "planned_day"
    __table_args__ = (UniqueConstraint("timetable_id", "step"),)

    timetable_id: Mapped[int] = mapped_column(ForeignKey("timetable.id"))
    step: Mapped[PlannedStep] = mapped_column(one_of(PlannedStep))
    planned_on: Mapped[date]
    came_on: Mapped[date | None]

    timetable: Mapped[Timetable] = relationship(back_populates="days")

    def trail_file(self) -> str:
        return self.timetable.trail_file()

    def trail_name(self) -> str:
        return f"Timetable: {self.step.label}"
