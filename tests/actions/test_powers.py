"""A power that was recorded wrongly is put right, and nobody raises their own limit."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import select

from procure.audit.verifying import verify
from procure.authority.delegating import Powers
from procure.authority.meeting_actions import CorrectionRefused
from procure.authority.models import Delegation, Resolution
from procure.authority.power_actions import correct_powers
from procure.demonstration import days
from procure.demonstration.cast import COMMISSIONING, the_cast
from procure.extensions import db
from procure.people.models import Post
from tests.signing_in import sign_in


def test_a_limit_typed_wrong_is_corrected_and_the_old_one_stays_in_the_trail(at_stage: Callable[[str], Flask]) -> None:
    at_stage("tender")
    resolution, post, consulted = _power_of_the_file()
    correct_powers(
        resolution, Powers(post, [], consultees=consulted, max_value_gross=Decimal("666000")),
        because="The report says so.", by=the_cast()["democratic"], at=days.at(days.TENDER_OPENS),
    )  # fmt: skip
    assert {row.max_value_gross for row in resolution.delegations} == {Decimal("666000.00")}
    assert {len(row.consultees) for row in resolution.delegations} == {4}
    assert verify().verified


def test_a_consultee_left_out_is_put_in_and_one_too_many_is_taken_out(at_stage: Callable[[str], Flask]) -> None:
    at_stage("tender")
    resolution, post, consulted = _power_of_the_file()
    other = the_cast().post(COMMISSIONING)
    correct_powers(
        resolution, Powers(post, [], consultees=[*consulted[:3], other]), because="Misread.",
        by=the_cast()["democratic"], at=days.at(days.TENDER_OPENS),
    )  # fmt: skip
    for row in resolution.delegations:
        assert {one.post_id for one in row.consultees} == {one.id for one in [*consulted[:3], other]}
    assert verify().verified


def test_a_power_under_which_a_decision_is_out_is_not_changed(at_stage: Callable[[str], Flask]) -> None:
    at_stage("award")
    resolution, post, consulted = _power_of_the_file()
    with pytest.raises(CorrectionRefused, match="returned to the officer first"):
        correct_powers(
            resolution, Powers(post, [], consultees=consulted), because="Misread.",
            by=the_cast()["democratic"], at=days.at(days.WAITING),
        )  # fmt: skip


def test_nobody_changes_the_limits_of_their_own_power(at_stage: Callable[[str], Flask]) -> None:
    at_stage("tender")
    resolution, post, consulted = _power_of_the_file()
    with pytest.raises(CorrectionRefused, match="You hold this power"):
        correct_powers(
            resolution, Powers(post, [], consultees=consulted), because="I need more.",
            by=the_cast()["director"], at=days.at(days.TENDER_OPENS),
        )  # fmt: skip


def test_the_page_of_powers_shows_the_words_and_asks_why(at_stage: Callable[[str], Flask]) -> None:
    client = at_stage("tender").test_client()
    sign_in(client, the_cast()["democratic"])
    resolution, _, _ = _power_of_the_file()
    address = f"/meetings/{resolution.meeting.reference}/resolutions/{resolution.number}/powers"
    assert "Delegate authority to the Director of Policy and Participation" in client.get(address).text
    assert client.post(address, data={}).status_code == 422


def _power_of_the_file() -> tuple[Resolution, Post, list[Post]]:
    """Resolution (v), the director's post, and the four posts to consult."""
    row = db.session.scalars(select(Delegation).where(Delegation.resolution_id.is_not(None))).first()
    assert row is not None and row.resolution is not None
    return row.resolution, row.post, [one.post for one in row.consultees]
