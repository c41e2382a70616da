"""What the page of a whole purchase's timetable asks: from which end it is counted, the lengths, days that are held."""

# mypy: allow-subclassing-any

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from procure.fields.choices import PickOne
from procure.fields.days import DayField
from procure.fields.numbers import WholeNumberField
from procure.fields.page_form import PageForm
from procure.law.timetable import Step
from procure.tender.programme_rules import MOST_DAYS, Counted


class ProgrammeForm(PageForm):
    """The end it is counted from; the stages come with `programme_form`."""

    counted = PickOne("How is it counted?", choices=Counted.choices(), required="Choose how it is counted")
    anchor_on = DayField("That day", required="Enter the first day of the service, or the day the work begins")
    keys: tuple[str, ...] = ()

    @property
    def rows(self) -> list[tuple[str, Any, Any]]:
        """For each stage its length and the day it is held to."""
        return [(key, self[f"{key}_days"], self[f"{key}_on"]) for key in self.keys]

    @property
    def lengths(self) -> dict[str, int]:
        return {key: self[f"{key}_days"].data for key in self.keys}

    @property
    def held(self) -> dict[str, date]:
        return {key: self[f"{key}_on"].data for key in self.keys if self[f"{key}_on"].data}

    @property
    def held_errors(self) -> bool:
        """Whether a day that a stage is held to was typed wrong."""
        return any(on.errors for _, _, on in self.rows)


def programme_form(steps: Sequence[Step]) -> type[ProgrammeForm]:
    """The form for the stages that a purchase has."""
    fields: dict[str, Any] = {"keys": tuple(step.key for step in steps)}
    for step in steps:
        fields[f"{step.key}_days"] = WholeNumberField(
            f"{step.name}: {step.count}", least=0, most=MOST_DAYS, required=f"Enter how long it takes: {step.name}"
        )
        fields[f"{step.key}_on"] = DayField(f"{step.name}: held to", called=f"The day for: {step.name}")
    return type("ProgrammeStagesForm", (ProgrammeForm,), {**fields, "__doc__": "The stages and their lengths."})
