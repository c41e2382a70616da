"""Queueing written letters: each of their reminders claimed and marked, in one short transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, select, update

from procure.council.law import planning_england
from procure.extensions import db
from procure.mail.actions import queue_many
from procure.mail.rounds import own_transaction
from procure.reminder.composing import DueLetter
from procure.reminder.due import in_parts
from procure.reminder.keys import hash_of
from procure.reminder.models import Reminder
from procure.reminder.rules.going import Due, answer_by


@dataclass
class Sent:
    """What sending did: reminders, in how many letters, and what could not be sent."""

    reminders: int = 0
    letters: int = 0
    problems: list[str] = field(default_factory=list)


def queue(letters: Sequence[DueLetter], today: date, at: datetime, done: Sent) -> bool:
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
    for some in in_parts(sorted(ids)):
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


def _mark(due: Due, letter: DueLetter, letter_id: int | None, today: date, until: date) -> dict[str, Any]:
    vacant = letter.to.vacant
    return {
        "its_id": due.id, "its_key_hash": hash_of(letter.key), "its_letter_id": letter_id,
        "its_sent_to_id": letter.to.person.id, "its_sent_post_id": letter.to.post.id if letter.to.post else None,
        "its_sent_on": today, "its_answer_by_on": until,
        "its_settled_on": today if due.id in letter.settled else None,
        "its_problem": f"Nobody holds the post of {vacant}." if vacant else None,
    }  # fmt: skip
