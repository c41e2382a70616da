"""The geometry of the pictures: what stands where, worked out here so that a template only writes it down.

Every picture has its own wide and narrow drawing; a wide one is never shrunk to a phone. A drawing is a list of marks
in the order they are painted. `look` names classes of the style sheet, never a colour, because the pages allow no
inline style; `HATCH` is the striped fill. Names must differ between two pictures on one page: ids are made of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from procure import words

HATCH = "hatch"
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
ONE_DAY = timedelta(days=1)
_EDGE, _SPAN, _WIDE = 8, 1104, 1120
_TIER = 44
LETTER = 9.6
"""Width of a letter at 16 px, a fifth more than usual: system fonts differ."""
Number = int | float | Decimal
Weight = int | Decimal


# ---------- marks ----------


@dataclass(frozen=True)
class Rect:
    x: float
    y: float
    width: float
    height: float
    look: str
    kind: str = field(default="rect", init=False)


@dataclass(frozen=True)
class Line:
    x1: float
    y1: float
    x2: float
    y2: float
    look: str
    kind: str = field(default="line", init=False)


@dataclass(frozen=True)
class Word:
    x: float
    y: float
    text: str
    look: str = ""
    anchor: str = ""
    """Empty for start, else *middle* or *end*, as SVG has it."""
    kind: str = field(default="text", init=False)


@dataclass(frozen=True)
class Path:
    d: str
    look: str
    kind: str = field(default="path", init=False)


@dataclass(frozen=True)
class Dot:
    x: float
    y: float
    r: float
    look: str
    kind: str = field(default="dot", init=False)


Mark = Rect | Line | Word | Path | Dot


@dataclass(frozen=True)
class Drawing:
    """One drawing of a picture, for one width of screen."""

    name: str
    width: float
    height: float
    marks: tuple[Mark, ...]

    @property
    def hatched(self) -> bool:
        return any(mark.look == HATCH for mark in self.marks)


@dataclass(frozen=True)
class Picture:
    """A picture with what it says in words for those who do not see it."""

    title: str
    desc: str
    wide: Drawing
    narrow: Drawing


def _r(number: Number) -> float:
    return round(float(number), 1)


def _rect(x: Number, y: Number, width: Number, height: Number, look: str) -> Rect:
    return Rect(_r(x), _r(y), _r(width), _r(height), look)


def _line(x1: Number, y1: Number, x2: Number, y2: Number, look: str) -> Line:
    return Line(_r(x1), _r(y1), _r(x2), _r(y2), look)


# ---------- the line of a contract's life ----------


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


@dataclass(frozen=True)
class _Label:
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
        return _EDGE + self.place * _SPAN

    @property
    def wide(self) -> float:
        letters = max(len(self.first) * (1.25 if "l" in self.look_first.split() else 1), len(self.second))
        return letters * LETTER


@dataclass(frozen=True)
class _Placed:
    label: _Label
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

    top = [_Label(after(ends_on), ends_said, words.day(ends_on), "l p", "b", "k-heavy", anchors=("middle", "end", ""))]
    top.append(
        _Label(
            along(started_on),
            "Started" if started_on <= today else "Starts",
            words.day(started_on),
            anchors=("", "middle", "end"),
        )
    )
    if options:
        top.append(_Label(after(last), "Last possible end", words.day(last), anchors=("end", "middle", "")))
    if shows_today:
        top.append(
            _Label(along(today), "Today", words.day(today), "b", "", "k-ink", tier=1, anchors=("middle", "", "end"))
        )
    low = [_Label(along(item.on), item.what, words.day(item.on), diamond=True) for item in shown]

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
        _Label(after(option.ends_on), f"End if {_lower(option.name)} is used", words.day(option.ends_on))
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


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


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


_TIERS = 6


def _place_top(labels: Sequence[_Label]) -> list[_Placed]:
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
    best: list[_Placed] = []
    least = float("inf")

    def go_on(done: list[_Placed], cost: float) -> None:
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


def _place_low(labels: Sequence[_Label]) -> list[_Placed]:
    """The labels beneath the bar: tried from the right, then from the left, and the flatter picture taken."""
    tries = [_in_turn(labels[::-1]), _in_turn(labels)]
    return min(tries, key=lambda placed: (max((spot.tier for spot in placed), default=0), -len(placed)))


def _in_turn(labels: Sequence[_Label]) -> list[_Placed]:
    placed: list[_Placed] = []
    for label in labels:
        spots = [spot for tier in range(_TIERS) for spot in _spots(label, tier)]
        free = (spot for spot in spots if all(_keep_clear(spot, other) for other in placed))
        beside = (spot for spot in spots if all(_no_overlap(spot, other) for other in placed))
        last = _Placed(label, _TIERS, spots[0].anchor, spots[0].left, spots[0].right)
        placed.append(next(free, None) or next(beside, None) or last)
    return placed


def _spots(label: _Label, tier: int) -> Iterable[_Placed]:
    wide, x = label.wide, label.x
    for anchor in label.anchors:
        left = {"middle": x - wide / 2, "end": x - 7 - wide, "": x + 7}[anchor]
        if 0 <= left <= _WIDE - wide:
            yield _Placed(label, tier, anchor, left, left + wide)
    left = min(max(x - wide / 2, 0), _WIDE - wide)  # better over its leader than outside the picture
    yield _Placed(label, tier, "middle", left, left + wide)


def _no_overlap(one: _Placed, other: _Placed) -> bool:
    return one.tier != other.tier or one.left >= other.right + 12 or other.left >= one.right + 12


def _keep_clear(one: _Placed, other: _Placed) -> bool:
    """No words upon words, and no leader through words: the leader of a further row passes every nearer one."""
    if not _no_overlap(one, other):
        return False
    far, near = (one, other) if one.tier >= other.tier else (other, one)
    crossed = near.left - 3 < far.label.x < near.right + 3
    if far.tier == near.tier:
        crossed = crossed or far.left - 3 < near.label.x < far.right + 3
    return not crossed


def _life_wide(
    name: str,
    segments: Sequence[tuple[float, float, str, str]],
    gone: float,
    top: Sequence[_Label],
    low: Sequence[_Label],
    ticks: Sequence[tuple[float, str]],
) -> Drawing:
    above, below = _place_top(top), _place_low(low)
    bar_y = 24 + _TIER * (1 + max((spot.tier for spot in above), default=0))
    bar_h = 34
    foot = bar_y + bar_h

    def x(place: float) -> float:
        return _EDGE + place * _SPAN

    marks: list[Mark] = []
    for start, end, text, kind in segments:
        left, width = x(start), x(end) - x(start)
        if kind == "term":
            marks.append(_rect(left, bar_y, width, bar_h, "f-mid"))
            marks.append(_rect(left, bar_y, max(x(gone) - left, 0), bar_h, "f-council"))
        else:
            marks.append(_rect(left, bar_y, width, bar_h, "f-white"))
            marks.append(_rect(left, bar_y + 1, max(width - 1, 1), bar_h - 2, "k-dash"))
        fitting = _fitting(text, width - 24)
        if fitting and kind == "term":
            marks.append(Word(_r(left + 14), bar_y + 23, fitting, "w b"))
        elif fitting:
            marks.append(Word(_r(left + width / 2), bar_y + 23, fitting, "", "middle"))
    for spot in above:
        at, base = x(spot.label.place), bar_y - 28 - spot.tier * _TIER
        lift = 20 if "l" in spot.label.look_first.split() else 17
        down = foot + 6 if spot.label.leader == "k-ink" else foot if spot.label.leader == "k-heavy" else bar_y
        marks.append(_line(at, base + 7, at, down, spot.label.leader))
        marks.append(Word(_r(spot.x), base - lift, spot.label.first, spot.label.look_first, spot.anchor))
        marks.append(Word(_r(spot.x), base, spot.label.second, spot.label.look_second, spot.anchor))
    for spot in below:
        at, base = x(spot.label.place), foot + 44 + spot.tier * _TIER
        marks.append(_line(at, foot, at, base + 8 if spot.anchor != "middle" else base - 16, "k-lead"))
        marks.append(Path(f"M{_r(at)} {foot + 1}l7 8-7 8-7-8z", "f-ink"))
        marks.append(Word(_r(spot.x), base, spot.label.first, spot.label.look_first, spot.anchor))
        marks.append(Word(_r(spot.x), base + 19, spot.label.second, spot.label.look_second, spot.anchor))
    axis = foot + 44 + (_TIER * (1 + max(spot.tier for spot in below)) if below else -20)
    marks.append(_line(_EDGE, axis, _EDGE + _SPAN, axis, "k-line"))
    marks += _axis(ticks, axis)
    return Drawing(name, _WIDE, axis + 28, tuple(marks))


def _axis(ticks: Sequence[tuple[float, str]], foot: float) -> list[Mark]:
    """Ticks along the foot; a name that would touch the one before it is left out."""
    marks: list[Mark] = []
    taken = -20.0
    for place, text in ticks:
        at, wide = _EDGE + place * _SPAN, len(text) * 8.4
        left = min(max(at - wide / 2, 0), _WIDE - wide)
        anchor = "" if at - wide / 2 < 0 else "end" if at + wide / 2 > _WIDE else "middle"
        left = {"": at, "end": at - wide, "middle": left}[anchor]
        marks.append(_line(at, foot, at, foot + 6, "k-lead"))
        if left >= taken + 12:
            marks.append(Word(_r(at), foot + 22, text, "s q", anchor))
            taken = left + wide
    return marks


def _fitting(text: str, width: float) -> str:
    """As much of *Option 1, 1 year* as there is room for: all, what stands before the comma, or nothing."""
    for candidate in (text, text.partition(",")[0]):
        if len(candidate) * LETTER <= width:
            return candidate
    return ""


_NARROW, _APART = 345, 50


def _life_narrow(
    name: str, segments: Sequence[tuple[float, float, str, str]], gone: float, labels: Sequence[_Label]
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
            marks.append(_rect(8, y(start), 30, y(end) - y(start), "f-mid"))
            marks.append(_rect(8, y(start), 30, max(y(gone) - y(start), 0), "f-council"))
        else:
            marks.append(_rect(9, y(start), 28, max(y(end) - y(start) - 1, 1), "k-dash"))
    for label, lines, at in zip(ordered, wrapped, tops, strict=True):
        marks += _beside(label, lines, y(label.place), at)
    bottom = max([y(1), *(at + need for at, need in zip(tops, needs, strict=True))])
    return Drawing(name, _NARROW, _r(bottom + 6), tuple(marks))


def _apart(wanted: Sequence[float], needs: Sequence[float], floor: float) -> list[float]:
    """Places pushed down until each has the room it needs, then up again from the floor."""
    tops: list[float] = []
    for index, place in enumerate(wanted):
        tops.append(max(place, tops[-1] + needs[index - 1] if tops else 0))
    for index in range(len(tops) - 1, -1, -1):
        below = tops[index + 1] if index + 1 < len(tops) else floor
        tops[index] = min(tops[index], below - needs[index])
    return tops


def _beside(label: _Label, lines: Sequence[str], from_y: float, at: float) -> list[Mark]:
    """A label at the right of the bar, with the leader that bends to it."""
    look = "k-ink" if label.leader == "k-ink" else "k-lead"
    marks: list[Mark] = [Path(f"M38 {_r(from_y)}H52L72 {_r(at + 14)}H78", look)]
    if label.leader == "k-ink":
        marks.append(_line(4, from_y, 38, from_y, "k-ink"))
    elif label.leader == "k-heavy":
        marks.append(_line(2, from_y, 44, from_y, "k-heavy"))
    if label.diamond:
        marks.append(Path(f"M39 {_r(from_y)}l8-7 8 7-8 7z", "f-ink"))
    for number, text in enumerate(lines):
        marks.append(Word(84, _r(at + 12 + 20 * number), text, label.look_first.replace("l p", "b p")))
    marks.append(Word(84, _r(at + 12 + 20 * len(lines)), label.second, label.look_second))
    return marks


def _wrapped(text: str, most: int) -> list[str]:
    lines: list[str] = []
    for word in text.split():
        if lines and len(lines[-1]) + 1 + len(word) <= most:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines or [""]


# ---------- paid so far ----------


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
        _rect(0, 8, scale, 24, HATCH),
        _rect(0, 8, min(part, 1.0) * scale, 24, "f-council"),
    ]
    if part > 1:
        marks.append(_rect(scale, 8, width - scale, 24, "f-bad"))
    marks.append(_rect(1, 9, width - 2, 22, "k-council"))
    if even is not None:
        at = min(max(even * scale, 1), width - 1)
        marks.append(_line(at, 0, at, 40, "k-ink"))
    return Drawing(name, width, 40, tuple(marks))


# ---------- where the answer would change ----------


@dataclass(frozen=True)
class Total:
    """An option's total when the criterion counts for nothing and for everything; between them it runs straight."""

    label: str
    at0: Number
    at100: Number
    preferred: bool = False

    def at(self, weight: Number) -> float:
        return float(self.at0) + (float(self.at100) - float(self.at0)) * float(weight) / 100


