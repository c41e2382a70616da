"""Bringing a list in: one act, all of its good rows or none, written in bulk.

Everything is worked out before the act opens, while nobody waits: references and keys are taken, rows and their
entries in the trail are made and put aside. Inside the act they are only put in. New suppliers come into the chain they
share, and contracts that change into theirs, at the very end, for those are what others may wait for.
"""

from __future__ import annotations

import logging
import pickle
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from time import monotonic
from typing import IO, Any

from sqlalchemy import delete, insert, inspect, select
from sqlalchemy.exc import IntegrityError

from procure.audit.actions import Actor, act, announced
from procure.audit.bulk import (
    Told,
    highest_key,
    in_parts,
    keys_for,
    many,
    names_of,
    opening,
    put_in,
    put_in_stored,
    record_many,
    storing,
)
from procure.audit.models import TrailEntry, TrailHead
from procure.audit.recording import OpenAct, recorded_columns
from procure.audit.rules import canonical
from procure.contract.models import Contract
from procure.contract.rules import ContractState, Term, Tier, ValueBasis
from procure.extensions import db
from procure.procurement.actions import take_references
from procure.refusals import Refusal
from procure.register.list_actions.checking import Progress, nobody_asks
from procure.register.list_models import ContractList, Listed
from procure.register.models import ContractsComingIn
from procure.reminder.gathering import CONTRACT as CONTRACTS
from procure.reminder.gathering import name_of
from procure.reminder.models import PlanRequest
from procure.suppliers.models import Supplier
from procure.suppliers.rules import identifier_of

log = logging.getLogger(__name__)

MOST_TRIES = 3
AT_ONCE = 1_000
SUPPLIERS = "suppliers"
Lines = Callable[[], Iterator[dict[str, Any]]]
CONTRACT: Any = Contract.__table__
SUPPLIER: Any = Supplier.__table__
TABLES: tuple[Any, ...] = (CONTRACT, TrailEntry.__table__, TrailHead.__table__, Listed.__table__)
"""Where each contract that comes in leaves a row."""
TERMS = frozenset({"starts_on", "ends_on", "term", "roll_months", "notice_months"})
"""Columns that reminders depend on."""


class CheckAgain(Refusal):
    """What is on record has changed since the dry run."""

    def __init__(self) -> None:
        super().__init__("Something changed here since these rows were checked. Check them again, then bring them in.")


class _TakenMeanwhile(Exception):
    """Keys that were free when the rows were prepared have been given to others."""


@dataclass
class Brought:
    """What came of it: how many, and for how long the database was written to."""

    created: int = 0
    updated: int = 0
    suppliers: int = 0
    seconds_writing: float = 0.0


def after_bringing_in(contract_ids: Sequence[int]) -> None:
    """Told of every contract that came in or changed, inside the act: the next round plans their reminders.

    Rows put in in bulk pass no session listener, so what a listener would have asked for is asked for here.
    """
    put_in(PlanRequest.__table__, [{"of": name_of(CONTRACTS, number)} for number in contract_ids])


def bring_in(
    lines: Lines,
    *,
    contract_list: ContractList,
    said: str,
    note: str,
    by: Actor,
    at: datetime,
    within: Callable[[], None] = lambda: None,
    progress: Progress = nobody_asks,
) -> Brought:
    """Do what a dry run noted, in one act. `lines` gives its plan anew each time; `within` runs inside the act.

    Raises `CheckAgain` where something changed since. What fails leaves nothing behind.
    """
    reference, list_id, source = contract_list.reference, contract_list.id, contract_list.source
    clashes = (IntegrityError, db.engine.dialect.loaded_dbapi.IntegrityError)
    for _ in range(MOST_TRIES):
        opened = announced(said, reference, by=by, at=at, note=note)
        with tempfile.TemporaryFile() as aside:
            prepared = _Prepared(lines, opened, list_id, source, aside, progress)
            try:
                return _write(prepared, said, reference, by, at, note, within)
            except (_TakenMeanwhile, *clashes) as clash:
                log.info("What was prepared for %s was taken by others meanwhile: %s", reference, type(clash).__name__)
    raise CheckAgain


def _write(
    prepared: _Prepared, said: str, reference: str, by: Actor, at: datetime, note: str, within: Callable[[], None]
) -> Brought:
    brought = Brought(prepared.created, 0, len(prepared.suppliers))
    with act(said, on=reference, by=by, at=at, note=note, prepared=prepared.opened):
        began = monotonic()
        within()
        prepared.refuse_if_taken()
        put_in(SUPPLIER, prepared.suppliers)
        prepared.put_in()
        brought.updated = _change(prepared)
        record_many(_told_of_suppliers(prepared.suppliers))
        brought.seconds_writing = monotonic() - began
    return brought


