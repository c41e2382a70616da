"""From a contract's terms to the letters about it: what is to come, what was missed, what no longer stands."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from procure.contract.rules import ContractState, Term, Tier, WhatFollows
from procure.law.working_days import Calendar, months_before, working_day_on_or_after, working_day_on_or_before
from procure.reminder.rules.kinds import ABOUT_THE_END, FOLLOWING, SETTLED_BY_A_DECISION, Ahead, ReminderKind

K = ReminderKind
OffsetsOf = Callable[[ReminderKind], tuple[Ahead, ...]]
OVER_AND_DONE = (WhatFollows.LET_LAPSE, WhatFollows.REPLACED)


@dataclass(frozen=True)
class Occasion:
    """A day that matters: of what kind, which option or paper, on which day, and in words."""

    kind: ReminderKind
    about_on: date
    item: str = ""
    said: str = ""
    post_id: int | None = None
    """Whose it is, where that isn't whoever looks after the contract."""

    @property
    def key(self) -> tuple[Any, ...]:
        """What makes it the same occasion however often it is worked out. That nobody looks after it has no day."""
        return self.kind, self.item, None if self.kind is K.OWNER else self.about_on


@dataclass(frozen=True)
class Terms:
    """Everything about a contract that reminders depend on."""

    of: str
    starts_on: date | None
    ends_on: date | None
    start_by_on: date | None = None
    """Last day to start buying again without a gap."""
    term: Term = Term.FIXED
    roll_months: int | None = None
    notice_months: int = 0
    tier: Tier | None = None
    state: ContractState = ContractState.LIVE
    next_option: tuple[int, date] | None = None
    """Number of the first open option, and the last day to use it."""
    choice: WhatFollows | None = None
    has_purchase: bool = False
    """A procurement that follows this contract is under way."""
    has_owner: bool = True
    of_its_life: tuple[Occasion, ...] = ()
    """Breaks, papers that run out, returns, notices, reviews: all that are still open."""
    version: int = 1
    contract_id: int | None = None
    post_id: int | None = None


def occasions(terms: Terms, today: date) -> tuple[Occasion, ...]:
    """The days of a contract that are still worth a letter. Of one that has ended only its statutory notices."""
    if terms.state is ContractState.TO_SIGN:
        return ()
    if terms.state is ContractState.ENDED:
        return tuple(one for one in terms.of_its_life if one.kind is K.DUTY)
    found = list(terms.of_its_life)
    if not terms.has_owner:
        found.append(Occasion(K.OWNER, today))
    if terms.term is Term.FIXED:
        found += _of_the_end(terms)
    elif terms.term is Term.ROLLING and terms.ends_on is not None and terms.choice not in OVER_AND_DONE:
        found.append(Occasion(K.NOTICE, months_before(terms.ends_on, terms.notice_months)))
    if terms.choice in OVER_AND_DONE:
        found = [one for one in found if one.kind is not K.BREAK]
    return tuple(found)


def _of_the_end(terms: Terms) -> list[Occasion]:
    if terms.ends_on is None:
        return []
    found = [Occasion(K.OVER, terms.ends_on)]
    if terms.choice in OVER_AND_DONE:
        return found
    found.append(Occasion(K.LADDER, terms.ends_on))
    if terms.choice is not WhatFollows.BUY_AGAIN and terms.next_option is not None:
        number, by_on = terms.next_option
        found.append(Occasion(K.OPTION, by_on, f"option {number}", f"option {number}"))
    if terms.choice is None and not terms.has_purchase and terms.start_by_on is not None:
        found.append(Occasion(K.START_BY, terms.start_by_on))
    return found


@dataclass(frozen=True)
class ToSend:
    """A reminder that follows from an occasion: how long before it, due when, sent when."""

    occasion: Occasion
    ahead: Ahead
    due_on: date
    send_on: date

    @property
    def key(self) -> tuple[Any, ...]:
        """What makes it one and the same reminder, however often it is planned."""
        return *self.occasion.key, self.ahead.code

    @property
    def group(self) -> tuple[Any, ...]:
        """Reminders of one group ask the same question: of those missed only the latest goes."""
        return group_of(self.occasion.kind, self.occasion.item)


def group_of(kind: ReminderKind, item: str) -> tuple[Any, ...]:
    """The question a reminder asks: what follows the end, or one about its own day."""
    return ("the end",) if kind in ABOUT_THE_END else (kind, item)


def send_on_for(due_on: date, ahead: Ahead, england: Calendar) -> date:
    """The day a letter goes: the working day before, if its own isn't one; of one that comes after a day, the next."""
    if not england.covers(due_on):
        return due_on
    return working_day_on_or_after(due_on, england) if ahead.is_after else working_day_on_or_before(due_on, england)


