"""Words as they are compared in a search: neither case nor accents count."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

MARKS = range(0x0300, 0x0370)
"""Accents that stand by themselves once a letter is taken apart."""

ALIKE = str.maketrans("ØøŁłĐđÐð‘’ʼ′“”‐‑‒–—−", "OoLlDdDd''''\"\"------")
"""Letters that can't be taken apart, and the typesetter's quotes and dashes, as a keyboard has them."""

IN_TWO = {"ß": "ss", "ẞ": "ss", "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe", "þ": "th", "Þ": "th"}
"""Letters that are written as two."""

_ONE_BY_ONE = dict.fromkeys(MARKS) | ALIKE | str.maketrans(IN_TWO)


_RARE = re.compile(r"[^\x00-\x7f]+")


def folded(text: str | None) -> str:
    """A text in small letters without accents: *Crèche – Dún’s* is *creche - dun's*."""
    if text is None:
        return ""
    return (text if text.isascii() else _RARE.sub(_plain, text)).lower()


def _plain(rare: re.Match[str]) -> str:
    return _as_plain(rare[0])


@lru_cache(maxsize=4096)
def _as_plain(letters: str) -> str:
    return unicodedata.normalize("NFKD", letters).translate(_ONE_BY_ONE)
