"""How a room declares a letter: its name, whose it is, and the facts of an invented one.

In `procure/<room>/emails.py`:

    EMAILS = (Email("view_wanted", "authority", {"title": "Social infrastructure support", …}),)

and in `templates/<room>/emails/<name>/` its `subject.txt`, `body.txt` and `body.html`. The facts handed to
`mail.actions.queue` carry the same names as the sample; a name the facts lack is an error, never an empty place.
Each template also knows `subject`, `council_name`, `reference`, `to_name`, `to_post` and `is_demonstration`.
"""

from __future__ import annotations

import importlib
import importlib.util
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import procure

if TYPE_CHECKING:
    from datetime import datetime

    from procure.mail.models import Letter


@dataclass(frozen=True)
class Email:
    """One kind of letter."""

    name: str
    room: str
    sample: Mapping[str, Any]
    renew: Callable[[Letter, datetime], str] | None = None
    """Makes a new key for a letter whose link held one, so that it can be sent again; None where it can't be."""
    answered: Callable[[Letter], str] | None = None
    """Says whether a letter was answered, for its page; None where it asks for no answer."""

    @property
    def folder(self) -> str:
        """Where its three templates lie, below `templates/`."""
        return f"{self.room}/emails/{self.name}"


@cache
def all_emails() -> Mapping[str, Email]:
    """Every declared letter by name, read from the rooms' `emails.py`. ValueError where two share a name."""
    found: dict[str, Email] = {}
    for room in pkgutil.iter_modules(procure.__path__):
        if not room.ispkg or importlib.util.find_spec(f"procure.{room.name}.emails") is None:
            continue
        for email in importlib.import_module(f"procure.{room.name}.emails").EMAILS:
            if email.name in found:
                raise ValueError(f"Two letters are called {email.name}.")
            found[email.name] = email
    return found


def email_named(name: str) -> Email:
    """The letter of that name. KeyError where nobody declared it."""
    return all_emails()[name]
