"""Saying what the papers need, and issuing them: gaps, refusals, versions, and the notice that waits for them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select

from procure.audit.actions import Machine, act
from procure.audit.models import TrailEntry
from procure.demonstration import days, settled, tender, tender_papers
from procure.demonstration.cast import MANAGER, Cast
from procure.documents.actions import content_of, missing_from
from procure.documents.gaps import HasGaps
from procure.documents.models import Paper
from procure.extensions import db
from procure.procurement.actions import LotLine, divide
from procure.procurement.models import Lot, Procurement
from procure.procurement.rules import ContractKind, Route
from procure.refusals import Refusal
from procure.tender import pack_actions as actions
from procure.tender.actions import publish_notice, set_method
from procure.tender.documents import OF_THE_PACK, SPECIFICATION
from procure.tender.facts import facts_of
from procure.tender.pack_facts import needed_for, pack_facts_of
from procure.tender.pack_rules import KpiLine
from procure.tender.rules import PriceFormula
from tests.a_competition import a_file_to_tender, planned
from tests.documents.papers import words_of
from tests.standing import kept

AT = days.at(days.PAPERS_ISSUED)


def refused(deed: Callable[[], object]) -> Refusal:
    with pytest.raises(Refusal) as refusal:
        deed()
    db.session.expire_all()
    return refusal.value


@kept
def a_written_file(cast: Cast, **more: Any) -> Procurement:
    """Everything is said that the papers need; nothing is issued."""
    file = a_file_to_tender(cast, **more)
    tender.set_method(file, cast)
    planned(file, cast)
    tender_papers.write(file, cast)
    return file


def publish(file: Procurement, cast: Cast) -> None:
    publish_notice(
        file.only_lot, reference="041267-2027", ocid="ocds-h6vhtk-0a1b2c", published_on=days.TENDER_OPENS,
        closes_at=days.at(days.TENDER_CLOSES, 14), by=cast["officer"], at=days.at(days.TENDER_OPENS, 9, 30),
    )  # fmt: skip


def gaps(lot: Lot, cast: Cast) -> dict[str, list[str]]:
    return {
        paper.name: [gap.meaning for gap in missing_from(paper, lot, by=cast["officer"], at=AT)]
        for paper in needed_for(lot)
    }


def test_every_paper_lacks_what_nobody_has_said_and_nothing_that_the_file_knows(cast: Cast) -> None:
    lot = a_file_to_tender(cast).only_lot
    found = gaps(lot, cast)
    assert found["specification"][0] == "background of the service"
    assert "deadline for tenders" in found["form-of-tender"]
    assert "contract particulars" in found["draft-contract"]
    assert found["evaluation-methodology"][0] == "how bids will be judged"
    every = {gap for ones in found.values() for gap in ones}
    known = {"full name of the council", "title as advertised", "start of the service", "procurement mailbox"}
    assert not every & known


def test_once_all_is_said_the_six_papers_are_issued_together(cast: Cast) -> None:
    file = a_written_file(cast)
    assert not any(gaps(file.only_lot, cast).values())
    made = actions.issue_pack(file.only_lot, by=cast["officer"], at=AT)
    assert [paper.title for paper in made] == [
        "Invitation to tender", "Specification", "Evaluation methodology", "Pricing schedule", "Form of tender",
        "Draft contract",
    ]  # fmt: skip
    read = {paper.name: words_of(content_of(paper)) for paper in made}
    assert "Tenders by2:00pm on Monday 11 October 2027" in read["invitation-to-tender"].replace("\n", "")
    assert "K3" in read["specification"] and "Quick help" in read["draft-contract"]
    assert "40 × £100,000 ÷ £125,000" in read["evaluation-methodology"]
    assert "30 June 2030" in read["draft-contract"] and "Six months" in read["draft-contract"]
    assert actions.issue_pack(file.only_lot, by=cast["officer"], at=AT) == []


def test_one_gap_holds_the_whole_pack_so_that_it_is_never_half_new(cast: Cast) -> None:
    file = a_written_file(cast)
    with act("forgot the small suppliers", on=file, by=Machine("test"), at=AT):
        file.small_supplier_text = ""
    refusal = refused(lambda: actions.issue_pack(file.only_lot, by=cast["officer"], at=AT))
    assert isinstance(refusal, HasGaps) and "barriers for small and voluntary suppliers" in refusal.sentence
    assert db.session.scalars(select(Paper)).all() == []


def test_a_question_that_nobody_has_answered_holds_the_whole_pack(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as without:
        without.setattr(tender_papers, "ANSWERS", {})
        file = a_written_file.__wrapped__(cast)  # type: ignore[attr-defined]  # not the copy, which has answered
    for deed in (
        lambda: actions.issue_pack(file.only_lot, by=cast["officer"], at=AT),
        lambda: actions.issue_paper(file.only_lot, OF_THE_PACK[0], by=cast["officer"], at=AT),
    ):
        assert "it asks 1 question that nobody has answered" in refused(deed).sentence
    assert db.session.scalars(select(Paper)).all() == []
    tender_papers.answer(file, cast)
    assert len(actions.issue_pack(file.only_lot, by=cast["officer"], at=AT)) == 6


def test_what_changes_after_the_issue_must_be_issued_again_before_the_notice(cast: Cast) -> None:
    file = a_written_file(cast)
    tender_papers.issue(file.only_lot, cast)
    settled.assess(file, cast)
    assert pack_facts_of(file.only_lot, days.TENDER_OPENS).changed == ()
    kpis = [*tender_papers.KPIS[:2]]
    actions.set_kpis(file.only_lot, kpis, by=cast["officer"], at=AT)
    assert pack_facts_of(file.only_lot, days.TENDER_OPENS).changed == ("Specification", "Draft contract")
    sentence = refused(lambda: publish(file, cast)).sentence
    assert "Specification and draft contract no longer say what the file says. Issue again." in sentence
    made = actions.issue_pack(file.only_lot, by=cast["officer"], at=AT)
    assert [(paper.name, paper.number) for paper in made] == [("specification", 2), ("draft-contract", 2)]


def test_the_notice_waits_for_the_papers_and_then_holds_them_fast(cast: Cast) -> None:
    file = a_written_file(cast)
    lot = file.only_lot
    assert "asks for it before the notice" in refused(lambda: publish(file, cast)).sentence
    settled.assess(file, cast)
    assert "Still to issue: invitation to tender, specification" in refused(lambda: publish(file, cast)).sentence
    tender_papers.issue(lot, cast)
    publish(file, cast)
    later = days.at(days.TENDER_OPENS, 12)
    for deed in (
        lambda: actions.describe_service(lot, tender_papers.SERVICE, by=cast["officer"], at=later),
        lambda: actions.set_kpis(lot, tender_papers.KPIS, by=cast["officer"], at=later),
        lambda: actions.say_how_to_tender(lot, tender_papers.HOW, by=cast["officer"], at=later),
        lambda: actions.set_contract_terms(lot, cast.post(MANAGER), tender_papers.TERMS, by=cast["officer"], at=later),
        lambda: actions.issue_paper(lot, SPECIFICATION, by=cast["officer"], at=later),
        lambda: actions.issue_pack(lot, by=cast["officer"], at=later),
    ):
        assert "The papers went out with the notice on 6 September 2027" in refused(deed).sentence
    assert facts_of(lot, days.TENDER_OPENS).pack.needed == ()


def test_quotes_need_the_request_alone(cast: Cast) -> None:
    file = a_written_file(cast, route=Route.SCHEME, annual_net=12_000)
    lot = file.only_lot
    assert [paper.name for paper in needed_for(lot)] == ["request-for-quotes"]
    assert lot.specification is None and lot.contract_terms is None
    (made,) = actions.issue_pack(lot, by=cast["officer"], at=AT)
    words = words_of(content_of(made))
    assert "Quotes by" in words and "procurement@lbbd.example" in words and "25 points" in words


@pytest.mark.parametrize(
    ("change", "field", "says"),
    [
        ({"payment_days": 45}, "payment_days", "The law gives 30 days at most"),
        ({"liability_cap": Decimal(0)}, "liability_cap", "more than nothing"),
        ({"data_purpose": ""}, "data_purpose", "say whose, which, why and how long"),
    ],
)
def test_unlawful_and_half_said_terms_are_refused(cast: Cast, change: dict[str, Any], field: str, says: str) -> None:
    lot = a_file_to_tender(cast).only_lot
    terms = tender_papers.TERMS | change
    refusal = refused(lambda: actions.set_contract_terms(lot, cast.post(MANAGER), terms, by=cast["officer"], at=AT))
    assert refusal.field == field and says in refusal.sentence
    assert lot.contract_terms is None


def test_a_list_with_a_part_missing_is_refused_and_nothing_is_kept(cast: Cast) -> None:
    lot = a_file_to_tender(cast).only_lot
    facts = tender_papers.SERVICE | {"reports": "Quarterly report | Indicators"}
    refusal = refused(lambda: actions.describe_service(lot, facts, by=cast["officer"], at=AT))
    assert refusal.field == "reports" and refusal.sentence.startswith("Line 1 must have three parts")
    assert lot.specification is None
    briefing = tender_papers.HOW | {"briefing_place": ""}
    refusal = refused(lambda: actions.say_how_to_tender(lot, briefing, by=cast["officer"], at=AT))
    assert refusal.field == "briefing_place"


def test_a_large_contract_needs_three_indicators(cast: Cast) -> None:
    lot = a_file_to_tender(cast, kind=ContractKind.SERVICES, annual_net=1_100_000).only_lot
    refusal = refused(lambda: actions.set_kpis(lot, tender_papers.KPIS[:2], by=cast["officer"], at=AT))
    assert "at least three indicators" in refusal.sentence
    actions.set_kpis(lot, tender_papers.KPIS[:3], by=cast["officer"], at=AT)
    assert [one.number for one in lot.kpis] == [1, 2, 3]


def test_indicators_are_changed_in_place_and_the_trail_says_what(cast: Cast) -> None:
    lot = a_file_to_tender(cast).only_lot
    line = KpiLine("Reach", "Wards helped", "19", "17", "Each quarter", "Case records")
    actions.set_kpis(lot, [line, KpiLine("Other", "m", "1", "1", "Yearly", "s")], by=cast["officer"], at=AT)
    first = lot.kpis[0].id
    changed = KpiLine("Reach", "Wards helped", "18", "17", "Each quarter", "Case records")
    actions.set_kpis(lot, [changed], by=cast["officer"], at=AT + timedelta(hours=1))
    assert [(one.id, one.target) for one in lot.kpis] == [(first, "18")]
    entries = db.session.scalars(select(TrailEntry).where(TrailEntry.said.contains("key performance indicators")))
    assert len(list(entries)) >= 3


def test_odd_names_and_long_words_come_through_to_the_paper(cast: Cast) -> None:
    file = a_written_file(cast)
    with act("renamed the file", on=file, by=Machine("test"), at=AT):
        file.title = "Smith & Sons <Ltd> " + "support and giving " * 12
    made = actions.issue_pack(file.only_lot, by=cast["officer"], at=AT)
    assert len(made) == 6
    assert all("Smith & Sons <Ltd> support and giving" in words_of(content_of(paper)) for paper in made)


def test_every_paper_of_the_pack_is_declared_once() -> None:
    assert len({paper.name for paper in OF_THE_PACK}) == 7


def test_each_lot_has_papers_of_its_own_and_the_second_starts_with_what_the_first_says(cast: Cast) -> None:
    file = a_file_to_tender(cast)
    lines = (LotLine("West of the borough", Decimal(51_000)), LotLine("East of the borough", Decimal(60_000)))
    divide(file, lines, by=cast["officer"], at=days.at(days.METHOD_SET))
    for lot in file.lots:
        set_method(
            lot, price_weight=40, formula=PriceFormula.LOWEST_OVER_PRICE, panel_size=2, criteria=tender.CRITERIA,
            by=cast["officer"], at=days.at(days.METHOD_SET),
        )  # fmt: skip
    first, second = file.lots
    tender_papers.prepare(file, cast, first)
    assert pack_facts_of(first, days.TENDER_OPENS).to_issue == ()
    assert len(pack_facts_of(second, days.TENDER_OPENS).to_issue) == 6
    tender_papers.prepare(file, cast, second)
    papers = {(paper.subject, paper.name): paper for paper in db.session.scalars(select(Paper))}
    assert len(papers) == 12
    words = words_of(content_of(papers["Lot 2", "invitation-to-tender"]))
    assert "PRO-2027-014-L2" in words and "lot 2: East of the borough" in words and "divided into two lots" in words
    assert "£300,000 without VAT" in words and "£255,000 without VAT" not in words
    refusal = refused(lambda: divide(file, (), by=cast["officer"], at=AT))
    assert "can’t go" in refusal.sentence
