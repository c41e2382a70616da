"""The timetable of a lot as others read it: its lines, and the day each step really came."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from procure.authority.decision_effect import effect_of_decision
from procure.award.facts import standstill_of
from procure.council.law import planning_england, planning_uk_any, standstill_rule, tables
from procure.evaluation.rules import EvaluatorRole
from procure.law.periods import Circumstance
from procure.law.regimes import Regime
from procure.law.working_days import LONDON, legal_day
from procure.notices.facts import notice_of, opening_notice
from procure.notices.rules import NoticeKind
from procure.procurement.models import Lot
from procure.procurement.rules import ContractKind, Route
from procure.tender.timetable_models import Timetable
from procure.tender.timetable_rules import (
    GIVEN,
    QUESTIONS_CLOSE,
    Basis,
    Planned,
    PlannedStep,
    plan,
)  # fmt: skip

S = PlannedStep


RECORDED = frozenset({S.NOTICE, S.OPENED, S.SCORED, S.MODERATED, S.DECIDED, S.SUMMARIES, S.AWARD_NOTICE, S.SIGNED})
"""Steps whose real day the file records; the others only go by."""


@dataclass(frozen=True)
class TimetableLine:
    """One line of the timetable as bidders read it. `at` is the time of day in London, where there is one."""

    name: str
    on: date
    at: time | None = None


def lines_of(lot: Lot) -> tuple[TimetableLine, ...]:
    """The planned days of a lot's tender in order; none while there is no timetable."""
    timetable = lot.timetable
    if timetable is None:
        return ()
    times = {S.QUESTIONS: QUESTIONS_CLOSE, S.CLOSES: timetable.closes_at.astimezone(LONDON).time()}
    return tuple(TimetableLine(one.label, one.on, times.get(one.step)) for one in planned_of(timetable))


def basis_of(lot: Lot, notice_on: date, closes_at: datetime) -> Basis:
    """What a timetable of this lot is worked out from."""
    procurement = lot.procurement
    return Basis(
        notice_on,
        legal_day(closes_at),
        is_quotes=procurement.route is Route.SCHEME,
        is_light_touch=procurement.kind is ContractKind.LIGHT_TOUCH,
        is_under_the_act=procurement.regime is Regime.PA2023,
        service_starts_on=procurement.service_starts_on,
        standstill=standstill_rule(procurement.started_on),
        minimum_periods=tables().minimum_periods,
    )


def planned_of(timetable: Timetable) -> tuple[Planned, ...]:
    """Every step of a saved timetable with its working."""
    basis = basis_of(timetable.lot, timetable.notice_on, timetable.closes_at)
    chosen = {step: timetable.day_of(step) for step in PlannedStep if step not in GIVEN}
    return plan(basis, england=planning_england(), uk_any=planning_uk_any(), chosen=chosen)


def circumstance_of(timetable: Timetable) -> Circumstance | None:
    """What settles how long bidders must have; None where nothing was said."""
    return Circumstance(timetable.circumstance) if timetable.circumstance else None


def actual_days(lot: Lot, today: date | None = None) -> dict[PlannedStep, date]:
    """The day each step really came, of those that have: as the file knows it, else as somebody typed it.

    With `today` the days are among them that only the calendar brings: a call-in or standstill over, a service begun.
    """
    found = known_days(lot)
    if today is not None:
        found |= {step: on for step, on in _brought_by_the_calendar(lot, today).items() if on <= today}
    typed = {one.step: one.came_on for one in (lot.timetable.days if lot.timetable else ()) if one.came_on}
    return typed | found


def _brought_by_the_calendar(lot: Lot, today: date) -> dict[PlannedStep, date]:
    award = lot.award
    decision, contract = (award.decision, award.contract) if award else (None, None)
    waits = standstill_of(lot)
    effective = effect_of_decision(decision, today).in_force_from if decision and decision.published_on else None
    days = {
        S.CALL_IN: effective if decision and decision.is_key else None,
        S.STANDSTILL: waits.ends_on if waits and waits.ends_on < today else None,
        S.STARTS: contract.starts_on if contract and contract.signed_on else None,
    }
    return {step: on for step, on in days.items() if on is not None}


def steps_to_tell(lot: Lot, today: date) -> tuple[PlannedStep, ...]:
    """Steps whose planned day has come and of which the file knows nothing: somebody may say when they came."""
    timetable = lot.timetable
    if timetable is None:
        return ()
    known = known_days(lot) | _brought_by_the_calendar(lot, today)
    return tuple(
        one.step for one in timetable.days
        if one.step not in RECORDED and one.step not in known and one.planned_on <= today
    )  # fmt: skip


def known_days(lot: Lot) -> dict[PlannedStep, date]:
    """The days that the file itself records."""
    opening, award = opening_notice(lot), notice_of(lot, NoticeKind.AWARD)
    evaluation, decision = lot.evaluation, lot.award.decision if lot.award else None
    found: dict[PlannedStep, date | None] = {
        S.NOTICE: opening.published_on if opening else None,
        S.CLOSES: _day(opening.closes_at) if opening and evaluation and evaluation.opened_at else None,
        S.OPENED: _day(evaluation.opened_at) if evaluation else None,
        S.DECIDED: decision.signed_on if decision else None,
        S.AWARD_NOTICE: award.published_on if award else None,
        S.SIGNED: lot.award.contract.signed_on if lot.award and lot.award.contract else None,
    }
    if evaluation:
        scorers = [one for one in evaluation.panel if one.role is EvaluatorRole.EVALUATOR and one.left_at is None]
        finished = [one.finished_at for one in scorers if one.finished_at]
        found[S.SCORED] = _day(max(finished)) if scorers and len(finished) == len(scorers) else None
        found[S.MODERATED] = _day(evaluation.agreed_at)
    if lot.award:
        sent = [letter.sent_at for letter in lot.award.letters if letter.sent_at]
        found[S.SUMMARIES] = _day(max(sent)) if sent and len(sent) == len(lot.award.letters) else None
    answers = [one.published_on for one in lot.questions]
    if answers and opening and evaluation and all(answers):
        found[S.ANSWERS] = max(on for on in answers if on)
    return {step: on for step, on in found.items() if on is not None}


def next_of(planned: tuple[Planned, ...], actual: Mapping[PlannedStep, date], today: date) -> Planned | None:
    """The next step to come: after all that have come, not before today; None at the end."""
    last = max((place for place, one in enumerate(planned) if one.step in actual), default=-1)
    return next((one for one in planned[last + 1 :] if one.on >= today), None)


def _day(at: datetime | None) -> date | None:
    return legal_day(at) if at else None
