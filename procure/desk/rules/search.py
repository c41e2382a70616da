"""What somebody typed into Search, and how it is shown again: pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from procure import words
from procure.folding import folded

LONGEST = 200
"""Characters of one search; more is no search but a text."""

MOST_WORDS = 12
"""Words of one search: each is looked for by itself."""

AROUND = 70
"""Characters shown before and after the first word found in a long text."""

COUNTED_TO = 1000


@dataclass(frozen=True)
class Query:
    """What is looked for. `words` are folded; every one has to be found, in any order, also inside longer words."""

    typed: str
    words: tuple[str, ...]
    refusal: str = ""

    @property
    def is_empty(self) -> bool:
        return not self.words and not self.refusal

    @property
    def compact(self) -> str:
        """As a reference is compared: PRO-2027-014 may be typed *pro 2027 014*."""
        return compacted(self.typed)


def compacted(reference: str) -> str:
    """A reference without its dashes and spaces, in small letters."""
    return "".join(letter for letter in folded(reference) if letter.isalnum())


def query_of(typed: str) -> Query:
    """What somebody typed, word by word; with a sentence for them where it can't be looked for."""
    kept = " ".join("".join(_readable(letter) for letter in typed).split())
    if len(kept) > LONGEST:
        return Query(kept, (), f"Your search has {len(kept):,} characters. Use {LONGEST} or fewer.")
    found = tuple(dict.fromkeys(word for word in folded(kept).split() if word))
    if len(found) > MOST_WORDS:
        return Query(kept, (), f"Your search has {len(found)} words. Use {MOST_WORDS} or fewer.")
    return Query(kept, found)


def _readable(letter: str) -> str:
    """The letter; a space for what controls a screen or is half a character, nothing for what can't be seen."""
    kind = unicodedata.category(letter)
    return "" if kind == "Cf" else " " if kind in ("Cc", "Cs") else letter


# ── showing what was found ──

Pieces = list[tuple[str, bool]]
"""A text cut where a word that was looked for begins and ends: (piece, whether it is such a word)."""


def marked(text: str, looked_for: Iterable[str]) -> Pieces:
    """The text in pieces, every word that was looked for in a piece of its own."""
    flat, places = _flattened(text)
    is_marked = [False] * len(text)
    for word in looked_for:
        at = flat.find(word)
        while at >= 0:
            for place in places[at : at + len(word)]:
                is_marked[place] = True
            at = flat.find(word, at + 1)
    pieces: Pieces = []
    for letter, found in zip(text, is_marked, strict=True):
        if pieces and (pieces[-1][1] is found or unicodedata.combining(letter)):
            pieces[-1] = (pieces[-1][0] + letter, pieces[-1][1])
        else:
            pieces.append((letter, found))
    return pieces


def _flattened(text: str) -> tuple[str, list[int]]:
    """The folded text, and for each of its characters the place in the text it comes from."""
    parts, places = [], []
    for place, letter in enumerate(text):
        part = folded(letter)
        parts.append(part)
        places += [place] * len(part)
    return "".join(parts), places


def has_all(text: str, looked_for: Iterable[str]) -> bool:
    """Whether every word is in the text."""
    flat = folded(text)
    return all(word in flat for word in looked_for)


def excerpt(text: str, looked_for: Iterable[str]) -> str:
    """The part of a long text around the first word that was looked for; empty where none is in it."""
    text = " ".join(text.split())
    flat, places = _flattened(text)
    found = sorted((at, len(word)) for word in looked_for if (at := flat.find(word)) >= 0)
    if not found:
        return ""
    first, length = found[0]
    begins, ends = max(0, places[first] - AROUND), min(len(text), places[first] + length + AROUND)
    if begins:
        begins = text.find(" ", begins, places[first]) + 1 or begins
    if ends < len(text):
        ends = max(text.rfind(" ", places[first] + length, ends), 0) or ends
    return ("…\u00a0" if begins else "") + text[begins:ends] + ("\u00a0…" if ends < len(text) else "")


# ── counting ──


def counted(number: int, one: str, many: str) -> str:
    """3 contracts; 1,000+ contracts where there are more than are counted."""
    return f"{COUNTED_TO:,}+ {many}" if number > COUNTED_TO else words.plural(number, one, many)


def first_line(numbers: Iterable[int], typed: str) -> str:
    """ "14 things match “alliance”." """
    counts = list(numbers)
    total = sum(min(one, COUNTED_TO) for one in counts)
    more = any(one > COUNTED_TO for one in counts)
    said = f"{total:,}+ things match" if more else "One thing matches" if total == 1 else f"{total:,} things match"
    return f"{said} “{typed}”."
