"""What is missing from a paper: a typed absence, never a string that looks empty."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from procure.refusals import Refusal


@dataclass(frozen=True)
class Gap:
    """A fact nobody has given yet. *Interests declared: none* is a fact; this is the absence of one."""

    meaning: str
    """What is missing, as the officer says it: "end of the current contract"."""

    where: str | None = None
    """The page on which it is given: "Need"."""

    href: str | None = None
    """Address of that page."""

    def __str__(self) -> str:
        return f"◆ {self.meaning} ◆"


class HasGaps(Refusal):
    """A paper may be issued only when every fact it prints is known."""

    def __init__(self, title: str, gaps: Sequence[Gap]) -> None:
        self.gaps = tuple(gaps)
        first = "; ".join(gap.meaning for gap in self.gaps[:3])
        more = len(self.gaps) - 3
        if more > 0:
            first += f"; and {more} more"
        facts = "one fact is" if len(self.gaps) == 1 else f"{len(self.gaps)} facts are"
        super().__init__(f"{title} cannot be issued: {facts} missing ({first}).")


def distinct(gaps: Sequence[Gap]) -> list[Gap]:
    """Each gap once, in the order in which the paper meets them; of two, the one that knows where it is mended."""
    found: dict[str, Gap] = {}
    for gap in gaps:
        if gap.meaning not in found or (gap.href and not found[gap.meaning].href):
            found[gap.meaning] = gap
    return list(found.values())
