"""Every address of the product, with its places filled from what stands in the database; and every form, left empty."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, product
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from lxml import html
from sqlalchemy import select
from werkzeug.routing import Rule

from procure.authority.forward_plan_models import ForwardPlanEntry
from procure.authority.models import Decision, Meeting
from procure.authority.rules import ResolutionKind
from procure.contract.models import Contract
from procure.demonstration.walk import the_cast
from procure.desk.rules.reports import REPORTS
from procure.documents.registry import all_documents
from procure.extensions import db
from procure.notices.rules import NoticeKind
from procure.people.access import Entry
from procure.people.rules import Role
from procure.procurement.models import Procurement
from procure.register.list_models import ContractList
from tests.signing_in import sign_in

NUMBERS = range(1, 25)
"""Places of rows that are worth trying: a demonstration is small."""

EACH_OF_THESE = ("/papers/", "/letters/")
"""Addresses below which every row is a page of its own kind; elsewhere the first two of a file speak for the rest."""

ENOUGH, GAP = 2, 6
"""Look at two; and give up where six places of a number after the last are empty."""

DOWNLOADS = {
    "documents.draft_file", "contract.draft_file", "documents.word_file", "documents.template_word",
    "documents.template_sample", "jobs.result",
}  # fmt: skip

NEW_EACH_TIME = re.compile(r'name="(?:csrf_token|once)"[^>]*value="[^"]*"')


@dataclass(frozen=True)
class Found:
    """A page as it was answered."""

    endpoint: str
    address: str
    html: str
    headers: dict[str, str]

    @property
    def own(self) -> str:
        """What this page says itself: below the head that all pages of a person share, above the foot."""
        body = self.html.partition("</header>")[2].partition("</main>")[0] or self.html
        return NEW_EACH_TIME.sub("", re.sub(r'(?s)<div class="app-phase".*?</p></div></div>', "", body))


@dataclass(frozen=True)
class Reader:
    """Somebody who is signed in, and the roles they hold for all files or for one."""

    client: FlaskClient
    roles: frozenset[Role]


def reader_of(app: Flask, key: str) -> Reader:
    """A person of the demonstration at a browser without scripts."""
    client = app.test_client()
    with app.app_context():
        person = the_cast()[key]
        roles = frozenset(grant.role for grant in person.grants)
        sign_in(client, person)
    return Reader(client, roles)


def taken(endpoint: str, address: str, answer: Any) -> Found:
    """An answer as a page."""
    return Found(endpoint, address, answer.text, dict(answer.headers))


def pages_open_to(app: Flask, reader: Reader) -> Iterator[Found]:
    """Every page a person may open. Files to download are left out."""
    with app.app_context():
        known = _references()
    for rule in app.url_map.iter_rules():
        if "GET" in (rule.methods or ()) and rule.endpoint not in DOWNLOADS and _lets_in(app, rule, reader.roles):
            for ways in _filled(rule, known):
                yield from _of_one(app, reader.client, rule, ways)


def _references() -> dict[str, list[str]]:
    """The references that may stand in an address, by its beginning."""
    rows = (
        ("/procurements/", Procurement.reference), ("/contracts/", Contract.reference),
        ("/decisions/", Decision.reference), ("/meetings/", Meeting.reference),
        ("/forward-plan/", ForwardPlanEntry.reference), ("/contract-lists/", ContractList.reference),
    )  # fmt: skip
    return {start: [one for one in db.session.scalars(select(column)) if one] for start, column in rows}


def _offered(rule: Rule, name: str, known: dict[str, list[str]]) -> Sequence[object]:
    """What may stand in one place of an address."""
    if name == "reference":
        return next((found for start, found in known.items() if str(rule).startswith(start)), [])
    if rule.defaults and name in rule.defaults:
        return [rule.defaults[name]]
    if name == "name":
        return [one.name for one in (REPORTS if str(rule).startswith("/reports/") else all_documents())]
    if items := getattr(rule._converters[name], "items", ()):
        return sorted(items)
    if name == "kind":
        return [kind.value for kind in (NoticeKind if "/notices/" in str(rule) else ResolutionKind)]
    return NUMBERS


def _lets_in(app: Flask, rule: Rule, roles: frozenset[Role]) -> bool:
    entry = getattr(app.view_functions[rule.endpoint], "entry", None)
    return isinstance(entry, Entry) and entry.signed_in and (not entry.roles or bool(entry.roles & roles))


def _filled(rule: Rule, known: dict[str, list[str]]) -> Iterator[list[dict[str, object]]]:
    """For each object a rule may be about, all that may stand in its places."""
    names = sorted(rule.arguments)
    rest = [name for name in names if name != "reference"]
    for about in _offered(rule, "reference", known) if "reference" in names else [None]:
        fixed = {} if about is None else {"reference": about}
        ways = product(*(_offered(rule, name, known) for name in rest))
        yield [dict(zip(rest, way, strict=True)) | fixed for way in islice(ways, 200)]


def _of_one(app: Flask, client: FlaskClient, rule: Rule, ways: list[dict[str, object]]) -> Iterator[Found]:
    opened = empty = 0
    for way in ways:
        if empty == GAP or (opened == ENOUGH and not str(rule).startswith(EACH_OF_THESE)):
            return
        with app.test_request_context():
            address = app.url_for(rule.endpoint, **way)
        answer = client.get(address)
        empty += 1
        if answer.status_code == 200 and answer.mimetype == "text/html":
            opened, empty = opened + 1, 0
            yield taken(rule.endpoint, address, answer)


# ── forms ──


@dataclass(frozen=True)
class Blank:
    """A form of a page that asks something, as it is sent when nothing is filled in."""

    endpoint: str
    address: str
    data: list[tuple[str, str]]


def blank_forms(app: Flask, page: Found) -> Iterator[Blank]:
    """The forms of a page with everything in them wiped out. Buttons that ask nothing are left alone."""
    for form in html.document_fromstring(page.html).xpath("//main//form[@method='post']"):
        asks = form.xpath(".//textarea[@name]|.//select[@name]|.//input[@name][not(@type='hidden')]")
        if not asks:
            continue
        kept = [(one.get("name"), one.get("value", "")) for one in form.xpath(".//input[@type='hidden'][@name]")]
        wiped = [(one.get("name"), "") for one in asks if one.get("type") not in ("radio", "checkbox", "file")]
        address = form.get("action") or page.address
        endpoint, _ = app.url_map.bind("").match(address.partition("?")[0], method="POST")
        yield Blank(endpoint, address, kept + wiped)
