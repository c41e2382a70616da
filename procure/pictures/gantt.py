"""A timetable as bars over time: what is planned, what came, and today. Geometry only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from procure import words
from procure.pictures.marks import Drawing, Line, Mark, Path, Picture, Rect, Word

ONE_DAY = timedelta(days=1)
_WIDE, _NAMES, _RIGHT = 1120, 415, 1106
_NARROW = 345
_ROW, _ROW_NARROW = 36, 58
_LETTER = 8.9
"""Width of a letter at 16 px, a little more than usual: system fonts differ."""


@dataclass(frozen=True)
class Bar:
    """One row: a stretch that is planned, up to but without `before`, and one that came; a single day has both."""

    name: str
    from_on: date
    before: date
    came_from: date | None = None
    came_before: date | None = None
    """None while it goes on: then it is drawn up to today."""
    is_broken: bool = False
    """A rule speaks against it: the bar gets a red edge."""

    @property
    def is_day(self) -> bool:
        """A day and no stretch: drawn as a diamond."""
        return self.before <= self.from_on + ONE_DAY


def gantt(bars: Sequence[Bar], *, today: date, title: str, name: str = "timetable") -> Picture | None:
    """Bars under one another on one scale of months; None without bars."""
    if not bars:
        return None
    first, last = _span(bars, today)
    desc = " ".join(_said(bar, today) for bar in bars)
    if first <= today <= last:
        desc = f"Today is {words.day(today)}. {desc}"
    wide = _drawn(name, bars, today, first, last, _WIDE, _NAMES, _RIGHT, _ROW, beside=True)
    narrow = _drawn(f"{name}-n", bars, today, first, last, _NARROW, 6, _NARROW - 6, _ROW_NARROW, beside=False)
    return Picture(title, f"{desc} The table beneath has the same days.", wide, narrow)


def _span(bars: Sequence[Bar], today: date) -> tuple[date, date]:
    """From the first day to the last; today is within only where that is no more than a quarter of the whole away."""
    starts = [bar.from_on for bar in bars] + [bar.came_from for bar in bars if bar.came_from]
    ends = [bar.before for bar in bars] + [bar.came_before for bar in bars if bar.came_before]
    first, last = min(starts), max(ends)
    room = max((last - first) / 4, timedelta(days=30))
    if first - room <= today < first:
        first = today
    if last < today <= last + room:
        last = today + ONE_DAY
    return first, max(last, first + timedelta(days=7))


def _said(bar: Bar, today: date) -> str:
    planned = (
        f"{bar.name}: {words.day(bar.from_on)}"
        if bar.is_day
        else f"{bar.name}: from {words.day(bar.from_on)} to before {words.day(bar.before)}"
    )
    if bar.came_from is None:
        return f"{planned}."
    if bar.is_day:
        return f"{planned}; came on {words.day(bar.came_from)}."
    until = f"over by {words.day(bar.came_before)}" if bar.came_before else f"going on on {words.day(today)}"
    return f"{planned}; begun on {words.day(bar.came_from)}, {until}."


def _drawn(
    name: str, bars: Sequence[Bar], today: date, first: date, last: date, width: int, left: int, right: int, row: int,
    *, beside: bool,
) -> Drawing:  # fmt: skip
    head = 26
    foot = head + row * len(bars) + 4

    def x(day: date) -> float:
        share = (min(max(day, first), last) - first).days / (last - first).days
        return round(left + share * (right - left), 1)

    marks: list[Mark] = []
    taken = left - 30.0
    for tick in _months(first, last, most=9 if beside else 4):
        at, text = x(tick), tick.strftime("%b %Y") if tick.month == 1 or tick == first else tick.strftime("%b")
        marks.append(Line(at, head - 6, at, foot, "k-line"))
        wide = len(text) * 8
        if at - 2 >= taken and at + wide <= width:
            marks.append(Word(at + 3, 14, text, "s q"))
            taken = at + wide + 12
    if first <= today <= last:
        marks.append(Line(x(today), head - 6, x(today), foot, "k-ink"))
    for place, bar in enumerate(bars):
        top = head + place * row
        bar_top = top + 8 if beside else top + 28
        label = _shortened(bar.name, (left - 20) / _LETTER if beside else right / _LETTER)
        marks.append(Word(0 if beside else left, top + 23 if beside else top + 20, label, "" if beside else "halo"))
        marks += _bar(bar, x, bar_top, today)
    if first <= today <= last:
        near = x(today) > right - 60
        marks.append(Word(x(today) + (-5 if near else 5), foot + 16, "Today", "s b", "end" if near else ""))
    return Drawing(name, width, foot + 22, tuple(marks))


def _bar(bar: Bar, x: object, top: float, today: date) -> list[Mark]:
    assert callable(x)
    marks: list[Mark] = []
    if bar.is_day:
        at, y = x(bar.from_on), top + 10
        diamond = f"M{at - 8} {y}l8-9 8 9-8 9z"
        marks += (
            [Path(diamond, "f-council")] if bar.came_from else [Path(diamond, "f-pale"), Path(diamond, "k-council")]
        )
        if bar.is_broken:
            marks.append(Path(f"M{at - 10} {y}l10-11 10 11-10 11z", "k-bad"))
        if bar.came_from and bar.came_from != bar.from_on:
            came = x(bar.came_from)
            marks.append(Line(at, y, came, y, "k-council"))
            marks.append(Path(f"M{came - 6} {y}l6-7 6 7-6 7z", "f-ink"))
        return marks
    left = x(bar.from_on)
    long = round(max(x(bar.before) - left, 3), 1)
    marks.append(Rect(left, top, long, 20, "f-pale"))
    marks.append(Rect(left, top, long, 20, "k-bad" if bar.is_broken else "k-council"))
    if bar.came_from:
        came = x(bar.came_from)
        until = x(bar.came_before or max(today, bar.came_from + ONE_DAY))
        marks.append(Rect(came, top + 5, round(max(until - came, 3), 1), 10, "f-council"))
    return marks


def _shortened(name: str, letters: float) -> str:
    most = int(letters)
    return name if len(name) <= most else f"{name[: most - 1].rstrip()}…"


def _months(first: date, last: date, *, most: int) -> list[date]:
    """The first of every month, or of every second, third, sixth or twelfth: so many at most."""
    months = (last.year - first.year) * 12 + last.month - first.month
    step = next((size for size in (1, 2, 3, 6, 12, 24) if months / size <= most), 60)
    at = first.year * 12 + first.month - 1 + (first.day > 1)
    found = []
    while date(at // 12, at % 12 + 1, 1) <= last:
        found.append(date(at // 12, at % 12 + 1, 1))
        at += step
    return found
