"""Posts found by any name they have or had."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from procure.extensions import db
from procure.people.models import Post
from procure.people.name_rules import ALSO, FORMER, OWN, Name, name_holds, post_with, posts_with


def all_posts() -> list[Post]:
    """Every post with all its names, ended ones too."""
    return list(db.session.scalars(select(Post).order_by(Post.id).options(selectinload(Post.names))))


def names_of(posts: list[Post]) -> list[Name]:
    """Every name of those posts, by which they are found."""
    return [
        name
        for post in posts
        for name in (
            Name(post.name, post.id, OWN),
            *(Name(other.name, post.id, ALSO if other.is_alias else FORMER) for other in post.names),
        )
    ]


def posts_in(text: str) -> list[Post]:
    """The posts a text names, in its order: by their name, a former one, or one they are also known by."""
    posts = {post.id: post for post in all_posts()}
    return [posts[found] for found in posts_with(text, names_of(list(posts.values())))]


def post_named(text: str) -> Post | None:
    """The post of that very name, whatever its case, its commas and small words; None where none or two have it."""
    posts = {post.id: post for post in all_posts()}
    found = post_with(text, names_of(list(posts.values())))
    return posts[found] if found is not None else None


def has_name_like(post: Post, asked: str) -> bool:
    """Whether one of the post's names, former ones too, holds what was asked for."""
    return any(name_holds(asked, name) for name in (post.name, *(other.name for other in post.names)))
