"""An award that doesn't hold: sent back, overtaken by another result, set aside, or worth more than was approved."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from sqlalchemy import select

from procure.audit.actions import Machine, act
from procure.authority import signing_actions
from procure.authority.ending_actions import set_aside, withdraw
from procure.authority.models import Decision
from procure.authority.question import answer_about
from procure.authority.rules import DecisionState, Interest
from procure.authority.signature import broken
from procure.award import actions
from procure.award.drafting import over_words
from procure.award.facts import facts_of
from procure.award.models import Award
from procure.demonstration import authority, award, days
from procure.demonstration.cast import Cast
from procure.extensions import db
from procure.mail.models import Letter
from procure.procurement.actions import MoveRefused, move
from procure.procurement.models import Procurement
from procure.procurement.rules import Stage
from procure.refusals import Refusal
from tests.a_competition import evaluated, recommended, signed, written

AT = days.at(days.SIGNING, 9)


def refused(act: Callable[[], object]) -> str:
    with pytest.raises(Refusal) as refusal:
        act()
    return refusal.value.sentence


def the_award(file: Procurement) -> Award:
    found = file.only_lot.award
    assert found is not None
    return found


def rescored(file: Procurement, name: str, *scores: int) -> None:
    """Other agreed scores for one bid, from the first criterion on."""
    bid = next(one for one in file.only_lot.bids if one.supplier.name == name)
    with act("agreed another score", on=bid, by=Machine("test"), at=AT):
        for row, score in zip(bid.scores, scores, strict=False):
            row.score = score


def letters_of(name: str) -> set[str]:
    return set(db.session.scalars(select(Letter.to_name).where(Letter.name == name)))


def send_back(file: Procurement, cast: Cast) -> None:
    move(file.only_lot, "send back a stage", by=cast["officer"], at=AT, note="A score stood against the wrong bid.")


def test_sending_the_file_back_withdraws_the_open_decision_and_tells_everybody(cast: Cast) -> None:
    file = recommended(cast)
    decision = the_award(file).decision
    authority.answers(decision, cast)
    send_back(file, cast)
    assert (file.only_lot.stage, decision.state) == (Stage.EVALUATING, DecisionState.WITHDRAWN)
    assert decision.ended_because == "The file went back to its evaluation. A score stood against the wrong bid."
    told = {cast[key].name for key in ("officer", "community", "care", "finance", "law", "director")}
    assert letters_of("decision_ended") == told
    said = refused(lambda: signing_actions.sign(decision, interest=Interest.NONE, by=cast["director"], at=AT))
    assert "sent back" in said or "is over" in said


def test_what_is_withdrawn_stays_on_record_and_another_decision_follows_it(cast: Cast) -> None:
    file = recommended(cast)
    first = the_award(file).decision
    send_back(file, cast)
    rescored(file, "Example Trust", 5, 5, 5, 5)
    move(file.only_lot, "record the result", by=cast["officer"], at=AT)
    assert facts_of(file.only_lot, days.SIGNING).no_longer_first
    found = actions.recommend(file.only_lot, by=cast["officer"], at=AT)
    assert found.decision is not first and found.bid.supplier.name == "Example Trust"
    assert (first.state, first.supplier.name if first.supplier else "") == (DecisionState.WITHDRAWN, "Example Alliance")
    assert not facts_of(file.only_lot, days.SIGNING).no_longer_first


def test_a_signed_award_stands_until_the_one_who_signed_sets_it_aside(cast: Cast) -> None:
    file = signed(cast)
    decision = the_award(file).decision
    with pytest.raises(MoveRefused) as stopped:
        send_back(file, cast)
    assert stopped.value.sentence == (
        "You can’t send it back. ODR-2027-118 is signed. The Director of Policy and Participation can set it aside "
        "first, on its page."
    )
    assert "Only the Director" in refused(lambda: set_aside(decision, "Wrong.", by=cast["officer"], at=AT))
    assert refused(lambda: set_aside(decision, " ", by=cast["director"], at=AT)) == "Say why."
    text, digest = decision.signed_canonical, decision.digest
    set_aside(decision, "A score stood against the wrong bid.", by=cast["director"], at=AT)
    assert decision.state is DecisionState.SET_ASIDE and (decision.signed_canonical, decision.digest) == (text, digest)
    assert broken(decision) == []
    assert "Cabinet Member" in " ".join(letters_of("decision_ended")) or letters_of("decision_ended")
    send_back(file, cast)
    assert file.only_lot.stage is Stage.EVALUATING


def test_an_award_of_which_bidders_were_told_is_not_set_aside_here(cast: Cast) -> None:
    decision = the_award(written(cast)).decision
    said = refused(lambda: set_aside(decision, "Wrong.", by=cast["director"], at=AT))
    assert said.startswith("The bidders have been told of this award.")


def test_only_what_nobody_has_signed_is_withdrawn(cast: Cast) -> None:
    decision = the_award(signed(cast)).decision
    said = refused(lambda: withdraw(decision, "Wrong.", by=cast["officer"], at=AT))
    assert said == "You can’t withdraw this now. It is: signed."


def test_a_decision_of_another_result_cannot_be_signed(cast: Cast) -> None:
    file = recommended(cast)
    decision = the_award(file).decision
    authority.answers(decision, cast)
    rescored(file, "Example Network", 3)
    why = answer_about(decision, days.SIGNING, cast["director"]).obstacles
    assert why[0].sentence == "The result has changed since this was drawn up, so it no longer fits."
    said = refused(lambda: signing_actions.sign(decision, interest=Interest.NONE, by=cast["director"], at=AT))
    assert "The result has changed" in said and decision.state is DecisionState.SENT
    again = actions.recommend(file.only_lot, by=cast["officer"], at=AT)
    assert decision.state is DecisionState.WITHDRAWN and again.decision.state is DecisionState.DRAFT
    assert len(db.session.scalars(select(Decision)).all()) == 2


def test_a_value_above_what_was_approved_needs_a_reason_that_the_decision_shows(cast: Cast) -> None:
    file = evaluated(cast)
    with act("stated what was approved", on=file, by=Machine("test"), at=AT):
        file.approved_gross = file.advertised_gross = Decimal(500_000)
    said = refused(lambda: award.recommend(file, cast))
    over = "£540,000 including VAT is £40,000 more than the £500,000 that was approved and advertised."
    assert said == f"{over} Say why it may go ahead." and file.only_lot.award is None
    found = actions.recommend(
        file.only_lot, by=cast["officer"], at=AT, over_reason="Finance found the rest on 9 November."
    )
    assert found.decision.over_text == f"{over} Finance found the rest on 9 November."


@pytest.mark.parametrize(
    ("value", "approved", "advertised", "said"),
    [
        (500, 500, 500, ""),
        (500, None, None, ""),
        (501, 500, None, "£501 including VAT is £1 more than the £500 that was approved."),
        (501, 600, 500, "£501 including VAT is £1 more than the £500 that was advertised."),
        (
            501, 500, 400,
            "£501 including VAT is £1 more than the £500 that was approved and £101 more than the £400 that was "
            "advertised.",
        ),
    ],
)  # fmt: skip
def test_what_is_more_than_approved_is_said_with_its_figures(
    value: int, approved: int | None, advertised: int | None, said: str
) -> None:
    limits = [None if one is None else Decimal(one) for one in (approved, advertised)]
    assert over_words(Decimal(value), *limits) == said


def test_a_recommendation_is_drafted_from_scores_and_prices(cast: Cast) -> None:
    found = actions.recommend(evaluated(cast).only_lot, by=cast["officer"], at=AT, summary="Support.")
    assert found.decision.reasons.splitlines() == [
        "It came first of three, with 89.67 of 100.",
        "That is 1.54 points more than Example Network, which came second.",
        "It has 53.00 points for quality. Example Network has more, 55.00.",
        "Its price without VAT is £450,000, £37,500 or 9% more than the lowest.",
    ]
    assert [(one.name, one.reason) for one in found.decision.alternatives][:2] == [
        (
            "Award to Example Network (88.13)",
            "A lower total under the published method. It has more points for quality (55.00 to 53.00), but fewer "
            "points for price (33.13 to 36.67).",
        ),
        (
            "Award to Example Trust (85.00)",
            "A lower total under the published method. It has fewer points for quality (45.00 to 53.00), but more "
            "points for price (40.00 to 36.67).",
        ),
    ]
