"""The index of contracts follows every change, however it is made: by acts, by bulk inserts, by plain SQL."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import func, insert, select, text

from procure.audit.actions import Machine, act
from procure.contract.models import Contract, EndDecision
from procure.contract.rules import ContractState, WhatFollows
from procure.demonstration.cast import Cast
from procure.demonstration.days import at
from procure.extensions import db
from procure.procurement.models import Procurement
from procure.procurement.rules import Route, Stage
from procure.register.actions.tidying import bring_sums_together
from procure.register.facts.listing import Reach, count_of, page_of
from procure.register.facts.portfolio import first_end_in_time
from procure.register.models import ContractPlace, ContractSum, ContractText
from procure.register.rules.listing import Asked, OnIt, asked_by
from tests.a_register import HARD, PUT_ON, a_contract, a_supplier

TODAY = date(2027, 1, 25)
EVERY = Asked(states=tuple(ContractState))


def references(**asked: str) -> list[str]:
    """What the list shows for an address."""
    places = page_of(asked_by({name: [value] for name, value in asked.items()}), Reach()).places
    rows = select(Contract.reference).join(ContractPlace, ContractPlace.contract_id == Contract.id)
    return list(db.session.scalars(rows.where(ContractPlace.id.in_(places)).order_by(ContractPlace.id)))


def on_it(contract: Contract) -> str:
    return db.session.scalars(select(ContractPlace.on_it).where(ContractPlace.contract_id == contract.id)).one()


def sums_agree() -> bool:
    """Whether the kept sums are those of the contracts themselves."""
    kept = Counter[tuple[str, str, str]]()
    for state, it, department, count, worth in db.session.execute(
        select(ContractSum.state, ContractSum.on_it, ContractSum.department, ContractSum.count, ContractSum.worth)
    ):
        kept[state, it, department] += count
        kept["worth", it, department] += int(worth)
    true = Counter[tuple[str, str, str]]()
    for place in db.session.scalars(select(ContractPlace)):
        true[place.state, place.on_it, place.department] += 1
        true["worth", place.on_it, place.department] += int(place.worth or 0)
    return +kept == +true


def test_a_contract_is_found_by_its_words_from_the_moment_it_is_recorded(app: Flask, cast: Cast) -> None:
    contract = a_contract(1, title="Crèche for Børge’s children", supplier=HARD, cpv="80110000-8")
    found = [contract.reference]
    for words in ("creche", "CRÈCHE borge", "smith sons", "con-2020-001", "list/1", "housing", "chil", "80110000"):
        assert references(q=words) == found, words
    for words in ("rèche", "zebra", "smith zebra", "%", '"', "creche OR zebra", "NOT"):
        assert references(q=words) == [], words
    assert references(cpv="8011") == found and references(cpv="9") == []


def test_the_index_follows_titles_suppliers_ends_and_states(app: Flask, cast: Cast) -> None:
    supplier = a_supplier("Old Name Ltd")
    contract = a_contract(1, supplier=supplier)
    a_contract(2, ends_on=date(2027, 6, 30))
    with act("changed it", on=[contract, supplier], by=Machine("test"), at=at(PUT_ON)):
        contract.title, supplier.name = "Library vans", "New Name Ltd"
    assert references(q="vans new") == ["CON-2020-001"] and references(q="old") == []
    assert references() == ["CON-2020-002", "CON-2020-001"]
    with act("moved its end", on=contract, by=Machine("test"), at=at(PUT_ON)):
        contract.ends_on = date(2027, 3, 31)
    assert references() == ["CON-2020-001", "CON-2020-002"]
    with act("ended it", on=contract, by=Machine("test"), at=at(PUT_ON)):
        contract.state = ContractState.ENDED
    assert references() == ["CON-2020-002"] and references(state="ended") == ["CON-2020-001"]
    assert sums_agree()


def test_bulk_inserts_and_plain_sql_are_indexed_too(app: Flask, cast: Cast) -> None:
    first = a_contract(1)
    same = {c.name: getattr(first, c.name) for c in Contract.__table__.columns if c.name not in ("id", "award_id")}
    db.session.execute(insert(Contract), [
        same | {"reference": f"CON-2021-{n}", "title": f"Bulk {n}", "ends_on": TODAY + timedelta(days=n)}
        for n in range(300)
    ])  # fmt: skip
    db.session.commit()
    assert count_of(asked_by({"q": ["bulk"]}), Reach()).number == 300 and sums_agree()
    db.session.execute(text("UPDATE contract SET department = 'Legal' WHERE title LIKE 'Bulk 1%'"))
    db.session.execute(text("DELETE FROM contract WHERE title LIKE 'Bulk 2%'"))
    db.session.commit()
    assert count_of(asked_by({"q": ["bulk"], "department": ["Legal"]}), Reach()).number == 111
    assert count_of(EVERY, Reach()).number == 1 + 300 - 111 and sums_agree()
    assert db.session.scalar(select(func.count()).select_from(ContractText)) == 190
    assert bring_sums_together() == db.session.scalar(select(func.count()).where(ContractSum.part == 0))
    assert sums_agree() and not db.session.scalar(select(func.count()).where(ContractSum.count == 0))


def test_no_value_end_department_or_a_slip_of_the_pen_breaks_the_sums(app: Flask, cast: Cast) -> None:
    nothing = {"value_stated": None, "value_gross": None, "value_net": None, "value_vat": None}
    a_contract(1, ends_on=None, starts_on=None, department="", **nothing)
    for number in range(2, 6):
        a_contract(number, worth="9999999999999999.99", department="D" * 5000, ends_on=date(2028, 2, 29))
    assert references()[-1] == "CON-2020-001" and sums_agree()
    assert references(quarter="2028-Q1") == [f"CON-2020-00{n}" for n in range(2, 6)]
    assert references(value="0") == ["CON-2020-001"] and references(**{"from": "1/1/2020"})[-1] == "CON-2020-005"


def decided(contract: Contract, choice: WhatFollows, cast: Cast) -> None:
    with act("decided", on=contract, by=cast["officer"], at=at(PUT_ON)):
        db.session.add(
            EndDecision(
                contract=contract, about_end_on=contract.ends_on, choice=choice, reason="So", decided_at=at(PUT_ON),
                decided_by=cast["officer"],
            )
        )  # fmt: skip


def purchase_after(contract: Contract, number: int, cast: Cast) -> Procurement:
    with act("opened it", on="PRO", by=cast["officer"], at=at(PUT_ON)):
        file = Procurement(
            reference=f"PRO-2027-{number:03}", title="Again", route=Route.SCHEME, started_on=TODAY,
            officer=cast["officer"], ending_contract=contract,
        )  # fmt: skip
        db.session.add(file)
    return file


def test_who_is_on_it_follows_what_was_decided_and_bought(app: Flask, cast: Cast) -> None:
    contract = a_contract(1)
    assert on_it(contract) == OnIt.NOBODY
    decided(contract, WhatFollows.BUY_AGAIN, cast)
    assert on_it(contract) == OnIt.IN_HAND
    file = purchase_after(contract, 1, cast)
    with act("gave it up", on=file, by=cast["officer"], at=at(PUT_ON)):
        file.stage = Stage.ABANDONED
    assert on_it(contract) == OnIt.NOBODY
    file = purchase_after(contract, 2, cast)
    assert on_it(contract) == OnIt.IN_HAND
    with act("signed it", on=file, by=cast["officer"], at=at(PUT_ON)):
        file.stage = Stage.CONTRACTED
    assert on_it(contract) == OnIt.DECIDED
    lapsing = a_contract(2)
    decided(lapsing, WhatFollows.LET_LAPSE, cast)
    assert on_it(lapsing) == OnIt.DECIDED
    with act("extended it", on=lapsing, by=cast["officer"], at=at(PUT_ON)):
        lapsing.ends_on = date(2029, 3, 31)
    assert on_it(lapsing) == OnIt.NOBODY and sums_agree()


@pytest.mark.parametrize("today", [date(2027, 1, 25), date(2028, 2, 29), date(2026, 12, 24)])
def test_the_first_end_in_time_parts_those_that_are_late(app: Flask, today: date) -> None:
    from procure.contract.facts import plan_back_from

    first = first_end_in_time(today)
    assert plan_back_from(first).start_by >= today > plan_back_from(first - timedelta(days=1)).start_by


def test_a_page_after_another_repeats_and_loses_nothing(app: Flask, cast: Cast) -> None:
    for number in range(1, 8):
        a_contract(number, ends_on=date(2028, 1, 1 + number // 3), worth=Decimal(1000 * number))
    seen, after = [], 0
    while True:
        page = page_of(Asked(), Reach(), after=after, count=3)
        seen += page.places
        if page.next_after is None:
            break
        after = page.next_after
    assert len(seen) == len(set(seen)) == 7 and seen == sorted(seen)
