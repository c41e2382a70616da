"""Pages of money set aside."""

from __future__ import annotations

from datetime import date

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from procure.budget.facts import waiting_for
from procure.budget.models import Commitment, RingFence
from procure.demonstration.approval import funds
from procure.demonstration.cast import Cast
from procure.extensions import db
from tests.pages.test_meetings import day, today_is
from tests.signing_in import sign_in


def test_what_is_not_stated_stays_not_stated(client: FlaskClient, cast: Cast) -> None:
    funds(cast)
    today_is(date(2020, 6, 1))
    sign_in(client, cast["evaluator1"])
    page = client.get("/ring-fences").text
    assert "Not stated: the remaining budget at 18 February 2019" in page
    assert "£100,000" in page and "Ended 31 March 2020" in page
    page = client.get("/ring-fences/1").text
    assert "The match-funding small grants fund" in page and "Commit a sum" not in page
    assert client.get("/ring-fences/1/commit").status_code == 403
    assert client.get("/ring-fences/99").status_code == 404


def test_another_purpose_is_refused_and_what_was_typed_is_kept(client: FlaskClient, cast: Cast) -> None:
    funds(cast)
    today_is(date(2020, 6, 1))
    sign_in(client, cast["finance"])
    data = {"what": "A street party", "purpose": "another", "amount": "1,000"} | day("committed_on", date(2020, 6, 1))
    answer = client.post("/ring-fences/1/commit", data=data)
    assert answer.status_code == 422
    assert "“A street party” is not one of them." in answer.text and 'value="1,000"' in answer.text
    assert db.session.scalars(select(Commitment)).first() is None
    answer = client.post("/ring-fences/1/commit", data=data | {"purpose": "1"}, follow_redirects=True)
    assert "The sum is committed." in answer.text


def test_the_amount_and_a_grant_by_their_forms(client: FlaskClient, cast: Cast) -> None:
    funds(cast)
    sign_in(client, cast["director"])
    data = {"amount": "18500", "amount_source": "the ledger"} | day("amount_on", date(2019, 3, 31))
    assert client.post("/ring-fences/1/amount", data=data).status_code == 302
    assert str(db.session.scalars(select(RingFence)).one().amount) == "18500.00"
    data = {
        "funder": "A trust",
        "purpose": "Seeds",
        "amount": "500",
        "conditions": "Report each quarter\nRepay what is left",
    }
    data |= day("from_on", date(2027, 4, 1)) | day("until_on", date(2028, 3, 31))
    assert client.post("/grants/new", data=data).status_code == 302
    page = client.get("/ring-fences").text
    assert "A trust" in page and "On condition: Report each quarter; Repay what is left" in page


def test_what_is_unspent_waits_for_finance_before_its_time_ends(app: Flask, cast: Cast) -> None:
    funds(cast)
    told = ["State how much the Crowdfunding budget holds, before its time ends"]
    with app.test_request_context():
        for on, wanted in ((date(2021, 1, 29), []), (date(2021, 1, 30), told), (date(2021, 4, 1), [])):
            assert [one.what for one in waiting_for(cast["finance"], on)] == wanted, on
        assert waiting_for(cast["evaluator1"], date(2021, 1, 30)) == []
