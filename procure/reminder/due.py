"""What is due: found by "on or before today and not sent", with the post each reminder is for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from procure.contract.models import Contract
from procure.extensions import db
from procure.reminder.models import Reminder
from procure.reminder.recipients import money_post_id
from procure.reminder.rules.going import Due
from procure.reminder.rules.kinds import Ahead, ReminderKind

K = ReminderKind

AT_A_TIME = 100
"""Rows asked for by one statement; letters written, then queued in one transaction: a clock that dies loses the work of
half a second."""

NAMES_ITS_POST = frozenset({K.ESCALATION, K.AGAIN, K.DUTY, K.DELEGATION})
OF_MONEY = frozenset({K.RING_FENCE, K.GRANT})


@dataclass(frozen=True)
class Wanted:
    """A due reminder with the post it is for today."""

    due: Due
    for_post_id: int | None


def is_due(today: date) -> tuple[Any, ...]:
    """What is due on or before a day and not done."""
    return Reminder.send_on <= today, Reminder.sent_on.is_(None), Reminder.cancelled_at.is_(None)


def due_ids(today: date) -> list[int]:
    """What is due on or before a day and not sent, earliest first."""
    return list(db.session.scalars(select(Reminder.id).where(*is_due(today)).order_by(Reminder.send_on, Reminder.id)))


def what_is_due(today: date) -> list[Wanted]:
    """The same with what each is about and the post it is for today: whoever owns the contract now."""
    rows = db.session.execute(
        select(*_COLUMNS, Contract.manager_post_id)
        .outerjoin(Contract, Contract.id == Reminder.contract_id)
        .where(*is_due(today))
        .order_by(Reminder.send_on, Reminder.id)
    ).all()
    money = money_post_id() if any(row.kind in OF_MONEY for row in rows) else None
    return [Wanted(due_of(row), for_post(row, row.manager_post_id, money)) for row in rows]


_COLUMNS = (
    Reminder.id, Reminder.of, Reminder.kind, Reminder.item, Reminder.ahead, Reminder.about_on, Reminder.due_on,
    Reminder.send_on, Reminder.said, Reminder.contract_id, Reminder.post_id, Reminder.follows_id,
)  # fmt: skip


def due_of(row: Any) -> Due:
    """A row of reminders as the rules see it."""
    return Due(
        row.id, row.of, row.kind, row.item, Ahead.of(row.ahead), row.about_on, row.due_on, row.send_on, row.said,
        row.contract_id, row.post_id, row.follows_id,
    )  # fmt: skip


def for_post(row: Any, owner_post_id: int | None, money_post: int | None) -> int | None:
    """The post a reminder is for: the one it names, the one that keeps the money, else whoever owns the contract."""
    if row.kind in OF_MONEY:
        return money_post
    if row.kind in NAMES_ITS_POST and row.post_id is not None:
        return int(row.post_id)
    return owner_post_id


def in_parts(ids: Sequence[int]) -> Iterable[Sequence[int]]:
    """So many at a time as a statement may ask for."""
    return (ids[begin : begin + AT_A_TIME] for begin in range(0, len(ids), AT_A_TIME))
