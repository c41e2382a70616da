"""Cover of a post whose holder changes."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select

from procure.audit.verifying import verify
from procure.demonstration.cast import Cast
from procure.extensions import db
from procure.mail.models import Letter
from procure.people import actions
from procure.people.models import Post
from procure.people.rules import Capacity, PostKind

WHY = {"reason": "Vacant", "authority": "Minute 4 of 2027"}


def vacant_post(cast: Cast, at: datetime) -> Post:
    return actions.add_post("Head of Parks", PostKind.OFFICER, by=cast["administrator"], at=at)


def ended_letters() -> int:
    return db.session.scalar(select(func.count(Letter.id)).where(Letter.name == "cover_ended")) or 0


def test_cover_of_a_vacancy_ends_when_somebody_holds_the_post(cast: Cast, now: datetime) -> None:
    day, by, post = now.date(), cast["administrator"], vacant_post(cast, now)
    first = day + timedelta(days=5)
    running = actions.set_cover(
        post, cast["engagement"], from_on=day, until_on=day + timedelta(days=9), by=by, at=now, **WHY
    )
    actions.set_cover(
        post, cast["officer"], from_on=day + timedelta(days=10), until_on=day + timedelta(days=20), by=by, at=now, **WHY
    )
    actions.appoint(cast["manager"], post, from_on=first, by=by, at=now)
    assert running.until_on == first - timedelta(days=1)
    db.session.refresh(post)
    assert post.covers == [running], "one that hasn’t begun is withdrawn"
    assert [post.acting_on(first - timedelta(days=1)), post.acting_on(first)] == [cast["engagement"], cast["manager"]]
    assert ended_letters() == 2
    assert verify().verified


def test_what_was_done_by_cover_today_stands_when_somebody_is_appointed_today(cast: Cast, now: datetime) -> None:
    day, by, post = now.date(), cast["administrator"], vacant_post(cast, now)
    running = actions.set_cover(post, cast["engagement"], from_on=day, until_on=day, by=by, at=now, **WHY)
    actions.appoint(cast["manager"], post, from_on=day, by=by, at=now)
    assert running.until_on == day
    assert ended_letters() == 0, "nothing was made shorter"


def test_cover_for_a_holder_outlasts_another_appointment(cast: Cast, now: datetime) -> None:
    day, by, post = now.date(), cast["administrator"], vacant_post(cast, now)
    actions.appoint(cast["manager"], post, from_on=day - timedelta(days=30), by=by, at=now)
    running = actions.set_cover(
        post, cast["engagement"], from_on=day, until_on=day + timedelta(days=9), by=by, at=now, **WHY
    )
    actions.appoint(cast["officer"], post, from_on=day + timedelta(days=5), capacity=Capacity.ACTING, by=by, at=now)
    assert running.until_on == day + timedelta(days=9)


def test_nobody_covers_a_post_they_hold_on_some_of_its_days(cast: Cast, now: datetime) -> None:
    day, by, post = now.date(), cast["administrator"], vacant_post(cast, now)
    actions.appoint(cast["manager"], post, from_on=day, by=by, at=now)
    actions.appoint(
        cast["engagement"], post, from_on=day + timedelta(days=3), until_on=day + timedelta(days=5),
        capacity=Capacity.ACTING, by=by, at=now,
    )  # fmt: skip
    with pytest.raises(actions.CoverRefused, match="Lead holds this post") as refused:
        actions.set_cover(post, cast["engagement"], from_on=day, until_on=day + timedelta(days=9), by=by, at=now, **WHY)
    assert refused.value.field == "person_id"
