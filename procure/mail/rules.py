"""When a letter that could not be sent is tried again, and what of a letter may be shown."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from procure.choices import Labelled

CLAIMED_FOR = timedelta(minutes=10)
"""After so long a claim counts for nothing: whoever made it has died."""

WAITS = (
    timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=15), timedelta(hours=1),
    timedelta(hours=4), timedelta(hours=4), timedelta(hours=4),
)  # fmt: skip
"""How long after each failed try the next one is made. The eighth failure is the last."""

SERVER_WAITS = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=15))
"""How long a letter waits after the server itself could not be reached. That is never the letter's fault: it is tried
for as long as it takes."""

LONGEST_SILENCE = timedelta(hours=26)
"""A daily round that has not ended well for so long is missed: a day, and the two hours it may be late."""

LONGEST_WAIT = timedelta(hours=2)
"""A letter that nobody has even tried to send for so long shows that the post stands still."""

KEY_TAKEN_OUT = "(key-taken-out)"
"""Stands in a sent letter where the key of its link was."""

UNDER_SEAL = "(under seal)"
"""Stands in a sent letter that was under seal where its reader and its words were."""

_LONG_KEY = re.compile(r"(https?://[^\s\"<>]*?/)[A-Za-z0-9_-]{20,}")


class LetterState(Labelled):
    WAITING = "waiting", "Waiting to be sent"
    SENT = "sent", "Sent"
    FAILED = "failed", "Could not be sent"
    SET_ASIDE = "set_aside", "Set aside"


def next_try(at: datetime, tries: int) -> datetime | None:
    """When to try again after so many failures; None when enough has been tried."""
    return at + WAITS[tries - 1] if tries <= len(WAITS) else None


def server_asked_again(at: datetime, tries: int) -> datetime:
    """When a letter is tried again that found no server."""
    return at + SERVER_WAITS[min(max(tries, 1), len(SERVER_WAITS)) - 1]


def shown(words: str, secret: str | None) -> str:
    """The words of a letter for a page: whatever opens something by itself is replaced by an ellipsis."""
    if secret:
        words = words.replace(secret, "…")
    return _LONG_KEY.sub(r"\1…", words.replace(KEY_TAKEN_OUT, "…"))
