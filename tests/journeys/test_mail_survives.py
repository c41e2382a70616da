"""Three clocks and two web workers over one PostgreSQL, 200 letters, and two of the clocks killed: nothing is lost."""

from __future__ import annotations

import http.cookiejar
import os
import re
import signal
import subprocess
import sys
import threading
import time
import urllib.parse
import urllib.request
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from email.message import Message
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Engine, create_engine, select, text

from config import ROOT
from procure.audit.actions import Machine, act
from procure.demonstration.cast import Cast
from procure.extensions import db
from procure.mail.actions import queue
from procure.mail.models import Letter
from procure.people.models import Person
from tests.a_mail_server import Box, _free_port, mail_server
from tests.conftest import POSTGRESQL
from tests.signing_in import sign_in

LETTERS, BY_WEB = 200, 60
ALL_IS_LATE = 120
"""Seconds after which waiting is given up. On a machine with nothing else to do all is over in half a minute."""


class Killer:
    """Kills a clock with `kill -9` at two instants of the round: after the server's 250 and before the clock's commit,
    and before the 250. The clock that holds a letter is known by its claim."""

    def __init__(self, engine: Engine, clocks: set[int]) -> None:
        self.engine, self.clocks, self.seen = engine, clocks, 0
        self.after_250: str | None = None
        self.before_250: str | None = None

    def __call__(self, letter: Message) -> None:
        self.seen += 1
        name = letter["Message-ID"]
        if self.seen >= 40 and self.after_250 is None:
            pid = self._holder_of(name)
            if pid is not None:
                os.kill(pid, signal.SIGSTOP)  # the 250 reaches a clock that will never wake
                threading.Timer(0.3, os.kill, (pid, signal.SIGKILL)).start()
                self.after_250 = name
                self._bury(pid)
        elif self.seen >= 90 and self.before_250 is None:
            pid = self._holder_of(name)
            if pid is not None:
                os.kill(pid, signal.SIGKILL)
                self.before_250 = name
                self._bury(pid)

    def _holder_of(self, name: str) -> int | None:
        with self.engine.connect() as connection:
            claim = connection.scalar(text("SELECT claimed_by FROM letter WHERE message_id = :name"), {"name": name})
        pid = int(claim.split(":")[-2]) if claim else None
        return pid if pid in self.clocks else None

    def _bury(self, pid: int) -> None:
        self.clocks.discard(pid)


def ten_minutes_pass_for(engine: Engine, pid: int) -> None:
    """Let the claims of a dead clock run out, as they do after ten minutes."""
    with engine.begin() as connection:
        connection.execute(
            text("UPDATE letter SET claimed_until = claimed_until - interval '11 minutes' WHERE claimed_by LIKE :dead"),
            {"dead": f"%:{pid}:%"},
        )


