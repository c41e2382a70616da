"""What the pages of reading a decision ask: its text; then everything that was read, to be changed or confirmed."""

from __future__ import annotations

from typing import Any

from wtforms import FieldList, Form, FormField
from wtforms.fields import HiddenField

from procure.authority.meeting_forms import MeetingForm
from procure.authority.power_forms import ACTS, ConsulteeRow
from procure.authority.rules import ResolutionKind
from procure.fields.choices import PickFrom, PickMany, TickField
from procure.fields.days import DayField
from procure.fields.files import UploadField
from procure.fields.lines import LineField, LinesField, WordsField
from procure.fields.numbers import MoneyField, WholeNumberField
from procure.fields.page_form import PageForm

MOST_PASTED = 10_000_000
"""Letters that are taken in at all; what is too long for one decision is said in words, and nothing typed is lost."""


class ReadForm(PageForm):
    """A decision as it was published: pasted, or a file."""

    text = WordsField("Paste the decision", most=MOST_PASTED)
    upload = UploadField("Or choose a file")


class KeptField(HiddenField):  # type: ignore[misc]
    """The text that was read, carried along unchanged but for the line ends that browsers rewrite."""

    looks = "hidden"

    def process_formdata(self, valuelist: list[Any]) -> None:
        if valuelist:
            self.data = str(valuelist[0]).replace("\r\n", "\n").replace("\r", "\n")


class PostRow(Form):  # type: ignore[misc]
    """Another post that may act."""

    post_id = PickFrom("Post", choices=[], blank="Nobody")


class ResolutionRow(Form):  # type: ignore[misc]
    """A resolution as it was read."""

    left_out = TickField("Leave it out: it isn’t a resolution")
    printed = LineField("Numeral", most=20)
    kind = PickFrom("What it does", choices=ResolutionKind.choices(), blank=None)
    words = WordsField("In these words", required="Enter the words of the resolution")
    option_number = WholeNumberField("Number of the option agreed", least=1, most=99)
    name = LineField("Which budget?")
    purposes = LinesField("What may it be spent on?")
    fence_from = DayField("First day of the ring-fence")
    fence_until = DayField("Last day of the ring-fence")
    amount = MoneyField("Amount, if it is stated")
    basis = LineField("If no amount is stated, how do the words put it?")
    post_id = PickFrom("To this post", choices=[], blank="Choose a post")
    others = FieldList(FormField(PostRow), "Which other posts may act by themselves?")
    may_nominate = TickField("Its holder may name somebody to act")
    consultees = FieldList(FormField(ConsulteeRow), "Which posts must it consult?")
    acts = PickMany("To do these things", choices=ACTS)
    counterparty = LineField("Only with whom?")
    scope = LineField("What for?")
    conditions = LinesField("On what conditions?", most=1000)
    max_value_gross = MoneyField("Limit on value, including VAT")
    max_months = WholeNumberField("Limit on length, in months", least=1, most=600)
    until_on = DayField("Until when?", called="Last day of the power")


class CheckForm(MeetingForm):
    """Everything that was read of a decision."""

    item = LineField("Item")
    title = LineField("Title", required="Enter the title of the item")
    published_on = DayField("Day the decision was published")
    procurement = PickFrom("Which file is it about?", choices=[], blank="None")
    source = KeptField()
    seal = KeptField()
    resolutions = FieldList(FormField(ResolutionRow))

    def refuse(self, no: object, at: str | None = None) -> None:
        """A refusal about one resolution stands at its field."""
        at = at or getattr(no, "field", None)
        field = _inside(self, at) if at else None
        if field is None:
            super().refuse(no, at)
        else:
            field.errors = [*field.errors, str(no)]
            self.resolutions.errors = [row.form.errors for row in self.resolutions]


def _inside(form: CheckForm, name: str) -> Any:
    """`resolutions-2-acts` is the field `acts` of the third resolution."""
    parts = name.split("-")
    if len(parts) != 3 or parts[0] != "resolutions" or not parts[1].isdigit():
        return None
    rows = list(form.resolutions)
    return rows[int(parts[1])].form._fields.get(parts[2]) if int(parts[1]) < len(rows) else None
