"""What the pages of the council's settings ask."""

from __future__ import annotations

from wtforms.validators import ValidationError

from procure.fields import (
    DayField,
    LineField,
    MailField,
    MoneyField,
    PageForm,
    PickFrom,
    TickField,
    WholeNumberField,
    WordsField,
)


class CouncilForm(PageForm):
    name = LineField("Name of the council", required="Enter the name of the council")
    address = WordsField("Address", most=400, required="Enter the address")
    procurement_email = MailField("Procurement mailbox", required="Enter the procurement mailbox")
    executive_name = LineField("What the executive is called", required="Enter what the executive is called")
    portal_name = LineField("Name of the tender portal")
    portal_url = LineField("Address of the tender portal")
    call_in_days = WholeNumberField(
        "Call-in period, in working days", least=0, most=30, required="Enter the days, or 0 if there is no call-in"
    )
    key_decision_gross = MoneyField(
        "A decision is key from this value", required="Enter the value from which a decision is key"
    )
    objection_refers_back = TickField("An objection sends the decision back to the executive")
    monitoring_officer_post_id = PickFrom("Monitoring Officer’s post", choices=[], blank="Not named yet")

    finance_officer_post_id = PickFrom("Chief finance officer’s post (section 151)", choices=[], blank="Not named yet")

    def validate_portal_url(self, field: LineField) -> None:
        """Only an address of the web may become a link."""
        if field.data and not field.data.startswith(("https://", "http://")):
            raise ValidationError("Enter an address that starts with https://")


class BandForm(PageForm):
    from_net = MoneyField("From, without VAT", required="Enter the lowest value of the band, or 0")
    below_net = MoneyField("Below, without VAT")
    quotes_needed = WholeNumberField(
        "Quotes needed", least=0, most=20, required="Enter how many quotes are needed, or 0 for a tender"
    )
    words = LineField("The rule in words", required="Enter the rule in words")
    source = LineField("Where it is written", required="Enter where it is written")
    from_on = DayField("First day it applies", required="Enter the first day it applies")


class EndBandForm(PageForm):
    until_on = DayField("Last day it applies", required="Enter the last day it applies")
