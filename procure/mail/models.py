"""Letters that wait to be posted, and those that were. Not recorded: they carry their own times."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from procure.documents.models import Paper
from procure.people.models import Person
from procure.rows import Base

WAITS = "sent_at IS NULL AND given_up_at IS NULL"
FAILED = "given_up_at IS NOT NULL AND set_aside_at IS NULL"
"""Few among the many that were sent: found without a look at those."""


class Letter(Base):
    """One e-mail to one person. Queued in the transaction that gave rise to it, posted after it.

    `once` is unique: the same reminder to the same person can be queued only once. `message_id` is fixed
    when the letter is queued, so that a letter sent twice after a crash is one letter to the reader's program.
    `tries` counts every time it was, or may have been, handed over; it is written before the letter is.
    `failures` counts the times it was turned away. `set_aside_at`: somebody has dealt with one that was given up.
    `calendar` is an entry for the reader's calendar, as iCalendar text. `secret` is the key inside its link; it is
    blanked, here and in the words, once the letter is sent. `sealed_for` is the lot for whose bids it is under seal:
    no page shows it until they are opened, and its reader and words are blanked once it is sent.
    """

    __tablename__ = "letter"
    __table_args__ = (
        Index("ix_letter_to_post", "next_try_at", "id", postgresql_where=WAITS, sqlite_where=WAITS),
        Index("ix_letter_failed", "id", postgresql_where=FAILED, sqlite_where=FAILED),
        Index("ix_letter_about", "about"),
    )

    name: Mapped[str]
    once: Mapped[str] = mapped_column(unique=True)
    about: Mapped[str] = mapped_column(default="")
    to_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    to_name: Mapped[str]
    to_email: Mapped[str]
    to_post: Mapped[str] = mapped_column(default="")
    subject: Mapped[str]
    text: Mapped[str]
    html: Mapped[str]
    secret: Mapped[str | None]
    calendar: Mapped[str | None]
    sealed_for: Mapped[str | None]
    message_id: Mapped[str] = mapped_column(unique=True)
    queued_at: Mapped[datetime]
    next_try_at: Mapped[datetime]
    claimed_until: Mapped[datetime | None]
    claimed_by: Mapped[str | None]
    tries: Mapped[int] = mapped_column(default=0)
    failures: Mapped[int] = mapped_column(default=0)
    last_problem: Mapped[str | None]
    sent_at: Mapped[datetime | None]
    given_up_at: Mapped[datetime | None]
    set_aside_at: Mapped[datetime | None]

    to: Mapped[Person | None] = relationship()
    enclosures: Mapped[list[Enclosure]] = relationship(back_populates="letter", order_by="Enclosure.id")

    @property
    def papers(self) -> list[Paper]:
        """What is in the envelope, in the order it was put there."""
        return [one.paper for one in self.enclosures]


class Enclosure(Base):
    """A paper in the envelope of a letter."""

    __tablename__ = "enclosure"
    __table_args__ = (UniqueConstraint("letter_id", "paper_id"),)

    letter_id: Mapped[int] = mapped_column(ForeignKey("letter.id"))
    paper_id: Mapped[int] = mapped_column(ForeignKey("paper.id"))

    letter: Mapped[Letter] = relationship(back_populates="enclosures")
    paper: Mapped[Paper] = relationship()


class Heartbeat(Base):
    """When a round last began and last ended well, for the page that shows whether the clock runs."""

    __tablename__ = "heartbeat"

    name: Mapped[str] = mapped_column(unique=True)
    began_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    said: Mapped[str] = mapped_column(default="")
