"""What the timetable's page asks: the day of the notice, the deadline, and any other day the officer moves."""

# mypy: allow-subclassing-any

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from procure.fields.choices import PickFrom
from procure.fields.days import DayField, MomentField
from procure.fields.page_form import PageForm
from procure.tender.forms import CIRCUMSTANCES
from procure.tender.timetable_rules import GIVEN, PlannedStep, label_of


class TimetableForm(PageForm):
    """The planned days of a tender. A day left empty is worked out."""

    notice_on = DayField("The notice goes out on", required="Enter the day the notice goes out")
    closes_at = MomentField("Bids are due by", required="Enter the day and time by which bids are due")
    circumstance = PickFrom("How tenders are made", choices=CIRCUMSTANCES, blank=None)
    planned_notice_on = DayField("A planned procurement notice was published on")
    questions = DayField(PlannedStep.QUESTIONS.label)
    answers = DayField(PlannedStep.ANSWERS.label)
    opened = DayField(PlannedStep.OPENED.label)
    scored = DayField(PlannedStep.SCORED.label)
    moderated = DayField(PlannedStep.MODERATED.label)
    decided = DayField(PlannedStep.DECIDED.label)
    call_in = DayField(PlannedStep.CALL_IN.label)
    summaries = DayField(PlannedStep.SUMMARIES.label)
    award_notice = DayField(PlannedStep.AWARD_NOTICE.label)
    standstill = DayField(PlannedStep.STANDSTILL.label)
    signed = DayField(PlannedStep.SIGNED.label)
    starts = DayField(PlannedStep.STARTS.label)

    def keep_only(self, steps: tuple[PlannedStep, ...], *, is_quotes: bool, asks_how: bool, is_out: bool) -> None:
        """Leave out what this purchase doesn't have, or what the notice has settled already."""
        for step in PlannedStep:
            if step in GIVEN:
                continue
            if step in steps:
                self[step.value].label.text = label_of(step, is_quotes=is_quotes)
            else:
                del self[step.value]
        if not asks_how or is_out:
            del self.circumstance, self.planned_notice_on
        if is_out:
            del self.notice_on, self.closes_at
        elif is_quotes:
            self.notice_on.label.text, self.closes_at.label.text = "Quotes are asked for on", "Quotes are due by"

    @property
    def day_fields(self) -> list[Any]:
        """The fields of the days that are worked out, in order."""
        return [self[step.value] for step in PlannedStep if step not in GIVEN and step.value in self]

    @property
    def days(self) -> dict[PlannedStep, date | None]:
        """The days as they were typed."""
        return {PlannedStep(field.short_name): field.data for field in self.day_fields}

    def fill(self, days: Mapping[PlannedStep, date]) -> None:
        """Put other days into the page in place of those typed."""
        for field in self.day_fields:
            field.process(None, days.get(PlannedStep(field.short_name)))


class CameForm(PageForm):
    """The day on which a step came."""

    came_on = DayField("It came on", required="Enter the day it came")
