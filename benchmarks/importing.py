"""Bringing in a list of 100,000 contracts, as .csv and as .xlsx, on both databases.

Beside each import somebody else writes all the time: corrects a supplier's address, records a contract, puts a post's
name right. The longest that one of them waits is printed.
"""

from __future__ import annotations

import csv
import json
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from flask import Flask
from flask_migrate import upgrade
from openpyxl import Workbook
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from benchmarks.measuring import kept, table
from benchmarks.searching import PLACES, THINGS
from benchmarks.servers import postgresql_server
from config import settings
from procure.app import create_app
from procure.audit.actions import Machine
from procure.contract.actions import record_contract
from procure.demonstration.cast import MANAGER, set_up_council, the_cast
from procure.extensions import db
from procure.suppliers.actions import add, correct
from procure.suppliers.models import Supplier
from procure.suppliers.rules import Particulars

COUNT = 100_000
CSV_SECONDS, XLSX_SECONDS, MOST_WAIT = 60.0, 90.0, 2.0
HEADINGS = (
    "Contract ref", "Contract title", "Description", "Supplier", "Company number", "Start date", "End date",
    "Value ex VAT", "VAT", "Department", "Contract manager", "CPV code",
)  # fmt: skip
SOMEBODY = Machine("Somebody who writes meanwhile")
ROOT = Path(__file__).resolve().parents[1]


def rows(count: int) -> Iterator[Sequence[object]]:
    """A list as councils have them: 4,000 suppliers, some of every kind of doubt."""
    dice = random.Random(11)
    for n in range(count):
        starts_on = date(2019, 1, 1) + timedelta(days=dice.randrange(2500))
        ends_on: object = starts_on + timedelta(days=dice.randrange(300, 2200))
        value: object = round(dice.uniform(5_000, 900_000), 2)
        if n % 100 == 7:
            ends_on = "ongoing"
        if n % 100 == 13:
            value = 0
        supplier = (
            f"Example {dice.randrange(4000)} &amp; Sons Ltd"
            if n % 50 == 0
            else f"Example {dice.randrange(4000)} Limited"
        )
        yield (
            f"C-{n:06}", f"{dice.choice(THINGS)}, {dice.choice(PLACES)}, {n}",
            "A service without which residents wait.",
            supplier, "", starts_on, ends_on, value, "", dice.choice(PLACES),
            MANAGER if n % 3 else "Nobody known", "98133100",
        )  # fmt: skip


def lists(folder: Path, count: int) -> tuple[Path, Path]:
    """The same list as .csv and as .xlsx; the second with other references, so that both come in."""
    text, book = folder / "contracts.csv", folder / "contracts.xlsx"
    with text.open("w", newline="", encoding="cp1252") as out:
        writer = csv.writer(out)
        writer.writerow(HEADINGS)
        for row in rows(count):
            writer.writerow([f"{one:%d/%m/%Y}" if isinstance(one, date) else one for one in row])
    sheets = Workbook(write_only=True)
    sheet = sheets.create_sheet("Live")
    sheet.append(HEADINGS)
    for row in rows(count):
        sheet.append((f"X{row[0]}", *row[1:]))
    sheets.save(book)
    return text, book


