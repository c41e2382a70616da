"""Papers as issued: kept with template, facts, author, time and digest, and never overwritten."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from procure.people.models import Person
from procure.rows import Base, Example, Recorded


class Paper(Example, Recorded, Base):
    """One issued version of a declared document. `file_key` finds its bytes, `sha256` proves them.

    `about` is the reference of the file it belongs to; `subject` tells apart papers of the same kind on
    one file, such as the letters to three bidders.
    """

    __tablename__ = "paper"
    __table_args__ = (UniqueConstraint("about", "name", "subject", "number"),)

    about: Mapped[str]
    name: Mapped[str]
    subject: Mapped[str] = mapped_column(default="")
    number: Mapped[int]
    title: Mapped[str]
    reference: Mapped[str]
    template_sha256: Mapped[str]
    facts: Mapped[str]
    file_key: Mapped[str]
    sha256: Mapped[str]
    size: Mapped[int]
    author_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    author_post: Mapped[str]
    issued_at: Mapped[datetime]

    author: Mapped[Person] = relationship()

    @property
    def ending(self) -> str:
        """How the name of its file ends: docx, or xlsx for a workbook."""
        return self.file_key.rpartition(".")[2]

    @property
    def is_workbook(self) -> bool:
        """Whether it opens in a spreadsheet rather than in Word."""
        return self.ending == "xlsx"

    def trail_file(self) -> str:
        return self.about

    def trail_name(self) -> str:
        return f"{self.title}, version {self.number}"
