"""What the pages of a contract’s life ask: terms, indicators, promises, papers, notices, changes, files."""

from __future__ import annotations

from procure.contract.life_rules import ChangeGround, ExpiringKind, Rating, ReviewKind, WhoMay
from procure.contract.rules import Tier
from procure.fields.choices import PickFrom, PickOne, TickField
from procure.fields.days import DayField
from procure.fields.files import UploadField
from procure.fields.lines import LineField, WordsField
from procure.fields.numbers import MoneyField, PercentField, WholeNumberField
from procure.fields.page_form import PageForm

WHY = "Why? What does the contract say?"
WHY_MISSING = "Say why: what the contract says, or what was recorded wrong"


class OptionForm(PageForm):
    """An option to extend, as the contract gives it."""

    months = WholeNumberField("Length, in months", least=1, most=120, required="Enter the length, in months")
    exercise_by_on = DayField("Last day to use it", called="The last day to use it")
    price_net = MoneyField("Price for it, without VAT", description="If the contract names one. Else its yearly value.")
    price_gross = MoneyField("The same, including VAT")
    because = WordsField(WHY, required=WHY_MISSING)


class BreakForm(PageForm):
    """A day on which the contract may be ended early."""

    break_on = DayField("Day on which it may be ended", called="The day", required="Enter the day of the break")
    notice_by_on = DayField(
        "Last day to give notice of it", called="The last day to give notice", required="Enter the last day for notice"
    )
    who_may = PickOne("Who may use it?", choices=WhoMay.choices(), required="Choose who may use it")
    because = WordsField(WHY, required=WHY_MISSING)


class ReviewForm(PageForm):
    """A review to come."""

    kind = PickFrom("Kind of review", choices=ReviewKind.choices(), required="Choose the kind of review")
    due_on = DayField("Due on", called="The day it is due", required="Enter the day it is due")


class HeldForm(PageForm):
    """A review that was held."""

    held_on = DayField("Held on", called="The day it was held", required="Enter the day it was held")
    outcome = WordsField("What came of it?", required="Say what came of it")


class TierForm(PageForm):
    """How closely it is managed."""

    tier = PickOne("Tier", choices=Tier.choices(), required="Choose the tier")
    because = WordsField("Why?", required="Say why: its value, its risk, or both")


class BecauseForm(PageForm):
    """A reason, and nothing else."""

    because = WordsField("Why?", required="Say why")


class IndicatorForm(PageForm):
    """What is measured, what is expected, how often."""

    name = LineField("Name", most=80, required="Enter the name of the indicator")
    measure = WordsField("What is measured, and how?", required="Say what is measured")
    target = LineField("Target", required="Enter the target")
    every_months = WholeNumberField(
        "Rated every so many months", least=1, most=12, default=12,
        required="Enter how often it is rated, in months: 12 or fewer",
    )  # fmt: skip
    first_due_on = DayField(
        "End of the first period", called="The end of the first period", required="Enter the end of the first period"
    )
    is_published = TickField("It is one of the three published in the contract details notice")


class ChangeIndicatorForm(IndicatorForm):
    """The same, with the reason."""

    because = WordsField("Why does it change?", required="Say why it changes")


class RateForm(PageForm):
    """How an indicator was met over a period."""

    from_on = DayField("Period from", called="The start of the period", required="Enter the start of the period")
    until_on = DayField("Period to", called="The end of the period", required="Enter the end of the period")
    rating = PickOne("Rating", choices=Rating.choices(), required="Choose the rating")
    result = LineField("What was measured?", description="As 18 of 19 wards.")
    because = WordsField("Why, if it isn’t Good, and what is being done?")


class NoIndicatorsForm(PageForm):
    """Why a contract has fewer than three."""

    because = WordsField("Why would they not be appropriate?", required="Say why they would not be appropriate")


class PromiseForm(PageForm):
    """Something the supplier promised."""

    what = WordsField("What did the supplier promise?", required="Enter what the supplier promised")
    source = LineField("Where?", description="As Tender, question 4.")
    due_on = DayField("To be kept by", called="The day it is to be kept by")


class KeptForm(PageForm):
    """By when a promise is to be kept, or that it was."""

    due_on = DayField("To be kept by", called="The day it is to be kept by")
    kept_on = DayField("Kept on", called="The day it was kept", description="Leave it empty while it isn’t kept.")
    evidence = WordsField("What shows it?")


class PaperForm(PageForm):
    """A paper of the supplier’s that runs out."""

    kind = PickFrom("Kind", choices=ExpiringKind.choices(), required="Choose the kind of paper")
    name = LineField("What is it called?", description="For a policy or another paper.")
    cover = MoneyField("Cover", description="What it insures, if it is an insurance.")
    expires_on = DayField("Runs out on", called="The day it runs out", required="Enter the day it runs out")


class RenewForm(PageForm):
    """The paper that takes the place of another."""

    expires_on = DayField("The new one runs out on", called="The day it runs out", required="Enter the day it runs out")
    cover = MoneyField("Cover", description="What it insures, if it is an insurance.")


class PublishedForm(PageForm):
    """A notice that was published."""

    published_on = DayField("Published on", called="The day of publication", required="Enter the day of publication")
    reference = LineField("Its reference", required="Enter the reference it has on the central platform")


class FileForm(PageForm):
    """A file to keep with the contract."""

    file = UploadField("File", required="Choose a file")
    is_signed_copy = TickField("It is the signed contract")


class MoneyAheadForm(PageForm):
    """What is ordered, and what it will come to."""

    committed_gross = MoneyField("Committed, including VAT", description="Ordered and not paid yet.")
    forecast_gross = MoneyField("Forecast to its end, including VAT", description="What you expect it to come to.")


class ChangeForm(PageForm):
    """A change of what was agreed, with the facts the Act asks about it."""

    what = WordsField("What changes?", required="Say what changes")
    made_on = DayField("From which day?", called="The day of the change", required="Enter the day of the change")
    added_net = MoneyField(
        "What does it add, without VAT?", least=None, required="Enter what it adds, or 0",
        description="With a minus where it takes away.",
    )  # fmt: skip
    vat_percent = PercentField("VAT rate", required="Enter the VAT rate, or 0 if no VAT is due")
    added_months = WholeNumberField(
        "By how many months does it run longer?", least=-120, most=120, default=0,
        required="Enter the months, or 0", description="With a minus where it ends earlier.",
    )  # fmt: skip
    ground = PickFrom("On what ground?", choices=ChangeGround.choices(), required="Choose the ground")
    changes_scope = TickField("What is bought changes materially")
    shifts_balance = TickField("The economic balance shifts materially in favour of the supplier")
    made_with_id = PickFrom("Could it reasonably have been made together with an earlier change?", choices=[])
    because = WordsField(
        "Why? Which facts make the ground hold?", required="Say why, with the facts the ground asks for"
    )
