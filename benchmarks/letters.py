"""Letters: how fast they are built, how fast a server takes them in, and how fast the post does both and keeps books.

The mail server is a process of its own that takes every letter and answers at once, so that what is left is ours.
"""

from __future__ import annotations

import smtplib
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from flask import current_app
from sqlalchemy import func, select

from benchmarks.measuring import kept, table
from benchmarks.walking import house
from procure.audit.actions import Machine, act
from procure.extensions import db
from procure.mail.actions import queue
from procure.mail.envelopes import Envelope, ToPost, sealed
from procure.mail.models import Letter
from procure.mail.sending import IN_HAND, post_waiting
from tests.a_postgresql import a_postgresql, programs

LETTERS, PROMISED = 2000, 200

TAKES_ALL = """
import asyncio

async def serve(reader, writer):
    writer.write(b"220 ready\\r\\n")
    while line := await reader.readline():
        word = line[:4].upper().strip()
        if word == b"DATA":
            writer.write(b"354 go on\\r\\n")
            await reader.readuntil(b"\\r\\n.\\r\\n")
        writer.write(b"221 bye\\r\\n" if word == b"QUIT" else b"250 OK\\r\\n")
        if word == b"QUIT":
            break
    writer.close()

async def main():
    server = await asyncio.start_server(serve, "127.0.0.1", 0, limit=2**24)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()

asyncio.run(main())
"""


def measure() -> None:
    """Letters per second: queued, built, handed over by a bare loop, and posted with one durable commit each."""
    with a_server() as port:
        with house():
            _measured(port)
        if programs() is None:
            print("\nLetters on postgresql: PostgreSQL is not installed, so they were not measured.")
            return
        with a_postgresql(is_durable=True) as server, house(f"{server.url}/postgres"):
            _measured(port)


def _measured(port: int) -> None:
    at = datetime.now(UTC)
    queued = a_second(lambda: _queue(at))
    built, bare = _built_and_handed_over(at, port)
    db.session.remove()
    current_app.config["SMTP_URL"] = f"smtp://127.0.0.1:{port}"
    posted = a_second(lambda: post_waiting(at, limit=LETTERS))
    left = db.session.scalar(select(func.count(Letter.id)).where(Letter.sent_at.is_(None)))
    table(
        f"Letters, {LETTERS} of them, on {db.engine.dialect.name}",
        ("deed", "a second", "ms each", "ratio to bare"),
        [
            ("queued, all in one act", queued, 1000 / queued, bare / queued),
            ("built as mail", built, 1000 / built, bare / built),
            ("handed over by a bare SMTP loop, built before", bare, 1000 / bare, 1.0),
            ("posted, one durable commit each", posted, 1000 / posted, bare / posted),
        ],
    )
    books = 1 / posted - 1 / built - 1 / bare
    print(f"  The books cost {books * 1000:.2f} ms a letter; {left} were left behind. "
          f"Promised are {PROMISED} a second: {kept(1 / PROMISED, 1 / posted)}.")  # fmt: skip


def a_second(deed: Callable[[], object]) -> float:
    """How many letters a second a deed does that does all of them."""
    began = time.perf_counter()
    deed()
    return LETTERS / (time.perf_counter() - began)


@contextmanager
def a_server() -> Iterator[int]:
    """The port of a mail server that takes everything."""
    server = subprocess.Popen([sys.executable, "-c", TAKES_ALL], stdout=subprocess.PIPE, text=True)
    assert server.stdout is not None
    try:
        yield int(server.stdout.readline())
    finally:
        server.kill()
        server.wait()


def _queue(at: datetime) -> None:
    with act("asked for trial letters", on="letters", by=Machine("Benchmark"), at=at):
        for number in range(LETTERS):
            queue(
                "trial",
                to=None,
                to_name="Smith & Sons <Ltd>",
                to_email=f"smith{number}@council.test",
                facts={"asked_by": "T. Administrator"},
                about="",
                once=f"trial {number}",
                at=at,
            )


def _built_and_handed_over(at: datetime, port: int) -> tuple[float, float]:
    """How many a second are built, and how many a loop of three lines hands over."""
    rows = db.session.execute(select(*IN_HAND)).all()
    letters = [ToPost(**row._mapping) for row in rows]
    ready: list[Envelope] = []
    built = a_second(lambda: ready.extend(sealed(letter, at) for letter in letters))
    return built, a_second(lambda: _bare_loop(ready, port))


def _bare_loop(ready: list[Envelope], port: int) -> None:
    with smtplib.SMTP("127.0.0.1", port) as line:
        for one in ready:
            line.sendmail("procure@council.test", one.to, one.content)
