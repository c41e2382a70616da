"""Mail servers at their worst: refusing, stalling, dropping, away; and those that want encryption and a password.

And what a process that is killed while it posts leaves to the next one.

Each is a real server on a port of its own. What an officer then reads on the letter's page is looked at too.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from email.message import Message
from pathlib import Path

import pytest
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from flask import Flask

from config import ROOT
from procure.audit.actions import act
from procure.demonstration.cast import Cast
from procure.extensions import db
from procure.mail.actions import queue
from procure.mail.models import Letter
from procure.mail.rules import CLAIMED_FOR, SERVER_WAITS, WAITS
from procure.mail.sending import post_waiting
from tests.a_mail_server import Box, mail_server
from tests.signing_in import sign_in

PATIENCE = 0.3
"""Seconds the post waits for an answer in these tests."""


@contextmanager
def told_of(app: Flask, box: Box, *, as_url: str = "smtp://127.0.0.1:{port}", **more: object) -> Iterator[Box]:
    """The application posts to this server meanwhile."""
    with mail_server(box, **more) as (_, port):
        app.config.update(SMTP_URL=as_url.format(port=port), SMTP_TIMEOUT=PATIENCE)
        yield box


def queued(cast: Cast, at: datetime, *addresses: str) -> list[Letter]:
    """A trial letter to each address, each in an act of its own."""
    for address in addresses:
        with act("asked for a trial letter", on="letters", by=cast["administrator"], at=at):
            queue("trial", to=None, to_name="Smith & Sons <Ltd>", to_email=address, about="", once=address, at=at,
                  facts={"asked_by": "T. Administrator"})  # fmt: skip
    return [db.session.query(Letter).filter_by(once=address).one() for address in addresses]


def page_of(app: Flask, cast: Cast, letter: Letter) -> str:
    """The letter's page as the administrator reads it, after its row was read anew."""
    db.session.refresh(letter)
    client = app.test_client()
    sign_in(client, cast["administrator"])
    return client.get(f"/letters/{letter.id}").text


def test_a_full_mailbox_is_tried_later_and_a_wrong_address_never_again(app: Flask, cast: Cast, now: datetime) -> None:
    full, nobody, well = queued(cast, now, "full@council.test", "nobody@council.test", "well@council.test")
    with told_of(app, Box()) as box:
        assert post_waiting(now) == 1 and len(box.received) == 1
    page = page_of(app, cast, full)
    assert "452 The mailbox is full" in page and "Not yet. It is tried again" in page
    assert (full.failures, full.given_up_at) == (1, None)
    assert now + WAITS[0] <= full.next_try_at < now + WAITS[0] + timedelta(minutes=1)
    page = page_of(app, cast, nobody)
    assert "550 No such person" in page and "It was given up" in page and "Send it again" in page
    assert nobody.given_up_at is not None and nobody.tries == 1
    db.session.refresh(well)
    assert well.sent_at is not None


def test_a_letter_refused_for_its_words_is_given_up_at_once(app: Flask, cast: Cast, now: datetime) -> None:
    first, second = queued(cast, now, "first@council.test", "second@council.test")
    with told_of(app, Box(answers=["554 Looks like spam"])):
        assert post_waiting(now) == 1
    assert "554 Looks like spam" in page_of(app, cast, first) and first.given_up_at is not None
    db.session.refresh(second)
    assert second.sent_at is not None


def test_a_server_that_stalls_is_waited_for_no_longer_than_set(app: Flask, cast: Cast, now: datetime) -> None:
    first, second = queued(cast, now, "first@council.test", "second@council.test")
    with told_of(app, Box(answers=["stall 1.5"])):
        assert post_waiting(now) == 0
    assert f"The mail server did not answer within {PATIENCE:g} seconds." in page_of(app, cast, first)
    assert (first.tries, first.failures, first.claimed_by) == (1, 0, None)
    db.session.refresh(second)
    assert (second.tries, second.claimed_by, second.sent_at) == (0, None, None)


