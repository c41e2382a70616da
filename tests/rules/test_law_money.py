"""Value, thresholds, and what later payments are worth today."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procure.law.discounting import FirstPayment, discounted, present_value
from procure.law.money import Value, read_pounds, value_of, with_vat, without_vat
from procure.law.thresholds import (
    THRESHOLDS,
    Comparison,
    Line,
    Threshold,
    due_for_review,
    is_above,
    threshold_for,
)
from procure.refusals import BadFigure

IN_2025, IN_2026 = date(2025, 6, 1), date(2026, 6, 1)
SERVICES, LIGHT_TOUCH = Line.SERVICES, Line.LIGHT_TOUCH

VALUES = [
    pytest.param(SERVICES, "35000", 5, 20, "210000.00", False, True, id="V1"),
    pytest.param(SERVICES, "34620", 5, 20, "207720.00", False, True, id="V2 equal counts"),
    pytest.param(LIGHT_TOUCH, "110000", 5, 20, "660000.00", False, False, id="V4"),
    pytest.param(LIGHT_TOUCH, "110590", 5, 20, "663540.00", True, True, id="V5 equal counts"),
    pytest.param(LIGHT_TOUCH, "111000", 5, 20, "666000.00", True, True, id="V6"),
    pytest.param(LIGHT_TOUCH, "132707", 5, 0, "663535.00", False, False, id="V7 exempt"),
    pytest.param(LIGHT_TOUCH, "132708", 5, 0, "663540.00", True, True, id="V8 exempt"),
    pytest.param(LIGHT_TOUCH, "111000", 3, 20, "399600.00", False, False, id="V9 extensions forgotten"),
]


@pytest.mark.parametrize(("line", "a_year", "years", "vat", "gross", "above_2025", "above_2026"), VALUES)
def test_value_counts_vat_and_every_extension_against_the_threshold_of_the_start(
    line: Line, a_year: str, years: int, vat: int, gross: str, above_2025: bool, above_2026: bool
) -> None:
    value = value_of(Decimal(a_year), Decimal(years), Decimal(vat))
    assert value.gross == Decimal(gross)
    assert is_above(line, value.gross, IN_2025) is above_2025
    assert is_above(line, value.gross, IN_2026) is above_2026


def test_a_penny_below_the_threshold_is_below() -> None:
    """V3."""
    assert not is_above(SERVICES, Decimal("207719.99"), IN_2026)


def test_the_threshold_changes_with_the_day_the_procurement_starts() -> None:
    assert threshold_for(SERVICES, date(2025, 12, 31)).value == Decimal("214904.00")
    assert threshold_for(SERVICES, date(2026, 1, 1)).value == Decimal("207720.00")


def test_a_value_nobody_can_estimate_counts_as_above() -> None:
    """V11."""
    assert is_above(SERVICES, None, IN_2026)


@pytest.mark.parametrize(
    ("line", "at_it", "above"),
    [
        pytest.param(Line.NOTIFIABLE, "30000.00", True, id="V12 not less than"),
        pytest.param(Line.NOTIFIABLE, "29998.80", False, id="V13"),
        pytest.param(Line.KPIS, "5000000.00", False, id="V14 more than"),
        pytest.param(Line.KPIS, "5000000.01", True, id="V15"),
        pytest.param(Line.PAYMENT_NOTICE, "30000.00", False, id="V16"),
        pytest.param(Line.PAYMENT_NOTICE, "30000.01", True, id="V16 a penny more"),
        pytest.param(Line.PIPELINE_CONTRACT, "2000000.00", False, id="V17 contract"),
        pytest.param(Line.PIPELINE_AUTHORITY, "100000000.00", False, id="V17 authority"),
    ],
)
def test_not_less_than_includes_the_sum_and_more_than_does_not(line: Line, at_it: str, above: bool) -> None:
    assert is_above(line, Decimal(at_it), IN_2026) is above


@pytest.mark.parametrize(("gross", "net"), [("207720", "173100.00"), ("663540", "552950.00"), ("30000", "25000.00")])
def test_net_follows_from_gross(gross: str, net: str) -> None:
    """V18."""
    assert without_vat(Decimal(gross), Decimal(20)).net == Decimal(net)


def test_a_figure_past_its_routine_change_is_due_for_review() -> None:
    row = threshold_for(SERVICES, date(2028, 1, 1))
    assert due_for_review(row, date(2028, 1, 1))
    assert not due_for_review(row, date(2027, 12, 31))


def test_a_councils_dated_addition_goes_before_the_shipped_row() -> None:
    added = Threshold(SERVICES, Decimal("210000.00"), Comparison.NOT_LESS_THAN, date(2028, 1, 1), None, "PPN of 2027")
    table = (*THRESHOLDS, added)
    assert threshold_for(SERVICES, date(2028, 1, 1), table) is added
    assert threshold_for(SERVICES, date(2027, 12, 31), table).value == Decimal("207720.00")


def test_a_start_before_any_figure_held_is_refused() -> None:
    with pytest.raises(BadFigure, match="1 January 2019"):
        threshold_for(LIGHT_TOUCH, date(2019, 1, 1))


@pytest.mark.parametrize(
    ("a_year", "years", "vat", "field"),
    [
        ("-1", "5", "20", "net_per_year"),
        ("NaN", "5", "20", "net_per_year"),
        ("100.005", "5", "20", "net_per_year"),
        ("1E+13", "5", "20", "net_per_year"),
        ("100", "0", "20", "years"),
        ("100", "Infinity", "20", "years"),
        ("100", "5", "-1", "vat_percent"),
        ("100", "5", "101", "vat_percent"),
    ],
)
def test_a_figure_that_cannot_be_right_is_refused_beside_its_field(
    a_year: str, years: str, vat: str, field: str
) -> None:
    with pytest.raises(BadFigure) as no:
        value_of(Decimal(a_year), Decimal(years), Decimal(vat))
    assert no.value.field == field


def test_half_a_penny_is_rounded_up() -> None:
    assert with_vat(Decimal("0.10"), Decimal("5")).vat == Decimal("0.01")
    assert value_of(Decimal("0.01"), Decimal("2.5"), Decimal(0)).net == Decimal("0.03")


def test_net_and_vat_must_make_gross() -> None:
    with pytest.raises(BadFigure, match="add up"):
        Value(net=Decimal("100.00"), vat=Decimal("20.00"), gross=Decimal("120.01"))


@pytest.mark.parametrize(
    ("typed", "read"), [("£1,250", "1250.00"), (" 1 250.5 ", "1250.50"), ("0", "0.00"), ("666000.00", "666000.00")]
)
def test_a_sum_is_read_as_people_type_it(typed: str, read: str) -> None:
    assert read_pounds(typed) == Decimal(read)


@pytest.mark.parametrize("typed", ["", "ten", "1.234", "-5", "1e5", "£", "NaN", "1.2.3", "²", "9" * 40])
def test_what_is_no_sum_of_money_is_refused(typed: str) -> None:
    with pytest.raises(BadFigure):
        read_pounds(typed, field="value")


@given(st.decimals(0, 10**9, places=2), st.decimals(0, 100, places=1))
def test_net_and_vat_always_make_gross_both_ways(sum_: Decimal, vat: Decimal) -> None:
    for value in (with_vat(sum_, vat), without_vat(sum_, vat)):
        assert value.net + value.vat == value.gross


def test_the_two_conventions_of_discounting_differ_by_a_years_rate() -> None:
    """O3."""
    payments = [Decimal(120_000)] * 5
    assert present_value(payments) == Decimal("560769.51")
    assert present_value(payments, first=FirstPayment.YEAR_END) == Decimal("541806.29")


def test_discounting_shows_each_year_and_a_bad_rate_is_refused() -> None:
    years = discounted([Decimal(100), Decimal(100)], Decimal(25))
    assert [(row.year, row.worth) for row in years] == [(1, Decimal("100.00")), (2, Decimal("80.00"))]
    assert present_value([], Decimal("3.5")) == 0
    with pytest.raises(BadFigure):
        present_value([Decimal(100)], Decimal("-1"))
