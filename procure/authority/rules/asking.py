"""What is asked of authority and what is answered: the facts of one question, the reasons and the grounds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from procure.authority.rules.kinds import (
    MUST_AGREE,
    ActKind,
    AssuranceOf,
    ConsultationMode,
    Interest,
    ResolutionKind,
    ResolutionStatus,
    View,
)

CASE_OFFICER = "The case officer"


@dataclass(frozen=True)
class Power:
    """One delegation as it stands on a day. `in_force_from` is None while nobody can say (not published, called in)."""

    source: str
    """Where it was given: "Cabinet, 13 July 2027, item 92, resolution (v)"."""
    giver: str
    act: ActKind
    post: str
    consultees: tuple[str, ...] = ()
    modes: tuple[ConsultationMode, ...] = ()
    """How each consultee binds, in the order of `consultees`; one left out is consulted and no more."""
    others: tuple[str, ...] = ()
    """Posts that may do the act as well, each by itself."""
    may_nominate: bool = False
    heir: str = ""
    """The post that took over the powers of `post`, where that has ended."""
    succession_authority: str = ""
    post_ended_on: date | None = None
    resolution_kind: ResolutionKind | None = None
    resolution_status: ResolutionStatus = ResolutionStatus.RESOLVED
    numeral: str = ""
    in_force_from: date | None = None
    is_stopped: bool = False
    effect: str = ""
    """Why it isn't in force, in the words of its call-in."""
    until_on: date | None = None
    until_event: str = ""
    superseded_on: date | None = None
    min_value_gross: Decimal | None = None
    max_value_gross: Decimal | None = None
    max_months: int | None = None
    counterparty: str = ""
    scope: str = ""
    conditions: str = ""
    """One a line."""
    words: str = ""
    other_file: str = ""
    """Reference of the file it was given for, where that isn't this one."""

    def mode_of(self, post: str) -> ConsultationMode:
        """How a post's view binds whoever uses the power."""
        return dict(zip(self.consultees, self.modes, strict=False)).get(post, ConsultationMode.CONSULT)

    def needs_agreement_of(self, post: str) -> bool:
        """Whether nothing may be done without that post's agreement."""
        return self.mode_of(post) in MUST_AGREE

    @property
    def to_assure(self) -> tuple[tuple[AssuranceOf, str], ...]:
        """What the words ask that no sum and no calendar can test: somebody says how it is met."""
        asked = [(AssuranceOf.CONDITION, line.strip()) for line in self.conditions.splitlines() if line.strip()]
        asked += [(AssuranceOf.SCOPE, self.scope)] if self.scope else []
        asked += [(AssuranceOf.EVENT, self.until_event)] if self.until_event else []
        return tuple(asked)


@dataclass(frozen=True)
class Signer:
    """Who would sign, and what keeps people apart: who prepares, scores or has an interest doesn't decide."""

    holds_post: bool
    name: str = ""
    is_deputy: bool = False
    is_cover: bool = False
    written_authority: str = ""
    stands_as: str = ""
    """What the record adds to the name: "deputy with written authority (part 3.4)"."""
    has_prepared: bool = False
    has_scored: bool = False
    has_advised: bool = False
    """Gave a view or comments on it: who is consulted or advises doesn't decide (domain section 5)."""
    has_declared: bool = False
    """Declared an interest before: it isn't taken back by another tick."""
    interest: Interest | None = None

    @property
    def may_stand_in(self) -> bool:
        """Whether nothing known keeps them from signing in another's place."""
        unauthorised = (self.is_deputy or self.is_cover) and not self.written_authority
        return self.holds_post and not (unauthorised or self.has_prepared or self.has_scored or self.has_advised)


@dataclass(frozen=True)
class Consulted:
    """One post that was asked, and what came of it by the day of the question."""

    post: str
    due_on: date
    is_chased: bool = False
    view: View | None = None
    interest: Interest | None = None
    dispensation: str = ""
    substitute: str = ""
    is_answered_by_officer: bool = False


@dataclass(frozen=True)
class Assured:
    """How something the words of the power ask is met, as somebody said it."""

    of: AssuranceOf
    words: str
    how: str


@dataclass(frozen=True)
class Why:
    """One reason why not: what is missing, who can act, and where.

    `field` names what the signer gives while signing, `is_personal` what is about this signer and no other.
    """

    sentence: str
    who_can: str = ""
    page: str = ""
    field: str = ""
    is_personal: bool = False


@dataclass(frozen=True)
class Question:
    """May this act be done, by this person, on this day? Everything the answer depends on.

    `signer` is None where the post is vacant. `is_successful_bidder` is None where there is no other party yet.
    """

    act: ActKind
    day: date
    power: Power | None
    signer: Signer | None
    post: str = ""
    consulted: tuple[Consulted, ...] = ()
    assured: tuple[Assured, ...] = ()
    value_gross: Decimal | None = None
    total_gross: Decimal | None = None
    """What the contract comes to with it, where it changes one: a limit of a resolution holds for all of it."""
    other_lots_gross: Decimal = Decimal(0)
    """What other lots are awarded at under the same power: its limit holds for all of them together."""
    max_months: int | None = None
    total_months: int | None = None
    """How long the contract runs in all with it, where it makes one longer."""
    other_party: str = ""
    is_successful_bidder: bool | None = None
    limit_confirmation: str = ""
    silence_reason: str = ""
    silence_advice: str = ""
    objection_reason: str = ""
    objection_refers_back: bool = False
    file_stands: Why | None = None
    """Why the file itself keeps anybody from deciding: it is paused, abandoned or sent back."""
    further: tuple[Why, ...] = ()
    """What another rule of the house has against it, such as that of a waiver."""
    stand_ins: tuple[str, ...] = ()
    """Who else could sign today: deputies, whoever covers, holders of the other posts."""


@dataclass(frozen=True)
class Ground:
    """One thing an act rests on, for the record: of which kind, and in words."""

    kind: str
    words: str


@dataclass(frozen=True)
class Answer:
    """Whether the act is allowed; the chain it rests on, as a sentence and as grounds; every reason why not; who could.

    `warnings` are what to know all the same.
    """

    chain: str
    reasons: tuple[Why, ...] = ()
    warnings: tuple[str, ...] = ()
    grounds: tuple[Ground, ...] = ()
    who_could: tuple[str, ...] = ()

    @property
    def allowed(self) -> bool:
        return not self.reasons

    @property
    def obstacles(self) -> tuple[Why, ...]:
        """Reasons that the signer can't mend while signing."""
        return tuple(why for why in self.reasons if not why.field)
