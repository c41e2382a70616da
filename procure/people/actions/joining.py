"""How somebody comes in: the first visit, an invitation, a new password, one-time codes."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import datetime

from flask import current_app
from sqlalchemy import func, select

from procure.audit.actions import Actor, Machine, act
from procure.council.models import Council
from procure.extensions import db
from procure.mail.actions import queue
from procure.now import legal_day
from procure.people import keys, sessions
from procure.people.actions.administering import must_administer
from procure.people.actions.names import PostRefused
from procure.people.actions.persons import plain_address, refuse_taken
from procure.people.actions.posts import appoint
from procure.people.actions.roles import grant_role
from procure.people.models import Holding, Person, Post, RoleGrant
from procure.people.passwords import kept, matches
from procure.people.rules import KEY_LASTS, PostKind, Role, TokenPurpose, password_problem
from procure.refusals import Refusal

EASY_TO_TYPE = "ABCDEFGHJKMNPQRSTVWXYZ23456789"
FIRST_VISIT = Machine("First visit")


class KeyNotGood(Refusal):
    """The key was used, has expired, or never was one."""


class CodeWrong(Refusal):
    """The one-time code doesn't match."""


class PasswordRefused(Refusal):
    """The password will not do."""


# ── the first visit ──


def first_code(*, at: datetime) -> str | None:
    """A new code for the first visit, in place of an unused earlier one; None where the council is set up."""
    if db.session.scalar(select(Council.id).limit(1)) is not None:
        return None
    code = "".join(secrets.choice(EASY_TO_TYPE) for _ in range(16))
    keys.make_key(TokenPurpose.FIRST_VISIT, None, at=at, key=code)
    return "-".join(code[start : start + 4] for start in range(0, 16, 4))


def set_up_council(
    *, code: str, council_name: str, name: str, email: str, password: str, post_name: str, at: datetime
) -> Person:
    """Name the council and its first administrator. The code from the terminal is used up."""
    with act("set up the council", on="council", by=FIRST_VISIT, at=at):
        if db.session.scalar(select(Council.id).limit(1)) is not None:
            raise KeyNotGood("The council has been set up already. Sign in.")
        typed = "".join(letter for letter in code.upper() if letter.isalnum())
        found = keys.key_found(typed, TokenPurpose.FIRST_VISIT, at=at)
        if found is None or not keys.use_key(found.id, at=at):
            raise KeyNotGood("That isn’t the code printed in the terminal. Check it, or print a new one.", field="code")
        _refuse_password(password, email, name)
        person = Person(name=name, email=plain_address(email), password_hash=kept(password))
        post = Post(name=post_name, kind=PostKind.OFFICER)
        today = legal_day(at)
        db.session.add_all(
            [
                Council(name=council_name), person, post, Holding(post=post, person=person, from_on=today),
                RoleGrant(person=person, role=Role.ADMINISTRATOR, from_on=today),
            ]
        )  # fmt: skip
    return person


# ── letters with a key ──


def invite(
    name: str, email: str, *, by: Actor, at: datetime, post: Post | None = None, roles: Iterable[Role] = ()
) -> Person:
    """Take somebody in, with a post and roles, and write them a letter to choose a password."""
    must_administer(by, at)
    with act(f"invited {name}", on="people", by=by, at=at):
        refuse_taken(email)
        person = Person(name=name, email=plain_address(email))
        db.session.add(person)
        db.session.flush()
        if post is not None:
            _appoint_today(person, post, by=by, at=at)
        for role in roles:
            grant_role(person, role, by=by, at=at)
        _write_key(person, TokenPurpose.INVITATION, by=by, at=at)
    return person


def _appoint_today(person: Person, post: Post, *, by: Actor, at: datetime) -> None:
    """An invitation asks for no first day, so what is wrong with it belongs to the post."""
    try:
        appoint(person, post, from_on=legal_day(at), by=by, at=at)
    except PostRefused as refused:
        raise PostRefused(refused.sentence, field="post_id") from refused


