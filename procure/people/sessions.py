"""Sessions, devices and failed tries: rows that carry their own times and are not recorded.

Each write is a short transaction of its own, or joins the act that is open. Moments are real ones: a
demonstration's day ends no session.
"""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from flask import g, session
from sqlalchemy import delete, func, select, update
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import joinedload

from procure.extensions import db
from procure.now import legal_day, real_now, today
from procure.people.access import roles_of
from procure.people.keys import hashed, own_write
from procure.people.models import Attempt, Device, Person, SignIn, Token
from procure.people.rules import NEEDS_CODE

IDLE = timedelta(hours=12)
LONGEST = timedelta(days=7)
SEEN_EVERY = timedelta(minutes=1)
REMEMBERED = timedelta(days=30)
TRIES, TRIES_WITHIN = 5, timedelta(minutes=15)

COOKIE = "sign_in"
"""The name under which the browser's session cookie holds the token of a sign-in."""


# ── sessions ──


def begin(person: Person, *, at: datetime, browser: str = "", code_given: bool = False) -> str:
    """Open a session and return its token for the browser's cookie."""
    token, person_id = secrets.token_urlsafe(32), person.id
    with own_write() as kept:
        kept.add(
            SignIn(
                token_hash=hashed(token),
                person_id=person_id,
                started_at=at,
                seen_at=at,
                passed_code_at=at if code_given else None,
                browser=browser[:200],
            )
        )
    return token


def found(token: str | None, at: datetime) -> SignIn | None:
    """The open session of a token; None where it has ended, by hand or by time, or its person may not sign in."""
    if not token:
        return None
    # what else is a person's comes as fast when it is asked for
    with_person = joinedload(SignIn.person, innerjoin=True)
    kept = db.session.scalars(
        select(SignIn).where(SignIn.token_hash == hashed(token)).options(with_person)
    ).one_or_none()
    return kept if kept is not None and is_open(kept, at) else None


def is_open(kept: SignIn, at: datetime) -> bool:
    """Whether a session still stands. A post that ended after it began ends it too."""
    if kept.ended_at is not None or not kept.person.is_active:
        return False
    if at - kept.seen_at > IDLE or at - kept.started_at > LONGEST:
        return False
    began, day = legal_day(kept.started_at), legal_day(at)
    return not any(holding.until_on is not None and began <= holding.until_on < day for holding in kept.person.holdings)


def is_whole(kept: SignIn) -> bool:
    """Whether nothing more is asked: the code was given, or none of the person's roles needs one."""
    return kept.passed_code_at is not None or not roles_of(kept.person, today()) & NEEDS_CODE


def note_code(kept: SignIn, step: int | None, *, at: datetime) -> str | None:
    """Note that the code of a half-minute was given and return a new token; None where that code was used before."""
    token, row_id = secrets.token_urlsafe(32), kept.id
    try:
        with own_write() as rows:
            rows.execute(
                update(SignIn)
                .where(SignIn.id == row_id)
                .values(token_hash=hashed(token), passed_code_at=at, code_step=step)
            )
    except IntegrityError:
        return None
    return token


def end(sign_in_id: int, *, at: datetime) -> None:
    """End one session."""
    with own_write() as rows:
        rows.execute(update(SignIn).where(SignIn.id == sign_in_id, SignIn.ended_at.is_(None)).values(ended_at=at))


def end_all_of(person_id: int, *, at: datetime, but: int | None = None) -> None:
    """End every session of a person, except perhaps the one in hand."""
    open_ones = update(SignIn).where(SignIn.person_id == person_id, SignIn.ended_at.is_(None))
    with own_write() as rows:
        rows.execute((open_ones if but is None else open_ones.where(SignIn.id != but)).values(ended_at=at))


def open_sessions_of(person: Person, at: datetime) -> list[SignIn]:
    """A person's sessions that still stand, the last seen first."""
    rows = db.session.scalars(
        select(SignIn).where(SignIn.person_id == person.id, SignIn.ended_at.is_(None)).order_by(SignIn.seen_at.desc())
    )
    return [row for row in rows if is_open(row, at)]


def load_person() -> None:
    """Before each request: put the person who is signed in on `g`, or None.

    `g.sign_in` holds the session even where its code is still wanted.
    """
    g.person = g.sign_in = None
    at = real_now()
    kept = found(session.get(COOKIE), at)
    if kept is None:
        return
    if at - kept.seen_at >= SEEN_EVERY:
        _note_seen(kept.id, at)
    g.sign_in = kept
    if is_whole(kept):
        g.person = kept.person


def _note_seen(sign_in_id: int, at: datetime) -> None:
    try:
        with own_write() as rows:
            rows.execute(update(SignIn).where(SignIn.id == sign_in_id).values(seen_at=at))
    except OperationalError:
        return  # the database is busy; the next minute will do


# ── devices ──


def remember(person_id: int, *, named: str, at: datetime) -> str:
    """Remember this browser for thirty days and return its token."""
    token = secrets.token_urlsafe(32)
    with own_write() as rows:
        rows.add(
            Device(
                token_hash=hashed(token),
                person_id=person_id,
                named=named[:200],
                remembered_at=at,
                expires_at=at + REMEMBERED,
            )
        )
    return token


def is_remembered(person: Person, token: str | None, at: datetime) -> bool:
    """Whether the person has given a code on this browser and asked to have it remembered."""
    if not token:
        return False
    wanted = select(Device.id).where(
        Device.token_hash == hashed(token), Device.person_id == person.id, Device.ended_at.is_(None),
        Device.expires_at > at,
    )  # fmt: skip
    return db.session.scalar(wanted) is not None


def forget_devices_of(person_id: int, *, at: datetime) -> None:
    """Ask for the code again on every browser."""
    with own_write() as rows:
        rows.execute(update(Device).where(Device.person_id == person_id, Device.ended_at.is_(None)).values(ended_at=at))


def devices_of(person: Person, at: datetime) -> list[Device]:
    """Browsers on which no code is asked for."""
    wanted = select(Device).where(Device.person_id == person.id, Device.ended_at.is_(None), Device.expires_at > at)
    return list(db.session.scalars(wanted.order_by(Device.remembered_at.desc())))


# ── failed tries ──


def note_try(subject: str, *, at: datetime) -> datetime | None:
    """Note a try before it is judged. None where it may be judged, else the moment from which to try again.

    Noting comes first, so that many tries at once cannot slip past the count.
    """
    row = Attempt(subject=subject, at=at)
    with own_write() as rows:
        rows.add(row)
    recent = (Attempt.subject == subject, Attempt.at > at - TRIES_WITHIN, Attempt.at <= at)
    count, first = db.session.execute(select(func.count(), func.min(Attempt.at)).where(*recent)).one()
    if count <= TRIES:
        return None
    with own_write() as rows:
        rows.delete(row)  # a try that was not judged doesn't make the wait longer
    again: datetime = first + TRIES_WITHIN
    return again


def forget_tries(subject: str) -> None:
    """A try that succeeded wipes the slate."""
    with own_write() as rows:
        rows.execute(delete(Attempt).where(Attempt.subject == subject))


def sweep(at: datetime) -> None:
    """Remove rows that are of no use any more: called by the daily round."""
    with own_write() as rows:
        rows.execute(delete(Attempt).where(Attempt.at < at - timedelta(days=1)))
        rows.execute(delete(Token).where(Token.expires_at < at - timedelta(days=30)))
        rows.execute(delete(Device).where(Device.expires_at < at - timedelta(days=30)))
        rows.execute(delete(SignIn).where(SignIn.started_at < at - timedelta(days=90)))
