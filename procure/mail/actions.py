"""What is done with letters: queued inside a transaction, sent again, set aside. `sending.py` posts them."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from urllib.parse import urlsplit

from flask import current_app
from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError

from procure.audit.actions import NEW_ROW, Actor, act, writing
from procure.council.models import Council, Demonstration
from procure.documents.models import Paper
from procure.extensions import db
from procure.mail.declare import email_named
from procure.mail.models import Enclosure, Letter
from procure.mail.rules import KEY_TAKEN_OUT, UNDER_SEAL
from procure.mail.writing import one_line, write
from procure.people.models import Person
from procure.refusals import Refusal
from procure.words import plural


class NotToBeSentAgain(Refusal):
    """The letter is still on its way, or holds a link that works once."""


class NothingToSetAside(Refusal):
    """The letter has not failed, or somebody has dealt with it already."""


class NothingToSendAgain(Refusal):
    """No letter has failed, or somebody was quicker."""


_MENDABLE = (
    Letter.given_up_at.is_not(None), Letter.sent_at.is_(None), Letter.set_aside_at.is_(None),
    ~Letter.text.contains(KEY_TAKEN_OUT, autoescape=True),
)  # fmt: skip
"""Which letters could not be sent and can be, as they are."""


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
    sealed_for: str | None = None,
) -> Letter | None:
    """Write a letter and put it with the others that wait, in the transaction that is open.

    Nothing leaves before that transaction is committed. `about` is the reference of the file, `once` says what makes
    this letter this one: where a letter of that name is there already, nothing happens and None comes back. `secret`
    is a key that stands in one of the links; it is veiled on every page and taken out of the row after sending.
    `papers` go into the envelope, in that order; `calendar` is iCalendar text that is attached as an .ics file.
    `sealed_for` is the lot whose bids it must not give away before they are opened.
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
        message_id=new_message_id(), calendar=calendar, sealed_for=sealed_for,
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


class Addressee(Protocol):
    """Whoever can be written to: a person, or what was read of one."""

    @property
    def id(self) -> int: ...
    @property
    def name(self) -> str: ...
    @property
    def email(self) -> str: ...


@dataclass(frozen=True)
class Outgoing:
    """A letter that is written and not yet queued."""

    once: str
    row: Mapping[str, Any]


def written(
    name: str,
    *,
    around: Around,
    to: Addressee,
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
        if letter.text == UNDER_SEAL:
            raise NotToBeSentAgain("You can’t send this letter again. Its words were under seal and are taken out.")
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


def failures() -> list[tuple[str, int]]:
    """Why letters could not be sent that nobody has dealt with, the most frequent reason first, and how many each."""
    how_many = func.count(Letter.id)
    found = select(Letter.last_problem, how_many).where(*_MENDABLE).group_by(Letter.last_problem)
    return [
        (why or "Not known", count)
        for why, count in db.session.execute(found.order_by(how_many.desc(), Letter.last_problem))
    ]


def send_all_again(*, by: Actor, at: datetime) -> int:
    """Put every letter that could not be sent back with those that wait, under its own Message-ID. Answers how many.

    One whose key was taken out is left: it needs a new one, and is sent again by itself.
    """
    count = sum(many for _, many in failures())
    if not count:
        raise NothingToSendAgain("No letter is left that could not be sent.")
    with act(f"sent {plural(count, 'letter')} again that could not be sent", on="letters", by=by, at=at):
        again = db.session.execute(
            update(Letter)
            .where(*_MENDABLE)
            .values(given_up_at=None, last_problem=None, tries=0, failures=0, next_try_at=at)
            .execution_options(synchronize_session=False)
        )
        if not again.rowcount:  # type: ignore[attr-defined]
            raise NothingToSendAgain("Somebody has sent them again already.")
    return count


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
