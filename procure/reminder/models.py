"""Reminders planned and sent, and what was asked to be planned: to-do lists, not recorded rows. The council's and
contracts' own offsets are recorded; so is nothing about what a person prefers."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from procure.contract.models import Contract, OfContract
from procure.contract.rules import Tier
from procure.mail.models import Letter
from procure.people.models import Person, Post
from procure.reminder.rules.kinds import Ahead, ReminderKind
from procure.rows import Base, Recorded, one_of

UNSENT = "sent_on IS NULL AND cancelled_at IS NULL"
UNANSWERED = (
    "sent_on IS NOT NULL AND acknowledged_at IS NULL AND settled_on IS NULL AND escalated_on IS NULL "
    "AND cancelled_at IS NULL"
)


class Reminder(Base):
    """One letter about one day: of a contract, or of a ring-fence, a grant, a delegated power.

    `of` names the thing: "contract:17". Unique per thing, version of its terms, kind, `item` (which option, which
    paper) and how long `ahead`: planning twice adds nothing. When terms change, unsent ones that stand no longer are
    cancelled and the others carried over; sent ones stay. `post` is whom it is for, `sent_post` whom it went to.
    `follows` is the letter it asks about again: nobody answered it, or somebody put it off. `settled_on`: what
    happened since has answered it. All reminders of one digest share its letter and the hash of its key.
    """

    __tablename__ = "reminder"
    __table_args__ = (
        UniqueConstraint("of", "terms_version", "kind", "item", "ahead"),
        CheckConstraint("(contract_id IS NOT NULL) = (of LIKE 'contract:%')", name="of_contract"),
        Index("ix_reminder_unsent", "send_on", "id", postgresql_where=UNSENT, sqlite_where=UNSENT),
        Index("ix_reminder_unsent_post", "post_id", "send_on", postgresql_where=UNSENT, sqlite_where=UNSENT),
        Index("ix_reminder_unanswered", "answer_by_on", postgresql_where=UNANSWERED, sqlite_where=UNANSWERED),
        Index("ix_reminder_key_hash", "key_hash", postgresql_where="key_hash IS NOT NULL",
              sqlite_where="key_hash IS NOT NULL"),
        Index("ix_reminder_letter_id", "letter_id", postgresql_where="letter_id IS NOT NULL",
              sqlite_where="letter_id IS NOT NULL"),
        Index("ix_reminder_follows_id", "follows_id", postgresql_where="follows_id IS NOT NULL",
              sqlite_where="follows_id IS NOT NULL"),
        Index("ix_reminder_problem", "id", postgresql_where=f"problem IS NOT NULL AND {UNSENT}",
              sqlite_where=f"problem IS NOT NULL AND {UNSENT}"),
    )  # fmt: skip

    of: Mapped[str] = mapped_column(String(40))
    contract_id: Mapped[int | None] = mapped_column(ForeignKey("contract.id"))
    terms_version: Mapped[int] = mapped_column(default=1)
    kind: Mapped[ReminderKind] = mapped_column(one_of(ReminderKind))
    item: Mapped[str] = mapped_column(String(60), default="")
    said: Mapped[str] = mapped_column(default="")
    ahead: Mapped[str] = mapped_column(String(12))
    about_on: Mapped[date]
    due_on: Mapped[date]
    send_on: Mapped[date]
    post_id: Mapped[int | None] = mapped_column(ForeignKey("post.id"))
    key_hash: Mapped[str | None]
    letter_id: Mapped[int | None] = mapped_column(ForeignKey("letter.id"))
    sent_to_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    sent_post_id: Mapped[int | None] = mapped_column(ForeignKey("post.id"))
    sent_on: Mapped[date | None]
    answer_by_on: Mapped[date | None]
    acknowledged_at: Mapped[datetime | None]
    acknowledged_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    snoozed_until: Mapped[date | None]
    settled_on: Mapped[date | None]
    escalated_on: Mapped[date | None]
    follows_id: Mapped[int | None] = mapped_column(ForeignKey("reminder.id"))
    cancelled_at: Mapped[datetime | None]
    passed_over: Mapped[bool] = mapped_column(default=False)
    problem: Mapped[str | None]

    contract: Mapped[Contract | None] = relationship()
    post: Mapped[Post | None] = relationship(foreign_keys=[post_id])
    sent_post: Mapped[Post | None] = relationship(foreign_keys=[sent_post_id])
    letter: Mapped[Letter | None] = relationship()
    sent_to: Mapped[Person | None] = relationship(foreign_keys=[sent_to_id])
    acknowledged_by: Mapped[Person | None] = relationship(foreign_keys=[acknowledged_by_id])
    follows: Mapped[Reminder | None] = relationship(remote_side="Reminder.id")

    @property
    def how_far(self) -> Ahead:
        """How long before its day it goes."""
        return Ahead.of(self.ahead)

    @property
    def root(self) -> Reminder:
        """The first of its line: of an escalation, the letter that nobody answered."""
        first = self
        while first.follows is not None:
            first = first.follows
        return first

    @property
    def file(self) -> str:
        """The file of the trail in which what is done about it stands."""
        return self.contract.reference if self.contract else "reminders"


class PlanRequest(Base):
    """That the reminders of a thing are to be planned anew. The round deletes what it has seen; not recorded."""

    __tablename__ = "plan_request"

    of: Mapped[str] = mapped_column(String(40))


class ReminderOffsets(Recorded, Base):
    """How long before its day the council tells a kind of date, from a day on; for one class of contract or all."""

    __tablename__ = "reminder_offsets"
    __table_args__ = (Index("ix_reminder_offsets_kind", "kind", "tier", "from_on"),)

    kind: Mapped[ReminderKind] = mapped_column(one_of(ReminderKind))
    tier: Mapped[Tier | None] = mapped_column(one_of(Tier))
    ahead: Mapped[str]
    because: Mapped[str] = mapped_column(default="")
    from_on: Mapped[date]

    def trail_file(self) -> str:
        return "council"

    def trail_name(self) -> str:
        return f"When letters go: {self.kind.label}" + (f", {self.tier.label}" if self.tier else "")


class ContractOffsets(OfContract, Base):
    """How long before its day one contract is told of a kind of date, where that differs from the council's rule."""

    __tablename__ = "contract_offsets"
    __table_args__ = (UniqueConstraint("contract_id", "kind"),)

    contract_id: Mapped[int] = mapped_column(ForeignKey("contract.id"))
    kind: Mapped[ReminderKind] = mapped_column(one_of(ReminderKind))
    ahead: Mapped[str]
    because: Mapped[str]

    contract: Mapped[Contract] = relationship()

    def trail_name(self) -> str:
        return f"When letters go: {self.kind.label}"


class LetterChoice(Base):
    """How a person wants reminders: one by one or in one letter a week; and the key of their calendar. Not recorded."""

    __tablename__ = "letter_choice"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), unique=True)
    weekly: Mapped[bool] = mapped_column(default=False)
    calendar_hash: Mapped[str | None] = mapped_column(unique=True)
    calendar_made_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship()
