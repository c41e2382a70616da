"""What is done with letters: queued inside a transaction, posted after it, sent again."""

from __future__ import annotations

import os
import secrets
import socket
from collections.abc import Mapping
from contextlib import ExitStack
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from flask import current_app
from sqlalchemy import or_, select, update
from sqlalchemy.exc import IntegrityError

from procure.audit.actions import Actor, act, writing
from procure.council.models import Council, Demonstration
from procure.documents.models import Paper
from procure.extensions import db
from procure.mail.declare import email_named
from procure.mail.models import Letter
from procure.mail.posting import CannotConnect, NeverDelivered, NotDelivered, post_office
from procure.mail.rounds import beat, own_transaction
from procure.mail.rules import CLAIMED_FOR, KEY_TAKEN_OUT, next_try
from procure.mail.writing import one_line, write
from procure.people.models import Person
from procure.refusals import Refusal

BATCH = 10
LONGEST_PROBLEM = 500


class NotToBeSentAgain(Refusal):
    """The letter is still on its way, or holds a link that works once."""


def queue(
    name: str,
    *,
    to: Person | None,
    facts: Mapping[str, Any],
    about: str,
    once: str,
    at: datetime,
    to_name: str | None = None,
    to_email: str | None = None,
    to_post: str = "",
    paper: Paper | None = None,
    secret: str | None = None,
) -> Letter | None:
    """Write a letter and put it with the others that wait, in the transaction that is open.

    Nothing leaves before that transaction is committed. `about` is the reference of the file, `once` says what makes
    this letter this one: where a letter of that name is there already, nothing happens and None comes back. `secret`
    is a key that stands in one of the links; it is veiled on every page and taken out of the row after sending.
    """
    if not writing.get():
        raise RuntimeError("A letter is queued inside an act, or inside a round's own transaction.")
    if db.session.scalar(select(Letter.id).where(Letter.once == once)) is not None:
        return None
    name_of_reader, address = to_name or (to.name if to else ""), to_email or (to.email if to else "")
    council = db.session.scalars(select(Council).order_by(Council.id)).first()
    words = write(
        email_named(name), facts, reference=about, to_name=name_of_reader, to_post=to_post,
        council_name=council.name if council else "The Council",
        is_demonstration=db.session.scalar(select(Demonstration.id)) is not None,
    )  # fmt: skip
    letter = Letter(
        name=name, once=once, about=about, to=to, to_name=one_line(name_of_reader), to_email=one_line(address),
        to_post=one_line(to_post), subject=words.subject, text=words.text, html=words.html, paper=paper, secret=secret,
        message_id=new_message_id(),
        queued_at=at, next_try_at=at,
    )  # fmt: skip
    try:
        with db.session.begin_nested():
            db.session.add(letter)
    except IntegrityError:
        return None
    return letter


def new_message_id() -> str:
    """A name for a letter that no other letter has. Short, so that no mail program breaks its line."""
    return f"<{secrets.token_hex(10)}@{urlsplit(current_app.config['PUBLIC_URL']).hostname}>"


def post_waiting(at: datetime, limit: int = 200) -> int:
    """Post what waits: claimed a few at a time, each settled in a durable commit of its own. Answers how many went."""
    mine, posted, handled = f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}", 0, 0
    with ExitStack() as kept:
        office = None
        while handled < limit and (claimed := _claim(mine, at, min(BATCH, limit - handled))):
            office = office or kept.enter_context(post_office())
            for place, letter_id in enumerate(claimed):
                handled += 1
                try:
                    posted += _post_one(letter_id, mine, office, at)
                except CannotConnect:
                    _release(claimed[place + 1 :], mine)
                    return posted
    beat("post letters", began_at=at, ended_at=at, said=f"{posted} sent" if posted else "Nothing waited")
    return posted


def _claim(mine: str, at: datetime, most: int) -> list[int]:
    """Make waiting letters ours. Nobody else takes them for ten minutes."""
    free = or_(Letter.claimed_until.is_(None), Letter.claimed_until < at)
    waiting = (Letter.sent_at.is_(None), Letter.given_up_at.is_(None), Letter.next_try_at <= at, free)
    wanted = select(Letter.id).where(*waiting).order_by(Letter.id).limit(most).with_for_update(skip_locked=True)
    with own_transaction():
        ids = list(db.session.scalars(wanted))
        taken = (
            update(Letter)
            .where(Letter.id.in_(ids), free)
            .values(claimed_by=mine, claimed_until=at + CLAIMED_FOR)
            .returning(Letter.id)
        )
        return sorted(db.session.scalars(taken)) if ids else []


def _release(ids: list[int], mine: str) -> None:
    with own_transaction():
        db.session.execute(
            update(Letter)
            .where(Letter.id.in_(ids), Letter.claimed_by == mine)
            .values(claimed_by=None, claimed_until=None)
        )


def _post_one(letter_id: int, mine: str, office: Any, at: datetime) -> bool:
    letter = db.session.get_one(Letter, letter_id)
    try:
        office.post(letter, at)
    except NotDelivered as failure:
        db.session.rollback()
        with own_transaction():
            _failed(db.session.get_one(Letter, letter_id), failure, at)
        if isinstance(failure, CannotConnect):
            raise
        return False
    db.session.rollback()
    with own_transaction():
        _sent(db.session.get_one(Letter, letter_id), at)
    return True


def _sent(letter: Letter, at: datetime) -> None:
    letter.sent_at, letter.claimed_by, letter.claimed_until, letter.last_problem = at, None, None, None
    letter.tries += 1
    if letter.secret:
        letter.text = letter.text.replace(letter.secret, KEY_TAKEN_OUT)
        letter.html = letter.html.replace(letter.secret, KEY_TAKEN_OUT)
        letter.secret = None


def _failed(letter: Letter, failure: NotDelivered, at: datetime) -> None:
    letter.tries += 1
    letter.last_problem = one_line(str(failure))[:LONGEST_PROBLEM]
    letter.claimed_by = letter.claimed_until = None
    again = None if isinstance(failure, NeverDelivered) else next_try(at, letter.tries)
    if again is None:
        letter.given_up_at = at
    else:
        letter.next_try_at = again


def send_again(letter: Letter, *, by: Actor, at: datetime) -> None:
    """Put a sent or given-up letter back with those that wait; a key that was taken out is made anew."""
    with act(
        f"sent the letter to {letter.to_name} again", on=letter.about or "letters", by=by, at=at, note=letter.subject
    ):
        db.session.refresh(letter, with_for_update=True)
        if letter.sent_at is None and letter.given_up_at is None:
            raise NotToBeSentAgain("This letter is still waiting to be sent. Look again in a minute.")
        if KEY_TAKEN_OUT in letter.text:
            renew = email_named(letter.name).renew
            if renew is None:
                raise NotToBeSentAgain("You can’t send this letter again. Its link works once. Ask for a new letter.")
            letter.secret = renew(letter, at)
            letter.text = letter.text.replace(KEY_TAKEN_OUT, letter.secret)
            letter.html = letter.html.replace(KEY_TAKEN_OUT, letter.secret)
        letter.sent_at = letter.given_up_at = letter.last_problem = None
        letter.tries, letter.next_try_at = 0, at
