"""Options, criteria, scores, costs, risks, and the consultation that was held."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from procure.appraisal.rules import OptionKind
from procure.people.models import Person, Post
from procure.rows import Base, Example, Recorded, one_of

if TYPE_CHECKING:
    from procure.procurement.models import Procurement


class OfAppraisal(Recorded):
    """A row that belongs to an appraisal, and so to its procurement's file."""

    def trail_file(self) -> str:
        return self.appraisal.procurement.reference  # type: ignore[attr-defined, no-any-return]


class Appraisal(Example, Recorded, Base):
    """The comparison of the ways to meet a need. `outcomes`, `constraints` and `preferred_reasons` are one a line."""

    __tablename__ = "appraisal"

    procurement_id: Mapped[int] = mapped_column(ForeignKey("procurement.id"), unique=True)
    outcomes: Mapped[str] = mapped_column(default="")
    strategic_fit: Mapped[str] = mapped_column(default="")
    demand: Mapped[str] = mapped_column(default="")
    constraints: Mapped[str] = mapped_column(default="")
    market_text: Mapped[str] = mapped_column(default="")
    incumbent_performance: Mapped[str] = mapped_column(default="")
    incumbent_at_expiry: Mapped[str] = mapped_column(default="")
    incumbent_lessons: Mapped[str] = mapped_column(default="")
    criteria_agreed_on: Mapped[date | None]
    preferred_id: Mapped[int | None] = mapped_column(ForeignKey("option.id", use_alter=True))
    preferred_reasons: Mapped[str] = mapped_column(default="")
    discount_permille: Mapped[int] = mapped_column(default=35)
    reviewer_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    sent_to_reviewer_at: Mapped[datetime | None]
    review_due_on: Mapped[date | None]
    returned_because: Mapped[str] = mapped_column(default="")
    reviewed_at: Mapped[datetime | None]
    reviewer_post: Mapped[str] = mapped_column(default="")

    procurement: Mapped[Procurement] = relationship(back_populates="appraisal")
    preferred: Mapped[Option | None] = relationship(foreign_keys=[preferred_id], post_update=True)
    reviewer: Mapped[Person | None] = relationship()
    criteria: Mapped[list[Criterion]] = relationship(back_populates="appraisal", order_by="Criterion.number")
    options: Mapped[list[Option]] = relationship(
        back_populates="appraisal", order_by="Option.number", foreign_keys="Option.appraisal_id"
    )
    discarded: Mapped[list[DiscardedOption]] = relationship(back_populates="appraisal", order_by="DiscardedOption.id")
    consultation: Mapped[Consultation | None] = relationship(back_populates="appraisal")

    def trail_file(self) -> str:
        return self.procurement.reference

    def trail_name(self) -> str:
        return "The options appraisal"

    def option(self, number: int) -> Option | None:
        """The option with that number; None where there is none."""
        return next((option for option in self.options if option.number == number), None)

    @property
    def is_with_reviewer(self) -> bool:
        """Whether it has been sent and waits for the reviewer."""
        return self.sent_to_reviewer_at is not None and self.reviewed_at is None

    @property
    def has_scores(self) -> bool:
        return any(option.scores for option in self.options)


class Criterion(OfAppraisal, Base):
    """What options are scored against. Weights of one appraisal add up to 100."""

    __tablename__ = "criterion"
    __table_args__ = (
        CheckConstraint("weight BETWEEN 1 AND 100", name="weight"),
        UniqueConstraint("appraisal_id", "number"),
    )

    appraisal_id: Mapped[int] = mapped_column(ForeignKey("appraisal.id"))
    number: Mapped[int]
    name: Mapped[str]
    definition: Mapped[str] = mapped_column(default="")
    weight: Mapped[int]
    is_cost: Mapped[bool] = mapped_column(default=False)

    appraisal: Mapped[Appraisal] = relationship(back_populates="criteria")

    def trail_name(self) -> str:
        return f"Criterion {self.number}: {self.name}"


class Option(Example, OfAppraisal, Base):
    """One way to meet the need, on the short list. Its number is never given to another while it stands.

    `short_name` labels pictures ("Grants"); `in_brief` stands under the name ("Several small grants").
    """

    __tablename__ = "option"
    __table_args__ = (UniqueConstraint("appraisal_id", "number"),)

    appraisal_id: Mapped[int] = mapped_column(ForeignKey("appraisal.id"))
    number: Mapped[int]
    name: Mapped[str]
    short_name: Mapped[str] = mapped_column(default="")
    in_brief: Mapped[str] = mapped_column(default="")
    kind: Mapped[OptionKind] = mapped_column(one_of(OptionKind))
    description: Mapped[str] = mapped_column(default="")
    has_vat: Mapped[bool] = mapped_column(default=True)
    cost_note: Mapped[str] = mapped_column(default="")
    equality: Mapped[str] = mapped_column(default="")
    social_value: Mapped[str] = mapped_column(default="")
    market: Mapped[str] = mapped_column(default="")
    rejected_reason: Mapped[str] = mapped_column(default="")

    appraisal: Mapped[Appraisal] = relationship(back_populates="options", foreign_keys=[appraisal_id])
    scores: Mapped[list[OptionScore]] = relationship(back_populates="option", order_by="OptionScore.criterion_id")
    costs: Mapped[list[OptionCost]] = relationship(back_populates="option", order_by="OptionCost.year")
    risks: Mapped[list[OptionRisk]] = relationship(back_populates="option", order_by="OptionRisk.id")

    @property
    def short(self) -> str:
        """The name where there is little room."""
        return self.short_name or self.name

    def trail_name(self) -> str:
        return f"Option {self.number}: {self.name}"


