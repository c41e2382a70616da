"""Every page of the product, as each person may open it, and every form sent empty: read by axe, wide and narrow.

What the server answers is handed to the browser. Where a page holds a part that stands where none like it stood before,
it is opened, its scripts run, and what they made of it is read at both widths: of the first page of its kind the whole
wide page, of the others what is new. Of a page whose parts are all known only the width on a phone is new.
"""

from __future__ import annotations

import re
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import html
from playwright.sync_api import Browser, Route
from werkzeug.datastructures import MultiDict

from procure.demonstration.walk import the_cast
from procure.now import real_now
from procure.people import keys
from procure.people.rules import TokenPurpose
from tests.addresses import Found, Reader, blank_forms, pages_open_to, reader_of, taken
from tests.conftest import POSTGRESQL, SQLITE, built, settings_for
from tests.journeys.by_pages import House
from tests.journeys.conftest import NARROW, WIDE, Visitor
from tests.journeys.parts import Place, new_parts, ways_to
from tests.walking import walked

HOST = "http://127.0.0.1"

ALONE = "mail.as_mail"
"""A letter's own HTML may run nothing, axe neither: it is read without its sandbox."""

PUT_IN = """(said) => {
    const page = new DOMParser().parseFromString(said, "text/html");
    page.body.classList.add("js-enabled", "govuk-frontend-supported");
    document.title = page.title;
    document.documentElement.lang = page.documentElement.lang;
    document.body.replaceWith(document.adoptNode(page.body));
}"""
"""Shows another page in the window that is open. Its styles are the same on every page; no script runs again."""

READERS = {
    "contract": ("manager", "officer", "administrator"),
    "appraisal": ("officer", "commissioning", "auditor"),
    "signing": ("director", "care", "officer", "manager", "law", "democratic"),
    "signed": ("officer", "director", "manager", "auditor"),
}  # fmt: skip
"""Who looks around on which day of the demonstration: those for whom that day holds something."""


def plainly_wrong(page: Any) -> list[str]:
    """What axe would say of a whole page: no title, no language, one name given to two parts."""
    ids = Counter(page.xpath("//@id"))
    wrong = [f"#{name} stands there {count} times" for name, count in ids.items() if count > 1]
    if not page.xpath("string(//title)").strip():
        wrong.append("it has no title")
    return wrong if page.get("lang") else [*wrong, "it has no language"]


class Screen:
    """Browser windows that are shown pages: one in which they are opened, and one of each width that stays open.

    Into those a page is put when its scripts have run, so that axe needn't be brought along for each.
    """

    def __init__(self, browser: Browser, static: Any) -> None:
        self.context = browser.new_context(locale="en-GB")
        self.context.set_default_timeout(10_000)
        self.context.route("**/*", self._answers)
        self.static, self.shown = static, None
        self.opened, self.wide, self.narrow = (self._window(width) for width in (WIDE, WIDE, NARROW))
        self.known: set[Place] = set()
        self.said: set[str] = set()
        self.sent: set[str] = set()
        self.seen: set[str] = set()

    def _window(self, width: int) -> Visitor:
        found = Visitor(self.context.new_page(), HOST)
        _is_as_wide_as(found, width)
        return found

    def _answers(self, route: Route) -> None:
        path = urlsplit(route.request.url).path
        if path.startswith("/static/"):
            found = self.static.get(path)
            route.fulfill(body=found.get_data(), headers=dict(found.headers))
        elif self.shown is not None and route.request.is_navigation_request() and not route.request.frame.parent_frame:
            headers = {} if self.shown.endpoint == ALONE else self.shown.headers
            route.fulfill(body=self.shown.html, headers=headers | {"Content-Type": "text/html; charset=utf-8"})
        else:
            route.fulfill(body="<!DOCTYPE html><html lang=en><title>A letter</title><p>Shown by itself")

    def looks_at(self, page: Found) -> list[str]:
        """What is wrong with a page; nothing for one that says what another said already."""
        is_first = page.endpoint not in self.seen
        self.seen.add(page.endpoint)
        if page.own in self.said:
            return []
        self.said.add(page.own)
        tree = html.document_fromstring(page.html)
        new = new_parts(tree, self.known)
        self.shown = page
        wrong, ways = plainly_wrong(tree), ways_to(new)
        if page.endpoint == ALONE:
            wrong += self._reads_alone(page)
        elif new:
            wrong += self._reads(page, ways, is_first)
        else:
            wrong += self._shows(self.narrow, page, page.html).finds_wrong(thoroughly=False)
        return [f"{page.address}: {one}" for one in wrong]

    def _reads(self, page: Found, ways: list[dict[str, Any]], is_first: bool) -> list[str]:
        """Open it, and have axe read what its scripts made of it at both widths."""
        self._opens(self.opened, page)
        wrong = self.opened.finds_wrong(thoroughly=False)
        wide = self._shows(self.wide, page, self.opened.page.content())
        wrong += wide.finds_wrong(within=ways, whole=is_first, thoroughly=is_first or bool(ways))
        _is_as_wide_as(self.opened, NARROW)
        narrow = self._shows(self.narrow, page, self.opened.page.content())
        _is_as_wide_as(self.opened, WIDE)
        return wrong + narrow.finds_wrong(within=ways, thoroughly=bool(ways))

    def _reads_alone(self, page: Found) -> list[str]:
        """What has its own styles is read where it was opened."""
        self._opens(self.opened, page)
        wrong = self.opened.finds_wrong()
        _is_as_wide_as(self.opened, NARROW)
        wrong += self.opened.finds_wrong()
        _is_as_wide_as(self.opened, WIDE)
        return wrong

    def _opens(self, window: Visitor, page: Found) -> None:
        window.complaints.clear()
        window.page.goto(HOST + "/" + page.address.lstrip("/"))

    def _shows(self, window: Visitor, page: Found, said: str) -> Visitor:
        """A window that stays open, showing what a page says; the first page that comes is opened in it."""
        if window.page.url == "about:blank":
            self._opens(window, page)
        window.complaints.clear()
        window.page.evaluate(PUT_IN, said)
        return window

    def looks_at_all(self, app: Flask, reader: Reader) -> list[str]:
        """What is wrong with any page this reader may open, and with what comes of sending its forms empty."""
        pages = list(pages_open_to(app, reader))
        wrong = [one for page in pages for one in self.looks_at(page)]
        for page in pages:
            for form in blank_forms(app, page):
                if form.endpoint in self.sent:
                    continue
                self.sent.add(form.endpoint)
                answer = reader.client.post(form.address, data=MultiDict(form.data))
                if answer.mimetype == "text/html" and answer.status_code in (200, 422):
                    wrong += self.looks_at(taken(form.endpoint, form.address, answer))
        return wrong


