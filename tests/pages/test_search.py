"""Search: what the reader may read and every word is found in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import html
from sqlalchemy import func, select

from procure.audit.actions import Machine, act
from procure.authority import access as decisions
from procure.authority.models import Decision
from procure.contract import access as contracts
from procure.contract.models import Contract
from procure.demonstration import days
from procure.demonstration.walk import the_cast, the_file
from procure.desk.columns import Folded
from procure.extensions import db
from procure.folding import folded
from procure.people.models import Person
from procure.procurement import access as procurements
from procure.procurement.models import Procurement
from procure.suppliers.models import Supplier
from tests.signing_in import sign_in

SIGNING = "signing"


@dataclass
class Page:
    """The page of a search, as the reader sees it."""

    status: int
    text: str

    def __post_init__(self) -> None:
        self.tree = html.document_fromstring(self.text)
        self.said = " ".join(self.tree.find(".//main").text_content().split())
        self.heads = [one.text_content() for one in self.tree.xpath("//main//h2")]
        self.links = [one.get("href") for one in self.tree.xpath("//ul[@class='app-found']//a")]
        self.marks = [one.text_content() for one in self.tree.iter("mark")]


@pytest.fixture
def app(at_stage: Callable[[str], Flask]) -> Iterator[Flask]:
    """The demonstration on the day of the signature."""
    yield at_stage(SIGNING)


def as_(app: Flask, key: str) -> FlaskClient:
    client = app.test_client()
    sign_in(client, the_cast()[key])
    return client


def searched(client: FlaskClient, typed: str, more: str = "") -> Page:
    answer = client.get(f"/search?q={quote(typed, errors='replace')}{more}")
    return Page(answer.status_code, answer.text)


@contextmanager
def put_right(on: str) -> Iterator[None]:
    with act("changed for a test", on=on, by=Machine("Test"), at=days.at(days.SIGNING, 10)):
        yield


def test_the_reference_typed_is_what_comes_first(app: Flask) -> None:
    officer = as_(app, "officer")
    for typed in ("PRO-2027-014", "pro 2027 014", "pro2027014"):
        assert searched(officer, typed).links[0] == "/procurements/PRO-2027-014"
    assert searched(officer, "CON-2025-007").links[0] == "/contracts/CON-2025-007"
    assert searched(officer, "odr-2027-118").links[0] == "/decisions/ODR-2027-118"


def test_every_word_is_found_in_any_order_whatever_its_case_and_accents(app: Flask) -> None:
    file = the_file()
    with put_right(file.reference):
        file.title = "Crèche & <Garden> 100% “Straße”"
    officer = as_(app, "officer")
    for typed in ("garden creche", "CRÈCHE", "crech", "100%", '"strasse"', "<garden>", "& crè"):
        found = searched(officer, typed)
        assert found.links[:1] == ["/procurements/PRO-2027-014"], typed
    assert searched(officer, "creche <").marks == ["Crèche", "<"]
    assert "<Garden>" not in searched(officer, "garden").text
    assert not searched(officer, "creche zebra").links


def test_what_means_something_to_the_database_is_only_a_character(app: Flask) -> None:
    officer = as_(app, "officer")
    for typed in ("%", "_", "\\", "'", '"', "a%c", "; drop table", "😀", "<script>alert(1)</script>", "\x00", "\ud800"):
        found = searched(officer, typed)
        assert found.status == 200, typed
        assert "<script>alert" not in found.text
        assert not any("%" in mark for mark in found.marks) or "%" in typed
    assert searched(officer, "Infra%ture").links == []
    assert "Nothing matches “<script>alert(1)</script>”" in searched(officer, "<script>alert(1)</script>").said


def test_a_search_as_long_as_a_text_is_refused_in_words_and_kept(app: Flask) -> None:
    found = searched(as_(app, "officer"), "needle " * 1500)
    assert found.status == 422
    assert "Use 200 or fewer." in found.said
    assert found.tree.xpath("//input[@id='q']")[0].get("value").startswith("needle needle")


def test_an_empty_search_says_what_can_be_looked_for(app: Flask) -> None:
    for path in ("/search", "/search?q=", "/search?q=%20&of=contracts&page=9"):
        answer = as_(app, "officer").get(path)
        assert answer.status_code == 200
        assert "a contract: its reference, its title, its supplier" in answer.text


def test_the_words_of_a_resolution_find_its_item_and_the_decision_that_rests_on_it(app: Flask) -> None:
    found = searched(as_(app, "officer"), "in consultation with the Cabinet Member")
    assert "1 meeting item" in found.heads
    assert "1 decision" in found.heads
    assert any(link.startswith("/meetings/") for link in found.links)


def test_a_supplier_is_found_by_whoever_may_read_a_contract_with_it_and_a_bidder_by_nobody(app: Flask) -> None:
    officer = as_(app, "officer")
    holds = db.session.scalars(select(Contract)).first()
    assert holds is not None
    assert "1 supplier" in searched(officer, holds.supplier.name).heads
    bidder = (
        db.session.scalars(
            select(Supplier).where(Supplier.id.not_in(select(Contract.supplier_id)), Supplier.name == "Thames View")
        ).first()
        or db.session.scalars(select(Supplier).where(Supplier.id.not_in(select(Contract.supplier_id)))).first()
    )
    assert bidder is not None
    assert not any("supplier" in head for head in searched(officer, bidder.name).heads)


def test_nobody_finds_what_they_may_not_read(app: Flask) -> None:
    with put_right("people"):
        stranger = Person(name="A. Stranger", email="stranger@lbbd.example")
        db.session.add(stranger)
    client = app.test_client()
    sign_in(client, stranger)
    for typed in ("PRO-2027-014", "CON-2025-007", "ODR-2027-118", "infrastructure", "report", "example"):
        links = searched(client, typed).links
        assert all(link.startswith("/meetings/") for link in links), links
    assert app.test_client().get("/search?q=x").status_code == 302


def test_a_query_reads_what_a_person_may_read_one_by_one(app: Flask) -> None:
    day = days.SIGNING
    for person in db.session.scalars(select(Person)):
        for row, may_read, is_readable in (
            (Procurement, procurements.may_read, procurements.is_readable),
            (Decision, decisions.may_read, decisions.is_readable),
            (
                Contract,
                lambda one, it, on: procurements.may_read_every_file(one, on) or contracts.owns(one, it, on),
                contracts.is_readable,
            ),
        ):
            one_by_one = {one.id for one in db.session.scalars(select(row)) if may_read(person, one, day)}
            at_once = set(db.session.scalars(select(row.id).where(is_readable(person, day))))
            assert at_once == one_by_one, (person.name, row.__name__)


def test_many_finds_are_counted_to_a_thousand_and_shown_page_by_page(app: Flask) -> None:
    first = db.session.scalars(select(Contract)).one()
    values = {
        column.name: getattr(first, column.name) for column in Contract.__table__.columns if column.name != "id"
    } | {"award_id": None}
    rows = [values | {"reference": f"CON-1999-{n:04}", "title": f"Many {n}"} for n in range(1005)]
    db.session.execute(Contract.__table__.insert(), rows)
    db.session.commit()
    officer = as_(app, "officer")
    found = searched(officer, "many")
    assert "1,000+ contracts" in found.heads
    assert len(found.links) == 5
    page = searched(officer, "many", "&of=contracts&page=2")
    assert len(page.links) == 20
    assert "21 to 40." in page.said
    last = searched(officer, "many", "&of=contracts&page=4000")
    assert "981 to 1000." in last.said and "Add a word" in last.said
    assert len(searched(officer, "many", "&of=nothing&page=-1").links) == 5
    assert searched(officer, "many 1004", "&of=contracts").said.count("One thing matches") == 1


@pytest.mark.parametrize(
    "text", ["Crèche – Dún’s", "ÉCOLE ÆØ", "CRE\u0300CHE", "Straße", "Ŵyn “x” \u2026", "plain", ""]
)
def test_both_databases_fold_a_text_as_we_do(app: Flask, text: str) -> None:
    assert db.session.scalar(select(Folded(func.trim(text)))) == folded(text)


def test_a_box_or_a_link_stands_on_every_page_of_whoever_is_signed_in(app: Flask) -> None:
    page = html.document_fromstring(as_(app, "officer").get("/procurements").text)
    assert [form.get("action") for form in page.xpath("//header//form[@role='search']")] == ["/search"]
    assert page.xpath("//header//a[@href='/search']")
    quiet = html.document_fromstring(as_(app, "director").get("/my-work").text)
    assert quiet.xpath("//header//a[@href='/search']")
    outside = html.document_fromstring(app.test_client().get("/help").text)
    assert not outside.xpath("//header//*[@href='/search' or @action='/search']")
