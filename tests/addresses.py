"""Every address of the product, with its places filled from what stands in the database."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, product

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.routing import Rule

from procure.authority.models import Decision, Meeting
from procure.authority.rules import ResolutionKind
from procure.contract.models import Contract
from procure.documents.registry import all_documents
from procure.extensions import db
from procure.people.access import Entry, roles_of
from procure.people.models import Person
from procure.procurement.models import Procurement
from tests.signing_in import sign_in

NUMBERS = range(1, 25)
"""Places of rows that are worth trying: a demonstration is small."""

EACH_OF_THESE = ("/papers/", "/letters/")
"""Addresses below which every row is a page of its own kind; elsewhere the first two of a file speak for the rest."""

ENOUGH, NONE_SO_FAR = 2, 6
"""Look at two; and give up where the first six places of a number are empty."""

DOWNLOADS = {"documents.draft_file", "documents.word_file", "documents.pdf_file"}

NEW_ON_EVERY_PAGE = re.compile(r'name="(?:csrf_token|once)"[^>]*value="[^"]*"')


@dataclass(frozen=True)
class Found:
    """A page that opened."""

    endpoint: str
    address: str
    html: str

    @property
    def body(self) -> str:
        """What is on the page, without the marks that are new each time it is asked for."""
        return NEW_ON_EVERY_PAGE.sub("", self.html.partition("<body")[2])


def _references() -> dict[str, list[str]]:
    """The references that may stand in an address, by its beginning."""
    rows = (
        ("/procurements/", Procurement.reference), ("/contracts/", Contract.reference),
        ("/decisions/", Decision.reference), ("/meetings/", Meeting.reference),
    )  # fmt: skip
    return {start: [one for one in db.session.scalars(select(column)) if one] for start, column in rows}


def _offered(rule: Rule, name: str, known: dict[str, list[str]]) -> Sequence[object]:
    """What may stand in one place of an address."""
    if name == "reference":
        return next((found for start, found in known.items() if str(rule).startswith(start)), [])
    if name == "name":
        return [paper.name for paper in all_documents()]
    if name == "kind":
        return [kind.value for kind in ResolutionKind]
    converter = rule._converters[name]
    return sorted(getattr(converter, "items", ()) or ()) or NUMBERS


def _let_in(app: Flask, rule: Rule, roles: frozenset[object]) -> bool:
    entry = getattr(app.view_functions[rule.endpoint], "entry", None)
    return isinstance(entry, Entry) and entry.signed_in and (not entry.roles or bool(entry.roles & roles))


def _filled(rule: Rule, known: dict[str, list[str]]) -> Iterator[tuple[object, list[dict[str, object]]]]:
    """The objects a rule may be about, each with all that may stand in its other places."""
    names = sorted(rule.arguments)
    first = "reference" if "reference" in names else None
    rest = [name for name in names if name != first]
    for about in _offered(rule, first, known) if first else [None]:
        ways = product(*(_offered(rule, name, known) for name in rest))
        yield about, [dict(zip(rest, way, strict=True)) | ({first: about} if first else {}) for way in ways]


def pages_open_to(app: Flask, person: Person) -> Iterator[Found]:
    """Every page a person may open, asked for by a browser without scripts. Files to download are left out."""
    client = app.test_client()
    sign_in(client, person)
    from procure.now import today

    roles, known = roles_of(person, today()), _references()
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) or rule.endpoint in DOWNLOADS or not _let_in(app, rule, roles):
            continue
        for _, ways in _filled(rule, known):
            yield from _of_one(app, client, rule, ways)


def _of_one(app: Flask, client: FlaskClient, rule: Rule, ways: list[dict[str, object]]) -> Iterator[Found]:
    opened = 0
    for tried, way in enumerate(islice(ways, 200)):
        if (tried == NONE_SO_FAR and not opened) or (opened == ENOUGH and not str(rule).startswith(EACH_OF_THESE)):
            return
        with app.test_request_context():
            address = app.url_for(rule.endpoint, **way)
        answer = client.get(address)
        if answer.status_code == 200 and answer.mimetype == "text/html":
            opened += 1
            yield Found(rule.endpoint, address, answer.text)
