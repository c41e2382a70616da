"""The scheme of delegation as a whole: which values it leaves to no post."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from procure import words
from procure.authority.rules.kinds import ActKind

BUYING = (ActKind.PROCURE, ActKind.AWARD, ActKind.ENTER)
"""Acts that every purchase needs: a value for which one of them is nobody's can't be bought under the scheme."""

LEAST_GAP = Decimal(1)
"""A band to £99,999 and one from £100,000 meet: only a pound or more between them is a gap."""


@dataclass(frozen=True)
class SchemeBand:
    """The values, in pounds with VAT, for which a row of the scheme lets some post do an act. None: no upper limit."""

    act: ActKind
    from_gross: Decimal = Decimal(0)
    to_gross: Decimal | None = None


def gaps_in(bands: Iterable[SchemeBand], reach: Decimal | None = None) -> tuple[str, ...]:
    """Values that no post may buy for, in sentences. `reach`: up to what the quote bands let purchases be made.

    A scheme without any row says nothing here: its page says that it is empty.
    """
    given = list(bands)
    if not given:
        return ()
    found: dict[tuple[Decimal, Decimal | None], list[ActKind]] = {}
    highest = max((band.to_gross for band in given if band.to_gross is not None), default=Decimal(0))
    for kind in BUYING:
        for gap in _gaps_of([band for band in given if band.act is kind], max(highest, reach or Decimal(0))):
            found.setdefault(gap, []).append(kind)
    return tuple(_said(kinds, *gap) for gap, kinds in found.items())


def _gaps_of(bands: list[SchemeBand], reach: Decimal) -> Iterable[tuple[Decimal, Decimal | None]]:
    if not bands:
        yield Decimal(0), None
        return
    at = Decimal(0)
    for band in sorted(bands, key=lambda band: band.from_gross):
        if band.from_gross - at > LEAST_GAP:
            yield at, band.from_gross
        if band.to_gross is None:
            return
        at = max(at, band.to_gross)
    if reach - at > LEAST_GAP:
        yield at, reach


def _said(kinds: list[ActKind], above: Decimal, to: Decimal | None) -> str:
    acts = words.joined((kind.label for kind in kinds), "or")
    if to is None:
        return f"No post may {acts}, whatever the value."
    return f"No post may {acts} between {words.pounds(above)} and {words.pounds(to)} including VAT."
