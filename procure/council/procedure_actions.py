"""What is done to the procedure rules and to the grounds of waivers: dated rows, added and ended, never rewritten."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from procure import words
from procure.audit.actions import Actor, act
from procure.council.models import ProcedureRules, WaiverReason
from procure.council.rules import may_begin_on, may_end_on
from procure.extensions import db
from procure.now import legal_day
from procure.people.actions.administering import must_administer
from procure.refusals import Refusal


class RulesRefused(Refusal):
    """Rules can't reach back, begin twice on a day, or change once they have begun."""


class WaiverReasonRefused(Refusal):
    """A ground can't reach back, nor stand twice under one name on a day."""


def add_rules(*, from_on: date, by: Actor, at: datetime, **facts: Any) -> ProcedureRules:
    """Say what the procedure rules are from a day on; they hold until the next row begins.

    Only the first row on record may begin in the past: it replaces nothing, and old decisions are read by it.
    """
    must_administer(by, at)
    with act(f"added the procedure rules from {words.day(from_on)}", on="council", by=by, at=at):
        rows = list(db.session.scalars(select(ProcedureRules)))
        refused = may_begin_on(from_on, legal_day(at)) if rows else None
        if refused:
            raise RulesRefused(refused, field="from_on")
        _refuse_twice(rows, None, from_on)
        row = ProcedureRules(from_on=from_on, **facts)
        db.session.add(row)
    return row


def correct_rules(
    row: ProcedureRules, *, from_on: date, by: Actor, at: datetime, sees: int | None = None, **facts: Any
) -> None:
    """Mend rules that haven't begun. Once they have, decisions rest on them: another row follows instead."""
    must_administer(by, at)
    with act("corrected the procedure rules to come", on=row, by=by, at=at, sees=sees):
        today = legal_day(at)
        if row.from_on <= today:
            raise RulesRefused(
                f"These rules began on {words.day(row.from_on)}, so they stay as they are. Add rules from a later day.",
                who_can="an administrator",
            )
        refused = may_begin_on(from_on, today)
        if refused:
            raise RulesRefused(refused, field="from_on")
        _refuse_twice(list(db.session.scalars(select(ProcedureRules))), row, from_on)
        row.from_on = from_on
        for name, value in facts.items():
            setattr(row, name, value)


def _refuse_twice(rows: list[ProcedureRules], but: ProcedureRules | None, from_on: date) -> None:
    if any(row is not but and row.from_on == from_on for row in rows):
        raise RulesRefused(
            f"Rules that begin on {words.day(from_on)} are on record. Choose another day.", field="from_on"
        )


def add_waiver_reason(
    *,
    name: str,
    words_: str,
    max_net: Decimal | None,
    max_months: int | None,
    source: str,
    from_on: date,
    by: Actor,
    at: datetime,
) -> WaiverReason:
    """Add a ground on which a rule of the council may be waived, from a day on. Statute is never waived."""
    must_administer(by, at)
    with act(f"added the waiver reason {name}", on="council", by=by, at=at):
        refused = may_begin_on(from_on, legal_day(at))
        if refused:
            raise WaiverReasonRefused(refused, field="from_on")
        for other in db.session.scalars(select(WaiverReason)):
            if other.name.casefold() == name.casefold() and (other.until_on is None or other.until_on >= from_on):
                raise WaiverReasonRefused(f"“{other.name}” stands already. End that one first.", field="name")
        row = WaiverReason(
            name=name, words=words_, max_net=max_net, max_months=max_months, source=source, from_on=from_on
        )
        db.session.add(row)
    return row


def end_waiver_reason(
    row: WaiverReason, *, until_on: date, by: Actor, at: datetime, sees: int | None = None
) -> None:  # fmt: skip
    """Say which day is the last on which a ground may be used. Waivers given on it stand until they expire."""
    must_administer(by, at)
    refused = may_end_on(until_on, row.from_on, legal_day(at))
    if refused:
        raise WaiverReasonRefused(refused, field="until_on")
    with act(f"ended the waiver reason {row.name}", on=row, by=by, at=at, sees=sees):
        row.until_on = until_on
