"""The four steps of bringing in a list, by a browser without scripts."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from procure.contract.models import Contract
from procure.demonstration.cast import Cast
from procure.extensions import db
from procure.jobs.actions import work_waiting
from tests.actions.test_lists import MESSY
from tests.signing_in import sign_in


def chosen(client: FlaskClient, content: bytes, name: str) -> str:
    answer = client.post(
        "/contract-lists/new", data={"file": (io.BytesIO(content), name)}, content_type="multipart/form-data"
    )
    assert answer.status_code == 302, answer.text
    return str(answer.headers["Location"])


def answers_of(page: str) -> dict[str, str]:
    """A form as it is sent when nothing on it is changed."""
    found = dict(re.findall(r'name="(source|once)"[^>]*value="([^"]*)"', page))
    for name, body in re.findall(r'<select[^>]*name="(\w+)"[^>]*>(.*?)</select>', page, re.DOTALL):
        at = re.search(r'value="([^"]*)" selected', body)
        found[name] = at[1] if at else ""
    return found


def test_a_contract_manager_brings_in_a_messy_list_in_four_steps(app: Flask, cast: Cast, client: FlaskClient) -> None:
    sign_in(client, cast["manager"])

    columns = chosen(client, MESSY.encode("cp1252"), "register <final> & v3.csv")
    understood = client.get(columns).text
    assert "Its headings stand in row 3" in understood
    assert "£48,000" in understood
    sent = client.post(columns, data=answers_of(understood))
    one = sent.headers["Location"]
    assert "Checking every row" in client.get(one).text

    work_waiting(datetime.now(UTC))
    dry = client.get(one).text
    assert "Dry run: 8 of 10 rows are good" in dry
    assert "This is a total, not a contract" in dry
    assert "Nothing is saved yet" in dry
    assert "February 2027 has 28 days" in client.get(f"{one}/warnings").text
    assert db.session.scalar(select(func.count(Contract.id))) == 0

    assert client.post(f"{one}/bring").status_code == 302
    assert client.post(f"{one}/bring").status_code == 302
    work_waiting(datetime.now(UTC))
    done = client.get(one).text
    assert "8 contracts brought in" in done
    assert db.session.scalar(select(func.count(Contract.id))) == 8
    mend = client.get(f"{one}/rows-to-mend.csv")
    assert "This is a total" in mend.text


def test_nothing_chosen_is_lost_when_two_columns_are_the_same_thing(
    app: Flask, cast: Cast, client: FlaskClient
) -> None:
    sign_in(client, cast["officer"])
    columns = chosen(client, MESSY.encode(), "register.csv")

    wrong = answers_of(client.get(columns).text) | {"column_6": "title", "source": "Housing"}
    answer = client.post(columns, data=wrong)

    assert answer.status_code == 422
    assert "Title is chosen for B Contract Title already" in answer.text
    assert answers_of(answer.text)["column_6"] == "title"
    assert 'value="Housing"' in answer.text


def test_what_is_no_list_is_refused_at_the_field(app: Flask, cast: Cast, client: FlaskClient) -> None:
    sign_in(client, cast["officer"])
    data = {"file": (io.BytesIO(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600), "old.xls")}

    answer = client.post("/contract-lists/new", data=data, content_type="multipart/form-data")

    assert answer.status_code == 422
    assert "a workbook of the old kind (.xls)" in answer.text


def test_a_list_of_payments_stops_at_the_check_and_says_why(app: Flask, cast: Cast, client: FlaskClient) -> None:
    sign_in(client, cast["officer"])
    text = b"Cost Centre,Payment Date,Net Amount,Name,Description\nA,01/02/2026,1,Bob,Care\n"

    page = client.get(chosen(client, text, "spend.csv")).text

    assert "This looks like a list of payments, not of contracts" in page


def test_a_manager_can_t_open_somebody_else_s_list(app: Flask, cast: Cast, client: FlaskClient) -> None:
    sign_in(client, cast["officer"])
    columns = chosen(client, MESSY.encode(), "register.csv")
    other = app.test_client()
    sign_in(other, cast["manager"])

    assert other.get(columns).status_code == 404
    assert "register.csv" not in other.get("/contract-lists").text
