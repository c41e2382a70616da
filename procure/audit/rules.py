"""How a chain of entries is built and checked: canonical words, salted digests, hashes."""

from __future__ import annotations

import enum
import hashlib
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import orjson

SHOWN_NOWHERE = frozenset({"bids under seal"})
"""Chains whose entries no page shows: what is done there is told in the file's own chain when it may be known."""

FIRST = "0" * 64
"""What the first entry of a file follows."""


def plain(value: Any) -> Any:
    """A value as it stands in the trail: money with two decimals, days and moments in ISO, choices by their word."""
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, ".2f")
    if isinstance(value, bytes):
        return value.hex()
    return value


_HOW = orjson.OPT_SORT_KEYS | orjson.OPT_PASSTHROUGH_DATETIME


def canonical(values: Mapping[str, Any]) -> str:
    """One text for one set of values, whatever their order: JSON without spaces, its keys sorted."""
    return orjson.dumps(values, default=plain, option=_HOW).decode()


def digest(salt: str, payload: str) -> str:
    """Digest of a payload. The salt keeps a short payload from being guessed after its disposal."""
    return hashlib.sha256(f"{salt}\n{payload}".encode()).hexdigest()


def chain_hash(previous: str, sealed: Mapping[str, Any]) -> str:
    """Hash of an entry: of the one before it and of everything the entry says."""
    return hashlib.sha256(f"{previous}\n{canonical(sealed)}".encode()).hexdigest()
