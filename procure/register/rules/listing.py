"""What somebody asks of the list of contracts, and what an address says of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, TypeVar

from procure import words
from procure.choices import Labelled
from procure.contract.rules import ContractState
from procure.folding import folded

Choice = TypeVar("Choice", bound=Labelled)

COUNTED_TO = 1000
"""Counts are exact so far; beyond it they say *1,000+*."""

ON_A_PAGE = 25

LONGEST_DEPARTMENT = 100
"""Letters of a department's name that the index keeps."""

NO_END_ON = date(9999, 12, 31)
"""Where a contract without an end stands in the order of ends: last."""


class OnIt(Labelled):
    """Who is seeing to the end of a contract, as far as what was decided and begun can tell."""

    NOBODY = "nobody", "Nobody"
    IN_HAND = "in_hand", "In hand"
    DECIDED = "decided", "Decided"


class Band(Labelled):
    """Steps of value to the current end, as the list is narrowed by them."""

    UNDER_100K = "1", "Under £100,000"
    UNDER_500K = "2", "£100,000 to £500,000"
    FROM_500K = "3", "£500,000 and over"
    NOT_STATED = "0", "Not stated"


RUNNING = (ContractState.LIVE, ContractState.TO_SIGN)
"""What the list shows unless it is asked for more."""

NO_DEPARTMENT = "Not stated"


# ── quarters ──


@dataclass(frozen=True, order=True)
class Quarter:
    """Three months of a calendar year, from 1 to 4."""

    year: int
    number: int

    @property
    def begins_on(self) -> date:
        return date(self.year, self.number * 3 - 2, 1)

    @property
    def ends_on(self) -> date:
        return self.after(1).begins_on - timedelta(days=1)

    @property
    def key(self) -> int:
        """Its number since the year 0, as the sums keep it."""
        return self.year * 4 + self.number - 1

    def after(self, count: int) -> Quarter:
        """The quarter so many later."""
        year, number = divmod(self.key + count, 4)
        return Quarter(year, number + 1)

    @property
    def label(self) -> str:
        """ "January to March 2028"."""
        return f"{MONTHS[self.number - 1].replace('–', ' to ')} {self.year}"

    @property
    def months(self) -> str:
        """ "Jan–Mar"."""
        return "–".join(month[:3] for month in MONTHS[self.number - 1].split("–"))

    def __str__(self) -> str:
        return f"{self.year}-Q{self.number}"


MONTHS = ("January–March", "April–June", "July–September", "October–December")


