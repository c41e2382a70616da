"""Sending what is due: found by "on or before today and not sent", written in bulk, queued once.

Letters are written before their transaction opens, so that it is short. In it the first reminder of each letter is
claimed (`FOR UPDATE SKIP LOCKED`; on SQLite the transaction itself is the claim), the others are locked, and a letter
of which another clock has taken a part is left to the next pass.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from secrets import randbelow
from typing import Any

from sqlalchemy import bindparam, exists, func, select, update
from sqlalchemy.orm import joinedload, load_only, selectinload

from procure.contract.models import Contract, EndDecision, Payment
from procure.contract.rules import WhatFollows
from procure.extensions import db
from procure.law.calendars import planning_england
from procure.mail.actions import Around, Outgoing, around_letters, queue_many, written
from procure.mail.rounds import own_transaction
from procure.people.models import Post
from procure.procurement.models import Procurement
from procure.procurement.rules import Stage
from procure.refusals import Refusal
from procure.reminder.keys import hash_of, new_key
from procure.reminder.letters import (
    SHOWN_TOGETHER,
    Silent,
    Subject,
    calendar_for,
    facts_for,
    facts_together,
    letter_name,
)
from procure.reminder.models import LetterChoice, Reminder
from procure.reminder.recipients import Recipient, Recipients, acting_for, money_post_id
from procure.reminder.rules.going import Due, Going, answer_by, going_to, next_digest_day, passed_over
from procure.reminder.rules.kinds import DIGEST_LETTER, SETTLED_BY_A_DECISION, Ahead, ReminderKind
from procure.suppliers.models import Supplier

K = ReminderKind

AT_A_TIME = 100
"""Letters written, then queued in one transaction: a clock that dies loses the work of half a second."""
READERS_AT_A_TIME = 200
PASSES = 3

NAMES_ITS_POST = frozenset({K.ESCALATION, K.AGAIN, K.DUTY, K.DELEGATION})
OF_MONEY = frozenset({K.RING_FENCE, K.GRANT})


class NobodyToWriteTo(Refusal):
    """Neither the post, nor one above it, nor an administrator is held by anybody."""


@dataclass
class Sent:
    """What sending did: reminders, in how many letters, and what could not be sent."""

    reminders: int = 0
    letters: int = 0
    problems: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Wanted:
    """A due reminder with the post it is for today."""

    due: Due
    for_post_id: int | None


@dataclass
class _Letter:
    """A letter as it is written: the reminders in it, to whom, and its key."""

    due: list[Due]
    to: Recipient
    is_weekly: bool
    key: str = field(default_factory=new_key)
    words: Outgoing | None = None
    settled: set[int] = field(default_factory=set)

    @property
    def gate(self) -> int:
        """The reminder that stands for the whole letter when two clocks want it."""
        return min(one.id for one in self.due)


_TOLD = (
    Contract.title, Contract.reference, Contract.ends_on, Contract.value_stated, Contract.value_basis,
    Contract.value_gross, Contract.supplier_id, Contract.manager_post_id,
)  # fmt: skip
"""What a letter tells of a contract; a round reads no more of it."""


# ── what is due ──


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
    return [Wanted(_due(row), for_post(row, row.manager_post_id, money)) for row in rows]


_COLUMNS = (
    Reminder.id, Reminder.of, Reminder.kind, Reminder.item, Reminder.ahead, Reminder.about_on, Reminder.due_on,
    Reminder.send_on, Reminder.said, Reminder.contract_id, Reminder.post_id, Reminder.follows_id,
)  # fmt: skip


def _due(row: Any) -> Due:
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


# ── the round ──


def send_due(today: date, *, at: datetime) -> Sent:
    """Send what is due. One that fails is noted, and the next goes on."""
    done = Sent()
    failed: set[int] = set()
    for _ in range(PASSES):
        wanted = [one for one in what_is_due(today) if one.due.id not in failed]
        if not wanted:
            break
        _pass_over([one.due for one in wanted], today, at, wanted)
        left = False
        for some in _by_reader(wanted, today):
            found, left_some = _send_some(some, today, at, done)
            failed |= found
            left |= left_some
        if not left:
            break
    return done


def _by_reader(wanted: list[Wanted], today: date) -> Iterable[list[Wanted]]:
    """What is due, for some readers at a time and each reader's whole, so that the first letters leave at once.

    Each clock begins somewhere else, so that several seldom write the same letters.
    """
    acting = acting_for(sorted({one.for_post_id for one in wanted if one.for_post_id is not None}), today)
    theirs: dict[int, list[Wanted]] = defaultdict(list)
    for one in wanted:
        theirs[acting.get(one.for_post_id or 0, 0)].append(one)
    readers = list(theirs)
    begin = randbelow(len(readers)) if len(readers) > READERS_AT_A_TIME else 0
    readers = readers[begin:] + readers[:begin]
    for place in range(0, len(readers), READERS_AT_A_TIME):
        yield [one for reader in readers[place : place + READERS_AT_A_TIME] for one in theirs[reader]]


def _send_some(wanted: list[Wanted], today: date, at: datetime, done: Sent) -> tuple[set[int], bool]:
    """Write and queue the letters of some readers. What failed, and whether another clock had some of it."""
    recipients = Recipients((one.for_post_id, today) for one in wanted)
    letters, put_off, nobody = _letters_for(wanted, recipients, today)
    _put_off(put_off, today)
    failed, left = _note_problems(nobody, done), False
    while some := list(islice(letters, AT_A_TIME)):
        failed |= _note_problems(_write(some, recipients, today, at), done)
        left |= _queue([one for one in some if one.words is not None], today, at, done)
    return failed, left


def _pass_over(due: list[Due], today: date, at: datetime, wanted: list[Wanted]) -> None:
    """Of several missed about one contract only the latest goes; the others are marked so, and never planned again."""
    older = passed_over(due, today)
    if older:
        with own_transaction():
            table = Reminder.__table__
            for some in _parts(sorted(older)):
                db.session.connection().execute(
                    update(table)  # type: ignore[arg-type]
                    .where(table.c.id.in_(some), table.c.sent_on.is_(None), table.c.cancelled_at.is_(None))
                    .values(cancelled_at=at, passed_over=True)
                )
        wanted[:] = [one for one in wanted if one.due.id not in older]


def _letters_for(
    wanted: list[Wanted], recipients: Recipients, today: date
) -> tuple[Iterable[_Letter], list[int], dict[int, str]]:
    """Sort what is due by person, and into letters. With what waits for a weekly letter, and what has no reader."""
    england = planning_england()
    by_person: dict[int, list[tuple[Due, Recipient]]] = defaultdict(list)
    nobody: dict[int, str] = {}
    for one in wanted:
        to = recipients.of(one.for_post_id, today)
        if to is None:
            nobody[one.due.id] = _nobody(one)
        else:
            by_person[to.person.id].append((one.due, to))
    weekly = set(db.session.scalars(select(LetterChoice.person_id).where(LetterChoice.weekly)))
    letters: list[_Letter] = []
    put_off: list[int] = []
    for person_id, theirs in by_person.items():
        to_of = {due.id: to for due, to in theirs}
        going = going_to([due for due, _ in theirs], weekly=person_id in weekly, today=today, england=england)
        letters += _of_person(going, to_of, is_weekly=person_id in weekly)
        put_off += [due.id for due in going.put_off]
    letters.sort(key=lambda one: one.gate)
    return iter(letters), put_off, nobody


def _of_person(going: Going, to_of: dict[int, Recipient], *, is_weekly: bool) -> list[_Letter]:
    alone = [_Letter([due], to_of[due.id], is_weekly=False) for due in going.alone]
    if not going.together:
        return alone
    return [*alone, _Letter(going.together, to_of[going.together[0].id], is_weekly)]


def _nobody(one: Wanted) -> str:
    if one.for_post_id is None:
        return "Nobody looks after this, and there is no administrator."
    name = db.session.scalar(select(Post.name).where(Post.id == one.for_post_id))
    return f"Nobody holds the post of {name} or one above it, and there is no administrator."


def _put_off(ids: list[int], today: date) -> None:
    """Let what waits for a weekly letter be due on its day."""
    if ids:
        day = next_digest_day(today, planning_england())
        with own_transaction():
            table = Reminder.__table__
            for some in _parts(ids):
                db.session.connection().execute(
                    update(table)  # type: ignore[arg-type]
                    .where(table.c.id.in_(some), table.c.sent_on.is_(None))
                    .values(send_on=day)
                )


def _note_problems(problems: dict[int, str], done: Sent) -> set[int]:
    if problems:
        done.problems += problems.values()
        with own_transaction():
            table = Reminder.__table__
            db.session.connection().execute(
                update(table).where(table.c.id == bindparam("its_id")).values(problem=bindparam("its_problem")),  # type: ignore[arg-type]
                [{"its_id": id_, "its_problem": said[:500]} for id_, said in problems.items()],
            )
    return set(problems)


# ── writing ──


def _write(letters: Sequence[_Letter], recipients: Recipients, today: date, at: datetime) -> dict[int, str]:
    """Write the words of letters, with no transaction open for writing. What failed, by reminder."""
    told = [due for letter in letters for due in letter.due[:SHOWN_TOGETHER]]
    subjects, decided = subjects_of(told, today), _decided(letters)
    around, until = around_letters(), answer_by(today, planning_england())
    problems: dict[int, str] = {}
    for letter in letters:
        try:
            letter.settled = {
                due.id for due in letter.due if due.contract_id in decided and _asks_to_decide(due, subjects)
            }
            shown = [subjects[due.id] for due in letter.due[:SHOWN_TOGETHER]]
            _word(letter, shown, recipients, around, today, until, at)
        except Exception as problem:
            sentence = problem.sentence if isinstance(problem, Refusal) else f"{type(problem).__name__}: {problem}"
            problems |= {due.id: sentence for due in letter.due}
    return problems


def _asks_to_decide(due: Due, subjects: dict[int, Subject]) -> bool:
    """Whether a decision about the end answers it; of what asks again, whether it answers what was asked first."""
    kind = subjects[due.id].root.kind if due.id in subjects else due.kind
    return kind in SETTLED_BY_A_DECISION


def _word(
    letter: _Letter, subjects: list[Subject], recipients: Recipients, around: Around, today: date, until: date,
    at: datetime,
) -> None:  # fmt: skip
    first, to = subjects[0], letter.to
    if len(letter.due) == 1:
        name, about = letter_name(first), first.reference
        above = recipients.above(to.post.id, today) if to.post else None
        facts = facts_for(first, to, above, letter.key, today, until)
    else:
        name, about = DIGEST_LETTER, ""
        facts = facts_together(subjects, len(letter.due), to, letter.key, today, until, weekly=letter.is_weekly)
    letter.words = written(
        name, around=around, to=to.person, to_post=to.post_name, facts=facts, about=about,
        once=f"reminder {letter.gate}", secret=letter.key, calendar=calendar_for(subjects, at),
    )  # fmt: skip


def _decided(letters: Sequence[_Letter]) -> set[int]:
    """Contracts of these letters about whose present end somebody has decided, so that no answer is waited for."""
    ids = sorted({due.contract_id for letter in letters for due in letter.due if due.contract_id is not None})
    fell = exists().where(Procurement.ending_contract_id == Contract.id, Procurement.stage == Stage.ABANDONED)
    found: set[int] = set()
    for some in _parts(ids):
        found |= set(
            db.session.scalars(
                select(EndDecision.contract_id)
                .join(Contract, Contract.id == EndDecision.contract_id)
                .where(
                    EndDecision.contract_id.in_(some), EndDecision.about_end_on == Contract.ends_on,
                    (EndDecision.choice != WhatFollows.BUY_AGAIN) | ~fell,
                )
            )
        )  # fmt: skip
    return found


def subjects_of(due: Sequence[Due], today: date) -> dict[int, Subject]:
    """What each reminder tells of: the contract with what was paid, and of an escalation the silent post."""
    lines = _lines_of(due)
    ids = sorted({one.contract_id for one in due if one.contract_id is not None})
    contracts: dict[int, Contract] = {}
    paid: dict[int, Decimal] = {}
    for some in _parts(ids):
        rows = db.session.scalars(
            select(Contract)
            .where(Contract.id.in_(some))
            .options(
                load_only(*_TOLD), joinedload(Contract.supplier).load_only(Supplier.name),
                selectinload(Contract.options), selectinload(Contract.end_decisions),
                selectinload(Contract.followed_by),
            )
        )  # fmt: skip
        contracts |= {contract.id: contract for contract in rows}
        sums = db.session.execute(
            select(Payment.contract_id, func.sum(Payment.amount_gross))
            .where(Payment.contract_id.in_(some), Payment.paid_on <= today)
            .group_by(Payment.contract_id)
        )
        paid |= {contract_id: Decimal(total) for contract_id, total in sums}
    return {
        one.id: Subject(
            one, lines[one.id][0], contracts.get(one.contract_id or 0), paid.get(one.contract_id or 0, Decimal(0)),
            lines[one.id][1],
        )
        for one in due
    }  # fmt: skip


def _lines_of(due: Sequence[Due]) -> dict[int, tuple[Due, Silent | None]]:
    """For each reminder the first of its line and, of an escalation, the letter that nobody answered."""
    earlier: dict[int, Reminder] = {}
    wanted = {one.follows_id for one in due if one.follows_id is not None}
    while wanted:
        rows = db.session.scalars(
            select(Reminder)
            .where(Reminder.id.in_(wanted))
            .options(joinedload(Reminder.sent_post), joinedload(Reminder.post))
        )
        found = {row.id: row for row in rows}
        earlier |= found
        wanted = {row.follows_id for row in found.values() if row.follows_id is not None} - set(earlier)
    lines: dict[int, tuple[Due, Silent | None]] = {}
    for one in due:
        root, silent = one, None
        if one.follows_id in earlier:
            before = earlier[one.follows_id]
            if one.kind is K.ESCALATION:
                post = before.sent_post or before.post
                silent = Silent(post.name if post else "administrator", before.sent_on, before.answer_by_on)
            while before.follows_id in earlier:
                before = earlier[before.follows_id]
            root = _due(before)
        lines[one.id] = (root, silent)
    return lines


# ── queueing ──


def _queue(letters: Sequence[_Letter], today: date, at: datetime, done: Sent) -> bool:
    """Queue written letters, and mark their reminders, in one short transaction. True where another clock has some."""
    if not letters:
        return False
    until, left = answer_by(today, planning_england()), False
    with own_transaction():
        ours = _claimed([letter.gate for letter in letters], skip_locked=True)
        mine = [letter for letter in letters if letter.gate in ours]
        left = len(mine) < len(letters)
        rest = [due.id for letter in mine for due in letter.due if due.id not in ours]
        ours |= _claimed(rest, skip_locked=False)
        whole = [letter for letter in mine if all(due.id in ours for due in letter.due)]
        left |= len(whole) < len(mine)
        ids = queue_many([letter.words for letter in whole if letter.words is not None], at=at)
        marks = [
            _mark(due, letter, ids.get(f"reminder {letter.gate}"), today, until)
            for letter in whole
            for due in letter.due
        ]
        if marks:
            db.session.connection().execute(_MARK, marks)
    done.reminders += len(marks)
    done.letters += len(whole)
    return left


def _claimed(ids: list[int], *, skip_locked: bool) -> set[int]:
    """Those of these reminders that nobody has sent or cancelled, locked until the end of the transaction."""
    found: set[int] = set()
    for some in _parts(sorted(ids)):
        found |= set(
            db.session.scalars(
                select(Reminder.id)
                .where(Reminder.id.in_(some), Reminder.sent_on.is_(None), Reminder.cancelled_at.is_(None))
                .order_by(Reminder.id)
                .with_for_update(skip_locked=skip_locked)
            )
        )
    return found


_TABLE = Reminder.__table__
_MARK = (
    update(_TABLE)  # type: ignore[arg-type]
    .where(_TABLE.c.id == bindparam("its_id"))
    .values(
        {
            name: bindparam(f"its_{name}")
            for name in ("key_hash", "letter_id", "sent_to_id", "sent_post_id", "sent_on", "answer_by_on",
                         "settled_on", "problem")
        }
    )
)  # fmt: skip


def _mark(due: Due, letter: _Letter, letter_id: int | None, today: date, until: date) -> dict[str, Any]:
    vacant = letter.to.vacant
    return {
        "its_id": due.id, "its_key_hash": hash_of(letter.key), "its_letter_id": letter_id,
        "its_sent_to_id": letter.to.person.id, "its_sent_post_id": letter.to.post.id if letter.to.post else None,
        "its_sent_on": today, "its_answer_by_on": until,
        "its_settled_on": today if due.id in letter.settled else None,
        "its_problem": f"Nobody holds the post of {vacant}." if vacant else None,
    }  # fmt: skip


def _parts(ids: Sequence[int]) -> Iterable[Sequence[int]]:
    return (ids[begin : begin + AT_A_TIME] for begin in range(0, len(ids), AT_A_TIME))
