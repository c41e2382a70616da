"""Fetching a contract and the right to see or change it, in one call."""

from __future__ import annotations

from datetime import date

from flask import abort
from sqlalchemy import ColumnElement, select, true

from procure.contract.models import Contract
from procure.extensions import db
from procure.people.access import global_roles_of, may_read_every_file, posts_of
from procure.people.models import Person, Post
from procure.people.rules import Role


def owns(person: Person, contract: Contract, day: date) -> bool:
    """Whether a person holds the contract's post, or one above it."""
    held = posts_of(person, day)
    post: Post | None = contract.manager_post
    climbed: set[int] = set()
    while post is not None and post.id not in climbed:
        if post.id in held:
            return True
        climbed.add(post.id)
        post = post.next_up
    return False


def readable_posts(person: Person, day: date) -> set[int] | None:
    """The posts whose contracts a person may read: their own and those below. None where they may read every one."""
    if may_read_every_file(person, day):
        return None
    steps = list(db.session.execute(select(Post.id, Post.next_up_id)))
    owned = posts_of(person, day)
    while below := {post for post, next_up in steps if next_up in owned} - owned:
        owned |= below
    return owned


def is_readable(person: Person, day: date) -> ColumnElement[bool]:
    """Which contracts a person may read, as the condition of a query over `Contract`."""
    posts = readable_posts(person, day)
    return true() if posts is None else Contract.manager_post_id.in_(posts)


def may_read(person: Person, contract: Contract, day: date) -> bool:
    """Whether a person may read a contract: who reads every file, its post, a post above it."""
    return may_read_every_file(person, day) or owns(person, contract, day)


def contract_for(person: Person, reference: str, day: date) -> Contract:
    """The contract with this reference, if the person may read it. 404 for both kinds of no."""
    found = db.session.scalars(select(Contract).where(Contract.reference == reference)).one_or_none()
    if found is None or not may_read(person, found, day):
        abort(404)
    return found


def may_change(person: Person, contract: Contract, day: date) -> bool:
    """Whether a person may decide about a contract: its post, a post above it, or a procurement officer."""
    return owns(person, contract, day) or Role.OFFICER in global_roles_of(person, day)


def contract_to_change(person: Person, reference: str, day: date) -> Contract:
    """The contract with this reference, if the person may change it. 403 where they may only read it."""
    found = contract_for(person, reference, day)
    if not may_change(person, found, day):
        abort(403)
    return found
