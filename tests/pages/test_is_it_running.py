"""Whether all is well, for machines and for people, and what happens to letters that could not be sent."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from procure.audit.actions import act
from procure.audit.models import TrailEntry
from procure.council.models import Demonstration
from procure.demonstration.cast import Cast
from procure.extensions import db
from procure.mail.actions import queue
from procure.mail.models import Letter
from procure.mail.rounds import beat, own_transaction
from procure.mail.rules import LONGEST_SILENCE
from procure.mail.watching import tell_of_silence
from procure.now import now as this_moment
from tests.signing_in import sign_in

A_SECOND = timedelta(seconds=1)


@pytest.fixture
def at(app: Flask, cast: Cast, now: datetime) -> datetime:
    """The moment at which pages are asked, on the demonstration’s own day so that it stands."""
    with own_transaction():
        db.session.add(Demonstration(today=now.date()))
    return this_moment()


def ran(at: datetime) -> None:
    beat("daily round", began_at=at, ended_at=at, said="Nothing was due.")


def told(client: FlaskClient) -> tuple[int, dict[str, object]]:
    answer = client.get("/health")
    assert answer.json is not None
    return answer.status_code, answer.json


@pytest.mark.parametrize(("late", "status"), [(-timedelta(minutes=1), 200), (timedelta(minutes=1), 503)])
def test_a_round_that_did_not_run_for_26_hours_is_told_to_machines_and_people(
    at: datetime, cast: Cast, client: FlaskClient, late: timedelta, status: int
) -> None:
    ran(at - LONGEST_SILENCE - late)
    code, facts = told(client)
    sentence = "No daily round has ended well since"
    assert code == status and (sentence in str(facts["why"])) is (status == 503)
    sign_in(client, cast["administrator"])
    page = client.get("/settings/clock").text
    assert "Last successful daily round" in page
    assert (sentence in page) is (status == 503) and ("Something needs a person" in page) is (status == 503)
    assert client.get("/health/pages").status_code == 200, "pages are served all the same"


def test_administrators_get_one_letter_about_one_silence(at: datetime, cast: Cast) -> None:
    ran(at - LONGEST_SILENCE - A_SECOND)
    assert tell_of_silence(at) == 1 and tell_of_silence(at) == 0
    letter = db.session.scalars(select(Letter)).one()
    assert letter.to == cast["administrator"] and "clock stood still" in letter.subject
    ran(at)
    assert tell_of_silence(at + LONGEST_SILENCE) == 0, "26 hours are not yet too long"
    assert tell_of_silence(at + LONGEST_SILENCE + A_SECOND) == 1, "another silence, another letter"


def test_a_clock_that_was_never_started_is_told(at: datetime, cast: Cast, client: FlaskClient) -> None:
    assert told(client)[1]["why"] == ["The daily round has never run. The clock may not be running."]
    assert tell_of_silence(at) == 0


@pytest.fixture
def dead(at: datetime, cast: Cast) -> Letter:
    """A letter whose address was refused for good."""
    ran(at)
    with act("asked for a trial letter", on="letters", by=cast["administrator"], at=at):
        letter = queue("trial", to=None, to_name="Smith & Sons <Ltd>", to_email="nobody@council.test", about="",
                       once="dead", at=at, facts={"asked_by": "T. Administrator"})  # fmt: skip
        assert letter is not None
        letter.tries, letter.failures, letter.last_problem = 1, 1, "550 No such person <nobody@council.test>"
        letter.given_up_at = at
    return letter


def test_a_letter_that_could_not_be_sent_is_found_and_sent_again(dead: Letter, cast: Cast, client: FlaskClient) -> None:
    assert told(client)[0] == 503 and told(client)[1]["why"] == ["1 letter could not be sent."]
    sign_in(client, cast["administrator"])
    page = client.get("/letters?state=failed").text
    assert "1 letter could not be sent." in page and "550 No such person &lt;nobody@council.test&gt;" in page
    page = client.get(f"/letters/{dead.id}").text
    assert "Smith &amp; Sons &lt;Ltd&gt;" in page and "after 1 try" in page and "Send it again" in page
    client.post(f"/letters/{dead.id}/again")
    client.post(f"/letters/{dead.id}/again")
    db.session.refresh(dead)
    assert dead.given_up_at is None and dead.tries == 0
    assert recorded("sent the letter to Smith & Sons <Ltd> again") == 1
    assert told(client)[0] == 200


def test_a_letter_that_could_not_be_sent_is_set_aside_and_stays_on_record(
    dead: Letter, cast: Cast, client: FlaskClient
) -> None:
    sign_in(client, cast["manager"])
    assert client.post(f"/letters/{dead.id}/set-aside").status_code == 403
    sign_in(client, cast["officer"])
    for _ in range(2):
        client.post(f"/letters/{dead.id}/set-aside")
    assert recorded("set aside the letter to Smith & Sons <Ltd> that could not be sent") == 1
    assert told(client)[0] == 200
    page = client.get(f"/letters/{dead.id}").text
    assert "Set it aside" not in page and "Set aside" in page and "Send it again" in page
    assert "Smith &amp; Sons" in client.get("/letters?state=set_aside").text
    assert "No letters here" in client.get("/letters?state=failed").text


def test_all_that_could_not_be_sent_are_sent_again_after_a_look_at_why(
    dead: Letter, at: datetime, cast: Cast, client: FlaskClient
) -> None:
    with act("asked for trial letters", on="letters", by=cast["administrator"], at=at):
        for number in range(3):
            queue("trial", to=cast["manager"], about="", once=f"full {number}", at=at, facts={"asked_by": "x"})
        for letter in db.session.scalars(select(Letter).where(Letter.once.startswith("full"))):
            letter.tries, letter.failures, letter.given_up_at, letter.last_problem = 8, 8, at, "452 Mailbox full"
    names = set(db.session.scalars(select(Letter.message_id)))
    sign_in(client, cast["manager"])
    assert client.get("/letters/again").status_code == 403 and client.post("/letters/again").status_code == 403
    sign_in(client, cast["officer"])
    assert "Send all of them again" in client.get("/letters?state=failed").text
    page = client.get("/letters/again").text
    assert "Send 4 letters again" in page and "452 Mailbox full" in page and "&lt;nobody@council.test&gt;" in page
    assert told(client)[0] == 503, "looking sends nothing"
    assert "4 letters go out again" in client.post("/letters/again", follow_redirects=True).text
    assert "No letter is left" in client.post("/letters/again", follow_redirects=True).text
    assert recorded("sent 4 letters again that could not be sent") == 1 and told(client)[0] == 200
    rows = list(db.session.scalars(select(Letter)))
    assert {(one.tries, one.failures, one.given_up_at) for one in rows} == {(0, 0, None)}
    assert {one.message_id for one in rows} == names
    assert "Nothing to send again" in client.get("/letters/again").text


def test_a_letter_that_is_put_off_says_when_it_is_tried_next(at: datetime, cast: Cast, client: FlaskClient) -> None:
    with act("asked for a trial letter", on="letters", by=cast["administrator"], at=at):
        letter = queue("trial", to=cast["manager"], about="", once="one", at=at, facts={"asked_by": "x"})
        assert letter is not None
        letter.tries, letter.failures, letter.last_problem = 1, 1, "451 Try later"
        letter.next_try_at = datetime(2027, 1, 25, 14, 5, tzinfo=at.tzinfo)
    sign_in(client, cast["officer"])
    page = client.get("/letters?state=waiting").text
    assert "451 Try later" in page and "Next try 2:05pm" in page


def test_officers_learn_on_my_work_that_no_reminders_go_out(at: datetime, cast: Cast, client: FlaskClient) -> None:
    said = "No reminders have gone out since"
    ran(at - LONGEST_SILENCE - A_SECOND)
    for who, is_told in (("officer", True), ("administrator", True), ("manager", False)):
        sign_in(client, cast[who])
        assert (said in client.get("/my-work").text) is is_told
    ran(at)
    sign_in(client, cast["officer"])
    assert said not in client.get("/my-work").text


def recorded(said: str) -> int:
    """How often an act of these words stands in the trail."""
    return db.session.scalar(select(func.count(TrailEntry.id)).where(TrailEntry.said == said)) or 0
