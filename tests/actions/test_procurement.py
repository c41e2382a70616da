"""What may be done to a file: opened, described, moved, paused, sent back, abandoned."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest
from sqlalchemy import select

from procure.audit.actions import ChangedMeanwhile, act
from procure.audit.models import TrailEntry
from procure.demonstration.cast import DIRECTOR, ENGAGEMENT, Cast
from procure.extensions import db
from procure.procurement.actions import MoveRefused, ReasonNeeded, ahead_of, describe, move, open_file
from procure.procurement.models import Procurement
from procure.procurement.rules import Route, Stage


@pytest.fixture
def file(cast: Cast, now: datetime) -> Procurement:
    """A file that has just been opened."""
    return open_file(
        title="Social infrastructure support", route=Route.CABINET, officer=cast["officer"], by=cast["officer"], at=now
    )


def needed(file: Procurement, cast: Cast, now: datetime) -> None:
    """Say what is needed and who answers for it."""
    describe(
        file, need="It ends.", description="Support.", lead_post_id=cast.post(ENGAGEMENT).id,
        director_post_id=cast.post(DIRECTOR).id, by=cast["officer"], at=now,
    )  # fmt: skip


def test_a_new_file_has_a_reference_one_lot_and_a_trail(file: Procurement) -> None:
    assert file.reference == "PRO-2027-001"
    assert [lot.number for lot in file.lots] == [1]
    said = set(db.session.scalars(select(TrailEntry.said).where(TrailEntry.file == file.reference)))
    assert said == {"opened the file"}


def test_references_count_on(file: Procurement, cast: Cast, now: datetime) -> None:
    other = open_file(title="Another", route=Route.SCHEME, officer=cast["officer"], by=cast["officer"], at=now)
    assert other.reference == "PRO-2027-002"


def test_the_value_counts_every_option_and_vat(file: Procurement, cast: Cast, now: datetime) -> None:
    describe(
        file, annual_net=Decimal("111000"), vat_percent=20, initial_months=36, extension_count=2, extension_months=12,
        by=cast["officer"], at=now,
    )  # fmt: skip
    assert (file.value_net, file.value_vat, file.value_gross) == (
        Decimal("555000.00"), Decimal("111000.00"), Decimal("666000.00"),
    )  # fmt: skip


def test_a_move_says_what_is_missing(file: Procurement, cast: Cast, now: datetime) -> None:
    with pytest.raises(MoveRefused, match="Say what is needed and why"):
        move(file.only_lot, "start the appraisal", by=cast["officer"], at=now)
    assert file.stage is Stage.NEED


def test_the_page_knows_what_is_missing_before_the_button_is_pressed(
    file: Procurement, cast: Cast, now: datetime
) -> None:
    ahead = ahead_of(file.only_lot, now.date())
    assert ahead is not None and not ahead.is_ready
    needed(file, cast, now)
    ahead = ahead_of(file.only_lot, now.date())
    assert ahead is not None and ahead.is_ready
    move(file.only_lot, "start the appraisal", by=cast["officer"], at=now)
    assert (file.stage, file.only_lot.stage) == (Stage.APPRAISING, Stage.APPRAISING)


def test_only_an_officer_moves_a_file(file: Procurement, cast: Cast, now: datetime) -> None:
    needed(file, cast, now)
    with pytest.raises(MoveRefused, match="Only a procurement officer"):
        move(file.only_lot, "start the appraisal", by=cast["director"], at=now)


def test_a_move_that_is_not_on_the_page_of_moves_is_refused(file: Procurement, cast: Cast, now: datetime) -> None:
    with pytest.raises(MoveRefused, match="The file stands at: Need"):
        move(file.only_lot, "announce the award", by=cast["officer"], at=now)


def test_a_paused_file_goes_on_where_it_was(file: Procurement, cast: Cast, now: datetime) -> None:
    needed(file, cast, now)
    move(file.only_lot, "start the appraisal", by=cast["officer"], at=now)
    with pytest.raises(ReasonNeeded):
        move(file.only_lot, "pause", by=cast["officer"], at=now)
    move(file.only_lot, "pause", by=cast["officer"], at=now, note="The budget is being set.")
    assert file.stage is Stage.PAUSED
    move(file.only_lot, "take up again", by=cast["officer"], at=now, note="The budget is set.")
    assert (file.stage, file.only_lot.paused_from) == (Stage.APPRAISING, None)


def test_a_file_can_be_sent_back_a_stage_and_abandoned(file: Procurement, cast: Cast, now: datetime) -> None:
    needed(file, cast, now)
    move(file.only_lot, "start the appraisal", by=cast["officer"], at=now)
    move(file.only_lot, "send back a stage", by=cast["officer"], at=now, note="The need was misread.")
    assert file.stage is Stage.NEED
    move(file.only_lot, "abandon", by=cast["officer"], at=now, note="No longer needed.")
    assert (file.stage, file.ended_because) == (Stage.ABANDONED, "No longer needed.")
    with pytest.raises(MoveRefused):
        move(file.only_lot, "take up again", by=cast["officer"], at=now, note="Needed after all.")


def test_what_was_approved_is_changed_with_a_reason(file: Procurement, cast: Cast, now: datetime) -> None:
    with act("approved", on=file, by=cast["officer"], at=now):
        file.stage = file.only_lot.stage = Stage.PREPARING
    with pytest.raises(ReasonNeeded):
        describe(file, annual_net=Decimal(200_000), by=cast["officer"], at=now)
    describe(file, annual_net=Decimal(200_000), by=cast["officer"], at=now, note="Pay rose.")
    assert file.annual_net == Decimal(200_000)


def test_the_second_of_two_officers_is_told(file: Procurement, cast: Cast, now: datetime) -> None:
    seen = file.version
    describe(file, need="First.", by=cast["officer"], at=now, sees=seen)
    with pytest.raises(ChangedMeanwhile):
        describe(file, need="Second.", by=cast["officer"], at=now, sees=seen)
    assert file.need == "First."


def test_a_leap_day_is_a_day(file: Procurement, cast: Cast, now: datetime) -> None:
    describe(file, service_starts_on=date(2028, 2, 29), by=cast["officer"], at=now)
    assert file.service_starts_on == date(2028, 2, 29)
