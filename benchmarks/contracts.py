"""The list of contracts among a million: pages, filters, words, the picture; on SQLite and on PostgreSQL."""

from __future__ import annotations

import os
import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import insert, select, text

from benchmarks.browsing import as_person
from benchmarks.measuring import kept, p50_and_p95, table, times
from benchmarks.searching import PLACES, THINGS
from benchmarks.walking import house, queries, walk_to
from config import settings
from procure.app import create_app
from procure.audit.bulk import put_in
from procure.contract.models import Contract
from procure.contract.rules import ContractState
from procure.demonstration.walk import the_contract
from procure.extensions import db
from procure.now import today
from procure.people.models import Post
from procure.suppliers.models import Supplier

COUNT = int(os.environ.get("CONTRACTS", "1000000"))
PROMISED_MS = 50.0
AT_ONCE = 10_000
DIRECTORATES = (
    "Adults", "Children", "Community", "Culture", "Finance", "Housing", "Inclusion", "Legal", "My Place", "People",
    "Public Health", "Resources",
)  # fmt: skip
RARE = 997
"""Every so many-th title holds a word that few others hold."""

ASKED = (
    ("the first page", "/contracts"),
    ("the page after", "/contracts?after={after}&shown=25"),
    ("one quarter", "/contracts?quarter={quarter}"),
    ("nobody is on it", "/contracts?on=nobody"),
    ("a directorate, a value", "/contracts?department=Housing&value=3"),
    ("four filters", "/contracts?department=Housing&department=Legal&on=nobody&value=1&quarter={quarter}"),
    ("those that ended", "/contracts?state=ended"),
    ("a rare word", "/contracts?q=lighthouse"),
    ("a common word", "/contracts?q=maintenance"),
    ("the beginning of a word", "/contracts?q=main"),
    ("two words", "/contracts?q=barking+creche"),
    ("two words, a directorate", "/contracts?q=barking+creche&department=Housing"),
    ("a reference", "/contracts?q=CON-2020-123456"),
    ("no such word", "/contracts?q=zebra"),
    ("a supplier", "/contracts?supplier=Supplier+77+Limited"),
    ("an owner", "/contracts?owner={post}"),
    ("the public list", "/public/contracts"),
    ("the public list, two words", "/public/contracts?q=barking+creche"),
)


def measure() -> None:
    """Milliseconds of the whole page on each database, for an officer who reads everything."""
    with house() as (app, folder):
        walk_to(folder, "contract")
        _measured(app, "SQLite")
    with postgresql() as found:
        if found is None:
            print("\nPostgreSQL is not installed: nothing was measured on it.")
            return
        app, folder = found
        walk_to(folder, "contract")
        _measured(app, "PostgreSQL")


def _measured(app: Flask, on: str) -> None:
    began = time.perf_counter()
    fill()
    print(f"\n{on}: {COUNT:,} contracts and their index in {time.perf_counter() - began:.0f} s", flush=True)
    browser = as_person(app, "officer@lbbd.example")
    places = {
        "after": db.session.scalar(text("SELECT id FROM contract_place ORDER BY id LIMIT 1 OFFSET 5000")),
        "quarter": f"{today().year + 1}-Q1",
        "post": db.session.scalar(select(Contract.manager_post_id).where(Contract.reference == "CON-2020-5")),
    }
    rows = []
    for name, path in ASKED:
        address = path.format(**places)
        ask = lambda address=address: browser.get(address)  # noqa: E731
        if ask().status_code == 404:
            continue
        with queries() as asked:
            assert ask().status_code == 200, address
        p50, p95 = p50_and_p95(times(ask, 20))
        rows.append((name, p50, p95, len(asked), kept(PROMISED_MS, p95)))
    table(
        f"{on}: the list of {COUNT:,} contracts", ("page", "p50 ms", "p95 ms", "queries", f"{PROMISED_MS:.0f} ms"), rows
    )


@contextmanager
def postgresql() -> Iterator[tuple[Flask, Path] | None]:
    """An application on a PostgreSQL of its own; None where it isn't installed."""
    from benchmarks.servers import postgresql_server

    with postgresql_server() as found:
        if found is None:
            yield None
            return
        url, folder = found
        app = create_app(settings({**os.environ, "PROCURE_INSTANCE": str(folder), "DATABASE_URL": url}))
        with app.app_context():
            upgrade()
            yield app, folder
            db.session.remove()
            db.engine.dispose()


def fill(count: int = COUNT) -> None:
    """Put so many contracts into the database by plain inserts, without a trail: the triggers keep the index."""
    dice = random.Random(7)
    first = the_contract()
    db.session.execute(insert(Supplier), [{"name": f"Supplier {n} Limited", "is_example": True} for n in range(20_000)])
    suppliers = list(db.session.scalars(select(Supplier.id)))
    posts = [*db.session.scalars(select(Post.id)), None]
    same: dict[str, Any] = {
        column.name: getattr(first, column.name) for column in Contract.__table__.columns
        if column.name not in ("id", "award_id")
    }  # fmt: skip
    day = today()
    begin = day - timedelta(days=3 * 365)
    for start in range(0, count, AT_ONCE):
        rows = []
        for n in range(start, min(start + AT_ONCE, count)):
            ends_on: date = begin + timedelta(days=dice.randrange(8 * 365))
            worth = Decimal(round(10 ** dice.uniform(3.7, 6.5)))
            rare = "Lighthouse, " if n % RARE == 0 else ""
            rows.append(same | {
                "reference": f"CON-2020-{n}", "title": f"{rare}{dice.choice(THINGS)}, {dice.choice(PLACES)}, {n}",
                "supplier_id": dice.choice(suppliers), "manager_post_id": dice.choice(posts), "ends_on": ends_on,
                "starts_on": ends_on - timedelta(days=1000), "department": dice.choice(DIRECTORATES),
                "state": ContractState.ENDED if ends_on < day and n % 50 else ContractState.LIVE,
                "value_net": worth, "value_vat": Decimal(0), "value_gross": worth,
            })  # fmt: skip
        put_in(Contract.__table__, rows)
        db.session.commit()
    db.session.execute(text("ANALYZE"))
    db.session.commit()
    if db.engine.dialect.name == "postgresql":
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))
