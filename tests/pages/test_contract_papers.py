"""The papers of a contract on its pages: what each lacks and where it is said, and what is issued once nothing is."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from procure.authority.rules import ActKind
from procure.contract.actions import record_contract
from procure.contract.models import Contract
from procure.demonstration.cast import MANAGER, Cast
from procure.documents.actions import content_of
from procure.documents.models import Paper
from procure.extensions import db
from procure.law.regimes import Regime
from procure.suppliers.models import Supplier
from tests.an_ending_contract import ending_contract
from tests.documents.papers import words_of
from tests.pages.test_contract_life import AT, signed_variation, today_is_the_day_of_the_drawing
from tests.signing_in import sign_in


@pytest.fixture
def here(app: Flask, cast: Cast, client: FlaskClient) -> str:
    """The pages of the contract that is ending, for whoever looks after it."""
    contract = ending_contract(cast)
    today_is_the_day_of_the_drawing()
    sign_in(client, cast["manager"])
    return f"/contracts/{contract.reference}"


def plain(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.partition("<main")[2]))


def issued(name: str) -> Paper:
    return db.session.scalars(select(Paper).where(Paper.name == name).order_by(Paper.id.desc())).one()


EXIT = {
    "exit_plan": "Support goes on to the last day.", "staff": "Nobody transfers.",
    "tasks": "Data | Return it | The supplier | 31 March 2028 | Not started\nKeys\tHand over\tSmith & Sons <Ltd>"
    "\t29/2/2028\tNot started",
    "assets": "", "final_account": "Last invoice by 30 April 2028.", "communications": "Groups are told in January.",
}  # fmt: skip


def test_the_exit_plan_is_written_in_one_place_and_issued_once_it_lacks_nothing(
    here: str, cast: Cast, client: FlaskClient
) -> None:
    draft = client.get(f"{here}/papers/exit-plan").text
    assert f'<a class="govuk-link" href="{here}/exit">Tasks of the exit</a>' in draft
    assert f'<a class="govuk-link" href="{here}/decide">Decision on what follows</a>' in draft
    assert "Issue it" not in draft and "None<" not in draft
    refused = client.post(f"{here}/papers/exit-plan/issue", follow_redirects=True).text
    assert "Exit plan cannot be issued:" in plain(refused)
    bad = client.post(f"{here}/exit", data=EXIT | {"tasks": "Data | Return it | The supplier | soon | Not started"})
    assert bad.status_code == 422 and "“soon” must be a day" in bad.text and "Groups are told in January." in bad.text
    assert client.post(f"{here}/exit", data=EXIT | {"version": "0"}).status_code == 302
    clash = client.post(f"{here}/exit", data=EXIT | {"version": "0", "staff": "Six"})
    assert clash.status_code == 409 and "Six" in clash.text
    decided = {"choice": "let_lapse", "reason": "Enough", "version": "99"}
    contract = db.session.scalars(select(Contract)).one()
    client.post(f"{here}/decide", data=decided | {"version": str(contract.version)})
    draft = client.get(f"{here}/papers/exit-plan").text
    assert "Nothing is missing." in draft and "Nobody: the service ends." in plain(draft)
    assert client.post(f"{here}/papers/exit-plan/issue").status_code == 302
    assert client.post(f"{here}/papers/exit-plan/issue").location == f"/papers/{issued('exit-plan').id}"  # no second
    words = words_of(content_of(issued("exit-plan")))
    assert "29 February 2028" in words and "Smith & Sons <Ltd>" in words and "Nothing changes hands." in words
    assert "Issued as the record says it" in client.get(f"{here}/documents").text
    assert "Issue it" not in client.get(f"{here}/papers/exit-plan").text
    page = client.get(f"/papers/{issued('exit-plan').id}")
    assert page.status_code == 200 and "Exit plan, version 1" in page.text
    sign_in(client, cast["evaluator1"])
    assert client.get(f"/papers/{issued('exit-plan').id}").status_code == 404


def test_a_performance_report_takes_its_figures_from_what_is_held(here: str, client: FlaskClient) -> None:
    said = {
        "from_on": "1 4 2025", "until_on": "31 3 2026", "overall": "approaching_target", "summary": "Mostly good.",
        "paid_late": "", "issues": "", "risks": "Money\tLow\tWatch it", "improvement": "", "once": "b" * 32,
    }  # fmt: skip
    shown = client.get(f"{here}/reports/new").text
    assert 'value="2026"' in shown  # the period that was rated last is offered
    assert client.post(f"{here}/reports/new", data=said | {"until_on": "31 3 2099"}).status_code == 422
    made = client.post(f"{here}/reports/new", data=said)
    assert made.status_code == 302
    twice = client.post(f"{here}/reports/new", data=said | {"once": "c" * 32})
    assert twice.status_code == 422 and "begun already" in twice.text
    draft = plain(client.get(made.location).text)
    assert "How many invoices of the period were paid late" in draft and "Forecast to the end" in draft
    contract = db.session.scalars(select(Contract)).one()
    report = contract.reports[0]
    changed = said | {"paid_late": "0", "version": str(report.version), "once": "d" * 32}
    assert client.post(f"{here}/reports/{report.id}", data=changed).status_code == 302
    client.post(f"{here}/money/ahead", data={"forecast_gross": "333000", "version": str(contract.version)})
    assert client.post(f"{made.location}/issue").status_code == 302
    words = words_of(content_of(issued("performance-report")))
    paid = sum((one.amount_gross for one in contract.payments if one.paid_on <= date(2026, 3, 31)), Decimal(0))
    assert f"£{paid:,.0f}" in words and "16 of 19" in words and "Requires improvement" in words
    assert "Invoices of the period that were paid later than agreed: 0." in words and "No issue is open." in words


def test_the_note_of_a_change_says_what_was_tested_and_waits_for_its_notice(
    app: Flask, cast: Cast, client: FlaskClient
) -> None:
    contract = record_contract(
        title="Grounds", supplier=Supplier(name="Smith & Sons <Ltd>"), manager_post=cast.post(MANAGER),
        starts_on=date(2025, 4, 1), ends_on=date(2030, 3, 31), value_net=Decimal(1_000_000), vat_percent=Decimal(0),
        regime=Regime.PA2023, by=cast["officer"], at=AT,
    )  # fmt: skip
    today_is_the_day_of_the_drawing()
    signed_variation(contract, cast)
    sign_in(client, cast["manager"])
    here = f"/contracts/{contract.reference}"
    added = {
        "what": "Two more parks", "made_on": "25 1 2027", "added_net": "100001", "vat_percent": "0",
        "added_months": "6", "ground": "provided_for", "because": "Clause 7",
    }  # fmt: skip
    assert client.post(f"{here}/changes/new", data=added).status_code == 302
    note = {"asked_by": "supplier", "asked_on": "4 1 2027", "budget_text": "PP-4410", "version": "0"}
    empty = client.post(f"{here}/changes/1/note", data=note | {"budget_text": ""})
    assert empty.status_code == 422 and "Say from which budget it is paid." in empty.text
    assert client.post(f"{here}/changes/1/note", data=note).status_code == 302
    draft = client.get(f"{here}/papers/contract-change-note/1").text
    notice = contract.life_notices[0]
    waits = f'<a class="govuk-link" href="{here}/notices/{notice.id}">Reference of the published contract change notice'
    assert waits in draft
    published = {"published_on": "24 1 2027", "reference": "2027/S 000-1", "version": str(notice.version)}
    assert client.post(f"{here}/notices/{notice.id}", data=published).status_code == 302
    assert client.post(f"{here}/papers/contract-change-note/1/issue").status_code == 302
    words = words_of(content_of(issued("contract-change-note")))
    for said in (
        "£1,000,000.00",
        "£1,100,001.00",
        "31 March 2030",
        "30 September 2030",
        "Smith & Sons <Ltd>",
        "2027/S 000-1",
        "ODR-2027-900, signed on 20 January 2027",
        "Procurement Act 2023, Schedule 8, paragraph 1",
        "The supplier",
    ):
        assert said in words, said


def test_notice_to_end_it_is_as_long_as_the_contract_asks_and_waits_for_the_decision(
    here: str, cast: Cast, client: FlaskClient
) -> None:
    said = {
        "ground": "no_fault", "clause": "", "reason": "One contract for the borough.", "given_on": "1 2 2027",
        "ends_on": "31 7 2027", "money_text": "Work done to the last day.", "version": "0",
    }  # fmt: skip
    short = client.post(f"{here}/end-notice", data=said)
    assert short.status_code == 422 and "it can end on 1 August 2027 at the earliest" in short.text
    early = client.post(f"{here}/end-notice", data=said | {"ground": "excluded", "told_on": "1 2 2027"})
    assert early.status_code == 422 and "must have been told before the notice" in early.text
    assert client.post(f"{here}/end-notice", data=said | {"ground": "break", "break_id": ""}).status_code == 422
    assert client.post(f"{here}/end-notice", data=said | {"ends_on": "1 8 2027"}).status_code == 302
    draft = client.get(f"{here}/papers/termination-notice").text
    assert "Signed decision to end the contract" in draft and "Issue it" not in draft
    assert "Ending without fault" in plain(draft) and "Six months, as the contract asks" in plain(draft)
    assert client.get(f"{here}/papers/contract-particulars").status_code == 404  # it comes of no award here
    signed_variation(db.session.scalars(select(Contract)).one(), cast, ActKind.TERMINATE)
    assert client.post(f"{here}/papers/termination-notice/issue").status_code == 302
    words = words_of(content_of(issued("termination-notice")))
    for told in ("1 August 2027", "One contract for the borough.", "ODR-2027-900, signed on 20 January 2027"):
        assert told in words, told


def test_the_suppliers_address_is_given_from_the_contract(here: str, client: FlaskClient) -> None:
    contract = db.session.scalars(select(Contract)).one()
    given = {"address": "1 High Street\nBarking", "contact_name": "N. New", "email": "new@network.example"}
    assert (
        client.post(f"{here}/supplier", data=given | {"email": "no", "version": str(contract.version)}).status_code
        == 422
    )
    assert client.post(f"{here}/supplier", data=given | {"version": str(contract.version)}).status_code == 302
    db.session.expire_all()
    assert contract.supplier is not None and contract.supplier.address == "1 High Street\nBarking"
