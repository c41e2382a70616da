"""For which acts a decision can be prepared on a file or a contract: who has the power, or who could give it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from procure.authority.minutes import limits_said
from procure.authority.power import delegation_for, power_from, source_of
from procure.authority.rules import ActKind, Question
from procure.authority.rules.authority import NOBODY
from procure.authority.rules.life import power_holds
from procure.procurement.models import Procurement

if TYPE_CHECKING:
    from procure.contract.models import Contract

ON_A_FILE = (ActKind.ENTER, ActKind.ANCILLARY, ActKind.OTHER)
"""Acts on a file that no other room prepares: to buy is asked for in the report, to award in the award."""

ON_A_CONTRACT = (ActKind.EXTEND, ActKind.VARY, ActKind.TERMINATE, ActKind.ANCILLARY, ActKind.OTHER)

CALLED = {
    ActKind.ENTER: "Enter into the contract",
    ActKind.EXTEND: "Extend the contract",
    ActKind.VARY: "Vary the contract",
    ActKind.TERMINATE: "End the contract early",
    ActKind.ANCILLARY: "Enter into an ancillary agreement",
    ActKind.OTHER: "Something else",
}


DOES = {
    ActKind.ENTER: "enter into the contract",
    ActKind.EXTEND: "extend this contract",
    ActKind.VARY: "vary this contract",
    ActKind.TERMINATE: "end this contract early",
    ActKind.ANCILLARY: "enter into ancillary agreements",
    ActKind.OTHER: "do anything else",
}


@dataclass(frozen=True)
class Offer:
    """One act: who may decide it within which limits, or why nobody can and who could change that."""

    act: ActKind
    name: str
    post: str = ""
    limits: str = ""
    source: str = ""
    why_not: str = ""
    who_could: str = ""

    @property
    def is_open(self) -> bool:
        """Whether somebody has a power, so that a decision can be prepared. It may not be in force yet."""
        return bool(self.post)


def offers_for(
    acts: Iterable[ActKind], procurement: Procurement | None, day: date, *, contract: Contract | None = None
) -> list[Offer]:
    """Every act with its power as it stands on a day."""
    return [_offer(act, procurement, day, contract) for act in acts]


def _offer(act: ActKind, procurement: Procurement | None, day: date, contract: Contract | None) -> Offer:
    row = delegation_for(act, procurement, day, value_gross=None, max_months=None, contract=contract)
    if row is None:
        sentence = f"Nobody has been given the power to {DOES[act]}."
        return Offer(act, CALLED[act], why_not=sentence, who_could=NOBODY)
    power = power_from(row, procurement, day)
    first = next(power_holds(power, Question(act, day, power, None, post=power.post)), None)
    return Offer(
        act, CALLED[act], post=power.heir or power.post, limits=limits_said(row.max_value_gross, row.max_months),
        source=source_of(row), why_not=first.sentence if first else "", who_could=first.who_can if first else "",
    )  # fmt: skip
