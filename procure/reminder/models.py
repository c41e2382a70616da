"""Reminders planned and sent: a to-do list, not recorded rows. The evidence is the act and the letter."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from procure.contract.models import Contract
from procure.mail.models import Letter
from procure.people.models import Person, Post
from procure.reminder.rules import ReminderKind
from procure.rows import Base, one_of


class Reminder(Base):
    """One reminder about one date of one contract.

    Unique per contract, kind, the date it is about and how far ahead: planning twice adds nothing. When an
    end date moves, unsent ones are cancelled and planned anew; sent ones stay. `post` is whom it is for,
    `sent_post` whom it went to: the next post up where the first was vacant.
    """

    __tablename__ = "reminder"
    __table_args__ = (
        UniqueConstraint("contract_id", "kind", "about_on", "step"),
        Index("ix_reminder_send_on", "send_on"),
    )

    contract_id: Mapped[int] = mapped_column(ForeignKey("contract.id"))
    kind: Mapped[ReminderKind] = mapped_column(one_of(ReminderKind))
    about_on: Mapped[date]
    step: Mapped[int] = mapped_column(default=0)
    due_on: Mapped[date]
    send_on: Mapped[date]
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id"))
    key_hash: Mapped[str | None] = mapped_column(unique=True)
    letter_id: Mapped[int | None] = mapped_column(ForeignKey("letter.id"))
    sent_to_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    sent_post_id: Mapped[int | None] = mapped_column(ForeignKey("post.id"))
    sent_on: Mapped[date | None]
    answer_by_on: Mapped[date | None]
    acknowledged_at: Mapped[datetime | None]
    acknowledged_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    escalated_on: Mapped[date | None]
    escalation_of_id: Mapped[int | None] = mapped_column(ForeignKey("reminder.id"))
    cancelled_at: Mapped[datetime | None]
    problem: Mapped[str | None]

    contract: Mapped[Contract] = relationship()
    post: Mapped[Post] = relationship(foreign_keys=[post_id])
    sent_post: Mapped[Post | None] = relationship(foreign_keys=[sent_post_id])
    letter: Mapped[Letter | None] = relationship()
    sent_to: Mapped[Person | None] = relationship(foreign_keys=[sent_to_id])
    acknowledged_by: Mapped[Person | None] = relationship(foreign_keys=[acknowledged_by_id])
    escalation_of: Mapped[Reminder | None] = relationship(remote_side="Reminder.id")
