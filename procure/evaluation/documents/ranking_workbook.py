"""The ranking as a workbook: entered figures on one sheet; every point, total and place worked out from them."""

from __future__ import annotations

from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.utils import get_column_letter as letter
from openpyxl.workbook.defined_name import DefinedName

from procure.documents.shared_facts import DocumentFacts
from procure.documents.workbooks import MONEY, Sheet, book_bytes
from procure.evaluation.rules import Ranking, ScoredBid, Weight
from procure.tender.rules import TOP_SCORE, PriceFormula, formula_words, rounding_words, tie_words

HEAD, WEIGHTS, LEASTS, FIRST = 7, 8, 9, 10
"""Rows of both sheets of figures: the heads, each criterion's weight and least score, and the first bid."""
BIDDER, PRICE, SCORES = 1, 2, 3
"""Columns of the entered figures; the scores go on to the right, and after them who was put first of a tie."""

PRICE_POINTS = {
    PriceFormula.LOWEST_OVER_PRICE: "price_weight*lowest_price/{price}",
    PriceFormula.DEVIATION_FROM_LOWEST: "MAX(0,price_weight*(1-({price}-lowest_price)/lowest_price))",
    PriceFormula.DEVIATION_FROM_MEAN: (
        "MIN(price_weight,MAX(0,price_weight*(0.5+(mean_price-{price})/mean_price)))"
    ),
}  # fmt: skip
"""The published formulas as a spreadsheet reckons them; the fourth divides the price and has no points for it."""


@dataclass(frozen=True)
class RankedFigures:
    """What was entered for a ranking, the ranking on record, and the words that go with it."""

    title: str
    reference: str
    criteria: tuple[Weight, ...]
    price_weight: int
    formula: PriceFormula
    bids: tuple[ScoredBid, ...]
    recorded: Ranking
    settled_for: int | None = None
    settled_by: str = ""
    aside: tuple[tuple[str, str], ...] = ()
    """Bids that aren't considered, each with the reason."""


def ranking_workbook(figures: RankedFigures, meta: DocumentFacts, colour: str) -> bytes:
    """The bytes of the workbook. White cells are the entered figures; all else follows from them."""
    book = Workbook()
    book.remove(book.worksheets[0])
    made = _Workbook(book, figures, meta, colour)
    made.read_me()
    made.figures()
    made.ranking()
    made.as_recorded()
    made.not_considered()
    return book_bytes(book, meta)


