"""Whether a contract may be changed, on which ground, and whether the change needs a notice.

Procurement Act 2023 ss.74 to 77 and Schedule 8; for contracts of the old law Public Contracts Regulations 2015 reg 72.
Sums are estimated values with VAT, a decrease below zero. Changes that could reasonably have been made together are
tested as one: s.74(7), s.75(4).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from procure import words
from procure.choices import Labelled
from procure.law.regimes import Regime
from procure.refusals import BadFigure


class ChangeGround(Labelled):
    """On what ground a contract may be changed. Procurement Act 2023 s.74 and Schedule 8."""

    NOT_SUBSTANTIAL = "not_substantial", "Not a substantial change"
    BELOW_THRESHOLD = "below_threshold", "A change below the threshold"
    PROVIDED_FOR = "provided_for", "Provided for in the contract and its notice"
    URGENT = "urgent", "Urgency to protect life or public safety"
    UNFORESEEABLE = "unforeseeable", "Circumstances that could not be foreseen"
    KNOWN_RISK = "known_risk", "A known risk named in the notice"
    ADDITIONAL = "additional", "Additional goods, services or works"
    TRANSFER = "transfer", "The supplier’s business passed to another"
    DEFENCE = "defence", "Defence authority contracts"
    LIGHT_TOUCH = "light_touch", "Light touch contract"
    NOT_REGULATED = "not_regulated", "Not a contract the Act regulates"


class Share(StrEnum):
    """What a percentage limits."""

    SUBSTANTIAL_TERM = "change of term that is not substantial"
    SMALL_VALUE = "change of value below the threshold"
    CAP = "growth on a ground with a cap"
    NOTICE_VALUE = "change of value without a notice"
    NOTICE_TERM = "change of term without a notice"


@dataclass(frozen=True)
class ShareRow:
    """A percentage with its law and source. The figure itself is within; `works` None holds for every kind."""

    share: Share
    regime: Regime
    works: bool | None
    percent: int
    from_on: date
    source: str


@dataclass(frozen=True)
class GroundRow:
    """A ground under one law: its source, whether growth on it is capped, and whether it always needs a notice."""

    ground: ChangeGround
    regime: Regime
    source: str
    is_capped: bool = False
    always_notified: bool = False


_ACT, _OLD = Regime.PA2023, Regime.PCR2015
ACT_BEGINS, OLD_BEGINS = date(2025, 2, 24), date(2015, 2, 26)
_S, _SCH, _REG = "Procurement Act 2023, section", "Procurement Act 2023, Schedule 8, paragraph", (
    "Public Contracts Regulations 2015, regulation"
)  # fmt: skip

SHARES: tuple[ShareRow, ...] = (
    ShareRow(Share.SUBSTANTIAL_TERM, _ACT, None, 10, ACT_BEGINS, f"{_S} 74(3)(a)"),
    ShareRow(Share.SMALL_VALUE, _ACT, False, 10, ACT_BEGINS, f"{_S} 74(4)(a)"),
    ShareRow(Share.SMALL_VALUE, _ACT, True, 15, ACT_BEGINS, f"{_S} 74(4)(a)"),
    ShareRow(Share.CAP, _ACT, None, 50, ACT_BEGINS, "Procurement Act 2023, Schedule 8"),
    ShareRow(Share.NOTICE_VALUE, _ACT, False, 10, ACT_BEGINS, f"{_S} 75(2)"),
    ShareRow(Share.NOTICE_VALUE, _ACT, True, 15, ACT_BEGINS, f"{_S} 75(2)"),
    ShareRow(Share.NOTICE_TERM, _ACT, None, 10, ACT_BEGINS, f"{_S} 75(2)"),
    ShareRow(Share.SMALL_VALUE, _OLD, False, 10, OLD_BEGINS, f"{_REG} 72(5)"),
    ShareRow(Share.SMALL_VALUE, _OLD, True, 15, OLD_BEGINS, f"{_REG} 72(5)"),
    ShareRow(Share.CAP, _OLD, None, 50, OLD_BEGINS, f"{_REG} 72(1)"),
)

_G = ChangeGround
GROUNDS: tuple[GroundRow, ...] = (
    GroundRow(_G.NOT_SUBSTANTIAL, _ACT, f"{_S} 74(3)"),
    GroundRow(_G.BELOW_THRESHOLD, _ACT, f"{_S} 74(4)"),
    GroundRow(_G.PROVIDED_FOR, _ACT, f"{_SCH} 1"),
    GroundRow(_G.URGENT, _ACT, f"{_SCH} 2"),
    GroundRow(_G.UNFORESEEABLE, _ACT, f"{_SCH} 4", is_capped=True),
    GroundRow(_G.KNOWN_RISK, _ACT, f"{_SCH} 5", is_capped=True),
    GroundRow(_G.ADDITIONAL, _ACT, f"{_SCH} 8", is_capped=True),
    GroundRow(_G.TRANSFER, _ACT, f"{_SCH} 9", always_notified=True),
    GroundRow(_G.DEFENCE, _ACT, f"{_SCH} 10"),
    GroundRow(_G.LIGHT_TOUCH, _ACT, f"{_S} 74(2)"),
    GroundRow(_G.PROVIDED_FOR, _OLD, f"{_REG} 72(1)(a)"),
    GroundRow(_G.ADDITIONAL, _OLD, f"{_REG} 72(1)(b)", is_capped=True, always_notified=True),
    GroundRow(_G.UNFORESEEABLE, _OLD, f"{_REG} 72(1)(c)", is_capped=True, always_notified=True),
    GroundRow(_G.TRANSFER, _OLD, f"{_REG} 72(1)(d)"),
    GroundRow(_G.NOT_SUBSTANTIAL, _OLD, f"{_REG} 72(1)(e) and (8)"),
    GroundRow(_G.BELOW_THRESHOLD, _OLD, f"{_REG} 72(1)(f) and (5)"),
)
UNREGULATED = (Regime.BELOW_THRESHOLD, Regime.PROVIDER_SELECTION, Regime.EXEMPT, Regime.GRANT)
"""Laws under which the Act tests no change. The provider selection regime has its own, reg 13 there."""


@dataclass(frozen=True)
class ChangedContract:
    """What a change is measured against: the contract just before it."""

    value_gross: Decimal
    """Estimated value with VAT, every option counted."""
    max_months: int | None
    """Longest possible term; None where no end is agreed."""
    threshold: Decimal
    """The sum at which such a contract is regulated, of the set it was bought under."""
    regime: Regime = Regime.PA2023
    light_touch: bool = False
    works: bool = False
    below_threshold_before: Decimal = Decimal(0)
    """What earlier changes on the ground of being below the threshold came to, each without its sign."""


@dataclass(frozen=True)
class Change:
    """What is to be changed. `together_…` is what earlier changes added that could have been made with this one."""

    ground: ChangeGround
    added_gross: Decimal = Decimal(0)
    added_months: int = 0
    changes_scope: bool = False
    shifts_balance: bool = False
    together_gross: Decimal = Decimal(0)
    together_months: int = 0


@dataclass(frozen=True)
class Tested:
    """One test: what was measured against what, and whether it holds."""

    name: str
    said: str
    holds: bool
    source: str = ""


@dataclass(frozen=True)
class Answer:
    """Whether a change is allowed on its ground, every test behind it, and whether a notice comes before it."""

    tests: tuple[Tested, ...]
    needs_notice: bool
    notice_said: str
    source: str
    refusals: tuple[str, ...] = field(default=())

    @property
    def is_allowed(self) -> bool:
        return not self.refusals

    @property
    def working(self) -> str:
        """The tests as lines, kept with the change."""
        return "\n".join((*(f"{one.name}: {one.said}" for one in self.tests), self.notice_said))


def grounds_for(regime: Regime, *, light_touch: bool = False) -> tuple[ChangeGround, ...]:
    """The grounds one may choose from under a law. A change may carry a contract below the threshold over it."""
    if regime is Regime.BELOW_THRESHOLD:
        return (ChangeGround.NOT_REGULATED, *grounds_for(Regime.PA2023, light_touch=light_touch))
    if regime in UNREGULATED:
        return (ChangeGround.NOT_REGULATED,)
    found = tuple(row.ground for row in GROUNDS if row.regime is regime)
    if regime is Regime.PA2023 and light_touch:
        return (ChangeGround.LIGHT_TOUCH,)
    return tuple(ground for ground in found if ground is not ChangeGround.LIGHT_TOUCH)


def examine(contract: ChangedContract, change: Change) -> Answer:
    """Test a change on its ground. `BadFigure` where the contract has no value to measure it against."""
    if contract.regime is Regime.BELOW_THRESHOLD and change.ground is not ChangeGround.NOT_REGULATED:
        contract = replace(contract, regime=Regime.PA2023)  # a convertible contract, tested like a public one
    if contract.regime in UNREGULATED:
        return _unregulated(contract, change)
    if contract.value_gross <= 0:
        raise BadFigure("The test compares with the contract’s value, and it has none. Enter its value first.")
    row = next((row for row in GROUNDS if (row.ground, row.regime) == (change.ground, contract.regime)), None)
    if row is None:
        return _not_a_ground(contract, f"{change.ground.label} is no ground under the {contract.regime.label}.")
    tests = tuple(_tests(contract, change, row))
    refusals = tuple(f"{row.ground.label}: {one.said}" for one in tests if not one.holds)
    needs, said = _notice(contract, change, row)
    return Answer(tests, needs, said, row.source, refusals)


def _tests(contract: ChangedContract, change: Change, row: GroundRow) -> Iterator[Tested]:
    match row.ground:
        case ChangeGround.NOT_SUBSTANTIAL:
            yield from _not_substantial(contract, change, row)
        case ChangeGround.BELOW_THRESHOLD:
            yield from _below_threshold(contract, change, row)
        case ChangeGround.LIGHT_TOUCH:
            said = "It is light touch." if contract.light_touch else "The contract isn’t light touch."
            yield Tested("Light touch", said, contract.light_touch, row.source)
        case _:
            yield Tested("Ground", f"{row.ground.label}. Its facts are recorded as the reason.", True, row.source)
    if row.is_capped:
        yield _cap(contract, change)


def _not_substantial(contract: ChangedContract, change: Change, row: GroundRow) -> Iterator[Tested]:
    if contract.regime is Regime.PA2023:
        most = _share(Share.SUBSTANTIAL_TERM, contract)
        yield _term("Term", contract, change, most)
    elif change.added_months:
        yield Tested("Term", "Reg 72(8) names no share of the term: say why a longer one isn’t substantial.", True)
    scope = "materially changed" if change.changes_scope else "not materially changed"
    yield Tested("Scope", f"What is bought is {scope}.", not change.changes_scope, row.source)
    balance = "shifts materially" if change.shifts_balance else "does not shift materially"
    yield Tested(
        "Balance", f"The economic balance {balance} in favour of the supplier.", not change.shifts_balance, row.source
    )


def _below_threshold(contract: ChangedContract, change: Change, row: GroundRow) -> Iterator[Tested]:
    yield _value("Value", contract, change, _share(Share.SMALL_VALUE, contract))
    together = contract.below_threshold_before + abs(change.added_gross)
    holds = together < contract.threshold
    side = "below" if holds else "not below"
    yield Tested(
        "All such changes",
        f"Together with earlier ones on this ground {words.pence(together)}, {side} the threshold of "
        f"{words.pounds(contract.threshold)}.",
        holds, row.source,
    )  # fmt: skip
    scope = "materially changed" if change.changes_scope else "not materially changed"
    yield Tested("Scope", f"What is bought is {scope}.", not change.changes_scope, row.source)


def _cap(contract: ChangedContract, change: Change) -> Tested:
    row = _share(Share.CAP, contract)
    added = change.added_gross + change.together_gross
    most = contract.value_gross * row.percent / 100
    holds = added <= most
    side = "within" if holds else "over"
    said = (
        f"It adds {words.pence(added)}, {side} the cap of {row.percent}% of {words.pounds(contract.value_gross)}, "
        f"{words.pence(most)}."
    )
    return Tested("Cap", said, holds, row.source)


def _value(name: str, contract: ChangedContract, change: Change, row: ShareRow) -> Tested:
    changed = abs(change.added_gross + change.together_gross)
    holds = changed <= contract.value_gross * row.percent / 100
    share = words.percent(changed / contract.value_gross)
    side = "within" if holds else "over"
    also = ", with what could have been changed together" if change.together_gross else ""
    said = f"{words.pence(changed)}{also} is {share} of {words.pounds(contract.value_gross)}: {side} {row.percent}%."
    return Tested(name, said, holds, row.source)


def _term(name: str, contract: ChangedContract, change: Change, row: ShareRow) -> Tested:
    changed = abs(change.added_months + change.together_months)
    if not contract.max_months:
        said = "No end is agreed, so the term can’t be measured." if changed else "The term stays as it is."
        return Tested(name, said, not changed, row.source)
    holds = Decimal(changed) <= Decimal(contract.max_months * row.percent) / 100
    side = "within" if holds else "over"
    longest = words.months_label(contract.max_months)
    said = (
        f"{words.sentence(words.months_label(changed))} of the longest term of {longest}: {side} {row.percent}%."
        if changed
        else "The term stays as it is."
    )
    return Tested(name, said, holds, row.source)


def _notice(contract: ChangedContract, change: Change, row: GroundRow) -> tuple[bool, str]:
    """Whether a notice is published before the change. Value or term over its share: the safe reading of s.75(2)."""
    if row.always_notified:
        name = "contract change notice (UK10)" if contract.regime is Regime.PA2023 else "modification notice"
        return True, f"A {name} is needed on this ground, whatever the sum."
    if contract.regime is not Regime.PA2023:
        return False, "No notice of this change is needed under the Public Contracts Regulations 2015."
    if contract.light_touch:
        return False, "No contract change notice: the contract is light touch (section 75(6))."
    value = _value("Value", contract, change, _share(Share.NOTICE_VALUE, contract))
    term = _term("Term", contract, change, _share(Share.NOTICE_TERM, contract))
    over = [one.said for one in (value, term) if not one.holds]
    if over:
        return True, f"A contract change notice (UK10) is published before the change. {over[0]}"
    return False, "No contract change notice: value and term both change by 10% or less." if not contract.works else (
        "No contract change notice: the value changes by 15% or less, the term by 10% or less."
    )


def _share(share: Share, contract: ChangedContract) -> ShareRow:
    return next(
        row
        for row in SHARES
        if (row.share, row.regime) == (share, contract.regime) and row.works in (None, contract.works)
    )


def _unregulated(contract: ChangedContract, change: Change) -> Answer:
    source = f"{_S} 74, which is about public contracts"
    if change.ground is not ChangeGround.NOT_REGULATED:
        return _not_a_ground(contract, f"{change.ground.label} is no ground under: {contract.regime.label}.")
    if contract.regime is not Regime.BELOW_THRESHOLD:
        tested = Tested("Law", f"{contract.regime.label}: the Act tests no change.", True, source)
        return Answer((tested,), False, "No contract change notice.", source)
    after = contract.value_gross + change.added_gross
    holds = after < contract.threshold
    said = f"With the change it comes to {words.pence(after)}, threshold {words.pounds(contract.threshold)}."
    if not holds:
        said += " It would become a public contract, so choose a ground of the Act."
    tested = Tested("Threshold", said, holds, f"{_S} 74(1), convertible contracts")
    return Answer((tested,), False, "No contract change notice.", source, () if holds else (said,))


def _not_a_ground(contract: ChangedContract, said: str) -> Answer:
    return Answer((), False, "", contract.regime.label, (said,))
