"""Scores become points and points a ranking, ties are parted in the published order, low prices are seen."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procure.evaluation.rules import (
    EvaluationFacts,
    InterestOutcome,
    ScoredBid,
    Standing,
    Weight,
    low_prices,
    place_label,
    quality_points,
    rank,
    result_is_recorded,
    score_problem,
    spread_of,
    standing_of,
)
from procure.evaluation.rules.panel import Declared, late_by
from procure.procurement.rules import FileFacts
from procure.tender.rules import PriceFormula

CRITERIA = [Weight(1, "Need", 25), Weight(2, "Wards", 15), Weight(3, "Giving", 10), Weight(4, "Social value", 10)]
LOWEST = PriceFormula.LOWEST_OVER_PRICE


def bid(key: int, name: str, price: int, *scores: int) -> ScoredBid:
    return ScoredBid(key, name, Decimal(price), dict(enumerate(scores, start=1)))


TRUST = bid(1, "Example Trust", 412_500, 4, 3, 4, 4)
ALLIANCE = bid(2, "Example Alliance", 450_000, 5, 4, 4, 4)
NETWORK = bid(3, "Example Network", 498_000, 4, 5, 5, 5)


@pytest.mark.parametrize(
    ("formula", "totals"),
    [
        (LOWEST, ["89.67", "88.13", "85.00"]),
        (PriceFormula.DEVIATION_FROM_LOWEST, ["89.36", "86.71", "85.00"]),
        (PriceFormula.DEVIATION_FROM_MEAN, ["73.31", "71.07", "68.62"]),
    ],
    ids=["P1", "P2", "P3"],
)
def test_the_alliance_wins_by_each_formula(formula: PriceFormula, totals: list[str]) -> None:
    ranking = rank([TRUST, ALLIANCE, NETWORK], CRITERIA, 40, formula)
    assert [str(row.total) for row in ranking.rows] == totals
    assert [row.name for row in ranking.rows] == ["Example Alliance", "Example Network", "Example Trust"]
    assert ranking.winner is not None and ranking.winner.name == "Example Alliance"


def test_the_fourth_formula_divides_price_by_points_for_quality_and_the_lowest_goes_first() -> None:
    ranking = rank([TRUST, ALLIANCE, NETWORK], CRITERIA, 0, PriceFormula.COST_PER_QUALITY_POINT)
    assert [(row.name, str(row.cost)) for row in ranking.rows] == [
        ("Example Alliance", "8490.57"), ("Example Network", "9054.55"), ("Example Trust", "9166.67"),
    ]  # fmt: skip
    assert ranking.rows[0].price_working == "£450,000 ÷ 53.00"
    assert ranking.rows[0].quality_working == "25.00 + 12.00 + 8.00 + 8.00"


@pytest.mark.parametrize(
    ("formula", "points"),
    [
        (LOWEST, ["40.00", "26.67", "20.00", "17.78"]),
        (PriceFormula.DEVIATION_FROM_LOWEST, ["40.00", "20.00", "0.00", "0.00"]),
    ],
    ids=["P5 lowest", "P5 deviation"],
)
def test_an_outlier_moves_the_points_of_the_others(formula: PriceFormula, points: list[str]) -> None:
    bids = [bid(price, str(price), price, 3, 3, 3, 3) for price in (200_000, 300_000, 400_000, 450_000)]
    assert [str(row.price) for row in rank(bids, CRITERIA, 40, formula).rows] == points


def test_a_bid_below_a_published_least_score_is_not_ranked_and_its_price_moves_nobody() -> None:
    criteria = [replace(CRITERIA[0], least=3), *CRITERIA[1:]]
    ranking = rank([bid(1, "Weak", 100, 2, 5, 5, 5), bid(2, "Sound", 200, 3, 3, 3, 3)], criteria, 40, LOWEST)
    assert [(row.name, str(row.price)) for row in ranking.rows] == [("Sound", "40.00")]
    (failed,) = ranking.failed
    assert failed.failed_because == "It scored 2 for Need, where 3 is the least." and failed.place == 0
    assert ranking.of(1) is failed
    assert rank([bid(1, "Weak", 100, 2, 5, 5, 5)], criteria, 40, LOWEST).winner is None


def test_a_bid_without_a_point_for_quality_has_no_cost_of_a_point() -> None:
    ranking = rank([bid(9, "None", 1, 0, 0, 0, 0), TRUST], CRITERIA, 0, PriceFormula.COST_PER_QUALITY_POINT)
    assert [row.name for row in ranking.rows] == ["Example Trust"]
    assert ranking.failed[0].failed_because == "It has no point for quality, so a point has no cost."


NONE, INTEREST = Declared(1, False), Declared(1, True)


@pytest.mark.parametrize(
    ("bids", "declared", "standing"),
    [
        ([], [], Standing.NO_BIDS),
        ([1], [], Standing.NOT_DECLARED),
        ([1], [NONE], Standing.CLEAR),
        ([1, 2], [NONE], Standing.NOT_DECLARED),
        ([1], [INTEREST], Standing.WAITS),
        ([1], [replace(INTEREST, outcome=InterestOutcome.MAY_TAKE_PART)], Standing.CLEAR),
        ([1], [replace(INTEREST, outcome=InterestOutcome.STEPS_DOWN)], Standing.STEPPED_DOWN),
        ([2], [INTEREST, Declared(2, False)], Standing.CLEAR),
    ],
)
def test_only_who_declared_about_every_bidder_and_was_cleared_sees_a_bid(
    bids: list[int], declared: list[Declared], standing: Standing
) -> None:
    assert standing_of(bids, declared) is standing


@pytest.mark.parametrize(
    ("scores", "says"),
    [
        ([("A", 3)], "They agree."),
        ([("A", 3), ("B", 4)], "They differ by 1."),
        ([("A", 3), ("B", 2), ("C", 4)], "They differ by 2. Talk about B and C first."),
    ],
)
def test_a_spread_says_whom_to_hear_first_and_never_a_mean(scores: list[tuple[str, int]], says: str) -> None:
    spread = spread_of(scores)
    assert spread is not None and spread.sentence == says


def test_quality_points_are_weight_times_score_over_five() -> None:
    ranking = rank([TRUST, ALLIANCE, NETWORK], CRITERIA, 40, LOWEST)
    assert {row.name: str(row.quality) for row in ranking.rows} == {
        "Example Trust": "45.00",
        "Example Alliance": "53.00",
        "Example Network": "55.00",
    }
    assert ranking.rows[0].criteria[0].working == "25 × 5 ÷ 5"
    assert str(quality_points(25, 3)) == "15.00"


def test_equal_totals_go_to_the_higher_quality() -> None:
    # 60 + 20 and 40 + 40: the same total, reached from either side.
    ranking = rank([bid(1, "Cheap", 100, 2), bid(2, "Good", 200, 3)], [Weight(1, "Q", 60)], 24, LOWEST)
    assert [(row.name, str(row.total)) for row in ranking.rows] == [("Good", "48.00"), ("Cheap", "48.00")]
    assert ranking.rows[0].ahead_because == "Level with Cheap on total; ahead by more points for quality."


def test_then_to_the_higher_score_on_the_heaviest_criterion() -> None:
    criteria = [Weight(1, "Light", 20), Weight(2, "Heavy", 40)]
    light, heavy = bid(1, "Light", 100, 5, 2), bid(2, "Heavy", 100, 3, 3)
    ranking = rank([light, heavy], criteria, 40, LOWEST)
    assert [row.name for row in ranking.rows] == ["Heavy", "Light"]
    assert "heaviest criterion" in ranking.rows[0].ahead_because


def test_then_to_the_lower_price() -> None:
    # Both are so dear beside the third that either gets nothing for price.
    bids = [bid(1, "Dearer", 300, 3), bid(2, "Cheaper", 250, 3), bid(3, "Cheap", 100, 1)]
    ranking = rank(bids, [Weight(1, "Q", 60)], 40, PriceFormula.DEVIATION_FROM_LOWEST)
    level = [row.name for row in ranking.rows if row.name != "Cheap"]
    assert level == ["Cheaper", "Dearer"]
    assert next(row for row in ranking.rows if row.name == "Cheaper").ahead_because.endswith("the lower price.")


def test_a_tie_the_rule_leaves_open_has_no_winner_until_it_is_settled() -> None:
    one, two, third = bid(1, "One", 100, 3), bid(2, "Two", 100, 3), bid(3, "Third", 100, 1)
    ranking = rank([one, two, third], [Weight(1, "Q", 60)], 40, LOWEST)
    assert ranking.winner is None and [row.name for row in ranking.tie] == ["One", "Two"]
    assert [row.place for row in ranking.rows] == [1, 1, 3]
    settled = rank([one, two, third], [Weight(1, "Q", 60)], 40, LOWEST, settled_for=2)
    assert settled.winner is not None and settled.winner.name == "Two" and not settled.tie


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0.2, "1 second"), (59, "59 seconds"), (60, "1 minute"), (7_199, "1 hour"), (172_800, "2 days")],
)
def test_how_late_a_bid_came_is_told_to_the_second(seconds: float, said: str) -> None:
    assert late_by(timedelta(seconds=seconds)) == said


def test_a_single_bid_is_ranked_as_any_other() -> None:
    ranking = rank([TRUST], CRITERIA, 40, LOWEST)
    assert ranking.winner is not None and str(ranking.winner.total) == "85.00"
    assert place_label(1, 1) == "the only tender" and place_label(2, 3) == "second of three"


def test_an_abnormally_low_price_is_measured_against_the_mean_of_the_others() -> None:
    prices = {key: (f"Bidder {key}", Decimal(price)) for key, price in enumerate((300_000, 420_000, 440_000, 450_000))}
    (low,) = low_prices(prices)
    assert str(low.mean_of_others) == "436666.67" and str(low.percent_below) == "31.30"
    assert low.sentence == ("Bidder 0’s price of £300,000 is 31.30% below the mean of the other three, £436,666.67.")


@pytest.mark.parametrize(("price", "is_low"), [(79_999, True), (80_000, False), (80_001, False)])
def test_a_price_is_low_beyond_twenty_per_cent_and_not_at_it(price: int, is_low: bool) -> None:
    found = low_prices({1: ("Low", Decimal(price)), 2: ("Other", Decimal(100_000))})
    assert bool([one for one in found if one.key == 1]) is is_low


@pytest.mark.parametrize(
    ("score", "reason", "is_right"),
    [(3, "Meets it.", True), (0, "No answer.", True), (5, "All of it.", True)]
    + [(score, "Why.", False) for score in (3.4, Decimal("3.4"), "3", 6, -1, None, True)]
    + [(3, "", False), (3, "  ", False)],
)
def test_a_score_is_a_whole_number_with_a_reason(score: object, reason: str, is_right: bool) -> None:
    assert (score_problem(score, reason) is None) is is_right


@given(
    st.lists(
        st.tuples(st.integers(1, 10**8), st.lists(st.integers(0, 5), min_size=4, max_size=4)), min_size=1, max_size=6
    )
)
def test_totals_add_up_and_never_leave_the_scale(bids: list[tuple[int, list[int]]]) -> None:
    scored = [bid(key, f"Bidder {key}", price, *scores) for key, (price, scores) in enumerate(bids)]
    for formula in (one for one in PriceFormula if one.weighs_price):
        ranking = rank(scored, CRITERIA, 40, formula)
        for row in ranking.rows:
            assert row.total == sum(line.points for line in row.criteria) + row.price
            assert 0 <= row.total <= 100
        assert [row.total for row in ranking.rows] == sorted((row.total for row in ranking.rows), reverse=True)


WHOLE = EvaluationFacts(evaluators=3, moderators=1, bidders=("One", "Two"), is_finished=True)


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        (WHOLE, []),
        (EvaluationFacts(evaluators=2, moderators=1, bidders=("One",), is_finished=True),
         ["Name three evaluators. You have named two."]),
        (EvaluationFacts(evaluators=3, bidders=("One",), is_finished=True),
         ["Name a moderator, who chairs and doesn’t score."]),
        (EvaluationFacts(evaluators=3, moderators=1, bidders=("One", "Two"), unscored=("Two",), is_finished=True),
         ["Two has a criterion without an agreed score.", "Every bid needs its agreed scores first."]),
        (EvaluationFacts(evaluators=3, moderators=1, bidders=("One",), undeclared=("Evaluator 1",), is_finished=True),
         ["Evaluator 1 has still to declare, bidder by bidder, before they see a bid."]),
        (EvaluationFacts(evaluators=3, moderators=1, bidders=("One",), interests=("Evaluator 1",), is_finished=True),
         ["Evaluator 1 declared an interest. Say whether they may take part."]),
        (EvaluationFacts(evaluators=3, moderators=1, bidders=("One",), unfinished=("Evaluator 1",), unscored=("One",)),
         ["Evaluator 1 hasn’t finished scoring.", "Scores are agreed when every evaluator has finished.",
          "Every bid needs its agreed scores first."]),
        (EvaluationFacts(evaluators=1, panel_size=1, bidders=("One",), is_finished=True), []),
        (EvaluationFacts(evaluators=3, moderators=1, bidders=("One", "Two"), tie=("One", "Two"), is_finished=True),
         ["One and Two are level, and the published rule can’t part them. Record how the tie was settled."]),
        (EvaluationFacts(evaluators=3, moderators=1, bidders=("One", "Two"), low_unexplained=("One",),
                         is_finished=True),
         ["One’s price is more than 20% below the mean of the others. Ask why, and record the answer."]),
        (EvaluationFacts(evaluators=3, moderators=1, bidders=("One",)), ["Check the ranking, then record the result."]),
    ],
    ids=["whole", "evaluator short", "no moderator", "no score", "not declared", "interest", "not scored",
         "panel of one", "tie", "low price", "not finished"],
)  # fmt: skip
def test_a_result_is_recorded_when_nothing_is_missing(facts: EvaluationFacts, says: list[str]) -> None:
    checks = result_is_recorded(FileFacts([facts]), date(2027, 11, 9))
    assert [check.refusal for check in checks if not check.is_done] == says
