"""What this room's pages ask: panel, bids, bidders, agreed scores, a low price explained, a tie settled."""

# mypy: allow-subclassing-any

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from procure.evaluation.rules import Weight
from procure.fields import (
    LineField,
    MailField,
    MomentField,
    MoneyField,
    PageForm,
    PickFrom,
    PickMany,
    PickOne,
    TickField,
    WordsField,
)  # fmt: skip
from procure.suppliers.rules import Particulars
from procure.tender.rules import SCALE, TOP_SCORE

WHOLE_NUMBER = f"Choose a whole number from 0 to {TOP_SCORE}, as published. Never an average"


class PlainForm(PageForm):
    """A button, with nothing to fill in."""


class PanelForm(PageForm):
    """Who scored and who moderated."""

    evaluators = PickMany("Evaluators", choices=[], required="Choose who scored")
    moderator = PickFrom("Moderator", choices=[], required="Choose who moderated")


class BidderFields(PageForm):
    """A bidder's particulars, as its letter needs them."""

    name = LineField("Name of the bidder", required="Enter the name of the bidder")
    contact_name = LineField("Contact")
    email = MailField("Email")
    address = WordsField("Postal address", most=500)
    company_number = LineField("Company number", most=20)
    charity_number = LineField("Charity number", most=20)
    identifier = LineField("Other identifier", most=60)

    @property
    def particulars(self) -> Particulars:
        """The supplier as typed."""
        names = ("name", "email", "contact_name", "address", "company_number", "charity_number", "identifier")
        return Particulars(**{name: getattr(self, name).data or "" for name in names})


class BidderForm(BidderFields):
    """The same, put right on record."""

    reason = LineField("Why is it changed?", required="Say why it is changed")


class BidFields(PageForm):
    """A bid: its price, when it came, and whether it is assessed."""

    price_net = MoneyField("Whole-life price, without VAT", required="Enter the price", least=0)
    received_at = MomentField("Received", required="Enter the day and the time it came in")
    is_set_aside = TickField("This bid is set aside and not assessed")
    set_aside_because = WordsField("Why is it set aside?", most=2000)

    @property
    def reason_set_aside(self) -> str:
        """The reason, where the bid is set aside."""
        return (self.set_aside_because.data or "") if self.is_set_aside.data else ""

    def validate(self, extra_validators: Any = None) -> bool:
        right = super().validate(extra_validators)
        if self.is_set_aside.data and not self.set_aside_because.data:
            self.set_aside_because.refuse("Say why the bid is set aside")
            return False
        return bool(right)


class BidForm(BidFields):
    """A bid that is entered already."""

    because = LineField("Why is it changed?")


class NewBidForm(BidFields, BidderFields):
    """A bid and its bidder, on one page."""

    known_id = PickOne("Is it on record?", choices=[])


class FindingForm(PageForm):
    """What a bidder with a low price answered."""

    finding = WordsField(
        "What did the bidder answer, and does it explain the price?", required="Say what the bidder answered", most=4000
    )


class TieForm(PageForm):
    """How a tie was settled."""

    place = PickOne("Which bid goes first?", choices=[], required="Choose the bid that goes first")
    how = WordsField("How was it settled, and who was there?", required="Say how the tie was settled", most=2000)


def score_form(criteria: Iterable[Weight]) -> type[PageForm]:
    """A form with one score and one reason for each published criterion; both or neither are given."""
    fields: dict[str, Any] = {}
    numbers = []
    for one in criteria:
        numbers.append(one.number)
        score = PickOne(
            f"Agreed score for {one.title}", choices=[(str(step.score), str(step.score)) for step in reversed(SCALE)]
        )
        fields[f"score_{one.number}"] = score
        fields[f"reason_{one.number}"] = WordsField(f"Reason for {one.title}", most=4000)

    def validate(self: Any, extra_validators: Any = None) -> bool:
        right = PageForm.validate(self, extra_validators)
        for number in numbers:
            score, reason = self[f"score_{number}"], self[f"reason_{number}"]
            if score.raw_data and score.raw_data[0] and score.errors:
                score.errors = [WHOLE_NUMBER]
            if score.data and not reason.data and not score.errors:
                reason.refuse("Give the panel’s reason for this score. It goes to the bidder")
                right = False
            if reason.data and not score.data and not score.errors:
                score.refuse("Choose the agreed score that this reason is for")
                right = False
        return bool(right)

    return type("ScoreForm", (PageForm,), {**fields, "validate": validate, "__doc__": "The agreed scores of one bid."})
