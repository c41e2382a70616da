"""The last safe day to begin each stage, counted back from the day the service starts."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

from procure.council.law import executive_days, planning_england, planning_uk_any, tables
from procure.law.timetable import Step, start_by
from procure.law.working_days import Calendar
from procure.procurement.models import Lot, Procurement
from procure.procurement.rules import Route, Stage
from procure.procurement.stages import journey

ONE_DAY = timedelta(days=1)

FIRST_PIECE = {
    Stage.APPRAISING: "appraisal",
    Stage.SEEKING_APPROVAL: "report",
    Stage.PREPARING: "pack",
    Stage.OPEN_TO_BIDS: "tender",
    Stage.EVALUATING: "opening",
    Stage.DECIDING_AWARD: "award_report",
    Stage.AWARD_ANNOUNCED: "standstill",
    Stage.CONTRACTED: "signing",
}
"""The piece of the usual timetable with which each stage begins."""


@lru_cache(maxsize=1024)
def _latest_starts(
    service_starts_on: date, england: Calendar, uk_any: Calendar, steps: tuple[Step, ...], meetings: tuple[date, ...]
) -> dict[Stage, date]:
    back = start_by(service_starts_on - ONE_DAY, england=england, uk_any=uk_any, steps=steps, meetings=meetings)
    found = {piece.step.key: piece.latest_start_on for piece in back.stages}
    return {stage: found[key] for stage, key in FIRST_PIECE.items()}


def latest_starts(procurement: Procurement) -> dict[Stage, date]:
    """The last safe day to begin each stage, so that the service starts on time; empty while no start is set."""
    if procurement.service_starts_on is None or procurement.route is Route.SCHEME:
        return {}
    return _latest_starts(
        procurement.service_starts_on, planning_england(), planning_uk_any(), tables().steps, executive_days()
    )


def next_start(lot: Lot) -> tuple[Stage, date] | None:
    """The stage that comes next and the last safe day to begin it; None where no day can be told."""
    stages, latest = journey(lot.procurement.route), latest_starts(lot.procurement)
    if lot.stage not in stages[:-1]:
        return None
    following = stages[stages.index(lot.stage) + 1]
    return (following, latest[following]) if following in latest else None
