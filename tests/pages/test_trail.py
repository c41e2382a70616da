"""The trail as the auditor reads it."""

from __future__ import annotations

from datetime import datetime, timedelta

from flask.testing import FlaskClient
from sqlalchemy import select

from procure.audit.models import TrailEntry
from procure.demonstration.cast import Cast
from procure.extensions import db
from procure.people import actions
from procure.people.rules import Role
from tests.signing_in import sign_in


def rename(cast: Cast, name: str, at: datetime) -> None:
    actions.correct(cast["officer"], name=name, email="officer@lbbd.example", by=cast["administrator"], at=at)


def test_the_trail_is_found_by_file_person_act_and_day(client: FlaskClient, cast: Cast, now: datetime) -> None:
    rename(cast, "A. B. Officer", now)
    actions.grant_role(cast["manager"], Role.LEGAL, by=cast["administrator"], at=now + timedelta(days=1))
    sign_in(client, cast["auditor"])
    corrected, gave = "corrected the particulars of A. Officer", "gave C. Manager the role legal"
    for asked, found, missing in (
        ({}, corrected, "No entry found"),
        ({"file": "people"}, gave, "No entry found"),
        ({"file": "PRO-1999-001"}, "No entry found", gave),
        ({"file": "council"}, "set up the council", gave),
        ({"who": "administrator"}, gave, "Demonstration set up"),
        ({"said": "CORRECTED"}, corrected, gave),
        ({"said": "100%"}, "No entry found", gave),
        ({"on-day": "26", "on-month": "1", "on-year": "2027"}, gave, corrected),
    ):
        page = client.get("/trail", query_string=asked).text
        assert found in page, asked
        assert missing not in page, asked
    wrong = client.get("/trail?on-day=99&on-month=1&on-year=2027")
    assert wrong.status_code == 422
    assert "There is a problem" in wrong.text


def test_every_entry_shows_what_it_was_and_what_it_became(client: FlaskClient, cast: Cast, now: datetime) -> None:
    rename(cast, "A. B. Officer", now)
    sign_in(client, cast["auditor"])
    page = client.get("/trail?said=corrected").text
    assert "<td>A. Officer</td><td>A. B. Officer</td>" in page


def test_secrets_are_not_in_the_trail(client: FlaskClient, cast: Cast, now: datetime) -> None:
    actions.set_up_code(cast["director"], "JBSWY3DPEHPK3PXP", at=now)
    sign_in(client, cast["auditor"])
    page = client.get("/trail?said=one-time").text
    assert "(not recorded)" in page
    assert "JBSWY3DPEHPK3PXP" not in page


def test_the_trail_is_read_a_page_at_a_time(client: FlaskClient, cast: Cast, now: datetime) -> None:
    for number in range(70):
        rename(cast, f"Officer {number}", now)
    sign_in(client, cast["auditor"])
    first = client.get("/trail?who=administrator&said=corrected").text
    assert "Officer 69" in first
    last_id = db.session.scalars(select(TrailEntry.id).order_by(TrailEntry.id.desc()).offset(59).limit(1)).one()
    assert f"before={last_id}" in first
    second = client.get(f"/trail?who=administrator&said=corrected&before={last_id}").text
    assert second.count("corrected the particulars") == 10
    assert "Newest" in second
    assert "Earlier" not in second
