"""What is wrong with a template: where, in which tag, and what would put it right."""

from __future__ import annotations

from dataclasses import dataclass

from procure.refusals import Refusal

THE_FILE = "The file"
MOST_PROBLEMS = 100
"""More than anybody mends at one sitting; what is left shows at the next upload."""


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong with a template, where it is, and what would put it right."""

    where: str
    sentence: str
    tag: str = ""
    """As it stands in the template; empty where the trouble is not with a tag."""
    suggestion: str = ""
    """What to type instead, if it can be guessed."""

    def __str__(self) -> str:
        meant = f" Do you mean {self.suggestion}?" if self.suggestion else ""
        return f"{self.where}: {self.sentence}{meant}"


class BadTemplate(Refusal):
    """A template that cannot be used until its author has put it right."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = tuple(problems)
        more = f" There are {len(problems) - 1} more problems." if len(problems) > 1 else ""
        super().__init__(f"{problems[0]}{more}")
