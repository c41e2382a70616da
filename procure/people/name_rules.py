"""Names of posts as they are written: found in a text whatever the case, the commas and the small words.

*Cabinet Member for Finance, Performance & Core Services* and *the cabinet member of finance performance and core
services* are one name. A name is never split at its comma: of two that begin alike, the longer one is found.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from procure.folding import folded

SMALL = frozenset({"and", "for", "of", "the"})
"""Words that are written or left out as one likes."""

_WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")


@dataclass(frozen=True)
class Name:
    """A name, and the id of its post. Of equal names the lower `rank` counts: its own, also known by, formerly."""

    words: str
    post: int
    rank: int = 0


OWN, ALSO, FORMER = 0, 1, 2


def pieces(text: str) -> tuple[str, ...]:
    """The words of a text that tell names apart."""
    return tuple(word for word in _WORD.findall(folded(text)) if word not in SMALL)


def same_name(one: str, other: str) -> bool:
    """Whether two names differ by no more than case, punctuation and small words."""
    return pieces(one) == pieces(other)


def posts_with(text: str, names: Sequence[Name]) -> tuple[int, ...]:
    """The posts named in a text, in its order, each once. A name that two posts share equally names neither."""
    words, known = pieces(text), _known(names)
    longest = max((len(name) for name in known), default=0)
    found: list[int] = []
    at = 0
    while at < len(words):
        size = next((n for n in range(min(longest, len(words) - at), 0, -1) if words[at : at + n] in known), 0)
        if size:
            post = known[words[at : at + size]]
            if post is not None and post not in found:
                found.append(post)
        at += size or 1
    return tuple(found)


def post_with(text: str, names: Sequence[Name]) -> int | None:
    """The post of that very name; None where there is none, or more than one."""
    return _known(names).get(pieces(text))


def name_holds(asked: str, name: str) -> bool:
    """Whether every word asked for begins a word of a name, as somebody types it into a filter."""
    words = pieces(name)
    return all(any(word.startswith(begun) for word in words) for begun in pieces(asked))


def _known(names: Sequence[Name]) -> dict[tuple[str, ...], int | None]:
    best: dict[tuple[str, ...], tuple[int, set[int]]] = {}
    for name in names:
        key = pieces(name.words)
        if not key:
            continue
        rank, posts = best.get(key, (name.rank, set()))
        if name.rank < rank:
            rank, posts = name.rank, set()
        if name.rank == rank:
            best[key] = (rank, posts | {name.post})
    return {key: next(iter(posts)) if len(posts) == 1 else None for key, (_, posts) in best.items()}
