"""The pricing schedule: a workbook that adds up, shows what is empty or too high, and can't be broken by a slip."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from decimal import Decimal

import pytest
from openpyxl import Workbook, load_workbook

from procure.documents.declare import draft_bytes, gaps_in, issue_bytes
from procure.documents.gaps import Gap, HasGaps
from procure.documents.kinds import wrong_facts
from procure.documents.reading_sheets import sheets_as_html
from procure.tender.documents.pricing import PRICING_SCHEDULE, CostLine, PricedYear, PricingSchedule, sample_pricing
from tests.documents.papers import changed, meta_for, words_of
from tests.documents.reckoning import Reckoner


def made(facts: PricingSchedule | None = None) -> Workbook:
    content = issue_bytes(PRICING_SCHEDULE, facts or sample_pricing(), meta_for(PRICING_SCHEDULE))
    return load_workbook(io.BytesIO(content))


def filled(book: Workbook, price: str = "10.25") -> Workbook:
    """Every white cell as a bidder might fill it: a name, a quantity of 2, a price."""
    for sheet in book:
        for row in sheet:
            for cell in row:
                if cell.value is None and not cell.protection.locked:
                    text = "Smith & Sons <Ltd>" if sheet.title == "Read me" else 2
                    cell.value = Decimal(price) if cell.number_format == "#,##0.00" else text
    return book


def test_its_sums_add_up_and_its_checks_say_so() -> None:
    book = filled(made())
    reckoned = Reckoner(book)
    every_year = Decimal("10.25") * (1 + 1900 + 19 + 1 + 4 + 1 + 2 + 1 + 5 * 2)
    once = Decimal("10.25")
    assert reckoned.named("total_initial_net") == 3 * every_year + once
    assert reckoned.named("total_option_1_net") == every_year
    assert reckoned.named("total_option_2_net") == every_year + once
    assert reckoned.named("total_net") == 5 * every_year + 2 * once == reckoned.named("grand_across")
    assert reckoned.named("total_vat") == (reckoned.named("total_net") / 5).quantize(Decimal("0.01"))
    assert {reckoned.named(f"check_{one}") for one in ("sum", "blank", "max")} == {"OK"}


def test_it_says_how_many_cells_are_empty_and_that_a_price_is_too_high() -> None:
    book = filled(made(), price="99.99")
    assert Reckoner(book).named("check_max") == "ABOVE THE MAXIMUM"
    book["Costs"]["E6"].value = book["Costs"]["H7"].value = book["Read me"]["B23"].value = None
    assert Reckoner(book).named("check_blank") == "EMPTY CELLS: 3"


def test_only_white_cells_take_anything_and_prices_are_checked() -> None:
    book = made()
    assert all(sheet.protection.sheet and sheet.protection.password is None for sheet in book)
    for sheet in book:
        for row in sheet:
            assert all(cell.protection.locked for cell in row if cell.value is not None), sheet.title
    rules = {one.sqref: one for one in book["Costs"].data_validations.dataValidation}
    price = next(rule for cells, rule in rules.items() if "E6" in cells)
    assert price.formula1 == "AND(ISNUMBER(E6),E6>=0,ROUND(E6,2)=E6)" and "no £ sign" in price.error
    assert not any(sheet.merged_cells for sheet in book) and [sheet.sheet_state for sheet in book] == ["visible"] * 5


def test_the_years_follow_the_term_and_a_cost_of_one_year_is_asked_for_once() -> None:
    costs = made()["Costs"]
    assert costs["D4"].value.replace("\u00a0", " ") == "1 April 2028 to 31 March 2029"
    assert costs["M3"].value == "Option 1"
    assert [costs[cell].value for cell in ("D13", "G13", "D15", "P15")] == [1, "–", "–", 1]
    assert costs["D12"].value is None and not costs["D12"].protection.locked  # bidders say how many


def test_the_same_facts_give_the_same_bytes_and_no_clock_is_in_them() -> None:
    facts, meta = sample_pricing(), meta_for(PRICING_SCHEDULE)
    assert wrong_facts(facts) == []
    first = issue_bytes(PRICING_SCHEDULE, facts, meta)
    assert first == issue_bytes(PRICING_SCHEDULE, facts, meta)
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert not any("vba" in name or "external" in name.lower() for name in archive.namelist())
    assert made().properties.title == "Pricing schedule"


def test_a_gap_stands_on_yellow_in_the_draft_and_refuses_issue() -> None:
    meta = meta_for(PRICING_SCHEDULE)
    for name in ("years", "lines"):
        facts = replace(sample_pricing(), **{name: Gap(f"{name} of the schedule", "Value and term", "/value")})
        assert [gap.meaning for gap in gaps_in(PRICING_SCHEDULE, facts, meta)] == [f"{name} of the schedule"]
        draft = draft_bytes(PRICING_SCHEDULE, facts, meta)
        assert f"◆ {name} of the schedule ◆" in words_of(draft) and "Draft, not issued" in words_of(draft)
        assert "<mark>◆" in sheets_as_html(draft)
        with pytest.raises(HasGaps, match=f"{name} of the schedule"):
            issue_bytes(PRICING_SCHEDULE, facts, meta)
    assert gaps_in(PRICING_SCHEDULE, replace(sample_pricing(), lines=()), meta) == [Gap("lines of cost")]


def test_words_are_never_taken_for_a_formula_and_odd_ones_come_through() -> None:
    odd = '=HYPERLINK("http://x","y") & Sons <Ltd> \x0b'
    facts = changed(sample_pricing(), "procurement.title", odd)
    facts = replace(facts, lines=(replace(facts.lines[0], title="=1+1", covers="@SUM(A1)"),))
    book = made(facts)
    cell = book["Costs"]["A6"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")
    assert book["Costs"]["A1"].data_type == "s" and "& Sons <Ltd>" in book["Costs"]["A1"].value
    page = sheets_as_html(issue_bytes(PRICING_SCHEDULE, facts, meta_for(PRICING_SCHEDULE)))
    assert "&amp; Sons &lt;Ltd&gt;" in page and "<script" not in page


def test_forty_lines_over_ten_years_stay_within_what_a_formula_may_hold() -> None:
    years = tuple(PricedYear(f"Year {n}", max(0, n - 5)) for n in range(10))
    lines = tuple(CostLine(f"Line {n}", "x" * 200, "year", None, "every year") for n in range(40))
    book = made(replace(sample_pricing(), years=years, lines=lines))
    formulas = [str(cell.value) for sheet in book for row in sheet for cell in row if cell.data_type == "f"]
    assert max(map(len, formulas)) < 8_192
    assert Reckoner(filled(book)).named("check_sum") == "OK"
