"""Sums against a ring-fence. Domain 7.7 B10: what is refused leaves the balance as it was."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select

from procure.audit.models import TrailEntry
from procure.budget import actions
from procure.budget.models import RingFence
from procure.demonstration import days
from procure.demonstration.approval import funds
from procure.demonstration.cast import Cast
from procure.extensions import db

AT = days.at(days.SET_UP, 12)
ON = date(2020, 6, 1)


@pytest.fixture
def fence(cast: Cast) -> RingFence:
    funds(cast)
    found = db.session.scalars(select(RingFence)).one()
    actions.state_amount(found, Decimal(20_000), on=date(2019, 3, 31), source="the ledger", by=cast["finance"], at=AT)
    return found


def commit(fence: RingFence, cast: Cast, purpose: str = "the match-funding small grants fund", **other: object) -> None:
    facts = {"amount": Decimal(5_000), "on": ON} | other
    amount = facts.pop("amount")
    actions.commit(fence, purpose, amount, what="Grants, round 1", by=cast["finance"], at=AT, **facts)  # type: ignore[arg-type]


def test_a_sum_for_a_named_purpose_lowers_the_balance(fence: RingFence, cast: Cast) -> None:
    commit(fence, cast)
    assert fence.facts.balance == Decimal(15_000)
    assert db.session.scalars(select(TrailEntry).where(TrailEntry.said == "committed a sum")).first() is not None


@pytest.mark.parametrize(
    ("refusal", "other"),
    [
        (actions.NotThatPurpose, {"purpose": "a street party"}),
        (actions.OutsideItsTime, {"on": date(2021, 4, 1)}),
        (actions.OutsideItsTime, {"on": date(2019, 3, 31)}),
        (actions.NotEnoughLeft, {"amount": Decimal("20000.01")}),
    ],
)
def test_a_refused_sum_leaves_the_balance(
    fence: RingFence, cast: Cast, refusal: type[Exception], other: dict[str, object]
) -> None:
    with pytest.raises(refusal):
        commit(fence, cast, **other)  # type: ignore[arg-type]
    assert fence.commitments == [] and fence.facts.balance == Decimal(20_000)


def test_the_last_penny_may_be_committed(fence: RingFence, cast: Cast) -> None:
    commit(fence, cast, amount=Decimal(20_000))
    assert fence.facts.balance == 0


def test_an_amount_below_what_is_committed_is_refused(fence: RingFence, cast: Cast) -> None:
    commit(fence, cast)
    with pytest.raises(actions.AmountKnown):
        actions.state_amount(fence, Decimal(4_999), on=ON, source="x", by=cast["finance"], at=AT)


def test_a_ring_fence_needs_a_purpose_and_an_order_of_days(cast: Cast) -> None:
    with pytest.raises(actions.PurposeNeeded):
        actions.ring_fence(actions.SetAside("a budget", ON, ON, [" "]), by=cast["finance"], at=AT)
    with pytest.raises(actions.OutsideItsTime):
        actions.ring_fence(actions.SetAside("a budget", ON, date(2020, 5, 31), ["one"]), by=cast["finance"], at=AT)
    assert db.session.scalars(select(RingFence)).first() is None


def test_the_grant_is_recorded_with_its_period(cast: Cast) -> None:
    with pytest.raises(actions.OutsideItsTime):
        actions.record_grant(
            funder="x", purpose="y", amount=Decimal(1), from_on=ON, until_on=date(2020, 5, 1), by=cast["finance"], at=AT
        )
