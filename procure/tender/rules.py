"""The published method: how a price becomes points, the scale of scores, and what must stand before the notice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from procure import words
from procure.choices import Labelled
from procure.procurement.rules import Check, FileFacts, NeedFacts, Route, blocked, done, missing

HUNDREDTH = Decimal("0.01")
WHOLE = 100
"""What all weights, price among them, add up to."""
TOP_SCORE = 5


class PriceFormula(Labelled):
    """How a price becomes points (domain 3.5)."""

    LOWEST_OVER_PRICE = "lowest_over_price", "weight × lowest price ÷ price"
    DEVIATION_FROM_LOWEST = "deviation_from_lowest", "weight × (1 − (price − lowest) ÷ lowest), not below nought"
    DEVIATION_FROM_MEAN = "deviation_from_mean", "weight × (0.5 + (mean − price) ÷ mean), between nought and the weight"


@dataclass(frozen=True)
class ScaleStep:
    """One score and what it stands for, as published."""

    score: int
    label: str
    meaning: str


SCALE = (
    ScaleStep(5, "Excellent", "Exceeds the requirement in most respects, with full evidence."),
    ScaleStep(4, "Good", "Meets the requirement in full and exceeds it in some respects, with good evidence."),
    ScaleStep(3, "Acceptable", "Meets the requirement, with enough evidence."),
    ScaleStep(2, "Weak", "Meets the requirement in part, or with little evidence."),
    ScaleStep(1, "Poor", "Falls well short of the requirement."),
    ScaleStep(0, "Unacceptable", "No answer, or none that bears on the requirement."),
)

FORMULA_WORDS = {
    PriceFormula.LOWEST_OVER_PRICE: "{weight} × lowest total price ÷ the bidder’s total price",
    PriceFormula.DEVIATION_FROM_LOWEST: "{weight} × (1 − (the bidder’s total price − lowest total price) ÷ "
    "lowest total price), and nought where that is less than nought",
    PriceFormula.DEVIATION_FROM_MEAN: "{weight} × (0.5 + (mean total price − the bidder’s total price) ÷ "
    "mean total price), never less than nought or more than {weight}",
}

ROUNDING = "Points are rounded to two places, half up. Bids are ranked on the rounded totals."
TIE_RULE = (
    "If totals are equal, the bid with more points for quality goes first. Then the higher score on the heaviest "
    "criterion. Then the lower price."
)


def two_places(number: Decimal) -> Decimal:
    """Points as they are published: two places, half up, so that anybody can recompute them."""
    return number.quantize(HUNDREDTH, rounding=ROUND_HALF_UP)


def mean_of(prices: Sequence[Decimal]) -> Decimal:
    """The arithmetic mean of some prices, unrounded."""
    return sum(prices, Decimal(0)) / len(prices)


def price_points(formula: PriceFormula, weight: int, price: Decimal, prices: Sequence[Decimal]) -> Decimal:
    """Points for one price among all assessed ones (its own included), to two places."""
    most, lowest = Decimal(weight), min(prices)
    if formula is PriceFormula.LOWEST_OVER_PRICE:
        return two_places(most * lowest / price)
    if formula is PriceFormula.DEVIATION_FROM_LOWEST:
        return two_places(max(Decimal(0), most * (1 - (price - lowest) / lowest)))
    mean = mean_of(prices)
    return two_places(min(most, max(Decimal(0), most * (Decimal("0.5") + (mean - price) / mean))))


def price_working(formula: PriceFormula, weight: int, price: Decimal, prices: Sequence[Decimal]) -> str:
    """The same with its figures in place: "40 × £412,500 ÷ £450,000"."""
    own, lowest = words.pounds(price), words.pounds(min(prices))
    if formula is PriceFormula.LOWEST_OVER_PRICE:
        return f"{weight} × {lowest} ÷ {own}"
    if formula is PriceFormula.DEVIATION_FROM_LOWEST:
        return f"{weight} × (1 − ({own} − {lowest}) ÷ {lowest})"
    mean = words.pounds(mean_of(prices))
    return f"{weight} × (0.5 + ({mean} − {own}) ÷ {mean})"


def formula_words(formula: PriceFormula, weight: int) -> str:
    """The formula as the invitation and the letters print it."""
    return FORMULA_WORDS[formula].format(weight=weight)


@dataclass(frozen=True)
class CriterionLine:
    """One criterion as the officer types it."""

    title: str
    weight: int
    definition: str = ""


def method_problem(price_weight: int, criteria: Sequence[CriterionLine]) -> str | None:
    """What keeps a method from being whole, in a sentence; None when it is."""
    if not criteria:
        return "Add at least one criterion for quality."
    total = price_weight + sum(line.weight for line in criteria)
    if total != WHOLE:
        return f"The weights add up to {total}. With price they must add up to {WHOLE}."
    titles = [line.title.casefold() for line in criteria]
    if len(set(titles)) != len(titles):
        return "Two criteria have the same name. Give each its own."
    return None


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
    invited_count: int = 0
    opened_on: date | None = None
    closes_at: datetime | None = None
    closes_on: date | None = None
    bids_opened_at: datetime | None = None


AUTHORITY_PAGE = "meetings.file_authority"
METHOD_PAGE = "tender.method"
NOTICE_PAGE = "tender.notice"
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
        _notice_check(tender, need.route),
    )


def _method_check(tender: TenderFacts) -> Check:
    name = "Say how bids will be judged"
    if tender.weights_total is None:
        return missing(name, "Enter the criteria, their weights and the price formula.", METHOD_PAGE)
    if tender.weights_total != WHOLE or not tender.criteria_count:
        said = f"The weights add up to {tender.weights_total}. They must add up to {WHOLE}."
        return missing(name, said, METHOD_PAGE, begun=True)
    return done(name, f"{words.plural(tender.criteria_count, 'criterion', 'criteria')} and price", METHOD_PAGE)


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
    if not tender.quotes.number:
        return missing(
            name, f"This value is too high for quotes ({tender.quotes.words}). Choose the way of a tender.",
            "procurement.value",
        )  # fmt: skip
    asked = words.plural(tender.invited_count, "supplier")
    if tender.invited_count < tender.quotes.number:
        return missing(
            name,
            f"The council’s rules ask for {words.plural(tender.quotes.number, 'quote')} at this value. You have "
            f"listed {asked}.",
            INVITATIONS_PAGE,
            begun=tender.invited_count > 0,
        )
    return done(name, f"{asked} listed; {words.number_word(tender.quotes.number)} needed", INVITATIONS_PAGE)


def _notice_check(tender: TenderFacts, route: Route) -> Check:
    quotes = route is Route.SCHEME
    name = "Record that quotes were invited" if quotes else "Record the tender notice"
    if tender.opened_on:
        return done(name, f"On {words.day(tender.opened_on)}", NOTICE_PAGE)
    refusal = (
        "Enter the day you asked for quotes, and when they are due."
        if quotes
        else "Enter the notice’s number, the day it was published, and when bids are due."
    )
    return missing(name, refusal, NOTICE_PAGE)


def deadline_has_passed(facts: FileFacts, today: date) -> tuple[Check, ...]:
    """Before bids are opened: their deadline has gone by, to the minute. G2."""
    tender = facts.of(TenderFacts)
    name = "Open the bids"
    if tender.closes_at is None or tender.closes_on is None:
        return (missing(name, "The tender notice says no deadline.", ""),)
    if tender.bids_opened_at is not None and tender.bids_opened_at >= tender.closes_at:
        return (done(name, f"Opened at {words.moment(tender.bids_opened_at)}"),)
    if today < tender.closes_on:
        return (
            blocked(
                name,
                f"Bids stay closed until {words.moment(tender.closes_at)}.",
            ),
        )
    return (missing(name, f"Bids are due by {words.moment(tender.closes_at)}. Open them after that.", OPENING_PAGE),)
