"""Which services are light touch, by their CPV codes. Procurement Regulations 2024, regulation 42 and Schedule 1.

The set that ships is a start: nobody has checked it against the Schedule. A council loads the official list, dated.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from procure.refusals import BadFigure

MOST_LINES = 2_000


@dataclass(frozen=True)
class LightTouchRow:
    """A CPV code of eight digits, or a range of them; whether it may also be reserved to public service mutuals."""

    first: int
    last: int
    title: str = ""
    is_reservable: bool = False

    def covers(self, code: int) -> bool:
        return self.first <= code <= self.last

    @property
    def said(self) -> str:
        """85000000 to 85323000."""
        return f"{self.first:08}" if self.first == self.last else f"{self.first:08} to {self.last:08}"


START_SET: tuple[LightTouchRow, ...] = (
    LightTouchRow(75_000_000, 75_000_000, "Administration, defence and social security services"),
    LightTouchRow(75_200_000, 75_231_000, "Provision of services to the community"),
    LightTouchRow(75_300_000, 75_340_000, "Compulsory social security services"),
    LightTouchRow(79_620_000, 79_625_000, "Supply of nursing, medical and household staff"),
    LightTouchRow(79_950_000, 79_956_000, "Exhibition, fair and congress organisation"),
    LightTouchRow(80_000_000, 80_660_000, "Education and training services"),
    LightTouchRow(85_000_000, 85_323_000, "Health and social work services"),
    LightTouchRow(92_000_000, 92_700_000, "Recreational, cultural and sporting services"),
    LightTouchRow(98_000_000, 98_000_000, "Other community, social and personal services"),
    LightTouchRow(98_120_000, 98_133_110, "Services by youth associations, civic betterment and community facilities"),
)
START_SET_SOURCE = "A start set from commentary on Schedule 1 to the Procurement Regulations 2024, not checked"

_CODE = re.compile(r"(?<!\d)(\d{8})(?:-\d)?(?!\d)")


def codes_in(text: str) -> tuple[int, ...]:
    """The CPV codes named in a text, in their order: 98133100-5 is 98133100."""
    return tuple(dict.fromkeys(int(found) for found in _CODE.findall(text)))


def row_for(code: int, table: Sequence[LightTouchRow]) -> LightTouchRow | None:
    """The narrowest line of the list that a code falls under; None where it is not light touch."""
    rows = [row for row in table if row.covers(code)]
    return min(rows, key=lambda row: row.last - row.first, default=None)


def read_list(lines: Iterable[str]) -> tuple[LightTouchRow, ...]:
    """A list as it is pasted: a code or a range first, then what it is called; R at the end where it is reservable.

    `BadFigure` with the number of the first line that holds no code, and for a list that holds none at all.
    """
    found: list[LightTouchRow] = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        if len(found) == MOST_LINES:
            raise BadFigure(f"A list has {MOST_LINES:,} lines at most.", field="lines")
        found.append(_read(line, number))
    if not found:
        raise BadFigure("Paste the lines of the list, a CPV code on each.", field="lines")
    return tuple(found)


def _read(line: str, number: int) -> LightTouchRow:
    codes = codes_in(line)
    if not codes:
        raise BadFigure(f"Line {number} has no CPV code of eight digits: {line.strip()[:60]}", field="lines")
    if len(codes) > 2:
        raise BadFigure(f"Line {number} has more than a code or a range. Put each on a line of its own.", field="lines")
    first, last = codes[0], codes[-1]
    if last < first:
        raise BadFigure(f"Line {number} ends before it begins: {first:08} to {last:08}.", field="lines")
    rest = _CODE.sub(" ", line)
    reserved = re.search(r"(?:^|[\s|;,\t(])R\)?\s*$", rest)
    title = re.sub(r"^\W*(?:to|and)?\W+|\W+$", "", rest[: reserved.start()] if reserved else rest)
    return LightTouchRow(first, last, re.sub(r"\s+", " ", title)[:250], bool(reserved))
