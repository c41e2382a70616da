"""What a reminder's letter leads back to: its reminder, by a key kept as its hash, and whether it was answered."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime

from sqlalchemy import select

from procure import words
from procure.extensions import db
from procure.mail.models import Letter
from procure.now import legal_day
from procure.reminder.models import Reminder


def new_key() -> str:
    """A key nobody can guess."""
    return secrets.token_urlsafe(24)


def hash_of(key: str) -> str:
    """How a letter's key is kept."""
    return hashlib.sha256(key.encode()).hexdigest()


def renew_key(letter: Letter, at: datetime) -> str:
    """A new key for a letter that is sent again; the old one stops working."""
    key = new_key()
    reminder = db.session.scalars(select(Reminder).where(Reminder.letter_id == letter.id)).one()
    reminder.key_hash = hash_of(key)
    return key


def reminder_with(key: str) -> Reminder | None:
    """The reminder whose letter holds this key; None where there is none or it was replaced."""
    return db.session.scalars(select(Reminder).where(Reminder.key_hash == hash_of(key))).one_or_none()


def is_answered(reminder: Reminder) -> bool:
    """Whether a letter was acknowledged, or what follows the present end is decided: then nobody else is asked."""
    return reminder.acknowledged_at is not None or reminder.contract.what_follows is not None


def answered(letter: Letter) -> str:
    """What came of a reminder's letter, in a sentence."""
    reminder = db.session.scalars(select(Reminder).where(Reminder.letter_id == letter.id)).one_or_none()
    if reminder is None:
        return "It asks for no answer."
    if reminder.acknowledged_at is not None:
        by = f" by {reminder.acknowledged_by.name}" if reminder.acknowledged_by else ""
        return f"Acknowledged{by} on {words.day(legal_day(reminder.acknowledged_at))}."
    decided = reminder.contract.what_follows
    if decided is not None:
        return f"{decided.choice.label}: decided on {words.day(legal_day(decided.decided_at))}."
    if reminder.escalated_on is not None:
        return f"No. It was passed on to the next post up on {words.day(reminder.escalated_on)}."
    above = (reminder.sent_post or reminder.post).next_up
    if above is None or reminder.answer_by_on is None:
        return "Not yet."
    return f"Not yet. After {words.day(reminder.answer_by_on)} it goes to the {above.name}."
