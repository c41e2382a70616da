"""To whom a reminder goes today: whoever holds the post; if vacant the next post up; last, an administrator."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from procure.people.access import holders_of, posts_up_from
from procure.people.models import Person, Post
from procure.people.rules import Role


@dataclass(frozen=True)
class Recipient:
    """A person, the post for which they get the letter, and the vacant post it was meant for."""

    person: Person
    post: Post | None
    vacant: str = ""

    @property
    def post_name(self) -> str:
        return self.post.name if self.post else Role.ADMINISTRATOR.label


def recipient_of(post: Post, day: date) -> Recipient | None:
    """Who gets a letter for a post on a day. None where neither the posts above nor an administrator can."""
    for one in posts_up_from(post):
        holder = one.acting_on(day)
        if holder is not None and holder.is_active:
            return Recipient(holder, one, "" if one is post else post.name)
    administrators = holders_of(Role.ADMINISTRATOR, day)
    return Recipient(administrators[0], None, post.name) if administrators else None


def next_up(post: Post, day: date) -> Recipient | None:
    """Who is written to when a post doesn't answer: the next post up that somebody else holds."""
    silent = post.acting_on(day)
    for one in posts_up_from(post)[1:]:
        holder = one.acting_on(day)
        if holder is not None and holder.is_active and holder is not silent:
            return Recipient(holder, one)
    return None
