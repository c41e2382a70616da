"""Bids of 200 files of 20 MB put under seal through two web workers; their opening; the case file made of them.

None may be lost, every digest right, and no process may grow with what passes through it. BENCH_FILES sets how many
files are sent.
"""

from __future__ import annotations

import hashlib
import http.client
import os
import re
import resource
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from urllib.parse import quote

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import select

from benchmarks.measuring import kept, table
from config import settings
from procure.app import create_app
from procure.council.models import Demonstration
from procure.demonstration import days
from procure.demonstration.loading import move_today
from procure.demonstration.walk import STEPS, the_cast, the_file
from procure.desk.case_file_jobs import CASE_FILE
from procure.evaluation.bid_files import pieces_of
from procure.evaluation.facts import bids_of
from procure.extensions import db
from procure.jobs.actions import ask, work_waiting
from procure.jobs.models import Job
from procure.now import now
from procure.tender.opener_actions import choose_phrase
from procure.tender.opening_actions import come_to_open
from procure.tender.sealed_facts import openers_of
from tests.signing_in import sign_in

FILES = int(os.environ.get("BENCH_FILES", "200"))
MB = 1024 * 1024
SIZE, A_BID, SENDERS = 20 * MB, 5, 4
MOST_GROWTH_MB = 100.0
"""What a worker may need beyond its first bid, with four bids of 100 MB on their way: one bid’s worth for all."""
OPENING_SECONDS = 5.0
PHRASES = {"officer": "ferry violin gravel noon", "democratic": "lantern otter pillow seven"}
BOUNDARY = "a-bench-of-bids"
ROOT = Path(__file__).resolve().parents[1]
BLOCK = os.urandom(MB)


def file_pieces(number: int) -> Iterator[bytes]:
    """A file like no other, a megabyte at a time."""
    first = b"%PDF-1.4 file " + str(number).encode() + b"\n"
    yield first + BLOCK[len(first) :]
    for _ in range(SIZE // MB - 1):
        yield BLOCK


def expected(number: int) -> str:
    """Its digest."""
    digest = hashlib.sha256()
    for piece in file_pieces(number):
        digest.update(piece)
    return digest.hexdigest()


class Sender:
    """A browser that holds the officer's session."""

    def __init__(self, port: int, cookie: str, path: str) -> None:
        self.port, self.cookie, self.path = port, cookie, path

    def _ask(self, method: str, body: Iterator[bytes] | None = None, **headers: str) -> tuple[int, str]:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=300)
        line.request(method, self.path, body, {"Cookie": f"session={self.cookie}", **headers})
        answer = line.getresponse()
        for cookie in answer.msg.get_all("Set-Cookie") or ():
            if cookie.startswith("session="):
                self.cookie = cookie.partition(";")[0].removeprefix("session=")
        return answer.status, answer.read().decode("utf-8", "replace")

    def send(self, bid: int) -> None:
        """Fill the form and send a bid with its files; anything but the receipt is an error."""
        _, page = self._ask("GET")
        found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
        assert found is not None, page[:500]
        typed = {
            "csrf_token": found[1], "name": f"Bidder {bid}", "price_net": str(100_000 + bid),
            "charity_number": str(2_000_000 + bid), "received_at-day": "7", "received_at-month": "10",
            "received_at-year": "2027", "received_at-time": "10:00",
        }  # fmt: skip
        numbers = range(bid * A_BID, min((bid + 1) * A_BID, FILES))
        heads = [_head("quality", f"file-{number}.pdf") for number in numbers]
        plain = b"".join(_field(name, value) for name, value in typed.items())
        end = f"--{BOUNDARY}--\r\n".encode()
        length = len(plain) + sum(len(head) + SIZE + 2 for head in heads) + len(end)

        def body() -> Iterator[bytes]:
            yield plain
            for number, head in zip(numbers, heads, strict=True):
                yield head
                yield from file_pieces(number)
                yield b"\r\n"
            yield end

        kind = f"multipart/form-data; boundary={BOUNDARY}"
        status, page = self._ask("POST", body(), **{"Content-Type": kind, "Content-Length": str(length)})
        assert status == 302, (status, re.sub(r"<[^>]+>|\s+", " ", page)[:1500])


def _field(name: str, value: str) -> bytes:
    return f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()


def _head(name: str, file: str) -> bytes:
    said = f'form-data; name="{name}"; filename="{quote(file)}"'
    return f"--{BOUNDARY}\r\nContent-Disposition: {said}\r\nContent-Type: application/pdf\r\n\r\n".encode()


def _prepare(app: Flask) -> str:
    """The competition is open, both openers have their keys; the officer's session."""
    upgrade()
    for step in STEPS[: [step.name for step in STEPS].index("tender") + 1]:
        step.go()
    db.session.add(Demonstration(today=date(2027, 10, 8)))
    db.session.commit()
    cast, lot = the_cast(), the_file().only_lot
    for opener in openers_of(lot):
        key = next(key for key in PHRASES if cast[key].id == opener.person_id)
        choose_phrase(opener, PHRASES[key], by=cast[key], at=now())
    app.config["SESSION_COOKIE_SECURE"] = False
    client = app.test_client()
    sign_in(client, cast["officer"])
    found = client.get_cookie("session")
    assert found is not None
    return found.value


