"""The line of a contract's life: what has gone by, what must be done by when, where it may end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from procure import words
from procure.pictures.labels import EDGE, SPAN, WIDE, Label, placed_above, placed_below
from procure.pictures.marks import LETTER, NARROW, Drawing, Mark, Path, Picture, Word, box, inside, stroke, tenth

_TIER = 44
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Due:
    """Something that must be done by a day, or a day worth seeing, on the line of a contract's life."""

    what: str
    on: date
    how: str = ""
    """How the day was worked out, for the table that says the same."""


@dataclass(frozen=True)
class Option:
    """A right to extend that has not been used."""

    ends_on: date
    name: str
    """Option 1, Option 2."""
    length: str = ""
    """1 year, 18 months."""


@dataclass(frozen=True)
class Life:
    """The line of a contract's life, drawn, and the same days as rows."""

    picture: Picture
    rows: tuple[Due, ...]

    @property
    def wide(self) -> Drawing:
        return self.picture.wide

    @property
    def narrow(self) -> Drawing:
        return self.picture.narrow


def life(
    *,
    started_on: date,
    ends_on: date,
    today: date,
    options: Sequence[Option] = (),
    due: Sequence[Due] = (),
    term: str = "",
    name: str = "life",
) -> Life:
    """The line from the start to the last possible end, with what must be done by when.

    `term` is the length of what is agreed, in words: *3 years*. `due` may hold days outside the life; they are left
    out of the picture and kept in the rows. Today is left out where it lies more than a year outside.
    """
    ends_on = max(ends_on, started_on)
    options = [option for option in options if option.ends_on > ends_on]
    last = options[-1].ends_on if options else ends_on
    year = timedelta(days=366)
    shows_today = started_on - year <= today <= last + year
    first_day = min(started_on, today) if shows_today else started_on
    last_day = max(last, today) if shows_today else last
    days = max((last_day - first_day).days + 1, 1)

    def along(day: date) -> float:
        return (day - first_day).days / days

    def after(day: date) -> float:
        return along(day + ONE_DAY)

    gone = min(max(along(today), along(started_on)), after(ends_on))
    shown = sorted((item for item in due if first_day <= item.on <= last_day), key=lambda item: item.on)
    ends_said = _ends_said(ends_on, today)
    agreed = f"Agreed term, {term}" if term else "Agreed term"

    top = [Label(after(ends_on), ends_said, words.day(ends_on), "l p", "b", "k-heavy", anchors=("middle", "end", ""))]
    top.append(
        Label(
            along(started_on),
            "Started" if started_on <= today else "Starts",
            words.day(started_on),
            anchors=("", "middle", "end"),
        )
    )
    if options:
        top.append(Label(after(last), "Last possible end", words.day(last), anchors=("end", "middle", "")))
    if shows_today:
        top.append(
            Label(along(today), "Today", words.day(today), "b", "", "k-ink", tier=1, anchors=("middle", "", "end"))
        )
    low = [Label(along(item.on), item.what, words.day(item.on), diamond=True) for item in shown]

    segments = [(along(started_on), after(ends_on), agreed, "term")]
    begins = ends_on
    for option in options:
        text = f"{option.name}, {option.length}" if option.length else option.name
        segments.append((after(begins), after(option.ends_on), text, "option"))
        begins = option.ends_on

    ticks = _ticks(first_day, last_day)
    wide = _life_wide(
        name,
        segments,
        gone,
        top,
        low,
        [*((along(day), words.month_year(day)) for day in ticks), (1.0, words.month_year(last_day))],
    )
    between = [
        Label(after(option.ends_on), f"End if {inside(option.name)} is used", words.day(option.ends_on))
        for option in options[:-1]
    ]
    narrow = _life_narrow(f"{name}-n", segments, gone, [*top, *low, *between])
    rows = _life_rows(due, ends_on, last, bool(options), term, started_on)
    desc = _life_desc(started_on, ends_on, last, options, today, shows_today, shown)
    return Life(Picture("The line of this contract’s life", desc, wide, narrow), rows)


def _ends_said(ends_on: date, today: date) -> str:
    if ends_on < today:
        return "Ended"
    said = words.in_words(ends_on, today)
    return f"Ends {said}"


