"""What this room tells the others: the reminders of a contract, sent and to come, and what waits for its owner."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import url_for
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from procure import words
from procure.contract.facts import attention_to, plan_back_from
from procure.contract.models import Contract
from procure.contract.rules import NO_OWNER, Attention, ContractState
from procure.council.law import planning_england
from procure.extensions import db
from procure.law.working_days import is_working_day
from procure.mail.access import may_read
from procure.people.access import posts_of
from procure.people.models import Person
from procure.procurement.rules import Waiting
from procure.reminder.gathering import CONTRACT, name_of
from procure.reminder.keys import answer_said
from procure.reminder.models import Reminder
from procure.reminder.rules.going import moved_label
from procure.reminder.rules.kinds import FOLLOWING, ReminderKind, about_label

SATURDAY = 5

SOON = 13
"""Days within which a letter to come says in how many days."""


@dataclass(frozen=True)
class Row:
    """One line of the list of reminders."""

    on: date
    about: str
    to: str
    state: str
    is_late: bool = False
    href: str | None = None


def reminders_of(contract: Contract) -> list[Reminder]:
    """Every reminder about a contract that was sent, is to come, or was missed; those whose day fell away are left."""
    rows = db.session.scalars(
        select(Reminder)
        .where(
            Reminder.of == name_of(CONTRACT, contract.id),
            Reminder.cancelled_at.is_(None) | Reminder.passed_over.is_(True),
        )
        .options(
            joinedload(Reminder.post), joinedload(Reminder.sent_post), joinedload(Reminder.sent_to),
            joinedload(Reminder.letter), joinedload(Reminder.follows),
        )
        .order_by(Reminder.send_on, Reminder.id)
    )  # fmt: skip
    return list(rows)


def table_of(contract: Contract, today: date, reader: Person) -> list[Row]:
    """Reminders sent and to come, by date."""
    rows = [_row(contract, one, today, reader) for one in reminders_of(contract)]
    return sorted(rows, key=lambda row: row.on)


SHOWN_BEFORE, SHOWN_AFTER = 2, 8
"""Of the reminders of a contract, its overview shows the last few and the next ones."""


def nearest(rows: Sequence[Row], today: date) -> list[Row]:
    """The reminders around a day: the last that came, and the next to come."""
    past = [row for row in rows if row.on < today]
    return [*past[-SHOWN_BEFORE:], *[row for row in rows if row.on >= today][:SHOWN_AFTER]]


def _row(contract: Contract, one: Reminder, today: date, reader: Person) -> Row:
    if one.sent_on is not None:
        return _sent_row(one, today, reader)
    to = one.post.name if one.kind in FOLLOWING and one.post else contract.owner_name
    if one.passed_over:
        return Row(one.due_on, about(one), to, "Missed while the clock stood still. A later one went instead")
    if one.problem:
        return Row(one.due_on, about(one), to, f"Can’t be sent. {one.problem}", is_late=True)
    return Row(one.due_on, about(one), to, _to_come(one, today))


def about(one: Reminder) -> str:
    """What a reminder is about, as lists say it."""
    if one.kind is ReminderKind.ESCALATION and one.follows is not None:
        silent = one.follows.sent_post or one.follows.post
        return f"No answer from the {silent.name if silent else 'administrator'}"
    root = one.root
    said = about_label(root.kind, root.how_far, root.about_on, root.said)
    return f"{said} (asked again)" if one.kind is ReminderKind.AGAIN else said


def _to_come(one: Reminder, today: date) -> str:
    state, moved = "To come", moved_label(one.due_on, one.send_on, planning_england())
    if one.send_on <= today:
        return f"{state}, with the next round"
    if moved:
        return f"{state}. {moved}"
    if one.due_on < today:
        return f"{state}. Goes on {words.day(one.send_on)}"
    if (one.send_on - today).days <= SOON:
        return f"{state}, {words.in_words(one.send_on, today)}"
    return state


def _sent_row(one: Reminder, today: date, reader: Person) -> Row:
    assert one.sent_on is not None
    letter = one.letter if one.letter and may_read(reader, one.letter, today) else None
    to = one.sent_post.name if one.sent_post else one.sent_to.name if one.sent_to else NO_OWNER
    return Row(
        one.sent_on, about(one), to, *_answered(one, today),
        href=url_for("mail.letter", number=letter.id) if letter else None,
    )  # fmt: skip


def _answered(one: Reminder, today: date) -> tuple[str, bool]:
    if one.escalated_on is not None and one.acknowledged_at is None and one.settled_on is None:
        return f"Sent. No answer, passed on {words.day(one.escalated_on)}", True
    said = answer_said(one)
    if said:
        return f"Sent. {said}".rstrip("."), False
    by = f" Answer by {words.day(one.answer_by_on)}" if one.answer_by_on else ""
    return f"Sent.{by}", one.answer_by_on is not None and one.answer_by_on < today


def notes_on(contract: Contract, today: date) -> list[str]:
    """Why letters don't go on their day: each bank holiday by its date, weekends in one sentence."""
    england = planning_england()
    rows = db.session.scalars(
        select(Reminder.due_on)
        .where(
            Reminder.of == name_of(CONTRACT, contract.id), Reminder.sent_on.is_(None), Reminder.cancelled_at.is_(None),
            Reminder.due_on > today, Reminder.send_on < Reminder.due_on,
        )
        .distinct()
        .order_by(Reminder.due_on)
    )  # fmt: skip
    moved = [day for day in rows if england.covers(day) and not is_working_day(day, england)]
    notes = [
        f"{words.day(day)} is a bank holiday, so that letter goes on the working day before."
        for day in moved
        if day.weekday() < SATURDAY
    ]
    if any(day.weekday() >= SATURDAY for day in moved):
        notes.append("A letter due on a weekend goes on the working day before.")
    return notes


