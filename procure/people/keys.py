"""Keys of letters and of the first visit: random, expiring, working once. Only their hashes are kept.

Such rows carry their own times and are not recorded: a write is a short transaction of its own, or joins the one
that is open.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import select, update

from procure.audit.actions import writing
from procure.extensions import db
from procure.people.models import Token
from procure.people.rules import KEY_LASTS, TokenPurpose


def hashed(token: str) -> str:
    """All that is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


@contextmanager
def own_write() -> Iterator[Any]:
    """A short write of rows that are not recorded: joins a transaction open for writing, else has its own."""
    kept = db.session()
    if writing.get():
        yield kept
        return
    kept.rollback()
    wanting = writing.set(True)
    try:
        yield kept
        kept.commit()
    except BaseException:
        kept.rollback()
        raise
    finally:
        writing.reset(wanting)


def make_key(purpose: TokenPurpose, person_id: int | None, *, at: datetime, key: str = "") -> str:
    """A new one-time key; earlier unused ones of the kind stop working. Only its hash is kept."""
    key = key or secrets.token_urlsafe(32)
    with own_write() as rows:
        rows.execute(
            update(Token)
            .where(Token.purpose == purpose, Token.person_id == person_id, Token.used_at.is_(None))
            .values(used_at=at)
        )
        rows.add(
            Token(
                token_hash=hashed(key),
                person_id=person_id,
                purpose=purpose,
                made_at=at,
                expires_at=at + KEY_LASTS[purpose],
            )
        )
    return key


def key_found(key: str, *purposes: TokenPurpose, at: datetime) -> Token | None:
    """The row of a key that still works. Looking consumes nothing."""
    wanted = select(Token).where(
        Token.token_hash == hashed(key), Token.purpose.in_(purposes), Token.used_at.is_(None), Token.expires_at > at
    )
    return db.session.scalars(wanted).one_or_none()


def use_key(token_id: int, *, at: datetime) -> bool:
    """Consume a key; False where somebody was faster."""
    with own_write() as rows:
        used = rows.execute(update(Token).where(Token.id == token_id, Token.used_at.is_(None)).values(used_at=at))
        return bool(used.rowcount == 1)
