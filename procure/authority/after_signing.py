"""What a reader sees of a signed decision: publication, call-in, effect, its papers, how long it is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from procure.authority.call_in import Effect, EffectState
from procure.authority.decision_effect import effect_of_decision, published_decision
from procure.authority.models import Decision
from procure.authority.publishing_facts import Kept, kept_of, papers_of, published_late, said_of
from procure.authority.publishing_models import PaperAccess
from procure.authority.rules import DecisionState
from procure.documents.models import Paper
from procure.people.access import global_roles_of, roles_of
from procure.people.models import Person
from procure.people.rules import Role


@dataclass(frozen=True)
class Shown:
    """A paper on the page, with what was said of it; None while nobody has said anything."""

    paper: Paper
    said: PaperAccess | None


@dataclass(frozen=True)
class AfterSigning:
    """How far a signed decision is on its way to effect."""

    effect: Effect
    late: str
    papers: tuple[Shown, ...]
    undecided: int
    kept: tuple[Kept, ...]
    may_publish: bool
    may_call_in: bool
    """Whether the reader may record a call-in, and there can be one today."""
    may_arrange: bool
    may_end: bool


def papers_shown(decision: Decision) -> tuple[Shown, ...]:
    """The papers before a decision, each with what was said of it."""
    said = said_of(decision)
    return tuple(Shown(paper, said.get(paper.id)) for paper in papers_of(decision))


def after_signing(decision: Decision, reader: Person, today: date) -> AfterSigning | None:
    """How a signed decision stands today for one reader; None before it is signed or once it is set aside."""
    if decision.state is not DecisionState.SIGNED:
        return None
    effect, papers = effect_of_decision(decision, today), papers_shown(decision)
    roles = global_roles_of(reader, today)
    keeps = bool(roles & {Role.DEMOCRATIC_SERVICES, Role.MONITORING_OFFICER})
    runs = Role.OFFICER in roles_of(reader, today, decision.procurement_id)
    is_called_in = keeps and effect.state is EffectState.CALLED_IN
    return AfterSigning(
        effect=effect, late=published_late(decision, today), papers=papers,
        undecided=sum(one.said is None for one in papers), kept=tuple(kept_of(decision)),
        may_publish=runs or Role.DEMOCRATIC_SERVICES in roles,
        may_call_in=keeps and effect.state is EffectState.OPEN and published_decision(decision).is_open_to_call_in,
        may_arrange=is_called_in, may_end=is_called_in,
    )  # fmt: skip