# ── what is worked out beforehand ──


class _Prepared:
    """The rows of a plan as the database keeps them, put aside in a file of our own."""

    def __init__(
        self, lines: Lines, opened: OpenAct, list_id: int, source: str, aside: IO[bytes], progress: Progress
    ) -> None:
        self.opened, self.list_id, self.source, self.aside = opened, list_id, source, aside
        self.changes: list[dict[str, Any]] = []
        years: dict[int, int] = {}
        named: list[dict[str, Any]] = []
        for line in lines():
            if line["do"] == "create":
                years[line["year"]] = years.get(line["year"], 0) + 1
            elif line["do"] == "supplier":
                named.append(line)
            else:
                self.changes.append(line)
        self.created = sum(years.values())
        self._next = take_references("CON", Contract.reference, years) if years else {}
        keys = keys_for(CONTRACT, self.created)
        self._first, self._last, self._keys = keys[0] if keys else 0, keys[-1] if keys else 0, iter(keys)
        self.suppliers = _new_suppliers(named)
        db.session.rollback()
        self._prepare(lines, progress)

    def supplier_id(self, key: int | None) -> int | None:
        """The key of a supplier of the plan: below zero it is one of the new ones."""
        return key if key is None or key > 0 else int(self.suppliers[-key - 1]["id"])

    def _prepare(self, lines: Lines, progress: Progress) -> None:
        self.names = (names_of(CONTRACT, with_id=True), *(names_of(table) for table in TABLES[1:]))
        ways = [storing(table, columns) for table, columns in zip(TABLES, self.names, strict=True)]
        recorded = [prop.key for prop in recorded_columns(inspect(Contract))]
        defaults, now, done = _defaults(), datetime.now(UTC), 0
        for part in in_parts((line for line in lines() if line["do"] == "create"), AT_ONCE):
            rows: tuple[list[Any], ...] = ([], [], [], [])
            for line in part:
                values = self._values(line, defaults)
                told = Told(
                    values["reference"], "added", "contract", values["id"], values["title"],
                    {name: values[name] for name in recorded}, {},
                )  # fmt: skip
                entry, head = opening(self.opened, told, now)
                rows[0].append(ways[0](values))
                rows[1].append(ways[1](entry))
                rows[2].append(ways[2](head))
                rows[3].append(ways[3](self._listed(values, line)))
            pickle.dump(rows, self.aside, pickle.HIGHEST_PROTOCOL)
            done += len(part)
            progress(done, self.created)

    def _values(self, line: Mapping[str, Any], defaults: Mapping[str, Any]) -> dict[str, Any]:
        year = int(line["year"])
        number = self._next[year]
        self._next[year] = number + 1
        facts = {name: typed(name, value) for name, value in line["facts"].items()}
        has_ended = facts.pop("has_ended", False)
        facts["supplier_id"] = self.supplier_id(facts.get("supplier_id"))
        values = {
            **defaults, **facts, "id": next(self._keys), "reference": f"CON-{year}-{number:03}", "source": self.source,
            "source_reference": line["reference"], "import_key": line["key"], "initial_ends_on": facts.get("ends_on"),
        }  # fmt: skip
        if has_ended:
            values |= {
                "state": ContractState.ENDED,
                "ended_on": facts.get("ends_on"),
                "ended_because": "Its list says so",
            }
        return values

    def _listed(self, values: Mapping[str, Any], line: Mapping[str, Any]) -> dict[str, Any]:
        facts = {name: value for name, value in line["facts"].items() if name != "has_ended"}
        if "supplier_id" in facts:
            facts["supplier_id"] = values["supplier_id"]
        return {
            "contract_id": values["id"], "list_id": self.list_id, "row_number": line["row"], "said": line["said"],
            "facts": canonical(facts),
        }  # fmt: skip

    # ── inside the act ──

    def refuse_if_taken(self) -> None:
        """On SQLite, whether the keys are still free; nobody else can take them from now on."""
        if db.engine.dialect.name == "postgresql":
            return
        first_supplier = self.suppliers[0]["id"] if self.suppliers else 0
        for table, first in ((CONTRACT, self._first), (SUPPLIER, first_supplier)):
            if first and highest_key(table) >= first:
                raise _TakenMeanwhile

    def put_in(self) -> None:
        """Put in what was put aside; the register's index takes all of it in at the end."""
        self.aside.seek(0)
        left = self.created
        if left:
            db.session.execute(insert(ContractsComingIn).values(first_id=self._first, last_id=self._last))
        while left:
            rows = pickle.load(self.aside)  # noqa: S301  our own file, unnamed, of this process
            for table, names, some in zip(TABLES, self.names, rows, strict=True):
                put_in_stored(table, names, some)
            after_bringing_in([row[self.names[0].index("id")] for row in rows[0]])
            left -= len(rows[0])
        if self.created:
            db.session.execute(delete(ContractsComingIn))


