"""Answers to the questions that a paper asks its officer: where the law leaves a choice, the choice is kept."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from procure.people.models import Person
from procure.rows import Base, Recorded


class PaperAnswer(Recorded, Base):
    """What an officer answered to one question of one paper of a file.

    The question is kept in the words that were answered; `question_digest` finds it again.
    """

    __tablename__ = "paper_answer"
    __table_args__ = (UniqueConstraint("about", "name", "question_digest"),)

    about: Mapped[str]
    name: Mapped[str]
    question: Mapped[str]
    question_digest: Mapped[str]
    answer: Mapped[str]
    answered_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    answered_at: Mapped[datetime]

    answered_by: Mapped[Person] = relationship()

    def trail_file(self) -> str:
        return self.about

    def trail_name(self) -> str:
        return f"Answer: {self.question}"
