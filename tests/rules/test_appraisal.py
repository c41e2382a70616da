"""How options are compared: totals, ranks, what-if, where the answer changes, costs, and when it is all there."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from procure.appraisal.rules.comparing import (
    Comparison,
    Scored,
    Weighed,
    leaders,
    order_said,
    ranked,
    said_points,
    total_of,
    totals,
    weights_refusal,
    what_if,
)
from procure.appraisal.rules.costing import rate_label, whole_life, year_label, years_to_cost
from procure.appraisal.rules.sensitivity import tests as sensitivity_tests
from procure.appraisal.rules.switching import switching, with_weight
from procure.appraisal.rules.wholeness import AppraisalFacts, OptionFacts, appraisal_is_whole
from procure.procurement.rules import FileFacts, NeedFacts, Route, State

NAMES = ("Let it end", "Extend", "In-house", "New contract", "Grants")
SCORES = ((0, 1, 5, 1, 1), (2, 3, 4, 2, 2), (3, 3, 2, 3, 3), (5, 4, 3, 4, 5), (3, 2, 4, 3, 4))
CRITERIA = ("Stronger sector", "Reach to residents", "Cost over five years", "Local giving", "Ready in time")
O1, O2 = (30, 25, 20, 15, 10), (20, 25, 30, 15, 10)
COSTS = {number: Decimal(net) for number, net in enumerate((18_000, 190_000, 722_000, 555_000, 520_000), 1)}


def a_comparison(weights: tuple[int, ...] = O1, scores: tuple[tuple[int | None, ...], ...] = SCORES) -> Comparison:
    """The demonstration's options, or others; the third criterion is the cost."""
    criteria = tuple(
        Weighed(key, CRITERIA[key - 1], weight, is_cost=key == min(3, len(weights)))
        for key, weight in enumerate(weights, 1)
    )
    options = (Scored(no, NAMES[no - 1], NAMES[no - 1], each) for no, each in enumerate(scores, 1))
    return Comparison(criteria, tuple(options))


# ── totals and ranks ──


@pytest.mark.parametrize(("weights", "expected"), [(O1, (30, 53, 56, 84, 61)), (O2, (40, 57, 54, 80, 63))])
def test_totals_are_weight_times_score_over_five(weights: tuple[int, ...], expected: tuple[int, ...]) -> None:
    assert tuple(totals(a_comparison(weights)).values()) == expected


def test_level_options_share_a_rank_and_the_next_is_left_out() -> None:
    order = ranked({1: Fraction(50), 2: Fraction(70), 3: Fraction(50), 4: Fraction(20)})
    assert [(one.no, one.rank, one.is_level) for one in order] == [
        (2, 1, False), (1, 2, True), (3, 2, True), (4, 4, False),
    ]  # fmt: skip
    assert order_said(order) == "2, 1 = 3, 4"


def test_an_option_without_every_score_has_no_total() -> None:
    comparison = a_comparison(scores=((0, 1, 5, 1, 1), (2, 3, None, 2, 2), (3, 3, 2, 3, 3)))
    assert set(totals(comparison)) == {1, 3}


@pytest.mark.parametrize(
    ("total", "said"), [(Fraction(84), "84"), (Fraction(714, 10), "71.4"), (Fraction(200, 3), "66.7")]
)
def test_a_total_in_a_sentence_has_no_idle_zero(total: Fraction, said: str) -> None:
    assert said_points(total) == said


@pytest.mark.parametrize(
    ("weights", "says"),
    [
        (O1, None),
        ((100, 0), None),
        ((30, 25, 20, 15, 5), "The weights add up to 95%. They must make 100%. Give out 5% more."),
        ((60, 60), "The weights add up to 120%. They must make 100%. Take away 20%."),
        ((-10, 110), "Each weight must be between 0% and 100%."),
    ],
)
def test_weights_must_make_a_hundred(weights: tuple[int, ...], says: str | None) -> None:
    assert weights_refusal(weights) == says


# ── what if ──


def test_a_what_if_says_who_comes_first_and_who_changes_places() -> None:
    asked = what_if(a_comparison(), O2)
    assert asked.heading == "With these weights, option 4 still comes first"
    assert asked.note == "Extend and in-house change places."
    assert [(row.no, row.agreed, row.now, row.change) for row in asked.rows] == [
        (4, 84, 80, -4), (5, 61, 63, 2), (2, 53, 57, 4), (3, 56, 54, -2), (1, 30, 40, 10),
    ]  # fmt: skip


