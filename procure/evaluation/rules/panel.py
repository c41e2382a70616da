"""Who is on the panel, what each may see by now, and how far apart their scores lie."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from procure import words
from procure.choices import Labelled


class EvaluatorRole(Labelled):
    EVALUATOR = "evaluator", "Evaluator"
    MODERATOR = "moderator", "Moderator"


class BidFileKind(Labelled):
    """What a file of a bid is about: the panel sees a price only when every score is agreed."""

    QUALITY = "quality", "Quality: answers to the criteria"
    PRICE = "price", "Price: closed to the panel until every score is agreed"


class InterestOutcome(Labelled):
    """What the officer decides about a declared interest."""

    MAY_TAKE_PART = "may_take_part", "May take part"
    STEPS_DOWN = "steps_down", "Steps down from the panel"


class Standing(enum.StrEnum):
    """How a panel member stands towards the bids: only who is clear sees one (G3)."""

    NO_BIDS = "no bids"
    NOT_DECLARED = "not declared"
    WAITS = "waits"
    STEPPED_DOWN = "stepped down"
    CLEAR = "clear"


@dataclass(frozen=True)
class Declared:
    """One declaration: about which bid, whether of an interest, and what was decided about it."""

    bid: int
    has_interest: bool
    outcome: InterestOutcome | None = None


def standing_of(bids: Iterable[int], declared: Iterable[Declared], *, has_left: bool = False) -> Standing:
    """How a member stands towards the bids that are assessed: each needs a declaration, each interest a decision."""
    wanted, found = set(bids), list(declared)
    if has_left or any(one.outcome is InterestOutcome.STEPS_DOWN for one in found):
        return Standing.STEPPED_DOWN
    if not wanted:
        return Standing.NO_BIDS
    if wanted - {one.bid for one in found}:
        return Standing.NOT_DECLARED
    waits = any(one.has_interest and one.outcome is None and one.bid in wanted for one in found)
    return Standing.WAITS if waits else Standing.CLEAR


def late_by(late: timedelta) -> str:
    """How late a bid came, in its largest whole unit: 1 second, 12 minutes, 3 hours, 2 days."""
    seconds = int(late.total_seconds()) or 1
    for size, unit in ((86_400, "day"), (3_600, "hour"), (60, "minute")):
        if seconds >= size:
            return words.plural(seconds // size, unit)
    return words.plural(seconds, "second")


@dataclass(frozen=True)
class Spread:
    """How far apart the individual scores on one criterion of one bid lie, and who to hear first."""

    lowest: int
    highest: int
    apart: tuple[str, ...]
    """Names at the two ends, lowest first."""

    @property
    def width(self) -> int:
        return self.highest - self.lowest

    @property
    def is_wide(self) -> bool:
        """Two steps or more: talk about it first."""
        return self.width >= 2

    @property
    def sentence(self) -> str:
        if not self.width:
            return "They agree."
        said = f"They differ by {self.width}."
        return f"{said} Talk about {words.joined(self.apart)} first." if self.is_wide else said


def spread_of(scores: Sequence[tuple[str, int]]) -> Spread | None:
    """The spread of some (name, score); None where there is none. No mean: it is never worked out."""
    if not scores:
        return None
    values = [score for _, score in scores]
    low, high = min(values), max(values)
    ends = [name for name, score in scores if score == low] + [name for name, score in scores if score == high]
    return Spread(low, high, tuple(ends) if low != high else ())
