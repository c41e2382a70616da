"""Planning: what was asked for is planned, a few hundred things at a time, and nothing else is looked at.

An act that changes what reminders depend on plans them itself, in its own transaction (`asking`); lists brought in,
and rules changed for everybody, leave requests for the next round.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Integer, Select, String, case, cast, delete, insert, literal, select, update

from procure.audit.actions import NEW_ROW
from procure.contract.models import Contract
from procure.contract.rules import ContractState
from procure.council.law import planning_england
from procure.extensions import db
from procure.mail.rounds import own_transaction
from procure.reminder.gathering import CONTRACT, council_offsets, offsets_of, own_offsets, terms_of
from procure.reminder.models import PlanRequest, Reminder
from procure.reminder.rules.kinds import ReminderKind
from procure.reminder.rules.planning import Known, Plan, Terms, ToSend, plan_of

AT_A_TIME = 500

HAVE_A_POST = (ReminderKind.DUTY, ReminderKind.DELEGATION)
"""Kinds whose day names the post that answers for it."""


@dataclass
class Planned:
    """What planning did."""

    planned: int = 0
    cancelled: int = 0

    def add(self, other: Planned) -> None:
        self.planned += other.planned
        self.cancelled += other.cancelled


# ── asking ──


def request_plans(contract_ids: Sequence[int]) -> None:
    """Ask that the reminders of these contracts are planned by the next round. For contracts written in bulk.

    In the transaction that is open.
    """
    rows = [{"of": f"{CONTRACT}:{contract_id}"} for contract_id in contract_ids]
    for begin in range(0, len(rows), AT_A_TIME * 10):
        some = rows[begin : begin + AT_A_TIME * 10]
        db.session.connection().execute(insert(PlanRequest.__table__), some)  # type: ignore[arg-type]


def request_all_plans() -> None:
    """Ask for every contract that isn't yet over: when letters go has changed for all. In the open transaction."""
    every: Select[Any] = select(literal(f"{CONTRACT}:") + cast(Contract.id, String)).where(
        Contract.state != ContractState.TO_SIGN
    )
    db.session.connection().execute(insert(PlanRequest.__table__).from_select(["of"], every))  # type: ignore[arg-type]


# ── the round ──


def plan_requested(today: date, *, at: datetime) -> Planned:
    """Plan what was asked for, a few hundred things in a transaction each. Two rounds at once share the work."""
    done = Planned()
    while db.session.scalar(select(PlanRequest.id).limit(1)) is not None:
        with own_transaction():
            wanted = (
                select(PlanRequest.id, PlanRequest.of).order_by(PlanRequest.id).limit(AT_A_TIME)
                .with_for_update(skip_locked=True)
            )  # fmt: skip
            asked = list(db.session.execute(wanted))
            if not asked:
                break
            done.add(plan_these({one.of for one in asked}, today, at=at))
            db.session.connection().execute(delete(PlanRequest).where(PlanRequest.id.in_([one.id for one in asked])))
    return done


def what_is_requested(today: date) -> Planned:
    """What `plan_requested` would do, done to nothing."""
    done = Planned()
    asked = sorted(set(db.session.scalars(select(PlanRequest.of))))
    for begin in range(0, len(asked), AT_A_TIME):
        for _, plan in _plans(asked[begin : begin + AT_A_TIME], today):
            done.add(Planned(len(plan.add), len(plan.cancel)))
    return done


def plan_these(of: Iterable[str], today: date, *, at: datetime) -> Planned:
    """Plan these things now, in the transaction that is open."""
    plans = _plans(sorted(of), today)
    _cancel([id_ for _, plan in plans for id_ in plan.cancel], at)
    _settle([id_ for _, plan in plans for id_ in plan.settle], today)
    _carry_over(plans)
    added = _add([_row(terms, one) for terms, plan in plans for one in plan.add])
    return Planned(added, sum(len(plan.cancel) for _, plan in plans))


def _plans(of: list[str], today: date) -> list[tuple[Terms, Plan]]:
    terms, known = terms_of(of), _known(of)
    council = council_offsets(today)
    own = own_offsets([one.contract_id for one in terms.values() if one.contract_id])
    england = planning_england()
    return [
        (one, plan_of(one, known.get(one.of, []), offsets_of(one, council, own), today, england))
        for one in terms.values()
    ]


