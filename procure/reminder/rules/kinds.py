"""What reminders are about, how long before its day each goes, and in which letter: the tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

from procure import words
from procure.choices import Labelled
from procure.contract.rules import Tier
from procure.law.working_days import months_before
from procure.refusals import Refusal


class ReminderKind(Labelled):
    """What a reminder is about."""

    LADDER = "ladder", "Before the end"
    OVER = "over", "At the end and after it"
    OPTION = "option", "Use an option"
    NOTICE = "notice", "Give notice, or it rolls on"
    BREAK = "break", "Use a break"
    START_BY = "start_by", "Start buying again"
    PAPER = "paper", "Insurance and policies"
    INDICATOR = "indicator", "Performance return"
    DUTY = "duty", "Statutory notice"
    REVIEW = "review", "Review"
    OWNER = "owner", "Nobody looks after it"
    RING_FENCE = "ring_fence", "End of a ring-fence"
    GRANT = "grant", "End of a grant"
    DELEGATION = "delegation", "End of a delegated power"
    AGAIN = "again", "Asked again"
    ESCALATION = "escalation", "No answer"


K = ReminderKind

FOLLOWING = frozenset({K.AGAIN, K.ESCALATION})
"""Reminders that follow an earlier one, about the same thing."""

ABOUT_THE_END = frozenset({K.LADDER, K.OVER, K.OPTION, K.NOTICE, K.BREAK, K.START_BY})
"""All these ask one question, what follows: of several that were missed only the latest goes."""

SETTLED_BY_A_DECISION = frozenset({K.LADDER, K.OPTION, K.START_BY, K.NOTICE, K.BREAK})
"""Whoever has decided what follows need not answer these."""

OF_CONTRACTS = tuple(kind for kind in K if kind not in FOLLOWING | {K.RING_FENCE, K.GRANT, K.DELEGATION})


class NotAnOffset(Refusal):
    """What was typed is no length of time before or after a day."""


@dataclass(frozen=True)
class Ahead:
    """How long before a day a letter goes: so many months or days; a negative number of days is after it."""

    number: int
    is_months: bool = False

    @property
    def code(self) -> str:
        """How it is kept: "18m", "30d", "-1d"."""
        return f"{self.number}{'m' if self.is_months else 'd'}"

    @classmethod
    def of(cls, code: str) -> Ahead:
        """The same from how it is kept."""
        return cls(int(code[:-1]), code.endswith("m"))

    @property
    def is_after(self) -> bool:
        """Whether the letter comes once the day has gone by."""
        return self.number < 0

    def due_on(self, about_on: date) -> date:
        """The day the letter is due. Months clip to the end of a shorter month."""
        if self.is_months:
            return months_before(about_on, self.number)
        return about_on - timedelta(days=self.number)

    @property
    def length(self) -> str:
        """ "18 months", "1 day", whichever side of the day it is on."""
        return words.plural(abs(self.number), "month" if self.is_months else "day")

    @property
    def said(self) -> str:
        """ "18 months before", "on the day", "1 day after"."""
        if not self.number:
            return "on the day"
        return f"{self.length} {'after' if self.is_after else 'before'}"


def months(*numbers: int) -> tuple[Ahead, ...]:
    """So many months before."""
    return tuple(Ahead(number, is_months=True) for number in numbers)


def days(*numbers: int) -> tuple[Ahead, ...]:
    """So many days before; negative ones after."""
    return tuple(Ahead(number) for number in numbers)


USUAL: Mapping[ReminderKind, tuple[Ahead, ...]] = MappingProxyType(
    {
        K.LADDER: months(18, 12, 9, 6, 3),
        K.OVER: days(0, -30),
        K.OPTION: months(3) + days(30),
        K.NOTICE: months(3) + days(30),
        K.BREAK: months(3) + days(30),
        K.START_BY: days(28, -1),
        K.PAPER: days(30, -1),
        K.INDICATOR: days(14, -1),
        K.DUTY: days(14, -1),
        K.REVIEW: days(14),
        K.OWNER: days(0),
        K.RING_FENCE: months(6, 3),
        K.GRANT: months(6, 3),
        K.DELEGATION: months(6, 3),
    }
)
"""How long before its day each kind is told, until the council says otherwise (domain 3.9)."""

USUAL_BY_TIER: Mapping[tuple[ReminderKind, Tier], tuple[Ahead, ...]] = MappingProxyType(
    {
        (K.LADDER, Tier.BRONZE): months(12, 6, 3),
        (K.OPTION, Tier.GOLD): months(6, 3) + days(30),
        (K.BREAK, Tier.GOLD): months(6, 3) + days(30),
    }
)
"""Where the class of a contract asks for more or fewer."""

LONGEST_MONTHS, LONGEST_DAYS, MOST = 60, 1000, 8
"""Bounds of what may be typed: five years before, and eight letters about one day."""

_LENGTH = re.compile(r"(\d{1,4})\s*(months?|m|weeks?|w|days?|d)(?:\s+(before|after))?", re.IGNORECASE)


def read_offsets(text: str) -> tuple[Ahead, ...]:
    """Offsets as somebody types them: "18 months, 30 days, on the day, 1 day after". Longest first, each once.

    `NotAnOffset` with a sentence about the part that can't be read.
    """
    found: list[Ahead] = []
    for part in (part.strip() for part in re.split(r"[,;\n]|\band\b", text)):
        if part:
            found.append(_read(part))
    if len(set(found)) > MOST:
        raise NotAnOffset(f"At most {MOST} letters go about one day.", field="offsets")
    return tuple(sorted(set(found), key=lambda one: one.due_on(date(2030, 12, 31))))


def _read(part: str) -> Ahead:
    if part.lower() in ("on the day", "the day", "0"):
        return Ahead(0)
    match = _LENGTH.fullmatch(part)
    if match is None:
        raise NotAnOffset(
            f"“{part}” can’t be read. Write lengths like 18 months, 30 days, 1 day after.", field="offsets"
        )
    number, unit, side = int(match[1]), match[2].lower()[0], (match[3] or "before").lower()
    is_months = unit == "m"
    number *= 7 if unit == "w" else 1
    if number > (LONGEST_MONTHS if is_months else LONGEST_DAYS):
        raise NotAnOffset(f"“{part}” is too long. At most {LONGEST_MONTHS} months, or {LONGEST_DAYS} days.",
                          field="offsets")  # fmt: skip
    if side == "after":
        if is_months:
            raise NotAnOffset(f"“{part}”: after a day, count in days.", field="offsets")
        number = -number
    return Ahead(number, is_months)


def offsets_said(offsets: Iterable[Ahead]) -> str:
    """Offsets as they are read and typed: "18 months, 12 months, 30 days, 1 day after"; empty for none."""
    return ", ".join(one.said.removesuffix(" before") for one in offsets)


def codes(offsets: Iterable[Ahead]) -> str:
    """How a row keeps them: "18m 12m 30d"."""
    return " ".join(one.code for one in offsets)


def of_codes(text: str) -> tuple[Ahead, ...]:
    """The same back from the row."""
    return tuple(Ahead.of(code) for code in text.split())


Offsets = Mapping[tuple[ReminderKind, Tier | None], tuple[Ahead, ...]]
"""What the council has set: for a kind and a class of contract; None for the class means all others."""


def offsets_for(
    kind: ReminderKind,
    tier: Tier | None,
    council: Offsets,
    own: Mapping[ReminderKind, tuple[Ahead, ...]] = MappingProxyType({}),
) -> tuple[Ahead, ...]:
    """How long before its day a kind is told: the contract's own, the council's for its class, the council's, usual."""
    if kind in own:
        return own[kind]
    if (kind, tier) in council:
        return council[kind, tier]
    if tier is not None and (kind, tier) in USUAL_BY_TIER:
        return USUAL_BY_TIER[kind, tier]
    return council.get((kind, None), USUAL[kind])


