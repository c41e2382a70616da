"""Every role at every door, with another file's objects: nobody reads or changes what isn't theirs."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.routing import Rule

from procure.audit.actions import Machine, act
from procure.audit.models import TrailEntry
from procure.authority.models import Decision
from procure.contract.models import Contract
from procure.council.models import Demonstration
from procure.demonstration import days
from procure.demonstration.walk import STEPS, the_cast
from procure.documents.jobs import PACK
from procure.documents.models import Paper
from procure.extensions import db
from procure.jobs.actions import ask
from procure.people.models import Person, RoleGrant
from procure.people.rules import FOR_ALL_FILES_ONLY, READS_EVERY_FILE, Role
from procure.procurement.actions import open_file
from procure.procurement.models import Procurement
from procure.procurement.rules import Route
from tests.conftest import built, settings_for
from tests.signing_in import sign_in

ANSWERS_NO = {302, 403, 404, 405}
TAKES_NO_POST = {403, 404, 405}

OF_ONE_FILE = (
    "/procurements/<reference>", "/contracts/<reference>", "/decisions/<reference>", "/papers/<int:number>",
    "/jobs/<int:number>",
)  # fmt: skip
"""Addresses below these show or change one file: only those who may read that file get in."""

OF_NO_FILE = (
    "/meetings/<reference>", "/ring-fences/<", "/people/<", "/people/posts/<", "/settings/", "/letters/<", "/account/",
    "/letters-key/", "/static/", "/templates/", "/accessibility", "/help", "/r/<",
    "/public/", "/reports/<", "/forward-plan/<", "/contracts/views/<", "/contracts/quarters/<", "/contract-lists/<",
    "/calendar/<",
)  # fmt: skip
"""Addresses below these belong to the council, not to one file."""

OWN_ACCOUNT = {
    "people.sign_in", "people.code", "people.set_up_code", "people.sign_out", "people.forgotten", "people.start",
    "people.choose_password", "people.change_password", "people.end_own_session", "people.forget_own_devices",
    "reminder.letters", "reminder.new_address", "reminder.end_address",
    "register.new_view", "register.view", "register.forget_view",
}  # fmt: skip
"""What everybody does for themself, the auditor too."""

ONLY_ASKS = {
    "appraisal.comparison", "documents.make_pack", "documents.make_pdf", "desk.make_case_file", "jobs.again",
    "register.export",
}  # fmt: skip
"""Posts that change nothing of any file: what would be, if the weights were others; the same in another form."""


@dataclass
class World:
    """The demonstration's file, as far as it goes, and a second file on which the readers hold their roles."""

    app: Flask
    reference: str
    contract: str
    decision: str
    paper: int
    people: dict[str, Person]

    def address(self, rule: Rule) -> str:
        """A rule with its places filled from the first file."""
        values: dict[str, Any] = {}
        for name in rule.arguments:
            if rule.defaults and name in rule.defaults:
                values[name] = rule.defaults[name]
                continue
            converter = rule._converters[name]
            offered = sorted(getattr(converter, "items", ()) or ())
            is_number = type(converter).__name__ == "IntegerConverter"
            values[name] = offered[0] if offered else 1 if is_number else "x"
        address = str(rule)
        if "reference" in values:
            values["reference"] = (
                self.contract if address.startswith("/contracts")
                else self.decision if address.startswith("/decisions") else self.reference
            )  # fmt: skip
        if address.startswith("/papers/"):
            values["number"] = self.paper
        with self.app.test_request_context():
            return self.app.url_for(rule.endpoint, **values)

    def client_of(self, key: str) -> FlaskClient:
        client = self.app.test_client()
        sign_in(client, db.session.get_one(Person, self.people[key].id))
        return client


def walk_as_far_as_it_goes() -> None:
    """The demonstration's journey up to the signing of the decision. Its own tests say whether it arrives."""
    for step in itertools.takewhile(lambda step: not step.from_the_start, STEPS):
        for deed in step.deeds:
            try:
                deed(the_cast() if step is not STEPS[0] else None)  # type: ignore[arg-type]
            except Exception:
                db.session.rollback()
                return


def somebody_with(role: Role, procurement: Procurement | None) -> Person:
    key = f"{'all' if procurement is None else 'one'}-{role.value}"
    person = Person(name=f"Only {role.label}", email=f"{key}@lbbd.example")
    db.session.add_all([person, RoleGrant(person=person, role=role, procurement=procurement, from_on=date(2018, 4, 1))])
    return person