class _Workbook:
    """The sheets, made in the order in which one needs the other."""

    def __init__(self, book: Workbook, figures: RankedFigures, meta: DocumentFacts, colour: str) -> None:
        self.book, self.said, self.meta, self.colour = book, figures, meta, colour
        self.last = FIRST + len(figures.bids) - 1
        self.settled = SCORES + len(figures.criteria)
        # columns of the ranking: place, bidder, points on each criterion, and what follows from these
        self.points = 3
        self.quality = self.points + len(figures.criteria)
        self.stays, self.counts, self.price = self.quality + 1, self.quality + 2, self.quality + 3
        self.total, self.heaviest = self.quality + 4, self.quality + 5

    def _sheet(self, title: str) -> Sheet:
        said = self.said
        return Sheet(self.book, title, f"{said.title}: {title.lower()}, {said.reference}", self.meta, self.colour)

    def _name(self, name: str, sheet: Sheet, column: int, row: int) -> None:
        place = f"'{sheet.own.title}'!${letter(column)}${row}"
        self.book.defined_names[name] = DefinedName(name, attr_text=place)

    def read_me(self) -> None:
        """What this is, the method as it was published, and what each sheet holds."""
        sheet, said = self._sheet("Read me"), self.said
        sheet.own.column_dimensions["A"].width, sheet.own.column_dimensions["B"].width = 30, 90
        formula = formula_words(said.formula, said.price_weight)
        rows = [
            ("What this is", "A copy of the ranking with every sum in it. Change a white cell on the sheet Figures and "
             "the ranking works itself out anew. The record of the evaluation stays as it is."),
            ("Points on a criterion", f"Weight × score ÷ {TOP_SCORE}."),
            ("Price", f"{'Points for price are' if said.formula.weighs_price else 'What counts is'} {formula}."),
            ("Rounding", rounding_words(said.formula)),
            ("Ties", tie_words(said.formula)),
            ("Least scores", "A bid below a least score is not ranked, and its price counts for nothing."),
            ("Figures", "What was entered: prices, agreed scores, weights."),
            ("Ranking", "Points, totals and places, each a formula over the sheet Figures."),
            ("As recorded", "The ranking on record, checked against the sheet Ranking line by line."),
        ]  # fmt: skip
        if said.aside:
            rows.append(("Not considered", "Bids that are in no sum, and why."))
        for row, (label, text) in enumerate(rows, start=4):
            sheet.say(row, 1, label, bold=True)
            sheet.say(row, 2, text, wraps=True)

    def figures(self) -> None:
        """Prices, agreed scores and weights, as they were entered."""
        sheet, said = self._sheet("Figures"), self.said
        own = sheet.own
        own.column_dimensions["A"].width, own.column_dimensions["B"].width = 40, 16
        for row, (name, label, value) in enumerate(
            (
                ("price_weight", "Weight of price, in points", said.price_weight),
                ("top_score", "Highest score on the scale", TOP_SCORE),
            ),
            start=4,
        ):
            sheet.fixed(row, 1, label)
            sheet.ask(row, 2).value = value
            self._name(name, sheet, 2, row)
        sheet.head(HEAD, BIDDER, "Bidder")
        sheet.head(HEAD, PRICE, "Price, net, whole life")
        sheet.fixed(WEIGHTS, BIDDER, "Weight: the most points")
        sheet.fixed(LEASTS, BIDDER, "Least score; 0 where any will do")
        for place, one in enumerate(said.criteria):
            column = SCORES + place
            own.column_dimensions[letter(column)].width = 18
            sheet.head(HEAD, column, f"{one.label} {one.title}".strip())
            sheet.ask(WEIGHTS, column).value = one.weight
            sheet.ask(LEASTS, column).value = one.least or 0
        own.column_dimensions[letter(self.settled)].width = 20
        sheet.head(HEAD, self.settled, "Put first of a tie: 1")
        for row, bid in enumerate(said.bids, start=FIRST):
            sheet.fixed(row, BIDDER, bid.name)
            sheet.ask(row, PRICE, money=True).value = bid.price_net
            for place, criterion in enumerate(said.criteria):
                sheet.ask(row, SCORES + place).value = bid.scores[criterion.number]
            sheet.ask(row, self.settled).value = int(bid.key == said.settled_for)
        own.freeze_panes = f"B{FIRST}"

    def _entered(self, column: int, row: int) -> str:
        return f"Figures!{letter(column)}{row}"

    def _of_criteria(self, row: int) -> str:
        """All figures of one row of the entered sheet that belong to criteria."""
        return f"Figures!{letter(SCORES)}{row}:{letter(self.settled - 1)}{row}"

    def _down(self, column: int, sheet: str = "") -> str:
        """All bids' figures in a column."""
        named = letter(column)
        return f"{sheet}${named}${FIRST}:${named}${self.last}"

    def ranking(self) -> None:
        """Every point, total and place, as a formula."""
        sheet, said = self._sheet("Ranking"), self.said
        weighs = said.formula.weighs_price
        heads = [
            "Place", "Bidder", *(f"{one.label} {one.title}: points".strip() for one in said.criteria), "Quality",
            "Stays in: 1", "Price that counts", "Price points" if weighs else "Price points: none",
            "Total" if weighs else "Cost of a point", "Score on the heaviest",
        ]  # fmt: skip
        for column, text in enumerate(heads, start=1):
            sheet.own.column_dimensions[letter(column)].width = 40 if column == BIDDER + 1 else 16
            sheet.head(HEAD, column, text)
        prices = self._down(self.counts)
        for row, (name, label, formula) in enumerate(
            (
                ("lowest_price", "Lowest price that counts", f"=MIN({prices})"),
                ("mean_price", "Mean of the prices that count", f"=IF(COUNT({prices})=0,0,AVERAGE({prices}))"),
            ),
            start=4,
        ):
            sheet.fixed(row, 2, label)
            sheet.work_out(row, 3, formula)
            self._name(name, sheet, 3, row)
        for row in range(FIRST, self.last + 1):
            self._bid(sheet, row)
        sheet.own.freeze_panes = f"C{FIRST}"

    def _bid(self, sheet: Sheet, row: int) -> None:
        """One bid’s sums, in the row in which its figures stand."""
        said = self.said
        sheet.work_out(row, 1, self._place(row), bold=True, money=False)
        sheet.work_out(row, 2, f"={self._entered(BIDDER, row)}", money=False)
        for place in range(len(said.criteria)):
            column = SCORES + place
            weight, score = f"Figures!{letter(column)}${WEIGHTS}", self._entered(column, row)
            sheet.work_out(row, self.points + place, f"=ROUND({weight}*{score}/top_score,2)")
        own = {name: f"{letter(getattr(self, name))}{row}" for name in ("quality", "stays", "price", "total")}
        price = self._entered(PRICE, row)
        sheet.work_out(row, self.quality, f"=ROUND({self._sum_of_points(row)},2)")
        sheet.work_out(row, self.stays, self._stays_in(row, own["quality"]), money=False)
        sheet.work_out(row, self.counts, f'=IF({own["stays"]}=1,{price},"")')
        if said.formula.weighs_price:
            points = PRICE_POINTS[said.formula].format(price=price)
            sheet.work_out(row, self.price, f'=IF({own["stays"]}=1,ROUND({points},2),"")')
            total = f"ROUND({own['quality']}+{own['price']},2)"
        else:
            sheet.leave_out(row, self.price)
            total = f"ROUND({price}/{own['quality']},2)"
        sheet.work_out(row, self.total, f'=IF({own["stays"]}=1,{total},"")', bold=True)
        weights = f"Figures!${letter(SCORES)}${WEIGHTS}:${letter(self.settled - 1)}${WEIGHTS}"
        heaviest = f"=INDEX({self._of_criteria(row)},MATCH(MAX({weights}),{weights},0))"
        sheet.work_out(row, self.heaviest, heaviest, money=False)

    def _sum_of_points(self, row: int) -> str:
        if not self.said.criteria:
            return "0"
        return f"SUM({letter(self.points)}{row}:{letter(self.quality - 1)}{row})"

    def _stays_in(self, row: int, quality: str) -> str:
        """1 where no score is below its least, and, where price is divided by quality, there is a point of it."""
        columns = [SCORES + place for place in range(len(self.said.criteria)) if self.said.criteria[place].least]
        tests = [f"{self._entered(column, row)}>=Figures!{letter(column)}${LEASTS}" for column in columns]
        if not self.said.formula.weighs_price:
            tests.append(f"{quality}>0")
        return f"=IF(AND({','.join(tests)}),1,0)" if tests else "=1"

    def _place(self, row: int) -> str:
        """1 and all that go before: a better total; then, level on all so far, what the tie rule asks next."""
        better = ">" if self.said.formula.weighs_price else "<"
        order = (
            (self._down(self.total), f"${letter(self.total)}{row}", better),
            (self._down(self.quality), f"${letter(self.quality)}{row}", ">"),
            (self._down(self.heaviest), f"${letter(self.heaviest)}{row}", ">"),
            (self._down(PRICE, "Figures!"), f"Figures!${letter(PRICE)}{row}", "<"),
            (self._down(self.settled, "Figures!"), f"Figures!${letter(self.settled)}{row}", ">"),
        )
        level, counted = f"{self._down(self.stays)},1", []
        for cells, own, sign in order:
            counted.append(f'COUNTIFS({level},{cells},"{sign}"&{own})')
            level += f",{cells},{own}"
        return f'=IF({letter(self.stays)}{row}=1,1+{"+".join(counted)},"not ranked")'

    def as_recorded(self) -> None:
        """The ranking on record in its order, each line checked against the sums."""
        sheet, said = self._sheet("As recorded"), self.said
        weighs = said.formula.weighs_price
        heads = (
            ("Place", 10), ("Bidder", 40), ("Quality", 14), ("Price, net", 16), ("Sum for price", 44),
            ("Price points" if weighs else "Price points: none", 14), ("Total" if weighs else "Cost of a point", 16),
            ("Remark", 60), ("Checked", 14),
        )  # fmt: skip
        for column, (text, wide) in enumerate(heads, start=1):
            sheet.own.column_dimensions[letter(column)].width = wide
            sheet.head(HEAD, column, text)
        rows = {bid.key: row for row, bid in enumerate(said.bids, start=FIRST)}
        for line, ranked in enumerate((*said.recorded.rows, *said.recorded.failed), start=FIRST):
            out, at = bool(ranked.failed_because), rows[ranked.key]
            total = ranked.total if weighs else ranked.cost
            sheet.fixed(line, 1, "not ranked" if out else ranked.place)
            sheet.fixed(line, 2, ranked.name)
            sheet.fixed(line, 3, ranked.quality, number=MONEY)
            sheet.fixed(line, 4, ranked.price_net, number=MONEY)
            sheet.fixed(line, 5, ranked.price_working)
            sheet.fixed(line, 6, "–" if out or not weighs else ranked.price, number=MONEY)
            sheet.fixed(line, 7, "–" if out else total, number=MONEY)
            sheet.fixed(line, 8, self._remark(ranked.key, ranked.failed_because or ranked.ahead_because))
            of_total = "" if out else f",Ranking!{letter(self.total)}{at}=G{line}"
            same = f"AND(Ranking!A{at}=A{line},Ranking!{letter(self.quality)}{at}=C{line}{of_total})"
            sheet.work_out(line, 9, f'=IF({same},"OK","DIFFERS")', money=False)

    def _remark(self, key: int, said: str) -> str:
        settled = f"How the tie was settled: {self.said.settled_by}" if key == self.said.settled_for else ""
        return " ".join(part for part in (said, settled) if part)

    def not_considered(self) -> None:
        """Bids held apart, set aside or excluded."""
        if not self.said.aside:
            return
        sheet = self._sheet("Not considered")
        sheet.own.column_dimensions["A"].width, sheet.own.column_dimensions["B"].width = 40, 100
        sheet.head(HEAD, 1, "Bidder")
        sheet.head(HEAD, 2, "Why")
        for row, cells in enumerate(self.said.aside, start=FIRST):
            for column, text in enumerate(cells, start=1):
                sheet.fixed(row, column, text)