@dataclass(frozen=True)
class Switching:
    criterion: str
    lines: tuple[Total, ...]
    now: Weight
    switch_at: Weight | None
    """The weight from which another option leads; None where none ever does."""
    leader: str
    picture: Picture


def switching(
    criterion: str,
    lines: Sequence[Total],
    *,
    now: Weight,
    at: Weight | None = None,
    leader: str = "",
    name: str = "switching",
) -> Switching:
    """How every option's total moves as one criterion counts for more, and where another one takes the lead."""
    first = next((line for line in lines if line.preferred), lines[0])
    low = _lower(criterion)
    if at is None:
        desc = f"{first.label} leads whatever {low} counts for."
    elif at < now:
        desc = (
            f"{first.label} leads while {low} counts for more than {words.percent(at)}. Up to there {leader} is first."
        )
    else:
        desc = (
            f"{first.label} leads while {low} counts for less than {words.percent(at)}. From there {leader} is first."
        )
    title = f"Each option’s total as {low} counts for more"
    wide = _switching_drawing(name, lines, now, at, leader, criterion, 600, 44, 470, 18)
    narrow = _switching_drawing(f"{name}-n", lines, now, at, leader, criterion, _NARROW, 32, 205, 14)
    picture = Picture(title, f"{desc} The table gives the figures.", wide, narrow)
    return Switching(criterion, tuple(lines), now, at, leader, picture)


