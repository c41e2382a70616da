"""What must stand before an award is announced, and when the contract may be signed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from procure import words
from procure.authority.rules import DecisionState, decision_checks
from procure.award.drafting import cost_of
from procure.award.route_rules import RouteFacts, single_bid_check, transparency_check, waits_for_transparency
from procure.evaluation.rules import Ranked
from procure.law.calendars import uk_any
from procure.law.regimes import Bound, Duty, Regime, how_it_binds
from procure.law.standstill import UNDER_THE_ACT, Standstill, StandstillRule, standstill
from procure.law.working_days import Calendar
from procure.procurement.rules import Check, ContractKind, FileFacts, Route, blocked, done, missing

SHORTEST_STANDSTILL = UNDER_THE_ACT.days
"""Eight working days; a voluntary one can't be shorter (s.51)."""
INDEX_PAGE, LETTERS_PAGE, PLAN_PAGE, NOTICE_PAGE = "award.index", "award.letters", "award.plan", "award.notice"


def law_of(regime: Regime, route: Route) -> Regime:
    """The law of a file: what is bought on quotes is below threshold, whatever its value is still unknown to be."""
    if regime is Regime.PA2023 and route is Route.SCHEME:
        return Regime.BELOW_THRESHOLD
    return regime


def standstill_binds(law: Regime, kind: ContractKind) -> Bound:
    """Whether the law makes the council wait, lets it, or knows no standstill."""
    return how_it_binds(Duty.STANDSTILL, law, light_touch=kind is ContractKind.LIGHT_TOUCH).bound


def standstill_plan_words(bound: Bound, days: int | None, *, is_quotes: bool = False) -> str:
    """What is planned about the standstill before its day is chosen, in a sentence or two."""
    if bound is Bound.MANDATORY:
        return (
            f"The law requires one. {standstill_words(days or SHORTEST_STANDSTILL)}, from the day of the award notice."
        )
    if is_quotes or days is None:
        return "None is required for this contract, and none is planned. You can still state one."
    said = standstill_words(days)
    return f"None is required for this contract. {said} are planned, and bind once the notice states them."


def plan_problem(
    bound: Bound, days: int | None, reason: str, least: int = SHORTEST_STANDSTILL
) -> tuple[str, str] | None:
    """Why a standstill can't be stated so: the sentence and the field it belongs to; None when it can. B13."""
    if days is not None and days < least:
        shortest = words.number_word(least)
        return f"A standstill can’t be shorter than {shortest} working days. Give more, or give none.", "days"
    if days is None and bound is Bound.MANDATORY:
        return "The law requires a standstill for this contract. You can’t leave it out.", "has_standstill"
    if days is None and not reason.strip():
        return "Say why there is no standstill. Without one a court can set the contract aside.", "reason"
    return None


@dataclass(frozen=True)
class LetterFact:
    """One assessed bidder's letter: written, sent, or neither."""

    bidder: str
    is_winner: bool
    is_issued: bool
    is_sent: bool


@dataclass(frozen=True)
class AwardFacts:
    """What the award room knows of a lot."""

    winner: str = ""
    """Empty while nobody is recommended."""
    no_longer_first: bool = False
    """The recommended bid has lost first place, or its figures changed, since it was recommended."""
    decision_state: DecisionState | None = None
    decision: str = ""
    """Reference of the decision that awards it."""
    maker: str = ""
    """The post that decides."""
    plan_is_made: bool = False
    letters: tuple[LetterFact, ...] = ()
    notice_on: date | None = None
    standstill_days: int | None = None
    is_voluntary: bool = False
    no_standstill_reason: str = ""
    held_by: tuple[str, ...] = ()
    """Who has made a claim that still holds the contract."""
    details_due_on: date | None = None
    """Last day for the contract details notice; None where none is due."""
    details_notice_on: date | None = None
    calendar: Calendar = field(default_factory=uk_any)
    """The bank holidays that the standstill leaves out."""
    standstill_rule: StandstillRule = UNDER_THE_ACT

    @property
    def is_signed(self) -> bool:
        return self.decision_state is DecisionState.SIGNED


