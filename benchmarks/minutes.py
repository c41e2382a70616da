"""Reading decisions: a thousand minutes, and the longest texts that are taken in, written to be slow."""

from __future__ import annotations

import time

from benchmarks.measuring import kept, table
from procure.authority.minutes import read
from procure.authority.reading.reader import MOST
from procure.demonstration import minuted

COUNT = 1000
MOST_SECONDS = 5
HOSTILE = ("delegate authority to ", "in consultation with the Director of X, ", "RESOLVED ", "1. That X be agreed. ")


def measure() -> None:
    """Seconds for a thousand readings of the demonstration's two minutes in turn, and for each of the longest texts."""
    texts = [minuted.published(name).words for name in (minuted.CABINET, minuted.HAVERING)]
    took = _seconds([texts[number % 2] for number in range(COUNT)])
    rows = [(f"{COUNT:,} minutes", took, kept(MOST_SECONDS, took))]
    for words in HOSTILE:
        text = (words * (MOST // len(words) + 1))[:MOST]
        rows.append((f"{MOST:,} characters of “{words.strip()}”", _seconds([text]), ""))
    table("Reading decisions", ("What", "Seconds", f"{MOST_SECONDS} s"), rows)


def _seconds(texts: list[str]) -> float:
    began = time.process_time()
    for text in texts:
        read(text)
    return time.process_time() - began
