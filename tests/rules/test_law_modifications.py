"""Changes of a contract against Procurement Act 2023 ss.74 to 77, Schedule 8, and reg 72 of the old law."""

from __future__ import annotations

from decimal import Decimal

import pytest

from procure.law.modifications import Change, ChangedContract, ChangeGround, examine, grounds_for
from procure.law.regimes import Regime
from procure.refusals import BadFigure

G = ChangeGround
MILLION = ChangedContract(Decimal(1_000_000), 60, Decimal(207_720))


def contract(**changed: object) -> ChangedContract:
    return ChangedContract(**{**MILLION.__dict__, **changed})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("added", "notice"),
    [("100000", False), ("100000.01", True), ("100001", True), ("-100000", False), ("-100001", True)],
)
def test_ten_percent_of_the_value_is_within_and_a_penny_more_needs_a_notice(added: str, notice: bool) -> None:
    answer = examine(MILLION, Change(G.PROVIDED_FOR, Decimal(added)))
    assert answer.is_allowed and answer.needs_notice is notice


def test_six_months_of_sixty_are_not_substantial_and_seven_are() -> None:
    six, seven = (examine(MILLION, Change(G.NOT_SUBSTANTIAL, added_months=months)) for months in (6, 7))
    assert six.is_allowed and not six.needs_notice
    assert not seven.is_allowed and seven.needs_notice and "over 10%" in seven.refusals[0]
    assert not examine(MILLION, Change(G.NOT_SUBSTANTIAL, added_months=-7)).is_allowed  # shorter counts as well


def test_seven_months_more_are_allowed_on_a_ground_of_schedule_8_with_a_notice() -> None:
    answer = examine(MILLION, Change(G.PROVIDED_FOR, added_months=7))
    assert answer.is_allowed and answer.needs_notice


def test_changes_that_could_have_been_made_together_are_summed() -> None:
    alone = examine(MILLION, Change(G.PROVIDED_FOR, Decimal(60_000)))
    both = examine(MILLION, Change(G.PROVIDED_FOR, Decimal(60_000), together_gross=Decimal(60_000)))
    assert not alone.needs_notice and both.needs_notice and "12%" in both.notice_said
    split = examine(MILLION, Change(G.BELOW_THRESHOLD, Decimal(60_000), together_gross=Decimal(60_000)))
    assert not split.is_allowed


@pytest.mark.parametrize("ground", [G.UNFORESEEABLE, G.KNOWN_RISK, G.ADDITIONAL])
def test_half_the_value_is_within_the_cap_and_a_pound_more_is_not_permitted(ground: ChangeGround) -> None:
    assert examine(MILLION, Change(ground, Decimal(500_000))).is_allowed
    over = examine(MILLION, Change(ground, Decimal(500_001)))
    assert not over.is_allowed and "over the cap of 50%" in over.refusals[0]


def test_urgency_has_no_cap() -> None:
    assert examine(MILLION, Change(G.URGENT, Decimal(900_000))).is_allowed


def test_light_touch_has_no_limit_and_no_notice() -> None:
    answer = examine(contract(light_touch=True), Change(G.LIGHT_TOUCH, Decimal(400_000), added_months=24))
    assert answer.is_allowed and not answer.needs_notice
    assert not examine(MILLION, Change(G.LIGHT_TOUCH, Decimal(400_000))).is_allowed


@pytest.mark.parametrize(("before", "allowed"), [(0, True), (90_000, True), (180_000, False)])
def test_a_third_change_of_90_000_passes_the_threshold_with_the_first_two(before: int, allowed: bool) -> None:
    answer = examine(contract(below_threshold_before=Decimal(before)), Change(G.BELOW_THRESHOLD, Decimal(90_000)))
    assert answer.is_allowed is allowed and not answer.needs_notice


def test_three_changes_of_90_000_that_belonged_together_need_a_notice() -> None:
    change = Change(G.PROVIDED_FOR, Decimal(90_000), together_gross=Decimal(180_000))
    assert examine(MILLION, change).needs_notice


def test_the_threshold_itself_is_not_below_the_threshold() -> None:
    at = contract(value_gross=Decimal(5_000_000))
    assert not examine(at, Change(G.BELOW_THRESHOLD, Decimal(207_720))).is_allowed
    assert examine(at, Change(G.BELOW_THRESHOLD, Decimal("207719.99"))).is_allowed


def test_works_may_change_by_fifteen_percent() -> None:
    works = contract(works=True, threshold=Decimal(5_193_000))
    assert examine(works, Change(G.BELOW_THRESHOLD, Decimal(150_000))).is_allowed
    assert not examine(works, Change(G.BELOW_THRESHOLD, Decimal(150_001))).is_allowed
    assert not examine(works, Change(G.PROVIDED_FOR, Decimal(150_000))).needs_notice


@pytest.mark.parametrize(
    "change", [Change(G.NOT_SUBSTANTIAL, changes_scope=True), Change(G.NOT_SUBSTANTIAL, shifts_balance=True)]
)
def test_a_changed_scope_or_balance_is_substantial(change: Change) -> None:
    assert not examine(MILLION, change).is_allowed


def test_a_business_that_passed_to_another_always_needs_a_notice() -> None:
    assert examine(MILLION, Change(G.TRANSFER)).needs_notice


def test_a_contract_of_the_old_law_follows_regulation_72() -> None:
    old = contract(regime=Regime.PCR2015)
    assert not examine(old, Change(G.UNFORESEEABLE, Decimal(500_001))).is_allowed
    assert examine(old, Change(G.UNFORESEEABLE, Decimal(1))).needs_notice  # whatever the sum: reg 72(3)
    assert not examine(old, Change(G.PROVIDED_FOR, Decimal(900_000))).needs_notice
    assert not examine(old, Change(G.BELOW_THRESHOLD, Decimal(100_001))).is_allowed
    assert not examine(old, Change(G.KNOWN_RISK, Decimal(1))).is_allowed  # the old law has no such ground


def test_a_contract_below_the_threshold_is_not_changed_into_a_public_one() -> None:
    small = contract(value_gross=Decimal(200_000), regime=Regime.BELOW_THRESHOLD)
    assert examine(small, Change(G.NOT_REGULATED, Decimal(7_719))).is_allowed
    assert not examine(small, Change(G.NOT_REGULATED, Decimal(7_720))).is_allowed
    assert examine(
        small, Change(G.UNFORESEEABLE, Decimal(7_720))
    ).is_allowed  # a ground of the Act, as for a public one


def test_a_contract_without_value_or_end_says_what_is_missing() -> None:
    with pytest.raises(BadFigure):
        examine(contract(value_gross=Decimal(0)), Change(G.PROVIDED_FOR, Decimal(1)))
    assert (
        "No end is agreed" in examine(contract(max_months=None), Change(G.NOT_SUBSTANTIAL, added_months=1)).refusals[0]
    )


def test_only_grounds_of_its_own_law_are_offered() -> None:
    assert G.KNOWN_RISK not in grounds_for(Regime.PCR2015) and G.KNOWN_RISK in grounds_for(Regime.PA2023)
    assert grounds_for(Regime.PA2023, light_touch=True) == (G.LIGHT_TOUCH,)
    assert grounds_for(Regime.GRANT) == (G.NOT_REGULATED,)
