"""Search of the public register among 5,000 published decisions, its feed, and the reports over all of them."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import insert, select

from benchmarks.browsing import as_person
from benchmarks.measuring import p50_and_p95, table, times
from benchmarks.searching import PLACES, THINGS
from benchmarks.walking import house, queries, walk_to
from procure.authority.models import Decision
from procure.authority.rules import ActKind, DecisionState
from procure.extensions import db

COUNT = 5000

ASKED = (
    ("the first page", "/public/decisions"),
    ("one word", "/public/decisions?q=maintenance"),
    ("two words, an accent", "/public/decisions?q=barking+CRÈCHE"),
    ("a post", "/public/decisions?q=director"),
    ("a reference", "/public/decisions?q=ODR-2020-1234"),
    ("nothing", "/public/decisions?q=zebra"),
    ("narrowed", "/public/decisions?kind=officer&year=2020&key=yes"),
    ("the last page", "/public/decisions?page=200"),
    ("the feed", "/public/decisions.rss"),
    ("one decision", "/public/decisions/ODR-2020-1234"),
)

REPORTS = ("/reports", "/reports/published-late", "/decisions/powers")


def measure() -> None:
    """Milliseconds of the whole page: the public ones for a visitor, the reports for the officer."""
    rows = []
    with house() as (app, folder):
        walk_to(folder, "signed")
        fill()
        visitor, officer = app.test_client(), as_person(app, "officer@lbbd.example")
        for name, path in (*ASKED, *((path, path) for path in REPORTS)):
            browser = officer if path in REPORTS else visitor
            ask = lambda browser=browser, path=path: browser.get(path)  # noqa: E731
            with queries() as asked:
                assert ask().status_code == 200
            rows.append((name, *p50_and_p95(times(ask, 10)), len(asked)))
    table(f"The register of {COUNT:,} published decisions", ("page", "p50 ms", "p95 ms", "queries"), rows)


def fill(count: int = COUNT) -> None:
    """Put so many published decisions into the database, at once and without a trail."""
    dice = random.Random(7)
    first = db.session.scalars(select(Decision).where(Decision.state == DecisionState.SIGNED)).first()
    assert first is not None
    same = {column.name: getattr(first, column.name) for column in Decision.__table__.columns if column.name != "id"}
    same |= {"act": ActKind.OTHER, "procurement_id": None, "lot_id": None, "forward_plan_entry_id": None}
    begin = date(2020, 1, 6)
    days = [begin + timedelta(days=n % 360) for n in range(count)]
    db.session.execute(insert(Decision), [
        same | {
            "reference": f"ODR-2020-{n:04}", "title": f"{dice.choice(THINGS)}, {dice.choice(PLACES)}, {n}",
            "signed_at": datetime(day.year, day.month, day.day, 10, tzinfo=UTC),
            "published_on": day + timedelta(days=1), "is_key": n % 7 == 0, "call_in_days": 5,
        }
        for n, day in enumerate(days)
    ])  # fmt: skip
    db.session.commit()
