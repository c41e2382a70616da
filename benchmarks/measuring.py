"""Timing a deed and printing tables."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from typing import Any

ROUNDS = 20


Clock = Callable[[], float]


def times(deed: Callable[[], object], rounds: int = ROUNDS, clock: Clock = time.perf_counter) -> list[float]:
    """Milliseconds of each round, shortest first, after one that is not counted.

    By `time.process_time` what others do on this machine is left out, and what the disk does.
    """
    deed()
    found = []
    for _ in range(rounds):
        began = clock()
        deed()
        found.append((clock() - began) * 1000)
    return sorted(found)


def p50_and_p95(found: list[float]) -> tuple[float, float]:
    """The median, and what 95 of 100 stay below."""
    return statistics.median(found), found[min(len(found) - 1, round(len(found) * 0.95))]


def table(title: str, heads: tuple[str, ...], rows: list[tuple[Any, ...]]) -> None:
    """Print one table."""
    cells = [heads, *[tuple(f"{one:,.2f}" if isinstance(one, float) else str(one) for one in row) for row in rows]]
    widths = [max(len(row[number]) for row in cells) for number in range(len(heads))]
    print(f"\n{title}")
    for row in cells:
        first, *others = row
        figures = [cell.rjust(width) for cell, width in zip(others, widths[1:], strict=True)]
        print("  " + "  ".join([first.ljust(widths[0]), *figures]).rstrip(), flush=True)


def kept(most: float, was: float) -> str:
    """Whether a figure keeps the promise made for it."""
    return "kept" if was <= most else f"NOT KEPT, {was / most:.1f} times"
