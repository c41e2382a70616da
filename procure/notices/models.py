"""Notices that were published, with their reference and day."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from procure.notices.rules import NoticeKind
from procure.rows import Base, Example, Recorded, one_of

if TYPE_CHECKING:
    from procure.procurement.models import Lot


class Notice(Example, Recorded, Base):
    """That a notice was published. An award notice states the standstill, which binds once stated (s.51).

    `circumstance` is what settled the shortest time bidders could be given, as `law.periods` names it.
    """

    __tablename__ = "notice"
    __table_args__ = (
        UniqueConstraint("lot_id", "kind"),
        CheckConstraint("standstill_days IS NULL OR standstill_days >= 8", name="standstill_days"),
    )

    lot_id: Mapped[int] = mapped_column(ForeignKey("lot.id"))
    kind: Mapped[NoticeKind] = mapped_column(one_of(NoticeKind))
    reference: Mapped[str]
    published_on: Mapped[date]
    closes_at: Mapped[datetime | None]
    circumstance: Mapped[str] = mapped_column(default="")
    standstill_days: Mapped[int | None]
    standstill_is_voluntary: Mapped[bool] = mapped_column(default=False)
    no_standstill_reason: Mapped[str] = mapped_column(default="")

    lot: Mapped[Lot] = relationship(back_populates="notices")

    def trail_file(self) -> str:
        return self.lot.procurement.reference

    def trail_name(self) -> str:
        return self.kind.label
