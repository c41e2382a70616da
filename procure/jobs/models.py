"""Jobs that wait, run, or are over. Not recorded: they carry their own times; what comes of one is an act."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from procure.jobs.rules import KEPT_FOR, JobState
from procure.people.models import Person
from procure.rows import Base, one_of


class Job(Base):
    """One piece of long work somebody asked for.

    `about` is the reference of the file it belongs to; `facts` is what its kind needs to know, as JSON. `once` is
    unique while the job is not over: asking twice gives the same job. A clock holds it by `claimed_by` until
    `claimed_until`; only its holder can note progress or the result.
    """

    __tablename__ = "job"
    __table_args__ = (
        Index("ix_job_to_do", "next_try_at", postgresql_where="ended_at IS NULL"),
        Index("ix_job_asked_by", "asked_by_id", "id"),
    )

    kind: Mapped[str]
    title: Mapped[str]
    about: Mapped[str] = mapped_column(default="")
    facts: Mapped[str] = mapped_column(default="{}")
    once: Mapped[str | None] = mapped_column(unique=True)
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    asked_at: Mapped[datetime]
    next_try_at: Mapped[datetime]
    state: Mapped[JobState] = mapped_column(one_of(JobState), default=JobState.WAITING)
    claimed_by: Mapped[str | None]
    claimed_until: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(default=0)
    began_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    done: Mapped[int] = mapped_column(default=0)
    of: Mapped[int | None]
    problem: Mapped[str | None]
    result_key: Mapped[str | None]
    result_name: Mapped[str | None]
    result_type: Mapped[str | None]
    result_size: Mapped[int | None]
    result_sha256: Mapped[str | None]
    swept_at: Mapped[datetime | None]

    asked_by: Mapped[Person] = relationship()

    @property
    def can_be_fetched(self) -> bool:
        """Whether there is a result and it has not been swept."""
        return self.state is JobState.DONE and self.result_key is not None and self.swept_at is None

    @property
    def kept_until(self) -> datetime | None:
        """When the result is swept."""
        return None if self.ended_at is None else self.ended_at + KEPT_FOR
