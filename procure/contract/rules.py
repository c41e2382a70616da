"""A contract's dates, its options, and what may follow its end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from procure import words
from procure.choices import Labelled
from procure.law.money import rounded
from procure.law.working_days import last_day_of_months_beginning, months_before
from procure.procurement.rules import Check, FileFacts, blocked, done, missing

ONE_DAY = timedelta(days=1)

EXERCISE_MONTHS = 9
"""Months before an end by which an option is used, unless the contract says another day."""

LOOK_AHEAD_MONTHS = 18
"""From so many months before its end a contract asks what follows: the first rung of the ladder."""

ROLLING_LOOK_AHEAD_MONTHS = 3
"""From so many months before the last day to give notice a rolling contract asks what follows."""

TERMINATION_NOTICE_DAYS = 30
"""Days after the end within which the contract termination notice (UK11) is published. Procurement Act 2023 s.80."""


class WhatFollows(Labelled):
    """The answer to *decide what follows*."""

    EXTEND = "extend", "Extend it"
    BUY_AGAIN = "buy_again", "Buy again"
    LET_LAPSE = "let_lapse", "Let it end"
    REPLACED = "replaced", "Already replaced"


class ContractState(Labelled):
    TO_SIGN = "to_sign", "To be signed"
    LIVE = "live", "Live"
    ENDED = "ended", "Ended"


class Term(Labelled):
    """How a contract comes to its end. Only a fixed term ends by itself."""

    FIXED = "fixed", "Fixed term"
    ROLLING = "rolling", "Rolling: runs on until somebody gives notice"
    EVERGREEN = "evergreen", "No end agreed"


class Tier(Labelled):
    """How closely a contract is managed, by value and risk (domain 3.8)."""

    GOLD = "gold", "Gold"
    SILVER = "silver", "Silver"
    BRONZE = "bronze", "Bronze"


class ValueBasis(Labelled):
    """What is known of the VAT in a contract's value."""

    BOTH = "both", "With and without VAT"
    NET = "net", "Without VAT"
    GROSS = "gross", "Including VAT"
    UNKNOWN = "unknown", "Not said whether VAT is in it"

    @property
    def said(self) -> str:
        """The words after a sum."""
        return {
            ValueBasis.BOTH: "including VAT", ValueBasis.GROSS: "including VAT", ValueBasis.NET: "without VAT",
            ValueBasis.UNKNOWN: "(VAT not stated)",
        }[self]  # fmt: skip


NOT_STATED = "Not stated"
NO_OWNER = "Nobody"


class Attention(Labelled):
    """Whether anybody is seeing to the end of a contract."""

    DECIDED = "decided", "Decided"
    IN_HAND = "in_hand", "In hand"
    NOBODY = "nobody", "Nobody is on it"
    TOO_EARLY = "too_early", "Not due yet"
    OVER = "over", "Ended"
    NO_END = "no_end", "No end agreed"


# ── dates ──


@dataclass(frozen=True)
class OptionDates:
    """An option with the end it would bring and the last day to use it."""

    number: int
    months: int
    exercise_by_on: date
    ends_on: date


def ends_after(start_on: date, months: int) -> date:
    """Last day of a term: three years from 1 April 2025 end on 31 March 2028."""
    return last_day_of_months_beginning(start_on, months)


def extended(ends_on: date, months: int) -> date:
    """The end after so many months more."""
    return ends_after(ends_on + ONE_DAY, months)


def plan_options(
    ends_on: date, months: Sequence[int], exercise_months: int = EXERCISE_MONTHS
) -> tuple[OptionDates, ...]:
    """The options one after the other from the agreed end, each to be used so many months before the end it moves."""
    planned: list[OptionDates] = []
    for number, length in enumerate(months, start=1):
        new_end = extended(ends_on, length)
        planned.append(OptionDates(number, length, months_before(ends_on, exercise_months), new_end))
        ends_on = new_end
    return tuple(planned)


def with_ends(ends_on: date, options: Sequence[tuple[int, int, date]]) -> tuple[OptionDates, ...]:
    """The open options (number, months, last day to use) of a contract with this current end, with their new ends."""
    found: list[OptionDates] = []
    for number, months, exercise_by_on in options:
        ends_on = extended(ends_on, months)
        found.append(OptionDates(number, months, exercise_by_on, ends_on))
    return tuple(found)


def last_possible_end(ends_on: date, options: Sequence[OptionDates]) -> date:
    """The end when every open option is used."""
    return options[-1].ends_on if options else ends_on


def time_gone(starts_on: date, ends_on: date, today: date) -> Decimal:
    """How much of the term has gone by, from 0 to 1; today not counted."""
    whole = (ends_on - starts_on).days + 1
    gone = min(max((today - starts_on).days, 0), whole)
    return Decimal(gone) / Decimal(whole)


