"""What the register's pages ask."""

from __future__ import annotations

from procure.fields.choices import PickOne
from procure.fields.lines import LineField, WordsField
from procure.fields.numbers import MoneyField
from procure.fields.page_form import PageForm
from procure.register.rules.redacting import Hidden
from procure.register.rules.spreadsheets import FileKind

YES_NO = [("yes", "Yes"), ("no", "No")]


class NameForm(PageForm):
    """The name of a view."""

    name = LineField("Name of this view", required="Enter a name for this view")


class PlainForm(PageForm):
    """A button and nothing to fill in."""


class ExportForm(PageForm):
    """The kind of file."""

    kind = PickOne("What kind of file?", choices=FileKind.choices(), required="Choose what kind of file you want")


class KeepBackForm(PageForm):
    """A part of a contract kept from the public."""

    part = PickOne("What is kept back?", choices=Hidden.choices(), required="Choose what is kept back")
    reason = WordsField("Why?", required="Say why the public may not read it")


class DetailsForm(PageForm):
    """What the Transparency Code asks, as far as no other page asks it."""

    department = LineField("Department responsible")
    description = WordsField("Goods or services provided")
    cpv = LineField("CPV code")
    procedure_said = LineField("How was it bought?")
    irrecoverable_vat = MoneyField("VAT that can’t be recovered", least=0)
    is_sme = PickOne("Is the supplier a small or medium-sized enterprise?", choices=YES_NO)
    is_vcse = PickOne("Is it a voluntary or community organisation?", choices=YES_NO)
    company_number = LineField("Company number")
    charity_number = LineField("Charity number")


class PublishForm(PageForm):
    """Why a quarter is published once more."""

    because = WordsField("Why is it published again?")
