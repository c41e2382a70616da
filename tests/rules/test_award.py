"""What must stand before the award notice, and when the contract may be signed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from procure.authority.rules import ActKind, DecisionFacts, DecisionStanding, DecisionState
from procure.award.route_rules import RouteFacts
from procure.award.rules import (
    AwardFacts,
    LetterFact,
    ask_of,
    award_may_be_announced,
    law_of,
    letters_task,
    plan_problem,
    standstill_binds,
    standstill_is_over,
    why_not,
)
from procure.evaluation.rules import ScoredBid, Weight, rank
from procure.law.regimes import Bound, Regime
from procure.procurement.rules import Check, ContractKind, FileFacts, Route
from procure.tender.rules import PriceFormula

SIGNED = DecisionStanding(
    ActKind.AWARD, "ODR-2027-003", DecisionState.SIGNED, "Director", signed_on=date(2027, 11, 19),
    published_on=date(2027, 11, 22), is_declared=True,
)  # fmt: skip
LETTERS = (
    LetterFact("Example Alliance", True, True, True),
    LetterFact("Example Network", False, True, True),
    LetterFact("Example Trust", False, True, True),
)
READY = AwardFacts(
    winner="Example Alliance", decision_state=DecisionState.SIGNED, plan_is_made=True, letters=LETTERS,
    notice_on=date(2027, 11, 23), standstill_days=8, is_voluntary=True,
)  # fmt: skip


def about(award: AwardFacts, decision: DecisionStanding | None = SIGNED) -> FileFacts:
    return FileFacts([award, RouteFacts(assessed=3), DecisionFacts((decision,) if decision else ())])


def open_ones(checks: tuple[Check, ...]) -> list[str]:
    return [check.refusal for check in checks if not check.is_done]


def test_an_award_is_announced_when_it_is_signed_written_and_published() -> None:
    assert open_ones(award_may_be_announced(about(READY), date(2027, 11, 23))) == []


def test_the_award_notice_waits_for_every_letter() -> None:
    unsent = replace(READY, notice_on=None, letters=(*LETTERS[:2], LetterFact("Example Trust", False, True, False)))
    said = open_ones(award_may_be_announced(about(unsent), date(2027, 11, 23)))
    assert said[0] == "You can’t record the award notice yet. Example Trust’s letter hasn’t been sent."


def test_letters_wait_for_the_signature() -> None:
    unsigned = replace(
        READY, notice_on=None, decision_state=DecisionState.SENT,
        letters=tuple(replace(letter, is_issued=False, is_sent=False) for letter in LETTERS),
    )  # fmt: skip
    sent = replace(SIGNED, state=DecisionState.SENT, signed_on=None, published_on=None)
    checks = award_may_be_announced(about(unsigned, sent), date(2027, 11, 19))
    letters = next(check for check in checks if check.name == "Write to the two unsuccessful bidders")
    assert letters.refusal == "Letters go out once the decision is signed, and before the award notice."


def test_a_result_that_changed_is_recommended_again() -> None:
    checks = award_may_be_announced(about(replace(READY, no_longer_first=True)), date(2027, 11, 12))
    assert open_ones(checks) == ["The result has changed since you recommended an award. Recommend it again."]


@pytest.mark.parametrize(("today", "may_sign"), [(date(2027, 12, 3), False), (date(2027, 12, 4), True)])
def test_the_contract_waits_for_midnight_at_the_end_of_the_standstill(today: date, may_sign: bool) -> None:
    said = open_ones(standstill_is_over(about(READY), today))
    assert (said == []) is may_sign
    if not may_sign:
        assert said == [
            "You can’t sign the contract yet. The standstill ends at midnight on Friday 3 December 2027. "
            "It was stated in the award notice, so it binds."
        ]


def test_a_voluntary_standstill_binds_on_its_fifth_day() -> None:
    assert open_ones(standstill_is_over(about(READY), date(2027, 11, 29)))  # B12


def test_without_a_stated_standstill_the_contract_may_be_signed_the_same_day() -> None:
    none = replace(READY, standstill_days=None, no_standstill_reason="Urgent; legal advice of 20 November.")
    (check,) = standstill_is_over(about(none), date(2027, 11, 23))  # B13
    assert check.is_done and "Urgent" in check.hint


def test_a_challenge_holds_the_contract_after_the_standstill() -> None:
    held = replace(READY, held_by=("Example Trust",))
    said = open_ones(standstill_is_over(about(held), date(2027, 12, 6)))  # B11
    assert said == ["You can’t sign the contract yet. Example Trust has made a claim. The hold must be lifted first."]


@pytest.mark.parametrize(
    ("bound", "days", "reason", "field"),
    [
        (Bound.MANDATORY, 8, "", None),
        (Bound.MANDATORY, None, "Urgent", "has_standstill"),
        (Bound.VOLUNTARY, 7, "", "days"),
        (Bound.VOLUNTARY, None, "", "reason"),
        (Bound.VOLUNTARY, None, "Urgent", None),
        (Bound.VOLUNTARY, 10, "", None),
    ],
)
def test_a_standstill_is_long_enough_or_left_out_with_a_reason(
    bound: Bound, days: int | None, reason: str, field: str | None
) -> None:
    problem = plan_problem(bound, days, reason)
    assert (problem[1] if problem else None) == field


@pytest.mark.parametrize(
    ("regime", "route", "kind", "bound"),
    [
        (Regime.PA2023, Route.CABINET, ContractKind.SERVICES, Bound.MANDATORY),
        (Regime.PA2023, Route.CABINET, ContractKind.LIGHT_TOUCH, Bound.VOLUNTARY),
        (Regime.PA2023, Route.SCHEME, ContractKind.SERVICES, Bound.VOLUNTARY),
        (Regime.BELOW_THRESHOLD, Route.CABINET, ContractKind.SERVICES, Bound.VOLUNTARY),
        (Regime.PCR2015, Route.CABINET, ContractKind.SERVICES, Bound.MANDATORY),
    ],
)
def test_the_law_of_the_file_says_whether_the_council_must_wait(
    regime: Regime, route: Route, kind: ContractKind, bound: Bound
) -> None:
    assert standstill_binds(law_of(regime, route), kind) is bound


@pytest.mark.parametrize(
    ("losers", "says"),
    [
        (0, "Write to the bidder"),
        (1, "Write to the unsuccessful bidder"),
        (2, "Write to the two unsuccessful bidders"),
    ],
)
def test_the_task_says_how_many_letters(losers: int, says: str) -> None:
    assert letters_task(losers) == says


def test_what_a_winner_is_asked_is_read_with_its_day() -> None:
    assert ask_of("Send your policy by 30 November 2027") == ("Send your policy", date(2027, 11, 30))
    assert ask_of("Give us your bank details.") == ("Give us your bank details", None)
    assert ask_of("Send it by 31 November 2027") == ("Send it by 31 November 2027", None)


def test_a_losing_bid_is_told_from_its_points() -> None:
    criteria = [Weight(1, "Need", 60)]
    bids = [
        ScoredBid(1, "A", Decimal(412_500), {1: 3}),
        ScoredBid(2, "B", Decimal(450_000), {1: 5}),
    ]
    first, second = rank(bids, criteria, 40, PriceFormula.LOWEST_OVER_PRICE).rows
    assert why_not(second, first) == (
        "Your tender had fewer points for quality (36.00 to 60.00), but more points for price (40.00 to 36.67). "
        "Its total was lower under the published method."
    )
