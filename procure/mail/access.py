"""Who may read which letter."""

from __future__ import annotations

from datetime import date

from procure.mail.models import Letter
from procure.people.access import global_roles_of
from procure.people.models import Person
from procure.people.rules import Role

READERS = frozenset({Role.OFFICER, Role.ADMINISTRATOR, Role.AUDITOR})
"""Who reads every letter; others read those that were written to them."""


def reads_every_letter(person: Person, day: date) -> bool:
    """Whether a person's roles open all letters."""
    return bool(global_roles_of(person, day) & READERS)


def may_read(person: Person, letter: Letter, day: date) -> bool:
    """Whether a person may read a letter: everybody's by their roles, or one that was written to them."""
    return reads_every_letter(person, day) or letter.to_id == person.id or letter.to_email == person.email
