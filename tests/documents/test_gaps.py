"""A gap is a typed absence that knows where it is filled in; no paper prints nothing or a stock phrase for it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from procure.appraisal.gathering import PAGES
from procure.documents.gaps import Gap
from procure.documents.places import OF_A_FILE, OF_THE_COUNCIL, placed

PACKAGE = Path(__file__).resolve().parents[2] / "procure"
GATHERING = sorted(path for path in PACKAGE.rglob("*.py") if "gathering" in str(path.relative_to(PACKAGE)))


def _gaps(path: Path) -> Iterator[ast.Call]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Gap":
            yield node


@pytest.mark.parametrize("path", GATHERING, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_every_gap_says_where_it_is_filled_in(path: Path) -> None:
    known = {*OF_A_FILE, *OF_THE_COUNCIL, *PAGES}
    lost = []
    for call in _gaps(path):
        if any(isinstance(one, ast.Starred) for one in call.args) or len(call.args) + len(call.keywords) > 2:
            continue
        where = call.args[1] if len(call.args) == 2 else None
        if where is None or (isinstance(where, ast.Constant) and where.value not in known):
            lost.append(f"line {call.lineno}: {ast.unparse(call)[:80]}")
    assert lost == []


def test_the_page_a_gap_names_is_a_page(app: Flask) -> None:
    addresses = [*OF_THE_COUNCIL.values(), *(f"/procurements/PRO-2027-014/{page}" for page in OF_A_FILE.values())]
    for address in addresses:
        endpoint, _ = app.url_map.bind("").match(address, method="GET")
        assert endpoint, address


def test_a_gap_keeps_its_own_address_and_is_given_none_that_leads_nowhere() -> None:
    own = Gap("day", "Award", "/somewhere")
    assert placed(own, "PRO-1") is own
    assert placed(Gap("day", "Award"), "PRO-1").href == "/procurements/PRO-1/award"
    assert placed(Gap("day", "Award"), None).href is None
    assert placed(Gap("name", "Settings"), None).href == "/settings/council"
