"""How a room declares a kind of long work, and what such work is given and gives back.

In `procure/<room>/jobs.py`:

    def make(work: Work) -> Result: …
    PACK = Kind("pack", unit="paper", run=make, open_to=procurement_for, longest=timedelta(minutes=10))

and in `app.py` its name under JOBS. `app.py` names the kinds; nothing registers itself on import.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import IO, TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from procure.people.models import Person


class Work(Protocol):
    """One run of a job, as its kind sees it."""

    about: str
    facts: Mapping[str, Any]

    @property
    def at(self) -> datetime:
        """This moment."""

    def progress(self, done: int, of: int | None = None) -> None:
        """Note how far it is, and that it lives. Called between steps, each shorter than a claim lasts.

        Raises what ends the run: cancelled, taken over by another clock, or over its time.
        """

    def result(self) -> IO[bytes]:
        """The file the work makes, to be written from the first byte to the last: it is never turned back.

        Its bytes go straight to where files are kept.
        """


@dataclass(frozen=True)
class Made:
    """What came of a job: the name and type of the file written, and the act as History reads it."""

    file_name: str
    media_type: str
    said: str


@dataclass(frozen=True)
class Kind:
    """One kind of long work."""

    name: str
    unit: str
    """What its progress counts: "paper"."""
    run: Callable[[Work], Made]
    open_to: Callable[[Person, str, date], object]
    """Fetches what the job is about for a person on a day; answers 404 itself where they may not read it."""
    longest: timedelta
    """A run that takes longer is given up."""
    page: str = ""
    """Endpoint of the page of what the job is about; it takes the reference."""


_KINDS: dict[str, Kind] = {}


def register(*kinds: Kind) -> None:
    """Make kinds known. The same one twice is harmless; two under one name are a mistake."""
    for kind in kinds:
        if _KINDS.setdefault(kind.name, kind) != kind:
            raise ValueError(f"Two kinds of job are called {kind.name}.")


def kind_named(name: str) -> Kind:
    """The kind of that name. KeyError where nobody declared it."""
    return _KINDS[name]
