"""A sheet's XML: what stands where it needn't, what is left out, what was made to be awkward."""

from datetime import datetime
from io import BytesIO
from typing import Any

import pytest
from defusedxml.common import DTDForbidden
from lxml.etree import XMLSyntaxError

from procure.register.list_rules.sheets import Formats, rows_of

FORMATS = Formats(["Lifts", "Smith & Sons <Ltd>"], frozenset({1, 2}), frozenset({2}), datetime(1899, 12, 30))
HEAD = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'


def read(rows: str, *, before: str = "", most: int = 400) -> list[tuple[int, list[Any]]]:
    part = BytesIO(f"{before}{HEAD}{rows}</sheetData></worksheet>".encode())
    return list(rows_of(part, FORMATS, most))


@pytest.mark.parametrize("cell, value", [
    ('<c t="s"><v>1</v></c>', "Smith & Sons <Ltd>"),
    ("<c><v>1200.5</v></c>", 1200.5),
    ("<c><v>12</v></c>", 12),
    ("<c><v>1E3</v></c>", 1000.0),
    ('<c s="1"><v>46843</v></c>', datetime(2028, 3, 31)),
    ('<c s="1"><v>99999999999</v></c>', "#VALUE!"),
    ('<c t="d"><v>2028-02-29</v></c>', datetime(2028, 2, 29).date()),
    ('<c t="b"><v>1</v></c>', True),
    ('<c t="e"><v>#REF!</v></c>', "#REF!"),
    ('<c t="str"><f>A1&amp;B1</f><v>Lifts, Barking</v></c>', "Lifts, Barking"),
    ("<c><f>SUM(A1:A2)</f><v>3</v></c>", 3),
    ('<c t="inlineStr"><is><t>Stairs</t></is></c>', "Stairs"),
    (
        '<c t="inlineStr"><is><r><t>Up </t></r><r><rPr><b/></rPr><t>Ltd</t></r>'
        '<rPh sb="0" eb="1"><t>how it sounds</t></rPh></is></c>',
        "Up Ltd",
    ),
])  # fmt: skip
def test_a_cell_holds_what_excel_shows(cell: str, value: Any) -> None:
    assert read(f"<row>{cell}</row>") == [(1, [value])]


def test_cells_and_rows_that_are_left_out_keep_their_places() -> None:
    rows = '<row r="3"><c r="B3"><v>1</v></c><c><v>2</v></c><c r="AA3"><v>3</v></c></row><row><c><v>4</v></c></row>'

    assert read(rows) == [(3, [None, 1, 2, *[None] * 23, 3]), (4, [4])]


def test_cells_far_to_the_right_cost_nothing() -> None:
    assert read('<row r="1"><c r="A1"><v>1</v></c><c r="XFD1"><v>2</v></c></row>') == [(1, [1])]


@pytest.mark.parametrize("row", ['<row r="99999999999"/>', '<row r="2"/><row r="2"/>', '<row r="0"/>', '<row r="x"/>'])
def test_rows_that_no_sheet_can_have_are_refused(row: str) -> None:
    with pytest.raises(ValueError):
        read(row)


def test_a_sheet_that_defines_entities_is_not_read() -> None:
    with pytest.raises(DTDForbidden):
        read('<row><c t="str"><v>&a;</v></c></row>', before='<!DOCTYPE worksheet [<!ENTITY a "lots">]>')


def test_a_sheet_cut_off_is_said_to_be_damaged() -> None:
    with pytest.raises(XMLSyntaxError):
        list(rows_of(BytesIO(f"{HEAD}<row><c><v>1</v>".encode()), FORMATS, 400))
