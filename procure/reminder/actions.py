"""The daily round: plan what must be remembered, send what is due, pass on what nobody answered; and the answer itself.

Two rounds at once are harmless: a reminder is planned once (unique) and sent by whoever changes its row first.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import selectinload

from procure import words
from procure.audit.actions import Actor, Machine, act
from procure.contract.facts import contract_dates
from procure.contract.models import Contract
from procure.contract.rules import ContractState
from procure.extensions import db
from procure.law.calendars import planning_england
from procure.mail.actions import queue
from procure.mail.rounds import beat, own_transaction
from procure.people.models import Person, Post
from procure.refusals import Refusal
from procure.reminder.keys import hash_of, is_answered, new_key
from procure.reminder.letters import facts_for, letter_name
from procure.reminder.models import Reminder
from procure.reminder.recipients import Recipient, next_up, recipient_of
from procure.reminder.rules import (
    ReminderKind,
    ToSend,
    about_label,
    answer_by,
    dates_to_remember,
    still_stand,
)

ROUND = Machine("The daily round")


class NobodyToWriteTo(Refusal):
    """Neither the post, nor one above it, nor an administrator is held by anybody."""


class AlreadyAnswered(Refusal):
    """The letter is acknowledged already."""


class _TakenByAnother(Exception):
    """Another round was quicker. Nothing is left behind."""


@dataclass
class Done:
    """What a round did."""

    planned: int = 0
    cancelled: int = 0
    sent: int = 0
    escalated: int = 0
    problems: list[str] = field(default_factory=list)

    @property
    def is_nothing(self) -> bool:
        return not (self.planned or self.cancelled or self.sent or self.escalated or self.problems)

    @property
    def words(self) -> str:
        """ "2 reminders sent, 1 passed on"."""
        parts = [
            f"{words.plural(self.planned, 'reminder')} planned" if self.planned else "",
            f"{self.cancelled} cancelled" if self.cancelled else "",
            f"{words.plural(self.sent, 'reminder')} sent" if self.sent else "",
            f"{self.escalated} passed on to the next post up" if self.escalated else "",
            f"{len(self.problems)} could not be sent" if self.problems else "",
        ]
        return ", ".join(part for part in parts if part) or "nothing was due"


def daily_round(today: date, *, at: datetime) -> Done:
    """Plan, send and pass on. One entry in the trail, and only when there was something to do."""
    done = plan(today, at=at)
    passed_on = escalate(today, at=at)
    sent = send_due(today, at=at)
    done.escalated, done.sent, done.problems = passed_on, sent.sent, sent.problems
    if not done.is_nothing:
        with act("ran the daily round", on="reminders", by=ROUND, at=at, note=done.words):
            pass
    beat("daily round", began_at=at, ended_at=at, said=words.sentence(done.words))
    return done


# ── planning ──


def plan(today: date, *, at: datetime) -> Done:
    """Add the reminders that are missing and cancel those whose date no longer stands. What was sent stays."""
    done = Done()
    for contract_id, post_id, wanted, unwanted in _plans(today):
        with own_transaction():
            done.planned += sum(_add(contract_id, post_id, one) for one in wanted)
            done.cancelled += _cancel(unwanted, at)
    return done


def what_to_plan(today: date) -> Done:
    """What `plan` would do, done to nothing."""
    plans = _plans(today)
    return Done(planned=sum(len(plan[2]) for plan in plans), cancelled=sum(len(plan[3]) for plan in plans))


def _plans(today: date) -> list[tuple[int, int, list[ToSend], list[int]]]:
    """Contracts with something to plan or cancel: their id, their post, what is missing, what stands no longer."""
    contracts = db.session.scalars(
        select(Contract)
        .where(Contract.state != ContractState.TO_SIGN)
        .options(
            selectinload(Contract.options), selectinload(Contract.end_decisions), selectinload(Contract.followed_by)
        )
        .order_by(Contract.id)
    )
    known = _known()
    found = [
        (contract.id, contract.manager_post_id, *_plan_of(contract, known.get(contract.id, []), today))
        for contract in contracts
    ]
    return [plan for plan in found if plan[2] or plan[3]]


def _known() -> dict[int, list[Reminder]]:
    found: dict[int, list[Reminder]] = {}
    for reminder in db.session.scalars(select(Reminder)):
        found.setdefault(reminder.contract_id, []).append(reminder)
    return found


def _plan_of(contract: Contract, known: list[Reminder], today: date) -> tuple[list[ToSend], list[int]]:
    """What is missing, and the ids of what is unsent and stands no longer."""
    open_ones = [one for one in known if one.sent_on is None and one.cancelled_at is None]
    if contract.state is ContractState.ENDED:
        return [], [one.id for one in open_ones]
    dates = contract_dates(contract)
    own = [one for one in open_ones if one.kind is not ReminderKind.ESCALATION]
    stands = still_stand(((one.kind, one.about_on, one.step) for one in own), dates)
    unwanted = [one.id for one, stays in zip(own, stands, strict=True) if not stays]
    there = {(one.kind, one.about_on, one.step) for one in known if one.cancelled_at is None}
    last = max((one.due_on for one in known if one.sent_on is not None), default=date.min)
    wanted = [
        one
        for one in dates_to_remember(dates, today, planning_england())
        if one.key not in there and (one.due_on >= today or one.due_on >= last)
    ]
    return wanted, unwanted


def _add(contract_id: int, post_id: int, one: ToSend) -> bool:
    """Plan one reminder; False where another round has just planned it. A cancelled one is taken up again."""
    again = db.session.execute(
        update(Reminder)
        .where(
            Reminder.contract_id == contract_id,
            Reminder.kind == one.kind,
            Reminder.about_on == one.about_on,
            Reminder.step == one.step,
            Reminder.cancelled_at.is_not(None),
        )
        .values(cancelled_at=None, send_on=one.send_on, due_on=one.due_on, post_id=post_id)
    )
    if again.rowcount:  # type: ignore[attr-defined]
        return True
    try:
        with db.session.begin_nested():
            db.session.add(
                Reminder(
                    contract_id=contract_id,
                    post_id=post_id,
                    kind=one.kind,
                    step=one.step,
                    about_on=one.about_on,
                    due_on=one.due_on,
                    send_on=one.send_on,
                )
            )
    except IntegrityError:
        return False
    return True


def _cancel(ids: list[int], at: datetime) -> int:
    if not ids:
        return 0
    cancelled = db.session.execute(
        update(Reminder)
        .where(Reminder.id.in_(ids), Reminder.sent_on.is_(None), Reminder.cancelled_at.is_(None))
        .values(cancelled_at=at)
    )
    return int(cancelled.rowcount)  # type: ignore[attr-defined]


# ── sending ──


def due_ids(today: date) -> list[int]:
    """What is due on or before a day and not sent."""
    return list(
        db.session.scalars(
            select(Reminder.id)
            .where(Reminder.send_on <= today, Reminder.sent_on.is_(None), Reminder.cancelled_at.is_(None))
            .order_by(Reminder.send_on, Reminder.id)
        )
    )


def send_due(today: date, *, at: datetime) -> Done:
    """Send what is due, each in an act of its own: one that fails is noted, and the next goes on."""
    done = Done()
    for reminder_id in due_ids(today):
        try:
            _send(reminder_id, today, at)
        except _TakenByAnother:
            continue
        except Exception as problem:
            sentence = problem.sentence if isinstance(problem, Refusal) else f"{type(problem).__name__}: {problem}"
            with own_transaction():
                db.session.get_one(Reminder, reminder_id).problem = sentence[:500]
            done.problems.append(sentence)
        else:
            done.sent += 1
    return done


def _send(reminder_id: int, today: date, at: datetime) -> None:
    reminder = db.session.get_one(Reminder, reminder_id)
    contract, meant_for = reminder.contract, _meant_for(reminder)
    recipient = recipient_of(meant_for, today)
    if recipient is None:
        raise NobodyToWriteTo(
            f"Nobody holds the post of {meant_for.name} or one above it, and there is no administrator."
        )
    about = about_label(reminder.kind, reminder.step, reminder.about_on)
    said = f"wrote to the {recipient.post_name}: {about[0].lower()}{about[1:]}"
    with act(said, on=contract.reference, by=ROUND, at=at):
        claimed = db.session.execute(
            update(Reminder)
            .where(Reminder.id == reminder_id, Reminder.sent_on.is_(None), Reminder.cancelled_at.is_(None))
            .values(sent_on=today)
        )
        if claimed.rowcount != 1:  # type: ignore[attr-defined]
            raise _TakenByAnother
        _queue(reminder, recipient, today, at)


def _meant_for(reminder: Reminder) -> Post:
    """The post a reminder is for: of an escalation the one above, else whoever owns the contract today."""
    return reminder.post if reminder.kind is ReminderKind.ESCALATION else reminder.contract.manager_post


def _queue(reminder: Reminder, recipient: Recipient, today: date, at: datetime) -> None:
    key = new_key()
    reminder.key_hash = hash_of(key)
    reminder.post = _meant_for(reminder)
    reminder.sent_on, reminder.sent_to, reminder.sent_post = today, recipient.person, recipient.post
    reminder.answer_by_on = answer_by(today, planning_england())
    reminder.problem = f"Nobody holds the post of {recipient.vacant}." if recipient.vacant else None
    reminder.letter = queue(
        letter_name(reminder),
        to=recipient.person,
        to_post=recipient.post_name,
        facts=facts_for(reminder, recipient, key, today, reminder.answer_by_on),
        about=reminder.contract.reference,
        once=f"reminder {reminder.id}",
        secret=key,
        at=at,
    )


# ── passing on ──


def unanswered(today: date) -> list[Reminder]:
    """Letters sent whose answer is overdue, and which nobody has passed on."""
    found = db.session.scalars(
        select(Reminder)
        .join(Contract)
        .where(
            Reminder.sent_on.is_not(None),
            Reminder.acknowledged_at.is_(None),
            Reminder.escalated_on.is_(None),
            Reminder.cancelled_at.is_(None),
            Reminder.answer_by_on < today,
            Contract.state == ContractState.LIVE,
        )
        .order_by(Reminder.id)
    )
    return [reminder for reminder in found if not is_answered(reminder)]


def escalate(today: date, *, at: datetime) -> int:
    """Plan a letter to the next post up for each that nobody answered in time; it goes with the round."""
    passed_on = 0
    for reminder in unanswered(today):
        above = next_up(reminder.sent_post or reminder.post, today)
        with own_transaction():
            claimed = db.session.execute(
                update(Reminder)
                .where(Reminder.id == reminder.id, Reminder.escalated_on.is_(None), Reminder.acknowledged_at.is_(None))
                .values(escalated_on=today)
            )
            if claimed.rowcount == 1 and above is not None and above.post is not None:  # type: ignore[attr-defined]
                passed_on += 1
                db.session.add(
                    Reminder(
                        contract_id=reminder.contract_id,
                        post_id=above.post.id,
                        kind=ReminderKind.ESCALATION,
                        about_on=reminder.about_on,
                        step=reminder.id,
                        due_on=today,
                        send_on=today,
                        escalation_of_id=reminder.id,
                    )
                )
    return passed_on


# ── the answer ──


def acknowledge(reminder: Reminder, *, by: Actor, at: datetime) -> None:
    """Note that the reader has seen a letter and is on it. It also settles the letter it was passed on from."""
    with act(f"acknowledged the reminder, {_about(reminder)}", on=reminder.contract.reference, by=by, at=at):
        acknowledged = db.session.execute(
            update(Reminder)
            .where(Reminder.id == reminder.id, Reminder.acknowledged_at.is_(None), Reminder.sent_on.is_not(None))
            .values(acknowledged_at=at, acknowledged_by_id=by.id if isinstance(by, Person) else None)
        )
        if acknowledged.rowcount != 1:  # type: ignore[attr-defined]
            raise AlreadyAnswered("This letter has been acknowledged already.")
        db.session.expire(reminder)


def _about(reminder: Reminder) -> str:
    about = about_label(reminder.kind, reminder.step, reminder.about_on)
    return f"{about[0].lower()}{about[1:]}"
