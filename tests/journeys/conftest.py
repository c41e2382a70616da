"""A real browser in front of a real server, for the journeys."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from flask import Flask
from playwright.sync_api import Browser, Page, sync_playwright
from werkzeug.serving import make_server

from tests.conftest import POSTGRESQL, SQLITE
from tests.journeys.by_pages import House
from tests.walking import walked

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
AXE_OPTIONS = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}
WIDE, NARROW = 1280, 375


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for the session; skips aloud where it is missing."""
    program = shutil.which("chromium")
    if program is None:
        pytest.skip("Chromium is not installed: its tests were not run.")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=program,
            headless=True,
            args=["--no-sandbox", "--disable-dev-shm-usage", "--disable-background-networking"],
        )
        yield chromium
        chromium.close()


@pytest.fixture
def served(app: Flask) -> Iterator[str]:
    """The application on a port of this machine, with CSRF as in earnest."""
    app.config["WTF_CSRF_ENABLED"] = True
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    app.config["PUBLIC_URL"] = f"http://127.0.0.1:{server.server_port}"
    yield app.config["PUBLIC_URL"]
    server.shutdown()
    thread.join(5)


class Visitor:
    """Somebody at a screen: goes to pages, and finds nothing that axe or the console complains of."""

    def __init__(self, page: Page, at: str) -> None:
        self.page = page
        self.at = at
        self.complaints: list[str] = []
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" else None)

    def goes_to(self, path: str) -> None:
        """Open a page and have it checked."""
        self.page.goto(self.at + path)
        self.checks()

    def checks(self) -> None:
        """WCAG 2.2 AA by axe, no sideways scrolling of the page, no error in the console."""
        problems = self.finds_wrong()
        assert not problems, f"{self.page.url}: {problems}"

    def finds_wrong(self, thoroughly: bool = True) -> list[str]:
        """All that is wrong with the page that is open; only `thoroughly` is it read by axe."""
        problems = self._read_by_axe() if thoroughly else []
        wide, wider = self.page.evaluate("(({clientWidth: w, scrollWidth: s}) => [w, s - w])(document.documentElement)")
        if wider > 0:
            problems.append(f"at {wide} px the page is {wider} px too wide")
        return problems + [one for one in self.complaints if "status of 4" not in one]

    def _read_by_axe(self) -> list[str]:
        if not self.page.evaluate("typeof axe === 'object'"):
            self.page.evaluate(AXE_SCRIPT)
        found = self.page.evaluate("(options) => axe.run(document, options)", AXE_OPTIONS)
        return [f"{one['id']}: {one['help']} ({one['nodes'][0]['target']})" for one in found["violations"]]

    def presses(self, name: str) -> None:
        """Press a button or follow a link by its name, and have the next page checked."""
        found = self.page.get_by_role("button", name=name, exact=True)
        if not found.count():
            found = self.page.get_by_role("link", name=name, exact=True)
        found.first.click()
        self.page.wait_for_load_state()
        self.checks()

    def fills(self, label: str, words: str) -> None:
        """Type into the field with that label."""
        self.page.get_by_label(label, exact=True).fill(words)

    def sees(self, words: str) -> None:
        """Expect words on the page."""
        assert words in self.page.locator("body").inner_text().replace("\u00a0", " "), (
            f"{self.page.url} doesn’t say: {words}"
        )


@pytest.fixture
def visitor(browser: Browser, served: str) -> Iterator[Any]:
    """A maker of visitors: `visitor(width=375)`; each has a browser of their own."""
    contexts = []

    def make(width: int = WIDE, scripts: bool = True) -> Visitor:
        context = browser.new_context(
            viewport={"width": width, "height": 900}, java_script_enabled=scripts, locale="en-GB"
        )
        context.set_default_timeout(10_000)
        contexts.append(context)
        return Visitor(context.new_page(), served)

    yield make
    for context in contexts:
        context.close()


@pytest.fixture(params=[SQLITE, POSTGRESQL])
def house(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[House]:
    """The council on 25 January 2027, on each database, for readers of pages. No context stays open around them."""
    found = House(walked("contract", request.param, tmp_path / "house", request))
    yield found
    found.close()
