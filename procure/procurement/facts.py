"""What the rooms tell one another of a file, a person, a contract. Each room's functions are named in `app.py`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import cache, partial
from typing import Any, get_type_hints

from procure.people.models import Person
from procure.procurement.models import Lot, Procurement
from procure.procurement.rules import FileFacts, NeedFacts, Route, Stage, Waiting
from procure.procurement.stages import OPEN, next_move
from procure.procurement.tasks import first_open, lots_at, task_of
from procure.words import sentence


@dataclass
class Tellers:
    """The functions by which rooms tell: facts of a lot, what waits for a person, dates of a file."""

    facts_of: list[Callable[[Lot, date], object]] = field(default_factory=list)
    waiting_for: list[Callable[[Person, date], list[Waiting]]] = field(default_factory=list)
    dates_of: list[Callable[[Lot, date], list[tuple[date, str]]]] = field(default_factory=list)

    def listen_to(self, room: Any) -> None:
        """Add whatever a room's `facts` module offers."""
        for name in ("facts_of", "waiting_for", "dates_of"):
            teller = getattr(room, name, None)
            if teller is not None and teller not in getattr(self, name):
                getattr(self, name).append(teller)


TELLERS = Tellers()


def facts_about(lot: Lot, today: date) -> FileFacts:
    """Everything the rooms can say of a lot and its file, for the conditions of its moves."""
    ask = {told_by(tell): partial(tell, lot, today) for tell in TELLERS.facts_of}
    return FileFacts([need_facts(lot.procurement)], ask=ask)


@cache
def told_by(tell: Callable[[Lot, date], object]) -> type:
    """The type of facts a room's function gives, as it is annotated."""
    kind: type = get_type_hints(tell)["return"]
    return kind


def need_facts(procurement: Procurement) -> NeedFacts:
    """What the file itself knows."""
    return NeedFacts(
        route=procurement.route,
        has_need=bool(procurement.need and procurement.description),
        has_people=procurement.director_post_id is not None and procurement.lead_post_id is not None,
        has_value=procurement.value_gross is not None,
        has_term=procurement.service_starts_on is not None and procurement.initial_months is not None,
        has_social_value=bool(procurement.social_value_text) and procurement.social_value_on is not None,
        has_grant_test=bool(procurement.grant_test_text),
        reference=procurement.reference,
    )


def dates_about(lot: Lot, today: date) -> list[tuple[date, str]]:
    """Dates to come on a file, soonest first: (day, what happens)."""
    return sorted(found for tell in TELLERS.dates_of for found in tell(lot, today) if found[0] >= today)


def waiting_for(person: Person, today: date) -> list[Waiting]:
    """All that waits for a person or is owed to them, by date; undated last, in the order the rooms tell it."""
    found = [waiting for tell in TELLERS.waiting_for for waiting in tell(person, today)]
    found += _next_steps(person, today, found)
    return sorted(
        found, key=lambda waiting: (waiting.day is None, waiting.day or today, waiting.what if waiting.day else "")
    )


def _is_untold(lot: Lot) -> bool:
    """Whether a lot stands where no room tells its officer of single tasks."""
    by_the_scheme = lot.stage is Stage.SEEKING_APPROVAL and lot.procurement.route is Route.SCHEME
    return by_the_scheme or lot.stage in (Stage.NEED, Stage.APPRAISING, Stage.AWARD_ANNOUNCED)


def _next_steps(person: Person, today: date, told: list[Waiting]) -> list[Waiting]:
    """What the officer does next on each file of which no room has told: no file of theirs is ever out of sight.

    Where no room tells of single tasks that is the first thing missing; elsewhere only a move that can be made.
    """
    found = []
    for lot in lots_at(person, *OPEN):
        move = next_move(lot.stage, lot.procurement.route)
        if move is None or any(waiting.file.endswith(lot.reference) for waiting in told):
            continue
        facts = facts_about(lot, today)
        checks = [check for checklist in move.needs for check in checklist(facts, today)]
        step = first_open(checks) if _is_untold(lot) else None
        if step is not None:
            found.append(task_of(lot, step.name, "procurement.overview"))
        elif all(check.is_done for check in checks):
            found.append(task_of(lot, sentence(move.name), "procurement.overview"))
    for lot in lots_at(person, Stage.PAUSED):
        if lot is lot.procurement.only_lot:
            found.append(task_of(lot, "Take up the paused file, or abandon it", "procurement.overview"))
    return found
