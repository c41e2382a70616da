"""Every link leads somewhere, every page is led to, every template is somebody's."""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterator
from contextvars import Context
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jinja2 import meta
from lxml import html
from werkzeug.exceptions import HTTPException

from config import ROOT
from procure.documents.registry import all_documents
from procure.mail.declare import all_emails
from tests.addresses import reader_of
from tests.conftest import SQLITE, lent
from tests.walking import copied

WALKS = {
    "contract": ("manager", "officer", "administrator"),
    "appraisal": ("officer", "commissioning"),
    "approval": ("officer", "democratic"),
    "tender": ("officer",),
    "evaluation": ("officer",),
    "award": ("officer", "care", "law", "director"),
    "signing": ("officer", "director"),
    "standstill": ("officer",),
    "signed": ("officer", "administrator", "finance"),
}
"""Who goes through the product on which day of the demonstration, from My work by links alone."""

SETTLED = (
    (re.compile(r"/procurements/[^/]+/appraisal/"), ("appraisal", "approval", "signed")),
    (re.compile(r"/meetings/[^/]+/"), ("approval", "award")),
    (re.compile(r"/procurements/[^/]+/(tender|questions|documents)/"), ("appraisal", "approval", "tender", "award")),
    (re.compile(r"/procurements/[^/]+/evaluation/"), ("evaluation", "award", "signed")),
    (re.compile(r"/contracts/CON-2025-007/"), ("contract", "appraisal", "approval", "signed")),
    (re.compile(r"/people/"), ("contract",)),
    (re.compile(r"/contracts/(quarters|views)/"), ("contract", "signed")),
    (re.compile(r"/contract-lists/"), ("contract",)),
    (re.compile(r"/(reports|reminders|settings|account)/"), ("contract", "signed")),
    (re.compile(r"/public/"), ("approval", "signed")),
    (re.compile(r"/papers/"), ("approval", "signing", "standstill")),
)
"""Whose pages are settled between one day and another: they are opened on the days named. On the others the link to
such a page is looked at, and the room's first page is opened, but what lies below is not opened once more."""

ASKED_IN_MANY_WAYS = 3
"""Of one address with many questions behind it (filters, weights, pages of a list) the first few are opened."""

LED_TO_OTHERWISE = {
    "static": "files of the pages, not pages",
    "mail.health": "for machines that watch the installation",
    "mail.serves": "for machines that share out visitors",
    "people.start": "the first visit of an empty installation; its address is printed in the terminal",
    "people.choose_password": "from a letter",
    "reminder.answer": "from a letter",
    "reminder.ask": "from a letter",
    "reminder.acknowledged": "from the page of a letter",
    "reminder.acknowledged_one": "from the page of a letter with many reminders",
    "reminder.put_off": "from the page of a letter",
    "reminder.calendar": "by the secret address of a calendar",
    "reminder.end_address": "from the page of the same settings, once there is an address",
    "reminder.drop_own_offsets": "from the page of a contract that differs from the rule",
    "meetings.resolution": "by saying of which kind a resolution is",
    "call_in.scrutiny": "from a decision that members have called in",
    "call_in.end": "from a decision that members have called in",
    "call_in.exempt": "from a key decision that isn’t published yet",
    "approval.add_implication": "from the page of the same address, while the report can be changed",
    "people.code": "by signing in",
    "people.set_up_code": "by signing in for the first time",
}

DOWNLOADS = (".docx", "/word", "/pdf")


@dataclass
class Walk:
    """What somebody met who followed every link: what opened, and what didn't."""

    met: set[str] = field(default_factory=set)
    dead: list[str] = field(default_factory=list)
    read: set[tuple[str, str]] = field(default_factory=set)

    def goes(self, app: Flask, client: FlaskClient, who: str, stage: str, start: str = "/my-work") -> None:
        """Follow every link from a page on, and note where every form is sent."""
        waiting, seen, asked = deque([(start, "the start")]), {start}, Counter[str]()
        places = app.url_map.bind("procure.test")
        while waiting:
            address, where = waiting.popleft()
            answer = client.get(address)
            assert where != "the start" or answer.status_code == 200, f"{who} isn’t let in at {stage}"
            if answer.status_code not in (200, 301, 302, 303):
                self.dead.append(f"{who} at {stage}: {address} is {answer.status_code}, linked on {where}")
                continue
            for link in self._links(answer, address, places):
                path = urlsplit(link).path
                if link in seen or path.endswith(DOWNLOADS) or asked[path] >= ASKED_IN_MANY_WAYS:
                    continue
                seen.add(link)
                asked[path] += 1
                if not _is_settled(path, stage):
                    waiting.append((link, address))

    def _links(self, answer: Any, address: str, places: Any) -> Iterator[str]:
        if answer.location:
            yield answer.location
            return
        if answer.mimetype != "text/html":
            return
        page = html.document_fromstring(answer.text)
        for one in page.iter("form"):
            sent_to = urljoin(address, one.get("action") or address)
            self._meets(places, sent_to, (one.get("method") or "get").upper(), address)
        links = {one.get("href") or one.get("src") for one in page.xpath("//a[@href]|//iframe[@src]")}
        anchors = set(page.xpath("//@id")) if any(link.startswith("#") for link in links) else set()
        for link in sorted(links):
            if link.startswith("#") and link[1:] not in anchors:
                self.dead.append(f"{link} isn’t on {address}")
            parts = urlsplit(urljoin(address, link))
            if link.startswith("#") or parts.scheme or parts.netloc:
                continue
            self._meets(places, parts.path, "GET", address)
            yield parts._replace(fragment="").geturl()

    def _meets(self, places: Any, address: str, method: str, where: str) -> None:
        if (method, address) in self.read:
            return
        self.read.add((method, address))
        try:
            endpoint, _ = places.match(urlsplit(address).path, method=method)
        except HTTPException:
            self.dead.append(f"nothing answers {method} {address}, asked for on {where}")
        else:
            self.met.add(endpoint)


