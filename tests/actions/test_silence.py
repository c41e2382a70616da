"""A clock that stood still: what machines, administrators and the page about it are told, and by whom."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from procure import clock
from procure.audit.actions import act
from procure.demonstration.cast import Cast
from procure.extensions import db
from procure.mail.actions import queue
from procure.mail.health import look, silent_since
from procure.mail.models import Letter
from procure.mail.rounds import beat
from procure.mail.rules import LONGEST_SILENCE, LONGEST_WAIT
from procure.mail.watching import tell_of_silence
from tests.signing_in import sign_in

A_MINUTE = timedelta(minutes=1)


def ran(at: datetime) -> None:
    beat("daily round", began_at=at, ended_at=at, said="Nothing was due")


def warnings() -> list[Letter]:
    return list(db.session.scalars(select(Letter).where(Letter.name == "clock_stood_still").order_by(Letter.id)))


@pytest.mark.parametrize(("since", "is_silent"), [(LONGEST_SILENCE, False), (LONGEST_SILENCE + A_MINUTE, True)])
def test_26_hours_without_a_round_are_too_long(
    app: Flask, cast: Cast, now: datetime, since: timedelta, is_silent: bool
) -> None:
    ran(now - since)
    assert (silent_since(now) is not None) is is_silent
    assert look(now).is_well is not is_silent and look(now).serves
    assert tell_of_silence(now) == is_silent


def test_every_administrator_is_told_once_of_each_silence(app: Flask, cast: Cast, now: datetime) -> None:
    ran(now - timedelta(days=3))
    assert tell_of_silence(now) == 1 and tell_of_silence(now + A_MINUTE) == 0
    (letter,) = warnings()
    assert letter.to == cast["administrator"] and "10:00am on Friday 22 January 2027" in letter.text
    ran(now)
    later = now + timedelta(days=2)
    assert tell_of_silence(later) == 1 and len(warnings()) == 2


def test_the_clock_that_comes_next_tells_of_the_silence_and_makes_good_what_was_missed(app: Flask, cast: Cast) -> None:
    ran(datetime.now(UTC) - timedelta(days=3))
    clock.within(app, clock.catch_up)()
    assert len(warnings()) == 1
    assert silent_since(datetime.now(UTC)) is None


def test_a_new_installation_is_no_silence(app: Flask, now: datetime) -> None:
    assert silent_since(now) is None and tell_of_silence(now) == 0


def test_an_installation_whose_clock_was_never_started_is_not_well(app: Flask, cast: Cast, now: datetime) -> None:
    assert "The daily round has never run. The clock may not be running." in look(now).why
    assert tell_of_silence(now) == 0, "there was no round that could have stopped"


def test_a_letter_that_waits_for_hours_shows_that_the_post_stands_still(app: Flask, cast: Cast, now: datetime) -> None:
    ran(now)
    with act("asked for a trial letter", on="letters", by=cast["administrator"], at=now):
        queue("trial", to=cast["manager"], facts={"asked_by": "x"}, about="", once="one", at=now)
    assert look(now + LONGEST_WAIT).is_well
    assert any("has waited since" in why for why in look(now + LONGEST_WAIT + A_MINUTE).why)


def test_machines_and_administrators_see_the_silence(app: Flask, cast: Cast, client: FlaskClient) -> None:
    ran(datetime.now(UTC) - timedelta(days=3))
    told = client.get("/health")
    assert told.status_code == 503 and told.json is not None
    assert any(why.startswith("No daily round has ended well since") for why in told.json["why"])
    assert client.get("/health/pages").status_code == 200
    sign_in(client, cast["administrator"])
    page = client.get("/settings/clock").text
    assert "Something needs a person" in page and "Last successful daily round" in page
