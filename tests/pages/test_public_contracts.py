"""The public register of contracts: nothing unsigned, nothing kept back, nobody's name; each quarter as it went out."""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from procure.contract.rules import ContractState
from procure.council.models import Demonstration
from procure.demonstration.cast import Cast, the_cast
from procure.demonstration.days import at
from procure.extensions import db
from procure.register.actions.publishing import NotYours, QuarterNotOver, ReasonNeeded, publish_quarter
from procure.register.actions.redacting import keep_back
from procure.register.models import Publication, Redaction
from procure.register.rules.listing import Quarter
from procure.register.rules.redacting import Hidden
from tests.a_register import HARD, a_contract, a_supplier
from tests.signing_in import sign_in

TODAY = date(2027, 1, 25)
LAST = Quarter(2026, 4)


@pytest.fixture(autouse=True)
def then(app: Flask) -> None:
    """It is Monday 25 January 2027."""
    db.session.add(Demonstration(today=TODAY))
    db.session.commit()


def as_(app: Flask, key: str) -> FlaskClient:
    client = app.test_client()
    sign_in(client, the_cast()[key])
    return client


def test_what_is_not_signed_is_nowhere(client: FlaskClient, cast: Cast) -> None:
    a_contract(1, title="Hidden thing", state=ContractState.TO_SIGN)
    assert client.get("/public/contracts/CON-2020-001").status_code == 404
    for address in ("/public/contracts", "/public/contracts?which=all", "/public/contracts?q=hidden"):
        assert "Hidden thing" not in client.get(address).text
    assert "No contract is published yet" in client.get("/public/contracts").text


SECRETS = {
    "supplier": "secretsupplier", "title": "secrettitle", "description": "secretdescription",
}  # fmt: skip


def everywhere(client: FlaskClient, officer: FlaskClient) -> str:
    """All that the public can get at, asked for in every way."""
    addresses = [
        "/public/contracts", "/public/contracts?which=all", "/public/contracts?soon=yes",
        "/public/contracts/CON-2020-001", "/public/contracts/published",
        *(f"/public/contracts?q={word}" for word in SECRETS.values()),
    ]  # fmt: skip
    addresses += [
        f"/public/contracts/published/{one.quarter}-{one.number}/{part}.csv"
        for one in db.session.scalars(select(Publication)) for part in ("contracts", "invitations")
    ]  # fmt: skip
    return "".join(client.get(address).text.replace(f'value="{word}"', "").replace(f": {word}", "")
                   for address in addresses for word in [address.rpartition("=")[2]])  # fmt: skip


@pytest.mark.parametrize("part", list(Hidden))
def test_what_is_kept_back_leaks_nowhere(app: Flask, client: FlaskClient, cast: Cast, part: Hidden) -> None:
    contract = a_contract(
        1, title="Secrettitle", description="Secretdescription", worth="4321.00", ends_on=date(2027, 9, 30),
        supplier=a_supplier("Secretsupplier", company_number="09998887", address="Secretsupplier House"),
        manager_post=cast.post("Contract Manager"),
    )  # fmt: skip
    contract_worth = Decimal(54321)
    other = a_contract(2, worth=contract_worth)
    keep_back(contract, part, "It names a person.", by=cast["officer"], at=at(TODAY))
    keep_back(other, Hidden.VALUE, "Prices are still secret.", by=cast["officer"], at=at(TODAY))
    publish_quarter(LAST, by=cast["officer"], at=at(TODAY))
    said = everywhere(client, as_(app, "officer")).lower()
    hidden = {
        Hidden.SUPPLIER: ["secretsupplier", "09998887"], Hidden.TITLE: ["secrettitle"],
        Hidden.DESCRIPTION: ["secretdescription"], Hidden.VALUE: ["4,321", "4321"],
        Hidden.ALL: ["secretsupplier", "secrettitle", "secretdescription", "4,321", "con-2020-001"],
    }[part]  # fmt: skip
    assert [word for word in hidden if word in said] == []
    assert "54321" not in said and "54,321" not in said
    status = client.get("/public/contracts/CON-2020-001").status_code
    assert status == (404 if part is Hidden.ALL else 200)
    if part is not Hidden.ALL:
        assert "it names a person." in said and "withheld" in said
    assert cast["manager"].name.lower() not in said and "@lbbd" not in said


def test_the_public_finds_contracts_by_words_and_by_how_soon_they_end(client: FlaskClient, cast: Cast) -> None:
    a_contract(1, title="Crèche", supplier=HARD, ends_on=date(2027, 12, 31))
    a_contract(2, title="Library vans")
    a_contract(3, title="Old thing", state=ContractState.ENDED, ends_on=date(2026, 3, 31), ended_on=date(2026, 3, 31))
    for address, found in (
        ("", {"Crèche", "Library vans"}), ("?q=smith", {"Crèche"}), ("?soon=yes", {"Crèche"}),
        ("?which=ended", {"Old thing"}), ("?which=all", {"Crèche", "Library vans", "Old thing"}), ("?q=zebra", set()),
        ("?which=junk&after=x", {"Crèche", "Library vans"}),
    ):  # fmt: skip
        said = client.get(f"/public/contracts{address}").text
        assert {one for one in ("Crèche", "Library vans", "Old thing") if f">{one}<" in said} == found, address
    page = client.get("/public/contracts/CON-2020-001")
    assert "Smith &amp; Sons &lt;Ltd&gt;" in page.text and "Set-Cookie" not in page.headers
    assert '<link rel="canonical" href="http://procure.test/public/contracts/CON-2020-001">' in page.text


