"""The ranking as a workbook: whoever changes a figure sees the place it would have made, by the published rules."""

from __future__ import annotations

import io
from decimal import Decimal
from random import Random

import pytest
from openpyxl import Workbook, load_workbook

from procure.documents.shared_facts import DocumentFacts
from procure.evaluation.documents.ranking_workbook import FIRST, HEAD, RankedFigures, ranking_workbook
from procure.evaluation.rules import ScoredBid, Weight, rank
from procure.tender.rules import PriceFormula
from tests.documents.reckoning import Reckoner

CRITERIA = (Weight(1, "Need", 25, "1", 2), Weight(3, "Wards", Decimal("15"), "2.1"), Weight(4, "Giving", 10, "2.2"),
            Weight(5, "Social value", Decimal("9.9"), "3", 1))  # fmt: skip
META = DocumentFacts("Ranking", "PRO-2027-014", "1.0", "A. Officer", "Procurement Officer", is_draft=False)


def figures(bids: tuple[ScoredBid, ...], formula: PriceFormula, settled_for: int | None = None) -> RankedFigures:
    weight = 40 if formula.weighs_price else 0
    return RankedFigures(
        "Support", "PRO-2027-014", CRITERIA, weight, formula, bids,
        rank(bids, CRITERIA, weight, formula, settled_for=settled_for), settled_for, "Lots were drawn.",
        (("=Late & Sons", "It came in late."),),
    )  # fmt: skip


def made(said: RankedFigures) -> Workbook:
    return load_workbook(io.BytesIO(ranking_workbook(said, META, "4F1B40")))


def worked_out(book: Workbook, count: int) -> dict[str, tuple[object, ...]]:
    """Place, quality, points for price and total of each bidder, by the sheet’s formulas alone."""
    heads = [cell.value for cell in book["Ranking"][HEAD]]
    quality = heads.index("Quality")
    reckoned = Reckoner(book)

    def at(row: int, place: int) -> object:
        return reckoned.at("Ranking", book["Ranking"].cell(row, place + 1).coordinate)

    return {
        str(at(row, 1)): (at(row, 0), at(row, quality), at(row, quality + 3), at(row, quality + 4))
        for row in range(FIRST, FIRST + count)
    }


def drawn(formula: PriceFormula, turn: int) -> RankedFigures:
    """A competition of eight bids so like one another that every step of the tie rule is needed; open ties settled."""
    chance, numbers = Random(turn), [one.number for one in CRITERIA]
    bids = tuple(
        ScoredBid(
            key, f"Bidder {key}", Decimal(chance.choice(("90000", "100000", "100000.01", "250000"))),
            dict(zip(numbers, chance.choice(((3, 5, 0, 4), (3, 2, 3, 4), (2, 4, 4, 4), (1, 5, 5, 5))), strict=True)),
        )
        for key in range(8)
    )  # fmt: skip
    said = figures(bids, formula)
    return figures(bids, formula, settled_for=said.recorded.tie[-1].key) if said.recorded.tie else said


@pytest.mark.parametrize("formula", PriceFormula)
def test_its_formulas_give_the_ranking_on_record(formula: PriceFormula) -> None:
    told = set()
    for turn in range(3):
        said = drawn(formula, turn)
        book = made(said)
        found = worked_out(book, len(said.bids))
        for row in said.recorded.rows:
            price = row.price if formula.weighs_price else "–"
            assert found[row.name] == (row.place, row.quality, price, row.total if row.cost is None else row.cost)
        out = {name for name, (place, *_) in found.items() if place == "not ranked"}
        assert out == {row.name for row in said.recorded.failed}
        checked = Reckoner(book)
        assert {checked.at("As recorded", f"I{row}") for row in range(FIRST, FIRST + len(said.bids))} == {"OK"}
        told |= {bool(out), *(row.ahead_because.rpartition(";")[2] for row in said.recorded.rows)}
    assert True in told and len(told) > 3, "bids that fail, and ties of more than one kind, are among them"


def test_a_figure_that_is_changed_changes_the_place_and_the_check() -> None:
    bids = (
        ScoredBid(1, "Alliance", Decimal(450_000), {1: 5, 3: 4, 4: 4, 5: 4}),
        ScoredBid(2, "Network", Decimal(498_000), {1: 4, 3: 5, 4: 5, 5: 5}),
    )
    book = made(figures(bids, PriceFormula.LOWEST_OVER_PRICE))
    assert [place for place, *_ in worked_out(book, 2).values()] == [1, 2]
    book["Figures"][f"B{FIRST}"].value = 990_000
    assert [place for place, *_ in worked_out(book, 2).values()] == [2, 1]
    assert Reckoner(book).at("As recorded", f"I{FIRST}") == "DIFFERS"


def test_a_bidder_s_name_is_never_taken_for_a_formula() -> None:
    odd = '=HYPERLINK("http://x","y") & Sons <Ltd>'
    bid = ScoredBid(1, odd, Decimal(100), dict.fromkeys((1, 3, 4, 5), 3))
    book = made(figures((bid,), PriceFormula.LOWEST_OVER_PRICE))
    for sheet, cell in (("Figures", f"A{FIRST}"), ("As recorded", f"B{FIRST}"), ("Not considered", f"A{FIRST}")):
        assert book[sheet][cell].data_type == "s", sheet
    assert book["Figures"][f"A{FIRST}"].value == odd
