"""The days that bidders read, from the timetable of the tender."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from procure import words
from procure.documents.gaps import Gap
from procure.procurement.models import Lot
from procure.tender.documents.invitation import Step
from procure.tender.gathering.said import Pages, Said
from procure.tender.timetable_models import Timetable
from procure.tender.timetable_rules import PlannedStep

BEHIND_THE_SCENES = (PlannedStep.SCORED, PlannedStep.CALL_IN)
"""Steps that bidders need not be told of."""


@dataclass(frozen=True)
class Dates:
    """The days on which bidders act, and all steps."""

    questions_by_at: datetime | Gap
    answers_by_on: date | Gap
    deadline_at: datetime | Gap
    valid_until_on: date | Gap
    steps: tuple[Step, ...] | Gap


def the_dates(lot: Lot, pages: Pages) -> Dates:
    """What the timetable says, and how long tenders stay open after the deadline."""
    said = Said("Timetable", "tender.plan_timetable", lot)
    planned, how = lot.timetable, lot.how_to_tender
    valid = planned.closes_on + timedelta(days=how.validity_days) if planned and how else None
    no_days = (pages.how if planned else said)(valid, "day until which tenders stay open")
    return Dates(
        questions_by_at=said(planned.questions_by_at if planned else None, "last moment for questions"),
        answers_by_on=said(planned.answers_by_on if planned else None, "day of the last answers"),
        deadline_at=said(planned.closes_at if planned else None, "deadline for tenders"),
        valid_until_on=no_days,
        steps=said(_steps(planned) if planned else (), "steps of the timetable"),
    )


def _steps(planned: Timetable) -> tuple[Step, ...]:
    """Every step of the timetable that has a day, in the order of the days."""
    found = [
        (day, step)
        for step in PlannedStep
        if step not in BEHIND_THE_SCENES and (day := planned.day_of(step)) is not None
    ]
    return tuple(Step(step.label, _when(planned, step, day)) for day, step in sorted(found, key=lambda one: one[0]))


def _when(planned: Timetable, step: PlannedStep, day: date) -> str:
    if step is PlannedStep.CLOSES:
        return words.sentence(words.moment(planned.closes_at))
    if step is PlannedStep.QUESTIONS and planned.questions_by_at:
        return words.sentence(words.moment(planned.questions_by_at))
    return words.weekday(day)
