"""What a letter leads back to: its reminders, by a key kept as its hash, and whether they were answered."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime

from flask import current_app
from sqlalchemy import select, update

from procure import words
from procure.contract.models import Contract
from procure.extensions import db
from procure.mail.models import Letter
from procure.now import legal_day
from procure.reminder.models import Reminder
from procure.reminder.rules.kinds import SETTLED_BY_A_DECISION, ReminderKind


def new_key() -> str:
    """A key nobody can guess."""
    return secrets.token_urlsafe(24)


def hash_of(key: str) -> str:
    """How a letter's key is kept."""
    return hashlib.sha256(key.encode()).hexdigest()


def renew_key(letter: Letter, at: datetime) -> str:
    """A new key for a letter that is sent again; the old one stops working."""
    key = new_key()
    db.session.execute(update(Reminder).where(Reminder.letter_id == letter.id).values(key_hash=hash_of(key)))
    return key


def reminders_with(key: str) -> list[Reminder]:
    """The reminders whose letter holds this key, most urgent first; none where it was replaced."""
    if len(key) > 100:
        return []
    return list(
        db.session.scalars(
            select(Reminder)
            .where(Reminder.key_hash == hash_of(key), Reminder.key_hash.is_not(None))
            .order_by(Reminder.about_on, Reminder.send_on, Reminder.id)
        )
    )


def answer_said(reminder: Reminder) -> str:
    """What came of a reminder, in a sentence; empty while nobody has answered."""
    if reminder.snoozed_until is not None:
        return f"Put off to {words.day(reminder.snoozed_until)}."
    if reminder.acknowledged_at is not None:
        by = f" by {reminder.acknowledged_by.name}" if reminder.acknowledged_by else ""
        return f"Acknowledged{by} on {words.day(legal_day(reminder.acknowledged_at))}."
    decided = decided_said(reminder.contract) if reminder.root.kind in SETTLED_BY_A_DECISION else ""
    if decided:
        return decided
    if reminder.settled_on is not None:
        return f"Settled by what was done since, {words.day(reminder.settled_on)}."
    if reminder.escalated_on is not None:
        return f"No. It was passed on to the next post up on {words.day(reminder.escalated_on)}."
    return ""


def decided_said(contract: Contract | None) -> str:
    """What was decided about the end, with the day; empty while nothing is."""
    decided = contract.what_follows if contract else None
    return f"{decided.choice.label}: decided on {words.day(legal_day(decided.decided_at))}." if decided else ""


def answered(letter: Letter) -> str:
    """What came of a letter of reminders, in a sentence."""
    rows = list(db.session.scalars(select(Reminder).where(Reminder.letter_id == letter.id).order_by(Reminder.id)))
    if not rows:
        return "It asks for no answer."
    if len(rows) > 1:
        done = sum(bool(answer_said(one)) for one in rows)
        return f"{done} of {len(rows)} answered." if done < len(rows) else f"All {len(rows)} answered."
    (reminder,) = rows
    said = answer_said(reminder)
    if said:
        return said
    post = reminder.sent_post or reminder.post
    if post is None or post.next_up is None or reminder.answer_by_on is None:
        return "Not yet."
    return f"Not yet. After {words.day(reminder.answer_by_on)} it goes to the {post.next_up.name}."


def uid_of(of: str, kind: ReminderKind, item: str) -> str:
    """The name of an event that stays when its day moves."""
    host = current_app.config["PUBLIC_URL"].partition("://")[2].partition("/")[0].partition(":")[0]
    return f"{of}-{kind.value}-{item}".replace(" ", "-").replace(":", "-") + f"@{host}"
