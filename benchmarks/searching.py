"""Search among 5,000 contracts and 5,000 procurements, beside the list of 20 that a plain query fetches."""

from __future__ import annotations

import random
from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy import insert, select

from benchmarks.browsing import as_person
from benchmarks.measuring import p50_and_p95, table, times
from benchmarks.walking import house, queries, walk_to
from procure.contract.models import Contract
from procure.demonstration.walk import the_cast, the_contract
from procure.extensions import db
from procure.procurement.models import Lot, Procurement
from procure.procurement.rules import Stage
from procure.suppliers.models import Supplier

COUNT = 5000

THINGS = (
    "Adult social care", "Crèche", "Grounds maintenance", "School meals", "Home library service", "Debt advice",
    "Leisure centre cleaning", "Tenancy sustainment", "Children’s short breaks", "Highway lighting", "Legal services",
)  # fmt: skip
PLACES = ("east of the borough", "Barking", "Dagenham", "all wards", "Thames View", "Marks Gate", "Becontree")
NEED = "Residents need this service without a break; the present contract ends and can’t be extended any further. " * 6

TYPED = (
    ("one word", "maintenance"), ("two words", "barking creche"), ("an accent", "CRÈCHE"),
    ("a supplier", "supplier 77"),
    ("a reference", "CON-2020-1234"), ("what stands in all", "service"), ("nothing", "zebra"), ("one letter", "a"),
)  # fmt: skip


def measure() -> None:
    """Milliseconds of the whole page, for somebody who reads every file and somebody who reads what is theirs."""
    rows = []
    with house() as (app, folder):
        walk_to(folder, "contract")
        fill()
        for who in ("officer", "manager"):
            browser = as_person(app, f"{who}@lbbd.example")
            for name, typed in TYPED:
                ask = lambda browser=browser, typed=typed: browser.get("/search", query_string={"q": typed})  # noqa: E731
                with queries() as asked:
                    assert ask().status_code == 200
                rows.append((f"{who}: {name}", *p50_and_p95(times(ask, 10)), len(asked)))
        plain = select(Contract).order_by(Contract.reference.desc()).limit(20)
        listed = times(lambda: (db.session.expire_all(), list(db.session.scalars(plain))), 10)
        rows.append(("beside it: 20 rows fetched plainly", *p50_and_p95(listed), 1))
    table(
        f"Search among {COUNT:,} contracts and {COUNT:,} procurements", ("search", "p50 ms", "p95 ms", "queries"), rows
    )


def fill(count: int = COUNT) -> None:
    """Put so many suppliers' contracts and procurements into the database, at once and without a trail."""
    dice = random.Random(7)
    first, officer = the_contract(), the_cast()["officer"]
    db.session.execute(insert(Supplier), [{"name": f"Supplier {n} Limited", "is_example": True} for n in range(500)])
    suppliers = list(db.session.scalars(select(Supplier.id)))
    same = {
        column.name: getattr(first, column.name) for column in Contract.__table__.columns
        if column.name not in ("id", "award_id")
    }  # fmt: skip
    titles = [f"{dice.choice(THINGS)}, {dice.choice(PLACES)}, {n}" for n in range(count)]
    db.session.execute(insert(Contract), [
        same | {
            "reference": f"CON-2020-{n:04}", "title": title, "supplier_id": dice.choice(suppliers),
            "ends_on": same["ends_on"] + timedelta(days=n % 700), "value_net": Decimal(1000 + n),
            "value_vat": Decimal(0), "value_gross": Decimal(1000 + n),
        }
        for n, title in enumerate(titles)
    ])  # fmt: skip
    db.session.execute(insert(Procurement), [
        {
            "reference": f"PRO-2020-{n:04}", "title": title, "stage": Stage.CLOSED, "need": NEED + title,
            "started_on": date(2020, 1, 1), "officer_id": officer.id, "is_example": True,
        }
        for n, title in enumerate(titles)
    ])  # fmt: skip
    files = db.session.execute(
        select(Procurement.id, Procurement.title).where(Procurement.reference.like("PRO-2020-%"))
    )
    db.session.execute(insert(Lot), [
        {"procurement_id": key, "number": 1, "title": title, "stage": Stage.CLOSED} for key, title in files
    ])  # fmt: skip
    db.session.commit()
