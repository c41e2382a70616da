"""What one row of a list says of a contract, what is doubtful about it, and when it can't be used at all."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from procure.choices import Labelled
from procure.contract.rules import Term, ValueBasis
from procure.folding import folded
from procure.register.list_rules.cells import (
    CannotRead,
    Cell,
    as_typed,
    day,
    has_entity,
    is_nothing,
    line,
    lines,
    pounds,
)
from procure.register.list_rules.fields import Holds, basis_of, letter_of
from procure.register.list_rules.tables import Table

LONGEST_SHOWN = 120
NO_PENCE = Decimal("0.00")


class About(Labelled):
    """What a doubt is about, in the words of the list of doubts."""

    NO_ROW = "no_row", "Not a contract"
    DATE = "date", "Dates that can’t be read"
    ORDER = "order", "Ends before it starts"
    ROLLING = "rolling", "Runs on without an end"
    SUM = "sum", "Values that can’t be read"
    ZERO = "zero", "Value 0"
    BELOW = "below", "Value below zero"
    SUPPLIER = "supplier", "No supplier"
    REFERENCE = "reference", "A reference that stands twice"
    ENTITY = "entity", "Words written for a web page"
    TITLE = "title", "No title"
    VAT = "vat", "VAT not stated"
    OWNER = "owner", "Owner not known here"
    OPEN_DATA = "open_data", "Open data"
    OTHER = "other", "Other"


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something about a row that its reader should see: where, what is there, why, and how to mend it."""

    row: int
    column: str
    heading: str
    value: str
    reason: str
    mend: str
    about: About
    contract: str = ""

    def told(self, sheet: str) -> dict[str, Any]:
        """As a command prints it."""
        return {
            "sheet": sheet, "row": self.row, "column": self.heading or self.column, "value": self.value,
            "reason": self.reason,
        }  # fmt: skip


@dataclass(slots=True)
class Said:
    """What a row says. `facts` are in our terms, only of columns the list has; None where it says nothing."""

    row: int
    title: str
    reference: str = ""
    facts: dict[str, Any] = field(default_factory=dict)
    supplier: str = ""
    company_number: str = ""
    charity_number: str = ""
    address: str = ""
    owner: str = ""
    doubts: list[Doubt] = field(default_factory=list)
    is_rejected: bool = False


_TOTAL = re.compile(r"(?:grand |sub ?-?|overall )?totals?(?: value| amount)?(?: \(.*\))?:?(?: .{0,40})?")
_FOOTNOTE = re.compile(
    r"[*†#^]|note|n\.?b\.?|source|as at|prepared by|produced by|last updated|this (?:list|register)|page \d"
)
_NOT_AWARDED = re.compile(
    r"not (?:yet )?awarded.*|no (?:award|supplier).*|none|to be (?:awarded|confirmed)|various(?: suppliers)?|unawarded"
)
_ROLLS = re.compile(r"rolling|month to month|monthly|annual(?:ly)?")
_RUNS_ON = re.compile(
    r"on ?-?going|rolling.*|evergreen|open ?-?ended|perpetual|in perpetuity|indefinite(?:ly)?|permanent|continuous|"
    r"no (?:fixed )?end(?: date)?|until (?:terminated|further notice).*|month to month|"
    r"annual(?:ly)? (?:renewal|rolling).*|"
    r"periodic(?:ally)?|in force"
)
_ENDED = frozenset({"ended", "expired", "terminated", "complete", "completed", "finished", "closed contract", "lapsed"})
_NO_CONTRACT = frozenset({"withdrawn", "cancelled", "unsuccessful", "planning", "planned"})
_MONTHS = re.compile(r"(\d{1,3})\s*(?:months?|mths?|m)?|(\d{1,2})\s*(?:years?|yrs?|y)", re.IGNORECASE)
_STERLING = frozenset({"", "gbp", "£", "pounds", "pound sterling", "sterling"})