def quarter_of(day: date) -> Quarter:
    """The quarter a day lies in."""
    return Quarter(day.year, (day.month + 2) // 3)


def quarter_named(name: str) -> Quarter | None:
    """2028-Q1 as a quarter; None for anything else."""
    found = re.fullmatch(r"([12]\d{3})-Q([1-4])", name)
    return Quarter(int(found[1]), int(found[2])) if found else None


# ── what is asked ──


@dataclass(frozen=True)
class Asked:
    """What the reader looks for. An empty group of choices asks for none of them and so for all."""

    typed: str = ""
    on_it: tuple[OnIt, ...] = ()
    departments: tuple[str, ...] = ()
    bands: tuple[Band, ...] = ()
    states: tuple[ContractState, ...] = ()
    quarter: Quarter | None = None
    supplier: str = ""
    cpv: str = ""
    owner: str = ""
    """Key of a post; *none* for contracts nobody looks after."""
    ends_from: date | None = None
    ends_to: date | None = None
    problems: Mapping[str, str] = field(default_factory=dict)
    """For each field that can't be read, a sentence."""
    raw: Mapping[str, str] = field(default_factory=dict, compare=False)
    """What was typed into such a field."""

    @property
    def tokens(self) -> tuple[str, ...]:
        """The words looked for, folded: each has to begin a word of the contract's."""
        found = [token for word in folded(self.typed).split() for token in tokens_of(word)]
        digits = "".join(letter for letter in self.cpv if letter.isdigit())
        return tuple(dict.fromkeys([*found, *([f"cpv{digits}"] if digits else [])]))

    @property
    def finds_nothing(self) -> bool:
        """Something was typed, but no letter or figure that could be looked for."""
        return bool(self.typed.strip()) and not tokens_of(folded(self.typed))

    @property
    def shown_states(self) -> tuple[ContractState, ...]:
        """The states listed: those that run or wait for signing, unless others were asked for."""
        return self.states or RUNNING

    @property
    def span(self) -> tuple[date | None, date | None]:
        """The first and the last end that is wanted."""
        first, last = self.ends_from, self.ends_to
        if self.quarter is not None:
            first = max(filter(None, (first, self.quarter.begins_on)))
            last = min(filter(None, (last, self.quarter.ends_on)))
        return first, last

    @property
    def is_of_sums(self) -> bool:
        """Whether the kept sums can answer it: only whole quarters, departments, bands, states, who is on it."""
        return not (self.tokens or self.supplier or self.owner or self.ends_from or self.ends_to or self.finds_nothing)

    @property
    def is_narrowed(self) -> bool:
        return self != Asked()

    def without(self, name: str, value: object = None) -> Asked:
        """The same, less one choice."""
        now = getattr(self, name)
        left: Any = "" if isinstance(now, str) else None
        if isinstance(now, tuple):
            left = tuple(one for one in now if one != value)
        return replace(self, **{name: left})

    def arguments(self) -> dict[str, Any]:
        """The same as an address has it."""
        pairs: dict[str, Sequence[str]] = {
            "q": [self.typed], "on": [one.value for one in self.on_it], "department": self.departments,
            "value": [one.value for one in self.bands], "state": [one.value for one in self.states],
            "quarter": [str(self.quarter) if self.quarter else ""], "supplier": [self.supplier], "cpv": [self.cpv],
            "owner": [self.owner], "from": [self.ends_from.isoformat() if self.ends_from else ""],
            "to": [self.ends_to.isoformat() if self.ends_to else ""],
        }  # fmt: skip
        return {name: kept for name, values in pairs.items() if (kept := [value for value in values if value])}


LONGEST = 200


def tokens_of(text: str) -> list[str]:
    """The words of a folded text as the index keeps them."""
    return [token for token in re.split(r"[\W_]+", text) if token]


def asked_by(arguments: Mapping[str, Sequence[str]]) -> Asked:
    """What an address asks. What can't be read is left out, with a sentence where somebody typed it."""

    def one(name: str) -> str:
        return next(iter(arguments.get(name, ())), "").replace("\x00", "").strip()

    def chosen(kind: type[Choice], name: str) -> tuple[Choice, ...]:
        values = set(arguments.get(name, ()))
        return tuple(found for found in kind if found.value in values)

    problems: dict[str, str] = {}
    raw: dict[str, str] = {}
    days: dict[str, date | None] = {}
    for name, called in (("from", "The first end"), ("to", "The last end")):
        said = one(name)
        days[name] = day_typed(said)
        if said and days[name] is None:
            problems[name] = f"{called} must be a day, such as 31/3/2028"
            raw[name] = said[:40]
    if days["from"] and days["to"] and days["from"] > days["to"]:
        problems["to"] = "The last end must be the first end or later"
        raw["to"] = one("to")
    typed = " ".join(one("q").split())
    if len(typed) > LONGEST:
        problems["q"] = f"Your search has {len(typed):,} characters. Use {LONGEST} or fewer"
    owner, states = one("owner"), chosen(ContractState, "state")
    return Asked(
        typed=typed[:LONGEST], on_it=chosen(OnIt, "on"), bands=chosen(Band, "value"),
        departments=tuple(dict.fromkeys(d[:LONGEST_DEPARTMENT] for d in arguments.get("department", ()) if d))[:50],
        states=() if set(states) == set(RUNNING) else states, quarter=quarter_named(one("quarter")),
        supplier=one("supplier")[:LONGEST], cpv=one("cpv")[:20],
        owner=owner if owner == "none" or (owner.isdecimal() and len(owner) < 10) else "",
        ends_from=days["from"], ends_to=None if "to" in problems else days["to"], problems=problems, raw=raw,
    )  # fmt: skip


def place_typed(text: str) -> int:
    """A place as an address has it; the first for anything else."""
    return min(int(text), (1 << 63) - 1) if text.isascii() and text.isdecimal() and len(text) < 20 else 0


def day_typed(text: str) -> date | None:
    """A day as people type it, 31/3/2028, or as machines do, 2028-03-31."""
    for pattern, order in (
        (r"(\d{1,2})[/. -](\d{1,2})[/. -](\d{4})", (3, 2, 1)),
        (r"(\d{4})-(\d{2})-(\d{2})", (1, 2, 3)),
    ):
        if found := re.fullmatch(pattern, text.strip()):
            try:
                return date(*(int(found[part]) for part in order))
            except ValueError:
                return None
    return None


# ── what is answered ──


@dataclass(frozen=True)
class Count:
    """A number that is exact up to a bound; beyond it only that there are more."""

    number: int
    is_more: bool = False

    @property
    def said(self) -> str:
        """ "14", "1,000+"."""
        if self.number > COUNTED_TO:
            return f"{COUNTED_TO:,}+"
        return f"{self.number:,}{'+' if self.is_more else ''}"

    def of(self, one: str, many: str) -> str:
        """ "14 contracts"; "1,000+ contracts"."""
        return f"{self.said} {one if self.number == 1 and not self.is_more else many}"


@dataclass(frozen=True)
class Cell:
    """Contracts of one quarter, directorate and state of attention together."""

    quarter: int
    department: str
    on_it: OnIt
    count: int
    worth: Decimal


@dataclass
class Stack:
    """Sums by who is on it."""

    counts: dict[OnIt, int] = field(default_factory=lambda: dict.fromkeys(OnIt, 0))
    sums: dict[OnIt, Decimal] = field(default_factory=lambda: dict.fromkeys(OnIt, Decimal(0)))

    def add(self, cell: Cell) -> None:
        """Count a cell in."""
        self.counts[cell.on_it] += cell.count
        self.sums[cell.on_it] += cell.worth

    @property
    def count(self) -> int:
        return sum(self.counts.values())

    @property
    def worth(self) -> Decimal:
        return sum(self.sums.values(), Decimal(0))


def by_quarter(cells: Iterable[Cell], first: Quarter, many: int) -> dict[Quarter, Stack]:
    """The cells as so many quarters, one after the other; empty ones too."""
    found = {first.after(number): Stack() for number in range(many)}
    places = {quarter.key: quarter for quarter in found}
    for cell in cells:
        if cell.quarter in places:
            found[places[cell.quarter]].add(cell)
    return found


def by_department(cells: Iterable[Cell], first: Quarter, many: int) -> dict[str, Stack]:
    """The cells of those quarters by directorate, the largest value first."""
    found: dict[str, Stack] = {}
    for cell in cells:
        if first.key <= cell.quarter < first.key + many:
            found.setdefault(cell.department, Stack()).add(cell)
    return dict(sorted(found.items(), key=lambda pair: (-pair[1].worth, pair[0])))


def short_sum(sum_: Decimal) -> str:
    """A sum as a picture says it: £3.2m, £580k, £900."""
    for size, unit in ((Decimal(10**9), "bn"), (Decimal(10**6), "m")):
        if sum_ >= size * Decimal("0.9995"):
            part = sum_ / size
            return f"£{part:,.0f}{unit}" if part >= 100 else f"£{part:,.1f}{unit}"
    if sum_ >= 1000:
        return f"£{(sum_ / 1000).quantize(Decimal(1))}k"
    return words.pounds(sum_.quantize(Decimal(1)))


def answer_line(stacks: Mapping[Quarter, Stack], chosen: Quarter | None) -> str:
    """ "£3.2m ends in January to March 2028. Nobody is on £1.3m of it."; without a choice the largest quarter."""
    if chosen in stacks:
        quarter = chosen
    elif any(stack.count for stack in stacks.values()):
        quarter = max(stacks, key=lambda one: (stacks[one].worth, stacks[one].count))
    else:
        return "No contract ends in the next three years."
    assert quarter is not None
    stack = stacks[quarter]
    if not stack.count:
        return f"No contract ends in {quarter.label}."
    alone = stack.sums[OnIt.NOBODY]
    if not stack.worth:
        ends = "One contract ends" if stack.count == 1 else f"{stack.count:,} contracts end"
        return f"{ends} in {quarter.label}, without a value."
    said = f"{short_sum(stack.worth)} ends in {quarter.label}."
    if alone == stack.worth:
        return f"{said} Nobody is on any of it."
    return f"{said} Nobody is on {short_sum(alone)} of it." if alone else f"{said} Somebody is on all of it."
