"""History in an officer's words: columns, stored values, acts that were refused."""

from __future__ import annotations

import importlib
from typing import Any

import pytest

from procure.audit.naming import CALLED, NOT_TOLD, called, is_told, shown, tried
from procure.rows import Base, Recorded
from procure.tables import ROWS


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("signed the decision", "tried to sign the decision"),
        ("sent the letters to the bidders", "tried to send the letters to the bidders"),
        ("opened the individual scores", "tried to open the individual scores"),
        ("set the signed decision aside", "tried to set the signed decision aside"),
        ("used option 1", "tried to use option 1"),
        ("Cabinet met", "was refused this: Cabinet met"),
    ],
)
def test_a_refused_act_is_told_as_one_tells_it(said: str, expected: str) -> None:
    assert tried(said) == expected


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        ("value_gross", "value, including VAT"),
        ("published_on", "published"),
        ("sent_at", "sent"),
        ("is_deed", "deed"),
        ("price_net", "price, without VAT"),
        ("notice_planned_on", "award notice planned for"),
    ],
)
def test_a_column_has_an_officers_name(column: str, expected: str) -> None:
    assert called(column) == expected


@pytest.mark.parametrize(
    ("table", "column", "value", "expected"),
    [
        ("award", "value_gross", "540000.00", "£540,000"),
        ("decision", "state", "sent", "with the decision maker"),
        ("lot", "stage", "deciding_award", "award decision"),
        ("decision", "sent_at", "2027-11-18T14:45:00+00:00", "2:45pm on Thursday 18 November 2027"),
        ("award", "notice_planned_on", "2027-11-23", "23 November 2027"),
        ("decision", "is_key", False, "no"),
        ("decision", "risks", None, "nothing"),
        ("gone", "anything", "as it was", "as it was"),
        ("decision", "state", "no longer a state", "no longer a state"),
    ],
)
def test_a_stored_value_is_shown_as_a_reader_knows_it(table: str, column: str, value: Any, expected: str) -> None:
    assert shown(table, column, value) == expected


def test_no_recorded_column_is_shown_by_its_programmers_name() -> None:
    importlib.import_module("procure.tables")
    assert ROWS
    columns = {
        column.key
        for mapper in Base.registry.mappers
        if issubclass(mapper.class_, Recorded)
        for column in mapper.columns
        if is_told(column.key)
    }
    assert len(columns) > 100
    assert not [name for name in columns if "_" in called(name)]
    assert not set(CALLED) & NOT_TOLD
