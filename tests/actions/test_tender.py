"""Setting the method, opening the competition, opening the bids: rows, trail, refusals, nothing left behind."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from procure.audit.models import TrailEntry
from procure.authority import call_in_actions
from procure.authority.call_in import CallInResult
from procure.authority.rules import ResolutionKind
from procure.demonstration import days, tender
from procure.demonstration.cast import Cast
from procure.evaluation.models import Evaluation
from procure.extensions import db
from procure.notices.models import Notice
from procure.procurement.actions import MoveRefused, move
from procure.procurement.models import Procurement
from procure.procurement.rules import ContractKind, Route, Stage
from procure.refusals import Refusal
from procure.suppliers.actions import SupplierIsKnown, supplier_for
from procure.suppliers.models import Supplier
from procure.suppliers.rules import Particulars
from procure.tender import actions
from procure.tender.facts import waiting_for
from procure.tender.models import Method
from procure.tender.opening_actions import come_to_open
from procure.tender.pack_actions import issue_pack
from procure.tender.rules import CriterionLine, PriceFormula
from procure.tender.timetable_actions import set_timetable
from tests.a_competition import a_file_to_tender, decide, open_to_bids, papers_out

CLOSES = days.at(days.TENDER_CLOSES, 14)


def publish(file: Procurement, cast: Cast, on: date, recorded_on: date | None = None, closes: object = CLOSES) -> None:
    actions.publish_notice(
        file.only_lot, reference="041267-2027", published_on=on, closes_at=closes, by=cast["officer"],  # type: ignore[arg-type]
        at=days.at(recorded_on or on, 9, 30),
    )  # fmt: skip


def refused(act: object) -> str:
    with pytest.raises(Refusal) as refusal:
        act()  # type: ignore[operator]
    return refusal.value.sentence


def test_the_method_is_kept_and_changed_in_place(cast: Cast) -> None:
    file = a_file_to_tender(cast)
    tender.set_method(file, cast)
    actions.set_method(
        file.only_lot, price_weight=50, formula=PriceFormula.DEVIATION_FROM_LOWEST, panel_size=3,
        criteria=[CriterionLine("Understanding of need", 30), CriterionLine("Social value", 20)], by=cast["officer"],
        at=days.at(days.METHOD_SET, 12),
    )  # fmt: skip
    method = db.session.scalars(select(Method)).one()
    assert [(one.number, one.title, one.weight) for one in method.criteria] == [
        (1, "Understanding of need", 30),
        (2, "Social value", 20),
    ]
    changed = db.session.scalars(
        select(TrailEntry.kind).where(TrailEntry.table_name == "award_criterion").order_by(TrailEntry.number)
    ).all()
    assert sorted(changed) == ["added"] * 5 + ["changed"] * 2 + ["removed"] * 3


def test_weights_that_make_no_hundred_leave_nothing_behind(cast: Cast) -> None:
    file = a_file_to_tender(cast)
    said = refused(
        lambda: actions.set_method(
            file.only_lot, price_weight=40, formula=PriceFormula.LOWEST_OVER_PRICE, panel_size=3,
            criteria=[CriterionLine("Need", 50)], by=cast["officer"], at=days.at(days.METHOD_SET),
        )
    )  # fmt: skip
    assert said == "The weights add up to 90. With price they must add up to 100."
    assert db.session.scalars(select(Method)).first() is None


def test_the_notice_opens_the_competition_and_locks_the_method(cast: Cast) -> None:
    file = open_to_bids(cast)
    lot = file.only_lot
    assert (lot.stage, file.stage, file.ocid) == (Stage.OPEN_TO_BIDS, Stage.OPEN_TO_BIDS, "ocds-h6vhtk-0a1b2c")
    notice = db.session.scalars(select(Notice)).one()
    assert (notice.reference, notice.published_on, notice.closes_at) == ("041267-2027", days.TENDER_OPENS, CLOSES)
    said = db.session.scalars(select(TrailEntry.said).where(TrailEntry.table_name == "notice")).all()
    assert said == ["opened the competition"]
    assert refused(lambda: tender.set_method(file, cast)).startswith("The method was published")


def test_the_notice_is_refused_while_call_in_is_open_and_accepted_the_working_day_after(cast: Cast) -> None:
    file = a_file_to_tender(cast)
    tender.set_method(file, cast)
    papers_out(file, cast)
    for day in (date(2027, 7, 16), date(2027, 7, 23), date(2027, 7, 25)):
        assert refused(lambda day=day: publish(file, cast, day)) == (
            "You can’t publish yet. Cabinet’s decision can still be called in until 23 July 2027. "
            "Publish from Monday 26 July 2027."
        )
    # Recorded later, the day it went out still counts.
    assert "call" in refused(lambda: publish(file, cast, date(2027, 7, 20), recorded_on=date(2027, 8, 2)))
    assert db.session.scalars(select(Notice)).first() is None
    publish(file, cast, date(2027, 7, 26))
    assert file.only_lot.stage is Stage.OPEN_TO_BIDS


def test_a_called_in_decision_stops_the_notice_until_it_is_upheld(cast: Cast) -> None:
    file = a_file_to_tender(cast, decided=False)
    tender.set_method(file, cast)
    papers_out(file, cast)
    meeting, clerk = decide(file, cast), cast["democratic"]
    call_in_actions.call_in(meeting, on=date(2027, 7, 21), because="Cost", by=clerk, at=days.at(date(2027, 7, 21)))
    assert "has been called in" in refused(lambda: publish(file, cast, days.TENDER_OPENS))
    call_in_actions.end_call_in(
        meeting, on=date(2027, 8, 5), result=CallInResult.UPHELD, by=clerk, at=days.at(date(2027, 8, 5))
    )
    publish(file, cast, days.TENDER_OPENS)
    assert file.only_lot.stage is Stage.OPEN_TO_BIDS


def test_a_resolution_that_notes_gives_no_power_to_buy(cast: Cast) -> None:
    file = a_file_to_tender(cast, decided=False)
    tender.set_method(file, cast)
    assert "Nothing on this file shows authority" in refused(lambda: publish(file, cast, days.TENDER_OPENS))
    decide(file, cast, ResolutionKind.NOTE)
    assert "gives no power to buy" in refused(lambda: publish(file, cast, days.TENDER_OPENS))


def test_the_move_alone_is_refused_without_a_notice(cast: Cast) -> None:
    file = a_file_to_tender(cast)
    tender.set_method(file, cast)
    papers_out(file, cast)
    with pytest.raises(MoveRefused, match="Enter the notice’s number"):
        move(file.only_lot, "publish the tender notice", by=cast["officer"], at=days.at(days.TENDER_OPENS))
    assert file.only_lot.stage is Stage.PREPARING


def test_an_ordinary_contract_gives_bidders_twenty_five_days(cast: Cast) -> None:
    file = a_file_to_tender(cast, kind=ContractKind.SERVICES)
    tender.set_method(file, cast)
    papers_out(file, cast)
    opens = days.TENDER_OPENS
    said = refused(lambda: publish(file, cast, opens, closes=days.at(opens + timedelta(days=24), 12)))
    assert said.startswith("Bidders must have until Friday 1 October 2027 at least.")
    shortest = days.at(opens + timedelta(days=25), 12)
    said = refused(lambda: publish(file, cast, opens, closes=shortest))
    assert said.startswith("The papers say 2:00pm on Monday 11 October 2027. Enter that, or change the timetable")
    set_timetable(file.only_lot, notice_on=opens, closes_at=shortest, by=cast["officer"], at=days.at(days.METHOD_SET))
    issue_pack(file.only_lot, by=cast["officer"], at=days.at(days.PAPERS_ISSUED, 12))
    publish(file, cast, opens, closes=shortest)
    assert file.only_lot.stage is Stage.OPEN_TO_BIDS


def test_a_notice_that_is_still_to_come_or_ends_before_it_begins_is_refused(cast: Cast) -> None:
    file = a_file_to_tender(cast)
    tender.set_method(file, cast)
    opens = days.TENDER_OPENS
    assert "still to come" in refused(lambda: publish(file, cast, opens, recorded_on=opens - timedelta(days=1)))
    assert "after the day of the notice" in refused(lambda: publish(file, cast, opens, closes=days.at(opens, 14)))


def test_bids_stay_closed_to_the_second_and_the_attempt_is_recorded(cast: Cast) -> None:
    file = open_to_bids(cast)
    early = CLOSES - timedelta(seconds=1)
    said = refused(lambda: come_to_open(file.only_lot, by=cast["officer"], at=early))
    assert said == "Bids stay closed until 2:00pm on Monday 11 October 2027."
    assert db.session.scalars(select(Evaluation)).first() is None
    assert db.session.scalars(select(TrailEntry.note).where(TrailEntry.kind == "refused")).all() == [said]
    assert come_to_open(file.only_lot, by=cast["officer"], at=CLOSES) is None
    come_to_open(file.only_lot, by=cast["democratic"], at=CLOSES)
    assert (file.only_lot.stage, file.only_lot.evaluation.opened_at) == (Stage.EVALUATING, CLOSES)  # type: ignore[union-attr]


def a_quote_file(cast: Cast, annual_net: int = 12_000) -> Procurement:
    file = a_file_to_tender(cast, route=Route.SCHEME, kind=ContractKind.SERVICES, annual_net=annual_net)
    tender.set_method(file, cast)
    return file


def add(file: Procurement, cast: Cast, number: int) -> Supplier:
    at = days.at(days.METHOD_SET)
    supplier = supplier_for(
        Particulars(f"Supplier {number}", f"{number}@supplier.example", charity_number=f"20000{number}"),
        by=cast["officer"], at=at,
    )  # fmt: skip
    actions.invite(file.only_lot, supplier, by=cast["officer"], at=at)
    return supplier


def quotes(file: Procurement, cast: Cast) -> None:
    actions.publish_notice(
        file.only_lot, reference="", published_on=days.TENDER_OPENS, closes_at=CLOSES, by=cast["officer"],
        at=days.at(days.TENDER_OPENS, 9),
    )  # fmt: skip


def test_quotes_are_invited_from_as_many_as_the_rules_ask(cast: Cast) -> None:
    file = a_quote_file(cast)
    with act_of_scheme(file, cast):
        add(file, cast, 1)
        add(file, cast, 2)
        assert "ask for 3 quotes at this value. You have listed 2 suppliers." in refused(lambda: quotes(file, cast))
        add(file, cast, 3)
        assert "Issue the request for quotes first." in refused(lambda: quotes(file, cast))
        papers_out(file, cast)
        quotes(file, cast)
    assert file.only_lot.stage is Stage.OPEN_TO_BIDS


def act_of_scheme(file: Procurement, cast: Cast) -> object:
    """The scheme's row stops at 48 months: bring the file within it, as its own page would."""
    from contextlib import nullcontext

    from procure.procurement.actions import describe

    describe(file, initial_months=24, note="Shorter.", by=cast["officer"], at=days.at(days.METHOD_SET))
    return nullcontext()


