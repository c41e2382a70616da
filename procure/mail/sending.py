"""The post: letters that wait are claimed some at a time and handed over, each settled in a durable commit of its own.

Two clocks at once are harmless: a letter is handed over by whoever holds its claim, and a claim runs out.
"""

from __future__ import annotations

import logging
import os
import secrets
import socket
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import fields
from datetime import datetime, timedelta
from functools import partial
from time import monotonic
from typing import Any, cast

from flask import current_app
from sqlalchemy import Connection, Row, Table, bindparam, or_, select, update
from sqlalchemy.exc import DBAPIError, OperationalError

from procure.audit.actions import writing
from procure.documents.models import Paper
from procure.extensions import db
from procure.mail.envelopes import Enclosed, ToPost, file_name_of, sealed
from procure.mail.failures import CannotConnect, NeverDelivered, NotDelivered
from procure.mail.models import Enclosure, Letter
from procure.mail.posting import PostOffice, post_office
from procure.mail.rounds import beat
from procure.mail.rules import CLAIMED_FOR, KEY_TAKEN_OUT, UNDER_SEAL, next_try, server_asked_again
from procure.mail.writing import one_line

BATCH = 50
A_ROUND = 500
LONGEST_PROBLEM = 500
PAUSE = 0.5
"""Seconds until a database that went away is asked again to note what became of a letter."""

log = logging.getLogger(__name__)

LETTERS = cast(Table, Letter.__table__)
IN_HAND = [LETTERS.c[one.name] for one in fields(ToPost) if one.name != "enclosed"]
"""What is read of a letter when it is claimed: it needs no second look before it leaves."""

FREE = or_(LETTERS.c.claimed_until.is_(None), LETTERS.c.claimed_until < bindparam("at"))
WAITING = (
    select(LETTERS.c.id)
    .where(LETTERS.c.sent_at.is_(None), LETTERS.c.given_up_at.is_(None), LETTERS.c.next_try_at <= bindparam("at"), FREE)
    .order_by(LETTERS.c.next_try_at, LETTERS.c.id)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)
SENT = update(LETTERS).where(LETTERS.c.id == bindparam("letter"))
FAILED = SENT.where(LETTERS.c.claimed_by == bindparam("mine"), LETTERS.c.sent_at.is_(None))
BEGIN = FAILED.where(LETTERS.c.given_up_at.is_(None))

ENCLOSED = (
    select(Enclosure.letter_id, Paper.about, Paper.name, Paper.subject, Paper.number, Paper.title, Paper.file_key,
           Paper.sha256)
    .join(Enclosure.paper)
    .where(Enclosure.letter_id.in_(bindparam("letters", expanding=True)))
    .order_by(Enclosure.id)
)  # fmt: skip


def post_waiting(at: datetime, limit: int = A_ROUND) -> int:
    """Post what waits, on one connection to the mail server. Answers how many letters went."""
    handled, cut_short = 0, False
    db.session.rollback()
    with ExitStack() as kept:
        going = _Round(at, kept.enter_context(db.engine.connect()))
        office: PostOffice | None = None
        while not cut_short and handled < limit and (claimed := _claim(going, min(BATCH, limit - handled))):
            office = office or kept.enter_context(post_office())
            handled += len(claimed)
            cut_short = not _post_batch(claimed, going, office)
    said = f"{going.posted} sent" if going.posted else "Nothing waited"
    beat("post letters", began_at=at, ended_at=None if cut_short else going.at, said=said)
    return going.posted


class _Round:
    """One going-round of the post: whose claims they are, its books, how the time passes in it, and what it has sent.

    Its books are kept on one connection, beside the session: a letter costs two statements and a commit, no more.
    """

    def __init__(self, at: datetime, books: Connection) -> None:
        self.mine = f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"
        self.claim = timedelta(seconds=current_app.config.get("LETTER_CLAIM") or CLAIMED_FOR.total_seconds())
        self.books, self.posted = books, 0
        self._began, self._ticks = at, monotonic()

    @property
    def at(self) -> datetime:
        """When the round began and the whole seconds since: a claim made late in a slow round lasts as long as any."""
        return self._began + timedelta(seconds=int(monotonic() - self._ticks))

    @contextmanager
    def writing(self) -> Iterator[None]:
        """A short write transaction, committed at its end."""
        wanting = writing.set(True)
        try:
            with self.books.begin():
                yield
        finally:
            writing.reset(wanting)


def _claim(going: _Round, most: int) -> list[ToPost]:
    """Make waiting letters ours, whole. Nobody else takes them until the claim runs out."""
    at = going.at
    with going.writing():
        ids = list(going.books.scalars(WAITING, {"at": at, "most": most}))
        if not ids:
            return []
        taken = (
            update(LETTERS)
            .where(LETTERS.c.id.in_(ids), FREE)
            .values(claimed_by=going.mine, claimed_until=at + going.claim)
            .returning(*IN_HAND)
        )
        rows = going.books.execute(taken, {"at": at}).all()
        enclosed = _enclosed([row.id for row in rows], going)
    return [_in_hand(row, enclosed) for row in sorted(rows, key=lambda row: ids.index(row.id))]


def _in_hand(row: Row[Any], enclosed: Mapping[int, list[Enclosed]]) -> ToPost:
    return ToPost(**row._mapping, enclosed=tuple(enclosed.get(row.id, ())))