def standstill_from(
    notice_on: date, days: int | None, calendar: Calendar, rule: StandstillRule = UNDER_THE_ACT
) -> Standstill | None:
    """The standstill an award notice states; None where it states none. Never stored: the calendar decides."""
    return None if days is None else standstill(notice_on, calendar, stated_days=days, row=rule)


def award_may_be_announced(facts: FileFacts, today: date) -> tuple[Check, ...]:
    """Before the award notice is recorded: a signed decision, then every letter sent. G7, B14."""
    award, route = facts.of(AwardFacts), facts.of(RouteFacts)
    return (
        *transparency_check(route),
        *single_bid_check(route),
        _recommendation_check(award, route),
        *_decision_checks(facts, award, today),
        _plan_check(award),
        *(() if route.is_direct else (_letters_check(award),)),
        _notice_check(award, route),
    )


def _recommendation_check(award: AwardFacts, route: RouteFacts) -> Check:
    name = "Recommend the award"
    if route.is_direct and route.transparency_on is None:
        return waits_for_transparency(route)
    if not award.winner:
        return missing(name, "Recommend the award, so that the decision can be prepared.", INDEX_PAGE)
    if award.no_longer_first:
        said = "The result has changed since you recommended an award. Recommend it again."
        return missing(name, said, INDEX_PAGE, begun=True)
    return done(name, award.winner, INDEX_PAGE)


def _decision_checks(facts: FileFacts, award: AwardFacts, today: date) -> tuple[Check, ...]:
    if not award.winner:
        return (blocked("Have the decision signed", "Recommend the award first."),)
    return decision_checks(facts, today)


def _plan_check(award: AwardFacts) -> Check:
    name = "Decide about the standstill"
    if award.notice_on or award.plan_is_made:
        return done(name, standstill_words(award.standstill_days), PLAN_PAGE)
    if not award.winner:
        return blocked(name, "Recommend the award first.")
    return missing(name, "Say when the award notice will go out, and how long you will wait.", PLAN_PAGE)


def standstill_words(days: int | None) -> str:
    """Eight working days."""
    if days is None:
        return "No standstill"
    return words.sentence(f"{words.number_word(days)} working days")


def _letters_check(award: AwardFacts) -> Check:
    losers = [letter for letter in award.letters if not letter.is_winner]
    name = letters_task(len(losers))
    unsent = [letter.bidder for letter in award.letters if not letter.is_sent]
    if award.letters and not unsent:
        return done(name, f"{words.plural(len(award.letters), 'letter')} sent", LETTERS_PAGE)
    if not award.is_signed:
        return blocked(name, "Letters go out once the decision is signed, and before the award notice.")
    if not award.plan_is_made:
        return blocked(name, "The letters name the day of the award notice. Decide about the standstill first.")
    return missing(
        name, unsent_words(unsent), LETTERS_PAGE,
        hint="They must have their letters before the award notice goes out.",
        begun=any(letter.is_issued for letter in award.letters),
    )  # fmt: skip


def letters_task(losers: int) -> str:
    """Write to the two unsuccessful bidders."""
    if not losers:
        return "Write to the bidder"
    how_many = f"{words.number_word(losers)} " if losers > 1 else ""
    return f"Write to the {how_many}unsuccessful bidder{'s' if losers > 1 else ''}"


def unsent_words(bidders: Sequence[str]) -> str:
    """B14: whose letter stops the award notice."""
    if not bidders:
        return "You can’t record the award notice yet. No letter has been written."
    whose = f"{words.joined(f'{bidder}’s' for bidder in bidders)} letter{'s' if len(bidders) > 1 else ''}"
    return f"You can’t record the award notice yet. {whose} {'haven’t' if len(bidders) > 1 else 'hasn’t'} been sent."


def _notice_check(award: AwardFacts, route: RouteFacts) -> Check:
    name = "Record the award notice"
    if award.notice_on:
        return done(name, f"Published on {words.day(award.notice_on)}", NOTICE_PAGE)
    if route.is_direct and not award.is_signed:
        return blocked(name, "The decision must be signed first.")
    if not route.is_direct and (not award.letters or not all(letter.is_sent for letter in award.letters)):
        return blocked(name, "Every assessed bidder must have a letter first.")
    return missing(name, "Enter the award notice’s number and the day it was published.", NOTICE_PAGE)


