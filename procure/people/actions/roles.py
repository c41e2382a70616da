"""Roles: for every file or for one, from a day to a day."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from procure.audit.actions import Actor, act
from procure.extensions import db
from procure.now import legal_day
from procure.people.access import roles_of
from procure.people.actions.administering import AdministratorNeeded, is_administrator
from procure.people.actions.persons import refuse_without_administrator
from procure.people.models import Person, RoleGrant
from procure.people.rules import GIVEN_BY_ADMINISTRATORS, READS_EVERY_FILE, Role, grant_problem
from procure.procurement.models import Procurement
from procure.refusals import Refusal


class RoleRefused(Refusal):
    """A role this person can't have, or this actor can't give."""


def grant_role(
    person: Person,
    role: Role,
    *,
    by: Actor,
    at: datetime,
    procurement: Procurement | None = None,
    from_on: date | None = None,
    until_on: date | None = None,
) -> RoleGrant:
    """Give a role, from today unless a later day is named. On one file its officer may give the lesser ones."""
    today = legal_day(at)
    from_on = from_on or today
    _refuse_giver(by, at, procurement)
    if isinstance(by, Person) and from_on < today:
        raise RoleRefused("A role can’t begin in the past. Enter today or a later day.", field="from_on")
    if until_on is not None and until_on < from_on:
        raise RoleRefused("The last day can’t be before the first.", field="until_on")
    where = f" on {procurement.reference}" if procurement else ""
    file = procurement.reference if procurement else "people"
    with act(f"gave {person.name} the role {role.label.lower()}{where}", on=file, by=by, at=at):
        lasting = [grant for grant in person.grants if grant.until_on is None or grant.until_on >= from_on]
        problem = grant_problem(
            role, others=frozenset(grant.role for grant in lasting), on_one_file=procurement is not None,
            is_own=isinstance(by, Person) and by.id == person.id, by_administrator=is_administrator(by, at),
        )  # fmt: skip
        if problem:
            raise RoleRefused(problem, field="role")
        wanted = procurement.id if procurement else None
        # One held for all files opens none by itself where the role reads only its own: then this file is named too.
        covered = (wanted, None) if role in READS_EVERY_FILE else (wanted,)
        if any(grant.role is role and grant.procurement_id in covered for grant in lasting):
            raise RoleRefused(f"{person.name} has this role already.", field="role")
        grant = RoleGrant(person=person, role=role, procurement=procurement, from_on=from_on, until_on=until_on)
        db.session.add(grant)
    return grant


def end_role(grant: RoleGrant, *, by: Actor, at: datetime, until_on: date | None = None) -> None:
    """End a role: on a day, its last, or at once. At once takes out a role that began today, and the trail keeps it."""
    today = legal_day(at)
    _refuse_giver(by, at, grant.procurement)
    if grant.role in GIVEN_BY_ADMINISTRATORS and not is_administrator(by, at):
        raise AdministratorNeeded("Only an administrator can end this role.", who_can="an administrator")
    if until_on is not None and until_on < grant.from_on:
        raise RoleRefused("The last day can’t be before the first.", field="until_on")
    where = f" on {grant.procurement.reference}" if grant.procurement else ""
    with act(f"ended the role {grant.role.label.lower()} of {grant.person.name}{where}", on=grant, by=by, at=at):
        at_once = until_on or today - timedelta(days=1)
        was_administrator = grant.role is Role.ADMINISTRATOR
        if at_once < grant.from_on:
            db.session.delete(grant)
        else:
            grant.until_on = at_once
        if was_administrator:
            refuse_without_administrator(at)


def _refuse_giver(by: Actor, at: datetime, procurement: Procurement | None) -> None:
    if is_administrator(by, at):
        return
    if (
        procurement is not None
        and isinstance(by, Person)
        and Role.OFFICER in roles_of(by, legal_day(at), procurement.id)
    ):
        return
    raise AdministratorNeeded("Only an administrator can do this.", who_can="an administrator")
