"""What the pages of this room ask."""

from __future__ import annotations

from procure.fields.choices import PickFrom, PickOne
from procure.fields.days import DayField
from procure.fields.lines import LineField, WordsField
from procure.fields.page_form import PageForm

ALONE, WEEKLY = "alone", "weekly"


class AcknowledgeForm(PageForm):
    """Nothing is asked: the letter has been read and somebody is on it."""


class SnoozeForm(PageForm):
    until = DayField("Ask me again on", required="Enter the day on which you want to be asked again")


class LettersForm(PageForm):
    how = PickOne(
        "How do you want your reminders?",
        choices=[(ALONE, "A letter for each, on its day"), (WEEKLY, "One letter a week, the most urgent first")],
        required="Choose how you want your reminders",
    )


class AddressForm(PageForm):
    """Nothing is asked: a new address is made, or the old one ended."""


class OffsetsForm(PageForm):
    offsets = LineField("How long before its day")
    because = WordsField("Why, or where it is written", required="Say why, or where it is written", most=600)


class CouncilOffsetsForm(OffsetsForm):
    tier = PickFrom("For which contracts", choices=[], blank="All others")
