"""What was typed, as it is kept: nothing unprintable, single spaces, no more than was asked for."""

# mypy: allow-subclassing-any

import re
import unicodedata
from collections.abc import Sequence
from typing import Any

LONGEST_LINE = 250
LONGEST_TEXT = 20_000

# Direction overrides can make a name read as another one; the rest cannot be printed, and PostgreSQL or Word refuse it.
_UNPRINTABLE = re.compile(
    "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u0084\u0086-\u009f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
_UNSEEN = re.compile("[\u200b\u2060\ufeff\u00ad]")
_SPACES = re.compile(r"[\t \u00a0\u2000-\u200a\u202f\u205f\u3000]+")


def cleaned(text: str) -> str:
    """One line as it is kept: no spaces around it, single spaces inside, no invisible joiners."""
    return _SPACES.sub(" ", unicodedata.normalize("NFC", _UNSEEN.sub("", text))).strip()


def cleaned_lines(text: str) -> str:
    """Several lines as they are kept: Unix line ends, nothing trailing, no more than one empty line between."""
    text = unicodedata.normalize("NFC", _UNSEEN.sub("", text)).replace("\r\n", "\n").replace("\r", "\n")
    lines = [re.sub(r"[ \t\u00a0]+$", "", line) for line in text.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def as_text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def first_of(values: Sequence[Any]) -> str:
    return as_text(values[0]) if values else ""


def inside(name: str) -> str:
    """*Contract end date* inside a sentence; *VAT* stays as it is."""
    return name[0].lower() + name[1:] if len(name) > 1 and name[1].islower() else name


def refuse_unprintable(text: str, called: str) -> None:
    if _UNPRINTABLE.search(text):
        raise ValueError(f"{called} has a character that can’t be printed. Type it again, or paste it as plain text")


def refuse_too_long(text: str, most: int, called: str) -> None:
    if len(text) > most:
        over = len(text) - most
        raise ValueError(f"{called} must be {most:,} characters or fewer. Take out {over:,} or more")
