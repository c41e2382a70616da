"""Titles that share their end: «Chair and Vice Chair of the Panel», «Portfolio Holders for A and B»."""

from __future__ import annotations

import re
from collections.abc import Sequence

from procure.authority.reading.facts import Said, Stretch

_PLURAL = re.compile(
    r"^((?:[\w']+\s+){0,3}?)(Members|Holders|Directors|Heads|Managers|Officers)\s+(for|of)\s+(.+)$", re.IGNORECASE
)
_TWIN = re.compile(r"^(?:vice[- ]?|deputy\s+)?(?:chair\w*|leader|mayor)$", re.IGNORECASE)


def shared(text: str, posts: Sequence[Said[str]], tails: frozenset[str]) -> list[Said[str]]:
    """Shared tails given to each: «Chair and Vice Chair of the Panel», «Portfolio Holders for A and B»."""
    full: list[Said[str]] = []
    for index, one in enumerate(posts):
        follower = posts[index + 1] if index + 1 < len(posts) else None
        tail = re.search(r"\s+of\s+.+$", follower.value) if follower and _TWIN.match(one.value) else None
        if follower and tail and _TWIN.match(follower.value[: tail.start()]) and _joined(text, one, follower):
            full.append(Said(one.value + tail.group(), Stretch(one.at.start, follower.at.end)))
        else:
            full += _singles(one, tails)
    return full


def _joined(text: str, one: Said[str], other: Said[str]) -> bool:
    return text[one.at.end : other.at.start].split() in (["and"], ["or"], ["&"])


def _singles(one: Said[str], tails: frozenset[str]) -> list[Said[str]]:
    """«Portfolio Holders for A and B» as two posts; a class («Heads of Service within …») stays one."""
    plural = _PLURAL.match(one.value)
    if (
        not plural
        or one.value.split()[-1].lower() in tails | {"service", "services"}
        or re.search(r"\bwithin\b", one.value)
    ):
        return [one]
    ranks, office, link, subjects = plural.groups()
    parts = re.split(r"\s*(?:,\s*)?\band\s+(?:for|of)\s+(?:the\s+)?", subjects)
    if len(parts) == 1:
        parts = re.split(r"\s*,\s*(?:and\s+)?|\s+and\s+|\s*&\s*", subjects)
    if len(parts) == 1:
        return [one]
    single = f"{ranks}{office[:-1]} {link} "
    doubt = "One title was printed for several posts. Check that each is a post of its own."
    return [Said(f"{single}{re.sub(r'^the ', '', part)}", one.at, doubt) for part in parts if part]
