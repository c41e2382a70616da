"""Which dates matter, to whom, how long before: the table of reminders, and the days that follow from it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from procure import words
from procure.choices import Labelled
from procure.contract.rules import ContractDates, WhatFollows
from procure.law.working_days import (
    Calendar,
    add_working_days,
    is_working_day,
    months_before,
    working_day_on_or_after,
    working_day_on_or_before,
)


class ReminderKind(Labelled):
    LADDER = "ladder", "Before the end"
    OPTION = "option", "Use an option"
    START_BY = "start_by", "Start buying again"
    ESCALATION = "escalation", "No answer"


ANSWER_WITHIN = 10
"""Working days to answer a letter before it goes to the next post up (domain 3.9)."""

ALREADY_MISSED = 0
"""The step of the letter that comes the day after a date was missed."""


@dataclass(frozen=True)
class Remembered:
    """One line of the table: what date, how long before, which letter. `step` tells the lines of a kind apart."""

    kind: ReminderKind
    step: int
    letter: str
    about: str
    """What it is about, as the list on the contract's page says it; `{day}` stands for the date."""
    due_on: Callable[[date], date]


def _months(months: int) -> Callable[[date], date]:
    return lambda day: months_before(day, months)


def _days(days: int) -> Callable[[date], date]:
    return lambda day: day - timedelta(days=days)


K = ReminderKind

REMINDERS = (
    Remembered(K.LADDER, 18, "eighteen_months", "18 months before the end", _months(18)),
    Remembered(K.LADDER, 12, "twelve_months", "12 months before the end", _months(12)),
    Remembered(K.LADDER, 9, "nine_months", "9 months before the end", _months(9)),
    Remembered(K.LADDER, 6, "six_months", "6 months before the end", _months(6)),
    Remembered(K.LADDER, 3, "three_months", "3 months before the end", _months(3)),
    Remembered(K.OPTION, 3, "use_option", "Use the next option by {day}", _months(3)),
    Remembered(K.OPTION, 1, "use_option", "Use the next option by {day}", _days(30)),
    Remembered(K.START_BY, 4, "start_buying", "Start buying again by {day}", _days(28)),
    Remembered(K.START_BY, ALREADY_MISSED, "too_late_to_buy", "If buying hasn’t begun by {day}", _days(-1)),
)
"""The client's ladder, and the two dates that are missed most: the last day to use an option and to start buying."""

ESCALATION_LETTER = "nobody_answered"


def line_of(kind: ReminderKind, step: int) -> Remembered:
    """The line of the table for a kind and step. KeyError where there is none."""
    for line in REMINDERS:
        if (line.kind, line.step) == (kind, step):
            return line
    raise KeyError(f"{kind} {step}")


@dataclass(frozen=True)
class ToSend:
    """A reminder that follows from a contract's dates: about which date, due when, sent when."""

    kind: ReminderKind
    step: int
    about_on: date
    due_on: date
    send_on: date

    @property
    def key(self) -> tuple[ReminderKind, date, int]:
        """What makes it one and the same reminder of a contract, however often it is planned."""
        return self.kind, self.about_on, self.step


def about_days(dates: ContractDates) -> dict[ReminderKind, date]:
    """The dates of a contract that are still worth a letter, by kind; empty once nothing is open."""
    if dates.choice is WhatFollows.LET_LAPSE:
        return {}
    found = {K.LADDER: dates.ends_on}
    if dates.choice is not WhatFollows.BUY_AGAIN and dates.next_option is not None:
        found[K.OPTION] = dates.next_option.exercise_by_on
    if dates.choice is None and not dates.has_purchase:
        found[K.START_BY] = dates.start_by_on
    return found


def all_dates(dates: ContractDates, england: Calendar) -> tuple[ToSend, ...]:
    """Every reminder of a contract, past and to come, earliest first."""
    about = about_days(dates)
    found = [_to_send(line, about[line.kind], england) for line in REMINDERS if line.kind in about]
    kept = (one for one in found if one.due_on >= dates.starts_on)
    return tuple(sorted(kept, key=lambda one: (one.send_on, one.due_on, one.kind, -one.step)))


def _to_send(line: Remembered, about_on: date, england: Calendar) -> ToSend:
    due_on = line.due_on(about_on)
    late = line.step == ALREADY_MISSED
    send_on = working_day_on_or_after(due_on, england) if late else working_day_on_or_before(due_on, england)
    return ToSend(line.kind, line.step, about_on, due_on, send_on)


def dates_to_remember(dates: ContractDates, today: date, england: Calendar) -> tuple[ToSend, ...]:
    """The reminders to plan today: all to come and, of those whose day has passed, the most recent, to go at once.

    A contract entered late so gets one letter, not five.
    """
    every = all_dates(dates, england)
    missed = [one for one in every if one.send_on < today and not _is_idle(one, today)]
    to_come = [one for one in every if one.send_on >= today]
    return (*(replace(one, send_on=today) for one in missed[-1:]), *to_come)


def _is_idle(one: ToSend, today: date) -> bool:
    """A missed letter that would come too late to be of use: the option's last day, or the end, has passed."""
    return one.step != ALREADY_MISSED and one.about_on < today


def still_stand(keys: Iterable[tuple[ReminderKind, date, int]], dates: ContractDates) -> Iterator[bool]:
    """For planned reminders by key, whether the date each is about is still a date of the contract."""
    about = about_days(dates)
    for kind, about_on, _ in keys:
        yield about.get(kind) == about_on


def answer_by(sent_on: date, england: Calendar) -> date:
    """Last day to answer a letter before it goes to the next post up."""
    return add_working_days(sent_on, ANSWER_WITHIN, england)


def moved_label(due_on: date, send_on: date, england: Calendar) -> str:
    """Why a letter doesn't go on its day; empty where it does."""
    if due_on == send_on or is_working_day(due_on, england):
        return ""
    return f"Goes on {words.weekday(send_on).rsplit(' ', 1)[0]}"


def about_label(kind: ReminderKind, step: int, about_on: date) -> str:
    """What a reminder is about, in words: "12 months before the end"."""
    if kind is K.ESCALATION:
        return "Nobody answered"
    return line_of(kind, step).about.format(day=words.short(about_on))
