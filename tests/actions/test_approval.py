"""The report: written, cleared, locked, voided, issued; and the shorter route."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select

from procure.approval import actions
from procure.approval.facts import facts_of, is_cleared, waiting_for
from procure.approval.gathering.report import cabinet_report
from procure.approval.models import Implication, Report
from procure.approval.rules import Rating
from procure.audit.models import TrailEntry
from procure.demonstration import approval, days
from procure.demonstration.cast import COMMUNITY, DIRECTOR, FINANCE, LAW, Cast
from procure.documents.kinds import wrong_facts
from procure.documents.models import Paper
from procure.extensions import db
from procure.procurement.actions import MoveRefused, describe, move
from procure.procurement.rules import Stage
from tests.an_approval import a_decided_file, a_file_seeking_approval, a_reported_file, a_written_report

AT = days.at(days.CLEARED, 10)


def financial(report: Report) -> Implication:
    return report.implications[0]


def write_financial(report: Report, cast: Cast) -> Implication:
    one = financial(report)
    actions.write_implication(one, "Within the budget.", cast.post(FINANCE), by=cast["officer"], at=AT)
    return one


def test_a_report_begins_with_what_the_file_knows(cast: Cast) -> None:
    report = actions.begin_report(a_file_seeking_approval(cast), by=cast["officer"], at=AT)
    assert report.delegate_post is cast.post(DIRECTOR)
    assert [one.heading for one in report.implications] == ["Financial implications", "Legal implications", "Equality"]
    assert financial(report).author_post is cast.post(FINANCE)
    words = actions.model_words(report)
    assert words[0].startswith("Agree Option 4 (A new contract, with local giving)")
    assert "to a maximum of £666,000 including VAT" in words[1]


def test_only_a_holder_of_the_authors_post_clears(cast: Cast) -> None:
    one = write_financial(a_written_report(cast), cast)
    with pytest.raises(actions.NotTheAuthor, match="Only the Chief Operating Officer"):
        actions.clear(one, by=cast["officer"], at=AT)
    assert one.cleared_at is None
    actions.clear(one, by=cast["finance"], at=AT)
    assert is_cleared(one) and one.cleared_by is cast["finance"]


def test_an_empty_implication_cannot_be_cleared(cast: Cast) -> None:
    with pytest.raises(actions.NothingToClear):
        actions.clear(financial(a_written_report(cast)), by=cast["finance"], at=AT)


def test_a_cleared_text_is_locked_until_its_clearance_is_taken_back(cast: Cast) -> None:
    one = write_financial(a_written_report(cast), cast)
    actions.clear(one, by=cast["finance"], at=AT)
    with pytest.raises(actions.TextLocked):
        actions.write_implication(one, "Something else.", cast.post(FINANCE), by=cast["officer"], at=AT)
    assert one.text == "Within the budget."
    with pytest.raises(actions.TextLocked, match="Say why"):
        actions.take_back(one, because="", by=cast["finance"], at=AT)
    actions.take_back(one, because="A figure is wrong.", by=cast["finance"], at=AT)
    assert not is_cleared(one)
    entry = db.session.scalars(select(TrailEntry).where(TrailEntry.note == "A figure is wrong.")).first()
    assert entry is not None and "took back the clearance" in entry.said


def test_a_changed_value_voids_every_clearance(cast: Cast) -> None:
    report = a_written_report(cast)
    one = write_financial(report, cast)
    actions.clear(one, by=cast["finance"], at=AT)
    describe(report.procurement, annual_net=Decimal(120_000), by=cast["officer"], at=AT)
    assert not is_cleared(one)
    actions.clear(one, by=cast["finance"], at=AT)
    assert is_cleared(one)


def test_a_changed_recommendation_voids_every_clearance(cast: Cast) -> None:
    report = a_written_report(cast)
    one = write_financial(report, cast)
    actions.clear(one, by=cast["finance"], at=AT)
    said = [row.words for row in report.recommendations]
    actions.recommend(report, [*said[:3], "Agree something else."], by=cast["officer"], at=AT)
    assert len(report.recommendations) == 4 and not is_cleared(one)


def test_the_post_that_decides_is_not_consulted(cast: Cast) -> None:
    report = a_written_report(cast)
    with pytest.raises(actions.HeadingNeeded):
        actions.ask_for(report, cast.post(DIRECTOR), [cast.post(DIRECTOR)], by=cast["officer"], at=AT)
    actions.ask_for(report, cast.post(DIRECTOR), [cast.post(COMMUNITY), cast.post(LAW)], by=cast["officer"], at=AT)
    assert [one.post.name for one in report.consultees] == [COMMUNITY, LAW]


def test_the_report_is_not_issued_while_an_implication_is_uncleared(cast: Cast) -> None:
    report = a_written_report(cast)
    with pytest.raises(actions.ReportNotReady, match="isn’t written yet"):
        actions.issue_report(report, by=cast["officer"], at=AT)
    assert report.issued_at is None
    assert db.session.scalars(select(Paper)).first() is None


def test_the_report_is_issued_as_a_paper_with_nothing_retyped(cast: Cast) -> None:
    file = a_reported_file(cast)
    assert file.report is not None and file.report.issued_at is not None
    paper = db.session.scalars(select(Paper).where(Paper.name == "cabinet-report")).one()
    assert paper.about == file.reference and paper.number == 1
    facts = cabinet_report(file, AT)
    assert wrong_facts(facts) == []
    assert "A new contract, with local giving" in paper.facts


def test_a_change_after_issue_must_be_issued_again(cast: Cast) -> None:
    report = a_reported_file(cast).report
    assert report is not None
    actions.write(report, summary="Shorter.", by=cast["officer"], at=days.at(days.REPORT_ISSUED, 15))
    assert report.issued_at is None
    actions.issue_report(report, by=cast["officer"], at=days.at(days.REPORT_ISSUED, 16))
    assert db.session.scalars(select(Paper.number).order_by(Paper.number.desc())).first() == 2


def test_a_decided_report_is_not_changed(cast: Cast) -> None:
    file, _ = a_decided_file(cast)
    assert file.report is not None
    with pytest.raises(actions.ReportDecided):
        actions.write(file.report, summary="Other.", by=cast["officer"], at=days.at(days.METHOD_SET))


def test_risks_are_added_changed_and_taken_out(cast: Cast) -> None:
    report = a_written_report(cast)
    owner, officer = cast.post(LAW), cast["officer"]
    risk = actions.add_risk(report, "Delay", rating=Rating.LOW, mitigation="Plan", owner=owner, by=officer, at=AT)
    actions.change_risk(risk, "Delay", rating=Rating.HIGH, mitigation="Plan", owner=owner, by=officer, at=AT)
    assert risk.rating is Rating.HIGH
    actions.remove_risk(risk, by=officer, at=AT)
    assert "Delay" not in [one.text for one in report.risks]


def test_a_heading_stands_once_and_the_three_are_kept(cast: Cast) -> None:
    report = a_written_report(cast)
    with pytest.raises(actions.HeadingNeeded):
        actions.add_implication(report, "equality", None, by=cast["officer"], at=AT)
    with pytest.raises(actions.HeadingNeeded):
        actions.leave_out(financial(report), by=cast["officer"], at=AT)
    added = actions.add_implication(report, "Climate", cast.post(LAW), by=cast["officer"], at=AT)
    actions.leave_out(added, by=cast["officer"], at=AT)
    assert "Climate" not in [one.heading for one in report.implications]


def test_the_tender_is_prepared_only_after_the_decision(cast: Cast) -> None:
    file = a_reported_file(cast)
    with pytest.raises(MoveRefused, match="No resolution approves buying this"):
        move(file.only_lot, "prepare the tender", by=cast["officer"], at=days.at(days.CABINET_PUBLISHED))
    approval.cabinet(file, cast)
    move(file.only_lot, "prepare the tender", by=cast["officer"], at=days.at(days.CABINET_IN_FORCE))
    assert file.stage is Stage.PREPARING
    facts = facts_of(file.only_lot, days.CABINET_IN_FORCE)
    assert facts.in_force_from == days.CABINET_IN_FORCE and facts.is_in_force(days.CABINET_IN_FORCE)
    assert not facts_of(file.only_lot, date(2027, 7, 23)).is_in_force(date(2027, 7, 23))


def test_a_purchase_on_three_quotes_walks_the_shorter_route(cast: Cast) -> None:
    file = approval.scheme_purchase(cast)
    assert file.stage is Stage.PREPARING
    assert [change.to_stage for change in file.stage_changes] == [Stage.SEEKING_APPROVAL, Stage.PREPARING]
    assert file.value_net == Decimal(60_000) and file.report is None and file.appraisal is None


def test_the_scheme_does_not_reach_beyond_its_limit(cast: Cast) -> None:
    file = approval.scheme_purchase(cast, to=Stage.SEEKING_APPROVAL)
    describe(file, annual_net=Decimal(40_000), by=cast["officer"], at=AT)
    with pytest.raises(MoveRefused, match="allows up to £120,000"):
        move(file.only_lot, "prepare the tender", by=cast["officer"], at=AT)
    assert file.stage is Stage.SEEKING_APPROVAL


def test_each_author_is_asked_to_write_and_to_clear(app: object, cast: Cast) -> None:
    write_financial(a_written_report(cast), cast)
    with app.test_request_context():  # type: ignore[attr-defined]
        assert [one.what for one in waiting_for(cast["finance"], days.CLEARED)] == ["Clear “Financial implications”"]
        assert [one.what for one in waiting_for(cast["law"], days.CLEARED)] == ["Write “Legal implications”"]
        assert [one.what for one in waiting_for(cast["officer"], days.CLEARED)] == ["Finish the report"]
