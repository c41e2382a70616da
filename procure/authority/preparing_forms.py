"""What is asked when a decision is prepared for an act other than an award: shape and spelling only."""

from __future__ import annotations

from procure.authority.rules import ActKind
from procure.fields.choices import PickFrom
from procure.fields.days import DayField
from procure.fields.lines import LineField, LinesField
from procure.fields.numbers import MoneyField, PercentField, WholeNumberField
from procure.fields.page_form import PageForm

WORDS = {
    ActKind.EXTEND: "Why is it extended?",
    ActKind.VARY: "What changes?",
    ActKind.TERMINATE: "Why does it end?",
    ActKind.ANCILLARY: "What makes it ancillary to the contract?",
    ActKind.OTHER: "What is to be decided?",
}
"""What the officer says about each act. To enter into a contract says itself what it is."""

WORDS_MISSING = {
    ActKind.VARY: "Say what changes",
    ActKind.TERMINATE: "Say why it ends",
    ActKind.ANCILLARY: "Say what makes it ancillary to the contract",
    ActKind.OTHER: "Say what is to be decided",
}


class EnterDecisionForm(PageForm):
    """To enter into the contract of an award: all of it is known."""


class ExtendDecisionForm(PageForm):
    """How much longer and how much more."""

    months = WholeNumberField(
        "Longer by how many months?", least=1, most=240, required="Enter by how many months it is extended"
    )
    added_net = MoneyField("What does that add, without VAT?", required="Enter what it adds, or 0")
    vat_percent = PercentField("VAT rate", required="Enter the VAT rate, or 0 if no VAT is due")
    words = LinesField(WORDS[ActKind.EXTEND], most=600)


class VaryDecisionForm(PageForm):
    """What changes, and what it costs."""

    words = LinesField(WORDS[ActKind.VARY], most=1_000, required=WORDS_MISSING[ActKind.VARY])
    months = WholeNumberField("By how many months does it run longer?", most=240)
    added_net = MoneyField("What does that add, without VAT?", required="Enter what it adds, or 0")
    vat_percent = PercentField("VAT rate", required="Enter the VAT rate, or 0 if no VAT is due")


class TerminateDecisionForm(PageForm):
    """When it ends and why."""

    ends_on = DayField("Its last day", called="The last day", required="Enter the last day of the contract")
    words = LinesField(WORDS[ActKind.TERMINATE], most=600, required=WORDS_MISSING[ActKind.TERMINATE])


class AncillaryDecisionForm(PageForm):
    """With whom, why it belongs to the contract, and what it costs."""

    supplier_id = PickFrom("With whom is the agreement?", choices=[], required="Choose with whom the agreement is")
    words = LinesField(WORDS[ActKind.ANCILLARY], most=600, required=WORDS_MISSING[ActKind.ANCILLARY])
    added_net = MoneyField("What does it cost, without VAT?", required="Enter what it costs, or 0")
    vat_percent = PercentField("VAT rate", required="Enter the VAT rate, or 0 if no VAT is due")


class OtherDecisionForm(PageForm):
    """Anything else for which somebody has a power."""

    words = LinesField(WORDS[ActKind.OTHER], most=1_000, required=WORDS_MISSING[ActKind.OTHER])


FORMS: dict[ActKind, type[PageForm]] = {
    ActKind.ENTER: EnterDecisionForm,
    ActKind.EXTEND: ExtendDecisionForm,
    ActKind.VARY: VaryDecisionForm,
    ActKind.TERMINATE: TerminateDecisionForm,
    ActKind.ANCILLARY: AncillaryDecisionForm,
    ActKind.OTHER: OtherDecisionForm,
}


class UseForm(PageForm):
    """What a signed decision was used for."""

    what = LineField("What was done under it?", most=300, required="Say what was done under the decision")
    on = DayField("On which day?", called="The day", required="Enter the day on which it was done")
