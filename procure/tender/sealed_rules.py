"""Who may open bids, together and when; how big a bid's files may be; what a receipt is called."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from procure import words
from procure.choices import Labelled
from procure.procurement.rules import Check, done, missing

OPENERS_PAGE = "tender.openers"

UNDER_SEAL = "bids under seal"
"""The chain of all bids under seal, whatever they are for, so that its length says nothing of any one purchase."""

TOGETHER = timedelta(minutes=30)
"""The second opener comes within so long of the first, or the first comes again."""

SHORTEST_PHRASE = 12

MOST_BID_BYTES = 100 * 1024 * 1024
"""One file of a bid may be this big."""

MOST_AT_ONCE = 250 * 1024 * 1024
"""All files sent with one form may be this big together."""

_SIGNS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


class OpenerSide(Labelled):
    """From which side somebody opens bids: it takes one of each."""

    SERVICE = "service", "From the service, or its procurement officer"
    OUTSIDE = "outside", "From outside the service"

    @property
    def other(self) -> OpenerSide:
        """The side that must come too."""
        return OpenerSide.OUTSIDE if self is OpenerSide.SERVICE else OpenerSide.SERVICE


@dataclass(frozen=True)
class OpenerFacts:
    """Who may open a lot's bids, by side."""

    service: tuple[str, ...] = ()
    outside: tuple[str, ...] = ()
    opened_by: tuple[str, ...] = ()
    """The two who did."""


def openers_check(facts: OpenerFacts) -> Check:
    """Two people open the bids together, one of them from outside the service. G2."""
    name = "Name the two people who open the bids"
    if facts.opened_by:
        return done(name, f"Opened by {words.joined(facts.opened_by)}")
    if not facts.service and not facts.outside:
        said = "Name two people who open the bids together, one of them from outside the service."
        return missing(name, said, OPENERS_PAGE)
    if not facts.service or not facts.outside:
        where = "outside the service" if not facts.outside else "the service"
        return missing(name, f"Name somebody from {where} too.", OPENERS_PAGE, begun=True)
    return done(name, words.joined((*facts.service, *facts.outside)), OPENERS_PAGE)


def still_here(came_at: datetime | None, at: datetime) -> bool:
    """Whether somebody who came counts as being there."""
    return came_at is not None and timedelta(0) <= at - came_at <= TOGETHER


def phrase_problem(phrase: str, own: Iterable[str] = ()) -> str:
    """Why an opening phrase won't do; empty where it will. `own` are words that everybody could guess."""
    plain = phrase.strip().casefold()
    if len(plain) < SHORTEST_PHRASE:
        return f"Choose a phrase of {SHORTEST_PHRASE} characters or more, four words for example."
    if len(set(plain)) < 6 or plain in {one.casefold() for one in own}:
        return "That phrase is too easy to guess. Choose another."
    return ""


def new_receipt() -> str:
    """The number of a receipt: nothing in it says of what, when, or the how-manieth."""
    drawn = "".join(secrets.choice(_SIGNS) for _ in range(8))
    return f"R-{drawn[:4]}-{drawn[4:]}"
