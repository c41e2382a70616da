"""What the post does about its own breaks, and what a person does about a letter that was given up."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from procure.audit.actions import act
from procure.audit.models import TrailEntry
from procure.demonstration.cast import Cast
from procure.extensions import db
from procure.mail import envelopes
from procure.mail.actions import NothingToSetAside, queue, send_again, set_aside
from procure.mail.models import Letter
from procure.mail.rounds import own_transaction
from procure.mail.sending import post_waiting
from tests.a_mail_server import Box, mail_server
from tests.signing_in import sign_in


@pytest.fixture
def box(app: Flask) -> Iterator[Box]:
    """The mail server, and the application told of it."""
    with mail_server() as (box, port):
        app.config["SMTP_URL"] = f"smtp://127.0.0.1:{port}"
        yield box


def queued(cast: Cast, at: datetime, once: str = "one", to_email: str = "manager@lbbd.example") -> Letter:
    with act("asked for a trial letter", on="letters", by=cast["administrator"], at=at):
        letter = queue("trial", to=None, to_name="C. Manager", to_email=to_email, about="CON-2025-007", once=once,
                       at=at, facts={"asked_by": "T. Administrator"})  # fmt: skip
    assert letter is not None
    return letter


def test_a_claim_lost_in_a_slow_round_is_left_to_whoever_took_it(
    app: Flask, cast: Cast, now: datetime, box: Box
) -> None:
    first, second = queued(cast, now, "first"), queued(cast, now, "second")
    second_id = second.id

    def another_clock_takes_it(_: object) -> None:
        with app.app_context(), own_transaction():
            db.session.get_one(Letter, second_id).claimed_by = "another clock"
        box.before_answer = None

    box.before_answer = another_clock_takes_it
    assert post_waiting(now) == 1
    for letter in (first, second):
        db.session.refresh(letter)
    assert first.sent_at is not None and second.sent_at is None and second.tries == 0
    assert second.claimed_by == "another clock"


def test_a_letter_that_cannot_be_put_into_its_envelope_holds_up_nobody(
    app: Flask, cast: Cast, now: datetime, box: Box, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken, well = queued(cast, now, "broken"), queued(cast, now, "well")
    sealed = envelopes.sealed

    def breaks(letter: envelopes.ToPost, at: datetime) -> envelopes.Envelope:
        if letter.id == broken.id:
            raise ZeroDivisionError
        return sealed(letter, at)

    monkeypatch.setattr("procure.mail.sending.sealed", breaks)
    assert post_waiting(now) == 1
    for letter in (broken, well):
        db.session.refresh(letter)
    assert "ZeroDivisionError" in (broken.last_problem or "") and broken.failures == 1 and well.sent_at is not None


def test_a_letter_sent_again_by_hand_has_a_new_name_and_a_dead_one_keeps_its_own(
    app: Flask, cast: Cast, now: datetime, box: Box
) -> None:
    sent, dead = queued(cast, now, "sent"), queued(cast, now, "dead", "nobody@council.test")
    post_waiting(now)
    names = sent.message_id, dead.message_id
    for letter in (sent, dead):
        send_again(letter, by=cast["officer"], at=now)
    assert sent.message_id != names[0] and dead.message_id == names[1]
    assert (dead.tries, dead.failures, dead.given_up_at) == (0, 0, None)


def test_a_dead_letter_is_set_aside_by_an_act_and_no_longer_ails(
    app: Flask, cast: Cast, now: datetime, box: Box, client: FlaskClient
) -> None:
    at = datetime.now(now.tzinfo)
    dead = queued(cast, at, to_email="nobody@council.test")
    with pytest.raises(NothingToSetAside):
        set_aside(dead, by=cast["officer"], at=at)
    post_waiting(at)
    told = client.get("/health")
    assert told.status_code == 503 and told.json is not None and "1 letter could not be sent." in told.json["why"]
    assert client.get("/health/pages").status_code == 200
    sign_in(client, cast["officer"])
    assert "Set it aside" in client.get(f"/letters/{dead.id}").text
    assert "Dead" not in client.post(f"/letters/{dead.id}/set-aside", follow_redirects=True).text
    assert "Set aside" in client.get("/letters?state=set_aside").text
    told = client.get("/health")
    assert told.json is not None and "1 letter could not be sent." not in told.json["why"]
    said = db.session.scalars(select(TrailEntry.said).order_by(TrailEntry.id.desc())).first()
    assert said == "set aside the letter to C. Manager that could not be sent"