def nothing_signed_is_undone(facts: FileFacts, today: date) -> tuple[Check, ...]:
    """Before a file is sent back: a signed award stands until the one who signed it sets it aside."""
    award = facts.of(AwardFacts)
    if not award.is_signed:
        return ()
    said = f"You can’t send it back. {award.decision} is signed. The {award.maker} can set it aside first, on its page."
    return (missing("Have the award set aside", said, "authority.award_decision", who_can=f"the {award.maker}"),)


def details_notice_is_out(facts: FileFacts, today: date) -> tuple[Check, ...]:
    """Before the file is closed: the contract details notice, where one is due. Procurement Act 2023 s.53."""
    award, name, page = facts.of(AwardFacts), "Publish the contract details notice", "award.details_notice"
    if award.details_notice_on is not None:
        return (done(name, f"Published {words.day(award.details_notice_on)}", page),)
    if award.details_due_on is None:
        return ()
    return (missing(name, f"It is due by {words.weekday(award.details_due_on)}.", page),)


def standstill_is_over(facts: FileFacts, today: date) -> tuple[Check, ...]:
    """Before the contract may be signed: the standstill has ended and no claim holds it. G8, B11 to B13."""
    award = facts.of(AwardFacts)
    name = "Wait out the standstill"
    if award.notice_on is None:
        return (blocked(name, "The standstill begins with the award notice."),)
    held = tuple(
        missing(
            "Have the hold lifted",
            f"You can’t sign the contract yet. {who} has made a claim. The hold must be lifted first.",
            INDEX_PAGE,
            who_can="the court, or the claimant",
        )
        for who in award.held_by
    )
    waits = standstill_from(award.notice_on, award.standstill_days, award.calendar, award.standstill_rule)
    if waits is None:
        return (*held, done(name, f"None was stated. {award.no_standstill_reason}", INDEX_PAGE))
    if today < waits.earliest_signing_on:
        bound = " It was stated in the award notice, so it binds." if award.is_voluntary else ""
        ends = f"ends at midnight on {words.weekday(waits.ends_on)}."
        refusal = f"You can’t sign the contract yet. The standstill {ends}{bound}"
        return (*held, blocked(name, refusal, f"It {ends}"))
    return (*held, done(name, f"It ended on {words.day(waits.ends_on)}", INDEX_PAGE))


def why_not(bid: Ranked, winner: Ranked, *, by_cost: bool = False) -> str:
    """Why a bid was not the best, from the points alone: where an officer's own explanation begins."""
    if bid.failed_because:
        return f"{bid.failed_because} As published, a tender below the least score is not considered further."
    if by_cost:
        own, other = (f"{words.pence(cost_of(row))}" for row in (bid, winner))
        return f"Your tender cost {own} for each quality point; the winning one {other}. The lowest cost comes first."
    if bid.total == winner.total:
        because = winner.ahead_because or "The published rule for equal totals put the other first."
        return f"Your tender and the winning one had the same total. {because}"
    quality = _against("quality", bid.quality, winner.quality)
    price = _against("price", bid.price, winner.price)
    link = "and" if (bid.quality > winner.quality) == (bid.price > winner.price) else "but"
    return f"Your tender had {quality}, {link} {price}. Its total was lower under the published method."


def _against(what: str, own: Decimal, other: Decimal) -> str:
    compared = "more" if own > other else "fewer" if own < other else "as many"
    return f"{compared} points for {what} ({words.points(own)} to {words.points(other)})"


_BY = re.compile(r"(.+?),? by (\d{1,2}) ([A-Z][a-z]+) (\d{4})\.?")


def ask_of(line: str) -> tuple[str, date | None]:
    """What the winner is asked to do, and by when: "Send your policy by 30 November 2027" has both."""
    found = _BY.fullmatch(line.strip())
    if found is None or found[3] not in words.MONTHS:
        return line.strip().rstrip("."), None
    try:
        return found[1].strip(), date(int(found[4]), words.MONTHS.index(found[3]) + 1, int(found[2]))
    except ValueError:
        return line.strip().rstrip("."), None