def _switching_drawing(
    name: str,
    lines: Sequence[Total],
    now: Weight,
    at: Weight | None,
    leader: str,
    criterion: str,
    width: int,
    left: int,
    right: int,
    letters: int,
) -> Drawing:
    top, foot = 20, 300

    def x(weight: Number) -> float:
        return left + (right - left) * float(weight) / 100

    def y(total: Number) -> float:
        return foot - (foot - top) * float(total) / 100

    marks: list[Mark] = []
    for total in range(0, 101, 20):
        marks.append(_line(left, y(total), right, y(total), "k-line"))
        marks.append(Word(left - 8, _r(y(total) + 5), str(total), "s q", "end"))
    for weight in range(0, 101, 20 if right - left > 250 else 50):
        marks.append(Word(_r(x(weight)), 322, f"{weight}%", "s q", "middle"))
    marks.append(Word(_r((left + right) / 2), 346, f"How much {_lower(criterion)} counts", "q", "middle"))
    marks.append(_line(x(now), top, x(now), foot, "k-lead"))
    near_end = float(now) > 70
    marks.append(
        Word(_r(x(now) + (-6 if near_end else 6)), 15, f"now {words.percent(now)}", "s q", "end" if near_end else "")
    )
    for line in sorted(lines, key=lambda line: line.preferred):
        marks.append(_line(x(0), y(line.at0), x(100), y(line.at100), "k-heavy" if line.preferred else "k-grey"))
    ends = _spread([y(line.at100) for line in lines], 20, top, foot)
    for line, end in zip(lines, ends, strict=True):
        marks.append(Word(right + 10, _r(end + 5), _short_name(line.label, letters), "b p" if line.preferred else ""))
    if at is not None:
        first = next((line for line in lines if line.preferred), lines[0])
        across, height = x(at), y(first.at(at))
        marks.append(_line(across, height, across, foot, "k-ink"))
        marks.append(Dot(_r(across), _r(height), 6, "k-dot"))
        said = (f"{_short_name(leader, letters)} first", f"{'up to' if at < now else 'from'} {words.percent(at)}")
        wide = max(map(len, said)) * LETTER
        to_left = across - 9 - wide > 0 and across + 9 + wide > width
        edge = across - 9 - wide if to_left else min(across + 9, width - wide)
        span = ((edge - left) / (right - left) * 100, (edge + wide - left) / (right - left) * 100)
        base = _clear_height(lines, span, y, height, foot)
        for number, text in enumerate(said):
            x_at = edge + wide if to_left else edge
            marks.append(Word(_r(x_at), base + 20 * number, text, "b halo", "end" if to_left else ""))
    return Drawing(name, width, 360, tuple(marks))


