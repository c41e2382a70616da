"""The choices a procurement is made of, and the shape of what is still missing."""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar, cast

from procure.choices import Labelled


class Stage(Labelled):
    """Where a file stands. What the calendar alone decides (in standstill, overdue) is never stored."""

    NEED = "need", "Need"
    APPRAISING = "appraising", "Options appraisal"
    SEEKING_APPROVAL = "seeking_approval", "Approval to buy"
    PREPARING = "preparing", "Preparing the tender"
    OPEN_TO_BIDS = "open_to_bids", "Open to bids"
    EVALUATING = "evaluating", "Evaluation"
    DECIDING_AWARD = "deciding_award", "Award decision"
    AWARD_ANNOUNCED = "award_announced", "Award announced"
    CONTRACTED = "contracted", "Contract signed"
    CLOSED = "closed", "Closed"
    PAUSED = "paused", "Paused"
    ABANDONED = "abandoned", "Abandoned"


class Route(Labelled):
    """By which way a file seeks approval and competes."""

    CABINET = "cabinet", "Cabinet decision, then an open tender"
    SCHEME = "scheme", "Scheme of delegation, on quotes"


class ContractKind(Labelled):
    SERVICES = "services", "Services or goods"
    LIGHT_TOUCH = "light_touch", "Light touch services"
    WORKS = "works", "Works"


class Procedure(Labelled):
    OPEN = "open", "open procedure"
    FLEXIBLE = "flexible", "competitive flexible procedure"
    QUOTES = "quotes", "request for quotes"


class State(enum.StrEnum):
    """The four states of a task."""

    DONE = "done"
    IN_PROGRESS = "in progress"
    NOT_STARTED = "not started"
    CANNOT_START = "cannot start"


@dataclass(frozen=True)
class Check:
    """One thing a move needs: a task on the file's page and, while it isn't done, the sentence of refusal.

    `page` names the page that collects it. `who_can` says who can mend it. `is_waived` where it passes only because
    the council's rule is waived for this file.
    """

    name: str
    state: State
    hint: str
    page: str = ""
    refusal: str = ""
    who_can: str = ""
    is_waived: bool = False

    @property
    def is_done(self) -> bool:
        return self.state is State.DONE


def done(name: str, hint: str = "", page: str = "") -> Check:
    """A check that is met."""
    return Check(name, State.DONE, hint, page)


def waived(name: str, hint: str, page: str = "") -> Check:
    """A check of the council's own rules that passes because the rule is waived; `hint` says until when and why."""
    return Check(name, State.DONE, hint, page, is_waived=True)


def missing(
    name: str, refusal: str, page: str = "", *, hint: str = "", begun: bool = False, who_can: str = ""
) -> Check:
    """A check that is not met, with the sentence that refuses the move."""
    return Check(name, State.IN_PROGRESS if begun else State.NOT_STARTED, hint or refusal, page, refusal, who_can)


def blocked(name: str, refusal: str, hint: str = "") -> Check:
    """A check that cannot be met yet because it waits for something else."""
    return Check(name, State.CANNOT_START, hint or refusal, "", refusal)


T = TypeVar("T")


class FileFacts:
    """What every room says of one lot of one file, as frozen facts found by their type.

    A room is asked only when a condition wants its facts, and then once.
    """

    def __init__(self, facts: Iterable[object] = (), *, ask: Mapping[type, Callable[[], object]] | None = None) -> None:
        self._facts = {type(fact): fact for fact in facts}
        self._ask = ask or {}

    def of(self, kind: type[T]) -> T:
        """The facts of one room."""
        if kind not in self._facts:
            self._facts[kind] = self._ask[kind]()
        return cast(T, self._facts[kind])


Checklist = Callable[[FileFacts, date], tuple[Check, ...]]
"""What a move needs, as a pure function of a file's facts and today."""


@dataclass(frozen=True)
class Waiting:
    """Something that waits for somebody: on My work, by date.

    `kind` is "decision" for what a decision maker signs, "owed" for what others owe the reader, else "task".
    `day` is None where there is no date. `who` and `chase` (a URL that takes a POST) go with "owed".
    """

    what: str
    href: str
    file: str
    day: date | None = None
    kind: str = "task"
    who: str = ""
    chase: str = ""
    note: str = ""
    amount: str = ""
    is_example: bool = False
    is_ready: bool = True


@dataclass(frozen=True)
class NeedFacts:
    """What the file itself knows before any stage adds to it."""

    route: Route
    has_need: bool
    has_people: bool
    has_value: bool
    has_term: bool
    has_social_value: bool
    has_grant_test: bool
    reference: str


def need_is_described(facts: FileFacts, today: date) -> tuple[Check, ...]:
    """Before options can be compared: what is needed, and who answers for it."""
    need = facts.of(NeedFacts)
    return (
        done("Describe the need", "The need is described", "procurement.need")
        if need.has_need
        else missing("Describe the need", "Say what is needed and why.", "procurement.need"),
        done("Name who answers for it", "Service lead and director are named", "procurement.need")
        if need.has_people
        else missing(
            "Name who answers for it", "Name the service lead and the accountable director.", "procurement.need"
        ),
    )