def test_a_what_if_with_another_winner_or_a_tie_says_so() -> None:
    assert what_if(a_comparison(), (0, 0, 100, 0, 0)).heading == "With these weights, option 1 comes first"
    level = a_comparison((50, 50), ((5, 1), (1, 5)))
    assert what_if(level, (50, 50)).heading == "With these weights, options 1 and 2 are level"


# ── where the answer changes ──

SWITCHES = [
    pytest.param(
        a_comparison(), 3,
        "Option 4 stays first while cost counts for 62% or less. From 63%, option 5 would lead.",
        "It stays first while cost counts for 62% or less.", id="upwards, as in the drawing",
    ),
    pytest.param(
        a_comparison(), 1, "Option 4 stays first whatever stronger sector counts for.",
        "It stays first whatever stronger sector counts for.", id="never",
    ),
    pytest.param(
        a_comparison((50, 50), ((5, 0), (1, 3))), 1,
        "Option 1 stays first while stronger sector counts for 43% or more. At 42% or less, option 2 would lead.",
        "It stays first while stronger sector counts for 43% or more.", id="downwards",
    ),
    pytest.param(
        a_comparison((60, 40), ((5, 0), (0, 5))), 1,
        "Option 1 stays first while stronger sector counts for 51% or more. At 50%, options 1 and 2 would be level. "
        "At 49% or less, option 2 would lead.",
        "It stays first while stronger sector counts for 51% or more.", id="through a tie",
    ),
    pytest.param(
        a_comparison((50, 50), ((5, 0), (0, 5))), 1,
        "Options 1 and 2 stay level only while stronger sector counts for exactly 50%. From 51%, option 1 would lead. "
        "At 49% or less, option 2 would lead.",
        "They stay level only while stronger sector counts for exactly 50%.", id="level now",
    ),
    pytest.param(
        a_comparison((50, 50), ((5, 0), (4, 4), (0, 5))), 1,
        "Option 2 stays first while stronger sector counts for 21% to 79%. At 80%, options 1 and 2 would be level. "
        "From 81%, option 1 would lead. At 20%, options 2 and 3 would be level. At 19% or less, option 3 would lead.",
        "It stays first while stronger sector counts for 21% to 79%.", id="both ways",
    ),
    pytest.param(
        a_comparison((50, 50), ((3, 3), (3, 3))), 1,
        "Options 1 and 2 stay level whatever stronger sector counts for.",
        "They stay level whatever stronger sector counts for.", id="always level",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("comparison", "key", "sentence", "stays"), SWITCHES)
def test_the_switching_point_is_said_in_whole_per_cents(
    comparison: Comparison, key: int, sentence: str, stays: str
) -> None:
    found = switching(comparison, key)
    assert found is not None
    assert (found.sentence, found.stays) == (sentence, stays)


def test_the_table_shows_both_sides_of_the_switch() -> None:
    found = switching(a_comparison(), 3)
    assert found is not None
    assert [weight for weight, _ in found.rows] == [20, 62, 63]
    by_weight = dict(found.rows)
    assert round(by_weight[62][4], 1) == Decimal("71.4")
    assert round(by_weight[63][5], 1) == Decimal("71.2")
    assert by_weight[20] == {1: 30, 2: 53, 3: 56, 4: 84, 5: 61}


def test_a_criterion_that_is_everything_has_no_switching_point() -> None:
    assert switching(a_comparison((100,), ((5,), (3,))), 1) is None


def test_nothing_switches_before_two_options_are_scored() -> None:
    assert switching(a_comparison(scores=(SCORES[0], (None,) * 5)), 3) is None


_weights = st.lists(st.integers(1, 40), min_size=2, max_size=5).map(
    lambda parts: (*parts[:-1], 100 - sum(parts[:-1])) if sum(parts[:-1]) < 100 else (50, 50)
)


@settings(max_examples=40, deadline=None)
@given(_weights, st.data())
def test_the_runs_agree_with_totals_worked_out_from_scratch(weights: tuple[int, ...], data: st.DataObject) -> None:
    score = st.lists(st.integers(0, 5), min_size=len(weights), max_size=len(weights)).map(tuple)
    scores = tuple(data.draw(st.lists(score, min_size=2, max_size=5)))
    comparison = a_comparison(weights, scores)
    key = data.draw(st.integers(1, len(weights)))
    found = switching(comparison, key)
    assert found is not None
    assert found.runs[0].from_ == 0 and found.runs[-1].until == 100
    for weight in (0, 1, found.now, 50, 99, 100):
        by_no = totals(comparison, with_weight(comparison, found.criterion, weight))
        assert all(0 <= total <= 100 for total in by_no.values())
        run = next(run for run in found.runs if run.from_ <= weight <= run.until)
        assert run.first == leaders(by_no)
    assert sum(with_weight(comparison, found.criterion, 37)) == 100


@given(st.lists(st.integers(0, 5), min_size=3, max_size=3), st.integers(0, 2))
def test_a_better_score_never_lowers_a_total(scores: list[int], at: int) -> None:
    better = [min(score + 1, 5) if place == at else score for place, score in enumerate(scores)]
    weights = (50, 30, 20)
    before = total_of(Scored(1, "", "", tuple(scores)), weights)
    assert total_of(Scored(1, "", "", tuple(better)), weights) >= before


# ── sensitivity ──


def test_the_paper_tests_weights_costs_and_the_switching_point() -> None:
    found = {test.what: (test.result, test.changes) for test in sensitivity_tests(a_comparison(), COSTS, 4)}
    assert found["Cost counts for 30%, the others less in proportion"] == ("4, 5, 2, 3, 1", "No")
    assert found["Cost counts for 10%, the others more in proportion"] == ("4, 5, 3, 2, 1", "No")
    assert found["All criteria count the same"] == ("4, 5, 3, 2, 1", "No")
    assert found["Cost counts for 63%"][1] == "Yes: option 5"


def test_a_dearer_option_keeps_its_scores_and_the_paper_says_so() -> None:
    found = {test.what: test for test in sensitivity_tests(a_comparison(), COSTS, 4)}
    dearer, cheaper = found["Option 4 costs 20% more"], found["Option 4 costs 10% less"]
    assert "Scores stand until given again. At £666,000 net it is still the fourth cheapest" in dearer.result
    assert "At £499,500 net it is the third cheapest and not the fourth cheapest" in cheaper.result
    assert dearer.changes == cheaper.changes == "No"


def test_nothing_is_tested_before_there_is_a_ranking() -> None:
    assert sensitivity_tests(Comparison((), ()), {}, None) == ()


# ── costs ──


@pytest.mark.parametrize(
    ("starts", "months", "first", "last"),
    [
        (date(2028, 4, 1), 60, 2028, 2032),
        (date(2028, 7, 1), 60, 2028, 2033),
        (date(2028, 3, 31), 12, 2027, 2028),
        (date(2028, 4, 15), 12, 2028, 2029),
    ],
)
def test_the_years_compared_are_the_financial_years_the_purchase_touches(
    starts: date, months: int, first: int, last: int
) -> None:
    years = years_to_cost(starts, months, date(2027, 5, 25))
    assert (years[0], years[-1]) == (first, last)


def test_a_year_that_has_a_cost_is_always_shown() -> None:
    assert years_to_cost(date(2028, 4, 1), 24, date(2027, 5, 25), {2031}) == (2028, 2029, 2030, 2031)
    assert len(years_to_cost(None, None, date(2027, 5, 25))) == 5


def test_o3_present_value_takes_the_first_payment_as_now() -> None:
    costs = {year: Decimal(120_000) for year in range(2028, 2033)}
    found = whole_life(costs, range(2028, 2033), vat_percent=Decimal(20), rate_permille=35)
    assert (found.net, found.gross, found.present) == (600_000, 720_000, Decimal("560769.51"))
    assert rate_label(35) == "3.5% real (HM Treasury, The Green Book); the first payment is made now"


def test_an_option_without_vat_has_no_gross_cost() -> None:
    found = whole_life({2028: Decimal(100)}, (2028, 2029), vat_percent=None, rate_permille=35)
    assert (found.gross, found.by_year) == (None, (100, None))
    assert year_label(2028) == "2028/29" and year_label(2099) == "2099/00"


# ── when it is all there ──

WHOLE = AppraisalFacts(
    begun=True, has_background=True, weights=O1, criteria_defined=True, criteria_agreed_on=date(2027, 5, 12),
    options=tuple(
        OptionFacts(no, no == 1, True, 0, date(2027, 5, 25), True, True, no != 4) for no in range(1, 6)
    ),
    has_consultation=True, preferred_no=4, has_reasons=True, reviewer="R. Reviewer", reviewed_on=date(2027, 5, 28),
)  # fmt: skip
NEED = NeedFacts(Route.CABINET, True, True, True, True, True, True, "PRO-2027-014")


def without(*changes: int, **how: object) -> tuple[OptionFacts, ...]:
    """The options with one of them lacking something."""
    return tuple(replace(one, **how) if one.no in changes else one for one in WHOLE.options)  # type: ignore[arg-type]


def first_refusal(facts: AppraisalFacts, need: NeedFacts = NEED) -> str:
    checks = appraisal_is_whole(FileFacts([facts, need]), date(2027, 5, 28))
    return next((check.refusal for check in checks if not check.is_done), "")


def test_an_appraisal_with_everything_is_whole() -> None:
    assert first_refusal(WHOLE) == ""


LACKING = [
    ({"begun": False}, "Begin the options appraisal: nothing has been compared yet."),
    ({"has_background": False}, "Say who needs it, what should change"),
    ({"follows_contract": True}, "Say how the present contract performs"),
    ({"weights": ()}, "Say what the options are compared on."),
    ({"weights": (30, 25, 20, 15, 5)}, "The weights add up to 95%."),
    ({"criteria_defined": False}, "Say what each criterion means."),
    ({"criteria_agreed_on": None}, "Record the day the criteria and weights were agreed."),
    ({"options": ()}, "List the options."),
    ({"options": WHOLE.options[1:]}, "Add the option to do nothing."),
    ({"options": WHOLE.options[:2]}, "Add at least two options beside doing nothing."),
    ({"options": without(2, 5, is_described=False)}, "Describe options 2 and 5, with equality"),
    ({"options": without(3, missing_scores=1)}, "Give option 3 a score and a reason on every criterion."),
    ({"options": without(3, first_scored_on=date(2027, 5, 11))}, "Score option 3 again: the scores are older"),
    ({"options": without(1, has_costs=False)}, "Enter what option 1 would cost, year by year."),
    ({"options": without(1, 2, has_risks=False)}, "Write down at least one risk of options 1 and 2."),
    ({"has_consultation": False}, "Record the consultation:"),
    ({"preferred_no": None}, "Choose the preferred option and say why."),
    ({"has_reasons": False}, "Say why option 4 is preferred."),
    ({"options": without(5, has_rejection=False)}, "Say why option 5 is rejected."),
    ({"reviewed_on": None}, "Send the appraisal to a reviewer"),
    ({"reviewed_on": None, "is_sent": True}, "R. Reviewer hasn’t agreed to the appraisal yet."),
    ({"reviewed_on": None, "returned_because": "No."}, "R. Reviewer returned it. Mend it and send it again."),
]


@pytest.mark.parametrize(("change", "says"), LACKING)
def test_what_is_missing_is_said_in_a_sentence(change: dict[str, object], says: str) -> None:
    said = first_refusal(replace(WHOLE, **change))  # type: ignore[arg-type]
    assert said.startswith(says)
    assert all(len(sentence.split()) <= 25 for sentence in said.split(". "))


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"has_need": False}, "Say what is needed and why."),
        ({"has_term": False}, "Set the value and the term"),
        ({"has_grant_test": False}, "Record how social value was considered"),
    ],
)
def test_what_the_file_itself_lacks_holds_the_appraisal_up(change: dict[str, bool], says: str) -> None:
    assert first_refusal(WHOLE, replace(NEED, **change)).startswith(says)  # type: ignore[arg-type]


def test_scoring_on_the_very_day_of_agreement_is_in_time() -> None:
    options = without(1, 2, 3, 4, 5, first_scored_on=date(2027, 5, 12))
    assert first_refusal(replace(WHOLE, options=options)) == ""


def test_the_review_can_not_start_before_the_rest_is_there() -> None:
    lacking = replace(WHOLE, has_reasons=False, reviewed_on=None)
    checks = appraisal_is_whole(FileFacts([lacking, NEED]), date(2027, 5, 28))
    assert checks[-1].state is State.CANNOT_START
