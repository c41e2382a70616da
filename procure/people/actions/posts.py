"""Posts, and who holds them from when to when. Powers belong to posts, so nobody appoints themself."""

from __future__ import annotations

from datetime import date, datetime

from procure.audit.actions import Actor, act
from procure.extensions import db
from procure.now import legal_day
from procure.people import sessions
from procure.people.actions.administering import must_administer
from procure.people.actions.covers import end_covers_of, end_covers_of_vacancy
from procure.people.actions.names import PostRefused, refuse_name
from procure.people.models import Holding, Person, Post
from procure.people.rules import Capacity, PostKind


def add_post(name: str, kind: PostKind, *, next_up: Post | None = None, by: Actor, at: datetime) -> Post:
    """Add a post. Letters that its holder doesn't answer go to the post next up."""
    must_administer(by, at)
    with act(f"added the post {name}", on="people", by=by, at=at):
        refuse_name(name)
        post = Post(name=name, kind=kind, next_up=next_up)
        db.session.add(post)
    return post


def add_post_from_minutes(name: str, kind: PostKind, *, by: Actor, at: datetime) -> Post:
    """Add a post that published words name. It has no holder, so nobody gains a power by it.

    Who keeps the record of decisions may do this; an administrator says who holds the post.
    """
    with act(f"added the post {name}, which a decision names", on="people", by=by, at=at):
        refuse_name(name)
        post = Post(name=name, kind=kind)
        db.session.add(post)
    return post


def change_post(
    post: Post, *, name: str, kind: PostKind, next_up: Post | None, by: Actor, at: datetime, sees: int | None = None
) -> None:
    """Correct the spelling of a post's name, or put it under another. A new name is given by `rename`."""
    must_administer(by, at)
    with act(f"changed the post {post.name}", on=post, by=by, at=at, sees=sees):
        refuse_name(name, but=post)
        _refuse_circle(post, next_up)
        post.name, post.kind, post.next_up = name, kind, next_up


def end_post(
    post: Post,
    *,
    on: date,
    successor: Post | None = None,
    authority: str = "",
    by: Actor,
    at: datetime,
    note: str | None = None,
    sees: int | None = None,
) -> None:
    """Say that a post was abolished, and which post has its powers from then on, by what authority.

    It must stand empty first. Without a successor nobody holds its powers.
    """
    must_administer(by, at)
    with act(f"ended the post {post.name}", on=post, by=by, at=at, note=note, sees=sees):
        still = [held for held in post.holdings if held.until_on is None or held.until_on > on]
        if still:
            raise PostRefused(
                f"{still[-1].person.name} holds this post. End that first, then end the post.", field="ended_on"
            )
        covered = [cover for cover in post.covers if cover.until_on > on]
        if covered:
            raise PostRefused(
                f"{covered[-1].person.name} covers this post. End the cover first, then end the post.", field="ended_on"
            )
        if successor is not None:
            _refuse_successor(post, successor, authority, on)
        post.ended_on = on
        post.successor, post.succession_authority = successor, authority.strip() if successor else ""


def name_successor(
    post: Post, successor: Post, *, authority: str, by: Actor, at: datetime, sees: int | None = None
) -> None:
    """Say which post took over the powers of one that has ended, and by what authority."""
    must_administer(by, at)
    with act(f"named {successor.name} as successor of the post {post.name}", on=post, by=by, at=at, sees=sees):
        if post.ended_on is None:
            raise PostRefused(f"The post {post.name} has its powers itself. End it first.", field="successor_id")
        _refuse_successor(post, successor, authority, post.ended_on)
        post.successor, post.succession_authority = successor, authority.strip()


def _refuse_successor(post: Post, successor: Post, authority: str, on: date) -> None:
    """Refuse a successor that ended before, one that leads back to the post, and one without an authority."""
    passed: Post | None = successor
    met: set[int] = set()
    while passed is not None and passed.id not in met:
        if passed is post:
            said = "A post can’t take over from itself. Choose another post."
            if successor is not post:
                said = f"The powers of {successor.name} passed to this post. Choose another post."
            raise PostRefused(said, field="successor_id")
        met.add(passed.id)
        passed = passed.successor
    if successor.ended_on is not None and successor.ended_on <= on:
        raise PostRefused(f"The post {successor.name} has ended by then. Choose another post.", field="successor_id")
    if not authority.strip():
        raise PostRefused(
            "Say where it is written that the powers pass: the minute, or the paragraph of the constitution.",
            field="authority",
        )


def take_post_up_again(post: Post, *, by: Actor, at: datetime) -> None:
    """Undo the ending of a post."""
    must_administer(by, at)
    with act(f"took the post {post.name} up again", on=post, by=by, at=at):
        post.ended_on, post.successor, post.succession_authority = None, None, ""


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
    """Say that a person holds a post from a day on. A deputy needs the written authority named.

    One person at a time holds it in their own right; others act, fill in or deputise beside them. Cover of the vacancy
    ends the day before.
    """
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
        if capacity is Capacity.SUBSTANTIVE:
            _refuse_second_holder(person, post, from_on, until_on)
        holding = Holding(
            post=post, person=person, from_on=from_on, until_on=until_on, capacity=capacity, authority=authority
        )
        db.session.add(holding)
        end_covers_of_vacancy(post, from_on=from_on, by=by, at=at)
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
        end_covers_of(holding, until_on=until_on, by=by, at=at)
        if until_on <= legal_day(at):
            sessions.end_all_of(person.id, at=at)


def _refuse_second_holder(person: Person, post: Post, from_on: date, until_on: date | None) -> None:
    """Refuse a post that somebody else holds in their own right on some of those days."""
    for held in post.holdings:
        if held.capacity is Capacity.SUBSTANTIVE and held.person is not person and _overlap(held, from_on, until_on):
            raise PostRefused(f"{held.person.name} holds this post. Enter their last day first.", field="from_on")


def _overlap(held: Holding, from_on: date, until_on: date | None) -> bool:
    return (held.until_on is None or held.until_on >= from_on) and (until_on is None or held.from_on <= until_on)


def _refuse_circle(post: Post, next_up: Post | None) -> None:
    above = next_up
    while above is not None:
        if above is post:
            raise PostRefused("A post can’t be above itself. Choose another post.", field="next_up_id")
        above = above.next_up
