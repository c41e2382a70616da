"""To whom a reminder goes on a day: whoever acts for the post; if nobody does the next post up; last, an administrator."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from procure.council.models import Council
from procure.extensions import db
from procure.people.access import holders_of, posts_up_from
from procure.people.models import Cover, Holding, Person, Post
from procure.people.rules import Role


@dataclass(frozen=True)
class Recipient:
    """A person, the post for which they get the letter, and the vacant post it was meant for."""

    person: Person
    post: Post | None
    vacant: str = ""
    covers: bool = False
    """Whether they stand in for the post's holder, who is away."""

    @property
    def post_name(self) -> str:
        return self.post.name if self.post else Role.ADMINISTRATOR.label


def recipient_of(post: Post | None, day: date) -> Recipient | None:
    """Who gets a letter for a post on a day. None where neither the posts above nor an administrator can.

    Without a post it goes to an administrator.
    """
    for one in posts_up_from(post) if post else ():
        holder = one.acting_on(day)
        if holder is not None and holder.is_active:
            covers = one.heir_on(day).cover_on(day) is not None
            return Recipient(holder, one, "" if one is post else post.name, covers)  # type: ignore[union-attr]
    administrators = holders_of(Role.ADMINISTRATOR, day)
    return Recipient(administrators[0], None, post.name if post else "") if administrators else None


def next_up(post: Post, day: date) -> Recipient | None:
    """Who is written to when a post doesn't answer: the next post up that somebody else holds."""
    silent = post.acting_on(day)
    for one in posts_up_from(post)[1:]:
        holder = one.acting_on(day)
        if holder is not None and holder.is_active and holder is not silent:
            return Recipient(holder, one)
    return None


class Recipients:
    """`recipient_of` and `next_up` for many letters: every post is asked about once a day."""

    def __init__(self) -> None:
        self._posts: dict[int, Post] = {}
        self._found: dict[tuple[int | None, date], Recipient | None] = {}
        self._above: dict[tuple[int, date], Recipient | None] = {}

    def load(self) -> Recipients:
        """Read every post with who held and covered it, in a few queries. Done once a round, and only if it is due."""
        self._found.clear()
        self._above.clear()
        rows = db.session.scalars(
            select(Post).options(
                selectinload(Post.holdings).joinedload(Holding.person),
                selectinload(Post.covers).joinedload(Cover.person),
            )
        )
        self._posts = {post.id: post for post in rows}
        return self

    def of(self, post_id: int | None, day: date) -> Recipient | None:
        key = (post_id, day)
        if key not in self._found:
            self._found[key] = recipient_of(self._posts.get(post_id) if post_id else None, day)
        return self._found[key]

    def above(self, post: Post, day: date) -> Recipient | None:
        key = (post.id, day)
        if key not in self._above:
            self._above[key] = next_up(post, day)
        return self._above[key]


def money_post_id() -> int | None:
    """The post to which the ends of grants and ring-fences are told: the council's finance officer."""
    return db.session.scalar(select(Council.finance_officer_post_id).order_by(Council.id).limit(1))
