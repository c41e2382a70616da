"""The pages of a contract's life: what isn't stated is said, each task asks one thing, nothing is done twice."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal

import pytest
from flask import Flask
from flask.testing import FlaskClient

from procure.audit.actions import Machine, act
from procure.authority.models import Decision, Delegation
from procure.authority.rules import ActKind, DecisionState
from procure.contract.actions import record_contract
from procure.contract.models import Contract
from procure.contract.rules import Term
from procure.council.models import Demonstration
from procure.demonstration import days
from procure.demonstration.cast import MANAGER, Cast
from procure.extensions import db
from procure.law.regimes import Regime
from procure.mail.rounds import own_transaction
from procure.suppliers.models import Supplier
from tests.an_ending_contract import ending_contract
from tests.signing_in import sign_in

PAGES = ("", "/terms", "/changes", "/performance", "/money", "/documents", "/reminders", "/history", "/by-what-right")
TASKS = (
    "/terms/options/new", "/terms/options/1", "/terms/breaks/new", "/terms/reviews/new", "/terms/reviews/1",
    "/terms/tier", "/indicators/new", "/indicators/1", "/indicators/1/rate", "/indicators/none", "/promises/new",
    "/promises/1", "/expiring/new", "/expiring/1", "/documents/new", "/exit", "/money/ahead", "/changes/new",
    "/supplier", "/execution", "/reports/new", "/end-notice",
)  # fmt: skip
MAY_STAY_EMPTY = {
    "/terms/options/1", "/terms/tier", "/promises/1", "/money/ahead", "/indicators/1/rate", "/supplier",
}  # fmt: skip
AT = days.at(days.BEGIN)


@pytest.fixture
def contract(app: Flask, cast: Cast) -> Contract:
    """The contract that is ending, on the day of the drawing."""
    made = ending_contract(cast)
    with own_transaction():
        db.session.add(Demonstration(today=days.BEGIN))
    return made


def today_is_the_day_of_the_drawing() -> None:
    with own_transaction():
        db.session.add(Demonstration(today=days.BEGIN))


@pytest.mark.parametrize("term", [Term.FIXED, Term.EVERGREEN])
def test_a_contract_of_which_nothing_is_known_opens_on_every_page(
    app: Flask, cast: Cast, client: FlaskClient, term: Term
) -> None:
    contract = record_contract(
        title="Smith & Sons <Ltd>", supplier=None, manager_post=None, starts_on=None, ends_on=None, value_net=None,
        vat_percent=Decimal(20), term=term, by=cast["officer"], at=AT,
    )  # fmt: skip
    today_is_the_day_of_the_drawing()
    sign_in(client, cast["officer"])
    here = f"/contracts/{contract.reference}"
    for page in (*PAGES, "/correct", "/hand-over", "/end", "/changes/new", "/terms/tier"):
        answer = client.get(here + page)
        assert answer.status_code == 200, page
        assert "Smith &amp; Sons &lt;Ltd&gt;" in answer.text and "None</" not in answer.text, page
    overview = client.get(here).text
    assert "Not stated" in overview and "Nobody" in overview
    assert ("Enter its end" in overview) is (term is Term.FIXED)
    assert client.get(f"{here}/decide").location == f"{here}/correct"
    assert client.get("/contracts").status_code == client.get("/search?q=Smith").status_code == 200


def test_a_rolling_contract_says_by_when_notice_is_given(app: Flask, cast: Cast, client: FlaskClient) -> None:
    contract = record_contract(
        title="Lifts", supplier=None, manager_post=cast.post(MANAGER), starts_on=date(2024, 4, 1),
        ends_on=date(2027, 6, 30), value_net=Decimal(36000), vat_percent=Decimal(20), term=Term.ROLLING, roll_months=12,
        notice_months=3, by=cast["officer"], at=AT,
    )  # fmt: skip
    today_is_the_day_of_the_drawing()
    sign_in(client, cast["manager"])
    here = f"/contracts/{contract.reference}"
    overview = client.get(here).text
    assert "Decide by 30 March 2027 whether to give notice." in overview and "Rolls on" in overview
    decide = client.get(f"{here}/decide").text
    assert "You give the supplier notice by Tuesday 30 March 2027." in decide and "to 30 June 2028" in decide
    assert "Last day to give notice" in client.get(f"{here}/terms").text


@pytest.mark.parametrize("task", TASKS)
def test_a_task_opens_for_who_may_change_and_an_empty_answer_is_refused_at_its_field(
    contract: Contract, cast: Cast, client: FlaskClient, task: str
) -> None:
    sign_in(client, cast["manager"])
    here = f"/contracts/{contract.reference}{task}"
    page = client.get(here)
    assert page.status_code == 200 and page.text.count("<h1") == 1
    if task not in MAY_STAY_EMPTY:
        answer = client.post(here, data={})
        assert answer.status_code == 422 and "There is a problem" in answer.text
    sign_in(client, cast["auditor"])
    assert client.get(here).status_code == 403


def test_a_rating_is_recorded_once_however_often_it_is_sent(
    contract: Contract, cast: Cast, client: FlaskClient
) -> None:
    sign_in(client, cast["manager"])
    at = f"/contracts/{contract.reference}/indicators/1/rate"
    data = {
        "from_on": "1 1 2027", "until_on": "20 1 2027", "rating": "inadequate", "result": "40%",
        "because": "<b>Staff</b> left", "once": "a" * 32,
    }  # fmt: skip
    assert client.post(at, data=data).status_code == 302
    client.post(at, data=data, follow_redirects=True)
    assert len(contract.indicators[0].returns) == 2
    page = client.get(f"/contracts/{contract.reference}/performance").text
    assert "&lt;b&gt;Staff&lt;/b&gt; left" in page and "Inadequate" in page


def test_an_option_is_taken_out_with_a_reason_only(contract: Contract, cast: Cast, client: FlaskClient) -> None:
    sign_in(client, cast["manager"])
    at = f"/contracts/{contract.reference}/terms/options/2"
    assert client.post(at, data={"away-because": ""}).status_code == 422
    assert client.post(at, data={"away-because": "Not in the deed"}).status_code == 302
    assert client.get(at).status_code == 404
    assert "Not in the deed" in client.get(f"/contracts/{contract.reference}/history").text


def test_the_signed_copy_is_kept_and_read_again(contract: Contract, cast: Cast, client: FlaskClient) -> None:
    sign_in(client, cast["manager"])
    here = f"/contracts/{contract.reference}/documents"
    assert "The signed contract isn’t on file." in client.get(here).text
    bad = client.post(f"{here}/new", data={"file": (io.BytesIO(b"MZ\x90\x00"), "virus.exe")})
    assert bad.status_code == 422
    pdf = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
    data = {"file": (io.BytesIO(pdf), "signed.pdf"), "is_signed_copy": "y"}
    assert client.post(f"{here}/new", data=data).status_code == 302
    page = client.get(here).text
    assert "signed.pdf, the signed contract" in page and "isn’t on file" not in page
    number = contract.files[0].id
    got = client.get(f"{here}/{number}/content")
    assert got.data == pdf and got.headers["Content-Disposition"].startswith("attachment")
    assert client.post(f"{here}/{number}", data={"because": "The wrong one"}).status_code == 302
    assert client.get(f"{here}/{number}/content").status_code == 404


def test_a_change_shows_its_test_then_needs_a_decision_and_carries_value_end_and_notice(
    app: Flask, cast: Cast, client: FlaskClient
) -> None:
    contract = record_contract(
        title="Grounds", supplier=Supplier(name="Smith & Sons <Ltd>"), manager_post=cast.post(MANAGER),
        starts_on=date(2025, 4, 1), ends_on=date(2030, 3, 31), value_net=Decimal(1_000_000), vat_percent=Decimal(0),
        regime=Regime.PA2023, by=cast["officer"], at=AT,
    )  # fmt: skip
    today_is_the_day_of_the_drawing()
    sign_in(client, cast["manager"])
    here = f"/contracts/{contract.reference}/changes"
    data = {
        "what": "Two more parks", "made_on": "25 1 2027", "added_net": "100001", "vat_percent": "0",
        "added_months": "6", "ground": "provided_for", "because": "Clause 7",
    }  # fmt: skip
    tested = client.post(f"{here}/new", data=data | {"test": "1"}).text
    assert "The ground allows it" in tested and "A contract change notice (UK10) is published before" in tested
    assert "No signed decision to vary this contract is open." in tested and "Two more parks" in tested
    refused = client.post(f"{here}/new", data=data | {"ground": "not_substantial", "added_months": "7"})
    assert refused.status_code == 422 and "over 10%" in refused.text
    assert client.post(f"{here}/new", data=data).status_code == 422
    signed_variation(contract, cast)
    assert client.post(f"{here}/new", data=data).status_code == 302
    db.session.expire_all()
    assert (contract.value_gross, contract.ends_on) == (Decimal("1100001"), date(2030, 9, 30))
    assert [(one.duty.value, one.due_on) for one in contract.life_notices] == [("UK10", date(2027, 1, 25))]
    page = client.get(here).text
    assert "One change, £100,001 including VAT and six months in all." in page
    again = client.post(f"{here}/new", data=data)
    assert again.status_code == 422 and len(contract.changes) == 1  # a decision is used once


def signed_variation(contract: Contract, cast: Cast, kind: ActKind = ActKind.VARY) -> None:
    """A decision to vary, or to do something else, as it stands once it is signed and published."""
    when = days.at(date(2027, 1, 20))
    with act("signed a variation", on=contract, by=Machine("test"), at=when):
        row = Delegation(
            act=kind, post=cast.post(MANAGER), scheme_paragraph="Part 3, 4.5", scheme_words=f"To {kind.label}.",
            max_value_gross=Decimal(200_000), max_months=12, from_on=date(2024, 4, 1),
        )  # fmt: skip
        db.session.add(row)
        db.session.add(
            Decision(
                reference="ODR-2027-900", title="Vary", act=kind, state=DecisionState.SIGNED, contract=contract,
                post=cast.post(MANAGER), delegation=row, prepared_by=cast["officer"], prepared_at=when, signed_at=when,
                signed_by=cast["manager"], digest="0" * 64, published_on=date(2027, 1, 20), supplier=contract.supplier,
                value_net=Decimal(150_000), value_gross=Decimal(150_000), max_months=6,
            )
        )  # fmt: skip
