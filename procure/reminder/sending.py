"""Sending what is due: found by "on or before today and not sent", written in bulk, queued once.

Letters are written before their transaction opens, so that it is short. In it the first reminder of each letter is
claimed (`FOR UPDATE SKIP LOCKED`; on SQLite the transaction itself is the claim), the others are locked, and a letter
of which another clock has taken a part is left to the next pass.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from itertools import islice
from secrets import randbelow

from sqlalchemy import bindparam, select, update

from procure.council.law import planning_england
from procure.extensions import db
from procure.mail.rounds import own_transaction
from procure.people.models import Post
from procure.reminder.composing import DueLetter, write
from procure.reminder.due import AT_A_TIME, Wanted, in_parts, what_is_due
from procure.reminder.models import LetterChoice, Reminder
from procure.reminder.queueing import Sent, queue
from procure.reminder.recipients import Recipient, Recipients, acting_for
from procure.reminder.rules.going import Due, Going, going_to, next_digest_day, passed_over

READERS_AT_A_TIME = 200
PASSES = 3


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
        failed |= _note_problems(write(some, recipients, today, at), done)
        left |= queue([one for one in some if one.words is not None], today, at, done)
    return failed, left


def _pass_over(due: list[Due], today: date, at: datetime, wanted: list[Wanted]) -> None:
    """Of several missed about one contract only the latest goes; the others are marked so, and never planned again."""
    older = passed_over(due, today)
    if older:
        with own_transaction():
            table = Reminder.__table__
            for some in in_parts(sorted(older)):
                db.session.connection().execute(
                    update(table)  # type: ignore[arg-type]
                    .where(table.c.id.in_(some), table.c.sent_on.is_(None), table.c.cancelled_at.is_(None))
                    .values(cancelled_at=at, passed_over=True)
                )
        wanted[:] = [one for one in wanted if one.due.id not in older]


def _letters_for(
    wanted: list[Wanted], recipients: Recipients, today: date
) -> tuple[Iterable[DueLetter], list[int], dict[int, str]]:
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
    letters: list[DueLetter] = []
    put_off: list[int] = []
    for person_id, theirs in by_person.items():
        to_of = {due.id: to for due, to in theirs}
        going = going_to([due for due, _ in theirs], weekly=person_id in weekly, today=today, england=england)
        letters += _of_person(going, to_of, is_weekly=person_id in weekly)
        put_off += [due.id for due in going.put_off]
    letters.sort(key=lambda one: one.gate)
    return iter(letters), put_off, nobody


def _of_person(going: Going, to_of: dict[int, Recipient], *, is_weekly: bool) -> list[DueLetter]:
    alone = [DueLetter([due], to_of[due.id], is_weekly=False) for due in going.alone]
    return [*alone, *(DueLetter(several, to_of[several[0].id], is_weekly) for several in going.together)]


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
            for some in in_parts(ids):
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
