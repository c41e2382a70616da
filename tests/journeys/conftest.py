"""A real browser in front of a real server, for the journeys."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from lxml import html
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from werkzeug.serving import make_server

from tests.conftest import POSTGRESQL, SQLITE
from tests.journeys.by_pages import House
from tests.journeys.parts import Place, new_parts, ways_to
from tests.walking import walked

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
AXE_OPTIONS = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"], "preload": False}
"""Without `preload` axe doesn't fetch the styles once more, only to look for a lock on how a phone is held."""
LOOKS = ["color-contrast"]
"""What axe takes two thirds of its time for. It follows from the styles: it holds for every part that stands alike."""
READ = """async ({options, looks, within, whole}) => {
    const children = (part) => Array.from(part.children);
    const led = ({way, tag, css}) => {
        let part = document.documentElement;
        for (const number of way) {
            const next = children(part)[number];
            if (!next) return part;
            part = next;
        }
        const is_it = part.tagName.toLowerCase() === tag.toLowerCase() && (part.getAttribute("class") || "") === css;
        return is_it ? part : part.parentElement || part;
    };
    const parts = (within || []).map(led);
    const all = parts.some((part) => part === document.documentElement || part === document.body);
    const context = parts.length && !all ? {include: parts} : document;
    const rest = {...options, rules: Object.fromEntries(looks.map((rule) => [rule, {enabled: false}]))};
    const found = [await (whole ? axe.run(document, rest) : axe.run(context, options))];
    if (whole && parts.length) found.push(await axe.run(context, {...options, runOnly: looks}));
    return found.flatMap((one) => one.violations).map(({id, help, nodes}) => `${id}: ${help} (${nodes[0].target})`);
}"""
"""Reads the page, or parts of it; or the page but the looks of those parts alone. Where a script has moved a part, what
it stood in is read."""

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


_seen: dict[int, set[Place]] = {}
"""What visitors have seen, by the width of their screens."""


class Visitor:
    """Somebody at a screen: goes to pages, and finds nothing that axe or the console complains of."""

    def __init__(self, page: Page, at: str, scripts: bool = True) -> None:
        self.page = page
        self.at = at
        self.scripts = scripts
        self.complaints: list[str] = []
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" else None)

    def goes_to(self, path: str) -> None:
        """Open a page and have it checked."""
        self.page.goto(self.at + path)
        self.checks()

    def checks(self) -> None:
        """WCAG 2.2 AA by axe, no sideways scrolling of the page, no error in the console.

        The looks are read of what somebody with a screen as wide hasn't seen yet.
        """
        size = self.page.viewport_size
        known = _seen.setdefault(size["width"] if size else 0, set())
        new = new_parts(html.document_fromstring(self.page.content()), known) if self.scripts else []
        problems = self.finds_wrong(within=ways_to(new), whole=True)
        assert not problems, f"{self.page.url}: {problems}"

    def finds_wrong(
        self, thoroughly: bool = True, within: list[dict[str, Any]] | None = None, whole: bool = False
    ) -> list[str]:
        """All that is wrong with the page that is open; only `thoroughly` is it read by axe.

        With `within`, ways to parts of it child by child, axe reads those parts alone; with `whole` the whole page, and
        of those parts the looks.
        """
        problems = self._read_by_axe(within, whole) if thoroughly and self.scripts else []
        wide, wider = self.page.evaluate("(({clientWidth: w, scrollWidth: s}) => [w, s - w])(document.documentElement)")
        if wider > 0:
            problems.append(f"at {wide} px the page is {wider} px too wide")
        return problems + [one for one in self.complaints if "status of 4" not in one]

    def _read_by_axe(self, within: list[dict[str, Any]] | None, whole: bool) -> list[str]:
        if not self.page.evaluate("typeof axe === 'object'"):
            self.page.evaluate(AXE_SCRIPT)
        asked = {"options": AXE_OPTIONS, "looks": LOOKS, "within": within, "whole": whole}
        found: list[str] = self.page.evaluate(READ, asked)
        return found

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

    def sees(self, *words: str) -> None:
        """Expect words on the page."""
        text = self.page.locator("body").inner_text().replace("\u00a0", " ")
        missing = [one for one in words if one not in text]
        assert not missing, f"{self.page.url} doesn’t say: {missing}"


class Screens:
    """The council's house with a server in front of it, and people's screens of any width."""

    def __init__(self, browser: Browser, house: House) -> None:
        self.browser, self.house = browser, house
        self.server = make_server("127.0.0.1", 0, house.app, threaded=True)
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()
        self.at = house.app.config["PUBLIC_URL"] = f"http://127.0.0.1:{self.server.server_port}"
        self.contexts: list[BrowserContext] = []

    def stranger(self, width: int = WIDE, scripts: bool = True) -> Visitor:
        """Somebody who isn't signed in, with a browser of their own."""
        context = self.browser.new_context(
            viewport={"width": width, "height": 900}, java_script_enabled=scripts, locale="en-GB"
        )
        context.set_default_timeout(20_000)
        self.contexts.append(context)
        return Visitor(context.new_page(), self.at, scripts)

    def of(self, key: str, width: int = WIDE, scripts: bool = True) -> Visitor:
        """A person of the demonstration, signed in."""
        visitor = self.stranger(width, scripts)
        kept = self.house[key].client.get_cookie("session")
        assert kept is not None
        visitor.page.context.add_cookies([{"name": "session", "value": kept.value, "url": self.at}])
        return visitor

    def close(self) -> None:
        """Close every browser, then the server, then the house."""
        for context in self.contexts:
            context.close()
        self.server.shutdown()
        self.thread.join(5)
        self.house.close()


@pytest.fixture
def screens_at(browser: Browser, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[..., Screens]]:
    """A maker of screens before the demonstration as it stands at a stage: `screens_at("signing")`."""
    made: list[Screens] = []

    def at(stage: str, kind: str = SQLITE) -> Screens:
        made.append(Screens(browser, House(walked(stage, kind, tmp_path / stage, request))))
        return made[-1]

    yield at
    for screens in made:
        screens.close()


@pytest.fixture(params=[SQLITE, POSTGRESQL])
def house(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[House]:
    """The council on 25 January 2027, on each database, for readers of pages. No context stays open around them."""
    found = House(walked("contract", request.param, tmp_path / "house", request))
    yield found
    found.close()
