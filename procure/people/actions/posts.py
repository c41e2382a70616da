"""Posts, and who holds them from when to when. Powers belong to posts, so nobody appoints themself."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import func, select

from procure.audit.actions import Actor, act
from procure.extensions import db
from procure.now import legal_day
from procure.people import sessions
from procure.people.actions.administering import must_administer
from procure.people.models import Holding, Person, Post
from procure.people.rules import Capacity, PostKind
from procure.refusals import Refusal


class PostRefused(Refusal):
    """A post can't be named, held, or ended like that."""


def add_post(name: str, kind: PostKind, *, next_up: Post | None = None, by: Actor, at: datetime) -> Post:
    """Add a post. Letters that its holder doesn't answer go to the post next up."""
    must_administer(by, at)
    with act(f"added the post {name}", on="people", by=by, at=at):
        _refuse_name(name)
        post = Post(name=name, kind=kind, next_up=next_up)
        db.session.add(post)
    return post


def change_post(
    post: Post, *, name: str, kind: PostKind, next_up: Post | None, by: Actor, at: datetime, sees: int | None = None
) -> None:
    """Rename a post or put it under another."""
    must_administer(by, at)
    with act(f"changed the post {post.name}", on=post, by=by, at=at, sees=sees):
        _refuse_name(name, but=post)
        _refuse_circle(post, next_up)
        post.name, post.kind, post.next_up = name, kind, next_up


def end_post(post: Post, *, on: date, by: Actor, at: datetime, note: str | None = None) -> None:
    """Say that a post was abolished. It must stand empty first."""
    must_administer(by, at)
    with act(f"ended the post {post.name}", on=post, by=by, at=at, note=note):
        still = [held for held in post.holdings if held.until_on is None or held.until_on > on]
        if still:
            raise PostRefused(
                f"{still[-1].person.name} holds this post. End that first, then end the post.", field="ended_on"
            )
        post.ended_on = on


def take_post_up_again(post: Post, *, by: Actor, at: datetime) -> None:
    """Undo the ending of a post."""
    must_administer(by, at)
    with act(f"took the post {post.name} up again", on=post, by=by, at=at):
        post.ended_on = None


def appoint(
    person: Person,
    post: Post,
    *,
    from_on: date,
    by: Actor,
    at: datetime,
    until_on: date | None = None,
    capacity: Capacity = Capacity.SUBSTANTIVE,
    authority: str | None = None,
) -> Holding:
    """Say that a person holds a post from a day on. A deputy needs the written authority named."""
    must_administer(by, at)
    if isinstance(by, Person) and by.id == person.id:
        raise PostRefused("You can’t appoint yourself. Ask another administrator.", field="post_id")
    if until_on is not None and until_on < from_on:
        raise PostRefused("The last day can’t be before the first.", field="until_on")
    if capacity is Capacity.DEPUTY and not authority:
        raise PostRefused("Name the written authority that lets a deputy act.", field="authority")
    with act(f"appointed {person.name} as {post.name}", on="people", by=by, at=at):
        if post.ended_on is not None and from_on > post.ended_on:
            raise PostRefused("This post has ended. Choose another.", field="post_id")
        for held in person.holdings:
            if held.post_id == post.id and _overlap(held, from_on, until_on):
                raise PostRefused(f"{person.name} holds this post already in those days.", field="post_id")
        holding = Holding(
            post=post, person=person, from_on=from_on, until_on=until_on, capacity=capacity, authority=authority
        )
        db.session.add(holding)
    return holding


def end_holding(
    holding: Holding, *, until_on: date, by: Actor, at: datetime, note: str | None = None, sees: int | None = None
) -> None:
    """Say which day was, or will be, the last in a post. From today back, the person's sessions end at once."""
    must_administer(by, at)
    person, post = holding.person, holding.post
    if until_on < holding.from_on:
        raise PostRefused("The last day can’t be before the first.", field="until_on")
    with act(f"ended {person.name}’s time as {post.name}", on=holding, by=by, at=at, note=note, sees=sees):
        holding.until_on = until_on
        if until_on <= legal_day(at):
            sessions.end_all_of(person.id, at=at)


def _overlap(held: Holding, from_on: date, until_on: date | None) -> bool:
    return (held.until_on is None or held.until_on >= from_on) and (until_on is None or held.from_on <= until_on)


def _refuse_name(name: str, but: Post | None = None) -> None:
    found = db.session.scalars(select(Post).where(func.lower(Post.name) == name.lower())).first()
    if found is not None and found is not but:
        raise PostRefused("There is a post of this name. Enter another name.", field="name")


def _refuse_circle(post: Post, next_up: Post | None) -> None:
    above = next_up
    while above is not None:
        if above is post:
            raise PostRefused("A post can’t be above itself. Choose another post.", field="next_up_id")
        above = above.next_up
