"""Meetings, resolutions, delegations, and decisions with their consultations and signatures."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from procure.authority.call_in import CallInResult
from procure.authority.rules import (
    ActKind,
    AssuranceOf,
    ConsultationMode,
    DecisionState,
    Interest,
    ResolutionKind,
    ResolutionStatus,
    UseKind,
    View,
)
from procure.law.working_days import legal_day
from procure.people.models import Cover, Person, Post
from procure.rows import REFERENCE, Base, Example, Recorded, one_of
from procure.suppliers.models import Supplier

if TYPE_CHECKING:
    from procure.authority.forward_plan_models import ForwardPlanEntry
    from procure.authority.publishing_models import PaperAccess
    from procure.authority.waiver_models import Waiver
    from procure.budget.models import RingFence
    from procure.contract.models import Contract
    from procure.procurement.models import Lot, Procurement


class OpenToCallIn:
    """A decision that members may call in. `call_in_days` 0: not open to call-in; None: as the council's rules say.

    `call_in_waived` says why an urgent decision is exempt, and who agreed to it.
    """

    published_on: Mapped[date | None]
    call_in_days: Mapped[int | None]
    call_in_waived: Mapped[str] = mapped_column(default="")
    called_in_on: Mapped[date | None]
    called_in_by: Mapped[str] = mapped_column(default="")
    call_in_grounds: Mapped[str] = mapped_column(default="")
    scrutiny_on: Mapped[date | None]
    call_in_ended_on: Mapped[date | None]
    call_in_result: Mapped[CallInResult | None] = mapped_column(one_of(CallInResult))


class Meeting(OpenToCallIn, Example, Recorded, Base):
    """A meeting's item and the decision taken under it. Call-in counts from the day it was published.

    `background` holds the minute's own paragraphs; `consultation` is one a line.
    """

    __tablename__ = "meeting"
    __table_args__ = (
        UniqueConstraint("body", "held_on", "item"),
        CheckConstraint("published_on IS NULL OR published_on >= held_on", name="published_after"),
    )

    reference: Mapped[str] = mapped_column(REFERENCE, unique=True)
    body: Mapped[str]
    held_on: Mapped[date]
    item: Mapped[str]
    title: Mapped[str]
    introduced_by: Mapped[str] = mapped_column(default="")
    background: Mapped[str] = mapped_column(default="")
    consultation: Mapped[str] = mapped_column(default="")
    consulted_from_on: Mapped[date | None]
    consulted_until_on: Mapped[date | None]
    reasons: Mapped[str] = mapped_column(default="")
    alternatives: Mapped[str] = mapped_column(default="")
    interests: Mapped[str] = mapped_column(default="")
    is_key: Mapped[bool] = mapped_column(default=True)
    forward_plan_entry_id: Mapped[int | None] = mapped_column(ForeignKey("forward_plan_entry.id"))

    forward_plan_entry: Mapped[ForwardPlanEntry | None] = relationship()
    papers: Mapped[list[PaperAccess]] = relationship(back_populates="meeting", order_by="PaperAccess.id")
    resolutions: Mapped[list[Resolution]] = relationship(back_populates="meeting", order_by="Resolution.number")

    def trail_file(self) -> str:
        return self.reference

    def trail_name(self) -> str:
        return f"{self.body}, item {self.item}"


class Resolution(Recorded, Base):
    """One numbered resolution, in the words of the minute."""

    __tablename__ = "resolution"
    __table_args__ = (UniqueConstraint("meeting_id", "number"),)

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    number: Mapped[int]
    numeral: Mapped[str]
    kind: Mapped[ResolutionKind] = mapped_column(one_of(ResolutionKind))
    status: Mapped[ResolutionStatus] = mapped_column(one_of(ResolutionStatus), default=ResolutionStatus.RESOLVED)
    words: Mapped[str]
    owner_post_id: Mapped[int | None] = mapped_column(ForeignKey("post.id"))
    procurement_id: Mapped[int | None] = mapped_column(ForeignKey("procurement.id"), index=True)
    option_number: Mapped[int | None]

    meeting: Mapped[Meeting] = relationship(back_populates="resolutions")
    owner_post: Mapped[Post | None] = relationship()
    procurement: Mapped[Procurement | None] = relationship()
    delegations: Mapped[list[Delegation]] = relationship(back_populates="resolution", order_by="Delegation.id")
    ring_fences: Mapped[list[RingFence]] = relationship(back_populates="resolution")
    follow_ups: Mapped[list[FollowUp]] = relationship(back_populates="resolution", order_by="FollowUp.id")

    def trail_file(self) -> str:
        return self.meeting.reference

    def trail_name(self) -> str:
        return f"Resolution {self.numeral}"


class FollowUp(Recorded, Base):
    """A task that a resolution leaves, with its day and who sees to it; `outcome` says what came of it."""

    __tablename__ = "follow_up"

    resolution_id: Mapped[int] = mapped_column(ForeignKey("resolution.id"), index=True)
    what: Mapped[str]
    post_id: Mapped[int | None] = mapped_column(ForeignKey("post.id"))
    due_on: Mapped[date | None]
    done_on: Mapped[date | None]
    outcome: Mapped[str] = mapped_column(default="")

    resolution: Mapped[Resolution] = relationship(back_populates="follow_ups")
    post: Mapped[Post | None] = relationship()

    def trail_file(self) -> str:
        return self.resolution.meeting.reference

    def trail_name(self) -> str:
        return f"Follow-up: {self.what}"


class Delegation(Example, Recorded, Base):
    """Authority for one act, given to one post, by a resolution or by the scheme of delegation.

    No row for an act means no authority for it. A missing limit is None and needs a recorded legal
    confirmation; it never passes silently. `conditions` are one a line. `until_event` is for a power that ends with
    something that happens instead of on a day.
    """

    __tablename__ = "delegation"
    __table_args__ = (
        CheckConstraint("(resolution_id IS NULL) <> (scheme_paragraph IS NULL)", name="one_source"),
        CheckConstraint("max_value_gross IS NULL OR max_value_gross >= 0", name="max_value"),
        CheckConstraint("until_on IS NULL OR until_on >= from_on", name="in_order"),
    )

    resolution_id: Mapped[int | None] = mapped_column(ForeignKey("resolution.id"), index=True)
    scheme_paragraph: Mapped[str | None]
    scheme_words: Mapped[str] = mapped_column(default="")
    act: Mapped[ActKind] = mapped_column(one_of(ActKind))
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id"), index=True)
    procurement_id: Mapped[int | None] = mapped_column(ForeignKey("procurement.id"), index=True)
    may_nominate: Mapped[bool] = mapped_column(default=False)
    min_value_gross: Mapped[Decimal | None]
    max_value_gross: Mapped[Decimal | None]
    max_months: Mapped[int | None]
    counterparty: Mapped[str] = mapped_column(default="")
    scope: Mapped[str] = mapped_column(default="")
    conditions: Mapped[str] = mapped_column(default="")
    from_on: Mapped[date | None]
    until_on: Mapped[date | None]
    until_event: Mapped[str] = mapped_column(default="")
    superseded_on: Mapped[date | None]

    resolution: Mapped[Resolution | None] = relationship(back_populates="delegations")
    post: Mapped[Post] = relationship()
    procurement: Mapped[Procurement | None] = relationship()
    consultees: Mapped[list[DelegationConsultee]] = relationship(
        back_populates="delegation", order_by="DelegationConsultee.number"
    )
    others: Mapped[list[DelegationDelegate]] = relationship(
        back_populates="delegation", order_by="DelegationDelegate.id"
    )

    def trail_file(self) -> str:
        return self.resolution.meeting.reference if self.resolution else "council"

    def trail_name(self) -> str:
        return f"{self.post.name} may {self.act.label}"


class DelegationDelegate(Recorded, Base):
    """Another post that may do the delegated act by itself: "the Director of A or the Director of B"."""

    __tablename__ = "delegation_delegate"
    __table_args__ = (UniqueConstraint("delegation_id", "post_id"),)

    delegation_id: Mapped[int] = mapped_column(ForeignKey("delegation.id"))
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id"))

    delegation: Mapped[Delegation] = relationship(back_populates="others")
    post: Mapped[Post] = relationship()

    def trail_file(self) -> str:
        return self.delegation.trail_file()

    def trail_name(self) -> str:
        return f"May act as well: {self.post.name}"


class DelegationConsultee(Recorded, Base):
    """A post that must be consulted, or must agree, before the delegated act."""

    __tablename__ = "delegation_consultee"
    __table_args__ = (UniqueConstraint("delegation_id", "post_id"),)

    delegation_id: Mapped[int] = mapped_column(ForeignKey("delegation.id"))
    number: Mapped[int]
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id"))
    mode: Mapped[ConsultationMode] = mapped_column(one_of(ConsultationMode), default=ConsultationMode.CONSULT)

    delegation: Mapped[Delegation] = relationship(back_populates="consultees")
    post: Mapped[Post] = relationship()

    def trail_file(self) -> str:
        return self.delegation.trail_file()

    def trail_name(self) -> str:
        return f"To be consulted: {self.post.name}"


class Decision(OpenToCallIn, Example, Recorded, Base):
    """A decision of an officer or a member under delegated authority: prepared by one person, signed by another.

    `digest` is the SHA-256 of the canonical words and figures signed, with the digest of every paper.
    `reasons` and `risks` are one a line. `over_text` says by how much the value is more than was approved, and why.
    `total_gross` is what the contract comes to with it, where it changes one. `exempt_paragraph` numbers a paragraph
    of Part 1 of Schedule 12A to the Local Government Act 1972; `signed_cover` is set where the signer covered the post.
    """

    __tablename__ = "decision"
    __table_args__ = (
        CheckConstraint(
            "state <> 'signed' OR (signed_at IS NOT NULL AND signed_by_id IS NOT NULL AND digest <> '')",
            name="signed_whole",
        ),
        CheckConstraint("value_gross IS NULL OR value_gross >= value_net", name="value"),
    )

    reference: Mapped[str] = mapped_column(REFERENCE, unique=True)
    title: Mapped[str]
    act: Mapped[ActKind] = mapped_column(one_of(ActKind))
    state: Mapped[DecisionState] = mapped_column(one_of(DecisionState), default=DecisionState.DRAFT)
    procurement_id: Mapped[int | None] = mapped_column(ForeignKey("procurement.id"), index=True)
    lot_id: Mapped[int | None] = mapped_column(ForeignKey("lot.id"), index=True)
    contract_id: Mapped[int | None] = mapped_column(
        ForeignKey("contract.id", use_alter=True, name="fk_decision_contract_id_contract"), index=True
    )
    forward_plan_entry_id: Mapped[int | None] = mapped_column(ForeignKey("forward_plan_entry.id"))
    delegation_id: Mapped[int | None] = mapped_column(ForeignKey("delegation.id"))
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id"), index=True)
    prepared_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    prepared_at: Mapped[datetime]
    sign_by_on: Mapped[date | None]
    sent_at: Mapped[datetime | None]

    supplier_id: Mapped[int | None] = mapped_column(ForeignKey("supplier.id"))
    value_net: Mapped[Decimal | None]
    value_gross: Mapped[Decimal | None]
    annual_gross: Mapped[Decimal | None]
    total_gross: Mapped[Decimal | None]
    max_months: Mapped[int | None]
    summary: Mapped[str] = mapped_column(default="")
    points: Mapped[str] = mapped_column(default="")
    reasons: Mapped[str] = mapped_column(default="")
    risks: Mapped[str] = mapped_column(default="")
    financial_text: Mapped[str] = mapped_column(default="")
    equality_text: Mapped[str] = mapped_column(default="")
    alignment_text: Mapped[str] = mapped_column(default="")
    key_text: Mapped[str] = mapped_column(default="")
    is_key: Mapped[bool] = mapped_column(default=False)
    exempt_paragraph: Mapped[str] = mapped_column(default="")
    exempt_text: Mapped[str] = mapped_column(default="")
    exempt_review_on: Mapped[date | None]
    over_text: Mapped[str] = mapped_column(default="")

    no_limit_confirmation: Mapped[str] = mapped_column(default="")
    no_limit_confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    no_limit_confirmed_at: Mapped[datetime | None]
    silence_reason: Mapped[str] = mapped_column(default="")
    silence_advice: Mapped[str] = mapped_column(default="")
    silence_advised_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    silence_advised_at: Mapped[datetime | None]
    objection_reason: Mapped[str] = mapped_column(default="")
    maker_interest: Mapped[Interest | None] = mapped_column(one_of(Interest, "maker_interest"))
    maker_interest_text: Mapped[str] = mapped_column(default="")
    maker_interest_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    signed_at: Mapped[datetime | None]
    signed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    signed_cover_id: Mapped[int | None] = mapped_column(ForeignKey("cover.id"))
    signed_canonical: Mapped[str] = mapped_column(default="")
    digest: Mapped[str] = mapped_column(default="")
    authority_chain: Mapped[str] = mapped_column(default="")
    ended_because: Mapped[str] = mapped_column(default="")

    procurement: Mapped[Procurement | None] = relationship()
    lot: Mapped[Lot | None] = relationship()
    contract: Mapped[Contract | None] = relationship(foreign_keys=[contract_id])
    forward_plan_entry: Mapped[ForwardPlanEntry | None] = relationship()
    delegation: Mapped[Delegation | None] = relationship()
    post: Mapped[Post] = relationship()
    supplier: Mapped[Supplier | None] = relationship()
    prepared_by: Mapped[Person] = relationship(foreign_keys=[prepared_by_id])
    signed_by: Mapped[Person | None] = relationship(foreign_keys=[signed_by_id])
    signed_cover: Mapped[Cover | None] = relationship()
    no_limit_confirmed_by: Mapped[Person | None] = relationship(foreign_keys=[no_limit_confirmed_by_id])
    silence_advised_by: Mapped[Person | None] = relationship(foreign_keys=[silence_advised_by_id])
    views: Mapped[list[ConsulteeView]] = relationship(back_populates="decision", order_by="ConsulteeView.id")
    clearances: Mapped[list[Clearance]] = relationship(back_populates="decision", order_by="Clearance.id")
    alternatives: Mapped[list[Alternative]] = relationship(back_populates="decision", order_by="Alternative.id")
    assurances: Mapped[list[Assurance]] = relationship(back_populates="decision", order_by="Assurance.id")
    uses: Mapped[list[DecisionUse]] = relationship(back_populates="decision", order_by="DecisionUse.id")
    papers: Mapped[list[PaperAccess]] = relationship(back_populates="decision", order_by="PaperAccess.id")
    waiver: Mapped[Waiver | None] = relationship(back_populates="decision")

    @property
    def signed_on(self) -> date | None:
        """The legal day of the signature."""
        return legal_day(self.signed_at) if self.signed_at else None

    def is_declared_by(self, person: Person) -> bool:
        """Whether a person who would decide put an interest of their own on record."""
        return self.maker_interest is Interest.DECLARED and self.maker_interest_by_id == person.id

    def trail_file(self) -> str:
        about = self.procurement or self.contract
        return about.reference if about is not None else self.reference

    def trail_name(self) -> str:
        return self.title


class OfDecision(Recorded):
    """A row that belongs to a decision."""

    def trail_file(self) -> str:
        return self.decision.trail_file()  # type: ignore[attr-defined, no-any-return]


class ConsulteeView(OfDecision, Base):
    """One post asked for its view: when, of whom, by when, what was answered, and any substitute."""

    __tablename__ = "consultee_view"
    __table_args__ = (
        UniqueConstraint("decision_id", "post_id"),
        CheckConstraint("answered_at IS NULL OR (view IS NOT NULL AND interest IS NOT NULL)", name="answered_whole"),
        CheckConstraint("substitute_for IS NULL OR substitute_authority <> ''", name="substitute_has_authority"),
    )

    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"))
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id"))
    mode: Mapped[ConsultationMode] = mapped_column(one_of(ConsultationMode), default=ConsultationMode.CONSULT)
    asked_of_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    asked_at: Mapped[datetime]
    due_on: Mapped[date]
    chased_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    view: Mapped[View | None] = mapped_column(one_of(View))
    words: Mapped[str] = mapped_column(default="")
    officer_answer: Mapped[str] = mapped_column(default="")
    interest: Mapped[Interest | None] = mapped_column(one_of(Interest))
    interest_text: Mapped[str] = mapped_column(default="")
    dispensation_text: Mapped[str] = mapped_column(default="")
    substitute_for: Mapped[str | None]
    substitute_post_id: Mapped[int | None] = mapped_column(ForeignKey("post.id"))
    substitute_authority: Mapped[str] = mapped_column(default="")

    decision: Mapped[Decision] = relationship(back_populates="views")
    post: Mapped[Post] = relationship(foreign_keys=[post_id])
    substitute_post: Mapped[Post | None] = relationship(foreign_keys=[substitute_post_id])
    asked_of: Mapped[Person | None] = relationship(foreign_keys=[asked_of_id])
    answered_by: Mapped[Person | None] = relationship(foreign_keys=[answered_by_id])

    def trail_name(self) -> str:
        return f"View of the {self.post.name}"


class Clearance(OfDecision, Base):
    """A comment by finance, legal or another adviser on a decision; locked once given."""

    __tablename__ = "clearance"

    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"), index=True)
    heading: Mapped[str]
    text: Mapped[str] = mapped_column(default="")
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id"))
    given_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    given_at: Mapped[datetime | None]

    decision: Mapped[Decision] = relationship(back_populates="clearances")
    post: Mapped[Post] = relationship()
    given_by: Mapped[Person | None] = relationship()

    def trail_name(self) -> str:
        return f"{self.heading} clearance"


class Alternative(OfDecision, Base):
    """An alternative considered and rejected, with the reason. SI 2012/2089 reg 13; SI 2014/2095 reg 7."""

    __tablename__ = "alternative"

    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"), index=True)
    name: Mapped[str]
    reason: Mapped[str]

    decision: Mapped[Decision] = relationship(back_populates="alternatives")

    def trail_name(self) -> str:
        return f"Alternative: {self.name}"


class Assurance(OfDecision, Base):
    """How a decision meets what the words of its power ask, said and kept for the record."""

    __tablename__ = "assurance"
    __table_args__ = (UniqueConstraint("decision_id", "of", "words"),)

    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"))
    of: Mapped[AssuranceOf] = mapped_column(one_of(AssuranceOf))
    words: Mapped[str]
    how: Mapped[str]
    given_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    given_at: Mapped[datetime]

    decision: Mapped[Decision] = relationship(back_populates="assurances")
    given_by: Mapped[Person] = relationship()

    def trail_name(self) -> str:
        return f"How it is met: {self.words}"


class DecisionUse(OfDecision, Base):
    """What a signed decision was used for, and on which day. `about` is the reference of what rests on it."""

    __tablename__ = "decision_use"
    __table_args__ = (UniqueConstraint("decision_id", "kind", "about"),)

    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"))
    kind: Mapped[UseKind] = mapped_column(one_of(UseKind))
    what: Mapped[str]
    about: Mapped[str]
    used_on: Mapped[date]

    decision: Mapped[Decision] = relationship(back_populates="uses")

    def trail_name(self) -> str:
        return f"Used: {self.what}"
