"""What this room tells the others: the reminders of a contract, sent and to come, and what waits for its owner."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import url_for
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from procure import words
from procure.contract.facts import attention_to, contract_dates
from procure.contract.models import Contract
from procure.contract.rules import Attention, ContractState
from procure.extensions import db
from procure.law.calendars import planning_england
from procure.mail.access import may_read
from procure.now import legal_day
from procure.people.access import posts_of
from procure.people.models import Person
from procure.procurement.rules import Waiting
from procure.reminder.models import Reminder
from procure.reminder.rules import ReminderKind, ToSend, about_label, dates_to_remember, moved_label

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


def table_of(contract: Contract, today: date, reader: Person) -> list[Row]:
    """Reminders sent and to come, by date: the rows there are, and what the dates of the contract still ask for."""
    rows = list(db.session.scalars(select(Reminder).where(Reminder.contract == contract).order_by(Reminder.id)))
    sent = [_sent_row(one, today, reader) for one in rows if one.sent_on is not None]
    there = {(one.kind, one.about_on, one.step) for one in rows if one.sent_on is not None}
    problems = {(one.kind, one.about_on, one.step): one.problem for one in rows if one.sent_on is None}
    if contract.state is not ContractState.LIVE:
        return sorted(sent, key=lambda row: row.on)
    planned = [
        _row_to_come(contract, one, problems.get(one.key), today)
        for one in dates_to_remember(contract_dates(contract), today, planning_england())
        if one.key not in there and (one.due_on >= today or one.key in problems)
    ]
    return sorted([*sent, *planned], key=lambda row: row.on)


def notes_on(contract: Contract, today: date) -> list[str]:
    """Why letters don't go on their day: each bank holiday by its date, weekends in one sentence."""
    england = planning_england()
    moved = [
        one.due_on
        for one in dates_to_remember(contract_dates(contract), today, england)
        if one.due_on > today and moved_label(one.due_on, one.send_on, england)
    ]
    notes = [
        f"{words.day(day)} is a bank holiday, so that letter goes on the working day before."
        for day in moved
        if day.weekday() < SATURDAY
    ]
    if any(day.weekday() >= SATURDAY for day in moved):
        notes.append("A letter due on a weekend goes on the working day before.")
    return notes


def _about(contract: Contract, kind: ReminderKind, step: int, about_on: date) -> str:
    if kind is ReminderKind.OPTION:
        for option in contract.options:
            if option.exercise_by_on == about_on:
                return f"Use option {option.number} by {words.short(about_on)}"
    return about_label(kind, step, about_on)


def _sent_row(one: Reminder, today: date, reader: Person) -> Row:
    assert one.sent_on is not None
    letter = one.letter if one.letter and may_read(reader, one.letter, today) else None
    to = one.sent_post.name if one.sent_post else one.sent_to.name if one.sent_to else one.post.name
    about = _about(one.contract, one.kind, one.step, one.about_on)
    if one.escalation_of is not None:
        silent = one.escalation_of.sent_post or one.escalation_of.post
        about = f"No answer from the {silent.name}"
    return Row(
        one.sent_on, about, to, *_answered(one, today),
        href=url_for("mail.letter", number=letter.id) if letter else None,
    )  # fmt: skip


def _answered(one: Reminder, today: date) -> tuple[str, bool]:
    if one.acknowledged_at is not None:
        return f"Sent. Acknowledged {words.day(legal_day(one.acknowledged_at))}", False
    decided = one.contract.what_follows
    if decided is not None and one.sent_on is not None:
        on = legal_day(decided.decided_at)
        return f"Sent. Decided {words.day(on)}" if on >= one.sent_on else "Sent", False
    if one.escalated_on is not None:
        return f"Sent. No answer, passed on {words.day(one.escalated_on)}", True
    by = f" Answer by {words.day(one.answer_by_on)}" if one.answer_by_on else ""
    return f"Sent.{by}", one.answer_by_on is not None and one.answer_by_on < today


def _row_to_come(contract: Contract, one: ToSend, problem: str | None, today: date) -> Row:
    about = _about(contract, one.kind, one.step, one.about_on)
    if problem:
        return Row(one.due_on, about, contract.manager_post.name, f"Can’t be sent. {problem}", is_late=True)
    state = "To come"
    moved = moved_label(one.due_on, one.send_on, planning_england())
    if moved:
        state += f". {moved}"
    elif (one.send_on - today).days <= SOON:
        state += f", {words.in_words(one.send_on, today)}"
    return Row(one.due_on, about, contract.manager_post.name, state)


def waiting_for(person: Person, today: date) -> list[Waiting]:
    """For whoever holds a contract's post: decide what follows. For the post above: letters nobody answered."""
    posts = posts_of(person, today)
    if not posts:
        return []
    own = db.session.scalars(
        select(Contract)
        .where(Contract.manager_post_id.in_(posts), Contract.state == ContractState.LIVE)
        .options(*(selectinload(part) for part in (Contract.options, Contract.end_decisions, Contract.followed_by)))
    )
    waiting = [_to_decide(contract, today) for contract in own if attention_to(contract, today) is Attention.NOBODY]
    passed_on = db.session.scalars(
        select(Reminder)
        .join(Contract)
        .where(
            Reminder.kind == ReminderKind.ESCALATION, Reminder.sent_post_id.in_(posts), Reminder.sent_on.is_not(None),
            Reminder.acknowledged_at.is_(None), Reminder.escalated_on.is_(None), Contract.state == ContractState.LIVE,
        )
    )  # fmt: skip
    return waiting + [_to_take_over(one) for one in passed_on if one.contract.what_follows is None]


def _to_decide(contract: Contract, today: date) -> Waiting:
    start_by = contract_dates(contract).start_by_on
    return Waiting(
        f"Decide what follows: {contract.title}",
        url_for("contract.decide", reference=contract.reference),
        f"{contract.title}, {contract.reference}",
        start_by,
        note=f"Ends {words.day(contract.ends_on)}",
        is_example=contract.is_example,
    )


def _to_take_over(one: Reminder) -> Waiting:
    contract = one.contract
    silent = (one.escalation_of.sent_post or one.escalation_of.post).name if one.escalation_of else "owner"
    return Waiting(
        f"Take over: no answer from the {silent}",
        url_for("contract.overview", reference=contract.reference),
        f"{contract.title}, {contract.reference}",
        one.answer_by_on,
        is_example=contract.is_example,
    )
