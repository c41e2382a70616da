"""Who may change people, posts and roles: an administrator, or the machine that sets a council up."""

from __future__ import annotations

from datetime import datetime

from procure.audit.actions import Actor, Machine
from procure.now import legal_day
from procure.people.access import global_roles_of
from procure.people.rules import Role
from procure.refusals import Refusal


class AdministratorNeeded(Refusal):
    """Only an administrator does this."""


def is_administrator(by: Actor, at: datetime) -> bool:
    """Whether an actor may change people, posts and roles on the day of a moment."""
    return isinstance(by, Machine) or Role.ADMINISTRATOR in global_roles_of(by, legal_day(at))


def must_administer(by: Actor, at: datetime) -> None:
    """Refuse everybody but administrators."""
    if not is_administrator(by, at):
        raise AdministratorNeeded("Only an administrator can do this.", who_can="an administrator")
