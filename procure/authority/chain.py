"""The chain from a body's decision to what was done under it: as a picture and as sentences. Pure."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from procure import words
from procure.authority.rules import View
from procure.pictures.marks import Dot, Drawing, Line, Mark, Path, Picture, Rect, Word

WIDE, NARROW = (1220.0, 196.0), 345.0
BOX, GAP = 216.8, 34.0
TALL, BETWEEN = 184.0, 28.0
LETTERS = 22
"""Letters of ordinary size that fit across a box, with room for wider fonts."""


@dataclass(frozen=True)
class Link:
    """One link of the chain. A link without a day and not done is still to come, and drawn with a broken line."""

    title: str
    when: str
    is_done: bool
    heading: str
    sentence: str
    note: str = ""
    href: str = ""
    link: str = ""


@dataclass(frozen=True)
class Asked:
    """A post asked for its view, for the signs of the third link."""

    post: str
    view: View | None


@dataclass(frozen=True)
class ChainFacts:
    """What the picture shows: five links, and what stands inside each."""

    links: tuple[Link, Link, Link, Link, Link]
    resolutions: tuple[tuple[str, str], ...]
    acts: tuple[tuple[str, bool], ...]
    """Each act in a word, and whether it is the one in question."""
    asked: tuple[Asked, ...]
    signed_by: str
    signature_holds: bool | None
    uses: tuple[tuple[str, bool], ...]
    """What was or will be done under the power, and whether it is done."""


SIGNS = {View.OBJECTS: "!", View.COMMENTS: "“", View.CONTENT: "✓", None: "?"}


def chain_picture(facts: ChainFacts, key: str = "") -> Picture:
    """Five boxes in order, side by side or one below the other. `key` tells several on one page apart."""
    wide: list[Mark] = []
    narrow: list[Mark] = []
    for place, link in enumerate(facts.links):
        left = place * (BOX + GAP)
        wide += _box(facts, place, link, left, 4.0, BOX, 188.0)
        top = place * (TALL + BETWEEN)
        narrow += _box(facts, place, link, 0.0, top, NARROW, TALL)
        if place < len(facts.links) - 1:
            right, middle = left + BOX, NARROW / 2
            wide += [
                Line(right, 98, right + 25, 98, "k-council"),
                Path(f"M{right + 23:.1f} 91l11 7-11 7z", "f-council"),
            ]
            foot = top + TALL
            narrow += [
                Line(middle, foot, middle, foot + 19, "k-council"),
                Path(f"M{middle - 7:.1f} {foot + 17:.1f}l7 11 7-11z", "f-council"),
            ]
    height = len(facts.links) * (TALL + BETWEEN) - BETWEEN
    desc = "Five links in order. " + " ".join(link.sentence for link in facts.links)
    return Picture(
        "The chain of authority",
        desc,
        Drawing(f"ch{key}", *WIDE, tuple(wide)),
        Drawing(f"chn{key}", NARROW, height, tuple(narrow)),
    )


def _box(facts: ChainFacts, place: int, link: Link, x: float, y: float, width: float, height: float) -> list[Mark]:
    frame = "k-council" if link.is_done else "k-dash"
    marks: list[Mark] = [
        Rect(x, y, width, height, "f-white"), Rect(x + 1, y + 1, width - 2, height - 2, frame),
    ]  # fmt: skip
    if link.is_done:
        marks.append(Rect(x, y, width, 6, "f-council"))
    marks.append(Word(x + 18, y + 38, f"{place + 1} {link.title}", "l"))
    marks.append(Word(x + 18, y + 62, link.when, "q"))
    inside = (_resolved, _power, _consulted, _signed, _used)[place]
    return marks + inside(facts, x + 18, y + 84, width - 36)


def _resolved(facts: ChainFacts, x: float, y: float, width: float) -> list[Mark]:
    marks: list[Mark] = []
    for row, (numeral, said) in enumerate(facts.resolutions[:3]):
        marks += [Word(x, y + 18 + 28 * row, numeral, "b p"), Word(x + 38, y + 18 + 28 * row, said)]
    return marks


def _power(facts: ChainFacts, x: float, y: float, width: float) -> list[Mark]:
    marks: list[Mark] = []
    step = 29 if len(facts.acts) <= 3 else 25
    for row, (act, is_this) in enumerate(facts.acts[:4]):
        top, tall = y + step * row, step - 4
        marks += [
            Rect(x, top, 112, tall, "f-council" if is_this else "f-white"), Rect(x, top, 112, tall, "k-line"),
            Word(x + 10, top + tall - 6, act, "w b" if is_this else ""),
        ]  # fmt: skip
        if is_this:
            marks.append(Word(x + 120, top + tall - 6, "this one", "s q"))
    return marks


def _consulted(facts: ChainFacts, x: float, y: float, width: float) -> list[Mark]:
    marks: list[Mark] = []
    for column, asked in enumerate(facts.asked[:4]):
        middle = x + 17 + 42 * column
        against = asked.view is View.OBJECTS
        marks += [
            Dot(middle, y + 20, 15, "f-bad" if against else "f-white"),
            Dot(middle, y + 20, 15, "k-bad" if against else "k-council"),
            Word(middle, y + 26, SIGNS[asked.view], "b w" if against else "b", "middle"),
        ]  # fmt: skip
    lines = _answers_said(facts.asked)
    for row, line in enumerate(lines):
        marks.append(Word(x, y + 62 + 22 * row, line, "r" if row == 0 and "object" in line else ""))
    return marks


def _answers_said(asked: Sequence[Asked]) -> list[str]:
    if not asked:
        return []
    against = sum(one.view is View.OBJECTS for one in asked)
    answered = sum(one.view is not None for one in asked)
    count = len(asked)
    lines = []
    if against:
        lines.append(f"{words.sentence(words.number_word(against))} object{'s' if against == 1 else ''}")
    if answered == count:
        lines.append("It has answered" if count == 1 else f"All {words.number_word(count)} answered")
    elif answered or against:
        lines.append(f"{answered} of {count} answered")
    else:
        lines.append(f"{words.sentence(words.number_word(count))} post{'' if count == 1 else 's'} to ask")
    return lines


def _signed(facts: ChainFacts, x: float, y: float, width: float) -> list[Mark]:
    rows = textwrap.wrap(facts.signed_by, LETTERS)[:3]
    marks: list[Mark] = [Word(x, y + 18 + 22 * row, line) for row, line in enumerate(rows)]
    if facts.signature_holds is not None:
        middle = y + 18 + 22 * len(rows) + 6
        marks += [
            Dot(x + 12, middle, 11, "f-council" if facts.signature_holds else "f-bad"),
            Word(x + 12, middle + 5, "✓" if facts.signature_holds else "!", "b w s", "middle"),
            Word(x + 32, middle + 6, "Signature holds" if facts.signature_holds else "Something changed", "b"),
        ]  # fmt: skip
    return marks


def _used(facts: ChainFacts, x: float, y: float, width: float) -> list[Mark]:
    marks: list[Mark] = []
    for row, (said, is_done) in enumerate(facts.uses[:3]):
        top = y + 32 * row
        marks.append(Rect(x, top, 150, 26, "f-council" if is_done else "k-dash"))
        marks.append(Word(x + 12, top + 18, said, "w b" if is_done else ""))
    return marks


def said_of(body: str, post: str, asked: Sequence[Asked], signed_on: date | None, is_approved: bool) -> str:
    """The whole chain in one or two sentences, for the head of the page."""
    if not is_approved:
        return "Nobody has approved this purchase yet."
    if not post:
        return f"{body} approved this purchase. Nobody has been given the power to carry it out."
    first = f"{body} gave the {post} this power."
    if not asked:
        return f"{first} Nothing has been done under it yet."
    against = sum(one.view is View.OBJECTS for one in asked)
    open_ = sum(one.view is None for one in asked)
    count = words.sentence(words.number_word(len(asked)))
    many = "post was" if len(asked) == 1 else "posts were"
    if against:
        said = f"{count} {many} consulted, {words.number_word(against)} objected"
    elif open_:
        said = f"{count} {many} asked, {words.number_word(open_)} {'hasn’t' if open_ == 1 else 'haven’t'} answered yet"
    else:
        said = f"{count} {many} consulted, none objected"
    return f"{first} {said}, and the director signed." if signed_on else f"{first} {said}."
