"""Papers of an evaluation: what they say, what keeps them back, and who may not open them yet."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from procure.authority.signature import papers_bound
from procure.demonstration import award, days, evaluation
from procure.demonstration.cast import Cast
from procure.documents.actions import content_of, missing_from
from procure.documents.gaps import HasGaps
from procure.documents.jobs import to_be_packed
from procure.evaluation import actions
from procure.evaluation.actions.papers import Checked, check_bids, issue_paper, open_paper
from procure.evaluation.documents import (
    DECLARATION,
    EVALUATION_REPORT,
    MODERATION_RECORD,
    OPENING_RECORD,
    SCORE_SHEET,
)
from procure.evaluation.facts import bids_of
from procure.evaluation.rules import InterestOutcome
from procure.extensions import db
from procure.procurement.models import Lot
from procure.refusals import Refusal
from tests.a_competition import evaluated, evaluating
from tests.an_evaluation import a_bid, agree, all_scored, declare, member, name_panel, numbers, opened_again
from tests.documents.papers import words_of

AT = days.at(days.EVALUATED)


def refused(deed: Callable[[], object]) -> Refusal:
    with pytest.raises(Refusal) as refusal:
        deed()
    db.session.expire_all()
    return refusal.value


def gaps(lot: Lot, cast: Cast, document: object) -> list[str]:
    return [gap.meaning for gap in missing_from(document, lot, by=cast["officer"], at=AT)]  # type: ignore[arg-type]


def test_the_record_of_the_opening_names_both_who_opened_and_waits_for_the_checks(cast: Cast) -> None:
    file = evaluating(cast)
    lot = file.only_lot
    evaluation.receive(file, cast)
    assert "what is missing from the tender of Example Trust" in gaps(lot, cast, OPENING_RECORD)
    with pytest.raises(HasGaps):
        issue_paper(lot, OPENING_RECORD, None, by=cast["officer"], at=AT)
    evaluation.check(file, cast)
    assert gaps(lot, cast, OPENING_RECORD) == []
    words = words_of(content_of(issue_paper(lot, OPENING_RECORD, None, by=cast["officer"], at=AT)))
    assert lot.opening is not None
    for said in (lot.opening.service.name, lot.opening.outside.name, "Example Alliance", "in time"):
        assert said in words
    assert "£" not in words


def test_a_score_sheet_is_closed_to_all_but_its_writer_until_every_evaluator_has_finished(cast: Cast) -> None:
    lot = evaluating(cast).only_lot
    a_bid(lot, cast, "Smith & Sons <Ltd>")
    name_panel(lot, cast)
    declare(lot, cast)
    own = member(lot, cast, "evaluator1")
    open_paper(lot, SCORE_SHEET, own, cast["evaluator1"], at=AT)
    for key in ("evaluator2", "moderator", "officer"):
        refusal = refused(lambda key=key: open_paper(lot, SCORE_SHEET, own, cast[key], at=AT))  # type: ignore[misc]
        assert "sealed" in refusal.sentence
    for document in (SCORE_SHEET, MODERATION_RECORD, EVALUATION_REPORT):
        of = own if document is SCORE_SHEET else None
        assert refused(lambda d=document, o=of: issue_paper(lot, d, o, by=cast["officer"], at=AT)).recorded  # type: ignore[misc]


def test_the_moderation_record_wants_the_discussion_where_scores_lay_apart(cast: Cast) -> None:
    lot = evaluating(cast).only_lot
    bid = a_bid(lot, cast, "Smith & Sons <Ltd>")
    all_scored(lot, cast)
    agree(lot, cast, {bid.id: (3, 4, 3, 3)})
    assert gaps(lot, cast, MODERATION_RECORD) == ["what the panel discussed on Reaching every ward"]
    second = numbers(lot)[1]
    same = {bid.id: actions.Given(4, f"Page {second}.")}
    actions.agree(lot, second, same, discussed="Page 9 was overlooked.", by=cast["moderator"], at=AT)
    words = words_of(content_of(issue_paper(lot, MODERATION_RECORD, None, by=cast["officer"], at=AT)))
    assert "Page 9 was overlooked." in words and "Agreed by all" in words and "Smith & Sons <Ltd>" in words
    assert "The evaluators had given the same scores" in words
    assert "Closed to the panel until every score was agreed" in words
    changed = {bid.id: actions.Given(5, "Page 9, read again.")}
    opened_again(bid, second, cast)
    actions.agree(lot, second, changed, by=cast["moderator"], at=AT)
    words = words_of(content_of(issue_paper(lot, MODERATION_RECORD, None, by=cast["officer"], at=AT)))
    assert "changed afterwards, with a reason on file: Reaching every ward" in words


def test_the_report_takes_its_figures_from_the_record(cast: Cast) -> None:
    file = evaluating(cast)
    lot = file.only_lot
    evaluation.receive(file, cast)
    evaluation.check(file, cast)
    evaluation.score_alone(file, cast)
    evaluation.agree(file, cast)
    missing = gaps(lot, cast, EVALUATION_REPORT)
    assert "who checked the arithmetic" in missing and "result of the evaluation" not in missing
    network = next(bid for bid in bids_of(lot) if bid.supplier.name == "Example Network")
    found = Checked("Nothing", "Nothing", "All met", Decimal("497999.99"))
    check_bids(lot, {network.id: found}, by=cast["officer"], at=AT)
    evaluation.account(file, cast)
    words = words_of(content_of(issue_paper(lot, EVALUATION_REPORT, None, by=cast["officer"], at=AT)))
    for said in ("40 × £412,500 ÷ £450,000 = 36.67", "25 × 5 ÷ 5", "Total: 53.00 + 36.67 = 89.67", "Nobody was on it"):
        assert said in words
    for said in ("Example Alliance, 89.67 of 100", "£497,999.99", "£498,000.00", "53.00", "Ask for one page"):
        assert said in words
    assert "Only one tender" not in words


def test_a_declaration_prints_the_interest_and_who_decided(cast: Cast) -> None:
    lot, officer = evaluating(cast).only_lot, cast["officer"]
    bid = a_bid(lot, cast, "Smith & Sons <Ltd>")
    name_panel(lot, cast)
    own = member(lot, cast, "evaluator1")
    actions.declare(own, {bid.id: "My brother works there."}, by=cast["evaluator1"], at=AT)
    with pytest.raises(HasGaps, match="decision about the interest in Smith & Sons"):
        issue_paper(lot, DECLARATION, own, by=officer, at=AT)
    actions.decide_interest(own.declarations[0], InterestOutcome.STEPS_DOWN, "It could matter.", by=officer, at=AT)
    paper = issue_paper(lot, DECLARATION, own, by=officer, at=AT)
    words = words_of(content_of(paper))
    assert "My brother works there." in words and "It could matter." in words
    assert "A. Officer, Procurement Officer, 9 November 2027" in words
    assert paper.subject == cast["evaluator1"].name


def test_working_papers_are_not_before_whoever_decides_and_not_in_the_pack_of_all(cast: Cast) -> None:
    file = evaluated(cast)
    issue_paper(file.only_lot, MODERATION_RECORD, None, by=cast["officer"], at=AT)
    award.recommend(file, cast)
    decision = file.only_lot.award.decision  # type: ignore[union-attr]
    assert "moderation-record" not in {paper.name for paper in papers_bound(decision)}
    assert "moderation-record" not in {paper.name for paper in to_be_packed(file.reference)}
    assert {paper.name for paper in to_be_packed(file.reference, "evaluation")} == {"moderation-record"}
