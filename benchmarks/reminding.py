"""The daily round over many contracts: nothing due, and 12,000 reminders due, alone and together.

Five reminders are planned for each contract, spread over five years. What a round costs must follow what is due, not
what is held: the sizes stand below one another. `FULL=1` measures a million contracts too.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import create_engine, event, text

from benchmarks.measuring import kept, table
from benchmarks.servers import postgresql_server
from benchmarks.walking import house
from procure.council.models import Council
from procure.extensions import db
from procure.mail.rounds import own_transaction
from procure.reminder.actions import daily_round

SIZES = (10_000, 100_000)
FULL = 1_000_000
DUE = 12_000
PEOPLE = 3_000
TODAY = date(2027, 3, 31)
AT = datetime(2027, 3, 31, 6, 30, tzinfo=UTC)
NOTHING_DUE_MS, ALL_DUE_S = 10, 5

NUMBERS = {
    "postgresql": "SELECT generate_series(1, {count}) AS n",
    "sqlite": "WITH RECURSIVE up(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM up WHERE n < {count}) SELECT n FROM up",
}
DAY_AFTER = {
    "postgresql": "DATE '{day}' + CAST({days} AS integer)",
    "sqlite": "date('{day}', '+' || ({days}) || ' days')",
}


def measure() -> None:
    """Print the rounds on each database."""
    sizes = (*SIZES, FULL) if os.environ.get("FULL") else SIZES
    _on_one(sizes)
    with postgresql_server() as found:
        if found is None:
            print("\nPostgreSQL is not installed: the rounds on it were not measured.")
            return
        url, _ = found
        for size in sizes:
            _emptied(url)
            with _asked_of(url):
                _on_one((size,))


def _emptied(url: str) -> None:
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    engine.dispose()


@contextmanager
def _asked_of(url: str) -> Iterator[None]:
    before = os.environ.get("DATABASE_URL")
    os.environ["DATABASE_URL"] = url
    try:
        yield
    finally:
        os.environ.pop("DATABASE_URL")
        if before is not None:
            os.environ["DATABASE_URL"] = before


def _on_one(sizes: tuple[int, ...]) -> None:
    rows: list[tuple[Any, ...]] = []
    kind = ""
    for size in sizes:
        with house():
            kind = db.engine.dialect.name
            began = time.perf_counter()
            _fill(size)
            filled = time.perf_counter() - began
            nothing, asked = _nothing_due()
            _make_due(alone=True)
            alone, letters = _timed()
            _make_due(alone=False)
            together, digests = _timed()
            rows.append(
                (f"{size:,} contracts, {size * 5:,} reminders", nothing, asked, alone, letters, together, digests)
            )
            print(f"  filled {size:,} contracts in {filled:.0f} s", flush=True)
    table(
        f"The daily round on {kind}",
        ("held", "nothing due, ms of database", "statements", f"{DUE:,} due alone, s", "letters",
         f"{DUE:,} due together, s", "letters"),
        rows,
    )  # fmt: skip
    print(f"  Nothing due in {NOTHING_DUE_MS} ms: {kept(NOTHING_DUE_MS, max(row[1] for row in rows))}. "
          f"{DUE:,} queued in {ALL_DUE_S} s: {kept(ALL_DUE_S, max(row[3] for row in rows))}.")  # fmt: skip


def _nothing_due() -> tuple[float, int]:
    """Milliseconds in the database of a round with nothing to do, and how many statements it sends."""
    spent: list[float] = []
    began = [0.0]

    def before(*_: Any) -> None:
        began[0] = time.perf_counter()

    def after(*_: Any) -> None:
        spent.append((time.perf_counter() - began[0]) * 1000)

    event.listen(db.engine, "before_cursor_execute", before)
    event.listen(db.engine, "after_cursor_execute", after)
    totals: list[float] = []
    try:
        for _ in range(12):
            spent.clear()
            assert daily_round(TODAY, at=AT).is_nothing
            totals.append(sum(spent))
    finally:
        event.remove(db.engine, "before_cursor_execute", before)
        event.remove(db.engine, "after_cursor_execute", after)
    return sorted(totals)[len(totals) // 2], len(spent)


def _timed() -> tuple[float, int]:
    db.session.remove()
    began = time.perf_counter()
    done = daily_round(TODAY, at=AT)
    took = time.perf_counter() - began
    assert done.sent == DUE and not done.problems, done
    return took, done.letters


# ── filling ──


def _fill(size: int) -> None:
    dialect = db.engine.dialect.name

    def numbers(count: int) -> str:
        return NUMBERS[dialect].format(count=count)

    def day(first: object, days: str) -> str:
        return DAY_AFTER[dialect].format(day=first, days=days)

    empty = [column.name for column in db.metadata.tables["contract"].columns
             if not column.nullable and str(column.type) == "TEXT" and column.name != "title"]  # fmt: skip
    with own_transaction():
        db.session.connection().execute(
            Council.__table__.insert().values(name="Example Council", address="", executive_name="Cabinet",  # type: ignore[attr-defined]
                                              procurement_email="", portal_name="", portal_url="", colour="4f1b40",
                                              version=1, is_example=False)
        )  # fmt: skip
        run = _runner(dialect)
        run(
            f"INSERT INTO person (id, name, email, is_active, version, is_example) "
            f"SELECT n, 'P. Example ' || n, 'p' || n || '@council.example', true, 1, true "
            f"FROM ({numbers(PEOPLE)}) AS all_n"
        )
        run(
            f"INSERT INTO post (id, name, kind, succession_authority, version, is_example) "
            f"SELECT n, 'Contract Manager ' || n, 'officer', '', 1, true FROM ({numbers(PEOPLE)}) AS all_n"
        )
        run(
            f"INSERT INTO holding (post_id, person_id, from_on, capacity, version) "
            f"SELECT n, n, '2020-01-01', 'substantive', 1 FROM ({numbers(PEOPLE)}) AS all_n"
        )
        columns = [
            column.name
            for column in db.metadata.tables["supplier"].columns
            if not column.nullable and column.name != "id"
        ]
        values = {"name": "'Example Network'", "version": "1"}
        run(
            f"INSERT INTO supplier (id, {', '.join(columns)}) SELECT 1, "
            + ", ".join(values.get(name, "false" if name.startswith("is_") else "''") for name in columns)
        )
        run(
            f"INSERT INTO contract (id, reference, title, state, supplier_id, manager_post_id, term, "
            f"starts_on, ends_on, initial_ends_on, notice_months, is_light_touch, terms_version, value_basis, "
            f"value_net, value_vat, value_gross, version, is_example, {', '.join(empty)}) "
            f"SELECT n, 'CON-2025-' || n, 'Contract ' || n, 'live', 1, 1 + n %% {PEOPLE}, 'fixed', '2025-04-01', "
            f"{day('2028-03-31', 'n %% 92')}, {day('2028-03-31', 'n %% 92')}, 3, false, 1, 'both', 1000000, 200000, "
            f"1200000, 1, true, {', '.join(chr(39) * 2 for _ in empty)} FROM ({numbers(size)}) AS all_n"
        )
        run(
            f"INSERT INTO contract_option (contract_id, number, months, exercise_by_on, version, because, performance) "
            f"SELECT n, 1, 12, '2027-06-30', 1, '', '' FROM ({numbers(min(size, DUE))}) AS all_n"
        )
        run(
            f"INSERT INTO payment (contract_id, paid_on, amount_gross, what, version, is_example) "
            f"SELECT 1 + n %% {min(size, DUE)}, '2026-05-15', 10000, '', 1, true "
            f"FROM ({numbers(4 * min(size, DUE))}) AS all_n"
        )
        for ahead, first in (("18m", 30), ("12m", 210), ("9m", 300), ("6m", 390), ("3m", 480)):
            run(f"INSERT INTO reminder (of, contract_id, terms_version, kind, item, said, ahead, about_on, due_on, "
                f"send_on, post_id, passed_over) "
                f"SELECT 'contract:' || n, n, 1, 'ladder', '', '', '{ahead}', {day('2028-03-31', 'n %% 92')}, "
                f"{day(TODAY, f'{first} + n %% 1000')}, {day(TODAY, f'{first} + n %% 1000')}, 1 + n %% {PEOPLE}, false "
                f"FROM ({numbers(size)}) AS all_n")  # fmt: skip
    with db.engine.connect() as connection:
        connection.exec_driver_sql("ANALYZE")
        connection.commit()


def _runner(dialect: str) -> Callable[[str], Any]:
    """Sends a statement as it is written; a per cent sign is doubled for PostgreSQL."""
    connection = db.session.connection()
    return lambda said: connection.exec_driver_sql(said if dialect == "postgresql" else said.replace("%%", "%"))


def _make_due(*, alone: bool) -> None:
    """Let 12,000 be due today: four for each of 3,000 people, or so many for 200 people that they come together."""
    ahead = ("12m", "9m") if alone else ("6m", "3m")
    with own_transaction():
        run = _runner(db.engine.dialect.name)
        run(f"UPDATE contract SET manager_post_id = 1 + id %% {PEOPLE if alone else 200} WHERE id <= {DUE}")
        left = DUE
        for code in ahead:
            done = run(f"UPDATE reminder SET send_on = '{TODAY}' WHERE ahead = '{code}' AND contract_id <= {left}")
            left -= done.rowcount
            if not left:
                break