def _life_rows(
    due: Sequence[Due], ends_on: date, last: date, has_options: bool, term: str, started_on: date
) -> tuple[Due, ...]:
    agreed = f"{term} from {words.day(started_on)}" if term else f"started {words.day(started_on)}"
    rows = [*due, Due("Ends", ends_on, agreed)]
    if has_options:
        rows.append(Due("Last possible end", last, "every option used"))
    return tuple(sorted(rows, key=lambda row: row.on))


def _life_desc(
    started_on: date,
    ends_on: date,
    last: date,
    options: Sequence[Option],
    today: date,
    shows_today: bool,
    shown: Sequence[Due],
) -> str:
    said = [f"Agreed term from {words.day(started_on)} to {words.day(ends_on)}."]
    if options:
        many = "One option" if len(options) == 1 else f"{words.sentence(words.number_word(len(options)))} options"
        said.append(f"{many} could take it to {words.day(last)}.")
    if shows_today:
        said.append(f"Today is {words.day(today)}.")
    said += [f"{item.what} {words.day(item.on)}." for item in shown]
    return " ".join(said)


def _ticks(first: date, last: date) -> list[date]:
    """Days marked along the foot: the first of the month, a whole number of months apart, ten at the most."""
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    step = next((size for size in (1, 2, 3, 6, 12, 24, 60, 120) if months / size <= 8), 240)
    found, at = [], first.year * 12 + first.month - 1
    if first.day > 1:
        at += 1
    while date(at // 12, at % 12 + 1, 1) <= last:
        found.append(date(at // 12, at % 12 + 1, 1))
        at += step
    return found


def _life_wide(
    name: str,
    segments: Sequence[tuple[float, float, str, str]],
    gone: float,
    top: Sequence[Label],
    low: Sequence[Label],
    ticks: Sequence[tuple[float, str]],
) -> Drawing:
    above, below = placed_above(top), placed_below(low)
    bar_y = 24 + _TIER * (1 + max((spot.tier for spot in above), default=0))
    bar_h = 34
    foot = bar_y + bar_h

    def x(place: float) -> float:
        return EDGE + place * SPAN

    marks: list[Mark] = []
    for start, end, text, kind in segments:
        left, width = x(start), x(end) - x(start)
        if kind == "term":
            marks.append(box(left, bar_y, width, bar_h, "f-mid"))
            marks.append(box(left, bar_y, max(x(gone) - left, 0), bar_h, "f-council"))
        else:
            marks.append(box(left, bar_y, width, bar_h, "f-white"))
            marks.append(box(left, bar_y + 1, max(width - 1, 1), bar_h - 2, "k-dash"))
        fitting = _fitting(text, width - 24)
        if fitting and kind == "term":
            marks.append(Word(tenth(left + 14), bar_y + 23, fitting, "w b"))
        elif fitting:
            marks.append(Word(tenth(left + width / 2), bar_y + 23, fitting, "", "middle"))
    for spot in above:
        at, base = x(spot.label.place), bar_y - 28 - spot.tier * _TIER
        lift = 20 if "l" in spot.label.look_first.split() else 17
        down = foot + 6 if spot.label.leader == "k-ink" else foot if spot.label.leader == "k-heavy" else bar_y
        marks.append(stroke(at, base + 7, at, down, spot.label.leader))
        marks.append(Word(tenth(spot.x), base - lift, spot.label.first, spot.label.look_first, spot.anchor))
        marks.append(Word(tenth(spot.x), base, spot.label.second, spot.label.look_second, spot.anchor))
    for spot in below:
        at, base = x(spot.label.place), foot + 44 + spot.tier * _TIER
        marks.append(stroke(at, foot, at, base + 8 if spot.anchor != "middle" else base - 16, "k-lead"))
        marks.append(Path(f"M{tenth(at)} {foot + 1}l7 8-7 8-7-8z", "f-ink"))
        marks.append(Word(tenth(spot.x), base, spot.label.first, spot.label.look_first, spot.anchor))
        marks.append(Word(tenth(spot.x), base + 19, spot.label.second, spot.label.look_second, spot.anchor))
    axis = foot + 44 + (_TIER * (1 + max(spot.tier for spot in below)) if below else -20)
    marks.append(stroke(EDGE, axis, EDGE + SPAN, axis, "k-line"))
    marks += _axis(ticks, axis)
    return Drawing(name, WIDE, axis + 28, tuple(marks))


def _axis(ticks: Sequence[tuple[float, str]], foot: float) -> list[Mark]:
    """Ticks along the foot; a name that would touch the one before it is left out."""
    marks: list[Mark] = []
    taken = -20.0
    for place, text in ticks:
        at, wide = EDGE + place * SPAN, len(text) * 8.4
        left = min(max(at - wide / 2, 0), WIDE - wide)
        anchor = "" if at - wide / 2 < 0 else "end" if at + wide / 2 > WIDE else "middle"
        left = {"": at, "end": at - wide, "middle": left}[anchor]
        marks.append(stroke(at, foot, at, foot + 6, "k-lead"))
        if left >= taken + 12:
            marks.append(Word(tenth(at), foot + 22, text, "s q", anchor))
            taken = left + wide
    return marks


def _fitting(text: str, width: float) -> str:
    """As much of *Option 1, 1 year* as there is room for: all, what stands before the comma, or nothing."""
    for candidate in (text, text.partition(",")[0]):
        if len(candidate) * LETTER <= width:
            return candidate
    return ""


_APART = 50


def _life_narrow(
    name: str, segments: Sequence[tuple[float, float, str, str]], gone: float, labels: Sequence[Label]
) -> Drawing:
    """The same from top to bottom. Labels keep 50 px apart, more where the words take two lines; leaders bend."""
    ordered = sorted(labels, key=lambda label: label.place)
    wrapped = [_wrapped(label.first, 27) for label in ordered]
    needs = [_APART + 20 * (len(lines) - 1) for lines in wrapped]
    long = max(min(656, 180 + 70 * len(ordered)), sum(needs))
    start_y = 14

    def y(place: float) -> float:
        return start_y + place * long

    tops = _apart([y(label.place) - 16 for label in ordered], needs, start_y + long + 20)
    marks: list[Mark] = []
    for start, end, _, kind in segments:
        if kind == "term":
            marks.append(box(8, y(start), 30, y(end) - y(start), "f-mid"))
            marks.append(box(8, y(start), 30, max(y(gone) - y(start), 0), "f-council"))
        else:
            marks.append(box(9, y(start), 28, max(y(end) - y(start) - 1, 1), "k-dash"))
    for label, lines, at in zip(ordered, wrapped, tops, strict=True):
        marks += _beside(label, lines, y(label.place), at)
    bottom = max([y(1), *(at + need for at, need in zip(tops, needs, strict=True))])
    return Drawing(name, NARROW, tenth(bottom + 6), tuple(marks))


def _apart(wanted: Sequence[float], needs: Sequence[float], floor: float) -> list[float]:
    """Places pushed down until each has the room it needs, then up again from the floor."""
    tops: list[float] = []
    for index, place in enumerate(wanted):
        tops.append(max(place, tops[-1] + needs[index - 1] if tops else 0))
    for index in range(len(tops) - 1, -1, -1):
        below = tops[index + 1] if index + 1 < len(tops) else floor
        tops[index] = min(tops[index], below - needs[index])
    return tops


def _beside(label: Label, lines: Sequence[str], from_y: float, at: float) -> list[Mark]:
    """A label at the right of the bar, with the leader that bends to it."""
    look = "k-ink" if label.leader == "k-ink" else "k-lead"
    marks: list[Mark] = [Path(f"M38 {tenth(from_y)}H52L72 {tenth(at + 14)}H78", look)]
    if label.leader == "k-ink":
        marks.append(stroke(4, from_y, 38, from_y, "k-ink"))
    elif label.leader == "k-heavy":
        marks.append(stroke(2, from_y, 44, from_y, "k-heavy"))
    if label.diamond:
        marks.append(Path(f"M39 {tenth(from_y)}l8-7 8 7-8 7z", "f-ink"))
    for number, text in enumerate(lines):
        marks.append(Word(84, tenth(at + 12 + 20 * number), text, label.look_first.replace("l p", "b p")))
    marks.append(Word(84, tenth(at + 12 + 20 * len(lines)), label.second, label.look_second))
    return marks


def _wrapped(text: str, most: int) -> list[str]:
    lines: list[str] = []
    for word in text.split():
        if lines and len(lines[-1]) + 1 + len(word) <= most:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines or [""]
