"""Which law a procurement follows, and which of its duties bind.

The law in force on the day a procurement started follows it, and the contract it leads to, for life.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from procure import words
from procure.choices import Labelled
from procure.refusals import BadFigure


class Regime(Labelled):
    """The law a file lives under. The last three are a person's finding, never worked out from a date."""

    PCR2015 = "PCR2015", "Public Contracts Regulations 2015"
    PA2023 = "PA2023", "Procurement Act 2023"
    BELOW_THRESHOLD = "BELOW_THRESHOLD_PA2023", "Procurement Act 2023, below threshold"
    PROVIDER_SELECTION = "PSR2023", "Provider Selection Regime 2023"
    EXEMPT = "EXEMPT", "Exempt from the Procurement Act 2023"
    GRANT = "GRANT", "A grant, not a procurement"


class Duty(StrEnum):
    """A duty that binds under one law or kind of contract and not under another."""

    TENDER_NOTICE = "tender notice"
    MINIMUM_PERIODS = "minimum periods"
    CONFLICTS_ASSESSMENT = "conflicts assessment"
    ASSESSMENT_SUMMARIES = "assessment summaries"
    AWARD_NOTICE = "contract award notice"
    STANDSTILL = "standstill"
    KPIS = "key performance indicators"
    DETAILS_NOTICE = "contract details notice"
    CONTRACT_COPY = "copy of the contract"
    CHANGE_NOTICE = "contract change notice"
    TERMINATION_NOTICE = "contract termination notice"
    TRANSPARENCY_NOTICE = "transparency notice"
    PROCUREMENT_TERMINATION = "procurement termination notice"


class Bound(StrEnum):
    """How a duty binds. A voluntary standstill binds once the award notice states it."""

    MANDATORY = "mandatory"
    VOLUNTARY = "voluntary"
    NONE = "none"


class Route(StrEnum):
    """The ways to a contract that lift the standstill."""

    FRAMEWORK = "framework call-off"
    DYNAMIC_MARKET = "dynamic market"
    EXTREME_URGENCY = "extreme urgency"


@dataclass(frozen=True)
class RegimeRow:
    """The law for procurements started between two days, above or below threshold; None means both."""

    regime: Regime
    above_threshold: bool | None
    from_on: date
    until_on: date | None
    source: str


@dataclass(frozen=True)
class DutyRow:
    """How one duty binds. None means that the row holds for either kind of contract or for every route."""

    duty: Duty
    regime: Regime
    light_touch: bool | None
    route: Route | None
    bound: Bound
    source: str


ACT_BEGINS = date(2025, 2, 24)

REGIMES: tuple[RegimeRow, ...] = (
    RegimeRow(
        Regime.PCR2015, None, date(2015, 2, 26), date(2025, 2, 23),
        "Public Contracts Regulations 2015; Procurement Act 2023 (Commencement No. 3) Regulations 2024",
    ),
    RegimeRow(Regime.PA2023, True, ACT_BEGINS, None, "Procurement Act 2023, section 3"),
    RegimeRow(Regime.BELOW_THRESHOLD, False, ACT_BEGINS, None, "Procurement Act 2023, section 84"),
)  # fmt: skip

_ACT, _OLD, _BELOW = Regime.PA2023, Regime.PCR2015, Regime.BELOW_THRESHOLD
_MUST, _MAY, _NOT = Bound.MANDATORY, Bound.VOLUNTARY, Bound.NONE
_S = "Procurement Act 2023, section"

