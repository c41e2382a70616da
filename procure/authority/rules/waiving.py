"""When a rule of the council may be set aside for one purchase: on a dated ground, by two people, never the law."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from procure import words
from procure.authority.rules.asking import Why
from procure.law.working_days import last_day_of_months_beginning

QUOTES_RULE = "The number of quotes"
"""The rule that is waived most: the checklist of a purchase knows it by these words."""

ANOTHER_REASON = "The case officer can choose another reason."
IN_THE_SCHEME = "An administrator or the Monitoring Officer can name one in the scheme of delegation."


@dataclass(frozen=True)
class Agreement:
    """One post that was asked about a waiver. `is_outside` tells of the post that answers, a substitute's too."""

    post: str
    must_agree: bool
    is_outside: bool
    by_asker: bool = False
    by_signer: bool = False
    """The person who answered is the one who would sign: one person, not two."""


@dataclass(frozen=True)
class Ground:
    """The reason a waiver rests on, as the council's dated rows have it. Money in pounds without VAT."""

    name: str
    from_on: date
    until_on: date | None = None
    max_net: Decimal | None = None
    max_months: int | None = None


@dataclass(frozen=True)
class WaiverFacts:
    """Everything a waiver's answer depends on, on the day of the question.

    `statute` names the law that binds the purchase at its value; empty where only the council's own rules do.
    """

    rule: str
    ground: Ground
    day: date
    from_on: date
    until_on: date
    value_net: Decimal | None
    statute: str = ""
    agreements: tuple[Agreement, ...] = ()


def waiver_reasons_why_not(facts: WaiverFacts) -> tuple[Why, ...]:
    """Every reason why a waiver can't be given; empty where it can. Domain 2.8 and section 5, hard rule 6."""
    return (*what_the_asker_mends(facts), *_two_approve(facts.agreements))


def what_the_asker_mends(facts: WaiverFacts) -> tuple[Why, ...]:
    """What is wrong with the waiver asked for, before anybody is consulted."""
    return (*_never_the_law(facts), *_within_the_ground(facts), *_its_days(facts))


def _never_the_law(facts: WaiverFacts) -> Iterator[Why]:
    if facts.value_net is None:
        yield Why("A waiver needs the value of the purchase.", "The case officer can enter it.", "procurement.value")
    if facts.statute:
        yield Why(
            f"A waiver sets aside the council’s own rules. It can’t set aside the {facts.statute}.",
            "Nobody can waive it. The case officer can choose a procedure that the law allows.",
        )


def _within_the_ground(facts: WaiverFacts) -> Iterator[Why]:
    ground, name = facts.ground, f"“{facts.ground.name}”"
    if facts.day < ground.from_on:
        yield Why(f"The reason {name} applies from {words.day(ground.from_on)}.", ANOTHER_REASON)
    elif ground.until_on is not None and ground.until_on < facts.day:
        yield Why(f"The reason {name} ended on {words.day(ground.until_on)}.", ANOTHER_REASON)
    if ground.max_net is not None and facts.value_net is not None and facts.value_net > ground.max_net:
        yield Why(
            f"The reason {name} is for at most {words.pounds(ground.max_net)} without VAT. This purchase is "
            f"{words.pounds(facts.value_net)}.",
            ANOTHER_REASON,
        )
    if ground.max_months is not None:
        longest = last_day_of_months_beginning(facts.from_on, ground.max_months)
        if facts.until_on > longest:
            yield Why(
                f"The reason {name} is for at most {words.months_label(ground.max_months)}: from "
                f"{words.day(facts.from_on)} until {words.day(longest)}.",
                "The case officer can choose an earlier last day.",
            )


def _its_days(facts: WaiverFacts) -> Iterator[Why]:
    if facts.until_on < facts.from_on:
        yield Why("The last day of the waiver can’t be before the first.", "The case officer can mend the days.")
    elif facts.until_on < facts.day:
        yield Why(
            f"The waiver would have ended on {words.day(facts.until_on)}.", "The case officer can ask for another."
        )


def _two_approve(agreements: tuple[Agreement, ...]) -> Iterator[Why]:
    """Beside the decision maker somebody outside the service must agree, and neither may be who asked."""
    outside = [one for one in agreements if one.must_agree and one.is_outside]
    if not outside:
        yield Why(
            "A waiver needs two people. The power names nobody outside the service who must agree.", IN_THE_SCHEME
        )
        return
    if all(one.by_asker for one in outside):
        yield Why(f"Who asks for a waiver can’t approve it, as the {outside[0].post} or otherwise.", IN_THE_SCHEME)
    elif all(one.by_asker or one.by_signer for one in outside):
        yield Why(
            f"A waiver needs two people. The same person can’t agree as the {outside[0].post} and decide.",
            "Another holder, or a substitute outside the service, can agree.",
            is_personal=True,
        )  # fmt: skip


def is_outside(post: int, next_up: Mapping[int, int | None], service: frozenset[int]) -> bool:
    """Whether a post stands outside a service: neither one of its posts nor under one, however far down."""
    seen: set[int] = set()
    at: int | None = post
    while at is not None and at not in seen:
        if at in service:
            return False
        seen.add(at)
        at = next_up.get(at)
    return True


def waived_until(until_on: date, ground: str) -> str:
    """How a checklist says that a rule is waived: "Waived until 31 March 2028: only one supplier can do it"."""
    return f"Waived until {words.day(until_on)}: {ground[:1].lower()}{ground[1:]}"
