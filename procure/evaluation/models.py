"""Who evaluates, what came in, what each evaluator and then the panel made of it."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from procure.evaluation.rules import BidFileKind, EvaluatorRole, InterestOutcome
from procure.people.models import Person
from procure.rows import Base, Example, Recorded, one_of
from procure.suppliers.models import Supplier
from procure.tender.models import AwardCriterion

if TYPE_CHECKING:
    from procure.evaluation.exclusion_models import ExclusionCheck, ExclusionGround
    from procure.evaluation.reopening_models import ScoreReopening
    from procure.evaluation.report_models import BidCheck, EvaluationAccount, ModerationNote
    from procure.procurement.models import Lot

SEALED = {"sealed": True}
"""Mark of a column whose value History doesn't show: who may read it is decided by this room's own pages."""


class Evaluation(Example, Recorded, Base):
    """The evaluation of one lot, from opening the bids to the result.

    `agreed_at` is the moment of the last agreed score. `tie_settled_by` says how a tie was parted that the
    published rule leaves open. `prices_opened_at` is when every score was first agreed: from then on prices are known,
    whatever happens to the bids.
    """

    __tablename__ = "evaluation"

    lot_id: Mapped[int] = mapped_column(ForeignKey("lot.id"), unique=True)
    opened_at: Mapped[datetime | None]
    scores_due_on: Mapped[date | None]
    agree_due_on: Mapped[date | None]
    agreed_at: Mapped[datetime | None]
    prices_opened_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    tie_settled_for_id: Mapped[int | None] = mapped_column(ForeignKey("bid.id"))
    tie_settled_by: Mapped[str] = mapped_column(default="")

    tie_settled_for: Mapped[Bid | None] = relationship()
    lot: Mapped[Lot] = relationship(back_populates="evaluation")
    panel: Mapped[list[PanelMember]] = relationship(back_populates="evaluation", order_by="PanelMember.id")
    notes: Mapped[list[ModerationNote]] = relationship(back_populates="evaluation")
    account: Mapped[EvaluationAccount | None] = relationship(back_populates="evaluation")
    reopenings: Mapped[list[ScoreReopening]] = relationship(back_populates="evaluation", order_by="ScoreReopening.id")

    @property
    def serving(self) -> list[PanelMember]:
        """Who is on the panel now; who stepped down stays on record only."""
        return [member for member in self.panel if member.left_at is None]

    def trail_file(self) -> str:
        return self.lot.procurement.reference

    def trail_name(self) -> str:
        return "The evaluation"


class PanelMember(Recorded, Base):
    """Somebody who scores or moderates, or did. Neither may sign the award.

    `saved_at` is when a score was last saved, `finished_at` when all were locked. Whoever declared or scored and then
    left stays on record with `left_at`.
    """

    __tablename__ = "panel_member"
    __table_args__ = (UniqueConstraint("evaluation_id", "person_id"),)

    evaluation_id: Mapped[int] = mapped_column(ForeignKey("evaluation.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    role: Mapped[EvaluatorRole] = mapped_column(one_of(EvaluatorRole))
    saved_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    left_at: Mapped[datetime | None]

    evaluation: Mapped[Evaluation] = relationship(back_populates="panel")
    person: Mapped[Person] = relationship()
    declarations: Mapped[list[ConflictDeclaration]] = relationship(
        back_populates="member", order_by="ConflictDeclaration.bid_id", cascade="all, delete-orphan"
    )
    scores: Mapped[list[IndividualScore]] = relationship(back_populates="member", cascade="all, delete-orphan")

    @property
    def scores_bids(self) -> bool:
        """Whether this member scores, and doesn't moderate."""
        return self.role is EvaluatorRole.EVALUATOR

    def trail_file(self) -> str:
        return self.evaluation.lot.procurement.reference

    def trail_name(self) -> str:
        return f"{self.role.label}: {self.person.name}"


class Bid(Example, Recorded, Base):
    """One supplier's bid on a lot. `price_net` is the whole-life price that is scored.

    A price which may be abnormally low is asked about and answered on days of its own; `low_price_finding` is what the
    bidder answered and what was made of it, `low_price_accepted` whether it explains the price (s.19(3) to (5)).

    One that `is_direct` never competed: it is the offer that a direct award takes up, and no list of bids holds it.
    """

    __tablename__ = "bid"
    __table_args__ = (
        UniqueConstraint("lot_id", "supplier_id", "is_direct"),
        CheckConstraint("price_net > 0", name="price"),
        CheckConstraint("was_assessed OR set_aside_because <> ''", name="set_aside_for_a_reason"),
        CheckConstraint("low_answered_on IS NULL OR low_answered_on >= low_asked_on", name="asked_then_answered"),
    )

    lot_id: Mapped[int] = mapped_column(ForeignKey("lot.id"))
    supplier_id: Mapped[int] = mapped_column(ForeignKey("supplier.id"))
    price_net: Mapped[Decimal] = mapped_column(info=SEALED)
    received_at: Mapped[datetime | None]
    was_assessed: Mapped[bool] = mapped_column(default=True)
    set_aside_because: Mapped[str] = mapped_column(default="")
    low_asked_on: Mapped[date | None]
    low_answered_on: Mapped[date | None]
    low_price_accepted: Mapped[bool | None]
    low_price_finding: Mapped[str] = mapped_column(default="")
    is_direct: Mapped[bool] = mapped_column(default=False)

    late_decision: Mapped[LateDecision | None] = relationship(back_populates="bid")
    lot: Mapped[Lot] = relationship(back_populates="bids")
    supplier: Mapped[Supplier] = relationship()
    scores: Mapped[list[ConsensusScore]] = relationship(back_populates="bid", order_by="ConsensusScore.criterion_id")
    files: Mapped[list[BidFile]] = relationship(back_populates="bid", order_by="BidFile.id")
    check: Mapped[BidCheck | None] = relationship(back_populates="bid")
    exclusion: Mapped[ExclusionCheck | None] = relationship(back_populates="bid")
    grounds: Mapped[list[ExclusionGround]] = relationship(back_populates="bid", order_by="ExclusionGround.id")

    def trail_file(self) -> str:
        return self.lot.procurement.reference

    def trail_name(self) -> str:
        return f"Bid of {self.supplier.name}"