def test_a_purchase_beyond_the_scheme_is_refused(cast: Cast) -> None:
    file = a_quote_file(cast)
    for number in (1, 2, 3):
        add(file, cast, number)
    assert "stops at four years" in refused(lambda: quotes(file, cast))


def test_a_supplier_is_asked_once_and_known_by_its_number(cast: Cast) -> None:
    file = a_quote_file(cast)
    supplier = add(file, cast, 1)
    at = days.at(days.METHOD_SET)
    assert "already on the list" in refused(lambda: actions.invite(file.only_lot, supplier, by=cast["officer"], at=at))
    same = Particulars("Supplier One Limited", charity_number="20-000 1")
    with pytest.raises(SupplierIsKnown) as known:
        supplier_for(same, by=cast["officer"], at=at)
    assert known.value.is_same and known.value.known == (supplier,)
    assert supplier_for(same, use=supplier.id, by=cast["officer"], at=at) is supplier


def test_a_namesake_is_never_taken_for_the_same_without_being_asked(cast: Cast) -> None:
    file = a_quote_file(cast)
    supplier = add(file, cast, 1)
    at, typed = days.at(days.METHOD_SET), Particulars("supplier 1", charity_number="300001")
    with pytest.raises(SupplierIsKnown) as known:
        supplier_for(typed, by=cast["officer"], at=at)
    assert not known.value.is_same
    other = supplier_for(typed, is_another=True, by=cast["officer"], at=at)
    assert other.id != supplier.id and other.identifier == "GB-CHC-300001"