def _short_name(name: str, letters: int) -> str:
    return name if len(name) <= letters else name[: letters - 1].rstrip() + "…"


def _clear_height(
    lines: Sequence[Total], span: tuple[float, float], y: Callable[[float], float], height: float, foot: float
) -> float:
    """Where two lines of words stand free of the lines of the chart, from the foot up; the foot if nowhere."""
    for base in range(int(foot) - 36, int(height) + 20, -10):
        edges = [(y(line.at(min(max(span[0], 0), 100))), y(line.at(min(max(span[1], 0), 100)))) for line in lines]
        if all(max(edge) < base - 18 or min(edge) > base + 26 for edge in edges):
            return base
    return foot - 36


def _spread(places: Sequence[float], apart: float, top: float, foot: float) -> list[float]:
    """The same places pushed apart as little as need be, in their order, inside top and foot."""
    order = sorted(range(len(places)), key=lambda index: places[index])
    found = sorted(places)
    for _ in range(40):
        moved = False
        for index, (upper, lower) in enumerate(pairwise(found)):
            if lower - upper < apart - 0.01:
                push = (apart - (lower - upper)) / 2
                found[index], found[index + 1], moved = upper - push, lower + push, True
        if not moved:
            break
    for index in range(1, len(found)):
        found[index] = max(found[index], found[index - 1] + apart)
    over = max(found[-1] - foot, 0) if found else 0
    under = max(top - found[0], 0) if found else 0
    found = [place - over + under for place in found]
    spread = [0.0] * len(places)
    for rank, index in enumerate(order):
        spread[index] = found[rank]
    return spread


