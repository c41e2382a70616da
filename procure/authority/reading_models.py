"""Published words from which a decision was recorded."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from procure.rows import Base, Recorded

if TYPE_CHECKING:
    from procure.authority.models import Meeting


class DecisionSource(Recorded, Base):
    """The text a decision was read from, as it came, with its SHA-256: what was confirmed can be held against it.

    `sha256` is that of the text in UTF-8; `file_sha256` that of the file the text was taken from, if it was a file.
    """

    __tablename__ = "decision_source"
    __table_args__ = (CheckConstraint("length(sha256) = 64", name="whole_digest"),)

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), unique=True)
    name: Mapped[str] = mapped_column(default="")
    words: Mapped[str] = mapped_column(info={"secret": True})
    sha256: Mapped[str]
    file_sha256: Mapped[str] = mapped_column(default="")
    read_at: Mapped[datetime]

    meeting: Mapped[Meeting] = relationship()

    def trail_file(self) -> str:
        return self.meeting.reference

    def trail_name(self) -> str:
        return "Published words"
