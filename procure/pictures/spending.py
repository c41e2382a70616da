"""What has been paid of a total, and what options cost by year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from procure import words
from procure.pictures.marks import HATCH, Drawing, Mark, Number, Picture, box, stroke


@dataclass(frozen=True)
class Paid:
    """What has been paid of a total, and where even spending would be today."""

    paid: Decimal
    total: Decimal
    share: int
    """Whole hundredths of the total; over 100 where more was paid."""
    time_share: int | None
    picture: Picture

    @property
    def over(self) -> Decimal:
        return max(self.paid - self.total, Decimal(0))


def paid(paid: Decimal, total: Decimal, *, time_share: Number | None = None, name: str = "paid") -> Paid:
    """The bar of what was paid; `time_share` is how much of the term has gone by, from 0 to 1."""
    part = float(paid / total) if total > 0 else (1.0 if paid > 0 else 0.0)
    even = None if time_share is None else min(max(float(time_share), 0.0), 1.0)
    desc = f"{words.pounds(paid)} of {words.pounds(total)} has been paid."
    return Paid(
        paid,
        total,
        round(part * 100),
        None if even is None else round(even * 100),
        Picture("Paid so far", desc, _paid_drawing(name, 960, part, even), _paid_drawing(f"{name}-n", 345, part, even)),
    )


def _paid_drawing(name: str, width: int, part: float, even: float | None) -> Drawing:
    scale = width / max(part, 1.0)
    marks: list[Mark] = [
        box(0, 8, scale, 24, HATCH),
        box(0, 8, min(part, 1.0) * scale, 24, "f-council"),
    ]
    if part > 1:
        marks.append(box(scale, 8, width - scale, 24, "f-bad"))
    marks.append(box(1, 9, width - 2, 22, "k-council"))
    if even is not None:
        at = min(max(even * scale, 1), width - 1)
        marks.append(stroke(at, 0, at, 40, "k-ink"))
    return Drawing(name, width, 40, tuple(marks))


@dataclass(frozen=True)
class CostRow:
    no: int | str
    name: str
    years: tuple[Decimal | None, ...]
    """Net of VAT; None where nothing falls in the year."""
    net: Decimal
    gross: Decimal | None
    """None where no VAT is due."""
    preferred: bool
    drawing: Drawing


@dataclass(frozen=True)
class Costs:
    years: tuple[str, ...]
    rows: tuple[CostRow, ...]


def costs(
    years: Sequence[str],
    rows: Sequence[tuple[int | str, str, Sequence[Decimal | None], Decimal | None, bool]],
) -> Costs:
    """Cost by year for every option, with small columns on one scale.

    A row: number, name, net of VAT by year, the whole with VAT (None where none is due), whether it is preferred.
    """
    most = max((sum_ for row in rows for sum_ in row[2] if sum_ is not None), default=Decimal(0))
    return Costs(
        tuple(years),
        tuple(
            CostRow(
                no,
                name,
                tuple(by_year),
                sum((sum_ or Decimal(0) for sum_ in by_year), Decimal(0)),
                gross,
                preferred,
                _columns(by_year, most, preferred),
            )
            for no, name, by_year, gross, preferred in rows
        ),
    )


def _columns(by_year: Sequence[Decimal | None], most: Decimal, preferred: bool) -> Drawing:
    look = "f-council" if preferred else "f-midgrey"
    width = max(17 * len(by_year) - 2, 1)
    marks: list[Mark] = []
    for number, sum_ in enumerate(by_year):
        height = max(30 * float((sum_ or Decimal(0)) / most), 1.5) if most > 0 else 1.5
        marks.append(box(17 * number, 32 - height, 13, height, look))
    marks.append(stroke(0, 32.5, width, 32.5, "k-line"))
    return Drawing("", width, 33, tuple(marks))
