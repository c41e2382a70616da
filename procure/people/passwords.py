"""How a password is kept and compared: argon2, and the same time for an address nobody has."""

from __future__ import annotations

import secrets
import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_NOBODY = _HASHER.hash(secrets.token_urlsafe(16))


def kept(password: str) -> str:
    """What is stored of a password."""
    return _HASHER.hash(_same(password))


def matches(password: str, stored: str | None) -> bool:
    """Whether a password is the stored one. Takes as long where nothing is stored, and says no."""
    try:
        return _HASHER.verify(stored or _NOBODY, _same(password)) and stored is not None
    except (VerificationError, InvalidHashError):
        return False


def _same(password: str) -> str:
    """One form for letters that keyboards compose differently."""
    return unicodedata.normalize("NFKC", password)