def test_the_officer_is_told_the_next_task(cast: Cast, app: object) -> None:
    file = a_file_to_tender(cast)
    with app.test_request_context():  # type: ignore[attr-defined]
        (first,) = waiting_for(cast["officer"], days.METHOD_SET)
        assert (first.what, first.href) == (
            "Say how bids will be judged",
            f"/procurements/{file.reference}/tender/method",
        )
        tender.set_method(file, cast)
        (second,) = waiting_for(cast["officer"], days.METHOD_SET)
        assert (second.what, second.href) == (
            "Plan the timetable",
            f"/procurements/{file.reference}/tender/timetable/plan",
        )
        papers_out(file, cast)
        assert waiting_for(cast["officer"], days.METHOD_SET)[0].what == "Record the tender notice"
        assert waiting_for(cast["moderator"], days.METHOD_SET) == []


def test_the_parts_of_a_criterion_are_scored_in_its_place(cast: Cast) -> None:
    file = a_file_to_tender(cast)
    tender.set_method(file, cast)
    method = db.session.scalars(select(Method)).one()
    assert [(one.label, one.depth, one.points) for one in method.criteria] == [
        ("1", 0, 25), ("2", 0, 25), ("2.1", 1, 15), ("2.2", 1, 10), ("3", 0, 10),
    ]  # fmt: skip
    assert [(one.label, one.points) for one in method.scored] == [("1", 25), ("2.1", 15), ("2.2", 10), ("3", 10)]
    assert sum(one.points for one in method.scored) == Decimal(60)