def _known(of: list[str]) -> dict[str, list[Known]]:
    rows = db.session.execute(
        select(
            Reminder.of, Reminder.id, Reminder.kind, Reminder.item, Reminder.about_on, Reminder.ahead, Reminder.due_on,
            Reminder.sent_on, Reminder.cancelled_at, Reminder.passed_over, Reminder.acknowledged_at,
            Reminder.settled_on, Reminder.follows_id,
        )
        .where(Reminder.of.in_(of))
        .order_by(Reminder.id)
    )  # fmt: skip
    found: dict[str, list[Known]] = {}
    for row in rows:
        found.setdefault(row.of, []).append(
            Known(
                row.id, row.kind, row.item, row.about_on, row.ahead, row.due_on, is_sent=row.sent_on is not None,
                is_dropped=row.cancelled_at is not None and not row.passed_over, is_passed_over=row.passed_over,
                is_closed=row.acknowledged_at is not None or row.settled_on is not None, follows_id=row.follows_id,
            )
        )  # fmt: skip
    return found


def _row(terms: Terms, one: ToSend) -> dict[str, Any]:
    return {
        "of": terms.of, "contract_id": terms.contract_id, "terms_version": terms.version, "kind": one.occasion.kind,
        "item": one.occasion.item, "said": one.occasion.said, "ahead": one.ahead.code,
        "about_on": one.occasion.about_on, "due_on": one.due_on, "send_on": one.send_on,
        "post_id": one.occasion.post_id or terms.post_id, "passed_over": False,
    }  # fmt: skip


def _add(rows: list[dict[str, Any]]) -> int:
    """Put planned reminders in. One that another round has just planned is left; a cancelled one is taken up again."""
    added = 0
    new = NEW_ROW[db.session.get_bind().dialect.name](Reminder.__table__)
    taken_up = {name: getattr(new.excluded, name) for name in ("about_on", "due_on", "send_on", "post_id", "said")} | {
        "cancelled_at": None
    }
    table = Reminder.__table__
    upsert = new.on_conflict_do_update(
        index_elements=["of", "terms_version", "kind", "item", "ahead"], set_=taken_up,
        where=(table.c.sent_on.is_(None) & table.c.cancelled_at.is_not(None) & table.c.passed_over.is_(False)),
    )  # fmt: skip
    for begin in range(0, len(rows), AT_A_TIME * 2):
        done = db.session.connection().execute(upsert.returning(table.c.id), rows[begin : begin + AT_A_TIME * 2])
        added += len(done.all())
    return added


def _cancel(ids: list[int], at: datetime) -> None:
    for some in _parts(ids):
        db.session.connection().execute(
            update(Reminder.__table__)  # type: ignore[arg-type]
            .where(Reminder.id.in_(some), Reminder.sent_on.is_(None), Reminder.cancelled_at.is_(None))
            .values(cancelled_at=at)
        )


def _settle(ids: list[int], today: date) -> None:
    for some in _parts(ids):
        db.session.connection().execute(
            update(Reminder.__table__).where(Reminder.id.in_(some)).values(settled_on=today)  # type: ignore[arg-type]
        )


def _carry_over(plans: list[tuple[Terms, Plan]]) -> None:
    """Bring unsent reminders that still stand under the newest version of the terms, and to who looks after it now."""
    table = Reminder.__table__
    its_own = table.c.kind.in_(HAVE_A_POST) | table.c.follows_id.is_not(None)
    for terms, plan in plans:
        if plan.keep:
            post_id = case((its_own, table.c.post_id), else_=literal(terms.post_id, Integer))
            differs = (table.c.terms_version != terms.version) | table.c.post_id.is_distinct_from(post_id)
            db.session.connection().execute(
                update(table)  # type: ignore[arg-type]
                .where(table.c.id.in_(plan.keep), table.c.sent_on.is_(None), differs)
                .values(terms_version=terms.version, post_id=post_id)
            )


def _parts(ids: list[int]) -> Iterable[list[int]]:
    return (ids[begin : begin + AT_A_TIME] for begin in range(0, len(ids), AT_A_TIME))