class OfOption(Recorded):
    """A row that belongs to an option."""

    def trail_file(self) -> str:
        return self.option.appraisal.procurement.reference  # type: ignore[attr-defined, no-any-return]


class OptionScore(OfOption, Base):
    """The score of one option on one criterion: a whole number from 0 to 5, and why."""

    __tablename__ = "option_score"
    __table_args__ = (
        UniqueConstraint("option_id", "criterion_id"),
        CheckConstraint("score BETWEEN 0 AND 5", name="score"),
    )

    option_id: Mapped[int] = mapped_column(ForeignKey("option.id"))
    criterion_id: Mapped[int] = mapped_column(ForeignKey("criterion.id"))
    score: Mapped[int]
    reason: Mapped[str]
    evidence: Mapped[str] = mapped_column(default="")
    scored_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    scored_at: Mapped[datetime]

    option: Mapped[Option] = relationship(back_populates="scores")
    criterion: Mapped[Criterion] = relationship()
    scored_by: Mapped[Person] = relationship()

    def trail_name(self) -> str:
        return f"Score of option {self.option.number} on {self.criterion.name}"


class OptionCost(OfOption, Base):
    """The net cost of one option in one financial year, named by the year in which it begins."""

    __tablename__ = "option_cost"
    __table_args__ = (UniqueConstraint("option_id", "year"), CheckConstraint("net >= 0", name="net"))

    option_id: Mapped[int] = mapped_column(ForeignKey("option.id"))
    year: Mapped[int]
    net: Mapped[Decimal]

    option: Mapped[Option] = relationship(back_populates="costs")

    def trail_name(self) -> str:
        return f"Cost of option {self.option.number} in {self.year}/{(self.year + 1) % 100:02}"


class OptionRisk(OfOption, Base):
    """A risk of an option: likelihood and impact from 1 to 5, what is done, and who owns it."""

    __tablename__ = "option_risk"
    __table_args__ = (
        CheckConstraint("likelihood BETWEEN 1 AND 5", name="likelihood"),
        CheckConstraint("impact BETWEEN 1 AND 5", name="impact"),
    )

    option_id: Mapped[int] = mapped_column(ForeignKey("option.id"))
    text: Mapped[str]
    likelihood: Mapped[int]
    impact: Mapped[int]
    mitigation: Mapped[str]
    owner_post_id: Mapped[int] = mapped_column(ForeignKey("post.id"))

    option: Mapped[Option] = relationship(back_populates="risks")
    owner_post: Mapped[Post] = relationship()

    @property
    def rating(self) -> int:
        """Likelihood times impact: 1 to 25."""
        return self.likelihood * self.impact

    def trail_name(self) -> str:
        return f"Risk of option {self.option.number}: {self.text}"


class DiscardedOption(OfAppraisal, Base):
    """An option not taken further, with the reason."""

    __tablename__ = "discarded_option"

    appraisal_id: Mapped[int] = mapped_column(ForeignKey("appraisal.id"), index=True)
    name: Mapped[str]
    reason: Mapped[str]

    appraisal: Mapped[Appraisal] = relationship(back_populates="discarded")

    def trail_name(self) -> str:
        return f"Not taken further: {self.name}"


class Consultation(Example, OfAppraisal, Base):
    """The public consultation, or why there was none."""

    __tablename__ = "consultation"
    __table_args__ = (CheckConstraint("until_on IS NULL OR from_on IS NULL OR until_on >= from_on", name="in_order"),)

    appraisal_id: Mapped[int] = mapped_column(ForeignKey("appraisal.id"), unique=True)
    took_place: Mapped[bool]
    none_reason: Mapped[str] = mapped_column(default="")
    from_on: Mapped[date | None]
    until_on: Mapped[date | None]
    led_by: Mapped[str] = mapped_column(default="")
    response_count: Mapped[int | None]

    appraisal: Mapped[Appraisal] = relationship(back_populates="consultation")
    events: Mapped[list[ConsultationEvent]] = relationship(
        back_populates="consultation", order_by="ConsultationEvent.id"
    )
    findings: Mapped[list[ConsultationFinding]] = relationship(
        back_populates="consultation", order_by="ConsultationFinding.id"
    )

    def trail_name(self) -> str:
        return "The consultation"


class OfConsultation(Recorded):
    """A row that belongs to a consultation."""

    def trail_file(self) -> str:
        return self.consultation.appraisal.procurement.reference  # type: ignore[attr-defined, no-any-return]


class ConsultationEvent(OfConsultation, Base):
    """A workshop, focus group, meeting or written channel: how, when and who took part."""

    __tablename__ = "consultation_event"

    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id"), index=True)
    method: Mapped[str]
    when_text: Mapped[str]
    who: Mapped[str]

    consultation: Mapped[Consultation] = relationship(back_populates="events")

    def trail_name(self) -> str:
        return f"{self.method}, {self.when_text}"


class ConsultationFinding(OfConsultation, Base):
    """What was said and what was done about it."""

    __tablename__ = "consultation_finding"

    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id"), index=True)
    said: Mapped[str]
    did: Mapped[str]

    consultation: Mapped[Consultation] = relationship(back_populates="findings")

    def trail_name(self) -> str:
        return f"You said: {self.said}"
