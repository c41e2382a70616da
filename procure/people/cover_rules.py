"""Days of a post: who held or covered it when, where it stood vacant, and which cover may be set."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from procure.law.working_days import last_day_of_months_beginning
from procure.people.rules import READS_EVERYTHING, Role
from procure.words import day as in_words

ONE_DAY = timedelta(days=1)
LONGEST_COVER_MONTHS = 12
"""A cover bridges an absence. Whoever stays away longer is replaced by somebody who holds the post."""

NEEDED_TO_COVER = frozenset({Role.DECIDER})
"""Roles of the holder without which nobody can do the work of the post."""


@dataclass(frozen=True)
class Days:
    """Days on which somebody held or covers a post, both included. `until_on` None: with no end known."""

    from_on: date
    until_on: date | None
    who: str = ""

    def meets(self, from_on: date, until_on: date) -> bool:
        """Whether some day is in both."""
        return self.from_on <= until_on and (self.until_on is None or self.until_on >= from_on)


@dataclass(frozen=True)
class Problem:
    """Why something can't be, and the question it belongs to."""

    sentence: str
    field: str


def cover_days_problem(
    from_on: date,
    until_on: date,
    *,
    today: date,
    ended_on: date | None,
    held: Sequence[Days],
    covered: Iterable[Days],
) -> Problem | None:
    """Why a post can't be covered on those days, or None. `held` and `covered` are its holdings and covers."""
    if from_on < today:
        return Problem("Cover can’t begin in the past. Enter today or a later day.", "from_on")
    if until_on < from_on:
        return Problem("The last day can’t be before the first.", "until_on")
    last = last_day_of_months_beginning(from_on, LONGEST_COVER_MONTHS)
    if until_on > last:
        return Problem(f"Cover lasts a year at most. Enter {in_words(last)} or an earlier day.", "until_on")
    if ended_on is not None and until_on > ended_on:
        return Problem(f"The post ends on {in_words(ended_on)}. Cover can’t last longer.", "until_on")
    for other in covered:
        if other.meets(from_on, until_on):
            return Problem(
                f"{other.who} covers this post from {in_words(other.from_on)} to "
                f"{in_words(other.until_on or until_on)}. End that cover first, or choose other days.",
                "from_on",
            )
    return _change_of_holder(from_on, until_on, held)


def _change_of_holder(from_on: date, until_on: date, held: Sequence[Days]) -> Problem | None:
    """A cover is for one holder, or for one vacancy."""
    holder = next((one for one in reversed(held) if one.meets(from_on, from_on)), None)
    if holder is not None and holder.until_on is not None and holder.until_on < until_on:
        return Problem(
            f"{holder.who} holds the post until {in_words(holder.until_on)}. Enter that day or an earlier one.",
            "until_on",
        )
    if holder is None:
        coming = min(
            (one for one in held if from_on < one.from_on <= until_on), key=lambda one: one.from_on, default=None
        )
        if coming is not None:
            before = in_words(coming.from_on - ONE_DAY)
            return Problem(
                f"{coming.who} holds the post from {in_words(coming.from_on)}. Enter {before} or an earlier day.",
                "until_on",
            )
    return None


def cover_person_problem(
    name: str,
    *,
    is_active: bool,
    is_own: bool,
    is_holder: bool,
    roles: frozenset[Role],
    needed: frozenset[Role],
) -> str | None:
    """Why a person can't cover a post, or None. `roles` they have on every day of it; `needed` are its holder's."""
    if is_holder:
        return f"{name} holds this post. Choose somebody else."
    if is_own:
        return "You can’t put yourself in to cover. The post’s holder or another administrator can."
    if not is_active:
        return f"{name} has left. Choose somebody else."
    if roles & READS_EVERYTHING:
        return f"{name} is an auditor and changes nothing. Choose somebody else."
    lacking = sorted((needed & NEEDED_TO_COVER) - roles)
    if lacking:
        return f"{name} isn’t a {lacking[0].label.lower()} on all those days. An administrator can give the role first."
    return None


@dataclass(frozen=True)
class Line:
    """One line of a post's calendar. `kind` is "held", "covered" or "vacant"; `how` says in what capacity, or why."""

    kind: str
    who: str
    from_on: date
    until_on: date | None
    how: str = ""


def vacancies(held: Iterable[Days], *, ended_on: date | None) -> tuple[Days, ...]:
    """The days after its first holder on which nobody held a post, until it ended. Open where nobody is named yet."""
    found: list[Days] = []
    reach: date | None = None
    for one in sorted(held, key=lambda days: days.from_on):
        if reach is not None and one.from_on > reach + ONE_DAY:
            found.append(Days(reach + ONE_DAY, one.from_on - ONE_DAY))
        if one.until_on is None:
            return tuple(found)
        reach = one.until_on if reach is None else max(reach, one.until_on)
    if reach is not None and (ended_on is None or reach < ended_on):
        found.append(Days(reach + ONE_DAY, ended_on))
    return tuple(found)


def calendar(held: Sequence[Line], covered: Sequence[Line], *, ended_on: date | None) -> tuple[Line, ...]:
    """Who held and covered a post, and where it stood vacant; the latest first."""
    empty = vacancies((Days(one.from_on, one.until_on) for one in held), ended_on=ended_on)
    lines = [*held, *covered, *(Line("vacant", "", one.from_on, one.until_on) for one in empty)]
    return tuple(sorted(lines, key=lambda line: (line.from_on, line.kind == "covered"), reverse=True))