@contextmanager
def running(*words: str, environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(
        [sys.executable, "-m", *words], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait(timeout=20)


def forget_passwords(at: str, addresses: list[str]) -> int:
    """Ask on the page for a letter to each address, as people do. Answers how many pages said it was written."""
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
    page = browser.open(f"{at}/forgotten", timeout=20).read().decode()
    token = re.findall(r'name="csrf_token" value="([^"]+)"', page)
    well = 0
    for address in addresses:
        asked = {"email": address, "csrf_token": token[0] if token else ""}
        with browser.open(f"{at}/forgotten", urllib.parse.urlencode(asked).encode(), timeout=20) as answer:
            well += "/forgotten" in answer.url and answer.status == 200
    return well


def wait_until(true: object, seconds: float = ALL_IS_LATE) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if true():  # type: ignore[operator]
            return True
        time.sleep(0.1)
    return False


def people_of(count: int) -> list[str]:
    at = datetime.now(UTC)
    addresses = [f"person{number}@council.test" for number in range(count)]
    with act("brought in people", on="people", by=Machine("Test"), at=at):
        db.session.add_all([Person(name=f"Person {number}", email=one) for number, one in enumerate(addresses)])
    return addresses


def queue_trials(count: int) -> None:
    at = datetime.now(UTC)
    for number in range(count):
        with act("asked for a trial letter", on="letters", by=Machine("Test"), at=at):
            queue("trial", to=None, to_name="Smith & Sons <Ltd>", to_email=f"smith{number}@council.test",
                  facts={"asked_by": "T. Administrator"}, about="", once=f"trial {number}", at=at)  # fmt: skip


@pytest.mark.parametrize("database_url", [POSTGRESQL], indirect=True)
def test_no_letter_is_lost_when_clocks_are_killed(app: Flask, cast: Cast, database_url: str, tmp_path: Path) -> None:
    engine = create_engine(database_url)
    with ExitStack() as all_of_it:
        box, smtp = all_of_it.enter_context(mail_server(Box()))
        web = _free_port()
        environment = os.environ | {
            "PROCURE_INSTANCE": str(tmp_path), "DATABASE_URL": database_url, "SMTP_URL": f"smtp://127.0.0.1:{smtp}",
            "SECRET_KEY": "for tests only, never anywhere else", "WEB_WORKERS": "2", "WEB_BIND": f"127.0.0.1:{web}",
            "PROCURE_URL": f"http://127.0.0.1:{web}", "PROCURE_ENV": "development",
        }  # fmt: skip
        all_of_it.enter_context(
            running("gunicorn", "--config", "gunicorn.conf.py", "wsgi:app", environment=environment)
        )
        addresses = people_of(BY_WEB)
        queue_trials(LETTERS - BY_WEB)
        clocks = [all_of_it.enter_context(running("flask", "--app", "wsgi", "clock", environment=environment))
                  for _ in range(3)]  # fmt: skip
        killer = Killer(engine, {clock.pid for clock in clocks})
        box.before_answer = killer
        assert wait_until(lambda: answers(f"http://127.0.0.1:{web}/health/pages"))
        with ThreadPoolExecutor(2) as people:
            halves = [addresses[::2], addresses[1::2]]
            asked = people.map(lambda some: forget_passwords(f"http://127.0.0.1:{web}", some), halves)
            assert sum(asked) == BY_WEB
        assert wait_until(lambda: killer.before_250 is not None), f"{killer.seen} letters came"
        dead = {clock.pid for clock in clocks} - killer.clocks
        for clock in clocks:
            if clock.pid in dead:
                clock.wait(timeout=5)
        for pid in dead:
            ten_minutes_pass_for(engine, pid)
        assert len(killer.clocks) == 1 and wait_until(lambda: all_sent(engine)), what_is_left(engine)
        db.session.rollback()
        nothing_is_lost(box, killer)
        letter = db.session.scalars(select(Letter).where(Letter.message_id == killer.after_250)).one()
        client, number = app.test_client(), letter.id
        sign_in(client, cast["administrator"])
        assert "2 times, always with the same Message-ID" in client.get(f"/letters/{number}").text
    engine.dispose()


def answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def all_sent(engine: Engine) -> bool:
    with engine.connect() as connection:
        sent = connection.scalar(text("SELECT count(*) FROM letter WHERE sent_at IS NOT NULL"))
        return bool(sent == connection.scalar(text("SELECT count(*) FROM letter")) and sent >= LETTERS)


def what_is_left(engine: Engine) -> str:
    """For whoever reads why the last clock did not finish alone."""
    with engine.connect() as connection:
        return "\n".join(
            str(row)
            for row in connection.execute(
                text("SELECT id, name, tries, claimed_by, claimed_until, next_try_at, last_problem, given_up_at "
                     "FROM letter WHERE sent_at IS NULL ORDER BY id")
            )
        )  # fmt: skip


def nothing_is_lost(box: Box, killer: Killer) -> None:
    """Each letter came once; the two in a dying clock's hands came again under the same name, and that was counted."""
    came = Counter(str(letter["Message-ID"]) for letter in box.letters)
    rows = list(db.session.scalars(select(Letter)))
    assert len(rows) == LETTERS and set(came) == {row.message_id for row in rows}
    assert {name for name, times in came.items() if times > 1} == {killer.after_250, killer.before_250}
    assert max(came.values()) == 2
    assert {row.message_id: row.tries for row in rows} == dict(came)
    assert not [row for row in rows if row.claimed_by or row.given_up_at or row.last_problem or row.secret]
