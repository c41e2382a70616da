"""What must stand before the market is asked, and before bids may be opened: G1, G2."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from procure import words
from procure.procurement.rules import Check, FileFacts, NeedFacts, Route, blocked, done, missing, waived
from procure.tender.conflict_rules import ConflictsFacts, conflicts_checks
from procure.tender.pack_rules import PackFacts, pack_check
from procure.tender.question_rules import QuestionFacts, questions_check
from procure.tender.rules import WHOLE
from procure.tender.sealed_rules import OpenerFacts, openers_check


@dataclass(frozen=True)
class AuthorityToBuy:
    """By what right this purchase may be put to the market, and from when."""

    source: str
    """As a sentence begins with it: "Cabinet’s decision"."""
    from_on: date | None = None
    """First day on which it is in force; None while nobody can say."""
    call_in_ends_on: date | None = None
    is_called_in: bool = False
    is_sent_back: bool = False
    too_small: str = ""
    """Why it does not reach this purchase; empty when it does."""


@dataclass(frozen=True)
class QuotesNeeded:
    """How many quotes the council's own rules ask for at this value."""

    number: int
    words: str
    source: str


@dataclass(frozen=True)
class TenderFacts:
    """What the tender room knows of a lot."""

    weights_total: int | None = None
    """None while there is no method."""
    criteria_count: int = 0
    authority: AuthorityToBuy | None = None
    only_noted: str = ""
    """A resolution that merely notes this purchase: it gives no power (B6)."""
    quotes: QuotesNeeded | None = None
    quotes_waived: str = ""
    """How the quotes rule is waived for this file today; empty where it isn't."""
    waiver_expired: str = ""
    invited_count: int = 0
    opened_on: date | None = None
    closes_at: datetime | None = None
    closes_on: date | None = None
    bids_opened_at: datetime | None = None
    pack: PackFacts = field(default_factory=PackFacts)
    planned_closes_on: date | None = None
    """The deadline the timetable plans; None while nothing is planned."""
    questions: QuestionFacts = field(default_factory=QuestionFacts)
    conflicts: ConflictsFacts = field(default_factory=ConflictsFacts)
    openers: OpenerFacts = field(default_factory=OpenerFacts)


AUTHORITY_PAGE = "meetings.file_authority"
METHOD_PAGE = "tender.method"
NOTICE_PAGE = "tender.notice"
TIMETABLE_PAGE = "tender.timetable"
PLANNING_PAGE = "tender.plan_timetable"
INVITATIONS_PAGE = "tender.invitations"
OPENING_PAGE = "tender.open_bids"


def notice_may_go_out(facts: FileFacts, today: date) -> tuple[Check, ...]:
    """Before the competition opens: method, value, right to buy, whom to ask, and the notice itself. G1, B6, B7."""
    need, tender = facts.of(NeedFacts), facts.of(TenderFacts)
    quotes = (_quotes_check(tender),) if need.route is Route.SCHEME else ()
    return (
        _method_check(tender),
        done("Value and term", "Value and longest term are known", "procurement.value")
        if need.has_value and need.has_term
        else missing("Value and term", "Enter the value and the term first.", "procurement.value"),
        _authority_check(tender, need.route, today),
        *quotes,
        _timetable_check(tender),
        *conflicts_checks(tender.conflicts),
        pack_check(tender.pack, need.route),
        _notice_check(tender, need.route, today),
    )


def _method_check(tender: TenderFacts) -> Check:
    name = "Say how bids will be judged"
    if tender.weights_total is None:
        return missing(name, "Enter the criteria, their weights and the price formula.", METHOD_PAGE)
    if tender.weights_total != WHOLE or not tender.criteria_count:
        said = f"The weights add up to {tender.weights_total}. They must add up to {WHOLE}."
        return missing(name, said, METHOD_PAGE, begun=True)
    return done(name, f"{words.plural(tender.criteria_count, 'criterion', 'criteria')} and price", METHOD_PAGE)


def _timetable_check(tender: TenderFacts) -> Check:
    name = "Plan the timetable"
    if tender.planned_closes_on is None and tender.opened_on is None:
        said = "Enter the day of the notice and the deadline. The other days are worked out from them."
        return missing(name, said, PLANNING_PAGE)
    planned = tender.planned_closes_on
    return done(name, f"Bids due on {words.day(planned)}" if planned else "", TIMETABLE_PAGE)


def _authority_check(tender: TenderFacts, route: Route, today: date) -> Check:
    name = "Authority to buy"
    refusal = authority_refusal(tender, route, today)
    if refusal:
        return missing(name, refusal, AUTHORITY_PAGE, begun=tender.authority is not None)
    assert tender.authority is not None
    since = f", in force since {words.day(tender.authority.from_on)}" if tender.authority.from_on else ""
    return done(name, f"{words.sentence(tender.authority.source)}{since}", AUTHORITY_PAGE)