def _rss(pid: int, what: str = "VmRSS") -> float:
    status = Path(f"/proc/{pid}/status").read_text()
    return int(re.search(rf"{what}:\s+(\d+)", status)[1]) / 1024  # type: ignore[index]


def _workers(server: int) -> list[int]:
    return [int(pid) for pid in Path(f"/proc/{server}/task/{server}/children").read_text().split()]


def measure() -> None:
    """Print what came of the bids, and what each process needed."""
    with tempfile.TemporaryDirectory(prefix="procure-bench-") as folder:
        environment = os.environ | {"PROCURE_INSTANCE": folder, "WEB_WORKERS": "2"}
        app = create_app(settings({"PROCURE_INSTANCE": folder}))
        with app.app_context():
            cookie = _prepare(app)
            path = f"/procurements/{the_file().reference}/tender/seal-bid"
            db.session.remove()
        bids = -(-FILES // A_BID)
        took, grew = _send_all(environment, cookie, path, bids)
        with app.app_context():
            right, opening, entering = _open_and_read(bids)
        child = subprocess.run(
            [sys.executable, "-m", "benchmarks.keeping", folder], cwd=ROOT, capture_output=True, text=True, check=True
        )
        of_case_file = [float(figure) for figure in child.stdout.split()]
    total = FILES * SIZE / MB
    table(
        f"{FILES} files of 20 MB under seal, {SENDERS} senders, 2 workers", ("", "figure", "promise"),
        [
            ("files that arrived, digest right", f"{right} of {FILES}", "kept" if right == FILES else "NOT KEPT"),
            ("seconds", took, ""), ("MB a second, encrypted on the way", total / took, ""),
            ("MB by which a worker grew at most", grew, kept(MOST_GROWTH_MB, grew)),
            (f"seconds to open {bids} bids", opening, kept(OPENING_SECONDS, opening)),
            ("seconds until the clock has entered them", entering, ""),
            ("seconds to make the case file of them", of_case_file[0], ""),
            ("MB of the case file", of_case_file[2], ""),
            ("MB by which its maker grew", of_case_file[1], kept(MOST_GROWTH_MB, of_case_file[1])),
        ],
    )  # fmt: skip


def _send_all(environment: dict[str, str], cookie: str, path: str, bids: int) -> tuple[float, float]:
    """All bids through two workers: how long it took, and by how much a worker grew after its first bids."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "--config", "gunicorn.conf.py", "wsgi:app"],
        cwd=ROOT, env=environment | {"PORT": str(port)},
    )  # fmt: skip
    try:
        _wait_for(port)
        Sender(port, cookie, path).send(0)
        began, before = time.perf_counter(), {pid: _rss(pid) for pid in _workers(server.pid)}
        peak = dict(before)
        done = threading.Event()

        def watch() -> None:
            while not done.wait(0.2):
                for pid in before:
                    peak[pid] = max(peak[pid], _rss(pid))

        watcher = threading.Thread(target=watch)
        watcher.start()
        with ThreadPoolExecutor(SENDERS) as pool:
            list(pool.map(lambda bid: Sender(port, cookie, path).send(bid), range(1, bids)))
        done.set()
        watcher.join()
        return time.perf_counter() - began, max(peak[pid] - before[pid] for pid in before)
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(30)


def _wait_for(port: int) -> None:
    for _ in range(300):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("The web server didn't come up.")


def _open_and_read(bids: int) -> tuple[int, float, float]:
    """Two open the bids, the clock enters them; every file is read and compared with what was sent."""
    move_today(date(2027, 10, 12))
    cast, lot = the_cast(), the_file().only_lot
    at = days.at(date(2027, 10, 12), 9)
    come_to_open(lot, by=cast["officer"], at=at, phrase=PHRASES["officer"])
    began = time.perf_counter()
    opening = come_to_open(lot, by=cast["democratic"], at=at, phrase=PHRASES["democratic"])
    took = time.perf_counter() - began
    assert opening is not None and (opening.under_seal, opening.remarks) == (bids, "")
    began = time.perf_counter()
    work_waiting(at)
    entering = time.perf_counter() - began
    right = 0
    for bid in bids_of(lot):
        for file in bid.files:
            digest = hashlib.sha256()
            for piece in pieces_of(file.file_key, file.sha256, file.opens_with):
                digest.update(piece)
            number = int(file.name.removeprefix("file-").removesuffix(".pdf"))
            right += digest.hexdigest() == file.sha256 == expected(number)
    return right, took, entering


def make_the_case_file(folder: str) -> None:
    """In a process of its own: seconds, growth and size."""
    app = create_app(settings({"PROCURE_INSTANCE": folder}))
    with app.app_context():
        file = the_file()
        ask(CASE_FILE, title="The case file", about=file.reference, by=the_cast()["officer"], at=now())
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        began = time.perf_counter()
        assert work_waiting(now()) == 1
        took = time.perf_counter() - began
        job = db.session.scalars(select(Job).order_by(Job.id.desc())).first()
        assert job is not None and job.result_size, job.problem if job else ""
        print(took, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 - before, job.result_size / MB)


if __name__ == "__main__":
    make_the_case_file(sys.argv[1])
