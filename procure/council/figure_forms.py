"""What the pages of the law's figures and of bank holidays ask."""

from __future__ import annotations

from procure.fields.choices import PickMany, PickOne, TickField
from procure.fields.days import DayField
from procure.fields.lines import LineField, WordsField
from procure.fields.numbers import MoneyField, WholeNumberField
from procure.fields.page_form import PageForm
from procure.law.calendars import NATIONS
from procure.law.figures import Figure, Unit
from procure.law.thresholds import Comparison

TESTS = (
    (Comparison.NOT_LESS_THAN.value, "The sum itself counts: not less than"),
    (Comparison.MORE_THAN.value, "Only more counts: more than"),
)


class _LaterForm(PageForm):
    from_on = DayField("First day it holds", required="Enter the first day it holds")
    source = LineField("Where it is published", required="Say where the new figure is published")
    is_unchecked = TickField("Nobody has checked it in the published text yet")


class SumForm(_LaterForm):
    amount = MoneyField("New sum", most=None, required="Enter the new sum")
    comparison = PickOne("How it is compared", choices=TESTS, required="Choose how it is compared")


class DaysForm(_LaterForm):
    amount = WholeNumberField("New number of days", least=0, required="Enter the new number of days")


def later_form(figure: Figure) -> type[SumForm] | type[DaysForm]:
    """The form for a figure: pounds, or a number of days or months."""
    if figure.unit is Unit.POUNDS:
        return SumForm

    class LengthForm(DaysForm):
        amount = WholeNumberField(
            f"New number of {figure.unit}", least=0, required=f"Enter the new number of {figure.unit}"
        )

    return LengthForm


class HolidayForm(PageForm):
    day = DayField("Day", required="Enter the day")
    name = LineField("What it is called", required="Enter what it is called")
    nations = PickMany("Where is it a bank holiday?", choices=[(one, one) for one in NATIONS])
    source = LineField("Where it was proclaimed", required="Say where it was proclaimed")


class WithdrawForm(PageForm):
    reason = WordsField("Why is it withdrawn?", most=2_000, required="Say why it is withdrawn")


class LightTouchForm(PageForm):
    lines = WordsField("Lines of the list", most=200_000, required="Paste the lines of the list")
    from_on = DayField("First day it holds", required="Enter the first day it holds")
    source = LineField("Where it is published", required="Say where the list is published")


class MeetingDaysForm(PageForm):
    body = LineField("Who meets", required="Enter who meets")
    days = WordsField("Days, one to a line", most=8_000, required="Enter at least one day")