def test_an_officer_keeps_a_part_back_and_opens_it_again(app: Flask, client: FlaskClient, cast: Cast) -> None:
    a_contract(1, title="Crèche", supplier="A. Person")
    officer, address = as_(app, "officer"), "/contracts/CON-2020-001/public"
    assert officer.post(address, data={"part": "supplier", "reason": " "}).status_code == 422
    assert officer.post(address, data={"part": "supplier", "reason": "A person."}).status_code == 302
    assert "A. Person" not in client.get("/public/contracts/CON-2020-001").text
    assert as_(app, "auditor").post(address, data={"part": "title", "reason": "x"}).status_code == 403
    assert as_(app, "auditor").get(address).status_code == 200
    kept = db.session.scalars(select(Redaction)).one()
    officer.post(f"{address}/{kept.id}/open")
    assert "A. Person" in client.get("/public/contracts/CON-2020-001").text


# ── quarters ──


def test_a_quarter_goes_out_as_it_was_and_stays(app: Flask, client: FlaskClient, cast: Cast) -> None:
    a_contract(1, title="Over", worth="5000.01", supplier=HARD)
    a_contract(2, title="Not over", worth="5000.00")
    a_contract(3, title="Over before", ends_on=date(2026, 9, 30), state=ContractState.ENDED, ended_on=date(2026, 9, 30))
    a_contract(4, title="Begins after", starts_on=date(2027, 1, 1))
    a_contract(5, title="=Last day", ends_on=date(2026, 10, 1), state=ContractState.ENDED, ended_on=date(2026, 10, 1))
    officer = as_(app, "officer")
    page = officer.get("/contracts/quarters/2026-Q4").text
    assert "2 contracts over £5,000" in page and "how it was bought" in page and "Not over" not in page
    assert officer.post("/contracts/quarters/2026-Q4", data={}).status_code == 302
    kept = db.session.scalars(select(Publication)).one()
    assert (kept.contracts, kept.lacking, kept.published_by.name) == (2, 2, cast["officer"].name)
    address = "/public/contracts/published/2026-Q4-1/contracts.csv"
    assert "/public/contracts/published/2026-Q4-1/contracts.csv" in client.get("/public/contracts/published").text
    rows = list(csv.DictReader(io.StringIO(client.get(address).text)))
    assert [row["Title of agreement"] for row in rows] == ["Over", "'=Last day"]
    assert rows[0]["Supplier name"] == HARD and rows[0]["End date"] == "2028-03-31"
    before = client.get(address).data
    a_contract(6, title="Late comer")
    assert officer.post("/contracts/quarters/2026-Q4", data={"because": ""}).status_code == 422
    assert officer.post("/contracts/quarters/2026-Q4", data={"because": "One was missing."}).status_code == 302
    assert client.get(address).data == before and "One was missing." in client.get("/public/contracts/published").text
    assert client.get("/public/contracts/published/2026-Q4-3/contracts.csv").status_code == 404


def test_a_quarter_that_is_not_over_and_a_person_who_may_not_are_refused(app: Flask, cast: Cast) -> None:
    with pytest.raises(QuarterNotOver):
        publish_quarter(Quarter(2027, 1), by=cast["officer"], at=at(TODAY))
    with pytest.raises(NotYours):
        publish_quarter(LAST, by=cast["manager"], at=at(TODAY))
    publish_quarter(LAST, by=cast["democratic"], at=at(TODAY))
    with pytest.raises(ReasonNeeded):
        publish_quarter(LAST, by=cast["officer"], at=at(TODAY))
    assert as_(app, "officer").get("/contracts/quarters/2027-Q1").status_code == 200
    assert as_(app, "officer").get("/contracts/quarters/2027-Q2").status_code == 404


def test_what_is_missing_is_filled_in_where_its_link_leads(app: Flask, cast: Cast) -> None:
    contract = a_contract(1, supplier=HARD, department="")
    officer, address = as_(app, "officer"), "/contracts/CON-2020-001/public/details"
    assert "Whether the supplier is an SME" in officer.get("/contracts/CON-2020-001/public").text
    version = contract.version
    sent = {
        "version": str(version), "department": "Culture", "description": "Vans",
        "procedure_said": "Invitation to quote", "irrecoverable_vat": "0", "is_sme": "yes", "is_vcse": "no",
        "company_number": "01234567",
    }  # fmt: skip
    assert officer.post(address, data=sent).status_code == 302
    said = officer.get("/contracts/CON-2020-001/public").text
    assert "Whether the supplier is an SME" not in said and "A review date" in said
    assert officer.post(address, data=sent | {"department": "Legal"}).status_code == 409
