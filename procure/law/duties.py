"""The duty matrix: what one contract owes by its law, kind, value and route, each duty with its figure and source.

Procurement Act 2023 Parts 3 to 6. Days are counted elsewhere (`periods`, `standstill`); here stands whether they bind.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from procure import words
from procure.choices import Labelled
from procure.law.figures import SHIPPED, Tables
from procure.law.periods import Deadline, period_for
from procure.law.regimes import Bound, Duty, Regime, Route, how_it_binds
from procure.law.standstill import standstill_rule
from procure.law.thresholds import Line, threshold_for


class How(Labelled):
    """By which way a contract comes about."""

    OPEN = "open", "Open procedure"
    FLEXIBLE = "flexible", "Competitive flexible procedure"
    FRAMEWORK = "framework", "Call-off from a framework"
    DYNAMIC_MARKET = "dynamic_market", "Award under a dynamic market"
    DIRECT = "direct", "Direct award"
    SWITCH = "switch", "Switch to direct award"
    URGENT = "urgent", "Direct award in extreme urgency"
    USER_CHOICE = "user_choice", "Direct award by user choice"
    QUOTES = "quotes", "Quotes from named suppliers"


_ROUTES = {How.FRAMEWORK: Route.FRAMEWORK, How.DYNAMIC_MARKET: Route.DYNAMIC_MARKET, How.URGENT: Route.EXTREME_URGENCY}
COMPETED = (How.OPEN, How.FLEXIBLE, How.DYNAMIC_MARKET)
DIRECT = (How.DIRECT, How.SWITCH, How.URGENT)


@dataclass(frozen=True)
class Owing:
    """What the matrix is asked about."""

    regime: Regime
    started_on: date
    value_gross: Decimal | None = None
    """Estimated value with VAT; None counts as above every line."""
    how: How = How.OPEN
    light_touch: bool = False


@dataclass(frozen=True)
class Owed:
    """One duty: whether it binds, by when in words, and by what."""

    duty: str
    bound: Bound
    when: str
    source: str
    notice: str = ""
    """UK4 … where the duty is a notice."""

    @property
    def is_due(self) -> bool:
        return self.bound is Bound.MANDATORY


_ACT = "Procurement Act 2023, section"


def duties_of(asked: Owing, tables: Tables = SHIPPED) -> tuple[Owed, ...]:
    """Every duty from the first notice to the records, those that do not bind among them with the reason why."""
    if asked.regime is Regime.PA2023:
        return tuple(_public(asked, tables))
    if asked.regime is Regime.BELOW_THRESHOLD:
        return tuple(_below(asked, tables))
    if asked.regime is Regime.PCR2015:
        return tuple(_old(asked, tables))
    said = f"{asked.regime.label}: the Act asks for none of its notices"
    return (Owed("notices of the Act", Bound.NONE, said, f"{_ACT}s 2 and 3"),)


def _public(asked: Owing, tables: Tables) -> Iterator[Owed]:
    choice = asked.how is How.USER_CHOICE
    yield _of(Duty.CONFLICTS_ASSESSMENT, asked, "before the tender notice or transparency notice")
    if asked.how in COMPETED:
        yield _of(Duty.TENDER_NOTICE, asked, "before tenders are invited; it starts the time for bids", "UK4")
    elif asked.how in DIRECT:
        yield Owed("transparency notice", Bound.MANDATORY, "before the award", f"{_ACT} 44", "UK5")
    else:
        said = "a call-off needs none" if asked.how is How.FRAMEWORK else "user choice needs none"
        yield Owed(str(Duty.TENDER_NOTICE), Bound.NONE, said, f"{_ACT} 45" if not choice else f"{_ACT} 44", "UK4")
    periods = how_it_binds(Duty.MINIMUM_PERIODS, asked.regime, light_touch=asked.light_touch)
    if asked.how in COMPETED:
        said = "25 to 35 days by circumstance" if periods.bound is Bound.MANDATORY else "none, but reasonable"
        yield Owed(str(Duty.MINIMUM_PERIODS), periods.bound, said, periods.source)
    if choice:
        yield Owed(str(Duty.AWARD_NOTICE), Bound.NONE, "user choice needs none", f"{_ACT} 50", "UK6")
        return
    if asked.how not in DIRECT:
        yield _of(Duty.ASSESSMENT_SUMMARIES, asked, "to every assessed bidder, before the award notice")
    yield _of(Duty.AWARD_NOTICE, asked, "before the contract is entered into", "UK6")
    yield _pause(asked, tables)
    yield from _after_signature(asked, tables)


def _pause(asked: Owing, tables: Tables) -> Owed:
    row = how_it_binds(
        Duty.STANDSTILL, asked.regime, light_touch=asked.light_touch, route=_ROUTES.get(asked.how)
    )  # fmt: skip
    rule = standstill_rule(Regime.PA2023, asked.started_on, tables.standstills)
    days = words.plural(rule.days, "working day")
    said = {
        Bound.MANDATORY: f"{days} beginning with the day of the award notice",
        Bound.VOLUNTARY: f"may be offered; then {days} at least, and it binds once the notice states it",
        Bound.NONE: "none",
    }[row.bound]
    return Owed(str(Duty.STANDSTILL), row.bound, said, row.source)


def _after_signature(asked: Owing, tables: Tables) -> Iterator[Owed]:
    kpis = how_it_binds(Duty.KPIS, asked.regime, light_touch=asked.light_touch)
    over = _over(Line.KPIS, asked, tables)
    bound = kpis.bound if over and kpis.bound is Bound.MANDATORY else Bound.NONE
    line = words.pounds(threshold_for(Line.KPIS, asked.started_on, tables.thresholds).value)
    why = "at least three, before the contract is entered into" if bound is Bound.MANDATORY else (
        "light touch contracts set none" if asked.light_touch else f"only over {line}"
    )  # fmt: skip
    yield Owed(str(Duty.KPIS), bound, why, kpis.source)
    yield Owed(
        "contract details notice", Bound.MANDATORY, _within(Deadline.DETAILS_NOTICE, asked, tables),
        _source(Deadline.DETAILS_NOTICE, asked, tables), "UK7",
    )  # fmt: skip
    copied = _over(Line.CONTRACT_COPY, asked, tables)
    yield Owed(
        str(Duty.CONTRACT_COPY), Bound.MANDATORY if copied else Bound.NONE,
        _within(Deadline.CONTRACT_COPY, asked, tables) if copied else f"only over {line}", f"{_ACT} 53(3)",
    )  # fmt: skip
    yield Owed(
        "contract performance notice", bound, "at least once in every 12 months, and at the end"
        if bound is Bound.MANDATORY else "only where key performance indicators are set", f"{_ACT} 71", "UK9",
    )  # fmt: skip
    change = how_it_binds(Duty.CHANGE_NOTICE, asked.regime, light_touch=asked.light_touch)
    yield Owed(
        str(Duty.CHANGE_NOTICE), change.bound, "before a change, unless it is small"
        if change.bound is Bound.MANDATORY else "light touch contracts need none", change.source, "UK10",
    )  # fmt: skip
    yield Owed(
        "contract termination notice", Bound.MANDATORY, _within(Deadline.TERMINATION_NOTICE, asked, tables),
        f"{_ACT} 80", "UK11",
    )  # fmt: skip
    if asked.how in COMPETED or asked.how in DIRECT:
        yield Owed(
            "procurement termination notice", Bound.MANDATORY,
            "as soon as reasonably practicable, if it is decided not to award", f"{_ACT} 55", "UK12",
        )  # fmt: skip
    paid = asked.started_on >= min(row.from_on for row in tables.thresholds if row.line is Line.PAYMENT_NOTICE)
    yield Owed(
        "contract payment notice", Bound.MANDATORY if paid else Bound.NONE,
        "each payment over £30,000, 30 days beginning with the last day of the quarter" if paid
        else "only for procurements started on or after 1 April 2026", f"{_ACT} 70", "UK8",
    )  # fmt: skip
    yield Owed("payment within 30 days", Bound.MANDATORY, "of a valid invoice, down the supply chain", f"{_ACT} 68")
    yield Owed("records", Bound.MANDATORY, "three years beginning with the day the contract is entered into",
               f"{_ACT} 98")  # fmt: skip


def _below(asked: Owing, tables: Tables) -> Iterator[Owed]:
    notified = _over(Line.NOTIFIABLE, asked, tables)
    advertised = asked.how is not How.QUOTES
    line = words.pounds(threshold_for(Line.NOTIFIABLE, asked.started_on, tables.thresholds).value)
    yield Owed(
        "below-threshold tender notice", Bound.MANDATORY if notified and advertised else Bound.NONE,
        "before it is advertised anywhere else" if notified and advertised
        else f"only from {line} and if openly advertised", f"{_ACT} 87(1)", "UK4",
    )  # fmt: skip
    yield Owed(str(Duty.MINIMUM_PERIODS), Bound.NONE, "reasonable, and equal for all", f"{_ACT} 87")
    yield _pause(asked, tables)
    yield Owed(
        "contract details notice", Bound.MANDATORY if notified else Bound.NONE,
        "as soon as reasonably practicable" if notified else f"only from {line}", f"{_ACT} 87(3)", "UK7",
    )  # fmt: skip
    yield Owed("payment within 30 days", Bound.MANDATORY, "of a valid invoice, down the supply chain", f"{_ACT} 88")


def _old(asked: Owing, tables: Tables) -> Iterator[Owed]:
    row = how_it_binds(Duty.STANDSTILL, asked.regime, light_touch=asked.light_touch, route=_ROUTES.get(asked.how))
    rule = standstill_rule(Regime.PCR2015, None, tables.standstills)
    yield Owed(str(Duty.STANDSTILL), row.bound, f"{rule.days} days after the letters, running on to a working day",
               row.source)  # fmt: skip
    regs = "Public Contracts Regulations 2015, regulation"
    yield Owed("award notice", Bound.MANDATORY, "within 30 days of the award", f"{regs} 50")
    yield Owed("modification notice", Bound.MANDATORY, "on two of the grounds of a change", f"{regs} 72(3)")
    yield Owed("report on the procurement", Bound.MANDATORY, "kept with the file", f"{regs} 84")


def _of(duty: Duty, asked: Owing, when: str, notice: str = "") -> Owed:
    row = how_it_binds(duty, asked.regime, light_touch=asked.light_touch, route=_ROUTES.get(asked.how))
    return Owed(str(duty), row.bound, when, row.source, notice)


def _over(line: Line, asked: Owing, tables: Tables) -> bool:
    row = threshold_for(line, asked.started_on, tables.thresholds)
    return asked.value_gross is None or row.passed_by(asked.value_gross)


def _within(deadline: Deadline, asked: Owing, tables: Tables) -> str:
    row = period_for(deadline, asked.started_on, light_touch=asked.light_touch, table=tables.periods)
    return f"{row.days} days beginning with the day {row.event}"


def _source(deadline: Deadline, asked: Owing, tables: Tables) -> str:
    return period_for(deadline, asked.started_on, light_touch=asked.light_touch, table=tables.periods).source
