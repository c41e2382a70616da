"""What is settled before the notice, and changed after it: strategy, conflicts, addenda, questions and answers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from procure.demonstration import days, settled, tender, tender_papers
from procure.demonstration.cast import COMMISSIONING, Cast
from procure.documents.actions import content_of, issue, missing_from
from procure.documents.gaps import HasGaps
from procure.documents.models import Paper
from procure.extensions import db
from procure.notices.facts import opening_notice
from procure.refusals import Refusal
from procure.tender.addendum_actions import AddendumWords, ChangeLine, issue_addendum, issue_log, write_addendum
from procure.tender.conflict_actions import consider, prepare_assessment, review
from procure.tender.conflict_rules import ConflictKind, ConflictOutcome, DeclaredKind
from procure.tender.documents import CONFLICTS_ASSESSMENT, PROCUREMENT_STRATEGY
from procure.tender.strategy_actions import say_strategy
from tests.a_competition import a_file_to_tender, open_to_bids, planned
from tests.documents.papers import words_of

AT = days.at(days.PAPERS_ISSUED)
OPEN = days.at(days.BRIEFING)
INTEREST: dict[str, Any] = {
    "interest": "Brother is a trustee of Smith & Sons <Ltd>", "interest_kind": DeclaredKind.PERSONAL_INDIRECT,
    "since": "2024", "conflict_kind": ConflictKind.PERCEIVED, "advantage": "It could, if E. Two scored.",
    "steps": "Does not evaluate.", "outcome": ConflictOutcome.RESOLVED,
}  # fmt: skip
SAID = AddendumWords(
    "A figure was wrong.", "It is no change of a criterion.", "It is small and early.",
    [ChangeLine("Specification, section 5", "18 wards", "19 wards")],
)  # fmt: skip


def refused(deed: Callable[[], object]) -> Refusal:
    with pytest.raises(Refusal) as refusal:
        deed()
    db.session.expire_all()
    return refusal.value


def person(name: str, **more: Any) -> dict[str, Any]:
    return {"name": name, "post": "Officer", "role": "Evaluator", "declared_on": settled.DECLARED,
            "interest": ""} | more  # fmt: skip


def test_the_strategy_takes_what_the_file_holds_and_asks_for_the_rest(cast: Cast) -> None:
    file = a_file_to_tender(cast)
    tender.set_method(file, cast)
    planned(file, cast)
    tender_papers.write(file, cast)
    say_strategy(file, cast.post(COMMISSIONING), settled.STRATEGY, by=cast["officer"], at=AT)
    assert file.cpv == "98133100"
    missing = {gap.meaning for gap in missing_from(PROCUREMENT_STRATEGY, file, by=cast["officer"], at=AT)}
    assert {"risks of the procurement", "day on which the conflicts assessment was prepared"} <= missing
    assert not {"need", "CPV codes", "award criteria", "budget of a year", "steps of the timetable"} & missing
    with pytest.raises(HasGaps):
        issue(PROCUREMENT_STRATEGY, file, by=cast["officer"], at=AT)


@pytest.mark.parametrize(
    ("change", "field", "says"),
    [
        ({"cpv": "9813 | Support"}, "cpv", "eight figures"),
        ({"cpv": "98133100"}, "cpv", "two parts"),
        ({"stages": "Final tenders"}, "stages", "two parts"),
        ({"estimated_on": date(2028, 1, 1)}, "estimated_on", "day to come"),
    ],
)
def test_a_strategy_that_is_not_right_is_refused(cast: Cast, change: dict[str, Any], field: str, says: str) -> None:
    file = a_file_to_tender(cast)
    facts = settled.STRATEGY | change
    refusal = refused(lambda: say_strategy(file, cast.post(COMMISSIONING), facts, by=cast["officer"], at=AT))
    assert refusal.field == field and says in refusal.sentence and file.strategy is None


def test_a_conflict_is_assessed_approved_printed_and_reviewed(cast: Cast) -> None:
    file, officer = a_file_to_tender(cast), cast["officer"]
    own = prepare_assessment(
        file, prepared_on=settled.PREPARED, approver_post=cast.post(COMMISSIONING), by=officer, at=AT
    )
    first = consider(own, person("E. One"), by=officer, at=AT)
    consider(own, person("E. Two", **INTEREST), by=officer, at=AT)
    missing = [gap.meaning for gap in missing_from(CONFLICTS_ASSESSMENT, file, by=officer, at=AT)]
    assert missing == ["day on which the assessment was approved"]
    prepare_assessment(
        file, prepared_on=settled.PREPARED, approver_post=cast.post(COMMISSIONING), approved_on=settled.APPROVED,
        by=officer, at=AT,
    )  # fmt: skip
    said = words_of(content_of(issue(CONFLICTS_ASSESSMENT, file, by=officer, at=AT)))
    assert "Smith & Sons <Ltd> (personal, through somebody close; since 2024)" in said and "Perceived" in said
    assert "No review has fallen due yet" in said
    consider(own, person("E. One", role="Moderator"), person=first, by=officer, at=AT + timedelta(hours=1))
    review(own, on=days.PAPERS_ISSUED, at_stage="Bidders known", result="No change.", by=officer, at=AT)
    said = words_of(content_of(issue(CONFLICTS_ASSESSMENT, file, by=officer, at=AT + timedelta(hours=2))))
    assert "Moderator" in said and "No change." in said


def test_who_is_considered_twice_or_reviewed_too_early_is_refused(cast: Cast) -> None:
    file, officer = a_file_to_tender(cast), cast["officer"]
    post = cast.post(COMMISSIONING)
    late = refused(
        lambda: prepare_assessment(file, prepared_on=date(2028, 1, 1), approver_post=post, by=officer, at=AT)
    )
    assert late.field == "prepared_on" and file.conflicts is None
    own = prepare_assessment(file, prepared_on=settled.PREPARED, approver_post=post, by=officer, at=AT)
    consider(own, person("E. One"), by=officer, at=AT)
    assert refused(lambda: consider(own, person("e. one"), by=officer, at=AT)).field == "name"
    before = date(2027, 8, 1)
    early = refused(lambda: review(own, on=before, at_stage="Bidders known", result="-", by=officer, at=AT))
    assert early.field == "on" and own.reviews == []


def test_an_addendum_goes_to_all_and_moves_the_deadline_for_good(cast: Cast) -> None:
    lot, officer = open_to_bids(cast).only_lot, cast["officer"]
    later = days.at(date(2027, 10, 18), 14)
    first = write_addendum(lot, SAID, by=officer, at=OPEN)
    said = AddendumWords("Bidders asked.", "No rival loses.", "They need time.", [], later)
    second = write_addendum(lot, said, by=officer, at=OPEN)
    assert "earlier addendum first" in refused(lambda: issue_addendum(second, by=officer, at=OPEN)).sentence
    words = words_of(content_of(issue_addendum(first, by=officer, at=OPEN)))
    assert "18 wards" in words and "The deadline stays 2:00pm on Monday 11 October 2027" in words
    notice = opening_notice(lot)
    paper = issue_addendum(second, by=officer, at=OPEN)
    assert notice is not None and notice.closes_at == later and paper.subject == "Number 2"
    assert "to 2:00pm on Monday 18 October 2027" in words_of(content_of(paper))
    assert "stays as it is" in refused(lambda: write_addendum(lot, SAID, row=first, by=officer, at=OPEN)).sentence
    assert "issued already" in refused(lambda: issue_addendum(second, by=officer, at=OPEN)).sentence
    assert len(db.session.scalars(select(Paper).where(Paper.name == "addendum")).all()) == 2


def test_an_addendum_changes_something_while_bids_may_come(cast: Cast) -> None:
    lot, officer = open_to_bids(cast).only_lot, cast["officer"]
    nothing = AddendumWords("Why", "May", "Stays", [])
    assert refused(lambda: write_addendum(lot, nothing, by=officer, at=OPEN)).field == "changes"
    earlier = AddendumWords("Why", "May", "Moves", [], days.at(date(2027, 10, 8), 14))
    assert refused(lambda: write_addendum(lot, earlier, by=officer, at=OPEN)).field == "new_deadline_at"
    after = days.at(days.TENDER_CLOSES, 15)
    assert (
        "Nothing can be changed any more" in refused(lambda: write_addendum(lot, SAID, by=officer, at=after)).sentence
    )
    assert lot.addenda == []


def test_the_log_holds_every_published_answer_and_never_who_asked(cast: Cast) -> None:
    file = open_to_bids(cast)
    lot, officer = file.only_lot, cast["officer"]
    with pytest.raises(HasGaps, match="answers that were published"):
        issue_log(lot, by=officer, at=OPEN)
    tender.answer_questions(file, cast)
    words = words_of(content_of(issue_log(lot, by=officer, at=days.at(date(2027, 9, 27)))))
    assert "Q3" in words and "17 is now 19" in words and "Example Network" not in words