class Others:
    """People who write all the time, in a process that also reads the clock: what the longest waited."""

    def __init__(self, app: Flask) -> None:
        self.app, self.longest, self.done, self._stop = app, {}, 0, threading.Event()  # type: ignore[var-annotated]
        self._thread = threading.Thread(target=self._write, daemon=True)

    def _write(self) -> None:
        with self.app.app_context():
            while not self._stop.is_set():
                for name, deed in (
                    ("supplier", self._supplier),
                    ("contract", self._contract),
                    ("new supplier", self._new),
                ):
                    began = time.perf_counter()
                    self._patiently(deed)
                    self.longest[name] = max(self.longest.get(name, 0.0), time.perf_counter() - began)
                    self.done += 1
                db.session.remove()
                time.sleep(0.02)

    def _patiently(self, deed: Callable[[], None]) -> None:
        """Again and again until it is done: SQLite gives up after half a minute."""
        while True:
            try:
                return deed()
            except OperationalError as locked:
                if "locked" not in str(locked):
                    raise
                db.session.rollback()

    def _supplier(self) -> None:
        supplier = db.session.scalars(select(Supplier).order_by(Supplier.id).limit(1)).one()
        correct(
            supplier,
            Particulars(supplier.name, address=f"{_now()} High Street"),
            because="moved",
            by=SOMEBODY,
            at=_now(),
        )

    def _new(self) -> None:
        add(Particulars(f"Somebody {self.done} Ltd"), by=SOMEBODY, at=_now())

    def _contract(self) -> None:
        supplier = db.session.scalars(select(Supplier).order_by(Supplier.id).limit(1)).one()
        record_contract(
            title="Recorded meanwhile", supplier=supplier, manager_post=the_cast().post(MANAGER),
            starts_on=date(2024, 4, 1), ends_on=date(2027, 3, 31), value_net=Decimal(1000), vat_percent=Decimal(20),
            by=SOMEBODY, at=_now(),
        )  # fmt: skip

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Writes until the end of the block."""
        self._thread.start()
        yield
        self._stop.set()
        self._thread.join()


def _now() -> datetime:
    return datetime.now(UTC)


def brought_in(instance: Path, url: str | None, file: Path, *more: str) -> tuple[float, float, int, dict[str, object]]:
    """The command as a person runs it: seconds, those of the processor, megabytes at most, its answer."""
    environment = {**os.environ, "PROCURE_INSTANCE": str(instance), **({"DATABASE_URL": url} if url else {})}
    began = time.perf_counter()
    words = [sys.executable, "-m", "flask", "--app", "wsgi", "register", "import", str(file), "--json", *more]
    run = subprocess.Popen(
        words,
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL if "BENCH_ROWS" not in os.environ else None,
    )
    said = run.stdout.read() if run.stdout else b""
    _, status, used = os.wait4(run.pid, 0)
    if status:
        sys.exit(f"The import failed with {status}.")
    processor = used.ru_utime + used.ru_stime
    return time.perf_counter() - began, processor, used.ru_maxrss // 1024, json.loads(said)


def measure(count: int = int(os.environ.get("BENCH_ROWS", COUNT))) -> None:
    """Seconds, rows a second, memory, the longest wait of somebody else: both kinds of file, both databases."""
    found = []
    with tempfile.TemporaryDirectory(prefix="procure-bench-") as folder, postgresql_server() as found_server:
        text, book = lists(Path(folder), count)
        server = found_server[0] if found_server else None
        only = os.environ.get("BENCH_DATABASE", "")
        for name, url in (("SQLite", None), ("PostgreSQL", server)):
            if only and only != name:
                continue
            if name == "PostgreSQL" and url is None:
                print("\nPostgreSQL is not installed: not measured on it.")
                continue
            instance = Path(folder) / name
            environment = {**os.environ, "PROCURE_INSTANCE": str(instance), **({"DATABASE_URL": url} if url else {})}
            app = create_app(settings(environment))
            with app.app_context():
                upgrade()
                set_up_council(at=datetime(2025, 4, 1, 9, 0, tzinfo=UTC))
                add(Particulars("The first Ltd"), by=SOMEBODY, at=_now())
                db.session.remove()
            for what, file, most in (
                ("csv", text, CSV_SECONDS),
                ("xlsx", book, XLSX_SECONDS),
                ("csv again", text, CSV_SECONDS),
            ):
                others = Others(app)
                with others.writing():
                    seconds, processor, megabytes, answer = brought_in(instance, url, file)
                assert answer["rows"] == count, answer
                wait = max(others.longest.values())
                promise = kept(most, seconds)
                held = kept(MOST_WAIT, wait) if name == "PostgreSQL" else "printed"
                found.append((
                    f"{name}, {what}: {answer['created']:,} created", seconds, processor, int(count / seconds),
                    megabytes, promise, wait, held,
                ))  # fmt: skip
    table(
        f"A list of {count:,} contracts",
        ("import", "seconds", "of processor", "rows a second", "MB at most", "promise", "another waits, s", "promise"),
        found,
    )  # fmt: skip
