"""Letters' pages, where a letter's button leads, and whether the installation is well."""

from __future__ import annotations

import re
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select, text

from procure.audit.models import TrailEntry
from procure.council.models import Demonstration
from procure.demonstration import days
from procure.demonstration.cast import Cast
from procure.demonstration.contract import run_the_clock
from procure.extensions import db
from procure.mail.models import Letter
from procure.mail.rounds import own_transaction
from procure.mail.sending import post_waiting
from procure.now import now
from procure.reminder.actions import daily_round
from procure.reminder.models import Reminder
from tests.an_ending_contract import ending_contract
from tests.signing_in import sign_in


@pytest.fixture
def letter(app: Flask, cast: Cast) -> Letter:
    """The twelve-month letter, not posted yet; today is its day."""
    ending_contract(cast)
    for morning in (date(2027, 3, 17), date(2027, 3, 30)):
        run_the_clock(morning)
    with own_transaction():
        db.session.add(Demonstration(today=days.LETTER))
    daily_round(days.LETTER, at=days.at(days.LETTER, 7, 30))
    return db.session.scalars(select(Letter).order_by(Letter.id.desc())).first()  # type: ignore[return-value]


def key_of(letter: Letter) -> str:
    assert letter.secret
    return letter.secret


def test_the_page_of_a_letter_shows_its_words_and_never_its_key(
    letter: Letter, cast: Cast, client: FlaskClient
) -> None:
    sign_in(client, cast["officer"])
    key = key_of(letter)
    for path in (f"/letters/{letter.id}", f"/letters/{letter.id}/mail"):
        page = client.get(path).text
        assert "Buying again takes about 11 months" in page and key not in page and "/r/…" in page
    post_waiting(days.at(days.LETTER, 8))
    page = client.get(f"/letters/{letter.id}").text
    assert "8:00am on Wednesday 31 March 2027" in page
    assert "Not yet. After 14 April 2027 it goes to the Head of Commissioning." in page


def test_the_letter_itself_can_do_nothing(letter: Letter, cast: Cast, client: FlaskClient) -> None:
    sign_in(client, cast["officer"])
    policy = client.get(f"/letters/{letter.id}/mail").headers["Content-Security-Policy"]
    assert policy == "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"


def test_officers_read_every_letter_and_others_their_own(letter: Letter, cast: Cast, client: FlaskClient) -> None:
    for who, status in (("auditor", 200), ("administrator", 200), ("manager", 200), ("care", 404), ("finance", 404)):
        sign_in(client, cast[who])
        assert client.get(f"/letters/{letter.id}").status_code == status
        assert (letter.subject in client.get("/letters").text) is (status == 200)


def test_letters_are_found_by_state(letter: Letter, cast: Cast, client: FlaskClient) -> None:
    sign_in(client, cast["administrator"])
    assert letter.subject in client.get("/letters?state=waiting").text
    assert letter.subject not in client.get("/letters?state=sent").text
    assert "No letters here" in client.get("/letters?state=failed").text
    assert client.get("/letters?state=nonsense&before=x").status_code == 200


def test_a_letter_is_sent_again_from_its_page(letter: Letter, cast: Cast, client: FlaskClient) -> None:
    sign_in(client, cast["officer"])
    client.post(f"/letters/{letter.id}/again")
    assert letter.tries == 0
    post_waiting(days.at(days.LETTER, 8))
    assert "Send it again" in client.get(f"/letters/{letter.id}").text
    client.post(f"/letters/{letter.id}/again")
    db.session.refresh(letter)
    assert letter.sent_at is None
    sign_in(client, cast["manager"])
    assert client.post(f"/letters/{letter.id}/again").status_code == 403


def test_opening_the_link_changes_nothing(letter: Letter, client: FlaskClient) -> None:
    counts = [select(func.count(TrailEntry.id)), select(func.count(Reminder.acknowledged_at))]
    before = [db.session.scalar(count) for count in counts]
    for path in (f"/r/{key_of(letter)}", f"/r/{key_of(letter)}/ack"):
        answer = client.get(path)
        assert answer.status_code == 200 and "Acknowledge this letter" in answer.text and "£212" not in answer.text[:50]
        assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert [db.session.scalar(count) for count in counts] == before


def test_a_letter_is_acknowledged_without_signing_in(letter: Letter, cast: Cast, client: FlaskClient) -> None:
    path = f"/r/{key_of(letter)}/ack"
    assert client.post(path).status_code == 302
    reminder = db.session.scalars(select(Reminder).where(Reminder.letter_id == letter.id)).one()
    assert reminder.acknowledged_by == cast["manager"]
    entry = db.session.scalars(select(TrailEntry).where(TrailEntry.said.startswith("acknowledged")).order_by(
        TrailEntry.id.desc())).first()  # fmt: skip
    assert entry is not None and entry.said == "acknowledged the reminder, 12 months before the end"
    assert client.post(path).status_code == 422
    page = client.get(f"/r/{key_of(letter)}").text
    assert "Acknowledged by C. Manager on 31 March 2027." in page and "Not ready?" not in page


def test_an_auditor_who_has_the_link_reads_it_and_answers_nothing(
    letter: Letter, cast: Cast, client: FlaskClient
) -> None:
    sign_in(client, cast["auditor"])
    page = client.get(f"/r/{key_of(letter)}").text
    assert "Start buying by" in page and "Not ready?" not in page and "Decide what follows" not in page
    assert client.post(f"/r/{key_of(letter)}/ack").status_code == 403
    assert db.session.scalar(select(func.count(Reminder.acknowledged_at)).where(Reminder.letter_id == letter.id)) == 0


def test_deciding_asks_the_reader_to_sign_in(letter: Letter, client: FlaskClient) -> None:
    page = client.get(f"/r/{key_of(letter)}").text
    link = re.findall(r'href="([^"]*/decide)"', page)[0]
    answer = client.get(link)
    assert answer.status_code == 302 and "/sign-in" in answer.location


def test_a_wrong_key_finds_nothing(letter: Letter, client: FlaskClient) -> None:
    for key in ("wrong", "x" * 5000, key_of(letter)[:-1]):
        assert client.get(f"/r/{key}").status_code == 404
        assert client.post(f"/r/{key}/ack").status_code == 404


def test_machines_are_told_that_all_is_well(letter: Letter, client: FlaskClient) -> None:
    with own_transaction():
        letter.queued_at = now()  # whatever the hour of this run, it has only just been written
    answer = client.get("/health")
    assert answer.json is not None and answer.status_code == 200, answer.json["why"]
    assert answer.json["letters"] == {"failed": 0, "waiting": 1} and "daily round" in answer.json["rounds"]


def test_machines_are_told_of_a_database_that_is_behind(app: Flask, cast: Cast, client: FlaskClient) -> None:
    db.session.execute(text("DELETE FROM alembic_version"))
    db.session.commit()
    answer = client.get("/health")
    assert answer.status_code == 503 and answer.json is not None and answer.json["migration"] == "behind"


def test_the_page_about_the_clock_says_when_it_ran(letter: Letter, cast: Cast, client: FlaskClient) -> None:
    sign_in(client, cast["administrator"])
    page = client.get("/settings/clock").text
    assert "Daily round" in page and "31 March 2027" in page and "1 letter waits." in page
    sign_in(client, cast["manager"])
    assert client.get("/settings/clock").status_code == 403


def test_what_waits_for_the_owner_is_on_my_work(letter: Letter, cast: Cast, client: FlaskClient) -> None:
    sign_in(client, cast["manager"])
    page = client.get("/my-work").text
    assert "Decide what follows: Social infrastructure support" in page and "5 May" in page