def test_a_server_that_greets_nobody_is_waited_for_no_longer_than_set(app: Flask, cast: Cast, now: datetime) -> None:
    (letter,) = queued(cast, now, "first@council.test")
    with closing(socket.create_server(("127.0.0.1", 0))) as silent:
        app.config.update(SMTP_URL=f"smtp://127.0.0.1:{silent.getsockname()[1]}", SMTP_TIMEOUT=PATIENCE)
        assert post_waiting(now) == 0
    assert f"The mail server 127.0.0.1 did not answer within {PATIENCE:g} seconds." in page_of(app, cast, letter)
    with told_of(app, Box()) as box:
        assert post_waiting(now + SERVER_WAITS[0] + timedelta(seconds=5)) == 1 and len(box.received) == 1


def test_a_connection_dropped_within_a_letter_costs_that_letter_one_try(app: Flask, cast: Cast, now: datetime) -> None:
    first, second = queued(cast, now, "first@council.test", "second@council.test")
    with told_of(app, Box(answers=["drop"])) as box:
        assert post_waiting(now) == 1 and box.connections == 2
        assert "The connection broke" in page_of(app, cast, first) and first.failures == 1
        db.session.refresh(second)
        assert second.sent_at is not None
        assert post_waiting(first.next_try_at) == 1
    page = page_of(app, cast, first)
    assert "2 times, always with the same Message-ID" in page


def test_a_server_that_is_away_for_days_costs_no_letter(app: Flask, cast: Cast, now: datetime) -> None:
    (letter,) = queued(cast, now, "first@council.test")
    app.config.update(SMTP_URL="smtp://127.0.0.1:1", SMTP_TIMEOUT=PATIENCE)
    at = now
    for _ in range(12):
        assert post_waiting(at) == 0
        db.session.refresh(letter)
        assert at < letter.next_try_at <= at + SERVER_WAITS[-1] + timedelta(seconds=5)
        at = letter.next_try_at
    assert "can’t be reached" in page_of(app, cast, letter) and letter.given_up_at is None
    with told_of(app, Box()) as box:
        assert post_waiting(at) == 1 and len(box.received) == 1


# ── killed while posting ──


@pytest.mark.parametrize("instant", ["before the 250", "between the 250 and the commit"])
def test_a_letter_in_the_hands_of_a_killed_process_comes_again_under_the_same_name_and_is_counted(
    app: Flask, cast: Cast, now: datetime, tmp_path: Path, instant: str
) -> None:
    at = datetime.now(UTC)
    first, second = queued(cast, at, "first@council.test", "second@council.test")
    db.session.commit()
    killed: list[subprocess.Popen[bytes]] = []

    def kill(_: Message) -> None:
        # A stopped process reads no 250, so it is between the 250 and the commit for as long as we like.
        killed[0].send_signal(signal.SIGSTOP if "commit" in instant else signal.SIGKILL)

    box = Box(before_answer=kill)
    with mail_server(box) as (_, port):
        url = f"smtp://127.0.0.1:{port}"
        killed.append(posting_process(app, tmp_path, url))
        while not box.received and killed[0].poll() is None:
            time.sleep(0.05)
        killed[0].kill()
        assert killed[0].wait(timeout=20) == -signal.SIGKILL and len(box.received) == 1
        box.before_answer = None
        app.config.update(SMTP_URL=url, SMTP_TIMEOUT=5)
        assert post_waiting(at) == 0, "the claim still stands"
        later = at + CLAIMED_FOR + timedelta(minutes=2)
        assert post_waiting(later) == 2 and post_waiting(later) == 0
    assert sorted(str(mail["Message-ID"]) for mail in box.letters) == sorted(
        [first.message_id] * 2 + [second.message_id]
    )
    assert "2 times, always with the same Message-ID" in page_of(app, cast, first)
    db.session.refresh(second)
    assert (first.tries, first.failures, second.tries) == (2, 0, 1) and first.claimed_by is None