# ── what waits ──


def waiting_for(person: Person, today: date) -> list[Waiting]:
    """For whoever holds a contract's post: decide what follows. For the post above: letters nobody answered."""
    posts = posts_of(person, today)
    if not posts:
        return []
    own = db.session.scalars(
        select(Contract)
        .where(Contract.manager_post_id.in_(posts), Contract.state == ContractState.LIVE, Contract.ends_on.is_not(None))
        .options(*(selectinload(part) for part in (Contract.options, Contract.end_decisions, Contract.followed_by)))
    )
    waiting = [_to_decide(contract) for contract in own if attention_to(contract, today) is Attention.NOBODY]
    passed_on: Sequence[Reminder] = db.session.scalars(
        select(Reminder)
        .join(Contract)
        .where(
            Reminder.kind == ReminderKind.ESCALATION, Reminder.sent_post_id.in_(posts), Reminder.sent_on.is_not(None),
            Reminder.acknowledged_at.is_(None), Reminder.settled_on.is_(None), Reminder.escalated_on.is_(None),
            Reminder.cancelled_at.is_(None), Contract.state == ContractState.LIVE,
        )
    ).all()  # fmt: skip
    return waiting + [_to_take_over(one) for one in passed_on]


def _to_decide(contract: Contract) -> Waiting:
    assert contract.ends_on is not None
    return Waiting(
        f"Decide what follows: {contract.title}",
        url_for("contract.decide", reference=contract.reference),
        f"{contract.title}, {contract.reference}",
        plan_back_from(contract.ends_on).start_by,
        note=f"Ends {words.day(contract.ends_on)}",
        is_example=contract.is_example,
    )


def _to_take_over(one: Reminder) -> Waiting:
    contract = one.contract
    assert contract is not None
    return Waiting(
        f"Take over: {words.within(about(one))}",
        url_for("contract.overview", reference=contract.reference),
        f"{contract.title}, {contract.reference}",
        one.answer_by_on,
        is_example=contract.is_example,
    )
