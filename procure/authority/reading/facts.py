"""What a reading holds: values, each with the stretch of the source it was read from, and doubts said in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Generic, TypeVar

Value = TypeVar("Value")


@dataclass(frozen=True, order=True)
class Stretch:
    """From a character of the source to the one after its last."""

    start: int
    end: int

    def of(self, text: str) -> str:
        return text[self.start : self.end]

    def holds(self, other: Stretch) -> bool:
        return self.start <= other.start and other.end <= self.end

    def meets(self, other: Stretch) -> bool:
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True)
class Said(Generic[Value]):
    """A value, where the source says it, and why it should be looked at twice; no doubt is an empty sentence."""

    value: Value
    at: Stretch
    doubt: str = ""


class BodyKind(Enum):
    """Who decided. `MEMBER` is one member alone: the Leader, a Cabinet Member."""

    CABINET = "cabinet"
    COMMITTEE = "committee"
    OFFICER = "officer"
    MEMBER = "other"


@dataclass(frozen=True)
class ReadResolution:
    """One resolution as printed; for a delegation also who may do what, after consulting whom, within which limits."""

    at: Stretch
    label: Said[str] | None
    verb: Said[str]
    is_delegation: bool = False
    delegates: tuple[Said[str], ...] = ()
    joint: str = ""
    nominee: Said[bool] | None = None
    consultees: tuple[Said[str], ...] = ()
    mode: Said[str] | None = None
    modes: tuple[str, ...] = ()
    """How each consultee is bound in, beside `consultees`."""
    acts: tuple[Said[str], ...] = ()
    amounts: tuple[Said[Decimal], ...] = ()
    period: Said[str] | None = None
    conditions: tuple[Said[str], ...] = ()
    scope: Said[str] | None = None
    counterparty: Said[str] | None = None
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Recital:
    """An earlier delegation that a text only recalls; it gives nothing by itself."""

    at: Stretch
    body: str
    decided_on: date | None = None
    delegates: tuple[Said[str], ...] = ()
    consultees: tuple[Said[str], ...] = ()


@dataclass(frozen=True)
class Reading:
    """A decision as its text gives it. None is «the text does not say»."""

    text: str
    title: Said[str] | None = None
    body: Said[str] | None = None
    kind: BodyKind | None = None
    meeting_on: Said[date] | None = None
    published_on: Said[date] | None = None
    item: Said[str] | None = None
    key_decision: Said[bool] | None = None
    call_in: Said[bool] | None = None
    reasons: Stretch | None = None
    alternatives: Stretch | None = None
    introduced_by: Said[str] | None = None
    background: tuple[Stretch, ...] = ()
    """The minute's own paragraphs, before what was resolved."""
    resolutions: tuple[ReadResolution, ...] = ()
    recitals: tuple[Recital, ...] = ()

    @property
    def says_anything(self) -> bool:
        """A text without a resolution and without a recital is no decision."""
        return bool(self.resolutions or self.recitals)