class Reader:
    """Reads the rows of one table by its columns."""

    def __init__(self, table: Table, columns: Mapping[Holds, int], *, epoch_1904: bool = False) -> None:
        self.table, self.columns, self.epoch_1904 = table, columns, epoch_1904
        self.headings = table.headings
        self._at = dict(columns)
        self._repeated = [(at, folded(table.headings[at])) for at in columns.values() if at < len(table.headings)]
        self._value_at = [holds for holds in (Holds.NET, Holds.GROSS, Holds.VALUE) if holds in columns]

    # ── the whole row ──

    def read(self, number: int, cells: Sequence[Cell]) -> Said:
        """What a row says. One that is no contract is rejected, with the reason."""
        get = self._get
        title, reference = line(get(cells, Holds.TITLE)), line(get(cells, Holds.REFERENCE))
        said = Said(number, title, "" if is_nothing(reference) else reference)
        if why := self._no_row(cells, title, said.reference):
            at, reason, mend = why
            self._doubt(said, at, cells, reason, mend, About.NO_ROW)
            said.is_rejected = True
            return said
        self._words(said, cells)
        self._supplier(said, cells)
        self._days(said, cells)
        self._money(said, cells)
        self._more(said, cells)
        entity = next((at for at, cell in enumerate(cells) if has_entity(cell)), None)
        if entity is not None:
            self._doubt(
                said, entity, cells, "It is written for a web page; it was read as words", "Nothing to do", About.ENTITY
            )
        if self.table.remarks is not None and (remark := line(self._at_place(cells, self.table.remarks))):
            for one in remark.split("; "):
                self._doubt(said, Holds.REFERENCE, cells, one, "Look at the notice", About.OPEN_DATA)
        return said

    def _get(self, cells: Sequence[Cell], holds: Holds) -> Cell:
        at = self._at.get(holds)
        return cells[at] if at is not None and at < len(cells) else None

    @staticmethod
    def _at_place(cells: Sequence[Cell], at: int) -> Cell:
        return cells[at] if at < len(cells) else None

    def _doubt(
        self, said: Said, where: Holds | int, cells: Sequence[Cell], reason: str, mend: str, about: About
    ) -> None:
        at = self._at.get(where) if isinstance(where, Holds) else where
        heading = self.headings[at] if at is not None and at < len(self.headings) else ""
        value = as_typed(self._at_place(cells, at)) if at is not None else ""
        said.doubts.append(
            Doubt(
                said.row,
                letter_of(at) if at is not None else "",
                heading,
                _shown(value),
                reason,
                mend,
                about,
                said.title or said.reference,
            )
        )

    def _no_row(self, cells: Sequence[Cell], title: str, reference: str) -> tuple[Holds | int, str, str] | None:
        filled = [
            at for at, cell in enumerate(cells) if cell is not None and (not isinstance(cell, str) or cell.strip())
        ]  # fmt: skip
        first = line(cells[filled[0]]).lower() if filled else ""
        if self._repeated and len(self._repeated) > 1 and all(
            heading == folded(line(self._at_place(cells, at))) for at, heading in self._repeated if heading
        ):  # fmt: skip
            return filled[0], "The headings stand here again", "Leave this row out"
        if (
            len(first) < 60
            and _TOTAL.fullmatch(first)
            and not (reference and title)
            and self._only_figures(cells, filled[1:])
        ):
            return filled[0], "This is a total, not a contract", "Leave this row out"
        if len(filled) == 1 and len(self._at) > 2 and _FOOTNOTE.match(first):
            return filled[0], "This is a note, not a contract", "Leave this row out"
        if not reference and (not title or is_nothing(title)) and not self._stands_in(cells):
            return Holds.TITLE, "The row has no title and no reference", "Give the contract a title or a reference"
        return None

    def _only_figures(self, cells: Sequence[Cell], places: Sequence[int]) -> bool:
        return all(not re.search("[a-zA-Z]{3}", as_typed(cells[at])) for at in places)

    def _stands_in(self, cells: Sequence[Cell]) -> str:
        """What may serve as a title where there is none: the first line of the description, where that is mapped."""
        return lines(self._get(cells, Holds.DESCRIPTION)).split("\n")[0][:LONGEST_SHOWN]

    # ── its parts ──

    def _words(self, said: Said, cells: Sequence[Cell]) -> None:
        if not said.title or is_nothing(said.title):
            said.title = self._stands_in(cells) or f"Contract {said.reference}"
            self._doubt(said, Holds.TITLE, cells, "There is no title", "Give the contract a title", About.TITLE)
        said.facts["title"] = said.title
        if Holds.DESCRIPTION in self._at:
            text = lines(self._get(cells, Holds.DESCRIPTION))
            said.facts["description"] = "" if is_nothing(text) else text
        for holds, name in ((Holds.DEPARTMENT, "department"), (Holds.CPV, "cpv"), (Holds.PROCEDURE, "procedure_said")):
            if holds in self._at:
                text = line(self._get(cells, holds))
                said.facts[name] = "" if is_nothing(text) else text
        if Holds.OWNER in self._at:
            said.owner = line(self._get(cells, Holds.OWNER))
            said.owner = "" if is_nothing(said.owner) else said.owner

    def _supplier(self, said: Said, cells: Sequence[Cell]) -> None:
        if Holds.SUPPLIER not in self._at:
            return
        name = line(self._get(cells, Holds.SUPPLIER))
        if _NOT_AWARDED.fullmatch(name.lower()):
            self._doubt(
                said, Holds.SUPPLIER, cells, "This isn’t a supplier", "Leave the row out, or name the supplier",
                About.SUPPLIER,
            )  # fmt: skip
            return
        if is_nothing(name) or not any(letter.isalnum() for letter in name):
            if name:
                self._doubt(said, Holds.SUPPLIER, cells, "This isn’t a supplier", "Name the supplier", About.SUPPLIER)
            return
        said.supplier = name
        said.company_number = _number(line(self._get(cells, Holds.COMPANY)))
        said.charity_number = _number(line(self._get(cells, Holds.CHARITY)))
        said.address = lines(self._get(cells, Holds.ADDRESS))

    def _days(self, said: Said, cells: Sequence[Cell]) -> None:
        facts = said.facts
        for holds in (Holds.START, Holds.END, Holds.SIGNED):
            if holds in self._at:
                facts[holds.value] = self._day(said, holds, cells)
        if Holds.END in self._at:
            facts.setdefault("term", Term.FIXED)
        starts_on, ends_on = facts.get("starts_on"), facts.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self._doubt(
                said,
                Holds.END,
                cells,
                f"It ends before it starts, on {_typed(starts_on)}",
                "Check which date is wrong",
                About.ORDER,
            )
            facts["ends_on"] = None
        if Holds.NOTICE in self._at:
            facts["notice_months"] = self._months(said, cells)

    def _day(self, said: Said, holds: Holds, cells: Sequence[Cell]) -> date | None:
        cell = self._get(cells, holds)
        try:
            return day(cell, self.epoch_1904)
        except CannotRead as odd:
            if holds is Holds.END and isinstance(cell, str) and self._runs_on(said, cell, cells):
                return None
            self._doubt(said, holds, cells, odd.why, odd.mend, About.DATE)
            return None

    def _runs_on(self, said: Said, cell: str, cells: Sequence[Cell]) -> bool:
        words = line(cell).lower()
        if not _RUNS_ON.fullmatch(words):
            return False
        months = 1 if "month" in words else 12 if re.search("annual|year", words) else None
        if found := re.search(r"(\d{1,2}) ?(?:months?|mths?)", words):
            months = int(found[1]) or None
        rolls = bool(_ROLLS.search(words)) and months is not None
        said.facts["term"] = Term.ROLLING if rolls else Term.EVERGREEN
        said.facts["roll_months"] = months if rolls else None
        reason = (
            "It runs on until somebody gives notice" if rolls else "No end date: it is kept as having no end agreed"
        )
        self._doubt(said, Holds.END, cells, reason, "Give an end date, or its notice period", About.ROLLING)
        return True

    def _months(self, said: Said, cells: Sequence[Cell]) -> int:
        text = line(self._get(cells, Holds.NOTICE))
        if is_nothing(text):
            return 0
        found = _MONTHS.fullmatch(text)
        if not found:
            self._doubt(said, Holds.NOTICE, cells, "This can’t be read as months", "Type the months, as 3", About.OTHER)
            return 0
        return min(int(found[1]) if found[1] else int(found[2]) * 12, 120)

    def _money(self, said: Said, cells: Sequence[Cell]) -> None:
        if not self._value_at:
            return
        currency = line(self._get(cells, Holds.CURRENCY)).lower()
        sums: dict[Holds, Decimal | None] = {}
        for holds in (*self._value_at, *([Holds.VAT] if Holds.VAT in self._at else [])):
            sums[holds] = self._sum(said, holds, cells)
            if sums[holds] is not None and currency not in _STERLING:
                self._doubt(
                    said, holds, cells, f"This is in {currency.upper()}, not in pounds", "Give it in pounds", About.SUM
                )
                sums[holds] = None
        net, gross, vat = sums.get(Holds.NET), sums.get(Holds.GROSS), sums.get(Holds.VAT)
        stated = net if net is not None else gross if gross is not None else sums.get(Holds.VALUE)
        basis = ValueBasis.NET if net is not None else ValueBasis.GROSS if gross is not None else self._basis_alone()
        if stated is None:
            basis = ValueBasis.UNKNOWN
        if net is not None and gross is None and vat is not None:
            gross = net + vat
        if gross is not None and net is None and vat is not None:
            net = gross - vat
        if net is not None and gross is not None:
            basis = ValueBasis.BOTH
            if gross < net:
                self._doubt(
                    said, Holds.GROSS, cells, "The value with VAT is lower than without", "Check both", About.SUM
                )
                gross, basis = None, ValueBasis.NET
        said.facts |= {
            "value_stated": stated, "value_basis": basis, "value_net": net, "value_gross": gross,
            "value_vat": gross - net if net is not None and gross is not None else None,
        }  # fmt: skip

    def _basis_alone(self) -> ValueBasis:
        at = self._at.get(Holds.VALUE)
        return basis_of(self.headings[at]) if at is not None and at < len(self.headings) else ValueBasis.UNKNOWN

    def _sum(self, said: Said, holds: Holds, cells: Sequence[Cell]) -> Decimal | None:
        try:
            found = pounds(self._get(cells, holds))
        except CannotRead as odd:
            self._doubt(said, holds, cells, odd.why, odd.mend, About.SUM)
            return None
        if found is None or holds is Holds.VAT:
            return found
        if found == NO_PENCE:
            self._doubt(
                said, holds, cells, "A value of 0 often means that nobody knows it", "Give the value", About.ZERO
            )
            return None
        if found < 0:
            self._doubt(said, holds, cells, "The value is below zero", "Check the value", About.BELOW)
        return found

    def _more(self, said: Said, cells: Sequence[Cell]) -> None:
        if Holds.STATUS not in self._at:
            return
        status = line(self._get(cells, Holds.STATUS)).lower()
        said.facts["has_ended"] = status in _ENDED
        if status in _NO_CONTRACT:
            self._doubt(said, Holds.STATUS, cells, "There may be no contract", "Leave the row out, if so", About.OTHER)


def _number(text: str) -> str:
    return "" if is_nothing(text) else text


def _typed(on: date) -> str:
    return f"{on:%d/%m/%Y}"


def _shown(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= LONGEST_SHOWN else f"{plain[: LONGEST_SHOWN - 1]}…"