DUTIES: tuple[DutyRow, ...] = (
    DutyRow(Duty.TENDER_NOTICE, _ACT, None, None, _MUST, f"{_S} 21"),
    DutyRow(Duty.TENDER_NOTICE, _ACT, None, Route.FRAMEWORK, _NOT, f"{_S} 45"),
    DutyRow(Duty.TENDER_NOTICE, _BELOW, None, None, _MUST, f"{_S} 87 (where openly advertised)"),
    DutyRow(Duty.MINIMUM_PERIODS, _ACT, False, None, _MUST, f"{_S} 54"),
    DutyRow(Duty.MINIMUM_PERIODS, _ACT, True, None, _NOT, f"{_S} 54"),
    DutyRow(Duty.CONFLICTS_ASSESSMENT, _ACT, None, None, _MUST, f"{_S} 83"),
    DutyRow(Duty.ASSESSMENT_SUMMARIES, _ACT, None, None, _MUST, f"{_S} 50(3)"),
    DutyRow(Duty.AWARD_NOTICE, _ACT, None, None, _MUST, f"{_S} 50(1)"),
    DutyRow(Duty.STANDSTILL, _ACT, False, None, _MUST, f"{_S} 51"),
    DutyRow(Duty.STANDSTILL, _ACT, True, None, _MAY, f"{_S} 51"),
    DutyRow(Duty.STANDSTILL, _ACT, None, Route.FRAMEWORK, _MAY, f"{_S} 51"),
    DutyRow(Duty.STANDSTILL, _ACT, None, Route.DYNAMIC_MARKET, _MAY, f"{_S} 51"),
    DutyRow(Duty.STANDSTILL, _ACT, None, Route.EXTREME_URGENCY, _MAY, f"{_S} 51"),
    DutyRow(Duty.STANDSTILL, _BELOW, None, None, _MAY, "the council's own choice; Part 6 of the Act asks for none"),
    DutyRow(Duty.STANDSTILL, _OLD, None, None, _MUST, "Public Contracts Regulations 2015, regulation 87"),
    DutyRow(Duty.STANDSTILL, _OLD, None, Route.FRAMEWORK, _MAY, "Public Contracts Regulations 2015, regulation 86(5)"),
    DutyRow(Duty.KPIS, _ACT, False, None, _MUST, f"{_S} 52"),
    DutyRow(Duty.KPIS, _ACT, True, None, _NOT, f"{_S} 52"),
    DutyRow(Duty.DETAILS_NOTICE, _ACT, None, None, _MUST, f"{_S} 53(1)"),
    DutyRow(Duty.DETAILS_NOTICE, _BELOW, None, None, _MUST, f"{_S} 87(3) (from £30,000)"),
    DutyRow(Duty.CONTRACT_COPY, _ACT, None, None, _MUST, f"{_S} 53(3)"),
    DutyRow(Duty.CHANGE_NOTICE, _ACT, False, None, _MUST, f"{_S} 75"),
    DutyRow(Duty.CHANGE_NOTICE, _ACT, True, None, _NOT, f"{_S} 75(6)"),
    DutyRow(Duty.TERMINATION_NOTICE, _ACT, None, None, _MUST, f"{_S} 80"),
    DutyRow(Duty.TRANSPARENCY_NOTICE, _ACT, None, None, _MUST, f"{_S} 44 (before a direct award)"),
    DutyRow(Duty.PROCUREMENT_TERMINATION, _ACT, None, None, _MUST, f"{_S} 55 (where no contract is awarded)"),
)


def regime_for(started_on: date, *, above_threshold: bool = True) -> Regime:
    """The law for a procurement started on a day. `BadFigure` for a day before any law held here."""
    return regime_row_for(started_on, above_threshold=above_threshold).regime


def regime_row_for(started_on: date, *, above_threshold: bool = True) -> RegimeRow:
    """The same with its dates and source."""
    for row in REGIMES:
        in_force = row.from_on <= started_on and (row.until_on is None or started_on <= row.until_on)
        if in_force and row.above_threshold in (None, above_threshold):
            return row
    raise BadFigure(
        f"No procurement rules are held for a procurement started on {words.day(started_on)}.", field="started_on"
    )


def how_it_binds(duty: Duty, regime: Regime, *, light_touch: bool = False, route: Route | None = None) -> DutyRow:
    """How a duty binds one contract, and by what; a row for its very route goes before a general one."""
    rows = [
        row
        for row in DUTIES
        if (row.duty, row.regime) == (duty, regime)
        and row.light_touch in (None, light_touch)
        and row.route in (None, route)
    ]
    if not rows:
        return DutyRow(duty, regime, None, None, _NOT, f"no such duty under {regime.label}")
    return max(rows, key=lambda row: row.route is not None)


def binds(duty: Duty, regime: Regime, *, light_touch: bool = False, route: Route | None = None) -> bool:
    """True where the duty is mandatory."""
    return how_it_binds(duty, regime, light_touch=light_touch, route=route).bound is _MUST
