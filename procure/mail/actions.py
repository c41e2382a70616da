"""What is done with letters: queued inside a transaction, posted after it, sent again."""

from __future__ import annotations

import logging
import os
import secrets
import socket
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic
from typing import Any
from urllib.parse import urlsplit

from flask import current_app
from sqlalchemy import or_, select, update
from sqlalchemy.exc import IntegrityError

from procure.audit.actions import NEW_ROW, Actor, act, writing
from procure.council.models import Council, Demonstration
from procure.documents.models import Paper
from procure.extensions import db
from procure.mail.declare import email_named
from procure.mail.models import Enclosure, Letter
from procure.mail.posting import CannotConnect, NeverDelivered, NotDelivered, PostOffice, post_office, sealed
from procure.mail.rounds import beat, own_transaction
from procure.mail.rules import CLAIMED_FOR, KEY_TAKEN_OUT, next_try, server_asked_again
from procure.mail.writing import one_line, write
from procure.people.models import Person
from procure.refusals import Refusal

BATCH = 10
LONGEST_PROBLEM = 500


log = logging.getLogger(__name__)


class NotToBeSentAgain(Refusal):
    """The letter is still on its way, or holds a link that works once."""


class NothingToSetAside(Refusal):
    """The letter has not failed, or somebody has dealt with it already."""


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
    papers: Sequence[Paper] = (),
    secret: str | None = None,
    calendar: str | None = None,
) -> Letter | None:
    """Write a letter and put it with the others that wait, in the transaction that is open.

    Nothing leaves before that transaction is committed. `about` is the reference of the file, `once` says what makes
    this letter this one: where a letter of that name is there already, nothing happens and None comes back. `secret`
    is a key that stands in one of the links; it is veiled on every page and taken out of the row after sending.
    `papers` go into the envelope, in that order; `calendar` is iCalendar text that is attached as an .ics file.
    """
    if not writing.get():
        raise RuntimeError("A letter is queued inside an act, or inside a round's own transaction.")
    if db.session.scalar(select(Letter.id).where(Letter.once == once)) is not None:
        return None
    name_of_reader, address = to_name or (to.name if to else ""), to_email or (to.email if to else "")
    around = around_letters()
    words = write(
        email_named(name), facts, reference=about, to_name=name_of_reader, to_post=to_post,
        council_name=around.council_name, is_demonstration=around.is_demonstration,
    )  # fmt: skip
    letter = Letter(
        name=name, once=once, about=about, to=to, to_name=one_line(name_of_reader), to_email=one_line(address),
        to_post=one_line(to_post), subject=words.subject, text=words.text, html=words.html, secret=secret,
        message_id=new_message_id(), calendar=calendar,
        queued_at=at, next_try_at=at, enclosures=[Enclosure(paper=paper) for paper in papers],
    )  # fmt: skip
    try:
        with db.session.begin_nested():
            db.session.add(letter)
    except IntegrityError:
        return None
    return letter


@dataclass(frozen=True)
class Around:
    """What stands around every letter: the council's name, and whether this is a demonstration."""

    council_name: str
    is_demonstration: bool


def around_letters() -> Around:
    """Read once for all letters of a round."""
    council = db.session.scalars(select(Council).order_by(Council.id)).first()
    is_demonstration = db.session.scalar(select(Demonstration.id)) is not None
    return Around(council.name if council else "The Council", is_demonstration)


@dataclass(frozen=True)
class Outgoing:
    """A letter that is written and not yet queued."""

    once: str
    row: Mapping[str, Any]


def written(
    name: str,
    *,
    around: Around,
    to: Person,
    facts: Mapping[str, Any],
    about: str,
    once: str,
    to_post: str = "",
    secret: str | None = None,
    calendar: str | None = None,
) -> Outgoing:
    """Write a letter for `queue_many`; the database isn't asked."""
    words = write(
        email_named(name), facts, reference=about, to_name=to.name, to_post=to_post,
        council_name=around.council_name, is_demonstration=around.is_demonstration,
    )  # fmt: skip
    row = {
        "name": name, "once": once, "about": about, "to_id": to.id, "to_name": one_line(to.name),
        "to_email": one_line(to.email), "to_post": one_line(to_post), "subject": words.subject, "text": words.text,
        "html": words.html, "secret": secret, "message_id": new_message_id(), "calendar": calendar,
        "tries": 0, "failures": 0,
    }  # fmt: skip
    return Outgoing(once, row)


