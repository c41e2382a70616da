"""Pictures say the truth and keep their words apart, whatever the dates."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from procure.pictures.life import Due, Life, Option, life
from procure.pictures.marks import Dot, Drawing, Rect, Word
from procure.pictures.spending import costs, paid
from procure.pictures.switching import Total, switching
from procure.pictures.weeks import Counted, merged, weeks

TODAY = date(2027, 1, 25)


def support(**changed: object) -> Life:
    facts: dict[str, object] = {
        "started_on": date(2025, 4, 1),
        "ends_on": date(2028, 3, 31),
        "today": TODAY,
        "term": "3 years",
        "options": [Option(date(2029, 3, 31), "Option 1", "1 year"), Option(date(2030, 3, 31), "Option 2", "1 year")],
        "due": [
            Due("Start buying again by", date(2027, 5, 5)),
            Due("Use option 1 by", date(2027, 6, 30)),
            Due("Use option 2 by", date(2028, 6, 30)),
        ],
    }
    return life(**{**facts, **changed})  # type: ignore[arg-type]


def texts(drawing: Drawing) -> list[str]:
    return [mark.text for mark in drawing.marks if isinstance(mark, Word)]


def boxes(drawing: Drawing) -> list[tuple[float, float, float, float, str]]:
    """Where words stand, at the width a usual font gives them."""
    found = []
    for mark in drawing.marks:
        if isinstance(mark, Word) and mark.text:
            small, large = "s" in mark.look.split(), "l" in mark.look.split()
            width = len(mark.text) * (7 if small else 10 if large else 8)
            left = {"": mark.x, "middle": mark.x - width / 2, "end": mark.x - width}[mark.anchor]
            found.append((left, left + width, mark.y - 11, mark.y + 2, mark.text))
    return found


def overlapping(drawing: Drawing) -> list[tuple[str, str]]:
    return [
        (one[4], other[4])
        for one, other in combinations(boxes(drawing), 2)
        if one[0] < other[1] and other[0] < one[1] and one[2] < other[3] and other[2] < one[3]
    ]


# ---------- life ----------


def test_the_line_of_a_life_names_every_date_that_matters() -> None:
    life = support()
    for drawing in (life.wide, life.narrow):
        shown = texts(drawing)
        for said in ("Started", "1 April 2025", "Today", "25 January 2027", "31 March 2028", "31 March 2030"):
            assert said in shown
        for said in ("Start buying again by", "5 May 2027", "Use option 1 by", "Use option 2 by", "30 June 2028"):
            assert said in shown
    assert "Two options could take it to 31 March 2030." in life.picture.desc
    assert [row.what for row in life.rows] == [
        "Start buying again by", "Use option 1 by", "Ends", "Use option 2 by", "Last possible end",
    ]  # fmt: skip


def test_the_bar_is_as_long_as_the_term() -> None:
    term = next(mark for mark in support().wide.marks if isinstance(mark, Rect) and mark.look == "f-mid")
    assert term.x == 8
    assert term.width == pytest.approx(1104 * 1096 / 1825, abs=1.5)


def test_a_contract_that_has_ended_says_so() -> None:
    assert "Ended" in texts(support(today=date(2028, 6, 1), options=[]).wide)


def test_today_is_left_out_long_after_the_end() -> None:
    assert "Today" not in texts(support(today=date(2035, 1, 1)).wide)


DUTIES = ["Ask", "Start buying again by", "Tell the supplier about it by"]


@settings(max_examples=150, deadline=None)
@given(
    months=st.integers(0, 300),
    today=st.integers(-700, 9000),
    options=st.lists(st.integers(20, 800), max_size=5),
    due=st.lists(st.tuples(st.sampled_from(DUTIES), st.integers(-50, 9000)), max_size=5),
)
def test_words_on_the_line_of_a_life_never_overlap(
    months: int, today: int, options: list[int], due: list[tuple[str, int]]
) -> None:
    start = date(2025, 4, 1)
    ends = start + timedelta(days=months * 30)
    made, at = [], ends
    for number, days in enumerate(options, start=1):
        at += timedelta(days=days)
        made.append(Option(at, f"Option {number}", "1 year"))
    line = life(
        started_on=start,
        ends_on=ends,
        today=start + timedelta(days=today),
        options=made,
        due=[Due(what, start + timedelta(days=days)) for what, days in due],
        term="some years",
    )
    assert overlapping(line.narrow) == []
    assert overlapping(line.wide) == []
    for box in boxes(line.wide):
        assert box[0] >= -1
        assert box[1] <= 1121
    for mark in (*line.wide.marks, *line.narrow.marks):
        assert not isinstance(mark, Rect) or (mark.width >= 0 and mark.height >= 0)


# ---------- paid ----------


@pytest.mark.parametrize(
    ("spent", "total", "share"), [("194250", "333000", 58), ("0", "333000", 0), ("400", "300", 133), ("5", "0", 100)]
)
def test_the_bar_of_what_was_paid(spent: str, total: str, share: int) -> None:
    bar = paid(Decimal(spent), Decimal(total), time_share=0.61)
    assert bar.share == share
    for drawing in (bar.picture.wide, bar.picture.narrow):
        bars = [mark for mark in drawing.marks if isinstance(mark, Rect)]
        assert all(mark.x >= 0 and mark.x + mark.width <= drawing.width + 1 for mark in bars)


def test_more_paid_than_agreed_is_said() -> None:
    assert paid(Decimal(400), Decimal(300)).over == Decimal(100)


# ---------- switching ----------


def lines() -> list[Total]:
    return [
        Total("1 Let it end", 12.5, 100), Total("2 Extend", 46.3, 80), Total("3 In-house", 60, 40),
        Total("4 New contract", 90, 60, preferred=True), Total("5 Grants", 56.2, 80),
    ]  # fmt: skip


def test_the_switch_stands_where_the_lines_cross() -> None:
    chart = switching("Cost", lines(), now=20, at=63, leader="5 Grants")
    dot = next(mark for mark in chart.picture.wide.marks if isinstance(mark, Dot))
    assert dot.x == pytest.approx(44 + 426 * 0.63, abs=0.1)
    assert dot.y == pytest.approx(300 - 280 * 0.711, abs=0.1)
    assert "4 New contract leads while cost counts for less than 63%." in chart.picture.desc
    for drawing in (chart.picture.wide, chart.picture.narrow):
        assert overlapping(drawing) == []


def test_no_switch_is_said_too() -> None:
    chart = switching("Cost", lines(), now=20)
    assert "4 New contract leads whatever cost counts for." in chart.picture.desc


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 100), st.integers(0, 100)), min_size=2, max_size=8), st.integers(0, 100))
def test_the_names_of_the_lines_stay_apart(ends: list[tuple[int, int]], at: int) -> None:
    made = [Total(f"{number} Option", start, end, number == 1) for number, (start, end) in enumerate(ends, start=1)]
    chart = switching("Cost", made, now=20, at=at, leader="2 Option with a long name")
    for drawing in (chart.picture.wide, chart.picture.narrow):
        names = [mark.y for mark in drawing.marks if isinstance(mark, Word) and mark.text.endswith("Option")]
        assert all(later - sooner >= 19.5 for sooner, later in zip(sorted(names), sorted(names)[1:], strict=False))
        assert all(box[0] > -1 for box in boxes(drawing))


# ---------- days and costs ----------

STANDSTILL: list[Counted] = [
    (date(2027, 11, 23), 1, "Award notice published"),
    (date(2027, 11, 24), 2, ""),
    (date(2027, 11, 25), 3, ""),
    (date(2027, 11, 26), 4, ""),
    (date(2027, 11, 27), None, "Weekend"),
    (date(2027, 11, 28), None, "Weekend"),
    (date(2027, 11, 29), 5, ""),
    (date(2027, 11, 30), None, "St Andrew’s Day, bank holiday in Scotland"),
    (date(2027, 12, 1), 6, ""),
    (date(2027, 12, 2), 7, ""),
    (date(2027, 12, 3), 8, "Ends at midnight"),
]


def test_a_scottish_holiday_is_seen_and_said() -> None:
    found = weeks(STANDSTILL, what="the standstill")
    assert found is not None
    assert "Tuesday 30 November is not counted: St Andrew’s Day, bank holiday in Scotland." in found.picture.desc
    assert set(texts(found.picture.wide)) >= {"Scotland", "holiday", "published", "ends"}
    assert found.picture.wide.hatched
    assert found.picture.narrow.hatched


def test_a_weekend_stands_in_one_row() -> None:
    rows = merged(STANDSTILL)
    assert len(rows) == 10
    assert rows[4] == ("Saturday 27 and Sunday 28 November", None, "Weekend")


def test_a_count_over_the_new_year_names_the_years() -> None:
    rows = merged([(date(2027, 12, 31), 1, ""), (date(2028, 1, 1), None, "Weekend")])
    assert rows[0][0] == "Friday 31 December 2027"


def test_a_count_of_many_weeks_has_a_table_and_no_picture() -> None:
    long = [(date(2027, 1, 1) + timedelta(days=number), number, "") for number in range(100)]
    assert weeks(long) is None
    assert weeks([]) is None


def test_costs_share_one_scale_and_add_up() -> None:
    table = costs(
        ["2028/29", "2029/30"],
        [
            (1, "Let it end", [Decimal(18000), None], Decimal(21600), False),
            (2, "New", [Decimal(36000)] * 2, None, True),
        ],
    )
    heights = [mark.height for row in table.rows for mark in row.drawing.marks if isinstance(mark, Rect)]
    assert heights == [15, 1.5, 30, 30]
    assert [row.net for row in table.rows] == [Decimal(18000), Decimal(72000)]
