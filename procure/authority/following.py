"""The days that follow a signature: planned until they have happened."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from datetime import date

from procure.authority.decision_effect import effect_of_decision
from procure.authority.models import Decision
from procure.authority.rules import ActKind
from procure.award.models import Award
from procure.council.facts import call_in_days_on
from procure.council.law import england, standstill_rule, uk_any
from procure.law.call_in import call_in
from procure.law.standstill import StandstillRule, standstill
from procure.law.working_days import next_working_day
from procure.notices.rules import NoticeKind
from procure.procurement.rules import Route
from procure.refusals import BeyondOfficialCalendar


@dataclass(frozen=True)
class Following:
    """What follows a signature, by day: planned until it has happened. None where no calendar can say."""

    signed_on: date
    published_on: date
    effective_on: date
    notice_on: date | None = None
    standstill_days: int | None = None
    standstill_ends_on: date | None = None
    enter_from_on: date | None = None


def following(decision: Decision, signed_on: date) -> Following:
    """The days that follow a signature: published on the next working day, the award notice a day later."""
    calendar = england()
    published = decision.published_on or next_working_day(signed_on, calendar)
    effective = _effective(decision, published)
    if decision.act is not ActKind.AWARD:
        return Following(signed_on, published, effective)
    award = decision.lot.award if decision.lot else None
    notice = _notice_planned(award) or next_working_day(effective, calendar)
    days = award.standstill_days if award else _usual_standstill(decision)
    if days is None:
        return Following(signed_on, published, effective, notice, enter_from_on=notice)
    with contextlib.suppress(BeyondOfficialCalendar):
        waits = standstill(notice, uk_any(), stated_days=days, row=_rule(decision))
        first = next_working_day(waits.ends_on, calendar)
        return Following(signed_on, published, effective, notice, days, waits.ends_on, first)
    return Following(signed_on, published, effective, notice, days)


def _effective(decision: Decision, published_on: date) -> date:
    """The first day on which it may be acted on; after an upheld call-in the day that ended it, if that is later.

    While a call-in is open, or after it was sent back, the day it would have been: `effect_of_decision` says so.
    """
    effect = effect_of_decision(decision, published_on)
    if decision.published_on is not None and effect.in_force_from is not None:
        return effect.in_force_from
    days = call_in_days_on(published_on) if decision.call_in_days is None else decision.call_in_days
    if not decision.is_key or not days or decision.call_in_waived:
        return published_on
    return call_in(published_on, england(), days).effective_on


def _usual_standstill(decision: Decision) -> int | None:
    """What is usual before anything is planned: none where quotes were asked for under the scheme."""
    file = decision.procurement
    return None if file is not None and file.route is Route.SCHEME else _rule(decision).days


def _rule(decision: Decision) -> StandstillRule:
    """The standstill of the day on which the procurement started."""
    return standstill_rule(decision.procurement.started_on if decision.procurement else None)


def _notice_planned(award: Award | None) -> date | None:
    """The day of the award notice: as published, else as planned."""
    if award is None:
        return None
    published = [one.published_on for one in award.lot.notices if one.kind is NoticeKind.AWARD]
    return published[0] if published else award.notice_planned_on
