"""What the pages about openers and bids under seal ask."""

# mypy: allow-subclassing-any

from __future__ import annotations

from procure.evaluation.rules import BidFileKind
from procure.fields.choices import PickFrom, PickOne
from procure.fields.days import MomentField
from procure.fields.files import UploadsField
from procure.fields.lines import LineField, MailField, SecretField, WordsField
from procure.fields.numbers import MoneyField
from procure.fields.page_form import PageForm
from procure.suppliers.rules import Particulars
from procure.tender.sealed_actions import FileAtHand
from procure.tender.sealed_rules import OpenerSide


class OpenerForm(PageForm):
    """Somebody who opens the bids."""

    person = PickFrom("Who", choices=[])
    side = PickOne(
        "From where do they come?",
        choices=[(side.value, side.label) for side in OpenerSide],
        required="Say from which side they come",
    )


class PhraseForm(PageForm):
    """An opener's phrase, twice."""

    phrase = SecretField("Your opening phrase", required="Enter a phrase")
    again = SecretField("The same phrase again", required="Enter the phrase again")

    def validate(self, extra_validators: object = None) -> bool:
        right = super().validate(extra_validators)
        if right and self.phrase.data != self.again.data:
            self.again.refuse("The two phrases are different")
            return False
        return bool(right)


class ComeForm(PageForm):
    """An opener comes, with their phrase where they have one."""

    phrase = SecretField("Your opening phrase")


class SealForm(PageForm):
    """A bid to put under seal."""

    name = LineField("Name of the bidder", required="Enter the name of the bidder")
    price_net = MoneyField("Whole-life price, without VAT", required="Enter the price", least=0)
    received_at = MomentField("Received", required="Enter the day and the time it came in")
    quality = UploadsField("Files about quality")
    price = UploadsField("Files about price")
    contact_name = LineField("Contact")
    email = MailField("Email")
    address = WordsField("Postal address", most=500)
    company_number = LineField("Company number", most=20)
    charity_number = LineField("Charity number", most=20)
    identifier = LineField("Other identifier", most=60)

    @property
    def particulars(self) -> Particulars:
        """The bidder as typed."""
        names = ("name", "email", "contact_name", "address", "company_number", "charity_number", "identifier")
        return Particulars(**{name: getattr(self, name).data or "" for name in names})

    @property
    def files(self) -> list[FileAtHand]:
        """The files as they are handed in."""
        return [
            FileAtHand(one.filename or "", one.stream, kind)
            for kind, field in ((BidFileKind.QUALITY, self.quality), (BidFileKind.PRICE, self.price))
            for one in field.data or ()
        ]
