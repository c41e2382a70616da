"""The file itself, and its lots. Every procurement has at least one lot; a single one stays hidden."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from procure import words
from procure.law.regimes import Regime
from procure.people.models import Person, Post
from procure.procurement.rules import ContractKind, Procedure, Route, Stage
from procure.rows import REFERENCE, Base, Example, Recorded, one_of

if TYPE_CHECKING:
    from procure.appraisal.models import Appraisal
    from procure.approval.models import Report
    from procure.award.models import Award
    from procure.award.route_models import Ending, SingleBid
    from procure.contract.models import Contract
    from procure.evaluation.models import Bid, Evaluation
    from procure.notices.models import Notice
    from procure.tender.addendum_models import Addendum
    from procure.tender.conflict_models import ConflictsAssessment
    from procure.tender.models import Invitation, Method
    from procure.tender.pack_models import ContractTerms, HowToTender, PlannedKpi, Specification
    from procure.tender.pricing_models import PricingPlan
    from procure.tender.programme_models import Programme
    from procure.tender.question_models import Question
    from procure.tender.sealed_models import BidOpener, BidOpening
    from procure.tender.strategy_models import Strategy
    from procure.tender.timetable_models import Timetable


class Procurement(Example, Recorded, Base):
    """A purchase on its way through the council. Values are whole-life: initial term and every option."""

    __tablename__ = "procurement"
    __table_args__ = (
        CheckConstraint("initial_months IS NULL OR initial_months > 0", name="initial_months"),
        CheckConstraint("extension_count >= 0 AND extension_months >= 0", name="extensions"),
        CheckConstraint("value_gross IS NULL OR value_gross = value_net + value_vat", name="value_adds_up"),
    )

    reference: Mapped[str] = mapped_column(REFERENCE, unique=True)
    title: Mapped[str]
    stage: Mapped[Stage] = mapped_column(one_of(Stage), default=Stage.NEED)
    ended_because: Mapped[str | None]
    route: Mapped[Route] = mapped_column(one_of(Route), default=Route.CABINET)
    started_on: Mapped[date]
    approved_gross: Mapped[Decimal | None]
    advertised_gross: Mapped[Decimal | None]
    officer_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    ending_contract_id: Mapped[int | None] = mapped_column(ForeignKey("contract.id", use_alter=True), index=True)

    need: Mapped[str] = mapped_column(default="")
    description: Mapped[str] = mapped_column(default="")
    wards_label: Mapped[str] = mapped_column(default="")
    lead_post_id: Mapped[int | None] = mapped_column(ForeignKey("post.id"))
    director_post_id: Mapped[int | None] = mapped_column(ForeignKey("post.id"))
    portfolio_post_id: Mapped[int | None] = mapped_column(ForeignKey("post.id"))

    kind: Mapped[ContractKind] = mapped_column(one_of(ContractKind), default=ContractKind.SERVICES)
    regime: Mapped[Regime] = mapped_column(one_of(Regime), default=Regime.PA2023)
    regime_reason: Mapped[str] = mapped_column(default="")
    procedure: Mapped[Procedure] = mapped_column(one_of(Procedure), default=Procedure.OPEN)
    route_reason: Mapped[str] = mapped_column(default="")
    ocid: Mapped[str] = mapped_column(default="")
    cpv: Mapped[str] = mapped_column(default="")

    annual_net: Mapped[Decimal | None]
    vat_percent: Mapped[int | None]
    value_net: Mapped[Decimal | None]
    value_vat: Mapped[Decimal | None]
    value_gross: Mapped[Decimal | None]
    value_basis: Mapped[str] = mapped_column(default="")
    aggregated_gross: Mapped[Decimal | None]
    aggregated_text: Mapped[str] = mapped_column(default="")
    budget_code: Mapped[str] = mapped_column(default="")
    budget_source: Mapped[str] = mapped_column(default="")

    service_starts_on: Mapped[date | None]
    initial_months: Mapped[int | None]
    extension_count: Mapped[int] = mapped_column(default=0)
    extension_months: Mapped[int] = mapped_column(default=0)

    lots_reason: Mapped[str] = mapped_column(default="")
    reserved_text: Mapped[str] = mapped_column(default="")
    vcse_advice: Mapped[str] = mapped_column(default="")
    engagement_text: Mapped[str] = mapped_column(default="")
    small_supplier_text: Mapped[str] = mapped_column(default="")
    tupe_staff_count: Mapped[int | None]
    is_recharged_to_leaseholders: Mapped[bool | None]
    social_value_text: Mapped[str] = mapped_column(default="")
    social_value_on: Mapped[date | None]
    grant_test_text: Mapped[str] = mapped_column(default="")
    grant_test_advice: Mapped[str] = mapped_column(default="")

    officer: Mapped[Person] = relationship(foreign_keys=[officer_id])
    lead_post: Mapped[Post | None] = relationship(foreign_keys=[lead_post_id])
    director_post: Mapped[Post | None] = relationship(foreign_keys=[director_post_id])
    portfolio_post: Mapped[Post | None] = relationship(foreign_keys=[portfolio_post_id])
    ending_contract: Mapped[Contract | None] = relationship(
        foreign_keys=[ending_contract_id], back_populates="followed_by"
    )
    lots: Mapped[list[Lot]] = relationship(back_populates="procurement", order_by="Lot.number")
    stage_changes: Mapped[list[StageChange]] = relationship(back_populates="procurement", order_by="StageChange.id")
    appraisal: Mapped[Appraisal | None] = relationship(back_populates="procurement")
    report: Mapped[Report | None] = relationship(back_populates="procurement")
    strategy: Mapped[Strategy | None] = relationship(back_populates="procurement")
    conflicts: Mapped[ConflictsAssessment | None] = relationship(back_populates="procurement")
    estimates: Mapped[list[ValueEstimate]] = relationship(back_populates="procurement", order_by="ValueEstimate.id")
    findings: Mapped[list[RegimeFinding]] = relationship(back_populates="procurement", order_by="RegimeFinding.id")
    programme: Mapped[Programme | None] = relationship(back_populates="procurement")

    @property
    def compared_gross(self) -> Decimal | None:
        """What is held against a threshold: the value with that of contracts which could reasonably be one with it.

        Procurement Act 2023 Schedule 3 paragraph 4. None where the value can’t be estimated yet.
        """
        if self.value_gross is None:
            return None
        return self.value_gross + (self.aggregated_gross or 0)

    @property
    def only_lot(self) -> Lot:
        """The single, hidden lot; the first where there are several."""
        return self.lots[0]

    @property
    def max_months(self) -> int | None:
        """The longest possible term in months, every option used."""
        if self.initial_months is None:
            return None
        return self.initial_months + self.extension_count * self.extension_months

    def trail_file(self) -> str:
        return self.reference

    def trail_name(self) -> str:
        return self.title

    def __str__(self) -> str:
        return self.title


class Lot(Recorded, Base):
    """A part of a procurement that is bid for, awarded and contracted by itself.

    `annual_net` is its part of the purchase, in pounds a year without VAT, where the file has several lots.
    """

    __tablename__ = "lot"
    __table_args__ = (UniqueConstraint("procurement_id", "number"),)

    procurement_id: Mapped[int] = mapped_column(ForeignKey("procurement.id"))
    number: Mapped[int]
    title: Mapped[str]
    annual_net: Mapped[Decimal | None]
    stage: Mapped[Stage] = mapped_column(one_of(Stage), default=Stage.NEED)
    paused_from: Mapped[Stage | None] = mapped_column(one_of(Stage, "paused_from"))

    procurement: Mapped[Procurement] = relationship(back_populates="lots")
    method: Mapped[Method | None] = relationship(back_populates="lot")
    invitations: Mapped[list[Invitation]] = relationship(back_populates="lot", order_by="Invitation.id")
    timetable: Mapped[Timetable | None] = relationship(back_populates="lot")
    questions: Mapped[list[Question]] = relationship(back_populates="lot", order_by="Question.number")
    specification: Mapped[Specification | None] = relationship(back_populates="lot")
    kpis: Mapped[list[PlannedKpi]] = relationship(back_populates="lot", order_by="PlannedKpi.number")
    how_to_tender: Mapped[HowToTender | None] = relationship(back_populates="lot")
    contract_terms: Mapped[ContractTerms | None] = relationship(back_populates="lot")
    pricing: Mapped[PricingPlan | None] = relationship(back_populates="lot")
    addenda: Mapped[list[Addendum]] = relationship(back_populates="lot", order_by="Addendum.number")
    openers: Mapped[list[BidOpener]] = relationship(back_populates="lot", order_by="BidOpener.id")
    opening: Mapped[BidOpening | None] = relationship(back_populates="lot")
    notices: Mapped[list[Notice]] = relationship(back_populates="lot", order_by="Notice.published_on")
    bids: Mapped[list[Bid]] = relationship(
        back_populates="lot", order_by="Bid.id", primaryjoin="and_(Lot.id == Bid.lot_id, Bid.is_direct.is_(False))"
    )
    endings: Mapped[list[Ending]] = relationship(back_populates="lot", order_by="Ending.id")
    single_bid: Mapped[SingleBid | None] = relationship(back_populates="lot")
    evaluation: Mapped[Evaluation | None] = relationship(back_populates="lot")
    award: Mapped[Award | None] = relationship(back_populates="lot")

    @property
    def is_only(self) -> bool:
        """Whether the purchase isn't divided, so that nobody needs to hear of lots."""
        return len(self.procurement.lots) == 1

    @property
    def reference(self) -> str:
        """The file's own reference while it is not divided; PRO-2027-014-L2 where it is."""
        return self.procurement.reference if self.is_only else f"{self.procurement.reference}-L{self.number}"

    @property
    def label(self) -> str:
        """Lot 2: East of the borough; empty while the purchase isn't divided."""
        return "" if self.is_only else f"Lot {self.number}: {self.title}"

    @property
    def full_title(self) -> str:
        """What is bought, as papers and letters head it: the purchase and, where there are several, the lot."""
        return self.procurement.title if self.is_only else f"{self.procurement.title}, lot {self.number}: {self.title}"

    def trail_file(self) -> str:
        return self.procurement.reference

    def trail_name(self) -> str:
        return self.title