def _is_settled(path: str, stage: str) -> bool:
    return any(below.match(path) and stage not in opened for below, opened in SETTLED)


@pytest.fixture(scope="module")
def walk(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Walk:
    """Everybody's walks, one after the other."""
    found = Walk()
    for stage, keys in WALKS.items():
        with lent(*copied(stage, SQLITE, tmp_path_factory.mktemp("links") / stage, request)) as app:
            Context().run(_everybody_goes, found, app, stage, keys)
    return found


def _everybody_goes(found: Walk, app: Flask, stage: str, keys: tuple[str, ...]) -> None:
    """All who go on one day; outside the test's own context, so that each request has one of its own."""
    for key in keys:
        found.goes(app, reader_of(app, key).client, key, stage)
    found.goes(app, app.test_client(), "a stranger", stage, "/sign-in")


@pytest.fixture
def app(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    """The demonstration on its first day."""
    with lent(*copied("contract", SQLITE, tmp_path / "contract", request)) as application:
        yield application


def test_no_link_is_dead(walk: Walk) -> None:
    assert not walk.dead, "\n".join(sorted(set(walk.dead)))


def test_every_page_is_led_to_by_a_link_or_a_form(walk: Walk, app: Flask) -> None:
    """By one that somebody met on a walk; or, for what is open only in the middle of a day, one that a page names."""
    every = {rule.endpoint for rule in app.url_map.iter_rules()} - set(LED_TO_OTHERWISE)
    words = {path: path.read_text() for folder in ("templates", "procure") for path in (ROOT / folder).rglob("*.*[ly]")}
    unmet = sorted(one for one in every - walk.met if not _is_named(one, words) and not ONWARD.match(one))
    assert not unmet, "\n".join(unmet)


ONWARD = re.compile(r"authority\.[a-z]+_(decision|prepare|views|clearances|confirm_limit|conditions|publish)$")
"""One for each kind of act a decision may be about: checklists lead to them by the kind."""


def _is_named(endpoint: str, words: dict[Path, str]) -> bool:
    room, _, name = endpoint.partition(".")
    whole, short = re.compile(rf"[\"']{re.escape(endpoint)}[\"'#]"), re.compile(rf"url_for\([\"']\.{name}[\"']")
    return any(whole.search(said) or (room in path.parts and short.search(said)) for path, said in words.items())


def test_whoever_comes_back_to_where_a_form_was_sent_gets_its_page(app: Flask) -> None:
    officer, places = reader_of(app, "officer").client, app.url_map.bind("procure.test")
    for rule in app.url_map.iter_rules():
        path = re.sub(r"<any\('([^']+)'.*?\):\w+>", r"\1", str(rule))
        path = re.sub(r"<int:\w+>", "1", re.sub(r"<\w+>", "CON-2025-007", path))
        if "GET" in (rule.methods or ()) or rule.endpoint == "people.sign_out" or places.test(path, method="GET"):
            continue
        answer = officer.get(path)
        assert answer.status_code == 302, f"{path} is {answer.status_code}"
        assert path.startswith(answer.location), path


# ── templates ──

TEMPLATES = ROOT / "templates"


def test_no_template_is_unused(app: Flask) -> None:
    code = {room: _code_of(ROOT / "procure" / room) for room in {path.name for path in TEMPLATES.iterdir()}}
    everywhere = "".join(path.read_text() for path in (ROOT / "procure").rglob("*.py"))
    pages = [path for path in TEMPLATES.rglob("*.html") if "emails" not in path.parts]
    parsed = [
        app.jinja_env.parse(path.read_text()) for path in TEMPLATES.rglob("*") if path.suffix in (".html", ".txt")
    ]
    named = {name for one in parsed for name in meta.find_referenced_templates(one)}
    unused = []
    for path in pages:
        name = path.relative_to(TEMPLATES).as_posix()
        is_shown = f'"{name}"' in everywhere or f'"{path.stem}"' in code[name.partition("/")[0]]
        if not is_shown and name not in named and not name.startswith("errors/"):
            unused.append(name)
    assert unused == []


def _code_of(room: Path) -> str:
    return "".join(path.read_text() for path in room.rglob("*.py"))


@pytest.mark.usefixtures("app")
def test_every_letter_and_every_master_is_declared() -> None:
    assert {path.parent.name for path in TEMPLATES.rglob("emails/*/subject.txt")} == set(all_emails())
    masters = {path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("documents/*.docx")}
    assert masters == {document.template for document in all_documents() if document.template}
