"""When a body's decision takes effect: published, open to call-in, called in, in force. Pure rules."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import date

from procure import words
from procure.choices import Labelled
from procure.law.call_in import CallIn, call_in
from procure.law.working_days import Calendar, Working


class CallInResult(Labelled):
    """What scrutiny made of a decision that was called in."""

    UPHELD = "upheld", "The decision stands"
    SENT_BACK = "sent_back", "Sent back to be decided again"


class EffectState(enum.StrEnum):
    """Where a decision stands between being taken and being acted on. The calendar decides; nothing is stored."""

    UNPUBLISHED = "unpublished"
    OPEN = "open"
    CALLED_IN = "called in"
    SENT_BACK = "sent back"
    IN_FORCE = "in force"


@dataclass(frozen=True)
class Published:
    """What a meeting's record says of its publication and call-in. `call_in_days` 0: not open to call-in."""

    published_on: date | None
    call_in_days: int
    called_in_on: date | None = None
    ended_on: date | None = None
    result: CallInResult | None = None


@dataclass(frozen=True)
class Effect:
    """Whether a decision may be acted on today; if not, why; and from which day it may."""

    state: EffectState
    in_force_from: date | None
    """First day on which it may be acted on; None while nobody can say."""
    ends_on: date | None
    """Last day of the call-in period."""
    sentence: str
    working: Working | None = None

    @property
    def is_in_force(self) -> bool:
        return self.state is EffectState.IN_FORCE

    @property
    def is_stopped(self) -> bool:
        """True where members have called it in, or it was sent back: nothing more may be done under it."""
        return self.state in (EffectState.CALLED_IN, EffectState.SENT_BACK)


def effect_of(record: Published, today: date, england: Calendar) -> Effect:
    """Where a decision stands today. The call-in counts working days in England after publication (domain 2.6).

    `BeyondOfficialCalendar` where bank holidays for the period have not been published.
    """
    if record.published_on is None:
        return Effect(
            EffectState.UNPUBLISHED, None, None,
            "It can’t be acted on. The day it was published isn’t recorded, and call-in counts from that day.",
        )  # fmt: skip
    if record.call_in_days == 0:
        return _in_time(record.published_on, None, today, "It isn’t open to call-in.", None)
    period = call_in(record.published_on, england, record.call_in_days)
    if record.called_in_on is not None:
        return _called_in(record, period, today)
    return _in_time(period.effective_on, period.ends_on, today, "", period.working)


def _in_time(from_on: date, ends_on: date | None, today: date, note: str, working: Working | None) -> Effect:
    if today >= from_on:
        said = f"In force since {words.weekday(from_on)}. {note}".strip()
        return Effect(EffectState.IN_FORCE, from_on, ends_on, said, working)
    until = f"Members can call it in until the end of {words.weekday(ends_on)}. " if ends_on else ""
    said = f"{until}It takes effect on {words.weekday(from_on)}."
    return Effect(EffectState.OPEN, from_on, ends_on, said, working)


def _called_in(record: Published, period: CallIn, today: date) -> Effect:
    assert record.called_in_on is not None
    called = words.weekday(record.called_in_on)
    if record.ended_on is None or record.result is None:
        return Effect(
            EffectState.CALLED_IN, None, period.ends_on,
            f"It was called in on {called}. Nothing may be done under it until the call-in has ended.", period.working,
        )  # fmt: skip
    if record.result is CallInResult.SENT_BACK:
        return Effect(
            EffectState.SENT_BACK, None, period.ends_on,
            f"It was called in and sent back on {words.weekday(record.ended_on)}. It needs a new decision.",
            period.working,
        )  # fmt: skip
    since = max(record.ended_on, period.effective_on)
    note = f"It was called in on {called} and upheld on {words.weekday(record.ended_on)}."
    return _in_time(since, None, today, note, period.working)


def why_no_call_in(record: Published, called_in_on: date, england: Calendar) -> str | None:
    """The sentence that refuses a call-in on a day; None where the day is within the period."""
    if record.published_on is None:
        return "You can’t record a call-in yet. First record the day the decision was published."
    if record.call_in_days == 0:
        return "This decision isn’t open to call-in."
    if record.called_in_on is not None:
        return "A call-in of this decision is already recorded."
    ends_on = call_in(record.published_on, england, record.call_in_days).ends_on
    if not record.published_on <= called_in_on <= ends_on:
        return f"Call-in ran from {words.day(record.published_on)} to {words.day(ends_on)}. Enter a day in that time."
    return None
