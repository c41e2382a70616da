"""The family of "no". A rule or an action raises one; the entrance it came in by shows its sentence.

The web puts the sentence on the form, a command prints it, the clock records it and goes on to the next row.
"""

from __future__ import annotations

from typing import ClassVar


class Refusal(Exception):
    """No, because… The sentence is complete and is what the officer reads."""

    recorded: ClassVar[bool] = False
    """True where the attempt itself belongs on the file, as opening prices early does."""

    def __init__(self, sentence: str, *, field: str | None = None, who_can: str | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field
        """The form field the sentence belongs beside; None where it belongs to the whole page."""
        self.who_can = who_can
        """Who can put it right, in words; None where nobody but the reader can."""

    def __str__(self) -> str:
        return self.sentence


class BeyondOfficialCalendar(Refusal):
    """A legal deadline would run outside the days for which bank holidays have been published."""


class BadFigure(Refusal):
    """A sum, a rate or a length of time that cannot be right, or that no dated table covers."""
