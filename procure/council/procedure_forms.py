"""What the pages of the procedure rules and of waiver reasons ask."""

from __future__ import annotations

from procure.fields.choices import PickFrom, TickField
from procure.fields.days import DayField
from procure.fields.lines import LineField, WordsField
from procure.fields.numbers import MoneyField, WholeNumberField
from procure.fields.page_form import PageForm


class RulesForm(PageForm):
    from_on = DayField("First day they apply", required="Enter the first day they apply")
    source = LineField("Where they are written", required="Enter where they are written")
    key_decision_gross = MoneyField("A decision is key from, including VAT")
    call_in_days = WholeNumberField(
        "Working days for call-in", least=0, most=30, required="Enter the working days for call-in, or 0"
    )
    call_in_by = LineField("Who may call in a decision")
    scrutiny_name = LineField("Committee that looks at a call-in")
    scrutiny_days = WholeNumberField("Working days within which it meets", least=1, most=60)
    scrutiny_chair_post_id = PickFrom("Post of its chair", choices=[], blank="Not named yet")
    objection_refers_back = TickField("An objection by a consultee sends the decision back to whoever gave the power")
    seal_from_net = MoneyField("A contract is sealed from, without VAT")


class WaiverReasonForm(PageForm):
    name = LineField("Name", required="Enter the name of the reason")
    meaning = WordsField("What it means", most=600, required="Say when it may be used")
    max_net = MoneyField("Most value, without VAT")
    max_months = WholeNumberField("Longest, in months", least=1, most=120)
    source = LineField("Where it is written", required="Enter where it is written")
    from_on = DayField("First day it may be used", required="Enter the first day it may be used")


class EndReasonForm(PageForm):
    until_on = DayField("Last day it may be used", required="Enter the last day it may be used")