def _new_suppliers(named: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    keys = keys_for(SUPPLIER, len(named))
    return [
        {
            "id": key, "name": one["name"], "company_number": one["company_number"],
            "charity_number": one["charity_number"],
            "identifier": identifier_of("", one["company_number"], one["charity_number"]), "address": one["address"],
            "email": "", "contact_name": "", "is_vcse": None, "is_sme": None, "is_example": False, "version": 1,
        }
        for key, one in zip(keys, named, strict=True)
    ]  # fmt: skip


def _defaults() -> dict[str, Any]:
    """A contract that says nothing: what each column holds when it isn't given."""
    values: dict[str, Any] = {}
    for column in CONTRACT.columns:
        default = column.default
        values[column.name] = default.arg if default is not None and default.is_scalar else None
    return values | {"state": ContractState.LIVE, "term": Term.FIXED, "value_basis": ValueBasis.UNKNOWN, "version": 1}


_KINDS: dict[str, Callable[[str], Any]] = {
    "term": Term, "value_basis": ValueBasis, "tier": Tier, "state": ContractState,
    **dict.fromkeys(("starts_on", "ends_on", "signed_on", "initial_ends_on", "ended_on"), date.fromisoformat),
    **dict.fromkeys(("value_stated", "value_net", "value_vat", "value_gross"), Decimal),
}  # fmt: skip


def typed(name: str, value: Any) -> Any:
    """A value of a plan as the column holds it."""
    kind = _KINDS.get(name)
    return kind(value) if kind is not None and value is not None else value


# ── what is told at the end ──


def _told_of_suppliers(suppliers: Sequence[Mapping[str, Any]]) -> Iterator[Told]:
    recorded = [prop.key for prop in recorded_columns(inspect(Supplier))]
    for one in suppliers:
        yield Told(SUPPLIERS, "added", "supplier", one["id"], one["name"], {name: one[name] for name in recorded}, {})


def _change(prepared: _Prepared) -> int:
    """Change what is on record, each contract only if it is still as the dry run found it."""
    changed = [line for line in prepared.changes if line["changes"]]
    by_columns: dict[tuple[str, ...], list[tuple[Any, ...]]] = {}
    told: list[Told] = []
    for line in sorted(changed, key=lambda one: int(one["id"])):
        new = {name: typed(name, value) for name, value in line["changes"].items()}
        old = {name: typed(name, value) for name, value in line["now"].items()}
        if "supplier_id" in new:
            new["supplier_id"] = prepared.supplier_id(new["supplier_id"])
        if TERMS & new.keys():
            old["terms_version"] = _terms_version(line["id"])
            new["terms_version"] = old["terms_version"] + 1
        names = tuple(sorted(new))
        stored = storing(CONTRACT, names)(new)
        by_columns.setdefault(names, []).append((*stored, line["id"], line["version"]))
        title = new.get("title", line["name"])
        told.append(Told(line["reference"], "changed", "contract", line["id"], title, new, old))
    for names, rows in by_columns.items():
        setting = ", ".join(f'"{name}" = ?' for name in names)
        statement = f"UPDATE contract SET {setting}, version = version + 1 WHERE id = ? AND version = ?"  # noqa: S608
        if many(statement, rows) != len(rows):
            raise CheckAgain
    record_many(told)
    _note_listed(prepared)
    after_bringing_in([line["id"] for line in changed])
    return len(changed)


def _terms_version(contract_id: int) -> int:
    return db.session.scalars(select(Contract.terms_version).where(Contract.id == contract_id)).one()


def _note_listed(prepared: _Prepared) -> None:
    """Note what the list says now, so that the next one is compared with it."""
    for part in in_parts(prepared.changes, AT_ONCE):
        rows = []
        for line in part:
            facts = dict(line["facts"])
            if "supplier_id" in facts:
                facts["supplier_id"] = prepared.supplier_id(facts["supplier_id"])
            rows.append((line["id"], prepared.list_id, line["row"], line["said"], canonical(facts)))
        many(
            "INSERT INTO listed (contract_id, list_id, row_number, said, facts) VALUES (?, ?, ?, ?, ?) "
            "ON CONFLICT (contract_id) DO UPDATE SET list_id = excluded.list_id, row_number = excluded.row_number, "
            "said = excluded.said, facts = excluded.facts",
            rows,
        )