def term_months(starts_on: date, ends_on: date) -> Decimal:
    """Length of a term in months: whole where it is whole, else the days left over as a part of 30.4375."""
    whole = (ends_on.year - starts_on.year) * 12 + ends_on.month - starts_on.month
    whole = max(whole - 1, 0)
    while ends_after(starts_on, whole + 1) <= ends_on:
        whole += 1
    over = (ends_on - (ends_after(starts_on, whole) if whole else starts_on - ONE_DAY)).days
    return Decimal(whole) + (Decimal(over) / Decimal("30.4375")).quantize(Decimal("0.01"))


def share_of(sum_: Decimal, months: Decimal | int, of_months: Decimal | int) -> Decimal:
    """The part of a sum that falls on so many of its months."""
    return rounded(sum_ * Decimal(months) / Decimal(of_months))


def options_label(options: Sequence[OptionDates]) -> str:
    """ "2, of one year each"; "none left"."""
    if not options:
        return "none left"
    lengths = {option.months for option in options}
    if len(options) == 1:
        return f"1, of {words.months_label(options[0].months)}"
    if len(lengths) == 1:
        return f"{len(options)}, of {words.months_label(options[0].months)} each"
    return f"{len(options)}, of {words.joined(words.months_label(option.months) for option in options)}"


@dataclass(frozen=True)
class ContractDates:
    """Everything about the end of a contract that reminders depend on.

    A rolling one ends where it would next roll on.
    """

    starts_on: date | None
    ends_on: date
    options: tuple[OptionDates, ...]
    """Open options, in order."""
    start_by_on: date
    """Last day to start buying again without a gap."""
    choice: WhatFollows | None = None
    has_purchase: bool = False
    """A procurement that follows this contract is under way."""
    roll_months: int | None = None
    """By how much it rolls on where nobody gives notice; None for a fixed term."""
    notice_by_on: date | None = None
    """Last day for the council to give notice; None where a fixed term has no notice to give."""

    @property
    def next_option(self) -> OptionDates | None:
        return self.options[0] if self.options else None


# ── what may follow ──


@dataclass(frozen=True)
class Way:
    """One thing that may follow the end: what comes of it and by when, or why it can't be chosen."""

    choice: WhatFollows
    consequence: str
    by_on: date | None
    refusal: str = ""

    @property
    def is_open(self) -> bool:
        return not self.refusal


def ways_on(dates: ContractDates, today: date, months_to_buy: int) -> tuple[Way, ...]:
    """The ways, each with its consequence. Extending needs an option whose day has not passed, and a rolling contract
    ends only by notice given in time.
    """
    return (_extend(dates, today), _buy_again(dates, today, months_to_buy), _let_lapse(dates, today), _replaced())


def _extend(dates: ContractDates, today: date) -> Way:
    if dates.roll_months:
        return Way(
            WhatFollows.EXTEND,
            f"It rolls on by itself for {words.months_label(dates.roll_months)}, to "
            f"{words.day(extended(dates.ends_on, dates.roll_months))}. No notice is given.",
            dates.notice_by_on,
        )  # fmt: skip
    option = dates.next_option
    if option is None:
        return Way(WhatFollows.EXTEND, "", None, "The contract has no option left. Only a new purchase can follow.")
    if option.exercise_by_on < today:
        return Way(
            WhatFollows.EXTEND, "", None,
            f"Option {option.number} could be used until {words.day(option.exercise_by_on)}. That day has passed.",
        )  # fmt: skip
    return Way(
        WhatFollows.EXTEND,
        f"Use option {option.number} by {words.weekday(option.exercise_by_on)}. The contract then ends "
        f"{words.day(option.ends_on)}. You need authority to extend, budget and proof of performance.",
        option.exercise_by_on,
    )


def _buy_again(dates: ContractDates, today: date, months_to_buy: int) -> Way:
    opens = "Opens the next purchase with what is known of this one."
    if today <= dates.start_by_on:
        said = f"{opens} It takes about {months_to_buy} months, so start by {words.weekday(dates.start_by_on)}."
    else:
        said = f"{opens} {words.sentence(gap_label(dates.start_by_on, today))}, unless the timetable is shortened."
    return Way(WhatFollows.BUY_AGAIN, said, dates.start_by_on)


def _let_lapse(dates: ContractDates, today: date) -> Way:
    if dates.roll_months and dates.notice_by_on is not None:
        if dates.notice_by_on < today:
            return Way(
                WhatFollows.LET_LAPSE, "", None,
                f"Notice had to be given by {words.day(dates.notice_by_on)}, so it rolls on.",
            )  # fmt: skip
        return Way(
            WhatFollows.LET_LAPSE,
            f"You give the supplier notice by {words.weekday(dates.notice_by_on)}. The service stops on "
            f"{words.weekday(dates.ends_on)}.",
            dates.notice_by_on,
        )
    return Way(
        WhatFollows.LET_LAPSE,
        f"The service stops on {words.weekday(dates.ends_on)}. Reminders about this end stop.",
        dates.ends_on,
    )


