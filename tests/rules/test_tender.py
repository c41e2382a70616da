"""How a price becomes points, when a method is whole, and what keeps a competition from opening."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from procure.procurement.rules import FileFacts, NeedFacts, Route, State
from procure.tender.rules import (
    AuthorityToBuy,
    CriterionLine,
    PriceFormula,
    QuotesNeeded,
    TenderFacts,
    deadline_has_passed,
    formula_words,
    method_problem,
    notice_may_go_out,
    price_points,
    price_working,
)

PRICES = [Decimal(412_500), Decimal(450_000), Decimal(498_000)]
OUTLIERS = [Decimal(200_000), Decimal(300_000), Decimal(400_000), Decimal(450_000)]
CALL_IN = AuthorityToBuy("Cabinet’s decision", from_on=date(2027, 7, 26), call_in_ends_on=date(2027, 7, 23))


@pytest.mark.parametrize(
    ("formula", "prices", "points"),
    [
        (PriceFormula.LOWEST_OVER_PRICE, PRICES, ["40.00", "36.67", "33.13"]),
        (PriceFormula.DEVIATION_FROM_LOWEST, PRICES, ["40.00", "36.36", "31.71"]),
        (PriceFormula.DEVIATION_FROM_MEAN, PRICES, ["23.62", "20.31", "16.07"]),
        (PriceFormula.LOWEST_OVER_PRICE, OUTLIERS, ["40.00", "26.67", "20.00", "17.78"]),
        (PriceFormula.DEVIATION_FROM_LOWEST, OUTLIERS, ["40.00", "20.00", "0.00", "0.00"]),
        (PriceFormula.LOWEST_OVER_PRICE, [Decimal(7)], ["40.00"]),
        (PriceFormula.DEVIATION_FROM_MEAN, [Decimal(1), Decimal(1_000)], ["40.00", "0.00"]),
    ],
    ids=["P1", "P2", "P3", "P5 lowest", "P5 floor", "one bid", "P3 clamped"],
)
def test_a_price_becomes_points_by_the_published_formula(
    formula: PriceFormula, prices: list[Decimal], points: list[str]
) -> None:
    assert [str(price_points(formula, 40, price, prices)) for price in prices] == points


def test_the_working_shows_the_figures_in_the_formula() -> None:
    assert price_working(PriceFormula.LOWEST_OVER_PRICE, 40, PRICES[1], PRICES) == "40 × £412,500 ÷ £450,000"
    assert formula_words(PriceFormula.LOWEST_OVER_PRICE, 40) == "40 × lowest total price ÷ the bidder’s total price"


@pytest.mark.parametrize(
    ("price_weight", "weights", "says"),
    [
        (40, (25, 15, 10, 10), None),
        (40, (25, 15, 10, 5), "The weights add up to 95. With price they must add up to 100."),
        (40, (25, 15, 10, 11), "The weights add up to 101. With price they must add up to 100."),
        (100, (), "Add at least one criterion for quality."),
    ],
)
def test_a_method_is_whole_when_its_weights_make_a_hundred(
    price_weight: int, weights: tuple[int, ...], says: str | None
) -> None:
    lines = [CriterionLine(f"Criterion {number}", weight) for number, weight in enumerate(weights)]
    assert method_problem(price_weight, lines) == says


def test_two_criteria_may_not_share_a_name() -> None:
    assert method_problem(40, [CriterionLine("Need", 30), CriterionLine("need", 30)])


def about(tender: TenderFacts, route: Route = Route.CABINET) -> FileFacts:
    need = NeedFacts(route, True, True, True, True, True, True, "PRO-2027-014")
    return FileFacts([need, tender])


def refusals(tender: TenderFacts, day: date, route: Route = Route.CABINET) -> list[str]:
    checks = notice_may_go_out(about(tender, route), day)
    return [check.refusal for check in checks if not check.is_done]


def tender(**facts: object) -> TenderFacts:
    standing = {"weights_total": 100, "criteria_count": 4, "authority": CALL_IN, "opened_on": date(2027, 9, 6)}
    return TenderFacts(**{**standing, **facts})  # type: ignore[arg-type]


def test_the_notice_waits_until_call_in_is_over() -> None:
    said = (
        "You can’t publish yet. Cabinet’s decision can still be called in until 23 July 2027. "
        "Publish from Monday 26 July 2027."
    )
    assert refusals(tender(), date(2027, 7, 23)) == [said]
    assert refusals(tender(), date(2027, 7, 25)) == [said]
    assert refusals(tender(), date(2027, 7, 26)) == []


def test_a_resolution_that_only_notes_gives_no_authority_to_buy() -> None:
    found = refusals(
        tender(authority=None, only_noted="Resolution (ii) of Cabinet only notes this purchase."), date(2027, 8, 1)
    )
    assert found == [
        "You can’t publish yet. Resolution (ii) of Cabinet only notes this purchase. "
        "A resolution that notes gives no power to buy."
    ]


@pytest.mark.parametrize(
    ("authority", "part"),
    [
        (None, "Nothing on this file shows authority to buy"),
        (AuthorityToBuy("Cabinet’s decision", is_called_in=True), "has been called in"),
        (AuthorityToBuy("Cabinet’s decision", is_sent_back=True), "sent back"),
        (AuthorityToBuy("Cabinet’s decision"), "hasn’t been published"),
        (AuthorityToBuy("Paragraph 4.2", from_on=date(2018, 4, 1), too_small="It stops at £120,000."), "£120,000"),
        (AuthorityToBuy("Paragraph 4.2", from_on=date(2027, 9, 1)), "has force from Wednesday 1 September 2027"),
    ],
)
def test_without_authority_in_force_nothing_is_published(authority: AuthorityToBuy | None, part: str) -> None:
    (said,) = refusals(tender(authority=authority), date(2027, 8, 1))
    assert part in said


@pytest.mark.parametrize(("total", "criteria", "is_done"), [(None, 0, False), (95, 4, False), (100, 4, True)])
def test_a_method_must_be_whole_before_the_notice(total: int | None, criteria: int, is_done: bool) -> None:
    checks = notice_may_go_out(about(tender(weights_total=total, criteria_count=criteria)), date(2027, 9, 6))
    assert checks[0].is_done is is_done


@pytest.mark.parametrize(
    ("needed", "invited", "part"),
    [
        (3, 2, "ask for 3 quotes at this value. You have listed 2 suppliers."),
        (0, 5, "too high for quotes"),
        (3, 3, ""),
    ],
)
def test_quotes_need_as_many_suppliers_as_the_councils_rules_ask(needed: int, invited: int, part: str) -> None:
    facts = tender(quotes=QuotesNeeded(needed, "Three written quotes", "Rules"), invited_count=invited)
    found = refusals(facts, date(2027, 9, 6), Route.SCHEME)
    assert (part in found[0]) if part else found == []


CLOSES = datetime(2027, 10, 11, 13, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("today", "opened_at", "state"),
    [
        (date(2027, 10, 10), None, State.CANNOT_START),
        (date(2027, 10, 11), None, State.NOT_STARTED),
        (date(2027, 10, 11), datetime(2027, 10, 11, 12, 59, 59, tzinfo=UTC), State.NOT_STARTED),
        (date(2027, 10, 11), CLOSES, State.DONE),
    ],
)
def test_bids_are_opened_after_their_deadline(today: date, opened_at: datetime | None, state: State) -> None:
    facts = tender(closes_at=CLOSES, closes_on=date(2027, 10, 11), bids_opened_at=opened_at)
    (check,) = deadline_has_passed(about(facts), today)
    assert check.state is state
