"""The guides in `docs/guides`, followed word for word in a real browser: each step leads where it says.

A guide names the stage of the demonstration it begins at. What stands in bold is what a page calls it: a step that
says *Choose* presses it, *Type … in* fills it, *You see* expects it. `make guides` takes the pictures anew.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from config import ROOT
from procure.demonstration.cast import PARTS
from tests.journeys.conftest import NARROW, WIDE, Screens, Visitor
from tests.journeys.test_in_a_browser import signs_in

At = Callable[..., Screens]

FOLDER = ROOT / "docs" / "guides"
GUIDES = sorted(FOLDER.glob("*.md"))

BEGINS = re.compile(
    r"`flask --app wsgi demo load --stage (?P<stage>[\w-]+)`(?:,\s+`flask --app wsgi demo today (?P<today>[\d-]+)`)?"
)
WHO = re.compile(
    r"sign in as (?:the )?(?P<name>[A-Z]\. \w+|\w+ \d|Cabinet Member for [\w ]+?)(?P<phone>, on a phone)?\."
)
STEP = re.compile(
    r"(?P<sign_in>Sign in\.)"
    r"|[Oo]pen the letter \*\*(?P<letter>[^*]+)\*\*"
    r"|(?:[Cc]hoose|[Oo]pen|[Pp]ress|[Tt]ick) \*\*(?P<press>[^*]+)\*\*"
    r"|[Tt]ype “(?P<words>[^”]+)” in \*\*(?P<label>[^*]+)\*\*"
    r"|[Tt]ype your password in \*\*(?P<password>[^*]+)\*\*"
    r"|[Ss]elect “(?P<option>[^”]+)” in \*\*(?P<list>[^*]+)\*\*"
    r"|[Ee]nter (?P<day>\d+ \w+ \d{4})(?: at (?P<time>[\d:]+))? in \*\*(?P<date>[^*]+)\*\*"
    r"|[Yy]ou see \*\*(?P<sees>[^*]+)\*\*"
    r"|!\[[^\]]+\]\((?P<picture>pictures/[\w-]+\.png)\)"
)


@dataclass(frozen=True)
class Part:
    """A stretch of a guide that begins with a stage of the demonstration."""

    stage: str
    today: str | None
    person: str
    is_on_a_phone: bool
    words: str


def parts_of(guide: Path) -> Iterator[Part]:
    """The parts of a guide, each from its own beginning."""
    text = guide.read_text()
    begins = list(BEGINS.finditer(text))
    assert begins, f"{guide.name} says no stage to begin at"
    for begin, following in zip(begins, [*begins[1:], None], strict=True):
        words = " ".join(text[begin.end() : following.start() if following else None].split())
        who = WHO.search(words)
        assert who is not None, f"{guide.name} doesn’t say as whom to sign in after {begin.group()}"
        person = next(part.key for part in PARTS if part.name == who["name"])
        yield Part(begin["stage"], begin["today"], person, who["phone"] is not None, words[who.end() :])


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.stem)
def test_a_guide_followed_word_for_word_leads_where_it_says(
    guide: Path, screens_at: At, request: pytest.FixtureRequest
) -> None:
    takes_pictures = request.config.getoption("--pictures")
    for part in parts_of(guide):
        screens = screens_at(part.stage)
        if part.today:
            screens.house.is_on(date.fromisoformat(part.today))
        visitor = screens.stranger(NARROW if part.is_on_a_phone else WIDE)
        visitor.page.goto(screens.at)
        steps = 0
        for step in STEP.finditer(part.words):
            follows(visitor, screens, part, step, takes_pictures)
            steps += 1
        assert part.words.count("**") // 2 + part.words.count("![") + part.words.count("Sign in.") == steps, (
            f"{guide.name}: something in bold after {part.stage} is no step that can be followed"
        )


def follows(visitor: Visitor, screens: Screens, part: Part, step: re.Match[str], takes_pictures: bool) -> None:
    """Do what one step says."""
    page, said = visitor.page, step.groupdict()
    deeds: dict[str, Callable[[], object]] = {
        "sign_in": lambda: signs_in(visitor, screens, part.person),
        "letter": lambda: opens_the_letter(visitor, screens, part.person, said["letter"]),
        "press": lambda: presses_or_ticks(visitor, said["press"]),
        "label": lambda: page.get_by_label(said["label"], exact=True).first.fill(said["words"]),
        "password": lambda: page.get_by_label(said["password"], exact=True).fill(
            screens.house.password_of(part.person)
        ),
        "list": lambda: page.get_by_label(said["list"], exact=True).first.select_option(label=said["option"]),
        "date": lambda: enters_the_day(visitor, said["date"], said["day"], said["time"]),
        "sees": lambda: visitor.sees(said["sees"]),
        "picture": lambda: has_its_picture(visitor, FOLDER / said["picture"], takes_pictures),
    }
    next(deed for name, deed in deeds.items() if said[name])()


def opens_the_letter(visitor: Visitor, screens: Screens, person: str, subject: str) -> None:
    """Follow the link of the last letter whose subject begins with these words."""
    found = re.search(r"/r/[\w-]+", screens.house.letter_to(person, subject))
    assert found is not None, f"the letter {subject} has no link"
    visitor.goes_to(found.group())


def has_its_picture(visitor: Visitor, path: Path, takes_pictures: bool) -> None:
    """Take the picture where that is asked for; it must be there."""
    if takes_pictures:
        visitor.page.evaluate(
            "(document.activeElement.closest('main form') ?? document.querySelector('main')).scrollIntoView()"
        )
        visitor.page.screenshot(path=path)
    assert path.exists(), f"{path.name} is missing: make guides"


def enters_the_day(visitor: Visitor, asked: str, day: str, time: str | None) -> None:
    """Fill day, month and year of a question, and the time where one is given."""
    on = datetime.strptime(day, "%d %B %Y").replace(tzinfo=UTC)
    around = visitor.page.get_by_role("group", name=asked)
    parts = {"Day": on.day, "Month": on.month, "Year": on.year} | ({"Time": time} if time else {})
    for label, value in parts.items():
        around.get_by_label(label, exact=True).fill(str(value))


def presses_or_ticks(visitor: Visitor, name: str) -> None:
    """Press a button, follow a link, or tick what has that name, as somebody who reads it does."""
    page = visitor.page
    for role in ("radio", "checkbox"):
        choice = page.get_by_role(role, name=name, exact=True)
        if choice.count():
            choice.first.check()
            return
    for exact in (True, False):
        for role in ("button", "link"):
            found = page.get_by_role(role, name=name, exact=exact)
            if found.count():
                found.first.click()
                page.wait_for_load_state()
                visitor.checks()
                return
    raise AssertionError(f"{page.url} has nothing called “{name}”")