class BidFile(Example, Recorded, Base):
    """One file of a bid, as it came. `file_key` finds its bytes, `sha256` proves them.

    A file of a price is closed to the panel until every score is agreed. One put in by mistake is withdrawn with the
    reason; its bytes stay. `opens_with` is the key of one that lies encrypted since it was under seal.
    """

    __tablename__ = "bid_file"

    bid_id: Mapped[int] = mapped_column(ForeignKey("bid.id"))
    kind: Mapped[BidFileKind] = mapped_column(one_of(BidFileKind))
    name: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int]
    sha256: Mapped[str]
    file_key: Mapped[str]
    added_at: Mapped[datetime]
    withdrawn_because: Mapped[str] = mapped_column(default="")
    opens_with: Mapped[str | None] = mapped_column(info={"secret": True})

    bid: Mapped[Bid] = relationship(back_populates="files")

    def trail_file(self) -> str:
        return self.bid.lot.procurement.reference

    def trail_name(self) -> str:
        return f"File {self.name} of {self.bid.supplier.name}"


class LateDecision(Recorded, Base):
    """Whether a bid that came after the deadline is evaluated, by whom and why. Once written it can't be changed."""

    __tablename__ = "late_decision"
    __table_args__ = (CheckConstraint("reason <> ''", name="has_reason"),)

    bid_id: Mapped[int] = mapped_column(ForeignKey("bid.id"), unique=True)
    is_admitted: Mapped[bool]
    reason: Mapped[str]
    decided_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime]

    bid: Mapped[Bid] = relationship(back_populates="late_decision")
    decided_by: Mapped[Person] = relationship()

    def trail_file(self) -> str:
        return self.bid.lot.procurement.reference

    def trail_name(self) -> str:
        return f"Decision on the late bid of {self.bid.supplier.name}"


class ConflictDeclaration(Recorded, Base):
    """What a panel member declared about one bidder: nothing, or an interest in words.

    An interest waits for the officer's decision. Procurement Act 2023 s.81 and s.83.
    """

    __tablename__ = "conflict_declaration"
    __table_args__ = (UniqueConstraint("member_id", "bid_id"),)

    member_id: Mapped[int] = mapped_column(ForeignKey("panel_member.id"))
    bid_id: Mapped[int] = mapped_column(ForeignKey("bid.id"))
    made_at: Mapped[datetime]
    interest: Mapped[str] = mapped_column(default="")
    outcome: Mapped[InterestOutcome | None] = mapped_column(one_of(InterestOutcome))
    reason: Mapped[str] = mapped_column(default="")
    decided_at: Mapped[datetime | None]

    member: Mapped[PanelMember] = relationship(back_populates="declarations")
    bid: Mapped[Bid] = relationship()

    def trail_file(self) -> str:
        return self.bid.lot.procurement.reference

    def trail_name(self) -> str:
        return f"Declaration of {self.member.person.name} about {self.bid.supplier.name}"


class IndividualScore(Recorded, Base):
    """One evaluator's own score on one criterion of one bid, and why. Kept beside the agreed one for good."""

    __tablename__ = "individual_score"
    __table_args__ = (
        UniqueConstraint("member_id", "bid_id", "criterion_id"),
        CheckConstraint("score BETWEEN 0 AND 5", name="score"),
    )

    member_id: Mapped[int] = mapped_column(ForeignKey("panel_member.id"))
    bid_id: Mapped[int] = mapped_column(ForeignKey("bid.id"), index=True)
    criterion_id: Mapped[int] = mapped_column(ForeignKey("award_criterion.id"))
    score: Mapped[int] = mapped_column(info=SEALED)
    reason: Mapped[str] = mapped_column(info=SEALED)

    member: Mapped[PanelMember] = relationship(back_populates="scores")
    bid: Mapped[Bid] = relationship()
    criterion: Mapped[AwardCriterion] = relationship()

    def trail_file(self) -> str:
        return self.bid.lot.procurement.reference

    def trail_name(self) -> str:
        return f"{self.member.person.name} on {self.bid.supplier.name}, {self.criterion.title}"


class ConsensusScore(Recorded, Base):
    """The panel's one whole-number score on a criterion, and its reason. Never an average (Bromcom 2022)."""

    __tablename__ = "consensus_score"
    __table_args__ = (
        UniqueConstraint("bid_id", "criterion_id"),
        CheckConstraint("score BETWEEN 0 AND 5", name="score"),
    )

    bid_id: Mapped[int] = mapped_column(ForeignKey("bid.id"))
    criterion_id: Mapped[int] = mapped_column(ForeignKey("award_criterion.id"))
    score: Mapped[int]
    reason: Mapped[str]

    bid: Mapped[Bid] = relationship(back_populates="scores")
    criterion: Mapped[AwardCriterion] = relationship()

    def trail_file(self) -> str:
        return self.bid.lot.procurement.reference

    def trail_name(self) -> str:
        return f"{self.bid.supplier.name} on {self.criterion.title}"