def _is_as_wide_as(window: Visitor, width: int) -> None:
    window.page.set_viewport_size({"width": width, "height": 900})


@pytest.fixture(scope="module")
def screen(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Screen]:
    """One window for all pages of this file: what it has read once it needn't read again."""
    folder = tmp_path_factory.mktemp("static")
    found = Screen(browser, built(settings_for(folder, f"sqlite:///{folder / 'none.db'}")).test_client())
    yield found
    found.context.close()


def nothing_is_wrong(found: list[str]) -> None:
    """Say all that is wrong, one in a line."""
    assert not found, "\n".join(found)


@pytest.mark.parametrize("stage", READERS)
def test_every_page_that_a_person_may_open(
    screen: Screen, stage: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    app = walked(stage, SQLITE, tmp_path / stage, request)
    nothing_is_wrong([one for key in READERS[stage] for one in screen.looks_at_all(app, reader_of(app, key))])


def test_the_same_pages_on_the_other_database(screen: Screen, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    app = walked("appraisal", POSTGRESQL, tmp_path / "postgresql", request)
    nothing_is_wrong(screen.looks_at_all(app, reader_of(app, "officer")))


def test_pages_for_visitors_who_are_not_signed_in(
    screen: Screen, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    house = House(walked("appraisal", SQLITE, tmp_path / "visitors", request))
    letter = re.search(r"/r/[\w-]+", house.letter_to("manager", "Decide by"))
    assert letter is not None
    with house.rows():
        person = the_cast()["officer"].id
        invited = keys.make_key(TokenPurpose.INVITATION, person, at=real_now())
    client, wrong = house.app.test_client(), []
    for path in ("/sign-in", "/forgotten", "/help", "/privacy", "/accessibility", letter.group(),
                 f"{letter.group()}/ack",
                 "/letters-key/nothing", f"/letters-key/{invited}", "/not-a-page", "/r/nothing",
                 "/public/decisions", "/public/decisions?q=nothing", "/public/forward-plan"):  # fmt: skip
        wrong += _opened_and_sent_empty(screen, house.app, client, path)
    client.post("/sign-in", data={"email": "director@lbbd.example", "password": house.password_of("director")})
    wrong += _opened_and_sent_empty(screen, house.app, client, "/sign-in/code")
    nothing_is_wrong(wrong)


def _opened_and_sent_empty(screen: Screen, app: Flask, client: FlaskClient, path: str) -> list[str]:
    page = taken(path, path, client.get(path))
    wrong = screen.looks_at(page)
    for form in blank_forms(app, page):
        wrong += screen.looks_at(taken(path, path, client.post(form.address, data=MultiDict(form.data))))
    return wrong


def test_refusals_as_pages(screen: Screen, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    app = walked("signing", SQLITE, tmp_path / "refusals", request)
    app.config["TESTING"] = app.testing = False
    officer, wrong = reader_of(app, "officer").client, []
    reached = {403: "/trail", 404: "/procurements/PRO-1999-001"}
    for status, path in reached.items():
        answer = officer.get(path)
        assert answer.status_code == status
        wrong += screen.looks_at(taken(str(status), path, answer))
    nothing_is_wrong(wrong)


def test_the_first_visit(screen: Screen, sqlite_template: Path, tmp_path: Path) -> None:
    shutil.copy(sqlite_template, tmp_path / "procure.db")
    app = built(settings_for(tmp_path, f"sqlite:///{tmp_path / 'procure.db'}"))
    nothing_is_wrong(_opened_and_sent_empty(screen, app, app.test_client(), "/start"))
