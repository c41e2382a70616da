"""The timetable of a whole purchase as it stands: what is planned, what happened, and what the plan must meet."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from sqlalchemy import select

from procure.authority.models import Meeting, Resolution
from procure.authority.rules import ResolutionKind
from procure.award.facts import standstill_bound_of, standstill_of
from procure.council.facts import call_in_days_on
from procure.council.law import (
    executive_days,
    planning_england,
    planning_uk_any,
    standstill_rule,
    tables,
)
from procure.extensions import db
from procure.law.periods import Circumstance, minimum_period
from procure.law.regimes import Bound, Regime
from procure.law.timetable import Leg
from procure.law.working_days import ONE_DAY, legal_day
from procure.procurement.models import Procurement
from procure.procurement.rules import ContractKind, Route, Stage
from procure.tender.programme_models import Programme
from procure.tender.programme_rules import (
    Came,
    Counted,
    Limits,
    Plan,
    legs_of,
    steps_for,
    with_lengths,
    with_tender_days,
)
from procure.tender.timetable_facts import actual_days, circumstance_of, planned_of
from procure.tender.timetable_rules import PlannedStep

S = PlannedStep


def plan_of(procurement: Procurement, today: date) -> Plan:
    """The plan as saved; until one is, the usual lengths, backwards from the day the service must begin."""
    own = procurement.programme
    steps = steps_for(tables().steps, is_quotes=procurement.route is Route.SCHEME)
    began = {key: one.began_on for key, one in came(procurement, today).items()}
    if own is None:
        service_on = service_must_begin_on(procurement)
        counted = Counted.BACKWARDS if service_on else Counted.FORWARDS
        anchor = service_on or (procurement.started_on if began else max(procurement.started_on, today))
        return Plan(counted, anchor, steps, meetings=executive_days(), began=began)
    return replace(saved_plan(own), meetings=executive_days(), began=began)


def saved_plan(own: Programme) -> Plan:
    """A saved plan, without the calendar of meetings."""
    steps = steps_for(tables().steps, is_quotes=own.procurement.route is Route.SCHEME)
    return Plan(
        own.counted, own.anchor_on, with_lengths(steps, {one.key: one.days for one in own.stages}),
        {one.key: one.held_to for one in own.stages if one.held_to},
    )  # fmt: skip


def service_must_begin_on(procurement: Procurement) -> date | None:
    """The day on which the service must begin: as the file says, else the day after the contract that ends."""
    if procurement.service_starts_on:
        return procurement.service_starts_on
    ending = procurement.ending_contract
    return ending.ends_on + ONE_DAY if ending is not None and ending.ends_on else None


def laid(plan: Plan) -> tuple[Leg, ...]:
    """The days of a plan, by the calendars held here."""
    return legs_of(plan, england=planning_england(), uk_any=planning_uk_any())


def shown_legs(procurement: Procurement, plan: Plan) -> tuple[Leg, ...]:
    """The days as they are to be read: those of the tender's own timetable go before the usual lengths."""
    timetable = procurement.only_lot.timetable
    legs = laid(plan)
    return legs if timetable is None else with_tender_days(legs, planned_of(timetable))


def limits_of(procurement: Procurement, today: date) -> Limits:
    """What the lengths must keep to."""
    least, source = 0, ""
    if procurement.regime is Regime.PA2023 and procurement.route is not Route.SCHEME:
        timetable = procurement.only_lot.timetable
        how = (circumstance_of(timetable) if timetable else None) or Circumstance.ELECTRONIC
        if procurement.kind is ContractKind.LIGHT_TOUCH:
            how = Circumstance.LIGHT_TOUCH
        row = minimum_period([how], notice_on=today, table=tables().minimum_periods)
        least, source = row.days, row.source
    pause = standstill_rule(procurement.started_on)
    binds = standstill_bound_of(procurement.only_lot) is Bound.MANDATORY
    ending = procurement.ending_contract
    return Limits(
        least_tender_days=least, tender_source=source, standstill_days=pause.days, standstill_binds=binds,
        standstill_source=pause.source, call_in_days=call_in_days_on(today),
        service_ends_on=ending.ends_on if ending is not None else None,
        service_starts_on=procurement.service_starts_on,
    )  # fmt: skip


def came(procurement: Procurement, today: date) -> dict[str, Came]:
    """When each stage really began and was over, as far as the file knows: from its moves, notices and decisions."""
    lot = procurement.only_lot
    moved = {change.to_stage: legal_day(change.at) for change in procurement.stage_changes}
    on = actual_days(lot, today)
    meeting_on = _decided_on(procurement)
    waits = standstill_of(lot)
    starts = lot.award.contract.starts_on if lot.award and lot.award.contract else None
    begins: tuple[tuple[str, date | None], ...] = (
        ("appraisal", moved.get(Stage.APPRAISING)),
        ("report", moved.get(Stage.SEEKING_APPROVAL)),
        ("call_in", meeting_on),
        ("pack", moved.get(Stage.PREPARING)),
        ("tender", on.get(S.NOTICE)),
        ("opening", on.get(S.CLOSES)),
        ("scoring", on.get(S.OPENED)),
        ("moderation", on.get(S.SCORED)),
        ("award_report", on.get(S.MODERATED)),
        ("award_call_in", on.get(S.DECIDED)),
        ("summaries", on.get(S.CALL_IN)),
        ("standstill", on.get(S.AWARD_NOTICE)),
        ("signing", waits.earliest_signing_on if waits and waits.earliest_signing_on <= today else None),
        ("mobilisation", on.get(S.SIGNED)),
    )
    found: dict[str, Came] = {}
    known = [(key, day) for key, day in begins if day is not None and day <= today]
    for place, (key, day) in enumerate(known):
        after = known[place + 1][1] if place + 1 < len(known) else None
        found[key] = Came(day, max(after, day) if after else None)
    if "mobilisation" in found and starts is not None and starts <= today:
        found["mobilisation"] = Came(found["mobilisation"].began_on, max(starts, found["mobilisation"].began_on))
    return found


def _decided_on(procurement: Procurement) -> date | None:
    """The day of the meeting that decided on this purchase; None while none has."""
    decided = (
        select(Meeting.held_on)
        .join(Resolution, Resolution.meeting_id == Meeting.id)
        .where(Resolution.procurement_id == procurement.id, Resolution.kind == ResolutionKind.APPROVE_PROCUREMENT)
    )
    return db.session.scalars(decided.order_by(Meeting.held_on).limit(1)).first()
