"""What the pages of the tender papers ask: one page for each subject."""

# mypy: allow-subclassing-any

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from wtforms import FieldList, Form, FormField

from procure.fields.choices import PickFrom, TickField
from procure.fields.days import MomentField
from procure.fields.lines import LineField, LinesField, WordsField
from procure.fields.numbers import MoneyField, WholeNumberField
from procure.fields.page_form import PageForm
from procure.tender.pack_rules import KpiLine
from procure.tender.pricing_rules import MOST_OWN_LINES

KPI_ROWS = 3
MOST_KPIS = 20
ENTRY = 600
"""The longest entry of a list, in characters."""


class RowsField(LinesField):
    """A list whose entries have parts: a row pasted from a spreadsheet keeps them, with bars for its tabs."""

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        super().process_formdata([re.sub(r" *\t *", " | ", text) for text in valuelist if isinstance(text, str)])


class ServiceForm(PageForm):
    """What we are buying."""

    background = WordsField("Background", required="Enter the background")
    aims = LinesField("Aims", most=ENTRY, required="Enter at least one aim")
    outcomes = RowsField("Outcomes", most=ENTRY, required="Enter at least one outcome")
    in_scope = LinesField("In scope", most=ENTRY, required="Enter what is in scope")
    out_of_scope = LinesField("Out of scope", most=ENTRY, required="Enter what is out of scope")
    requirements = RowsField("What the supplier must do", most=2_000, required="Enter at least one requirement")
    volumes = RowsField("Volumes", most=ENTRY, required="Enter at least one figure to plan with")
    standards = LinesField("Standards", most=ENTRY, required="Enter at least one standard")
    social_value = LinesField("Social value you ask for", most=ENTRY, required="Enter the social value you ask for")
    council_provides = LinesField("What the council provides", most=ENTRY, required="Enter what the council provides")
    reports = RowsField("Reports", most=ENTRY, required="Enter at least one report")
    reviews = LineField("Reviews take place", required="Enter how often the contract is reviewed")
    mobilisation = RowsField("Getting ready", most=ENTRY, required="Enter at least one step of getting ready")
    exit_text = WordsField("The end of the contract", required="Enter what happens at the end of the contract")
    has_safeguarding = TickField("The supplier meets children or adults at risk")
    dpia_reference = LineField("Data protection impact assessment", most=60)


class KpiForm(Form):
    """One indicator; a row left empty counts for nothing."""

    name = LineField("Name", most=120)
    measure = LineField("How it is measured", most=300)
    target = LineField("Target", most=120)
    tolerance = LineField("Acceptable down to", most=120)
    frequency = LineField("How often", most=80)
    source = LineField("Source", most=160)

    @property
    def is_empty(self) -> bool:
        return not any(field.data or field.errors for field in self)

    def validate(self, extra_validators: Any = None) -> bool:
        if not super().validate(extra_validators):
            return False
        if self.is_empty:
            return True
        whole = True
        for field in self:
            if not field.data:
                field.refuse(f"Enter “{field.label.text.lower()}” of this indicator")
                whole = False
        return whole


class KpisForm(PageForm):
    """The key performance indicators."""

    kpis = FieldList(FormField(KpiForm), "Indicators", min_entries=KPI_ROWS, max_entries=MOST_KPIS)

    @property
    def lines(self) -> list[KpiLine]:
        """The rows that were filled in."""
        return [
            KpiLine(**{field.short_name: field.data for field in row})
            for row in (entry.form for entry in self.kpis)
            if not row.is_empty
        ]

    def offer_another(self) -> None:
        """One more empty row."""
        if len(self.kpis.entries) < MOST_KPIS:
            self.kpis.append_entry()


class HowForm(PageForm):
    """How to tender."""

    returns = RowsField("What bidders send", most=ENTRY, required="Enter what bidders send")
    price_basis = LineField("The price that is scored", most=300, required="Enter which price is scored")
    correction_text = LineField("Arithmetic errors", most=300, required="Enter what is done about arithmetic errors")
    validity_days = WholeNumberField(
        "Days for which tenders stay open", least=1, most=730, required="Enter how many days tenders stay open"
    )
    late_text = LineField("Late tenders", most=300, required="Enter what is done about late tenders")
    insurance = RowsField("Insurance", most=300, required="Enter the insurance, one on each line")
    conditions = RowsField("Conditions of participation", most=1_000)
    known_risks = LinesField("Known risks", most=ENTRY)
    takes_variants = TickField("Variant tenders are accepted")
    offers_standstill = TickField("Offer the voluntary standstill of eight working days")
    briefing_at = MomentField("Briefing for bidders")
    briefing_place = LineField("Where the briefing takes place", most=200)


class PricingForm(PageForm):
    """What bidders price."""

    lines = RowsField("Lines of cost", most=ENTRY, most_lines=60, required="Enter at least one line of cost")
    own_lines = WholeNumberField(
        "White lines for a bidder’s own costs", least=0, most=MOST_OWN_LINES, required="Enter how many, or 0"
    )
    rates = LinesField("Roles with a day rate", most=120, most_lines=40)
    refuses_above_most = TickField("A price above the most that you can pay is not accepted")


class TermsForm(PageForm):
    """Contract particulars."""

    manager_post_id = PickFrom("Post that will manage it", choices=[], required="Choose the post that will manage it")
    payment_frequency = LineField("How often you pay", most=120, required="Enter how often you pay")
    payment_days = WholeNumberField(
        "Days to pay an invoice", least=1, most=999, required="Enter the days to pay an invoice"
    )
    pays_in_advance = TickField("You pay in advance")
    indexation_text = WordsField("How prices change")
    liability_cap = MoneyField("Cap on liability in each year", required="Enter the cap on liability")
    notice_months = WholeNumberField(
        "Months of notice to end without fault", least=0, most=36, required="Enter the months of notice, or 0"
    )
    exercise_months = WholeNumberField(
        "Months before the end by which you must use an option", least=0, most=24, required="Enter the months, or 0"
    )
    is_deed = TickField("It is made as a deed, under seal")
    special_terms = LinesField("Special terms", most=1_000)
    grant_conditions = WordsField("Conditions of outside funding")
    brand_name = LineField("Council’s brand that the supplier uses", most=160)
    data_subjects = LineField("Whose data", most=300)
    data_kinds = LineField("Which data", most=300)
    data_purpose = LineField("What for", most=300)
    data_retention = LineField("Kept until", most=200)