def _enclosed(ids: list[int], going: _Round) -> dict[int, list[Enclosed]]:
    """What is in the envelopes of these letters, in the order it was put there."""
    found: dict[int, list[Enclosed]] = {}
    for letter_id, about, name, subject, number, title, key, sha256 in going.books.execute(ENCLOSED, {"letters": ids}):
        file_name = file_name_of((about, name, subject, f"v{number}"))
        found.setdefault(letter_id, []).append(Enclosed(title, file_name, key, sha256))
    return found


def _post_batch(claimed: list[ToPost], going: _Round, office: PostOffice) -> bool:
    """Post claimed letters. False where no letter can leave now, and the rest is free again.

    One durable commit a letter: it settles the letter just handed over and notes that the next one is about to be.
    So a row always counts every time its letter may have been handed over, also when the process dies in between.
    """
    rest = deque(claimed)
    _noted(going, lambda: _begin_next(rest, going))
    while rest:
        letter = rest.popleft()
        failure = _hand_over(letter, going, office)
        going.posted += failure is None
        cut_short = isinstance(failure, CannotConnect)
        follows = _release if cut_short else _begin_next
        _noted(going, partial(_settle_and_go_on, letter, failure, follows, rest, going))
        if cut_short:
            return False
    return True


def _noted(going: _Round, deed: Callable[[], None]) -> None:
    """Write down what became of a letter. A database that goes away meanwhile is waited for while the claim lasts.

    What is written says how things stand, not how they change: a commit whose answer was lost is made again unharmed.
    """
    until = monotonic() + going.claim.total_seconds()
    while True:
        try:
            with going.writing():
                return deed()
        except DBAPIError as gone:
            if not (gone.connection_invalidated or isinstance(gone, OperationalError)) or monotonic() >= until:
                raise
            log.warning("The database is away; it is asked again: %s", one_line(str(gone.orig)))
            time.sleep(PAUSE)


def _settle_and_go_on(
    letter: ToPost, failure: NotDelivered | None, follows: Callable[[deque[ToPost], _Round], None],
    rest: deque[ToPost], going: _Round,
) -> None:  # fmt: skip
    if failure is None:
        going.books.execute(SENT, {"letter": letter.id} | _when_sent(letter, going.at))
    else:
        going.books.execute(FAILED, {"letter": letter.id, "mine": going.mine} | _when_failed(letter, failure, going.at))
    follows(rest, going)


def _begin_next(rest: deque[ToPost], going: _Round) -> None:
    """Note that the next letter is about to be handed over, and claim it anew. One that is no longer ours is left."""
    while rest:
        count, until = rest[0].tries + 1, going.at + going.claim
        begun = going.books.execute(
            BEGIN, {"letter": rest[0].id, "mine": going.mine, "tries": count, "claimed_until": until}
        )
        if begun.rowcount == 1:
            return
        rest.popleft()


def _release(rest: deque[ToPost], going: _Round) -> None:
    free = {"claimed_by": None, "claimed_until": None}
    for letter in rest:
        going.books.execute(FAILED, {"letter": letter.id, "mine": going.mine} | free)


def _hand_over(letter: ToPost, going: _Round, office: PostOffice) -> NotDelivered | None:
    """Hand in one letter, with no transaction open meanwhile; what went wrong, or None."""
    try:
        office.post(sealed(letter, going.at))
    except NotDelivered as failure:
        return failure
    except Exception as broken:
        log.exception("Letter %s could not be put into its envelope.", letter.id)
        return NotDelivered(f"The letter could not be put into its envelope ({type(broken).__name__}).")
    return None


def _when_sent(letter: ToPost, at: datetime) -> dict[str, Any]:
    """What the row of a letter says that has left: without the key of its link, and without a word where under seal."""
    left: dict[str, Any] = {
        "sent_at": at, "given_up_at": None, "claimed_by": None, "claimed_until": None, "last_problem": None,
    }  # fmt: skip
    if letter.secret:
        left["text"] = letter.text.replace(letter.secret, KEY_TAKEN_OUT)
        left["html"] = letter.html.replace(letter.secret, KEY_TAKEN_OUT)
        left["secret"] = None
    if letter.sealed_for:
        left |= dict.fromkeys(("to_name", "to_email", "subject", "text", "html"), UNDER_SEAL)
    return left


def _problem(letter: ToPost, failure: NotDelivered) -> str:
    """What went wrong, in the mail server’s words; of a letter under seal these would give away to whom it goes."""
    return "A letter under seal was turned away." if letter.sealed_for else one_line(str(failure))[:LONGEST_PROBLEM]


def _when_failed(letter: ToPost, failure: NotDelivered, at: datetime) -> dict[str, Any]:
    """What the row of a letter says that did not leave: why, and when it is tried again."""
    stays: dict[str, Any] = {
        "last_problem": _problem(letter, failure), "claimed_by": None, "claimed_until": None,
    }  # fmt: skip
    if isinstance(failure, CannotConnect):
        return stays | {"next_try_at": server_asked_again(at, letter.tries + 1)}
    failures = letter.failures + 1
    again = None if isinstance(failure, NeverDelivered) else next_try(at, failures)
    turn = {"given_up_at": at} if again is None else {"next_try_at": again}
    return stays | {"failures": failures} | turn