def queue_many(letters: Sequence[Outgoing], *, at: datetime) -> dict[str, int]:
    """Put written letters with the others that wait, in bulk, in the transaction that is open.

    Answers the id of each by its `once`. One that is there already stays as it is, and its id comes back.
    """
    if not writing.get():
        raise RuntimeError("Letters are queued inside an act, or inside a round's own transaction.")
    if not letters:
        return {}
    rows = [{**letter.row, "queued_at": at, "next_try_at": at} for letter in letters]
    connection, table = db.session.connection(), Letter.__table__
    new = NEW_ROW[db.session.get_bind().dialect.name](table).on_conflict_do_nothing(index_elements=["once"])
    found = {once: id_ for id_, once in connection.execute(new.returning(table.c.id, table.c.once), rows)}
    missing = [letter.once for letter in letters if letter.once not in found]
    if missing:
        there = connection.execute(select(table.c.id, table.c.once).where(table.c.once.in_(missing)))
        found |= {once: id_ for id_, once in there}
    return found


def new_message_id() -> str:
    """A name for a letter that no other letter has. Short, so that no mail program breaks its line."""
    return f"<{secrets.token_hex(10)}@{urlsplit(current_app.config['PUBLIC_URL']).hostname}>"


def post_waiting(at: datetime, limit: int = 200) -> int:
    """Post what waits: claimed a few at a time, each settled in a durable commit of its own. Answers how many went."""
    going, handled, cut_short = _Round(at), 0, False
    with ExitStack() as kept:
        office: PostOffice | None = None
        while not cut_short and handled < limit and (claimed := _claim(going, min(BATCH, limit - handled))):
            office = office or kept.enter_context(post_office())
            handled += len(claimed)
            cut_short = not _post_batch(claimed, going, office)
    said = f"{going.posted} sent" if going.posted else "Nothing waited"
    beat("post letters", began_at=at, ended_at=None if cut_short else going.at, said=said)
    return going.posted


class _Round:
    """One going-round of the post: whose claims they are, how the time passes in it, and what it has sent."""

    def __init__(self, at: datetime) -> None:
        self.mine = f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"
        self.posted = 0
        self._began, self._ticks = at, monotonic()

    @property
    def at(self) -> datetime:
        """When the round began and the whole seconds since: a claim made late in a slow round lasts as long as any."""
        return self._began + timedelta(seconds=int(monotonic() - self._ticks))


def _claim(going: _Round, most: int) -> list[int]:
    """Make waiting letters ours. Nobody else takes them for ten minutes."""
    at = going.at
    free = or_(Letter.claimed_until.is_(None), Letter.claimed_until < at)
    waiting = (Letter.sent_at.is_(None), Letter.given_up_at.is_(None), Letter.next_try_at <= at, free)
    wanted = select(Letter.id).where(*waiting).order_by(Letter.id).limit(most).with_for_update(skip_locked=True)
    with own_transaction():
        ids = list(db.session.scalars(wanted))
        taken = (
            update(Letter)
            .where(Letter.id.in_(ids), free)
            .values(claimed_by=going.mine, claimed_until=at + CLAIMED_FOR)
            .returning(Letter.id)
        )
        return sorted(db.session.scalars(taken)) if ids else []


def _post_batch(claimed: list[int], going: _Round, office: PostOffice) -> bool:
    """Post claimed letters. False where no letter can leave now, and the rest is free again.

    One durable commit a letter: it settles the letter just handed over and notes that the next one is about to be.
    So a row always counts every time its letter may have been handed over, also when the process dies in between.
    """
    rest = list(claimed)
    with own_transaction():
        letter_id = _begin_next(rest, going)
    while letter_id is not None:
        failure = _hand_over(letter_id, going, office)
        with own_transaction():
            _settle(db.session.get_one(Letter, letter_id, with_for_update=True), failure, going)
            if isinstance(failure, CannotConnect):
                _release(rest, going)
                return False
            letter_id = _begin_next(rest, going)
    return True


