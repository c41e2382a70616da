"""Cover: somebody acts for a post for some days, by a written authority. Both are told, both stand in the record."""

from __future__ import annotations

from datetime import date, datetime

from flask import current_app
from sqlalchemy import func, select

from procure.audit.actions import Actor, act
from procure.extensions import db
from procure.mail.actions import queue
from procure.now import legal_day
from procure.people.access import global_roles_of, only_reads
from procure.people.cover_rules import ONE_DAY, Days, Problem, cover_days_problem, cover_person_problem
from procure.people.models import Cover, Holding, Person, Post
from procure.people.rules import Role
from procure.refusals import Refusal


class CoverRefused(Refusal):
    """A post can't be covered like that: its days, or the person."""


class NotYoursToCover(Refusal):
    """Only the holder of a post, or an administrator, says who covers it."""


def may_set_cover(by: Actor, post: Post, day: date) -> bool:
    """Whether somebody may say who covers a post: an administrator, or whoever holds it. An auditor changes nothing."""
    if not isinstance(by, Person):
        return True
    if only_reads(by, day):
        return False
    return Role.ADMINISTRATOR in global_roles_of(by, day) or _holds(by, post, day, day)


def who_could_cover(post: Post, day: date, *, by: Person) -> list[Person]:
    """Everybody who could be put in to cover a post from a day on, or from when a role begins that is given already."""

    def fits(person: Person) -> bool:
        first_days = {day, *(grant.from_on for grant in person.grants if grant.from_on > day)}
        return any(_person_problem(post, person, first, first, by) is None for first in first_days)

    people = db.session.scalars(
        select(Person).where(Person.is_active.is_(True)).order_by(func.lower(Person.name), Person.id)
    )
    return [person for person in people if fits(person)]


def set_cover(
    post: Post,
    person: Person,
    *,
    from_on: date,
    until_on: date,
    reason: str,
    authority: str,
    by: Person,
    at: datetime,
) -> Cover:
    """Say who acts for a post from one day to another, both included, why, and by what written authority."""
    day = legal_day(at)
    with act(f"set {person.name} to cover the {post.name}", on=post, by=by, at=at, note=reason):
        db.session.refresh(post, with_for_update=True)
        if not may_set_cover(by, post, day):
            raise NotYoursToCover(
                f"Only the holder of the post {post.name} can say who covers it.",
                who_can="the post’s holder or an administrator",
            )
        if not authority.strip():
            raise CoverRefused("Name the written authority for the cover.", field="authority")
        problem = _days_problem(post, from_on, until_on, day) or _person_problem(post, person, from_on, until_on, by)
        if problem:
            raise CoverRefused(problem.sentence, field=problem.field)
        cover = Cover(
            post=post, person=person, away=post.holder_on(from_on), from_on=from_on, until_on=until_on,
            reason=reason.strip(), authority=authority.strip(), set_by=by,
        )  # fmt: skip
        db.session.add(cover)
        db.session.flush()
        _tell("cover_set", cover, at=at, by=by)
    return cover


def end_cover(
    cover: Cover, *, until_on: date, by: Actor, at: datetime, note: str | None = None, sees: int | None = None
) -> None:
    """End a cover early: `until_on` is its last day, today at the soonest. One that would end unbegun is withdrawn."""
    day = legal_day(at)
    with act(
        f"ended {cover.person.name}’s cover of the {cover.post.name}", on=cover, by=by, at=at, note=note, sees=sees
    ):
        if not may_set_cover(by, cover.post, day):
            raise NotYoursToCover(
                f"Only the holder of the post {cover.post.name} can end its cover.",
                who_can="the post’s holder or an administrator",
            )
        if cover.until_on < day:
            raise CoverRefused("This cover is over. Nothing is left to end.")
        if until_on < day:
            raise CoverRefused("What was done by cover stands. Enter today or a later day.", field="until_on")
        if until_on > cover.until_on:
            raise CoverRefused(
                "Cover can’t be made longer here. Let it end, then say who covers the days after it.", field="until_on"
            )
        _shorten(cover, until_on, by=by, at=at)


