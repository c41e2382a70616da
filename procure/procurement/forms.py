"""What a file's own pages ask."""

from __future__ import annotations

from typing import Any

from wtforms import FieldList, Form, FormField

from procure.fields.choices import PickFrom, PickOne
from procure.fields.days import DayField
from procure.fields.lines import LineField, WordsField
from procure.fields.numbers import MoneyField, WholeNumberField
from procure.fields.page_form import PageForm
from procure.procurement.rules import ContractKind, Procedure, Route
from procure.words import sentence


class NewFileForm(PageForm):
    """A new purchase that follows no contract of ours."""

    title = LineField("What do you need to buy?", required="Enter what you need to buy")
    route = PickOne(
        "How will it be approved?", choices=Route.choices(), required="Choose how the purchase will be approved"
    )


class DescribingForm(PageForm):
    """What the file itself knows; changing it after the approval asks why."""

    reason = WordsField("Why are you changing this now?")


class NeedForm(DescribingForm):
    """What is needed, and who answers for it."""

    title = LineField("Title, as it would be advertised", required="Enter the title")
    need = WordsField("Why is it needed?", required="Say why it is needed")
    description = WordsField("What is to be bought?", required="Say what is to be bought")
    wards_label = LineField("Wards affected", required="Enter the wards affected, or All wards")
    lead_post_id = PickFrom("Service lead", choices=[], required="Choose the post of the service lead")
    director_post_id = PickFrom("Accountable director", choices=[], required="Choose the accountable director’s post")
    portfolio_post_id = PickFrom("Cabinet Member", choices=[])


class MoneyForm(DescribingForm):
    """Value and term: the most the council could pay, every option counted."""

    kind = PickOne("Kind of contract", choices=ContractKind.choices(), required="Choose the kind of contract")
    cpv = LineField("CPV codes, the main one first")
    regime_reason = WordsField("Why is it of that kind?", required="Say why it is of that kind")
    annual_net = MoneyField("Cost a year, without VAT", required="Enter the cost a year, without VAT")
    vat_percent = WholeNumberField("VAT rate", least=0, most=100, required="Enter the VAT rate, or 0 if no VAT is due")
    value_basis = WordsField("How was the cost estimated?", required="Say how the cost was estimated")
    aggregated_gross = MoneyField("Value of contracts that could reasonably be one with it, with VAT")
    aggregated_text = WordsField("Which contracts are they, or why is this one valued apart?", most=2_000)
    why_estimated_anew = WordsField("Why does the estimate differ from the last?", most=2_000)
    service_starts_on = DayField("Service starts", required="Enter the day the service starts")
    initial_months = WholeNumberField(
        "Length of the agreed term, in months", least=1, most=240, required="Enter the length in months"
    )
    extension_count = WholeNumberField(
        "Number of options to extend", least=0, most=10, required="Enter the number of options, or 0"
    )
    extension_months = WholeNumberField(
        "Length of each option, in months", least=0, most=120, required="Enter the length in months, or 0"
    )
    budget_code = LineField("Cost centre or budget code", required="Enter the cost centre or budget code")
    budget_source = LineField("Where the money comes from", required="Say where the money comes from")


ROWS_OF_LOTS = 3
MOST_LOTS = 30


class LotRowForm(Form):  # type: ignore[misc]
    """One lot; a row left empty counts for nothing."""

    title = LineField("Name of the lot", most=120)
    annual_net = MoneyField("Cost a year, without VAT")

    @property
    def is_empty(self) -> bool:
        return not (self.title.data or self.annual_net.data or self.annual_net.errors)

    def validate(self, extra_validators: Any = None) -> bool:
        if not super().validate(extra_validators):
            return False
        if not self.is_empty and not self.title.data:
            self.title.refuse("Enter the name of the lot")
        return not self.title.errors


class LotsForm(PageForm):
    """Into which parts the purchase is divided."""

    lots = FieldList(FormField(LotRowForm), "Lots", min_entries=ROWS_OF_LOTS, max_entries=MOST_LOTS)

    def offer_another(self) -> None:
        """One more empty row, for a page that was sent to ask for it."""
        if len(self.lots.entries) < MOST_LOTS:
            self.lots.append_entry()


class WayForm(DescribingForm):
    """How it will be bought, with the answers that the law asks to record."""

    procedure = PickOne(
        "Procedure", choices=[(value, sentence(label)) for value, label in Procedure.choices()],
        required="Choose the procedure",
    )  # fmt: skip
    route_reason = WordsField("Why this procedure?", required="Say why this procedure")
    lots_reason = WordsField("Why is it not divided into lots?", required="Say why it is not divided into lots")
    reserved_text = LineField("Is it reserved, and under what power?", required="Enter Not reserved, or the power used")
    vcse_advice = WordsField("Legal advice, if only a voluntary organisation is wanted")
    engagement_text = WordsField("Talks with the market", required="Say what was done, or why nothing was")
    small_supplier_text = WordsField(
        "What was done for small and voluntary suppliers?", required="Say what was done for small suppliers"
    )
    tupe_staff_count = WholeNumberField(
        "Staff of the present supplier who may transfer", least=0, required="Enter the number of staff, or 0"
    )
    is_recharged_to_leaseholders = PickOne(
        "Will part of the cost be recharged to leaseholders?", choices=[("yes", "Yes"), ("no", "No")],
        required="Say whether leaseholders pay a part",
    )  # fmt: skip
    social_value_text = WordsField("How was social value considered?", required="Say how social value was considered")
    social_value_on = DayField("When was it considered?", required="Enter the day it was considered")
    grant_test_text = WordsField(
        "Why a contract and not a grant?", required="Say why this is a contract and not a grant"
    )
    grant_test_advice = LineField("Who advised on that, and when?")


class ReasonForm(PageForm):
    """Why a file is paused, sent back, abandoned or taken up again."""

    reason = WordsField("Why?", required="Say why")


class FileRoleForm(PageForm):
    """A role on this file for somebody."""

    person_id = PickFrom("Person", choices=[], required="Choose a person")
    role = PickFrom("Role on this file", choices=[], required="Choose a role")
