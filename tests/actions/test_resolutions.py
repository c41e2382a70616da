"""Resolutions after they are recorded: recommended, rescinded, followed up, and another power under the same words."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from procure.audit.verifying import verify
from procure.authority import meeting_actions
from procure.authority.delegating import PowerIncomplete, Powers, must_agree_with_itself
from procure.authority.follow_up_actions import FollowUpRefused, add_follow_up, change_follow_up, finish_follow_up
from procure.authority.meeting_actions import CorrectionRefused, rescind
from procure.authority.meeting_facts import does, groups_of, powers_given
from procure.authority.models import Resolution
from procure.authority.power_actions import add_power, correct_powers
from procure.authority.rules import ActKind, ConsultationMode, ResolutionKind, ResolutionStatus
from procure.demonstration import days
from procure.demonstration.cast import COMMUNITY, DIRECTOR, FINANCE, LAW, OFFICER, Cast
from procure.extensions import db
from procure.people.models import Post
from procure.procurement.actions import open_file
from procure.procurement.rules import Route

AT = days.at(days.CABINET, 20)
LATER = days.at(days.CABINET_PUBLISHED, 12)


def a_resolution(cast: Cast, powers: Powers | None = None, **more: object) -> Resolution:
    """Cabinet lets the director award, after asking Finance and with the agreement of Law."""
    clerk, officer = cast["democratic"], cast["officer"]
    file = open_file(title="Support", route=Route.CABINET, officer=officer, by=officer, at=AT)
    meeting = meeting_actions.record_meeting(
        body="Cabinet", held_on=days.CABINET, item="92", title="Strategy", by=clerk, at=AT
    )
    powers = powers or Powers(
        cast.post(DIRECTOR), [ActKind.AWARD], max_value_gross=Decimal(500_000),
        consultees=[cast.post(FINANCE), (cast.post(LAW), ConsultationMode.AGREE)],
    )  # fmt: skip
    return meeting_actions.resolve(
        meeting, ResolutionKind.DELEGATE, "Delegate authority.", procurement=file, powers=powers,
        owner_post=cast.post(DIRECTOR), by=clerk, at=AT, **more,
    )  # type: ignore[arg-type]  # fmt: skip


def test_each_consultee_is_asked_in_the_words_of_the_resolution(cast: Cast) -> None:
    one = a_resolution(cast)
    (given,) = powers_given(one)
    assert given.asked == (("in consultation with", FINANCE), ("with the agreement of", LAW))
    assert given.within == ("Up to £500,000 including VAT, no limit on length.",)


def test_a_second_power_under_the_same_words_has_its_own_consultees(cast: Cast) -> None:
    one = a_resolution(cast)
    enter = Powers(
        cast.post(DIRECTOR), [ActKind.ENTER], consultees=[(cast.post(COMMUNITY), ConsultationMode.TERMS)],
        others=[cast.post(OFFICER)], may_nominate=True, min_value_gross=Decimal(1_000), from_on=days.CABINET_IN_FORCE,
        until_event="the service begins", conditions="in line with the strategy\nsubject to the budget",
    )  # fmt: skip
    add_power(one, enter, because="It was left out.", by=cast["democratic"], at=LATER)
    award, entered = groups_of(one)
    assert [len(award), len(entered)] == [1, 1] and award[0].consultees[0].post.name == FINANCE
    given = powers_given(one)[1]
    assert given.asked == (("on terms acceptable to", COMMUNITY),)
    assert f"So may the {OFFICER}, without the other." in given.within
    assert {"Subject to the budget.", "Until the service begins.", "From 26 July 2027."} <= set(given.within)
    with pytest.raises(CorrectionRefused, match="may award under it already"):
        again = Powers(cast.post(DIRECTOR), [ActKind.AWARD])
        add_power(one, again, because="Twice", by=cast["democratic"], at=LATER)
    with pytest.raises(CorrectionRefused, match="You hold this power"):
        extend = Powers(cast.post(DIRECTOR), [ActKind.EXTEND])
        add_power(one, extend, because="I want it", by=cast["director"], at=LATER)


def test_one_set_is_corrected_and_the_other_stays(cast: Cast) -> None:
    one = a_resolution(cast)
    add_power(
        one, Powers(cast.post(DIRECTOR), [ActKind.ENTER]), because="Left out.", by=cast["democratic"], at=LATER
    )  # fmt: skip
    award, enter = groups_of(one)
    better = Powers(
        cast.post(DIRECTOR), [], consultees=[(cast.post(FINANCE), ConsultationMode.AGREE_IN_WRITING)],
        others=[cast.post(OFFICER)], max_months=60,
    )  # fmt: skip
    correct_powers(one, better, rows=award, because="Misread.", by=cast["democratic"], at=LATER)
    db.session.expire_all()
    award, enter = groups_of(one)
    assert [(row.post.name, row.mode) for row in award[0].consultees] == [(FINANCE, ConsultationMode.AGREE_IN_WRITING)]
    assert award[0].max_months == 60 and award[0].max_value_gross is None
    assert [row.post.name for row in award[0].others] == [OFFICER] and enter[0].others == []
    assert verify().verified


def test_a_power_that_contradicts_itself_is_refused(cast: Cast) -> None:
    post: Post = cast.post(DIRECTOR)
    finance = cast.post(FINANCE)
    for powers, said in (
        (Powers(post, [ActKind.AWARD], others=[post]), "stands twice"),
        (Powers(post, [ActKind.AWARD], others=[finance], consultees=[finance]), "can’t also be consulted"),
        (Powers(post, [ActKind.AWARD], consultees=[finance, finance]), "stands twice among those consulted"),
        (Powers(post, [ActKind.AWARD], min_value_gross=Decimal(2), max_value_gross=Decimal(1)), "more than the lowest"),
        (Powers(post, [ActKind.AWARD], from_on=days.PUBLISHED, until_on=days.CABINET), "after the first"),
    ):
        with pytest.raises(PowerIncomplete, match=said):
            must_agree_with_itself(powers)


def test_a_recommendation_to_another_body_gives_no_power_yet(cast: Cast) -> None:
    one = a_resolution(cast, status=ResolutionStatus.RECOMMENDED)
    assert does(one) == "Recommended to another body. It gives no power until that body resolves it."


def test_a_resolution_is_rescinded_with_its_reason_once(cast: Cast) -> None:
    one, clerk = a_resolution(cast), cast["democratic"]
    for on, because in ((date(2027, 7, 12), "Changed"), (date(2027, 7, 30), "Changed"), (days.CABINET, " ")):
        with pytest.raises(CorrectionRefused):
            rescind(one, on=on, because=because, by=clerk, at=LATER)
    rescind(one, on=days.CABINET_PUBLISHED, because="Cabinet, 16 July 2027, item 2", by=clerk, at=LATER)
    assert one.status is ResolutionStatus.RESCINDED
    assert one.delegations[0].superseded_on == days.CABINET_PUBLISHED
    with pytest.raises(CorrectionRefused, match="rescinded already"):
        rescind(one, on=days.CABINET_PUBLISHED, because="Again", by=clerk, at=LATER)
    with pytest.raises(CorrectionRefused, match="gives no power"):
        powers = Powers(cast.post(DIRECTOR), [ActKind.ENTER])
        add_power(one, powers, because="Left out.", by=clerk, at=LATER)


def test_follow_ups_are_added_changed_and_finished_with_what_came_of_them(cast: Cast) -> None:
    one, clerk = a_resolution(cast), cast["democratic"]
    director, due = cast.post(DIRECTOR), date(2027, 9, 30)
    for what, post, day in (("", director, due), ("Report", None, due), ("Report", director, date(2027, 7, 1))):
        with pytest.raises(FollowUpRefused):
            add_follow_up(one, what=what, post=post, due_on=day, by=clerk, at=AT)
    first = add_follow_up(one, what="Report to Cabinet", post=director, due_on=due, by=clerk, at=AT)
    add_follow_up(one, what="Tell the groups", post=cast.post(FINANCE), due_on=due, by=clerk, at=AT)
    assert len(one.follow_ups) == 2
    change_follow_up(
        first, what="Report to Cabinet", post=director, due_on=date(2027, 10, 31), because="No meeting in September.",
        by=clerk, at=LATER,
    )  # fmt: skip
    with pytest.raises(FollowUpRefused, match="until today"):
        finish_follow_up(first, on=date(2028, 1, 1), by=cast["director"], at=LATER)
    finish_follow_up(first, on=days.CABINET_PUBLISHED, outcome="Reported.", by=cast["director"], at=LATER)
    assert (first.due_on, first.outcome) == (date(2027, 10, 31), "Reported.")
    with pytest.raises(FollowUpRefused, match="done already"):
        finish_follow_up(first, on=days.CABINET_PUBLISHED, by=cast["director"], at=LATER)