def test_criteria_typed_in_any_order_are_numbered_through_their_tree(cast: Cast) -> None:
    file = a_file_to_tender(cast)
    lines = [
        CriterionLine("Quality", 40), CriterionLine("Social value", 20), CriterionLine("Staff", 50, part_of=1),
        CriterionLine("Method", 50, part_of=1), CriterionLine("Training", 100, part_of=3),
    ]  # fmt: skip
    method = _keep(file, cast, lines)
    assert [(one.number, one.label, one.title, one.points) for one in method.criteria] == [
        (1, "1", "Quality", 40), (2, "1.1", "Staff", 20), (3, "1.1.1", "Training", 20), (4, "1.2", "Method", 20),
        (5, "2", "Social value", 20),
    ]  # fmt: skip
    assert [one.label for one in method.scored] == ["1.1.1", "1.2", "2"]
    flat = _keep(file, cast, [CriterionLine("Quality", 30), CriterionLine("Staff", 30)])
    assert [(one.label, one.title) for one in flat.criteria] == [("1", "Quality"), ("2", "Staff")]
    assert all(one.parent is None for one in flat.criteria)


def _keep(file: Procurement, cast: Cast, lines: list[CriterionLine]) -> Method:
    return actions.set_method(
        file.only_lot, price_weight=40, formula=PriceFormula.LOWEST_OVER_PRICE, panel_size=3, criteria=lines,
        by=cast["officer"], at=days.at(days.METHOD_SET),
    )  # fmt: skip


def test_parts_that_make_no_hundred_are_refused_at_their_row(cast: Cast) -> None:
    file = a_file_to_tender(cast)
    lines = [CriterionLine("Quality", 60), CriterionLine("Staff", 50, part_of=1), CriterionLine("Plan", 40, part_of=1)]
    with pytest.raises(actions.MethodNotWhole) as refusal:
        _keep(file, cast, lines)
    assert refusal.value.field == "criteria:2:weight"
    assert refusal.value.sentence.startswith("The parts of Quality add up to 90%.")
    assert db.session.scalars(select(Method)).first() is None
