"""One-time codes of a phone: which half-minute a typed one belongs to, and that none is ever accepted twice."""

from __future__ import annotations

import secrets
from datetime import datetime
from hmac import compare_digest

import pyotp
from sqlalchemy.exc import IntegrityError

from procure.people.keys import hashed, own_write
from procure.people.models import SignIn

HALF_MINUTE = 30


def step_of(secret: str, typed: str, at: datetime) -> int | None:
    """The half-minute whose code was typed, this one or a neighbour; None where none fits."""
    digits = "".join(typed.split())
    if not (len(digits) == 6 and digits.isascii() and digits.isdigit()):
        return None
    this = int(at.timestamp()) // HALF_MINUTE
    codes = pyotp.TOTP(secret)
    near = (this, this - 1, this + 1)
    return next((step for step in near if compare_digest(codes.generate_otp(step), digits)), None)


def use_code(person_id: int, step: int, *, at: datetime) -> bool:
    """Use up the code of a half-minute; False where it was used before, to sign in or to sign.

    It is kept as a session that was over at once, so that one constraint watches over both uses.
    """
    try:
        with own_write() as rows:
            rows.add(
                SignIn(
                    token_hash=hashed(secrets.token_urlsafe(32)), person_id=person_id, started_at=at, seen_at=at,
                    ended_at=at, passed_code_at=at, code_step=step, browser="A signature",
                )
            )  # fmt: skip
            rows.flush()
    except IntegrityError:
        return False
    return True
