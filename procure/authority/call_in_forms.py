"""What the pages of call-in ask."""

from __future__ import annotations

from procure.authority.call_in import CallInResult
from procure.fields.choices import PickOne, TickField
from procure.fields.days import DayField
from procure.fields.lines import LineField, WordsField
from procure.fields.page_form import PageForm


class CallInForm(PageForm):
    """Members call a decision in."""

    called_in_on = DayField("Day it was called in", required="Enter the day it was called in")
    called_by = LineField("Who called it in?", required="Enter the members who called it in")
    reason = WordsField("On what grounds?", most=2000, required="Enter the grounds")
    entitled = TickField("The constitution lets these members call it in")


class ScrutinyForm(PageForm):
    """When scrutiny looks at it."""

    scrutiny_on = DayField("Day scrutiny meets", required="Enter the day scrutiny meets")


class EndCallInForm(PageForm):
    """What scrutiny made of it."""

    call_in_ended_on = DayField("Day scrutiny ended", required="Enter the day scrutiny ended")
    result = PickOne("What came of it?", choices=CallInResult.choices(), required="Choose what came of it")
    said = WordsField("What did scrutiny say?", most=2000)


class ExemptForm(PageForm):
    """An urgent decision is exempt from call-in."""

    agreed_by = LineField("Who agreed?", required="Enter who agreed")
    agreed_on = DayField("Day they agreed", required="Enter the day they agreed")
    because = WordsField("Why can’t it wait?", most=2000, required="Say why it can’t wait")
