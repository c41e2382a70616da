"""The council's own templates: every version ever taken in, which holds from which day, and which a file works with.

A version that is missing where one may be named means the template as it was supplied with the product.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from procure.documents.checking import TemplateKind
from procure.people.models import Person
from procure.rows import Base, Recorded, one_of

TRAIL = "templates"


class TemplateVersion(Recorded, Base):
    """One version of a document's template as it was taken in. Never changed, never deleted.

    `name` is the document's; `notes` says, a line each, what was taken out of the file.
    """

    __tablename__ = "template_version"
    __table_args__ = (UniqueConstraint("name", "number"),)

    name: Mapped[str]
    number: Mapped[int]
    kind: Mapped[TemplateKind] = mapped_column(one_of(TemplateKind))
    file_name: Mapped[str]
    file_key: Mapped[str]
    sha256: Mapped[str]
    size: Mapped[int]
    said: Mapped[str] = mapped_column(default="")
    notes: Mapped[str] = mapped_column(default="")
    uploaded_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    uploaded_at: Mapped[datetime]

    uploaded_by: Mapped[Person] = relationship()

    def trail_file(self) -> str:
        return TRAIL

    def trail_name(self) -> str:
        return f"Template of {self.name}, version {self.number}"


class TemplateChoice(Recorded, Base):
    """That a version is used from a day on, until the next choice begins. Of two for one day the later one counts."""

    __tablename__ = "template_choice"
    __table_args__ = (Index("ix_template_choice_name", "name", "from_on"),)

    name: Mapped[str]
    template_id: Mapped[int | None] = mapped_column(ForeignKey("template_version.id"))
    from_on: Mapped[date]
    because: Mapped[str] = mapped_column(default="")
    chosen_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    chosen_at: Mapped[datetime]
    taken_back_at: Mapped[datetime | None]

    template: Mapped[TemplateVersion | None] = relationship()
    chosen_by: Mapped[Person] = relationship()

    def trail_file(self) -> str:
        return TRAIL

    def trail_name(self) -> str:
        return f"Template of {self.name} from {self.from_on.isoformat()}"


class TemplateStart(Base):
    """The version with which a file began a document: at its first draft or issue. Not recorded; written once."""

    __tablename__ = "template_start"
    __table_args__ = (UniqueConstraint("about", "name"),)

    about: Mapped[str]
    name: Mapped[str]
    template_id: Mapped[int | None] = mapped_column(ForeignKey("template_version.id"))
    began_at: Mapped[datetime]

    template: Mapped[TemplateVersion | None] = relationship()


class TemplateMove(Recorded, Base):
    """That an officer moved a file to another version of a document's template."""

    __tablename__ = "template_move"
    __table_args__ = (Index("ix_template_move_about", "about", "name"),)

    about: Mapped[str]
    name: Mapped[str]
    template_id: Mapped[int | None] = mapped_column(ForeignKey("template_version.id"))
    moved_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    moved_at: Mapped[datetime]

    template: Mapped[TemplateVersion | None] = relationship()
    moved_by: Mapped[Person] = relationship()

    def trail_file(self) -> str:
        return self.about

    def trail_name(self) -> str:
        return f"Template of {self.name}"
