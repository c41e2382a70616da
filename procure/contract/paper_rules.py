"""What the papers of a contract are written from: who asked, how it is executed, on what ground it is ended, lists."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from procure import words
from procure.choices import Labelled
from procure.law.working_days import months_after


class AskedBy(Labelled):
    """Who asked for a change."""

    COUNCIL = "council", "The council"
    SUPPLIER = "supplier", "The supplier"


class LegalForm(Labelled):
    """What a supplier is in law, on which it depends who may execute a contract for it."""

    COMPANY = "company", "Company"
    LLP = "llp", "Limited liability partnership"
    CIO = "cio", "Charitable incorporated organisation"
    SOCIETY = "society", "Registered society"
    TRUSTEES = "trustees", "Trustees of an unincorporated charity"
    PERSON = "person", "A person, or partners, trading in their own names"
    PUBLIC = "public", "Public body"


@dataclass(frozen=True)
class ExecutionRow:
    """Who executes for one kind of supplier, as a deed and by hand, and where the law says so."""

    form: LegalForm
    as_a_deed: tuple[str, ...]
    by_hand: str
    source: str


EXECUTION = (
    ExecutionRow(
        LegalForm.COMPANY,
        ("A director", "A second director, the secretary, or a witness with name and address"),
        "A person with the company’s authority", "Companies Act 2006, sections 43 to 46",
    ),
    ExecutionRow(
        LegalForm.LLP,
        ("A member", "A second member, or a witness with name and address"),
        "A person with the partnership’s authority", "Companies Act 2006, section 44, as applied to partnerships",
    ),
    ExecutionRow(
        LegalForm.CIO,
        ("A charity trustee", "A second charity trustee"),
        "A person with the trustees’ authority", "Charities Act 2011, part 11, and its constitution",
    ),
    ExecutionRow(
        LegalForm.SOCIETY,
        ("A member of its committee", "A second member of its committee, or its secretary"),
        "A person with the committee’s authority", "Co-operative and Community Benefit Societies Act 2014",
    ),
    ExecutionRow(
        LegalForm.TRUSTEES,
        ("A trustee, before a witness", "A second trustee, before a witness"),
        "Each trustee, or two whom they have authorised", "Charities Act 2011, section 333",
    ),
    ExecutionRow(
        LegalForm.PERSON,
        ("The person, or each partner", "A witness to each signature, with name and address"),
        "The person, or each partner", "Law of Property (Miscellaneous Provisions) Act 1989, section 1",
    ),
    ExecutionRow(
        LegalForm.PUBLIC,
        ("The body’s seal", "Its authorised officer"),
        "Its authorised officer", "The body’s own constitution",
    ),
)  # fmt: skip


def execution_of(form: LegalForm) -> ExecutionRow:
    """Who executes for a supplier of that form."""
    return next(row for row in EXECUTION if row.form is form)


class EndGround(Labelled):
    """On what ground the council gives notice to end a contract early."""

    NO_FAULT = "no_fault", "Without fault, by the notice the contract gives"
    BREAK = "break", "A break that the contract gives"
    FAULT = "fault", "A serious breach by the supplier"
    INSOLVENT = "insolvent", "The supplier cannot pay its debts"
    BRIBERY = "bribery", "Bribery, fraud or collusion"
    UNLAWFUL = "unlawful", "Awarded or changed in material breach of the Procurement Act 2023"
    EXCLUDED = "excluded", "The supplier is excluded or excludable"
    SUBCONTRACTOR = "subcontractor", "A sub-contractor is excluded or excludable"
    AGREED = "agreed", "Both parties agree to end it"

    @property
    def is_implied(self) -> bool:
        """Whether section 78 of the Procurement Act 2023 implies it, with steps before the notice: s.78(7) and (8)."""
        return self in IMPLIED

    @property
    def law(self) -> str:
        """Where the Act says so; empty for a ground that only the contract gives."""
        return IMPLIED.get(self, "")

    @property
    def clause(self) -> str:
        """The heading of the clause in the council's own terms."""
        return CLAUSES[self]


IMPLIED: Mapping[EndGround, str] = {
    EndGround.UNLAWFUL: "Procurement Act 2023, section 78(2)(a)",
    EndGround.EXCLUDED: "Procurement Act 2023, section 78(2)(b)",
    EndGround.SUBCONTRACTOR: "Procurement Act 2023, section 78(2)(c)",
}
_FAULT, _ACT = "Ending for fault", "Ending under the Procurement Act"
CLAUSES: Mapping[EndGround, str] = {
    EndGround.NO_FAULT: "Ending without fault", EndGround.BREAK: "Break", EndGround.FAULT: _FAULT,
    EndGround.INSOLVENT: _FAULT, EndGround.BRIBERY: _FAULT, EndGround.UNLAWFUL: _ACT, EndGround.EXCLUDED: _ACT,
    EndGround.SUBCONTRACTOR: _ACT, EndGround.AGREED: "Changing this contract",
}  # fmt: skip


def earliest_end(given_on: date, notice_months: int) -> date:
    """The first day on which a notice of so many months has run. A month later is the day of the same number."""
    return months_after(given_on, notice_months)


# ── lists typed one entry to a line ──


@dataclass(frozen=True)
class Listed:
    """A list of several parts to an entry: its parts in order, and which of them is a day."""

    parts: tuple[str, ...]
    day: int | None = None

    @property
    def shape(self) -> str:
        """The parts as they are typed: "Risk | how big | what is done"."""
        return words.sentence(" | ".join(self.parts))


LISTS: Mapping[str, Listed] = {
    "issues": Listed(("issue", "what is done", "by whom", "by which day"), day=3),
    "risks": Listed(("risk", "how big", "what is done")),
    "tasks": Listed(("area", "task", "by whom", "by which day", "how it stands"), day=3),
    "assets": Listed(("thing", "whose it is afterwards")),
}


def parts_of(line: str) -> tuple[str, ...]:
    """The parts of an entry, split at its bars."""
    return tuple(part.strip() for part in line.split("|"))


def entries_of(text: str) -> tuple[tuple[str, ...], ...]:
    """A kept list as its entries."""
    return tuple(parts_of(line) for line in text.splitlines() if line.strip())


def problem_in(name: str, lines: Sequence[str]) -> str | None:
    """What is wrong with a typed list, in a sentence that names the line; None when it is right."""
    kind = LISTS[name]
    for number, line in enumerate(lines, start=1):
        parts = parts_of(line)
        if len(parts) != len(kind.parts) or not all(parts):
            count = words.number_word(len(kind.parts))
            return f"Line {number} must have {count} parts with | between them: {kind.shape}"
        if kind.day is not None and day_of(parts[kind.day]) is None:
            return f"Line {number}: “{parts[kind.day]}” must be a day, like 31 March 2028"
    return None


def day_of(typed: str) -> date | None:
    """A day as it is typed in a list, "31 March 2028" or "31/3/2028"; None where it is none."""
    found = re.fullmatch(r"(\d{1,2})(?:\s+([A-Za-z]+)\s+|[/.-](\d{1,2})[/.-])(\d{4})", typed.strip())
    if found is None:
        return None
    months = [month.lower() for month in words.MONTHS]
    named = (found[2] or "").lower()
    month = int(found[3]) if found[3] else next((at for at, one in enumerate(months, 1) if _is_month(one, named)), 0)
    try:
        return date(int(found[4]), month, int(found[1]))
    except ValueError:
        return None


def _is_month(month: str, typed: str) -> bool:
    return len(typed) >= 3 and month.startswith(typed)
