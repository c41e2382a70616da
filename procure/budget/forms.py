"""What the pages of ring-fences and grants ask."""

from __future__ import annotations

from procure.fields.choices import PickOne
from procure.fields.days import DayField
from procure.fields.lines import LineField, LinesField
from procure.fields.numbers import MoneyField
from procure.fields.page_form import PageForm

ANOTHER = "another"
"""The answer that stands for a purpose the resolution doesn't name."""


class CommitForm(PageForm):
    """A sum for one of the named purposes."""

    what = LineField("What is it for?", required="Say what the sum is for")
    purpose = PickOne("Which purpose does it serve?", choices=[], required="Choose the purpose it serves")
    amount = MoneyField("Amount", required="Enter the amount")
    committed_on = DayField("Day it is committed", required="Enter the day it is committed")


class AmountForm(PageForm):
    """How much a ring-fenced budget held."""

    amount = MoneyField("Amount", required="Enter the amount")
    amount_on = DayField("On which day?", required="Enter the day", called="Day")
    amount_source = LineField("How is it known?", required="Say how it is known, such as the ledger")


class GrantForm(PageForm):
    """Funding from somebody else."""

    funder = LineField("Who gives it?", required="Enter who gives the grant")
    purpose = LineField("What is it for?", required="Say what the grant is for")
    amount = MoneyField("Amount", required="Enter the amount")
    from_on = DayField("First day of its period", required="Enter the first day of its period")
    until_on = DayField("Last day of its period", required="Enter the last day of its period")
    conditions = LinesField("Conditions the money came with", most=500)
    source = LineField("Where is it recorded?")
