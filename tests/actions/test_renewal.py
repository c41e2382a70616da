"""Buying again: the line from contract to contract is known, and the next purchase starts from the last one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient

from procure.contract.before import what_came_before
from procure.contract.ending import decide_what_follows
from procure.contract.lineage import lineage_of
from procure.contract.models import Contract
from procure.contract.rules import WhatFollows
from procure.demonstration import days
from procure.demonstration.cast import the_cast
from procure.demonstration.loading import move_today
from procure.demonstration.walk import the_file
from procure.procurement.models import Procurement
from procure.tender.actions import set_method
from procure.tender.rules import CriterionLine, PriceFormula
from procure.tender.starting_actions import NothingToStartFrom, start_from_before
from procure.tender.starting_facts import Part, start_of
from tests.signing_in import sign_in

LATER = date(2029, 10, 3)


@pytest.fixture
def app(at_stage: Callable[[str], Flask]) -> Flask:
    """The demonstration after the contract is signed, in December 2027."""
    return at_stage("signed")


@pytest.fixture
def bought_again(app: Flask) -> tuple[Contract, Procurement]:
    """The contract of that day, and the purchase that is to follow it, opened two years later."""
    cast, lot = the_cast(), the_file().only_lot
    assert lot.award is not None and lot.award.contract is not None
    opened = decide_what_follows(
        lot.award.contract, WhatFollows.BUY_AGAIN, "The need goes on.", by=cast["manager"], at=days.at(LATER),
        officer=cast["officer"],
    ).procurement  # fmt: skip
    assert opened is not None
    return lot.award.contract, opened


def test_the_line_runs_from_the_first_contract_to_the_purchase_that_follows(
    bought_again: tuple[Contract, Procurement], app: Flask
) -> None:
    contract, opened = bought_again
    for here in (contract, opened, the_file(), the_file().ending_contract):
        assert here is not None
        with app.test_request_context():
            line = lineage_of(here)
        assert [one.reference for one in line] == [
            "CON-2025-007", "PRO-2027-014", contract.reference, opened.reference,
        ]  # fmt: skip
        assert [one.reference for one in line if one.is_here] == [here.reference]


def test_the_next_purchase_takes_over_criteria_and_texts_once_and_then_stands_alone(
    bought_again: tuple[Contract, Procurement],
) -> None:
    _, opened = bought_again
    lot, old, officer = opened.only_lot, the_file().only_lot, the_cast()["officer"]
    start = start_of(lot)
    assert start is not None and start.lot is old and Part.METHOD in start.parts and old.method is not None
    start_from_before(lot, start.parts, by=officer, at=days.at(LATER))
    assert lot.method is not None and lot.method.price_weight == old.method.price_weight
    tree = [(one.label, one.title, one.weight, one.definition, one.least_score) for one in lot.method.criteria]
    assert tree == [(one.label, one.title, one.weight, one.definition, one.least_score) for one in old.method.criteria]
    assert lot.specification is not None and old.specification is not None
    assert lot.specification.outcomes == old.specification.outcomes
    assert [one.name for one in lot.kpis] == [one.name for one in old.kpis]
    assert lot.how_to_tender is not None and lot.how_to_tender.briefing_at is None
    assert start_of(lot) is None

    titles = [one.title for one in old.method.criteria]
    weight = 100 - lot.method.price_weight
    set_method(
        lot, price_weight=lot.method.price_weight, formula=PriceFormula.LOWEST_OVER_PRICE, panel_size=3,
        criteria=[CriterionLine("All of it", weight, "As a whole")], by=officer, at=days.at(LATER, 12),
    )  # fmt: skip
    assert [one.title for one in old.method.criteria] == titles
    with pytest.raises(NothingToStartFrom):
        start_from_before(lot, [Part.METHOD], by=officer, at=days.at(LATER, 13))


def test_what_came_before_counts_what_was_paid_by_financial_year(at_stage: Callable[[str], Flask]) -> None:
    at_stage("approval")
    contract = the_file().ending_contract
    assert contract is not None
    before = what_came_before(contract, date(2027, 7, 16))
    assert [one.year for one in before.spent] == ["2025/26", "2026/27", "2027/28"]
    assert sum(one.amount for one in before.spent) == before.paid == contract.paid_by(date(2027, 7, 16))
    assert ("What was learnt", contract.lessons) in before.texts


def test_the_officer_takes_over_on_a_page_and_reads_what_came_before(
    bought_again: tuple[Contract, Procurement], client: FlaskClient
) -> None:
    contract, opened = bought_again
    move_today(LATER)
    sign_in(client, the_cast()["officer"])
    page = client.get(f"/procurements/{opened.reference}/before").text
    assert contract.reference in page and "CON-2025-007" in page and "taken over into the tender papers" in page
    at = f"/procurements/{opened.reference}/tender/start-from"
    assert "How bids were judged" in client.get(at).text
    empty = client.post(at, data={"submitted": "1"})
    assert empty.status_code == 422 and "Choose what to take over" in empty.text
    assert client.post(at, data={"parts": ["method", "service"]}).status_code == 302
    assert "How bids were judged" not in client.get(at).text
    assert client.get(f"/contracts/{contract.reference}/lineage").status_code == 200
