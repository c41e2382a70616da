"""Guesses what the author of a template meant by a name that no fact has."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from functools import lru_cache

from procure.documents.kinds import LIST, RECORD, Fact, facts_in

NOT_LETTERS = re.compile(r"[\W_]+")
NEAR_ENOUGH, NEARER = 0.65, 0.8
"""How alike a whole path must be, and the last part of one that stands elsewhere."""
DEEPEST_GROUP = 5


def folded(name: str) -> str:
    """A name without what people vary: capitals, spaces, dots and underscores."""
    return NOT_LETTERS.sub("", name).casefold()


def printable(scope: Iterable[tuple[str, Fact]]) -> Iterator[tuple[str, Fact]]:
    """Every path that may be written where these names stand: groups are opened, lists are not."""
    for name, fact in scope:
        yield name, fact
        if fact.kind is RECORD and fact.of is not None and name.count(".") < DEEPEST_GROUP:
            yield from printable((f"{name}.{inner}", one) for inner, one in facts_in(fact.of).items())


def meant_by(path: str, scope: Mapping[str, Fact]) -> str:
    """The name nearest to one that does not exist, of those that may stand there; empty where none is near."""
    return _meant_by(path, tuple(scope.items()))


@lru_cache(maxsize=512)
def _meant_by(path: str, scope: tuple[tuple[str, Fact], ...]) -> str:
    names = [name for name, fact in printable(scope) if fact.kind is not RECORD]
    wanted = folded(path)
    same = [name for name in names if folded(name) == wanted or folded(name).endswith(wanted)]
    if same:
        return min(same, key=len)
    near = get_close_matches(path, names, n=1, cutoff=NEAR_ENOUGH)
    if near:
        return near[0]
    leaf = path.rpartition(".")[2]
    leaves: dict[str, str] = {}
    for name in names:
        leaves.setdefault(name.rpartition(".")[2], name)
    found = get_close_matches(leaf, leaves, n=1, cutoff=NEARER)
    return leaves[found[0]] if found else ""


def filter_for(fact: Fact) -> str:
    """How a fact is printed: "" for words and numbers, "|day" for a date."""
    return "" if fact.kind.plain or fact.kind in (RECORD, LIST) or not fact.kind.filters else f"|{fact.kind.filters[0]}"