def _replaced() -> Way:
    return Way(
        WhatFollows.REPLACED,
        "Another contract does this work already, or will from its end. Say which. Reminders about this end stop.",
        None,
    )


def gap_label(start_by_on: date, today: date) -> str:
    """How long the service would stop if buying began today: "the service would stop for 7 weeks"."""
    days = (today - start_by_on).days
    if days <= 0:
        return "no gap if buying starts today"
    length = words.plural(days // 7, "week") if days >= 14 else words.plural(days, "day")
    return f"the service would stop for about {length}"


def asks_from(dates: ContractDates) -> date:
    """The day from which a contract asks what follows: 18 months before its end, or three before a last day to give
    notice of one that rolls on.
    """
    if dates.roll_months and dates.notice_by_on is not None:
        return months_before(dates.notice_by_on, ROLLING_LOOK_AHEAD_MONTHS)
    return months_before(dates.ends_on, LOOK_AHEAD_MONTHS)


def attention(dates: ContractDates, today: date, *, is_over: bool = False, next_is_signed: bool = False) -> Attention:
    """Whether anybody is seeing to the end of a contract."""
    if is_over:
        return Attention.OVER
    if dates.choice in (WhatFollows.LET_LAPSE, WhatFollows.REPLACED) or next_is_signed:
        return Attention.DECIDED
    if dates.choice is not None or dates.has_purchase:
        return Attention.IN_HAND
    if today < asks_from(dates):
        return Attention.TOO_EARLY
    return Attention.NOBODY


# ── the moves of the file ──


@dataclass(frozen=True)
class ContractFacts:
    """What this room knows of the contract that comes of a lot."""

    is_prepared: bool = False
    lacking: tuple[str, ...] = ()
    """What the prepared contract still lacks, each as "the day it starts"."""
    manager_post: str = ""
    chain: str = ""
    """The sentence from the power to entering into the contract; empty where there is none."""
    why_not: str = ""
    """Why nobody may enter into it yet, as a sentence."""
    who_can: str = ""
    contract_reference: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    ended_on: date | None = None
    indicators_said: str = ""
    """What a contract over £5 million still lacks of its key performance indicators, as a sentence."""
    lessons: str = ""
    notices: frozenset[str] = field(default_factory=frozenset)


def contract_may_be_signed(facts: FileFacts, today: date) -> tuple[Check, ...]:
    """Before a contract is signed: its particulars whole, who will look after it, and the power to enter into it."""
    contract, page = facts.of(ContractFacts), "contract.prepare"
    if not contract.is_prepared:
        name = "Prepare the contract"
        return (
            missing(name, "The contract hasn’t been prepared from the award.", page, who_can="The case officer"),
            blocked("Confirm the power to enter into the contract", "The contract hasn’t been prepared yet."),
        )
    if contract.lacking:
        prepared = missing(
            "Prepare the contract", f"The contract lacks {words.joined(contract.lacking)}.", page, begun=True,
            who_can="The case officer",
        )  # fmt: skip
    else:
        prepared = done(
            "Prepare the contract", f"{contract.contract_reference}. The {contract.manager_post} looks after it", page
        )
    if contract.why_not:
        power = missing(
            "Confirm the power to enter into the contract", contract.why_not, "procurement.overview",
            who_can=contract.who_can,
        )  # fmt: skip
    else:
        power = done("Confirm the power to enter into the contract", contract.chain, page)
    if contract.indicators_said:
        name = "Set the key performance indicators"
        return prepared, missing(name, contract.indicators_said, page, who_can="The contract manager"), power
    return prepared, power


def contract_is_closed(facts: FileFacts, today: date) -> tuple[Check, ...]:
    """Before the file is closed: the contract has ended, and what was learnt is written down."""
    contract = facts.of(ContractFacts)
    page = "contract.prepare"
    if contract.ended_on is None:
        ends = (
            f"The contract runs until {words.day(contract.ends_on)}." if contract.ends_on else "No contract is signed."
        )
        is_running = contract.ends_on is not None and today <= contract.ends_on
        ended = (
            blocked("Record the end of the contract", ends)
            if is_running
            else missing("Record the end of the contract", ends, page, who_can="The contract manager")
        )
    else:
        ended = done("Record the end of the contract", f"Ended {words.day(contract.ended_on)}", page)
    learnt = (
        done("Write down what was learnt", "Written down", page)
        if contract.lessons
        else missing("Write down what was learnt", "Nobody has written down what was learnt.", page)
    )
    return ended, learnt
