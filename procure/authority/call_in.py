"""When a decision takes effect: published, open to call-in, called in, before scrutiny, in force. Pure rules."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import date

from procure import words
from procure.choices import Labelled
from procure.law.call_in import CallIn, call_in
from procure.law.working_days import Calendar, Working, count_after


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


NOT_PUBLISHED = "It can’t be acted on. The day it was published isn’t recorded, and call-in counts from that day."
NOT_OPEN = "It isn’t open to call-in."


@dataclass(frozen=True)
class Published:
    """What the record of a decision says of its publication and call-in. `call_in_days` 0: not open to call-in.

    `closed_because` says why it isn't open, where that is more than the days; `waived` why it is exempt as urgent.
    `scrutiny_days` are the working days within which the council's rules make scrutiny meet; None where they don't.
    """

    published_on: date | None
    call_in_days: int
    called_in_on: date | None = None
    ended_on: date | None = None
    result: CallInResult | None = None
    scrutiny_on: date | None = None
    scrutiny_days: int | None = None
    waived: str = ""
    closed_because: str = NOT_OPEN
    unpublished_because: str = NOT_PUBLISHED

    @property
    def is_open_to_call_in(self) -> bool:
        """Whether members may call it in at all."""
        return self.call_in_days > 0 and not self.waived


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
    scrutiny_by: date | None = None
    """Last day on which scrutiny must meet, while a call-in is open and the council's rules give one."""

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
        return Effect(EffectState.UNPUBLISHED, None, None, record.unpublished_because)
    if not record.is_open_to_call_in:
        note = f"Members can’t call it in: it is exempt as urgent. {record.waived}" if record.waived else ""
        return _in_time(record.published_on, None, today, note or record.closed_because, None)
    period = call_in(record.published_on, england, record.call_in_days)
    if record.called_in_on is not None:
        return _called_in(record, period, today, england)
    return _in_time(period.effective_on, period.ends_on, today, "", period.working)


def scrutiny_by(called_in_on: date, days: int | None, england: Calendar) -> date | None:
    """Last day on which scrutiny must meet: working days after the call-in, as the council's rules say."""
    return count_after(called_in_on, days, england.official())[-1].day if days else None


def _in_time(from_on: date, ends_on: date | None, today: date, note: str, working: Working | None) -> Effect:
    if today >= from_on:
        said = f"In force since {words.weekday(from_on)}. {note}".strip()
        return Effect(EffectState.IN_FORCE, from_on, ends_on, said, working)
    until = f"Members can call it in until the end of {words.weekday(ends_on)}. " if ends_on else ""
    said = f"{until}It takes effect on {words.weekday(from_on)}."
    return Effect(EffectState.OPEN, from_on, ends_on, said, working)


def _called_in(record: Published, period: CallIn, today: date, england: Calendar) -> Effect:
    assert record.called_in_on is not None
    called = words.weekday(record.called_in_on)
    if record.ended_on is None or record.result is None:
        by = scrutiny_by(record.called_in_on, record.scrutiny_days, england)
        said = f"It was called in on {called}. Nothing may be done under it until the call-in has ended."
        meets = _meets(record, by, today)
        return Effect(
            EffectState.CALLED_IN, None, period.ends_on, f"{said} {meets}".strip(), period.working, scrutiny_by=by
        )
    if record.result is CallInResult.SENT_BACK:
        return Effect(
            EffectState.SENT_BACK, None, period.ends_on,
            f"It was called in and sent back on {words.weekday(record.ended_on)}. It needs a new decision.",
            period.working,
        )  # fmt: skip
    since = max(record.ended_on, period.effective_on)
    note = f"It was called in on {called} and upheld on {words.weekday(record.ended_on)}."
    return _in_time(since, None, today, note, period.working)


def _meets(record: Published, by: date | None, today: date) -> str:
    """When scrutiny meets, or had to; a meeting that comes too late is named."""
    meets = record.scrutiny_on
    if meets is not None:
        late = f", later than {words.weekday(by)}, by when it had to meet" if by and meets > by else ""
        return f"Scrutiny {'meets' if meets >= today else 'met'} on {words.weekday(meets)}{late}."
    if by is None:
        return ""
    return f"Scrutiny {'must meet by' if by >= today else 'had to meet by'} {words.weekday(by)}."


def why_no_call_in(record: Published, called_in_on: date, england: Calendar) -> str | None:
    """The sentence that refuses a call-in on a day; None where the day is within the period."""
    if record.published_on is None:
        return "You can’t record a call-in yet. First record the day the decision was published."
    if record.waived:
        return "This decision is exempt from call-in as urgent."
    if record.call_in_days == 0:
        return "This decision isn’t open to call-in."
    if record.called_in_on is not None:
        return "A call-in of this decision is already recorded."
    ends_on = call_in(record.published_on, england, record.call_in_days).ends_on
    if not record.published_on <= called_in_on <= ends_on:
        return f"Call-in ran from {words.day(record.published_on)} to {words.day(ends_on)}. Enter a day in that time."
    return None


def why_no_scrutiny(record: Published, meets_on: date) -> str | None:
    """The sentence that refuses a day of scrutiny; None where it can be."""
    if record.called_in_on is None or record.ended_on is not None:
        return "No call-in of this decision is open."
    if meets_on < record.called_in_on:
        return f"Scrutiny meets after the call-in. Enter {words.day(record.called_in_on)} or later."
    return None


def why_no_exemption(record: Published) -> str | None:
    """The sentence that refuses to exempt a decision from call-in; None where it can be."""
    if record.published_on is not None:
        return "It is too late: call-in began when the decision was published."
    if record.waived:
        return "This decision is exempt from call-in already."
    if record.call_in_days == 0:
        return "This decision isn’t open to call-in, so it needs no exemption."
    return None


def why_no_end(record: Published, ended_on: date, today: date) -> str | None:
    """The sentence that refuses the end of a call-in on a day; None where it can be."""
    if record.called_in_on is None or record.ended_on is not None:
        return "No call-in of this decision is open."
    since = max(record.called_in_on, record.scrutiny_on or record.called_in_on)
    if record.scrutiny_on is not None and record.scrutiny_on > today:
        return f"Scrutiny meets on {words.day(record.scrutiny_on)}. Record what came of it then."
    if not since <= ended_on <= today:
        return f"Enter a day from {words.day(since)} until today."
    return None
