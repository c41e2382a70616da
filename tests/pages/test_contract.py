"""A contract's pages: what the owner reads, who may change what, and that nothing typed is lost."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from procure.contract.actions import correct
from procure.contract.models import Contract, EndDecision
from procure.council.models import Demonstration
from procure.demonstration import days
from procure.demonstration.cast import Cast
from procure.extensions import db
from procure.mail.rounds import own_transaction
from procure.procurement.models import Procurement
from tests.an_ending_contract import ending_contract
from tests.signing_in import sign_in

AT = "/contracts/CON-2025-007"
PAGES = ("", "/terms", "/changes", "/performance", "/money", "/documents", "/reminders", "/history")
TASKS = ("/decide", "/correct", "/hand-over", "/end", "/options/1", "/options/1/decline")


@pytest.fixture
def contract(app: Flask, cast: Cast) -> Contract:
    """The contract that is ending, on the day of the drawing."""
    made = ending_contract(cast)
    with own_transaction():
        db.session.add(Demonstration(today=days.BEGIN))
    return made


def test_the_overview_says_what_matters(contract: Contract, cast: Cast, client: FlaskClient) -> None:
    sign_in(client, cast["manager"])
    page = client.get(AT).text
    for words in (
        "In 14 months", "Friday 31 March 2028", "£333,000 including VAT", "C. Manager holds the post",
        "Nobody is on it",
        "Decide by 5 May 2027 what follows.", "Buying again takes about 11 months", "Last possible end",
        "331 days before the end", "£194,250 of £333,000", "58%", "Time gone by: 61%",
        "Sent. Acknowledged by C. Manager on 5 October 2026", "Use option 1 by 30 June", "See all",
        "31 May 2027 is a bank holiday, so that letter goes on the working day before.",
    ):  # fmt: skip
        assert words in page


@pytest.mark.parametrize("who", ["manager", "commissioning", "officer", "auditor", "finance"])
def test_the_owner_those_above_and_those_who_read_every_file_open_each_page(
    contract: Contract, cast: Cast, client: FlaskClient, who: str
) -> None:
    sign_in(client, cast[who])
    for page in PAGES:
        answer = client.get(AT + page)
        assert answer.status_code == 200, page
        assert answer.text.count("<h1") == 1


@pytest.mark.parametrize("who", ["evaluator1", "care", "moderator"])
def test_others_find_nothing(contract: Contract, cast: Cast, client: FlaskClient, who: str) -> None:
    sign_in(client, cast[who])
    assert {client.get(AT + page).status_code for page in (*PAGES, *TASKS)} == {404}
    assert "Social infrastructure support" not in client.get("/contracts").text


def test_who_only_reads_changes_nothing(contract: Contract, cast: Cast, client: FlaskClient) -> None:
    sign_in(client, cast["auditor"])
    assert {client.get(AT + page).status_code for page in TASKS} == {403}
    assert client.post(f"{AT}/money", data={"amount_gross": "1"}).status_code == 403
    assert client.post(f"{AT}/performance", data={"performance": "x"}).status_code == 403
    assert "Decide what follows</a>" not in client.get(AT).text


def test_buying_again_from_the_page_opens_the_file(contract: Contract, cast: Cast, client: FlaskClient) -> None:
    sign_in(client, cast["manager"])
    form = {"choice": "buy_again", "reason": "Still needed", "officer_id": str(cast["officer"].id),
            "version": str(contract.version), "once": "0" * 32}  # fmt: skip
    answer = client.post(f"{AT}/decide", data=form)
    opened = db.session.scalars(select(Procurement)).one()
    assert answer.location == f"/procurements/{opened.reference}"
    assert client.post(f"{AT}/decide", data=form).status_code == 302
    assert db.session.scalar(select(func.count(EndDecision.id))) == 1
    assert "Buying again is under way." in client.get(AT).text


def test_a_decision_without_a_reason_keeps_what_was_chosen(contract: Contract, cast: Cast, client: FlaskClient) -> None:
    sign_in(client, cast["manager"])
    answer = client.post(f"{AT}/decide", data={"choice": "let_lapse", "reason": " "})
    assert answer.status_code == 422 and "Say why" in answer.text and "<title>Error:" in answer.text
    assert 'value="let_lapse" checked' in answer.text
    without_officer = client.post(f"{AT}/decide", data={"choice": "buy_again", "reason": "Needed by many groups"})
    assert without_officer.status_code == 422 and "Choose the procurement officer" in without_officer.text
    assert "Needed by many groups" in without_officer.text


def test_the_second_saver_is_told(contract: Contract, cast: Cast, client: FlaskClient) -> None:
    seen = contract.version
    correct(contract, title="Another title", because="typo", by=cast["officer"], at=days.at(days.BEGIN))
    sign_in(client, cast["manager"])
    answer = client.post(f"{AT}/decide", data={"choice": "let_lapse", "reason": "Not needed", "version": str(seen)})
    assert (
        answer.status_code == 409 and "A. Officer, Procurement Officer" in answer.text and "Not needed" in answer.text
    )
    assert db.session.scalar(select(func.count(EndDecision.id))) == 0


def test_an_option_without_authority_says_who_can_give_it(contract: Contract, cast: Cast, client: FlaskClient) -> None:
    sign_in(client, cast["manager"])
    page = client.get(f"{AT}/options/1").text
    assert "You can’t use it yet" in page and "Democratic services" in page and "31 March 2029" in page
    assert client.get(f"{AT}/options/7").status_code == 404
    answer = client.post(f"{AT}/options/1", data={"version": str(contract.version)})
    assert answer.status_code == 422


def test_a_payment_is_recorded_on_the_page(contract: Contract, cast: Cast, client: FlaskClient) -> None:
    sign_in(client, cast["manager"])
    data = {
        "paid_on-day": "25",
        "paid_on-month": "1",
        "paid_on-year": "2027",
        "amount_gross": "£9,250",
        "what": "Extra",
    }
    assert client.post(f"{AT}/money", data=data).status_code == 302
    assert "£203,500" in client.get(f"{AT}/money").text
    wrong = client.post(f"{AT}/money", data=data | {"paid_on-day": "26"})
    assert wrong.status_code == 422 and "before its day has come" in wrong.text and "£9,250" in wrong.text


def test_a_contract_is_recorded_by_form(contract: Contract, cast: Cast, client: FlaskClient) -> None:
    sign_in(client, cast["officer"])
    data = {
        "title": "Park benches", "supplier_name": "Bench Makers", "manager_post_id": str(contract.manager_post_id),
        "starts_on-day": "1", "starts_on-month": "6", "starts_on-year": "2026",
        "ends_on-day": "31", "ends_on-month": "5", "ends_on-year": "2027",
        "value_net": "30,000", "vat_percent": "20", "option_count": "1", "exercise_months": "3", "notice_months": "0",
    }  # fmt: skip
    missing = client.post("/contracts/new", data=data)
    assert (
        missing.status_code == 422
        and "Enter the length of each option" in missing.text
        and "Bench Makers" in missing.text
    )
    answer = client.post("/contracts/new", data=data | {"option_months": "12"})
    made = db.session.scalars(select(Contract).where(Contract.title == "Park benches")).one()
    assert answer.location == f"/contracts/{made.reference}"
    assert (
        made.value_gross == 36000 and made.full_gross == 72000 and made.options[0].exercise_by_on == date(2027, 2, 28)
    )
    assert client.get(answer.location).status_code == 200
    assert client.get("/contracts?state=nobody").text.count("Park benches") == 1


def test_an_end_before_the_start_is_refused_at_its_field(contract: Contract, cast: Cast, client: FlaskClient) -> None:
    sign_in(client, cast["officer"])
    data = {
        "title": "Social infrastructure support", "starts_on-day": "1", "starts_on-month": "4",
        "starts_on-year": "2025",
        "ends_on-day": "1", "ends_on-month": "4", "ends_on-year": "2024", "notice_months": "6", "value_net": "277500",
        "value_vat": "55500", "because": "typo", "version": str(contract.version),
    }  # fmt: skip
    answer = client.post(f"{AT}/correct", data=data)
    assert answer.status_code == 422 and "can’t end before it starts" in answer.text
    assert client.post(f"{AT}/correct", data=data | {"ends_on-year": "2029"}).status_code == 302
    assert "typo" in client.get(f"{AT}/history").text


def test_an_empty_list_says_what_to_do(app: Flask, cast: Cast, client: FlaskClient) -> None:
    sign_in(client, cast["officer"])
    page = client.get("/contracts").text
    assert "No contracts yet" in page and "Record a contract" in page


def test_a_visitor_is_sent_to_sign_in(contract: Contract, client: FlaskClient) -> None:
    answer = client.get(AT)
    assert answer.status_code == 302 and "/sign-in" in answer.location
