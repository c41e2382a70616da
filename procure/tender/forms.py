"""What this room's pages ask: the method, whom to invite, and the notice."""

# mypy: allow-subclassing-any

from __future__ import annotations

from typing import Any

from wtforms import FieldList, Form, FormField

from procure import words
from procure.fields import (
    DayField,
    LineField,
    MailField,
    MomentField,
    PageForm,
    PickFrom,
    PickOne,
    WholeNumberField,
    WordsField,
)  # fmt: skip
from procure.law.periods import Circumstance
from procure.tender.rules import CriterionLine, PriceFormula

ROWS_AT_FIRST = 4
MOST_ROWS = 20

CIRCUMSTANCES = (
    (Circumstance.ELECTRONIC.value, "Electronic tenders, all documents with the notice (25 days)"),
    (Circumstance.ELECTRONIC_DOCUMENTS_LATER.value, "Electronic tenders, some documents later (30 days)"),
    (Circumstance.PLANNED_NOTICE.value, "A qualifying planned procurement notice was published (10 days)"),
    (Circumstance.URGENCY.value, "A state of urgency (10 days)"),
)


class CriterionForm(Form):
    """One criterion for quality; a row left empty counts for nothing."""

    title = LineField("Criterion", most=120)
    weight = WholeNumberField("Weight", least=1, most=100)
    definition = WordsField("What a good answer shows")

    @property
    def is_empty(self) -> bool:
        return not (self.title.data or self.weight.data or self.definition.data or self.weight.errors)

    def validate(self, extra_validators: Any = None) -> bool:
        if not super().validate(extra_validators):
            return False
        if self.is_empty:
            return True
        if not self.title.data:
            self.title.refuse("Enter the name of the criterion")
        if self.weight.data is None:
            self.weight.refuse(f"Enter the weight of {self.title.data or 'the criterion'}")
        return not (self.title.errors or self.weight.errors)


class MethodForm(PageForm):
    """How bids will be judged."""

    price_weight = WholeNumberField("Weight of price", least=0, most=99, required="Enter the weight of price, or 0")
    formula = PickOne(
        "How a price becomes points",
        choices=[(value, words.sentence(label)) for value, label in PriceFormula.choices()],
        required="Choose how a price becomes points",
    )
    panel_size = WholeNumberField("Evaluators", least=1, most=12, required="Enter how many people will score")
    criteria = FieldList(
        FormField(CriterionForm), "Criteria for quality", min_entries=ROWS_AT_FIRST, max_entries=MOST_ROWS
    )

    @property
    def lines(self) -> list[CriterionLine]:
        """The rows that were filled in."""
        return [
            CriterionLine(row.title.data, row.weight.data, row.definition.data or "")
            for row in (entry.form for entry in self.criteria)
            if not row.is_empty
        ]

    def offer_another(self) -> None:
        """One more empty row, for a page that was sent to ask for it."""
        if len(self.criteria.entries) < MOST_ROWS:
            self.criteria.append_entry()


class NoticeForm(PageForm):
    """The notice that opened the competition, and when bids are due."""

    reference = LineField("Notice number", most=40)
    ocid = LineField("Procurement identifier (ocid)", most=60)
    published_on = DayField("Published on", required="Enter the day the notice was published")
    closes_at = MomentField("Bids are due by", required="Enter the day and time by which bids are due")
    circumstance = PickFrom("How tenders are made", choices=CIRCUMSTANCES, blank=None)


class InviteForm(PageForm):
    """A supplier to ask for a quote."""

    name = LineField("Name of the supplier", required="Enter the name of the supplier")
    email = MailField("Email", required="Enter the email address to which the request goes")
    contact_name = LineField("Contact")
    company_number = LineField("Company number", most=20)
    charity_number = LineField("Charity number", most=20)
    known_id = PickOne("Is it on record?", choices=[])


class PlainForm(PageForm):
    """A button, with nothing to fill in."""