def authority_refusal(tender: TenderFacts, route: Route, on: date) -> str:
    """Why there is no authority to buy on a day, in sentences; empty where there is. B6, B7."""
    given = tender.authority
    if given is None and tender.only_noted:
        return f"You can’t publish yet. {tender.only_noted} A resolution that notes gives no power to buy."
    if given is None:
        whose = "the scheme of delegation" if route is Route.SCHEME else "a decision"
        return f"You can’t publish yet. Nothing on this file shows authority to buy, by {whose}."
    if given.too_small:
        return f"You can’t publish yet. {given.too_small}"
    source = words.sentence(given.source)
    if given.is_called_in:
        return f"You can’t publish yet. {source} has been called in. Wait for the result, and record it."
    if given.is_sent_back:
        return f"You can’t publish yet. {source} was called in and sent back. A new decision is needed."
    if given.from_on is None:
        return f"You can’t publish yet. {source} hasn’t been published, so call-in hasn’t begun."
    if on < given.from_on:
        return (
            f"You can’t publish yet. {source} can still be called in until {words.day(given.call_in_ends_on)}. "
            f"Publish from {words.weekday(given.from_on)}."
            if given.call_in_ends_on
            else f"You can’t publish yet. {source} has force from {words.weekday(given.from_on)}."
        )
    return ""


def _quotes_check(tender: TenderFacts) -> Check:
    name = "List the suppliers to ask"
    if tender.quotes is None:
        return missing(name, "No rule of the council says how many quotes this value needs.", "")
    asked = words.plural(tender.invited_count, "supplier")
    enough = bool(tender.quotes.number) and tender.invited_count >= tender.quotes.number
    if tender.quotes_waived and not enough:
        return _waived_quotes(name, tender, asked)
    if not tender.quotes.number:
        return missing(
            name, f"This value is too high for quotes ({tender.quotes.words}). Choose the way of a tender.",
            "procurement.value",
        )  # fmt: skip
    if not enough:
        return missing(
            name,
            f"The council’s rules ask for {words.plural(tender.quotes.number, 'quote')} at this value. You have "
            f"listed {asked}. {tender.waiver_expired}".strip(),
            INVITATIONS_PAGE,
            begun=tender.invited_count > 0,
        )
    return done(name, f"{asked} listed; {words.number_word(tender.quotes.number)} needed", INVITATIONS_PAGE)


def _waived_quotes(name: str, tender: TenderFacts, asked: str) -> Check:
    """Fewer quotes than the rules ask for, by a waiver: one supplier at least is still asked."""
    if not tender.invited_count:
        said = f"{tender.quotes_waived}. List the supplier you will ask, one at least."
        return missing(name, said, INVITATIONS_PAGE)
    return waived(name, f"{asked} listed. {tender.quotes_waived}", INVITATIONS_PAGE)


def _notice_check(tender: TenderFacts, route: Route, today: date) -> Check:
    quotes = route is Route.SCHEME
    name = "Record that quotes were invited" if quotes else "Record the tender notice"
    if tender.opened_on:
        return done(name, f"On {words.day(tender.opened_on)}", NOTICE_PAGE)
    no_force = authority_refusal(tender, route, today)
    if no_force:
        return blocked(name, no_force, hint=no_force.removeprefix("You can’t publish yet. "))
    refusal = (
        "Enter the day you asked for quotes, and when they are due."
        if quotes
        else "Enter the notice’s number, the day it was published, and when bids are due."
    )
    return missing(name, refusal, NOTICE_PAGE)


def deadline_has_passed(facts: FileFacts, today: date) -> tuple[Check, ...]:
    """Before bids are opened: every question answered to all, two people named, the deadline gone by. G2."""
    tender = facts.of(TenderFacts)
    name = "Open the bids"
    if tender.closes_at is None or tender.closes_on is None:
        return (missing(name, "The tender notice says no deadline.", ""),)
    if tender.bids_opened_at is not None and tender.bids_opened_at >= tender.closes_at:
        opened = done(name, f"Opened at {words.moment(tender.bids_opened_at)}")
        return (questions_check(tender.questions), openers_check(tender.openers), opened)
    return (
        questions_check(tender.questions),
        openers_check(tender.openers),
        _opening_check(name, tender.closes_at, tender, today),
    )


def _opening_check(name: str, closes_at: datetime, tender: TenderFacts, today: date) -> Check:
    if tender.closes_on is not None and today < tender.closes_on:
        return blocked(name, f"Bids stay closed until {words.moment(closes_at)}.")
    if tender.questions.unanswered or tender.questions.unpublished:
        return blocked(name, "Bids can’t be opened before every question is answered to all bidders.")
    if not openers_check(tender.openers).is_done:
        return blocked(name, "Two people open the bids together. Name them first.")
    return missing(name, f"Bids are due by {words.moment(closes_at)}. Open them after that.", OPENING_PAGE)