@pytest.fixture(scope="module")
def world(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder = tmp_path_factory.mktemp("permissions")
    shutil.copy(sqlite_template, folder / "procure.db")
    app = built(settings_for(folder, f"sqlite:///{folder / 'procure.db'}"))
    with app.app_context():
        walk_as_far_as_it_goes()
        officer, at = the_cast()["officer"], datetime(2027, 6, 1, 9, tzinfo=UTC)
        first = db.session.scalars(select(Procurement).where(Procurement.reference == "PRO-2027-014")).first()
        first = first or open_file(title="One file", route=Route.CABINET, officer=officer, by=officer, at=at)
        other = open_file(title="Another file", route=Route.SCHEME, officer=officer, by=officer, at=at)
        people = {}
        with act("brought in people with one role each", on="people", by=Machine("Test"), at=at):
            for role in Role:
                people[f"all {role}"] = somebody_with(role, None)
                if role not in FOR_ALL_FILES_ONLY:
                    people[f"one {role}"] = somebody_with(role, other)
        db.session.add(Demonstration(today=days.SIGNING))
        db.session.commit()
        ask(PACK, title="All papers in one pack", about=first.reference, by=officer, at=at)
        reference, first_id = first.reference, first.id
        yield World(
            app,
            reference,
            db.session.scalar(select(Contract.reference).order_by(Contract.id)) or "CON-1999-001",
            db.session.scalar(select(Decision.reference).where(Decision.procurement_id == first_id)) or "DEC-1999-001",
            db.session.scalar(select(Paper.id).where(Paper.about == reference)) or 0,
            people,
        )
        db.session.remove()
        db.engine.dispose()


def rules_of(app: Flask, method: str) -> list[Rule]:
    return [rule for rule in app.url_map.iter_rules() if rule.methods and method in rule.methods]


def is_of_one_file(rule: Rule) -> bool:
    return str(rule).startswith(OF_ONE_FILE)


def answer(client: FlaskClient, method: str, address: str) -> int | str:
    """The status; or what broke."""
    try:
        return client.open(address, method=method, data={} if method == "POST" else None).status_code
    except Exception as broken:
        db.session.rollback()
        return f"{type(broken).__name__}: {broken}"[:200]


def trail_length() -> int:
    return db.session.scalar(select(func.count()).select_from(TrailEntry)) or 0


OUTSIDERS = [f"all {role}" for role in Role if role not in READS_EVERY_FILE] + [
    f"one {role}" for role in Role if role not in FOR_ALL_FILES_ONLY
]
"""Everybody who may not read the first file: a lesser role for all files, or any role on the other file."""


@pytest.mark.parametrize("who", OUTSIDERS)
def test_nobody_reads_or_changes_a_file_that_is_not_theirs(world: World, who: str) -> None:
    client, before = world.client_of(who), trail_length()
    let_in = [
        (method, str(rule), status)
        for method, allowed in (("GET", ANSWERS_NO), ("POST", TAKES_NO_POST))
        for rule in rules_of(world.app, method)
        if is_of_one_file(rule) and (status := answer(client, method, world.address(rule))) not in allowed
    ]
    assert let_in == []
    assert trail_length() == before


def test_the_auditor_changes_nothing_anywhere(world: World) -> None:
    client, before = world.client_of("all auditor"), trail_length()
    let_in = [
        (str(rule), status)
        for rule in rules_of(world.app, "POST")
        if rule.endpoint not in OWN_ACCOUNT | ONLY_ASKS
        and (status := answer(client, "POST", world.address(rule))) not in TAKES_NO_POST
    ]
    assert let_in == [], "check the right to change before the form is read"
    assert trail_length() == before


TELLS_MACHINES = "mail.health"
"""It answers 503 where no clock runs, as none does here: that is its news, not a fault."""


@pytest.mark.parametrize("who", [f"all {role}" for role in Role])
def test_no_page_breaks_for_any_role(world: World, who: str) -> None:
    client = world.client_of(who)
    broken = [
        (str(rule), status)
        for rule in rules_of(world.app, "GET")
        if rule.endpoint != TELLS_MACHINES
        and (not is_of_one_file(rule) or who in ("all auditor", "all officer", "all legal"))
        and (isinstance(status := answer(client, "GET", world.address(rule)), str) or status >= 500)
    ]
    assert broken == []


@pytest.mark.parametrize("who", ["all auditor", "all officer"])
def test_a_reader_of_every_file_reads_this_one(world: World, who: str) -> None:
    client = world.client_of(who)
    assert client.get(f"/procurements/{world.reference}").status_code == 200


def test_a_visitor_is_asked_to_sign_in(world: World) -> None:
    client = world.app.test_client()
    let_in = []
    for method in ("GET", "POST"):
        for rule in rules_of(world.app, method):
            entry = getattr(world.app.view_functions[rule.endpoint], "entry", None)
            if entry is None or not entry.signed_in:
                continue
            got = client.open(world.address(rule), method=method)
            if got.status_code != 302 or not (got.location or "").startswith("/sign-in"):
                let_in.append((method, str(rule), got.status_code))
    assert let_in == []


def test_every_address_with_a_place_in_it_is_known_to_be_of_one_file_or_of_none(world: World) -> None:
    unknown = sorted(
        {
            str(rule)
            for rule in world.app.url_map.iter_rules()
            if rule.arguments and not str(rule).startswith(OF_ONE_FILE + OF_NO_FILE)
        }
    )
    assert unknown == [], "add the beginning of the address to OF_ONE_FILE or OF_NO_FILE above"