def all_dates(
    terms: Terms, offsets: OffsetsOf, today: date, england: Calendar, *, of: Sequence[Occasion] | None = None
) -> tuple[ToSend, ...]:
    """Every reminder of a contract, past and to come, earliest first."""
    found = []
    for occasion in occasions(terms, today) if of is None else of:
        earliest = _not_before(terms, occasion)
        for ahead in offsets(occasion.kind):
            due_on = ahead.due_on(occasion.about_on)
            if earliest is None or due_on >= earliest:
                found.append(ToSend(occasion, ahead, due_on, send_on_for(due_on, ahead, england)))
    return tuple(sorted(found, key=lambda one: (one.send_on, one.due_on, one.occasion.kind, one.occasion.item)))


def _not_before(terms: Terms, occasion: Occasion) -> date | None:
    """Before its start, or before it last rolled on, nobody is asked what follows a contract."""
    if occasion.kind not in ABOUT_THE_END:
        return None
    if occasion.kind is K.NOTICE and terms.ends_on is not None and terms.roll_months:
        rolled_on = months_before(terms.ends_on, terms.roll_months)
        return max(rolled_on, terms.starts_on) if terms.starts_on else rolled_on
    return terms.starts_on


def is_idle(one: ToSend, today: date) -> bool:
    """A missed letter that would come too late to be of use: the day it is about has passed."""
    return not one.ahead.is_after and one.occasion.about_on < today and one.occasion.kind is not K.OVER


# ── against what is planned already ──


@dataclass(frozen=True)
class Known:
    """A reminder that is in the database."""

    id: int
    kind: ReminderKind
    item: str
    about_on: date
    ahead: str
    due_on: date
    is_sent: bool = False
    is_dropped: bool = False
    """Cancelled: its day no longer stood."""
    is_passed_over: bool = False
    """Missed, and a later one went instead."""
    is_closed: bool = False
    """Acknowledged, or settled by what happened since."""
    follows_id: int | None = None

    @property
    def occasion_key(self) -> tuple[Any, ...]:
        return self.kind, self.item, None if self.kind is K.OWNER else self.about_on


@dataclass(frozen=True)
class Plan:
    """What is to be added, kept under the newest terms, cancelled; and sent letters that need no answer any more."""

    add: tuple[ToSend, ...] = ()
    keep: tuple[int, ...] = ()
    cancel: tuple[int, ...] = ()
    settle: tuple[int, ...] = ()

    @property
    def is_nothing(self) -> bool:
        return not (self.add or self.cancel or self.settle)


def plan_of(terms: Terms, known: Sequence[Known], offsets: OffsetsOf, today: date, england: Calendar) -> Plan:
    """Compare what a contract's terms ask for with what is planned and sent.

    Of missed letters that ask the same question only the latest goes, at once, and only where no later one went: a
    contract entered late gets one letter, not five.
    """
    here = occasions(terms, today)
    standing = {one.key for one in here}
    every = all_dates(terms, offsets, today, england, of=here)
    wanted = {one.key for one in every}
    roots = _roots(known)
    unsent = [one for one in known if not (one.is_sent or one.is_dropped or one.is_passed_over)]
    keep: list[int] = []
    cancel: list[int] = []
    for one in unsent:
        root = roots[one.id]
        stays = root.occasion_key in standing and (one.kind in FOLLOWING or (*one.occasion_key, one.ahead) in wanted)
        (keep if stays else cancel).append(one.id)
    there = {
        (*one.occasion_key, one.ahead) for one in known if one.is_sent or one.is_passed_over or one.id in set(keep)
    }
    to_come = [one for one in every if one.send_on >= today and one.key not in there]
    settle = [
        one.id for one in known if one.is_sent and not one.is_closed and _is_settled(roots[one.id], standing, terms)
    ]
    return Plan((*_late(every, known, standing, there, today), *to_come), tuple(keep), tuple(cancel), tuple(settle))


def _roots(known: Sequence[Known]) -> Mapping[int, Known]:
    """For each reminder the first of its line: of an escalation, the letter nobody answered."""
    by_id = {one.id: one for one in known}
    found = {}
    for one in known:
        root = one
        while root.follows_id in by_id:
            root = by_id[root.follows_id]
        found[one.id] = root
    return found


def _is_settled(root: Known, standing: set[tuple[Any, ...]], terms: Terms) -> bool:
    if root.occasion_key not in standing:
        return True
    return terms.choice is not None and root.kind in SETTLED_BY_A_DECISION


def _late(
    every: Iterable[ToSend], known: Sequence[Known], standing: set[tuple[Any, ...]], there: set[tuple[Any, ...]],
    today: date,
) -> list[ToSend]:  # fmt: skip
    latest: dict[tuple[Any, ...], ToSend] = {}
    for one in every:
        if one.send_on < today and not is_idle(one, today):
            latest[one.group] = one
    last: dict[tuple[Any, ...], date] = {}
    for old in known:
        if old.is_sent and old.occasion_key in standing:
            group = group_of(old.kind, old.item)
            last[group] = max(last.get(group, date.min), old.due_on)
    return [
        replace(one, send_on=today)
        for group, one in latest.items()
        if one.key not in there and one.due_on >= last.get(group, date.min)
    ]
