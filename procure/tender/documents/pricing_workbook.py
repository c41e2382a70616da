"""The pricing schedule as a workbook: sums that work themselves out, totals that check one another."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from openpyxl import Workbook
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import PatternFill
from openpyxl.utils import get_column_letter as letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from procure import words
from procure.documents.gaps import Gap
from procure.documents.shared_facts import DocumentFacts
from procure.documents.workbooks import MONEY, SHARE, Sheet, book_bytes

if TYPE_CHECKING:
    from procure.tender.documents.pricing import CostLine, PricingSchedule

HEAD, FIRST = 5, 6
"""Rows of the costs: the heads of the columns, and the first line."""
OF_A_YEAR = 3
"""Columns of a year: quantity, unit price, amount."""
BEFORE_YEARS = 3
BAD = PatternFill("solid", bgColor="F4CDC6")
STAFF_ROWS = 10


def pricing_workbook(facts: PricingSchedule, meta: DocumentFacts, colour: str) -> bytes:
    """The bytes of the schedule. Every sheet is protected without a password: that guards against slips."""
    book = Workbook()
    book.remove(book.worksheets[0])
    made = _Schedule(book, facts, meta, colour)
    made.read_me()
    made.costs()
    made.rates()
    made.staff()
    made.total()
    if facts.pricing.staff_text is not None:
        book.move_sheet("Total", offset=-1)
    return book_bytes(book, meta)


def _rows(value: Any) -> tuple[Any, ...]:
    """The rows of a list; none while it is a gap."""
    return () if isinstance(value, Gap) or value is None else value


class _Schedule:
    """The sheets, made in the order in which one needs the other."""

    def __init__(self, book: Workbook, facts: PricingSchedule, meta: DocumentFacts, colour: str) -> None:
        self.book, self.facts, self.meta, self.colour = book, facts, meta, colour
        self.years, self.lines = _rows(facts.years), _rows(facts.lines)
        own = facts.pricing.own_lines
        self.own_lines = 0 if isinstance(own, Gap) else own
        self.year_totals: list[str] = []
        self.white: list[Sheet] = []

    def _sheet(self, title: str) -> Sheet:
        procurement = self.facts.procurement
        sheet = Sheet(
            self.book, title, f"{procurement.title}: pricing schedule, {procurement.reference}", self.meta, self.colour
        )
        self.white.append(sheet)
        return sheet

    def _name(self, name: str, sheet: Sheet, cell: str) -> None:
        column, row = cell.rstrip("0123456789"), cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        self.book.defined_names[name] = DefinedName(name, attr_text=f"'{sheet.own.title}'!${column}${row}")

    def read_me(self) -> None:
        """What to do, what the colours mean, who bids."""
        sheet, pricing = self._sheet("Read me"), self.facts.pricing
        sheet.own.column_dimensions["A"].width, sheet.own.column_dimensions["B"].width = 44, 70
        for row, text in enumerate(
            (
                "Fill every white cell with a border. Grey cells work themselves out.",
                "All prices are in pounds without VAT, with no £ sign. Write 0 where something costs nothing.",
                "Put every cost into the sheet Costs. A cost that is not there is not paid.",
                "Use the white lines at the foot of Costs for what no line covers.",
                "Look at the checks on the sheet Total. Each must say OK.",
                "Copy the total without VAT from the sheet Total into your form of tender.",
                "Return the workbook as it is, as .xlsx. We compare its formulae with those we sent.",
            ),
            start=4,
        ):
            sheet.say(row, 1, f"{row - 3}. {text}")
        facts = (
            ("The price that is scored", pricing.basis),
            ("Prices during the term", pricing.change_text),
            ("VAT that we expect", pricing.vat_label),
            ("From", self.facts.council.name),
        )
        for row, (label, value) in enumerate(facts, start=12):
            sheet.say(row, 1, label, bold=True)
            sheet.say(row, 2, value, wraps=True)
        sheet.say(17, 1, "Your colours", bold=True)
        sheet.show_white(18, 1, "White with a border: you fill it")
        sheet.work_out(19, 1, "Grey: it works itself out, or is not used", money=False)
        sheet.fixed(20, 1, "Coloured words: fixed by the Council")
        sheet.head(22, 1, "Bidder")
        sheet.head(22, 2, "Fill in")
        for row, label in ((23, "Bidder’s name"), (24, "Unique identifier on the central digital platform")):
            sheet.fixed(row, 1, label)
            sheet.ask(row, 2)
        self._name("bidder", sheet, "B23")

    def costs(self) -> None:
        """One row for each line of cost, three columns for each year, and both sums of everything."""
        sheet = self._sheet("Costs")
        own = sheet.own
        for column, wide in (("A", 26), ("B", 36), ("C", 9)):
            own.column_dimensions[column].width = wide
        for place, text in enumerate(("Line", "What it covers", "Unit"), start=1):
            sheet.head(HEAD, place, text)
        if isinstance(self.facts.lines, Gap):
            sheet.say(FIRST, 1, self.facts.lines)
        total = BEFORE_YEARS + OF_A_YEAR * len(self.years) + 1
        for place, year in enumerate(self.years):
            self._head_of_year(sheet, place, year)
        if isinstance(self.facts.years, Gap):
            sheet.say(HEAD - 1, BEFORE_YEARS + 1, self.facts.years)
        sheet.head(HEAD, total, "Line total")
        own.column_dimensions[letter(total)].width = 15
        last = FIRST + len(self.lines) + self.own_lines - 1
        for row, line in enumerate((*self.lines, *(None,) * self.own_lines), start=FIRST):
            self._line(sheet, row, line)
        self._feet(sheet, last, total)
        own.freeze_panes = f"B{FIRST}"
        own.print_title_rows = f"{HEAD - 1}:{HEAD}"
        own.print_area = f"A1:{letter(total)}{last + 2}"
        if last >= FIRST:
            self._only_money(sheet, last)

    def _line(self, sheet: Sheet, row: int, line: CostLine | None) -> None:
        """A line of the council's, or a white one for the bidder's own."""
        for place in range(1, BEFORE_YEARS + 1):
            if line is None:
                sheet.ask(row, place, required=False)
            else:
                sheet.fixed(row, place, (line.title, line.covers, line.unit)[place - 1])
        for place in range(len(self.years)):
            self._line_in_year(sheet, row, place, line)

    def _head_of_year(self, sheet: Sheet, place: int, year: Any) -> None:
        column = _column(place)
        part = f"Option {year.option}" if year.option else "Initial term"
        sheet.say(HEAD - 2, column, part, bold=True)
        sheet.say(HEAD - 1, column, year.label, bold=True)
        for offset, (text, wide) in enumerate((("Quantity", 10), ("Unit price, net", 12), ("Amount", 14))):
            sheet.head(HEAD, column + offset, text)
            sheet.own.column_dimensions[letter(column + offset)].width = wide

    def _line_in_year(self, sheet: Sheet, row: int, place: int, line: CostLine | None) -> None:
        column = _column(place)
        asked = {"first year": place == 0, "last year": place == len(self.years) - 1}
        if line is not None and not asked.get(str(line.when), True):
            for offset in range(OF_A_YEAR):
                sheet.leave_out(row, column + offset)
            return
        if line is None or line.quantity is None:
            sheet.ask(row, column, required=line is not None)
        else:
            sheet.fixed(row, column, line.quantity if isinstance(line.quantity, Gap) else _number(line.quantity))
        sheet.ask(row, column + 1, money=True, required=line is not None)
        sheet.work_out(row, column + 2, f"=ROUND({letter(column)}{row}*{letter(column + 1)}{row},2)")

    def _feet(self, sheet: Sheet, last: int, total: int) -> None:
        foot = last + 1
        sheet.say(foot, 1, "Total, net", bold=True)
        amounts = [_column(place) + 2 for place in range(len(self.years))]
        if not amounts or last < FIRST:
            return
        for row in range(FIRST, last + 1):
            sheet.work_out(row, total, "=SUM(" + ",".join(f"{letter(one)}{row}" for one in amounts) + ")")
        for one in amounts:
            sheet.work_out(foot, one, f"=SUM({letter(one)}{FIRST}:{letter(one)}{last})", bold=True)
            self.year_totals.append(f"'{sheet.own.title}'!{letter(one)}{foot}")
        sheet.work_out(foot, total, f"=SUM({letter(total)}{FIRST}:{letter(total)}{last})", bold=True)
        sheet.say(foot + 1, 1, "The same, added across", bold=True)
        sheet.work_out(foot + 1, total, "=SUM(" + ",".join(f"{letter(one)}{foot}" for one in amounts) + ")", bold=True)
        self._name("grand_down", sheet, f"{letter(total)}{foot}")
        self._name("grand_across", sheet, f"{letter(total)}{foot + 1}")

    def _only_money(self, sheet: Sheet, last: int) -> None:
        for place in range(len(self.years)):
            for offset in (0, 1):
                column = letter(_column(place) + offset)
                _allow_sums(sheet, f"{column}{FIRST}:{column}{last}", pence=bool(offset))

    def rates(self) -> None:
        """Roles and their day rates: for changes only."""
        rates = _rows(self.facts.rates)
        if not rates:
            return
        sheet = self._sheet("Day rates")
        sheet.own.column_dimensions["A"].width, sheet.own.column_dimensions["B"].width = 50, 24
        sheet.say(3, 1, "Used to price changes to the contract. They are not scored.")
        sheet.head(HEAD, 1, "Role")
        sheet.head(HEAD, 2, "Rate for a day, net")
        for row, rate in enumerate(rates, start=FIRST):
            sheet.fixed(row, 1, rate.text)
            sheet.ask(row, 2, money=True)
        _allow_sums(sheet, f"B{FIRST}:B{FIRST + len(rates) - 1}")

    def staff(self) -> None:
        """The cost of staff who transfer, shown apart; it is within the costs already."""
        text = self.facts.pricing.staff_text
        if text is None:
            return
        sheet = self._sheet("Staff")
        for column, wide in (("A", 44), ("B", 18), ("C", 24), ("D", 18)):
            sheet.own.column_dimensions[column].width = wide
        sheet.say(3, 1, text)
        sheet.say(4, 1, "Show what they cost in the first year. Put the same cost into the sheet Costs as well.")
        for place, head in enumerate(("Post", "Number of staff", "Yearly cost of one, net", "Cost in a year"), start=1):
            sheet.head(HEAD, place, head)
        last = FIRST + STAFF_ROWS - 1
        for row in range(FIRST, last + 1):
            sheet.ask(row, 1, required=False)
            sheet.ask(row, 2, required=False)
            sheet.ask(row, 3, money=True, required=False)
            sheet.work_out(row, 4, f"=ROUND(B{row}*C{row},2)")
        sheet.say(last + 1, 1, "Total in a year, net", bold=True)
        sheet.work_out(last + 1, 4, f"=SUM(D{FIRST}:D{last})", bold=True)
        _allow_sums(sheet, f"B{FIRST}:C{last}")

    def total(self) -> None:
        """The total that is scored, VAT, and the checks."""
        sheet, pricing = self._sheet("Total"), self.facts.pricing
        for column, wide in (("A", 62), ("B", 26), ("C", 44)):
            sheet.own.column_dimensions[column].width = wide
        row, parts = 4, []
        for option in sorted({year.option for year in self.years}):
            own = [total for year, total in zip(self.years, self.year_totals, strict=False) if year.option == option]
            if not own:
                continue
            name = f"total_option_{option}_net" if option else "total_initial_net"
            sheet.fixed(row, 1, f"Option {option}, net" if option else "Initial term, net")
            sheet.work_out(row, 2, "=" + "+".join(own))
            self._name(name, sheet, f"B{row}")
            parts.append(name)
            row += 1
        row = self._sums(sheet, row, parts, pricing)
        self._checks(sheet, row + 1, pricing)

    def _sums(self, sheet: Sheet, row: int, parts: list[str], pricing: Any) -> int:
        sheet.fixed(row, 1, "Total for the longest term, net. This is what you copy into the form of tender", bold=True)
        sheet.work_out(row, 2, "=" + ("+".join(parts) or "0"), bold=True)
        self._name("total_net", sheet, f"B{row}")
        sheet.fixed(row + 1, 1, "Rate of VAT")
        rate = pricing.vat_percent
        sheet.fixed(row + 1, 2, rate if isinstance(rate, Gap) else rate / 100, number=SHARE)
        sheet.ask(row + 1, 3, required=False)
        sheet.say(row + 1, 4, "If your supply is exempt, write why here")
        self._name("vat_rate", sheet, f"B{row + 1}")
        sheet.fixed(row + 2, 1, "VAT")
        sheet.work_out(row + 2, 2, "=ROUND(total_net*vat_rate,2)")
        self._name("total_vat", sheet, f"B{row + 2}")
        sheet.fixed(row + 3, 1, "Total with VAT")
        sheet.work_out(row + 3, 2, "=total_net+total_vat", bold=True)
        self._name("total_gross", sheet, f"B{row + 3}")
        return row + 4

    def _checks(self, sheet: Sheet, row: int, pricing: Any) -> None:
        sheet.head(row, 1, "Checks")
        sheet.head(row, 2, "Result")
        checks = [
            ("check_sum", "Added down and added across give the same",
             '=IF(ABS(grand_across-grand_down)<0.005,"OK","DOES NOT ADD UP")' if self.year_totals else '="OK"'),
            ("check_blank", "No white cell that must be filled is empty", self._blank_formula()),
        ]  # fmt: skip
        if pricing.most_net is not None:
            most = pricing.most_net
            sheet.fixed(row + 5, 1, "The most that the Council can pay, net")
            sheet.fixed(row + 5, 2, most, number=MONEY)
            self._name("max_net", sheet, f"B{row + 5}")
            checks.append(
                ("check_max", "The total is not above the most that the Council can pay",
                 '=IF(total_net<=max_net,"OK","ABOVE THE MAXIMUM")')
            )  # fmt: skip
        for place, (name, label, formula) in enumerate(checks, start=row + 1):
            sheet.fixed(place, 1, label)
            sheet.work_out(place, 2, formula, bold=True, money=False)
            self._name(name, sheet, f"B{place}")
        sheet.own.conditional_formatting.add(
            f"B{row + 1}:B{row + len(checks)}",
            CellIsRule(operator="notEqual", formula=['"OK"'], fill=BAD),  # type: ignore[no-untyped-call]
        )

    def _blank_formula(self) -> str:
        counted = "+".join(one.blanks() for one in self.white if one.white)
        return f'=IF({counted}=0,"OK","EMPTY CELLS: "&({counted}))' if counted else '="OK"'


def _column(place: int) -> int:
    """The first column of a year."""
    return BEFORE_YEARS + OF_A_YEAR * place + 1


def _number(quantity: str) -> Decimal:
    return Decimal(quantity.replace(",", ""))


def _allow_sums(sheet: Sheet, cells: str, *, pence: bool = True) -> None:
    """Only a number of 0 or more goes into these cells; a price has two places at most."""
    first = cells.partition(":")[0]
    places = f",ROUND({first},2)={first}" if pence else ""
    only = DataValidation(
        type="custom", formula1=f"AND(ISNUMBER({first}),{first}>=0{places})", allow_blank=True, showErrorMessage=True,
        showInputMessage=True,
    )  # fmt: skip
    only.errorTitle = "Not a price" if pence else "Not a number"
    only.error = "Pounds without VAT, no £ sign" if pence else "A number of 0 or more"
    only.promptTitle = words.sentence("price" if pence else "quantity")
    only.prompt = only.error
    only.add(cells)
    sheet.own.add_data_validation(only)
