"""Which of the letters that are due go today, alone or together: never a flood, nothing too late."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from procure import words
from procure.law.working_days import Calendar, add_working_days, is_working_day, working_day_on_or_after
from procure.reminder.rules.kinds import Ahead, ReminderKind
from procure.reminder.rules.planning import group_of

ANSWER_WITHIN = 10
"""Working days to answer a letter before it goes to the next post up (domain 3.9)."""

TIMES_PASSED_ON = 2
"""A letter nobody answers goes to the next post, then to the one above it, the director."""

FLOOD = 5
"""More letters than that at once for one person become a single one, whatever they chose."""

WEEK = timedelta(days=7)


def answer_by(sent_on: date, england: Calendar) -> date:
    """Last day to answer a letter before it goes to the next post up."""
    return add_working_days(sent_on, ANSWER_WITHIN, england)


def digest_day_of(day: date, england: Calendar) -> date:
    """The day of its week on which weekly letters go: Monday, or the first working day after it."""
    return working_day_on_or_after(day - timedelta(days=day.weekday()), england)


def next_digest_day(today: date, england: Calendar) -> date:
    """The next day on which weekly letters go, after today."""
    this = digest_day_of(today, england)
    return this if this > today else digest_day_of(today + WEEK, england)


@dataclass(frozen=True)
class Due:
    """A reminder that is due, as far as it matters for when and how it goes."""

    id: int
    of: str
    kind: ReminderKind
    item: str
    ahead: Ahead
    about_on: date
    due_on: date
    send_on: date
    said: str = ""
    contract_id: int | None = None
    post_id: int | None = None
    follows_id: int | None = None

    @property
    def asks_until(self) -> date | None:
        """The last day on which it is of use; None for one that comes after its day."""
        return None if self.ahead.is_after else self.about_on


@dataclass
class Going:
    """What becomes of what is due for one person: alone, several in one letter, what waits for Monday."""

    alone: list[Due] = field(default_factory=list)
    together: list[list[Due]] = field(default_factory=list)
    put_off: list[Due] = field(default_factory=list)


def passed_over(due: Iterable[Due], today: date) -> set[int]:
    """Of several about one contract that ask the same question and were missed, all but the latest, by id."""
    latest: dict[tuple[object, ...], Due] = {}
    older: set[int] = set()
    for one in sorted(due, key=lambda each: (each.send_on, each.id)):
        if one.kind in (ReminderKind.ESCALATION, ReminderKind.AGAIN):
            continue
        group = (one.of, *group_of(one.kind, one.item))
        before = latest.get(group)
        if before is not None and before.send_on < today:
            older.add(before.id)
        latest[group] = one
    return older


def going_to(due: Sequence[Due], *, weekly: bool, today: date, england: Calendar) -> Going:
    """Sort what is due for one person.

    With a weekly letter all go together on its day; in between go only those whose day would pass before the next.
    What asks the same of one contract for the same day, as three returns do, is asked in one letter.
    """
    urgent_first = sorted(due, key=urgency)
    if weekly and digest_day_of(today, england) != today:
        next_day = next_digest_day(today, england)
        now = [one for one in urgent_first if one.asks_until is not None and one.asks_until <= next_day]
        going = Going(put_off=[one for one in urgent_first if one not in now])
    else:
        now, going = urgent_first, Going()
    if len(now) > FLOOD or (weekly and len(now) > 1):
        going.together = [now]
        return going
    for same in _asking_the_same(now):
        if len(same) > 1:
            going.together.append(same)
        else:
            going.alone += same
    return going


def _asking_the_same(due: Sequence[Due]) -> Iterable[list[Due]]:
    groups: dict[object, list[Due]] = {}
    for one in due:
        is_again = one.kind in (ReminderKind.ESCALATION, ReminderKind.AGAIN)
        groups.setdefault(one.id if is_again else (one.of, one.kind, one.about_on, one.ahead), []).append(one)
    return groups.values()


def urgency(one: Due) -> tuple[date, date, int]:
    """The order of a letter with many: what must be done first comes first."""
    return one.about_on, one.send_on, one.id


def moved_label(due_on: date, send_on: date, england: Calendar) -> str:
    """Why a letter doesn't go on its day; empty where it does."""
    if due_on == send_on or not england.covers(due_on) or is_working_day(due_on, england):
        return ""
    return f"Goes on {words.weekday(send_on).rsplit(' ', 1)[0]}"


def latest_snooze(about_on: date, ahead: Ahead, today: date) -> date:
    """The last day to which a letter may be put off: the day it is about, or a month where that has gone by."""
    if about_on > today and not ahead.is_after:
        return about_on
    return today + timedelta(days=31)
