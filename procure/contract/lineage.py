"""Where a contract or a purchase comes from and what came of it: contract, next purchase, next contract, and so on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from flask import url_for

from procure import words
from procure.contract.lineage_rules import Generation
from procure.contract.models import Contract
from procure.contract.rules import ContractState
from procure.procurement.models import Procurement
from procure.procurement.rules import Stage

NO_MORE = (Stage.ABANDONED,)
OVER = (Stage.CONTRACTED, Stage.CLOSED)


def lineage_of(
    here: Contract | Procurement, opens: Callable[[Contract | Procurement], bool] = lambda _: True
) -> tuple[Generation, ...]:
    """The whole line, oldest first, with the place one is at marked; what the reader may not open leads nowhere."""
    rows = [*_before(here), here, *_after(here)]
    line = (_contract(row, row is here) if isinstance(row, Contract) else _file(row, row is here) for row in rows)
    return tuple(one if opens(row) else replace(one, href="") for row, one in zip(rows, line, strict=True))


def _before(here: Contract | Procurement) -> list[Contract | Procurement]:
    found: list[Contract | Procurement] = []
    row: Contract | Procurement | None = _parent(here)
    while row is not None and row not in found:
        found.append(row)
        row = _parent(row)
    return found[::-1]


def _parent(row: Contract | Procurement) -> Contract | Procurement | None:
    if isinstance(row, Contract):
        return row.award.lot.procurement if row.award else None
    return row.ending_contract


def _after(here: Contract | Procurement) -> list[Contract | Procurement]:
    found: list[Contract | Procurement] = []
    row: Contract | Procurement | None = _child(here)
    while row is not None and row not in found:
        found.append(row)
        row = _child(row)
    return found


def _child(row: Contract | Procurement) -> Contract | Procurement | None:
    if isinstance(row, Contract):
        return next((file for file in reversed(row.followed_by) if file.stage not in NO_MORE), None)
    return next(iter(contracts_of(row)), None)


def contracts_of(file: Procurement) -> list[Contract]:
    """The contracts a purchase led to, one for each lot that was let."""
    return [lot.award.contract for lot in file.lots if lot.award and lot.award.contract]


def _contract(row: Contract, is_here: bool) -> Generation:
    lasts = (
        f"{words.day(row.starts_on)} to {words.day(row.ended_on or row.ends_on)}"
        if row.starts_on and row.ends_on
        else row.term.label
    )
    beside = contracts_of(row.award.lot.procurement) if row.award else []
    return Generation(
        "Contract", row.reference, row.title, row.supplier_name, lasts, row.state.label,
        url_for("contract.overview", reference=row.reference), is_here, row.state is not ContractState.TO_SIGN,
        len(beside) - 1 if len(beside) > 1 else 0,
    )  # fmt: skip


def _file(row: Procurement, is_here: bool) -> Generation:
    return Generation(
        "Purchase", row.reference, row.title, words.sentence(row.procedure.label), f"begun {words.day(row.started_on)}",
        row.stage.label, url_for("procurement.overview", reference=row.reference), is_here, row.stage in OVER,
    )  # fmt: skip