def _begin_next(rest: list[int], going: _Round) -> int | None:
    """Note that the next letter is about to be handed over, and claim it anew. One that is no longer ours is left."""
    while rest:
        begun = db.session.execute(
            update(Letter)
            .where(
                Letter.id == rest.pop(0),
                Letter.claimed_by == going.mine,
                Letter.sent_at.is_(None),
                Letter.given_up_at.is_(None),
            )
            .values(tries=Letter.tries + 1, claimed_until=going.at + CLAIMED_FOR)
            .returning(Letter.id)
        ).scalar()
        if begun is not None:
            return begun
    return None


def _hand_over(letter_id: int, going: _Round, office: PostOffice) -> NotDelivered | None:
    """Hand in one letter with no transaction open meanwhile; what went wrong, or None."""
    try:
        envelope = sealed(db.session.get_one(Letter, letter_id), going.at)
        db.session.rollback()
        office.post(envelope)
    except NotDelivered as failure:
        return failure
    except Exception as broken:
        log.exception("Letter %s could not be put into its envelope.", letter_id)
        return NotDelivered(f"The letter could not be put into its envelope ({type(broken).__name__}).")
    finally:
        db.session.rollback()
    return None


def _settle(letter: Letter, failure: NotDelivered | None, going: _Round) -> None:
    if failure is None:
        going.posted += 1
        _sent(letter, going.at)
    elif letter.claimed_by == going.mine:
        _failed(letter, failure, going.at)


def _release(ids: list[int], going: _Round) -> None:
    db.session.execute(
        update(Letter)
        .where(Letter.id.in_(ids), Letter.claimed_by == going.mine)
        .values(claimed_by=None, claimed_until=None)
    )


def _sent(letter: Letter, at: datetime) -> None:
    letter.sent_at, letter.claimed_by, letter.claimed_until, letter.last_problem = at, None, None, None
    letter.given_up_at = None
    if letter.secret:
        letter.text = letter.text.replace(letter.secret, KEY_TAKEN_OUT)
        letter.html = letter.html.replace(letter.secret, KEY_TAKEN_OUT)
        letter.secret = None


def _failed(letter: Letter, failure: NotDelivered, at: datetime) -> None:
    letter.last_problem = one_line(str(failure))[:LONGEST_PROBLEM]
    letter.claimed_by = letter.claimed_until = None
    if isinstance(failure, CannotConnect):
        letter.next_try_at = server_asked_again(at, letter.tries)
        return
    letter.failures += 1
    again = None if isinstance(failure, NeverDelivered) else next_try(at, letter.failures)
    if again is None:
        letter.given_up_at = at
    else:
        letter.next_try_at = again


def send_again(letter: Letter, *, by: Actor, at: datetime) -> None:
    """Put a sent or given-up letter back with those that wait; a key that was taken out is made anew.

    A letter that has left before gets a new Message-ID: with the old one a mail program would hide it as known.
    """
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
        if letter.sent_at is not None:
            letter.message_id = new_message_id()
        letter.sent_at = letter.given_up_at = letter.set_aside_at = letter.last_problem = None
        letter.tries = letter.failures = 0
        letter.next_try_at = at


def set_aside(letter: Letter, *, by: Actor, at: datetime) -> None:
    """Note that somebody has dealt with a letter that could not be sent: it no longer counts as a failure to mend."""
    with act(
        f"set aside the letter to {letter.to_name} that could not be sent", on=letter.about or "letters", by=by, at=at,
        note=f"{letter.subject}: {letter.last_problem or 'not known'}",
    ):  # fmt: skip
        db.session.refresh(letter, with_for_update=True)
        if letter.given_up_at is None or letter.set_aside_at is not None:
            raise NothingToSetAside("This letter isn’t among those that could not be sent.")
        letter.set_aside_at = at
