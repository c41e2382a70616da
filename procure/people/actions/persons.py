"""Who somebody is, and whether they still work here."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select

from procure.audit.actions import Actor, act
from procure.extensions import db
from procure.now import legal_day
from procure.people import sessions
from procure.people.actions.administering import must_administer
from procure.people.actions.covers import end_covers_by
from procure.people.models import Person, RoleGrant
from procure.people.rules import Role
from procure.refusals import Refusal


class AddressTaken(Refusal):
    """Somebody else has this address."""


class NobodyThere(Refusal):
    """Nobody has this address."""


class LastAdministrator(Refusal):
    """Nobody would be left to give out roles."""


def plain_address(email: str) -> str:
    """An address as it is kept and compared."""
    return email.strip().lower()


def person_at(email: str) -> Person:
    """Whose address this is. Raises `NobodyThere`."""
    found = db.session.scalars(select(Person).where(func.lower(Person.email) == plain_address(email))).one_or_none()
    if found is None:
        raise NobodyThere(f"Nobody has the address {email}.")
    return found


def refuse_taken(email: str, but: Person | None = None) -> None:
    """Refuse an address that somebody has."""
    found = db.session.scalars(select(Person).where(func.lower(Person.email) == plain_address(email))).first()
    if found is not None and found is not but:
        raise AddressTaken(f"{found.name} has this address. Enter another, or open their page.", field="email")


def correct(person: Person, *, name: str, email: str, by: Actor, at: datetime, sees: int | None = None) -> None:
    """Correct a name or an address. A new address ends sessions, since letters open accounts."""
    must_administer(by, at)
    with act(f"corrected the particulars of {person.name}", on=person, by=by, at=at, sees=sees):
        refuse_taken(email, but=person)
        moved = plain_address(email) != person.email
        person.name, person.email = name, plain_address(email)
        if moved:
            sessions.end_all_of(person.id, at=at)


def leave(person: Person, *, because: str, by: Actor, at: datetime) -> None:
    """Close somebody's account. Posts and roles end with their own dates; cover and sessions end now."""
    must_administer(by, at)
    if isinstance(by, Person) and by.id == person.id:
        raise LastAdministrator("You can’t close your own account. Ask another administrator.")
    with act(f"closed the account of {person.name}", on=person, by=by, at=at, note=because):
        person.is_active = False
        refuse_without_administrator(at)
        end_covers_by(person, by=by, at=at)
        sessions.end_all_of(person.id, at=at)
        sessions.forget_devices_of(person.id, at=at)


def return_(person: Person, *, by: Actor, at: datetime) -> None:
    """Open somebody's account again."""
    must_administer(by, at)
    with act(f"opened the account of {person.name} again", on=person, by=by, at=at):
        person.is_active = True


def refuse_without_administrator(at: datetime) -> None:
    """Refuse an act, inside it, that would leave no administrator."""
    db.session.flush()
    today = legal_day(at)
    grants = db.session.scalars(
        select(RoleGrant).join(Person).where(RoleGrant.role == Role.ADMINISTRATOR, Person.is_active.is_(True))
    )
    if not any(grant.covers(today) and grant.until_on is None for grant in grants):
        raise LastAdministrator("Somebody must stay administrator. Give the role to another person first.")
