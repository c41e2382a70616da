"""How a price becomes points, when a method is whole, and what keeps a competition from opening."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from procure.procurement.rules import FileFacts, NeedFacts, Route, State
from procure.refusals import BadFigure
from procure.tender.opening_rules import (
    AuthorityToBuy,
    QuotesNeeded,
    TenderFacts,
    deadline_has_passed,
    notice_may_go_out,
)  # fmt: skip
from procure.tender.question_rules import QuestionFacts, gives_away
from procure.tender.rules import (
    CriterionLine,
    PriceFormula,
    TreeProblem,
    cost_per_quality_point,
    cost_working,
    formula_words,
    in_tree_order,
    labels_of,
    method_problem,
    points_of,
    price_points,
    price_working,
    rounding_words,
    tie_words,
)
from procure.tender.sealed_rules import OpenerFacts

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
    assert said(method_problem(price_weight, lines)) == says


def said(problem: TreeProblem | None) -> str | None:
    return problem.sentence if problem else None


@pytest.mark.parametrize(
    ("lines", "place", "says"),
    [
        ((("A", 60, None), ("B", 60, 1), ("C", 40, 1)), 0, None),
        ((("A", 60, None), ("B", 60, 1), ("C", 39, 1)), 2, "The parts of A add up to 99%."),
        ((("A", 60, None), ("B", 60, 1), ("C", 41, 1)), 2, "The parts of A add up to 101%."),
        ((("A", 60, None), ("B", 100, 1), ("C", 100, 2)), 0, None),
        ((("A", 60, None), ("B", 100, 1), ("C", 100, 2), ("D", 100, 3)), 4, "D is too deep."),
        ((("B", 100, 2), ("A", 60, None)), 1, "B must stand below the criterion it is part of."),
        ((("A", 60, None), ("B", 50, 1), ("b", 50, 1)), 3, "Two criteria have the same name."),
    ],
)
def test_at_each_level_the_weights_make_a_hundred(
    lines: tuple[tuple[str, int, int | None], ...], place: int, says: str | None
) -> None:
    problem = method_problem(40, [CriterionLine(title, weight, part_of=part_of) for title, weight, part_of in lines])
    assert (said(problem) or "").startswith(says or "") and (problem is None) == (says is None)
    assert (problem.place if problem else 0) == place


def test_only_what_is_scored_has_a_minimum_score_or_a_word_limit() -> None:
    parts = [CriterionLine("B", 100, part_of=1, least_score=2, word_limit=500)]
    assert method_problem(40, [CriterionLine("A", 60), *parts]) is None
    problem = method_problem(40, [CriterionLine("A", 60, least_score=2), *parts])
    assert said(problem) == ("A has parts, and only its parts are scored. Set the minimum score or word limit on them.")


def test_the_tree_is_numbered_and_shares_its_points() -> None:
    typed = [CriterionLine("A", 40), CriterionLine("C", 20), CriterionLine("A2", 25, part_of=1)]
    typed.append(CriterionLine("A3", 75, part_of=1))
    tree = in_tree_order(typed)
    assert [line.title for line in tree] == ["A", "A2", "A3", "C"]
    assert labels_of(tree) == ["1", "1.1", "1.2", "2"] and points_of(tree) == [40, 10, 30, 20]


def test_cost_per_point_of_quality_gives_price_no_weight() -> None:
    formula, whole = PriceFormula.COST_PER_QUALITY_POINT, [CriterionLine("A", 100)]
    assert method_problem(0, whole, formula) is None
    assert "Enter 0 for price" in (said(method_problem(40, [CriterionLine("A", 60)], formula)) or "")
    assert "add up to 60" in (said(method_problem(0, [CriterionLine("A", 60)], formula)) or "")
    costs = [
        cost_per_quality_point(price, Decimal(quality)) for price, quality in zip(PRICES, (45, 53, 55), strict=True)
    ]
    assert [str(cost) for cost in costs] == ["9166.67", "8490.57", "9054.55"]
    assert cost_per_quality_point(PRICES[0], Decimal(0)) is None
    assert cost_working(PRICES[1], Decimal(53)) == "£450,000 ÷ 53.00"
    with pytest.raises(BadFigure):
        price_points(formula, 0, PRICES[0], PRICES)
    assert "quality" in tie_words(formula) and "rounded cost" in rounding_words(formula)


def test_two_criteria_may_not_share_a_name() -> None:
    assert method_problem(40, [CriterionLine("Need", 30), CriterionLine("need", 30)])


def about(tender: TenderFacts, route: Route = Route.CABINET) -> FileFacts:
    need = NeedFacts(route, True, True, True, True, True, True, "PRO-2027-014")
    return FileFacts([need, tender])


def refusals(tender: TenderFacts, day: date, route: Route = Route.CABINET) -> list[str]:
    checks = notice_may_go_out(about(tender, route), day)
    return [check.refusal for check in checks if not check.is_done]


def tender(**facts: object) -> TenderFacts:
    standing = {"weights_total": 100, "criteria_count": 4, "authority": CALL_IN, "opened_on": date(2027, 9, 6),
                "planned_closes_on": date(2027, 10, 11)}  # fmt: skip
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


@pytest.mark.parametrize(
    ("needed", "invited", "waived", "expired", "part"),
    [
        (3, 1, "Waived until 31 March 2028: urgent", "", ""),
        (0, 1, "Waived until 31 March 2028: urgent", "", ""),
        (3, 0, "Waived until 31 March 2028: urgent", "", "List the supplier you will ask, one at least."),
        (3, 1, "", "The waiver expired on 1 September 2027.", "1 supplier. The waiver expired on 1 September 2027."),
        (3, 3, "", "The waiver expired on 1 September 2027.", ""),
    ],
)
def test_fewer_suppliers_are_asked_only_while_a_waiver_is_in_force(
    needed: int, invited: int, waived: str, expired: str, part: str
) -> None:
    rule = QuotesNeeded(needed, "Three written quotes", "Rules")
    facts = tender(quotes=rule, invited_count=invited, quotes_waived=waived, waiver_expired=expired)
    found = refusals(facts, date(2027, 9, 6), Route.SCHEME)
    assert (part in found[0]) if part else found == []


CLOSES = datetime(2027, 10, 11, 13, 0, tzinfo=UTC)
TWO = OpenerFacts(("A. Officer",), ("P. Clerk",))


@pytest.mark.parametrize(
    ("openers", "says"),
    [
        (OpenerFacts(), "Name two people who open the bids together"),
        (OpenerFacts(("A. Officer", "S. Lead")), "Name somebody from outside the service too."),
        (OpenerFacts((), ("P. Clerk",)), "Name somebody from the service too."),
    ],
)
def test_bids_stay_shut_until_two_are_named_one_from_outside(openers: OpenerFacts, says: str) -> None:
    known = tender(closes_at=CLOSES, closes_on=date(2027, 10, 11), openers=openers)
    _, named, opening = deadline_has_passed(about(known), date(2027, 10, 12))
    assert says in named.refusal and opening.state is State.CANNOT_START


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
    facts = tender(closes_at=CLOSES, closes_on=date(2027, 10, 11), bids_opened_at=opened_at, openers=TWO)
    questions, openers, check = deadline_has_passed(about(facts), today)
    assert questions.is_done and openers.is_done
    assert check.state is state


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        (QuestionFacts(), None),
        (QuestionFacts(2), None),
        (QuestionFacts(2, unanswered=(2,)), "Question 2 is not answered yet."),
        (QuestionFacts(3, unanswered=(1, 3)), "Questions 1 and 3 are not answered yet."),
        (QuestionFacts(3, unpublished=(3,)), "Question 3 is answered, but not published to all bidders yet."),
    ],
)
def test_bids_stay_shut_while_a_question_is_open(facts: QuestionFacts, says: str | None) -> None:
    known = tender(closes_at=CLOSES, closes_on=date(2027, 10, 11), questions=facts, openers=TWO)
    questions, _, opening = deadline_has_passed(about(known), date(2027, 10, 12))
    assert (questions.refusal or None) == says
    assert opening.state is (State.NOT_STARTED if says is None else State.CANNOT_START)


def test_the_notice_can_t_be_started_while_the_decision_has_no_force() -> None:
    early, in_force = (
        notice_may_go_out(about(tender(opened_on=None)), day)[-1] for day in (date(2027, 7, 20), date(2027, 7, 26))
    )
    assert early.state is State.CANNOT_START and "Publish from Monday 26 July 2027." in early.hint
    assert in_force.state is State.NOT_STARTED


@pytest.mark.parametrize(
    ("text", "asker", "shown"),
    [
        ("Does TUPE apply?", "Example Network", ""),
        ("We at Smith & Sons <Ltd> ask", "Smith & Sons <Ltd>", "Smith & Sons <Ltd>"),
        ("May Smith bid with others?", "Smith & Sons <Ltd>", "Smith"),
        ("Blacksmiths may bid", "Smith & Sons <Ltd>", ""),
        ("Which services are in?", "Dagenham Community Services", ""),
        ("Is the Dagenham office in?", "Dagenham Community Services", "Dagenham"),
        ("example network asks", "Example Network", "Example Network"),
        ("Anything", "", ""),
    ],
)
def test_a_word_of_the_asker_s_name_gives_it_away(text: str, asker: str, shown: str) -> None:
    assert gives_away(text, asker) == shown
