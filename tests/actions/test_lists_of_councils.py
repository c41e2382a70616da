"""Lists that councils published, where they are at hand: every row accounted for, sums to the penny."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from procure.refusals import Refusal
from procure.register.list_rules.fields import PAYMENTS, Holds, NotAList
from procure.register.list_rules.rows import Reader
from procure.register.list_rules.tables import data_rows, mapping_from, opened, refuse_payments, table_in

SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "data"

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(
        not SHARED.is_dir(), reason="../shared is not beside the project: published lists were not read."
    ),
]


def files(under: str, ending: str) -> list[Path]:
    return sorted((SHARED / under).rglob(f"*.{ending}"))


def read(path: Path, sheet: str = "", given: dict[str, str] | None = None) -> dict[str, Any]:
    """What a list comes to: rows, rejected ones, the sum, ends."""
    source = opened(path, path.name)
    table = table_in(source, sheet)
    if given is None:
        refuse_payments(table)
    columns = table.columns if given is None else mapping_from(table, given)
    reader = Reader(table, columns, epoch_1904=source.epoch_1904)
    said = [reader.read(number, cells) for number, cells in data_rows(source, table)]
    good = [one for one in said if not one.is_rejected]
    return {
        "rows": len(said), "rejected": len(said) - len(good),
        "sum": sum((one.facts.get("value_stated") or Decimal(0) for one in good), Decimal(0)),
        "ends": sum(one.facts.get("ends_on") is not None for one in good),
        "doubts": [doubt for one in said for doubt in one.doubts], "said": good,
    }  # fmt: skip


def expected(path: Path) -> dict[str, Any]:
    known: dict[str, Any] = json.loads((SHARED / "expected.json").read_text())["files"]
    return known.get(str(path.relative_to(SHARED)), {})


@pytest.mark.parametrize("council", [
    "city-of-london-corporation", "leeds-city-council", "london-fire-commissioner", "telford-wrekin-council",
])  # fmt: skip
def test_awards_and_tenders_of_a_council_agree_with_their_files(council: str) -> None:
    for path in files(f"registers/cf-by-council/{council}", "csv"):
        told, found = expected(path), read(path)
        if not told or path.name.startswith("same-week"):
            assert (found["rows"], found["ends"]) == (4, 0), path.name
            continue
        value = told.get("Award Value") or told.get("Tender Value")
        assert (found["rows"], found["rejected"]) == (told["data rows"], 0), path.name
        assert found["sum"] == Decimal(value["sum"]), path.name
        ends = told.get("Contract End Date", {})
        assert found["ends"] == ends.get("parseable iso-datetime", 0), path.name


def test_notices_of_lancashire_agree_with_their_files() -> None:
    for path in files("registers/lancashire-cf", "json"):
        told, found = expected(path), read(path)
        assert (found["rows"], found["rejected"]) == (told["notices"], 0), path.name
        assert found["sum"] == Decimal(told["awarded_value sum (all rows)"]), path.name
        assert not any("&amp;" in one.supplier + one.title for one in found["said"]), path.name


def test_grants_agree_with_their_file() -> None:
    (path,) = files("registers/trafford-grants", "csv")
    found = read(path)
    assert (found["rows"], found["rejected"], found["sum"]) == (555, 0, Decimal("1291436.54"))


def test_payments_are_refused_and_read_to_the_penny_once_they_are_mapped() -> None:
    for path in files("registers/hyndburn-spend", "csv"):
        with pytest.raises(NotAList, match="payments, not of contracts") as refused:
            read(path)
        assert refused.value.sentence == PAYMENTS
        headings = [one for one in table_in(opened(path)).headings if one]
        money = next(one for one in headings if "amount" in one.lower())
        day = next(one for one in headings if "date" in one.lower())
        found = read(path, given={"title": "Description", "value": money, "starts_on": day})
        assert found["sum"] == Decimal(expected(path)["amount"]["sum"]), path.name
        assert found["rejected"] == 0, path.name
        assert all(one.facts["starts_on"] for one in found["said"]), path.name


def test_workbooks_of_payments_are_read_to_the_penny_sheet_by_sheet() -> None:
    for path in files("registers/xlsx", "xlsx"):
        with pytest.raises(NotAList, match="payments"):
            read(path)
        for told in expected(path)["sheets"]:
            money = next(one for one in told["header"] if "Amount" in one)
            given = {"title": "Expenditure Category", "value": money, "starts_on": "Date"}
            found = read(path, told["name"], given)
            assert (found["rows"], found["rejected"]) == (told["data rows"], 0), told["name"]
            assert found["sum"] == Decimal(told["amount sum"]), told["name"]
            dates = sum(one.facts["starts_on"] is not None for one in found["said"])
            assert dates == told["date cells that are dates"], told["name"]


@pytest.mark.parametrize(("folder", "rows", "total"), [
    ("ocds/uk-releases/england", 99, "946764490.39"), ("ocds/uk-packages-2020", 34, "1095214510.64"),
    ("ocds/uk-releases/scotland", 90, "0"),
])  # fmt: skip
def test_open_contracting_data_agrees_with_its_files(folder: str, rows: int, total: str) -> None:
    found = [read(path) for path in files(folder, "json")]
    assert sum(one["rows"] for one in found) == rows
    assert sum(one["rejected"] for one in found) == 0
    assert sum((one["sum"] for one in found), Decimal(0)) == Decimal(total)
    if folder.endswith("scotland"):
        told = [doubt for one in found for doubt in one["doubts"] if "has no id" in doubt.reason]
        assert len(told) == 90, "a release without an id is told, not dropped"
    assert Holds.TITLE in table_in(opened(files(folder, "json")[0])).columns


def test_hostile_files_get_a_sentence() -> None:
    for path in [*files("xlsx-hostile", "xlsx"), *files("docx-hostile", "docx"), *files("naughty", "*")]:
        with pytest.raises(Refusal) as refused:
            read(path)
        assert refused.value.sentence.endswith("."), path.name
