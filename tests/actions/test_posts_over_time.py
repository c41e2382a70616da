"""Posts that are renamed, covered, ended and followed."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from procure.audit.verifying import verify
from procure.demonstration.cast import COMMISSIONING, DIRECTOR, ENGAGEMENT, OFFICER, Cast
from procure.extensions import db
from procure.mail.models import Letter
from procure.people import actions
from procure.people.access import holds, posts_of, stands_as
from procure.people.actions.administering import AdministratorNeeded
from procure.people.finding import post_named, posts_in
from procure.people.models import Cover, Post, PostName
from procure.people.rules import PostKind, Role

WHY = {"reason": "Annual leave", "authority": "Memo of 20 January 2027"}


def cover(cast: Cast, post: str, who: str, first: date, last: date, *, by: str, at: datetime) -> Cover:
    return actions.set_cover(cast.post(post), cast[who], from_on=first, until_on=last, by=cast[by], at=at, **WHY)


def letters() -> list[tuple[str, str]]:
    return [(one.name, one.to_name) for one in db.session.scalars(select(Letter).order_by(Letter.id))]


# ── names ──


def test_a_new_name_keeps_the_old_one_and_a_spelling_does_not(cast: Cast, now: datetime) -> None:
    post, by, day = cast.post(COMMISSIONING), cast["administrator"], now.date()
    actions.change_post(post, name="Head of Comissioning", kind=post.kind, next_up=post.next_up, by=by, at=now)
    actions.change_post(post, name=COMMISSIONING, kind=post.kind, next_up=post.next_up, by=by, at=now)
    assert post.names == []
    actions.add_alias(post, "Head of Buying & Care", by=by, at=now)
    for name, since in (("Director of Commissioning", day - timedelta(days=30)), ("Head of Buying and Care", day)):
        actions.rename(post, name=name, from_on=since, by=by, at=now, sees=post.version)
    said = [post.name_on(day - timedelta(days=back)) for back in (31, 30, 1, 0)]
    assert said == [COMMISSIONING, "Director of Commissioning", "Director of Commissioning", "Head of Buying and Care"]
    assert [one.name for one in post.names if one.is_alias] == [], "what was its other name is its name now"
    assert post_named("head of commissioning") is post
    with pytest.raises(actions.NameRefused, match="later day"):
        actions.rename(post, name="Something", from_on=day, by=by, at=now)
    with pytest.raises(actions.NameRefused, match="from today at the latest"):
        actions.rename(post, name="Something", from_on=day + timedelta(days=1), by=by, at=now)
    with pytest.raises(AdministratorNeeded):
        actions.rename(post, name="Something", from_on=day, by=cast["officer"], at=now)
    assert verify().verified


def test_a_post_can_get_a_name_back_it_had(cast: Cast, now: datetime) -> None:
    post, by = cast.post(COMMISSIONING), cast["administrator"]
    for back, name in ((90, "B"), (60, COMMISSIONING), (30, "C")):
        actions.rename(post, name=name, from_on=now.date() - timedelta(days=back), by=by, at=now)
    assert [post.name_on(now.date() - timedelta(days=back)) for back in (91, 61, 31, 1)] == [
        COMMISSIONING, "B", COMMISSIONING, "C",
    ]  # fmt: skip


def test_other_names_find_a_post_and_belong_to_one_post_only(cast: Cast, now: datetime) -> None:
    post, by = cast.post(COMMISSIONING), cast["administrator"]
    alias = actions.add_alias(post, "Chief Buyer, Commissioner & Co", by=by, at=now)
    assert posts_in("after asking the Chief Buyer, Commissioner and Co and the Director of Policy & Participation") == [
        post, cast.post(DIRECTOR),
    ]  # fmt: skip
    for name in ("chief buyer commissioner & co", COMMISSIONING.upper()):
        with pytest.raises(actions.NameRefused, match="already"):
            actions.add_alias(post, name, by=by, at=now)
    with pytest.raises(actions.PostRefused, match="also called this"):
        actions.add_post("Chief Buyer, Commissioner & Co", PostKind.OFFICER, by=by, at=now)
    with pytest.raises(actions.NameRefused, match="post of this name"):
        actions.add_alias(post, OFFICER, by=by, at=now)
    actions.remove_alias(alias, by=by, at=now)
    assert post_named("Chief Buyer, Commissioner & Co") is None
    former = db.session.scalars(select(PostName).where(PostName.until_on.is_not(None))).first()
    assert former is not None
    with pytest.raises(actions.NameRefused, match="history"):
        actions.remove_alias(former, by=by, at=now)


# ── cover ──


def test_a_covered_post_is_acted_for_by_both_and_both_are_told(cast: Cast, now: datetime) -> None:
    day = now.date()
    first, last = day + timedelta(days=1), day + timedelta(days=14)
    set_ = cover(cast, COMMISSIONING, "engagement", first, last, by="commissioning", at=now)
    post, acts = cast.post(COMMISSIONING), cast["engagement"]
    assert [post.acting_on(on) for on in (day, first, last, last + timedelta(days=1))] == [
        cast["commissioning"], acts, acts, cast["commissioning"],
    ]  # fmt: skip
    assert post.holder_on(first) == cast["commissioning"]
    assert holds(acts, post.id, first) and not holds(acts, post.id, day)
    assert posts_of(cast["commissioning"], first) == {post.id}
    standing = stands_as(acts, post, first)
    assert standing is not None and standing.cover is set_
    assert standing.said == "covering for R. Reviewer (Memo of 20 January 2027)"
    assert letters() == [("cover_set", "S. Lead"), ("cover_set", "R. Reviewer")]
    with pytest.raises(actions.CoverRefused, match="Lead covers this post"):
        cover(cast, COMMISSIONING, "manager", last, last, by="administrator", at=now)
    actions.end_cover(set_, until_on=first, by=cast["commissioning"], at=now + timedelta(days=1), sees=set_.version)
    assert post.acting_on(first + timedelta(days=1)) == cast["commissioning"]
    assert letters()[2:] == [("cover_ended", "S. Lead"), ("cover_ended", "R. Reviewer")]
    with pytest.raises(actions.CoverRefused, match="is over"):
        actions.end_cover(set_, until_on=last, by=cast["commissioning"], at=now + timedelta(days=9))
    assert verify().verified


def test_who_may_set_cover_and_who_may_cover(cast: Cast, now: datetime) -> None:
    day = now.date()
    last = day + timedelta(days=5)
    for by in ("engagement", "auditor", "officer"):
        with pytest.raises(actions.NotYoursToCover) as refused:
            cover(cast, COMMISSIONING, "manager", day, last, by=by, at=now)
        assert refused.value.who_can == "the post’s holder or an administrator"
    for post, who, by, says in (
        (COMMISSIONING, "administrator", "administrator", "yourself"),
        (COMMISSIONING, "commissioning", "commissioning", "holds this post"),
        (COMMISSIONING, "auditor", "administrator", "auditor"),
        (DIRECTOR, "commissioning", "director", "Reviewer isn’t a decision maker"),
    ):
        with pytest.raises(actions.CoverRefused, match=says):
            cover(cast, post, who, day, last, by=by, at=now)
    actions.grant_role(cast["commissioning"], Role.DECIDER, by=cast["administrator"], at=now, until_on=last)
    with pytest.raises(actions.CoverRefused, match="on all those days"):
        cover(cast, DIRECTOR, "commissioning", day, last + timedelta(days=1), by="director", at=now)
    assert cover(cast, DIRECTOR, "commissioning", day, last, by="director", at=now).away == cast["director"]
    actions.leave(cast["manager"], because="Left", by=cast["administrator"], at=now)
    with pytest.raises(actions.CoverRefused, match="has left"):
        cover(cast, ENGAGEMENT, "manager", day, last, by="engagement", at=now)


def test_cover_that_has_not_begun_is_withdrawn_and_ends_with_whoever_leaves(cast: Cast, now: datetime) -> None:
    day, by = now.date(), cast["administrator"]
    later = day + timedelta(days=7)
    coming = cover(cast, COMMISSIONING, "engagement", later, later, by="commissioning", at=now)
    actions.end_cover(coming, until_on=day, by=by, at=now)
    assert cast.post(COMMISSIONING).covers == []
    assert letters()[2:] == [("cover_ended", "S. Lead"), ("cover_ended", "R. Reviewer")]
    running = cover(cast, COMMISSIONING, "engagement", day, later, by="commissioning", at=now)
    holding = cast.post(COMMISSIONING).holding_on(day)
    assert holding is not None
    actions.end_holding(holding, until_on=day + timedelta(days=2), by=by, at=now)
    assert running.until_on == day + timedelta(days=2), "nobody acts for somebody who has left the post"
    empty = day + timedelta(days=3)
    vacant = cover(cast, COMMISSIONING, "manager", empty, later, by="administrator", at=now)
    assert vacant.away is None
    actions.leave(cast["manager"], because="Left", by=by, at=now)
    assert cast.post(COMMISSIONING).acting_on(empty) is None
    assert verify().verified


# ── successors ──


def test_a_post_that_ends_leaves_its_powers_to_its_successor(cast: Cast, now: datetime) -> None:
    day, by = now.date(), cast["administrator"]
    yesterday = day - timedelta(days=1)
    posts = [actions.add_post(name, PostKind.OFFICER, by=by, at=now) for name in ("Head of Parks", "Head of Play")]
    parks, play = posts
    with pytest.raises(actions.PostRefused, match="where it is written") as refused:
        actions.end_post(parks, on=yesterday, successor=play, by=by, at=now)
    assert refused.value.field == "authority"
    actions.end_post(parks, on=yesterday, by=by, at=now)
    assert parks.acting_on(day) is None
    actions.name_successor(parks, play, authority="Minute 12 of 2026", by=by, at=now)
    with pytest.raises(actions.PostRefused, match="passed to this post"):
        actions.end_post(play, on=yesterday, successor=parks, authority="Minute 13", by=by, at=now)
    last = cast.post(ENGAGEMENT)
    actions.end_post(play, on=yesterday, successor=last, authority="Minute 13 of 2026", by=by, at=now)
    assert parks.acting_on(day) == cast["engagement"]
    assert {parks.id, play.id, last.id} <= posts_of(cast["engagement"], day)
    standing = stands_as(cast["engagement"], parks, day)
    assert standing is not None
    assert standing.said == f"as {ENGAGEMENT}, its successor"
    actions.take_post_up_again(play, by=by, at=now)
    assert (play.successor, play.succession_authority, parks.acting_on(day)) == (None, "", None)
    with pytest.raises(actions.PostRefused, match="End it first"):
        actions.name_successor(db.session.get_one(Post, play.id), last, authority="Minute", by=by, at=now)
    assert verify().verified
