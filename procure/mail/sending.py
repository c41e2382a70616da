"""The post: letters that wait are claimed a few at a time and handed over, each settled in a durable commit of its own.

Two clocks at once are harmless: a letter is handed over by whoever holds its claim, and a claim runs out.
"""

from __future__ import annotations

import logging
import os
import secrets
import socket
from contextlib import ExitStack
from datetime import datetime, timedelta
from time import monotonic

from sqlalchemy import or_, select, update

from procure.extensions import db
from procure.mail.models import Letter
from procure.mail.posting import CannotConnect, NeverDelivered, NotDelivered, PostOffice, post_office, sealed
from procure.mail.rounds import beat, own_transaction
from procure.mail.rules import CLAIMED_FOR, KEY_TAKEN_OUT, next_try, server_asked_again
from procure.mail.writing import one_line

BATCH = 10
LONGEST_PROBLEM = 500

log = logging.getLogger(__name__)


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
