"""Loading the demonstration to one of its days, its people's passwords, and moving its today."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pyotp
from flask_migrate import downgrade, upgrade
from sqlalchemy import select

from procure.audit.actions import act, writing
from procure.council.models import Council, Demonstration
from procure.demonstration import days
from procure.demonstration.cast import PARTS, SET_UP, email_of
from procure.demonstration.walk import STEPS, Step
from procure.extensions import db
from procure.people.models import Person
from procure.people.passwords import kept
from procure.people.rules import NEEDS_CODE
from procure.refusals import Refusal

KEPT_IN = "demonstration-people.json"
TO_READ = "demonstration-people.txt"


class NotADemonstration(Refusal):
    """The database holds a real council, or nothing."""


@dataclass(frozen=True)
class SignInAs:
    """How to sign in as one of the demonstration's people."""

    name: str
    post: str
    email: str
    password: str
    code_key: str | None

    @property
    def code_now(self) -> str | None:
        """The one-time code of this half minute; None for people who need none."""
        return pyotp.TOTP(self.code_key).now() if self.code_key else None


def step_named(name: str) -> Step:
    """The step of that name."""
    for step in STEPS:
        if step.name == name:
            return step
    raise NotADemonstration(f"There is no stage {name}. See: flask demo list")


def is_empty() -> bool:
    """Whether nothing has been set up yet."""
    return db.session.scalars(select(Council.id)).first() is None


def load(instance: Path, *, to: str) -> tuple[Step, list[SignInAs]]:
    """Empty a demonstration (or use an empty database) and walk it to the day of a stage.

    Raises `NotADemonstration` rather than touch a real council's data.
    """
    step = step_named(to)
    if not is_empty():
        if db.session.scalars(select(Demonstration.id)).first() is None:
            raise NotADemonstration("This database holds a real council. The demonstration isn’t loaded over it.")
        db.session.remove()
        downgrade(revision="base")
        upgrade()
    with _own_write():
        db.session.add(Demonstration(today=step.today, stage=step.name))
    step.load()
    return step, _give_keys(instance)


@contextmanager
def _own_write() -> Iterator[None]:
    """A short transaction for the demonstration's own row, which is not recorded."""
    token = writing.set(True)
    try:
        db.session.rollback()
        yield
        db.session.commit()
    finally:
        writing.reset(token)


def move_today(day: date) -> date:
    """Move the demonstration's today; the day it was before. Impossible outside a demonstration."""
    with _own_write():
        row = db.session.scalars(select(Demonstration)).first()
        if row is None or row.today is None:
            raise NotADemonstration("Only a demonstration’s today can be moved.")
        before, row.today = row.today, day
    return before


def people_of(instance: Path) -> list[SignInAs]:
    """Whom to sign in as, read from the instance folder."""
    path = instance / KEPT_IN
    if not path.exists():
        return []
    found = json.loads(path.read_text())
    return [SignInAs(part.name, part.post, email_of(part.key), *found[part.key]) for part in PARTS if part.key in found]


def _give_keys(instance: Path) -> list[SignInAs]:
    """Passwords and one-time code keys: made once, kept in the instance folder for its owner alone."""
    path = instance / KEPT_IN
    found: dict[str, list[str | None]] = json.loads(path.read_text()) if path.exists() else {}
    for part in PARTS:
        needs = bool(NEEDS_CODE & set(part.roles))
        found.setdefault(part.key, [secrets.token_urlsafe(12), pyotp.random_base32() if needs else None])
    _write(path, json.dumps(found, indent=1))
    at = days.at(days.SET_UP, 9)
    with act("gave the demonstration’s people their passwords", on="people", by=SET_UP, at=at):
        for part in PARTS:
            password, key = found[part.key]
            person = db.session.scalars(select(Person).where(Person.email == email_of(part.key))).one()
            person.password_hash = kept(str(password))
            if key:
                person.totp_secret, person.totp_confirmed_at = key, at
    people = people_of(instance)
    _write(instance / TO_READ, as_text(people))
    return people


def _write(path: Path, words: str) -> None:
    path.touch(mode=0o600, exist_ok=True)
    path.write_text(words)


def as_text(people: list[SignInAs]) -> str:
    """The list of people, with passwords, for the terminal and the file beside the database."""
    lines = ["Sign in as one of these people of the demonstration. All are invented.", ""]
    for one in people:
        name = one.name if one.name == one.post else f"{one.name}, {one.post}"
        lines += [name, f"    {one.email}    {one.password}"]
        if one.code_key:
            lines[-1] += (
                f"    one-time code now {one.code_now} (later: flask --app wsgi demo people; key {one.code_key})"
            )
    made = datetime.now(UTC).strftime("%H:%M:%S")
    return "\n".join(
        [*lines, "", f"The one-time codes were right at {made} UTC. The code page of a demonstration shows them."]
    )
