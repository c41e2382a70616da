"""Letters in the worst of weathers: clocks killed every second, a database that crashes, a mail server of many moods.

`make chaos` runs the long form; `tests/journeys/test_chaos.py` a shorter one. Contracts are recorded, with owners, and
what to remember of them is planned; then clocks do the rest, each a process of its own: queue and post what is due.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import Engine, create_engine, insert, select, text
from sqlalchemy.exc import DBAPIError

from config import ROOT, settings
from procure.app import create_app
from procure.contract.models import Contract
from procure.council.models import Demonstration
from procure.demonstration import days
from procure.demonstration.cast import set_up_council
from procure.demonstration.contract import ending_contract
from procure.extensions import db
from procure.mail.rounds import own_transaction
from procure.people.models import Holding, Person, Post
from procure.people.rules import Capacity, PostKind
from procure.reminder.actions import plan
from procure.reminder.models import PlanRequest
from procure.rows import Base
from tests.a_mail_server import Box, mail_server
from tests.a_postgresql import Server, a_postgresql

CLOCKS = 3
A_KILL_EVERY = 1.0
MOODS = ("250 OK", "451 Try later", "250 OK", "stall 3", "250 OK", "drop", "250 OK", "421 Too busy")
A_MOOD_LASTS = {True: 4.0, False: 1.0}
"""Seconds of a mood in which letters are taken, and of one in which none is."""
OURS = "to_email LIKE 'owner%@council.test'"
"""Letters to the owners of the contracts: one alone is about its contract, a digest about several things."""

HASTE = {
    "SMTP_TIMEOUT": "1", "LETTER_CLAIM": "10", "DAILY_ROUND_AT": "00:00", "CATCH_UP_EVERY": "2", "POST_EVERY": "0.5",
    "WORK_EVERY": "5",
}  # fmt: skip
"""Settings under which an afternoon passes in a minute."""


@dataclass
class Counts:
    """What came of it."""

    contracts: int
    reminders: int = 0
    without_letter: int = 0
    letters: int = 0
    orphans: int = 0
    sent: int = 0
    given_up: int = 0
    arrived: int = 0
    strangers: int = 0
    repeats: int = 0
    undercounted: int = 0
    kills: int = 0
    crashes: int = 0
    moods: int = 0
    seconds: float = 0
    problems: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return (
            f"{self.contracts:,} contracts, {self.reminders:,} reminders due, {self.letters:,} letters written, "
            f"{self.sent:,} sent, {self.arrived:,} arrived, {self.given_up} given up; {self.repeats} came twice, each "
            f"under its own Message-ID, of {self.kills} kills; {self.without_letter} reminders without a letter, "
            f"{self.orphans} letters without a reminder, {self.undercounted} handed over more often than counted; "
            f"{self.crashes} crash of PostgreSQL, {self.moods} changes of mood of the mail server, "
            f"{self.seconds:.0f} seconds"
        )

    def judged(self) -> list[str]:
        """What must not be, each as a sentence; nothing where all held."""
        found = {
            "Some reminder has no letter.": self.without_letter,
            "Some letter belongs to no reminder: one was written twice.": self.orphans,
            "Some letter was not sent.": self.letters - self.sent,
            "Some letter never arrived.": self.letters - self.arrived,
            "Something arrived that nobody wrote.": self.strangers,
            "More letters came twice than clocks were killed.": max(0, self.repeats - self.kills),
            "Some row counts fewer handings-over than there were.": self.undercounted,
            "There were fewer letters than contracts.": max(0, self.contracts - self.letters),
            "No clock was killed.": self.kills == 0,
            "The database was not restarted.": self.crashes == 0,
        }
        return [*(sentence for sentence, count in found.items() if count), *self.problems]


# ── before ──


def record_contracts(count: int) -> None:
    """As many contracts that end like the one of the demonstration, each with an owner of its own; today is the day of
    its letter. In bulk: what is tried is the clocks."""
    cast = set_up_council(at=days.at(date(2025, 3, 3), 9))
    with own_transaction():
        db.session.add(Demonstration(today=days.LETTER))
    like = db.session.execute(select(*Contract.__table__.c).where(Contract.id == ending_contract(cast).id)).one()
    first = {name: value for name, value in like._mapping.items() if name != "id"}
    invented, one_to_last = {"version": 1, "is_example": True}, range(1, count + 1)
    owners = [invented | {"name": f"Owner {n}", "email": f"owner{n}@council.test", "is_active": True}
              for n in one_to_last]  # fmt: skip
    posts = [invented | {"name": f"Manager {n}", "kind": PostKind.OFFICER, "succession_authority": ""}
             for n in one_to_last]  # fmt: skip
    with own_transaction():
        persons = put_in(Person, owners)
        managers = put_in(Post, posts)
        held = {"from_on": days.CONTRACT_BEGAN, "capacity": Capacity.SUBSTANTIVE, "version": 1}
        put_in(Holding, [held | {"post_id": post, "person_id": person}
                         for post, person in zip(managers, persons, strict=True)])  # fmt: skip
        named = [{"reference": f"CHAOS-{n:06}", "title": f"Contract {n}"} for n in one_to_last]
        contracts = put_in(Contract, [first | name | {"manager_post_id": post}
                                      for name, post in zip(named, managers, strict=True)])  # fmt: skip
        put_in(PlanRequest, [{"of": f"contract:{one}"} for one in contracts])


def put_in(kind: type[Base], rows: list[dict[str, Any]]) -> list[int]:
    """Rows at once, without the trail; answers their ids."""
    return list(db.session.scalars(insert(kind).returning(kind.id, sort_by_parameter_order=True), rows))


# ── the weather ──


class Nursery:
    """Where clocks come from, and which of them live."""

    def __init__(self, environment: dict[str, str], said: Path) -> None:
        self._said = said.open("ab")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.clock_nursery"], cwd=ROOT, env=environment, text=True, bufsize=1,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._said,
        )  # fmt: skip
        self.clocks: list[int] = []

    def start_one(self) -> None:
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.write("clock\n")
        self.clocks.append(int(self._process.stdout.readline()))

    def kill_one(self) -> None:
        """`kill -9` for one of them, and another in its place."""
        pid = random.choice(self.clocks)
        self.clocks.remove(pid)
        os.kill(pid, signal.SIGKILL)
        self.start_one()

    def end(self) -> None:
        for pid in self.clocks:
            os.kill(pid, signal.SIGKILL)
        self._process.kill()
        self._process.wait()
        self._said.close()


def hours_pass(engine: Engine) -> None:
    """What was put off is due, as it will be in some hours."""
    with engine.begin() as connection:
        connection.execute(text(
            "UPDATE letter SET next_try_at = queued_at WHERE sent_at IS NULL AND given_up_at IS NULL "
            "AND claimed_until IS NULL AND next_try_at > queued_at"
        ))  # fmt: skip


def is_all_done(engine: Engine) -> bool:
    """Whether every reminder of the day has been sent and every letter has left."""
    with engine.connect() as connection:
        to_plan = connection.scalar(text("SELECT count(*) FROM plan_request"))
        unsent = connection.scalar(
            text("SELECT count(*) FROM reminder WHERE sent_on IS NULL AND cancelled_at IS NULL AND send_on <= :today"),
            {"today": days.LETTER},
        )
        left = connection.scalar(text("SELECT count(*) FROM letter WHERE sent_at IS NULL AND given_up_at IS NULL"))
        return not (to_plan or unsent or left)


def storm(
    counts: Counts, box: Box, nursery: Nursery, server: Server, engine: Engine, most: float, a_kill_every: float
) -> None:
    """Kill, crash and refuse until every letter has arrived, or it takes too long."""
    began = last_kill = last_mood = last_look = time.monotonic()
    while time.monotonic() - began < most:
        time.sleep(0.05)
        now = time.monotonic()
        if now - last_kill >= a_kill_every:
            nursery.kill_one()
            counts.kills, last_kill = counts.kills + 1, now
        if now - last_mood >= A_MOOD_LASTS[box.mood.startswith("250")]:
            counts.moods, last_mood = counts.moods + 1, now
            box.mood = MOODS[counts.moods % len(MOODS)]
        if not counts.crashes and len(box.received) >= counts.contracts // 2:
            server.stop("immediate")
            server.start()
            counts.crashes += 1
        if now - last_look >= 1:
            last_look = now
            try:
                hours_pass(engine)
                if counts.crashes and is_all_done(engine):
                    break
            except DBAPIError:
                engine.dispose()
    counts.seconds = time.monotonic() - began
    box.mood = "250 OK"


# ── after ──


def count(counts: Counts, box: Box, engine: Engine) -> None:
    """Compare what was due, what was written, what was sent and what came."""
    came = Counter(str(letter["Message-ID"]) for letter in box.letters)
    with engine.connect() as connection:

        def one(words: str) -> int:
            return int(connection.scalar(text(words), {"today": days.LETTER}) or 0)

        due = "FROM reminder WHERE cancelled_at IS NULL AND NOT passed_over AND send_on <= :today"
        counts.reminders = one(f"SELECT count(*) {due}")
        counts.without_letter = one(f"SELECT count(*) {due} AND letter_id IS NULL")
        counts.orphans = one(
            f"SELECT count(*) FROM letter WHERE {OURS} "
            "AND id NOT IN (SELECT letter_id FROM reminder WHERE letter_id IS NOT NULL)"
        )
        counts.given_up = one("SELECT count(*) FROM letter WHERE given_up_at IS NOT NULL")
        letters = connection.execute(text(f"SELECT message_id, tries, sent_at FROM letter WHERE {OURS}"))
        tries: dict[str, int] = {}
        for name, tried, sent_at in letters:
            tries[name] = tried
            counts.sent += sent_at is not None
        ours = set(connection.scalars(text("SELECT message_id FROM letter")))
    counts.letters = len(tries)
    counts.arrived = len(set(came) & set(tries))
    counts.strangers = len(set(came) - ours)
    counts.repeats = sum(times - 1 for times in came.values())
    counts.undercounted = sum(came[name] > tried for name, tried in tries.items())


@contextmanager
def an_installation(folder: Path, url: str, smtp: int) -> Iterator[tuple[Flask, dict[str, str]]]:
    """An application on an empty database, and the environment of its clocks."""
    environment = {
        **os.environ, **HASTE, "PROCURE_INSTANCE": str(folder), "DATABASE_URL": url, "PROCURE_ENV": "development",
        "SMTP_URL": f"smtp://127.0.0.1:{smtp}", "PROCURE_URL": "http://procure.test",
    }  # fmt: skip
    app = create_app(settings(environment))
    with app.app_context():
        upgrade()
        yield app, environment
        db.session.remove()
        db.engine.dispose()


def chaos(contracts: int, most: float, a_kill_every: float = A_KILL_EVERY) -> Counts:
    """All of it; at most so many seconds of storm."""
    counts = Counts(contracts)
    with ExitStack() as until_the_end:
        folder = Path(until_the_end.enter_context(tempfile.TemporaryDirectory(prefix="procure-chaos-")))
        server = until_the_end.enter_context(a_postgresql(is_durable=True))
        box, smtp = until_the_end.enter_context(mail_server(Box()))
        url = f"{server.url}/postgres"
        _, environment = until_the_end.enter_context(an_installation(folder, url, smtp))
        record_contracts(contracts)
        plan(days.LETTER, at=days.at(days.LETTER, 7))
        db.session.remove()
        db.engine.dispose()  # nothing of ours is open when the database crashes
        engine = create_engine(url, pool_pre_ping=True)
        until_the_end.callback(engine.dispose)
        nursery = Nursery(environment, folder / "clocks.log")
        until_the_end.callback(nursery.end)
        for _ in range(CLOCKS):
            nursery.start_one()
        storm(counts, box, nursery, server, engine, most, a_kill_every)
        count(counts, box, engine)
        if counts.judged():
            counts.problems += (folder / "clocks.log").read_text(errors="replace").splitlines()[-30:]
    return counts


def main() -> None:
    """Run it by hand; exit code 1 where something was lost or doubled."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--contracts", type=int, default=5_000, help="two letters each")
    asked.add_argument("--most", type=float, default=1800, help="seconds after which it is given up")
    asked.add_argument("--kill-every", type=float, default=A_KILL_EVERY, help="seconds; more on a slow machine")
    given: Any = asked.parse_args()
    counts = chaos(given.contracts, given.most, given.kill_every)
    print(counts)
    wrong = counts.judged()
    print("\n".join(wrong) if wrong else "Nothing was lost, and nothing came twice but where a clock was killed.")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