class ValueEstimate(Example, Recorded, Base):
    """One estimate of what a purchase could cost: by whom, when, on what basis and why it differs from the last.

    Written once and never changed. Procurement Act 2023 section 4 and Schedule 3.
    """

    __tablename__ = "value_estimate"

    procurement_id: Mapped[int] = mapped_column(ForeignKey("procurement.id"), index=True)
    estimated_on: Mapped[date]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    value_net: Mapped[Decimal]
    value_vat: Mapped[Decimal]
    value_gross: Mapped[Decimal]
    aggregated_gross: Mapped[Decimal | None]
    working: Mapped[str]
    basis: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(default="")

    procurement: Mapped[Procurement] = relationship(back_populates="estimates")
    person: Mapped[Person | None] = relationship()

    def trail_file(self) -> str:
        return self.procurement.reference

    def trail_name(self) -> str:
        return f"Estimate of {words.day(self.estimated_on)}"


class RegimeFinding(Example, Recorded, Base):
    """What a person found about the law of a purchase, where dates and sums can’t decide it. The newest one counts.

    `regime` None gives the question back to the rules.
    """

    __tablename__ = "regime_finding"

    procurement_id: Mapped[int] = mapped_column(ForeignKey("procurement.id"), index=True)
    regime: Mapped[Regime | None] = mapped_column(one_of(Regime))
    reason: Mapped[str]
    found_on: Mapped[date]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    procurement: Mapped[Procurement] = relationship(back_populates="findings")
    person: Mapped[Person | None] = relationship()

    def trail_file(self) -> str:
        return self.procurement.reference

    def trail_name(self) -> str:
        return "Which law applies"


class StageChange(Recorded, Base):
    """One step of a file or a lot along its journey: the day it happened, for the track on its page."""

    __tablename__ = "stage_change"

    procurement_id: Mapped[int] = mapped_column(ForeignKey("procurement.id"), index=True)
    lot_id: Mapped[int | None] = mapped_column(ForeignKey("lot.id"))
    move: Mapped[str]
    from_stage: Mapped[Stage] = mapped_column(one_of(Stage, "from_stage"))
    to_stage: Mapped[Stage] = mapped_column(one_of(Stage, "to_stage"))
    at: Mapped[datetime]

    procurement: Mapped[Procurement] = relationship(back_populates="stage_changes")
    lot: Mapped[Lot | None] = relationship()

    def trail_file(self) -> str:
        return self.procurement.reference

    def trail_name(self) -> str:
        return f"From {self.from_stage.label} to {self.to_stage.label}"


class ReferenceBlock(Base):
    """How far references of one beginning, such as CON-2027-, are taken by many rows that come in at once."""

    __tablename__ = "reference_block"

    start: Mapped[str] = mapped_column(REFERENCE, unique=True)
    taken: Mapped[int]
