"""What a body decided: recorded, published, called in, superseded, corrected; and what it gives."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import func, select

from procure.audit.models import TrailEntry
from procure.authority import call_in_actions
from procure.authority import meeting_actions as actions
from procure.authority.call_in import CallInResult
from procure.authority.delegating import PowerIncomplete, Powers
from procure.authority.follow_up_actions import finish_follow_up
from procure.authority.meeting_facts import effect_of_meeting, powers_for, waiting_for
from procure.authority.models import Delegation, Meeting, Resolution
from procure.authority.rules import ActKind, ResolutionKind
from procure.authority.standing import standing_of
from procure.budget.actions import SetAside
from procure.budget.models import Grant, RingFence
from procure.demonstration import approval, days
from procure.demonstration.cast import DIRECTOR, FINANCE, LAW, Cast
from procure.extensions import db
from procure.procurement.actions import MoveRefused, move
from tests.an_approval import a_decided_file, a_file_seeking_approval, a_reported_file

AT = days.at(days.CABINET, 20)
LATER = days.at(days.CABINET_PUBLISHED, 12)


def a_meeting(cast: Cast, **facts: object) -> Meeting:
    return actions.record_meeting(
        body="Cabinet", held_on=days.CABINET, item="92", title="Strategy", by=cast["democratic"], at=AT, **facts
    )  # type: ignore[arg-type]


def test_item_92_becomes_rows(cast: Cast) -> None:
    file, meeting = a_decided_file(cast)
    assert meeting.reference == "CAB-2027-07-13-92"
    assert [one.numeral for one in meeting.resolutions] == ["(i)", "(ii)", "(iii)", "(iv)", "(v)"]
    powers = powers_for(file)
    assert [row.act for row in powers] == [ActKind.PROCURE, ActKind.AWARD, ActKind.ENTER, ActKind.ANCILLARY]
    assert all(row.post is cast.post(DIRECTOR) and len(row.consultees) == 4 for row in powers)
    assert all(row.max_value_gross is None and row.max_months is None and row.until_on is None for row in powers)
    fence = db.session.scalars(select(RingFence)).one()
    assert fence.resolution is meeting.resolutions[2] and fence.amount is None
    assert effect_of_meeting(meeting, days.CABINET_IN_FORCE).is_in_force
    assert not effect_of_meeting(meeting, date(2027, 7, 23)).is_in_force


def test_an_approval_of_another_option_is_refused_and_leaves_nothing(cast: Cast) -> None:
    file, meeting = a_reported_file(cast), a_meeting(cast)
    with pytest.raises(
        actions.OptionNotPreferred, match=r"Resolution \(i\) agrees Option 3, but the appraisal prefers"
    ):
        actions.resolve(
            meeting, ResolutionKind.APPROVE_PROCUREMENT, "Agree Option 3.", procurement=file, option_number=3,
            by=cast["democratic"], at=AT,
        )  # fmt: skip
    assert db.session.scalar(select(func.count()).select_from(Resolution)) == 0


def test_a_note_gives_no_power(cast: Cast) -> None:
    file, meeting = a_reported_file(cast), a_meeting(cast)
    powers = Powers(cast.post(DIRECTOR), [ActKind.PROCURE])
    with pytest.raises(actions.GivesNoAuthority, match="only notes: it gives no authority"):
        actions.resolve(
            meeting, ResolutionKind.NOTE, "Note it.", powers=powers, procurement=file, by=cast["democratic"], at=AT
        )
    actions.resolve(meeting, ResolutionKind.NOTE, "Note it.", procurement=file, by=cast["democratic"], at=AT)
    with pytest.raises(MoveRefused, match="only notes: it gives no authority"):
        move(file.only_lot, "prepare the tender", by=cast["officer"], at=LATER)


def test_a_delegation_names_acts_a_file_and_others_to_consult(cast: Cast) -> None:
    file, meeting = a_file_seeking_approval(cast), a_meeting(cast)
    post = cast.post(DIRECTOR)
    for powers, procurement in (
        (None, file), (Powers(post, []), file), (Powers(post, [ActKind.AWARD]), None),
        (Powers(post, [ActKind.AWARD], consultees=[post]), file),
    ):  # fmt: skip
        with pytest.raises(PowerIncomplete):
            actions.resolve(
                meeting, ResolutionKind.DELEGATE, "Delegate.", powers=powers, procurement=procurement,
                by=cast["democratic"], at=AT,
            )  # fmt: skip


def test_limits_that_are_stated_are_kept(cast: Cast) -> None:
    file, meeting = a_file_seeking_approval(cast), a_meeting(cast)
    actions.resolve(
        meeting, ResolutionKind.DELEGATE, "Delegate.", procurement=file,
        powers=Powers(
            cast.post(DIRECTOR), [ActKind.AWARD, ActKind.AWARD], consultees=[cast.post(LAW)],
            max_value_gross=Decimal(666_000), max_months=60,
        ),
        by=cast["democratic"], at=AT,
    )  # fmt: skip
    row = db.session.scalars(select(Delegation).where(Delegation.resolution_id.is_not(None))).one()
    assert (row.max_value_gross, row.max_months) == (Decimal(666_000), 60)


def test_a_ring_fence_needs_its_particulars(cast: Cast) -> None:
    meeting = a_meeting(cast)
    with pytest.raises(actions.GivesNoAuthority):
        actions.resolve(meeting, ResolutionKind.RING_FENCE, "Ring-fence it.", by=cast["democratic"], at=AT)
    actions.resolve(
        meeting, ResolutionKind.RING_FENCE, "Ring-fence it.",
        set_aside=SetAside("a budget", date(2027, 4, 1), date(2028, 3, 31), ["one thing"], amount=Decimal(5)),
        by=cast["democratic"], at=AT,
    )  # fmt: skip
    assert db.session.scalars(select(RingFence)).one().resolution is meeting.resolutions[0]


def test_a_meeting_is_recorded_once_and_after_it_was_held(cast: Cast) -> None:
    a_meeting(cast)
    with pytest.raises(actions.AlreadyRecorded):
        a_meeting(cast)
    with pytest.raises(actions.NotYetHeld):
        actions.record_meeting(
            body="Cabinet", held_on=date(2027, 7, 14), item="1", title="x", by=cast["democratic"], at=AT
        )


def test_publication_starts_the_clock(cast: Cast) -> None:
    meeting = a_meeting(cast)
    with pytest.raises(actions.PublicationRefused, match="Record what was resolved first"):
        actions.publish(meeting, on=days.CABINET, by=cast["democratic"], at=LATER)
    actions.resolve(meeting, ResolutionKind.NOTE, "Note it.", by=cast["democratic"], at=AT)
    for on in (date(2027, 7, 12), date(2027, 7, 17)):
        with pytest.raises(actions.PublicationRefused):
            actions.publish(meeting, on=on, by=cast["democratic"], at=LATER)
    actions.publish(meeting, on=days.CABINET_PUBLISHED, by=cast["democratic"], at=LATER)
    with pytest.raises(actions.PublicationRefused, match="recorded already"):
        actions.publish(meeting, on=days.CABINET_PUBLISHED, by=cast["democratic"], at=LATER)


def test_a_call_in_stops_the_decision_and_upholding_frees_it(cast: Cast) -> None:
    file, meeting = a_decided_file(cast)
    clerk = cast["democratic"]
    call_in_actions.call_in(
        meeting, on=date(2027, 7, 20), because="Five members", by=clerk, at=days.at(date(2027, 7, 20))
    )
    with pytest.raises(MoveRefused, match="It was called in on Tuesday 20 July 2027"):
        move(file.only_lot, "prepare the tender", by=cast["officer"], at=days.at(days.METHOD_SET))
    ended = days.at(date(2027, 8, 2))
    call_in_actions.end_call_in(meeting, on=date(2027, 8, 2), result=CallInResult.UPHELD, by=clerk, at=ended)
    move(file.only_lot, "prepare the tender", by=cast["officer"], at=days.at(days.METHOD_SET))
    with pytest.raises(call_in_actions.CallInRefused):
        call_in_actions.end_call_in(meeting, on=date(2027, 8, 2), result=CallInResult.UPHELD, by=clerk, at=ended)


def test_a_call_in_after_the_last_day_is_refused(cast: Cast) -> None:
    _, meeting = a_decided_file(cast)
    with pytest.raises(call_in_actions.CallInRefused):
        call_in_actions.call_in(
            meeting, on=date(2027, 7, 24), because="Late", by=cast["democratic"], at=days.at(date(2027, 7, 24))
        )
    assert meeting.called_in_on is None


def test_superseding_ends_every_power_of_a_resolution(cast: Cast) -> None:
    file, meeting = a_decided_file(cast)
    last = meeting.resolutions[4]
    at = days.at(days.METHOD_SET)
    with pytest.raises(actions.CorrectionRefused):
        actions.supersede(last, on=days.METHOD_SET, because="", by=cast["democratic"], at=at)
    actions.supersede(last, on=days.METHOD_SET, because="Minute 12", by=cast["democratic"], at=at)
    assert powers_for(file) == []
    with pytest.raises(actions.CorrectionRefused):
        actions.supersede(last, on=days.METHOD_SET, because="Again", by=cast["democratic"], at=at)


def test_a_correction_needs_a_reason_and_the_trail_keeps_both_values(cast: Cast) -> None:
    _, meeting = a_decided_file(cast)
    one = meeting.resolutions[1]
    with pytest.raises(actions.CorrectionRefused):
        actions.correct_resolution(one, because="", words="Note.", by=cast["democratic"], at=LATER)
    actions.correct_resolution(one, because="A word was missing.", words="Note it.", by=cast["democratic"], at=LATER)
    entry = db.session.scalars(select(TrailEntry).where(TrailEntry.note == "A word was missing.")).one()
    assert "Note it." in (entry.payload or "") and "local giving model update" in (entry.payload or "")
    actions.correct_meeting(meeting, because="Misread.", title="Another title", by=cast["democratic"], at=LATER)
    assert meeting.title == "Another title"


def test_follow_ups_wait_for_holders_of_their_owners_post(app: object, cast: Cast) -> None:
    _, meeting = a_decided_file(cast)
    with app.test_request_context():  # type: ignore[attr-defined]
        mine = waiting_for(cast["finance"], days.CABINET_PUBLISHED)
        assert [one.what for one in mine] == ["State how much of the Crowdfunding budget remains"]
    finish_follow_up(meeting.resolutions[2].follow_ups[0], on=days.CABINET_PUBLISHED, by=cast["finance"], at=LATER)
    with app.test_request_context():  # type: ignore[attr-defined]
        assert waiting_for(cast["finance"], days.CABINET_PUBLISHED) == []


def test_havering_is_recorded_and_nothing_can_be_bought_under_it(cast: Cast) -> None:
    file = a_reported_file(cast)
    meeting = approval.havering(cast)
    assert meeting.consulted_from_on == date(2014, 10, 9)
    assert [one.kind for one in meeting.resolutions] == [ResolutionKind.APPROVE_POLICY]
    assert db.session.scalars(select(Delegation).where(Delegation.resolution_id.is_not(None))).first() is None
    with pytest.raises(actions.GivesNoAuthority):
        actions.resolve(
            meeting, ResolutionKind.APPROVE_POLICY, "Approve.", procurement=file,
            powers=Powers(cast.post(DIRECTOR), [ActKind.AWARD]), by=cast["democratic"], at=LATER,
        )  # fmt: skip
    with pytest.raises(MoveRefused):
        move(file.only_lot, "prepare the tender", by=cast["officer"], at=LATER)


def test_the_replay_of_2019(app: object) -> None:
    approval.replay_2019()
    meeting = db.session.scalars(select(Meeting)).one()
    assert meeting.reference == "CAB-2019-02-18-92" and meeting.published_on == date(2019, 2, 21)
    assert effect_of_meeting(meeting, date(2019, 3, 1)).is_in_force
    assert not effect_of_meeting(meeting, date(2019, 2, 28)).is_in_force
    assert db.session.scalars(select(Grant)).one().amount == Decimal(100_000)
    assert db.session.scalars(select(RingFence)).one().amount_on == date(2019, 2, 18)


def test_the_standing_of_a_file_follows_its_decisions(app: object, cast: Cast) -> None:
    file = a_reported_file(cast)
    with app.test_request_context():  # type: ignore[attr-defined]
        assert standing_of(file, days.CABINET).said == "Nobody has approved this purchase yet."
    approval.cabinet(file, cast)
    with app.test_request_context():  # type: ignore[attr-defined]
        standing = standing_of(file, days.CABINET_PUBLISHED)
        assert standing.said.startswith(f"Cabinet gave the {DIRECTOR} this power.")
        assert standing.notes == ("(ii)",)
        assert [link.is_done for link in standing.links] == [True, True, False, False, False]
        assert FINANCE in standing.links[2].sentence
