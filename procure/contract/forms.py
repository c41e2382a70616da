"""What a contract's pages ask."""

from __future__ import annotations

from procure.contract.rules import EXERCISE_MONTHS, Term, Tier, WhatFollows
from procure.fields.choices import PickFrom, PickOne, TickField
from procure.fields.days import DayField
from procure.fields.files import UploadField
from procure.fields.lines import LineField, WordsField
from procure.fields.numbers import MoneyField, PercentField, WholeNumberField
from procure.fields.page_form import PageForm
from procure.law.regimes import Regime

CHOOSE_POST = "Choose the post that looks after the contract"


class RecordForm(PageForm):
    """A contract that was entered into before this system."""

    title = LineField("What is it for?", required="Enter what the contract is for")
    supplier_name = LineField("Supplier", required="Enter the supplier’s name")
    manager_post_id = PickFrom("Who looks after it?", choices=[], required=CHOOSE_POST)
    department = LineField("Directorate or department")
    term = PickOne("How does it end?", choices=Term.choices(), default=Term.FIXED.value)
    starts_on = DayField("Start", called="The start", required="Enter the day the contract starts")
    ends_on = DayField("End of the agreed term", called="The end")
    roll_months = WholeNumberField("Months by which it rolls on", least=1, most=120)
    value_net = MoneyField("Value to that end, without VAT", required="Enter the value to that end, without VAT")
    vat_percent = PercentField("VAT rate", required="Enter the VAT rate, or 0 if no VAT is due")
    option_count = WholeNumberField(
        "Number of options to extend", most=10, required="Enter the number of options, or 0"
    )
    option_months = WholeNumberField("Length of each option, in months", most=120)
    exercise_months = WholeNumberField(
        "Months before the end by which an option is used", least=0, most=36, default=EXERCISE_MONTHS
    )
    notice_months = WholeNumberField("Notice to end it, in months", most=36, default=0)
    supplier_notice_months = WholeNumberField("Notice the supplier would have to give, in months", most=36)
    signed_on = DayField("Day it was signed", called="The day it was signed")
    tier = PickFrom("Tier", choices=Tier.choices())
    tier_reason = WordsField("Why this tier?")


class CorrectForm(PageForm):
    """What was typed wrong. Extending and ending have pages of their own."""

    title = LineField("What is it for?", required="Enter what the contract is for")
    description = WordsField("What is bought, in a line or two")
    supplier_called = LineField("Supplier")
    department = LineField("Directorate or department")
    cpv = LineField("CPV codes")
    regime = PickFrom("Law it was bought under", choices=Regime.choices())
    is_light_touch = TickField("It is a light touch contract")
    term = PickOne("How does it end?", choices=Term.choices())
    starts_on = DayField("Start", called="The start")
    ends_on = DayField("Current end", called="The end")
    roll_months = WholeNumberField("Months by which it rolls on", least=1, most=120)
    notice_months = WholeNumberField("Notice to end it, in months", most=36, required="Enter the months, or 0")
    supplier_notice_months = WholeNumberField("Notice the supplier would have to give, in months", most=36)
    value_net = MoneyField("Value to that end, without VAT")
    value_vat = MoneyField("VAT on it")
    because = WordsField("What was wrong?", required="Say what was wrong")


class HandOverForm(PageForm):
    """Another post looks after it."""

    manager_post_id = PickFrom("Who looks after it from now on?", choices=[], required=CHOOSE_POST)
    because = WordsField("Why?", required="Say why")


class DecideForm(PageForm):
    """What follows the end."""

    choice = PickOne("What should follow?", choices=WhatFollows.choices(), required="Choose what should follow")
    officer_id = PickFrom("Who will run the purchase, if you buy again?", choices=[])
    reason = WordsField("Why?", required="Say why")


class DeclineForm(PageForm):
    """An option that won't be used."""

    because = WordsField("Why will it not be used?", required="Say why the option won’t be used")


class UseForm(PageForm):
    """An option that is used; the page says what comes of it."""

    because = WordsField("Why is it extended?", required="Say why it is extended")
    performance = WordsField("How has the supplier done?", required="Say how the supplier has done")


class PaymentForm(PageForm):
    """A sum that was paid."""

    paid_on = DayField("Paid on", called="The day", required="Enter the day it was paid")
    amount_gross = MoneyField("Amount, including VAT", least=0, required="Enter the amount, including VAT")
    what = LineField("What for?")


class TextsForm(PageForm):
    """How it goes, in a few lines each."""

    performance = WordsField("How well does it work?")
    at_expiry = WordsField("What happens if nothing follows?")
    lessons = WordsField("What was learnt?")


class EndForm(PageForm):
    """The day it ended."""

    ended_on = DayField("Last day", called="The last day", required="Enter the day it ended")
    because = WordsField("Why, if it ended before its day?")


class PrepareForm(PageForm):
    """What the award doesn't say about its contract."""

    manager_post_id = PickFrom("Who will look after the contract?", choices=[], required=CHOOSE_POST)
    exercise_months = WholeNumberField(
        "Months before an end by which an option is used", least=0, most=36, default=EXERCISE_MONTHS,
        required="Enter the months",
    )  # fmt: skip
    notice_months = WholeNumberField(
        "Notice to end it, in months", most=36, default=0, required="Enter the months, or 0"
    )


class SignForm(PageForm):
    """The day both parties had signed, and the signed contract itself."""

    signed_on = DayField("Signed on", called="The day it was signed", required="Enter the day it was signed")
    file = UploadField("The signed contract")
