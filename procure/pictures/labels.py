"""Where the words along a line stand, so that none touch: in rows above it or below, left or right of their day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from procure.pictures.marks import LETTER

EDGE, SPAN, WIDE = 8, 1104, 1120
"""Where a wide line begins, how long it is, and how wide its drawing."""
_TIERS = 6


@dataclass(frozen=True)
class Label:
    """Two lines of words at one day; `place` is where along the line that day lies."""

    place: float
    first: str
    second: str
    look_first: str = "q"
    look_second: str = "b"
    leader: str = "k-lead"
    diamond: bool = False
    tier: int = 0
    """The lowest row it may stand in."""
    anchors: tuple[str, ...] = ("", "end")

    @property
    def x(self) -> float:
        return EDGE + self.place * SPAN

    @property
    def wide(self) -> float:
        letters = max(len(self.first) * (1.25 if "l" in self.look_first.split() else 1), len(self.second))
        return letters * LETTER


@dataclass(frozen=True)
class Placed:
    label: Label
    tier: int
    anchor: str
    left: float
    right: float

    @property
    def x(self) -> float:
        """Where the words are anchored: beside the leader, or over it."""
        if self.anchor == "middle":
            return (self.left + self.right) / 2
        return self.right if self.anchor == "end" else self.left


def placed_above(labels: Sequence[Label]) -> list[Placed]:
    """The few labels above the bar, each in a row where it covers neither another one nor a leader on its way up.

    They are few (start, today, end, last end), so every way is tried and the lowest taken.
    """
    choices = [
        [
            (tier * 10 + rank, spot)
            for tier in range(label.tier, label.tier + 4)
            for rank, spot in enumerate(_spots(label, tier))
        ]
        for label in labels
    ]
    best: list[Placed] = []
    least = float("inf")

    def go_on(done: list[Placed], cost: float) -> None:
        nonlocal best, least
        if cost >= least:
            return
        if len(done) == len(choices):
            best, least = list(done), cost
            return
        for price, spot in sorted(choices[len(done)], key=lambda choice: choice[0]):
            if all(_keep_clear(spot, other) for other in done):
                go_on([*done, spot], cost + price)

    go_on([], 0)
    return best or [spots[0][1] for spots in choices]


def placed_below(labels: Sequence[Label]) -> list[Placed]:
    """The labels beneath the bar: tried from the right, then from the left, and the flatter picture taken."""
    tries = [_in_turn(labels[::-1]), _in_turn(labels)]
    return min(tries, key=lambda placed: (max((spot.tier for spot in placed), default=0), -len(placed)))


def _in_turn(labels: Sequence[Label]) -> list[Placed]:
    placed: list[Placed] = []
    for label in labels:
        spots = [spot for tier in range(_TIERS) for spot in _spots(label, tier)]
        free = (spot for spot in spots if all(_keep_clear(spot, other) for other in placed))
        beside = (spot for spot in spots if all(_no_overlap(spot, other) for other in placed))
        last = Placed(label, _TIERS, spots[0].anchor, spots[0].left, spots[0].right)
        placed.append(next(free, None) or next(beside, None) or last)
    return placed


def _spots(label: Label, tier: int) -> Iterable[Placed]:
    wide, x = label.wide, label.x
    for anchor in label.anchors:
        left = {"middle": x - wide / 2, "end": x - 7 - wide, "": x + 7}[anchor]
        if 0 <= left <= WIDE - wide:
            yield Placed(label, tier, anchor, left, left + wide)
    left = min(max(x - wide / 2, 0), WIDE - wide)  # better over its leader than outside the picture
    yield Placed(label, tier, "middle", left, left + wide)


def _no_overlap(one: Placed, other: Placed) -> bool:
    return one.tier != other.tier or one.left >= other.right + 12 or other.left >= one.right + 12


def _keep_clear(one: Placed, other: Placed) -> bool:
    """No words upon words, and no leader through words: the leader of a further row passes every nearer one."""
    if not _no_overlap(one, other):
        return False
    far, near = (one, other) if one.tier >= other.tier else (other, one)
    crossed = near.left - 3 < far.label.x < near.right + 3
    if far.tier == near.tier:
        crossed = crossed or far.left - 3 < near.label.x < far.right + 3
    return not crossed
