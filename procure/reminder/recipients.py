"""To whom a reminder goes on a day: whoever acts for the post; else the next post up; last, an administrator."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import selectinload

from procure.council.models import Council
from procure.extensions import db
from procure.people.access import holders_of, posts_up_from
from procure.people.models import Cover, Holding, Person, Post
from procure.people.rules import Role

AT_A_TIME = 500


@dataclass(frozen=True)
class Reader:
    """Who gets a letter: what its envelope needs, and no row that a transaction would ask for again."""

    id: int
    name: str
    email: str


@dataclass(frozen=True)
class ForPost:
    """The post for which somebody gets a letter."""

    id: int
    name: str


@dataclass(frozen=True)
class Recipient:
    """A person, the post for which they get the letter, and the vacant post it was meant for."""

    person: Reader
    post: ForPost | None
    vacant: str = ""
    covers: bool = False
    """Whether they stand in for the post's holder, who is away."""

    @property
    def post_name(self) -> str:
        return self.post.name if self.post else Role.ADMINISTRATOR.label


def _reader(person: Person) -> Reader:
    return Reader(person.id, person.name, person.email)


def recipient_of(post: Post | None, day: date) -> Recipient | None:
    """Who gets a letter for a post on a day. None where neither the posts above nor an administrator can.

    Without a post it goes to an administrator.
    """
    for one in posts_up_from(post) if post else ():
        holder = one.acting_on(day)
        if holder is not None and holder.is_active:
            covers = one.heir_on(day).cover_on(day) is not None
            vacant = "" if one is post or post is None else post.name
            return Recipient(_reader(holder), ForPost(one.id, one.name), vacant, covers)
    administrators = holders_of(Role.ADMINISTRATOR, day)
    return Recipient(_reader(administrators[0]), None, post.name if post else "") if administrators else None


def next_up(post: Post, day: date) -> Recipient | None:
    """Who is written to when a post doesn't answer: the next post up that somebody else holds."""
    silent = post.acting_on(day)
    for one in posts_up_from(post)[1:]:
        holder = one.acting_on(day)
        if holder is not None and holder.is_active and holder is not silent:
            return Recipient(_reader(holder), ForPost(one.id, one.name))
    return None


class Recipients:
    """`recipient_of` and `next_up` for many letters: worked out at once, so that every post is read once a round."""

    def __init__(self, wanted: Iterable[tuple[int | None, date]]) -> None:
        wanted = set(wanted)
        posts = self._posts({post_id for post_id, _ in wanted if post_id is not None})
        self._found = {
            (post_id, day): recipient_of(posts.get(post_id) if post_id else None, day) for post_id, day in wanted
        }
        asked = wanted | {(one.post.id, day) for (_, day), one in self._found.items() if one and one.post}
        self._above = {(post_id, day): next_up(posts[post_id], day) for post_id, day in asked if post_id in posts}

    def _posts(self, ids: set[int]) -> dict[int, Post]:
        """These posts, those above them and their successors, each with its holders and covers."""
        found: dict[int, Post] = {}
        while ids:
            rows = db.session.scalars(
                select(Post)
                .where(Post.id.in_(ids))
                .options(
                    selectinload(Post.holdings).joinedload(Holding.person),
                    selectinload(Post.covers).joinedload(Cover.person),
                )
            ).all()
            found |= {post.id: post for post in rows}
            ids = {near for post in rows for near in (post.next_up_id, post.successor_id) if near} - set(found)
        return found

    def of(self, post_id: int | None, day: date) -> Recipient | None:
        """Who gets a letter for one of the posts that were asked about."""
        return self._found[post_id, day]

    def above(self, post_id: int, day: date) -> Recipient | None:
        """Who is written to when that post, or whoever stood in for it, doesn't answer."""
        return self._above.get((post_id, day))


def acting_for(post_ids: Sequence[int], day: date) -> dict[int, int]:
    """Who acts for posts on a day, by their ids: whoever covers, else the holder. A vacant post isn't there."""
    found: dict[int, int] = {}
    for row in (Holding, Cover):
        on_the_day = row.from_on <= day, or_(row.until_on.is_(None), row.until_on >= day)
        for begin in range(0, len(post_ids), AT_A_TIME):
            some = post_ids[begin : begin + AT_A_TIME]
            acting = select(row.post_id, row.person_id).where(row.post_id.in_(some), *on_the_day).order_by(row.from_on)
            for post_id, person_id in db.session.execute(acting):
                found[post_id] = person_id
    return found


def money_post_id() -> int | None:
    """The post to which the ends of grants and ring-fences are told: the council's finance officer."""
    return db.session.scalar(select(Council.finance_officer_post_id).order_by(Council.id).limit(1))
