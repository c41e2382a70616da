"""What the pages ask on which a competition ends, goes over into a direct award, or is found to have one bid."""

# mypy: allow-subclassing-any

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from procure.award.route_rules import Ground
from procure.fields.choices import PickOne
from procure.fields.lines import LineField, MailField, WordsField
from procure.fields.numbers import MoneyField
from procure.fields.page_form import PageForm
from procure.suppliers.rules import Particulars

GROUNDS = [(one.value, one.label) for one in Ground]


def ending_form(bids: Iterable[tuple[int, str]], *, direct: bool, suppliers: Iterable[tuple[str, str]] = ()) -> Any:
    """The reason; for each bid, by its place, why it is not suitable; of a direct award, to whom and for how much."""
    fields: dict[str, Any] = {
        "reason": WordsField(
            "Why does the competition end so?", most=4_000, required="Say why. The reason stays on the file"
        )
    }
    for place, name in bids:
        fields[f"ground_{place}"] = PickOne(
            f"Why is {name}’s bid not suitable?", choices=GROUNDS, required=f"Choose why {name}’s bid is not suitable"
        )
        fields[f"reason_{place}"] = WordsField(
            f"What in {name}’s bid shows that?", most=4_000,
            required=f"Say what in {name}’s bid shows that it is not suitable",
        )  # fmt: skip
    if direct:
        fields |= _direct_fields(list(suppliers))
    made: Any = type("EndingForm", (_OfSupplier if direct else PageForm,), {**fields, "__doc__": "How it ends."})
    return made


class _OfSupplier(PageForm):
    """A supplier as it is typed, or one of those that bid."""

    @property
    def particulars(self) -> Particulars:
        """The supplier as typed."""
        return Particulars(
            name=self["name"].data or "", email=self["email"].data or "", contact_name=self["contact_name"].data or "",
            company_number=self["company_number"].data or "", charity_number=self["charity_number"].data or "",
        )  # fmt: skip


def _direct_fields(known: list[tuple[str, str]]) -> dict[str, Any]:
    return {
        "why_not_again": WordsField(
            "Why is another competition not possible?",
            most=4_000,
            required="Say why another competition is not possible",
        ),
        "name": LineField("Name of the supplier", required="Enter the name of the supplier"),
        "known_id": PickOne("Is it on record?", choices=known),
        "contact_name": LineField("Contact"),
        "email": MailField("Email", required="Enter the supplier’s email address"),
        "company_number": LineField("Company number", most=20),
        "charity_number": LineField("Charity number", most=20),
        "price_net": MoneyField("Whole-life price, without VAT", required="Enter the price that it offers", least=0),
        "supplier_checks": WordsField(
            "What did you check about this supplier?", most=4_000, required="Say what you checked about this supplier"
        ),
    }


class DecideEndingForm(PageForm):
    """The decision about the end of a competition."""

    answer = PickOne(
        "What do you decide?",
        choices=[("yes", "It ends as proposed"), ("no", "The competition goes on")],
        required="Choose what you decide",
    )
    note = WordsField("Note", most=4_000)

    def validate(self, extra_validators: Any = None) -> bool:
        right = bool(super().validate(extra_validators))
        if self.answer.data == "no" and not self.note.data:
            self.note.refuse("Say why the competition goes on")
            return False
        return right


class SingleBidForm(PageForm):
    """Why one bid is enough."""

    why_one = WordsField("Why did no other bid come?", most=4_000, required="Say why no other bid came")
    value_reasons = WordsField(
        "Why is this bid good value?", most=4_000, required="Say why this bid is good value, and against what"
    )
    concerns = WordsField("Is there anything that worries you about competition?", most=4_000)