def end_covers_of(holding: Holding, *, until_on: date, by: Actor, at: datetime) -> None:
    """Within another act: whoever was covered has left the post, so nobody acts in their place after that day."""
    for cover in list(holding.post.covers):
        if cover.away_id == holding.person_id and cover.until_on > until_on:
            _shorten(cover, until_on, by=by, at=at)


def end_covers_of_vacancy(post: Post, *, from_on: date, by: Actor, at: datetime) -> None:
    """Within another act: somebody holds the post from that day, so its vacancy needs no cover from then on."""
    for cover in list(post.covers):
        if cover.away_id is None and cover.until_on >= from_on:
            _shorten(cover, from_on - ONE_DAY, by=by, at=at)


def end_covers_by(person: Person, *, by: Actor, at: datetime) -> None:
    """Within another act: somebody has left the council, and covers nothing any more."""
    for cover in list(person.covers):
        _shorten(cover, legal_day(at) - ONE_DAY, by=by, at=at)


def _shorten(cover: Cover, until_on: date, *, by: Actor, at: datetime) -> None:
    """Give a cover an earlier end. What was done by it stands, so no day that is past is taken from it.

    One that would end before it began is taken out; the trail keeps it.
    """
    day = legal_day(at)
    if cover.until_on < day:
        return
    if until_on < cover.from_on and cover.from_on > day:
        _tell("cover_ended", cover, at=at, by=by, is_withdrawn=True)
        db.session.delete(cover)
        return
    last = max(until_on, cover.from_on, day - ONE_DAY)
    if last >= cover.until_on:
        return
    cover.until_on = last
    _tell("cover_ended", cover, at=at, by=by)


def _days_problem(post: Post, from_on: date, until_on: date, today: date) -> Problem | None:
    return cover_days_problem(
        from_on, until_on, today=today, ended_on=post.ended_on,
        held=[Days(one.from_on, one.until_on, one.person.name) for one in post.holdings],
        covered=[Days(one.from_on, one.until_on, one.person.name) for one in post.covers],
    )  # fmt: skip


def _person_problem(post: Post, person: Person, from_on: date, until_on: date, by: Person) -> Problem | None:
    holding = post.holding_on(from_on) or (post.holdings[-1] if post.holdings else None)
    ends = [one.until_on or until_on for one in post.holdings if one.from_on < from_on]
    known_on = from_on if post.holding_on(from_on) else max(ends, default=from_on)
    said = cover_person_problem(
        person.name,
        is_active=person.is_active,
        is_own=by.id == person.id,
        is_holder=_holds(person, post, from_on, until_on),
        roles=global_roles_of(person, from_on) & global_roles_of(person, until_on),
        needed=global_roles_of(holding.person, known_on) if holding else frozenset(),
    )
    return Problem(said, "person_id") if said else None


def _holds(person: Person, post: Post, from_on: date, until_on: date) -> bool:
    """Whether the person holds the post on some of those days."""
    return any(
        one.post_id == post.id and Days(one.from_on, one.until_on).meets(from_on, until_on) for one in person.holdings
    )


def _tell(name: str, cover: Cover, *, at: datetime, by: Actor, is_withdrawn: bool = False) -> None:
    for reader in (cover.person, cover.away):
        if reader is None or not reader.is_active:
            continue
        queue(
            name,
            to=reader,
            facts={
                "name": reader.name,
                "you_cover": reader is cover.person,
                "who": cover.person.name,
                "post": cover.post.name,
                "away": cover.away.name if cover.away else "Nobody: the post is vacant",
                "from_on": cover.from_on,
                "until_on": cover.until_on,
                "authority": cover.authority,
                "said_by": by.name,
                "is_withdrawn": is_withdrawn,
                "link": f"{current_app.config['PUBLIC_URL']}/account",
            },
            about="",
            once=f"{name}/{cover.id}/{cover.until_on}/{'no' if is_withdrawn else cover.version}/{reader.id}",
            at=at,
        )