def posting_process(app: Flask, instance: Path, url: str) -> subprocess.Popen[bytes]:
    """`flask letters post` in a process of its own, on the database of this test."""
    environment = os.environ | {
        "PROCURE_INSTANCE": str(instance), "DATABASE_URL": app.config["SQLALCHEMY_DATABASE_URI"], "SMTP_URL": url,
    }  # fmt: skip
    return subprocess.Popen(
        [sys.executable, "-m", "flask", "--app", "wsgi", "letters", "post"], cwd=ROOT, env=environment,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip


# ── encryption and passwords ──


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate of a moment for localhost, with its key in the same file; skips aloud without openssl."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed: encryption to the mail server was not tested.")
    folder = tmp_path_factory.mktemp("certificate")
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
         "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout", "key.pem", "-out", "cert.pem"],
        cwd=folder, check=True, capture_output=True,
    )  # fmt: skip
    return folder


def encrypting(folder: Path) -> ssl.SSLContext:
    """What the server needs to encrypt."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "cert.pem", folder / "key.pem")
    return context


class Door:
    """Lets one name and password in, and remembers what it was shown."""

    def __init__(self) -> None:
        self.shown: list[tuple[bytes, bytes]] = []

    def __call__(self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: object) -> AuthResult:
        assert isinstance(data, LoginPassword)
        self.shown.append((data.login, data.password))
        return AuthResult(success=(data.login, data.password) == (b"procure", b"p@ss word"), handled=False)


def test_the_password_goes_over_an_encrypted_line(
    app: Flask, cast: Cast, now: datetime, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate / "cert.pem"))
    queued(cast, now, "first@council.test")
    door = Door()
    url = "smtp://procure:p%40ss%20word@localhost:{port}?starttls"
    with told_of(app, Box(), as_url=url, tls_context=encrypting(certificate), require_starttls=True,
                 authenticator=door, auth_required=True) as box:  # fmt: skip
        app.config["SMTP_TIMEOUT"] = 5
        assert post_waiting(now) == 1 and len(box.received) == 1
    assert door.shown == [(b"procure", b"p@ss word")]


def test_a_wrong_password_keeps_letters_waiting(
    app: Flask, cast: Cast, now: datetime, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate / "cert.pem"))
    (letter,) = queued(cast, now, "first@council.test")
    with told_of(app, Box(), as_url="smtp://procure:wrong-one@localhost:{port}", tls_context=encrypting(certificate),
                 require_starttls=True, authenticator=Door(), auth_required=True) as box:  # fmt: skip
        app.config["SMTP_TIMEOUT"] = 5
        assert post_waiting(now) == 0 and not box.received
    page = page_of(app, cast, letter)
    assert "The mail server localhost does not accept our name or password: 535" in page
    assert "wrong-one" not in page and letter.given_up_at is None and letter.failures == 0


def test_a_certificate_nobody_vouches_for_is_shown_no_password(
    app: Flask, cast: Cast, now: datetime, certificate: Path
) -> None:
    (letter,) = queued(cast, now, "first@council.test")
    door = Door()
    with told_of(app, Box(), as_url="smtp://procure:secret@localhost:{port}", tls_context=encrypting(certificate),
                 require_starttls=True, authenticator=door) as box:  # fmt: skip
        app.config["SMTP_TIMEOUT"] = 5
        assert post_waiting(now) == 0 and not box.received
    assert not door.shown and "certificate" in page_of(app, cast, letter)


def test_a_server_without_encryption_gets_nothing_where_encryption_is_asked_for(
    app: Flask, cast: Cast, now: datetime
) -> None:
    (letter,) = queued(cast, now, "first@council.test")
    with told_of(app, Box(), as_url="smtp://127.0.0.1:{port}?starttls") as box:
        assert post_waiting(now) == 0 and not box.received
    assert "it offers no encryption" in page_of(app, cast, letter)


def test_a_line_that_is_encrypted_from_the_start_carries_letters(
    app: Flask, cast: Cast, now: datetime, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate / "cert.pem"))
    queued(cast, now, "first@council.test")
    with told_of(app, Box(), as_url="smtps://localhost:{port}", ssl_context=encrypting(certificate)) as box:
        app.config["SMTP_TIMEOUT"] = 5
        assert post_waiting(now) == 1 and len(box.received) == 1
