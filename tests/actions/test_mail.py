"""Letters: queued with the act they belong to, posted once each, tried again, given up, sent again."""

from __future__ import annotations

import email
import socket
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from flask import Flask
from sqlalchemy import func, select

from procure.audit.actions import act
from procure.audit.models import TrailEntry
from procure.demonstration.cast import Cast
from procure.extensions import db
from procure.mail.actions import NotToBeSentAgain, queue, send_again
from procure.mail.models import Heartbeat, Letter
from procure.mail.rules import KEY_TAKEN_OUT, WAITS
from procure.mail.sending import post_waiting


def is_just_after(moment: datetime | None, wanted: datetime) -> bool:
    """Whether something is told of a moment, or of the little while that the round itself had taken by then."""
    return moment is not None and wanted <= moment < wanted + timedelta(minutes=1)


class Box:
    """A mail server of our own that answers as it is told."""

    def __init__(self) -> None:
        self.received: list[Envelope] = []
        self.answers: list[str] = []
        self.connections = 0
        self.lock = threading.Lock()

    async def handle_EHLO(
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: Any
    ) -> Any:
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address.startswith("nobody"):
            return "550 No such person"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        answer = self.answers.pop(0) if self.answers else "250 OK"
        if answer == "drop":
            server.transport.close()
            return "421 Gone"
        if answer.startswith("250"):
            with self.lock:
                self.received.append(envelope)
        return answer


@pytest.fixture
def box(app: Flask) -> Iterator[Box]:
    """The mail server, and the application told of it."""
    box = Box()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    app.config["SMTP_URL"] = f"smtp://127.0.0.1:{port}"
    yield box
    controller.stop()


def queued(cast: Cast, at: datetime, once: str = "one", **more: Any) -> Letter:
    """One trial letter to the contract manager."""
    with act("asked for a trial letter", on="letters", by=cast["administrator"], at=at):
        letter = queue(
            "trial", **{"to": cast["manager"], "about": "CON-2025-007", **more}, facts={"asked_by": "T. Administrator"},
            once=once, at=at,
        )  # fmt: skip
    assert letter is not None
    return letter


def test_a_letter_leaves_only_when_its_act_is_done(app: Flask, cast: Cast, now: datetime, box: Box) -> None:
    with pytest.raises(ZeroDivisionError), act("asked for a trial letter", on="letters", by=cast["officer"], at=now):
        queue("trial", to=cast["manager"], about="", facts={"asked_by": "me"}, once="lost", at=now)
        _ = 1 / 0
    assert post_waiting(now) == 0 and not box.received
    queued(cast, now)
    assert post_waiting(now) == 1 and post_waiting(now) == 0
    assert len(box.received) == 1


def test_a_letter_cannot_be_queued_outside_an_act(app: Flask, cast: Cast, now: datetime) -> None:
    with pytest.raises(RuntimeError):
        queue("trial", to=cast["manager"], about="", facts={"asked_by": "me"}, once="out", at=now)


def test_the_same_letter_is_queued_once(app: Flask, cast: Cast, now: datetime) -> None:
    queued(cast, now)
    with act("asked for a trial letter", on="letters", by=cast["administrator"], at=now):
        assert queue("trial", to=cast["officer"], about="", facts={"asked_by": "x"}, once="one", at=now) is None
    assert db.session.scalar(select(func.count(Letter.id))) == 1


def test_a_letter_says_that_a_machine_wrote_it_and_whom_to_answer(
    app: Flask, cast: Cast, now: datetime, box: Box
) -> None:
    app.config["MAIL_BOUNCE"] = "bounces@council.test"
    letter = queued(cast, now, to_name="C. Manager\nBcc: evil@example.com")
    post_waiting(now)
    envelope = box.received[0]
    mail = email.message_from_bytes(envelope.content)  # type: ignore[arg-type]
    assert envelope.mail_from == "bounces@council.test" and envelope.rcpt_tos == ["manager@lbbd.example"]
    assert mail["Auto-Submitted"] == "auto-generated" and mail["Reply-To"] == "procurement@council.test"
    assert mail["Message-ID"] == letter.message_id and mail["Message-ID"].endswith("@procure.test>")
    assert mail["Bcc"] is None and "Date" in mail
    assert [part.get_content_type() for part in mail.walk()] == ["multipart/alternative", "text/plain", "text/html"]


def test_one_connection_carries_many_letters(app: Flask, cast: Cast, now: datetime, box: Box) -> None:
    for number in range(25):
        queued(cast, now, once=str(number))
    assert post_waiting(now) == 25
    assert box.connections == 1


def test_a_letter_that_is_put_off_is_tried_again_later_and_later(
    app: Flask, cast: Cast, now: datetime, box: Box
) -> None:
    letter = queued(cast, now)
    at = now
    for tries, wait in enumerate(WAITS, start=1):
        box.answers.append("451 Try later")
        assert post_waiting(at) == 0
        db.session.refresh(letter)
        assert (letter.tries, letter.next_try_at) == (tries, at + wait) and "Try later" in (letter.last_problem or "")
        assert post_waiting(at + wait - timedelta(seconds=1)) == 0 and letter.tries == tries
        at += wait
    box.answers.append("451 Try later")
    post_waiting(at)
    db.session.refresh(letter)
    assert letter.given_up_at == at and letter.tries == 8


