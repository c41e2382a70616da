"""Contracts as the public may see them: nothing unsigned, nothing kept back, no name of a person of the council."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import selectinload

from procure import words
from procure.contract.models import Contract
from procure.contract.rules import NOT_STATED, ContractState, last_possible_end
from procure.extensions import db
from procure.law.working_days import months_after
from procure.register.facts.exporting import NEEDS, how_bought, registration_of
from procure.register.facts.listing import Reach, contracts_at
from procure.register.models import ContractPlace, Redaction
from procure.register.rules.listing import Asked
from procure.register.rules.redacting import WITHHELD, Hidden

EVERYBODY = Reach()
SOON_MONTHS = 12


def public_only(asked: Asked) -> list[ColumnElement[bool]]:
    """What the public may find. By words only where every word that is searched may be read too."""
    return [ContractPlace.public == 1] if asked.tokens or asked.finds_nothing else [ContractPlace.public > 0]


def ending_soon(asked: Asked, today: date) -> Asked:
    """The same, of the next twelve months only."""
    return replace(asked, ends_from=today, ends_to=months_after(today, SOON_MONTHS))


def hidden_of(contract_ids: Sequence[int]) -> dict[int, dict[Hidden, str]]:
    """What is kept back of contracts, and why."""
    found: dict[int, dict[Hidden, str]] = {}
    rows = db.session.scalars(select(Redaction).where(Redaction.contract_id.in_(contract_ids)))
    for row in rows:
        found.setdefault(row.contract_id, {})[row.field] = row.reason
    return found


@dataclass(frozen=True)
class Fact:
    """A line of a public entry; `why` where it is kept back."""

    name: str
    value: str
    why: str = ""


@dataclass(frozen=True)
class PublicEntry:
    """A contract as the public sees it."""

    reference: str
    title: str
    supplier: str
    value: str
    ends: str
    state: str
    is_example: bool
    facts: tuple[Fact, ...]
    why_untitled: str = ""


def entry_of(contract: Contract, hidden: dict[Hidden, str]) -> PublicEntry:
    """A contract less what is kept back."""

    def unless(part: Hidden, value: str) -> str:
        return WITHHELD if part in hidden else value

    def fact(name: str, value: str | None, part: Hidden | None = None) -> Fact:
        if part is not None and part in hidden:
            return Fact(name, WITHHELD, hidden[part])
        return Fact(name, value or NOT_STATED)

    def yes_no(said: bool | None) -> str:
        return "" if said is None else "Yes" if said else "No"

    supplier = contract.supplier
    ends = words.day(contract.ends_on) if contract.ends_on else "No end agreed"
    is_over = contract.state is ContractState.ENDED
    lot = contract.award.lot if contract.award else None
    facts = [
        fact("Reference", contract.reference),
        fact("What it is for", contract.description, Hidden.DESCRIPTION),
        fact("Department", contract.department),
        fact("Supplier", supplier.name if supplier else "", Hidden.SUPPLIER),
        fact("Supplier’s registration number", registration_of(supplier), Hidden.SUPPLIER),
        fact("Small or medium-sized enterprise", yes_no(supplier.is_sme if supplier else None), Hidden.SUPPLIER),
        fact("Voluntary or community organisation", yes_no(supplier.is_vcse if supplier else None), Hidden.SUPPLIER),
        fact("Value", contract.value_said, Hidden.VALUE),
        fact("Starts", words.day(contract.starts_on) if contract.starts_on else ""),
        fact("Ended" if is_over else "Ends", words.day(contract.ended_on) if is_over and contract.ended_on else ends),
        fact("How it was bought", how_bought(contract)),
        fact("CPV", contract.cpv),
    ]
    if contract.ends_on and contract.open_options:
        facts.insert(
            10, fact("Last possible end", words.day(last_possible_end(contract.ends_on, contract.open_options)))
        )
    if lot is not None and lot.notices:
        facts.append(fact("Notices", ", ".join(notice.reference for notice in lot.notices)))
    return PublicEntry(
        contract.reference, unless(Hidden.TITLE, contract.title), unless(Hidden.SUPPLIER, contract.supplier_name),
        unless(Hidden.VALUE, contract.value_said), ends, contract.state.label, contract.is_example, tuple(facts),
        hidden.get(Hidden.TITLE, ""),
    )  # fmt: skip


def entries_at(places: Sequence[int]) -> list[PublicEntry]:
    """The entries of a page."""
    rows = contracts_at(places)
    hidden = hidden_of([contract.id for _, contract in rows])
    return [entry_of(contract, hidden.get(contract.id, {})) for _, contract in rows]


def public_contract(reference: str) -> tuple[Contract, PublicEntry] | None:
    """The contract at this address; None where the public sees none there."""
    contract = db.session.scalars(
        select(Contract)
        .join(ContractPlace, ContractPlace.contract_id == Contract.id)
        .where(Contract.reference == reference, ContractPlace.public > 0)
        .options(selectinload(Contract.supplier), *NEEDS)
    ).one_or_none()
    return (contract, entry_of(contract, hidden_of([contract.id]).get(contract.id, {}))) if contract else None
