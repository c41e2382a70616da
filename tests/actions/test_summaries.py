"""An unsuccessful bidder works the whole result out again, with nothing in hand but the paper it was sent."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from io import BytesIO

import docx
import pytest
from docx.document import Document as Word
from sqlalchemy import select

from procure.audit.actions import Machine, act
from procure.award import actions, letters
from procure.award.models import Award
from procure.demonstration import authority, award, days
from procure.demonstration.cast import Cast
from procure.documents.actions import content_of
from procure.documents.models import Paper
from procure.extensions import db
from procure.procurement.models import Procurement
from procure.tender.rules import PriceFormula
from tests.a_competition import evaluated

AT = days.at(days.STANDSTILL, 9)
Rows = list[list[str]]


def judged_by(file: Procurement, formula: PriceFormula, least: dict[str, int] | None = None) -> None:
    """The same bids and scores under another published method."""
    method = file.only_lot.method
    assert method is not None
    with act("published another method", on=method, by=Machine("test"), at=AT):
        method.price_formula = formula
        if not formula.weighs_price:
            method.price_weight = 0
            for criterion in method.criteria:
                if criterion.parent is None:
                    criterion.weight = 40 if criterion.weight == 25 else 20
        for criterion in method.criteria:
            if criterion.title in (least or {}):
                criterion.least_score = (least or {})[criterion.title]


def written_to(file: Procurement, cast: Cast) -> Award:
    """Recommended on that method, signed, and every bidder written to."""
    award.recommend(file, cast)
    found = file.only_lot.award
    assert found is not None
    authority.answers(found.decision, cast)
    authority.sign(found.decision, cast)
    authority.publish(found.decision, cast)
    award.plan(file, cast)
    letters.write_letters(found, reasons=letters.reasons_drafted(found), by=cast["officer"], at=AT)
    return found


def paper_of(bidder: str) -> Word:
    paper = db.session.scalars(select(Paper).where(Paper.name == "assessment-summary", Paper.subject == bidder)).one()
    return docx.Document(BytesIO(content_of(paper)))


# ── from here on only what the bidder reads, and no code of ours ──


@dataclass
class Read:
    """The paper as its reader sees it: its tables by the words of their head, and its text."""

    tables: dict[str, list[Rows]]
    text: str

    def table(self, head: str, number: int = 0) -> Rows:
        return self.tables[head][number]


def read(paper: Word) -> Read:
    tables: dict[str, list[Rows]] = {}
    for table in paper.tables:
        rows = [[cell.text.strip() for cell in row.cells] for row in table.rows]
        tables.setdefault("|".join(rows[0]), []).append(rows[1:])
    return Read(tables, "\n".join(paragraph.text for paragraph in paper.paragraphs))


def number(text: str) -> Decimal:
    return Decimal(re.sub(r"[£,%]", "", text))


def rounded(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


CRITERIA = "No.|Criterion|Weight|Points at most|How scored"
POINTS = "No.|Criterion|Score|Working|Points"
FIGURES = "Figure|Value"


def most_points(paper: Read) -> dict[str, Decimal]:
    """What each criterion can bring, from the published weights alone."""
    found: dict[str, Decimal] = {}
    for no, _, weight, most, _ in paper.table(CRITERIA):
        if no == "–":
            continue
        above = re.fullmatch(r"(.+)% of (.+)", weight)
        found[no] = found[above[2]] * number(above[1]) / 100 if above else number(weight)
        assert number(most) == found[no]
    return found


def price_points(paper: Read, own: Decimal) -> Decimal:
    """The price score by the formula as the paper words it, with the figures it gives."""
    weight, formula = next((row[2], row[4]) for row in paper.table(CRITERIA) if row[1] == "Price")
    figures = {name: number(value) for name, value in paper.table(FIGURES)}
    most = number(weight)
    lowest = next((value for name, value in figures.items() if name.startswith("Lowest total price")), Decimal(0))
    if formula.startswith(f"{most} × lowest total price ÷"):
        return rounded(most * lowest / own)
    if formula.startswith(f"{most} × (1 −"):
        return rounded(max(Decimal(0), most * (1 - (own - lowest) / lowest)))
    assert formula.startswith(f"{most} × (0.5 +")
    summed, count = next(
        (value, {"two": 2, "three": 3}[name.split()[4]]) for name, value in figures.items() if "added up" in name
    )
    mean = summed / count
    return rounded(min(most, max(Decimal(0), most * (Decimal("0.5") + (mean - own) / mean))))


def worked_out(paper: Read, which: int, price: str | None) -> Decimal:
    """Every line of one table of points, worked out again. Answers what the tender came to."""
    most, rows = most_points(paper), paper.table(POINTS, which)
    scored = {no: rounded(most[no] * int(score) / 5) for no, _, score, _, _ in rows if score != "–"}
    quality = sum(scored.values(), Decimal(0))
    own = next((number(value) for name, value in paper.table(FIGURES) if name == price), None)
    came_to = quality
    for no, name, score, _, points in rows:
        if score != "–":
            assert number(points) == scored[no], name
        elif no != "–":
            assert number(points) == sum(value for leaf, value in scored.items() if leaf.startswith(f"{no}.")), name
        elif name == "Quality":
            assert number(points) == quality
        elif name == "Price":
            assert own is not None
            assert number(points) == price_points(paper, own)
            came_to = quality + number(points)
        elif name == "Total":
            assert number(points) == came_to
        else:
            assert name == "Cost of a point of quality" and own is not None
            came_to = rounded(own / quality)
            assert number(points) == came_to
    return came_to


def ranking_of(paper: Read) -> list[tuple[str, Decimal]]:
    (head,) = (head for head in paper.tables if head.startswith("Place|Tender|"))
    rows = paper.table(head)
    values = [number(row[2]) for row in rows]
    assert values == sorted(values, reverse=head.endswith("Total")) and rows[0][0] == "1"
    return [(row[1], number(row[2])) for row in rows]


@pytest.mark.parametrize("formula", list(PriceFormula), ids=lambda formula: formula.value)
def test_a_bidder_that_lost_works_out_every_figure_from_its_letter(cast: Cast, formula: PriceFormula) -> None:
    file = evaluated(cast)
    judged_by(file, formula)
    found = written_to(file, cast)
    winner = found.bid.supplier.name
    for loser in {"Example Alliance", "Example Network", "Example Trust"} - {winner}:
        paper = read(paper_of(loser))
        own = worked_out(paper, 0, "Total price of your tender")
        won = worked_out(paper, 1, "Total price of the successful tender")
        places = ranking_of(paper)
        assert places[0] == (winner, won) and ("Your tender", own) in places
        place = [name for name, _ in places].index("Your tender")
        assert f"Your tender came {('first', 'second', 'third')[place]} of three." in paper.text
        assert all(other not in paper.text for other in {"Example Network", "Example Trust"} - {winner, loser})
        for explained in ("1 Understanding of need:", "2.1 Reaching every ward:", "2.2 Local giving:"):
            assert paper.text.count(explained) == 2, "own and the winner's score, each with its reason"


def test_a_bidder_below_a_published_minimum_is_told_so_and_moves_nobodys_points(cast: Cast) -> None:
    file = evaluated(cast)
    judged_by(file, PriceFormula.LOWEST_OVER_PRICE, least={"Reaching every ward": 4})
    found = written_to(file, cast)
    assert found.bid.supplier.name == "Example Alliance"
    failed = read(paper_of("Example Trust"))
    assert worked_out(failed, 0, None) == Decimal("45.00")
    assert "It scored 3 for Reaching every ward, where 4 is the least." in failed.text
    assert "fell short of a published minimum" in failed.text and "Below 4 a tender fails" in str(failed.tables)
    assert "Your tender" not in [name for name, _ in ranking_of(failed)]
    second = read(paper_of("Example Network"))
    assert dict(second.table(FIGURES))["Lowest total price of the two tenders ranked"] == "£450,000"
    assert worked_out(second, 0, "Total price of your tender") == Decimal("55.00") + Decimal("36.14")
    assert worked_out(second, 1, "Total price of the successful tender") == Decimal("93.00")


def test_the_winners_own_summary_can_be_worked_out_too(cast: Cast) -> None:
    file = evaluated(cast)
    found = written_to(file, cast)
    (letter,) = (one for one in found.letters if one.bid_id == found.bid_id)
    assert letter.summary_paper is not None
    paper = read(docx.Document(BytesIO(content_of(letter.summary_paper))))
    assert worked_out(paper, 0, "Total price of your tender") == Decimal("89.67")
    assert actions.decision_words(found).startswith("ODR-2027-118")
