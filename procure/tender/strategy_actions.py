"""The procurement strategy: what no other page of the file asks for is said here."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from procure.audit.actions import Actor, act
from procure.extensions import db
from procure.now import legal_day
from procure.people.models import Post
from procure.procurement.models import Procurement
from procure.refusals import Refusal
from procure.tender.pack_rules import problem_in, rows_of
from procure.tender.strategy_models import Strategy

CPV_FIGURES = 8


class StrategyRefused(Refusal):
    """Something in the strategy is not as the law or the calendar has it."""


def say_strategy(
    file: Procurement, approver_post: Post, facts: Mapping[str, Any], *, by: Actor, at: datetime,
    sees: int | None = None,
) -> Strategy:  # fmt: skip
    """Say how to buy and why. The codes go on to the file, and from there to the contract."""
    row = file.strategy
    with act("wrote the procurement strategy", on=row or file, by=by, at=at, sees=sees if row else None):
        for name in ("cpv", "stages"):
            problem = problem_in(name, str(facts.get(name, "")).splitlines())
            if problem:
                raise StrategyRefused(problem, field=name)
        codes = [code for code, _ in rows_of("cpv", facts["cpv"])]
        _codes_are_right(codes)
        estimated_on: date | None = facts.get("estimated_on")
        if estimated_on and estimated_on > legal_day(at):
            raise StrategyRefused("The estimate can’t be of a day to come.", field="estimated_on")
        if row is None:
            row = Strategy(procurement=file, is_example=file.is_example)
        row.approver_post = approver_post
        for name, value in facts.items():
            setattr(row, name, value)
        file.cpv = ", ".join(codes)
        db.session.add(row)
        db.session.flush()
    return row


def _codes_are_right(codes: list[str]) -> None:
    for code in codes:
        bare = code.partition("-")[0]
        if not (bare.isascii() and bare.isdigit() and len(bare) == CPV_FIGURES):
            raise StrategyRefused(f"“{code}” isn’t a CPV code. It has eight figures, like 98133100.", field="cpv")
