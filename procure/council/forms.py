"""What the pages of the council's settings ask."""

from __future__ import annotations

from wtforms.validators import ValidationError

from procure.fields.choices import PickFrom, TickField
from procure.fields.days import DayField
from procure.fields.lines import LineField, LinesField, MailField, WordsField
from procure.fields.numbers import MoneyField, WholeNumberField
from procure.fields.page_form import PageForm


class CouncilForm(PageForm):
    name = LineField("Name of the council", required="Enter the name of the council")
    address = WordsField("Address", most=400, required="Enter the address")
    procurement_email = MailField("Procurement mailbox", required="Enter the procurement mailbox")
    executive_name = LineField("What the executive is called", required="Enter what the executive is called")
    portal_name = LineField("Name of the tender portal")
    portal_url = LineField("Address of the tender portal")
    monitoring_officer_post_id = PickFrom("Monitoring Officer’s post", choices=[], blank="Not named yet")

    finance_officer_post_id = PickFrom("Chief finance officer’s post (section 151)", choices=[], blank="Not named yet")

    def validate_portal_url(self, field: LineField) -> None:
        """Only an address of the web may become a link."""
        if field.data and not field.data.startswith(("https://", "http://")):
            raise ValidationError("Enter an address that starts with https://")


class TenderPapersForm(PageForm):
    invoice_email = MailField("Where invoices go", required="Enter where invoices go")
    data_protection_email = MailField(
        "Data protection officer’s mailbox", required="Enter the data protection officer’s mailbox"
    )
    whistleblowing_email = MailField("Mailbox for concerns in confidence", required="Enter the mailbox for concerns")
    other_formats = LineField(
        "How to get a paper in another format or language", required="Enter how to get a paper in another format"
    )
    policies = LinesField("Policies a supplier must follow", most=400)
    pays_living_wage = TickField("Suppliers are asked to pay the real living wage")
    payment_days = WholeNumberField("Days to pay an invoice", least=1, most=30, required="Enter the days, 30 at most")
    validity_days = WholeNumberField(
        "Days for which tenders stay open", least=1, most=730, required="Enter how many days tenders stay open"
    )
    insurance = LinesField("Insurance you usually ask for", most=300)
    returns = LinesField("What bidders usually send", most=400)
    late_text = LineField("Late tenders", most=300, required="Enter what is done about late tenders")
    correction_text = LineField("Arithmetic errors", most=300, required="Enter what is done about arithmetic errors")


class BandForm(PageForm):
    from_net = MoneyField("From, without VAT", required="Enter the lowest value of the band, or 0")
    below_net = MoneyField("Below, without VAT")
    quotes_needed = WholeNumberField(
        "Quotes needed", least=0, most=20, required="Enter how many quotes are needed, or 0 for a tender"
    )
    words = LineField("The rule in words", required="Enter the rule in words")
    must_advertise = TickField("It must be advertised")
    approver = LineField("Who approves the purchase")
    source = LineField("Where it is written", required="Enter where it is written")
    from_on = DayField("First day it applies", required="Enter the first day it applies")


class EndBandForm(PageForm):
    until_on = DayField("Last day it applies", required="Enter the last day it applies")