def send_key(person: Person, *, by: Actor, at: datetime) -> None:
    """Write a letter to choose a password: an invitation where none was ever chosen, else for a new one."""
    must_administer(by, at)
    if not person.is_active:
        raise KeyNotGood(f"{person.name} has left. Take them back before you write to them.")
    purpose = TokenPurpose.NEW_PASSWORD if person.password_hash else TokenPurpose.INVITATION
    with act(f"sent {person.name} a letter to choose a password", on=person, by=by, at=at):
        _write_key(person, purpose, by=by, at=at)


def send_key_to(email: str, *, at: datetime) -> None:
    """The forgotten password: a letter, where the address is somebody's. Says nothing either way."""
    person = db.session.scalars(select(Person).where(func.lower(Person.email) == plain_address(email))).one_or_none()
    if person is None or not person.is_active:
        return
    purpose = TokenPurpose.NEW_PASSWORD if person.password_hash else TokenPurpose.INVITATION
    with keys.own_write():
        _write_key(person, purpose, by=person, at=at)


def _write_key(person: Person, purpose: TokenPurpose, *, by: Actor, at: datetime) -> None:
    key = keys.make_key(purpose, person.id, at=at)
    today = legal_day(at)
    held = [holding.post.name for holding in person.holdings if holding.covers(today)]
    queue(
        purpose.value,
        to=person,
        facts={
            "name": person.name,
            "link": f"{current_app.config['PUBLIC_URL']}/letters-key/{key}",
            "until": at + KEY_LASTS[purpose],
            "invited_by": by.name,
            "post": held[0] if held else "",
            "email": person.email,
        },
        about="",
        once=f"{purpose.value}/{person.id}/{keys.hashed(key)[:16]}",
        at=at,
        secret=key,
    )


# ── passwords ──


def set_password(key: str, password: str, *, at: datetime) -> Person:
    """Choose a password with the key of a letter. The key is used up and every session ends."""
    found = keys.key_found(key, TokenPurpose.INVITATION, TokenPurpose.NEW_PASSWORD, at=at)
    if found is None or found.person is None or not found.person.is_active:
        raise KeyNotGood("This link has been used or has expired. Ask for a new one.")
    person, token_id = found.person, found.id
    _refuse_password(password, person.email, person.name)
    with act("chose a password", on=person, by=person, at=at):
        if not keys.use_key(token_id, at=at):
            raise KeyNotGood("This link has been used or has expired. Ask for a new one.")
        person.password_hash = kept(password)
        sessions.end_all_of(person.id, at=at)
    return person


def change_password(person: Person, *, old: str, new: str, in_session: int | None, at: datetime) -> None:
    """Choose another password while signed in. Every other session ends."""
    if not matches(old, person.password_hash):
        raise PasswordRefused("That isn’t your present password.", field="old")
    _refuse_password(new, person.email, person.name)
    with act("chose a new password", on=person, by=person, at=at):
        person.password_hash = kept(new)
        sessions.end_all_of(person.id, at=at, but=in_session)


def _refuse_password(password: str, email: str, name: str) -> None:
    problem = password_problem(password, email, name)
    if problem:
        raise PasswordRefused(problem, field="password")


# ── one-time codes ──


def set_up_code(person: Person, secret: str, *, at: datetime) -> None:
    """Keep the secret of the device which has just shown a right code."""
    with act("set up one-time codes", on=person, by=person, at=at):
        if person.totp_confirmed_at is not None:
            raise CodeWrong("Your one-time codes are set up already. Sign in with one.")
        person.totp_secret, person.totp_confirmed_at = secret, at


def reset_code(person: Person, *, by: Actor, at: datetime) -> None:
    """Forget a lost device: sessions end, and the next sign-in sets codes up anew."""
    must_administer(by, at)
    if isinstance(by, Person) and by.id == person.id:
        raise CodeWrong("You can’t reset your own device. Ask another administrator.")
    with act(f"reset the one-time codes of {person.name}", on=person, by=by, at=at):
        person.totp_secret = person.totp_confirmed_at = None
        sessions.forget_devices_of(person.id, at=at)
        sessions.end_all_of(person.id, at=at)
