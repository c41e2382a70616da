"""Standing reports answer in one line; a power stands where the calendar puts it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from procure.authority.power_register import Life, Narrow, RegisterRow, SignedUnder, life_of, together
from procure.authority.rules import ActKind, Power, ResolutionKind, ResolutionStatus
from procure.authority.rules.asking import Question
from procure.authority.rules.life import power_holds
from procure.desk.rules.reports import REPORTS, report_named

TODAY = date(2027, 11, 19)
POWER = Power(source="Scheme, 4.2", giver="Full Council", act=ActKind.AWARD, post="Director", in_force_from=TODAY)
ROW = RegisterRow(
    number=1, act="award", post="Director", acting="", source="Scheme, 4.2", words="", href="", file="",
    consulted="Nobody", limits="", further=(), from_on=TODAY, until_on=None, until_said="no end date",
    life=Life.IN_FORCE, why_not="", has_no_limit=False, used=(), used_count=0, is_example=False,
)  # fmt: skip


def life(power: Power) -> Life:
    why = next((one.sentence for one in power_holds(power, Question(power.act, TODAY, power, None))), "")
    return life_of(power, why, TODAY)


@pytest.mark.parametrize(("changes", "stands"), [
    ({}, Life.IN_FORCE),
    ({"until_on": TODAY}, Life.IN_FORCE),
    ({"until_on": date(2027, 11, 18)}, Life.ENDED),
    ({"superseded_on": TODAY}, Life.ENDED),
    ({"superseded_on": date(2027, 11, 20)}, Life.IN_FORCE),
    ({"in_force_from": date(2027, 11, 20)}, Life.TO_COME),
    ({"in_force_from": None}, Life.TO_COME),
    ({"in_force_from": None, "is_stopped": True}, Life.NO_POWER),
    ({"resolution_kind": ResolutionKind.NOTE}, Life.NO_POWER),
    ({"resolution_kind": ResolutionKind.DELEGATE, "resolution_status": ResolutionStatus.RESCINDED}, Life.NO_POWER),
    ({"post_ended_on": date(2027, 1, 1)}, Life.NO_POWER),
])  # fmt: skip
def test_where_a_power_stands(changes: dict[str, object], stands: Life) -> None:
    assert life(replace(POWER, **changes)) is stands  # type: ignore[arg-type]


@pytest.mark.parametrize(("changes", "fits"), [
    ({}, {Narrow.IN_FORCE, Narrow.UNUSED}),
    ({"used": (SignedUnder("ODR-1", TODAY, ()),)}, {Narrow.IN_FORCE}),
    ({"until_on": date(2028, 2, 19)}, {Narrow.IN_FORCE, Narrow.UNUSED, Narrow.EXPIRING}),
    ({"until_on": date(2028, 2, 20)}, {Narrow.IN_FORCE, Narrow.UNUSED}),
    ({"has_no_limit": True}, {Narrow.IN_FORCE, Narrow.UNUSED, Narrow.NO_LIMIT}),
    ({"life": Life.TO_COME, "has_no_limit": True}, {Narrow.TO_COME, Narrow.NO_LIMIT}),
    ({"life": Life.ENDED, "has_no_limit": True}, {Narrow.ENDED}),
    ({"life": Life.NO_POWER}, set()),
])  # fmt: skip
def test_what_a_power_is_looked_for_as(changes: dict[str, object], fits: set[Narrow]) -> None:
    row = replace(ROW, **changes)  # type: ignore[arg-type]
    assert {one for one in Narrow if row.fits(one, TODAY)} == fits


def test_powers_that_differ_in_nothing_but_the_act_are_read_together() -> None:
    other = replace(ROW, number=3, act="extend", limits="Up to £1 including VAT.")
    found = together([ROW, replace(ROW, number=2, act="enter into the contract"), other])
    assert [one.act for one in found] == ["award or enter into the contract", "extend"]


@pytest.mark.parametrize(("count", "said"), [
    (0, "Nothing is late."),
    (1, "One decision was published late, or still isn’t published."),
    (2, "Two decisions were published late, or still aren’t published."),
    (40, "40 decisions were published late, or still aren’t published."),
])  # fmt: skip
def test_a_report_answers_in_one_line(count: int, said: str) -> None:
    report = report_named("published-late")
    assert report is not None and report.answer(count) == said


def test_every_report_has_an_address_and_an_answer_of_its_own() -> None:
    no_limit = report_named("no-limit")
    assert no_limit is not None and no_limit.answer(0) == "No signed award rests on a power without a limit."
    assert len({one.name for one in REPORTS}) == len({one.none for one in REPORTS}) == len(REPORTS)
    assert report_named("nothing") is None