# ---------- costs by year ----------


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
        marks.append(_rect(17 * number, 32 - height, 13, height, look))
    marks.append(_line(0, 32.5, width, 32.5, "k-line"))
    return Drawing("", width, 33, tuple(marks))


# ---------- days counted one by one ----------

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
            marks += [_rect(x, y, 88, 80, "f-council"), Word(x + 10, y + 44, str(row[1]), "l w")]
            marks.append(Word(x + 80, y + 20, str(day.day), "s w", "end"))
            if day in ends:
                marks.append(Word(x + 44, y + 68, ends[day], "s w", "middle"))
        elif _is_holiday(row):
            assert row is not None
            one, two = _holiday_words(row[2])
            marks += [_rect(x, y, 88, 80, HATCH), _rect(x + 1, y + 1, 86, 78, "k-bad")]
            marks += [_rect(x + 54, y + 5, 30, 22, "f-white"), Word(x + 80, y + 20, str(day.day), "s b", "end")]
            marks += [_rect(x + 3, y + 32, 82, 44, "f-white"), Word(x + 44, y + 50, one, "s r", "middle")]
            marks.append(Word(x + 44, y + 67, two, "s r", "middle"))
        else:
            marks += [_rect(x, y, 88, 80, "f-tint"), Word(x + 80, y + 20, str(day.day), "s q", "end")]
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
            marks += [_rect(x, y, 42, 54, "f-council"), Word(x + 21, y + 45, str(row[1]), "l w", "middle")]
            marks.append(Word(x + 21, y + 18, str(day.day), "s w", "middle"))
        elif _is_holiday(row):
            assert row is not None
            holidays.append(row[2])
            marks += [_rect(x, y, 42, 54, HATCH), _rect(x + 1, y + 1, 40, 52, "k-bad")]
            marks += [_rect(x + 9, y + 4, 24, 20, "f-white"), Word(x + 21, y + 19, str(day.day), "s b", "middle")]
        else:
            marks += [_rect(x, y, 42, 54, "f-tint"), Word(x + 21, y + 18, str(day.day), "s q", "middle")]
    foot = 22 + 58 * many
    if holidays:
        one, two = _holiday_words(holidays[0])
        said = "Bank holiday, not counted" if len(set(holidays)) > 1 or one == "bank" else f"{one} {two}, not counted"
        marks += [
            _rect(0, foot + 8, 18, 18, HATCH),
            _rect(1, foot + 9, 16, 16, "k-bad"),
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
