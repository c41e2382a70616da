"""What a post is called: a new name from a day on, which keeps the old one, and names it is also known by."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from procure.audit.actions import Actor, act
from procure.extensions import db
from procure.now import legal_day
from procure.people.actions.administering import must_administer
from procure.people.finding import all_posts
from procure.people.models import Post, PostName
from procure.people.name_rules import pieces, same_name
from procure.refusals import Refusal
from procure.words import day as in_words


class PostRefused(Refusal):
    """A post can't be named, held, or ended like that."""


class NameRefused(PostRefused):
    """A post can't be called like that, or not from that day."""


def rename(
    post: Post, *, name: str, from_on: date, by: Actor, at: datetime, note: str | None = None, sees: int | None = None
) -> None:
    """Give a post a new name from a day on, today at the latest. Its powers stay; the old name keeps its days."""
    must_administer(by, at)
    with act(f"renamed the post {post.name} {name}", on=post, by=by, at=at, note=note, sees=sees):
        former = [one for one in post.names if not one.is_alias]
        last = max((one.until_on for one in former if one.until_on is not None), default=None)
        if from_on > legal_day(at):
            raise NameRefused(
                "A post has its new name from today at the latest. Come back on the day it changes.", field="from_on"
            )
        if last is not None and from_on <= last + timedelta(days=1):
            raise NameRefused(
                f"The post has its present name since {in_words(last + timedelta(days=1))}. Enter a later day.",
                field="from_on",
            )
        if name == post.name:
            raise NameRefused("This is the post’s name already. Enter the new one.", field="name")
        refuse_name(name, but=post)
        for alias in [one for one in post.names if one.is_alias and same_name(one.name, name)]:
            db.session.delete(alias)
        post.names.append(
            PostName(
                name=post.name, from_on=last + timedelta(days=1) if last else None, until_on=from_on - timedelta(days=1)
            )
        )
        post.name = name


def add_alias(post: Post, name: str, *, by: Actor, at: datetime, sees: int | None = None) -> PostName:
    """Say what a post is also called, so that it is found by that name in papers and searches."""
    must_administer(by, at)
    with act(f"noted that the post {post.name} is also called {name}", on=post, by=by, at=at, sees=sees):
        if same_name(name, post.name) or any(one.is_alias and same_name(one.name, name) for one in post.names):
            raise NameRefused("The post is found by this name already.", field="name")
        refuse_name(name, but=post)
        alias = PostName(post=post, name=name)
        db.session.add(alias)
    return alias


def remove_alias(alias: PostName, *, by: Actor, at: datetime) -> None:
    """Take away a name a post was also known by. A former name stays: it is history."""
    must_administer(by, at)
    post = alias.post
    with act(f"took away the name {alias.name} from the post {post.name}", on=[alias, post], by=by, at=at):
        if not alias.is_alias:
            raise NameRefused("A former name is history and stays.")
        db.session.delete(alias)


def refuse_name(name: str, but: Post | None = None) -> None:
    """Refuse a name by which another post is known today. A former name of another may be used again."""
    if not pieces(name):
        raise NameRefused("A name has a word in it. Enter the name of the post.", field="name")
    for post in all_posts():
        if post is but:
            continue
        if same_name(post.name, name):
            raise NameRefused("There is a post of this name. Enter another name.", field="name")
        if any(one.is_alias and same_name(one.name, name) for one in post.names):
            raise NameRefused(f"The post {post.name} is also called this. Enter another name.", field="name")