def test_a_refused_address_is_given_up_at_once_and_holds_up_nobody(
    app: Flask, cast: Cast, now: datetime, box: Box
) -> None:
    refused = queued(cast, now, once="refused", to_email="nobody@council.test")
    odd = queued(cast, now, once="odd", to_email="not an address")
    well = queued(cast, now, once="well")
    assert post_waiting(now) == 1
    for letter in (refused, odd, well):
        db.session.refresh(letter)
    assert refused.given_up_at == now and "No such person" in (refused.last_problem or "")
    assert odd.given_up_at == now and "can’t be written to" in (odd.last_problem or "")
    assert is_just_after(well.sent_at, now)


def test_a_dropped_connection_costs_one_try_and_the_next_letter_goes(
    app: Flask, cast: Cast, now: datetime, box: Box
) -> None:
    first, second = queued(cast, now, once="first"), queued(cast, now, once="second")
    box.answers.append("drop")
    assert post_waiting(now) == 1
    db.session.refresh(first)
    db.session.refresh(second)
    assert first.sent_at is None and is_just_after(first.next_try_at, now + WAITS[0])
    assert is_just_after(second.sent_at, now)
    assert post_waiting(now + WAITS[0]) == 1


def test_a_server_that_is_away_leaves_the_other_letters_free(app: Flask, cast: Cast, now: datetime) -> None:
    app.config["SMTP_URL"] = "smtp://127.0.0.1:1"
    first, second = queued(cast, now, once="first"), queued(cast, now, once="second")
    assert post_waiting(now) == 0
    db.session.refresh(first)
    db.session.refresh(second)
    assert first.tries == 1 and "can’t be reached" in (first.last_problem or "")
    assert second.tries == 0 and second.claimed_by is None


def test_without_a_server_letters_become_files(app: Flask, cast: Cast, now: datetime, tmp_path: Path) -> None:
    queued(cast, now)
    assert post_waiting(now) == 1
    (file,) = (tmp_path / "letters").glob("*.eml")
    mail = email.message_from_bytes(file.read_bytes())
    assert mail["Subject"] == "Trial letter from London Borough of Barking and Dagenham"
    beat = db.session.scalars(select(Heartbeat).where(Heartbeat.name == "post letters")).one()
    assert is_just_after(beat.ended_at, now)


def test_a_claim_of_a_dead_process_runs_out_after_ten_minutes(app: Flask, cast: Cast, now: datetime) -> None:
    letter = queued(cast, now)
    with act("pretended to have died", on="letters", by=cast["administrator"], at=now):
        letter.claimed_by, letter.claimed_until = "a dead process", now + timedelta(minutes=10)
    assert post_waiting(now + timedelta(minutes=10)) == 0
    assert post_waiting(now + timedelta(minutes=10, seconds=1)) == 1


def test_several_posting_at_once_send_each_letter_once(app: Flask, cast: Cast, now: datetime, box: Box) -> None:
    for number in range(60):
        queued(cast, now, once=str(number))
    db.session.remove()

    def post(_: int) -> int:
        with app.app_context():
            return post_waiting(now)

    with ThreadPoolExecutor(4) as pool:
        counts = list(pool.map(post, range(4)))
    sent = [email.message_from_bytes(envelope.content)["Message-ID"] for envelope in box.received]  # type: ignore[arg-type]
    assert sum(counts) == 60 and len(sent) == 60 and len(set(sent)) == 60


def test_a_race_on_the_same_letter_is_harmless(app: Flask, cast: Cast, now: datetime) -> None:
    administrator = cast["administrator"].id
    manager = cast["manager"].id
    db.session.remove()

    def ask(_: int) -> bool:
        from procure.people.models import Person

        with app.app_context():
            by, to = db.session.get_one(Person, administrator), db.session.get_one(Person, manager)
            with act("asked for a trial letter", on="letters", by=by, at=now):
                made = queue("trial", to=to, about="", facts={"asked_by": "x"}, once="race", at=now) is not None
            db.session.remove()
            return made

    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(ask, range(8)))
    assert sum(made) == 1
    assert db.session.scalar(select(func.count(Letter.id))) == 1


def test_the_key_in_a_link_is_gone_once_the_letter_is_sent(app: Flask, cast: Cast, now: datetime, box: Box) -> None:
    letter = queued(cast, now, secret="T. Administrator")  # stands in the words, as a key would
    post_waiting(now)
    db.session.refresh(letter)
    assert b"T. Administrator" in (box.received[0].content or b"")  # type: ignore[operator]
    assert letter.secret is None and "T. Administrator" not in letter.text + letter.html
    assert KEY_TAKEN_OUT in letter.text
    with pytest.raises(NotToBeSentAgain):
        send_again(letter, by=cast["officer"], at=now)


def test_sending_again_is_an_act_on_the_file(app: Flask, cast: Cast, now: datetime, box: Box) -> None:
    letter = queued(cast, now)
    with pytest.raises(NotToBeSentAgain):
        send_again(letter, by=cast["officer"], at=now)
    post_waiting(now)
    later = now + timedelta(hours=1)
    send_again(letter, by=cast["officer"], at=later)
    assert post_waiting(later) == 1 and len(box.received) == 2
    entry = db.session.scalars(select(TrailEntry).where(TrailEntry.file == "CON-2025-007")).one()
    assert entry.said == "sent the letter to C. Manager again" and entry.by_id == cast["officer"].id
