"""The list of contracts in the browser: narrowed, page by page, saved as a view, taken away as a file."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import html
from openpyxl import load_workbook
from sqlalchemy import select

from procure.audit.actions import Machine, act
from procure.contract.life_models import Indicator, IndicatorReturn
from procure.contract.life_rules import Rating
from procure.contract.models import Payment
from procure.council.models import Demonstration
from procure.demonstration.cast import Cast, the_cast
from procure.demonstration.days import at
from procure.extensions import db
from procure.jobs.actions import work_waiting
from procure.jobs.models import Job
from procure.now import now
from procure.register import jobs
from procure.register.facts.exporting import CODE_HEADS, HEADS
from procure.register.models import SavedView
from procure.register.views import exporting
from tests.a_register import HARD, PUT_ON, a_contract
from tests.signing_in import sign_in

TODAY = date(2027, 1, 25)


@pytest.fixture(autouse=True)
def then(app: Flask) -> None:
    """It is Monday 25 January 2027."""
    db.session.add(Demonstration(today=TODAY))
    db.session.commit()


def as_(app: Flask, key: str) -> FlaskClient:
    client = app.test_client()
    sign_in(client, the_cast()[key])
    return client


def main_of(answer: object) -> html.HtmlElement:
    return html.document_fromstring(answer.text).xpath("//main")[0]  # type: ignore[attr-defined]


def listed(client: FlaskClient, address: str) -> list[str]:
    """Titles of the contracts a page of the list shows."""
    answer = client.get(address)
    assert answer.status_code == 200, address
    return [one.text for one in main_of(answer).xpath("//section//tbody/tr/th/a")]


def test_an_empty_list_says_what_to_do(app: Flask, cast: Cast) -> None:
    said = as_(app, "officer").get("/contracts").text
    assert "No contracts yet" in said and "Record a contract" in said


@pytest.fixture
def some(cast: Cast) -> None:
    """Contracts of every sort."""
    manager = cast.post("Contract Manager")
    a_contract(1, title="Crèche", supplier=HARD, manager_post=manager, worth=90_000)
    a_contract(2, title="Library vans", department="Culture", ends_on=date(2027, 6, 30), worth=600_000)
    a_contract(3, title="Old thing", ends_on=date(2026, 12, 31), department="")
    a_contract(
        4, title="No end", ends_on=None, starts_on=None, value_stated=None, value_gross=None, value_net=None,
        value_vat=None,
    )  # fmt: skip


FOUND = (
    ("/contracts", ["Old thing", "Library vans", "Crèche", "No end"]),
    ("/contracts?q=smith", ["Crèche"]), ("/contracts?department=Culture", ["Library vans"]),
    ("/contracts?department=Not+stated", ["Old thing"]), ("/contracts?value=1", ["Crèche"]),
    ("/contracts?value=0", ["No end"]), ("/contracts?owner=none", ["Old thing", "Library vans", "No end"]),
    ("/contracts?supplier=SONS+%3C", ["Crèche"]), ("/contracts?quarter=2027-Q2", ["Library vans"]),
    ("/contracts?from=1/7/2027&to=31/12/2028", ["Crèche"]), ("/contracts?on=in_hand", []),
    ("/contracts?q=%27%22%25*", []),
    ("/contracts?after=99999999999999999999", ["Old thing", "Library vans", "Crèche", "No end"]),
)  # fmt: skip


def test_the_list_is_narrowed_by_everything_it_offers(app: Flask, some: None) -> None:
    officer = as_(app, "officer")
    for address, titles in FOUND:
        assert listed(officer, address) == titles, address


def test_gaps_are_said_in_words_and_late_starts_in_red(app: Flask, some: None) -> None:
    said = as_(app, "officer").get("/contracts").text
    assert "No end agreed" in said and "Not stated" in said and "Past its end" in said and "passed" in said
    assert "nobody looks after it" in said and "Smith &amp; Sons &lt;Ltd&gt;" in said


def test_counts_stand_beside_the_choices(app: Flask, some: None) -> None:
    for address in ("/contracts", "/contracts?owner=none"):
        page = main_of(as_(app, "officer").get(address))
        counts = {
            one.get("value"): one.xpath("following-sibling::label/span[@class='app-count']/text()")[0]
            for one in page.xpath("//input[@name='value']")
        }
        assert counts["0"] == "1" and counts["1"] == ("1" if address == "/contracts" else "0")


def test_a_manager_sees_only_what_their_posts_look_after(app: Flask, some: None) -> None:
    manager = as_(app, "manager")
    assert listed(manager, "/contracts") == ["Crèche"] and listed(manager, "/contracts?q=library") == []
    assert "Library" not in manager.get("/contracts").text
    rows = export(manager, "/contracts/export", "machine")
    assert [row["Title of agreement"] for row in rows] == ["Crèche"]


def test_pages_follow_one_another_without_a_gap(app: Flask, cast: Cast) -> None:
    for number in range(60):
        a_contract(number)
    officer, seen, address = as_(app, "officer"), [], "/contracts"
    while address:
        page = main_of(officer.get(address))
        seen += [one.text for one in page.xpath("//section//tbody/tr/th/a")]
        address = next(iter(page.xpath("//a[@rel='next']/@href")), "")
    assert len(seen) == len(set(seen)) == 60
    assert "51 to 60 of 60" in page.text_content()


def test_a_date_that_cannot_be_read_is_told_at_its_field(app: Flask, some: None) -> None:
    answer = as_(app, "officer").get("/contracts?from=31/2/2028&q=vans")
    assert answer.status_code == 422 and "The first end must be a day" in answer.text
    assert 'value="31/2/2028"' in answer.text and 'value="vans"' in answer.text


def test_a_bar_leads_to_its_quarter_and_says_its_figures(app: Flask, some: None) -> None:
    page = main_of(as_(app, "officer").get("/contracts"))
    bars = page.xpath("//*[local-name()='svg']//*[local-name()='a']")
    assert len(bars) == 24
    second = next(bar for bar in bars if "quarter=2027-Q2" in bar.get("href"))
    assert second.get("aria-label") == "April to June 2027: 1 contract, £600k, £600k with nobody on it"
    assert "£600k ends in April to June 2027" in page.text_content()


# ── saved views ──


def test_a_view_is_saved_opened_renamed_and_deleted(app: Flask, some: None) -> None:
    officer = as_(app, "officer")
    for _ in range(2):
        officer.post("/contracts/views/new?q=vans&on=nobody", data={"name": "  Mine  & <b> "})
    view = db.session.scalars(select(SavedView)).one()
    assert (view.name, view.asked) == ("Mine & <b>", "q=vans&on=nobody")
    page = main_of(officer.get("/contracts"))
    (href,) = page.xpath("//a[text()='Mine & <b>']/@href")
    assert listed(officer, href) == ["Library vans"]
    taken = officer.post("/contracts/views/new?q=other", data={"name": "Mine & <b>"})
    assert taken.status_code == 422 and "already" in taken.text
    assert officer.post("/contracts/views/new", data={"name": " "}).status_code == 422
    other = as_(app, "auditor")
    assert other.get(f"/contracts/views/{view.id}").status_code == 404
    assert other.post(f"/contracts/views/{view.id}/delete").status_code == 404
    officer.post(f"/contracts/views/{view.id}", data={"name": "Renamed"})
    assert "Renamed" in officer.get("/contracts/views").text
    officer.post(f"/contracts/views/{view.id}/delete")
    assert "No saved views yet" in officer.get("/contracts/views").text


# ── files ──


def export(client: FlaskClient, address: str, kind: str) -> list[dict[str, str]]:
    answer = client.post(address, data={"kind": kind})
    assert answer.status_code == 200 and "attachment" in answer.headers["Content-Disposition"]
    return list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"), newline="")))


FORMULAS = ("=1+1", "+44 20", "-5", "@sum", "\tx", "\rx")


def test_a_file_has_the_code_s_fields_first_and_no_formula(app: Flask, cast: Cast) -> None:
    for number, title in enumerate(FORMULAS, start=1):
        a_contract(number, title=title, description="One\nTwo, “three” £ é\x0b")
    officer = as_(app, "officer")
    human, machine = export(officer, "/contracts/export", "csv"), export(officer, "/contracts/export", "machine")
    assert list(human[0])[: len(CODE_HEADS)] == list(CODE_HEADS) and len(human) == len(FORMULAS)
    assert [row["Title of agreement"] for row in machine] == [f"'{title}" for title in FORMULAS]
    assert human[0]["Description of goods or services"] == "One\nTwo, “three” £ é"
    assert (human[0]["End date"], machine[0]["End date"]) == ("31/03/2028", "2028-03-31")
    assert machine[0]["Sum to be paid or estimate"] == "120000.00"
    assert officer.post("/contracts/export", data={"kind": "csv"}).data.startswith(b"\xef\xbb\xbf")
    assert not officer.post("/contracts/export", data={"kind": "machine"}).data.startswith(b"\xef\xbb\xbf")
    book = load_workbook(io.BytesIO(officer.post("/contracts/export", data={"kind": "xlsx"}).data))
    rows = list(book.active.iter_rows())  # type: ignore[union-attr]
    first = dict(zip([cell.value for cell in rows[0]], rows[1], strict=True))
    assert first["End date"].value == datetime(2028, 3, 31) and first["Sum to be paid or estimate"].value == 120000
    assert "f" not in {cell.data_type for row in rows for cell in row}
    assert len(rows[0]) == len(HEADS)


def test_a_file_holds_what_the_list_shows(app: Flask, some: None) -> None:
    officer = as_(app, "officer")
    assert [row["Title of agreement"] for row in export(officer, "/contracts/export?q=vans", "csv")] == ["Library vans"]
    assert officer.post("/contracts/export", data={}).status_code == 422


def test_a_long_list_is_a_job_of_whoever_asked(
    app: Flask, some: None, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    monkeypatch.setattr(exporting, "MADE_AT_ONCE", 2)
    officer = as_(app, "officer")
    answer = officer.post("/contracts/export", data={"kind": "machine"})
    assert answer.status_code == 302 and "/jobs/" in answer.location
    work_waiting(now())
    job = db.session.scalars(select(Job).where(Job.kind == jobs.LIST.name)).one()
    assert job.can_be_fetched and (job.done, job.of) == (4, 4), job.problem
    rows = list(csv.DictReader(io.StringIO(officer.get(f"/jobs/{job.id}/file").text)))
    assert len(rows) == 4
    assert as_(app, "auditor").get(f"/jobs/{job.id}/file").status_code == 404


# ── standing reports ──


def told(client: FlaskClient, name: str) -> list[str]:
    page = client.get(f"/reports/{name}")
    assert page.status_code == 200
    rows = list(csv.reader(io.StringIO(client.get(f"/reports/{name}.csv").text)))[1:]
    shown = [one.text for one in main_of(page).xpath("//tbody/tr/th/a")]
    assert [row[0] for row in rows] == shown
    return shown


def test_each_report_about_contracts_tells_its_own(app: Flask, some: None, cast: Cast) -> None:
    slow, quick = a_contract(5, title="Slow"), a_contract(6, title="Quick")
    with act("put them where they are", on="register", by=Machine("test"), at=at(PUT_ON)):
        db.session.add(Payment(contract=slow, paid_on=date(2027, 1, 4), amount_gross=Decimal("120000.01")))
        db.session.add(Payment(contract=quick, paid_on=date(2027, 1, 4), amount_gross=Decimal("120000.00")))
        for contract in (slow, quick):
            due_on = date(2026, 3, 31)
            db.session.add(Indicator(contract=contract, name="On time", every_months=12, first_due_on=due_on))
        db.session.flush()
        indicator = db.session.scalars(select(Indicator).where(Indicator.contract_id == quick.id)).one()
        db.session.add(
            IndicatorReturn(
                indicator=indicator, from_on=date(2025, 4, 1), until_on=date(2026, 3, 31), rating=Rating.GOOD,
                rated_at=at(PUT_ON),
            )
        )  # fmt: skip
    auditor = as_(app, "auditor")
    assert told(auditor, "contracts-past-their-end") == ["Old thing"]
    assert told(auditor, "contracts-too-late") == ["Library vans"]
    assert told(auditor, "contracts-without-owner") == ["Old thing", "Library vans", "Slow", "Quick", "No end"]
    assert told(auditor, "contracts-over-value") == ["Slow"]
    assert told(auditor, "contracts-without-return") == ["Slow"]
    assert "Crèche" in told(auditor, "contracts-without-file")
    assert told(as_(app, "manager"), "contracts-without-owner") == []
    assert "One live contract is past its end." in auditor.get("/reports").text


def test_the_demonstration_s_contract_is_listed_and_found(at_stage: Callable[[str], Flask]) -> None:
    app = at_stage("contract")
    officer = as_(app, "officer")
    assert listed(officer, "/contracts") == ["Social infrastructure support"]
    assert listed(officer, "/contracts?q=social+infra") == ["Social infrastructure support"]
