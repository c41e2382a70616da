"""Later rows of the law’s figures, the list of light touch services, and the duty matrix."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from procure.law import calendars
from procure.law.calendars import Proclaimed
from procure.law.duties import How, Owing, duties_of
from procure.law.figures import FIGURES, SHIPPED, Added, extended, rows_of
from procure.law.light_touch import START_SET, codes_in, read_list, row_for
from procure.law.periods import Circumstance, Deadline, due, earliest_deadline
from procure.law.regimes import Bound, Regime
from procure.law.standstill import standstill, standstill_rule
from procure.law.thresholds import Comparison, Line, is_above, threshold_for
from procure.law.working_days import add_working_days, is_working_day, nth_working_day_from
from procure.refusals import BadFigure

NEW_YEAR = date(2028, 1, 1)
DAY = timedelta(days=1)


def added(figure: str, amount: str, from_on: date = NEW_YEAR, **more: object) -> Added:
    return Added(figure, Decimal(amount), from_on, "PPN 031", **more)  # type: ignore[arg-type]


def test_a_later_threshold_holds_from_its_day_and_ends_the_one_before() -> None:
    table = extended((added("sum.services", "210000"),)).thresholds
    assert threshold_for(Line.SERVICES, NEW_YEAR, table).value == Decimal(210000)
    before = threshold_for(Line.SERVICES, NEW_YEAR - DAY, table)
    assert (before.value, before.until_on) == (Decimal("207720.00"), NEW_YEAR - DAY)
    assert not is_above(Line.SERVICES, Decimal("209999.99"), NEW_YEAR, table)
    assert threshold_for(Line.WORKS, NEW_YEAR, table) == threshold_for(Line.WORKS, NEW_YEAR)


def test_a_later_row_may_change_the_test_and_says_that_nobody_checked_it() -> None:
    new = added("sum.notifiable", "30000", comparison=Comparison.MORE_THAN, unchecked=True)
    row = threshold_for(Line.NOTIFIABLE, NEW_YEAR, extended((new,)).thresholds)
    assert not row.passed_by(Decimal(30000)) and row.unchecked


def test_later_periods_count_from_the_event_and_the_standstill_by_the_start() -> None:
    tables = extended(
        (added("deadline.details_notice.ordinary", "20"), added("standstill.PA2023", "10"),
         added("bids.tendering.electronic", "40"), added("lead.appraisal", "60"))
    )  # fmt: skip
    assert due(Deadline.DETAILS_NOTICE, date(2028, 3, 1), table=tables.periods).answer == date(2028, 3, 20)
    assert due(Deadline.DETAILS_NOTICE, date(2027, 12, 31), table=tables.periods).answer == date(2028, 1, 29)
    assert due(Deadline.DETAILS_NOTICE, date(2028, 3, 1), light_touch=True, table=tables.periods).source != "PPN 031"
    assert standstill_rule(Regime.PA2023, NEW_YEAR, tables.standstills).days == 10
    assert standstill_rule(Regime.PA2023, NEW_YEAR - DAY, tables.standstills).days == 8
    notice = date(2028, 2, 1)
    found = earliest_deadline(notice, [Circumstance.ELECTRONIC], table=tables.minimum_periods)
    assert (found.answer, found.source) == (notice + timedelta(days=40), "PPN 031")
    early = earliest_deadline(date(2027, 12, 1), [Circumstance.ELECTRONIC], table=tables.minimum_periods)
    assert early.answer == date(2027, 12, 26)
    assert next(step.days for step in tables.steps if step.key == "appraisal") == 60


def test_nothing_added_is_the_law_as_it_ships() -> None:
    assert extended(()) is SHIPPED


@settings(max_examples=40)
@given(
    st.sampled_from(sorted(key for key in FIGURES if not key.startswith("lead."))),
    st.lists(st.dates(date(2026, 1, 2), date(2040, 1, 1)), unique=True, max_size=4),
)
def test_rows_of_a_figure_never_overlap_and_leave_no_gap_after_the_first_added(key: str, days: list[date]) -> None:
    figure = FIGURES[key]
    later = [
        Added(key, Decimal(index + 5), on, "made up")
        for index, on in enumerate(days)
        if on > figure.shipped[-1].from_on
    ]
    rows = rows_of(figure, later)
    for row, following in pairwise(rows):
        assert row.until_on is not None and row.until_on < following.from_on
        if following.is_added:
            assert row.until_on == following.from_on - DAY
    assert rows[-1].until_on is None


weekdays = st.dates(date(2026, 1, 5), date(2028, 9, 1))
extra = st.lists(weekdays.filter(lambda on: on.weekday() < 5), max_size=3, unique=True).map(
    lambda days: tuple(Proclaimed(on, "Proclaimed", calendars.NATIONS, "made up") for on in sorted(days))
)


@settings(max_examples=60)
@given(weekdays, extra)
def test_a_standstill_ends_on_a_working_day_and_a_holiday_more_never_makes_it_shorter(
    published: date, more: tuple[Proclaimed, ...]
) -> None:
    plain, longer = calendars.uk_any(), calendars.uk_any(more)
    before, after = standstill(published, plain), standstill(published, longer)
    assert is_working_day(after.ends_on, longer) and after.ends_on >= before.ends_on
    assert after.earliest_signing_on == after.ends_on + DAY
    counted = [row for row in after.working.days if row.counted]
    assert [row.counted for row in counted] == list(range(1, 9))
    assert all(is_working_day(row.day, longer) for row in counted)


@settings(max_examples=60)
@given(weekdays, st.integers(1, 30), extra)
def test_counting_working_days_is_monotone_and_agrees_with_itself(
    start: date, n: int, more: tuple[Proclaimed, ...]
) -> None:
    england = calendars.england(more)
    assert add_working_days(start, n, england) < add_working_days(start, n + 1, england)
    assert add_working_days(start, n, england) == nth_working_day_from(start + DAY, n, england)
    assert add_working_days(start, n, england) >= add_working_days(start, n, calendars.england())


def test_a_proclaimed_day_is_named_in_the_edition_and_the_reason() -> None:
    day = Proclaimed(date(2027, 9, 8), "State funeral", calendars.NATIONS, "Royal Proclamation")
    calendar = calendars.uk_any((day,))
    assert calendar.holidays[day.day] == "State funeral, bank holiday in all of the UK"
    assert "8 September 2027" in calendar.edition


# ── light touch ──


def test_codes_are_found_with_and_without_their_check_digit() -> None:
    assert codes_in("98133100-5, 85312000 and 851") == (98133100, 85312000)
    assert row_for(98133100, START_SET) is not None and row_for(45000000, START_SET) is None


def test_a_pasted_list_is_read_with_ranges_names_and_reserved_lines() -> None:
    rows = read_list(["85000000-9 to 85323000-9\tHealth and social work services\tR", "", "92000000 Sport; culture"])
    assert [(row.first, row.last, row.title, row.is_reservable) for row in rows] == [
        (85000000, 85323000, "Health and social work services", True),
        (92000000, 92000000, "Sport; culture", False),
    ]


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ([], "Paste the lines"),
        (["85000000 health", "culture"], "Line 2 has no CPV code"),
        (["85323000 to 85000000"], "ends before it begins"),
        (["85000000 85100000 85200000"], "more than a code or a range"),
    ],
)
def test_a_list_that_cannot_be_read_says_which_line(lines: list[str], said: str) -> None:
    with pytest.raises(BadFigure, match=said):
        read_list(lines)


# ── the duty matrix ──

SPRING = date(2026, 5, 1)


def owed(**more: object) -> dict[str, Bound]:
    asked = Owing(**({"regime": Regime.PA2023, "started_on": SPRING} | more))  # type: ignore[arg-type]
    return {one.notice or one.duty: one.bound for one in duties_of(asked)}


def test_light_touch_lifts_periods_standstill_indicators_and_change_notices() -> None:
    ordinary, light = owed(value_gross=Decimal(6_000_000)), owed(value_gross=Decimal(6_000_000), light_touch=True)
    must, may, none = Bound.MANDATORY, Bound.VOLUNTARY, Bound.NONE
    for duty, of_ordinary, of_light in (
        ("minimum periods", must, none), ("standstill", must, may), ("key performance indicators", must, none),
        ("UK9", must, none), ("UK10", must, none), ("UK4", must, must), ("UK6", must, must), ("UK7", must, must),
        ("assessment summaries", must, must), ("conflicts assessment", must, must), ("UK11", must, must),
        ("copy of the contract", must, must),
    ):  # fmt: skip
        assert (ordinary[duty], light[duty]) == (of_ordinary, of_light), duty


@pytest.mark.parametrize(
    ("how", "has", "has_not", "standstill_bound"),
    [
        (How.OPEN, {"UK4", "UK6", "UK7", "UK12"}, {"UK5"}, Bound.MANDATORY),
        (How.FRAMEWORK, {"UK6", "UK7"}, {"UK4", "UK5", "UK12"}, Bound.VOLUNTARY),
        (How.DIRECT, {"UK5", "UK6", "UK7"}, {"UK4", "assessment summaries"}, Bound.MANDATORY),
        (How.URGENT, {"UK5", "UK6", "UK7"}, {"UK4"}, Bound.VOLUNTARY),
        (How.USER_CHOICE, set(), {"UK4", "UK5", "UK6", "UK7"}, None),
    ],
)
def test_the_route_decides_which_notices_are_due(
    how: How, has: set[str], has_not: set[str], standstill_bound: Bound | None
) -> None:
    found = owed(how=how, value_gross=Decimal(300_000))
    binding = {key for key, bound in found.items() if bound is Bound.MANDATORY}
    assert has <= binding and not has_not & binding
    assert found.get("standstill") is standstill_bound


def test_below_threshold_the_sum_and_the_advertisement_decide() -> None:
    def below(value: str, how: How) -> dict[str, Bound]:
        return owed(regime=Regime.BELOW_THRESHOLD, value_gross=Decimal(value), how=how)

    assert below("30000.00", How.OPEN)["UK4"] is Bound.MANDATORY
    assert below("29998.80", How.OPEN)["UK4"] is Bound.NONE
    assert below("30000.00", How.QUOTES)["UK4"] is Bound.NONE
    assert below("30000.00", How.QUOTES)["UK7"] is Bound.MANDATORY
    assert below("29998.80", How.QUOTES)["UK7"] is Bound.NONE
    assert "UK6" not in below("30000.00", How.OPEN)


def test_five_million_itself_asks_for_no_indicators_and_an_exempt_contract_for_nothing() -> None:
    assert owed(value_gross=Decimal(5_000_000))["UK9"] is Bound.NONE
    assert owed(value_gross=Decimal("5000000.01"))["UK9"] is Bound.MANDATORY
    assert set(owed(regime=Regime.EXEMPT).values()) == {Bound.NONE}
    assert owed(started_on=date(2026, 3, 31))["UK8"] is Bound.NONE
    assert owed(started_on=date(2026, 4, 1))["UK8"] is Bound.MANDATORY
