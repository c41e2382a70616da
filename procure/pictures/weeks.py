"""Days counted one by one, as weeks on a calendar."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from procure import words
from procure.pictures.marks import HATCH, Drawing, Mark, Picture, Word, box

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
ONE_DAY = timedelta(days=1)

Counted = tuple[date, int | None, str]
"""A day, which day of the period it is (None where it is not counted), and why."""


@dataclass(frozen=True)
class Weeks:
    picture: Picture
    rows: tuple[tuple[str, int | None, str], ...]
    """For the table: the days in words, with a weekend in one row."""

    @property
    def title(self) -> str:
        return self.picture.title


def weeks(days: Iterable[Counted | object], *, what: str = "the count", name: str = "days") -> Weeks | None:
    """The weeks in which days were counted, Monday first; None where there are none or more than nine weeks of them.

    `days` are rows of three, or objects with day, counted and why (as `law.working_days` gives them).
    """
    rows = [_counted(row) for row in days]
    if not rows:
        return None
    first = min(row[0] for row in rows)
    last = max(row[0] for row in rows)
    monday = first - timedelta(days=first.weekday())
    many = (last - monday).days // 7 + 1
    if many > 9:
        return None
    by_day = {row[0]: row for row in rows}
    counted = [row for row in rows if row[1] is not None]
    ends = {}
    if counted:
        ends[counted[-1][0]] = "ends"
        ends[counted[0][0]] = "published" if "publish" in counted[0][2].lower() else "day 1"
    desc = _weeks_desc(rows, counted)
    title = f"The days of {what} on a calendar"
    wide = _weeks_wide(name, monday, many, by_day, ends)
    narrow = _weeks_narrow(f"{name}-n", monday, many, by_day)
    return Weeks(Picture(title, desc, wide, narrow), merged(rows))


def _counted(row: object) -> Counted:
    if isinstance(row, tuple) and len(row) == 3:
        return row
    return (row.day, row.counted, row.why)  # type: ignore[attr-defined]


def _is_holiday(row: Counted | None) -> bool:
    return row is not None and row[1] is None and row[0].weekday() < 5 and bool(row[2]) and not _is_published(row)


def _is_published(row: Counted | None) -> bool:
    """The day of publication, where the count begins only after it."""
    return row is not None and row[1] is None and "publish" in row[2].lower()


def _weeks_desc(rows: Sequence[Counted], counted: Sequence[Counted]) -> str:
    said = []
    if counted:
        said.append(f"{_short(counted[0][0])} is day {counted[0][1]}.")
    said += [f"{_short(row[0])} is not counted: {row[2]}." for row in rows if _is_holiday(row)]
    if len(counted) > 1:
        said.append(f"{_short(counted[-1][0])} is day {counted[-1][1]}.")
    return " ".join([*said, "The table beneath lists every day."])


def _short(day: date) -> str:
    return f"{WEEKDAYS[day.weekday()]} {words.short(day)}"


def _holiday_words(why: str) -> tuple[str, str]:
    lower = why.lower()
    for nation, said in (("scotland", "Scotland"), ("northern ireland", "N. Ireland"), ("england", "England")):
        if nation in lower:
            return said, "holiday"
    if "holiday" in lower:
        return "bank", "holiday"
    return ("council", "closed") if "clos" in lower else ("not", "counted")


def _weeks_wide(name: str, monday: date, many: int, by_day: dict[date, Counted], ends: dict[date, str]) -> Drawing:
    marks: list[Mark] = [Word(46 + 92 * at, 16, WEEKDAYS[at][:3], "s q", "middle") for at in range(7)]
    for number in range(many * 7):
        day = monday + timedelta(days=number)
        row = by_day.get(day)
        x, y = 92 * (number % 7), 26 + 84 * (number // 7)
        if row is not None and row[1] is not None:
            marks += [box(x, y, 88, 80, "f-council"), Word(x + 10, y + 44, str(row[1]), "l w")]
            marks.append(Word(x + 80, y + 20, str(day.day), "s w", "end"))
            if day in ends:
                marks.append(Word(x + 44, y + 68, ends[day], "s w", "middle"))
        elif _is_holiday(row):
            assert row is not None
            one, two = _holiday_words(row[2])
            marks += [box(x, y, 88, 80, HATCH), box(x + 1, y + 1, 86, 78, "k-bad")]
            marks += [box(x + 54, y + 5, 30, 22, "f-white"), Word(x + 80, y + 20, str(day.day), "s b", "end")]
            marks += [box(x + 3, y + 32, 82, 44, "f-white"), Word(x + 44, y + 50, one, "s r", "middle")]
            marks.append(Word(x + 44, y + 67, two, "s r", "middle"))
        else:
            marks += [box(x, y, 88, 80, "f-tint"), Word(x + 80, y + 20, str(day.day), "s q", "end")]
            if row is not None:
                marks.append(Word(x + 44, y + 52, "published" if _is_published(row) else "–", "s q", "middle"))
    return Drawing(name, 640, 26 + 84 * many, tuple(marks))


def _weeks_narrow(name: str, monday: date, many: int, by_day: dict[date, Counted]) -> Drawing:
    marks: list[Mark] = [Word(21 + 45 * at, 14, WEEKDAYS[at][0], "s q", "middle") for at in range(7)]
    holidays: list[str] = []
    for number in range(many * 7):
        day = monday + timedelta(days=number)
        row = by_day.get(day)
        x, y = 45 * (number % 7), 22 + 58 * (number // 7)
        if row is not None and row[1] is not None:
            marks += [box(x, y, 42, 54, "f-council"), Word(x + 21, y + 45, str(row[1]), "l w", "middle")]
            marks.append(Word(x + 21, y + 18, str(day.day), "s w", "middle"))
        elif _is_holiday(row):
            assert row is not None
            holidays.append(row[2])
            marks += [box(x, y, 42, 54, HATCH), box(x + 1, y + 1, 40, 52, "k-bad")]
            marks += [box(x + 9, y + 4, 24, 20, "f-white"), Word(x + 21, y + 19, str(day.day), "s b", "middle")]
        else:
            marks += [box(x, y, 42, 54, "f-tint"), Word(x + 21, y + 18, str(day.day), "s q", "middle")]
    foot = 22 + 58 * many
    if holidays:
        one, two = _holiday_words(holidays[0])
        said = "Bank holiday, not counted" if len(set(holidays)) > 1 or one == "bank" else f"{one} {two}, not counted"
        marks += [
            box(0, foot + 8, 18, 18, HATCH),
            box(1, foot + 9, 16, 16, "k-bad"),
            Word(27, foot + 22, said, "s"),
        ]
        foot += 34
    return Drawing(name, 312, foot, tuple(marks))


def merged(days: Iterable[Counted | object]) -> tuple[tuple[str, int | None, str], ...]:
    """Rows for the table: neighbours that are not counted for the same reason stand in one row."""
    rows = [_counted(row) for row in days]
    with_year = len({row[0].year for row in rows}) > 1
    groups: list[list[Counted]] = []
    for row in rows:
        last = groups[-1][-1] if groups else None
        if last and row[1] is None and last[1] is None and row[2] == last[2] and row[0] - last[0] == ONE_DAY:
            groups[-1].append(row)
        else:
            groups.append([row])
    return tuple((_span(group[0][0], group[-1][0], with_year), group[0][1], group[0][2]) for group in groups)


def _span(first: date, last: date, with_year: bool) -> str:
    end = words.weekday(last) if with_year else _short(last)
    if first == last:
        return end
    start = f"{WEEKDAYS[first.weekday()]} {first.day}" if first.month == last.month else _short(first)
    return f"{start} {'and' if last - first == ONE_DAY else 'to'} {end}"
