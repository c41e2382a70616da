"""What the rooms tell one another of a file, a person, a contract. Each room's functions are named in `app.py`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from procure.people.models import Person
from procure.procurement.models import Lot, Procurement
from procure.procurement.rules import FileFacts, NeedFacts, Waiting


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
    """Everything the rooms say of a lot and its file, for the conditions of its moves."""
    return FileFacts([need_facts(lot.procurement), *(tell(lot, today) for tell in TELLERS.facts_of)])


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
    return sorted(found, key=lambda waiting: (waiting.day is None, waiting.day or today, waiting.what if waiting.day else ""))