# ── words ──


def _ladder_letter(ahead: Ahead) -> str:
    """The rung nearest below: a letter 10 months ahead says what one 9 months ahead says."""
    length = ahead.number if ahead.is_months else ahead.number / 30
    rungs = ((15, "eighteen_months"), (10.5, "twelve_months"), (7.5, "nine_months"), (4.5, "six_months"))
    return next((letter for least, letter in rungs if length >= least), "three_months")


LETTERS: Mapping[ReminderKind, str] = MappingProxyType(
    {
        K.OVER: "contract_over",
        K.OPTION: "use_option",
        K.NOTICE: "give_notice",
        K.BREAK: "use_break",
        K.START_BY: "start_buying",
        K.PAPER: "paper_runs_out",
        K.INDICATOR: "return_due",
        K.DUTY: "notice_to_publish",
        K.REVIEW: "review_due",
        K.OWNER: "nobody_looks_after",
        K.RING_FENCE: "money_ends",
        K.GRANT: "money_ends",
        K.DELEGATION: "power_ends",
        K.ESCALATION: "nobody_answered",
    }
)
DIGEST_LETTER = "several_reminders"


def letter_of(kind: ReminderKind, ahead: Ahead) -> str:
    """Which declared letter a reminder goes in."""
    if kind is K.LADDER:
        return _ladder_letter(ahead)
    if kind is K.START_BY and ahead.is_after:
        return "too_late_to_buy"
    return LETTERS[kind]


def about_label(kind: ReminderKind, ahead: Ahead, about_on: date, said: str = "") -> str:
    """What a reminder is about, as lists say it: "12 months before the end", "Use option 1 by 30 June"."""
    by = f"by {words.short(about_on)}"
    if kind is K.LADDER:
        return f"{words.sentence(ahead.said)} the end" if ahead.number else "On the last day"
    if kind is K.OVER:
        return "On its last day" if not ahead.number else f"{words.sentence(ahead.said)} its end"
    if kind is K.START_BY:
        return f"If buying hasn’t begun {by}" if ahead.is_after else f"Start buying again {by}"
    over = "ran" if ahead.is_after else "runs"
    return {
        K.OPTION: f"Use {said or 'the next option'} {by}",
        K.NOTICE: f"Give notice {by}, or it rolls on",
        K.BREAK: f"Give notice {by} to use the break",
        K.PAPER: f"{said} {over} out {words.short(about_on)}",
        K.INDICATOR: f"Return on {said}, due {words.short(about_on)}",
        K.DUTY: f"{said}, due {words.short(about_on)}",
        K.REVIEW: f"{said}, due {words.short(about_on)}",
        K.OWNER: "Nobody looks after it",
        K.RING_FENCE: f"{said} ends {words.day(about_on)}",
        K.GRANT: f"{said} ends {words.day(about_on)}",
        K.DELEGATION: f"The power of {said} ends {words.day(about_on)}",
        K.AGAIN: "Asked again, as you wished",
        K.ESCALATION: "Nobody answered",
    }[kind]
