"""Recommending, planning, writing, announcing, holding: in the order of the law, with its refusals."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import func, select

from procure.audit.actions import Machine, act
from procure.audit.models import TrailEntry
from procure.authority import signing_actions
from procure.award import actions, letters
from procure.award.facts import dates_of, facts_of, standstill_of, waiting_for
from procure.award.models import Award, BidderLetter, Challenge
from procure.award.rules import standstill_is_over
from procure.demonstration import authority, award, days
from procure.demonstration.cast import Cast
from procure.documents.gaps import HasGaps
from procure.documents.models import Paper
from procure.evaluation.models import Bid
from procure.extensions import db
from procure.mail.models import Letter
from procure.notices.models import Notice
from procure.notices.rules import NoticeKind
from procure.procurement.actions import MoveRefused, move
from procure.procurement.models import Procurement
from procure.procurement.rules import ContractKind, FileFacts, Stage
from procure.refusals import Refusal
from procure.suppliers.actions import correct
from procure.suppliers.rules import Particulars
from tests.a_competition import announced, evaluated, evaluating, recommended, signed, written

AT = days.at(days.STANDSTILL, 9)


def refused(act: Callable[[], object]) -> str:
    with pytest.raises(Refusal) as refusal:
        act()
    return refusal.value.sentence


def the_award(file: Procurement) -> Award:
    found = file.only_lot.award
    assert found is not None
    return found


def rescored(bid: Bid, *scores: int) -> None:
    """Other agreed scores, from the first criterion on: another result."""
    with act("agreed another score", on=bid, by=Machine("test"), at=AT):
        for row, score in zip(bid.scores, scores, strict=False):
            row.score = score


def test_the_recommendation_takes_its_figures_from_the_winning_bid(cast: Cast) -> None:
    found = the_award(recommended(cast))
    assert (found.bid.supplier.name, found.value_net, found.value_vat, found.value_gross) == (
        "Example Alliance",
        Decimal("450000.00"),
        Decimal("90000.00"),
        Decimal("540000.00"),
    )
    decision = found.decision
    assert (decision.value_gross, decision.annual_gross, decision.max_months) == (
        Decimal("540000.00"),
        Decimal("108000.00"),
        60,
    )
    assert (decision.supplier, decision.lot) == (found.bid.supplier, found.lot)


def test_nothing_is_recommended_before_there_is_a_result(cast: Cast) -> None:
    file = evaluating(cast)
    said = refused(lambda: actions.recommend(file.only_lot, by=cast["officer"], at=AT))
    assert said == "Record the result of the evaluation first."
    assert db.session.scalars(select(Award)).first() is None


def test_a_changed_result_is_recommended_again_on_the_same_decision(cast: Cast) -> None:
    file = recommended(cast)
    lot, at = file.only_lot, days.at(days.PREPARED, 15)
    trust = next(bid for bid in lot.bids if bid.supplier.name == "Example Trust")
    rescored(trust, 5, 5)
    assert facts_of(lot, days.PREPARED).no_longer_first
    reference = the_award(file).decision.reference
    actions.recommend(lot, by=cast["officer"], at=at)
    found = the_award(file)
    assert (found.bid_id, found.value_net, found.decision.reference) == (trust.id, Decimal("412500.00"), reference)
    assert "Example Trust" in found.decision.points and found.decision.supplier == trust.supplier
    assert not facts_of(lot, days.PREPARED).no_longer_first


def test_letters_wait_for_the_signature_and_the_plan(cast: Cast) -> None:
    file = recommended(cast)
    found = the_award(file)

    def write() -> None:
        letters.write_letters(found, reasons={}, by=cast["officer"], at=AT)

    assert refused(write) == (
        "You can’t write to the bidders yet. The Director of Policy and Participation hasn’t signed the award."
    )
    authority.answers(found.decision, cast)
    authority.sign(found.decision, cast)
    assert refused(write).startswith("Say first when the award notice will go out.")
    assert db.session.scalars(select(BidderLetter)).first() is None


def test_every_assessed_bidder_gets_its_papers_all_at_once(cast: Cast) -> None:
    file = written(cast)
    letters = the_award(file).letters
    assert {letter.bid.supplier.name for letter in letters} == {"Example Alliance", "Example Network", "Example Trust"}
    assert len({letter.sent_at for letter in letters}) == 1
    papers = {
        (paper.name, paper.subject)
        for paper in db.session.scalars(select(Paper))
        if paper.subject.startswith("Example")
    }
    assert papers == {
        ("letter-to-winner", "Example Alliance"),
        ("assessment-summary-winner", "Example Alliance"),
        ("assessment-summary", "Example Network"),
        ("assessment-summary", "Example Trust"),
    }
    posted = db.session.scalars(
        select(Letter).where(Letter.name.in_(("letter_to_winner", "assessment_summary"))).order_by(Letter.to_email)
    ).all()
    assert [letter.to_email for letter in posted] == [
        "bids@network.example",
        "tenders@alliance.example",
        "tenders@trust.example",
    ]
    assert all(letter.to_id is None for letter in posted)
    enclosed = {letter.to_email: [paper.name for paper in letter.papers] for letter in posted}
    assert enclosed["tenders@alliance.example"] == ["letter-to-winner", "assessment-summary-winner"]
    assert enclosed["bids@network.example"] == enclosed["tenders@trust.example"] == ["assessment-summary"]


def test_a_bidder_without_an_address_stops_the_letters_and_leaves_none(cast: Cast) -> None:
    file = signed(cast)
    award.plan(file, cast)
    found = the_award(file)
    network = next(bid.supplier for bid in file.only_lot.bids if bid.supplier.name == "Example Network")
    correct(
        network, Particulars("Example Network", "bids@network.example", "N. Contact", "", charity_number="1000001"),
        because="Moved", by=cast["officer"], at=AT,
    )  # fmt: skip
    with pytest.raises(HasGaps) as lacking:
        letters.write_letters(found, reasons=letters.reasons_drafted(found), by=cast["officer"], at=AT)
    assert [gap.meaning for gap in lacking.value.gaps] == ["postal address of Example Network"]
    assert db.session.scalar(select(func.count(BidderLetter.id))) == 0
    assert db.session.scalars(select(Paper).where(Paper.name == "letter-to-winner")).first() is None


def test_the_award_notice_is_refused_while_a_letter_is_unsent(cast: Cast) -> None:
    file = signed(cast)
    award.plan(file, cast)
    found, lot = the_award(file), file.only_lot

    def record() -> None:
        actions.record_award_notice(lot, reference="1", published_on=days.STANDSTILL, by=cast["officer"], at=AT)

    assert refused(record) == "You can’t record the award notice yet. No letter has been written."
    letters.write_letters(found, reasons=letters.reasons_drafted(found), by=cast["officer"], at=AT)
    assert refused(record) == (
        "You can’t record the award notice yet. Example Trust’s, Example Alliance’s and Example Network’s letters "
        "haven’t been sent."
    )
    with pytest.raises(MoveRefused, match="haven’t been sent"):
        move(lot, "announce the award", by=cast["officer"], at=AT)
    letters.send_letters(found, by=cast["officer"], at=AT)
    record()
    assert lot.stage is Stage.AWARD_ANNOUNCED


def test_a_key_award_waits_for_its_call_in(cast: Cast) -> None:
    file = signed(cast)
    award.plan(file, cast)
    found, lot = the_award(file), file.only_lot
    letters.write_letters(found, reasons=letters.reasons_drafted(found), by=cast["officer"], at=AT)
    with act("made it a key decision", on=found.decision, by=Machine("test"), at=AT):
        found.decision.is_key, found.decision.call_in_days = True, 5
    waits = "Members can call it in until the end of Monday 29 November 2027. It takes effect on Tuesday 30 November"
    assert f"The letters can’t go out yet. {waits}" in refused(
        lambda: letters.send_letters(found, by=cast["officer"], at=AT)
    )
    with pytest.raises(MoveRefused, match="The decision isn’t in force"):
        move(lot, "announce the award", by=cast["officer"], at=AT)
    over = days.at(date(2027, 11, 30))
    assert "Plan a new day" in refused(lambda: letters.send_letters(found, by=cast["officer"], at=over))


def test_letters_are_sent_once(cast: Cast) -> None:
    found = the_award(written(cast))
    assert refused(lambda: letters.send_letters(found, by=cast["officer"], at=AT)) == "The letters have been sent."
    assert "can’t be written again" in refused(
        lambda: letters.write_letters(found, reasons={}, by=cast["officer"], at=AT)
    )
    assert "can’t be changed" in refused(
        lambda: actions.plan_notice(found, days.STANDSTILL, standstill_days=10, by=cast["officer"], at=AT)
    )


def test_the_notice_may_not_be_older_than_the_letters(cast: Cast) -> None:
    file = written(cast)
    said = refused(
        lambda: actions.record_award_notice(
            file.only_lot, reference="1", published_on=days.PUBLISHED, by=cast["officer"], at=AT
        )
    )
    assert said == "The letters went out on Tuesday 23 November 2027. The law asks for them before the notice."
    assert db.session.scalars(select(Notice).where(Notice.kind == NoticeKind.AWARD)).first() is None


def test_the_standstill_counts_from_the_notice_and_is_never_stored(cast: Cast) -> None:
    file = announced(cast)
    lot = file.only_lot
    assert (lot.stage, file.stage) == (Stage.AWARD_ANNOUNCED, Stage.AWARD_ANNOUNCED)
    waits = standstill_of(lot)
    assert waits is not None and waits.ends_on == date(2027, 12, 3)
    assert dates_of(lot, days.STANDSTILL) == [
        (date(2027, 12, 3), "Standstill ends"),
        (date(2027, 12, 6), "Contract can be signed from"),
    ]
    for day, over in ((date(2027, 12, 3), False), (date(2027, 12, 4), True)):
        (check,) = standstill_is_over(FileFacts([facts_of(lot, day)]), day)
        assert check.is_done is over
    with pytest.raises(MoveRefused, match="The standstill ends at midnight on Friday 3 December 2027"):
        move(lot, "sign the contract", by=cast["officer"], at=days.at(date(2027, 12, 3), 17))


def test_a_challenge_on_the_last_evening_holds_the_contract_until_it_is_lifted(cast: Cast) -> None:
    file = announced(cast)
    found, lot = the_award(file), file.only_lot
    told = days.at(date(2027, 12, 3), 23)
    held = actions.record_challenge(found, claimant="Example Trust", notified_at=told, by=cast["officer"], at=told)
    next_day = date(2027, 12, 4)

    def stops(day: date) -> list[str]:
        return [one.refusal for one in standstill_is_over(FileFacts([facts_of(lot, day)]), day) if not one.is_done]

    assert stops(next_day) == [
        "You can’t sign the contract yet. Example Trust has made a claim. The hold must be lifted first."
    ]
    at = days.at(date(2027, 12, 20))
    assert "what lifted" in refused(
        lambda: actions.lift_hold(held, lifted_on=date(2027, 12, 20), lifted_by=" ", by=cast["officer"], at=at)
    )
    actions.lift_hold(held, lifted_on=date(2027, 12, 20), lifted_by="Order of the court", by=cast["officer"], at=at)
    assert stops(date(2027, 12, 20)) == []
    assert db.session.scalars(select(Challenge)).one().lifted_by == "Order of the court"


def test_a_light_touch_contract_may_have_no_standstill_for_a_reason(cast: Cast) -> None:
    file = signed(cast)
    found = the_award(file)

    def plan(days_: int | None, why: str = "") -> None:
        actions.plan_notice(
            found, days.STANDSTILL, standstill_days=days_, no_standstill_reason=why, by=cast["officer"], at=AT
        )

    assert "Say why there is no standstill." in refused(lambda: plan(None))
    assert "can’t be shorter" in refused(lambda: plan(7))
    plan(None, "Urgent; legal advice of 20 November.")
    assert (found.standstill_days, found.no_standstill_reason) == (None, "Urgent; legal advice of 20 November.")
    award.write_to_bidders(file, cast)
    award.announce(file, cast)
    (check,) = standstill_is_over(FileFacts([facts_of(file.only_lot, days.STANDSTILL)]), days.STANDSTILL)
    assert check.is_done and "Urgent" in check.hint


def test_an_ordinary_contract_must_have_its_standstill(cast: Cast) -> None:
    from procure.procurement.actions import describe

    file = recommended(cast)
    describe(
        file,
        kind=ContractKind.SERVICES,
        note="It was the wrong kind.",
        by=cast["officer"],
        at=days.at(days.PREPARED, 14),
    )
    said = refused(
        lambda: actions.plan_notice(
            the_award(file), days.STANDSTILL, standstill_days=None, no_standstill_reason="Haste", by=cast["officer"],
            at=days.at(days.PREPARED, 15),
        )
    )  # fmt: skip
    assert said == "The law requires a standstill for this contract. You can’t leave it out."


def test_a_new_plan_makes_unsent_letters_be_written_again(cast: Cast) -> None:
    file = signed(cast)
    award.plan(file, cast)
    found = the_award(file)
    letters.write_letters(found, reasons=letters.reasons_drafted(found), by=cast["officer"], at=AT)
    later = days.STANDSTILL + timedelta(days=1)
    actions.plan_notice(found, later, standstill_days=8, by=cast["officer"], at=AT)
    assert all(letter.summary_paper_id is None for letter in found.letters)
    assert refused(lambda: letters.send_letters(found, by=cast["officer"], at=AT)) == "Write the letters first."
    letters.write_letters(found, reasons=letters.reasons_drafted(found), by=cast["officer"], at=AT)
    numbers = db.session.scalars(
        select(Paper.number).where(Paper.name == "letter-to-winner").order_by(Paper.number)
    ).all()
    assert numbers == [1, 2]


def test_a_refused_decision_is_followed_by_a_new_one(cast: Cast) -> None:
    file = recommended(cast)
    first = the_award(file).decision
    authority.answers(first, cast)
    signing_actions.refuse(first, "The budget has gone.", by=cast["director"], at=days.at(days.SIGNING))
    assert facts_of(file.only_lot, days.SIGNING).no_longer_first
    actions.recommend(file.only_lot, by=cast["officer"], at=days.at(days.SIGNING, 15))
    assert the_award(file).decision.reference != first.reference


def test_what_the_officer_does_next_follows_the_award(cast: Cast, app: object) -> None:
    def next_one() -> list[str]:
        with app.test_request_context():  # type: ignore[attr-defined]
            return [one.what for one in waiting_for(cast["officer"], days.PUBLISHED)]

    file = evaluated(cast)
    assert next_one() == ["Recommend the award"]
    award.recommend(file, cast)
    assert next_one() == []
    decision = the_award(file).decision
    authority.answers(decision, cast)
    authority.sign(decision, cast)
    authority.publish(decision, cast)
    assert next_one() == ["Decide about the standstill"]
    award.plan(file, cast)
    assert next_one() == ["Write to the two unsuccessful bidders"]
    award.write_to_bidders(file, cast)
    assert next_one() == ["Record the award notice"]
    award.announce(file, cast)
    assert next_one() == []


def test_the_trail_says_who_announced_the_award(cast: Cast) -> None:
    announced(cast)
    said = db.session.scalars(
        select(TrailEntry.said).where(TrailEntry.table_name == "notice").order_by(TrailEntry.id)
    ).all()
    assert said == ["opened the competition", "recorded the award notice"]
