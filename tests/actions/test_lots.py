"""A purchase divided into lots: each goes its own way, and the file stands with the slowest."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import pytest

from procure.audit.actions import ChangedMeanwhile, Machine, act
from procure.demonstration import days
from procure.demonstration.cast import Cast
from procure.extensions import db
from procure.procurement.actions import CannotDivide, LotLine, MoveRefused, describe, divide, move
from procure.procurement.models import Lot, Procurement
from procure.procurement.rules import Stage
from procure.tender.actions import set_method
from procure.tender.rules import CriterionLine, PriceFormula
from tests.a_competition import a_file_to_tender

LOTS = (LotLine("West of the borough", Decimal(61_000)), LotLine("East of the borough", Decimal(50_000)))


@pytest.fixture
def file(cast: Cast) -> Procurement:
    """Approved, at *Preparing the tender*, in two lots."""
    found = a_file_to_tender(cast)
    divide(found, LOTS, by=cast["officer"], at=days.at(days.METHOD_SET))
    return found


def opens(lot: Lot) -> None:
    """Let a lot stand where its notice is out; how a notice goes out has tests of its own."""
    with act("opened the competition", on=lot, by=Machine("test"), at=days.at(days.TENDER_OPENS, 9)):
        lot.stage = Stage.OPEN_TO_BIDS


def test_each_lot_has_its_own_reference_and_the_file_keeps_its_own(file: Procurement) -> None:
    assert [lot.reference for lot in file.lots] == ["PRO-2027-014-L1", "PRO-2027-014-L2"]
    assert file.lots[1].label == "Lot 2: East of the borough"
    assert {lot.stage for lot in file.lots} == {Stage.PREPARING}


def test_the_parts_must_come_to_the_whole(file: Procurement, cast: Cast) -> None:
    one, other = LOTS
    with pytest.raises(CannotDivide, match=r"come to £101,000 a year\. The purchase is £111,000"):
        divide(file, (one, LotLine(other.title, Decimal(40_000))), by=cast["officer"], at=days.at(days.METHOD_SET))
    assert [lot.annual_net for lot in file.lots] == [61_000, 50_000]


@pytest.mark.parametrize(
    ("lines", "said"),
    [((LotLine("All of it"),), "One lot is no division"), ((LotLine("East"), LotLine("east")), "the same name")],
)
def test_lots_that_are_none_are_refused(file: Procurement, cast: Cast, lines: tuple[LotLine, ...], said: str) -> None:
    with pytest.raises(CannotDivide, match=said):
        divide(file, lines, by=cast["officer"], at=days.at(days.METHOD_SET))


def test_a_divided_purchase_can_become_one_again(file: Procurement, cast: Cast) -> None:
    divide(file, (), by=cast["officer"], at=days.at(days.METHOD_SET))
    assert [lot.reference for lot in file.lots] == ["PRO-2027-014"]
    assert not file.only_lot.label


def test_a_lot_with_criteria_of_its_own_cannot_be_struck_off(file: Procurement, cast: Cast) -> None:
    set_method(
        file.lots[1], price_weight=40, formula=PriceFormula.LOWEST_OVER_PRICE, panel_size=2,
        criteria=(CriterionLine("Understanding of need", 60),), by=cast["officer"], at=days.at(days.METHOD_SET),
    )  # fmt: skip
    with pytest.raises(CannotDivide, match="Lot 2: East of the borough has its own award criteria"):
        divide(file, (), by=cast["officer"], at=days.at(days.METHOD_SET))
    assert len(file.lots) == 2


def test_one_lot_is_out_while_the_other_waits_and_the_file_stands_with_the_slower(
    file: Procurement, cast: Cast
) -> None:
    first, second = file.lots
    opens(first)
    assert (first.stage, second.stage, file.stage) == (Stage.OPEN_TO_BIDS, Stage.PREPARING, Stage.PREPARING)
    with pytest.raises(CannotDivide, match="A competition has opened"):
        divide(file, (), by=cast["officer"], at=days.at(days.TENDER_OPENS, 15))
    with pytest.raises(MoveRefused, match="Lot 1: West of the borough stands at: Open to bids"):
        move(second, "send back a stage", by=cast["officer"], at=days.at(days.TENDER_OPENS, 15), note="Too early.")


def test_a_pause_holds_every_lot_and_each_goes_on_from_where_it_was(file: Procurement, cast: Cast) -> None:
    first, second = file.lots
    opens(first)
    at = days.at(days.TENDER_OPENS, 16)
    move(first, "pause", by=cast["officer"], at=at, note="The grant is in doubt.")
    assert {lot.stage for lot in file.lots} == {Stage.PAUSED} == {file.stage}
    move(second, "take up again", by=cast["officer"], at=at, note="The grant is certain.")
    assert (first.stage, second.stage) == (Stage.OPEN_TO_BIDS, Stage.PREPARING)
    assert {lot.paused_from for lot in file.lots} == {None}


def test_two_officers_who_divide_at_once_do_not_overwrite_each_other(file: Procurement, cast: Cast) -> None:
    seen = file.version
    at: datetime = days.at(days.METHOD_SET)
    describe(file, title="Social infrastructure", note="Shorter.", by=cast["officer"], at=at)
    with pytest.raises(ChangedMeanwhile):
        divide(file, LOTS[:2], by=cast["officer"], at=at, sees=seen)
    db.session.rollback()
