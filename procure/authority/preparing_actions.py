"""Preparing a decision for an act other than an award: to enter, extend, vary, end, agree beside, or something else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from procure import words
from procure.audit.actions import act
from procure.authority.actions import prepare
from procure.authority.models import Decision
from procure.authority.question import question_about
from procure.authority.rules import ActKind
from procure.authority.rules.limits import with_the_right_party
from procure.law.money import Value
from procure.now import legal_day
from procure.people.models import Person
from procure.procurement.models import Lot
from procure.refusals import Refusal
from procure.suppliers.models import Supplier

if TYPE_CHECKING:
    from procure.contract.models import Contract


class OutsideThePower(Refusal):
    """The other party isn't the one whom the words of the power name. The attempt belongs on the file."""

    recorded = True


class NotSaid(Refusal):
    """What the act needs to be judged is missing: how long, how much, with whom, what makes it ancillary."""


@dataclass(frozen=True)
class Wanted:
    """What an officer wants decided. `added` is what it costs more, `months` how much longer the contract would run.

    `words` says what is to be done: what changes, why it ends, what makes an agreement ancillary.
    """

    act: ActKind
    words: Sequence[str] = ()
    added: Value | None = None
    months: int | None = None
    ends_on: date | None = None
    """The new end, where the act changes it."""
    other_party: Supplier | None = None
    by_option: bool = False
    """Whether an agreed option is used, whose price the full value of the contract counts already."""


def prepare_for(
    wanted: Wanted, *, lot: Lot | None = None, contract: Contract | None = None, by: Person, at: datetime
) -> Decision:
    """Draft the decision from the lot or the contract it is about. Raises `NoPower` where nobody may decide it.

    Raises `OutsideThePower` where the other party isn't whom the words of the power name (domain 7.7, B9).
    """
    _refuse_unsaid(wanted)
    party = wanted.other_party or (contract.supplier if contract is not None else _awarded_to(lot))
    lot = lot or (contract.award.lot if contract is not None and contract.award is not None else None)
    about = lot.procurement if lot is not None else contract
    if about is None:
        raise ValueError("A decision is about a lot or a contract.")
    with act(f"prepared a decision to {wanted.act.label}", on=about, by=by, at=at):
        decision = prepare(
            lot, act_kind=wanted.act, contract=contract, by=by, at=at, supplier=party,
            **_sums(wanted, lot, contract), **_draft(wanted, lot, contract, party),
        )  # fmt: skip
        question = question_about(decision, legal_day(at), None)
        assert question.power is not None
        for why in with_the_right_party(question.power, question):
            raise OutsideThePower(why.sentence, field="supplier_id", who_can=why.who_can)
    return decision


def _refuse_unsaid(wanted: Wanted) -> None:
    if wanted.act is ActKind.EXTEND and not wanted.months:
        raise NotSaid("Enter by how many months it is extended.", field="months")
    if wanted.act is ActKind.ANCILLARY and wanted.other_party is None:
        raise NotSaid("Choose with whom the agreement is.", field="supplier_id")
    if wanted.act not in (ActKind.EXTEND, ActKind.ENTER) and not any(line.strip() for line in wanted.words):
        raise NotSaid("Say what is to be decided.", field="words")


def _awarded_to(lot: Lot | None) -> Supplier | None:
    return lot.award.bid.supplier if lot is not None and lot.award is not None else None


def _sums(wanted: Wanted, lot: Lot | None, contract: Contract | None) -> dict[str, Any]:
    """The value of the act itself, and what the contract comes to with it. An option was counted when it was agreed."""
    if wanted.act is ActKind.ENTER and lot is not None and lot.award is not None:
        award = lot.award
        return {
            "value_net": award.value_net, "value_gross": award.value_gross, "max_months": lot.procurement.max_months
        }  # fmt: skip
    if wanted.added is None:
        return {"max_months": wanted.months}
    total = None
    if contract is not None and wanted.act in (ActKind.EXTEND, ActKind.VARY):
        total = contract.total_with(wanted.added.gross, agreed=wanted.by_option)
    return {
        "value_net": wanted.added.net, "value_gross": wanted.added.gross, "total_gross": total,
        "max_months": wanted.months,
    }  # fmt: skip


def _draft(wanted: Wanted, lot: Lot | None, contract: Contract | None, party: Supplier | None) -> dict[str, Any]:
    """The words as the record gives them, for the officer to mend."""
    name = contract.title if contract is not None else lot.full_title if lot is not None else ""
    what = f"{name[:1].lower()}{name[1:]}"
    said = [line.strip() for line in wanted.words if line.strip()]
    if wanted.act is ActKind.EXTEND:
        return _extension(wanted, contract, what, said)
    if wanted.act is ActKind.ENTER:
        whom = f" with {party.name}" if party else ""
        return {"title": f"Enter into the contract for {what}", "points": [f"Enter into the contract{whom}."]}
    if wanted.act is ActKind.ANCILLARY:
        whom = f" with {party.name}" if party else ""
        title = f"Enter into an ancillary agreement{whom}"
        reason = [f"It is ancillary to the contract for {what}: {line}" for line in said[:1]]
        return {"title": title, "points": [f"{title}, beside the contract for {what}."], "reasons": reason + said[1:]}
    titles = {
        ActKind.VARY: f"Vary the contract for {what}",
        ActKind.TERMINATE: f"End the contract for {what} early",
    }  # fmt: skip
    if wanted.act is ActKind.TERMINATE and contract is not None:
        on = f"End the contract {contract.reference}"
        on += f" on {words.day(wanted.ends_on)}." if wanted.ends_on else "."
        end = f"its end on {words.day(contract.ends_on)}" if contract.ends_on else "the end the parties agree"
        otherwise = (f"Let it run to {end}", said[0])
        return {"title": titles[wanted.act], "points": [on], "reasons": said, "alternatives": [otherwise]}
    title = titles.get(wanted.act, said[0][:120].rstrip(".") if said else "")
    return {"title": title, "points": said}


def _extension(wanted: Wanted, contract: Contract | None, what: str, said: list[str]) -> dict[str, Any]:
    longer = words.months_label(wanted.months or 0)
    to = f", to {words.day(wanted.ends_on)}" if wanted.ends_on else ""
    cost = f". It adds {words.pounds(wanted.added.gross)} including VAT" if wanted.added else ""
    number = f" {contract.reference}" if contract is not None else ""
    stops = [
        ("Not to extend it", f"The contract would end on {words.day(contract.ends_on)}.")
    ] if contract is not None and contract.ends_on else []  # fmt: skip
    return {
        "title": f"Extend the contract for {what}",
        "points": [f"Extend the contract{number} by {longer}{to}{cost}."],
        "reasons": said,
        "alternatives": stops,
    }
