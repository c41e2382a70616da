"""How the council's dated rows stand on a day, and which values its bands and its scheme leave out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest

from procure.authority.rules import ActKind
from procure.authority.rules.scheme import BUYING, SchemeBand, gaps_in
from procure.council.rules import Band, by_day, gap_in, in_turn, may_begin_on, may_end_on

DAY = date(2028, 2, 29)


@dataclass(frozen=True)
class Row:
    name: str
    from_on: date
    until_on: date | None = None


def named(rows: list[Row]) -> str:
    return " ".join(row.name for row in rows)


@pytest.mark.parametrize(
    ("row", "where"),
    [
        (Row("open", date(2018, 4, 1)), 0),
        (Row("from today", DAY), 0),
        (Row("until today", date(2018, 4, 1), DAY), 0),
        (Row("today alone", DAY, DAY), 0),
        (Row("from tomorrow", date(2028, 3, 1)), 1),
        (Row("to come and already ended", date(2028, 3, 1), date(2028, 3, 31)), 1),
        (Row("until yesterday", date(2018, 4, 1), date(2028, 2, 28)), 2),
    ],
)
def test_a_dated_row_stands_to_comes_or_is_over(row: Row, where: int) -> None:
    assert by_day([row], DAY)[where] == [row]
    assert sum(len(found) for found in by_day([row], DAY)) == 1


@pytest.mark.parametrize(
    ("day", "in_force", "to_come", "over"),
    [
        (date(2017, 12, 31), "", "A B C", ""),
        (date(2018, 1, 1), "A", "B C", ""),
        (date(2027, 3, 31), "A", "B C", ""),
        (date(2027, 4, 1), "B", "C", "A"),
        (date(2030, 1, 1), "C", "", "B A"),
    ],
)
def test_rules_hold_until_the_next_begin(day: date, in_force: str, to_come: str, over: str) -> None:
    rows = [Row("B", date(2027, 4, 1)), Row("A", date(2018, 1, 1)), Row("C", date(2029, 4, 1))]
    found = in_turn(rows, day)
    assert (found[0].name if found[0] else "", named(found[1]), named(found[2])) == (in_force, to_come, over)


@pytest.mark.parametrize(
    ("from_on", "said"), [(date(2028, 2, 28), "can’t begin in the past"), (DAY, None), (date(2028, 3, 1), None)]
)
def test_a_rule_never_begins_in_the_past(from_on: date, said: str | None) -> None:
    refused = may_begin_on(from_on, DAY)
    assert refused is None if said is None else said in (refused or "")


@pytest.mark.parametrize(
    ("until_on", "from_on", "said"),
    [
        (date(2028, 2, 28), date(2018, 4, 1), "can’t be in the past"),
        (DAY, date(2018, 4, 1), None),
        (DAY, date(2028, 3, 1), "can’t be before the first"),
    ],
)
def test_a_rule_never_ends_in_the_past(until_on: date, from_on: date, said: str | None) -> None:
    refused = may_end_on(until_on, from_on, DAY)
    assert refused is None if said is None else said in (refused or "")


def band(low: int, high: int | None, from_on: date = date(2018, 4, 1), until_on: date | None = None) -> Band:
    return Band(Decimal(low), None if high is None else Decimal(high), from_on, until_on)


@pytest.mark.parametrize(
    ("bands", "said"),
    [
        ([band(0, 5_000), band(5_000, None)], None),
        ([band(0, 5_000), band(25_000, None)], "No band covers £5,000 to £25,000."),
        ([band(0, 5_000)], "No band covers £5,000 and more."),
        ([], "No band covers £0 and more."),
        ([band(0, 5_000), band(5_000, None, until_on=date(2028, 2, 28))], "No band covers £5,000 and more."),
        ([band(0, 5_000), band(5_000, None, until_on=DAY)], None),
    ],
)
def test_quote_bands_leave_no_value_out(bands: list[Band], said: str | None) -> None:
    assert gap_in(bands, DAY) == said


# ── the scheme of delegation ──


def buying(to: int | None, low: int = 0, acts: tuple[ActKind, ...] = BUYING) -> list[SchemeBand]:
    return [SchemeBand(kind, Decimal(low), None if to is None else Decimal(to)) for kind in acts]


ALL = "conduct the procurement, award or enter into the contract"


@pytest.mark.parametrize(
    ("bands", "reach", "said"),
    [
        ([], 100_000, ()),
        (buying(120_000), 100_000, ()),
        (buying(None), 100_000, ()),
        (buying(80_000), 100_000, (f"No post may {ALL} between £80,000 and £100,000 including VAT.",)),
        (buying(99_999) + buying(499_999, 100_000), 100_000, ()),
        (
            buying(99_999) + buying(499_999, 120_000), 100_000,
            (f"No post may {ALL} between £99,999 and £120,000 including VAT.",),
        ),
        (
            buying(120_000, acts=(ActKind.PROCURE, ActKind.AWARD)), None,
            ("No post may enter into the contract, whatever the value.",),
        ),
        (
            buying(499_999, acts=(ActKind.PROCURE, ActKind.ENTER)) + buying(120_000, acts=(ActKind.AWARD,)), None,
            ("No post may award between £120,000 and £499,999 including VAT.",),
        ),
        ([*buying(120_000), SchemeBand(ActKind.WAIVE, to_gross=Decimal(10))], 100_000, ()),
    ],
)  # fmt: skip
def test_values_that_the_scheme_leaves_to_nobody_are_said(
    bands: list[SchemeBand], reach: int | None, said: tuple[str, ...]
) -> None:
    assert gaps_in(bands, None if reach is None else Decimal(reach)) == said
