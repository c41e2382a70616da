"""What is printed twice: a decision in its summary and in its minutes, a post in two clauses."""

from __future__ import annotations

import re
from collections.abc import Sequence

from procure.authority.reading.facts import ReadResolution, Said


def distinct(posts: Sequence[Said[str]]) -> list[Said[str]]:
    """Each post once; a short form of one already named («the Cabinet Member») adds nothing."""
    kept: list[Said[str]] = []
    for one in posts:
        if not any(one.value.lower() == other.value.lower() for other in kept):
            kept.append(one)
    return kept


def once(found: Sequence[ReadResolution], text: str) -> list[ReadResolution]:
    """Text printed twice, as Decision and as Minutes, counts once."""
    kept: list[ReadResolution] = []
    seen: set[str] = set()
    labels: dict[str, set[str]] = {}
    for one in found:
        words = re.sub(r"\W+", " ", one.at.of(text).lower()).strip()
        label = re.sub(r"\W", "", one.label.value.lower()) if one.label else ""
        mine = set(words.split())
        if words in seen or (label in labels and label and _alike(labels[label], mine)):
            continue
        seen.add(words)
        labels.setdefault(label, mine)
        kept.append(one)
    return kept


def _alike(one: set[str], other: set[str]) -> bool:
    return bool(one) and len(one & other) >= 0.6 * max(len(one), len(other))
